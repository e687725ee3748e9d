"""Whole pages: which pieces of a page are its article.

The container (`weight`) holds the article. From the headline on, up to its last line, what is left over in it – link
lists, teasers, share rows, related posts – goes by its links, its place and its cues.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from processors.clean.aside import LINE, Asides
from processors.clean.cue import cue_at_start, is_cue, tells_amount
from processors.clean.headline import headline
from processors.clean.mark import Mark
from processors.clean.piece import Piece, Tree
from processors.clean.text import tidy_line
from processors.clean.weight import LINKED, LONG, TERMINATED, Page, prose
from processors.fold import fold

# A title of more characters is one, and no word that a headline happens to end in.
_TITLE = 15
# Pieces before the headline, and pieces and their parts around it, that may name the author and the day.
_BEFORE, _AROUND = 6, 30
# The headline stands before this share of the container's prose, or is no place to begin.
_HEAD = 0.3
# The core holds this share of the article's prose: what stands behind it may be an aside without a name.
_CORE = 0.6
# What a line ends in that the next goes on with: "Dear all,".
_GOES_ON = (",", "，", "、", "،")
# Lines that are one of these cues and nothing else say nothing of the article; the second list ends it.
_ALONE = ("related", "share", "tags", "comments", "newsletter", "advert")
_END = ("related", "comments", "author_box", "newsletter")


@dataclass(frozen=True, slots=True)
class Found:
    """A page's article: the headline that it shows, its pieces, and the texts around the headline that are not among
    them, where bylines stand."""

    headline: str | None
    pieces: list[Piece]
    around: list[str]


def article_of(tree: Tree, titles: Sequence[str] = (), site: str | None = None, author: str | None = None) -> Found:
    """The pieces of a whole page that are its article, in reading order.

    `titles` are those that the page declares, `site` is its site's name, which is no headline; a box that begins with
    the author's name is no part of the text.
    """
    if not tree.pieces:
        return Found(None, [], [])
    page = Page(tree)
    head = headline(tree, titles, site)
    page.set_aside()
    page.set_articles_aside(head)
    return _Article(page, head, titles, author).found()


def without_asides(tree: Tree) -> list[Piece]:
    """The pieces of a fragment, which is an article as a whole, without what is marked as no part of it."""
    if not tree.pieces:
        return []
    page = Page(tree)
    page.set_aside()
    return [piece for at, piece in enumerate(tree.pieces) if not page.cut[at] or _stays(piece, page.cut[at])]


def _stays(piece: Piece, cut: Mark) -> bool:
    """Whether a piece of the article stays although its element's name says otherwise: a quotation, an amount."""
    return cut is Mark.ASIDE and (
        piece.kind == "quote" or (2 * piece.linked <= len(piece.text) and tells_amount(piece.text))
    )


