"""Parquet files: one article a row, a few rows in memory at a time, and only the columns that are needed."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.sources.expansion import check_expansion, unpacked
from flows.sources.item import GZIP, Item, Unreadable, open_packed
from flows.sources.options import Columns, ReadOptions
from flows.sources.record import Found, articles_of, columns_of
from processors.clean.decode import decode
from processors.raw import RejectError

ABOUT = "a table, an article a row; --column says which column is what"
EXAMPLE = "posts.parquet"
SUFFIXES = (".parquet",)
_ROWS = 64
_SPOOLED = 20_000_000


def read(path: str, options: ReadOptions) -> Iterator[Item]:
    """The articles of a file, row by row."""
    try:
        with _open_seekable(path) as file:
            yield from articles_of(path, _records(path, file, options.columns))
    except RejectError as error:
        yield Unreadable(path, error)


@contextmanager
def _open_seekable(path: str) -> Iterator[IO[bytes]]:
    """A file as it is, or what a gzip-compressed one holds, in a temporary file."""
    with open_packed(path) as file:
        if file.peek(2)[:2] != GZIP:
            yield file
            return
        with tempfile.SpooledTemporaryFile(max_size=_SPOOLED) as spooled:
            shutil.copyfileobj(unpacked(file), spooled)
            spooled.seek(0)
            yield spooled


def _records(path: str, file: IO[bytes], columns: Columns) -> Iterator[Found]:
    try:
        parquet = pq.ParquetFile(file, page_checksum_verification=True)
    except (pa.ArrowException, OSError) as error:
        raise RejectError(
            "read", "corrupt", f"got no whole Parquet file ({_told(error)}), wanted one: write it again"
        ) from error
    wanted = columns_of(parquet.schema_arrow.names, columns)
    # A long text that many rows share is held once, as it is in the file.
    shared = [name for name in set(wanted.values()) if _is_text(parquet.schema_arrow.field(name).type)]
    parquet = pq.ParquetFile(file, page_checksum_verification=True, read_dictionary=shared, metadata=parquet.metadata)
    number = 0
    for group in range(parquet.num_row_groups):
        first, number = number, number + parquet.metadata.row_group(group).num_rows
        try:
            _check_group(parquet, group, set(wanted.values()))
            for record in _group(parquet, group, wanted):
                first += 1
                yield f"{path}#row {first}", record
        except (pa.ArrowException, OSError, RejectError) as error:
            where = f"{path}#rows {first + 1} to {number}"
            yield where, error if isinstance(error, RejectError) else _broken(error)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_binary(kind))


def _broken(error: Exception) -> RejectError:
    return RejectError(
        "read", "corrupt", f"got rows that cannot be read ({_told(error)}), wanted whole ones: write them again"
    )


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _check_group(parquet: pq.ParquetFile, group: int, wanted: set[str]) -> None:
    """RejectError where the columns of a row group say that they unpack to too much."""
    found = parquet.metadata.row_group(group)
    chunks = [found.column(index) for index in range(found.num_columns)]
    for chunk in chunks:
        if chunk.path_in_schema.split(".")[0] in wanted:
            check_expansion(chunk.total_compressed_size, chunk.total_uncompressed_size)


def _group(parquet: pq.ParquetFile, group: int, wanted: dict[str, str]) -> Iterator[dict[str, object]]:
    columns = list(dict.fromkeys(wanted.values()))
    for batch in parquet.iter_batches(_ROWS, row_groups=[group], columns=columns, use_threads=False):
        named = {name: batch.column(name) for name in columns}
        for row in range(batch.num_rows):
            yield {field: _plain(named[name][row]) for field, name in wanted.items()}


def _plain(value: Any) -> object:
    """A cell as Python has it: bytes as text, times to the microsecond."""
    if pa.types.is_timestamp(value.type):
        value = pc.cast(value, pa.timestamp("us", value.type.tz), safe=False)
    plain = value.as_py()
    return decode(plain) if isinstance(plain, bytes) and plain.strip() else plain
