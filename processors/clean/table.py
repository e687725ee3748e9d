"""Tables: which row and column a cell stands in, and which tables hold data and which lay out a page."""

from dataclasses import dataclass, field

from lxml import etree

from processors.clean.piece import Piece

# The widest cell that is believed.
_WIDEST = 100
# Headings of these levels stand above articles, not in cells of data.
_TITLES = 3


@dataclass(slots=True)
class Table:
    """A table under way. `hanging` counts, by column, the rows that a cell above reaches into."""

    cells: list[Piece] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    widest: int = 0
    cell: int = 0
    lays_out: bool = False
    is_head: bool = False
    headers: dict[int, str] = field(default_factory=dict)
    hanging: dict[int, int] = field(default_factory=dict)

    @property
    def place(self) -> tuple[int | None, str | None]:
        """The row and the column's header of the cell that is open; none of them in the head row."""
        return (None, None) if self.is_head else (self.rows, self.headers.get(self.cell))

    def add(self, piece: Piece) -> None:
        """Take a piece into the cell that is open."""
        piece.row, piece.header = self.place
        self.cells.append(piece)

    def holds_heading(self, level: int) -> None:
        """Note a heading inside."""
        self.lays_out = self.lays_out or level <= _TITLES

    def open_row(self, row: etree._Element) -> None:
        """Begin a row; the first of <th> only, or in <thead>, is the head."""
        self.rows += 1
        self.columns = self.cell = 0
        cells = [cell.tag for cell in row]
        head = bool(cells) and all(tag == "th" for tag in cells)
        parent = row.getparent()
        self.is_head = not self.headers and (head or (parent is not None and parent.tag == "thead"))

    def open_cell(self, cell: etree._Element) -> None:
        """Begin a cell, in the first column that none above reaches into."""
        while self.hanging.get(self.columns, 0) > 0:
            self.hanging[self.columns] -= 1
            self.columns += 1
        self.cell = self.columns
        width, height = _span(cell, "colspan"), _span(cell, "rowspan")
        if height > 1:
            self.hanging.update({self.cell + column: height - 1 for column in range(width)})
        self.columns += width
        self.widest = max(self.widest, self.columns)

    def close_cell(self, last: Piece | None) -> None:
        """End a cell; its last piece is its column's header, in the head row."""
        if self.is_head and last is not None:
            self.headers.setdefault(self.cell, last.text)

    def close(self, outer: "Table | None") -> None:
        """End the table. One that lays out a page holds tables, headings, or one cell a row: its cells are paragraphs."""
        if not self.lays_out and self.widest > 1 and self.rows > 1:
            return
        for piece in self.cells:
            piece.kind = "paragraph" if piece.kind == "table_cell" else piece.kind
            piece.row, piece.header = outer.place if outer else (None, None)


def _span(element: etree._Element, name: str) -> int:
    value = element.get(name) or ""
    return max(1, min(int(value), _WIDEST)) if value.isascii() and value.isdigit() else 1
