"""Files that have not changed are not read again, and nothing is remembered that the store does not hold."""

import json
import os
from pathlib import Path

import pytest

from flows import ingest as module
from flows.ingest import ingest
from flows.sources import known
from flows.sources.options import Columns, ReadOptions
from flows.store.memory import Memory, Record, read_memory
from flows.store.snapshot import Store
from schemas.run import Run


def counts(run: Run) -> tuple[int, int, int, int, int]:
    return run.n_new, run.n_changed, run.n_unchanged, run.n_removed, run.n_rejected


@pytest.fixture
def posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(known, "_SETTLED", 0)
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "a.txt").write_text("It costs 10 €.")
    lines = [json.dumps({"id": number, "text": f"Number {number} costs 20 €."}) for number in range(3)]
    (folder / "b.jsonl").write_text("\n".join(lines))
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read."""
    read: list[str] = []
    real = known.read_if_changed
    from flows import sources

    def noting(path: str, reading: object, *rest: object) -> object:
        def noted() -> object:
            read.append(Path(path).name)
            return reading()  # type: ignore[operator]

        return real(path, noted, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(sources, "read_if_changed", noting)
    return read


def test_files_that_have_not_changed_are_not_read(posts: Path, store: Store, opened: list[str]) -> None:
    assert counts(ingest([str(posts)], store)) == (4, 0, 0, 0, 0)
    assert opened == ["a.txt", "b.jsonl"]
    opened.clear()
    assert counts(ingest([str(posts)], store)) == (0, 0, 4, 0, 0)
    assert opened == []
    (posts / "a.txt").write_text("It costs 11 €.")
    (posts / "c.txt").write_text("It costs 12 €.")
    assert counts(ingest([str(posts)], store)) == (1, 1, 3, 0, 0)
    assert opened == ["a.txt", "c.txt"]
    (posts / "a.txt").unlink()
    (posts / "b.jsonl").unlink()
    assert counts(ingest([str(posts)], store)) == (0, 0, 1, 4, 0)
    ingest([str(posts)], store)
    assert list(read_memory(store.tables.resolve().parent / "memory.parquet")) == [str(posts / "c.txt")]


def test_a_file_that_was_changed_just_now_is_read_again(
    posts: Path, store: Store, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "_SETTLED", 10**12)
    ingest([str(posts)], store)
    assert counts(ingest([str(posts)], store)) == (0, 0, 4, 0, 0)
    assert opened == ["a.txt", "b.jsonl"] * 2


def test_the_same_size_and_time_with_another_content(posts: Path, store: Store) -> None:
    ingest([str(posts)], store)
    found = (posts / "a.txt").stat()
    (posts / "a.txt").write_text("It costs 99 €.")
    os.utime(posts / "a.txt", ns=(found.st_atime_ns, found.st_mtime_ns))
    assert counts(ingest([str(posts)], store)) == (0, 1, 3, 0, 0)


def test_what_was_rejected_is_read_again(posts: Path, store: Store, opened: list[str]) -> None:
    (posts / "a.txt").write_text("")
    with (posts / "b.jsonl").open("a") as file:
        file.write("\nnonsense")
    assert counts(ingest([str(posts)], store)) == (3, 0, 0, 0, 2)
    assert counts(ingest([str(posts)], store)) == (0, 0, 3, 0, 2)
    assert opened == ["a.txt", "b.jsonl"] * 2


def test_other_columns_are_another_reading(posts: Path, store: Store, opened: list[str]) -> None:
    ingest([str(posts)], store)
    ingest([str(posts)], store, options=ReadOptions(Columns.parse(["title=id"])))
    assert opened == ["a.txt", "b.jsonl"] * 2


def test_another_version_reads_everything(
    posts: Path, store: Store, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([str(posts)], store)
    monkeypatch.setattr(module, "pipeline_version", lambda: "9+new")
    assert counts(ingest([str(posts)], store)) == (0, 4, 0, 0, 0)
    assert opened == ["a.txt", "b.jsonl"] * 2


def test_a_run_over_other_sources_forgets_nothing(posts: Path, store: Store, opened: list[str]) -> None:
    ingest([str(posts)], store)
    other = posts.with_name("other.txt")
    other.write_text("It costs 5 €.")
    ingest([str(other)], store)
    opened.clear()
    assert counts(ingest([str(posts)], store)) == (0, 0, 4, 0, 0)
    assert opened == []


def test_records_are_read_as_they_were_written(tmp_path: Path) -> None:
    record = Record(
        kind="feed",
        url="https://example.org/é",
        etag='W/"1"',
        made=(("https://example.org/1", "a1"),),
        links=(("https://example.org/2", None), ("https://example.org/3", "2025-01-01")),
    )
    memory = Memory({}, {}, "1")
    memory.note("feed", record)
    memory.save(tmp_path / "memory.parquet")
    read = Memory(read_memory(tmp_path / "memory.parquet"), {}, "1")
    assert read.get("feed") == record
    assert not read.stands(record)
    assert read.get("other") is None
