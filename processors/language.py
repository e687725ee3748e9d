"""Language: of an article and of each of its blocks, deterministic, and `und` where there is nothing to tell by."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import langdetect
from langdetect import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from schemas.article import LanguageShare

UNDETERMINED = "und"
# langdetect draws at random; a fixed seed makes every answer repeatable.
_SEED = 0
_CODES = {"zh-cn": "zh", "zh-tw": "zh-Hant"}
_SAMPLE = 10_000
# A block speaks for itself when it has this many letters and this much certainty; else it is the article's language.
_LETTERS, _CERTAIN = 60, 0.95
# How much more a declared language counts: a hint that multiplies the odds, never obeyed.
_HINT = 20.0


@dataclass(frozen=True, slots=True)
class Languages:
    """An article's languages: the main one with its confidence, each block's, and every share, largest first."""

    main: str
    confidence: float
    blocks: tuple[str, ...]
    shares: tuple[LanguageShare, ...]


@cache
def _factory() -> DetectorFactory:
    factory = DetectorFactory()
    factory.load_profile(str(Path(langdetect.__file__).parent / "profiles"))
    factory.seed = _SEED
    return factory


@lru_cache(maxsize=4096)
def detect(text: str) -> dict[str, float]:
    """Languages of a text with their probabilities, likeliest first; empty for a text without letters.

    >>> next(iter(detect("Les frais sont très élevés cette année."))), detect("1234 !")
    ('fr', {})
    """
    if script := _by_script(text):
        return {script: 1.0}
    detector = _factory().create()
    detector.append(text[:_SAMPLE])
    try:
        found = detector.get_probabilities()
    except LangDetectException:  # nothing to tell by: digits, signs, an unknown script
        return {}
    return {_CODES.get(item.lang, item.lang): float(item.prob) for item in found}


def _by_script(text: str) -> str | None:
    """Kana is Japanese and Hangul Korean, even among many Han characters."""
    kana = hangul = han = 0
    for char in text[:_SAMPLE]:
        if "\u3040" <= char <= "\u30ff":
            kana += 1
        elif "\uac00" <= char <= "\ud7a3":
            hangul += 1
        elif "\u4e00" <= char <= "\u9fff":
            han += 1
    if kana > 0.1 * (kana + han + hangul) and kana > hangul:
        return "ja"
    return "ko" if hangul > 0.3 * (han + hangul) and hangul > 1 else None


def _weighted(probabilities: dict[str, float], hint: str | None) -> dict[str, float]:
    if hint not in probabilities:
        return probabilities
    raised = {language: p * (_HINT if language == hint else 1.0) for language, p in probabilities.items()}
    total = sum(raised.values())
    return dict(sorted(((language, p / total) for language, p in raised.items()), key=lambda item: -item[1]))


def languages_of(blocks: Sequence[str], declared: str | None = None) -> Languages:
    """The languages of an article's blocks; `declared` (a tag such as `fr-CA`) raises a language's odds."""
    whole = _weighted(detect("\n".join(blocks)), _base(declared))
    main, confidence = next(iter(whole.items()), (UNDETERMINED, 0.0))
    each = tuple(_block_language(block, main) for block in blocks)
    weights: dict[str, int] = {}
    for block, language in zip(blocks, each, strict=True):
        weights[language] = weights.get(language, 0) + len(block)
    total = sum(weights.values()) or 1
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    shares = tuple(LanguageShare(language=language, share=round(weight / total, 4)) for language, weight in ranked)
    # The article's language is the one with most characters.
    best = ranked[0][0] if ranked else main
    return Languages(best, round(min(confidence, 1.0), 4) if best == main else _CERTAIN, each, shares)


def _base(declared: str | None) -> str | None:
    return declared.replace("_", "-").split("-")[0].lower() if declared else None


def _block_language(block: str, main: str) -> str:
    # A wide script says more in a letter; a short block of another language than the article's is most often a name.
    letters = sum(2 if unicodedata.east_asian_width(char) == "W" else 1 for char in block[:500] if char.isalpha())
    if main == UNDETERMINED or letters < _LETTERS:
        return main
    language, probability = next(iter(detect(block).items()), (main, 0.0))
    return language if probability >= _CERTAIN else main
