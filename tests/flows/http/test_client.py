"""The client against a real server: what it fetches, what it refuses, and that everything ends."""

import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme

from flows.http import Client, guard, without_userinfo
from flows.settings import settings
from processors.raw import RejectError
from tests.flows.site import Handler, Page, Site


@pytest.fixture
def client() -> Iterator[Client]:
    with Client() as made:
        yield made


def error(client: Client, address: str) -> str:
    with pytest.raises(RejectError) as caught:
        client.get(address)
    assert caught.value.stage == "read"
    return caught.value.error


def test_a_page(site: Site, client: Client) -> None:
    site["/a"] = Page(body="Grüße", type='text/html; charset="UTF-8"', headers={"Content-Language": "de"})
    answer = client.get(f"{site.url}/a#part")
    assert (answer.url, answer.content.decode()) == (f"{site.url}/a", "Grüße")
    assert (answer.media_type, answer.charset, answer.language) == ("text/html", "UTF-8", "de")
    assert site.log[-1].headers["User-Agent"].startswith("moisson/")


def test_the_name_that_is_sent(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "user_agent", "gleaner/2")
    monkeypatch.setattr(settings(), "http_contact", "https://example.org/bot")
    site["/robots.txt"] = Page(body="User-agent: gleaner\nDisallow: /private\nUser-agent: *\nDisallow: /")
    site["/a"] = Page(body="x")
    with Client() as client:
        client.get(f"{site.url}/a")
        assert error(client, f"{site.url}/private/a") == "robots"
    assert site.log[-1].headers["User-Agent"] == "gleaner/2 (+https://example.org/bot)"


def test_answers_that_say_nothing_changed(site: Site, client: Client) -> None:
    site["/a"] = Page(body="x", etag='"1"')
    first = client.get(f"{site.url}/a")
    again = client.get(f"{site.url}/a", first.validators)
    assert (again.status, again.is_unchanged, again.content) == (304, True, b"")
    assert site.log[-1].sent == 0


def test_validators_stay_with_the_address_that_gave_them(site: Site, client: Client) -> None:
    site["/old"] = Page(status=302, headers={"Location": "/new"})
    site["/new"] = Page(body="x", etag='"1"')
    first = client.get(f"{site.url}/old")
    assert client.get(f"{site.url}/old", first.validators).status == 304
    assert ["If-None-Match" in one.headers for one in site.log if one.path == "/old"] == [False, False]


def test_headers_that_nobody_can_send_back(site: Site, client: Client) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(b'HTTP/1.1 200 OK\r\nETag: "\xe9"\r\nLast-Modified: ' + b"x" * 5000)
        handler.wfile.write(
            b"\r\nContent-Language: \xff\r\nContent-Type: \xe9; charset=\xe9\r\nContent-Length: 1\r\n\r\nx"
        )

    site["/a"] = answer
    first = client.get(f"{site.url}/a")
    assert (first.validators.etag, first.validators.last_modified, first.language) == (None, None, None)
    assert client.get(f"{site.url}/a", first.validators).content == b"x"


def test_304_that_nobody_asked_for(site: Site, client: Client) -> None:
    site["/a"] = Page(status=304)
    assert error(client, f"{site.url}/a") == "bad_status"


@pytest.mark.parametrize(
    ("packed", "coding"),
    [
        (gzip.compress(b"x" * 300), "gzip"),
        (gzip.compress(b"x" * 100) + gzip.compress(b"x" * 200), "gzip"),
        (gzip.compress(b"x" * 300) + b"rubbish", "x-gzip"),
        (zlib.compress(b"x" * 300), "deflate"),
        (zlib.compress(b"x" * 300)[2:-4], "deflate"),
    ],
)
def test_compressed_answers(site: Site, client: Client, packed: bytes, coding: str) -> None:
    site["/a"] = Page(body=packed, headers={"Content-Encoding": coding})
    assert client.get(f"{site.url}/a").content == b"x" * 300


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (Page(status=404), "not_found"),
        (Page(status=403), "refused"),
        (Page(status=418), "bad_status"),
        (Page(status=500), "bad_status"),
        (Page(body=b"x" * 3000), "too_large"),
        (Page(body=b"x", headers={"Content-Length": "99999999"}), "too_large"),
        (Page(body=gzip.compress(b"x" * 3_000_000), headers={"Content-Encoding": "gzip"}), "too_large"),
        (Page(body=gzip.compress(b"") * 200, headers={"Content-Encoding": "gzip"}), "too_large"),
        (Page(body=gzip.compress(b"x" * 99)[:-9], headers={"Content-Encoding": "gzip"}), "corrupt"),
        (Page(body=b"x", headers={"Content-Encoding": "gzip"}), "corrupt"),
        (Page(body=b"x", headers={"Content-Encoding": "br"}), "unknown_coding"),
        (Page(status=302, headers={"Location": "/a"}), "too_many_redirects"),
        (Page(status=302, headers={"Location": "file:///etc/passwd"}), "bad_address"),
        (Page(status=302, headers={"Location": "http://[::1"}), "bad_address"),
        (Page(status=302, headers={"Location": "//me:secret@127.0.0.1/"}), "credentials"),
        (Page(status=302), "bad_status"),
    ],
)
def test_answers_that_are_no_page(
    site: Site, client: Client, monkeypatch: pytest.MonkeyPatch, page: Page, wanted: str
) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 2000)
    site["/a"] = page
    assert error(client, f"{site.url}/a") == wanted


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")


