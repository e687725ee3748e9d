"""`moisson gazetteer find`: what a name resolves to, why, and how to teach it."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console

from processors.gazetteer import PLATFORMS, UNIVERSITIES, Institution, Kind, Platform, key_of
from processors.gazetteer.entry import Entry
from processors.gazetteer.find import Bearing, bearings, nearest
from processors.gazetteer.source import NAME_COLUMNS, folders
from processors.institution_index import institution_index

_MEANINGS = {
    "name": "counts wherever it stands, in any capitals",
    "exact": "counts only with these capitals",
    "cue": "counts only beside a word that tells, in a list of such names, or after a longer form",
}
_KINDS: tuple[Kind[Any], ...] = (UNIVERSITIES, PLATFORMS)


def show_name(surface: str) -> bool:
    """Print every row that bears a name, or else what is nearest and the line to add; whether there was one."""
    console = Console(highlight=False, soft_wrap=True, markup=False)
    console.print(f"{surface}  (looked up as: {key_of(surface)})")
    found = {kind.folder: bearings(kind, surface) for kind in _KINDS}
    for folder, each in found.items():
        for bearing in each:
            console.print("\n".join(_shown(folder, bearing)))
    if any(found.values()):
        return True
    inflected = institution_index().by_stems(key_of(surface).split(" "))
    console.print("\n".join([*_inflected(inflected), *_near(surface), *_taught(surface)]))
    return bool(inflected)


def _shown(folder: str, bearing: Bearing) -> Iterator[str]:
    name = bearing.name
    language = "every language" if name.language == "mul" else f"language {name.language}"
    yield f"\n{folder}: {name.written}, policy {name.policy}: {_MEANINGS[name.policy]}; {language}"
    yield f"  {bearing.row.path}:{bearing.row.line}" + ("" if bearing.counts else "  – another row stands in its place")
    yield from (f"  {_told(entry)}" for entry in bearing.entries)
    if len(bearing.entries) > 1:
        yield "  which of them is meant is decided by the countries and the language of the article, then by this order"


def _told(entry: Entry) -> str:
    if isinstance(entry, Institution):
        facts = (entry.id, entry.name, entry.country, entry.city)
    elif isinstance(entry, Platform):
        facts = (entry.id, entry.name, entry.kind, entry.country)
    return " · ".join(filter(None, facts))


def _inflected(ids: tuple[str, ...]) -> Iterator[str]:
    if ids:
        yield f"\nread as an inflected form of a name of {ids[0]}: its words begin alike"


def _near(surface: str) -> Iterator[str]:
    for kind in _KINDS:
        if alike := nearest(kind, surface):
            yield f"\nnearest in {kind.folder}: {', '.join(alike)}"


def _taught(surface: str) -> Iterator[str]:
    written = f'"{surface}"' if "," in surface else surface
    shipped, own = folders(UNIVERSITIES)
    yield "\nno row has this name. To teach it, add one line to a file in"
    yield f"  {shipped}\n  or your own {own}"
    yield f"one more name of a known institution – names/<language>.csv, first line {','.join(NAME_COLUMNS)}:"
    yield f"  {written},<id>,name"
    yield f"an institution of its own – {UNIVERSITIES.file}, first line {','.join(UNIVERSITIES.columns)}:"
    yield f"  <web domain>,{written},<country>,{written},<city>"
    yield f"(a platform: {PLATFORMS.folder}/{PLATFORMS.file}, {','.join(PLATFORMS.columns)})"
