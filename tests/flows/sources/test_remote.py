"""Addresses of other file systems, on fsspec's own in memory, and limits to unpacking."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from flows.settings import settings
from flows.sources import RawArticle, read_source
from flows.sources.remote import is_address


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    for name, content in {
        "b.txt": b"b",
        "a/z.md": b"z",
        "a/y.jsonl": b'{"id": 1, "text": "x"}\n',
        "a/.hidden.txt": b"h",
        "c.html.gz": gzip.compress(b"<p>c"),
        "d.pdf": b"d",
    }.items():
        system.pipe(f"/posts/{name}", content)
    yield system
    system.rm("/posts", recursive=True)


def sources(source: str) -> list[str]:
    return [item.source if isinstance(item, RawArticle) else item.error.error for item in read_source(source)]


@pytest.mark.parametrize("source", ["memory://posts", "memory://posts/", "memory:///posts"])
def test_a_folder_at_any_depth_in_order(memory: fsspec.AbstractFileSystem, source: str) -> None:
    root = source.rstrip("/")
    assert sources(source) == [f"{root}/b.txt", f"{root}/c.html.gz", f"{root}/a/y.jsonl#1", f"{root}/a/z.md"]


def test_files_and_globs(memory: fsspec.AbstractFileSystem) -> None:
    (item,) = read_source("memory://posts/c.html.gz")
    assert isinstance(item, RawArticle)
    assert (item.format, item.content) == ("html", b"<p>c")
    assert sources("memory://posts/*.txt") == ["memory://posts/b.txt"]
    assert sources("memory://posts/**/*.md") == ["memory://posts/a/z.md"]
    assert sources("memory://posts/d.pdf") == ["unknown_format"]


def test_file_addresses(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert sources(f"file://{tmp_path}") == [f"file://{tmp_path}/a.txt"]


@pytest.mark.parametrize(
    ("source", "error", "told"),
    [
        ("memory://gone", "not_found", "not there"),
        ("s4://bucket/a.txt", "unreadable", "Protocol not known: s4"),
        ("s3://bucket/a.txt", "missing_package", "s3fs"),
        ("simplecache::memory://posts", "not_found", "not there"),
        ("zip://a.txt::memory://posts/a.zip", "unreadable", "one file system"),
        ("ftp://me:secret@example.org/a.txt", "password", "FSSPEC_<PROTOCOL>_PASSWORD"),
    ],
)
def test_addresses_that_cannot_be_read(source: str, error: str, told: str) -> None:
    if error == "missing_package" and "s3" in fsspec.available_protocols() and _has_s3fs():
        pytest.skip("s3fs is here")
    (item,) = read_source(source)
    assert not isinstance(item, RawArticle)
    assert item.error.error == error
    assert told in item.error.message
    assert "secret" not in item.source + item.error.message


def _has_s3fs() -> bool:
    try:
        import s3fs  # noqa: F401
    except ImportError:
        return False
    return True


def test_web_addresses_are_not_for_fsspec() -> None:
    assert not any(map(is_address, ["https://ex.org/a.txt", "http://ex.org", "feed+https://ex.org", "C:/a", "a.txt"]))


def test_a_line_that_never_ends_is_not_unpacked_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 100_000)
    line = json.dumps({"id": 1, "text": "x"}).encode()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line + b"\n" + b'{"id": 2, "text": "' + b"x" * 9_000_000))
    assert sources(str(tmp_path / "a.jsonl.gz")) == [f"{tmp_path}/a.jsonl.gz#1", "expansion"]


def test_a_line_over_the_limit_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 1000)
    monkeypatch.setattr(settings(), "max_expansion", 5000)
    lines = [json.dumps({"id": number, "text": "x" * size}).encode() for number, size in enumerate((5, 9000, 5))]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"\n".join(lines)))
    path = f"{tmp_path}/a.jsonl.gz"
    assert sources(path) == [f"{path}#0", "too_large", f"{path}#2"]
