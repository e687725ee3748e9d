"""Lexicons: what a person wrote down about a language, read, checked and named in every error.

`data/lexicons/<type>/<lang>.toml` holds words and examples, `mul.toml` what holds in every language.
"""

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

LEXICONS = Path(__file__).resolve().parents[1] / "data" / "lexicons"


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
    folder = LEXICONS / kind
    paths = sorted(path for path in folder.glob("*.toml") if not path.name.startswith("_"))
    return {path.stem: _load(path, model) for path in paths}


def lexicons_for(kind: str, model: type[L], language: str) -> list[L]:
    """The lexicons that speak about a text in this language: what holds everywhere, then its own."""
    every = load_lexicons(kind, model)
    return [every[name] for name in ("mul", *_ancestry(language)) if name in every]


def _ancestry(language: str) -> tuple[str, ...]:
    base = language.split("-")[0]
    return (base,) if base == language else (base, language)


def _load(path: Path, model: type[L]) -> L:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: not valid TOML in UTF-8: {error}") from error
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = " → ".join(map(str, first["loc"]))
        raise LexiconError(f"{path}: {where}: {first['msg']} (got {first['input']!r})") from error


@cache
def fingerprint() -> str:
    """A hash of every lexicon and gazetteer: two runs with the same one read the same words."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(LEXICONS.rglob("*.*")):
        digest.update(path.relative_to(LEXICONS).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
