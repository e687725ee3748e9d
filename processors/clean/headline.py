"""The headline: which piece of a page names the article."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml import etree

from processors.clean.piece import Tree
from processors.fold import fold

# From this length on, a title that holds another is the same one, shortened or added to.
_TELLING = 15
# The first titles of a page are its headline, as it declares; a link that says just that leads to the page itself.
_SURE = 2
# What a title may end in, or not.
_MARKS = " .?!…:;-–—|»“”\"'"


def headline(tree: Tree, titles: Sequence[str], site: str | None) -> int | None:
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
            leads_away = is_link and text not in wanted[:_SURE] and piece.level != 1
            if leads_away or (is_link and _leads_home(tree.elements[piece.node])) or text == fold(site or ""):
                continue
            rank = next((rank for rank, title in enumerate(wanted) if _same_title(text, title)), None)
            if tree.elements[piece.node].get("itemprop") == "headline":
                rank = -1
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
    href = link.get("href") if link is not None else None
    if not href or href.startswith(("#", "javascript:")):
        return False
    return urlsplit(href).path.strip("/") in ("", ".", "index.html", "index.php", "index.htm")


def _same_title(text: str, wanted: str) -> bool:
    """Whether two folded titles are one: pages shorten a headline in their head, or add to it."""
    text, wanted = text.rstrip(_MARKS), wanted.rstrip(_MARKS)
    return text == wanted or (min(len(text), len(wanted)) > _TELLING and (text in wanted or wanted in text))
