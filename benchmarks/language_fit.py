"""What the detector's constants fit: the lexicons' examples and the committed sentences, whole and cut short.

Neither is what the constants were first found on (the translated messages of four Python web projects, 20,000 texts in
the 55 languages); both are of the same kinds of text. Half of the texts, by hash, is what a constant is read off.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks import language_data as data
from processors.language import detector
from processors.language.code import code_of
from processors.language.fusion import fusion
from processors.language.preparation import prepare
from processors.language.script import dominant, only, scripts

_CUTS = (2, 3, 5, 8, 100)
_EDGES = (5, 10, 15, 25, 40, 60, 100, 400)


def texts() -> Iterator[tuple[str, str]]:
    """(language, text), each text cut after 2, 3, 5 and 8 words too."""
    found = data.committed()
    for path in sorted((data.ROOT / "data" / "lexicons").rglob("*.toml")):
        examples = tomllib.loads(path.read_text(encoding="utf-8")).get("example", [])
        found += [(code_of(path.stem), example["text"].replace("[", "").replace("]", "")) for example in examples]
    for language, text in found:
        words = text.split()
        for cut in _CUTS:
            if language in detector.supported() and (cut < len(words) or cut == _CUTS[-1]):
                yield language, " ".join(words[:cut])


def _scored(language: str, text: str) -> tuple[int, int, NDArray[np.float32]] | None:
    """Letters, the right row, and the scores of a text on which the models are asked."""
    prepared = prepare(text)
    found = scripts(prepared)
    script = dominant(found)
    models = fusion()
    if script in (None, "Hani") or detector._alone(script) or language not in models.codes:
        return None
    scores = models.scores(only(prepared, script))
    if scores is None:
        return None
    scores[detector._barred(script)] = -np.inf
    return sum(found.values()), models.codes.index(language), scores


def _confidence(scores: NDArray[np.float32], sharpness: float) -> tuple[float, NDArray[np.int64]]:
    """Mean share of the likeliest, and which they are."""
    odds = scores * sharpness + fusion().prior
    odds = np.exp(odds - odds.max(axis=1, keepdims=True))
    shares = odds / odds.sum(axis=1, keepdims=True)
    return float(shares.max(axis=1).mean()), shares.argmax(axis=1)


def fit() -> None:
    """Print, by length, the sharpness at which mean confidence equals accuracy, beside the one in use."""
    chosen = [
        found
        for language, text in texts()
        if hashlib.blake2b(text.encode()).digest()[0] % 2 and (found := _scored(language, text))
    ]
    letters = np.array([length for length, _, _ in chosen])
    right = np.array([row for _, row, _ in chosen])
    scores = np.stack([score for _, _, score in chosen])
    base, growth = detector._SHARPNESS
    print(f"{'letters':>10s}{'texts':>8s}{'accuracy':>10s}{'confidence':>12s}{'in use':>8s}{'fits':>8s}")
    for low, high in pairwise(_EDGES):
        here = (letters >= low) & (letters < high)
        used = base + growth * float(np.log(letters[here]).mean())
        confidence, best = _confidence(scores[here], used)
        accuracy = float((best == right[here]).mean())
        fits = min(np.arange(0.1, 6, 0.05), key=lambda s: abs(_confidence(scores[here], s)[0] - accuracy))
        print(f"{low:5d}–{high:4d}{here.sum():8d}{accuracy:10.3f}{confidence:12.3f}{used:8.2f}{fits:8.2f}")
