"""CSV and TSV files: one article a row, under a header that names the columns."""

from collections.abc import Iterator

from flows.sources.csv_rows import Row, read_rows
from flows.sources.item import Item, Unreadable, open_binary
from flows.sources.options import Columns, ReadOptions
from flows.sources.record import Found, articles_of, columns_of
from processors.raw import RejectError

ABOUT = "a table, an article a row; --column says which column is what"
EXAMPLE = "posts.csv --column text=body"
SUFFIXES = (".csv", ".tsv")
_LABEL_SEPARATORS = ";|"


def read(path: str, options: ReadOptions) -> Iterator[Item]:
    """The articles of a file, row by row."""
    try:
        with open_binary(path) as file:
            yield from articles_of(path, _records(path, read_rows(file), options.columns))
    except RejectError as error:
        yield Unreadable(path, error)


def _records(path: str, rows: Iterator[Row], columns: Columns) -> Iterator[Found]:
    _, header = next(rows, (0, RejectError("read", "empty", "got no row, wanted a header and a row an article")))
    if isinstance(header, RejectError):
        raise header
    wanted = {field: header.index(name) for field, name in columns_of(header, columns).items()}
    for number, row in rows:
        place = f"{path}#line {number}"
        if isinstance(row, RejectError):
            yield place, row
        elif len(row) != len(header):
            yield place, _ragged(len(row), len(header))
        else:
            yield place, _record({field: row[index] for field, index in wanted.items()})


def _ragged(got: int, wanted: int) -> RejectError:
    return RejectError(
        "read", "ragged_row", f"got {got} cells, wanted {wanted} as in the header: quote cells that hold a delimiter"
    )


def _record(cells: dict[str, str]) -> dict[str, object]:
    record: dict[str, object] = {field: cell for field, cell in cells.items() if cell.strip()}
    return record | {"tags": _labels(cells["tags"])} if "tags" in record else record


def _labels(cell: str) -> list[str]:
    """The tags of a cell.

    >>> _labels("study; master, Paris")
    ['study', 'master', 'Paris']
    """
    for separator in _LABEL_SEPARATORS:
        cell = cell.replace(separator, ",")
    return [label for part in cell.split(",") if (label := part.strip())]
