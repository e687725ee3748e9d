"""The table of all names of a gazetteer: what a text is looked up in.

It is compiled (`processors.compiled`) to flat strings – a hundred thousand entries are a few hundred thousand names, and
most articles use a dozen – and a name or an entry becomes an object when it is asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Generic

from processors import lexicon
from processors.compiled import compiled, digest_of
from processors.gazetteer.entry import E, Kind
from processors.gazetteer.name import POLICIES, Name
from processors.gazetteer.source import folders, read_entries, read_names
from processors.lexicon import folder_digest
from processors.token_view import TokenView, fold_phrase


@dataclass(frozen=True, slots=True)
class Match:
    """View tokens [start, end) that bear a name, with every name that they may be."""

    start: int
    end: int
    names: tuple[Name, ...]

    def in_language(self, language: str) -> tuple[Name, ...]:
        """The names that count in a text of a language: its own rows before those of every language.

        Another language's name counts where it can hardly mean anything else.
        """
        base = language.split("-")[0]
        own = tuple(name for name in self.names if name.language.split("-")[0] == base)
        general = tuple(name for name in self.names if name.language == "mul")
        return own or general or tuple(name for name in self.names if name.policy == "name")


class Gazetteer(Generic[E]):
    """The entries and names of one kind, found in a text by their folded tokens."""

    def __init__(self, kind: Kind[E]) -> None:
        self.parts = [*map(folder_digest, folders(kind)), folder_digest(lexicon.LEXICONS / "token")]
        self.place = digest_of(map(str, folders(kind)))[:8]
        table = compiled(f"gazetteer-{kind.folder}-{self.place}", self.parts, lambda: _compile(kind))
        self._record: Callable[..., E] = kind.record
        self._entries: dict[str, str] = table["entries"]
        self._names: dict[str, str] = table["names"]
        self._opens: dict[str, int] = table["opens"]
        self.lookup = lru_cache(maxsize=10_000)(self._lookup)
        self._entry = lru_cache(maxsize=10_000)(self._unpacked_entry)

    def entry(self, key: str) -> E:
        """The entry of an id; KeyError where there is none."""
        return self._entry(key)

    def entries(self) -> Iterator[E]:
        """Every entry, in the order of the files."""
        return map(self._unpacked_entry, self._entries)

    def names(self) -> Iterator[tuple[tuple[str, ...], tuple[Name, ...]]]:
        """Every folded name as its tokens, with the names that fold to it."""
        return ((tuple(key.split(" ")), _unpacked(packed)) for key, packed in self._names.items())

    def matches(self, view: TokenView) -> list[Match]:
        """Every place where a name stands, overlapping ones too, where its capitals fit."""
        norms, opens, table = view.norm, self._opens, self._names
        found: list[Match] = []
        for start, norm in enumerate(norms):
            if norm not in opens:
                continue
            if norm in table and (match := self._match(view, start, 1, norm)):
                found.append(match)
            for length in _decoded(opens.get(" ".join(norms[start : start + 2]), 0)):
                key = " ".join(norms[start : start + length])
                if key in table and (match := self._match(view, start, length, key)):
                    found.append(match)
        return found

    def _match(self, view: TokenView, start: int, length: int, key: str) -> Match | None:
        end = start + length
        if end > len(view):
            return None  # cut off by the text's end, the key is that of a shorter name
        surface = view.surface(start, end)
        names = tuple(name for name in self.lookup(key) if name.fits(surface))
        return Match(start, end, names) if names else None

    def _lookup(self, key: str) -> tuple[Name, ...]:
        """The names of a folded name, its tokens joined by spaces; capitals aside."""
        packed = self._names.get(key)
        return _unpacked(packed) if packed else ()

    def _unpacked_entry(self, key: str) -> E:
        return self._record(key, *self._entries[key].split("\t"))


@cache
def gazetteer(kind: Kind[E]) -> Gazetteer[E]:
    """The gazetteer of a kind, loaded once."""
    return Gazetteer(kind)


def key_of(surface: str) -> str:
    """The folded form that a name is looked up by.

    >>> key_of("Université  de Genève")
    'universite de geneve'
    """
    return " ".join(fold_phrase(surface))


def _compile(kind: Kind[E]) -> Mapping[str, Any]:
    """Entries and names as strings, and what tells where to look: the first tokens of names, and the first two.

    Of two tokens it says how long the names are that they open, a bit a length; of one only that it opens any.
    """
    entries = read_entries(kind)
    names: dict[str, list[Name]] = {}
    opens: dict[str, int] = {}
    for name in read_names(kind, entries):
        if tokens := fold_phrase(name.written):
            names.setdefault(" ".join(tokens), []).append(name)
            opens.setdefault(tokens[0], 0)
            if len(tokens) > 1:
                pair = " ".join(tokens[:2])
                opens[pair] = opens.get(pair, 0) | 1 << len(tokens)
    return {
        "entries": {key: "\t".join(getattr(entry, one) for one in kind.columns[1:]) for key, entry in entries.items()},
        "names": {key: _packed(each) for key, each in names.items()},
        "opens": opens,
    }


def _packed(names: Iterable[Name]) -> str:
    return "\n".join("\t".join((name.written, " ".join(name.ids), name.policy, name.language)) for name in names)


def _unpacked(packed: str) -> tuple[Name, ...]:
    rows = (line.split("\t") for line in packed.split("\n"))
    return tuple(
        Name(written, tuple(ids.split(" ")), POLICIES[policy], language) for written, ids, policy, language in rows
    )


@lru_cache(maxsize=10_000)
def _decoded(mask: int) -> tuple[int, ...]:
    """The lengths that a mask stands for.

    >>> _decoded(0b1010)
    (1, 3)
    """
    return tuple(length for length in range(1, mask.bit_length()) if mask >> length & 1)
