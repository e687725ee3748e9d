"""Markup to pieces: one walk over a tree of elements, the same for a page, a CMS fragment and rendered Markdown.

A piece is a block of text with what its place in the markup says about it; `Tree` holds the block elements the pieces
stand in, as parallel lists, a parent always before its children.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from processors.clean.block import Block
from processors.clean.mark import is_hidden
from processors.clean.text import tidy_line
from schemas.vocabulary import SegmentKind

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS: dict[str, SegmentKind] = {
    "li": "list_item",
    "dt": "list_item",
    "dd": "list_item",
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    **dict.fromkeys(HEADINGS, "heading"),
}
_LISTS = frozenset(["ul", "ol", "dl"])
# HTML's elements that begin a line of their own; all others are inline.
_BLOCKS = frozenset(
    [
        "address",
        "amp-sidebar",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
# Elements that hold no text of the article, whatever they hold.
_DROPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "video",
        "audio",
        "map",
        "button",
        "input",
        "select",
        "textarea",
        "option",
        "datalist",
        "meter",
        "progress",
        "head",
        "title",
        "link",
        "meta",
        "base",
        "math",
        "rt",
        "rp",
        "noframes",
        "frameset",
        "applet",
        "amp-ad",
        "amp-iframe",
        "amp-social-share",
        "amp-analytics",
    ]
)
_ROOT = -1


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

    Node n's subtree is the nodes n to `last[n]`, and the pieces from `starts[n]` up to `ends[n]`.
    """

    elements: list[etree._Element] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def ancestry(self, node: int) -> Iterator[int]:
        """A node and all that are above it, itself first."""
        while node != _ROOT:
            yield node
            node = self.parents[node]


@dataclass(slots=True)
class _Table:
    """A table under way: its head row, its columns, and what tells a table of data from one that lays out a page."""

    cells: list[Piece] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    widest: int = 0
    cell: int = 0
    lays_out: bool = False
    is_head: bool = False
    headers: dict[int, str] = field(default_factory=dict)
    hanging: dict[int, int] = field(default_factory=dict)


