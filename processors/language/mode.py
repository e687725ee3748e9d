"""Which detector is asked: the environment variable MOISSON_DETECTOR."""

import os

from processors.lexicon import LexiconError

VARIABLE = "MOISSON_DETECTOR"
FUSED, LANGDETECT, LINGUA = "fused", "langdetect", "lingua"


class DetectorError(LexiconError):
    """A detector that cannot be had: it stops the run as a mistake in a lexicon does."""


def detector_mode() -> str:
    """`fused` (the default), `langdetect` (the seeded reference), or `lingua` (fused, and lingua on short doubtful texts)."""
    mode = os.environ.get(VARIABLE, FUSED)
    if mode not in (FUSED, LANGDETECT, LINGUA):
        raise DetectorError(f"{VARIABLE}: got {mode!r}, wanted {FUSED}, {LANGDETECT} or {LINGUA}")
    return mode
