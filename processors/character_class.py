"""Unicode's categories and scripts as character classes of `re`, which knows neither but is seven times quicker than regex."""

import itertools
from functools import cache

import regex

# All planes that hold letters, marks, digits or white space.
_PLANES = (range(0x40000), range(0xE0000, 0xE1000))
_ASTRAL = 0x10000


def one_of(members: str) -> str:
    r"""A pattern for one character of a class that is written as regex (version 1) writes it: `[\p{L}--\p{Han}]`."""
    low, high = _halves(members)
    return f"(?:[{low}]|{_BEYOND}[{high}])" if high else f"[{low}]"


def any_of(members: str) -> str:
    """A pattern for as many characters of a class as there are, none too; it gives none of them back."""
    low, high = _halves(members)
    return f"(?:[{low}]++|{_BEYOND}[{high}])*+" if high else f"[{low}]*+"


# `re` looks characters of the basic plane up in a table, and goes through all others' ranges one by one.
_BEYOND = "(?=[\U00010000-\U0010ffff])"


@cache
def _every() -> str:
    return "".join(map(chr, itertools.chain(*_PLANES)))


@cache
def _halves(members: str) -> tuple[str, str]:
    """The ranges of a class in the basic plane and beyond."""
    runs = regex.findall(f"{members}++", _every(), flags=regex.VERSION1)
    ends = [(ord(run[0]), ord(run[-1])) for run in runs]
    cut = [(first, min(last, _ASTRAL - 1)) for first, last in ends if first < _ASTRAL]
    rest = [(max(first, _ASTRAL), last) for first, last in ends if last >= _ASTRAL]
    return _ranges(cut), _ranges(rest)


def _ranges(ends: list[tuple[int, int]]) -> str:
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ends)
