"""Overlap: of mentions that stand over the same tokens, the longest is kept."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Spanned(Protocol):
    """Anything over tokens [start, end)."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Spanned)


def longest_first(spans: Iterable[S]) -> list[S]:
    """The spans without those that overlap a longer one (or an earlier one as long), in reading order."""
    taken: set[int] = set()
    kept: list[S] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        tokens = range(span.start, span.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
