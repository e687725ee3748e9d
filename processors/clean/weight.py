"""Weights: how much running text each element of a page holds, what is set aside, and which element is the container."""

import re
from collections.abc import Iterator
from itertools import accumulate

from processors.clean.mark import Mark, mark_of
from processors.clean.piece import Piece, Tree

TERMINATED = re.compile(r"[.!?…:;。！？।۔؟։።][\"'”’»)\]」』]*$")
# Characters that say as much as two letters of an alphabet.
_WIDE = re.compile("[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# Elements that a container is not looked for below.
_TEXT = frozenset(["p", "li", "td", "blockquote", "dd", "pre", "h1", "h2", "h3"])
# Characters from which on a piece counts as prose, with and without a sentence's end; more of it linked is a link.
_SENTENCE, LONG, LINKED = 25, 80, 0.6
# A <p> of more characters is a paragraph, whatever its class name says of its looks.
_PARAGRAPH = 300
# An element whose name says boilerplate but which holds this share of the page's prose is the article itself.
_TOO_MUCH = 0.5
# The container is the deepest element that holds this share of the prose; one marked as a body needs less.
_ENOUGH, _MARKED = 0.8, 0.5
# More <article> elements than these, side by side, may be the entries of a live blog.
_PARTS = 2
# A page without what was set aside is still an article from this many characters of prose on.
_ARTICLE = 200


def prose(piece: Piece) -> int:
    """How many characters of running text a piece holds outside links; 0 for what is no sentence."""
    own = len(piece.text) - piece.linked
    if piece.linked > LINKED * len(piece.text) or own < 8:
        return 0
    own += len(_WIDE.findall(piece.text))
    return own if own >= (_SENTENCE if TERMINATED.search(piece.text) else LONG) else 0


class Page:
    """A page's pieces, weighed: prose by piece, its sums below each node, and what is set aside."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.marks = [mark_of(element) for element in tree.elements]
        self.prose = [prose(piece) for piece in tree.pieces]
        self.cut = [Mark.NOTHING] * len(tree.pieces)
        for node, mark in enumerate(self.marks):
            if mark is Mark.BODY:
                self._count_all(node)
        self._sum()

    def _count_all(self, node: int) -> None:
        """In what is marked as an article's body, lines that are no sentences count too."""
        for at in range(self.tree.starts[node], self.tree.ends[node]):
            piece = self.tree.pieces[at]
            self.prose[at] = self.prose[at] or max(0, len(piece.text) - 2 * piece.linked)

    def _sum(self) -> None:
        kept = (0 if cut else weight for cut, weight in zip(self.cut, self.prose, strict=True))
        self.sums = list(accumulate(kept, initial=0))

    def weight(self, node: int) -> int:
        """Characters of prose below a node, without what is set aside."""
        return self.sums[self.tree.ends[node]] - self.sums[self.tree.starts[node]]

    def _drop(self, node: int, mark: Mark) -> None:
        start, end = self.tree.starts[node], self.tree.ends[node]
        self.cut[start:end] = [mark] * (end - start)

    def set_aside(self) -> None:
        """Cut what is marked as no part of an article, unless that leaves next to nothing of the page."""
        total = self.sums[-1]
        weights = {node: self.weight(node) for node, mark in enumerate(self.marks) if mark < 0}
        spared: set[int] = set()
        while True:
            self._cut_marked(weights, spared)
            heaviest = max(weights.keys() - spared, key=weights.__getitem__, default=None)
            if self.sums[-1] >= min(_ARTICLE, _TOO_MUCH * total) or heaviest is None or not weights[heaviest]:
                return
            # The article is in there: what holds it is no aside, and what is beside it may be.
            spared.update(node for node in weights if weights[node] >= _TOO_MUCH * weights[heaviest])

    def _cut_marked(self, weights: dict[int, int], spared: set[int]) -> None:
        tree = self.tree
        self.cut = [Mark.NOTHING] * len(tree.pieces)
        self._sum()
        total, done = self.sums[-1], -1
        for node, weight in weights.items():
            never = self.marks[node] is Mark.NEVER
            if node <= done or node in spared or tree.starts[node] == tree.ends[node] or self._is_paragraph(node):
                continue
            if weight >= _TOO_MUCH * total and not (never and total - weight >= _ARTICLE):
                continue
            self._drop(node, self.marks[node])
            done = tree.last[node] if never else done
        self._sum()

    def _is_paragraph(self, node: int) -> bool:
        """Whether a <p> is long: a short one may be named for what it is, a byline, a long one for how it looks."""
        tree = self.tree
        long = sum(len(piece.text) for piece in tree.pieces[tree.starts[node] : tree.ends[node]]) > _PARAGRAPH
        return tree.elements[node].tag == "p" and long

    def set_articles_aside(self, head: int | None) -> None:
        """Cut an <article> inside the main one, or beside it: a comment, a teaser."""
        tree = self.tree
        outer: list[int] = []
        for node, element in enumerate(tree.elements):
            if element.tag != "article" or not self.weight(node):
                continue
            if not outer or node > tree.last[outer[-1]]:
                outer.append(node)
            elif self.weight(node) < _TOO_MUCH * self.weight(outer[-1]):
                self._drop(node, Mark.NEVER)
        self._sum()
        with_head = (node for node in outer if head is not None and tree.starts[node] <= head < tree.ends[node])
        main = next(with_head, max(outer, key=self.weight, default=0))
        if self.weight(main) >= _TOO_MUCH / 2 * sum(map(self.weight, outer)) and not self._are_parts(outer, head):
            for node in outer:
                if node != main:
                    self._drop(node, Mark.NEVER)
        self._sum()

    def _are_parts(self, articles: list[int], head: int | None) -> bool:
        """Whether <article> elements are the entries of one article: side by side below its headline, and no links."""
        tree = self.tree
        if head is None or len(articles) <= _PARTS or len({tree.parents[node] for node in articles}) > 1:
            return False
        firsts = [tree.pieces[tree.starts[node]] for node in articles]
        return head < tree.starts[articles[0]] and not any(2 * piece.linked > len(piece.text) for piece in firsts)

    def container(self) -> int:
        """The node that holds the article."""
        base = self._main()
        marked = self._marked_bodies(base)
        if marked:
            return self._innermost(marked[0]) if len(marked) == 1 else self._common(marked)
        here, total = base, self.weight(base)
        while True:
            best = max(self.children(here), key=self.weight, default=here)
            if best == here or self.weight(best) < _ENOUGH * total or self.tree.elements[best].tag in _TEXT:
                return here
            here = best

    def _main(self) -> int:
        """The <article>, else the <main>, that holds most of the prose; else the root."""
        for tag in ("article", "main"):
            nodes = (node for node, element in enumerate(self.tree.elements) if element.tag == tag)
            best = max(nodes, key=self.weight, default=0)
            if best and self.weight(best) >= _MARKED * self.weight(0):
                return best
        return 0

    def _marked_bodies(self, base: int) -> list[int]:
        """The outermost nodes below a node that are marked as an article's body, if they hold most of the prose."""
        total = self.weight(base)
        found: list[int] = []
        for node in range(base, self.tree.last[base] + 1):
            outermost = not found or node > self.tree.last[found[-1]]
            if outermost and self.marks[node] is Mark.BODY and self.weight(node) >= 0.1 * total:
                found.append(node)
        return found if sum(map(self.weight, found)) >= _MARKED * total else []

    def _innermost(self, node: int) -> int:
        enough = 0.9 * self.weight(node)
        below = range(node + 1, self.tree.last[node] + 1)
        return max(
            (inner for inner in below if self.marks[inner] is Mark.BODY and self.weight(inner) >= enough), default=node
        )

    def _common(self, nodes: list[int]) -> int:
        return next(above for above in self.tree.ancestry(nodes[0]) if self.tree.last[above] >= nodes[-1])

    def children(self, node: int) -> Iterator[int]:
        child, end = node + 1, self.tree.last[node]
        while child <= end:
            yield child
            child = self.tree.last[child] + 1
