"""Snapshots: states of the tables. The next one is built beside the current one and takes its place in one rename."""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from flows.store.index import Entry, read_index, write_index
from flows.store.memory import Memory, read_memory
from flows.store.part import ARTICLE_TABLES, read_table, write_records, write_table
from flows.store.staging import Batch, Staging
from schemas.arrow import arrow_schema, to_arrow
from schemas.run import Run
from schemas.table import TABLES

# Parts with fewer articles are merged when there are more of them than this.
_SMALL, _MOST_SMALL = 500, 8
_MEMORY = "memory.parquet"


class StoreError(RuntimeError):
    """A store that cannot be used: says what to do, in one line."""


@dataclass(slots=True)
class Changes:
    """What a run does to the tables."""

    batches: Sequence[Batch] = ()
    roots: dict[str, str] = field(default_factory=dict)  # article id: SOURCE argument
    removed: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()  # sources read in this run, whose old rejects are forgotten
    rejects: Sequence[object] = ()


class Store:
    """A folder of tables."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables = path / "tables"
        self.staging = Staging(path / ".store" / "staging")
        self._snapshots = path / ".store" / "snapshots"

    def table_files(self, name: str) -> str:
        """The glob of a table's files, as an analyst would write it."""
        return f"{self.path}/tables/{name}/*.parquet"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other runs out; the operating system lets go of it when this process ends, however it ends."""
        self._make_writable()
        with (self.path / ".store" / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StoreError(
                    f"{self.path}: another run is writing to this store; wait for it, or give another --store"
                ) from error
            yield

    def _make_writable(self) -> None:
        try:
            self._snapshots.mkdir(parents=True, exist_ok=True)
            probe = self._snapshots / ".probe"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be written to ({error.strerror}); give a folder that can with --store"
            ) from error
        if self.tables.exists() and not self.tables.is_symlink():
            raise StoreError(f"{self.tables}: is a folder that moisson did not make; give another --store")

    def index(self) -> dict[str, Entry]:
        """The articles of the current state, by id."""
        return read_index(self.tables.resolve().parent / "index.parquet")

    def memory(self, index: Mapping[str, Entry], pipeline_version: str) -> Memory:
        """What the sources of the current state gave, as far as its index bears it out."""
        return Memory(read_memory(self.tables.resolve().parent / _MEMORY), index, pipeline_version)

    def read(self, name: str) -> pa.Table:
        """A table of the current state."""
        files = sorted((self.tables / name).glob("*.parquet"))
        return pa.concat_tables([read_table(file) for file in files]) if files else arrow_schema(name).empty_table()

    def commit(self, run: Run, changes: Changes) -> None:
        """Make the next state and put it in the current one's place."""
        target = self._snapshots / run.run_id
        shutil.rmtree(target, ignore_errors=True)
        for name in TABLES:
            (target / "tables" / name).mkdir(parents=True)
        entries = self._carry_over(target, changes) + list(_add(target, changes, run))
        entries = _merge_small(target, entries)
        _ensure_a_file(target)
        write_records("rejects", self._rejects(changes), target / "tables" / "rejects" / "rejects.parquet")
        runs = pa.concat_tables([self.read("runs"), to_arrow("runs", [run])])
        write_table(runs, target / "tables" / "runs" / "runs.parquet")
        write_index(entries, target / "index.parquet")
        if self.staging.memory.exists():
            os.link(self.staging.memory, target / _MEMORY)
        self._swap(target)
        self.staging.clear()

    def _carry_over(self, target: Path, changes: Changes) -> list[Entry]:
        """The parts of the current state without what changes: linked where nothing does, rewritten where something does."""
        gone = changes.removed | changes.roots.keys()
        kept: list[Entry] = []
        by_part: dict[str, list[Entry]] = {}
        for entry in self.index().values():
            by_part.setdefault(entry.part, []).append(entry)
        for part, entries in by_part.items():
            left = [entry for entry in entries if entry.article_id not in gone]
            kept += left
            for name in ARTICLE_TABLES if left else ():
                old, new = self.tables / name / f"{part}.parquet", target / "tables" / name / f"{part}.parquet"
                if len(left) == len(entries):
                    os.link(old.resolve(), new)
                else:
                    write_table(_only(read_table(old), left), new)
        return kept

    def _rejects(self, changes: Changes) -> list[object]:
        """Rejects of this run, and those before it whose sources it did not touch."""
        old = self.read("rejects").to_pylist()
        record = TABLES["rejects"]
        kept = [record(**row) for row in old if changes.seen.isdisjoint(_holders(row["source"]))]
        return [*kept, *changes.rejects]

    def _swap(self, target: Path) -> None:
        for folder in (target, *target.rglob("*/")):
            _sync(folder)
        current = self.tables.resolve().parent if self.tables.is_symlink() else None
        fresh = self.path / ".store" / "tables.next"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.path.relpath(target / "tables", self.path))
        fresh.replace(self.tables)
        _sync(self.path)
        # One state back is kept for readers that have its files open.
        for snapshot in self._snapshots.iterdir():
            if snapshot not in (target, current) and snapshot.resolve() != target.resolve():
                shutil.rmtree(snapshot, ignore_errors=True)


def _holders(source: str) -> Iterator[str]:
    """A source and all that it is a part of: the file of a record, the folders of a file.

    What is below an address is no part of it, but another page.
    """
    yield source
    whole = source.partition("#")[0]
    yield whole
    if "://" not in whole:
        yield from (holder for parent in Path(whole).parents for holder in (str(parent), f"{parent}/"))


def _add(target: Path, changes: Changes, run: Run) -> Iterator[Entry]:
    for batch in changes.batches:
        for name in ARTICLE_TABLES:
            os.link(batch.table(name), target / "tables" / name / f"{batch.key}.parquet")
        for row in read_table(batch.table("articles")).select(["article_id", "source", "content_hash"]).to_pylist():
            yield Entry(
                **row, root=changes.roots[row["article_id"]], pipeline_version=run.pipeline_version, part=batch.key
            )


def _only(table: pa.Table, entries: Iterable[Entry]) -> pa.Table:
    return table.filter(pc.is_in(table.column("article_id"), pa.array([entry.article_id for entry in entries])))


def _merge_small(target: Path, entries: list[Entry]) -> list[Entry]:
    """Many small parts, as many small runs leave, made one."""
    sizes: dict[str, int] = {}
    for entry in entries:
        sizes[entry.part] = sizes.get(entry.part, 0) + 1
    small = sorted(part for part, size in sizes.items() if size < _SMALL)
    if len(small) <= _MOST_SMALL:
        return entries
    merged = f"{small[0]}m"
    for name in ARTICLE_TABLES:
        files = [target / "tables" / name / f"{part}.parquet" for part in small]
        write_table(
            pa.concat_tables([read_table(file) for file in files]), target / "tables" / name / f"{merged}.parquet"
        )
        for file in files:
            file.unlink()
    return [replace(entry, part=merged) if entry.part in small else entry for entry in entries]


def _ensure_a_file(target: Path) -> None:
    """A table without rows has a file too: readers want a schema."""
    for name in ARTICLE_TABLES:
        if not any((target / "tables" / name).iterdir()):
            write_table(arrow_schema(name).empty_table(), target / "tables" / name / "empty.parquet")


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
