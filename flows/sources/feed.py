"""Feeds: RSS 0.9 to 2.0, Atom and JSON Feed, as bytes or as local files; an entry is an article.

`entries_of` reads bytes wherever they came from. feedparser reads the XML kinds; JSON Feed is read by its specification
(https://www.jsonfeed.org/version/1.1/).
"""

import calendar
import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from time import struct_time
from typing import Any
from urllib.parse import urljoin

import feedparser

from flows.sources.item import Ids, Item, Unreadable, read_whole
from flows.sources.options import ReadOptions
from processors.clean.decode import decode
from processors.clean.metadata import metadata_of_mapping, parse_time
from processors.raw import Metadata, RawArticle, RejectError

ABOUT = "a feed as a file: RSS, Atom, JSON Feed"
EXAMPLE = "feed.atom"
SUFFIXES = (".rss", ".atom", ".json")
# A folder's JSON is mostly something else.
ONLY_NAMED = (".json",)
# The first element of a feed: what stands before it may declare entities, which no feed needs.
_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(?:rss|rdf|feed)\b", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_JSON_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/")
# feedparser takes about 20 µs for a tag of a broken feed; real feeds of 20 MB have fewer than these.
_MOST_TAGS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An entry of a feed; `content` is HTML, the whole article where `is_full`, else what the feed shows of it."""

    id: str | None
    link: str | None
    title: str | None
    author: str | None
    published_at: datetime | None
    updated_at: datetime | None
    tags: tuple[str, ...]
    language: str | None
    content: str
    is_full: bool

    @property
    def metadata(self) -> Metadata:
        """What the feed says about the article."""
        return Metadata(
            title=self.title,
            author=self.author,
            url=self.link,
            published_at=self.published_at or self.updated_at,
            tags=self.tags,
            language=self.language,
        )

    def article(self, source: str) -> RawArticle:
        """The article that the entry itself holds."""
        return RawArticle(source=source, format="html", content=self.content.encode(), metadata=self.metadata)


def read(path: str, options: ReadOptions) -> Iterator[Item]:
    """The entries of a feed in a file, with what it holds of them, each named `path#id`."""
    ids, number = Ids(), 0
    try:
        for number, entry in enumerate(entries_of(read_whole(path)), start=1):
            yield _item(path, number, entry, ids)
    except RejectError as error:
        yield Unreadable(path, error)
    else:
        if not number:
            yield Unreadable(path, RejectError("read", "empty", "got a feed without entries, wanted at least one"))


def _item(path: str, number: int, entry: FeedEntry, ids: Ids) -> Item:
    try:
        key = ids.claim(entry.id or entry.link, "an entry with an id or a link")
        if not entry.content.strip():
            raise RejectError("read", "no_text", "got an entry without content and summary, wanted some text")
    except RejectError as error:
        return Unreadable(f"{path}#entry {number}", error)
    return entry.article(f"{path}#{key}")


def entries_of(content: bytes, base: str | None = None, charset: str | None = None) -> Iterator[FeedEntry]:
    """The entries of a feed in its order; RejectError, at the first of them, where the bytes are no feed.

    `base` is the address that relative links are read from, `charset` what the Content-Type declared.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        yield from _json_entries(content, base)
    else:
        yield from _xml_entries(content, base, charset)


def is_feed(content: bytes) -> bool:
    """Whether the first element of some XML is that of a feed."""
    try:
        content = _as_utf8(content)
    except RejectError:
        return False
    first = re.search(rb"<[A-Za-z]", content)
    root = _ROOT.search(content)
    return bool(first and root and first.start() == root.start())


