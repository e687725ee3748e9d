"""A shipped gazetteer of a few rows, an empty one of the user's beside it, and a cache of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from processors import lexicon
from processors.gazetteer import gazetteer
from processors.institution import institution_grammar
from processors.institution_index import institution_index
from processors.institution_words import institution_words
from processors.tokenizer import _proclitics

FILES = {
    "university/institutions.csv": (
        "id,name,country,native,city",
        "tum.de,Technical University of Munich,DE,Technische Universität München,Munich",
        "uni-wien.ac.at,University of Vienna,AT,Universität Wien,Vienna",
        "york.ac.uk,University of York,GB,University of York,York",
    ),
    "university/names/fr.csv": ("name,id,policy", "Université de Vienne,uni-wien.ac.at,name"),
    "university/names/mul.csv": ("name,id,policy", "TUM,tum.de,exact"),
    "platform/platforms.csv": (
        "id,name,kind,domain,country",
        "medium,Medium,blogging,medium.com,US",
        "moodle,Moodle,learning,moodle.org,AU",
    ),
    "platform/names/mul.csv": ("name,id,policy", "Medium,medium,cue"),
}


@dataclass(frozen=True)
class Folders:
    shipped: Path
    user: Path
    cache: Path

    def write(self, where: str, name: str, *lines: str) -> Path:
        """Write a file of the gazetteer `shipped` or `user`, its lines joined."""
        path: Path = getattr(self, where) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")
        return path


def _forget() -> None:
    lexicons = (lexicon.load_lexicons, lexicon._lexicon, lexicon._values, lexicon.fingerprint)
    words = (institution_words, institution_grammar, _proclitics)  # they read the lexicons' folder too
    for function in (gazetteer, institution_index, *words, *lexicons):
        function.cache_clear()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folders]:
    """The three folders, in force for one test."""
    folders = Folders(tmp_path / "shipped", tmp_path / "user", tmp_path / "cache")
    for name, lines in FILES.items():
        folders.write("shipped", name, *lines)
    monkeypatch.setattr(lexicon, "LEXICONS", folders.shipped)
    monkeypatch.setenv("MOISSON_GAZETTEER", str(folders.user))
    monkeypatch.setenv("MOISSON_CACHE", str(folders.cache))
    _forget()
    yield folders
    _forget()
