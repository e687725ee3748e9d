"""When a name that a register lists shall count in a text: always, as written, or with a cue only.

A register says what a name is, not what else it is: a short name that is a word, a place or somebody else's name must
not count on its own.
"""

from collections import Counter

from flows.gazetteer.offered import OfferedName
from processors.gazetteer import PLATFORMS, UNIVERSITIES, gazetteer
from processors.gazetteer.name import Policy
from processors.institution_index import institution_index

# Shorter acronyms are too many other things.
_SHORTEST_ACRONYM = 3
# A name is a mere description where each of its words stands in the names of this share of all institutions.
_ORDINARY_SHARE = 0.02


class Ambiguity:
    """What the names that are known tell about a new one."""

    def __init__(self) -> None:
        universities = gazetteer(UNIVERSITIES)
        bearers = {
            (word, one)
            for words, names in universities.names()
            if len(words) > 1
            for name in names
            if name.policy == "name"
            for one in name.ids
            for word in words
        }
        self._institutions = Counter(word for word, _ in bearers)
        self._ordinary = _ORDINARY_SHARE * sum(1 for _ in universities.entries())
        self._platforms = {" ".join(words) for words, _ in gazetteer(PLATFORMS).names()}
        self._places = institution_index().places

    def policy(self, name: OfferedName, key: str, *, is_shared: bool) -> Policy:
        """When a name counts; `key` is its folded form, and it is shared where another institution bears it."""
        words = key.split(" ")
        if is_short(name, key):
            is_word = key in self._institutions or key in self._platforms or key in self._places
            is_acronym = name.written.isupper() and len(name.written) >= _SHORTEST_ACRONYM
            return "exact" if is_acronym and not is_word and not is_shared else "cue"
        is_ordinary = all(self._institutions[word] > self._ordinary and len(word) > 1 for word in words)
        return "cue" if is_ordinary or key in self._places or key in self._platforms else "name"


def is_short(name: OfferedName, key: str) -> bool:
    """Whether a name is an acronym or a single word, and may well be something else."""
    return name.is_acronym or " " not in key or (name.written.isupper() and len(name.written) < 7)
