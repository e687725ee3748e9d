"""A WordPress site's API: paging, what was modified since, what refuses."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from flows.ingest import ingest
from flows.sources import RawArticle, Unreadable, read_source
from flows.store.snapshot import Store
from schemas.run import Run
from tests.flows.site import Handler, Page, Site

API = "/wp-json/wp/v2/posts"


def post(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "link": f"http://blog.example/post-{number}/",
        "modified": f"2025-03-{number:02}T10:00:00",
        "date_gmt": "2025-01-02T03:04:05",
        "title": {"rendered": f"Post &#8220;{number}&#8221;"},
        "content": {"rendered": f"<p>The course costs {number} €.</p>"},
        "_embedded": {
            "author": [{"name": "Ana Díaz"}],
            "wp:term": [
                [{"taxonomy": "category", "name": "Study &amp; Work"}, {"taxonomy": "category", "name": "Fees"}],
                [{"taxonomy": "post_tag", "name": "law"}],
            ],
        },
        **fields,
    }


class Blog:
    """The API of a site, two posts a page."""

    def __init__(self, site: Site, *posts: dict[str, Any], announces: bool = True) -> None:
        self.site, self.posts, self.announces = site, {one["id"]: one for one in posts}, announces
        site[API] = self.answer

    def answer(self, handler: Handler) -> Page:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}
        posts = [self.posts[number] for number in sorted(self.posts)]
        if since := asked.get("modified_after"):
            posts = [one for one in posts if one["modified"] > since]
        if wanted := asked.get("include"):
            posts = [one for one in posts if str(one["id"]) in wanted.split(",")]
        first = (int(asked["page"]) - 1) * 2
        if first >= max(len(posts), 1):
            return Page(status=400, body='{"code": "rest_post_invalid_page_number"}', type="application/json")
        headers = {"X-WP-TotalPages": str(-(-len(posts) // 2))} if self.announces else {}
        return Page(body=json.dumps(posts[first : first + 2]), type="application/json", headers=headers)

    def asked(self, name: str) -> list[str | None]:
        queries = [parse_qs(urlsplit(path).query) for path, _ in self.site.asked()]
        return [query.get(name, [None])[0] for query in queries]


@pytest.mark.parametrize("announces", [True, False])
def test_posts_page_by_page(site: Site, announces: bool) -> None:
    blog = Blog(site, *(post(number) for number in range(1, 6)), announces=announces)
    items = [item for item in read_source(f"wordpress+{site.url}") if isinstance(item, RawArticle)]
    assert [item.source for item in items] == [f"http://blog.example/post-{number}/" for number in range(1, 6)]
    assert blog.asked("page") == ["1", "2", "3"] if announces else ["1", "2", "3", "4"]
    first = items[0].metadata
    assert (first.title, first.author, first.category, first.tags) == (
        "Post “1”",
        "Ana Díaz",
        "Study & Work",
        ("Fees", "law"),
    )
    assert first.published_at is not None
    assert first.published_at.isoformat() == "2025-01-02T03:04:05+00:00"


def test_an_address_of_the_api_is_told_by_itself(site: Site) -> None:
    blog = Blog(site, post(1))
    assert len([item for item in read_source(f"{site.url}{API}?categories=3") if isinstance(item, RawArticle)]) == 1
    assert blog.asked("categories") == ["3"]


def test_a_site_with_plain_links(site: Site) -> None:
    site["/"] = Page(body=json.dumps([post(1)]), type="application/json", headers={"X-WP-TotalPages": "1"})
    assert len([item for item in read_source(f"wordpress+{site.url}/") if isinstance(item, RawArticle)]) == 1
    assert re.match(r"/\?rest_route=/wp/v2/posts&per_page=100&", site.asked()[1][0])


@pytest.mark.parametrize("status", [401, 404])
def test_a_site_without_the_api_says_what_was_tried(site: Site, status: int) -> None:
    site[API] = Page(status=status)
    (item, _) = read_source(f"wordpress+{site.url}")
    assert isinstance(item, Unreadable)
    assert item.error.error == "no_api"
    assert f"got {status} from {site.url}{API}" in item.error.message
    assert "rest_route" in item.error.message


def test_a_page_that_is_no_list_of_posts(site: Site) -> None:
    for body in ("<html>", "{}", "[1]", "[" * 100_000):
        site[API] = Page(body=body)
        (item, _) = read_source(f"{site.url}{API}")
        assert isinstance(item, Unreadable)
        assert "wanted the REST API" in item.error.message


def test_posts_that_lack_things(site: Site) -> None:
    Blog(
        site,
        post(1, content={"rendered": None}),
        post(2, link=None, title=None, _embedded=[], date_gmt=3, modified="9999-01-01T00:00:00"),
        post(3, link="javascript:x"),
        post(4),
    )
    items = list(read_source(f"{site.url}{API}"))
    assert [item.error.error if isinstance(item, Unreadable) else item.source.rpartition("/")[2] for item in items] == [
        "no_text",
        "posts#2",
        "bad_address",
        "",
    ]


def counts(run: Run) -> tuple[int, int, int, int, int]:
    return run.n_new, run.n_changed, run.n_unchanged, run.n_removed, run.n_rejected


def test_only_what_was_modified_since_is_asked_for(site: Site, store: Store) -> None:
    blog = Blog(site, *(post(number) for number in range(1, 6)))
    source = f"wordpress+{site.url}"
    assert counts(ingest([source], store)) == (5, 0, 0, 0, 0)
    site.log.clear()
    assert counts(ingest([source], store)) == (0, 0, 5, 0, 0)
    assert blog.asked("modified_after") == ["2025-03-05T08:00:00"]
    blog.posts[2] = post(2, modified="2025-03-06T10:00:00", content={"rendered": "<p>Now it costs 9 €.</p>"})
    blog.posts[6] = post(6)
    del blog.posts[1]
    assert counts(ingest([source], store)) == (1, 1, 4, 0, 0)
    site.log.clear()
    assert counts(ingest([source], store)) == (0, 0, 6, 0, 0)
    assert blog.asked("modified_after") == ["2025-03-06T08:00:00"]


def test_a_rejected_post_is_asked_for_again_and_a_failing_site_loses_nothing(site: Site, store: Store) -> None:
    blog = Blog(site, post(1, content={"rendered": " "}), post(9))
    source = f"{site.url}{API}"
    assert counts(ingest([source], store)) == (1, 0, 0, 0, 1)
    site.log.clear()
    blog.posts[1]["content"] = {"rendered": "<p>Here it is.</p>"}
    assert counts(ingest([source], store)) == (1, 0, 1, 0, 0)
    assert blog.asked("include") == [None, "1"]
    site[API] = Page(status=404)
    assert counts(ingest([source], store)) == (0, 0, 2, 0, 1)


def test_everything_is_read_again_by_another_version(site: Site, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    blog = Blog(site, post(1), post(2))
    ingest([f"wordpress+{site.url}"], store)
    monkeypatch.setattr("flows.ingest.pipeline_version", lambda: "9+new")
    site.log.clear()
    del blog.posts[1]
    run = ingest([f"wordpress+{site.url}"], store)
    assert (run.n_changed, run.n_unchanged, run.n_removed) == (1, 0, 1)


def test_half_a_character_spoils_nothing(site: Site, store: Store) -> None:
    half = "\ud800"
    Blog(site, post(1, title={"rendered": half}, content={"rendered": f"<p>{half} It costs 5 €.</p>"}), post(2))
    site["/feed"] = Page(
        type="application/feed+json",
        body='{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "\\ud800", "title": "\\ud800",'
        ' "content_html": "<p>It costs 6 €."}, {"id": "3", "url": "http://[\\ud800"}]}',
    )
    run = ingest([f"wordpress+{site.url}", f"{site.url}/feed"], store)
    assert (run.n_new, run.n_rejected) == (3, 1)
