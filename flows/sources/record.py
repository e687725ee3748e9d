"""Records: what a line of JSONL or a row of a table says, as an article."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flows.settings import settings
from flows.sources.item import Ids, Item, Unreadable, too_large
from flows.sources.options import FIELDS, Columns
from processors.clean.metadata import metadata_of_mapping
from processors.raw import RawArticle, RejectError

# A record, or why there is none, with the name of its place.
Found = tuple[str, Mapping[str, object] | RejectError]

# The names that a column may have for its field, capitals aside.
_KNOWN = (*FIELDS, "canonical_url", "authors", "categories", "lang", "date", "published")


def columns_of(present: Sequence[str], columns: Columns) -> dict[str, str]:
    """The columns of a table to be read, by the names of their fields; RejectError where one is missing."""
    plain = {name.strip().casefold(): name for name in reversed(present)}
    found = {field: plain[field] for field in _KNOWN if field in plain and field not in columns.hidden}
    for field, column in columns.names:
        name = column if column in present else plain.get(column.casefold())
        if name is None:
            raise RejectError("read", "no_column", f"got no column {column!r}, wanted one of {_listed(present)}")
        found[field] = name
    if not found.keys() & {"id", "url"}:
        raise RejectError(
            "read", "no_id", f"got columns {_listed(present)}, wanted id or url: name it, --column id=NAME"
        )
    if not found.keys() & {"text", "html"}:
        raise RejectError(
            "read", "no_text", f"got columns {_listed(present)}, wanted text or html: name it, --column text=NAME"
        )
    return found


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name[:40] for name in names[:20])
    return f"{shown}, … ({len(names)} in all)" if len(names) > 20 else shown


def articles_of(name: str, found: Iterable[Found]) -> Iterator[Item]:
    """The article of each record, named `name#id`; one that holds none is named by its place.

    The id is the record's `id`, or else its `url`.
    """
    ids = Ids()
    for place, record in found:
        try:
            if isinstance(record, RejectError):
                raise record
            key = ids.claim(_id_of(record), "`id` as text or a number, or `url`")
            yield _article(f"{name}#{key}", record)
        except RejectError as error:
            yield Unreadable(place, error)


def _id_of(record: Mapping[str, object]) -> str | None:
    for field in ("id", "url"):
        value = record.get(field)
        if isinstance(value, float) and value.is_integer():  # pandas makes such of whole numbers
            value = int(value)
        if isinstance(value, str | int) and (key := str(value).strip()):
            return key
    return None


def _article(source: str, record: Mapping[str, object]) -> RawArticle:
    html, text = record.get("html"), record.get("text")
    body = html if isinstance(html, str) and html.strip() else text if isinstance(text, str) else html
    if not isinstance(body, str):
        raise RejectError("read", "no_text", "got a record without text, wanted `text` or `html`")
    content = body.encode("utf-8", "replace")
    if len(content) > settings().max_bytes:
        raise too_large(settings().max_bytes)
    known: dict[str, Any] = dict(record)
    return RawArticle(
        source=source,
        format="html" if body is html else "txt",
        content=content,
        metadata=metadata_of_mapping(known),
    )
