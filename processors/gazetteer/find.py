"""What a name resolves to: every row of every file that bears it, and the names nearest to one that is unknown."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from processors.gazetteer.entry import E, Entry, Kind
from processors.gazetteer.name import Name
from processors.gazetteer.row import Row
from processors.gazetteer.source import entry_rows, folders, name_rows, read_entries
from processors.gazetteer.table import gazetteer, key_of

# How much of two folded names must agree, and how different in length they may be at all.
_ALIKE, _LENGTHS = 0.75, 4


@dataclass(frozen=True, slots=True)
class Bearing:
    """A row that gives a name to entries; `counts` is false where a row of the user's stands in its place."""

    row: Row
    name: Name
    entries: tuple[Entry, ...]
    counts: bool


def bearings(kind: Kind[E], surface: str) -> list[Bearing]:
    """Every row whose name folds to the same as a surface, in the order of the files, the user's last."""
    key = key_of(surface)
    entries = read_entries(kind)
    in_force = set(gazetteer(kind).lookup(key))
    found = [(row, name) for row, name in _rows(kind, entries) if key_of(name.written) == key]
    return [
        Bearing(row, name, tuple(entries[one] for one in name.ids), _counts(name, row, in_force)) for row, name in found
    ]


def _rows(kind: Kind[E], entries: dict[str, E]) -> Iterator[tuple[Row, Name]]:
    for folder in folders(kind):
        if (folder / kind.file).exists():
            for row, entry in entry_rows(folder / kind.file, kind):
                yield from ((row, Name(written, (entry.id,), "name", "mul")) for written in entry.names)
        for path in sorted((folder / "names").glob("*.csv")):
            yield from name_rows(path, entries)


def _counts(name: Name, row: Row, in_force: set[Name]) -> bool:
    """Whether a row is in the table: as it stands, or as one of several entries that bear a name of their own."""
    if row.path.parent.name == "names":
        return name in in_force
    return any(
        (other.written, other.policy, other.language) == (name.written, "name", "mul")
        and set(name.ids) <= set(other.ids)
        for other in in_force
    )


def nearest(kind: Kind[E], surface: str, count: int = 5) -> list[str]:
    """The known names most like a surface, as they are written, the likeliest first."""
    key = key_of(surface)
    known = gazetteer(kind)
    words = set(key.split(" "))
    alike = [
        other
        for tokens, _ in known.names()
        if abs(len(other := " ".join(tokens)) - len(key)) <= _LENGTHS and (words & set(tokens) or other[:2] == key[:2])
    ]
    return [known.lookup(other)[0].written for other in get_close_matches(key, alike, count, _ALIKE)]
