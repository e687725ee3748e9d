"""Gazetteers: named things from CSV files, found in a Doc by every name they bear.

`<folder>/<entries>.csv` holds one entry a row, `<folder>/names/<lang>.csv` its further names: name, id, policy. Several
ids, separated by spaces, share a name; the likeliest stands first.
"""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from processors.fold import fold
from processors.lexicon import LexiconError
from processors.token_view import fold_phrase
from processors.tokenizer import split_tokens

# name: unmistakable in any case; exact: only as written; cue: as written, and only with a cue nearby.
Policy = Literal["name", "exact", "cue"]
_ALIASES = {"acronym": "exact"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, the entries that bear it, the language that it is used in, and when it counts."""

    written: str
    ids: tuple[str, ...]
    policy: Policy
    language: str

    def fits(self, surface: str) -> bool:
        """Whether a surface with the same folded form may be this name, by its capitals."""
        if surface == self.written:
            return True
        if self.policy != "name":
            return False
        return surface != surface.lower() or self.written == self.written.lower() == self.written.upper()


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with their line numbers; LexiconError where its columns are others."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if header != list(columns):
            raise LexiconError(f"{path}:1: got the columns {','.join(header)}, wanted {','.join(columns)}")
        for row in reader:
            if len(row) != len(columns):
                raise LexiconError(
                    f"{path}:{reader.line_num}: got {len(row)} fields, wanted {len(columns)}: {','.join(row)}"
                )
            yield reader.line_num, row


def read_names(folder: Path, known: Collection[str]) -> Iterator[Name]:
    """The names of `<folder>/names/*.csv`, each checked: known ids, known policy, one row a name."""
    for path in sorted((folder / "names").glob("*.csv")):
        seen: dict[str, int] = {}
        for line, (written, ids, policy) in read_rows(path, ("name", "id", "policy")):
            policy = _ALIASES.get(policy, policy)
            unknown = [one for one in ids.split() if one not in known]
            if not written.strip() or unknown or not ids.strip():
                raise LexiconError(f"{path}:{line}: {written!r} names {unknown or 'nothing'}, which no entry has as id")
            if policy not in get_args(Policy):
                raise LexiconError(f"{path}:{line}: got the policy {policy!r}, wanted name, exact, acronym or cue")
            if written in seen:
                raise LexiconError(
                    f"{path}:{line}: {written!r} stands in line {seen[written]} too; give one row all its ids"
                )
            seen[written] = line
            yield Name(written, tuple(ids.split()), cast(Policy, policy), path.stem)


@dataclass(frozen=True, slots=True)
class Match:
    """Doc tokens [start, end) that bear a name, with every name that they may be."""

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


class Gazetteer:
    """Every name of a gazetteer in one PhraseMatcher over folded tokens."""

    def __init__(self, vocab: Vocab, names: Iterable[Name]) -> None:
        self._names: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        words_of: dict[tuple[str, ...], list[str]] = {}
        for name in names:
            words = split_tokens(name.written)[0]
            key = tuple(map(fold, words))
            self._names[key].append(name)
            words_of.setdefault(key, words)
        self._matcher = PhraseMatcher(vocab, attr="NORM")
        self._matcher.add("name", [Doc(vocab, words=words) for words in words_of.values()])
        self.fold_key = lru_cache(maxsize=10_000)(self._fold_key)

    def matches(self, doc: Doc) -> list[Match]:
        """Every place where a name stands, overlapping ones too, where its capitals fit."""
        found: list[Match] = []
        norms = [token.norm_ for token in doc]
        for _, start, end in self._matcher(doc):
            surface = doc[start:end].text
            names = tuple(name for name in self._names[tuple(norms[start:end])] if name.fits(surface))
            if names:
                found.append(Match(start, end, names))
        return found

    def lookup(self, surface: str) -> tuple[Name, ...]:
        """The names that a surface may be, capitals aside."""
        return tuple(self._names.get(self.fold_key(surface), ()))

    def entries(self) -> Iterator[tuple[tuple[str, ...], list[Name]]]:
        """Every folded name with the names that fold to it."""
        yield from self._names.items()

    @staticmethod
    def _fold_key(surface: str) -> tuple[str, ...]:
        return fold_phrase(surface)
