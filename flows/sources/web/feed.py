"""Feeds by address: what an entry holds in full is an article; of an entry that is only a teaser its link is followed.

A feed shows the newest entries only, so an entry that has gone from it is still an article.
"""

from collections.abc import Iterator
from dataclasses import replace

from flows.http import Answer, canonical, joined
from flows.sources.feed import FeedEntry, entries_of, is_feed
from flows.sources.item import Item, Partial, Unchanged, Unreadable
from flows.sources.web import page
from flows.sources.web.visit import Got, Web, record_of
from flows.store.memory import Record
from processors.raw import RawArticle, RejectError

ABOUT = "a feed (RSS, Atom, JSON Feed): its entries, and the pages of those that are only teasers"
EXAMPLE = "feed+https://example.org/feed"


def recognizes(answer: Answer) -> bool:
    """Whether an answer is a feed, whatever type the server gives it."""
    if answer.media_type == "application/feed+json":
        return True
    start = answer.content[:4_000]
    return is_feed(start) or (answer.media_type.endswith("json") and b"jsonfeed.org/version" in start)


def read(web: Web, address: str, got: Got) -> Iterator[Item]:
    """The entries of a feed."""
    if isinstance(got, Record):
        web.memory.note(address, got)
        yield from (Unchanged(source) for source, _ in got.made)
        for link, stamp in got.links:
            yield from page.follow(web, link, stamp)
    else:
        yield from _read_answer(web, address, got)
    yield Partial(address)


def _read_answer(web: Web, address: str, answer: Answer) -> Iterator[Item]:
    made: list[tuple[str, str]] = []
    links: list[tuple[str, str | None]] = []
    whole = True
    for number, entry in enumerate(entries_of(answer.content, answer.url, answer.charset), start=1):
        try:
            link = canonical(joined(answer.url, entry.link)) if entry.link else None
            if link and not entry.is_full:
                links.append((link, entry.updated_at.isoformat() if entry.updated_at else None))
                yield from page.follow(web, *links[-1])
                continue
            article = _article(entry, link or f"{canonical(address)}#{_id(entry)}", link)
        except RejectError as error:
            whole = False
            yield Unreadable(f"{address}#entry {number}", error)
            continue
        made.append((article.source, article.content_hash))
        yield article
    if whole:
        web.memory.note(address, replace(record_of("feed", answer), made=tuple(made), links=tuple(links)))


def _article(entry: FeedEntry, source: str, link: str | None) -> RawArticle:
    if not entry.content.strip():
        raise RejectError("read", "no_text", "got an entry without text or link, wanted one of them")
    article = entry.article(source)
    return replace(article, metadata=replace(article.metadata, url=link))


def _id(entry: FeedEntry) -> str:
    if not entry.id:
        raise RejectError("read", "no_id", "got an entry without link or id, wanted one of them")
    return entry.id
