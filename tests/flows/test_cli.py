"""The command line, as a user types it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.entity import Entity
from schemas.table import columns

COMMAND = [sys.executable, "-c", "from flows.cli import main; main()"]


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "100"},
        check=False,
    )


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "post.txt"
    path.write_text("À l’Université de Lorraine, le master en droit coûte 243 € par an.")
    return path


def test_extract_prints_one_object_a_line_in_order(post: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    done = run("extract", str(tmp_path / "a.txt"), str(post), str(tmp_path / "gone.txt"))
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 0
    assert first["reject"]["error"] == "empty"
    assert second["article"]["source"] == str(post)
    assert list(second) == ["article", "segments", "entities", "offers"]
    assert list(second["entities"][0]) == [column.name for column in columns(Entity)]
    assert [entity["amount_min"] for entity in second["entities"] if entity["type"] == "price"] == ["243"]
    assert third["reject"]["source"].endswith("gone.txt")


def test_extract_reads_a_stream(post: Path) -> None:
    done = run("extract", "-", stdin='{"id": 1, "text": "It costs $5."}\nnonsense\n')
    assert [next(iter(json.loads(line))) for line in done.stdout.splitlines()] == ["article", "reject"]
    assert json.loads(done.stdout.splitlines()[0])["article"]["source"] == "-#1"


def test_nothing_done_is_exit_code_1_and_wrong_usage_2(tmp_path: Path) -> None:
    assert run("extract", str(tmp_path / "gone.txt")).returncode == 1
    assert run("ingest", str(tmp_path / "gone.txt"), "--store", str(tmp_path / "r"), "--no-server").returncode == 1
    assert run("extract").returncode == 2
    assert run("nonsense").returncode == 2


def test_ingest_says_what_was_found_and_how_to_look(post: Path, tmp_path: Path) -> None:
    done = run("ingest", str(post), "--store", str(tmp_path / "r"), "--no-server")
    assert done.returncode == 0, done.stderr
    assert "1 new, 0 changed, 0 unchanged, 0 removed, 0 rejected" in done.stdout
    assert "Université de Lorraine – master en droit – 243 €" in done.stdout
    assert "duckdb" in done.stdout
    assert "pandas.read_parquet" in done.stdout


def test_a_store_that_cannot_be_written_is_one_line(post: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = run("ingest", str(post), "--store", str(tmp_path / "file"), "--no-server")
    assert done.returncode == 1
    assert done.stderr.strip().endswith("give a folder that can with --store")
    assert "Traceback" not in done.stderr


def test_show(post: Path) -> None:
    done = run("show", str(post))
    assert done.returncode == 0, done.stderr
    assert "Université de Lorraine" in done.stdout
    assert "Offers" in done.stdout


def test_show_of_nothing(tmp_path: Path) -> None:
    done = run("show", str(tmp_path / "gone.txt"))
    assert done.returncode == 1
    assert "not there" in done.stderr


def test_sources_lists_every_kind_with_an_example() -> None:
    done = run("sources")
    assert done.returncode == 0, done.stderr
    assert "moisson ingest wordpress+https://example.org" in done.stdout
    assert "moisson ingest posts/ 'news/**/*.html'" in done.stdout


def test_a_password_is_refused_before_anybody_keeps_it(tmp_path: Path) -> None:
    done = run("ingest", "https://me:secret@example.org/", "--store", str(tmp_path / "r"))
    assert done.returncode == 2
    assert "wanted a public one" in done.stderr
    assert "secret" not in done.stderr


def test_help_imports_nothing_heavy() -> None:
    code = "import sys\nfrom flows.cli import app\nprint(sorted({'spacy', 'prefect', 'pyarrow', 'bs4', 'babel', 'httpx'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
