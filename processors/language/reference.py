"""langdetect itself, seeded and with its profiles in a fixed order: the reference that the detector is tested against."""

from functools import cache
from pathlib import Path

import langdetect
from langdetect import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from processors.language.code import code_of

_PROFILES = Path(langdetect.__file__).parent / "profiles"
# langdetect draws at random; a fixed seed makes every answer repeatable.
_SEED = 0
# It reads no further itself, but looks for addresses in the whole text.
_LONG = 10_000


@cache
def _factory() -> DetectorFactory:
    factory = DetectorFactory()
    factory.load_json_profile([path.read_text(encoding="utf-8") for path in sorted(_PROFILES.iterdir())])
    factory.seed = _SEED
    return factory


def reference(text: str) -> dict[str, float]:
    """What langdetect says of a text, likeliest first; empty where it finds no features."""
    detector = _factory().create()
    detector.append(text[:_LONG])
    try:
        found = detector.get_probabilities()
    except LangDetectException:  # nothing to tell by: digits, signs, an unknown script
        return {}
    return {code_of(item.lang): float(item.prob) for item in found}
