"""Small pages of many kinds, languages and encodings, each with the article that a careful reader finds in it.

`tests/pages/<name>.toml` says the title, the author, the day of publication in UTC, every block in reading order, and
phrases of the page that are no part of the article. A page that cannot pass yet bears `known_failure`.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from processors.clean import clean
from processors.raw import RawArticle

PAGES = Path(__file__).resolve().parents[2] / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.toml"))


def wanted_of(name: str) -> dict[str, Any]:
    return tomllib.loads((PAGES / f"{name}.toml").read_text(encoding="utf-8"))


def pages() -> Iterator[Any]:
    for name in NAMES:
        reason = wanted_of(name).get("known_failure")
        yield pytest.param(name, marks=[pytest.mark.xfail(strict=True, reason=reason)] if reason else [])


@pytest.mark.parametrize("name", pages())
def test_page(name: str) -> None:
    wanted = wanted_of(name)
    content = (PAGES / f"{name}.html").read_bytes()
    article = clean(RawArticle(source=name, format="html", content=content))
    published = article.metadata.published_at
    assert [[block.kind, block.text] for block in article.blocks] == wanted["blocks"]
    assert [phrase for phrase in wanted["gone"] if phrase in article.text] == []
    assert article.metadata.title == wanted["title"]
    assert article.metadata.author == wanted.get("author")
    assert (published.date().isoformat() if published else None) == wanted.get("published")


def test_the_table_is_wide() -> None:
    languages = Counter(name.split("-")[1] for name in NAMES if "known_failure" not in wanted_of(name))
    assert languages.total() >= 60
    assert len(languages) >= 15
