"""The tables, and what a record class says about its columns."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from schemas.article import Article
from schemas.entity import Entity
from schemas.offer import Offer
from schemas.reject import Reject
from schemas.run import Run
from schemas.segment import Segment

TABLES: dict[str, type] = {
    "articles": Article,
    "segments": Segment,
    "entities": Entity,
    "offers": Offer,
    "rejects": Reject,
    "runs": Run,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, Python type without `None`, whether null is allowed, its meaning, its closed vocabulary."""

    name: str
    type: Any
    nullable: bool
    meaning: str
    vocabulary: tuple[str, ...]


@cache
def columns(record: type) -> tuple[Column, ...]:
    """The columns of a record class, in order."""
    return tuple(_columns(record))


def _columns(record: type) -> Iterator[Column]:
    hints = get_type_hints(record, include_extras=True)
    for field in fields(record):
        if get_origin(hints[field.name]) is not Annotated:
            raise TypeError(f"{record.__name__}.{field.name}: Annotated[type, meaning] wanted")
        hint, meaning = get_args(hints[field.name])
        kind, nullable = _without_none(hint)
        vocabulary = get_args(kind) if get_origin(kind) is Literal else ()
        yield Column(field.name, str if vocabulary else kind, nullable, meaning, vocabulary)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    return kinds[0], len(kinds) < len(get_args(hint))


def is_record(kind: Any) -> bool:
    """Whether a column's type is a record of its own (a struct)."""
    return isinstance(kind, type) and is_dataclass(kind)
