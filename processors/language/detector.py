"""The detector: a script gate first, then the fused models, whose scores become probabilities; nothing is random."""

import math
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from processors.language.automaton import automaton
from processors.language.code import UNDETERMINED, code_of
from processors.language.further_opinion import reconsidered
from processors.language.fusion import fusion, supported
from processors.language.han import han_languages
from processors.language.marker import markers
from processors.language.mode import LANGDETECT, LINGUA, detector_mode
from processors.language.preparation import prepare
from processors.language.reference import reference
from processors.language.script import dominant, language_for, only, script_for, scripts, written_in

# How sharp the sum of the scores is: a + b * log(letters), where confidence equals accuracy on texts of 5 to 400 letters.
# All models divide by the root of the length, which is too much. `python -m benchmarks.language --fit` prints what fits.
_SHARPNESS = (-0.135, 0.515)
_BLUNTEST = 0.2
# What each different marker word adds to the log odds of its language.
_MARKER = 1.5
_LEAST = 1e-4

Shares = dict[str, float]


@cache
def _barred(script: str) -> NDArray[np.bool_]:
    """Which codes a text in this script cannot be in: supported languages of other scripts."""
    return np.array([code in supported() and script_for(code) != script for code in fusion().codes])


@lru_cache(maxsize=1_000)
def _alone(script: str) -> str | None:
    """The language of a script that decides alone."""
    written = {code_of(label) for label in written_in(script, automaton().labels)}
    if len(written) > 1:
        return None
    return next(iter(written), None) or language_for(script) or UNDETERMINED


def detect(text: str) -> Shares:
    """Languages of a text with their probabilities, likeliest first; empty for a text without letters.

    >>> next(iter(detect("Les frais sont très élevés cette année."))), detect("1234 !")
    ('fr', {})
    """
    return dict(_detect(text, detector_mode()))


@lru_cache(maxsize=4_096)
def _detect(text: str, mode: str) -> tuple[tuple[str, float], ...]:
    if mode == LANGDETECT:
        shares = reference(text)
    else:
        prepared = prepare(text)
        shares = _shares(prepared)
        if mode == LINGUA:
            shares = reconsidered(prepared, shares)
    return tuple(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def _shares(text: str) -> Shares:
    found = scripts(text)
    script = dominant(found)
    if script is None:
        return {}
    if script == "Hani":
        return han_languages(text)
    if alone := _alone(script):
        return {alone: 1.0}
    return _fused(only(text, script) if len(found) > 1 else text, script, sum(found.values()))


def _fused(text: str, script: str, letters: int) -> Shares:
    scores = fusion().scores(text)
    if scores is None:
        return {}
    scores[_barred(script)] = -np.inf
    base, growth = _SHARPNESS
    scores *= max(_BLUNTEST, base + growth * math.log(letters))
    scores += fusion().prior
    for language, count in markers(text).items():
        scores[fusion().number[language]] += _MARKER * count
    odds = np.exp(scores - scores.max())
    odds /= odds.sum()
    return {fusion().codes[number]: float(odds[number]) for number in np.flatnonzero(odds > _LEAST)}
