"""Answers that nobody meant: whatever the bytes, they become items or a RejectError, and soon."""

import json
from contextlib import suppress

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.http import Answer
from flows.sources.item import Partial, Unchanged, Unreadable
from flows.sources.web import Web, feed, page, read_address, sitemap
from flows.sources.web.visit import Got
from processors.raw import RawArticle, RejectError

ADDRESS = "https://example.org/a"
PIECES = [
    b"<html>", b"<link rel=canonical href=", b"'", b'"', b">", b"<urlset>", b"<url><loc>", b"</loc></url>", b"<sitemapindex>",
    b"<sitemap><loc>", b"<rss><channel><item>", b"<link>", b"<entry>", b"<feed>", b"</item>", b"https://example.org/b", b"//[", b"//xn--/", b"//a:99999/",
    b"<!DOCTYPE x [<!ENTITY y '", b"&y;", b"\x1f\x8b\x08", b"\xff\xfe", b"\0", b"{", b'"version": "https://jsonfeed.org/version/1"',
    b', "items": [{}', b"]", b"}", b"&#0;", b"<![CDATA[", b"javascript:x", b"\xe2\x80",
]  # fmt: skip
BYTES = st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join))
TYPES = st.sampled_from(["", "text/html", "text/xml", "application/json", "text/plain; charset=x;;=", "x" * 500])


class Cut(Web):
    """A web where one address answers."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer

    def fetch(self, address: str, kind: str | None = None) -> Got:
        if address == ADDRESS:
            return self.answer
        raise RejectError("read", "cut", "got a cut cable")


def answer(content: bytes, kind: str) -> Answer:
    return Answer(ADDRESS, 200, httpx.Headers({"content-type": kind.encode(), "content-language": b"\x80"}), content)


@settings(max_examples=300, deadline=None)
@given(BYTES, TYPES)
def test_any_bytes_become_items(content: bytes, kind: str) -> None:
    web = Cut(answer(content, kind))
    for item in read_address(web, ADDRESS):
        assert isinstance(item, RawArticle | Unreadable | Unchanged | Partial)
    for module in (feed, sitemap, page):
        with suppress(RejectError):
            list(module.read(web, ADDRESS, web.answer))


JSON = st.recursive(
    st.none()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["http://[", "https://xn--/", "https://a:99999/", "2025-01-01T00:00:00", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "link", "modified", "title", "content", "rendered", "_embedded", "author", "wp:term", "name"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(JSON, max_size=3))
def test_any_json_becomes_posts(posts: list[object]) -> None:
    class OneAnswer:
        def get(self, _: str) -> Answer:
            return answer(json.dumps(posts).encode(), "application/json")

    web = Web()
    vars(web)["client"] = OneAnswer()
    for item in read_address(web, "https://example.org/wp-json/wp/v2/posts"):
        assert isinstance(item, RawArticle | Unreadable | Partial)


def test_long_answers_take_linear_time() -> None:
    for piece in (
        b"<link ",
        b"<link rel ",
        b"<html lang",
        b"<urlset",
        b"<!DOCTYPE ",
        b"<link rel=canonical href=/x>",
    ):
        content = piece * (300_000 // len(piece))
        web = Cut(answer(content, "text/html"))
        assert list(read_address(web, ADDRESS))
    (item, _) = read_address(Cut(answer(b"<urlset>" + b"<url>" * 100_000, "text/xml")), ADDRESS)
    assert isinstance(item, Unreadable)
