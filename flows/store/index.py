"""The index: which articles a state holds, what each was made from, and in which part its rows are."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pyarrow as pa

from flows.store.part import read_table, write_table


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of the store; `root` is the SOURCE argument that it came by."""

    article_id: str
    source: str
    root: str
    content_hash: str
    pipeline_version: str
    part: str


_SCHEMA = pa.schema([pa.field(field.name, pa.string(), nullable=False) for field in fields(Entry)])


def write_index(entries: Iterable[Entry], path: Path) -> None:
    """Write the index of a state."""
    write_table(pa.Table.from_pylist([asdict(entry) for entry in entries], schema=_SCHEMA), path)


def read_index(path: Path) -> dict[str, Entry]:
    """The entries of a state by article id; none where there is no state."""
    if not path.exists():
        return {}
    return {row["article_id"]: Entry(**row) for row in read_table(path).to_pylist()}
