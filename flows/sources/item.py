"""What a source yields, and how the bytes of a file are read: unpacked, and never more than the limit."""

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.settings import settings
from flows.sources.expansion import unpacked
from flows.sources.remote import failures, is_address, open_address
from processors.raw import RawArticle, RejectError


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that no article could be made of, and why."""

    source: str
    error: RejectError


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that is still there as the store holds it, which took no reading to know."""

    source: str


@dataclass(frozen=True, slots=True)
class Partial:
    """Says that a source did not name all that it has: what it left out is still there.

    So it is with feeds, which show the newest entries, and with a listing that broke off.
    """

    source: str


Item = RawArticle | Unreadable | Unchanged | Partial
GZIP = b"\x1f\x8b"


class Ids:
    """The ids of a source's articles, which must be there and differ."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def __len__(self) -> int:
        return len(self._seen)

    def claim(self, key: str | None, wanted: str) -> str:
        """An id that was not there before; RejectError, which names what is wanted, where there is none."""
        if not key:
            raise RejectError("read", "no_id", f"got no id, wanted {wanted}")
        if key in self._seen:
            raise RejectError("read", "duplicate_id", f"got the id {key!r} a second time, wanted ids that differ")
        self._seen.add(key)
        return key


def without_gzip(path: str) -> str:
    """A path without its `.gz`."""
    return path.removesuffix(".gz")


@contextmanager
def open_binary(path: str) -> Iterator[io.BufferedReader]:
    """A file or address opened for reading, unpacked where it is gzip-compressed whatever its name; RejectError where it
    cannot be, or where it unpacks to too much.
    """
    with open_packed(path) as file:
        packed = file.peek(2)[:2] == GZIP
        yield unpacked(file) if packed else file


@contextmanager
def open_packed(path: str) -> Iterator[io.BufferedReader]:
    """A file or address opened for reading as it is; RejectError where it cannot be."""
    with open_address(path) if is_address(path) else _open_local(path) as file:
        try:
            yield file
        except RejectError:
            raise
        except IsADirectoryError as error:
            raise RejectError("read", "unreadable", "got a folder, wanted a file") from error
        except (EOFError, zlib.error) + failures() as error:  # noqa: RUF005  mypy wants to see that these are two tuples
            raise RejectError(
                "read", "corrupt", f"got data that breaks off ({error}), wanted a whole file: copy it again"
            ) from error


def _open_local(path: str) -> io.BufferedReader:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise RejectError(
            "read", "unreadable", f"got {error.strerror}, wanted a readable file: {_remedy(error)}"
        ) from error


def _remedy(error: OSError) -> str:
    return "check its permissions" if isinstance(error, PermissionError) else "check the path"


def read_whole(path: str) -> bytes:
    """All bytes of a file; RejectError where there are more than the limit."""
    limit = settings().max_bytes
    with open_binary(path) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise too_large(limit)
    return content


def too_large(limit: int) -> RejectError:
    """The failure of an article over the limit."""
    return RejectError(
        "read", "too_large", f"got more than {limit:,} bytes, wanted an article: split it, or raise MOISSON_MAX_BYTES"
    )
