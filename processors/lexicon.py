"""Lexicons: what a person wrote down about a language, read, checked and named in every error.

`data/lexicons/<type>/<lang>.toml` holds words and examples, `mul.toml` what holds in every language.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from processors.compiled import compiled, digest_of
from processors.place import user_gazetteer

LEXICONS = Path(__file__).resolve().parents[1] / "data" / "lexicons"
_SUFFIXES = (".toml", ".csv")


class LexiconError(ValueError):
    """A mistake in a lexicon or gazetteer: it stops the run at its start, with file, list and entry named."""


class Example(BaseModel):
    """A sentence with its mentions in square brackets; without brackets, a negative."""

    model_config = ConfigDict(extra="allow", frozen=True)

    text: str
    known_failure: str | None = None


class Lexicon(BaseModel):
    """A lexicon file: lists of words, and the examples that are its tests."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    example: list[Example] = []


L = TypeVar("L", bound=Lexicon)


@cache
def load_lexicons(kind: str, model: type[L]) -> dict[str, L]:
    """Every lexicon of one type, by language (`mul`: every language)."""
    return {language: model.model_validate(values) for language, values in _values(LEXICONS / kind, model).items()}


def lexicons_for(kind: str, model: type[L], language: str) -> list[L]:
    """The lexicons that speak about a text in this language: what holds everywhere, then its own."""
    found = (_lexicon(LEXICONS / kind, model, name) for name in ("mul", *_ancestry(language)))
    return [lexicon for lexicon in found if lexicon is not None]


@cache
def _lexicon(folder: Path, model: type[L], language: str) -> L | None:
    values = _values(folder, model).get(language)
    return None if values is None else model.model_validate(values)


def _ancestry(language: str) -> tuple[str, ...]:
    base = language.split("-")[0]
    return (base,) if base == language else (base, language)


@cache
def _values(folder: Path, model: type[Lexicon]) -> dict[str, dict[str, Any]]:
    """What each file of a folder says, by language, checked: a mistake in any of them is one of every run."""
    return dict(
        compiled(
            f"lexicon-{folder.name}-{digest_of([str(folder)])[:8]}",
            [folder_digest(folder), model.__name__],
            lambda: {path.stem: _load(path, model) for path in sorted(folder.glob("[!_]*.toml"))},
        )
    )


def _load(path: Path, model: type[Lexicon]) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: not valid TOML in UTF-8: {error}") from error
    try:
        model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = " → ".join(map(str, first["loc"]))
        raise LexiconError(f"{path}: {where}: {first['msg']} (got {first['input']!r})") from error
    # Examples are for tests, which read them from the file.
    return {name: value for name, value in values.items() if name != "example"}


def folder_digest(folder: Path) -> str:
    """A hash of the names and the content of every lexicon and gazetteer file in a folder, at any depth."""
    return digest_of(_named_contents(folder))


def _named_contents(folder: Path) -> Iterator[str | bytes]:
    """By content and not by time: two edits within a clock's tick, or a file put back with its old time, count."""
    for path in sorted(path for path in folder.rglob("*.*") if path.suffix in _SUFFIXES):
        yield path.relative_to(folder).as_posix()
        try:
            yield path.read_bytes()
        except OSError as error:
            raise LexiconError(f"{path}: cannot be read: {error.strerror}") from error


@cache
def fingerprint() -> str:
    """A hash of every lexicon and gazetteer, the user's included: two runs with the same one read the same words."""
    shipped = [folder_digest(folder) for folder in sorted(LEXICONS.iterdir()) if folder.is_dir()]
    return digest_of([*shipped, folder_digest(user_gazetteer())])[:16]
