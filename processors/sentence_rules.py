"""What a language's lexicon says about full stops: which belong to an abbreviation, and which of those may end a sentence."""

import itertools
from collections.abc import Iterable
from functools import cache
from typing import Literal

from pydantic import Field

from processors.lexicon import Lexicon, lexicons_for
from processors.token_view import TokenView, fold_phrase

Kind = Literal["final", "ambiguous", "unit", "numbered", "never"]

# These end a sentence where what follows looks like a beginning; the full ones whatever follows.
ENDS = frozenset(".!?…‼⁇⁈⁉؟۔፧․")
FULL_ENDS = frozenset("。！？．｡।॥։።៕។")
MARKS = ENDS | FULL_ENDS
DOTS = frozenset(".․")
BRACKETS = {"(": ")", "（": "）", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", "“": "”"}


class SentenceLexicon(Lexicon):
    """What a language's sentences end in, and what only looks like an end."""

    abbreviations: list[str] = Field(default=[], description="their full stop ends no sentence: Dr., z. B., Yahoo!")
    numbered: list[str] = Field(default=[], description="abbreviations beside a number only, else words: No. 5, 5 mar.")
    units: list[str] = Field(default=[], description="behind a number they may end a sentence, else never: 500 руб.")
    ambiguous: list[str] = Field(default=[], description="they end a sentence where a starter follows: U.S., Inc.")
    final: list[str] = Field(default=[], description="they end a sentence where a capital follows: etc.")
    starters: list[str] = Field(
        default=[], description="words that, with a capital, begin a sentence: pronouns, articles"
    )
    ordinals: bool = Field(default=False, description="a full stop behind one or two digits makes an ordinal: 1. März")
    compounds: list[str] = Field(
        default=[], description="words that end so are abbreviations before a number: Marktstr."
    )
    counted: list[str] = Field(default=[], description="a number behind these is no ordinal: page 12.")
    continuers: list[str] = Field(default=[], description="behind a closed quotation they go on with its sentence: と")
    ends: list[str] = Field(default=[], description="further signs that end a sentence: Greek ;")
    domains: list[str] = Field(default=[], description="behind a full stop without a space they belong to a name: com")


class SentenceRules:
    """The rules of one language."""

    def __init__(self, language: str) -> None:
        lexicons = lexicons_for("sentence", SentenceLexicon, language)[::-1]  # its own words decide before mul's
        pairs: list[tuple[str, Kind]] = []
        for each in lexicons:
            pairs += [(form, "final") for form in each.final]
            pairs += [(form, "ambiguous") for form in each.ambiguous]
            pairs += [(form, "unit") for form in each.units]
            pairs += [(form, "numbered") for form in each.numbered]
            pairs += [(form, "never") for form in each.abbreviations]
        self._stops = _stops(pairs)
        self.stopped = self._stops.keys()
        self.starters = _words(each.starters for each in lexicons)
        self.ordinals = any(each.ordinals for each in lexicons)
        self.counted = _words(each.counted for each in lexicons)
        self.compounds = tuple(fold_phrase(form)[0] for each in lexicons for form in each.compounds)
        self.domains = _words(each.domains for each in lexicons)
        self._continuers = _words(each.continuers for each in lexicons)
        self._continuing = tuple(form for each in lexicons for form in each.continuers if len(fold_phrase(form)) > 1)
        self._prefixes = tuple(form for each in lexicons for form in each.starters if len(fold_phrase(form)) > 1)
        self.ends = ENDS | {sign for each in lexicons for sign in each.ends}
        self.marks = self.ends | FULL_ENDS
        self.signs = self.marks | BRACKETS.keys() | set(BRACKETS.values())

    def abbreviation(self, view: TokenView, token: int, here: int) -> Kind | None:
        """What the abbreviation says that a mark at a token belongs to, in a sentence that begins `here`; None for none.

        "never" also where the abbreviation goes on behind the mark: "z." of "z. B.".
        """
        norms = view.norm
        word = norms[token - 1]
        if (
            self.compounds
            and word.endswith(self.compounds)
            and token + 1 < len(view)
            and view.text[token + 1].isdecimal()
        ):
            return "never"
        for lead, form, kind in self._stops.get(word, ()):
            start = token - 1 - lead
            stop = start + len(form)
            if start < 0 or norms[start:stop] != form or (start > here and _ends_address(view, start)):
                continue
            return "never" if stop > token + 1 else self._beside_numbers(view, start, stop, kind)
        return None

    def _beside_numbers(self, view: TokenView, start: int, stop: int, kind: Kind) -> Kind | None:
        """What "numbered" and "unit" mean in this place."""
        if kind not in ("numbered", "unit"):
            return kind
        before = view.text[start - 1] if start else ""
        if kind == "unit" and stop - start == 2 and len(view.text[start]) == 1 and view.text[start].isupper():
            return "ambiguous"  # М. is an initial, м. a metre
        if kind == "unit":
            chained = before == "." and start > 1 and len(view.text[start - 2]) > 1  # 45 тыс. руб.
            return "final" if chained or is_number(before) else "never"
        ahead = view.text[stop] if stop < len(view) else ""
        lettered = len(ahead) == 1 and ahead.isupper() and view.norm[stop] not in self.starters  # fig. B
        if is_number(ahead) or lettered or ahead in ("#", "§"):
            return "never"
        return "ambiguous" if is_number(before) else None

    def may_open(self, norm: str) -> bool:
        """Whether a starter may stand at a token with this norm; False is certain."""
        return norm in self.starters or bool(self._prefixes)

    def goes_on(self, view: TokenView, token: int, end: int) -> bool:
        """Whether a closed quotation's sentence goes on at a token: 「無理だ。」と言った."""
        if self.opens(view, token, end):
            return False
        ahead = "".join(view.text[token : min(token + 6, end)])
        return view.norm[token] in self._continuers or ahead.startswith(self._continuing)

    def opens(self, view: TokenView, token: int, end: int) -> bool:
        """Whether a starter stands at a token; one of several tokens, as in Japanese, without spaces."""
        if view.norm[token] in self.starters:
            return True
        return bool(self._prefixes) and "".join(view.text[token : min(token + 6, end)]).startswith(self._prefixes)


@cache
def sentence_rules(language: str) -> SentenceRules:
    """The rules of a language; mul's for one without a lexicon."""
    return SentenceRules(language)


def _stops(pairs: Iterable[tuple[str, Kind]]) -> dict[str, list[tuple[int, list[str], Kind]]]:
    """By the word before a mark: the abbreviations that it is part of, how many words lead up to it, and their kinds.

    Those that begin first come first, of these the longest. Behind a word that is no key, a mark belongs to none.
    """
    found: dict[str, list[tuple[int, list[str], Kind]]] = {}
    for form, kind in pairs:
        folded = list(fold_phrase(form))
        for lead, (word, mark) in enumerate(itertools.pairwise(folded)):
            if mark in MARKS:
                found.setdefault(word, []).append((lead, folded, kind))
    for options in found.values():
        options.sort(key=lambda option: (-option[0], -len(option[1])))
    return found


def _words(lists: Iterable[list[str]]) -> frozenset[str]:
    """The words that are one token."""
    folded = (fold_phrase(word) for words in lists for word in words)
    return frozenset(tokens[0] for tokens in folded if len(tokens) == 1)


def _ends_address(view: TokenView, start: int) -> bool:
    """Whether a word is the end of a domain: przyklad.pl is no square."""
    return start > 1 and view.text[start - 1] == "." and not view.space[start - 1] and len(view.text[start - 2]) > 3


def is_number(word: str) -> bool:
    """Whether a token is digits or a Roman number."""
    return word.isdecimal() or (bool(word) and is_roman(word))


def is_roman(word: str) -> bool:
    """Whether a token is a Roman number in capitals."""
    return not word.strip("IVXLCDM")


def starts_lower(word: str) -> bool:
    """Whether a word begins small; iPhone and Georgian words, which know no capitals, do not."""
    return word[0].islower() and not is_caseless(word) and not word[1:2].isupper()


def is_caseless(word: str) -> bool:
    """Whether a word is written in a script without capitals."""
    first = word[0]
    return first.isalpha() and (not (first.islower() or first.isupper()) or "\u10d0" <= first <= "\u10ff")
