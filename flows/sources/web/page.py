"""Pages: an address is one article, known by the page's canonical address."""

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.http import Answer, canonical, joined, parse
from flows.sources.item import Item, Unchanged, Unreadable
from flows.sources.web.visit import Got, Web, record_of
from flows.store.memory import Record
from processors.raw import Metadata, RawArticle, RejectError
from schemas.vocabulary import Format

ABOUT = "a page: one article, named by its canonical address"
EXAMPLE = "https://example.org/news/a-master-in-law"

_FORMATS: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "txt",
    "text/markdown": "md",
}
# Types that servers give to what they know nothing about.
_UNSAID = ("", "application/octet-stream", "text/xml", "application/xml")
# The head is scanned, not parsed: the cleaning will parse the page. How far, how long a tag may be, and how many are looked at.
_HEAD, _LONGEST_TAG, _MOST_TAGS = 100_000, 2_000, 300
_ATTRIBUTE = rb"""\b%s\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_REL, _HREF, _LANG = (re.compile(_ATTRIBUTE % name, re.IGNORECASE) for name in (b"rel", b"href", b"lang"))


def recognizes(answer: Answer) -> bool:
    """Whether an answer is a page, or text."""
    return _format(answer) is not None


def read(web: Web, address: str, got: Got, stamp: str | None = None) -> Iterator[Item]:
    """The article of a page; `stamp` is what a listing says about its version."""
    web.visited.add(address)
    if isinstance(got, Record):
        web.memory.note(address, replace(got, stamp=stamp))
        yield from (Unchanged(source) for source, _ in got.made)
        return
    article = _article(got)
    made = ((article.source, article.content_hash),)
    web.memory.note(address, replace(record_of("page", got), stamp=stamp, made=made))
    yield article


def follow(web: Web, address: str, stamp: str | None = None) -> Iterator[Item]:
    """The article of a page that a listing leads to; it is asked for once a run, and not where its stamp is that of last
    time. A page that cannot be read is an Unreadable, and what it gave before is still there.
    """
    if address in web.visited:
        return
    web.visited.add(address)
    record = web.memory.get(address)
    if record and record.kind == "page" and stamp and record.stamp == stamp and web.memory.stands(record):
        yield from (Unchanged(source) for source, _ in record.made)
        return
    try:
        yield from read(web, address, web.fetch(address, "page"), stamp)
    except RejectError as error:
        yield Unreadable(address, error)
        yield from (Unchanged(source) for source, _ in (record.made if record else ()) if web.memory.keeps(source))


def _article(answer: Answer) -> RawArticle:
    found = _format(answer)
    if found is None:
        raise RejectError(
            "read", "unknown_format", f"got {answer.media_type}, wanted a page: text/html, text/plain or text/markdown"
        )
    head = answer.content[:_HEAD] if found == "html" else b""
    source = _canonical(head, answer.url)
    language = None if _says_language(head) else answer.language
    return RawArticle(
        source=source,
        format=found,
        content=answer.content,
        metadata=Metadata(url=source, language=language),
        charset=answer.charset,
    )


def _format(answer: Answer) -> Format | None:
    if answer.media_type in _UNSAID:
        return "html" if re.search(rb"<(?:!doctype\s+)?html\b", answer.content[:2_000], re.IGNORECASE) else None
    return _FORMATS.get(answer.media_type)


def _canonical(head: bytes, url: str) -> str:
    """The address that a page calls its own, if on the same host; a site's front page is not the address of what is in it."""
    for tag in _tags(head, b"<link"):
        rel, href = _value(_REL, tag), _value(_HREF, tag)
        if "canonical" not in rel.lower().split() or not href:
            continue
        try:
            own = parse(joined(url, href))
        except RejectError:
            break
        here = parse(url)
        if own.host == here.host and (own.path != "/" or here.path == "/"):
            return str(own)
        break
    return canonical(url)


def _says_language(head: bytes) -> bool:
    return any(_value(_LANG, tag) for tag in _tags(head, b"<html"))


def _tags(head: bytes, name: bytes) -> Iterator[bytes]:
    """The first tags of a name; looked for in small letters and in large ones."""
    lowered, start = head.lower(), -1
    for _ in range(_MOST_TAGS):
        start = lowered.find(name, start + 1)
        if start < 0:
            return
        end = lowered.find(b">", start, start + _LONGEST_TAG)
        if end > 0:
            yield head[start:end]


def _value(attribute: re.Pattern[bytes], tag: bytes) -> str:
    found = attribute.search(tag)
    return next(filter(None, found.groups()), b"").decode("utf-8", "replace").strip() if found else ""
