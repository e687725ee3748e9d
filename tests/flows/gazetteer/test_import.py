"""Importing: what is new is added, what is known gains names, what is wrong is refused with its reason."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from flows.gazetteer.merge import Report
from flows.gazetteer.run import import_file
from processors.gazetteer import PLATFORMS, UNIVERSITIES, Gazetteer
from processors.gazetteer import gazetteer as loaded
from processors.institution_index import institution_index
from processors.lexicon import LexiconError
from tests.small_gazetteer import Folders


def name(value: str, *types: str, lang: str | None = None) -> dict[str, Any]:
    return {"value": value, "types": list(types), "lang": lang}


def record(number: int, names: list[dict[str, Any]], website: str | None, **changes: Any) -> dict[str, Any]:
    """A record as schema v2 has it."""
    place = {"country_code": "FR", "country_name": "France", "name": "Trifouilly", "lat": 1.5, "lng": 2.5}
    links = [{"type": "wikipedia", "value": "https://en.wikipedia.org/wiki/X"}]
    return {
        "id": f"https://ror.org/{number:09}",
        "names": names,
        "types": ["education", "funder"],
        "status": "active",
        "domains": [],
        "links": links + ([{"type": "website", "value": website}] if website else []),
        "locations": [{"geonames_id": 1, "geonames_details": place}],
        "established": 1809,
        "external_ids": [],
    } | changes


NEW = record(
    1,
    [
        name("Université imaginaire de Trifouilly", "ror_display", "label", lang="fr"),
        name("Imaginary University of Trifouilly", "label", lang="en"),
        name("Trifouilly", "alias", lang="fr"),
        name("Fac  de Trifouilly", "alias", lang="fr"),
        name("UIMT", "acronym"),
        name("UI", "acronym"),
        name("YORK", "acronym"),
        name("TUM", "acronym"),
    ],
    "https://www.Univ-Trifouilly.fr/",
)
KNOWN = record(
    2,
    [name("University of Vienna", "ror_display", "label", lang="en"), name("Universidad de Viena", "label", lang="es")],
    "https://www.uni-wien.ac.at/en/",
)
REFUSED = {
    "status withdrawn": record(3, [name("A U", "label")], "https://a.fr", status="withdrawn"),
    "status inactive": record(4, [name("B U", "label")], "https://b.fr", status="inactive"),
    "not of type education": record(5, [name("C U", "label")], "https://c.fr", types=["healthcare"]),
    "no website": record(6, [name("D U", "label")], None),
    "the website has no usable domain": record(7, [name("E U", "label")], "http://127.1_x/"),
    "no known country": record(8, [name("F U", "label")], "https://f.fr", locations=[]),
    "its website is a page of another institution's": record(9, [name("Inst G", "label")], "https://tum.de/g"),
    "no name": record(10, [name("H", "alias")], "https://h.fr"),
    "no usable name": record(13, [name("J " * 200, "label")], "https://j.fr"),
    "not a record of schema v2": {"id": "https://ror.org/11", "name": "I U"},
}


def imported(path: Path) -> Report:
    """Import as a process of its own would, with what is on disk by now."""
    for function in (loaded, institution_index):
        function.cache_clear()
    return [report for _, report in import_file(path)][-1]


def dump(path: Path, records: Iterable[Any]) -> Path:
    path.write_text(json.dumps(list(records), ensure_ascii=False), encoding="utf-8")
    return path


def test_records_are_new_known_or_refused(small: Folders, tmp_path: Path) -> None:
    report = imported(dump(tmp_path / "ror.json", [NEW, KNOWN, *REFUSED.values()]))
    assert (report.new, report.known, report.gained) == (1, 1, {"uni-wien.ac.at"})
    assert {each.reason: count for each, count in report.refused.items()} == dict.fromkeys(REFUSED, 1)
    known = Gazetteer(UNIVERSITIES)
    entry = known.entry("univ-trifouilly.fr")
    assert (entry.name, entry.country, entry.native, entry.city) == (
        "Imaginary University of Trifouilly",
        "FR",
        "Université imaginaire de Trifouilly",
        "Trifouilly",
    )
    assert [name.ids for name in known.lookup("universidad de viena")] == [("uni-wien.ac.at",)]
    policies = {
        key: [one.policy for one in known.lookup(key)] for key in ("fac de trifouilly", "trifouilly", "uimt", "ui")
    }
    assert policies == {"fac de trifouilly": ["name"], "trifouilly": ["cue"], "uimt": ["exact"], "ui": ["cue"]}


def test_a_short_name_that_is_known_stays_whose_it_is(small: Folders, tmp_path: Path) -> None:
    imported(dump(tmp_path / "ror.json", [NEW]))
    known = Gazetteer(UNIVERSITIES)
    assert [name.ids for name in known.lookup("tum")] == [("tum.de",)]
    assert [(name.ids, name.policy) for name in known.lookup("york")] == [(("univ-trifouilly.fr",), "cue")]


def test_an_acronym_that_two_share_wants_a_cue_and_a_long_name_names_both(small: Folders, tmp_path: Path) -> None:
    twin = record(12, [*NEW["names"][:2], name("UIMT", "acronym")], "https://uimt.example.org")
    imported(dump(tmp_path / "ror.json", [NEW, twin]))
    known = Gazetteer(UNIVERSITIES)
    both = ("univ-trifouilly.fr", "uimt.example.org")
    assert [(one.ids, one.policy) for one in known.lookup("uimt")] == [(both, "cue")]
    assert {one for each in known.lookup("imaginary university of trifouilly") for one in each.ids} == set(both)


def test_a_second_import_changes_nothing(small: Folders, tmp_path: Path) -> None:
    path = dump(tmp_path / "ror.json", [NEW, KNOWN])
    imported(path)
    before = {file: file.read_bytes() for file in small.user.rglob("*.csv")}
    report = imported(path)
    assert (report.new, report.known, report.names, report.gained) == (0, 2, 0, set())
    assert {file: file.read_bytes() for file in small.user.rglob("*") if file.is_file()} == before


def test_a_release_is_a_zip_with_both_schemas(small: Folders, tmp_path: Path) -> None:
    path = tmp_path / "v1.50-ror-data.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("v1.50-ror-data.csv", "id,name\n")
        archive.writestr("v1.50-ror-data.json", json.dumps([{"id": "x", "name": "y", "filler": "z" * 9000}]))
        archive.writestr("v1.50-ror-data_schema_v2.json", json.dumps([NEW]))
    assert imported(path).new == 1


def test_what_a_person_added_stays(small: Folders, tmp_path: Path) -> None:
    small.write("user", "university/names/fr.csv", "name,id,policy", "Fac de Trifouilly,tum.de,cue", "Zèbre,tum.de,cue")
    imported(dump(tmp_path / "ror.json", [NEW]))
    known = Gazetteer(UNIVERSITIES)
    assert [(one.ids, one.policy) for one in known.lookup("zebre")] == [(("tum.de",), "cue")]
    assert [(one.ids, one.policy) for one in known.lookup("fac de trifouilly")] == [
        (("tum.de", "univ-trifouilly.fr"), "cue")
    ]


def test_tables_with_our_columns(small: Folders, tmp_path: Path) -> None:
    rows = tmp_path / "mine.csv"
    rows.write_text(
        "id,name,country,native,city\nxyz.fr,Fac de Lettres XYZ,FR,,\ntum.de,TU Munich,DE,,\nbad,Bad,FR,,\n"
    )
    report = imported(rows)
    assert (report.new, report.known, report.names, sum(report.refused.values())) == (1, 1, 1, 1)
    names = tmp_path / "fr.csv"
    names.write_text("name,id,policy\nXYZ Lettres,xyz.fr,cue\nMedioum,medium,name\nNul,no.such,name\nFaux,xyz.fr,oui\n")
    report = imported(names)
    assert (report.names, sum(report.refused.values())) == (2, 2)
    assert imported(names).names == 0
    platforms = tmp_path / "platforms.csv"
    platforms.write_text("id,name,kind,domain,country\nchose,Chose Truc,social,chose.fr,FR\nmal,Mal,rien,,\n")
    assert imported(platforms).new == 1
    assert Gazetteer(PLATFORMS).lookup("chose truc")
    assert Gazetteer(PLATFORMS).lookup("medioum")
    assert Gazetteer(UNIVERSITIES).lookup("fac de lettres xyz")


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("a.json", b"[{", "not valid JSON"),
        ("a.json", b'[{"id": "\xff"}]', "not valid JSON in UTF-8"),
        ("a.json", b"{}", "got no records"),
        ("a.json", b"[]", "got no records"),
        ("a.json", b'[{"id": "x", "name": "schema v1"}]', "wanted schema v2"),
        ("a.json", b"", "not valid JSON"),
        ("a.zip", b"PK nothing", "cannot be read"),
        ("a.csv", b"a,b\n", "got the columns a,b, wanted id,name,country"),
        ("a.csv", b"", "got the columns , wanted"),
        ("fr-names.csv.csv", b"name,id,policy\n", "call it <language>.csv"),
        ("fr.csv", b"name,id,policy\nx,y\n", "got 2 fields, wanted 3"),
        ("a.txt", b"", "wanted .json, .zip or .csv"),
        ("gone.json", None, "cannot be read"),
        ("gone.csv", None, "cannot be read"),
    ],
)
def test_a_bad_file_is_one_line_and_changes_nothing(
    small: Folders, tmp_path: Path, file: str, content: bytes | None, reason: str
) -> None:
    path = tmp_path / file
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LexiconError) as raised:
        imported(path)
    assert reason in str(raised.value)
    assert str(raised.value).startswith(str(path))
    assert "\n" not in str(raised.value)
    assert not small.user.exists()


def test_a_gazetteer_that_cannot_be_written_is_one_line(
    small: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("MOISSON_GAZETTEER", str(tmp_path / "file"))
    with pytest.raises(LexiconError, match="name another folder with MOISSON_GAZETTEER"):
        imported(dump(tmp_path / "ror.json", [NEW]))
