"""Bodies: unpacked as they come, and given up as soon as they exceed the limit, packed or unpacked."""

import zlib
from collections.abc import Iterable, Iterator

from processors.raw import RejectError

# The codings that are asked for; brotli is not: its library cannot stop in the middle of a chunk.
CODINGS = "gzip, deflate"
_PIECE, _SLICE = 65_536, 4_096
_GZIP_OR_ZLIB, _RAW = 47, -15
_MAGIC = b"\x1f\x8b"


def read_body(chunks: Iterable[bytes], coding: str, limit: int) -> bytes:
    """The bytes of a body; RejectError where there are more than the limit, or where they cannot be unpacked."""
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return _joined(chunks, limit)
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise RejectError("read", "unknown_coding", f"got an answer coded as {coding[:40]!r}, wanted {CODINGS} or none")
    return _joined(_inflated(_counted(chunks, limit)), limit)


def unpack(content: bytes, limit: int) -> bytes:
    """What some bytes hold: unpacked where they are gzip-compressed, as they are where not."""
    return read_body([content], "gzip", limit) if content.startswith(_MAGIC) else content


def _joined(pieces: Iterable[bytes], limit: int) -> bytes:
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if len(whole) > limit:
            raise too_large(limit)
    return bytes(whole)


def _counted(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The chunks, as long as they are no more than the limit: empty blocks without end unpack to nothing."""
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise too_large(limit)
        yield chunk


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What packed chunks hold, in pieces of bounded size; several gzip members are one body, what follows them is not."""
    unpacker, begun = zlib.decompressobj(_GZIP_OR_ZLIB), False
    for rest in _sliced(chunks):
        while rest:
            if unpacker.eof:
                if rest[:2] not in (_MAGIC, _MAGIC[:1]):
                    return
                unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
            try:
                piece = unpacker.decompress(rest, _PIECE)
            except zlib.error as error:
                if begun:
                    raise _corrupt(error) from error
                # "deflate" is zlib by the standard and bare for some servers.
                unpacker, begun = zlib.decompressobj(_RAW), True
                continue
            begun = True
            yield piece
            rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if begun and not unpacker.eof:
        raise _corrupt("it breaks off")


def _sliced(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Small slices: what is left of one is copied each time that a piece comes out of it."""
    for chunk in chunks:
        for start in range(0, len(chunk), _SLICE):
            yield chunk[start : start + _SLICE]


def too_large(limit: int) -> RejectError:
    """The failure of an answer over the limit."""
    return RejectError(
        "read", "too_large", f"got an answer of more than {limit:,} bytes, wanted less: raise MOISSON_MAX_BYTES"
    )


def _corrupt(error: object) -> RejectError:
    return RejectError("read", "corrupt", f"got a compressed answer that cannot be unpacked ({error})")
