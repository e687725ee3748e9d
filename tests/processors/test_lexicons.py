"""Every example of every lexicon is a test; a mistake in a lexicon is named with file, list and entry."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from processors import lexicon
from processors.clean.cue import ArticleLexicon
from processors.currency import PriceLexicon
from processors.lexicon import LEXICONS, Lexicon, LexiconError, load_lexicons
from processors.number import numbers
from processors.pipeline import load_pipeline
from processors.segment import sentences
from processors.token_view import TokenView, view_of
from tests.bracketed import as_list, check, tables, unbracketed

MENTIONS = ("price", "university", "platform", "program", "duration")


def cases(kind: str) -> list[Any]:
    found = []
    for language, example in tables(LEXICONS / kind, "example"):
        reason = example.get("known_failure")
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        found.append(pytest.param(kind, language, example, id=f"{kind}-{language}-{example['text'][:40]}", marks=marks))
    return found


@pytest.mark.parametrize(("kind", "language", "example"), [case for kind in MENTIONS for case in cases(kind)])
def test_mentions_of_an_example(kind: str, language: str, example: dict[str, Any]) -> None:
    check(example, language, kind)


def view(text: str) -> TokenView:
    return view_of(load_pipeline().make_doc(text))


@pytest.mark.parametrize(("kind", "language", "example"), cases("number"))
def test_numbers_of_an_example(kind: str, language: str, example: dict[str, Any]) -> None:
    text, surfaces = unbracketed(example["text"])
    read = view(text)
    found = {read.surface(one.start, one.end): one.value for one in numbers(read, language)}
    wanted = {
        surface: Decimal(value)
        for surface, value in zip(surfaces, as_list(example.get("value", []), len(surfaces)), strict=True)
    }
    assert wanted.items() <= found.items()
    # A negative's digits may count something, but what only looks like a number is none.
    assert wanted or all(sum(not char.isalnum() for char in surface) < 2 for surface in found)


@pytest.mark.parametrize(("kind", "language", "example"), cases("sentence"))
def test_sentences_of_an_example(kind: str, language: str, example: dict[str, Any]) -> None:
    parts = [part.strip() for part in example["text"].split("|")]
    joined = "" if language in ("ja", "zh", "th") else " "
    text = joined.join(parts)
    read = view(text)
    spans = sentences(read, 0, len(read), language)
    assert [text[read.start[first] : read.end(last - 1)] for first, last in spans] == parts


def test_a_mistake_is_named_with_file_list_and_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "price"
    folder.mkdir()
    (folder / "xx.toml").write_text('[minor]\ncent = "EUR"\n', encoding="utf-8")
    monkeypatch.setattr(lexicon, "LEXICONS", tmp_path)
    with pytest.raises(
        LexiconError, match=re.escape("xx.toml: minor → cent: Input should be a valid list (got 'EUR')")
    ):
        load_lexicons.__wrapped__("price", PriceLexicon)


def test_an_unknown_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "article"
    folder.mkdir()
    (folder / "xx.toml").write_text('bylines = ["By"]\n', encoding="utf-8")
    monkeypatch.setattr(lexicon, "LEXICONS", tmp_path)
    with pytest.raises(LexiconError, match=r"xx\.toml: bylines: Extra inputs"):
        load_lexicons.__wrapped__("article", ArticleLexicon)


def test_lexicons_are_frozen() -> None:
    assert Lexicon.model_config["frozen"]
