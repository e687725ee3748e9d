"""Feeds from bytes and files: what each format says, and what hostile ones get."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flows.sources import RawArticle, read_source
from flows.sources.feed import FeedEntry, entries_of
from processors.raw import RejectError

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Blog</title>
<language>fr</language>{items}</channel></rss>"""
FULL = """<item><title>Droit &amp;amp; lettres</title><link>/un</link><guid isPermaLink="false">g1</guid>
<author>jo@example.org (Jo Doe)</author><category>Études</category><category>prix</category><category>prix</category>
<pubDate>Mon, 02 Jan 2023 10:00:00 +0100</pubDate><description>court</description>
<content:encoded><![CDATA[<p>Coûte&nbsp;243 €.</p>]]></content:encoded></item>"""
SHORT = "<item><title>Deux</title><link>https://ex.org/2</link><description>&lt;p&gt;court</description></item>"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><entry><id>urn:1</id><title type="html">A &amp;amp; B</title>
<link href="eins"/><author><name>Jo Doe</name></author><updated>2024-01-02T03:04:05+01:00</updated>
<content type="text">1 &lt; 2</content><summary>kurz</summary></entry></feed>"""


def rss(*items: str, encoding: str = "utf-8") -> bytes:
    return RSS.format(encoding=encoding, items="".join(items)).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_rss(encoding: str) -> None:
    full, short = entries_of(rss(FULL, SHORT, encoding=encoding), "https://ex.org/feed/")
    assert (full.id, full.link, full.title, full.author) == ("g1", "https://ex.org/un", "Droit & lettres", "Jo Doe")
    assert (full.content, full.is_full) == ("<p>Coûte&nbsp;243 €.</p>", True)
    assert (full.tags, full.language, str(full.published_at)) == (("Études", "prix"), "fr", "2023-01-02 09:00:00+00:00")
    assert (short.content, short.is_full, short.link) == ("<p>court", False, "https://ex.org/2")


def test_a_declared_charset_counts() -> None:
    content = rss(FULL, encoding="cp1252").replace(b' encoding="cp1252"', b"")
    assert next(entries_of(content, charset="windows-1252")).tags == ("Études", "prix")


def test_atom() -> None:
    (entry,) = entries_of(ATOM.encode(), "https://ex.org/feed/")
    assert (entry.id, entry.link, entry.title) == ("urn:1", "https://ex.org/feed/eins", "A & B")
    assert (entry.content, entry.is_full, entry.language) == ("1 &lt; 2", True, "de")
    assert (entry.published_at, str(entry.updated_at)) == (None, "2024-01-02 02:04:05+00:00")
    assert entry.metadata.published_at == entry.updated_at


def json_feed(*items: object) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "en",
        "authors": [{"name": "Jo"}],
        "items": items,
    }
    return json.dumps(feed).encode()


def test_json_feed() -> None:
    first, second = entries_of(
        json_feed(
            {
                "id": 1,
                "url": "one",
                "title": "T",
                "content_text": "a < b\n\nc",
                "date_published": "2024-01-02T00:00:00Z",
            },
            "nonsense",
            {"id": "2", "summary": "short", "tags": ["x"], "author": {"name": "Al"}, "authors": None},
        ),
        "https://ex.org/",
    )
    assert (first.id, first.link, first.title, first.author) == ("1", "https://ex.org/one", "T", "Jo")
    assert (first.content, first.is_full, str(first.published_at)) == (
        "a &lt; b<p>c",
        True,
        "2024-01-02 00:00:00+00:00",
    )
    assert (second.content, second.is_full, second.tags, second.author) == ("short", False, ("x",), "Al")


BOMB = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "not_a_feed"),
        (b"<html><p>x</html>", "not_a_feed"),
        (b"{", "not_json"),
        (b'{"version": 1}', "not_a_feed"),
        (b'{"a":' * 100_000, "not_json"),
        (BOMB + rss(FULL).partition(b"?>")[2], "entities"),
        (rss("<item>" * 1_000_001), "too_large"),
    ],
    ids=["empty", "html", "half JSON", "other JSON", "deep JSON", "entities", "tags"],
)
def test_what_is_no_feed(content: bytes, error: str) -> None:
    with pytest.raises(RejectError) as caught:
        list(entries_of(content))
    assert caught.value.error == error


def test_a_broken_feed_gives_what_it_has() -> None:
    assert next(entries_of(rss(FULL, SHORT)[:-40])).id == "g1"
    assert [entry.title for entry in entries_of(rss(FULL.replace("Droit", "&nbsp;Droit")))] == ["Droit & lettres"]


def names(path: Path, content: bytes) -> list[str]:
    path.write_bytes(content)
    return [
        item.source.rpartition("#")[2] if isinstance(item, RawArticle) else item.error.error
        for item in read_source(str(path))
    ]


def test_files(tmp_path: Path) -> None:
    assert names(tmp_path / "a.xml", rss(FULL, SHORT, FULL, "<item><title>x</title></item>")) == [
        "g1", "https://ex.org/2", "duplicate_id", "no_id",
    ]  # fmt: skip
    assert names(tmp_path / "a.atom", ATOM.encode()) == ["urn:1"]
    assert names(tmp_path / "a.json", json_feed({"id": "1", "content_html": "<p>x"}, {"id": "2"})) == ["1", "no_text"]
    assert names(tmp_path / "a.rss", rss()) == ["empty"]
    assert names(tmp_path / "b.xml", b"<?xml version='1.0'?><urlset><url/></urlset>") == ["unknown_xml"]


def test_json_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "a.txt").write_text("x")
    assert [item.source for item in read_source(str(tmp_path))] == [f"{tmp_path}/a.txt"]


@hypothesis_settings(max_examples=100, deadline=None)
@given(noise=st.binary(max_size=30), place=st.integers(0, 900))
def test_no_bytes_raise(noise: bytes, place: int) -> None:
    for content in (rss(FULL, SHORT), json_feed({"id": "1", "title": 3, "content_html": "<p>x"})):
        try:
            entries = list(entries_of(content[:place] + noise + content[place:], "https://ex.org/"))
        except RejectError:
            continue
        assert all(isinstance(entry, FeedEntry) for entry in entries)
