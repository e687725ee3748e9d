"""Offsets point at what they say, on any text at all; no text raises."""

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processors.pipeline import Records, Stamp, extract
from processors.raw import RawArticle
from processors.tokenizer import split_tokens
from schemas.reject import Reject
from schemas.vocabulary import Format

STAMP = Stamp("test", datetime(2025, 1, 1, tzinfo=UTC))
PIECES = st.sampled_from(
    [
        "Université de Lorraine",
        "MIT",
        "BYU",
        "(",
        ")",
        "4 995 $",
        "€20–30",
        "12万8000円",
        "deux ans",
        "X",
        "Facebook",
        "\n\n",
        "\n",
        " ",
        "•",
        "-",
        "master en droit",
        "١٢٫٥ مليون ريال",
        "جامعة القاهرة",
        "三十万円",
        "“",
        "”",
        ".",
        ",",
        ":",
        "'",
        "<p>",
        "</td>",
        "<table><tr><td>",
        "&nbsp;",
        "#",
        "²",
        "½",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=25).map("".join)


def check(text: str, kind: Format) -> None:
    (made,) = extract([RawArticle(source="x", format=kind, content=text.encode("utf-8", "surrogatepass"))], STAMP)
    if isinstance(made, Reject):
        assert made.error in ("empty", "no_text", "binary"), made
        return
    whole = made.article.text
    for row in (*made.segments, *made.entities):
        assert whole[row.start : row.end] == row.text
        assert row.text.strip()
    ends = [segment.end for segment in made.segments]
    assert ends == sorted(ends)
    for kind_of in ("university", "price", "platform", "program", "duration"):
        spans = [(entity.start, entity.end) for entity in made.entities if entity.type == kind_of]
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


@given(TEXTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_plain_text(text: str) -> None:
    check(text, "txt")


@given(TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_html(text: str) -> None:
    check(text, "html")


@given(TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_markdown(text: str) -> None:
    check(text, "md")


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_tokens_give_the_text_back(text: str) -> None:
    words, spaces = split_tokens(text)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text
    assert all(words)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes(content: bytes) -> None:
    (made,) = extract([RawArticle(source="x", format="txt", content=content)], STAMP)
    assert isinstance(made, Records | Reject)


@pytest.mark.parametrize(
    "sign", ["(", "…", "1 ", "one hundred ", "1,1", "« ", "[", "university of ", "12.05.", "和", "M. "]
)
def test_repeated_signs_end(sign: str) -> None:
    (made,) = extract([RawArticle(source="x", format="txt", content=(sign * 8000).encode())], STAMP)
    assert isinstance(made, Records | Reject)
