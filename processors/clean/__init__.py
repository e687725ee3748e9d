"""Cleaning: markup, Markdown or plain text in; metadata and typed blocks out, boilerplate gone.

`decode` (bytes → text) → `markdown`, `page` and `walk`, or `plain` (text → blocks) → `edges` (what leads in and out)
→ `block` (blocks → text with offsets). `metadata` reads heads and front matter, `cue` holds the words for all of it.
"""

from collections.abc import Sequence

from bs4 import BeautifulSoup

from processors.clean.block import Block, CleanArticle, assemble
from processors.clean.decode import decode
from processors.clean.edges import trim
from processors.clean.markdown import render, split_front_matter
from processors.clean.metadata import merge, metadata_of_page
from processors.clean.page import container, drop_boilerplate, drop_link_lists, headline, start_at
from processors.clean.plain import read_plain
from processors.clean.text import tidy_line
from processors.clean.walk import blocks_of
from processors.raw import Metadata, RawArticle, RejectError

__all__ = ["Block", "CleanArticle", "clean"]


def clean(raw: RawArticle) -> CleanArticle:
    """The article that an input holds; RejectError where it holds none."""
    text = decode(raw.content, raw.charset)
    metadata, blocks = _READERS[raw.format](text)
    metadata, blocks = trim(merge(raw.metadata, metadata), blocks)
    article = assemble(metadata, blocks)
    if not article.text:
        raise RejectError("clean", "no_text", "got markup with no article text in it, wanted at least one sentence")
    return article


def _read_page(text: str) -> tuple[Metadata, Sequence[Block]]:
    soup = BeautifulSoup(text, "lxml")
    if soup.find(["html", "body", "head"]) is None:
        return Metadata(), ()
    is_page = "<body" in text[:200_000].lower() or "<html" in text[:2_000].lower()
    metadata = metadata_of_page(soup) if is_page else Metadata()
    if is_page:
        drop_boilerplate(soup)
    heading = headline(soup)
    body = container(soup, heading) if is_page else soup
    start_at(body, heading)
    drop_link_lists(body)
    if heading is not None and not heading.decomposed:
        metadata = merge(Metadata(title=tidy_line(heading.get_text(" "))), metadata)
    return metadata, tuple(blocks_of(body))


def _read_markdown(text: str) -> tuple[Metadata, Sequence[Block]]:
    metadata, body = split_front_matter(text)
    soup = BeautifulSoup(render(body), "lxml")
    blocks = tuple(blocks_of(soup))
    first = blocks[0] if blocks and blocks[0].kind == "heading" and blocks[0].level == 1 else None
    return merge(metadata, Metadata(title=first.text if first else None)), blocks


_READERS = {"html": _read_page, "md": _read_markdown, "txt": read_plain}
