"""The gazetteer's files: the user's beside the shipped ones, and every mistake named with file, line and reason."""

import os
import re

import pytest

from processors.gazetteer import PLATFORMS, UNIVERSITIES, Gazetteer
from processors.gazetteer.source import read_entries, read_names
from processors.lexicon import LexiconError, fingerprint
from tests.small_gazetteer import FILES, Folders

INSTITUTIONS, NAMES, PLATFORM_ROWS = "university/institutions.csv", "university/names/fr.csv", "platform/platforms.csv"
HEAD = {name: lines[0] for name, lines in FILES.items()}
MISTAKES = [
    ("unknown column", INSTITUTIONS, ["id,name,country,native,town"], 1, "got the columns id,name,country,native,town"),
    ("missing column", NAMES, ["name,id"], 1, "got the columns name,id, wanted name,id,policy"),
    ("empty file", INSTITUTIONS, [], 1, "got the columns , wanted id,name"),
    ("too few fields", INSTITUTIONS, ["x.fr,X,FR,X"], 2, "got 4 fields, wanted 5: x.fr,X,FR,X"),
    ("a comma unquoted", NAMES, ["Université de Paris, Lettres,tum.de,name"], 2, "got 4 fields, wanted 3"),
    ("a quote left open", NAMES, ['"Fac,tum.de,name'], 2, "not valid CSV"),
    ("a tab in a field", NAMES, ["Fac\tX,tum.de,name"], 2, "got a tab"),
    ("no country", INSTITUTIONS, ["x.fr,X,XX,X,Y"], 2, "got the country 'XX', wanted two capital letters"),
    ("a country's name", INSTITUTIONS, ["x.fr,X,France,X,Y"], 2, "got the country 'France'"),
    ("country in small letters", INSTITUTIONS, ["x.fr,X,fr,X,Y"], 2, "got the country 'fr'"),
    ("a region", INSTITUTIONS, ["x.fr,X,150,X,Y"], 2, "got the country '150'"),
    ("id no domain", INSTITUTIONS, ["univ-x,X,FR,X,Y"], 2, "got the id 'univ-x', wanted a web domain"),
    ("id an address", INSTITUTIONS, ["https://x.fr/,X,FR,X,Y"], 2, "got the id 'https://x.fr/'"),
    ("no name", INSTITUTIONS, ["x.fr,,FR,X,Y"], 2, "got no name"),
    ("a sentence for a name", NAMES, [f"{'La Fac ' * 50},tum.de,name"], 2, "got a name of 350 characters, wanted at most 300"),
    ("an empty name", NAMES, [" ,tum.de,name"], 2, "got no name"),
    ("an id twice", INSTITUTIONS, ["x.fr,X,FR,X,Y", "x.fr,Z,FR,Z,Y"], 3, "the id x.fr stands in line 2 too"),
    ("unknown id", NAMES, ["Fac X,x.fr,name"], 2, "'Fac X' names x.fr, which no entry has as id"),
    ("no id", NAMES, ["Fac X,,name"], 2, "'Fac X' names nothing"),
    ("an alias of two ids in two rows", NAMES, ["Fac,tum.de,cue", "Fac,york.ac.uk,cue"], 3, "'Fac' stands in line 2 too"),
    ("unknown policy", NAMES, ["Fac X,tum.de,always"], 2, "got the policy 'always', wanted name, exact, cue, acronym"),
    ("unknown kind", PLATFORM_ROWS, ["x,X,socail,x.com,FR"], 2, "got the kind 'socail', wanted one of advertising, ai"),
    ("platform id no slug", PLATFORM_ROWS, ["X.com,X,social,x.com,FR"], 2, "got the id 'X.com', wanted small letters"),
    ("platform domain", PLATFORM_ROWS, ["x,X,social,www.x.com/en,FR"], 2, "got the domain 'www.x.com/en'"),
    ("platform country", PLATFORM_ROWS, ["x,X,social,x.com,UK2"], 2, "got the country 'UK2'"),
    ("platform policy", "platform/names/fr.csv", ["X,medium,often"], 2, "got the policy 'often'"),
]  # fmt: skip


def read_all() -> None:
    for kind in (UNIVERSITIES, PLATFORMS):
        list(read_names(kind, read_entries(kind)))


@pytest.mark.parametrize("where", ["shipped", "user"])
@pytest.mark.parametrize(
    ("name", "lines", "line", "reason"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES]
)
def test_a_mistake_is_named(small: Folders, where: str, name: str, lines: list[str], line: int, reason: str) -> None:
    head = [] if line == 1 else [HEAD.get(name, "name,id,policy")]
    # What the other files' rows name must stay there.
    rows = [row for row in FILES.get(name, ())[1:] if where == "shipped"] if line > 1 else []
    path = small.write(where, name, *head, *rows, *lines)
    with pytest.raises(LexiconError, match=re.escape(reason.replace("line 2", f"line {2 + len(rows)}"))) as raised:
        read_all()
    assert str(raised.value).startswith(f"{path}:{line + len(rows)}: ")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("where", ["shipped", "user"])
def test_bytes_that_are_not_utf8_are_named_with_their_line(small: Folders, where: str) -> None:
    path = small.write(where, NAMES, "name,id,policy", "Fac,tum.de,name")
    path.write_bytes(path.read_bytes() + "Université,tum.de,name\n".encode("latin-1"))
    with pytest.raises(LexiconError, match=re.escape(f"{path}:3: got bytes that are not UTF-8")):
        read_all()


def test_what_a_spreadsheet_writes_is_read(small: Folders) -> None:
    path = small.write("user", NAMES, "name,id,policy", '"Zürich, die Fac",tum.de,name', "", "Aaa,tum.de,name")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    names = {name.written for name in read_names(UNIVERSITIES, read_entries(UNIVERSITIES))}
    assert {"Zürich, die Fac", "Aaa"} <= names


def test_the_users_row_wins(small: Folders) -> None:
    small.write("user", "university/names/mul.csv", "name,id,policy", "TUM,york.ac.uk,cue")
    small.write("user", INSTITUTIONS, HEAD[INSTITUTIONS], "york.ac.uk,York University,GB,York,York")
    known = Gazetteer(UNIVERSITIES)
    assert [(name.ids, name.policy) for name in known.lookup("tum")] == [(("york.ac.uk",), "cue")]
    assert known.entry("york.ac.uk").name == "York University"
    assert known.lookup("university of york") == ()
    assert known.entry("tum.de").country == "DE"


def test_a_users_name_may_name_a_shipped_entry_and_both_count(small: Folders) -> None:
    small.write("user", NAMES, "name,id,policy", "Fac de Vienne,uni-wien.ac.at,name")
    known = Gazetteer(UNIVERSITIES)
    assert known.lookup("fac de vienne")
    assert known.lookup("universite de vienne")


def test_an_edit_counts_at_once_with_the_same_size_and_time(small: Folders) -> None:
    path = small.write("user", NAMES, "name,id,policy", "Fac X,tum.de,name")
    stat, before = path.stat(), fingerprint()
    assert Gazetteer(UNIVERSITIES).lookup("fac x")
    path.write_text("name,id,policy\nFac Y,tum.de,name\n")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    fingerprint.cache_clear()
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (stat.st_mtime_ns, stat.st_size)
    assert Gazetteer(UNIVERSITIES).lookup("fac y")
    assert not Gazetteer(UNIVERSITIES).lookup("fac x")
    assert fingerprint() != before
