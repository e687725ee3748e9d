"""Accuracy floors: `benchmarks/floors.json` is lowered only on purpose."""

import json
from pathlib import Path

from benchmarks import sentences
from benchmarks.accuracy import measure

FLOORS = json.loads((Path(__file__).resolve().parents[1] / "benchmarks" / "floors.json").read_text(encoding="utf-8"))


def test_no_type_is_found_less_well_than_its_floor() -> None:
    found = measure()
    assert {kind: round(f1, 3) for kind, f1 in found.items() if f1 < FLOORS["accuracy"][kind]} == {}
    assert found.keys() == FLOORS["accuracy"].keys()


def test_sentences_are_found_no_less_well_than_their_floor() -> None:
    found = sentences.measure()
    assert {kind: round(f1, 3) for kind, f1 in found.items() if f1 < FLOORS["sentences"][kind]} == {}
