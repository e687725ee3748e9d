"""Records declared once: the Arrow schema, the page of tables and the checks come from the classes."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pytest

from schemas.arrow import NullColumnError, arrow_schema, to_arrow
from schemas.document import document
from schemas.reject import Reject
from schemas.table import TABLES, columns

ROOT = Path(__file__).resolve().parents[2]


def reject(**changes: Any) -> Reject:
    values = {
        "source": "a.txt",
        "stage": "read",
        "error": "empty",
        "message": "m",
        "run_id": "r",
        "seen_at": datetime(2025, 1, 1, tzinfo=UTC),
    }
    return Reject(**cast(Any, values | changes))


@pytest.mark.parametrize("table", TABLES)
def test_fields_carry_their_meaning_and_nullability(table: str) -> None:
    schema = arrow_schema(table)
    for column in columns(TABLES[table]):
        field = schema.field(column.name)
        assert field.metadata[b"description"].decode() == column.meaning
        assert field.nullable == column.nullable


def test_the_six_tables() -> None:
    assert list(TABLES) == ["articles", "segments", "entities", "offers", "rejects", "runs"]


def test_null_in_a_required_column_names_column_and_count() -> None:
    with pytest.raises(NullColumnError, match=r"rejects\.source: 2 of 3 rows are null"):
        to_arrow("rejects", [reject(source=None), reject(), reject(source=None)])


def test_amounts_are_exact_decimals() -> None:
    assert arrow_schema("entities").field("amount_min").type == pa.decimal128(38, 9)


def test_the_page_of_tables_is_up_to_date() -> None:
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == document(), (
        "run: python -m schemas.document > docs/tables.md"
    )
