"""The client: fetches an address – redirects followed by hand and every hop checked, retries, limits – or says why not."""

import email.message
import math
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Self

import httpcore
import httpx

from flows.http.address import joined, parse
from flows.http.body import CODINGS, read_body, too_large
from flows.http.host import Host
from flows.http.network import CheckedBackend, time_limit
from flows.http.robots import LONGEST, Rules
from flows.settings import settings
from processors.raw import RejectError

_MOST_REDIRECTS = 10
_REDIRECTS = {301, 302, 303, 307, 308}
_RETRIED = {429, 500, 502, 503, 504}
# Types that hold no text: their bodies are not read.
_UNREAD = ("audio/", "font/", "image/", "video/", "application/pdf", "application/zip")
_MOST_CONNECTIONS, _KEPT_SECONDS = 20, 15.0
_LONGEST_HEADER = 300


@dataclass(frozen=True, slots=True)
class Validators:
    """What an address answered with last time, by which a server knows whether it has changed since."""

    url: str
    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request (RFC 9110)."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: `url` is the address after redirects, `content` is unpacked, and empty after 304."""

    url: str
    status: int
    headers: httpx.Headers = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def is_unchanged(self) -> bool:
        """Whether the server says that nothing changed since the validators were made."""
        return self.status == 304

    @property
    def media_type(self) -> str:
        """The declared type in small letters, "" where none is."""
        declared: str = self.headers.get("content-type", "")
        return declared.partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the declared type names."""
        message = email.message.Message()
        message["content-type"] = re.sub(r"[^ -~]", "", self.headers.get("content-type", ""))[:_LONGEST_HEADER]
        charset = message.get_param("charset")
        return charset.strip() or None if isinstance(charset, str) else None

    @property
    def language(self) -> str | None:
        """The declared language, where it is one."""
        declared = self.headers.get("content-language", "").strip()
        return declared if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", declared) else None

    @property
    def validators(self) -> Validators:
        """What to ask with next time."""
        etag, last_modified = (self.headers.get(name, "") for name in ("etag", "last-modified"))
        return Validators(self.url, _sendable(etag), _sendable(last_modified))


class HttpError(RejectError):
    """An answer that is none of what was asked for."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__("read", error, message)
        self.status = status


