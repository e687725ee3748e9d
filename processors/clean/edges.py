"""Edges: the title in its place, and bylines, date lines, share rows and author boxes read and taken out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from processors.clean.block import Block
from processors.clean.cue import cue_at_start, has_cue, is_cue, listed
from processors.clean.day import find_day
from processors.clean.metadata import merge
from processors.clean.text import tidy_line
from processors.fold import fold
from processors.raw import Metadata

_SENTENCE_END = re.compile(r"[.!?…。！？।]\W*$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ASIDE = re.compile(r"\s*[(（\[].*?[)）\]]")
# What stands between the parts of a line about the text: "Por Ximena Ordóñez | 12 de agosto".
_PARTS = re.compile(r"\s*(?:[|•·,;–—/／，、]|\s-\s|\d)\s*")
_NUMBERED = re.compile(r"[\d(（|]")
_HEAD, _TAIL = 4, 8
_SHORT = 90


def trim(metadata: Metadata, blocks: Sequence[Block]) -> tuple[Metadata, list[Block]]:
    """Metadata completed from the article's edges, and the blocks without them."""
    kept = _with_title(metadata, [block for block in blocks if not _is_boilerplate(block)])
    head, kept = _trim_head(kept)
    box, kept = _trim_author_box(kept)
    return merge(metadata, merge(head, box)), [block for block in kept if block.text]


def about(texts: Iterable[str], site: str | None = None) -> Metadata:
    """The author and the day that lines about an article tell: "By Jane Doe | 3 May 2024", or "By" and then the name.

    The site's name, "De Groene", is no byline.
    """
    author, day, before = None, None, ""
    for text in map(tidy_line, texts):
        if text == site:
            continue
        author = author or _byline(text) or (_byline(f"{before} {text}") if is_cue("byline", before) else None)
        day = day or (find_day(text) if len(text) <= 2 * _SHORT else None)
        before = text or before
    return Metadata(author=author, published_at=day)


def _is_boilerplate(block: Block) -> bool:
    text = block.text
    if len(text) > 3 * _SHORT or block.row is not None:
        return False
    if is_cue("advert", text) or cue_at_start("copyright", text) is not None:
        return True
    if cue_at_start("related", text) is not None and re.search(r"[:：|»>]", text):
        return not _SENTENCE_END.search(text) or len(text) < _SHORT
    if _SENTENCE_END.search(text) or len(text) > 2 * _SHORT:
        return False
    name = cue_at_start("credits", text) if len(text) <= _SHORT and block.kind in ("paragraph", "caption") else None
    if name and text.removesuffix(name).rstrip().endswith((":", "：")):
        return True  # who took the picture
    separators = len(re.findall(r"[·|/／•–]|, ", text))
    return cue_at_start("share", text) is not None or (separators > 1 and has_cue("share", text))


def _with_title(metadata: Metadata, blocks: list[Block]) -> list[Block]:
    """The title as the first block; what stood before it, and a second copy of it, are gone."""
    if not metadata.title:
        return blocks
    folded = fold(metadata.title)
    at = next((index for index, block in enumerate(blocks[:6]) if fold(block.text) == folded), None)
    rest = blocks if at is None else blocks[at + 1 :]
    rest = [block for index, block in enumerate(rest) if index > 2 or fold(block.text) != folded]
    return [Block(kind="title", text=metadata.title), *rest]


def _trim_head(blocks: list[Block]) -> tuple[Metadata, list[Block]]:
    author, day = None, None
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        if index <= _HEAD and block.kind in ("paragraph", "heading", "list_item") and _is_about_text(block.text):
            author, day = author or _byline(block.text), day or find_day(block.text)
        else:
            kept.append(block)
    return Metadata(author=author, published_at=day), kept


def _is_about_text(text: str) -> bool:
    # "Lesezeit: 6 Min." and "2023. július 4." end in a full stop and are no sentences.
    words = len(_ASIDE.sub("", text).split())
    is_line = words <= 8 and (has_cue("dateline", text) or find_day(text) is not None)
    if len(text) > _SHORT or (_SENTENCE_END.search(text) and not is_line):
        return False
    dated = bool(_YEAR.search(text)) and words <= 8 and any(char.isdigit() for char in _YEAR.sub("", text))
    return has_cue("dateline", text) or dated or _byline(text) is not None


def _byline(text: str) -> str | None:
    """The name in "By Jane Doe | 3 May" or "3 May, by Jane Doe", or None; a sentence is no byline, however it starts."""
    if len(text) > _SHORT or (_SENTENCE_END.search(text) and find_day(text) is None):
        return None
    parts = [part for part in _PARTS.split(text) if part]
    for part in (text, *parts[1:]):
        rest = cue_at_start("byline", part)
        name = _ASIDE.sub("", _PARTS.split(rest, maxsplit=1)[0]).strip() if rest else ""
        if _is_name(name):
            return name
    words = _NUMBERED.split(text, maxsplit=1)[0].split()
    named = len(words) > 1 and fold(words[-1]) in listed("byline_after")
    return name if named and _is_name(name := " ".join(words[:-1])) else None


def _is_name(text: str) -> bool:
    words = text.split()
    if not 0 < len(words) <= 5 or len(text) > 50 or _SENTENCE_END.search(text) or any(char.isdigit() for char in text):
        return False
    return all(not word[0].islower() or fold(word) in listed("particles") for word in words)


def _trim_author_box(blocks: list[Block]) -> tuple[Metadata, list[Block]]:
    for index in range(max(1, len(blocks) - _TAIL), len(blocks)):
        text, after = blocks[index].text, blocks[index + 1 :]
        if (is_cue("byline", text) or is_cue("author_box", text)) and after:
            return _box_below(blocks[:index], after)
        if author := _byline(text):
            return Metadata(author=author), _without_name(blocks[:index], author) + after
        if (rest := cue_at_start("author_box", text)) and (author := leading_name(rest)):
            start = text.index(rest)
            return Metadata(author=author), [
                *blocks[:index],
                replace(blocks[index], text=text[start:], kind="paragraph"),
                *after,
            ]
    return Metadata(), blocks


def _box_below(before: list[Block], after: list[Block]) -> tuple[Metadata, list[Block]]:
    """An author box whose heading was just met: a name alone on its line, or a bio that starts with the name."""
    first = _ASIDE.sub("", after[0].text).strip()
    if _is_name(first):
        return Metadata(author=first), _without_name(before, first) + after[1:]
    return Metadata(author=leading_name(after[0].text)), before + after


def _without_name(blocks: list[Block], name: str) -> list[Block]:
    return blocks[:-1] if blocks and fold(blocks[-1].text) == fold(name) else blocks


def leading_name(bio: str) -> str | None:
    """The name that a bio starts with: its first capitalised words; two words where a script has no capitals.

    >>> leading_name("Dorothea Kienzle war Buchhändlerin.")
    'Dorothea Kienzle'
    """
    words = _ASIDE.sub("", bio).split()
    name: list[str] = []
    for word in words[:5]:
        bare = word.rstrip(",.;:،、—–")
        cased = bare[:1].upper() != bare[:1].lower()
        if (
            not bare
            or (cased and bare[0].islower() and fold(bare) not in listed("particles"))
            or (not cased and len(name) == 2)
        ):
            break
        name.append(bare)
        if bare != word:
            break
    while name and fold(name[-1]) in listed("particles"):
        name.pop()
    return " ".join(name) if name and len(" ".join(name)) <= 50 else None
