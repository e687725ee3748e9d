"""Folding: the form in which two spellings of one word are equal."""

import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose, and Arabic letters that keyboards and orthographies exchange.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "’": "'", "ʼ": "'", "‘": "'", "`": "'", "\u2010": "-", "\u2011": "-"}
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": None, "\u00ad": None, "\u200d": None}
)
_ARABIC_MARKS = frozenset(map(chr, range(0x064B, 0x0660)))


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Casefolded, NFKC, without accents in Latin script and without vowel marks in Arabic.

    >>> fold("Université"), fold("ＭＢＡ"), fold("Straße"), fold("Ελλάδα")
    ('universite', 'mba', 'strasse', 'ελλάδα')
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    if folded.isascii():
        return folded or text
    # A token's norm is never empty: a mark that stands alone is its own.
    return unicodedata.normalize("NFC", _without_marks(unicodedata.normalize("NFD", folded))) or text


def _without_marks(decomposed: str) -> str:
    kept: list[str] = []
    latin = False
    for char in decomposed:
        if unicodedata.category(char) != "Mn":
            latin = _is_latin(char)
        elif latin or char in _ARABIC_MARKS:
            continue
        kept.append(char)
    return "".join(kept)


@lru_cache(maxsize=2_000)
def _is_latin(char: str) -> bool:
    return char.isalpha() and unicodedata.name(char, "").startswith("LATIN")
