"""Whole pages: which pieces of a page are its article.

Elements that are marked as no part of an article are set aside, then articles beside or inside the main one. The
container is the deepest element that holds most of the prose that is left. At its edges and between its paragraphs,
what is left over – link lists, share rows, related posts – goes by its links and its place; `edges` goes by its words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from urllib.parse import urlsplit

from lxml import etree

from processors.clean.cue import cue_at_start, is_cue, tells_amount
from processors.clean.mark import Mark, mark_of
from processors.clean.walk import Piece, Tree
from processors.fold import fold

_TERMINATED = re.compile(r"[.!?…:;。！？।۔؟։።][\"'”’»)\]」』]*$")
# Characters that say as much as two letters of an alphabet.
_WIDE = re.compile("[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# Elements that a container is not looked for below.
_TEXT = frozenset(["p", "li", "td", "blockquote", "dd", "pre", "h1", "h2", "h3"])
# Characters from which on a piece counts as prose, with and without a sentence's end; more of it linked is a link.
_SENTENCE, _LONG, _LINKED = 25, 80, 0.6
_PARAGRAPH = 100
# Lines that are one of these cues and nothing else say nothing of the article.
_ALONE = ("related", "share", "tags", "comments", "newsletter", "advert")
# An element whose name says boilerplate but which holds this share of the page's prose is the article itself.
_TOO_MUCH = 0.5
# The container is the deepest element that holds this share of the prose; one marked as a body needs less.
_ENOUGH, _MARKED = 0.8, 0.5
# A page without what was set aside is still an article from this many characters of prose on.
_ARTICLE = 200
# Pieces before the headline and after it, up to the first prose, that may name the author.
_BEFORE, _AROUND = 6, 30


@dataclass(frozen=True, slots=True)
class Found:
    """A page's article: the headline that it shows, its pieces, and the texts around the headline that are not among
    them, where bylines stand."""

    headline: str | None
    pieces: list[Piece]
    around: list[str]


def article_of(tree: Tree, titles: Sequence[str], site: str | None = None) -> Found:
    """The pieces of a whole page that are its article, in reading order.

    `titles` are those that the page declares, `site` is its site's name, which is no headline.
    """
    if not tree.pieces:
        return Found(None, [], [])
    page = _Page(tree)
    head = _headline(tree, titles, site)
    page.set_aside()
    page.set_articles_aside(head)
    return page.article(head)


def without_asides(tree: Tree) -> list[Piece]:
    """The pieces of a fragment, which is an article as a whole, without what is marked as no part of it."""
    if not tree.pieces:
        return []
    page = _Page(tree)
    page.set_aside()
    return [piece for at, piece in enumerate(tree.pieces) if page.stays(at, 0, len(tree.pieces))]


def prose(piece: Piece) -> int:
    """How many characters of running text a piece holds outside links; 0 for what is no sentence."""
    own = len(piece.text) - piece.linked
    if piece.linked > _LINKED * len(piece.text) or own < 8:
        return 0
    own += len(_WIDE.findall(piece.text))
    return own if own >= (_SENTENCE if _TERMINATED.search(piece.text) else _LONG) else 0


def _headline(tree: Tree, titles: Sequence[str], site: str | None) -> int | None:
    """The piece that repeats a title of the page, in the titles' order; else the first <h1>.

    A heading that links to the site's front page is its logo, and no headline.
    """
    wanted = [fold(title) for title in titles]
    lengths = {len(title) for title in titles}
    found: list[tuple[int, bool, int]] = []
    first = None
    for at, piece in enumerate(tree.pieces):
        is_link = 2 * piece.linked > len(piece.text)
        rank = None
        if piece.kind == "heading":
            text = fold(piece.text)
            if (is_link and (piece.level != 1 or _leads_home(tree.elements[piece.node]))) or text == fold(site or ""):
                continue
            rank = next((rank for rank, title in enumerate(wanted) if _same_title(text, title)), None)
            if first is None and piece.level == 1 and not is_link:
                first = at
        elif len(piece.text) in lengths and not is_link:
            text = fold(piece.text)
            rank = next((rank for rank, title in enumerate(wanted) if text == title), None)
        if rank is not None:
            found.append((rank, piece.kind != "heading", at))
    return min(found)[2] if found else first


def _leads_home(element: etree._Element) -> bool:
    link = element.find(".//a")
    link = next(element.iterancestors("a"), None) if link is None else link
    path = urlsplit(link.get("href") or "").path if link is not None else "?"
    return path.strip("/") in ("", ".", "index.html", "index.php", "index.htm")


def _same_title(text: str, wanted: str) -> bool:
    """Whether two folded titles are one: pages shorten a headline in their head, or add to it."""
    return text == wanted or (min(len(text), len(wanted)) > 15 and (text in wanted or wanted in text))


class _Page:
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
        long = sum(len(piece.text) for piece in tree.pieces[tree.starts[node] : tree.ends[node]]) > 3 * _PARAGRAPH
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
        if self.weight(main) >= _TOO_MUCH / 2 * sum(map(self.weight, outer)):
            for node in outer:
                if node != main:
                    self._drop(node, Mark.NEVER)
        self._sum()

    def container(self) -> int:
        """The node that holds the article."""
        marked = self._marked_bodies()
        if marked:
            return self._innermost(marked[0]) if len(marked) == 1 else self._common(marked)
        here, total = 0, self.weight(0)
        while True:
            best = max(self._children(here), key=self.weight, default=here)
            if best == here or self.weight(best) < _ENOUGH * total or self.tree.elements[best].tag in _TEXT:
                return here
            here = best

    def _marked_bodies(self) -> list[int]:
        """The outermost nodes that are marked as an article's body, if they hold most of the prose."""
        total = self.weight(0)
        found: list[int] = []
        for node, mark in enumerate(self.marks):
            if (
                mark is Mark.BODY
                and self.weight(node) >= 0.1 * total
                and (not found or node > self.tree.last[found[-1]])
            ):
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

    def _children(self, node: int) -> Iterator[int]:
        child, end = node + 1, self.tree.last[node]
        while child <= end:
            yield child
            child = self.tree.last[child] + 1

    def article(self, head: int | None) -> Found:
        """The article: what the container holds from the headline on, without what is left over."""
        tree, pieces = self.tree, self.tree.pieces
        node = self.container()
        start, end = tree.starts[node], tree.ends[node]
        if head is None or not start <= head < end:
            inner = next(
                (
                    at
                    for at in range(start, end)
                    if pieces[at].level == 1 and not pieces[at].linked and pieces[at].kind == "heading"
                ),
                None,
            )
            head = inner if head is None else head
            begin = inner
        else:
            begin = head
        if begin is not None and self.sums[begin] - self.sums[start] < 0.3 * self.weight(node):
            start = begin + 1
        inside = list(self._inside(start, end))
        if head is None and inside and pieces[inside[0]].kind == "heading":
            head = inside.pop(0)  # a page without <h1> whose text begins with a heading
        kept = [*self._deck(head, start), *inside]
        before = max(0, min(start, start if head is None else head) - _BEFORE)
        around = [at for at in range(before, kept[-1] if kept else start) if at != head and at not in set(kept)]
        headline = pieces[head].text if head is not None and pieces[head].kind == "heading" else None
        return Found(headline, [pieces[at] for at in kept], list(self._texts(around[:_AROUND])))

    def _deck(self, head: int | None, start: int) -> Iterator[int]:
        """What stands right below a headline outside the container: a sentence or two that introduce the article."""
        if head is not None:
            yield from (
                at for at in range(head + 1, min(start, head + 1 + _BEFORE)) if self.prose[at] and not self.cut[at]
            )

    def _texts(self, pieces: list[int]) -> Iterator[str]:
        """The texts of pieces, and of the inline elements that they are made of."""
        for at in pieces:
            piece = self.tree.pieces[at]
            yield piece.text
            yield from islice(self.tree.elements[piece.node].itertext(), _BEFORE)

    def _inside(self, start: int, end: int) -> Iterator[int]:
        sentences = [at for at in range(start, end) if self._is_prose(at)]
        if 2 * sum(self.prose[at] for at in sentences) < self.sums[end] - self.sums[start]:
            sentences = [at for at in range(start, end) if self.prose[at] and not self.cut[at]]  # lines, no sentences
        first = sentences[0] if sentences else start
        after = range(end - 1, sentences[-1] if sentences else start, -1)
        last = next((at for at in after if self._is_content(at)), sentences[-1] if sentences else end)
        links = self._link_lists(start, end)
        for at in range(start, end):
            if not self.stays(at, first, last) or at in links or self._is_link(at):
                continue
            if self._leads_in(at) if at < first else at > last and self._leads_out(at) and not self._goes_on(at, last):
                continue
            yield at

    def _link_lists(self, start: int, end: int) -> set[int]:
        """Lists of nothing but links, which lead away, unless a sentence announces them or they tell prices."""
        pieces = self.tree.pieces
        found: set[int] = set()
        run: list[int] = []
        for at in range(start, end + 1):
            piece = pieces[at] if at < end else None
            if (
                piece
                and piece.kind == "list_item"
                and piece.linked > 0.9 * len(piece.text)
                and len(piece.text) < _PARAGRAPH
            ):
                run.append(at)
                continue
            items = (piece is not None and piece.kind == "list_item") or (
                run and run[0] > start and pieces[run[0] - 1].kind == "list_item"
            )
            announced = run and run[0] > start and pieces[run[0] - 1].text.endswith((":", "："))
            if len(run) > 1 and not items and not announced and not any(tells_amount(pieces[one].text) for one in run):
                found.update(run)
            run = []
        return found

    def _is_content(self, at: int) -> bool:
        """Prose, or an item, cell or quotation that is no link."""
        piece = self.tree.pieces[at]
        own = piece.kind in ("list_item", "table_cell", "quote") and not piece.linked
        return self._is_prose(at) or (own and not self.cut[at])

    def _is_prose(self, at: int) -> bool:
        piece = self.tree.pieces[at]
        return not self.cut[at] and piece.kind != "caption" and bool(prose(piece)) and not self._is_teaser(at)

    def _is_teaser(self, at: int) -> bool:
        piece = self.tree.pieces[at]
        return piece.kind == "list_item" and piece.linked > 0.3 * len(piece.text)

    def stays(self, at: int, first: int, last: int) -> bool:
        """Whether a piece is not set aside, or is a quotation or an amount in the midst of the article."""
        if not self.cut[at]:
            return True
        piece = self.tree.pieces[at]
        return (
            self.cut[at] is Mark.ASIDE
            and first < at < last
            and (piece.kind == "quote" or (2 * piece.linked <= len(piece.text) and tells_amount(piece.text)))
        )

    def _leads_in(self, at: int) -> bool:
        piece = self.tree.pieces[at]
        return piece.kind == "paragraph" and (len(piece.text) < _LONG or piece.linked > _LINKED * len(piece.text))

    def _leads_out(self, at: int) -> bool:
        piece = self.tree.pieces[at]
        if piece.kind == "paragraph":
            return piece.linked > 0 or not tells_amount(piece.text)
        return piece.kind == "heading" or self._is_teaser(at)

    def _goes_on(self, at: int, last: int) -> bool:
        """Whether a paragraph follows the last prose as one of its kind: a last line, who contributed."""
        tree, piece = self.tree, self.tree.pieces[at]
        one, other = piece.node, tree.pieces[last].node
        alike = tree.parents[one] == tree.parents[other] and tree.elements[one].tag == tree.elements[other].tag == "p"
        return alike and piece.kind == "paragraph" and 2 * piece.linked <= len(piece.text)

    def _is_link(self, at: int) -> bool:
        """Whether a paragraph is a link that leads away, or a line that asks for a subscription by one."""
        piece = self.tree.pieces[at]
        if piece.kind in ("paragraph", "list_item", "heading") and any(is_cue(name, piece.text) for name in _ALONE):
            return True
        if piece.kind not in ("paragraph", "caption") or not piece.linked or len(piece.text) > 2 * _PARAGRAPH:
            return False
        if cue_at_start("newsletter", piece.text) is not None:
            return True
        long = len(piece.text) >= _PARAGRAPH and _TERMINATED.search(piece.text)
        return piece.linked > 0.8 * len(piece.text) and piece.kind == "paragraph" and not long
