"""Lists of addresses: `@file`, or a file that ends in .urls; an address a line, `#` begins a remark."""

import os.path
from collections.abc import Iterator

from flows.sources.item import Unreadable, open_binary
from flows.sources.web import is_address
from processors.raw import RejectError

ABOUT = "a list of addresses, one a line, of any kind below"
EXAMPLE = "@addresses.txt"

SUFFIX = ".urls"
_LONGEST_LINE = 10_000


def list_of(source: str) -> str | None:
    """The path of the list that a source names; None where it names none.

    >>> list_of("@pages.txt"), list_of("pages.urls"), list_of("pages.txt")
    ('pages.txt', 'pages.urls', None)
    """
    if source.startswith("@") and not os.path.lexists(source):
        return source[1:]
    return source if source.endswith(SUFFIX) and "://" not in source and not os.path.isdir(source) else None


def addresses(path: str) -> Iterator[str | Unreadable]:
    """The addresses of a list; a line that is none is an Unreadable named `path#line N`."""
    try:
        with open_binary(path) as file:
            number = 0
            while line := file.readline(_LONGEST_LINE):
                number += 1
                text = line.decode("utf-8-sig", "replace").strip()
                if is_address(text):
                    yield text
                elif text and not text.startswith("#"):
                    yield Unreadable(f"{path}#line {number}", _no_address(text))
    except RejectError as error:
        yield Unreadable(path, error)


def _no_address(text: str) -> RejectError:
    return RejectError("read", "bad_address", f"got {text[:80]!r}, wanted an address a line, as https://example.org/a")
