"""What is known and what is tested, counted: `python -m benchmarks.coverage > docs/coverage.md`.

Counts of the shipped gazetteers and of the case tables in tests/cases; a user's gazetteer is not in them.
"""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

ROOT = Path(__file__).resolve().parents[1]
LEXICONS, CASES = ROOT / "data" / "lexicons", ROOT / "tests" / "cases"
_TOP = 40
_ENGLISH = Locale("en")


def page() -> str:
    """The page, in Markdown."""
    return "\n".join([*_head(), *_institutions(), *_platforms(), *_names(), *_cases()]) + "\n"


def _head() -> Iterator[str]:
    yield "# Coverage"
    yield ""
    yield "Counted by `python -m benchmarks.coverage`; the files are `data/lexicons` and `tests/cases`."


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _institutions() -> Iterator[str]:
    countries = Counter(row["country"] for row in _rows(LEXICONS / "university" / "institutions.csv"))
    yield f"\n## Institutions\n\n{countries.total():,} of {len(countries)} countries; the {_TOP} with most:\n"
    yield "| country | institutions |\n|---|---:|"
    for code, count in _ranked(countries)[:_TOP]:
        yield f"| {_ENGLISH.territories[code]} | {count:,} |"
    rest = sum(count for _, count in _ranked(countries)[_TOP:])
    yield f"| {len(countries) - _TOP} more | {rest:,} |"


def _platforms() -> Iterator[str]:
    rows = _rows(LEXICONS / "platform" / "platforms.csv")
    countries = {row["country"] for row in rows if row["country"]}
    kinds = Counter(row["kind"] for row in rows)
    yield f"\n## Platforms\n\n{len(rows):,} of {len(countries)} countries, by kind:\n"
    yield "| kind | platforms |\n|---|---:|"
    yield from (f"| {kind} | {count:,} |" for kind, count in _ranked(kinds))


def _names() -> Iterator[str]:
    """Rows of names by language and type; the names that entries give themselves are not among them."""
    counts = {
        kind: {path.stem: len(_rows(path)) for path in (LEXICONS / kind / "names").glob("*.csv")}
        for kind in ("university", "platform")
    }
    totals = {kind: sum(each.values()) for kind, each in counts.items()}
    languages = sorted(set().union(*counts.values()), key=lambda one: (one != "mul", one))
    yield f"\n## Names\n\n{totals['university']:,} further names of institutions and {totals['platform']:,} of platforms"
    yield f"in {len(languages) - 1} languages; `mul` holds those of every language:\n"
    yield "| language | institutions | platforms |\n|---|---:|---:|"
    for language in languages:
        told = language if language == "mul" else f"{_language(language)} ({language})"
        yield f"| {told} | " + " | ".join(f"{each.get(language, 0):,}" for each in counts.values()) + " |"


def _cases() -> Iterator[str]:
    """Cases by type and language, with those that have no mention and those that are known to fail."""
    yield "\n## Case tables\n\nA negative has no mention; a known failure must fail until it is mended."
    for folder in sorted(path for path in CASES.iterdir() if path.is_dir()):
        counted = {path.stem: _counted(path) for path in sorted(folder.glob("*.toml"))}
        yield f"\n### {folder.name}\n\n| language | cases | negatives | known failures |\n|---|---:|---:|---:|"
        for language, figures in counted.items():
            yield f"| {_language(language)} ({language}) | " + " | ".join(f"{one:,}" for one in figures) + " |"
        totals = [sum(figures) for figures in zip(*counted.values(), strict=True)]
        yield f"| {len(counted)} languages | " + " | ".join(f"{one:,}" for one in totals) + " |"


def _counted(path: Path) -> tuple[int, int, int]:
    cases = tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])
    negatives = sum("[" not in case["text"] for case in cases)
    return len(cases), negatives, sum("known_failure" in case for case in cases)


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _language(code: str) -> str:
    try:
        return Locale.parse(code.replace("-", "_")).get_display_name("en") or code
    except ValueError:
        return code


if __name__ == "__main__":
    print(page(), end="")
