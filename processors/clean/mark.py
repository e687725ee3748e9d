"""Marks: what an element's tag, role, style and names say about it – a part of the article, or not."""

import re
from enum import IntEnum
from functools import cache, lru_cache

from lxml import etree

from processors.clean.cue import listed

_ASIDE_TAGS = frozenset(["nav", "aside", "footer", "form", "dialog", "menu", "amp-sidebar", "fieldset"])
_ASIDE_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "alert", "menu"]
)
# Elements whose names say more about their look than about what they hold.
_UNNAMED = frozenset(["html", "body", "main", "article", "h1", "td", "tr", "tbody", "thead", "th", "figcaption"])
# What a cell of a table that lays out a page holds, and a cell of data hardly.
_HOLDS_BLOCKS = frozenset(["div", "p", "ul", "ol", "table", "form", "h2", "h3", "h4"])
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# "has-sidebar", "no-comments" and "with-ads" describe what stands beside the element, not the element.
_BESIDE = frozenset(["has", "no", "with", "not", "without"])
_SHOWN_AGAIN = re.compile(r"\bd-(?:sm|md|lg|xl|xxl)-(?!none)|\b(?:sm|md|lg|xl):(?:block|flex|inline|grid|table)")


class Mark(IntEnum):
    """What an element is marked as. `NEVER`: nothing below it is the article, not even a price or a quotation.

    A quotation and a deck, the lines that introduce an article, stay, whatever else the element's name says.
    """

    NEVER = -2
    ASIDE = -1
    NOTHING = 0
    BODY = 1
    QUOTE = 2
    DECK = 3


# schema.org's properties of an article, a thread and what stands around them.
_PROPERTIES = {
    "articlebody": Mark.BODY,
    "description": Mark.DECK,
    "comment": Mark.NEVER,
    "interactionstatistic": Mark.NEVER,
}


def is_hidden(element: etree._Element) -> bool:
    """Whether an element is not shown: by attribute, style or class name."""
    get = element.get
    if get("hidden") is not None or ((style := get("style")) and _HIDDEN_STYLE.search(style)):
        return True
    return bool((names := get("class")) and _hides(names))


@lru_cache(maxsize=20_000)
def _hides(names: str) -> bool:
    return not listed("unseen").isdisjoint(names.lower().split()) and not _SHOWN_AGAIN.search(names)


def mark_of(element: etree._Element) -> Mark:
    """What an element is marked as."""
    get = element.get
    if is_hidden(element) or get("aria-hidden") == "true":
        return Mark.NEVER
    if marked := _PROPERTIES.get((get("itemprop") or "").lower()):
        return marked
    named = _named(f"{get('class') or ''} {get('id') or ''}")
    if named in (Mark.QUOTE, Mark.DECK, Mark.NEVER) and element.tag not in _UNNAMED:
        return named
    if element.tag in _ASIDE_TAGS or get("role") in _ASIDE_ROLES:
        return Mark.ASIDE
    return Mark.NOTHING if element.tag in _UNNAMED and not _lays_out(element) else named


def _lays_out(element: etree._Element) -> bool:
    return element.tag == "td" and any(child.tag in _HOLDS_BLOCKS for child in element)


@lru_cache(maxsize=20_000)
def _named(names: str) -> Mark:
    """What class names and an id mark an element as; the strongest of them counts."""
    found = {_mark_of_name(name) for name in names.split()}
    return next(
        (mark for mark in (Mark.NEVER, Mark.QUOTE, Mark.DECK, Mark.ASIDE, Mark.BODY) if mark in found), Mark.NOTHING
    )


@lru_cache(maxsize=20_000)
def _mark_of_name(name: str) -> Mark:
    parts = [part.lower() for part in _PARTS.findall(name)]
    if not parts or parts[0] in _BESIDE:
        return Mark.NOTHING
    if parts[0] in listed("builders"):
        parts = [part for part in parts if part not in listed("layout")]
    return next(
        (mark for words, mark in _lists() if not words.isdisjoint(parts) or "-".join(parts) in words), Mark.NOTHING
    )


@cache
def _lists() -> tuple[tuple[frozenset[str], Mark], ...]:
    return (
        (listed("others"), Mark.NEVER),
        (listed("quotes"), Mark.QUOTE),
        (listed("decks"), Mark.DECK),
        (listed("containers"), Mark.ASIDE),
        (listed("bodies"), Mark.BODY),
    )