class Client:
    """Fetches addresses, one after the other; hosts are remembered as long as it lives."""

    def __init__(self) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=_MOST_CONNECTIONS,
            keepalive_expiry=_KEPT_SECONDS,
            network_backend=CheckedBackend(),
        )
        self._hosts: dict[str, Host] = {}
        self._user_agent = user_agent()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def get(self, address: str, known: Validators | None = None) -> Answer:
        """The answer of an address; RejectError where there is none to be had, HttpError where it is a refusal."""
        return self._follow(address, known, self._ask_politely)

    def _follow(
        self,
        address: str,
        known: Validators | None,
        ask: Callable[[Host, httpx.URL, dict[str, str]], Answer],
    ) -> Answer:
        url = parse(address)
        for _ in range(_MOST_REDIRECTS + 1):
            # Validators are of the address that gave them: another hop could take them for its own.
            headers = known.headers() if known and known.url == str(url) else {}
            answer = ask(self._host(url), url, headers)
            target = answer.headers.get("location", "")
            if (answer.is_unchanged and not headers) or (answer.status in _REDIRECTS and not target):
                raise _refused(answer.status, url)
            if answer.status not in _REDIRECTS:
                return answer
            url = parse(joined(str(url), target))
        raise RejectError(
            "read", "too_many_redirects", f"got more than {_MOST_REDIRECTS} redirects, at last to {url}, wanted a page"
        )

    def _host(self, url: httpx.URL) -> Host:
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        return self._hosts.setdefault(origin, Host(origin))

    def _ask_politely(self, host: Host, url: httpx.URL, headers: dict[str, str]) -> Answer:
        if host.rules is None and host.closed is None:
            self._read_rules(host)
        if host.closed:
            raise host.closed
        if host.rules and not host.rules.allow(str(url)):
            raise RejectError(
                "read", "robots", f"got a robots.txt at {host.origin} that keeps {self._user_agent} from {url.path}"
            )
        return self._ask(host, url, headers)

    def _read_rules(self, host: Host) -> None:
        """Read a host's robots.txt: any refusal means that all may be read, silence that nothing may (RFC 9309, 2.3.1)."""
        try:
            answer = self._follow(f"{host.origin}/robots.txt", None, self._ask)
            text = answer.content[:LONGEST].decode("utf-8", "replace")
        except HttpError as error:
            if error.status >= 500 or error.status == 429:
                host.leave(f"did not show its robots.txt ({error.message})")
                return
            text = ""
        except RejectError as error:
            if error.error in ("private_address", "credentials", "bad_address"):
                raise
            host.leave(f"did not show its robots.txt ({error.message})")
            return
        host.rules = Rules(text, self._user_agent)

    def _ask(self, host: Host, url: httpx.URL, headers: dict[str, str]) -> Answer:
        """One hop, with retries."""
        attempt = 0
        while True:
            try:
                with host.turn():
                    answer = self._exchange(url, headers)
                host.answered()
                return answer
            except _TryAgain as failure:
                attempt += 1
                wait = failure.wait if failure.wait is not None else _backoff(attempt)
                if attempt > settings().http_retries or wait > settings().http_max_wait:
                    host.failed(failure.error)
                    raise failure.error from None
                time.sleep(wait)

    def _exchange(self, url: httpx.URL, headers: dict[str, str]) -> Answer:
        timeout, started = settings().http_timeout, time.monotonic()
        sent = {
            "User-Agent": self._user_agent,
            "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
            "Accept-Encoding": CODINGS,
            **headers,
        }
        try:
            with (
                time_limit(settings().http_total_timeout),
                self._pool.stream(
                    "GET",
                    str(url),
                    headers=list(sent.items()),
                    extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), timeout)},
                ) as response,
            ):
                return self._read(url, response)
        except httpcore.TimeoutException as error:
            # A server that drips is not asked to drip again.
            wait = math.inf if time.monotonic() - started >= settings().http_total_timeout else None
            raise _TryAgain(_silence("timeout", url, str(error) or "the answer took too long"), wait) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _TryAgain(_silence("unreachable", url, str(error))) from error

    def _read(self, url: httpx.URL, response: httpcore.Response) -> Answer:
        headers, status = httpx.Headers(response.headers), response.status
        if status in _REDIRECTS or status == 304:
            return Answer(str(url), status, headers, b"")
        if status in _RETRIED:
            raise _TryAgain(_refused(status, url), _retry_after(headers))
        if status != 200:
            raise _refused(status, url)
        answer = Answer(str(url), status, headers, b"")
        if answer.media_type.startswith(_UNREAD):
            raise RejectError(
                "read", "unknown_format", f"got {answer.media_type} from {url}, wanted text: HTML, XML or JSON"
            )
        limit, length = settings().max_bytes, headers.get("content-length", "")
        if length.isascii() and length.isdecimal() and len(length) < 20 and int(length) > limit:
            raise too_large(limit)
        return replace(answer, content=read_body(response.iter_stream(), headers.get("content-encoding", ""), limit))


class _TryAgain(Exception):  # noqa: N818  no error yet: it may still be mended
    def __init__(self, error: RejectError, wait: float | None = None) -> None:
        super().__init__(error.message)
        self.error, self.wait = error, wait


def _sendable(value: str) -> str | None:
    """A header's value, if it may be sent back."""
    return value if re.fullmatch(r"[ -~]+", value) and len(value) <= _LONGEST_HEADER else None


def _silence(name: str, url: httpx.URL, why: str) -> RejectError:
    return RejectError("read", name, f"got no answer from {url.host} ({why}), wanted one: try again later")


def _refused(status: int, url: httpx.URL) -> HttpError:
    if status in (401, 403):
        return HttpError(status, "refused", f"got {status} from {url}, wanted a public page: no credentials are sent")
    if status in (404, 410):
        return HttpError(status, "not_found", f"got {status} from {url}, wanted a page: check the address")
    return HttpError(status, "bad_status", f"got {status} from {url}, wanted 200")


def _backoff(attempt: int) -> float:
    return settings().http_backoff * 2.0 ** (attempt - 1) * random.uniform(0.5, 1.5)


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds that a server asks to wait, given as such or as a date."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal() and len(value) < 10:
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())


def user_agent() -> str:
    """The name that requests carry."""
    name, contact = settings().user_agent, settings().http_contact
    try:
        name = name or f"moisson/{version('moisson')}"
    except PackageNotFoundError:
        name = "moisson/0"
    return f"{name} (+{contact})" if contact else name
