"""Arrow schemas and tables from record classes."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin

import pyarrow as pa

from schemas.table import TABLES, Column, columns, is_record

# 29 digits before the point, 9 behind it: rials by the trillion and a hundred-millionth of a coin.
AMOUNT = pa.decimal128(38, 9)
_PLAIN = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    Decimal: AMOUNT,
    datetime: pa.timestamp("us", tz="UTC"),
}


class NullColumnError(ValueError):
    """A required column holds nulls."""


def _arrow_type(kind: Any) -> pa.DataType:
    if get_origin(kind) is tuple:
        return pa.list_(pa.field("item", _arrow_type(get_args(kind)[0]), nullable=False))
    if is_record(kind):
        return pa.struct([_field(column) for column in columns(kind)])
    return _PLAIN[kind]


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, _arrow_type(column.type), column.nullable, metadata={"description": column.meaning})


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The schema of a table; each field's metadata holds its `description`, the schema's the table's."""
    record = TABLES[table]
    return pa.schema(map(_field, columns(record)), metadata={"description": record.__doc__ or ""})


def to_arrow(table: str, records: Sequence[Any]) -> pa.Table:
    """Records as an Arrow table; a null in a required column raises NullColumnError with column and count."""
    schema = arrow_schema(table)
    built = pa.Table.from_pylist([asdict(record) for record in records], schema=schema)
    for field in schema:
        nulls = built.column(field.name).null_count
        if nulls and not field.nullable:
            raise NullColumnError(f"{table}.{field.name}: {nulls} of {len(records)} rows are null, and none may be")
    return built
