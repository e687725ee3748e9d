"""Shells: pages whose article stands in data that a script would show – JSON-LD, a JSON state, <noscript>."""

import json
from collections import deque
from collections.abc import Iterator
from typing import Any

from lxml import etree

from processors.clean.markup import parse_fragment
from processors.clean.metadata import metadata_of_mapping
from processors.clean.page import without_asides
from processors.clean.piece import Piece
from processors.clean.text import tidy_line
from processors.clean.walk import tree_of
from processors.raw import Metadata
from schemas.vocabulary import SegmentKind

# Characters that a value holds to be an article's text, and JSON values that are looked at.
_LONG, _MOST = 200, 200_000
# What content management systems call a block of each kind.
_KINDS: dict[str, SegmentKind] = {"heading": "heading", "header": "heading", "title": "heading", "subtitle": "heading"}
_KINDS |= {"quote": "quote", "blockquote": "quote", "pullquote": "quote", "list_item": "list_item", "li": "list_item"}
_KINDS |= {"caption": "caption", **{f"h{level}": "heading" for level in range(1, 7)}}
_TEXTS = ("text", "content", "html", "value", "body")


def pieces_of_text(text: str) -> list[Piece]:
    """The pieces of a value that holds an article, as HTML or as lines."""
    if "</" in text:
        return without_asides(tree_of(parse_fragment(text)))
    return [Piece("paragraph", line, 0) for line in map(tidy_line, text.splitlines()) if line]


def article_of_state(root: etree._Element) -> tuple[Metadata, list[Piece]]:
    """The longest article in a page's JSON states, with what stands about it beside; nothing where there is none."""
    size = _LONG
    values: dict[str, Any] = {}
    content: str | list[Any] = ""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/json" or not script.text:
            continue
        try:
            state = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for candidate in _candidates(state):
            if candidate[0] > size:
                size, values, content = candidate
    return _metadata(values), _pieces(content)


def _candidates(state: Any) -> Iterator[tuple[int, dict[str, Any], Any]]:
    """Each long text and each list of blocks, with its length and the object that it is a value of."""
    waiting: deque[Any] = deque([state])
    for _ in range(_MOST):
        if not waiting:
            return
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            for inner in value.values():
                if isinstance(inner, str) and len(inner) > _LONG and " " in inner[:_LONG]:
                    yield len(inner), value, inner
                elif isinstance(inner, list):
                    yield sum(len(text) for _, text in _typed(inner)), value, inner
            waiting.extend(inner for inner in value.values() if isinstance(inner, list | dict))


def _typed(blocks: list[Any]) -> Iterator[tuple[str, str]]:
    """Kind and text of each object in a list that is a block of text."""
    for block in blocks:
        if isinstance(block, dict) and isinstance(kind := block.get("type"), str):
            data = block["data"] if isinstance(block.get("data"), dict) else block
            yield kind.lower(), next((data[key] for key in _TEXTS if isinstance(data.get(key), str)), "")


def _pieces(content: str | list[Any]) -> list[Piece]:
    if isinstance(content, str):
        return pieces_of_text(content)
    pieces: list[Piece] = []
    for kind, text in _typed(content):
        for piece in pieces_of_text(text):
            piece.kind = _KINDS.get(kind, piece.kind)
            piece.level = 2 if piece.kind == "heading" else piece.level
            pieces.append(piece)
    return pieces


def _metadata(values: dict[str, Any]) -> Metadata:
    known = metadata_of_mapping(values)
    aliases = {
        "title": values.get("headline") or values.get("name"),
        "author": _names(values.get("authors") or values.get("author") or values.get("byline")),
        "published_at": next((values[key] for key in values if key.lower() in _DAYS), None),
    }
    other = metadata_of_mapping({key: value for key, value in aliases.items() if value})
    return Metadata(
        title=known.title or other.title,
        author=known.author or other.author,
        published_at=known.published_at or other.published_at,
        tags=known.tags,
    )


_DAYS = frozenset(["publishedat", "publishdate", "datepublished", "published_date", "publicationdate", "createdat"])


def _names(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    found = (
        next((item[key] for key in item if key.lower().endswith("name")), None) if isinstance(item, dict) else item
        for item in items
    )
    return [name for name in found if isinstance(name, str)]
