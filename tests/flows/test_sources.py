"""Sources: what files, folders, globs and JSONL yield, and what bad input gets."""

import gzip
import json
from pathlib import Path

import pytest

from flows.settings import settings
from flows.sources import RawArticle, Unreadable, read_source, read_sources
from processors.raw import RejectError


def kinds(source: Path | str) -> list[str]:
    return [
        item.source.rsplit("/", 1)[-1] if isinstance(item, RawArticle) else item.error.error
        for item in read_source(str(source))
    ]


def test_a_folder_at_any_depth_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.md", ".hidden/d.txt", "e.pdf", "f.html.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert kinds(tmp_path) == ["b.txt", "f.html.gz", "c.md"]
    assert kinds(f"{tmp_path}/*.txt") == ["b.txt"]


def test_an_article_named_twice_comes_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    named = [f"{tmp_path}/a.txt", f"{tmp_path}/./a.txt", str(tmp_path)]
    assert len(list(read_sources(named))) == 1


def test_no_source_is_no_article() -> None:
    assert list(read_sources([])) == []


def test_gzip_is_read_as_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"<p>x"))
    (item,) = read_source(str(tmp_path / "a.html.gz"))
    assert isinstance(item, RawArticle)
    assert (item.format, item.content) == ("html", b"<p>x")


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.pdf", b"x", "unknown_format"),
        ("noend", b"x", "unknown_format"),
        ("a.txt.gz", gzip.compress(b"x" * 100)[:-9], "corrupt"),
        ("a.txt", b"x" * 2001, "too_large"),
        ("a.txt.gz", gzip.compress(b"x" * 2001), "too_large"),
        ("a.jsonl", b"", "empty"),
    ],
)
def test_files_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, error: str
) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 2000)
    (tmp_path / name).write_bytes(content)
    assert kinds(tmp_path / name) == [error]


def test_a_path_that_is_not_there() -> None:
    (item,) = read_source("nowhere/x.txt")
    assert isinstance(item, Unreadable)
    assert item.error.message.startswith("got a path that is not there, tried: file, folder, glob, address; wanted one")


LINES = [
    json.dumps({"id": 7, "text": "Bonjour.", "title": "T", "tags": ["a"], "published_at": "2025-01-02"}),
    "",
    "not json",
    "[1]",
    json.dumps({"text": "no id"}),
    json.dumps({"id": "b"}),
    json.dumps({"id": "c", "html": "<p>x"}),
    json.dumps({"id": "7", "text": "again"}),
    json.dumps({"id": "d", "text": "x" * 3000}),
    json.dumps({"id": "e", "text": "fin"}),
]


def test_jsonl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 2000)
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(LINES))
    assert kinds(path) == [
        "a.jsonl#7",
        "not_json",
        "not_json",
        "no_id",
        "no_text",
        "a.jsonl#c",
        "duplicate_id",
        "too_large",
        "a.jsonl#e",
    ]
    items = list(read_source(str(path)))
    first = items[0]
    assert isinstance(first, RawArticle)
    assert (first.metadata.title, first.metadata.tags, first.content) == ("T", ("a",), b"Bonjour.")
    assert next(item.source for item in items if isinstance(item, Unreadable)) == f"{path}#line 3"


def test_a_failure_says_what_was_got_and_wanted() -> None:
    error = RejectError("read", "x", "got a, wanted b")
    assert (error.stage, error.error, str(error)) == ("read", "x", "got a, wanted b")


def test_every_kind_says_what_it_reads() -> None:
    from flows import catalogue, sources
    from flows.sources import web

    modules = {*sources.kinds().values(), *web.kinds().values()}
    told = [*catalogue.kinds(), *catalogue.kinds(catalogue.SOURCES / "web")]
    assert {(module.__name__.rpartition(".")[2], module.ABOUT) for module in modules} <= {
        (kind.name, kind.about) for kind in told
    }
    assert {suffix for kind in told for suffix in kind.suffixes} == sources.kinds().keys()


def test_every_example_of_the_web_is_an_address() -> None:
    from flows import catalogue
    from flows.sources import web

    examples = [kind.example for kind in catalogue.kinds(catalogue.SOURCES / "web")]
    assert len(examples) == len(web.kinds()) == 4
    assert all(map(web.is_address, examples))
