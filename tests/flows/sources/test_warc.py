"""WARC files: which records are articles, how they are decoded, and what a broken record costs."""

import gzip
import io
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.settings import settings as product_settings
from flows.sources import RawArticle, read_source
from flows.sources.warc_record import records_of
from processors.clean import clean

HTML = ("Content-Type", "text/html; charset=iso-8859-2")
PAGE = "<html><body><p>Studia kosztują 4500 zł za semestr.</p></body></html>"


def archive(*records: tuple[str, bytes, list[tuple[str, str]]], packed: bool = True, kind: str = "response") -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for uri, payload, headers in records:
        http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(uri, kind, payload=io.BytesIO(payload), http_headers=http))
    return out.getvalue()


def page(number: int) -> tuple[str, bytes, list[tuple[str, str]]]:
    return f"https://example.org/{number}", PAGE.encode("iso-8859-2"), [HTML]


def found(path: Path, content: bytes) -> list[str]:
    path.write_bytes(content)
    return [
        item.source if isinstance(item, RawArticle) else f"{item.source.rsplit('/', 1)[-1]} {item.error.error}"
        for item in read_source(str(path))
    ]


@pytest.mark.parametrize(
    "pack",
    [lambda raw: raw, gzip.compress, lambda raw: archive(page(1), page(2))],
    ids=["plain", "one member", "members"],
)
def test_pages_are_read_in_order_with_their_charset(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(pack(archive(page(1), page(2), packed=False)))
    items = list(read_source(str(path)))
    assert [item.source for item in items] == ["https://example.org/1", "https://example.org/2"]
    assert isinstance(items[0], RawArticle)
    assert (items[0].charset, items[0].metadata.url) == ("iso-8859-2", "https://example.org/1")
    assert clean(items[0]).text == "Studia kosztują 4500 zł za semestr."


CHUNKED = b"5\r\n<p>x \r\n4\r\ny z.\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("payload", "headers", "content"),
    [
        (CHUNKED, [HTML, ("Transfer-Encoding", "chunked")], b"<p>x y z."),
        (gzip.compress(b"<p>x"), [HTML, ("Content-Encoding", "gzip")], b"<p>x"),
        (b"<p>x", [HTML, ("Content-Encoding", "gzip")], b"<p>x"),
        (gzip.compress(b"x" * 3001), [HTML, ("Content-Encoding", "gzip")], "too_large"),
        (random.Random(0).randbytes(70_000), [HTML], "too_large"),
        (b"x", [HTML, ("Content-Encoding", "br")], "encoding"),
        (b"<p>x", [("Content-Type", "application/xhtml+xml")], b"<p>x"),
        (b"%PDF", [("Content-Type", "application/pdf")], None),
        (b"x", [], None),
    ],
)
def test_answers(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    payload: bytes,
    headers: list[tuple[str, str]],
    content: bytes | str | None,
) -> None:
    monkeypatch.setattr(product_settings(), "max_bytes", 3000)
    (tmp_path / "a.warc.gz").write_bytes(archive(("https://example.org/", payload, headers), page(2)))
    items = list(read_source(str(tmp_path / "a.warc.gz")))
    got = [item.content if isinstance(item, RawArticle) else item.error.error for item in items]
    assert got == [*([content] if content else []), PAGE.encode("iso-8859-2")]


def test_only_answers_that_found_something(tmp_path: Path) -> None:
    http = StatusAndHeaders("404 Not Found", [HTML], protocol="HTTP/1.1")
    out = io.BytesIO()
    writer = WARCWriter(out)
    writer.write_record(
        writer.create_warc_record("https://example.org/", "response", payload=io.BytesIO(b"<p>x"), http_headers=http)
    )
    assert found(tmp_path / "a.warc.gz", out.getvalue()) == ["a.warc.gz no_articles"]
    assert found(tmp_path / "a.warc.gz", archive(page(1), kind="request")) == ["a.warc.gz no_articles"]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("damage", ["cut", "garbage"])
def test_a_broken_record_does_not_lose_the_next(tmp_path: Path, packed: bool, damage: str) -> None:
    one, two, three = (archive(page(number), packed=packed) for number in (1, 2, 3))
    broken = two[:-20] if damage == "cut" else b"\xff" * 40 + two[40:]
    sources = found(tmp_path / "a.warc", one + broken + three)
    assert sources[0] == "https://example.org/1"
    assert sources[-1] == "https://example.org/3"
    assert any("corrupt" in source for source in sources)


def test_a_bomb_costs_its_own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(product_settings(), "max_bytes", 100_000)
    first = archive(page(1))
    bomb = archive(("https://example.org/bomb", b"x" * 30_000_000, [("Content-Type", "video/mp4")]))
    assert found(tmp_path / "a.warc.gz", first + bomb + archive(page(2))) == [
        "https://example.org/1",
        f"a.warc.gz#byte {len(first)} expansion",
        "https://example.org/2",
    ]


def test_a_header_without_end(tmp_path: Path) -> None:
    content = gzip.compress(b"WARC/1.0\r\n" + b"x" * 3_000_000) + archive(page(2))
    assert found(tmp_path / "a.warc.gz", content) == ["a.warc.gz#byte 0 corrupt", "https://example.org/2"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 900), st.booleans())
def test_no_bytes_raise(noise: bytes, place: int, packed: bool) -> None:
    content = archive(page(1), page(2), packed=packed)
    for hostile in (noise, content[:place] + noise + content[place + len(noise) :]):
        for record in records_of(io.BufferedReader(io.BytesIO(hostile))):  # type: ignore[arg-type]
            assert record
