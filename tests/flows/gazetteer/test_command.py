"""`moisson gazetteer` and an editor's round trip, as a user types them."""

import sys
from pathlib import Path

import pytest

from flows.cli import main
from tests.bracketed import mentions
from tests.flows.test_cli import run
from tests.small_gazetteer import Folders

INSTITUTIONS = "university/institutions.csv"


def moisson(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The command in this process: its exit code."""
    monkeypatch.setattr(sys, "argv", ["moisson", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_an_editors_round_trip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOISSON_GAZETTEER", str(tmp_path / "mine"))
    post = tmp_path / "post.txt"
    post.write_text("Elle étudie à la Fac de Lettres XYZ depuis deux ans.", encoding="utf-8")
    assert mentions(post.read_text(encoding="utf-8"), "fr", "university") == []
    rows = tmp_path / "mine" / INSTITUTIONS
    rows.parent.mkdir(parents=True)
    rows.write_text("id,name,country,native,city\nlettres-xyz.fr,Fac de Lettres XYZ,FR,,Paris\n")
    after = run("extract", str(post))
    assert '"text": "Fac de Lettres XYZ"' in after.stdout
    assert '"canonical_id": "lettres-xyz.fr"' in after.stdout
    rows.write_text("id,name,country,native,city\nlettres-xyz.fr,Fac de Lettres XYZ,FRANCE,,Paris\n")
    wrong = run("show", str(post))
    assert wrong.returncode == 1
    assert wrong.stderr == (
        f"moisson: {rows}:2: got the country 'FRANCE', wanted two capital letters as in FR (ISO 3166-1 alpha-2)\n"
    )


@pytest.mark.parametrize("where", ["shipped", "user"])
def test_a_mistake_is_one_line_and_exit_code_1(
    small: Folders, where: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small.write(where, "university/names/de.csv", "name,id,policy", "Uni,tum.de,sometimes")
    assert moisson(monkeypatch, "gazetteer", "find", "Uni") == 1
    assert capsys.readouterr().err == (
        f"moisson: {path}:2: got the policy 'sometimes', wanted name, exact, cue, acronym\n"
    )


def test_find_says_what_a_name_resolves_to_and_why(
    small: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert moisson(monkeypatch, "gazetteer", "find", "UNIVERSITE DE VIENNE") == 0
    said = capsys.readouterr().out
    assert "(looked up as: universite de vienne)" in said
    assert "Université de Vienne, policy name: counts wherever it stands" in said
    assert f"{small.shipped / 'university/names/fr.csv'}:2" in said
    assert "uni-wien.ac.at · University of Vienna · AT · Vienna" in said


def test_find_says_which_row_stands_in_anothers_place(
    small: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small.write("user", "university/names/mul.csv", "name,id,policy", "TUM,tum.de york.ac.uk,cue")
    assert moisson(monkeypatch, "gazetteer", "find", "TUM") == 0
    shipped, own = capsys.readouterr().out.split("\n\n")[1:]
    assert "another row stands in its place" in shipped
    assert "policy cue" in own
    assert "which of them is meant" in own


def test_find_of_an_unknown_name_says_what_is_near_and_how_to_teach_it(
    small: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert moisson(monkeypatch, "gazetteer", "find", "Universität Vien") == 1
    said = capsys.readouterr().out
    assert "nearest in university: Universität Wien" in said
    assert "Universität Vien,<id>,name" in said
    assert str(small.user / "university") in said


def test_import_says_what_was_new_and_what_was_refused(
    small: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,name,country,native,city\nxyz.fr,Fac de Lettres XYZ,FR,,\nx.fr,X,France,,\n")
    assert moisson(monkeypatch, "gazetteer", "import", str(path)) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "1 new, 0 known (0 of them with names that were new), 0 names, 1 refused"
    assert said[1].startswith("  1 got the country 'France'")
    assert said[1].endswith("(first: line 3)")
    assert said[2] == f"your gazetteer is {small.user}"
    path.write_text("id,name,country,native,city\nx.fr,X,France,,\n")
    assert moisson(monkeypatch, "gazetteer", "import", str(path)) == 1
