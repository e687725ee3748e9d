"""Sentences: where a block's sentences end, by rules on the shared tokenizer and one lexicon a language."""

from functools import cache

from pydantic import Field

from processors.lexicon import Lexicon, lexicons_for
from processors.token_view import PhraseTable, TokenView

_ENDS = frozenset(".!?…‼⁇⁈⁉؟۔።")
# These end a sentence whatever follows.
_FULL_ENDS = frozenset("。！？．।॥")
_CLOSERS = frozenset("\"'”’»)]}」』）】›")
_OPENERS = frozenset("\"'“‘«([{„¿¡「『（【‹-–—•")


class SentenceLexicon(Lexicon):
    """What a language's sentences end in, and what only looks like an end."""

    abbreviations: list[str] = Field(default=[], description="their full stop ends no sentence")
    final: list[str] = Field(default=[], description="abbreviations that may also end one, when a capital follows")
    ends: list[str] = Field(default=[], description="further signs that end a sentence: Greek ;")
    ordinals: bool = Field(default=False, description="a full stop behind one or two digits makes an ordinal: 1. März")


class SentenceRules:
    """The rules of one language."""

    def __init__(self, language: str) -> None:
        lexicons = lexicons_for("sentence", SentenceLexicon, language)
        pairs = [(form, True) for each in lexicons for form in each.final]
        pairs += [(form, False) for each in lexicons for form in each.abbreviations]
        self.abbreviations = PhraseTable(pairs)
        self.ends = _ENDS | {sign for each in lexicons for sign in each.ends}
        self.ordinals = any(each.ordinals for each in lexicons)


@cache
def _rules(language: str) -> SentenceRules:
    return SentenceRules(language)


def sentences(view: TokenView, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """The sentences of tokens [start, end) as token spans; together they hold every token but white space."""
    rules = _rules(language)
    closings = _closings(view, start, end)
    found: list[tuple[int, int]] = []
    here = token = start
    while token < end:
        if token in closings:
            token = closings[token]  # what stands in corner brackets is part of the sentence around it
        after = _boundary(view, token, end, rules)
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


def _closings(view: TokenView, start: int, end: int) -> dict[int, int]:
    """Corner brackets that open inside a sentence, each with its closing one."""
    opened: list[int] = []
    found: dict[int, int] = {}
    for token in range(start, end):
        if view.text[token] in "「『":
            opened.append(token)
        elif view.text[token] in "」』" and opened:
            found[opened.pop()] = token
    return found


def _boundary(view: TokenView, token: int, end: int, rules: SentenceRules) -> int | None:
    """The token after the sentence that a token ends, or None where it ends none."""
    mark = view.text[token]
    if mark not in rules.ends and mark not in _FULL_ENDS:
        return None
    if token > 0 and view.text[token - 1] in rules.ends and not view.space[token - 1]:
        return None  # a run of terminators was judged at its first
    after = token + 1
    while (
        after < end and (view.text[after] in rules.ends or view.text[after] in _CLOSERS) and not view.space[after - 1]
    ):
        after += 1
    if mark in _FULL_ENDS:
        # 「無理だ。」と言った goes on: a particle follows the quotation.
        goes_on = after > token + 1 and after < end and "\u3040" <= view.text[after] <= "\u309f"
        return None if goes_on else after
    following = after
    while following < end and (view.text[following] in _OPENERS or view.text[following].isspace()):
        following += 1
    if following >= end:
        return None
    spaced = view.space[after - 1] or view.text[after].isspace()
    if not spaced or not _starts_sentence(view.text[following]):
        return None
    return None if mark == "." and _is_abbreviated(view, token, rules) else after


def _starts_sentence(word: str) -> bool:
    return not word[0].islower()


def _is_abbreviated(view: TokenView, token: int, rules: SentenceRules) -> bool:
    """Whether a full stop belongs to an abbreviation, an initial or an ordinal."""
    before = view.text[token - 1] if token else ""
    if not before or view.space[token - 1]:
        return False
    if len(before) == 1 and before.isalpha() and before.isupper():
        return True
    if rules.ordinals and before.isdecimal() and len(before) <= 2:
        return True
    # The abbreviation may go on behind this full stop: "z. B."
    for start in range(token - 1, max(token - 6, -1), -1):
        found = rules.abbreviations.at(view.norm, start)
        if found and found[0] > token:
            return not found[1]
    return False
