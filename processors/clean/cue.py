"""Cues: the phrases with which pages of every language mark what is not the text itself."""

from functools import cache

from processors.fold import fold
from processors.lexicon import Lexicon, load_lexicons


class ArticleLexicon(Lexicon):
    """How pages of a language mark bylines, share bars, related links and the like."""

    byline: list[str] = []
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
    for cue in _cues(name):
        if folded.startswith(cue) and _ends_word(folded, len(cue)):
            return text[len(cue) :].strip(" :：|–—-·•\u00a0")
    return None


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
