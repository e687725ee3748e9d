"""JSONL files: one article a line, `id` and `text` or `html`, and what is known about it beside."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from flows.settings import settings
from flows.sources.item import Item, Unreadable, open_binary, too_large
from flows.sources.options import Columns, ReadOptions
from flows.sources.record import Found, articles_of
from processors.raw import RejectError

ABOUT = "an article a line: id, text or html, and what else is known"
EXAMPLE = "export.jsonl"
SUFFIXES = (".jsonl", ".ndjson")


def read(path: str, options: ReadOptions) -> Iterator[Item]:
    """The articles of a file, line by line."""
    try:
        with open_binary(path) as file:
            yield from read_lines(file, path, options)
    except RejectError as error:
        yield Unreadable(path, error)


def read_lines(file: BinaryIO, name: str, options: ReadOptions) -> Iterator[Item]:
    """The articles of a stream; each is named `name#id`, a line that is no article `name#line N`."""
    empty = True
    for item in articles_of(name, _records(file, name, options.columns)):
        empty = False
        yield item
    if empty:
        yield Unreadable(name, RejectError("read", "empty", "got no line, wanted one JSON object a line"))


def _records(file: BinaryIO, name: str, columns: Columns) -> Iterator[Found]:
    for number, line in enumerate(_lines(file), start=1):
        place = f"{name}#line {number}"
        if isinstance(line, RejectError):
            yield place, line
        elif line.strip():
            record = _record(line)
            yield place, record if isinstance(record, RejectError) else columns.rename(record)


def _lines(file: BinaryIO) -> Iterator[bytes | RejectError]:
    limit = settings().max_bytes
    while line := file.readline(limit + 1):
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = file.readline(limit)
            yield too_large(limit)
        else:
            yield line


def _record(line: bytes) -> dict[str, Any] | RejectError:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return RejectError("read", "not_json", f"got a line that is not JSON ({error}), wanted one JSON object a line")
    if not isinstance(record, dict):
        return RejectError(
            "read", "not_json", f"got a JSON {type(record).__name__}, wanted an object with id and text or html"
        )
    return record
