"""Inflection: the endings that a name takes in a language, so that "Harvardissa" is found as "Harvard"."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from processors.fold import fold
from processors.lexicon import Lexicon, lexicons_for

T = TypeVar("T")
# Shorter stems are too many other words' beginnings.
_SHORTEST, _LONGEST_ENDING = 4, 6


class InflectionLexicon(Lexicon):
    """Endings of a language, written without an apostrophe."""

    suffixes: list[str] = []


@cache
def endings(language: str) -> frozenset[str]:
    """The folded endings of a language; none where names are not inflected."""
    lexicons = lexicons_for("inflection", InflectionLexicon, language)
    return frozenset(fold(suffix) for each in lexicons for suffix in each.suffixes)


def uninflected(norm: str, stem: Callable[[str], T | None], language: str) -> T | None:
    """What a folded word is a form of, where `stem` knows what a word without ending is; None where it is none's."""
    known = endings(language)
    for length in range(1, min(_LONGEST_ENDING, len(norm) - _SHORTEST + 1) + 1) if known else ():
        if norm[-length:] in known and (found := stem(norm[:-length])) is not None:
            return found
    return None
