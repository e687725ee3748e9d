"""ELD's model: words in pieces of six bytes, nearly whole words, which tells short texts of close languages apart."""

import math
from functools import cache

import eldc

from processors.language.code import code_of

_PIECE = 6
# Languages with a score that ELD can name; and where it rounds to certainty.
_NAMED = 20
_CERTAIN = 0.9999


@cache
def _ready() -> None:
    eldc.init()
    eldc.set_scores(_NAMED)


@cache
def pieces_languages() -> tuple[str, ...]:
    """The codes that ELD knows, in a fixed order."""
    return tuple(sorted(map(code_of, eldc.LANGUAGES)))


def piece_scores(text: str) -> tuple[float, dict[str, float]]:
    """The number of pieces of a text, and by language the mean weight of one; a language not named has none.

    ELD gives 1 - exp(-weight / 10,000), which is taken back here.
    """
    _ready()
    count = sum(1 + (len(word) - 1) // _PIECE for word in text.encode().split())
    found = eldc.detect_details(text).scores
    return float(count), {code_of(label): -math.log(1 - min(score, _CERTAIN)) for label, score in found.items()}
