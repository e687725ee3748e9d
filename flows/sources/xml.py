"""XML files: a WordPress export or a feed, told apart by what they hold."""

import re
from collections.abc import Iterator

from flows.sources import feed, wxr
from flows.sources.item import Item, Unreadable, open_binary
from flows.sources.options import ReadOptions
from processors.raw import RejectError

ABOUT = "an export file of WordPress, or a feed: told by what it holds"
EXAMPLE = "export.xml"
SUFFIXES = (".xml",)
_HEAD = 100_000
_FIRST = re.compile(rb"<([A-Za-z][\w:.-]{0,40})")


def read(path: str, options: ReadOptions) -> Iterator[Item]:
    """The articles of an export or a feed."""
    try:
        with open_binary(path) as file:
            head = file.read(_HEAD)
    except RejectError as error:
        yield Unreadable(path, error)
        return
    if b"wordpress.org/export/" in head:
        yield from wxr.read(path, options)
    elif feed.is_feed(head):
        yield from feed.read(path, options)
    else:
        first = _FIRST.search(head)
        got = f"XML that begins with <{first[1].decode()}>" if first else "no XML"
        yield Unreadable(path, RejectError("read", "unknown_xml", f"got {got}, wanted a WordPress export, RSS or Atom"))
