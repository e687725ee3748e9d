"""A web site on loopback, on a thread of its own: pages as tests write them, and a log of what was asked and sent."""

import contextlib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

Handler = BaseHTTPRequestHandler


@dataclass(frozen=True, kw_only=True)
class Page:
    """An answer; with an `etag` it answers 304 to whoever has it."""

    body: str | bytes = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    etag: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def is_known(self, handler: Handler) -> bool:
        return self.etag is not None and handler.headers.get("If-None-Match") == self.etag

    def bytes(self, handler: Handler) -> bytes:
        return b"" if self.is_known(handler) else self.body.encode() if isinstance(self.body, str) else self.body

    def send(self, handler: Handler) -> None:
        body = self.bytes(handler)
        handler.send_response(304 if self.is_known(handler) else self.status)
        given = {"Content-Type": self.type, "Content-Length": str(len(body)), **self.headers}
        if self.etag:
            given["ETag"] = self.etag
        for name, value in given.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


Answering = Page | Callable[[Handler], "Page | None"]


@dataclass(frozen=True)
class Request:
    """A line of the log."""

    path: str
    status: int
    sent: int
    headers: dict[str, str]


class Site:
    """Answers by path (with or without its query); what is not there is 404. A list gives its answers one by one."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Answering | list[Answering]] = {}
        self.log: list[Request] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_address[1]}"

    def __setitem__(self, path: str, page: "Answering | list[Answering]") -> None:
        self.pages[path] = page

    def asked(self, *, robots: bool = False) -> list[tuple[str, int]]:
        """Paths and statuses in order, robots.txt left out."""
        return [(one.path, one.status) for one in self.log if robots or one.path != "/robots.txt"]

    @contextlib.contextmanager
    def running(self) -> Iterator["Site"]:
        thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def answer(self, handler: Handler) -> None:
        page: object = self.pages.get(handler.path) or self.pages.get(urlsplit(handler.path).path) or Page(status=404)
        if isinstance(page, list):
            page = page.pop(0) if len(page) > 1 else page[0]
        if not isinstance(page, Page):
            assert callable(page)
            self.log.append(Request(handler.path, 0, 0, dict(handler.headers)))
            page = page(handler)
            if not isinstance(page, Page):
                return
            self.log.pop()
        status = 304 if page.is_known(handler) else page.status
        self.log.append(Request(handler.path, status, len(page.bytes(handler)), dict(handler.headers)))
        page.send(handler)

    def _handler(site) -> type[BaseHTTPRequestHandler]:  # noqa: N805  the handler's self is another
        class SiteHandler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle(self) -> None:
                with contextlib.suppress(ConnectionError):
                    super().handle()

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *_: object) -> None:
                """Nothing on stderr."""

        return SiteHandler
