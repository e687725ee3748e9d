"""Codes of languages: ISO 639-1 as the tables use them, from a detector's labels and from the tags of pages."""

from functools import cache, lru_cache

from processors.language.script import script_for
from processors.lexicon import Lexicon, load_lexicons

UNDETERMINED = "und"


class LanguageLexicon(Lexicon):
    """`same`: which code a label stands for; `odds`: of languages outside of the supported ones (`other`: the rest);
    `like`: as which language one is judged by a model that does not know it. `words`, a language's own: its markers.
    """

    same: dict[str, str] = {}
    odds: dict[str, float] = {}
    like: dict[str, str] = {}
    words: list[str] = []


@cache
def lexicons() -> dict[str, LanguageLexicon]:
    """What is written down of each language, and in `mul` what holds of codes in every language."""
    return load_lexicons("language", LanguageLexicon)


def lexicon() -> LanguageLexicon:
    """What holds of codes in every language."""
    return lexicons()["mul"]


@lru_cache(maxsize=1_000)
def code_of(tag: str) -> str:
    """The code of a BCP 47 tag or a detector's label.

    >>> code_of("fr-CA"), code_of("nb_NO"), code_of("zh-HK"), code_of("zh-Hant-TW"), code_of("yue")
    ('fr', 'no', 'zh-Hant', 'zh-Hant', 'zh')
    """
    parts = tag.strip().replace("_", "-").lower().split("-")
    same = lexicon().same
    if parts[0] == "zh":
        region = next((part.upper() for part in parts[1:] if len(part) == 2), "CN")
        script = next((part.title() for part in parts[1:] if len(part) == 4), script_for(f"zh-{region}"))
        return "zh-Hant" if script == "Hant" else "zh"
    return same.get(parts[0], parts[0])
