"""Compiled tables: from the cache where it can be trusted, made anew where it cannot."""

import os
from pathlib import Path

import pytest

from processors.compiled import compiled, digest_of


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOISSON_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


class Builds:
    """Counts how often a table is made."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> dict[str, list[object]]:
        self.count += 1
        return {"é": [1, 0.1, "ł", 10**30]}


def test_what_was_made_is_made_once_and_read_back_equal(cache: Path) -> None:
    build = Builds()
    first, second = (compiled("table", ["a"], build) for _ in range(2))
    assert first == second
    assert build.count == 1


def test_other_parts_make_it_anew(cache: Path) -> None:
    build = Builds()
    for parts in (["a"], ["b"], ["a", ""], ["", "a"]):
        compiled("table", parts, build)
    assert build.count == 4
    assert digest_of(["ab", "c"]) != digest_of(["a", "bc"])


@pytest.mark.parametrize("damage", ["truncated", "changed", "empty", "not ours", "a folder"])
def test_a_damaged_file_is_made_anew(cache: Path, damage: str) -> None:
    build = Builds()
    compiled("table", ["a"], build)
    path = cache / "table.json"
    whole = path.read_bytes()
    if damage == "a folder":
        path.unlink()
        path.mkdir()
    else:
        damaged = {"truncated": whole[:-3], "changed": whole.replace(b"0.1", b"0.2"), "empty": b""}
        path.write_bytes(damaged.get(damage, b"\xff\xfe nonsense \n\n{}"))
    assert compiled("table", ["a"], build) == {"é": [1, 0.1, "ł", 10**30]}
    assert build.count == 2


def test_another_persons_file_is_not_read(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = Builds()
    compiled("table", ["a"], build)
    owner = (cache / "table.json").stat().st_uid
    real = os.fstat

    def foreign(descriptor: int) -> os.stat_result:
        values = list(real(descriptor))
        values[4] = owner + 1
        return os.stat_result(values)

    monkeypatch.setattr(os, "fstat", foreign)
    compiled("table", ["a"], build)
    assert build.count == 2


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("MOISSON_CACHE", str(tmp_path / "file"))
    build = Builds()
    assert compiled("table", ["a"], build) == compiled("table", ["a"], build)
    assert build.count == 2


def test_nothing_is_left_beside_the_tables(cache: Path) -> None:
    compiled("table", ["a"], Builds())
    assert [path.name for path in cache.iterdir()] == ["table.json"]
    assert cache.stat().st_mode & 0o077 == 0
