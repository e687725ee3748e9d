"""Sitemaps (https://www.sitemaps.org/protocol.html): the pages that a site lists; sitemaps of sitemaps are followed.

`lastmod` tells whether a page has changed: the same as last time, and the page is not asked for.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from flows.http import Answer, canonical, joined, unpack
from flows.settings import settings
from flows.sources.item import Item, Partial, Unreadable
from flows.sources.web import page
from flows.sources.web.visit import Got, Web, record_of
from flows.store.memory import Record
from processors.raw import RejectError

ABOUT = "a sitemap, also packed, also one of sitemaps: the pages that it lists, if new or changed"
EXAMPLE = "https://example.org/sitemap.xml"

_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(urlset|sitemapindex)\b")
_ELEMENT = re.compile(rb"<[A-Za-z]")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
# The standard allows one level, of 50,000 each; more of both are met.
_DEEPEST, _MOST_SITEMAPS, _MOST_PAGES = 3, 10_000, 1_000_000
# The stamp of a link that leads to another sitemap.
_SITEMAP = "sitemap"


@dataclass(slots=True)
class _Tour:
    """What has been met on the way through nested sitemaps."""

    sitemaps: set[str] = field(default_factory=set)
    pages: int = 0


def recognizes(answer: Answer) -> bool:
    """Whether an answer is a sitemap, whatever type the server gives it."""
    try:
        return _root(_content(answer)[:4_000]) is not None
    except RejectError:
        return False


def read(web: Web, address: str, got: Got) -> Iterator[Item]:
    """The articles of the pages that a sitemap lists."""
    yield from _read(web, address, got, _Tour(), 0)


def _read(web: Web, address: str, got: Got, tour: _Tour, depth: int) -> Iterator[Item]:
    tour.sitemaps.add(canonical(address))
    record = got if isinstance(got, Record) else record_of("sitemap", got)
    entries = got.links if isinstance(got, Record) else _entries(got)
    links: list[tuple[str, str | None]] = []
    for name, stamp in entries:
        links.append((name, stamp))
        try:
            link = canonical(joined(record.url, name))
        except RejectError as error:
            yield Unreadable(f"{address}#entry {len(links)}", error)
            continue
        if stamp == _SITEMAP:
            yield from _below(web, link, tour, depth + 1)
        else:
            tour.pages += 1
            if tour.pages > _MOST_PAGES:
                raise _too_many(f"{_MOST_PAGES:,} pages")
            yield from page.follow(web, link, stamp)
    web.memory.note(address, replace(record, links=tuple(links)))


def _below(web: Web, address: str, tour: _Tour, depth: int) -> Iterator[Item]:
    """The articles of a sitemap in a sitemap; where it cannot be read, what it listed before is still there."""
    if address in tour.sitemaps:
        return
    try:
        if depth > _DEEPEST or len(tour.sitemaps) >= _MOST_SITEMAPS:
            raise _too_many(f"{_DEEPEST} levels or {_MOST_SITEMAPS:,} sitemaps")
        yield from _read(web, address, web.fetch(address, "sitemap"), tour, depth)
    except RejectError as error:
        yield Unreadable(address, error)
        yield Partial(address)


def _too_many(limit: str) -> RejectError:
    return RejectError(
        "read", "too_many", f"got a sitemap of more than {limit}, wanted less: name its parts one by one"
    )


def _content(answer: Answer) -> bytes:
    return unpack(answer.content, settings().max_bytes)


def _root(content: bytes) -> int | None:
    """Where a sitemap begins: with its first element, which is that of a sitemap."""
    first, root = _ELEMENT.search(content), _ROOT.search(content)
    return root.start() if first and root and first.start() == root.start() else None


def _entries(answer: Answer) -> Iterator[tuple[str, str | None]]:
    """The links of a sitemap with their `lastmod`; RejectError where it is none, or at the place where it breaks off."""
    content = _content(answer)
    root = _root(content)
    if root is None:
        raise RejectError("read", "not_a_sitemap", "got no sitemap, wanted XML with a <urlset> or <sitemapindex>")
    if _ENTITY.search(content, 0, root):
        raise RejectError("read", "entities", "got XML that declares entities, wanted a sitemap without")
    elements = etree.iterparse(
        io.BytesIO(content), tag=("{*}url", "{*}sitemap"), resolve_entities=False, load_dtd=False, no_network=True
    )
    try:
        for _, element in elements:
            link = (element.findtext("{*}loc") or "").strip()
            changed = (element.findtext("{*}lastmod") or "").strip() or None
            nested = etree.QName(element).localname == "sitemap"
            element.clear()
            if link:
                yield link, _SITEMAP if nested else changed
    except etree.XMLSyntaxError as error:
        raise RejectError("read", "corrupt", f"got a sitemap that breaks off ({error}), wanted a whole one") from error
