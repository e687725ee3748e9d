"""WordPress by its REST API (https://developer.wordpress.org/rest-api/reference/posts/): posts, newest state, page by page.

Next time only what was modified since is asked for, with a margin: `modified_after` is in the site's own time, which jumps
back by an hour once a year. A post that was removed is seen only when the whole list is read again, as it is whenever
lexicons or the program have changed.
"""

import html
import json
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from flows.http import Answer, HttpError, canonical
from flows.sources.item import Item, Partial, Unreadable
from flows.sources.web.visit import Got, Web
from flows.store.memory import Record
from processors.clean.metadata import parse_time
from processors.raw import Metadata, RawArticle, RejectError

ABOUT = "a WordPress site by its REST API: its posts, since last time those modified"
EXAMPLE = "wordpress+https://example.org"

_API = re.compile(r"/wp-json/wp/v2/[\w-]+/?(?:$|\?)")
_MARGIN = timedelta(hours=2)
_A_PAGE, _MOST_PAGES = 100, 10_000
_FIELDS = "id,link,modified,date_gmt,title,content,_links,_embedded"
_ASKED = {
    "per_page": str(_A_PAGE),
    "orderby": "id",
    "order": "asc",
    "_embed": "author,wp:term",
    "_fields": _FIELDS,
}


def at(address: str) -> bool:
    """Whether an address is one of the API.

    >>> at("https://example.org/wp-json/wp/v2/posts?categories=3"), at("https://example.org/")
    (True, False)
    """
    return _API.search(address) is not None


@dataclass(slots=True)
class _Seen:
    """What a site has shown: the newest time of modification, and of each post, by its id, its source and hash."""

    newest: str = ""
    made: dict[str, tuple[str, str]] = field(default_factory=dict)

    def lacking(self, web: Web) -> list[str]:
        """The posts that the store does not hold as they were."""
        return [number for number, made in self.made.items() if not web.memory.holds(*made)]


def read(web: Web, address: str, got: Got | None) -> Iterator[Item]:
    """The posts of a site."""
    record = web.memory.get(address)
    seen = _seen(record)
    lacking = seen.lacking(web)
    endpoints = [record.url] if record and seen.newest else _endpoints(address)
    if not seen.newest or len(lacking) > _A_PAGE or len(lacking) == len(seen.made):
        seen = _Seen()
        endpoint = yield from _listed(web, endpoints, {}, seen)
    else:
        since = (datetime.fromisoformat(seen.newest) - _MARGIN).isoformat()
        endpoint = yield from _listed(web, endpoints, {"modified_after": since}, seen)
        if lacking:
            yield from _listed(web, endpoints, {"include": ",".join(lacking)}, seen)
        yield Partial(address)
    links = tuple((number, source) for number, (source, _) in seen.made.items())
    web.memory.note(
        address, Record(kind="wordpress", url=endpoint, stamp=seen.newest, made=tuple(seen.made.values()), links=links)
    )


def _seen(record: Record | None) -> _Seen:
    if record is None or record.kind != "wordpress" or not record.stamp:
        return _Seen()
    numbers = (number for number, _ in record.links)
    return _Seen(record.stamp, dict(zip(numbers, record.made, strict=True)))


def _endpoints(address: str) -> list[str]:
    """Where a site's API may be: below its address, or in a parameter where its links are plain."""
    site = canonical(address).partition("?")[0].rstrip("/")
    return [address] if at(address) else [f"{site}/wp-json/wp/v2/posts", f"{site}/?rest_route=/wp/v2/posts"]


def _listed(web: Web, endpoints: list[str], wanted: dict[str, str], seen: _Seen) -> Generator[Item, None, str]:
    """The posts of the first endpoint that answers, which is returned; RejectError that names all tried if none does."""
    tried: list[str] = []
    for endpoint in endpoints:
        pages = _pages(web, endpoint, wanted)
        try:
            first = next(pages, [])
        except RejectError as error:
            if not isinstance(error, HttpError) and error.error not in ("not_json", "robots"):
                raise
            tried.append(error.message)
            continue
        for post in chain(first, chain.from_iterable(pages)):
            yield _item(endpoint, post, seen)
        return endpoint
    raise RejectError(
        "read",
        "no_api",
        f"tried: {'; '.join(tried)}; wanted the REST API of a WordPress site: "
        "where it is switched off, read the site's feed, its sitemap or an export file",
    )


