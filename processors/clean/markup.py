"""Markup to a tree of elements: a page in one lxml parse, a fragment through BeautifulSoup."""

import re
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag
from lxml import etree

_PAGE = re.compile(r"<(?:html|body|frameset|!doctype)\b", re.IGNORECASE)
# Where a document says that it is a page, if it does.
_HEAD = 5_000
# XML's declarations, which lxml refuses in text that is decoded already; characters that no tree can hold.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The same by bytes, for whole pages.
_READABLE = bytes(32 if byte < 32 and byte not in b"\t\n\r" else byte for byte in range(256))
# An element below this depth is read as text of the one above it.
_DEEPEST = 400


def is_page(text: str) -> bool:
    """Whether HTML is a whole page, with a body of its own, rather than what a CMS keeps of one."""
    return bool(_PAGE.search(text[:_HEAD])) or "<body" in text


def parse_page(text: str) -> etree._Element | None:
    """The root element of a page, or None where there is none; comments and processing instructions are gone."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace").translate(_READABLE), parser)
    except etree.ParseError:
        return None
    return root if isinstance(root, etree._Element) else None


def parse_fragment(text: str) -> etree._Element:
    """The elements of a fragment below one <div>, as BeautifulSoup reads them."""
    root = etree.Element("div")
    waiting: list[tuple[Tag, etree._Element, int]] = [(BeautifulSoup(text, "lxml"), root, 0)]
    while waiting:
        source, target, depth = waiting.pop()
        last: etree._Element | None = None
        for child in source.children:
            if isinstance(child, Tag) and depth < _DEEPEST and _name(child):
                last = etree.SubElement(target, _name(child), _attributes(child))
                waiting.append((child, last, depth + 1))
            elif isinstance(child, Tag) or type(child) in (NavigableString, CData):
                words = _UNREADABLE.sub(" ", child.get_text(" ") if isinstance(child, Tag) else str(child))
                if last is None:
                    target.text = (target.text or "") + words
                else:
                    last.tail = (last.tail or "") + words
    return root


def _name(tag: Tag) -> str:
    name = tag.name.lower()
    return name if re.fullmatch(r"[a-z][a-z0-9-]*", name) else ""


def _attributes(tag: Tag) -> dict[str, str]:
    found = {}
    for name, value in islice(tag.attrs.items(), 50):
        if re.fullmatch(r"[A-Za-z_][\w-]*", name, re.ASCII):
            found[name] = _UNREADABLE.sub(" ", " ".join(value) if isinstance(value, list) else str(value))
    return found
