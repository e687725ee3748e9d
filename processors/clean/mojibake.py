"""Mojibake: UTF-8 that somebody once read as another encoding, "prÃªt" for "prêt"; ftfy undoes it."""

import re

import ftfy
from ftfy.badness import is_bad

# What the bytes of one UTF-8 character look like in Windows-1252, and a run of them in Windows-1251.
_SUSPECT = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|(?:[РС][\u0080-\u00bf\u0400-\u040f\u0452-\u045f\u0490\u0491\u2013-\u203a\u20ac\u2116\u2122]){2}"
)


def repair(text: str) -> str:
    """A line as it was meant; one that only looks odd stays as it is.

    >>> repair("Les frais sont prÃªts"), repair("La « liberté» coûte 5 €")
    ('Les frais sont prêts', 'La « liberté» coûte 5 €')
    """
    return ftfy.fix_encoding(text) if _SUSPECT.search(text) and is_bad(text) else text
