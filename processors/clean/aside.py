"""Asides: small blocks in or behind an article that lead away from it – cards, boxes, lists of links."""

from processors.clean.cue import cue_at_start, is_cue, tells_amount
from processors.clean.piece import Tree

# A line of more characters that ends like a sentence is no mere link, though all of it is linked.
LINE = 100
# Pieces of a box beside the text, at most, and elements that hold a line of it.
_BOX = 4
_LINES = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "center"])


class Asides:
    """The asides among the pieces `start` to `end` of a page, whose article's prose is below the node `core`."""

    def __init__(self, tree: Tree, core: int, start: int, end: int) -> None:
        self.tree, self.core, self.start, self.end = tree, core, start, end

    def cards(self, start: int, end: int) -> list[range]:
        """Blocks that begin with a link and tell a line or two of what it leads to: other articles."""
        pieces = self.tree.pieces
        links = (at for at in range(start, end) if pieces[at].linked > 0.9 * len(pieces[at].text))
        boxes = (self._box(at) for at in links if pieces[at].kind in ("heading", "paragraph"))
        return [box for box in boxes if box]

    def boxes(self) -> set[int]:
        """Small blocks in the midst of the article that begin with a cue – "Read also", a link, a line about it – or
        that hold a line and a button."""
        tree = self.tree
        found: set[int] = set()
        for at in range(self.start, self.end):
            text = tree.pieces[at].text
            if len(text) <= 2 * LINE and any(cue_at_start(name, text) is not None for name in ("related", "advert")):
                found.update(self._box(at) if tree.pieces[at].linked or is_cue("related", text) else ())
        for node in tree.controls:
            start, end = tree.starts[node], tree.ends[node]
            if (
                node >= 0
                and self.start <= start < end <= self.end
                and end - start <= _BOX
                and not self._is_around_core(node)
            ):
                lines = tree.pieces[start:end]
                if not any(line.kind == "list_item" or tells_amount(line.text) for line in lines):
                    found.update(range(start, end))
        return found

    def _is_around_core(self, node: int) -> bool:
        return node <= self.core <= self.tree.last[node]

    def _box(self, at: int) -> range:
        """The pieces of the block that a piece begins, where it is a small one beside or inside the core."""
        tree = self.tree
        node = tree.pieces[at].node
        if tree.elements[node].tag in _LINES:
            node = tree.parents[node]
        start, end = tree.starts[node], tree.ends[node]
        small = start == at and end - start <= _BOX
        return range(start, end) if small and not self._is_around_core(node) else range(0)

    def link_lists(self) -> set[int]:
        """Lists of nothing but links, which lead away, unless a sentence announces them or they tell prices."""
        pieces, found = self.tree.pieces, set[int]()
        at = self.start
        while at < self.end:
            begin = at
            while at < self.end and pieces[at].kind == "list_item":
                at += 1
            items, before = pieces[begin:at], pieces[begin - 1].text if begin else ""
            linked = all(item.linked > 0.9 * len(item.text) and len(item.text) < LINE for item in items)
            if (
                len(items) > 1
                and linked
                and not before.endswith((":", "："))
                and not any(tells_amount(item.text) for item in items)
            ):
                found.update(range(begin, at))
            at += 1
        return found
