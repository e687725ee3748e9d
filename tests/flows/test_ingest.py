"""Runs: what is new, changed, unchanged, removed and rejected; readers and killed runs."""

import os
import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from flows import ingest as module
from flows.ingest import ingest
from flows.settings import settings
from flows.store.snapshot import Store, StoreError
from schemas.run import Run
from schemas.table import TABLES


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "a.txt").write_text("À l’Université de Lorraine, le master en droit coûte 243 € par an.")
    (folder / "b.txt").write_text("We post on Facebook. Tuition at Harvard University is $50,000.")
    (folder / "bad.txt").write_bytes(b"\x89PNG" + bytes(range(20)))
    return folder


def counts(run: Run) -> tuple[int, int, int, int, int]:
    return run.n_new, run.n_changed, run.n_unchanged, run.n_removed, run.n_rejected


def sources(store: Store) -> list[str]:
    return sorted(Path(source).name for source in store.read("articles").column("source").to_pylist())


def test_a_store_is_brought_up_to_date(posts: Path, store: Store) -> None:
    assert counts(ingest([str(posts)], store)) == (2, 0, 0, 0, 1)
    assert counts(ingest([str(posts)], store)) == (0, 0, 2, 0, 1)
    (posts / "a.txt").write_text("À l’Université de Lorraine, le master en droit coûte 250 € par an.")
    (posts / "c.txt").write_text("Nothing to find here.")
    (posts / "b.txt").unlink()
    (posts / "bad.txt").write_text("Good now.")
    assert counts(ingest([str(posts)], store)) == (2, 1, 0, 1, 0)
    assert sources(store) == ["a.txt", "bad.txt", "c.txt"]
    prices = [row["text"] for row in store.read("entities").to_pylist() if row["type"] == "price"]
    assert prices == ["250 €"]
    assert store.read("rejects").num_rows == 0
    assert store.read("runs").num_rows == 3


def test_every_table_can_be_read_with_its_meaning(posts: Path, store: Store) -> None:
    ingest([str(posts)], store)
    for name in TABLES:
        files = list((store.tables / name).iterdir())
        assert files
        assert {file.suffix for file in files} == {".parquet"}
        schema = pq.read_schema(files[0])
        assert all(field.metadata[b"description"] for field in schema)
        assert duckdb.sql(f"SELECT count(*) FROM '{store.table_files(name)}'").fetchall() == [
            (store.read(name).num_rows,)
        ]
    column = pq.ParquetFile(next((store.tables / "articles").iterdir())).metadata.row_group(0).column(0)
    assert column.compression == "ZSTD"


def test_tables_agree(posts: Path, store: Store) -> None:
    ingest([str(posts)], store)
    offers = duckdb.sql(f"SELECT university_id, amount_min FROM '{store.table_files('offers')}' ORDER BY 1").fetchall()
    assert [(key, int(amount)) for key, amount in offers] == [("harvard.edu", 50000), ("univ-lorraine.fr", 243)]
    texts = dict(
        zip(*(store.read("articles").column(name).to_pylist() for name in ("article_id", "text")), strict=True)
    )
    for row in store.read("entities").to_pylist():
        assert texts[row["article_id"]][row["start"] : row["end"]] == row["text"]


def test_an_unchanged_part_is_the_same_file(posts: Path, store: Store) -> None:
    ingest([str(posts / "a.txt")], store)
    before = {file.name: file.stat().st_ino for file in (store.tables / "articles").iterdir()}
    ingest([str(posts / "b.txt")], store)
    after = {file.name: file.stat().st_ino for file in (store.tables / "articles").iterdir()}
    assert before.items() < after.items()


def test_many_small_runs_leave_few_parts(posts: Path, store: Store) -> None:
    for number in range(12):
        (posts / "more").mkdir(exist_ok=True)
        path = posts / "more" / f"{number}.txt"
        path.write_text(f"Article number {number} costs {number + 5} €.")
        ingest([str(path)], store)
    assert len(list((store.tables / "articles").iterdir())) <= 9
    assert len(sources(store)) == 12


def test_a_rejected_change_keeps_the_old_version(posts: Path, store: Store) -> None:
    ingest([str(posts)], store)
    (posts / "a.txt").write_bytes(b"")
    assert counts(ingest([str(posts)], store)) == (0, 0, 1, 0, 2)
    assert sources(store) == ["a.txt", "b.txt"]


def test_a_reject_goes_with_its_file(posts: Path, store: Store) -> None:
    ingest([str(posts)], store)
    (posts / "bad.txt").unlink()
    (posts / "c.jsonl").write_text("")
    ingest([str(posts)], store)
    assert [Path(row["source"]).name for row in store.read("rejects").to_pylist()] == ["c.jsonl"]
    (posts / "c.jsonl").write_text('{"id": 1, "text": "It costs 5 €."}')
    ingest([f"{posts}/*.jsonl"], store)
    assert store.read("rejects").num_rows == 0


def test_a_name_that_is_no_text(posts: Path, store: Store) -> None:
    path = os.fsencode(posts) + b"/\xff.txt"
    with open(path, "w") as file:  # noqa: PTH123  a name in bytes
        file.write("It costs 7 €.")
    os.utime(path, (1, 1))
    assert counts(ingest([str(posts)], store)) == (3, 0, 0, 0, 1)
    assert counts(ingest([str(posts)], store)) == (0, 0, 3, 0, 1)


def test_a_killed_run_is_taken_up(posts: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest([str(posts / "b.txt")], store)
    monkeypatch.setattr(module, "commit", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        ingest([str(posts)], store)
    assert sources(store) == ["b.txt"]
    monkeypatch.undo()
    monkeypatch.setattr(module, "extract", lambda *_: pytest.fail("worked again on what was done"))
    assert counts(ingest([str(posts)], store)) == (1, 0, 1, 0, 1)
    assert sources(store) == ["a.txt", "b.txt"]
    assert set(store.read("articles").column("run_id").to_pylist()) <= set(
        store.read("runs").column("run_id").to_pylist()
    )
    assert not (store.path / ".store" / "staging").exists()


def test_batches_in_processes(posts: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "batch_articles", 1)
    monkeypatch.setattr(settings(), "workers", 2)
    assert counts(ingest([str(posts)], store)) == (2, 0, 0, 0, 1)


def test_a_store_that_is_in_use(posts: Path, store: Store) -> None:
    with store.lock(), pytest.raises(StoreError, match="another run is writing"):
        ingest([str(posts)], store)


def test_a_store_that_is_no_folder(posts: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written to"):
        ingest([str(posts)], Store(tmp_path / "file"))


def test_an_old_snapshot_is_kept_for_its_readers_and_no_more(posts: Path, store: Store) -> None:
    for number in range(4):
        (posts / "a.txt").write_text(f"It costs {number + 1} €.")
        ingest([str(posts)], store)
    assert len(list((store.path / ".store" / "snapshots").iterdir())) == 2
    moved = store.path.with_name("moved")
    shutil.move(store.path, moved)
    assert sources(Store(moved)) == ["a.txt", "b.txt"]
