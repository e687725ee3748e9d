"""Plain text: the structure that a pasted post shows by blank lines, short lines and bullets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from processors.clean.block import Block
from processors.clean.cue import cue_at_start, has_cue
from processors.clean.text import tidy_line
from processors.raw import Metadata

_BULLET = re.compile(
    r"""^\s*(?:
        [•◦▪‣●○■□➤►✓✔→※⁃∙]\s*          # signs that are nothing but bullets
      | [・·]\s*(?=\S)                  # a middle dot at the start of a line
      | [*+–-]\s+                       # signs that need a space to be bullets; an em dash opens direct speech
      | [(（]?\d{1,2}[.)）、．]\s+        # 1.  2)  (3)
      | [①-⑳]\s*
    )""",
    re.VERBOSE,
)
_TERMINATED = re.compile(r"[.!…。！．।؟?？:;：；,،」”»\"][\s)\]»”’]*$")
_ASKS_OR_CALLS = re.compile(r"[?!？！؟…][\s)\]»”’]*$")
_HARD_WRAP, _RAGGED = 55, 30
_NARROWEST, _WIDEST = 40, 130
_LONGEST_HEADING = 110
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")


def read_plain(text: str) -> tuple[Metadata, Sequence[Block]]:
    """Category line, title, headings, paragraphs and bullets of a plain text."""
    chunks = [
        chunk for chunk in map(_lines, re.split(r"\n[ \t\u00a0\u3000]*(?:\n[ \t\u00a0\u3000]*)+", _unix(text))) if chunk
    ]
    category, title, chunks = _front(chunks)
    blocks = [Block(kind="title", text=title)] if title else []
    for number, chunk in enumerate(chunks):
        following = chunks[number + 1] if number + 1 < len(chunks) else None
        blocks += _blocks(chunk, following)
    return Metadata(title=title, category=category), tuple(blocks)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")


def _lines(chunk: str) -> list[str]:
    return [line for line in chunk.split("\n") if tidy_line(line)]


def _width(line: str) -> int:
    """Characters, wide ones counted twice: a Japanese heading says in 20 characters what French says in 40."""
    return len(line) + len(_WIDE.findall(line))


def _front(chunks: list[list[str]]) -> tuple[str | None, str | None, list[list[str]]]:
    """Category line and title, and the rest."""
    if len(chunks) < 2 or not _is_short(chunks[0]):
        return None, None, chunks
    first, second = (tidy_line(chunk[0]) for chunk in chunks[:2])
    if len(chunks) > 2 and _is_short(chunks[1]) and _is_category(first, second):
        return first, second, chunks[2:]
    rest = [chunks[0][1:], *chunks[1:]] if len(chunks[0]) > 1 else chunks[1:]
    return None, first, rest


def _is_short(chunk: list[str]) -> bool:
    """A line that stands alone and ends no sentence; a title may ask or call."""
    line = tidy_line(chunk[0])
    if len(chunk) > 3 or _width(line) > 2 * _LONGEST_HEADING or _BULLET.match(chunk[0]):
        return False
    return not _TERMINATED.search(line) or bool(_ASKS_OR_CALLS.search(line))


def _is_category(first: str, second: str) -> bool:
    short = len(first.split()) <= 6 and _width(first) <= 45 and not _ASKS_OR_CALLS.search(first)
    about_the_text = cue_at_start("byline", second) is not None or has_cue("dateline", second)
    return short and _width(second) > _width(first) and not about_the_text


def _blocks(chunk: list[str], following: list[str] | None) -> Iterator[Block]:
    if len(chunk) == 1 and _is_heading(chunk[0], following):
        yield Block(kind="heading", text=tidy_line(chunk[0]), level=2)
    elif any(map(_BULLET.match, chunk)):
        yield from _items(chunk)
    elif _is_hard_wrapped(chunk):
        yield Block(kind="paragraph", text=tidy_line(" ".join(chunk)))
    else:
        yield from (Block(kind="paragraph", text=tidy_line(line)) for line in chunk)


def _is_heading(line: str, following: list[str] | None) -> bool:
    tidied = tidy_line(line)
    if following is None or _width(tidied) > _LONGEST_HEADING or _BULLET.match(line):
        return False
    if _TERMINATED.search(tidied) and not _ASKS_OR_CALLS.search(tidied):
        return False
    # What a heading heads is longer than it, or a list.
    return _width(tidy_line(following[0])) > _width(tidied) or bool(_BULLET.match(following[0]))


def _items(chunk: list[str]) -> Iterator[Block]:
    """List items; a line without a bullet goes on with the item above it where that was cut at a margin."""
    item: Block | None = None
    for line in chunk:
        bullet = _BULLET.match(line)
        if bullet is None and item is not None and len(item.text) >= _HARD_WRAP and line[:1].isspace():
            item = replace(item, text=tidy_line(f"{item.text} {line}"))
            continue
        if item is not None:
            yield item
        indent = len(line) - len(line.lstrip())
        if bullet:
            item = Block(kind="list_item", level=1 + min(indent // 4, 5), text=tidy_line(line[bullet.end() :]))
        else:
            item = Block(kind="paragraph", text=tidy_line(line))
    if item is not None:
        yield item


def _is_hard_wrapped(chunk: list[str]) -> bool:
    """Whether a paragraph's lines were cut at a margin: alike in width, or none had room for the next one's first word."""
    widths = [len(line) for line in chunk[:-1]]
    if not widths or min(widths) < _NARROWEST or max(widths) > _WIDEST:
        return False
    if min(widths) >= _HARD_WRAP and max(widths) - min(widths) <= _RAGGED:
        return True
    margin = max(map(len, chunk))
    room = sum(len(line) + 1 + len(after.split()[0]) <= margin for line, after in pairwise(chunk))
    # A list without bullets is as wide, but each of its lines begins anew.
    going_on = sum(line.lstrip()[0].islower() for line in chunk[1:])
    return 4 * room <= len(widths) and 3 * going_on >= len(widths)
