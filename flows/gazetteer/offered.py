"""What an import offers: entries with their names, names of known entries, and rows refused with a reason."""

from dataclasses import dataclass, field

from processors.gazetteer import Entry


@dataclass(frozen=True, slots=True)
class OfferedName:
    """A name as a source has it; `policy` is None where the source cannot say when it counts."""

    written: str
    language: str
    policy: str | None = None
    is_acronym: bool = False


@dataclass(frozen=True, slots=True)
class OfferedEntry:
    """An entry with its names.

    `domains` are further ids that it may be known by; `is_page` where its website is a page of a site, which may be
    another institution's.
    """

    entry: Entry
    names: tuple[OfferedName, ...] = ()
    domains: tuple[str, ...] = ()
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class OfferedAlias:
    """A further name of known entries."""

    name: OfferedName
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """What cannot be imported: the reason, the same for all alike, and where the first one stands or what it says."""

    reason: str
    example: str = field(default="", compare=False)


Offered = OfferedEntry | OfferedAlias | Refused
