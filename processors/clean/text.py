"""Characters: what a text keeps of the white space, marks and controls it came with."""

import re
import unicodedata

from processors.clean.mojibake import repair

# White space that only lays out; no-break and thin spaces mean something ("4 995") and stay.
_LAYOUT = re.compile(r"[ \t\r\n\f\v\u0085\u2028\u2029\u3000]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def tidy_characters(text: str) -> str:
    r"""NFC, mojibake mended, with soft hyphens, zero-width marks, direction marks and control characters gone.

    >>> tidy_characters("pu\u00adblic\x00")
    'public'
    """
    if text.isascii():
        return text if text.isprintable() else _CONTROL.sub("", text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _CONTROL.sub("", repair(text))))


def tidy_line(text: str) -> str:
    r"""The same on one line: every run of layout white space is one space.

    >>> tidy_line("  4\u00a0995 $ \n par an ")
    '4\xa0995 $ par an'
    """
    if text.isascii():
        return _CONTROL.sub("", " ".join(text.split()))
    return _LAYOUT.sub(" ", tidy_characters(text)).strip(" \u00a0\u202f")
