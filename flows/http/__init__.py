"""HTTP: a client that is polite (robots.txt, pauses, retries, a name) and safe (public addresses, limits, time).

`address` (what may be asked for) → `client` (redirects, retries) → `host` (its rules and its turn, by `robots`) →
`network` (connections to checked addresses, `guard`) → `body` (unpacked, never more than the limit). Proxies of the
environment are not used: a proxy resolves names itself, so that no check of the address connected to would hold.
"""

from flows.http.address import canonical, joined, parse, without_userinfo
from flows.http.body import unpack
from flows.http.client import Answer, Client, HttpError, Validators

__all__ = ["Answer", "Client", "HttpError", "Validators", "canonical", "joined", "parse", "unpack", "without_userinfo"]
