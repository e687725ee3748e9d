"""Bytes to text: byte order mark, then UTF-8, then what the page declares, then what the bytes look like."""

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
_SAMPLE = 20_000
_CONTROLS = bytes([*range(9), *range(14, 32)])


def decode(content: bytes) -> str:
    """The text of some bytes; RejectError where there is none, or none that can be read."""
    if not content.strip():
        raise RejectError("read", "empty", "got an empty file, wanted an article: remove it or fill it")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if content.startswith(_SIGNATURES) or _looks_binary(content):
        raise RejectError("read", "binary", "got binary data, wanted text, HTML or Markdown: convert it first")
    return _by_evidence(content)


def _looks_binary(content: bytes) -> bool:
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > len(sample) // 50 and controls > 3


def _by_evidence(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:2048])
    if declared and (text := _decode_as(content, declared[1].decode("ascii"))):
        return text
    best = from_bytes(content[:_SAMPLE]).best()
    if best and (text := _decode_as(content, best.encoding)):
        return text
    return content.decode("utf-8", errors="replace")


def _decode_as(content: bytes, encoding: str) -> str | None:
    try:
        # Pages that declare Latin-1 mean its Windows superset, as browsers read it.
        known = codecs.lookup(encoding).name
        return content.decode("cp1252" if known in ("iso8859-1", "ascii") else known)
    except (LookupError, UnicodeDecodeError):
        return None
