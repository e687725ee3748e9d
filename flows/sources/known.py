"""Files that have not changed since last time, by their time and size: they are not read again."""

import os
import time
from collections.abc import Callable, Iterator

from flows.sources.item import Item, Unchanged
from flows.store.memory import Memory, Record, digest_of
from processors.raw import RawArticle

# A file changed so many nanoseconds ago may be changed again within the same tick of the file system's clock.
_SETTLED = 2_000_000_000
_MOST_ELSEWHERE = 10_000


def read_if_changed(path: str, read: Callable[[], Iterator[Item]], memory: Memory, how: str = "") -> Iterator[Item]:
    """The items of a file; each article is Unchanged where neither the file nor how it is read has changed.

    Only what was read without a fault is remembered: what was rejected is tried again.
    """
    stamp = _stamp(path, how)
    known = memory.articles_of(path, stamp)
    if known is not None:
        yield from map(Unchanged, known)
        return
    hashes: list[str] = []
    elsewhere: list[tuple[str, str]] = []
    whole = stamp is not None
    for item in read():
        whole = whole and isinstance(item, RawArticle)
        if isinstance(item, RawArticle):
            named = item.source == path or item.source.startswith(f"{path}#")
            hashes.append(item.content_hash if named else "")
            elsewhere += [] if named else [(item.source, item.content_hash)]
        yield item
    # A file holds either articles named after it, of which a digest is enough, or few named otherwise.
    if whole and stamp and len(elsewhere) in (0, len(hashes)) and len(elsewhere) <= _MOST_ELSEWHERE:
        digest = None if elsewhere else digest_of(hashes)
        memory.note(path, Record(kind="file", stamp=stamp, digest=digest, made=tuple(elsewhere)))


def _stamp(path: str, how: str) -> str | None:
    """What a file system knows about a file's version, and how it is read; None where that is not to be relied on."""
    try:
        found = os.stat(path)  # noqa: PTH116  Path would cost as much again for each of 100,000 files
    except (OSError, ValueError):
        return None
    if time.time_ns() - found.st_mtime_ns < _SETTLED:
        return None
    return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {how}".rstrip()
