"""Blocks: the paragraphs, headings, list items and cells of a clean article, in reading order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from processors.raw import Metadata
from schemas.vocabulary import SegmentKind

SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of text of one kind. `row` numbers the table row that a cell stands in, `header` is its column's."""

    kind: SegmentKind
    text: str
    level: int | None = None
    row: int | None = None
    header: str | None = None
    section: str | None = None
    start: int = 0

    @property
    def end(self) -> int:
        """Offset after the last character, in the article's text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanArticle:
    """An article with its boilerplate gone: metadata, and blocks that know their place in `text`."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    text: str = field(repr=False)


def assemble(metadata: Metadata, blocks: Iterable[Block]) -> CleanArticle:
    """Lay the blocks out one after the other, and give each its offset and the headings above it."""
    placed = tuple(_place(_with_sections(block for block in blocks if block.text.strip())))
    return CleanArticle(metadata=metadata, blocks=placed, text=SEPARATOR.join(block.text for block in placed))


def _place(blocks: Iterable[Block]) -> Iterator[Block]:
    start = 0
    for block in blocks:
        yield replace(block, start=start)
        start += len(block.text) + len(SEPARATOR)


def _with_sections(blocks: Iterable[Block]) -> Iterator[Block]:
    above: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            above = [heading for heading in above if (heading.level or 2) < (block.level or 2)]
        section = " > ".join(heading.text for heading in above) or None
        yield replace(block, section=section)
        if block.kind == "heading":
            above.append(block)
