"""The table `articles`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from schemas.vocabulary import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageShare:
    """How much of an article's text is in a language."""

    language: Annotated[str, "ISO 639-1 code, or `und`"]
    share: Annotated[float, "share of the article's characters, 0 to 1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article's current version."""

    article_id: Annotated[str, "stable id, made from `source`"]
    source: Annotated[str, "path or URI as given; `PATH#ID` for a record of a JSONL file"]
    url: Annotated[str | None, "address the article says that it was published at"] = None
    format: Annotated[Format, "what the input held"]
    title: Annotated[str | None, "headline"] = None
    author: Annotated[str | None, "who signed it"] = None
    published_at: Annotated[
        datetime | None, "when it says that it was published; midnight UTC where only a day is given"
    ] = None
    category: Annotated[str | None, "section or first category it was filed under"] = None
    tags: Annotated[tuple[str, ...], "tags and further categories, in the order given"] = ()
    language: Annotated[
        str, "ISO 639-1 code of the language most of the text is in (`zh` and `zh-Hant` apart), or `und`"
    ]
    language_confidence: Annotated[float, "0 to 1; 0 for `und`"]
    languages: Annotated[tuple[LanguageShare, ...], "every language of the text with its share, largest first"]
    text: Annotated[str, "clean text: the blocks joined by a blank line; every offset points into it"]
    n_sentences: Annotated[int, "number of rows in `segments`"]
    content_hash: Annotated[str, "hash of the input as read, metadata included"]
    pipeline_version: Annotated[str, "version of moisson and fingerprint of the lexicons that made the rows"]
    run_id: Annotated[str, "the run that wrote this version"]
    ingested_at: Annotated[datetime, "when that run processed it, UTC"]
