"""Accuracy on our own annotated articles: `python -m benchmarks.accuracy` prints it, `floors.json` pins it.

The articles are those of data/samples and tests/gold, each with `<name>.expected.json` beside it. A mention is found when
its type and its surface are; an offer when its four parts are.
"""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from flows.sources import RawArticle, read_source
from processors.pipeline import Records, Stamp, extract

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("university_text", "program_text", "price_text", "duration_text")


def counts(path: Path) -> dict[str, tuple[int, int, int]]:
    """Found and right, found, wanted – by type – of the article whose expectation a path holds."""
    expected = json.loads(path.read_text(encoding="utf-8"))
    (item,) = read_source(str(path).removesuffix(".expected.json"))
    assert isinstance(item, RawArticle)
    (made,) = extract([item], Stamp("benchmark", datetime.now(UTC)))
    assert isinstance(made, Records)
    found = Counter((entity.type, entity.text) for entity in made.entities)
    found += Counter(("offer", *(getattr(offer, part) for part in PARTS)) for offer in made.offers)
    wanted = Counter((row["type"], row["text"]) for row in expected["entities"])
    wanted += Counter(("offer", *(row[part] for part in PARTS)) for row in expected["offers"])
    right = found & wanted
    kinds = {key[0] for key in found + wanted}
    return {
        kind: tuple(sum(n for key, n in each.items() if key[0] == kind) for each in (right, found, wanted))
        for kind in kinds
    }  # type: ignore[misc]


def measure() -> dict[str, float]:
    """F1 by type over all articles."""
    totals: dict[str, list[int]] = {}
    for folder in ("data/samples", "tests/gold"):
        for path in sorted((ROOT / folder).glob("*.expected.json")):
            for kind, each in counts(path).items():
                totals[kind] = [a + b for a, b in zip(totals.get(kind, [0, 0, 0]), each, strict=True)]
    return {kind: 2 * right / (found + wanted) for kind, (right, found, wanted) in sorted(totals.items())}


if __name__ == "__main__":
    floors = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["accuracy"]
    for kind, f1 in measure().items():
        print(f"{kind:12s} F1 {f1:.3f}   floor {floors[kind]:.2f}")
