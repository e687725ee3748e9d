"""A Doc's tokens as plain lists: what the scanners read, ten times faster than token objects."""

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import add
from typing import Generic, TypeVar

from spacy.tokens import Doc, Span

from processors.fold import fold
from processors.tokenizer import tokens_of, words_of

T = TypeVar("T")

_SPACES = frozenset("\u00a0\u202f\u2009\u2007 ")


@dataclass(frozen=True, slots=True)
class TokenView:
    """Parallel lists, one item a token: as written, folded, first offset, whether a space follows, place in the Doc.

    No-break and thin spaces are spaces here and no tokens, so that "4\u00a0995\u202f$" reads as "4 995 $" does.
    """

    text: list[str]
    norm: list[str]
    start: list[int]
    space: list[bool]
    index: list[int]
    blank: list[int]  # the tokens of white space: line ends and such

    def __len__(self) -> int:
        return len(self.text)

    def end(self, token: int) -> int:
        """Offset after the last character of a token."""
        return self.start[token] + len(self.text[token])

    def blanks(self, start: int, end: int) -> list[int]:
        """The tokens of white space in [start, end)."""
        return self.blank[bisect_left(self.blank, start) : bisect_left(self.blank, end)]

    def word_start(self, token: int, first: int) -> int:
        """The first token of the word of letters that ends before a token, not before `first`."""
        start = token - 1
        if not self.text[start][0].isalpha():
            return start
        while start > first and not self.space[start - 1] and self.text[start - 1][0].isalpha():
            start -= 1
        return start

    def surface(self, start: int, end: int) -> str:
        """Tokens [start, end) as written, without the white space after the last."""
        pieces = [text + " " * space for text, space in zip(self.text[start:end], self.space[start:end], strict=True)]
        return "".join(pieces).rstrip()


def view_of(doc: Doc) -> TokenView:
    """The view of a Doc that the fine tokenizer made."""
    words, spaces = tokens_of(doc)
    starts = [*itertools.accumulate(map(add, map(len, words), spaces), initial=0)][:-1]
    index = [*range(len(words))]
    blank = [*itertools.compress(index, map(str.isspace, words))]
    view = TokenView(words, [*map(fold, words)], starts, spaces, index, blank)
    hidden = [token for token in blank if words[token][0] in _SPACES]
    return _without(view, hidden) if hidden else view


def _without(view: TokenView, hidden: list[int]) -> TokenView:
    """The view without some spaces; what stands before one is followed by a space."""
    space, kept = view.space.copy(), bytearray(b"\1") * len(view)
    for token in hidden:
        space[max(token - 1, 0)], kept[token] = True, 0

    def keep(column: list[T]) -> list[T]:
        return [*itertools.compress(column, kept)]

    text = keep(view.text)
    blank = [token for token, piece in enumerate(text) if piece.isspace()]
    return TokenView(text, keep(view.norm), keep(view.start), keep(space), keep(view.index), blank)


def span_of(doc: Doc, view: TokenView, start: int, end: int, label: str) -> Span:
    """The spaCy span over tokens [start, end) of the view."""
    return Span(doc, view.index[start], view.index[end - 1] + 1, label=label)


def fold_phrase(phrase: str) -> tuple[str, ...]:
    """A phrase as the folded tokens that it would be in a text; white space of any kind is no token."""
    return tuple(map(fold, words_of(phrase)))


class PhraseTable(Generic[T]):
    """Phrases to values, found at a token, the longest first.

    >>> table = PhraseTable({"cent": 100, "quatre-vingt": 80})
    >>> table.at(["quatre", "-", "vingt", "euros"], 0)
    (3, 80)
    """

    def __init__(self, phrases: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._by_last: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        pairs = phrases.items() if isinstance(phrases, Mapping) else phrases
        for phrase, value in pairs:
            if folded := fold_phrase(phrase):
                self._by_first.setdefault(folded[0], []).append((folded, value))
                self._by_last.setdefault(folded[-1], []).append((folded, value))
        for options in (*self._by_first.values(), *self._by_last.values()):
            options.sort(key=lambda option: -len(option[0]))

    def __contains__(self, norm: str) -> bool:
        return norm in self._by_first

    def may_end(self, norm: str) -> bool:
        """Whether a phrase ends in this word."""
        return norm in self._by_last

    def at(self, norms: list[str], token: int) -> tuple[int, T] | None:
        """The longest phrase that starts at a token, as (token after it, value)."""
        return next(self.every_at(norms, token), None)

    def ending_at(self, norms: list[str], token: int) -> tuple[int, T] | None:
        """The longest phrase that ends before a token, as (its first token, value)."""
        return next(self.every_ending_at(norms, token), None)

    def every_at(self, norms: list[str], token: int) -> Iterator[tuple[int, T]]:
        """Every phrase that starts at a token, the longest first."""
        for phrase, value in self._by_first.get(norms[token], ()) if token < len(norms) else ():
            end = token + len(phrase)
            if tuple(norms[token:end]) == phrase:
                yield end, value

    def every_ending_at(self, norms: list[str], token: int) -> Iterator[tuple[int, T]]:
        """Every phrase that ends before a token, the longest first."""
        for phrase, value in self._by_last.get(norms[token - 1], ()) if token > 0 else ():
            start = token - len(phrase)
            if start >= 0 and tuple(norms[start:token]) == phrase:
                yield start, value
