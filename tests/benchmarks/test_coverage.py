"""docs/coverage.md says what the files say."""

from pathlib import Path

from benchmarks.coverage import page

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_coverage_is_up_to_date() -> None:
    assert (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8") == page(), (
        "run: python -m benchmarks.coverage > docs/coverage.md"
    )
