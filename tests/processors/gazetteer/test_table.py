"""Looking names up: every place where one stands, and nowhere else."""

import pytest
import spacy

from processors.gazetteer import PLATFORMS, UNIVERSITIES, Gazetteer
from processors.gazetteer.find import bearings, nearest
from processors.token_view import view_of
from processors.tokenizer import make_fine_tokenizer
from tests.small_gazetteer import Folders


def found(text: str) -> list[str]:
    view = view_of(make_fine_tokenizer()(spacy.blank("xx"))(text))
    return [view.surface(match.start, match.end) for match in Gazetteer(UNIVERSITIES).matches(view)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("An der Universität Wien und der TUM.", ["Universität Wien", "TUM"]),
        ("UNIVERSITE DE VIENNE", ["UNIVERSITE DE VIENNE"]),
        ("l’Université\u00a0de\u202fVienne", ["Université de Vienne"]),
        ("tum, Tum", []),
        ("universität wien", []),
        ("the University of", []),
        ("University of York", ["University of York"]),
        ("University", []),
        ("", []),
    ],
)
def test_names_are_found_by_their_folded_tokens(small: Folders, text: str, wanted: list[str]) -> None:
    assert found(text) == wanted


def test_a_name_that_the_text_cuts_off_is_none(small: Folders) -> None:
    small.write("user", "university/names/fr.csv", "name,id,policy", "Fac A,tum.de,name", "Fac A de B,tum.de,name")
    assert found("Fac A") == ["Fac A"]
    assert found("Fac A de B") == ["Fac A", "Fac A de B"]


def test_a_name_is_explained_by_its_rows(small: Folders) -> None:
    (own, row) = bearings(PLATFORMS, "medium")
    assert (own.counts, row.counts) == (False, True)
    assert (row.row.line, row.name.policy, row.entries[0].id) == (2, "cue", "medium")


def test_the_nearest_names_are_told(small: Folders) -> None:
    assert nearest(UNIVERSITIES, "Universität Vien")[0] == "Universität Wien"
    assert nearest(UNIVERSITIES, "Fac de Lettres XYZ") == []
