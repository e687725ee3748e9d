"""CSV files with the columns of a gazetteer file: institutions, platforms, or the names of a language."""

import re
from collections.abc import Iterator
from pathlib import Path

from flows.gazetteer.offered import Offered, OfferedAlias, OfferedEntry, OfferedName, Refused
from processors.gazetteer import PLATFORMS, UNIVERSITIES
from processors.gazetteer.name import POLICIES, name_mistake
from processors.gazetteer.row import read_header, read_rows
from processors.gazetteer.source import NAME_COLUMNS
from processors.lexicon import LexiconError

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]+)?")
_KINDS = (UNIVERSITIES, PLATFORMS)


def read_table(path: Path) -> Iterator[tuple[float, Offered]]:
    """What each row offers, with no share of the file, which is read at once; LexiconError where it is no such file."""
    header = read_header(path)
    if header == NAME_COLUMNS:
        yield from ((0.0, offered) for offered in _names(path))
        return
    kind = next((kind for kind in _KINDS if kind.columns == header), None)
    if kind is None:
        wanted = " or ".join(",".join(columns) for columns in (*(kind.columns for kind in _KINDS), NAME_COLUMNS))
        raise LexiconError(f"{path}:1: got the columns {','.join(header)}, wanted {wanted}")
    for row in read_rows(path, kind.columns):
        entry = kind.record(*row.fields)
        mistake = entry.mistake()
        yield 0.0, Refused(mistake, f"line {row.line}") if mistake else OfferedEntry(entry)


def _names(path: Path) -> Iterator[Offered]:
    if not _LANGUAGE.fullmatch(path.stem):
        raise LexiconError(
            f"{path}: got names of a language that the file does not name; call it <language>.csv: fr.csv"
        )
    for row in read_rows(path, NAME_COLUMNS):
        written, ids, policy = row.fields
        if mistake := name_mistake(written):
            yield Refused(mistake, f"line {row.line}")
        elif policy not in POLICIES:
            yield Refused(f"got the policy {policy!r}, wanted {', '.join(POLICIES)}", f"line {row.line}")
        elif not ids.split():
            yield Refused("got no id", f"line {row.line}")
        else:
            yield OfferedAlias(OfferedName(written, path.stem, POLICIES[policy]), tuple(ids.split()))
