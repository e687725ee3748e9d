"""JSONL files: one article a line, `id` and `text` or `html`, and what is known about it beside."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from flows.settings import settings
from flows.sources.item import Item, Unreadable, open_binary, too_large
from processors.clean.metadata import metadata_of_mapping
from processors.raw import RawArticle, RejectError

SUFFIXES = (".jsonl", ".ndjson")


def read(path: str) -> Iterator[Item]:
    """The articles of a file, line by line."""
    try:
        with open_binary(path) as file:
            yield from read_lines(file, path)
    except RejectError as error:
        yield Unreadable(path, error)


def read_lines(file: BinaryIO, name: str) -> Iterator[Item]:
    """The articles of a stream; each is named `name#id`, a line that is no article `name#line N`."""
    seen: set[str] = set()
    empty = True
    for number, line in enumerate(_lines(file), start=1):
        if isinstance(line, bytes) and not line.strip():
            continue
        empty = False
        where = f"{name}#line {number}"
        try:
            if isinstance(line, RejectError):
                raise line
            record = _record(line)
            source = f"{name}#{record['id']}"
            if source in seen:
                raise RejectError(
                    "read", "duplicate_id", f"got the id {record['id']!r} a second time, wanted ids that differ"
                )
            seen.add(source)
            yield _article(source, record)
        except RejectError as error:
            yield Unreadable(where, error)
    if empty:
        yield Unreadable(name, RejectError("read", "empty", "got no line, wanted one JSON object a line"))


def _lines(file: BinaryIO) -> Iterator[bytes | RejectError]:
    limit = settings().max_bytes
    while line := file.readline(limit + 1):
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = file.readline(limit)
            yield too_large(limit)
        else:
            yield line


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RejectError(
            "read", "not_json", f"got a line that is not JSON ({error}), wanted one JSON object a line"
        ) from error
    if not isinstance(record, dict):
        raise RejectError(
            "read", "not_json", f"got a JSON {type(record).__name__}, wanted an object with id and text or html"
        )
    if not isinstance(record.get("id"), str | int) or not str(record["id"]).strip():
        raise RejectError("read", "no_id", "got an object without id, wanted `id` as text or a number")
    if not any(isinstance(record.get(key), str) for key in ("html", "text")):
        raise RejectError("read", "no_text", "got an object without text, wanted `text` or `html`")
    return record


def _article(source: str, record: dict[str, Any]) -> RawArticle:
    html = isinstance(record.get("html"), str)
    content = record["html" if html else "text"].encode("utf-8", "replace")
    return RawArticle(
        source=source, format="html" if html else "txt", content=content, metadata=metadata_of_mapping(record)
    )
