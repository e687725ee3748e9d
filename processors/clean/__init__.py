"""Cleaning: markup, Markdown or plain text in; metadata and typed blocks out, boilerplate gone.

`decode` (bytes → text) → `markup` (→ tree) → `walk` (→ pieces) → `page` (→ those of the article), or `markdown`, or
`plain` → `edges` (what leads in and out) → `block` (blocks → text with offsets). `metadata` reads heads and front
matter, `cue` holds the words for all of it.
"""

from collections.abc import Sequence

from lxml import etree

from processors.clean.block import Block, CleanArticle, assemble
from processors.clean.day import day_of_page
from processors.clean.decode import decode
from processors.clean.edges import about, trim
from processors.clean.markdown import render, split_front_matter
from processors.clean.markup import is_page, parse_fragment, parse_page
from processors.clean.metadata import Head, head_of, merge
from processors.clean.page import article_of, without_asides
from processors.clean.piece import Piece
from processors.clean.plain import read_plain
from processors.clean.shell import article_of_state, pieces_of_text
from processors.clean.walk import tree_of
from processors.raw import Metadata, RawArticle, RejectError

__all__ = ["Block", "CleanArticle", "clean"]
# A page that shows fewer characters of an article may hold it in its data.
_SHELL = 200
# A <pre> that holds this share of the article's characters is the article.
_TYPED = 0.8


def clean(raw: RawArticle) -> CleanArticle:
    """The article that an input holds; RejectError where it holds none."""
    text = decode(raw.content, raw.charset)
    metadata, blocks = _READERS[raw.format](text)
    metadata, blocks = trim(merge(raw.metadata, metadata), blocks)
    article = assemble(metadata, blocks)
    if not article.text:
        raise RejectError("clean", "no_text", "got markup with no article text in it, wanted at least one sentence")
    return article


def _read_html(text: str) -> tuple[Metadata, Sequence[Block]]:
    if not is_page(text):
        return Metadata(), _blocks_of_fragment(text)
    root = parse_page(text)
    if root is None:
        return Metadata(), ()
    head = head_of(root)
    found = article_of(tree_of(root), head.titles, head.site, head.metadata.author)
    metadata = merge(Metadata(title=found.headline), merge(head.metadata, about(found.around, head.site)))
    pieces = found.pieces
    if _size(pieces) < _SHELL:
        metadata, pieces = _from_shell(root, head, metadata, pieces)
    elif (typed := _typewritten(root)) and len(typed) > _TYPED * _size(pieces):
        told, blocks = read_plain(f"{metadata.title or ''}\n\n{typed}")
        return merge(metadata, told), blocks
    if metadata.published_at is None:
        metadata = merge(metadata, Metadata(published_at=day_of_page(text)))
    return metadata, tuple(piece.block for piece in pieces)


def _from_shell(
    root: etree._Element, head: Head, metadata: Metadata, shown: list[Piece]
) -> tuple[Metadata, list[Piece]]:
    """The article of a page that shows next to nothing of it, from the first place that holds much more."""
    if head.body and len(head.body) > 2 * _size(shown):
        return merge(head.metadata, metadata), pieces_of_text(head.body)
    found = article_of(tree_of(root, with_noscript=True), head.titles, head.site, head.metadata.author)
    if _size(found.pieces) > max(_SHELL, 2 * _size(shown)):
        return merge(Metadata(title=found.headline), merge(metadata, about(found.around, head.site))), found.pieces
    told, pieces = article_of_state(root)
    return (merge(told, metadata), pieces) if _size(pieces) > 2 * _size(shown) else (metadata, shown)


def _typewritten(root: etree._Element) -> str:
    """The text of a page that is one <pre>: plain text, whose line breaks and blank lines are its structure."""
    return max(("".join(element.itertext()) for element in root.iter("pre")), key=len, default="")


def _size(pieces: Sequence[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _blocks_of_fragment(text: str) -> Sequence[Block]:
    return tuple(piece.block for piece in without_asides(tree_of(parse_fragment(text))))


def _read_markdown(text: str) -> tuple[Metadata, Sequence[Block]]:
    metadata, body = split_front_matter(text)
    blocks = _blocks_of_fragment(render(body))
    first = blocks[0] if blocks and blocks[0].kind == "heading" and blocks[0].level == 1 else None
    return merge(metadata, Metadata(title=first.text if first else None)), blocks


_READERS = {"html": _read_html, "md": _read_markdown, "txt": read_plain}
