"""How sources are to be read, as the user said: one frozen value that is handed down to every kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FIELDS = ("id", "text", "html", "title", "author", "url", "published_at", "language", "tags", "category")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a record holds which field, where it does not have the field's name."""

    names: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, pairs: Iterable[str]) -> "Columns":
        """The columns of some `field=column`; ValueError for anything else.

        >>> Columns.parse(["text=body", "id=post_id"]).names
        (('text', 'body'), ('id', 'post_id'))
        """
        names: dict[str, str] = {}
        for pair in pairs:
            name, separator, column = (part.strip() for part in pair.partition("="))
            if not separator or not column or name not in FIELDS:
                raise ValueError(f"got {pair!r}, wanted FIELD=COLUMN with a field of {', '.join(FIELDS)}")
            if names.setdefault(name, column) != column:
                raise ValueError(f"got two columns for {name}, {names[name]!r} and {column!r}, wanted one")
        return cls(tuple(names.items()))

    @property
    def hidden(self) -> frozenset[str]:
        """The fields that what the user named takes the place of."""
        named = dict(self.names)
        return frozenset({"html"}) if "text" in named and "html" not in named else frozenset()

    def rename(self, record: Mapping[str, object]) -> dict[str, object]:
        """A record with the named columns under their fields' names too."""
        kept = {name: value for name, value in record.items() if name not in self.hidden}
        return kept | {name: record[column] for name, column in self.names if column in record}


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user said about reading."""

    columns: Columns = field(default=Columns())
