"""langdetect's own n-gram profiles as a naive Bayes: what it would say if it drew nothing at random.

An n-gram's weight in a language is log(p + 0.2 / 10,000): langdetect's smoothing (alpha over base frequency) without
its random part. A text's score sums the weights, each times log(1 + count), and divides by the root of the number of
n-grams: neighbouring n-grams share letters, so that evidence grows more slowly than text. Of its one to three letters
only three count: the shorter ones repeat what the other opinion says better (word pairs .870 with them, .877 without).
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import langdetect
import numpy as np
from langdetect.utils.ngram import NGram
from numpy.typing import NDArray

_PROFILES = Path(langdetect.__file__).parent / "profiles"
_SMOOTHING = 0.2 / 10_000
_SPACE = 32
_LETTERS = 3

Floats = NDArray[np.float32]
Codes = NDArray[np.int64]


class _Normal(dict[int, str]):
    """A table for `str.translate`: langdetect's normal form of a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        normal: str = NGram.normalize(chr(code)) if code < 0x10000 else " "
        self[code] = normal
        return normal


_NORMAL = _Normal()


@dataclass(frozen=True, slots=True)
class Profiles:
    """All profiles: languages in order, n-grams as sorted numbers, and a row of weights (a language a column) each."""

    languages: tuple[str, ...]
    grams: Codes
    weights: Floats

    def score(self, text: str) -> Floats | None:
        """A score a language; nothing where no n-gram is known.

        The largest is the likeliest; only differences mean something.
        """
        grams = _grams(text)
        rows = self.grams.searchsorted(grams)
        rows[rows == len(self.grams)] = 0
        rows, counts = np.unique(rows[self.grams[rows] == grams], return_counts=True)
        if not len(rows):
            return None
        # Without BLAS, whose threads would cost more than they bring.
        summed: Floats = np.einsum("i,ij->j", np.log1p(counts).astype(np.float32), self.weights.take(rows, axis=0))
        return summed / np.float32(np.sqrt(counts.sum()))


def _grams(text: str) -> Codes:
    """The n-grams of three characters as langdetect takes them: inside a word and over its edges.

    In a word of capitals it takes none from the second letter on.
    """
    normal = f" {' '.join(text.translate(_NORMAL).split())} "
    codes = np.frombuffer(normal.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    upper = _upper()[codes]
    taken = (codes[1:-1] != _SPACE) & ~(upper[2:] & upper[1:-1])
    grams: Codes = (codes[:-2] << 32 | codes[1:-1] << 16 | codes[2:])[taken]
    return grams


@cache
def _upper() -> NDArray[np.bool_]:
    return np.fromiter(map(str.isupper, map(chr, range(1 << 16))), dtype=bool, count=1 << 16)


@cache
def profiles() -> Profiles:
    """The profiles that langdetect ships, read once."""
    paths = sorted(_PROFILES.iterdir())
    grams, columns, shares = [], [], []
    for column, path in enumerate(paths):
        profile = json.loads(path.read_bytes())
        freq = {gram: count for gram, count in profile["freq"].items() if len(gram) == _LETTERS}
        letters = np.frombuffer("".join(freq).encode("utf-32-le"), dtype=np.uint32).reshape(-1, _LETTERS)
        one, two, three = letters.astype(np.int64).T
        grams.append(one << 32 | two << 16 | three)
        columns.append(np.full(len(freq), column))
        shares.append(np.fromiter(freq.values(), dtype=np.float32, count=len(freq)) / profile["n_words"][_LETTERS - 1])
    known, row = np.unique(np.concatenate(grams), return_inverse=True)
    weights = np.full((len(known), len(paths)), _SMOOTHING, dtype=np.float32)
    weights[row, np.concatenate(columns)] += np.concatenate(shares)
    return Profiles(tuple(path.name for path in paths), known, np.log(weights, out=weights))