def _pages(web: Web, endpoint: str, wanted: dict[str, str]) -> Iterator[list[dict[str, Any]]]:
    """The posts page by page, until the last one that the site announces, or until it refuses or has nothing new."""
    known: set[str] = set()
    for number in range(1, _MOST_PAGES + 1):
        try:
            answer = web.client.get(_address(endpoint, {**_ASKED, **wanted, "page": str(number)}))
        except HttpError as error:
            if number > 1 and error.status == 400:
                return
            raise
        posts = [post for post in _posts(answer) if str(post.get("id")) not in known]
        if not posts:
            return
        known.update(str(post.get("id")) for post in posts)
        yield posts
        if answer.headers.get("x-wp-totalpages") == str(number):
            return
    raise RejectError("read", "too_many", f"got more than {_MOST_PAGES:,} pages of posts, wanted less")


def _address(endpoint: str, parameters: dict[str, str]) -> str:
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(parameters)}"


def _posts(answer: Answer) -> list[dict[str, Any]]:
    try:
        posts = json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        raise RejectError("read", "not_json", f"got {answer.media_type or 'no type'} from {answer.url}") from error
    if not isinstance(posts, list) or not all(isinstance(post, dict) for post in posts):
        raise RejectError("read", "not_json", f"got JSON that is no list of posts from {answer.url}")
    return posts


def _item(endpoint: str, post: dict[str, Any], seen: _Seen) -> Item:
    number = str(post.get("id"))
    name = f"{endpoint}#{number}"
    try:
        article = _article(name, post)
    except RejectError as error:
        seen.made[number] = (name, "")
        return Unreadable(name, error)
    seen.made[number] = (article.source, article.content_hash)
    seen.newest = max(seen.newest, _modified(post))
    return article


def _modified(post: dict[str, Any]) -> str:
    """When a post was modified, in the site's time; "" where it does not say, or names a time that is yet to come."""
    value = post.get("modified")
    if not isinstance(value, str) or not (known := parse_time(value)) or known > datetime.now(UTC) + timedelta(days=1):
        return ""
    return known.strftime("%Y-%m-%dT%H:%M:%S")


def _article(name: str, post: dict[str, Any]) -> RawArticle:
    content = _rendered(post, "content")
    if content is None:
        raise RejectError("read", "no_text", "got a post without content.rendered, wanted its HTML")
    link = post.get("link")
    url = canonical(link) if isinstance(link, str) and link else None
    categories, tags = _terms(post)
    metadata = Metadata(
        title=_plain(_rendered(post, "title")),
        author=_author(post),
        url=url,
        published_at=parse_time(value) if isinstance(value := post.get("date_gmt"), str) else None,
        category=categories[0] if categories else None,
        tags=(*categories[1:], *tags),
    )
    return RawArticle(source=url or name, format="html", content=content.encode("utf-8", "replace"), metadata=metadata)


def _rendered(post: dict[str, Any], name: str) -> str | None:
    value = post.get(name)
    text = value.get("rendered") if isinstance(value, dict) else None
    return text if isinstance(text, str) else None


def _plain(value: object) -> str | None:
    """A rendered title or name as text."""
    text = re.sub(r"<[^<>]*>", "", value) if isinstance(value, str) else ""
    return " ".join(html.unescape(text).split()) or None


def _embedded(post: dict[str, Any], name: str) -> list[Any]:
    embedded = post.get("_embedded")
    value = embedded.get(name) if isinstance(embedded, dict) else None
    return value if isinstance(value, list) else []


def _author(post: dict[str, Any]) -> str | None:
    names = [_plain(one.get("name")) for one in _embedded(post, "author") if isinstance(one, dict)]
    return ", ".join(filter(None, names)) or None


def _terms(post: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The names of a post's categories, and of its tags."""
    groups = [group for group in _embedded(post, "wp:term") if isinstance(group, list)]
    terms = [term for group in groups for term in group if isinstance(term, dict)]
    named = [(term.get("taxonomy"), _plain(term.get("name"))) for term in terms]
    categories = [name for taxonomy, name in named if taxonomy == "category" and name]
    return categories, [name for taxonomy, name in named if taxonomy == "post_tag" and name]
