"""The Research Organization Registry's dump, schema v2: a JSON array of records, alone or in the zip of a release.

Read as a stream: the array of 300 MB is never in memory as a whole.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

import ijson
from pydantic import BaseModel, ValidationError

from flows.gazetteer.offered import Offered, OfferedEntry, OfferedName, Refused
from processors.gazetteer import Institution, is_country, is_domain
from processors.gazetteer.name import name_mistake
from processors.lexicon import LexiconError


class _Name(BaseModel):
    value: str
    types: list[str]
    lang: str | None = None


class _Link(BaseModel):
    type: str
    value: str


class _Place(BaseModel):
    country_code: str
    name: str = ""


class _Location(BaseModel):
    geonames_details: _Place


class _Record(BaseModel):
    """What we read of a record; all else is ignored."""

    id: str
    names: list[_Name]
    types: list[str]
    status: str
    links: list[_Link] = []
    domains: list[str] = []
    locations: list[_Location] = []


def read_ror(path: Path) -> Iterator[tuple[float, Offered]]:
    """What each record offers, with the share of the file that is read by then; LexiconError where it is no such dump."""
    first = True
    with _opened(path) as (file, size):
        for record in _records(path, file):
            offered = _offered(record)
            if first and offered == _NO_RECORD:
                raise LexiconError(f"{path}: got a first record without names, types or status, wanted schema v2")
            first = False
            yield min(file.tell() / size, 1.0), offered
    if first:
        raise LexiconError(f"{path}: got no records, wanted a JSON array of them")


def _records(path: Path, file: IO[bytes]) -> Iterator[Any]:
    try:
        yield from ijson.items(file, "item", use_float=True)
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: not valid JSON in UTF-8: {str(error).splitlines()[0]}") from error
    except (BadZipFile, zlib.error, OSError, EOFError) as error:
        raise LexiconError(f"{path}: cannot be read: {error}") from error


_NO_RECORD = Refused("not a record of schema v2")


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """The dump as a file of bytes, with its size."""
    try:
        if path.suffix.lower() != ".zip":
            with path.open("rb") as file:
                yield file, max(path.stat().st_size, 1)
            return
        with ZipFile(path) as archive:
            # A release holds the dump of both schemas, each as JSON and as CSV.
            dumps = [info for info in archive.infolist() if info.filename.endswith(".json")]
            dumps.sort(key=lambda info: ("v2" in Path(info.filename).stem, info.file_size))
            if not dumps:
                raise LexiconError(f"{path}: got no .json file in the archive, wanted a dump of the registry")
            with archive.open(dumps[-1]) as member:
                yield member, max(dumps[-1].file_size, 1)
    except (BadZipFile, RuntimeError, OSError) as error:  # zipfile calls a locked archive a RuntimeError
        raise LexiconError(f"{path}: cannot be read: {error}") from error


def _offered(values: Any) -> Offered:
    try:
        record = _Record.model_validate(values)
    except ValidationError:
        return Refused(_NO_RECORD.reason, _shown(values))
    if record.status != "active":
        return Refused(f"status {record.status}", _shown(values))
    if "education" not in record.types:
        return Refused("not of type education", _shown(values))
    host, is_page = _website(record)
    if not host:
        return Refused("no website", _shown(values))
    if not is_domain(host):
        return Refused("the website has no usable domain", _shown(values))
    place = next((location.geonames_details for location in record.locations), None)
    if place is None or not is_country(place.country_code):
        return Refused("no known country", _shown(values))
    return _entry(record, host, place, is_page=is_page)


def _shown(values: Any) -> str:
    return str(values.get("id", "")) if isinstance(values, dict) else ""


def _website(record: _Record) -> tuple[str, bool]:
    """The host of the website, without www, and whether the website is a page of it."""
    link = next((link.value for link in record.links if link.type == "website"), "")
    try:
        parts = urlsplit(link if "//" in link else f"//{link}")
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        return link, False
    return host.removeprefix("www."), bool(parts.path.strip("/"))


def _entry(record: _Record, host: str, place: _Place, *, is_page: bool) -> Offered:
    titles = [name for name in record.names if {"label", "ror_display"} & set(name.types)]
    english = next((name.value for name in titles if name.lang == "en"), None)
    shown = next((name.value for name in titles if "ror_display" in name.types), None)
    main = english or shown or next((name.value for name in titles), None)
    if not main:
        return Refused("no name", record.id)
    native = next((name.value for name in titles if name.lang not in ("en", None)), None)
    native = native or (shown if shown != main else "") or ""
    entry = Institution(host, _tidy(main), place.country_code, _tidy(native), _tidy(place.name))
    names = tuple(
        OfferedName(_tidy(name.value), _language(name.lang), is_acronym="acronym" in name.types)
        for name in record.names
        if not name_mistake(_tidy(name.value))
    )
    if entry.mistake():
        return Refused("no usable name", record.id)
    return OfferedEntry(entry, names, tuple(filter(is_domain, record.domains)), is_page)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _language(code: str | None) -> str:
    return code.lower() if code and code.isascii() and code.isalpha() and len(code) in (2, 3) else "mul"
