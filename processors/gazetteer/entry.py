"""Entries: the named things of a gazetteer, a row each, and what a row must say."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from typing import Generic, Protocol, TypeVar

from babel import Locale

from processors.gazetteer.name import name_mistake

# CLDR's codes for no country: unknown, and two for trying out software.
_NO_COUNTRIES = frozenset({"ZZ", "XA", "XB"})
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PLATFORM_KINDS = [
    "advertising",
    "ai",
    "analytics",
    "audio",
    "blogging",
    "cms",
    "collaboration",
    "dating",
    "delivery",
    "design",
    "developer",
    "education",
    "email",
    "events",
    "finance",
    "food",
    "forum",
    "gaming",
    "government",
    "health",
    "jobs",
    "learning",
    "marketplace",
    "messenger",
    "mobility",
    "news",
    "other",
    "payment",
    "realestate",
    "search",
    "social",
    "storage",
    "streaming",
    "survey",
    "travel",
    "video",
]


@dataclass(frozen=True, slots=True)
class Institution:
    """A row of institutions.csv: web domain, English name, country (ISO 3166-1 alpha-2), name at home, city."""

    id: str
    name: str
    country: str
    native: str
    city: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the row itself gives it."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.native))))

    def mistake(self) -> str | None:
        """What is wrong with the row, or None."""
        if not is_domain(self.id):
            return f"got the id {self.id!r}, wanted a web domain as in uni-wien.ac.at"
        if not is_country(self.country):
            return _wrong_country(self.country)
        return name_mistake(self.name) or (name_mistake(self.native) if self.native else None)


@dataclass(frozen=True, slots=True)
class Platform:
    """A row of platforms.csv: slug, name, kind, home domain, country or nothing."""

    id: str
    name: str
    kind: str
    domain: str
    country: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the row itself gives it."""
        return (self.name,)

    def mistake(self) -> str | None:
        """What is wrong with the row, or None."""
        if not _SLUG.fullmatch(self.id):
            return f"got the id {self.id!r}, wanted small letters, digits and hyphens as in google-meet"
        if self.kind not in PLATFORM_KINDS:
            return f"got the kind {self.kind!r}, wanted one of {', '.join(PLATFORM_KINDS)}"
        if self.domain and not is_domain(self.domain):
            return f"got the domain {self.domain!r}, wanted one as in meet.google.com, or nothing"
        if self.country and not is_country(self.country):
            return _wrong_country(self.country)
        return name_mistake(self.name)


class Entry(Protocol):
    """What every gazetteer's rows have."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    def mistake(self) -> str | None: ...


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Kind(Generic[E]):
    """A gazetteer: its folder, the file of its entries, what a row of it is, and where its names restate an entry's.

    A row of a language of `restating` with an entry's own name says how that name counts, in place of `name`.
    """

    folder: str
    file: str
    record: Callable[..., E]
    columns: tuple[str, ...]
    restating: frozenset[str]


UNIVERSITIES = Kind(
    "university",
    "institutions.csv",
    Institution,
    tuple(field.name for field in fields(Institution)),
    frozenset({"mul", "en"}),
)
PLATFORMS = Kind(
    "platform", "platforms.csv", Platform, tuple(field.name for field in fields(Platform)), frozenset({"mul"})
)


def is_domain(text: str) -> bool:
    """Whether a text is a web domain in small letters, without a protocol or a path.

    >>> is_domain("univ-lyon2.fr"), is_domain("www.Univ.fr/en"), is_domain("harvard")
    (True, False, False)
    """
    return len(text) < 254 and _DOMAIN.fullmatch(text) is not None


def is_country(code: str) -> bool:
    """Whether a text is a country's code, ISO 3166-1 alpha-2, as CLDR knows them."""
    return code in _countries()


@cache
def _countries() -> frozenset[str]:
    return frozenset(code for code in Locale("en").territories if len(code) == 2) - _NO_COUNTRIES


def _wrong_country(code: str) -> str:
    return f"got the country {code!r}, wanted two capital letters as in FR (ISO 3166-1 alpha-2)"
