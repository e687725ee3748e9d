"""Accuracy of language identification on the committed set: floors that only a deliberate act lowers."""

import json

import pytest

from benchmarks.language import FLOORS, measure
from benchmarks.language_peers import makers


@pytest.fixture(scope="module")
def figures() -> dict[str, float | None]:
    return measure("moisson", makers()["moisson"](), None)


@pytest.mark.parametrize(("row", "floor"), json.loads(FLOORS.read_text(encoding="utf-8"))["language"].items())
def test_floor(figures: dict[str, float | None], row: str, floor: float) -> None:
    value = figures[row]
    assert value is not None
    # Of these less is better.
    assert (
        value <= floor
        if row in ("Traditional Chinese as ko", "supported lost", "calibration error")
        else value >= floor
    )