def _xml_entries(content: bytes, base: str | None, charset: str | None) -> Iterator[FeedEntry]:
    content = _as_utf8(content, charset)
    root = _ROOT.search(content)
    if root is None:
        raise RejectError("read", "not_a_feed", "got no feed, wanted RSS, Atom or JSON Feed: check the address or file")
    if b"<!ENTITY" in content[: root.start()].upper():
        raise RejectError(
            "read", "entities", "got XML that declares entities, wanted a feed without: remove its DOCTYPE"
        )
    if content.count(b"<") > _MOST_TAGS:
        raise RejectError("read", "too_large", f"got more than {_MOST_TAGS:,} tags, wanted a feed: split it")
    headers = {"content-type": "application/xml; charset=utf-8"}
    if base:
        headers["content-location"] = base
    # A file object, for feedparser takes bytes for the name of a file or an address.
    try:
        feed = feedparser.parse(
            io.BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except ValueError as error:  # names of encodings and prefixes that are none
        raise RejectError("read", "corrupt", f"got a feed that cannot be read ({error}), wanted a whole one") from error
    for entry in feed.entries:
        yield _xml_entry(entry, feed.feed.get("language"))


def _as_utf8(content: bytes, charset: str | None = None) -> bytes:
    """XML as UTF-8 without its declaration: feedparser trusts what declares an encoding more than it should."""
    if content.startswith((b"<\0", b"\0<")):
        text = content.decode("utf-16-le" if content[0] else "utf-16-be", errors="replace")
    else:
        text = decode(content, charset)
    return _XML_DECLARATION.sub("", text).replace("\0", " ").encode("utf-8", "replace")


def _xml_entry(entry: Any, feed_language: str | None) -> FeedEntry:
    parts = [part for part in entry.get("content", ()) if part.get("value")]
    part = parts[0] if parts else entry.get("summary_detail") or {}
    value = part.get("value") or ""
    return FeedEntry(
        id=entry.get("id") or None,
        link=entry.get("link") or None,
        title=_plain(entry.get("title")),
        author=_name(_plain((entry.get("author_detail") or {}).get("name") or entry.get("author"))),
        published_at=_time(entry.get("published_parsed")),
        updated_at=_time(entry.get("updated_parsed")) if "updated" in entry else None,
        tags=tuple(dict.fromkeys(name for tag in entry.get("tags", ()) if (name := _plain(tag.get("term"))))),
        language=part.get("language") or entry.get("language") or feed_language or None,
        content=html.escape(value, quote=False) if part.get("type") == "text/plain" else value,
        is_full=bool(parts),
    )


def _plain(value: str | None) -> str | None:
    """A title or name as text: feeds escape it once or twice.

    >>> _plain("Arts &amp; <em>Crafts</em>")
    'Arts & Crafts'
    """
    if not value:
        return None
    return " ".join(html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", value)).split()) or None


def _name(author: str | None) -> str | None:
    """An author without the mail address that RSS wants.

    >>> _name("jo@example.org (Jo Doe)"), _name("Jo Doe"), _name("jo@example.org")
    ('Jo Doe', 'Jo Doe', None)
    """
    return parseaddr(author)[0] or None if author and "@" in author else author


def _time(value: struct_time | None) -> datetime | None:
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=calendar.timegm(value)) if value else None
    except (ValueError, OverflowError):
        return None


def _json_entries(content: bytes, base: str | None) -> Iterator[FeedEntry]:
    try:
        feed = json.loads(content.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        raise RejectError(
            "read", "not_json", f"got JSON that breaks off ({error}), wanted a JSON Feed: copy it again"
        ) from error
    if not (
        isinstance(feed, dict) and _JSON_FEED.match(str(feed.get("version"))) and isinstance(feed.get("items"), list)
    ):
        raise RejectError(
            "read",
            "not_a_feed",
            "got JSON that is no JSON Feed, wanted one: articles of your own go a line each in .jsonl",
        )
    defaults = {key: feed[key] for key in ("language", "author", "authors") if feed.get(key)}
    for item in feed["items"]:
        if isinstance(item, dict):
            yield _json_entry(defaults | item, base)


def _json_entry(item: dict[str, Any], base: str | None) -> FeedEntry:
    full = _string(item.get("content_html")) or _escaped(item.get("content_text"))
    known = metadata_of_mapping({**item, "published_at": item.get("date_published")})
    link = _string(item.get("url")) or _string(item.get("external_url"))
    return FeedEntry(
        id=str(item["id"]) if isinstance(item.get("id"), str | int | float) and item["id"] != "" else None,
        link=_joined(base, link),
        title=known.title,
        author=known.author,
        published_at=known.published_at,
        updated_at=parse_time(_string(item.get("date_modified"))),
        tags=known.tags,
        language=known.language,
        content=full or _escaped(item.get("summary")) or "",
        is_full=full is not None,
    )


def _joined(base: str | None, link: str | None) -> str | None:
    try:
        return urljoin(base or "", link) if link else None
    except ValueError:
        return link


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _escaped(value: Any) -> str | None:
    text = _string(value)
    return html.escape(text, quote=False).replace("\n\n", "<p>").replace("\n", "<br>") if text else None
