"""Case tables by language and type: `tests/cases/<type>/<lang>.toml`, each case named by what form or trap it is about.

A case that cannot pass yet bears `known_failure` and must fail: mending it means taking the mark away.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.bracketed import check, tables

CASES = Path(__file__).resolve().parents[1] / "cases"


def cases() -> list[Any]:
    found = []
    for folder in sorted(CASES.iterdir()):
        for language, case in tables(folder, "case"):
            reason = case.get("known_failure")
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            name = f"{folder.name}-{language}-{case['why']}"
            found.append(pytest.param(case, language, folder.name, id=name, marks=marks))
    return found


@pytest.mark.parametrize(("case", "language", "kind"), cases())
def test_case(case: dict[str, Any], language: str, kind: str) -> None:
    check(case, language, kind)
