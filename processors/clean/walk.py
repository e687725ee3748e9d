"""Markup to pieces: one walk over a tree of elements, the same for a page, a CMS fragment and rendered Markdown.

Inline elements never split a word; a block element, or `<br>` outside a heading, ends a piece.
"""

from lxml import etree

from processors.clean.mark import is_hidden, mark_of
from processors.clean.piece import ROOT, Piece, Tree
from processors.clean.table import Table
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
_CONTROLS = frozenset(["button", "input", "select", "textarea"])
_LISTS, _CELLS = frozenset(["ul", "ol", "dl"]), frozenset(["td", "th"])
# HTML's elements that begin a line of their own; all others are inline.
_BLOCKS = frozenset([
    "address", "amp-sidebar", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip
# Elements that hold no text of the article, whatever they hold.
_DROPPED = frozenset([
    "script", "style", "template", "iframe", "object", "embed", "svg", "canvas", "video", "audio", "map", "button",
    "input", "select", "textarea", "option", "datalist", "meter", "progress", "head", "title", "link", "meta",
    "base", "math", "rt", "rp", "noframes", "frameset", "applet", "amp-ad", "amp-iframe", "amp-social-share",
    "amp-analytics",
])  # fmt: skip


class _Walker:
    """Collects inline text until a block begins or ends, then makes a piece of it."""

    def __init__(self, dropped: frozenset[str]) -> None:
        self.dropped = dropped
        self.tree = Tree()
        self.pending: list[str] = []
        self.lines: list[tuple[str, int]] = []
        self.linked = 0
        self.links = 0
        self.node = ROOT
        self.kind: SegmentKind = "paragraph"
        self.level: int | None = None
        self.depth = 0
        self.tables: list[Table] = []
        self.outer: list[tuple[SegmentKind, int | None, int]] = []

    def walk(self, root: etree._Element) -> Tree:
        """Go through the elements, without recursion: pages nest as deep as they like."""
        context = etree.iterwalk(root, events=("start", "end"))
        pending = self.pending
        for event, element in context:
            name = element.tag
            if event == "start":
                if name in self.dropped or not isinstance(name, str):
                    if name in _CONTROLS:
                        self.tree.controls.append(self.node)
                    context.skip_subtree()
                    continue
                if name in _BLOCKS:
                    self.open(name, element)
                elif name == "br":
                    if self.kind == "heading":
                        pending.append(" ")
                    else:
                        self.end_line()
                else:
                    if name == "a":
                        self.links += 1
                    if is_hidden(element) or (self.kind == "caption" and mark_of(element) < 0):
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
                table.add(piece)
            self.tree.pieces.append(piece)
        self.lines.clear()

    def open(self, name: str, element: etree._Element) -> None:
        """Begin a block."""
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
                if self.tables:
                    self.tables[-1].holds_heading(self.level)
            else:
                self.level = max(self.depth, 1) if self.kind == "list_item" else None
        elif name in _LISTS:
            self.depth += 1
        elif name == "table":
            if self.tables:
                self.tables[-1].lays_out = True
            self.tables.append(Table())
        elif self.tables and name == "tr":
            self.tables[-1].open_row(element)
        elif self.tables and name in _CELLS:
            self.tables[-1].open_cell(element)
            self.kind, self.level = "table_cell", None
        elif self.tables and name == "article":
            self.tables[-1].lays_out = True
        if name == "p" and self.kind == "heading":
            self.kind, self.level = "paragraph", None

    def close(self, name: str) -> None:
        """End the block that is open."""
        self.flush()
        self.kind, self.level, self.depth = self.outer.pop()
        self.tree.ends[self.node] = len(self.tree.pieces)
        self.tree.last[self.node] = len(self.tree.parents) - 1
        self.node = self.tree.parents[self.node]
        if self.tables and name in _CELLS:
            self.tables[-1].close_cell(self.tree.pieces[-1] if self.tree.pieces else None)
        elif self.tables and name == "table":
            table = self.tables.pop()
            table.close(self.tables[-1] if self.tables else None)


def tree_of(root: etree._Element, with_noscript: bool = False) -> Tree:
    """The pieces below an element in reading order; inline markup never splits a word, `<br>` ends a piece."""
    return _Walker(_DROPPED if with_noscript else _DROPPED | {"noscript"}).walk(root)
