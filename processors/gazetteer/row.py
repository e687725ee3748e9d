"""Rows of the gazetteer's CSV files, each with the place that an error about it names."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from processors.lexicon import LexiconError

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of a row and the file and line that it ends in."""

    path: Path
    line: int
    fields: tuple[str, ...]

    def error(self, reason: str) -> LexiconError:
        """What is wrong with this row, for the person who wrote it."""
        return LexiconError(f"{self.path}:{self.line}: {reason}")


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a CSV file; LexiconError where its columns are others, or a row's fields are more or fewer."""
    rows = _rows(path)
    header = next(rows)
    if header.fields != tuple(columns):
        raise header.error(f"got the columns {','.join(header.fields)}, wanted {','.join(columns)}")
    yield from (_checked(row, len(columns)) for row in rows if row.fields)


def read_header(path: Path) -> tuple[str, ...]:
    """The columns that a CSV file has; none where it is empty."""
    return next(_rows(path)).fields


def _rows(path: Path) -> Iterator[Row]:
    """The header, empty where there is none, and all rows."""
    line = 0
    try:
        # A spreadsheet's byte order mark is no part of the first column's name.
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            yield Row(path, 1, tuple(next(reader, ())))
            line = reader.line_num
            for fields in reader:
                line = reader.line_num
                yield Row(path, line, tuple(fields))
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}:{_undecodable(path)}: got bytes that are not UTF-8; save it as UTF-8") from error
    except csv.Error as error:
        raise LexiconError(f"{path}:{line + 1}: not valid CSV: {error}") from error
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror}") from error


def _checked(row: Row, wanted: int) -> Row:
    if len(row.fields) != wanted:
        raise row.error(
            f"got {len(row.fields)} fields, wanted {wanted}: {','.join(row.fields)} (quote a field with a comma)"
        )
    if _CONTROLS.search("".join(row.fields)):
        raise row.error(f"got a tab, a line break or another control sign inside a field: {','.join(row.fields)!r}")
    return row


def _undecodable(path: Path) -> int:
    """The first line that is not UTF-8; the decoder only knows its place in the piece that it read."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 1