class _Walker:
    """Collects inline text until a block begins or ends, then makes a piece of it."""

    def __init__(self, dropped: frozenset[str]) -> None:
        self.dropped = dropped
        self.tree = Tree()
        self.pending: list[str] = []
        self.lines: list[tuple[str, int]] = []
        self.linked = 0
        self.links = 0
        self.node = _ROOT
        self.kind: SegmentKind = "paragraph"
        self.level: int | None = None
        self.depth = 0
        self.tables: list[_Table] = []
        self.outer: list[tuple[SegmentKind, int | None, int]] = []

    def walk(self, root: etree._Element) -> Tree:
        context = etree.iterwalk(root, events=("start", "end"))
        pending = self.pending
        for event, element in context:
            name = element.tag
            if event == "start":
                if name in self.dropped or not isinstance(name, str):
                    context.skip_subtree()
                    continue
                if name in _BLOCKS:
                    self.open(name, element)
                elif name == "br":
                    self.end_line()
                else:
                    if name == "a":
                        self.links += 1
                    if is_hidden(element):
                        context.skip_subtree()
                        continue
                if text := element.text:
                    pending.append(text)
                    if self.links:
                        self.linked += len(text)
            else:
                if name in _BLOCKS:
                    self.close(name)
                elif name == "a":
                    self.links -= 1
                if (tail := element.tail) and element is not root:
                    pending.append(tail)
                    if self.links:
                        self.linked += len(tail)
        self.flush()
        return self.tree

    def end_line(self) -> None:
        """Close a line of the text that waits."""
        if self.pending:
            text = "".join(self.pending)
            if not text.isspace() and (line := tidy_line(text)):
                self.lines.append((line, min(self.linked, len(line))))
            self.pending.clear()
            self.linked = 0

    def flush(self) -> None:
        """Make pieces of the text that waits, one a line."""
        self.end_line()
        if not self.lines:
            return
        table = self.tables[-1] if self.tables else None
        for line, linked in self.lines:
            piece = Piece(self.kind, line, self.node, linked, self.level)
            if table is not None:
                piece.row, piece.header = self._cell(table)
                table.cells.append(piece)
            self.tree.pieces.append(piece)
        self.lines.clear()

    @staticmethod
    def _cell(table: _Table) -> tuple[int | None, str | None]:
        return (None, None) if table.is_head else (table.rows, table.headers.get(table.cell))

    def open(self, name: str, element: etree._Element) -> None:
        self.flush()
        tree = self.tree
        tree.elements.append(element)
        tree.parents.append(self.node)
        tree.starts.append(len(tree.pieces))
        tree.ends.append(0)
        tree.last.append(0)
        self.node = len(tree.parents) - 1
        self.outer.append((self.kind, self.level, self.depth))
        if name in _KINDS:
            self.kind = _KINDS[name]
            if self.kind == "heading":
                self.level = HEADINGS[name]
                if self.tables and self.level < 4:
                    self.tables[-1].lays_out = True
            else:
                self.level = max(self.depth, 1) if self.kind == "list_item" else None
        elif name in _LISTS:
            self.depth += 1
        elif name == "table":
            if self.tables:
                self.tables[-1].lays_out = True
            self.tables.append(_Table())
        elif self.tables:
            self._open_in_table(name, element)
        if name == "p" and self.kind == "heading":
            self.kind, self.level = "paragraph", None

    def _open_in_table(self, name: str, element: etree._Element) -> None:
        table = self.tables[-1]
        if name == "tr":
            table.rows += 1
            table.columns = table.cell = 0
            cells = [cell.tag for cell in element]
            head = bool(cells) and all(tag == "th" for tag in cells)
            parent = element.getparent()
            table.is_head = not table.headers and (head or (parent is not None and parent.tag == "thead"))
        elif name in ("td", "th"):
            while table.hanging.get(table.columns, 0) > 0:
                table.hanging[table.columns] -= 1
                table.columns += 1
            table.cell = table.columns
            width, height = _span(element, "colspan"), _span(element, "rowspan")
            if height > 1:
                table.hanging.update({table.cell + n: height - 1 for n in range(width)})
            table.columns += width
            table.widest = max(table.widest, table.columns)
            self.kind, self.level = "table_cell", None
        elif name == "article":
            table.lays_out = True

    def close(self, name: str) -> None:
        self.flush()
        self.kind, self.level, self.depth = self.outer.pop()
        self.tree.ends[self.node] = len(self.tree.pieces)
        self.tree.last[self.node] = len(self.tree.parents) - 1
        self.node = self.tree.parents[self.node]
        if not self.tables:
            return
        if name in ("td", "th"):
            table = self.tables[-1]
            if table.is_head and self.tree.pieces:
                table.headers.setdefault(table.cell, self.tree.pieces[-1].text)
        elif name == "table":
            self._close_table(self.tables.pop())

    def _close_table(self, table: _Table) -> None:
        """A table that lays out a page holds tables, headings, or one cell a row: its cells are paragraphs."""
        if not table.lays_out and table.widest > 1 and table.rows > 1:
            return
        outer = self._cell(self.tables[-1]) if self.tables else (None, None)
        for piece in table.cells:
            piece.kind = "paragraph" if piece.kind == "table_cell" else piece.kind
            piece.row, piece.header = outer


def _span(element: etree._Element, name: str) -> int:
    value = element.get(name) or ""
    return max(1, min(int(value), 100)) if value.isascii() and value.isdigit() else 1


def tree_of(root: etree._Element, with_noscript: bool = False) -> Tree:
    """The pieces below an element in reading order; inline markup never splits a word, `<br>` ends a piece."""
    return _Walker(_DROPPED if with_noscript else _DROPPED | {"noscript"}).walk(root)
