"""The memory: what addresses and files gave last time, so that a run asks only for what is new.

A record never says "skip this" by itself: it holds the content hashes of the articles that it made, and it stands only as
long as the index holds just these articles, made by this version of the pipeline. So an article that was rejected, or a
run that was killed before its commit, or a lexicon that has changed, needs no bookkeeping: their records do not stand.
"""

import hashlib
import json
import os.path
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from flows.store.index import Entry
from flows.store.part import read_table, write_table
from processors.raw import article_id

_SCHEMA = pa.schema([pa.field(name, pa.string(), nullable=False) for name in ("key", "record")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What an address or a file gave: `made` are its articles (source and content hash), `links` what it leads to.

    `stamp` is what a listing or the file system said about its version; `digest` stands for `made` where a file may hold
    a million articles.
    """

    kind: str
    url: str = ""
    etag: str | None = None
    last_modified: str | None = None
    stamp: str | None = None
    digest: str | None = None
    made: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str | None], ...] = ()


@dataclass(slots=True)
class _Notes:
    old: Mapping[str, str]
    asked: set[str] = field(default_factory=set)
    new: dict[str, str] = field(default_factory=dict)


class Memory:
    """The records of the last run, as far as the index bears them out, and those of this one."""

    def __init__(self, records: Mapping[str, str], index: Mapping[str, Entry], version: str) -> None:
        self._notes = _Notes(records)
        self._index, self._version = index, version

    def get(self, key: str) -> Record | None:
        """The record of an address, whether it stands or not."""
        self._notes.asked.add(key)
        text = self._notes.new.get(key) or self._notes.old.get(key)
        return _record(text) if text else None

    @property
    def asked(self) -> frozenset[str]:
        """The addresses and files that this run has asked about."""
        return frozenset(self._notes.asked)

    def note(self, key: str, record: Record) -> None:
        """Keep a record for the next run."""
        if key.isascii() or key == key.encode(errors="replace").decode():  # half a character cannot be stored
            self._notes.new[key] = json.dumps({name: value for name, value in asdict(record).items() if value})

    def holds(self, source: str, content_hash: str) -> bool:
        """Whether the store holds an article as it was, made by this version of the pipeline."""
        entry = self._index.get(article_id(source))
        return entry is not None and (entry.content_hash, entry.pipeline_version) == (content_hash, self._version)

    def stands(self, record: Record) -> bool:
        """Whether the store holds all that a record made."""
        return all(self.holds(*made) for made in record.made)

    def keeps(self, source: str) -> bool:
        """Whether the store holds some version of an article."""
        return article_id(source) in self._index

    def articles_of(self, path: str, stamp: str | None) -> list[str] | None:
        """The sources of a file's articles; None where it is not known, or has changed, or the store lacks some of them."""
        record = self.get(path)
        if record is None or stamp is None or record.stamp != stamp:
            return None
        if record.made:
            return [source for source, _ in record.made] if self.stands(record) else None
        entries = self._by_file.get(os.path.normpath(path), ())
        if any(entry.pipeline_version != self._version for entry in entries):
            return None
        sources = [entry.source for entry in entries]
        return sources if record.digest == digest_of(entry.content_hash for entry in entries) else None

    @cached_property
    def _by_file(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self._index.values():
            if "://" not in entry.source:
                found.setdefault(os.path.normpath(entry.source.partition("#")[0]), []).append(entry)
        return found

    def save(self, path: Path) -> None:
        """Write the records to keep: this run's, and older ones of what the store still holds."""
        notes = self._notes
        kept = {key: text for key, text in notes.old.items() if key in notes.asked or self._is_of_use(key, text)}
        rows = {**kept, **notes.new}
        path.parent.mkdir(parents=True, exist_ok=True)
        write_table(pa.table([list(rows), list(rows.values())], schema=_SCHEMA), path)

    def _is_of_use(self, key: str, text: str) -> bool:
        record = _record(text)
        if record.digest is not None:
            return os.path.normpath(key) in self._by_file
        return any(self.keeps(source) for source, _ in record.made) or not record.made


def no_memory() -> Memory:
    """A memory of nothing, that nothing is kept of."""
    return Memory({}, {}, "")


def read_memory(path: Path) -> dict[str, str]:
    """The records of a state as they are written, by key; none where there are none."""
    if not path.exists():
        return {}
    table = read_table(path)
    return dict(zip(table.column("key").to_pylist(), table.column("record").to_pylist(), strict=True))


def digest_of(hashes: Iterable[str]) -> str:
    """One digest of some content hashes, whatever their order."""
    return hashlib.blake2b("".join(sorted(hashes)).encode(), digest_size=16).hexdigest()


def _record(text: str) -> Record:
    values = json.loads(text)
    pairs = {name: tuple(_pairs(values.get(name, ()))) for name in ("made", "links")}
    return Record(**{**values, **pairs})


def _pairs(values: Iterable[list[str]]) -> Iterator[tuple[str, str]]:
    yield from ((first, second) for first, second in values)
