"""Merging what is offered with what is known: an entry is known by its id, a name by its folded form.

A known institution only gains the names that it does not bear yet. A short name that a shipped entry bears stays that
entry's: a person has judged it, and a register's acronyms would take it away from everybody.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from flows.gazetteer.offered import Offered, OfferedAlias, OfferedEntry, OfferedName, Refused
from flows.gazetteer.policy import Ambiguity, is_short
from flows.gazetteer.user import UserGazetteer
from processors.gazetteer import PLATFORMS, UNIVERSITIES, Entry, Institution, Kind, Name, Platform, gazetteer, key_of
from processors.gazetteer.name import POLICIES


@dataclass(slots=True)
class Report:
    """What an import did: entries that are new, offered ones that were known, which of those gained names, new names."""

    new: int = 0
    known: int = 0
    gained: set[str] = field(default_factory=set)
    names: int = 0
    refused: Counter[Refused] = field(default_factory=Counter)


class Merge:
    """An import under way over both gazetteers; `write` ends it."""

    def __init__(self) -> None:
        self.report = Report()
        ambiguity = Ambiguity()
        self._rooms: dict[type[Entry], _Room] = {
            Institution: _Room(UNIVERSITIES, ambiguity, self.report),
            Platform: _Room(PLATFORMS, ambiguity, self.report),
        }

    def add(self, offered: Offered) -> None:
        """Take in what is new of an offer, and count it."""
        if isinstance(offered, OfferedEntry):
            refused = self._rooms[type(offered.entry)].add_entry(offered)
        elif isinstance(offered, OfferedAlias):
            refused = self._alias(offered)
        else:
            refused = offered
        if refused:
            self.report.refused[refused] += 1

    def _alias(self, offered: OfferedAlias) -> Refused | None:
        room = next((room for room in self._rooms.values() if all(map(room.knows, offered.ids))), None)
        if room is None:
            return Refused("an id that no entry has", f"{offered.name.written} → {' '.join(offered.ids)}")
        room.add_alias(offered)
        return None

    def write(self) -> None:
        """Write the user's gazetteer where there is anything to add to it."""
        for room in self._rooms.values():
            room.write()


class _Room:
    """One gazetteer under import."""

    def __init__(self, kind: Kind[Any], ambiguity: Ambiguity, report: Report) -> None:
        self.user, self._ambiguity, self._report = UserGazetteer(kind), ambiguity, report
        known = gazetteer(kind)
        self._shipped = {entry.id for entry in known.entries()} - self.user.entries.keys()
        self._rows: dict[tuple[str, str], Name] = {}
        self._bearers: dict[str, dict[str, None]] = {}
        self._keys: dict[str, set[str]] = {}
        self._changed = False
        for words, names in known.names():
            for name in names:
                self._rows[name.written, name.language] = name
                for one in name.ids:
                    self._bear(" ".join(words), one)

    def knows(self, one: str) -> bool:
        return one in self._shipped or one in self.user.entries

    def write(self) -> None:
        if self._changed:
            self.user.write()

    def add_entry(self, offered: OfferedEntry) -> Refused | None:
        entry = offered.entry
        names = offered.names or tuple(OfferedName(written, "mul") for written in entry.names)
        known = next((one for one in (entry.id, *offered.domains) if self.knows(one)), None)
        if known is None:
            self._new(entry)
            self._report.new += 1
        else:
            borne = any(key_of(name.written) in self._keys.get(known, ()) for name in names)
            if offered.is_page and not borne:
                return Refused("its website is a page of another institution's", f"{entry.name} at {known}")
            self._report.known += 1
        for name in names:
            if self._name(name, known or entry.id):
                self._report.names += 1
                self._report.gained |= {known} if known else set()
        return None

    def add_alias(self, offered: OfferedAlias) -> None:
        written, language = offered.name.written, offered.name.language
        row = Name(written, offered.ids, POLICIES[offered.name.policy or "name"], language)
        if self._rows.get((written, language)) != row:
            self._put(row)
            self._report.names += 1
            self._report.gained |= set(offered.ids)

    def _new(self, entry: Entry) -> None:
        self._changed = True
        self.user.entries[entry.id] = tuple(getattr(entry, column) for column in self.user.kind.columns)
        for written in entry.names:
            key, name = key_of(written), OfferedName(written, "mul")
            others = self._others(key, entry.id)
            policy = self._ambiguity.policy(name, key, is_shared=bool(others))
            self._bear(key, entry.id)
            # An entry's own names count always where no row of names says otherwise.
            if policy != "name":
                known = self._rows.get((written, "mul"))
                self._put(Name(written, (*(known.ids if known else ()), entry.id), policy, "mul"))

    def _name(self, name: OfferedName, one: str) -> bool:
        """Give an entry a name, where it does not bear it and may."""
        key = key_of(name.written)
        if not key or key in self._keys.get(one, ()):
            return False
        others = self._others(key, one)
        if is_short(name, key) and any(other in self._shipped for other in others):
            return False
        row = self._rows.get((name.written, name.language))
        policy = self._ambiguity.policy(name, key, is_shared=bool(others))
        policy = row.policy if row and policy == "name" else policy
        self._put(Name(name.written, (*others, one), policy, name.language))
        return True

    def _others(self, key: str, one: str) -> tuple[str, ...]:
        return tuple(other for other in self._bearers.get(key, ()) if other != one)

    def _put(self, row: Name) -> None:
        self._changed = True
        self._rows[row.written, row.language] = self.user.names[row.written, row.language] = row
        for one in row.ids:
            self._bear(key_of(row.written), one)

    def _bear(self, key: str, one: str) -> None:
        self._bearers.setdefault(key, {})[one] = None
        self._keys.setdefault(one, set()).add(key)
