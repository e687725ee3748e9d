"""docs/tables.md from the record classes: `python -m schemas.document > docs/tables.md`."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, get_args, get_origin

from schemas.table import TABLES, Column, columns, is_record

_NAMES = {
    str: "string",
    int: "int64",
    float: "double",
    bool: "bool",
    Decimal: "decimal(38, 9)",
    datetime: "timestamp (UTC)",
}


def _type_name(kind: Any) -> str:
    if get_origin(kind) is tuple:
        return f"list of {_type_name(get_args(kind)[0])}"
    if is_record(kind):
        return "struct (" + ", ".join(f"{column.name}: {_type_name(column.type)}" for column in columns(kind)) + ")"
    return _NAMES[kind]


def _row(column: Column) -> str:
    meaning = column.meaning
    if column.vocabulary:
        meaning += ": " + ", ".join(f"`{word}`" for word in column.vocabulary)
    return f"| `{column.name}` | {_type_name(column.type)} | {'yes' if column.nullable else 'no'} | {meaning} |"


def _lines() -> Iterator[str]:
    yield "# Tables"
    yield ""
    yield "Made from `schemas/` by `python -m schemas.document`; the same words stand in the Parquet files as field metadata."
    yield "Files: `records/tables/<table>/*.parquet`. Offsets count Unicode code points."
    for name, record in TABLES.items():
        yield f"\n## {name}\n\nOne row: {_lower_first(record.__doc__ or '')}\n"
        yield "| column | type | null | meaning |\n|---|---|---|---|"
        yield from map(_row, columns(record))


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def document() -> str:
    """The page, in Markdown."""
    return "\n".join(_lines()) + "\n"


if __name__ == "__main__":
    print(document(), end="")
