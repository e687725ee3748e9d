"""Han characters alone: Simplified or Traditional Chinese or Japanese, by the national character set that holds them.

GB 2312 holds the simplified forms, Big5 the traditional ones, JIS X 0208 those of Japan; what all three hold decides
nothing.
"""

import math
from collections import Counter
from functools import lru_cache

from processors.language.script import script_of

# How likely each language is before a character was seen: a word of Han in no other context is most often Chinese.
_SETS = {"zh": ("gb2312", 0.55), "zh-Hant": ("big5", 0.3), "ja": ("shift_jis", 0.15)}
# A character outside of the set: a name, a rare sign, a quotation.
_FOREIGN = math.log(0.05)

# Japanese seldom goes on without kana: what each further character costs it.
_KANALESS = math.log(0.9)


@lru_cache(maxsize=30_000)
def _outside(char: str) -> tuple[bool, ...]:
    return tuple(not _holds(charset, char) for charset, _ in _SETS.values())


def _holds(charset: str, char: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def han_languages(text: str) -> dict[str, float]:
    """Probabilities of the languages that a text in Han characters may be in.

    >>> [max(found, key=found.get) for found in map(han_languages, ("学费", "學費", "授業料・東京大学"))]
    ['zh', 'zh-Hant', 'ja']
    """
    scores = [math.log(prior) for _, prior in _SETS.values()]
    for char, count in Counter(text).items():
        if script_of(char) == "Hani":
            scores[-1] += count * _KANALESS
            for number, outside in enumerate(_outside(char)):
                scores[number] += count * _FOREIGN * outside
    best = max(scores)
    odds = [math.exp(score - best) for score in scores]
    return {language: one / sum(odds) for language, one in zip(_SETS, odds, strict=True)}
