"""Bytes to text: byte order mark, then UTF-8, then what came declared with the bytes, then what they declare themselves,
then what they look like.
"""

import codecs
import re

from charset_normalizer import from_bytes

from processors.raw import RejectError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
# What the first bytes of files that hold no text look like.
_SIGNATURES = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"PAR1", b"\x7fELF", b"\x1f\x8b", b"RIFF")
# Codecs of Python's own that no article is written in; some take quadratic time.
_NO_CHARSETS = {"idna", "oem", "mbcs", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
_SAMPLE = 20_000


def decode(content: bytes, charset: str | None = None) -> str:
    """The text of some bytes that came with a declared charset; RejectError where there is none that can be read."""
    if not content.strip():
        raise RejectError("read", "empty", "got an empty file, wanted an article: remove it or fill it")
    if encoding := marked_encoding(content):
        return content.decode(encoding, errors="replace")
    if is_binary(content):
        raise RejectError("read", "binary", "got binary data, wanted text, HTML or Markdown: convert it first")
    return _by_evidence(content, charset)


def marked_encoding(content: bytes) -> str | None:
    """The encoding that a byte order mark tells."""
    return next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)


def is_binary(content: bytes) -> bool:
    """Whether bytes without a byte order mark are no text."""
    sample = content[:_SAMPLE]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return content.startswith(_SIGNATURES) or (controls > len(sample) // 50 and controls > 3)


def guess_encoding(content: bytes) -> str | None:
    """What bytes that are no UTF-8 look like; None where nothing fits."""
    best = from_bytes(content[:_SAMPLE]).best()
    return best.encoding if best else None


def _by_evidence(content: bytes, charset: str | None) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:2048])
    for encoding in (charset, declared and declared[1].decode("ascii")):
        if encoding and (text := _decode_as(content, encoding)):
            return text
    guess = guess_encoding(content)
    if guess and (text := _decode_as(content, guess)):
        return text
    return content.decode("utf-8", errors="replace")


def _decode_as(content: bytes, encoding: str) -> str | None:
    try:
        # Pages that declare Latin-1 mean its Windows superset, as browsers read it.
        known = codecs.lookup(encoding).name
        if known in _NO_CHARSETS:
            return None
        return content.decode("cp1252" if known in ("iso8859-1", "ascii") else known)
    except (LookupError, ValueError):
        return None
