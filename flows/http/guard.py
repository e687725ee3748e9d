"""The guard: names are resolved here, and only addresses of the public internet are let through.

What is refused follows the special-purpose registries of IANA (RFC 6890); an IPv6 address that carries an IPv4 one
(mapped, RFC 4291; NAT64, RFC 6052; 6to4, RFC 3056) is judged by the address that it carries.
"""

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from flows.settings import settings
from processors.raw import RejectError

_NAT64 = IPv6Network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host; OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def checked(host: str, addresses: list[str]) -> list[str]:
    """The addresses of a host; RejectError where one of them is not public and the settings do not allow it."""
    if not settings().allow_private:
        for address in addresses:
            if not is_public(address):
                raise RejectError(
                    "read",
                    "private_address",
                    f"got the host {host}, which is at {address} and so not public, wanted a public one: "
                    "set MOISSON_ALLOW_PRIVATE=1 if it may be read",
                )
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    >>> is_public("93.184.216.34"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::a00:1")
    (True, False, False)
    """
    return all(_is_public(one) for one in _embedded(ip_address(address.partition("%")[0])))


def _embedded(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            yield address.ipv4_mapped
            return
        if address in _NAT64:
            yield IPv4Address(int(address) & 0xFFFFFFFF)
            return
        if address.sixtofour:
            yield address.sixtofour
    yield address


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    site_local = isinstance(address, IPv6Address) and address.is_site_local
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not (special or site_local or address.is_link_local)