def endless_film(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "video/mp4")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 0x2000)


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b"x")
        time.sleep(0.02)


def drip_headers(handler: Handler) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000:
        handler.wfile.write(bytes([byte]))
        time.sleep(0.02)


def silent(_: Handler) -> None:
    time.sleep(0.6)


def break_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"x")
    handler.close_connection = True


def reset(handler: Handler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    handler.connection.close()
    handler.close_connection = True


def nonsense(handler: Handler) -> None:
    handler.wfile.write(b"what?\r\n\r\n")
    handler.close_connection = True


@pytest.mark.parametrize(
    ("handler", "wanted"),
    [
        (endless, "too_large"),
        (endless_film, "unknown_format"),
        (drip, "timeout"),
        (drip_headers, "timeout"),
        (break_off, "unreachable"),
        (nonsense, "unreachable"),
    ],
)
def test_servers_that_never_finish(
    site: Site, client: Client, monkeypatch: pytest.MonkeyPatch, handler: object, wanted: str
) -> None:
    for name, value in {"http_timeout": 0.3, "http_total_timeout": 0.4, "http_retries": 1}.items():
        monkeypatch.setattr(settings(), name, value)
    site["/a"] = handler  # type: ignore[assignment]
    assert error(client, f"{site.url}/a") == wanted
    assert len(site.asked()) == (2 if wanted == "unreachable" else 1)


def test_a_server_that_says_nothing(site: Site, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "http_timeout", 0.1)
    monkeypatch.setattr(settings(), "http_retries", 1)
    site["/a"] = silent
    assert error(client, f"{site.url}/a") == "timeout"


def test_a_host_that_is_not_there(client: Client, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
    assert error(client, address) == "host_left_alone"


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the client would have slept for."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", lambda seconds: slept.append(round(seconds, 1)) if seconds > 0.05 else None)
    return slept


def test_retries_until_it_answers(site: Site, client: Client, waits: list[float]) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=20))
    site["/a"] = [
        Page(status=503),
        Page(status=429, headers={"Retry-After": "7"}),
        Page(status=503, headers={"Retry-After": later}),
        Page(body="x"),
    ]
    assert client.get(f"{site.url}/a").content == b"x"
    assert waits[0] == 7
    assert 18 <= waits[1] <= 20


def test_backoff_doubles(site: Site, client: Client, waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "http_backoff", 1)
    site["/a"] = [reset, Page(status=502), Page(status=502, headers={"Retry-After": "soon"}), Page(body="x")]
    assert client.get(f"{site.url}/a").content == b"x"
    assert [low <= wait <= 3 * low for wait, low in zip(waits, (0.5, 1, 2), strict=True)] == [True] * 3


def test_a_host_that_asks_for_more_patience_than_there_is(site: Site, client: Client, waits: list[float]) -> None:
    site["/a"] = Page(status=429, headers={"Retry-After": "86400"})
    assert error(client, f"{site.url}/a") == "bad_status"
    assert (waits, len(site.asked())) == ([], 1)


def test_a_host_that_is_down_is_left_alone(site: Site, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "http_retries", 0)
    site["/a"] = Page(status=500)
    assert [error(client, f"{site.url}/a") for _ in range(7)] == ["bad_status"] * 5 + ["host_left_alone"] * 2
    assert len(site.asked()) == 5


def test_a_host_rests_between_requests(
    site: Site, client: Client, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "http_delay", 2)
    site["/robots.txt"] = Page(body="User-agent: *\nCrawl-delay: 5")
    site["/a"] = Page(body="x")
    client.get(f"{site.url}/a")
    client.get(f"{site.url}/a")
    monkeypatch.setattr(settings(), "http_max_delay", 3)
    client.get(f"{site.url}/a")
    client.get(f"{site.url}/a")
    assert waits == [2, 5, 5, 3]


def test_robots(site: Site, client: Client) -> None:
    site["/robots.txt"] = Page(body="User-agent: *\nDisallow: /private/\nAllow: /private/open", type="text/plain")
    site["/private/open"] = site["/a"] = Page(body="x")
    site["/moved"] = Page(status=301, headers={"Location": "/private/b"})
    assert client.get(f"{site.url}/private/open").content == b"x"
    assert error(client, f"{site.url}/private/b") == "robots"
    assert error(client, f"{site.url}/moved") == "robots"
    assert [path for path, _ in site.asked(robots=True)].count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("robots", "readable"),
    [
        (Page(status=404), True),
        (Page(status=403), True),
        (Page(body=b"\xff\0" * 1000), True),
        (Page(status=500), False),
        (Page(status=429), False),
        (break_off, False),
        (Page(status=302, headers={"Location": "/robots.txt"}), False),
    ],
)
def test_robots_that_cannot_be_read(site: Site, client: Client, robots: Page, readable: bool) -> None:
    site["/robots.txt"] = robots
    site["/a"] = Page(body="x")
    if readable:
        assert client.get(f"{site.url}/a").content == b"x"
    else:
        assert error(client, f"{site.url}/a") == error(client, f"{site.url}/b") == "host_left_alone"
        assert site.asked() == []


