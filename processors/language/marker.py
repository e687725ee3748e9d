"""Marker words: frequent in one language and rare in its nearest neighbours, which letters alone hardly tell apart."""

from collections import Counter
from functools import cache

import regex

from processors.language.code import lexicons

_WORD = regex.compile(r"['’]?[\p{L}\p{M}]+")


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    """Each marker word with the codes of the languages that it marks."""
    found: dict[str, tuple[str, ...]] = {}
    for language, lexicon in lexicons().items():
        for word in lexicon.words:
            found[word] = (*found.get(word, ()), language)
    return found


def markers(text: str) -> Counter[str]:
    """How many different marker words of each language a text holds.

    >>> markers("Data bahawa yuran itu percuma"), markers("Bahwa biaya itu gratis")
    (Counter({'ms': 3}), Counter({'id': 3}))
    """
    known = _languages()
    words = {word.replace("’", "'") for word in _WORD.findall(text.lower())}
    return Counter(language for word in words for language in known.get(word, ()))
