"""Halves of characters: JSON and file names can hold them, tables cannot."""

from dataclasses import fields, replace
from typing import Any

from flows.sources.item import Item, Partial
from processors.raw import Metadata, RawArticle


def storable(item: Item) -> Item:
    """An item whose names and metadata every table can hold; what is half a character becomes a question mark."""
    if isinstance(item, Partial):
        return item
    if not _is_whole(item.source):
        item = replace(item, source=_whole(item.source))
    if isinstance(item, RawArticle) and not all(map(_is_whole, _texts(item.metadata))):
        values = {field.name: _whole_value(getattr(item.metadata, field.name)) for field in fields(Metadata)}
        return replace(item, metadata=Metadata(**values))
    return item


def _texts(metadata: Metadata) -> list[str]:
    values = (metadata.title, metadata.author, metadata.url, metadata.category, metadata.language, *metadata.tags)
    return [value for value in values if value]


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _whole(text: str) -> str:
    return text.encode(errors="replace").decode()


def _whole_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_whole, value))
    return _whole(value) if isinstance(value, str) else value
