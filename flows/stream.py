"""`moisson extract`: articles in, JSON lines out, in order; no store, no Prefect."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from flows.sources import Item, RawArticle, ReadOptions, Unreadable, read_sources
from processors.pipeline import Records, Stamp, extract, reject
from schemas.plain import to_plain
from schemas.reject import Reject


def stream(sources: Sequence[str], options: ReadOptions) -> bool:
    """Print every article's rows or reject; whether any article had rows."""
    stamp = Stamp("extract", datetime.now(UTC))
    done = False
    try:
        for made in _in_order((item for _, item in read_sources(sources, options)), stamp):
            done = done or isinstance(made, Records)
            line = to_plain(made) if isinstance(made, Records) else {"reject": to_plain(made)}
            print(json.dumps(line, ensure_ascii=False), flush=True)
    except BrokenPipeError:  # `moisson extract … | head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    return done


def _in_order(items: Iterable[Item], stamp: Stamp) -> Iterator[Records | Reject]:
    for item in items:
        if isinstance(item, Unreadable):
            yield reject(item.source, item.error, stamp)
        elif isinstance(item, RawArticle):
            yield from extract([item], stamp)
