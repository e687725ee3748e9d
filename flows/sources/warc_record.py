"""The records of a WARC file, gzip-compressed or not, in constant memory, and onwards after a broken one.

A compressed archive is a row of gzip members, mostly one a record: after a broken member reading goes on at the next that
holds a record. In a plain archive it goes on where the next one begins. A record's header lines and all that a member
unpacks to are limited, and no byte is read more often than a few times, whatever the file holds.
"""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from flows.sources.expansion import check_expansion
from flows.sources.item import GZIP
from processors.raw import RejectError

_BLOCK = 16_384
_SCAN = 1_000_000
_LONGEST_HEADER = 131_072
# How far before the place of a failure the next member may begin: a cut-off member runs on into it.
_BACK = 4_096
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_RECORD = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
_FAILURES = (RejectError, ArchiveLoadFailed, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A record whose content is read from `stream`, before the next record is asked for; `http` where it is an answer."""

    uri: str
    http: Any
    stream: Any
    length: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A place in a file where a record could not be read."""

    offset: int
    error: RejectError


def records_of(file: io.BufferedReader) -> Iterator[WarcRecord | Broken]:
    """The records of a file that can be sought in; what is broken is told with its place."""
    return _packed(file) if file.peek(2)[:2] == GZIP else _plain(file)


class _Member(io.RawIOBase):
    """What a gzip member unpacks to, or the rest of a plain file, from an offset on; only so much at a time as is allowed."""

    def __init__(self, file: io.BufferedReader, offset: int, *, packed: bool) -> None:
        file.seek(offset)
        self.file, self.offset = file, offset
        self.unpacker = zlib.decompressobj(31) if packed else None
        self.waiting = b""
        self.n_packed = self.count = 0
        self.allowed: int | None = None

    @property
    def position(self) -> int:
        """How far the file was read for what was handed over."""
        unused = self.unpacker.unused_data if self.unpacker else b""
        return self.offset + self.n_packed - len(self.waiting) - len(unused)

    def allow(self, size: int | None) -> None:
        """From here on so many bytes may be read; None for all."""
        self.allowed = None if size is None else self.count + size

    def read(self, size: int = _BLOCK) -> bytes:
        """The next bytes; RejectError where they are more than allowed."""
        data = self._unpacked(size) if self.unpacker else self._taken(size)
        self.count += len(data)
        if self.unpacker:
            check_expansion(self.n_packed, self.count)
        if self.allowed is not None and self.count > self.allowed + _BLOCK:
            raise RejectError("read", "corrupt", "got a header without end, wanted a WARC record")
        return data

    def _taken(self, size: int) -> bytes:
        data = self.file.read(size)
        self.n_packed += len(data)
        return data

    def _unpacked(self, size: int) -> bytes:
        unpacker = self.unpacker
        while unpacker and not unpacker.eof:
            packed = self.waiting or self._taken(_BLOCK)
            if not packed:
                raise EOFError("the file is cut off")
            data = unpacker.decompress(packed, size)
            self.waiting = unpacker.unconsumed_tail
            if data:
                return data
        return b""


def _packed(file: io.BufferedReader) -> Iterator[WarcRecord | Broken]:
    offset, end = 0, file.seek(0, io.SEEK_END)
    while offset < end:
        member = _Member(file, offset, packed=True)
        try:
            yield from _of_member(member)
            offset = member.position
        except _FAILURES as error:
            yield Broken(offset, _as_reject(error))
            offset = _next_member(file, max(offset + 1, member.position - _BACK), end)


def _of_member(member: _Member) -> Iterator[WarcRecord]:
    reader = BufferedReader(member, block_size=_BLOCK)
    while record := _record(member, reader):
        yield record
        while record.stream.read(_BLOCK):
            pass
        if record.stream.limit:
            raise EOFError("the record is cut off")


def _plain(file: io.BufferedReader) -> Iterator[WarcRecord | Broken]:
    offset, end = 0, file.seek(0, io.SEEK_END)
    while offset < end:
        member = _Member(file, offset, packed=False)
        reader = BufferedReader(member, block_size=_BLOCK)
        try:
            record = _record(member, reader)
            if record is None:
                return
            following = member.position - reader.rem_length() + record.stream.limit
            if not _is_boundary(file, following, end):
                raise EOFError("the record is not as long as it says")
            yield record
            offset = following
        except _FAILURES as error:
            yield Broken(offset, _as_reject(error))
            offset = _next_record(file, max(offset + 1, member.position - reader.rem_length()), end)


def _is_boundary(file: io.BufferedReader, place: int, end: int) -> bool:
    """Whether a record may end at a place of a plain archive; a cut-off one ends within the next."""
    before = file.tell()
    file.seek(place)
    after = file.read(5)
    file.seek(before)
    return place == end or after[:1] in (b"\r", b"\n") or after == b"WARC/"


def _record(member: _Member, reader: Any) -> WarcRecord | None:
    """The record that begins here; None at the end."""
    member.allow(_LONGEST_HEADER)
    while (line := reader.readline()) and not line.strip():
        pass
    if not line:
        return None
    loader = ArcWarcRecordLoader(verify_http=True, arc2warc=False)
    found = loader.parse_record_stream(reader, line, known_format="warc", no_record_parse=True)
    length = found.rec_headers.get_header("Content-Length") or ""
    if not isinstance(found.raw_stream, LimitReader) or not re.fullmatch(r"\d{1,15}", length.strip()):
        raise RejectError("read", "corrupt", "got a record that does not say its length, wanted Content-Length")
    uri = found.rec_headers.get_header("WARC-Target-URI") or ""
    http = _http_headers(loader, uri, found.raw_stream, int(length)) if found.rec_type == "response" else None
    member.allow(None)
    return WarcRecord(uri, http, found.raw_stream, int(length))


def _http_headers(loader: Any, uri: str, stream: Any, length: int) -> Any:
    try:
        return loader.load_http_headers("response", uri, stream, length)
    except (EOFError, StatusAndHeadersParserException):
        return None


def _as_reject(error: Exception) -> RejectError:
    if isinstance(error, RejectError):
        return error
    told = " ".join(str(error).split())[:200]
    return RejectError("read", "corrupt", f"got a broken record ({told}), wanted a whole one: copy the file again")


def _next_member(file: io.BufferedReader, start: int, end: int) -> int:
    """Where, from a place on, the next gzip member begins that holds a record; the end where none does."""
    for place, window in _windows(file, start):
        for found in _MEMBER.finditer(window):
            try:
                if zlib.decompressobj(31).decompress(window[found.start() : found.start() + 512], 5) == b"WARC/":
                    return place + found.start()
            except zlib.error:
                continue
    return end


def _next_record(file: io.BufferedReader, start: int, end: int) -> int:
    """Where, from a place on, the next record begins; the end where none does."""
    for place, window in _windows(file, start):
        if found := _RECORD.search(window):
            return place + found.start()
    return end


def _windows(file: io.BufferedReader, start: int) -> Iterator[tuple[int, bytes]]:
    """A file's bytes from a place on with their own places, each window beginning with the end of the one before."""
    file.seek(start)
    place, window = start, file.read(_SCAN)
    while window:
        yield place, window
        more = file.read(_SCAN)
        kept = window[-512:] if more else b""
        place, window = place + len(window) - len(kept), kept + more
