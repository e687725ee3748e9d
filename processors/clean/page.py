"""Whole pages: where the article begins and ends, and what inside it is not the article."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from processors.clean.cue import cue_at_start, has_cue, is_cue, listed
from processors.clean.walk import DROPPED, HEADINGS
from processors.fold import fold

_BOILERPLATE_TAGS = frozenset(["nav", "aside", "footer", "form", "dialog", "menu"])
_BOILERPLATE_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert", "form", "menu"]
)
_CLASS_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TEXT_TAGS = ("p", "li", "td", "blockquote", "dd", "pre", "h2", "h3")
# A container whose class name says boilerplate but which holds this share of the page's text is the article itself.
_TOO_MUCH = 0.4
# The article's container is the deepest element that holds this share of the text of all paragraphs.
_ENOUGH = 0.85


def drop_boilerplate(soup: BeautifulSoup) -> None:
    """Take out everything that structure or class names mark as no part of an article, in place."""
    for element in soup.find_all(DROPPED - {"title", "meta", "link", "head"}):
        element.decompose()
    whole = max(len(soup.get_text()), 1)
    for element in soup.find_all(True):
        if element.decomposed or element.name in ("html", "body", "main", "article", "h1"):
            continue
        if _is_boilerplate(element) and _weight(element) / whole < _TOO_MUCH:
            element.decompose()


def _weight(element: Tag) -> int:
    return len(element.get_text())


def _is_boilerplate(element: Tag) -> bool:
    if element.name in _BOILERPLATE_TAGS:
        return True
    if element.name in _TEXT_TAGS[1:3] and not element.attrs:
        return False
    if element.get("role") in _BOILERPLATE_ROLES or element.has_attr("hidden") or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    if isinstance(style, str) and _HIDDEN_STYLE.search(style):
        return True
    return any(_names_boilerplate(name) for name in _names(element)) and element.find("h1") is None


def _names(element: Tag) -> Iterator[str]:
    classes = element.get("class")
    yield from classes if isinstance(classes, list) else [classes] if isinstance(classes, str) else []
    identity = element.get("id")
    if isinstance(identity, str):
        yield identity


@lru_cache(maxsize=10_000)
def _names_boilerplate(name: str) -> bool:
    parts = [part.lower() for part in _CLASS_PARTS.findall(name)]
    # "has-sidebar", "no-comments" and "with-ads" describe what stands beside the element, not the element.
    return bool(parts) and parts[0] not in ("has", "no", "with", "not") and not listed("containers").isdisjoint(parts)


def headline(soup: BeautifulSoup) -> Tag | None:
    """The article's first-level heading: inside an article element, or the one that <title> repeats, or the first."""
    candidates = [heading for heading in soup.find_all("h1") if heading.get_text(strip=True)]
    title = soup.find("title")
    named = fold(title.get_text()) if title else ""
    return next((heading for heading in candidates if fold(heading.get_text(" ", strip=True)) in named), None) or next(
        (heading for heading in candidates if heading.find_parent("article")), candidates[0] if candidates else None
    )


def container(soup: BeautifulSoup, heading: Tag | None) -> Tag:
    """The element that holds the article: its text, and the headline where that stands near."""
    body = soup.body or soup
    weights = _paragraph_weights(body)
    total = weights.get(id(body), 0)
    here = body
    while heaviest := max(
        (child for child in here.children if isinstance(child, Tag)),
        key=lambda child: weights.get(id(child), 0),
        default=None,
    ):
        if weights.get(id(heaviest), 0) < _ENOUGH * total or heaviest.name in _TEXT_TAGS:
            break
        here = heaviest
    return _with_heading(here, heading)


def _paragraph_weights(body: Tag) -> dict[int, int]:
    weights: dict[int, int] = {}
    for element in body.find_all(_TEXT_TAGS):
        weight = len(
            "".join(child for child in element.find_all(string=True) if _nearest_text(child) is element).strip()
        )
        linked = sum(len(link.get_text()) for link in element.find_all("a"))
        if weight - linked < 20:
            continue
        for ancestor in [element, *element.parents]:
            weights[id(ancestor)] = weights.get(id(ancestor), 0) + weight
            if ancestor is body:
                break
    return weights


def _nearest_text(string: NavigableString) -> Tag | None:
    return string.find_parent(_TEXT_TAGS)


def _with_heading(element: Tag, heading: Tag | None) -> Tag:
    if heading is None:
        return element
    above = {id(parent) for parent in heading.parents}
    for ancestor in [element, *element.parents]:
        if isinstance(ancestor, Tag) and id(ancestor) in above:
            return ancestor
    return element


def start_at(element: Tag, heading: Tag | None) -> None:
    """Take out what stands before the headline inside the container, in place."""
    if heading is None or not any(parent is element for parent in heading.parents):
        return
    for before in list(
        heading.find_all_previous(["p", "div", "ul", "ol", "span", "a", "section", "table", "img", "h2", "h3", "h4"])
    ):
        inside = any(parent is element for parent in before.parents)
        if inside and not any(parent is before for parent in heading.parents):
            before.decompose()


def drop_link_lists(element: Tag) -> None:
    """Take out related links, tag lists and share rows: short blocks that are links, and what a cue announces."""
    for block in element.find_all(["p", "ul", "ol", "div", "section", "dl", "center"]):
        if block.decomposed or block.find(HEADINGS) or block.find(["p", "table"]):
            continue
        text = block.get_text(" ", strip=True)
        if text and len(text) < 300 and _is_announced(block, text):
            _drop_with_heading(block)


def _is_announced(block: Tag, text: str) -> bool:
    linked = sum(len(link.get_text(" ", strip=True)) for link in block.find_all("a"))
    dense = linked > 0.6 * len(text)
    if any(cue_at_start(name, text) is not None for name in ("related", "tags", "share", "advert")) and (
        dense or len(text) < 80
    ):
        return dense or not text.rstrip().endswith((".", "!", "?", "。"))
    before = block.find_previous_sibling()
    announced = (
        isinstance(before, Tag)
        and before.name in HEADINGS
        and any(
            is_cue(name, before.get_text(" ", strip=True))
            for name in ("related", "share", "comments", "newsletter", "tags")
        )
    )
    return announced or (
        dense and block.name in ("ul", "ol", "div") and len(block.find_all("a")) > 2 and has_cue("share", text)
    )


def _drop_with_heading(block: Tag) -> None:
    before = block.find_previous_sibling()
    if isinstance(before, Tag) and before.name in HEADINGS and is_cue("related", before.get_text(" ", strip=True)):
        before.decompose()
    block.decompose()
