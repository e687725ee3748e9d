"""WARC files: the HTML pages of a web archive, each named by the address that it was fetched from.

Read are `response` records with status 200 and HTML; the first capture of an address counts.
"""

import io
import zlib
from collections.abc import Iterator
from email.message import Message
from typing import Any

from warcio.bufferedreaders import ChunkedDataReader

from flows.settings import settings
from flows.sources.item import Item, Unreadable, open_packed, too_large
from flows.sources.options import ReadOptions
from flows.sources.warc_record import Broken, WarcRecord, records_of
from processors.raw import Metadata, RawArticle, RejectError

ABOUT = "a web archive: its pages"
EXAMPLE = "crawl.warc.gz"
SUFFIXES = (".warc",)
_HTML = {"text/html", "application/xhtml+xml"}
_PLAIN = {"", "identity"}
_ZLIB = {"gzip", "x-gzip", "deflate"}


def read(path: str, options: ReadOptions) -> Iterator[Item]:
    """The pages of an archive in its order; a broken record does not lose those after it."""
    count = pages = 0
    try:
        with open_packed(path) as file:
            for found in records_of(file):
                count += 1
                if isinstance(found, Broken):
                    item: Item | None = Unreadable(f"{path}#byte {found.offset}", found.error)
                else:
                    item = _page(found)
                if item:
                    pages += 1
                    yield item
    except RejectError as error:
        yield Unreadable(path, error)
    else:
        if not pages:
            told = f"got {count} records and no page among them, wanted answers with status 200 and HTML"
            yield Unreadable(path, RejectError("read", "no_articles", told))


def _page(record: WarcRecord) -> Item | None:
    """The page that a record holds; None where it holds something else."""
    uri, http = record.uri, record.http
    if http is None or http.get_statuscode() != "200":
        return None
    kind = Message()
    kind["Content-Type"] = " ".join((http.get_header("Content-Type") or "")[:500].split())
    if kind.get_content_type() not in _HTML:
        return None
    try:
        content = _content(record, http)
    except RejectError as error:
        return Unreadable(uri, error)
    charset = kind.get_param("charset")
    return RawArticle(
        source=uri,
        format="html",
        content=content,
        metadata=Metadata(url=uri),
        charset=charset if isinstance(charset, str) else None,
    )


def _content(record: WarcRecord, http: Any) -> bytes:
    """The bytes of a page without what they were sent in; RejectError where they are too many or cut off."""
    limit = settings().max_bytes
    if record.length > limit + 65_536:
        raise too_large(limit)
    content: bytes = record.stream.read()
    if record.stream.limit:
        raise RejectError("read", "corrupt", "got a record that is cut off, wanted a whole one: copy the file again")
    if (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        content = ChunkedDataReader(io.BytesIO(content)).read()
    content = _decoded(content, (http.get_header("Content-Encoding") or "").strip().lower(), limit)
    if len(content) > limit:
        raise too_large(limit)
    return content


def _decoded(content: bytes, encoding: str, limit: int) -> bytes:
    """Content without its encoding, at most one byte more than the limit.

    Some tools store the page decoded under the header that says it is not, so what does not unpack is taken as it is.
    """
    if encoding in _PLAIN:
        return content
    if encoding not in _ZLIB:
        raise RejectError("read", "encoding", f"got a page sent as {encoding!r}, wanted gzip, deflate or none")
    for window in (47, -15) if encoding == "deflate" else (47,):
        try:
            return zlib.decompressobj(window).decompress(content, limit + 1)
        except zlib.error:
            continue
    return content
