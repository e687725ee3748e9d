"""Tokens: the quick reading is the one that the classes and the Doc define."""

import re
import sys

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.character_class import any_of, one_of
from processors.pipeline import load_pipeline
from processors.token_view import view_of
from processors.tokenizer import split_tokens, words_of

SINGLE = r"\p{Han}\p{Hiragana}\p{Katakana}ー\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
TOKEN = regex.compile(
    rf"[{SINGLE}]\p{{M}}*+|(?:(?![{SINGLE}])\p{{L}}\p{{M}}*+)++|\p{{Nd}}++|[^\S\ ]++|\ ++|.", regex.DOTALL
)
TEXTS = st.lists(
    st.text(max_size=8)
    | st.sampled_from(
        [
            "a",
            "é",
            "e\u0301",
            "語",
            "ー",
            "한국",
            "ก\u0e31",
            "๑2",
            "12",
            " ",
            "  ",
            "\n",
            "\u00a0",
            "\x1c",
            "😀",
            "𠀀",
            "𝐀\u0301",
        ]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("members", [r"[\p{L}\p{M}]", r"[^\S\ ]"])
def test_a_class_of_re_is_that_of_regex(members: str) -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    wanted = "".join(regex.findall(f"{members}++", every, flags=regex.VERSION1))
    assert "".join(re.findall(any_of(members), every)) == wanted
    assert re.fullmatch(f"{one_of(members)}*+", wanted)


@given(TEXTS)
@settings(deadline=None)
def test_tokens_are_what_the_classes_say(text: str) -> None:
    if regex.search(r"[\p{Arabic}\p{Hebrew}]", text):
        return  # peeled: tests/processors/test_offsets.py
    words, _ = split_tokens(text)
    kept = [word for word in words if not word.isspace()]
    assert kept == [word for word in TOKEN.findall(text) if not word.isspace()] == words_of(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [("وبجامعة", ["و", "ب", "جامعة"]), ("את", ["את"]), ("a وجامعة", ["a", "و", "جامعة"]), ("ב5", ["ב", "5"])],
)
def test_proclitics_are_cut_off(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(TEXTS)
@settings(deadline=None)
def test_a_view_is_its_doc_without_spaces(text: str) -> None:
    doc = load_pipeline().make_doc(text)
    view = view_of(doc)
    shown = [token for token in doc if token.text[0] not in "\u00a0\u202f\u2009\u2007 "]
    assert view.index == [token.i for token in shown]
    assert view.text == [token.text for token in shown]
    assert view.norm == [token.norm_ for token in shown]
    assert view.start == [token.idx for token in shown]
    assert view.blank == [place for place, token in enumerate(shown) if token.text.isspace()]
    behind = [token.i for token in shown[1:]] + [len(doc)]
    spaced = [
        bool(token.whitespace_) or after > token.i + 1 for token, after in zip(shown, behind[: len(shown)], strict=True)
    ]
    assert view.space == spaced
