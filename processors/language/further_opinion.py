"""lingua, an optional extra: a further opinion on short texts that leave the fused models in doubt."""

from functools import cache
from typing import TYPE_CHECKING

from processors.language.code import code_of
from processors.language.mode import LINGUA, VARIABLE, DetectorError

if TYPE_CHECKING:
    from lingua import LanguageDetector

# It is asked about texts of fewer characters whose likeliest language has less than this share.
_SHORT, _DOUBTFUL = 120, 0.9
# How much its opinion counts beside the fused one, and what a language has that one of them did not name.
_WEIGHT = 1.0
_LEAST = 1e-4


@cache
def _lingua() -> "LanguageDetector":
    try:
        from lingua import LanguageDetectorBuilder
    except ImportError:
        raise DetectorError(f"{VARIABLE}={LINGUA} wants lingua: pip install 'moisson[lingua]'") from None
    return LanguageDetectorBuilder.from_all_languages().build()


@cache
def _known() -> frozenset[str]:
    from lingua import Language

    return frozenset(code_of(language.iso_code_639_1.name) for language in Language.all())


def reconsidered(text: str, shares: dict[str, float]) -> dict[str, float]:
    """The shares of a short doubtful text with lingua's opinion multiplied in; others as they are.

    Languages that lingua does not know keep their shares.
    """
    detector = _lingua()
    if not shares or len(text) > _SHORT or max(shares.values()) >= _DOUBTFUL:
        return shares
    theirs: dict[str, float] = {}
    for value in detector.compute_language_confidence_values(text):
        code = code_of(value.language.iso_code_639_1.name)
        theirs[code] = theirs.get(code, 0.0) + value.value
    judged = {code for code, value in theirs.items() if value > _LEAST} | (shares.keys() & _known())
    mass = sum(shares.get(code, 0.0) for code in judged)
    if not mass:
        return shares
    products = {
        code: max(shares.get(code, 0.0), _LEAST) * max(theirs.get(code, 0.0), _LEAST) ** _WEIGHT for code in judged
    }
    total = sum(products.values())
    return shares | {code: product * mass / total for code, product in products.items()}
