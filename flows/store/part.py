"""Parquet files: written whole, compressed with zstd, and safely on disk before anything points to them."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.arrow import to_arrow

# The tables that a batch of articles makes rows for; rejects and runs belong to a run.
ARTICLE_TABLES = ("articles", "segments", "entities", "offers")


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table to a new file; it appears under its name only when it is complete."""
    partial = path.with_suffix(".partial")
    pq.write_table(table, partial, compression="zstd", compression_level=3)
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.rename(path)


def write_records(name: str, records: Sequence[Any], path: Path) -> None:
    """Write records of a table to a new file."""
    write_table(to_arrow(name, records), path)


def read_table(path: Path) -> pa.Table:
    """A Parquet file as a table."""
    with path.open("rb") as file:
        # One thread reads: a thread pool that still stands when a short run ends may abort the process.
        return pq.read_table(file, use_threads=False, pre_buffer=False)
