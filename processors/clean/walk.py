"""Markup to blocks: one walk over an element, the same for a page's body, a CMS fragment and rendered Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4.element import CData, NavigableString, Tag

from processors.clean.block import Block
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
}
_BLOCK_NAMES = frozenset(
    [
        "address",
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
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
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
DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
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
    ]
)
_BREAK = "\x01"
_SPLIT = re.compile(f"(?:{_BREAK}[ \\t\\r\\n\u00a0]*)+")
_DEEPEST = 200


@dataclass
class _Walker:
    """Collects inline text until a block boundary, then makes a block of it."""

    blocks: list[Block] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    kind: SegmentKind = "paragraph"
    level: int | None = None
    depth: int = 0
    row: int | None = None
    header: str | None = None
    rows: int = 0

    def flush(self) -> None:
        text, self.pending = "".join(self.pending), []
        for line in _SPLIT.split(text):
            if tidied := tidy_line(line):
                self.blocks.append(
                    Block(kind=self.kind, text=tidied, level=self.level, row=self.row, header=self.header)
                )

    def walk(self, element: Tag, nesting: int = 0) -> None:
        for child in element.children:
            if isinstance(child, NavigableString):
                if type(child) in (NavigableString, CData):
                    self.pending.append(child)
            elif isinstance(child, Tag) and child.name not in DROPPED:
                self._element(child, nesting)

    def _element(self, element: Tag, nesting: int) -> None:
        if nesting > _DEEPEST:
            self.pending.append(element.get_text(" "))
        elif element.name == "br":
            self.pending.append(_BREAK)
        elif element.name == "table" and _is_data(element):
            self.flush()
            self._table(element)
        elif element.name in _BLOCK_NAMES:
            self._block(element, nesting)
        else:
            self.walk(element, nesting + 1)

    def _block(self, element: Tag, nesting: int) -> None:
        self.flush()
        before = self.kind, self.level, self.depth
        if element.name in HEADINGS:
            self.kind, self.level = "heading", HEADINGS[element.name]
        elif element.name in ("ul", "ol", "dl"):
            self.depth += 1
        elif element.name in _KINDS:
            self.kind = _KINDS[element.name]
            self.level = max(self.depth, 1) if self.kind == "list_item" else None
        elif element.name == "p" and self.kind == "heading":
            self.kind, self.level = "paragraph", None
        self.walk(element, nesting + 1)
        self.flush()
        self.kind, self.level, self.depth = before

    def _table(self, table: Tag) -> None:
        headers: list[str] = []
        for caption in table.find_all("caption"):
            self._block(caption, 0)
        for number, row in enumerate(table.find_all("tr")):
            cells = list(row.find_all(["td", "th"], recursive=False))
            self.rows += 1
            is_head = number == 0 and (all(cell.name == "th" for cell in cells) or row.find_parent("thead") is not None)
            for column, cell in enumerate(cells):
                header = headers[column] if column < len(headers) and not is_head else None
                self._cell(cell, None if is_head else self.rows, header)
            if is_head:
                headers = [tidy_line(cell.get_text(" ")) for cell in cells]

    def _cell(self, cell: Tag, row: int | None, header: str | None) -> None:
        before = self.kind, self.level, self.row, self.header
        self.kind, self.level, self.row, self.header = "table_cell", None, row, header
        self.walk(cell)
        self.flush()
        self.kind, self.level, self.row, self.header = before


def _is_data(table: Tag) -> bool:
    """Whether a table holds data; one that lays out a page holds tables, headings or whole paragraphs."""
    if table.find(["table", "h1", "h2", "h3", "article"]):
        return False
    rows = table.find_all("tr")
    widest = max((len(row.find_all(["td", "th"], recursive=False)) for row in rows), default=0)
    return widest > 1 and len(rows) > 1


def blocks_of(element: Tag) -> Iterator[Block]:
    """The blocks below an element in reading order; inline markup never splits a word, `<br>` ends a block."""
    walker = _Walker()
    walker.walk(element)
    walker.flush()
    yield from walker.blocks
