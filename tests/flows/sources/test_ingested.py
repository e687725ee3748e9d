"""Sources on their way through a run: what is declared reaches the tables, and what breaks later removes nothing."""

from pathlib import Path

from typer.testing import CliRunner

from flows.cli import app
from flows.ingest import ingest
from flows.sources import ReadOptions
from flows.sources.options import Columns
from flows.store.snapshot import Store
from tests.flows.sources.test_warc import archive, page


def test_a_charset_reaches_the_text_and_a_broken_archive_removes_nothing(tmp_path: Path) -> None:
    store, path = Store(tmp_path / "records"), tmp_path / "a.warc.gz"
    path.write_bytes(archive(page(1), page(2)))
    assert ingest([str(path)], store).n_new == 2
    assert set(store.read("articles").column("text").to_pylist()) == {"Studia kosztują 4500 zł za semestr."}
    path.write_bytes(path.read_bytes()[:-30])
    done = ingest([str(path)], store)
    assert (done.n_unchanged, done.n_removed, done.n_rejected) == (1, 0, 1)
    path.write_bytes(archive(page(1)))
    assert ingest([str(path)], store).n_removed == 1


def test_another_mapping_makes_another_article(tmp_path: Path) -> None:
    store, path = Store(tmp_path / "records"), tmp_path / "a.csv"
    path.write_text("id,text,body\n1,It costs $5.,It costs $6.\n")
    assert ingest([str(path)], store).n_new == 1
    assert ingest([str(path)], store).n_unchanged == 1
    assert ingest([str(path)], store, options=ReadOptions(Columns.parse(["text=body"]))).n_changed == 1
    assert store.read("articles").column("text").to_pylist() == ["It costs $6."]


def test_columns_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("nr,body\n1,It costs $5.\n")
    runner = CliRunner()
    done = runner.invoke(app, ["extract", str(tmp_path / "a.csv"), "--column", "id=nr", "--column", "text=body"])
    assert '"text": "It costs $5."' in done.stdout
    wrong = runner.invoke(app, ["ingest", str(tmp_path / "a.csv"), "--column", "body"])
    assert wrong.exit_code == 2
    assert "wanted FIELD=COLUMN" in " ".join(wrong.output.split())