def test_robots_with_many_agents_and_rules_is_read_at_once(site: Site, client: Client) -> None:
    agents = "\n".join(f"User-agent: bot{number}" for number in range(12_000))
    site["/robots.txt"] = Page(body=agents + "\nDisallow: /*a*b" * 12_000 + "\nUser-agent: *\nDisallow: /b")
    site["/a"] = Page(body="x")
    assert client.get(f"{site.url}/a").content == b"x"
    assert error(client, f"{site.url}/b") == "robots"


def test_loopback_is_refused(site: Site, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "allow_private", False)
    for host in (site.url, site.url.replace("127.0.0.1", "localhost"), site.url.replace("127.0.0.1", "2130706433")):
        assert error(client, f"{host}/a") == "private_address"
    assert site.log == []


PRIVATE = """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1 255.255.255.255
    192.0.2.1 198.18.0.1 :: ::1 fe80::1 fe80::1%eth0 fc00::1 fd12::1 fec0::1 ff02::1 2001:db8::1 ::ffff:10.0.0.1
    ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2002:a00:1::1 2001::1 100::1 ::7f00:1"""
PUBLIC = "93.184.216.34 2606:2800:220:1:248:1893:25c8:1946 ::ffff:93.184.216.34 64:ff9b::5db8:d822"


def test_which_addresses_are_public() -> None:
    assert [one for one in PRIVATE.split() if guard.is_public(one)] == []
    assert [one for one in PUBLIC.split() if not guard.is_public(one)] == []


class Names:
    """A name server that tests write."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def test_a_public_name_of_a_private_address(client: Client, impatient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for addresses in (["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:10.0.0.1"]):
        monkeypatch.setattr(guard, "resolve", Names(addresses))
        assert error(client, "https://intranet.example/") == "private_address"


def test_what_is_connected_to_is_what_was_checked(site: Site, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(["127.0.0.1"])
    monkeypatch.setattr(guard, "resolve", names)
    site["/a"] = Page(body="x", headers={"Connection": "close"})
    named = site.url.replace("127.0.0.1", "shop.example")
    assert client.get(f"{named}/a").content == b"x"
    assert site.log[-1].headers["Host"] == named.removeprefix("http://")
    assert names.asked == len(site.log)  # one look-up a connection: there is no second that could answer otherwise


def test_a_redirect_to_a_private_address(site: Site, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    site["/a"] = Page(status=302, headers={"Location": "http://intranet.example/admin"})
    real = guard.checked

    def checked(host: str, addresses: list[str]) -> list[str]:
        monkeypatch.setattr(settings(), "allow_private", host == "127.0.0.1")
        return real(host, addresses)

    monkeypatch.setattr(guard, "resolve", lambda host, _: ["10.0.0.1" if "intranet" in host else host])
    monkeypatch.setattr(guard, "checked", checked)
    assert error(client, f"{site.url}/a") == "private_address"


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("ftp://example.org/a", "bad_address"),
        ("file:///etc/passwd", "bad_address"),
        ("https:///a", "bad_address"),
        ("https://[::1", "bad_address"),
        ("https://example.org:port/", "bad_address"),
        ("https://example.org:99999/", "bad_address"),
        ("https://example.org:-1/", "bad_address"),
        ("https://xn--/", "bad_address"),
        ("https://\ud800/", "bad_address"),
        ("https://example.org/" + "a" * 9000, "bad_address"),
        ("https://exa\x00mple.org/", "bad_address"),
        ("https://me:secret@example.org/", "credentials"),
    ],
)
def test_addresses_that_are_not_asked_for(client: Client, address: str, wanted: str) -> None:
    with pytest.raises(RejectError) as caught:
        client.get(address)
    assert caught.value.error == wanted
    assert "secret" not in caught.value.message


def test_names_without_passwords() -> None:
    assert without_userinfo("x https://me:pass@h/ and feed+http://u@h/a@b") == "x https://h/ and feed+http://h/a@b"


def test_the_certificate_is_that_of_the_name(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The name goes into the TLS handshake and is what the certificate must be for, though an address is connected to."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("shop.example").configure_cert(context)
    asked: list[str | None] = []
    context.sni_callback = lambda _, name, __: asked.append(name)
    monkeypatch.setattr(settings(), "http_retries", 0)
    monkeypatch.setattr(guard, "resolve", Names(["127.0.0.1"]))
    with Site(context).running() as secure, Client() as client:
        secure["/a"] = Page(body="x")
        named = secure.url.replace("127.0.0.1", "shop.example")
        assert client.get(f"{named}/a").content == b"x"
        assert error(client, f"{named.replace('shop', 'bank')}/a") == "host_left_alone"
    assert list(dict.fromkeys(asked)) == ["shop.example", "bank.example"]
