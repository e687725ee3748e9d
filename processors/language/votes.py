"""CLD2's votes: its tables of quadgrams and words know 80 languages well and as many others a little."""

from functools import cache

import pycld2

from processors.language.code import UNDETERMINED, code_of

_UNKNOWN = "un"


@cache
def voting_languages() -> tuple[str, ...]:
    """The codes that CLD2 can name, in a fixed order."""
    known = {code_of(label) for name, label in pycld2.LANGUAGES if name in pycld2.DETECTED_LANGUAGES}
    return tuple(sorted(known - {UNDETERMINED}))


def votes(text: str) -> dict[str, float]:
    """At most three languages, each with its share of the text; none where CLD2 finds nothing or refuses the text."""
    try:
        _, _, named = pycld2.detect(" ".join(text.split()), isPlainText=True, bestEffort=True)
    except pycld2.error:  # a character that Unicode keeps out of interchange
        return {}
    found: dict[str, float] = {}
    for _, label, percent, _ in named:
        if label != _UNKNOWN and (code := code_of(label)) != UNDETERMINED:
            found[code] = found.get(code, 0.0) + percent / 100
    return found
