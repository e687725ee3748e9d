"""Candidates for sentence ends: runs of terminators with the closing signs, footnotes and emoji behind them."""

import unicodedata
from bisect import bisect_left
from typing import NamedTuple

from processors.sentence_rules import FULL_ENDS
from processors.token_view import TokenView

QUOTES = frozenset("\"'“”‘’«»‹›")
_DOTS = {".": 1, "…": 3}
_CLOSING_QUOTES = frozenset("”’»›")
_CLOSING_BRACKETS = frozenset(")]}」』）】》〉")


class Run(NamedTuple):
    """Terminators and closing signs that stand together: tokens [start, after), and the word that follows."""

    start: int
    after: int
    following: int
    spaced: bool
    dots: int
    only_dots: bool
    full: bool
    closed: bool


class RunReader:
    """Reads the runs of a block, tokens [start, end), whose terminators are `marks`."""

    def __init__(self, view: TokenView, start: int, end: int, marks: frozenset[str]) -> None:
        self.view, self.start, self.end, self.marks = view, start, end, marks
        self._others = marks - _DOTS.keys()
        self._straight: list[int] | None = None

    def read(self, start: int) -> Run:
        """The run that begins at a token."""
        view, text, marks = self.view, self.view.text, self.marks
        after, closed, spaced, following = start + 1, False, False, self.end
        while after < self.end:
            following = after
            while following < self.end and text[following].isspace():
                following += 1
            if following == self.end:
                break
            spaced = following > after or view.space[after - 1]
            if text[following][0].isalnum():
                break
            if text[following] in marks:
                last = following + 1
                while last < self.end and text[last] in marks and not view.space[last - 1]:
                    last += 1
                if spaced and last < self.end and not view.space[last - 1] and text[last][0].isalnum():
                    break  # "… raak. ...toen": these dots open the next sentence
                after = last
            elif closing := self._closing(following, spaced):
                after, closed = closing, True
            else:
                break
        if after == start + 1:
            mark = text[start]
            dots = _DOTS.get(mark, 0)
            return Run(start, after, following, spaced, dots, dots > 0, mark in FULL_ENDS, closed)
        pieces = text[start:after]
        dots = sum(number * pieces.count(dot) for dot, number in _DOTS.items())
        full = not FULL_ENDS.isdisjoint(pieces)
        return Run(start, after, following, spaced, dots, self._others.isdisjoint(pieces), full, closed)

    def _closing(self, token: int, spaced: bool) -> int:
        """The token after a closing bracket, quote, footnote or emoticon; 0 where a token is none."""
        view, text, end = self.view, self.view.text, self.end
        sign = text[token]
        behind = token + 1
        loose = behind >= end or view.space[token] or text[behind].isspace()
        if sign in _CLOSING_BRACKETS:
            return behind if not spaced or loose else 0
        if sign in QUOTES:
            if not spaced:
                return behind if loose or sign in _CLOSING_QUOTES or not text[behind][0].isalnum() else 0
            return behind if loose and (sign in "»”›" or (sign == '"' and self._is_open(token))) else 0
        if sign == "[" and not spaced and text[behind : behind + 2][1:] == ["]"] and text[behind].isdecimal():
            return behind + 2
        if sign > "\u2190" and (loose or not spaced) and unicodedata.category(sign[0]) in ("So", "Mn", "Cf"):
            return behind  # an emoji
        if sign == "^" and not loose and text[behind] == "^":
            return behind + 1
        if sign in ":;=" and not loose:
            mouth = behind + (text[behind] == "-" and behind + 1 < end)
            return mouth + 1 if text[mouth] in ")(DPp/|*3]" else 0
        return 0

    def _is_open(self, token: int) -> bool:
        """Whether a straight quotation mark closes one that is open."""
        if self._straight is None:
            self._straight = [place for place in range(self.start, self.end) if self.view.text[place] == '"']
        return bisect_left(self._straight, token) % 2 == 1
