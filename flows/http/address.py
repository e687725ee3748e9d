"""Addresses: which may be asked for, and the one form in which each is kept."""

import re

import httpx

from processors.raw import RejectError

# Browsers and servers stop at about 8,000; the sitemap protocol at 2,048.
_LONGEST = 8_000
_USERINFO = re.compile(r"(?<=://)[^/?#\s]*@")


def parse(address: str) -> httpx.URL:
    """An http or https address without its fragment; RejectError where it is none, or holds a password."""
    shown = without_userinfo(address[:200])
    try:
        url = httpx.URL(address.strip() if len(address) <= _LONGEST else "")
        host, port = url.host, url.port  # both are decoded only here
    except (httpx.InvalidURL, ValueError) as error:
        raise _bad(f"got {shown!r}, which is no address ({error})") from error
    if url.scheme not in ("http", "https"):
        raise _bad(f"got an address that begins with {url.scheme or 'nothing'}:")
    if not host or (port not in range(1, 65_536) and port is not None):
        raise _bad(f"got {shown!r}, which names no host or port")
    if url.userinfo:
        raise RejectError(
            "read", "credentials", "got an address with a user name in it, wanted a public one: none is ever sent"
        )
    return url.copy_with(fragment=None)


def _bad(got: str) -> RejectError:
    return RejectError("read", "bad_address", f"{got}, wanted https://host/path of at most {_LONGEST:,} characters")


def canonical(address: str) -> str:
    """An address as articles are named by it: host in small letters, no default port, no fragment.

    >>> canonical("HTTPS://Example.org:443/a b#part")
    'https://example.org/a%20b'
    """
    return str(parse(address))


def joined(base: str, link: str) -> str:
    """A link of a page as an address; RejectError where it is none."""
    try:
        return str(httpx.URL(base).join(link.strip()[:_LONGEST]))
    except (httpx.InvalidURL, ValueError) as error:
        raise _bad(f"got a link to {without_userinfo(link[:200])!r}, which is no address") from error


def without_userinfo(text: str) -> str:
    """A text without the user name and password of addresses in it.

    >>> without_userinfo("feed+https://me:secret@example.org/feed?to=me@example.org")
    'feed+https://example.org/feed?to=me@example.org'
    """
    return _USERINFO.sub("", text)
