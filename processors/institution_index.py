"""What the names of all institutions say together: which one an inflected name may be, and which words are places."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from processors.compiled import compiled
from processors.fold import fold
from processors.gazetteer import UNIVERSITIES, Gazetteer, Institution, gazetteer
from processors.institution_words import InstitutionWords, institution_words
from processors.token_view import fold_phrase

# A word that the names of so many institutions end in is a place: "Universität Wien", "TU Wien", "FH Wien".
_SHARED_BY = 3
# So many letters of a word stay when it is inflected.
_STEM = 6


class InstitutionIndex:
    """Stems and places, compiled like the gazetteer that they are of."""

    def __init__(self, known: Gazetteer[Institution]) -> None:
        table = compiled(f"institution-index-{known.place}", known.parts, lambda: _compile(known))
        self._stems: dict[str, str] = table["stems"]
        self.places: frozenset[str] = frozenset(table["places"])
        # Institutions that bear no name but their city's: "Кембридж" is the city too, whatever the language.
        self.named_for_city: frozenset[str] = frozenset(table["named_for_city"])

    def by_stems(self, words: Iterable[str]) -> tuple[str, ...]:
        """The id whose name of several folded words begins as these do, where there is exactly one."""
        found = self._stems.get(_stem_key(words))
        return (found,) if found else ()


@cache
def institution_index() -> InstitutionIndex:
    """The index, loaded once."""
    return InstitutionIndex(gazetteer(UNIVERSITIES))


def _compile(known: Gazetteer[Institution]) -> dict[str, Any]:
    stems: dict[str, dict[str, None]] = {}
    ends: dict[str, set[str]] = {}
    for words, names in known.names():
        ids = [one for name in names for one in name.ids]
        if len(words) > 1:
            ends.setdefault(words[-1], set()).update(ids)
        if " " in (key := _stem_key(words)) and names[0].policy == "name":
            stems.setdefault(key, {}).update(dict.fromkeys(ids))
    places = {word for word, ids in ends.items() if len(ids) >= _SHARED_BY}
    places |= {fold(entry.city) for entry in known.entries() if entry.city}
    english = institution_words("en")
    return {
        # Stems that several institutions share are no help.
        "stems": {key: next(iter(ids)) for key, ids in stems.items() if len(ids) == 1},
        "places": sorted(places),
        "named_for_city": [entry.id for entry in known.entries() if _is_named_for_city(entry, english)],
    }


def _is_named_for_city(entry: Institution, english: InstitutionWords) -> bool:
    """Whether an English name is a head word and the city: "University of Oxford", "Leiden University"."""
    name, city = list(fold_phrase(entry.name)), list(fold_phrase(entry.city))
    if not city:
        return False
    before, after = english.before_name.at(name, 0), english.after_name.at(name, len(city))
    return bool(before and name[before[0] :] == city) or (name[: len(city)] == city and after == (len(name), True))


def _stem_key(words: Iterable[str]) -> str:
    return " ".join(word[:_STEM] for word in words if word[0].isalnum())
