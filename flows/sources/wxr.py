"""WordPress export files (WXR): published posts and pages, streamed in constant memory.

The format is that of WordPress's own exporter. An export declares no document type: one that does is refused, and with it
every entity and external file that it could name.
"""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from flows.settings import settings
from flows.sources.classic_content import paragraphs
from flows.sources.item import Ids, Item, Unreadable, open_binary, too_large
from flows.sources.options import ReadOptions
from flows.sources.xml_stream import clean_chunks
from processors.clean.metadata import metadata_of_mapping
from processors.raw import RawArticle, RejectError

ABOUT = "an export file of WordPress: posts and pages"
EXAMPLE = "blog.wxr"
SUFFIXES = (".wxr",)
_TYPES = {"post", "page"}
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
# What is read of an item, by names without their namespace, which changes with the version of the format.
_FIELDS = {"title", "link", "pubDate", "creator", "guid", "post_id", "post_date_gmt", "status", "post_type", "category"}
_AUTHOR_FIELDS = {"author_login", "author_display_name"}
_DEEPEST = 200
_MOST_AUTHORS = 100_000


def read(path: str, options: ReadOptions) -> Iterator[Item]:
    """The published posts and pages of an export, each named `path#guid`; where it breaks off, what came before and why."""
    export = _Export()
    ids = Ids()
    try:
        with open_binary(path) as file:
            # Without recovery, and with the parser's own limits on the length of all that it does not hand over in pieces.
            parser = etree.XMLParser(target=export, resolve_entities=False, no_network=True, load_dtd=False)
            for chunk in clean_chunks(file):
                parser.feed(chunk)
                yield from _articles(path, export, ids)
            parser.close()
    except (etree.XMLSyntaxError, RejectError) as error:
        yield from _articles(path, export, ids)
        yield Unreadable(path, error if isinstance(error, RejectError) else _broken(error, len(ids)))
    else:
        if not export.n_taken:
            yield Unreadable(path, _nothing(export))


def _broken(error: etree.XMLSyntaxError, read: int) -> RejectError:
    told = " ".join(str(error).split())[:200]
    return RejectError(
        "read", "not_xml", f"got XML that breaks ({told}) after {read} articles, wanted a whole export: export it again"
    )


def _nothing(export: "_Export") -> RejectError:
    return RejectError(
        "read", "no_articles", f"got {export.n_items} items, wanted a WordPress export with published posts or pages"
    )


class _Item:
    """What an item holds so far; what is over the limit is not kept."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.labels: dict[str, list[str]] = {"category": [], "post_tag": []}
        self.size = 0
        self.is_too_large = False

    def drop(self) -> None:
        """Keep only what names the item."""
        self.fields.pop("encoded", None)
        self.labels = {"category": [], "post_tag": []}
        self.size, self.is_too_large = 0, True


class _Export:
    """The parser's target: collects the items of an export as their elements end."""

    def __init__(self) -> None:
        self.items: list[_Item] = []
        self.authors: dict[str, str] = {}
        self.language: str | None = None
        self.n_items = self.n_taken = 0
        self._depth = 0
        self._item: _Item | None = None
        self._field = self._domain = ""
        self._parts: list[str] | None = None
        self._limit = settings().max_bytes

    def doctype(self, *_: Any) -> None:
        """Refuse the file."""
        raise RejectError(
            "read",
            "entities",
            "got XML with a document type, which may name entities, wanted an export without: remove it",
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; of interest are rss/channel/item/* and rss/channel/author/*."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise RejectError("read", "too_deep", f"got XML nested {_DEEPEST} deep, wanted a WordPress export")
        name = tag.rpartition("}")[2]
        if self._depth == 3:
            self._item = _Item() if name in ("item", "author") else None
        if (self._depth == 4 and self._item and _is_read(tag, name)) or (self._depth == 3 and name == "language"):
            self._field, self._domain, self._parts = name, attributes.get("domain", ""), []

    def data(self, text: str) -> None:
        """A piece of an element's text."""
        if self._parts is None:
            return
        self._parts.append(text)
        if self._item:
            self._item.size += len(text)
            if self._item.size > self._limit:
                self._item.drop()
                self._parts = None

    def end(self, tag: str) -> None:
        """An element ends."""
        depth, self._depth = self._depth, self._depth - 1
        if depth <= 4 and self._parts is not None:
            self._keep("".join(self._parts).strip())
            self._parts = None
        if depth == 3 and self._item:
            self._finish(tag.rpartition("}")[2], self._item)
            self._item = None

    def close(self) -> None:
        """The file ends."""

    def _keep(self, text: str) -> None:
        if self._item is None:
            self.language = text[:35] or None
        elif self._field != "category":
            self._item.fields[self._field] = text
        elif text and self._domain in self._item.labels:
            self._item.labels[self._domain].append(text)

    def _finish(self, name: str, item: _Item) -> None:
        login, shown = (item.fields.get(key) for key in ("author_login", "author_display_name"))
        if name == "item":
            self.n_items += 1
            self.items.append(item)
        elif login and shown and len(self.authors) < _MOST_AUTHORS:
            self.authors[login] = shown


def _is_read(tag: str, name: str) -> bool:
    return name in _FIELDS or name in _AUTHOR_FIELDS or tag == _CONTENT


def _articles(path: str, export: _Export, ids: Ids) -> Iterator[Item]:
    """The articles of the items that are complete, which are forgotten."""
    items, export.items = export.items, []
    for item in items:
        if item.fields.get("post_type") in _TYPES and item.fields.get("status") == "publish":
            export.n_taken += 1
            yield _article(path, item, export, ids)


def _article(path: str, item: _Item, export: _Export, ids: Ids) -> Item:
    content = paragraphs(item.fields.get("encoded", ""))
    try:
        key = ids.claim(item.fields.get("guid") or item.fields.get("post_id"), "an item with guid or post_id")
        if item.is_too_large:
            raise too_large(settings().max_bytes)
        if not content.strip():
            raise RejectError("read", "no_text", "got an item without content, wanted some text")
    except RejectError as error:
        return Unreadable(f"{path}#item {export.n_taken}", error)
    creator = item.fields.get("creator", "")
    known = metadata_of_mapping(
        {
            "title": item.fields.get("title"),
            "author": export.authors.get(creator, creator),
            "url": item.fields.get("link"),
            "published_at": _published(item),
            "language": export.language,
            "categories": item.labels["category"],
            "tags": item.labels["post_tag"],
        }
    )
    return RawArticle(source=f"{path}#{key}", format="html", content=content.encode(), metadata=known)


def _published(item: _Item) -> str | None:
    """When a post went out; an export writes zeros for a time that WordPress does not know."""
    at = item.fields.get("post_date_gmt", "")
    if at and not at.startswith("0000"):
        return at
    try:
        return parsedate_to_datetime(item.fields.get("pubDate", "")).isoformat()
    except (ValueError, IndexError, OverflowError):
        return None
