"""The table `segments`."""

from dataclasses import dataclass
from typing import Annotated

from schemas.vocabulary import SegmentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A sentence, in reading order."""

    article_id: Annotated[str, "the article it belongs to"]
    position: Annotated[int, "0 for the article's first sentence"]
    block: Annotated[
        int, "0 for the first block (paragraph, heading, list item, cell ...); sentences of a block share it"
    ]
    kind: Annotated[SegmentKind, "kind of the block"]
    level: Annotated[int | None, "1 to 6 for a heading, depth from 1 for a list item"] = None
    section: Annotated[str | None, "the headings above it, outermost first, joined by ` > `"] = None
    language: Annotated[str, "ISO 639-1 code of the block's language, or `und`"]
    start: Annotated[int, "offset of its first character in the article's text, in Unicode code points"]
    end: Annotated[int, "offset after its last character"]
    text: Annotated[str, "the sentence, `articles.text[start:end]`"]
