"""Lists written in one line: "1. First 2. Second", "a) one b) two", "• this • that", and lines without a full stop."""

import itertools

from processors.token_view import TokenView

BULLETS = frozenset("•▪◦‣●⁃∙■□○➤►✓✔")
_SUFFIXES = (")", ".", "．", "、")


def item_starts(view: TokenView, start: int, end: int) -> list[int]:
    """The tokens after the first at which an item of a list begins, in a block [start, end) that begins with one."""
    if view.text[start] in BULLETS:
        found = [
            token for token in range(start + 1, end) if view.text[token] == view.text[start] and _is_apart(view, token)
        ]
        if found:
            return found
    first = start + (view.text[start] in BULLETS or view.text[start] == "(")
    if first >= end:
        return []
    value, suffix = _next_values(view.text[first], bulleted=view.text[start] in BULLETS), _suffix(view, first, end)
    if value is None or not suffix:
        return []
    return _chain(view, first, end, value, suffix)


def _chain(view: TokenView, first: int, end: int, marker: str, suffix: tuple[str, ...]) -> list[int]:
    found: list[int] = []
    token = first + 1
    bare = suffix[0] == "." and len(suffix) == 1
    while token < end:
        if view.text[token] == marker and _suffix(view, token, end) == suffix:
            begin = token - (view.text[token - 1] in BULLETS or view.text[token - 1] == "(")
            behind = token + 1 + len(suffix)
            item = view.text[behind] if behind < end else ""
            if _is_apart(view, begin) and item and not (bare and (item[0].islower() or not view.space[behind - 1])):
                found.append(begin)
                marker = _next_values(marker, bulleted=True) or ""
        token += 1
    return found


def _next_values(marker: str, *, bulleted: bool) -> str | None:
    """The marker of the next item; None where a list does not begin so."""
    if marker.isdecimal() and marker.isascii() and len(marker) <= 3 and (bulleted or marker == "1"):
        return str(int(marker) + 1)
    if len(marker) == 1 and "a" <= marker.lower() < "z" and (bulleted or marker in "aA"):
        return chr(ord(marker) + 1)
    return None


def _suffix(view: TokenView, marker: int, end: int) -> tuple[str, ...]:
    """The signs behind a marker: (".", ")") of "1.)"."""
    if view.space[marker]:
        return ()
    return tuple(itertools.takewhile(lambda sign: sign in _SUFFIXES, view.text[marker + 1 : min(marker + 3, end)]))


def _is_apart(view: TokenView, token: int) -> bool:
    return view.space[token - 1] or view.text[token - 1].isspace()


def is_marker(view: TokenView, start: int, token: int) -> bool:
    """Whether all that stands in [start, token) is a list's marker: a number, a letter or a small Roman number."""
    first = start + (view.text[start] in BULLETS or view.text[start] in "([")
    if token - first != 1:
        return False
    word = view.text[first]
    return (word.isdecimal() and len(word) <= 3) or len(word) == 1 or not word.strip("ivx") or not word.strip("IVX")


def line_starts(view: TokenView, start: int, end: int, unmarked: bool) -> list[int]:
    """The tokens at which a line begins that is a sentence of its own.

    An empty line always ends a sentence; a line end does where no line ends in a mark (`unmarked`) or a bullet follows.
    """
    found: list[int] = []
    for token in view.blanks(start, end - 1):
        if view.text[token] > " \u007f":
            continue  # begins with a wide space
        lines = view.text[token].count("\n")
        if lines > 1 or (lines and (unmarked or view.text[token + 1] in BULLETS)):
            found.append(token + 1)
    return found
