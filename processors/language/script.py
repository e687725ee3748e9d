"""Scripts: the one that a text is written in, and the languages that CLDR says are written in it."""

from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

import regex
from babel.core import get_global

# The codes of ISO 15924 that CLDR knows a likeliest language for, the frequent ones first.
_FIRST = ("Latn", "Cyrl", "Arab", "Hani", "Hira", "Kana", "Hang", "Deva", "Grek", "Hebr", "Thai")
_LETTER = regex.compile(r"\p{L}")
_GLOSS = regex.compile(r"\([^()]{1,80}\)|（[^（）]{1,80}）")
_LATIN_NAME = regex.compile(r"(?<!\p{L})[\p{Lu}&&\p{Latin}][\p{L}&&\p{Latin}]*", regex.V1)
# A sign that stands for a syllable or a word says more than a letter.
_WEIGHT = {"Hani": 3, "Hira": 2, "Kana": 2, "Hang": 2}
# Japanese runs on kana, Korean on Hangul; Chinese may quote a の.
_KANA, _HANGUL = 0.1, 0.2


@cache
def _codes() -> tuple[str, ...]:
    known = (tag.removeprefix("und_") for tag in get_global("likely_subtags") if tag.startswith("und_"))
    rest = sorted(code for code in set(known) - set(_FIRST) if len(code) == 4 and _is_script(code))
    return (*_FIRST, *rest)


def _is_script(code: str) -> bool:
    try:
        regex.compile(rf"\p{{Script={code}}}")
    except regex.error:  # a script newer than the pattern library, or an alias such as Hans
        return False
    return True


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile("|".join(rf"(?P<{code}>\p{{Script={code}}})" for code in _codes()))


@lru_cache(maxsize=50_000)
def script_of(char: str) -> str | None:
    """The script of a letter as ISO 15924 names it; nothing for other signs.

    >>> script_of("ж"), script_of("大"), script_of("7")
    ('Cyrl', 'Hani', None)
    """
    if not _LETTER.match(char):
        return None
    match = _pattern().match(char)
    return match.lastgroup if match else None


def scripts(text: str) -> dict[str, int]:
    """How much of a text each script makes up, by weighted letters.

    In a mixture what stands in brackets is a gloss, and Latin names count half: Russian with two English names in it is
    Russian.

    >>> dominant(scripts("Peking University (北京大学)")), dominant(scripts("Новые курсы и программы Harvard Business School"))
    ('Latn', 'Cyrl')
    """
    found = _counted(text)
    if len(found) > 1 and "Latn" in found:
        bare = _GLOSS.sub(" ", text)
        found = _counted(bare) or found
        found["Latn"] -= sum(map(len, _LATIN_NAME.findall(bare))) // 2
    return found


def _counted(text: str) -> Counter[str]:
    if text.isascii():
        letters = sum(map(str.isalpha, text))
        return Counter({"Latn": letters} if letters else {})
    found: Counter[str] = Counter()
    for char, count in Counter(text).items():
        if script := script_of(char):
            found[script] += count * _WEIGHT.get(script, 1)
    return found


def dominant(found: dict[str, int]) -> str | None:
    """The script that most of a text is in; `Jpan` and `Kore` are mixtures with Han.

    >>> dominant(scripts("YouTube の使い方")), dominant(scripts("北京大学 MBA")), dominant(scripts("1 + 1"))
    ('Jpan', 'Hani', None)
    """
    kana = found.get("Hira", 0) + found.get("Kana", 0)
    hangul = found.get("Hang", 0)
    eastern = kana + hangul + found.get("Hani", 0)
    rest = {script: count for script, count in found.items() if script not in _WEIGHT}
    if eastern and eastern >= max(rest.values(), default=0):
        if kana > hangul and kana > _KANA * eastern:
            return "Jpan"
        return "Kore" if hangul > _HANGUL * eastern else "Hani"
    return max(rest, key=lambda script: (rest[script], script), default=None)


@cache
def _others(script: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?V1)[\p{{L}}--\p{{Script={script}}}]+")


def only(text: str, script: str) -> str:
    """A text without the letters of other scripts: names and terms of theirs say nothing about its language."""
    kept: str = _others(script).sub(" ", text)
    return kept


@lru_cache(maxsize=1_000)
def script_for(language: str) -> str | None:
    """The script that a language is most often written in, by CLDR.

    >>> script_for("uk"), script_for("zh-TW"), script_for("xx")
    ('Cyrl', 'Hant', None)
    """
    tag: str | None = get_global("likely_subtags").get(language.replace("-", "_"))
    return tag.split("_")[1] if tag else None


@lru_cache(maxsize=1_000)
def language_for(script: str) -> str | None:
    """The likeliest language of a script, by CLDR."""
    tag: str | None = get_global("likely_subtags").get(f"und_{script}")
    return tag.split("_")[0] if tag else None


def written_in(script: str, languages: Iterable[str]) -> frozenset[str]:
    """Those of the languages that are most often written in a script."""
    return frozenset(language for language in languages if script_for(language) == script)
