"""Sentences: where a block's sentences end, by rules on the shared tokenizer and one lexicon a language."""

from functools import cache

from processors.lexicon import Lexicon, lexicons_for
from processors.token_view import PhraseTable, TokenView

_ENDS = frozenset(".!?…‼⁇⁈⁉؟۔።")
# These end a sentence whatever follows.
_FULL_ENDS = frozenset("。！？．।॥")
_CLOSERS = frozenset("\"'”’»)]}」』）】›")
_OPENERS = frozenset("\"'“‘«([{„¿¡「『（【‹-–—•")


class SentenceLexicon(Lexicon):
    """Abbreviations of a language whose full stop ends no sentence; `final` ones may also end one."""

    abbreviations: list[str] = []
    final: list[str] = []


@cache
def _abbreviations(language: str) -> PhraseTable[bool]:
    pairs = [(form, False) for lexicon in lexicons_for("sentence", SentenceLexicon, language) for form in lexicon.abbreviations]
    pairs += [(form, True) for lexicon in lexicons_for("sentence", SentenceLexicon, language) for form in lexicon.final]
    return PhraseTable(pairs)


def sentences(view: TokenView, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """The sentences of tokens [start, end) as token spans; together they hold every token but white space."""
    found: list[tuple[int, int]] = []
    here = token = start
    while token < end:
        after = _boundary(view, token, end, language)
        if after is None:
            token += 1
        else:
            found.append((here, after))
            here = token = after
    found.append((here, end))
    trimmed = (_trim(view, *span) for span in found)
    return [(first, last) for first, last in trimmed if first < last]


def _trim(view: TokenView, start: int, end: int) -> tuple[int, int]:
    while start < end and view.text[start].isspace():
        start += 1
    while end > start and view.text[end - 1].isspace():
        end -= 1
    return start, end


def _boundary(view: TokenView, token: int, end: int, language: str) -> int | None:
    """The token after the sentence that a token ends, or None where it ends none."""
    mark = view.text[token]
    if mark not in _ENDS and mark not in _FULL_ENDS:
        return None
    after = token + 1
    while after < end and (view.text[after] in _ENDS or view.text[after] in _CLOSERS) and not view.space[after - 1]:
        after += 1
    if mark in _FULL_ENDS:
        return after
    following = after
    while following < end and (view.text[following] in _OPENERS or view.text[following].isspace()):
        following += 1
    if following >= end:
        return None
    spaced = view.space[after - 1] or view.text[after].isspace()
    if not spaced or not _starts_sentence(view.text[following]):
        return None
    return None if mark == "." and _is_abbreviated(view, token, language) else after


def _starts_sentence(word: str) -> bool:
    return not word[0].islower()


def _is_abbreviated(view: TokenView, token: int, language: str) -> bool:
    """Whether a full stop belongs to an abbreviation or an initial."""
    before = view.text[token - 1] if token else ""
    is_initial = len(before) == 1 and before.isalpha() and before.isupper() and not view.space[token - 1]
    found = _abbreviations(language).ending_at(view.norm, token + 1)
    return is_initial or (found is not None and not found[1])
