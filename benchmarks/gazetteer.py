"""A user gazetteer of 100,000 institutions: `python -m benchmarks.gazetteer` prints what it costs to load and to extract.

The institutions are made up from syllables, five names each in the shapes that real ones have. Each figure is of a fresh
process, in CPU seconds of one core. Extraction is timed in units of what durations take in the same process, which no
gazetteer touches: seconds of two processes differ by more than a gazetteer costs.
"""

import csv
import itertools
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COUNT, ROUNDS, TURNS = 100_000, 15, 3
_SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ren",
    "tu",
    "vas",
    "dor",
    "bel",
    "qui",
    "nar",
    "sho",
    "pel",
    "gri",
    "zan",
    "fo",
    "wex",
    "hal",
    "ist",
    "ume",
    "cor",
]
_COUNTRIES = ("FR", "US", "DE", "BR", "IN", "JP", "NG", "PL", "ES", "RU")


def institutions(count: int) -> Iterator[tuple[tuple[str, ...], list[tuple[str, str]]]]:
    """Rows of institutions.csv, each with its further names and their policies."""
    draw = random.Random(0)
    for number in range(count):
        place = "".join(draw.choices(_SYLLABLES, k=4)).capitalize()
        saint = "".join(draw.choices(_SYLLABLES, k=2)).capitalize()
        one = f"{place.lower()}{number}.edu"
        names = [
            (f"{place} {saint} State University", "name"),
            (f"{saint} College of {place}", "name"),
            (f"University of {place} at {saint} {number}", "name"),
            (f"U{place[:3].upper()}{number % 100}", "exact"),
        ]
        native = f"Université {saint} de {place}"
        yield (one, f"University of {place} {number}", draw.choice(_COUNTRIES), native, place), names


def write_gazetteer(folder: Path, count: int = COUNT) -> None:
    """Write a user gazetteer of so many institutions into a folder."""
    (folder / "university" / "names").mkdir(parents=True)
    rows, aliases = [], {}
    for row, names in institutions(count):
        rows.append(row)
        for written, policy in names:
            aliases.setdefault(written, (row[0], policy))
    _write(folder / "university" / "institutions.csv", ("id", "name", "country", "native", "city"), rows)
    further = [(written, one, policy) for written, (one, policy) in aliases.items()]
    _write(folder / "university" / "names" / "mul.csv", ("name", "id", "policy"), further)


def _write(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *sorted(rows)])


def measure() -> None:
    """Load, extract, and print seconds of loading, cost of extraction by that of durations, and peak megabytes."""
    from processors.clean import clean
    from processors.document import make_document
    from processors.pipeline import load_pipeline
    from processors.raw import RawArticle

    start = time.process_time()
    nlp = load_pipeline()
    loading, peak = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    paths = [path for path in sorted((ROOT / "tests" / "gold").iterdir()) if path.suffix != ".json"]
    raws = [RawArticle(source=str(path), format=path.suffix[1:], content=path.read_bytes()) for path in paths]  # type: ignore[arg-type]
    docs = [make_document(nlp, clean(raw)) for raw in raws]
    best: dict[str, float] = {}
    for _, (name, component) in itertools.product(range(ROUNDS), nlp.pipeline):
        start = time.process_time()
        for doc in docs:
            component(doc)
        best[name] = min(time.process_time() - start, best.get(name, float("inf")))
    together = sum(best[f"moisson_{name}"] for name in ("university", "platform", "price"))
    print(loading, together / best["moisson_duration"], peak)


def _fresh(cache: str, gazetteer: str) -> list[float]:
    environment = {**os.environ, "MOISSON_CACHE": cache, "MOISSON_GAZETTEER": gazetteer}
    command = [sys.executable, "-m", "benchmarks.gazetteer", "measure"]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    return [float(figure) for figure in done.stdout.split()]


def main() -> None:
    """Compare the shipped gazetteer alone with the shipped one and the made-up one."""
    with tempfile.TemporaryDirectory() as folder:
        places = {"shipped": f"{folder}/none", f"and {COUNT:,} more": f"{folder}/large"}
        write_gazetteer(Path(folder, "large"))
        best: dict[str, float] = {}
        for turn in range(TURNS):
            for name, place in places.items():
                # A cache of its own each: two gazetteers do not share one.
                loading, extracting, peak = _fresh(f"{folder}/cache {name}", place)
                best[name] = min(extracting, best.get(name, extracting))
                if turn < 2:
                    state = "full" if turn else "empty"
                    print(f"{name:18s} {state:5s} cache: load {loading:5.2f} s, peak {peak:4.0f} MB")
        first, second = best.values()
        print(f"universities, platforms and prices take {second / first:.2f} times as long")


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else main()
