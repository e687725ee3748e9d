"""Metadata: what a page's head, its byline and a file's front matter say about the article."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml import etree

from processors.clean.cue import cue_at_start, listed
from processors.clean.mark import Mark, mark_of
from processors.clean.text import tidy_line
from processors.fold import fold
from processors.raw import Metadata

_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|WebPage|Course")
# The names under which pages declare when they were published, the commonest first.
_PUBLISHED = (
    "article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "citation_publication_date",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "date", "pubdate",
)  # fmt: skip
# Years that content management systems write where they know none, and the second that computers count from.
_FIRST_YEAR, _EPOCH = 1900, datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_NAME, _CANDIDATES = 80, 20
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_DEEP = 30


def merge(first: Metadata, second: Metadata) -> Metadata:
    """The first, with what it does not know taken from the second."""
    unknown = {field.name: getattr(second, field.name) for field in fields(Metadata) if not getattr(first, field.name)}
    return replace(first, **unknown)


@dataclass(frozen=True, slots=True)
class Head:
    """What a page declares: metadata; every title, likeliest first; its site's name; the article's text, where JSON-LD
    holds it."""

    metadata: Metadata
    titles: tuple[str, ...]
    site: str | None
    body: str | None


def head_of(root: etree._Element) -> Head:
    """What a page declares: JSON-LD first, then meta elements, then its markup."""
    linked, body = _json_ld(root)
    metas = _metas(root)
    declared = _of_metas(metas)
    title = _words(root.find(".//title"))
    short = without_site_name(title)
    metadata = Metadata(
        title=short or None,
        author=None if linked.author or declared.author else _byline(root),
        url=_attribute(root, ".//link[@rel='canonical']", "href"),
        published_at=parse_time(_attribute(root, ".//time[@datetime]", "datetime")),
        language=_attribute(root, ".", "lang"),
    )
    titles = dict.fromkeys(one for one in (linked.title, declared.title, short, title) if one)
    site = metas.get("og:site_name") or title.removeprefix(short).strip(" -|–—·•:»") or None
    found = merge(merge(linked, declared), metadata)
    if found.author and fold(found.author) in fold(site or ""):
        found = replace(found, author=_byline(root))  # a site that names itself as the author names nobody
    return Head(found, tuple(titles), site, body)


def _words(element: etree._Element | None, separator: str = "") -> str:
    return "" if element is None else tidy_line(separator.join(element.itertext()))


def _attribute(root: etree._Element, path: str, name: str) -> str | None:
    found = root.find(path)
    return None if found is None else tidy_line(found.get(name) or "") or None


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


def _metas(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            key, value = name.lower(), tidy_line(content)
            if key == "author" and found.get(key) and value not in found[key]:
                found[key] += f", {value}"
            found.setdefault(key, value)
    return found


def _of_metas(found: dict[str, str]) -> Metadata:
    author = next(
        (found[key] for key in ("author", "article:author", "parsely-author", "dc.creator", "byl") if found.get(key)),
        None,
    )
    published = next(
        (found[key] for key in _PUBLISHED if found.get(key)),
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


def _json_ld(root: etree._Element) -> tuple[Metadata, str | None]:
    items = list(json_ld(root))
    named = {item["@id"]: item for item in items if isinstance(item.get("@id"), str) and "name" in item}
    for item in items:
        kind = item.get("@type", "")
        if _ARTICLE_TYPES.search(kind if isinstance(kind, str) else " ".join(map(str, kind))):
            metadata = Metadata(
                title=_string(item.get("headline")),
                author=_as_name(_person(item.get("author"), named)),
                published_at=parse_time(_string(item.get("datePublished"))),
                category=_string(item.get("articleSection")),
                language=_string(item.get("inLanguage")),
            )
            body = item.get("articleBody")
            return metadata, body if isinstance(body, str) else None
    return Metadata(), None


def json_ld(root: etree._Element) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD, those of a graph one by one; what is no JSON is skipped."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            loaded = json.loads(script.text or "", strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
        waiting = deque([loaded])
        while waiting:
            item = waiting.popleft()
            if isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict):
                waiting.extend([item["@graph"]] if "@graph" in item else [])
                yield item


def _person(value: Any, named: Mapping[str, dict[str, Any]] | None = None) -> str | None:
    """The name or names that a value gives, or that an object which it refers to has."""
    if isinstance(value, list):
        return ", ".join(name for one in value if (name := _person(one, named))) or None
    if isinstance(value, dict):
        known = value if "name" in value else (named or {}).get(str(value.get("@id")), {})
        return _string(known.get("name"))
    return _string(value)


def _string(value: Any) -> str | None:
    return tidy_line(value) or None if isinstance(value, str) else None


def _as_name(value: str | None) -> str | None:
    """A declared author, unless it is an address, a handle or far too long to be a name."""
    if not value or "://" in value or value.startswith("@") or len(value) > _LONGEST_NAME:
        return None
    return value


def _byline(root: etree._Element) -> str | None:
    """The name in the first element that is marked as the author's."""
    for element in islice(_marked_author(root), _CANDIDATES):
        if (
            any(mark_of(one) is Mark.NEVER for one in islice(element.iterancestors(), _DEEP))
            or mark_of(element) is Mark.NEVER
        ):
            continue  # who wrote a comment
        named = element.find(".//*[@itemprop='name']")
        inner = named if named is not None else element.find(".//a")
        text = _words(element if inner is None else inner, " ") or tidy_line(
            named.get("content") or "" if named is not None else ""
        )
        name = cue_at_start("byline", text) or text
        if 0 < len(name) <= _LONGEST_NAME // 2 and name[-1] not in ".!?" and not any(map(str.isdigit, name)):
            return name
    return None


def _marked_author(root: etree._Element) -> Iterator[etree._Element]:
    """Elements that are marked as the author's, by class name, property or relation."""
    for element in root.iter():
        if ((classes := element.get("class")) and _names_author(classes)) or "author" in (
            element.get("itemprop"),
            element.get("rel"),
        ):
            yield element


@lru_cache(maxsize=20_000)
def _names_author(classes: str) -> bool:
    """Whether one of some class names has an author's word among its parts: "post-author", "authorName"."""
    return not listed("authors").isdisjoint(part.lower() for part in _PARTS.findall(classes))


def parse_time(value: str | date | None) -> datetime | None:
    """An ISO 8601 time or day as a UTC time; None for anything else, and for what stands for no date at all.

    >>> parse_time("2025-03-14").isoformat(), parse_time("yesterday"), parse_time("0001-01-01T00:00:00Z")
    ('2025-03-14T00:00:00+00:00', None, None)
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if not isinstance(value, date) or value.year < _FIRST_YEAR:
        return None
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    try:
        time = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None
    return None if time == _EPOCH else time


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
