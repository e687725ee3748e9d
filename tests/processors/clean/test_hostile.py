"""Pages that mean harm, or that a broken program made: each ends as an article or as a reason why it is none."""

import pytest

from processors.clean import clean
from processors.raw import RawArticle, RejectError

TEXT = "<p>This sentence belongs to the article, and it tells of 500 € a year.</p>"
PAGES = {
    "nested elements": "<div>" * 100_000 + TEXT,
    "nested inline elements": "<b><i>" * 30_000 + TEXT,
    "nested tables": "<table><tr><td>" * 20_000 + TEXT,
    "nested lists": "<ul><li>x" * 20_000 + TEXT,
    "a long attribute": f"<div class='{'a ' * 2_000_000}'>{TEXT}</div>",
    "many links": TEXT + "<ul>" + "<li><a href='/x'>A link to something else</a></li>" * 20_000 + "</ul>",
    "cells that span all": "<table>" + ("<tr>" + "<td rowspan=65534 colspan=1000>x</td>" * 20 + "</tr>") * 20 + "</table>" + TEXT,
    "null bytes": TEXT.replace(" ", " \x00"),
    "many entities": TEXT + "&lt;" * 500_000,
    "open brackets": TEXT + "<" * 500_000,
    "deep data": f"<script type='application/json'>{'[' * 100_000}</script><script type='application/ld+json'>{'[' * 100_000}</script>{TEXT}",
    "times in one element": TEXT + "<div>" + "10:00<br>" * 2_000 + "<time>1</time>" * 2_000 + "</div>",
    "links and buttons": TEXT + "<div><a href='/x'>Read also this</a> line<button>x</button></div>" * 3_000,
    "a rule between any two lines": TEXT + "<hr><p>short</p>" * 5_000,
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("frame", ["<html><body>{}</body></html>", "{}"])
def test_ends(name: str, frame: str) -> None:
    raw = RawArticle(source=name, format="html", content=frame.replace("{}", PAGES[name]).encode())
    try:
        article = clean(raw)
    except RejectError as error:
        failure = error.error
    else:
        failure = "" if article.text else "empty"
        assert all(article.text[block.start : block.end] == block.text for block in article.blocks)
    assert failure in ("", "no_text", "binary")


@pytest.mark.parametrize("name", ["a long attribute", "many links", "open brackets", "deep data"])
def test_the_article_beside_it_is_kept(name: str) -> None:
    article = clean(RawArticle(source=name, format="html", content=f"<html><body>{PAGES[name]}</body></html>".encode()))
    assert "500 € a year" in article.text
