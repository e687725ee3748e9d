"""Metadata: what a page's head, its byline and a file's front matter say about the article."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag

from processors.clean.cue import cue_at_start, listed
from processors.clean.text import tidy_line
from processors.raw import Metadata

_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|WebPage|Course")
_AUTHOR_CLASS = re.compile(r"(?:^|[-_ ])(?:author|byline|by|auteur|autor|autore)(?:$|[-_ ])", re.IGNORECASE)
_LONGEST_NAME = 80


def merge(first: Metadata, second: Metadata) -> Metadata:
    """The first, with what it does not know taken from the second."""
    unknown = {field.name: getattr(second, field.name) for field in fields(Metadata) if not getattr(first, field.name)}
    return replace(first, **unknown)


def metadata_of_page(soup: BeautifulSoup) -> Metadata:
    """What a page declares: JSON-LD first, then meta elements, then its markup."""
    title = _title_element(soup)
    return merge(
        merge(_json_ld(soup), _meta(soup)),
        Metadata(
            title=title,
            author=_byline(soup),
            url=_attribute(soup, "link", {"rel": "canonical"}, "href"),
            published_at=parse_time(_attribute(soup, "time", {"datetime": True}, "datetime")),
            language=_attribute(soup, "html", {"lang": True}, "lang"),
        ),
    )


def _attribute(soup: BeautifulSoup, name: str, attrs: dict[str, Any], wanted: str) -> str | None:
    found = soup.find(name, attrs=attrs)
    value = found.get(wanted) if isinstance(found, Tag) else None
    return tidy_line(value) or None if isinstance(value, str) else None


def _title_element(soup: BeautifulSoup) -> str | None:
    found = soup.find("title")
    title = tidy_line(found.get_text()) if found else ""
    return without_site_name(title) or None


def without_site_name(title: str) -> str:
    """A <title> without the name of the site that follows its last separator.

    >>> without_site_name("What a year costs | The Quad")
    'What a year costs'
    """
    for separator in sorted(listed("title_separators"), key=title.find):
        first, found, rest = title.partition(separator if separator in title else f" {separator} ")
        if found and len(rest) <= len(first):
            return first.rstrip()
    return title


def _meta(soup: BeautifulSoup) -> Metadata:
    found: dict[str, str] = {}
    for element in soup.find_all("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if isinstance(name, str) and isinstance(content, str):
            found.setdefault(name.lower(), tidy_line(content))
    author = next(
        (found[key] for key in ("author", "article:author", "parsely-author", "dc.creator", "byl") if found.get(key)),
        None,
    )
    published = next(
        (
            found[key]
            for key in ("article:published_time", "datepublished", "date", "dc.date", "pubdate")
            if found.get(key)
        ),
        None,
    )
    return Metadata(
        title=found.get("og:title") or found.get("twitter:title"),
        author=_as_name(author),
        url=found.get("og:url"),
        published_at=parse_time(published),
        category=found.get("article:section"),
        language=found.get("og:locale"),
    )


def _json_ld(soup: BeautifulSoup) -> Metadata:
    for item in _json_ld_items(soup):
        kind = item.get("@type", "")
        if _ARTICLE_TYPES.search(kind if isinstance(kind, str) else " ".join(map(str, kind))):
            return Metadata(
                title=_string(item.get("headline")),
                author=_as_name(_person(item.get("author"))),
                published_at=parse_time(_string(item.get("datePublished"))),
                category=_string(item.get("articleSection")),
                language=_string(item.get("inLanguage")),
            )
    return Metadata()


def _json_ld_items(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    for script in soup.find_all("script", attrs={"type": "application/ld+json"}):
        try:
            loaded = json.loads(script.get_text(), strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
        waiting = [loaded]
        while waiting:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting += item
            elif isinstance(item, dict):
                waiting += [item["@graph"]] if "@graph" in item else []
                yield item


def _person(value: Any) -> str | None:
    if isinstance(value, list):
        names = [name for name in map(_person, value) if name]
        return ", ".join(names) or None
    return _string(value.get("name") if isinstance(value, dict) else value)


def _string(value: Any) -> str | None:
    return tidy_line(value) or None if isinstance(value, str) else None


def _as_name(value: str | None) -> str | None:
    """A declared author, unless it is an address, a handle or far too long to be a name."""
    if not value or "://" in value or value.startswith("@") or len(value) > _LONGEST_NAME:
        return None
    return value


def _byline(soup: BeautifulSoup) -> str | None:
    candidates = [*soup.select("[itemprop=author]"), *soup.select("[rel=author]")]
    candidates += soup.find_all(class_=_AUTHOR_CLASS)[:5]
    for element in candidates:
        inner = element.select_one("[itemprop=name]") or element.find("a") or element
        text = tidy_line(inner.get_text(" "))
        name = cue_at_start("byline", text) or text
        if (
            name
            and len(name) <= _LONGEST_NAME // 2
            and name[-1] not in ".!?"
            and not any(char.isdigit() for char in name)
        ):
            return name
    return None


def parse_time(value: str | date | None) -> datetime | None:
    """An ISO 8601 time or day as a UTC time; None for anything else.

    >>> parse_time("2025-03-14").isoformat(), parse_time("yesterday")
    ('2025-03-14T00:00:00+00:00', None)
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if isinstance(value, datetime):
        try:
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
        except OverflowError:
            return None
    return datetime(value.year, value.month, value.day, tzinfo=UTC) if isinstance(value, date) else None


def metadata_of_mapping(values: dict[str, Any]) -> Metadata:
    """Front matter, or the fields of a JSONL record; a value of another type than expected counts as absent."""
    labels = [label for key in ("categories", "category", "tags") for label in _labels(values.get(key))]
    has_category = bool(_labels(values.get("categories")) or _labels(values.get("category")))
    published = next((values[key] for key in ("published_at", "date", "published") if values.get(key)), None)
    return Metadata(
        title=_string(values.get("title")),
        author=_as_name(_person(values.get("author") or values.get("authors"))),
        url=_string(values.get("url") or values.get("canonical_url")),
        published_at=parse_time(published if isinstance(published, str | date) else None),
        category=labels[0] if has_category else None,
        tags=tuple(labels[1:] if has_category else labels),
        language=_string(values.get("language") or values.get("lang")),
    )


def _labels(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return [tidied for item in items if (tidied := tidy_line(str(item)))]
