"""Sentences: hard cases in many languages, nothing lost, linear on any input."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.lexicon import load_lexicons
from processors.pipeline import load_pipeline
from processors.segment import sentences
from processors.sentence_rules import SentenceLexicon
from processors.token_view import view_of
from tests.sentences import Case, cases, starts

LANGUAGES = ("en", "de", "el", "hi", "ja", "ar", "ko", "und")
PIECES = st.sampled_from(
    [
        ". ",
        ".",
        "?",
        "! ",
        "…",
        "...",
        " . ",
        "(",
        ")",
        "“",
        "”",
        '"',
        "'",
        "«",
        "»",
        "「",
        "」",
        "。",
        "।",
        "۔",
        "\n",
        "\n\n",
        "1. ",
        "2) ",
        "a) ",
        "• ",
        "U.S. ",
        "z. B. ",
        "Yahoo! ",
        "Wort",
        "word ",
        "語",
        "كلمة ",
        "🎉",
        ":) ",
        "\u00a0",
        "\u200b",
        "¿",
    ]
)

WORDS = st.sampled_from(
    [
        "The ",
        "the ",
        "x. ",
        "X. ",
        "B",
        "XIV",
        "ii. ",
        "12. ",
        "3",
        "iPhone ",
        "Inc. ",
        "St. ",
        "5 min. ",
        "etc. ",
        "다. ",
        "Ⓐ ",
    ]
)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=f"{case.language}-{case.text[:40]}",
            marks=[pytest.mark.xfail(strict=True, reason=case.known_failure)] if case.known_failure else [],
        )
        for case in cases()
    ],
)
def test_sentences_of_a_case(case: Case) -> None:
    assert starts(case.text, case.language) == case.starts


@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join), st.sampled_from(LANGUAGES))
@settings(max_examples=400, deadline=None)
def test_every_character_is_in_one_sentence_or_white_space(text: str, language: str) -> None:
    view = view_of(load_pipeline().make_doc(text))
    at = 0
    for first, last in sentences(view, 0, len(view), language):
        assert not text[at : view.start[first]].strip()
        assert view.start[first] >= at
        at = view.end(last - 1)
        assert text[view.start[first] : at].strip() == text[view.start[first] : at]
    assert not text[at:].strip()


@given(st.lists(PIECES, max_size=20).map("".join), st.lists(PIECES, max_size=20).map("".join))
@settings(max_examples=100, deadline=None)
def test_a_block_is_cut_alike_alone_and_behind_another(other: str, text: str) -> None:
    nlp = load_pipeline()
    alone, both = view_of(nlp.make_doc(text)), view_of(nlp.make_doc(other + "\n\n" + text))
    skipped = next((token for token in range(len(both)) if both.start[token] >= len(other) + 2), len(both))
    if both.text[skipped:] != alone.text:
        return  # the white space between them joined with that of the block
    behind = [(first - skipped, last - skipped) for first, last in sentences(both, skipped, len(both), "de")]
    assert behind == sentences(alone, 0, len(alone), "de")


@given(st.lists(PIECES | WORDS, max_size=20).map("".join), st.sampled_from(LANGUAGES))
@settings(max_examples=400, deadline=None)
def test_what_is_judged_at_one_look_is_what_a_closer_look_says(text: str, language: str) -> None:
    view = view_of(load_pipeline().make_doc(text))
    with pytest.MonkeyPatch.context() as patch:
        quick = sentences(view, 0, len(view), language)
        patch.setattr("processors.segment.ends_plainly", lambda *_: None)
        assert quick == sentences(view, 0, len(view), language)


class Counted(list[str]):
    """A list that counts how often its items are read."""

    reads = 0

    def __getitem__(self, key: object) -> object:
        Counted.reads += 1
        return super().__getitem__(key)  # type: ignore[index]


@pytest.mark.parametrize(
    "sign", ["(", "…", "?!", ". ", '"', "a.", "1. ", ". (", ". . ", "… A", "“", "U.S.", "。」", "x@y.A", " \n"]
)
def test_repeated_signs_are_read_a_fixed_number_of_times(sign: str) -> None:
    view = view_of(load_pipeline().make_doc(sign * 8000))
    object.__setattr__(view, "text", Counted(view.text))
    Counted.reads = 0
    sentences(view, 0, len(view), "de")
    assert Counted.reads < 100 * len(view)


@pytest.mark.parametrize("language", sorted(load_lexicons("sentence", SentenceLexicon)))
def test_a_form_is_in_one_list(language: str) -> None:
    lexicon = load_lexicons("sentence", SentenceLexicon)[language]
    forms = [*lexicon.abbreviations, *lexicon.numbered, *lexicon.units, *lexicon.ambiguous, *lexicon.final]
    assert sorted(forms) == sorted(set(forms))


@pytest.mark.parametrize(
    "text",
    [
        "4.500 €",
        "the U.S. Army",
        "Dr. Phil. Müller",
        "in St. Gallen",
        "Acme Inc. sells",
        "No. 5 wins",
        "1. FC Köln",
        "Mint.com and",
        "e.g. Node.js and",
        "3.5 hours",
        "$1,200.50 a year",
        "B.Sc. in Physics",
        "M.Sc. Data Science",
        "Booking.Com rooms",
    ],
)
def test_facts_are_not_cut(text: str) -> None:
    assert starts(f"We read {text} again", "de" if "ö" in text or "ü" in text else "en") == ()
