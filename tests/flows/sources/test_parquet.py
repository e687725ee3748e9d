"""Parquet files: columns of every type, and what broken files cost."""

import gzip
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flows.settings import settings
from flows.sources import RawArticle, ReadOptions, read_source
from flows.sources.options import Columns


def write(path: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), path, row_group_size=2)
    return path


def read(path: Path, *columns: str) -> list[str]:
    items = read_source(str(path), ReadOptions(Columns.parse(columns)))
    return [
        f"{item.source.partition('#')[2]}: {item.content.decode()}"
        if isinstance(item, RawArticle)
        else item.error.error
        for item in items
    ]


def test_a_row_is_an_article(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.parquet",
        post=[7, 8],
        body=["x", None],
        title=["T", "U"],
        tags=[["a", "b"], []],
        date=pa.array([datetime(2025, 1, 2, tzinfo=UTC)] * 2, pa.timestamp("ns", "Europe/Paris")),
        ignored=[Decimal("1.5"), None],
    )
    first, second = read_source(str(path), ReadOptions(Columns.parse(["id=post", "text=body"])))
    assert isinstance(first, RawArticle)
    assert (first.source, first.format, first.content) == (f"{path}#7", "txt", b"x")
    assert (first.metadata.title, first.metadata.tags) == ("T", ("a", "b"))
    assert str(first.metadata.published_at) == "2025-01-02 00:00:00+00:00"
    assert not isinstance(second, RawArticle)
    assert (second.source, second.error.error) == (f"{path}#row 2", "no_text")


@pytest.mark.parametrize(
    ("ids", "text", "got"),
    [
        (["a", "b"], ["x", "y"], ["a: x", "b: y"]),
        ([1.0, None], ["x", "y"], ["1: x", "no_id"]),
        (["a", "a"], ["x", "y"], ["a: x", "duplicate_id"]),
        (["a", "b"], [b"x", "é".encode()], ["a: x", "b: é"]),
        (pa.array(["a", "b"]).dictionary_encode(), pa.array(["x", "y"], pa.large_string()), ["a: x", "b: y"]),
        (["a", "b"], [1, 2], ["no_text", "no_text"]),
    ],
)
def test_types(tmp_path: Path, ids: Any, text: Any, got: list[str]) -> None:
    assert read(write(tmp_path / "a.parquet", id=ids, text=text)) == got


def test_days_are_times(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", id=[1], text=["x"], published_at=[date(2025, 1, 2)])
    (item,) = read_source(str(path))
    assert isinstance(item, RawArticle)
    assert str(item.metadata.published_at) == "2025-01-02 00:00:00+00:00"


def test_compressed_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", id=[1], text=["x"])
    (tmp_path / "b.parquet.gz").write_bytes(gzip.compress(path.read_bytes()))
    assert read(tmp_path / "b.parquet.gz") == ["1: x"]


def test_columns_that_are_missing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", nr=[1], body=["x"])
    assert read(path) == ["no_id"]
    assert read(path, "id=nr") == ["no_text"]
    assert read(path, "id=gone") == ["no_column"]


def test_broken_files_and_row_groups(tmp_path: Path) -> None:
    content = write(tmp_path / "a.parquet", id=[1, 2, 3], text=["x", "y", "z"]).read_bytes()
    (tmp_path / "b.parquet").write_bytes(content[:-20])
    assert read(tmp_path / "b.parquet") == ["corrupt"]
    (tmp_path / "c.parquet").write_bytes(content[:4] + b"\xff" * 30 + content[34:])
    assert read(tmp_path / "c.parquet") == ["corrupt", "3: z"]
    (tmp_path / "d.parquet").write_bytes(b"")
    assert read(tmp_path / "d.parquet") == ["corrupt"]


def test_a_row_group_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 10_000)
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": [1], "text": ["x" * 9_000_000]}), path, compression="zstd")
    assert read(path) == ["expansion"]
    assert read(write(tmp_path / "b.parquet", id=[1, 2], text=["x", "y" * 10_001])) == ["1: x", "too_large"]


@hypothesis_settings(max_examples=60, deadline=None)
@given(noise=st.binary(min_size=1, max_size=40), place=st.floats(0, 1))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, noise: bytes, place: float) -> None:
    folder = tmp_path_factory.mktemp("noise")
    content = write(folder / "a.parquet", id=[1, 2, 3], text=["x", "y", "z"]).read_bytes()
    start = int(place * len(content))
    (folder / "a.parquet").write_bytes(content[:start] + noise + content[start + len(noise) :])
    assert read(folder / "a.parquet")
