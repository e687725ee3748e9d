"""Records as plain JSON values: decimals as strings, times in ISO 8601."""

from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any


def to_plain(value: Any) -> Any:
    """A record, or a value of one, as what `json.dumps` takes.

    >>> to_plain(Decimal("4995.00")), to_plain(Decimal("1E+3")), to_plain((1, None))
    ('4995', '1000', [1, None])
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Decimal):
        return _decimal(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _decimal(value: Decimal) -> str:
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
