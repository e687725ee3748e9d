"""Addresses of other file systems (`s3://`, `gs://`, `memory://`, `file://`, …), reached through fsspec.

fsspec is imported where an address needs it. http and https are no file systems: they are read by other kinds.
"""

import io
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, cast

from processors.raw import RejectError

ABOUT = "files as above in another file system"
EXAMPLE = "s3://bucket/posts"

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_MAGIC = re.compile(r"[*?[]")
# What the packages behind fsspec raise beside OSError; a package that was not imported has raised nothing.
_FAILURES = {
    "aiohttp": "ClientError",
    "azure.core.exceptions": "AzureError",
    "botocore.exceptions": "BotoCoreError",
    "gcsfs.retry": "HttpError",
    "google.auth.exceptions": "GoogleAuthError",
    "paramiko": "SSHException",
}


def is_address(source: str) -> bool:
    """Whether a source is an address for fsspec.

    >>> is_address("s3://bucket/posts"), is_address("posts/a.txt"), is_address("feed+https://example.org")
    (True, False, False)
    """
    scheme = _ADDRESS.match(source)
    return scheme is not None and scheme[1].lower().rpartition("+")[2] not in ("http", "https")


def failures() -> tuple[type[Exception], ...]:
    """What an operation on a file system may raise."""
    loaded = ((sys.modules.get(module), name) for module, name in _FAILURES.items())
    return (OSError, ValueError, *(getattr(module, name) for module, name in loaded if hasattr(module, name)))


def files(source: str, wanted: Callable[[str], bool]) -> Iterator[str]:
    """The files that an address names, in order: itself, those of a glob, or those wanted below a folder at any depth.

    They are named as the address is. RejectError where the file system cannot be asked.
    """
    system, root = _file_system(source)
    address = _naming(system, source, root)
    try:
        kind = system.info(root)["type"] if system.exists(root) else None
        if kind == "directory":
            yield from (address(path) for path in _below(system, root) if wanted(path))
        elif kind:
            yield source
        elif _MAGIC.search(root):
            found = system.glob(root, detail=True)
            yield from (address(path) for path in sorted(found) if found[path]["type"] == "file")
    except failures() as error:
        raise _unreadable(error) from error


def open_address(path: str) -> io.BufferedReader:
    """A file opened for reading; RejectError where it cannot be."""
    system, root = _file_system(path)
    try:
        return io.BufferedReader(system.open(root, "rb"))
    except failures() as error:
        raise _unreadable(error) from error


def _file_system(source: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    if "::" in source:
        raise RejectError("read", "unreadable", "got an address with ::, wanted the address of one file system")
    if without_password(source) != source:
        raise RejectError(
            "read", "password", "got an address with a password, wanted one without: set FSSPEC_<PROTOCOL>_PASSWORD"
        )
    try:
        system, root = url_to_fs(source)
    except ImportError as error:
        protocol = source.partition("://")[0]
        raise RejectError(
            "read", "missing_package", f"got {protocol}://, wanted the package that reads it: {error}"
        ) from error
    except failures() as error:
        raise _unreadable(error) from error
    return system, root


def without_password(source: str) -> str:
    """An address as it may be shown.

    >>> without_password("ftp://me:secret@example.org/a.txt"), without_password("posts/a:b@c.txt")
    ('ftp://me@example.org/a.txt', 'posts/a:b@c.txt')
    """
    return re.sub(r"(?<=://)([^/@:]*):[^/@]*@", r"\1@", source)


def _naming(system: Any, source: str, root: str) -> Callable[[str], str]:
    plain, path = source.rstrip("/"), root.rstrip("/")
    if not plain.endswith(path):
        return cast(Callable[[str], str], system.unstrip_protocol)
    before = plain.removesuffix(path)
    return lambda found: before + found


def _below(system: Any, folder: str) -> Iterator[str]:
    waiting = [folder]
    while waiting:
        folder = waiting.pop()
        listed = sorted(system.ls(folder, detail=True), key=lambda entry: str(entry["name"]))
        # Object stores list a folder as an empty file within itself.
        entries = [
            one for one in listed if one["name"].rstrip("/") != folder.rstrip("/") and not _is_hidden(one["name"])
        ]
        yield from (entry["name"] for entry in entries if entry["type"] == "file")
        below = [entry["name"] for entry in entries if entry["type"] == "directory" and not entry.get("islink")]
        waiting += reversed(below)


def _is_hidden(path: str) -> bool:
    return path.rstrip("/").rpartition("/")[2].startswith(".")


def _unreadable(error: Exception) -> RejectError:
    told = " ".join(str(error).split())[:300] or type(error).__name__
    return RejectError(
        "read", "unreadable", f"got {told}, wanted a file system that answers: check the address and your rights to it"
    )
