"""Sentences with their mentions in square brackets: the facts that lexicon examples and case tables are made of."""

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from processors.clean.block import Block, assemble
from processors.context import Context, Mention
from processors.document import make_document
from processors.language import Languages
from processors.pipeline import load_pipeline
from processors.raw import Metadata
from schemas.article import LanguageShare


def unbracketed(text: str) -> tuple[str, list[str]]:
    """The plain text, and the surfaces that stood in brackets."""
    found, plain = [], ""
    for piece in text.split("["):
        inside, closed, rest = piece.partition("]")
        if closed:
            found.append(inside)
        plain += inside + rest
    return plain, found


def read_context(text: str, language: str) -> Context:
    """A sentence through the whole pipeline, in a known language."""
    nlp = load_pipeline()
    article = assemble(Metadata(), [Block(kind="paragraph", text=text)])
    languages = Languages(
        language, 1.0, tuple(language for _ in article.blocks), (LanguageShare(language=language, share=1.0),)
    )
    return Context(nlp(make_document(nlp, article, languages)))


def mentions(text: str, language: str, kind: str) -> list[Mention]:
    """The mentions of a type in a sentence; programs and durations without what must be near for them to count."""
    context = read_context(text, language)
    if kind in ("program", "duration"):
        return [context._mention(kind, span) for span in context.doc.spans[kind]]
    return [mention for mention in context.mentions if mention.type == kind]


def tables(folder: Path, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every example of a folder of TOML files with its language."""
    for path in sorted(folder.glob("*.toml")):
        for example in tomllib.loads(path.read_text(encoding="utf-8")).get(key, []):
            yield path.stem, example


def as_list(value: Any, length: int) -> list[str]:
    """A field of an example: one value a bracket."""
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] * length


def facts(mention: Mention) -> dict[str, str]:
    """What a mention says, in the words of an example's fields; "" for null."""
    value: Any = mention.value
    said = {
        "amount": getattr(value, "amount_min", None),
        "amount_max": getattr(value, "amount_max", None),
        "currency": next(iter(getattr(value, "codes", ())), None),
        "period": getattr(value, "period", None),
        "kind": getattr(value, "amount_kind", None),
        "quantity": getattr(value, "quantity", None),
        "unit": getattr(value, "unit", None),
        "level": getattr(value, "level", None),
        "id": getattr(getattr(value, "institution", None) or getattr(value, "platform", None), "id", None),
    }
    return {name: _plain(one) for name, one in said.items()}


def _plain(value: Any) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value or "")


def expected(example: dict[str, Any], surfaces: list[str]) -> list[dict[str, str]]:
    """What an example says of each of its mentions."""
    fields = {
        name: as_list(value, len(surfaces))
        for name, value in example.items()
        if name not in ("text", "why", "known_failure", "id_any")
    }
    return [{name: _canonical(values[index]) for name, values in fields.items()} for index in range(len(surfaces))]


def _canonical(value: str) -> str:
    """An amount as `facts` writes it: 3.50 is 3.5."""
    return value.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", value) else value


def check(example: dict[str, Any], language: str, kind: str) -> None:
    """Assert that the mentions of a sentence are those in brackets, and say what the example says of them."""
    text, surfaces = unbracketed(example["text"])
    found = mentions(text, language, kind)
    assert [mention.text for mention in found] == surfaces
    for mention, wanted in zip(found, expected(example, surfaces), strict=True):
        said = facts(mention)
        assert {name: said[name] for name in wanted} == wanted
