"""Cues: the phrases with which pages of every language mark what is not the text itself."""

import re
from functools import cache

from processors.fold import fold
from processors.lexicon import Lexicon, load_lexicons

_PREFIX = 3


class ArticleLexicon(Lexicon):
    """How pages of a language mark bylines, share bars, related links and the like."""

    byline: list[str] = []
    byline_after: list[str] = []
    credits: list[str] = []
    author_box: list[str] = []
    share: list[str] = []
    related: list[str] = []
    advert: list[str] = []
    tags: list[str] = []
    comments: list[str] = []
    newsletter: list[str] = []
    cookies: list[str] = []
    dateline: list[str] = []
    copyright: list[str] = []
    containers: list[str] = []
    others: list[str] = []
    quotes: list[str] = []
    unseen: list[str] = []
    bodies: list[str] = []
    authors: list[str] = []
    decks: list[str] = []
    builders: list[str] = []
    layout: list[str] = []
    money: list[str] = []
    title_separators: list[str] = []
    particles: list[str] = []


@cache
def _cues(name: str) -> tuple[str, ...]:
    """Every cue of one list, of all languages (a page's language is not known yet), longest first."""
    every = {
        fold(cue).strip(" :")
        for lexicon in load_lexicons("article", ArticleLexicon).values()
        for cue in getattr(lexicon, name)
    }
    return tuple(sorted(every - {""}, key=lambda cue: (-len(cue), cue)))


def cue_at_start(name: str, text: str) -> str | None:
    """What follows the cue that a text starts with, or None where it starts with none.

    A cue ends at a word's end: what follows is empty, or starts with a space or a sign; Han and Kana need neither.

    >>> cue_at_start("byline", "Rédigé par : Erwan")
    'Erwan'
    """
    folded = fold(text)
    table = _by_prefix(name)
    for length in (_PREFIX, *range(_PREFIX - 1, 0, -1)):
        for cue in table.get(folded[:length], ()):
            if folded.startswith(cue) and _ends_word(folded, len(cue)):
                return text[len(cue) :].strip(" :：|–—-·•\u00a0")
    return None


@cache
def _by_prefix(name: str) -> dict[str, list[str]]:
    """The cues of one list by their first characters, longest first."""
    table: dict[str, list[str]] = {}
    for cue in _cues(name):
        table.setdefault(cue[:_PREFIX], []).append(cue)
    return table


def is_cue(name: str, text: str) -> bool:
    """Whether a text is a cue and nothing else."""
    return cue_at_start(name, text) == ""


def has_cue(name: str, text: str) -> bool:
    """Whether a cue stands anywhere in a text, at word boundaries."""
    folded = f" {fold(text)} "
    return any(cue in folded and _bounded(folded, cue) for cue in _cues(name))


def listed(name: str) -> frozenset[str]:
    """The folded entries of one list."""
    return frozenset(_cues(name))


def _bounded(folded: str, cue: str) -> bool:
    at = folded.find(cue)
    return not (cue[0].isascii() and folded[at - 1].isalnum()) and _ends_word(folded, at + len(cue))


def _ends_word(folded: str, end: int) -> bool:
    if end >= len(folded):
        return True
    before, after = folded[end - 1], folded[end]
    return not after.isalnum() or not before.isalnum() or "\u3040" <= before <= "\u9fff"


def tells_amount(text: str) -> bool:
    """Whether a number stands beside a sign or word of money.

    >>> tells_amount("4 995 $ par an"), tells_amount("Rp75.000"), tells_amount("en 2024")
    (True, True, False)
    """
    return bool(_amounts().search(text))


@cache
def _amounts() -> re.Pattern[str]:
    words = {word for lexicon in load_lexicons("article", ArticleLexicon).values() for word in lexicon.money}
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?:{either})\.?\s?\d|\d\s?(?:{either})(?![^\W\d_])")


def languages() -> list[str]:
    """The languages that have cues."""
    return [language for language in load_lexicons("article", ArticleLexicon) if language != "mul"]
