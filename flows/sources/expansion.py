"""Unpacking within a limit: gzip-compressed data that unpacks to far more than it should is refused, not followed."""

import gzip
import io
from typing import BinaryIO, cast

from flows.settings import settings
from processors.raw import RejectError


def unpacked(packed: BinaryIO) -> io.BufferedReader:
    """What gzip-compressed data holds, as a stream; reading it raises RejectError once it has unpacked to more than
    `max_bytes` and more than `max_expansion` times what was read of the packed data.
    """
    return io.BufferedReader(_Unpacked(packed))


class _Counted:
    """A stream that counts the bytes that were read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.count = stream, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self.stream.read(size)
        self.count += len(data)
        return data


class _Unpacked(io.RawIOBase):
    def __init__(self, packed: BinaryIO) -> None:
        self.packed = _Counted(packed)
        self.gzip = gzip.GzipFile(fileobj=cast(BinaryIO, self.packed))
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.gzip.read1(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        check_expansion(self.packed.count, self.count)
        return len(data)


def check_expansion(packed: int, size: int) -> None:
    """RejectError where so many packed bytes have unpacked to too many."""
    if size > max(settings().max_bytes, settings().max_expansion * packed):
        raise RejectError(
            "read",
            "expansion",
            f"got {packed:,} packed bytes that unpack to more than {size:,}, wanted at most {settings().max_expansion} "
            "times as many: unpack it yourself, or raise MOISSON_MAX_EXPANSION",
        )
