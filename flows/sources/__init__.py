"""Sources: where articles come from. Each module here is a kind of file, found by being here; `web` holds those of addresses.

A kind has `SUFFIXES` and `read(path, options)`, which yields a RawArticle or an Unreadable for each article that the file
holds, lazily and in order; `ABOUT` and `EXAMPLE` say what it is to people. What has a suffix of `ONLY_NAMED` is read when
it is named, and passed over in a folder.
"""

import glob
import os
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

from flows.sources import web
from flows.sources.item import Item, Partial, Unchanged, Unreadable, without_gzip
from flows.sources.known import read_if_changed
from flows.sources.options import ReadOptions
from flows.sources.remote import files, is_address, without_password
from flows.sources.storable import storable
from flows.sources.urls import addresses, list_of
from flows.sources.web import Web, read_address
from flows.store.memory import Memory
from processors.raw import RawArticle, RejectError, article_id

STDIN = "-"
_PLAIN = ReadOptions()
__all__ = [
    "STDIN",
    "Item",
    "Partial",
    "RawArticle",
    "ReadOptions",
    "Unchanged",
    "Unreadable",
    "read_source",
    "read_sources",
]


@cache
def kinds() -> dict[str, ModuleType]:
    """The kinds of files by suffix."""
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return {suffix: module for module in modules for suffix in getattr(module, "SUFFIXES", ())}


def read_sources(
    sources: Iterable[str], options: ReadOptions = _PLAIN, memory: Memory | None = None
) -> Iterator[tuple[str, Item]]:
    """Every article of some sources with the source it came by; an article named twice comes once.

    What the memory knows to be unchanged is Unchanged.
    """
    seen: set[str] = set()
    with Web(memory) as visit:
        for source in sources:
            for item in map(storable, _read(source, options, visit)):
                key = article_id(item.source) if isinstance(item, RawArticle | Unchanged) else f"{item}"
                if key not in seen or isinstance(item, Partial):
                    seen.add(key)
                    yield source, item


def read_source(source: str, options: ReadOptions = _PLAIN) -> Iterator[Item]:
    """The articles of a file, a folder or a glob, here or at an address, of an address of the web, of a list of these, or
    of JSONL on standard input (`-`).
    """
    return (item for _, item in read_sources([source], options))


def _read(source: str, options: ReadOptions, visit: Web) -> Iterator[Item]:
    listed = list_of(source)
    if listed is not None:
        for address in addresses(listed):
            yield from [address] if isinstance(address, Unreadable) else read_address(visit, address)
    elif web.is_address(source):
        yield from read_address(visit, source)
    else:
        yield from _read_files(source, options, visit.memory)


def _read_files(source: str, options: ReadOptions, memory: Memory) -> Iterator[Item]:
    if source == STDIN:
        yield from kinds()[".jsonl"].read_lines(sys.stdin.buffer, STDIN, options)
        return
    empty = True
    try:
        for path in files(source, _is_wanted) if is_address(source) else _expand(source):
            empty = False
            yield from read_if_changed(path, partial(_read_path, path, options), memory, _how(options))
    except RejectError as error:
        yield Unreadable(without_password(source), error)
    else:
        if empty:
            yield Unreadable(source, RejectError("read", "not_found", _nothing_found(source)))


def _how(options: ReadOptions) -> str:
    """What makes the same bytes other articles."""
    return "" if options == _PLAIN else repr(options)


def _nothing_found(source: str) -> str:
    known = ", ".join(sorted(kinds()))
    if Path(source).is_dir():
        return f"got a folder with no article in it, wanted files that end in {known} (or those with .gz)"
    return (
        "got a path that is not there, tried: file, folder, glob, address; wanted one of them: check the spelling "
        "(`moisson sources` lists what can be read)"
    )


def _expand(source: str) -> Iterator[str]:
    """The files that a source names; of a folder those of a known kind, below it at any depth, hidden ones left out."""
    if os.path.isdir(source):
        for folder, below, names in os.walk(source):
            below[:] = sorted(name for name in below if not name.startswith("."))
            yield from (os.path.join(folder, name) for name in sorted(names) if name[0] != "." and _is_wanted(name))
    elif os.path.lexists(source):
        yield source
    else:
        yield from sorted(path for path in glob.iglob(source, recursive=True) if os.path.isfile(path))


def _kind(path: str) -> ModuleType | None:
    return kinds().get(Path(without_gzip(path)).suffix.lower())


def _is_wanted(path: str) -> bool:
    """Whether a file found in a folder is read."""
    kind = _kind(path)
    return kind is not None and not without_gzip(path).lower().endswith(getattr(kind, "ONLY_NAMED", ()))


def _read_path(path: str, options: ReadOptions) -> Iterator[Item]:
    kind = _kind(path)
    if kind is None:
        known = ", ".join(sorted(kinds()))
        yield Unreadable(
            path,
            RejectError("read", "unknown_format", f"got {Path(path).suffix or 'no suffix'}, wanted one of {known}"),
        )
        return
    yield from kind.read(path, options)
