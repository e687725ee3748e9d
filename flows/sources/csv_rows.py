"""The rows of a CSV file of any encoding and delimiter, in constant memory, each broken row by itself."""

import csv
import io
import sys
from collections.abc import Iterator

from flows.settings import settings
from flows.sources.item import too_large
from processors.clean.decode import guess_encoding, is_binary, marked_encoding
from processors.raw import RejectError

# The number of a row's first line, and its cells or why there are none.
Row = tuple[int, list[str] | RejectError]

_DELIMITERS = ",;\t|"
_SAMPLE = 20_000
# An article's limit is held by `_Lines`; the module's own would cut long articles off.
csv.field_size_limit(sys.maxsize)


def read_rows(file: io.BufferedReader) -> Iterator[Row]:
    """The rows that are not blank, the header first; RejectError where the file holds no text."""
    sample = file.peek(_SAMPLE)
    marked = marked_encoding(sample)
    if marked is None and is_binary(sample):
        raise RejectError("read", "binary", "got binary data, wanted CSV: save it as CSV first")
    # Bytes pass the reader as Latin-1, for the marks of CSV are ASCII, and each row is decoded by itself.
    is_wide = marked is not None and marked != "utf-8-sig"
    text = io.TextIOWrapper(file, encoding=marked if is_wide else "latin-1", errors="replace", newline="")
    decoder = None if is_wide else _Decoder()
    if marked == "utf-8-sig":
        text.read(3)
    for number, row in _split(_Lines(text)):
        yield number, decoder.decode(row) if decoder and isinstance(row, list) else row


def _split(lines: "_Lines") -> Iterator[Row]:
    delimiter = _delimiter_of(lines.first_line())
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin()
        try:
            row = next(rows)
            if lines.broke_off:
                raise lines.unclosed()
            if any(map(str.strip, row)):
                yield lines.first, row
        except StopIteration:
            return
        except (_BrokenRowError, csv.Error) as error:
            yield lines.first, error if isinstance(error, RejectError) else _not_csv(str(error))
            rows = csv.reader(lines, delimiter=delimiter)  # the one before may stand in the middle of a cell


def _delimiter_of(header: str) -> str:
    """The delimiter that cuts a header into most cells.

    >>> _delimiter_of("id;title, text;url")
    ';'
    """
    return max(_DELIMITERS, key=lambda delimiter: len(next(csv.reader([header], delimiter=delimiter), ())))


class _BrokenRowError(RejectError):
    """A row that cannot be read, while those after it can."""


def _not_csv(told: str) -> RejectError:
    return _BrokenRowError("read", "not_csv", f'got a row that is not CSV ({told}), wanted cells quoted by "')


class _Lines:
    """The lines of a file for a CSV reader, never more than an article's limit for one row.

    A quote that is never closed costs its own line only: the lines after it, which the reader took for a part of its cell,
    are read again as rows of their own – as long as less is read again than for the first time, so that the work stays linear.
    """

    def __init__(self, file: io.TextIOWrapper) -> None:
        self.file, self.limit = file, settings().max_bytes
        self.taken: list[str] = []
        self.again: list[str] = []
        self.number = self.size = self.n_read = self.n_again = 0
        self.first = 1
        self.broke_off = False

    def first_line(self) -> str:
        """The first line that is not blank, which stays to be read."""
        while (line := self.file.readline(self.limit)) and not line.strip():
            self.number += 1
        self.again = [line] if line else []
        return line.rstrip("\r\n")

    def begin(self) -> None:
        """A row begins."""
        self.first, self.size, self.taken, self.broke_off = self.number + 1, 0, [], False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.again.pop() if self.again else self._read()
        if not line:
            self.broke_off = bool(self.taken)
            raise StopIteration
        self.number += 1
        self.size += len(line)
        self.taken.append(line)
        if self.size > self.limit:
            raise self._too_large() if len(self.taken) == 1 else self.unclosed()
        return line

    def _read(self) -> str:
        line = self.file.readline(self.limit + 1)
        rest = line
        while len(rest) > self.limit and not rest.endswith(("\n", "\r")):
            rest = self.file.readline(self.limit + 1)
        self.n_read += len(line)
        return line

    def _too_large(self) -> RejectError:
        error = too_large(self.limit)
        return _BrokenRowError(error.stage, error.error, error.message)

    def unclosed(self) -> RejectError:
        """The failure of a row whose quote is never closed; what it took beyond its first line is given back."""
        self.n_again += self.size
        if self.n_again > self.n_read + 2 * self.limit:
            return _not_csv(f"lines {self.first} to {self.number} with a quote that is never closed")
        self.again += reversed(self.taken[1:])
        self.number = self.first
        return _not_csv("a quote that is never closed")


class _Decoder:
    """Decodes rows: each is UTF-8, or what all rows that are not look like together."""

    def __init__(self) -> None:
        self.sample, self.guessed_from, self.encoding = b"", 0, "cp1252"

    def decode(self, row: list[str]) -> list[str]:
        """The cells of a row whose bytes stand as Latin-1."""
        cells = [cell.encode("latin-1") for cell in row]
        try:
            return [cell.decode("utf-8") for cell in cells]
        except UnicodeDecodeError:
            self._learn(b" ".join(cells))
            return [cell.decode(self.encoding, errors="replace") for cell in cells]

    def _learn(self, content: bytes) -> None:
        if len(self.sample) < _SAMPLE:
            self.sample += content[:_SAMPLE]
            if len(self.sample) >= 2 * self.guessed_from:
                self.guessed_from = len(self.sample)
                self.encoding = guess_encoding(self.sample) or self.encoding
