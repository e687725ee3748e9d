"""The user's gazetteer as it is on disk, to be added to and written back."""

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from processors.gazetteer import Kind, Name
from processors.gazetteer.entry import E
from processors.gazetteer.source import NAME_COLUMNS, entry_rows, folders, name_rows, read_entries
from processors.lexicon import LexiconError


class UserGazetteer:
    """The user's entries by id, and their names by what is written and language; LexiconError where a row is wrong."""

    def __init__(self, kind: Kind[E]) -> None:
        self.kind = kind
        self.folder = folders(kind)[1]
        known = read_entries(kind)
        path = self.folder / kind.file
        self.entries: dict[str, tuple[str, ...]] = (
            {entry.id: row.fields for row, entry in entry_rows(path, kind)} if path.exists() else {}
        )
        self.names: dict[tuple[str, str], Name] = {
            (name.written, name.language): name
            for each in sorted((self.folder / "names").glob("*.csv"))
            for _, name in name_rows(each, known)
        }

    def write(self) -> None:
        """Write every file anew, sorted, each as a whole or not at all; the names last, for they name the entries."""
        try:
            if self.entries:
                _write(self.folder / self.kind.file, self.kind.columns, sorted(self.entries.values()))
            for language in sorted({name.language for name in self.names.values()}):
                rows = ((n.written, " ".join(n.ids), n.policy) for n in self.names.values() if n.language == language)
                _write(self.folder / "names" / f"{language}.csv", NAME_COLUMNS, sorted(rows))
        except OSError as error:
            raise LexiconError(
                f"{self.folder}: cannot be written: {error.strerror}; name another folder with MOISSON_GAZETTEER"
            ) from error


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    under_way = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with under_way.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
            file.flush()
            os.fsync(file.fileno())
        under_way.replace(path)
    finally:
        under_way.unlink(missing_ok=True)
