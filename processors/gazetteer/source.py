"""The gazetteer's files: the shipped ones and the user's beside them, read, checked and made one.

`<folder>/<entries>.csv` holds one entry a row, `<folder>/names/<lang>.csv` its further names: name, id, policy. Several
ids, separated by spaces, share a name; the likeliest stands first. A row of the user's takes the place of a shipped one
for the same id, or for the same name in the same language.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from processors import lexicon
from processors.gazetteer.entry import E, Kind
from processors.gazetteer.name import POLICIES, Name, name_mistake
from processors.gazetteer.row import Row, read_rows
from processors.place import user_gazetteer

NAME_COLUMNS = ("name", "id", "policy")


def folders(kind: Kind[E]) -> tuple[Path, Path]:
    """The shipped folder of a gazetteer and the user's, which may be absent."""
    return lexicon.LEXICONS / kind.folder, user_gazetteer() / kind.folder


def read_entries(kind: Kind[E]) -> dict[str, E]:
    """Every entry by its id; LexiconError where a row is wrong."""
    found: dict[str, E] = {}
    for folder in folders(kind):
        if (folder / kind.file).exists():
            found |= {entry.id: entry for _, entry in entry_rows(folder / kind.file, kind)}
    return found


def entry_rows(path: Path, kind: Kind[E]) -> Iterator[tuple[Row, E]]:
    """The entries of one file with their rows, each checked."""
    seen: dict[str, int] = {}
    for row in read_rows(path, kind.columns):
        entry = kind.record(*row.fields)
        mistake = entry.mistake()
        if mistake or entry.id in seen:
            raise row.error(mistake or f"the id {entry.id} stands in line {seen[entry.id]} too; keep one of them")
        seen[entry.id] = row.line
        yield row, entry


def read_names(kind: Kind[E], entries: dict[str, E]) -> Iterator[Name]:
    """Every name, those that the entries' own rows give them first; LexiconError where a row is wrong."""
    rows: dict[tuple[str, str], Name] = {}
    for folder in folders(kind):
        for path in sorted((folder / "names").glob("*.csv")):
            rows |= {(name.written, name.language): name for _, name in name_rows(path, entries)}
    restated = {(name.written, one) for name in rows.values() if name.language in kind.restating for one in name.ids}
    own: dict[str, list[str]] = {}
    for entry in entries.values():
        for written in entry.names:
            if (written, entry.id) not in restated:
                own.setdefault(written, []).append(entry.id)
    yield from (Name(written, tuple(ids), "name", "mul") for written, ids in own.items())
    yield from rows.values()


def name_rows(path: Path, known: Collection[str]) -> Iterator[tuple[Row, Name]]:
    """The names of one file with their rows, each checked: known ids, known policy, one row a name."""
    seen: dict[str, int] = {}
    language = path.stem
    for row in read_rows(path, NAME_COLUMNS):
        written, joined, policy = row.fields
        ids = tuple(joined.split())
        unknown = [one for one in ids if one not in known]
        if mistake := name_mistake(written):
            raise row.error(mistake)
        if unknown or not ids:
            raise row.error(f"{written!r} names {' '.join(unknown) or 'nothing'}, which no entry has as id")
        if policy not in POLICIES:
            raise row.error(f"got the policy {policy!r}, wanted {', '.join(POLICIES)}")
        if written in seen:
            raise row.error(f"{written!r} stands in line {seen[written]} too; give one row all its ids")
        seen[written] = row.line
        yield row, Name(written, ids, POLICIES[policy], language)