class _Article:
    """The pieces of a container, from `start` up to `end`, of which some are the article."""

    def __init__(self, page: Page, head: int | None, titles: Sequence[str], author: str | None) -> None:
        self.titles = titles
        self.page, self.tree, self.head, self.author = page, page.tree, head, fold(author or "")
        self.node = page.container()
        self.start, self.end = self.tree.starts[self.node], self.tree.ends[self.node]
        self._begin()

    def _begin(self) -> None:
        """Begin behind the headline where the container holds it, or behind a first-level heading of its own."""
        pieces, sums = self.tree.pieces, self.page.sums
        here = self.head
        if here is None or not self.start <= here < self.end:
            firsts = (
                at for at in range(self.start, self.end) if pieces[at].kind == "heading" and pieces[at].level == 1
            )
            here = next((at for at in firsts if not pieces[at].linked), None)
            self.head = here if self.head is None else self.head
        if here is not None and sums[here] - sums[self.start] < _HEAD * self.page.weight(self.node):
            self.start = here + 1

    def found(self) -> Found:
        pieces = self.tree.pieces
        inside = self._without_end(list(self._inside()))
        if self.head is None:
            self.head = self._unnamed_headline()
            inside = [at for at in inside if self.head is None or at > self.head]
        kept = [*self._deck(), *inside]
        shown = pieces[self.head] if self.head is not None and pieces[self.head].kind == "heading" else None
        around = list(self._texts(set(kept), inside[0] if inside else self.start))
        return Found(
            self._without_kicker(shown) if shown else None,
            self._with_deck([pieces[at] for at in kept]),
            around,
        )

    def _without_kicker(self, shown: Piece) -> str:
        """The headline without the words above it, set in an element of their own, that a declared title leaves out."""
        folded = fold(shown.text)
        for title in self.titles:
            if len(title) > _TITLE and folded.endswith(f" {fold(title)}"):
                kicker = shown.text[: -len(title)].strip()
                if any(
                    tidy_line("".join(one.itertext())) == kicker
                    for one in self.tree.elements[shown.node].iterdescendants()
                ):
                    return title
        return shown.text

    def _unnamed_headline(self) -> int | None:
        """On a page that declares no title which it shows, and has no <h1>: the highest heading right above the text."""
        first = self.sentences[0] if self.sentences else self.start
        above = [at for at in range(max(0, first - _BEFORE), first) if self.tree.pieces[at].kind == "heading"]
        above = [at for at in above if not self.page.cut[at] and not self.tree.pieces[at].linked]
        return min(above, key=lambda at: (self.tree.pieces[at].level or 0, at), default=None)

    def _deck(self) -> Iterator[int]:
        """What stands right below a headline outside the container: a sentence or two that introduce the article."""
        if self.head is not None:
            below = range(self.head + 1, min(self.start, self.head + 1 + _BEFORE))
            yield from (at for at in below if self._introduces(at))

    def _introduces(self, at: int) -> bool:
        piece, cut = self.tree.pieces[at], self.page.cut[at]
        marked = self.page.marks[piece.node] is Mark.DECK and not piece.linked
        told = marked or self.page.prose[at] > 0 or (tells_amount(piece.text) and not piece.linked)
        return told and (not cut or _stays(piece, cut))

    def _with_deck(self, pieces: list[Piece]) -> list[Piece]:
        """A heading right below the headline that is a sentence, or marked as a deck, heads nothing."""
        first, following = (*pieces[:2], None, None)[:2]
        alone = first and first.kind == "heading" and (following is None or following.kind != "heading")
        if first and alone and (prose(first) or self.page.marks[first.node] is Mark.DECK):
            first.kind, first.level = "paragraph", None
        return pieces

    def _texts(self, kept: set[int], first: int) -> Iterator[str]:
        """The texts around the headline that are not kept, and of the inline elements that they are made of."""
        head = self.start if self.head is None else min(self.head, self.start)
        around = (at for at in range(max(0, head - _BEFORE), first) if at not in kept and at != self.head)
        for at in islice(around, _AROUND):
            piece = self.tree.pieces[at]
            yield piece.text
            yield from islice(self.tree.elements[piece.node].itertext(), _BEFORE)

    @cached_property
    def sentences(self) -> list[int]:
        """The pieces of running text; all lines, where the article is made of lines."""
        page = self.page
        inside = range(self.start, self.end)
        found = [at for at in inside if self._is_prose(at)]
        if 2 * sum(page.prose[at] for at in found) < page.sums[self.end] - page.sums[self.start]:
            return [at for at in inside if page.prose[at] and not page.cut[at]]
        return found

    @cached_property
    def core(self) -> int:
        """The deepest node that holds most of the article's prose."""
        here, enough = self.node, _CORE * self.page.weight(self.node)
        while (best := max(self.page.children(here), key=self.page.weight, default=here)) != here:
            if self.page.weight(best) < enough:
                break
            here = best
        return here

    @cached_property
    def _asides(self) -> Asides:
        return Asides(self.tree, self.core, self.start, self.end)

    def _inside(self) -> Iterator[int]:
        pieces, sentences = self.tree.pieces, self.sentences
        first = sentences[0] if sentences else self.start
        final = sentences[-1] if sentences else self.start
        last = next(
            (at for at in range(self.end - 1, final, -1) if self._is_content(at)), final if sentences else self.end
        )
        links = self._asides.link_lists()
        for at in range(self.start, self.end):
            piece = pieces[at]
            if at in links or self._is_link(piece) or (piece.kind == "paragraph" and piece.text in self._times):
                continue
            if self.page.cut[at] and not (first <= at <= last and _stays(piece, self.page.cut[at])):
                continue
            if (
                self._leads_in(piece)
                if at < first
                else at > last and self._leads_out(piece) and not self._goes_on(at, last)
            ):
                continue
            yield at

    def _without_end(self, kept: list[int]) -> list[int]:
        """What is kept, without what follows the core as an aside: a box about the author, related posts, comments."""
        pieces = self.tree.pieces
        behind = self.tree.ends[self.core]
        until = next((at for at in range(behind, self.end) if self._ends(at)), self.end)
        cards = self._asides.cards(behind, until)
        until = cards[0].start if len(cards) > 1 else until  # a row of them ends the article
        dropped = self._asides.boxes().union(*cards)
        left = [at for at in kept if at < until and at not in dropped]
        while left and left[-1] >= behind and pieces[left[-1]].kind == "heading":
            left.pop()  # it headed what is dropped
        return left

    def _ends(self, at: int) -> bool:
        piece = self.tree.pieces[at]
        if len(piece.text) < LINE and any(is_cue(name, piece.text.rstrip("()0123456789 ")) for name in _END):
            return True
        return bool(self.author) and piece.kind in ("heading", "paragraph") and fold(piece.text).startswith(self.author)

    def _is_content(self, at: int) -> bool:
        """Prose, or an item, cell or quotation that is no link."""
        piece = self.tree.pieces[at]
        own = piece.kind in ("list_item", "table_cell", "quote") and not piece.linked
        return self._is_prose(at) or (own and not self.page.cut[at])

    def _is_prose(self, at: int) -> bool:
        piece = self.tree.pieces[at]
        return not self.page.cut[at] and piece.kind != "caption" and bool(prose(piece)) and not _is_teaser(piece)

    @staticmethod
    def _leads_in(piece: Piece) -> bool:
        short = len(piece.text) < LONG and not tells_amount(piece.text) and not piece.text.endswith(_GOES_ON)
        return piece.kind == "paragraph" and (short or piece.linked > LINKED * len(piece.text))

    @staticmethod
    def _leads_out(piece: Piece) -> bool:
        if piece.kind == "paragraph":
            return piece.linked > 0 or not tells_amount(piece.text)
        return piece.kind == "heading" or _is_teaser(piece)

    def _goes_on(self, at: int, last: int) -> bool:
        """Whether a paragraph follows the last prose as one of its kind: a last line, who contributed."""
        tree, piece = self.tree, self.tree.pieces[at]
        one, other = piece.node, tree.pieces[last].node
        alike = tree.parents[one] == tree.parents[other] and tree.elements[one].tag == tree.elements[other].tag == "p"
        ruled_off = bisect_right(self._rules, at) > bisect_right(self._rules, last)
        address = "://" in piece.text
        return (
            alike
            and not ruled_off
            and not address
            and piece.kind == "paragraph"
            and 2 * piece.linked <= len(piece.text)
        )

    @cached_property
    def _rules(self) -> list[int]:
        """The pieces that a horizontal rule stands before."""
        return [
            start for start, element in zip(self.tree.starts, self.tree.elements, strict=True) if element.tag == "hr"
        ]

    @cached_property
    def _times(self) -> frozenset[str]:
        """The texts of the container's <time> elements: a line that is one of them dates an entry of a live blog."""
        times = self.tree.elements[self.node].iter("time")
        return frozenset(tidy_line("".join(time.itertext())) for time in times)

    @staticmethod
    def _is_link(piece: Piece) -> bool:
        """Whether a line is a cue, a link that leads away, or asks for a subscription by one."""
        if piece.kind in ("paragraph", "list_item", "heading") and any(is_cue(name, piece.text) for name in _ALONE):
            return True
        if piece.kind not in ("paragraph", "caption") or not piece.linked or len(piece.text) > 2 * LINE:
            return False
        if cue_at_start("newsletter", piece.text) is not None:
            return True
        long = len(piece.text) >= LINE and TERMINATED.search(piece.text)
        return piece.linked > 0.8 * len(piece.text) and piece.kind == "paragraph" and not long


def _is_teaser(piece: Piece) -> bool:
    return piece.kind == "list_item" and piece.linked > 0.3 * len(piece.text)
