"""The detector: a script gate first, then two naive Bayes models that weigh each other's opinion; nothing is random.

py3langid judges over all its labels, so that a language outside of the supported ones shows; langdetect's profiles judge
among the supported ones and are neutral about others.
"""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from processors.language.automaton import automaton
from processors.language.code import UNDETERMINED, code_of, lexicon
from processors.language.han import han_languages
from processors.language.mode import LANGDETECT, LINGUA, detector_mode
from processors.language.preparation import prepare
from processors.language.profiles import profiles
from processors.language.reference import reference
from processors.language.script import dominant, language_for, only, script_for, scripts, written_in
from processors.language.third_opinion import reconsidered

# How much langdetect's profiles count beside py3langid's model.
_PROFILES_WEIGHT = 0.85
# How sharp their sum is: a + b * log(letters), where confidence equals accuracy on texts of 5 to 400 letters. Both
# divide by the root of the length, which is too much. `python -m benchmarks.language --fit` prints what fits.
_SHARPNESS = (0.3, 0.62)
_LEAST = 1e-4

Floats = NDArray[np.float32]
Shares = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Fusion:
    """How the columns of both models come together: a code a row, some of them more than one label's."""

    codes: tuple[str, ...]
    supported: NDArray[np.bool_]
    order: NDArray[np.int64]
    starts: NDArray[np.int64]
    profile: NDArray[np.int64]
    prior: Floats  # log odds

    def scores(self, text: str) -> Floats | None:
        """A score a code; nothing where neither model knows a feature."""
        ours, theirs = profiles().score(text), automaton().score(text)
        if theirs is None:
            return None
        fused: Floats = np.maximum.reduceat(theirs[self.order], self.starts)
        if ours is not None:
            fused += np.float32(_PROFILES_WEIGHT) * np.where(self.supported, ours[self.profile], ours.max())
        return fused


@cache
def _fusion() -> _Fusion:
    with ThreadPoolExecutor(
        1
    ) as thread:  # unpacking lets go of the interpreter, so that the profiles are read meanwhile
        model = thread.submit(automaton)
        profiles()
    labels = [code_of(label) for label in model.result().labels]
    order = np.array(sorted(range(len(labels)), key=lambda column: labels[column]))
    codes = tuple(sorted(set(labels)))
    starts = np.searchsorted(np.array([labels[column] for column in order]), np.array(codes))
    column = {code_of(language): number for number, language in enumerate(profiles().languages)}
    odds = lexicon().odds
    prior = [0.0 if code in column else float(np.log(odds.get(code, odds["other"]))) for code in codes]
    return _Fusion(
        codes,
        np.array([code in column for code in codes]),
        order,
        starts,
        np.array([column.get(code, 0) for code in codes]),
        np.array(prior, dtype=np.float32),
    )


@cache
def supported() -> frozenset[str]:
    """The languages that have words here: langdetect's."""
    return frozenset(map(code_of, profiles().languages))


@cache
def _barred(script: str) -> NDArray[np.bool_]:
    """Which codes a text in this script cannot be in: supported languages of other scripts."""
    fusion = _fusion()
    return np.array([code in supported() and script_for(code) != script for code in fusion.codes])


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
    fusion = _fusion()
    scores = fusion.scores(text)
    if scores is None:
        return {}
    scores[_barred(script)] = -np.inf
    base, growth = _SHARPNESS
    scores *= base + growth * math.log(letters)
    scores += fusion.prior
    odds = np.exp(scores - scores.max())
    odds /= odds.sum()
    return {fusion.codes[number]: float(odds[number]) for number in np.flatnonzero(odds > _LEAST)}
