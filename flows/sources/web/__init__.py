"""The web: addresses of http and https. Each module here is a kind of source behind an address, found by being here.

A kind has `ABOUT` and `EXAMPLE`, `recognizes(answer)`, which tells from an answer whether it is of this kind, and
`read(web, address, got)`, which yields its articles lazily and in order; `got` is the answer, or the record of last time
where the server said that nothing changed. A kind with `at(address)` is told by its address alone, and `got` is None.
`kind+https://…` says which kind an address is.
"""

import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

from flows.http import Answer, without_userinfo
from flows.sources.item import Item, Partial, Unreadable
from flows.sources.web.visit import Got, Web
from flows.store.memory import Record
from processors.raw import RejectError

__all__ = ["Web", "is_address", "kinds", "read_address"]
_ADDRESS = re.compile(r"(?:([a-z]+)\+)?(https?://.*)", re.IGNORECASE | re.DOTALL)


@cache
def kinds() -> dict[str, ModuleType]:
    """The kinds by name; a page, which is what is left, comes last."""
    names = sorted((one.name for one in pkgutil.iter_modules(__path__)), key=lambda name: (name == "page", name))
    modules = {name: import_module(f"{__name__}.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "ABOUT")}


def is_address(source: str) -> bool:
    """Whether a source is an address of the web.

    >>> is_address("https://example.org"), is_address("feed+https://example.org/new"), is_address("s3://posts")
    (True, True, False)
    """
    return _ADDRESS.match(source) is not None


def read_address(web: Web, source: str) -> Iterator[Item]:
    """The articles of an address; where it cannot be read, an Unreadable, and what it gave before is still there."""
    shown = without_userinfo(source)
    try:
        prefix, address = _parts(source)
        if address in web.visited:
            return
        forced = next((name for name, kind in kinds().items() if _is_at(kind, address)), None)
        name = prefix or forced
        got = None if name and hasattr(kinds()[name], "at") else web.fetch(address, name)
        yield from kinds()[name or _kind_of(got)].read(web, address, got)
    except RejectError as error:
        yield Unreadable(shown, error)
        yield Partial(shown)


def _parts(source: str) -> tuple[str | None, str]:
    match = _ADDRESS.match(source)
    assert match, "read_address is asked for addresses only"
    prefix = match[1].lower() if match[1] else None
    if prefix and prefix not in kinds():
        raise RejectError(
            "read", "unknown_kind", f"got {prefix}+, wanted one of {'+, '.join(sorted(kinds()))}+ or none"
        )
    return prefix, match[2]


def _is_at(kind: ModuleType, address: str) -> bool:
    return hasattr(kind, "at") and bool(kind.at(address))


def _kind_of(got: Got | None) -> str:
    """The kind that an answer is of; RejectError where it is of none."""
    if isinstance(got, Record):
        return got.kind
    assert isinstance(got, Answer)
    for name, kind in kinds().items():
        if not hasattr(kind, "at") and kind.recognizes(got):
            return name
    raise RejectError(
        "read",
        "unknown_format",
        f"got {got.media_type or 'an answer of no type'}, tried: feed, sitemap, page; wanted an answer that is one of them",
    )
