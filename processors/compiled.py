"""Compiled tables: what takes long to read and derive, kept as JSON in the cache folder.

A file bears in its first line the key that it was made for – the content of all it was made from, code included – and a
checksum. One that is missing, damaged, made for another key or another person's is made anew; one that cannot be
written is done without. JSON can name no code to run, so that a planted file could at most lie.
"""

import hashlib
import os
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from processors.place import cache_folder

_CODE = Path(__file__).resolve().parent


def compiled(name: str, parts: Iterable[str], build: Callable[[], Any]) -> Any:
    """What `build` returns, from the cache where `parts` (and the code) are those of last time.

    `name` may hold letters, digits and hyphens; what `build` returns must be JSON: dicts by strings, lists, strings,
    numbers. What comes from the cache is equal to what was built, tuples aside, which come back as lists.
    """
    key = digest_of([_code_version(), *parts])
    path = cache_folder() / f"{name}.json"
    body = _read(path, key)
    if body is not None:
        return from_json(body)
    made = build()
    _write(path, key, to_json(made))
    return made


def digest_of(parts: Iterable[str | bytes]) -> str:
    """A hash of some parts, each with its length, so that no two lists of parts run into one."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()


@cache
def _code_version() -> str:
    """What else a compiled table depends on: our own source, CLDR (in Babel) and Unicode (in Python)."""
    sources = sorted(_CODE.rglob("*.py"))
    return digest_of([sys.version, unicodedata.unidata_version, version("babel"), *(p.read_bytes() for p in sources)])


def _read(path: Path, key: str) -> bytes | None:
    try:
        with path.open("rb") as file:
            owner = os.fstat(file.fileno()).st_uid
            head, _, body = file.read().partition(b"\n")
    except OSError:
        return None
    ours = not hasattr(os, "getuid") or owner in (os.getuid(), 0)
    return body if ours and head == _head(key, body) else None


def _write(path: Path, key: str, body: bytes) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(_head(key, body) + b"\n" + body)
        Path(file.name).replace(path)
    except OSError:  # a read-only home, a full disk: the next run compiles again
        return


def _head(key: str, body: bytes) -> bytes:
    return f"moisson {key} {digest_of([body])}".encode()
