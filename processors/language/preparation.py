"""What of a text speaks of its language: a sample without addresses and invisible signs, capitals made small."""

import unicodedata
from functools import lru_cache

import regex

# Letters beyond some hundreds tell nothing new.
_LONG = 480
_WINDOW = 160

_ADDRESS = regex.compile(
    r"""
    (?: https?:// | www\. ) [^\s<>"]{1,500}       # a link
    | [\w.+-]{1,64} @ [\w-]{1,64} \. [\w.-]{1,64}  # a mailbox
    | (?<!\w) [\w-]{2,64} (?: \. [\w-]{2,64} ){0,4} \. [a-z]{2,6} (?: / [^\s<>"]{0,500} )? (?!\w)  # a bare domain
    | (?<!\w) [@#] \w{2,64}                       # a handle, a hashtag
    """,
    regex.VERBOSE,
)
# A joiner between Arabic or Indic letters is spelling; in scripts that do not join it is noise.
_SUSPECT = regex.compile(r"(?V1)[\p{Cf}\ufffd[\p{Cc}--\s]]")
_INVISIBLE = regex.compile(
    r"(?V1)[\p{Cf}--[\u200c\u200d]]+ | (?<=[\p{Latin}\p{Cyrillic}\p{Greek}\p{Han}]) [\u200c\u200d]+ | [\p{Cc}--\s]+ | \ufffd",
    regex.VERBOSE,
)
_DOT_INSIDE = regex.compile(r"\.[a-z]{2}|www\.")
_DRESSED = regex.compile(r"[\ufb00-\ufb4f\uff01-\uffef\U0001d400-\U0001d7ff]")


def sample(text: str) -> str:
    """A text of ordinary length as it is; of a long one its beginning, middle and end, so that time has a bound."""
    if len(text) <= _LONG:
        return text
    middle = (len(text) - _WINDOW) // 2
    return " ".join((text[:_WINDOW], text[middle : middle + _WINDOW], text[-_WINDOW:]))


@lru_cache(maxsize=256)
def prepare(text: str) -> str:
    """The words of a text, as language profiles know them.

    >>> prepare("Écrivez à info@uqam.ca"), prepare("ЦЕНА КУРСА"), prepare("Uni\u200bver\u00adsité")
    ('Écrivez à  ', 'цена курса', 'Université')
    """
    text = sample(text)
    # Cheap questions first: most texts hold nothing that must go.
    if not text.replace("\n", " ").isprintable() and _SUSPECT.search(text):
        text = _INVISIBLE.sub("", text)
    if not text.isascii():
        # Letters in fancy dress (full width, mathematical bold, ligatures) become plain; others keep their composed form.
        text = unicodedata.normalize("NFC", _DRESSED.sub(_undressed, text))
    if "@" in text or "#" in text or "//" in text or _DOT_INSIDE.search(text):
        text = _ADDRESS.sub(" ", text)
    return _lowered(text)


def _undressed(match: regex.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _lowered(text: str) -> str:
    """Text in capitals in small letters: profiles are made of running text."""
    upper = sum(map(str.isupper, text))
    if upper > len(text) // 5 and upper > sum(map(str.islower, text)):
        # The dot that Python leaves over a lowered "İ" is no letter of any language.
        return text.lower().replace("i\u0307", "i")
    return text
