"""The bytes of an XML file in chunks, without what a strict parser stumbles over and exporters write all the same."""

import codecs
import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import BinaryIO

_CHUNK = 65_536
# The control characters that XML forbids.
_FORBIDDEN = bytes({*range(32)} - {9, 10, 13})
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,9});")
# The start of an entity, or of a character, at the end of a chunk.
_CUT_ENTITY = re.compile(rb"&[A-Za-z0-9]{0,10}\Z")
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_NUMERIC = {name.encode(): b"&#%d;" % code for name, code in name2codepoint.items() if name not in _XML_ENTITIES}
_UTF_8 = codecs.getincrementaldecoder("utf-8")


def clean_chunks(file: BinaryIO) -> Iterator[bytes]:
    """The chunks of a file: control characters gone, bytes that are no UTF-8 replaced where it says that it is UTF-8, and
    HTML's named entities as numbers, which mean the same in an element's text and in HTML that is quoted in it.
    """
    head, rest = file.read(_CHUNK), b""
    declared = head[:200].lower()
    decoder = _UTF_8("replace") if b"encoding=" not in declared or b"utf-8" in declared else None
    chunk = head
    while chunk:
        kept = rest + chunk.translate(None, _FORBIDDEN)
        cut = _CUT_ENTITY.search(kept, max(len(kept) - 12, 0))
        kept, rest = (kept[: cut.start()], kept[cut.start() :]) if cut else (kept, b"")
        kept = _ENTITY.sub(_as_number, kept)
        yield decoder.decode(kept).encode() if decoder else kept
        chunk = file.read(_CHUNK)
    yield rest


def _as_number(found: re.Match[bytes]) -> bytes:
    return _NUMERIC.get(found[1], found[0])
