"""Connections: made to an address that the guard has checked, never to a name, and closed when their time is up.

A name is resolved once, and exactly the addresses that were checked are connected to: an answer of the name server that
changes between check and connection (DNS rebinding) reaches nothing. Host header and TLS name stay those of the address.
The time limit holds for all but the look-up, which the system's resolver ends by its own.
"""

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore

from flows.http import guard

# A host with more addresses than this is not answering for another reason.
_MOST_TRIED = 4
_ends_at: ContextVar[float] = ContextVar("ends_at")


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Let what is done over the network inside the block take no more than some seconds in all."""
    token = _ends_at.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _ends_at.reset(token)


def _left(timeout: float | None) -> float:
    """Seconds until a step must end; raises where none is left."""
    left = _ends_at.get() - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the answer took too long")
    return left if timeout is None else min(timeout, left)


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses."""

    def __init__(self) -> None:
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of a host's addresses, all of which have been checked."""
        try:
            addresses = guard.checked(host, guard.resolve(host, port))[:_MOST_TRIED]
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} is not known ({error})") from error
        for address in addresses[:-1]:
            try:
                return _Timed(self._sockets.connect_tcp(address, port, _left(timeout), local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return _Timed(self._sockets.connect_tcp(addresses[-1], port, _left(timeout), local_address, socket_options))


class _Timed(httpcore.NetworkStream):
    """A connection whose every step ends with the time limit: a server that drips a byte a second gains nothing."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
