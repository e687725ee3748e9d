"""The sample articles: each has beside it what a careful reader finds in it, `<name>.expected.json`.

What the pipeline does not find yet stands there too, under `known_misses` and `known_extras`; a miss that is mended, or a
new one, fails here. The lists are made by `python -m tests.test_samples`, to be reviewed as a diff.
"""

import json
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from flows.sources import RawArticle, read_source
from processors.pipeline import Records, Stamp, extract
from schemas.plain import to_plain

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in SAMPLES.glob("*.expected.json"))


@cache
def records(name: str) -> Records:
    (item,) = read_source(str(SAMPLES / name))
    assert isinstance(item, RawArticle)
    (made,) = extract([item], Stamp("test", datetime(2025, 1, 1, tzinfo=UTC)))
    assert isinstance(made, Records), made
    return made


def expectation(name: str) -> dict[str, Any]:
    return json.loads((SAMPLES / f"{name}.expected.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def facts(rows: list[dict[str, Any]]) -> Counter[str]:
    return Counter(
        json.dumps(
            {key: str(value) for key, value in row.items() if value is not None}, ensure_ascii=False, sort_keys=True
        )
        for row in rows
    )


def differences(name: str) -> dict[str, list[str]]:
    """What is expected and not found, and what is found and not expected, compared by the fields that are stated."""
    expected, made = expectation(name), records(name)
    stated = {(row["type"], key) for row in expected["entities"] for key in row}
    fields = {"university": ("canonical_id", "country"), "platform": ("canonical_id",), "program": ("program_level",)}
    fields |= {
        "price": ("amount_min", "amount_max", "currency", "amount_kind", "period"),
        "duration": ("quantity", "unit"),
    }
    got = [to_plain(entity) for entity in made.entities]
    found = facts(
        [
            {key: row[key] for key in ("type", "text", *fields[row["type"]]) if (row["type"], key) in stated}
            for row in got
        ]
    )
    parts = ("university_text", "program_text", "price_text", "duration_text")
    found += facts([{"type": "offer"} | {key: asdict(offer)[key] for key in parts} for offer in made.offers])
    wanted = facts(expected["entities"]) + facts([{"type": "offer"} | row for row in expected["offers"]])
    return {"known_misses": sorted((wanted - found).elements()), "known_extras": sorted((found - wanted).elements())}


@pytest.mark.parametrize("name", NAMES)
def test_article(name: str) -> None:
    expected, article = expectation(name), records(name).article
    assert {key: getattr(article, key) for key in expected["article"]} == expected["article"]
    assert [text for text in expected["absent"] if text in article.text] == expected.get("known_leftovers", [])
    assert [text for text in expected["present"] if text not in article.text] == []


@pytest.mark.parametrize("name", NAMES)
def test_records(name: str) -> None:
    expected = expectation(name)
    assert differences(name) == {
        "known_misses": expected.get("known_misses", []),
        "known_extras": expected.get("known_extras", []),
    }


@pytest.mark.parametrize("name", NAMES)
def test_offsets(name: str) -> None:
    made = records(name)
    for row in (*made.entities, *made.segments):
        assert made.article.text[row.start : row.end] == row.text


def test_there_are_enough_and_they_show_every_table() -> None:
    assert len(NAMES) >= 12
    assert len({name[:2] for name in NAMES}) >= 8
    assert {Path(name).suffix for name in NAMES} == {".txt", ".html", ".md"}
    assert {entity.type for name in NAMES for entity in records(name).entities} == {
        "university",
        "price",
        "platform",
        "program",
        "duration",
    }
    assert any(records(name).offers for name in NAMES)


if __name__ == "__main__":
    for each in NAMES:
        path = SAMPLES / f"{each}.expected.json"
        left = [text for text in expectation(each)["absent"] if text in records(each).article.text]
        path.write_text(
            json.dumps(expectation(each) | differences(each) | {"known_leftovers": left}, ensure_ascii=False, indent=1)
            + "\n",
            encoding="utf-8",
        )
