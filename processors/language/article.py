"""An article's languages: each block's, smoothed with its neighbours, and what they add up to."""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from processors.language.code import UNDETERMINED, code_of
from processors.language.detector import Shares, detect
from processors.language.preparation import prepare
from schemas.article import LanguageShare

# How much more a declared language counts: a hint that multiplies the odds, never obeyed.
_HINT = 20.0
# What it costs, in log odds, to change the language from one block to the next, and to be in another than the article's:
# a block that stands alone in its language must be certain of it by about 1 in 50. Fitted on articles put together from
# sentences in one and two languages with names between them: less splits Norwegian, more misses short quotations.
_CHANGE, _FOREIGN = 1.0, 2.0
# A block with this many letters in ordinary words speaks with its full weight, and never against odds of 1 to 10,000.
_ENOUGH = 20
_FLOOR = math.log(1e-4)
# Languages followed through an article; more than these are noise.
_FOLLOWED = 8

# Words that are no names: of small letters, or of a script that has no capitals.
_ORDINARY = regex.compile(r"(?<![\p{L}\p{M}'’-])[\p{Ll}\p{Lo}][\p{L}\p{M}]*")


@dataclass(frozen=True, slots=True)
class Languages:
    """An article's languages: the main one with its confidence, each block's, and every share, largest first."""

    main: str
    confidence: float
    blocks: tuple[str, ...]
    shares: tuple[LanguageShare, ...]


def languages_of(blocks: Sequence[str], declared: str | None = None) -> Languages:
    """The languages of an article's blocks; `declared` (a tag such as `fr-CA`) raises a language's odds."""
    hint = code_of(declared) if declared else None
    whole = _hinted(detect("\n".join(blocks)), hint)
    if not whole:
        each: tuple[str, ...] = (UNDETERMINED,) * len(blocks)
    else:
        each = _smoothed([(_weight(block), detect(block)) for block in blocks], next(iter(whole)))
    sizes: Counter[str] = Counter()
    for block, language in zip(blocks, each, strict=True):
        sizes[language] += len(block)
    total = sizes.total() or 1
    ranked = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    shares = tuple(LanguageShare(language=language, share=round(size / total, 4)) for language, size in ranked)
    main = ranked[0][0] if ranked else UNDETERMINED
    text = "\n".join(block for block, language in zip(blocks, each, strict=True) if language == main)
    confidence = 0.0 if main == UNDETERMINED else _hinted(detect(text), hint).get(main, 0.0)
    return Languages(main, round(min(confidence, 1.0), 4), each, shares)


def _hinted(shares: Shares, hint: str | None) -> Shares:
    if hint not in shares:
        return shares
    raised = {language: share * (_HINT if language == hint else 1.0) for language, share in shares.items()}
    total = sum(raised.values())
    return dict(sorted(((language, share / total) for language, share in raised.items()), key=lambda item: -item[1]))


def _weight(block: str) -> float:
    """How much a block has to say, 0 to 1: names and figures say nothing of the language they stand in."""
    letters = 0
    for word in _ORDINARY.findall(prepare(block)):
        letters += sum(3 if unicodedata.east_asian_width(char) == "W" else 1 for char in word)
    return min(1.0, letters / _ENOUGH)


def _smoothed(found: Sequence[tuple[float, Shares]], main: str) -> tuple[str, ...]:
    """The likeliest sequence of languages (Viterbi), where changing has a price."""
    votes: dict[str, float] = {main: math.inf}
    for weight, shares in found:
        if weight and shares:
            leading = next(iter(shares))
            votes[leading] = votes.get(leading, 0.0) + weight
    followed = sorted(votes, key=lambda language: (-votes[language], language))[:_FOLLOWED]
    foreign = [0.0 if language == main else -_FOREIGN for language in followed]
    best: list[float] = list(foreign)
    came_from: list[list[int]] = []
    for weight, shares in found:
        leader = max(range(len(best)), key=best.__getitem__)
        came_from.append([number if best[number] >= best[leader] - _CHANGE else leader for number in range(len(best))])
        best = [
            max(best[number], best[leader] - _CHANGE)
            + weight * (max(_FLOOR, math.log(shares.get(language, 0.0) or 1e-9)) if shares else 0.0)
            + foreign[number]
            for number, language in enumerate(followed)
        ]
    return tuple(followed[number] for number in reversed(list(_traced(best, came_from))))


def _traced(best: list[float], came_from: list[list[int]]) -> Iterator[int]:
    """The states of the best path, last block first."""
    number = max(range(len(best)), key=best.__getitem__)
    for before in reversed(came_from):
        yield number
        number = before[number]
