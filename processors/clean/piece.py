"""Pieces: the blocks of text of some markup, and the tree of elements that they stand in."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from processors.clean.block import Block
from schemas.vocabulary import SegmentKind

ROOT = -1


@dataclass(slots=True)
class Piece:
    """A block of text. `node` is its element in the tree, `linked` counts its characters inside links."""

    kind: SegmentKind
    text: str
    node: int
    linked: int = 0
    level: int | None = None
    row: int | None = None
    header: str | None = None

    @property
    def block(self) -> Block:
        """The piece as a block of an article."""
        return Block(kind=self.kind, text=self.text, level=self.level, row=self.row, header=self.header)


@dataclass(slots=True)
class Tree:
    """The block elements of a page in document order, and its pieces.

    Node n's subtree is the nodes n to `last[n]`, and the pieces from `starts[n]` up to `ends[n]`. `controls` are the nodes
    that hold a button or a field.
    """

    elements: list[etree._Element] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    controls: list[int] = field(default_factory=list)

    def ancestry(self, node: int) -> Iterator[int]:
        """A node and all that are above it, itself first."""
        while node != ROOT:
            yield node
            node = self.parents[node]
