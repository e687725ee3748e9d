"""Pages, feeds, sitemaps and lists on a real server: what they yield, and what bad ones get."""

import gzip
from pathlib import Path

import pytest

from flows.settings import settings
from flows.sources import RawArticle, Unreadable, read_source
from flows.sources.item import Item, Partial
from tests.flows.site import Page, Site


def read(source: str) -> list[Item]:
    return [item for item in read_source(source) if not isinstance(item, Partial)]


def names(source: str, site: Site) -> list[str]:
    """Of each item the path that it is named by, or the failure."""
    return [
        item.source.removeprefix(site.url) if isinstance(item, RawArticle) else f"{item.error.error}"
        for item in read(source)
        if isinstance(item, RawArticle | Unreadable)
    ]


def article(source: str) -> RawArticle:
    (item,) = read(source)
    assert isinstance(item, RawArticle), item
    return item


def test_a_page(site: Site) -> None:
    site["/a"] = Page(body="<html><p>Größe".encode("latin-1"), type="text/html; charset=latin-1")
    made = article(f"{site.url}/a?x=1#part")
    assert (made.source, made.metadata.url) == (f"{site.url}/a?x=1",) * 2
    assert (made.format, made.charset, made.metadata.language) == ("html", "latin-1", None)


def test_a_wrong_charset_loses_no_text(site: Site) -> None:
    from processors.clean import clean

    site["/a"] = Page(body="<html><body><h1>Ο τίτλος</h1><p>Κοστίζει 20 €.", type="text/html; charset=klingon")
    assert clean(article(f"{site.url}/a")).text.startswith("Ο τίτλος")


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ('<link rel="canonical" href="/own">', "/own"),
        ("<LINK REL=canonical HREF=/own#x>", "/own"),
        ("<link href='{url}/own' rel='alternate Canonical'>", "/own"),
        ('<link rel="canonical" href="https://elsewhere.example/own">', "/a"),
        ('<link rel="canonical" href="/">', "/a"),
        ('<link rel="canonical" href="http://[">', "/a"),
        ('<link rel="canonical">', "/a"),
        ('<link rel="stylesheet" href="/own">', "/a"),
        ("<link " * 30_000 + "canonical", "/a"),
    ],
)
def test_the_address_that_a_page_calls_its_own(site: Site, head: str, path: str) -> None:
    site["/a"] = Page(body=f"<html><head>{head.replace('{url}', site.url)}</head><p>x")
    assert names(f"{site.url}/a", site) == [path]


def test_the_address_after_redirects(site: Site) -> None:
    site["/old"] = Page(status=301, headers={"Location": "/a"})
    site["/a"] = Page(body="<html><p>x")
    assert names(f"{site.url}/old", site) == ["/a"]


def test_the_language_of_the_answer_where_the_page_says_none(site: Site) -> None:
    site["/a"] = Page(body="<html><p>x", headers={"Content-Language": "pt-BR"})
    site["/b"] = Page(body='<html class=x lang="fr"><p>x', headers={"Content-Language": "pt-BR"})
    site["/c"] = Page(body="<html><p>x", headers={"Content-Language": "<script>"})
    assert [article(f"{site.url}/{name}").metadata.language for name in "abc"] == ["pt-BR", None, None]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (Page(body="Some text.", type="text/plain"), "txt"),
        (Page(body="# Some text", type="text/markdown"), "md"),
        (Page(body="<!doctype html><p>x", type=""), "html"),
        (Page(body="<html><p>x", type="application/octet-stream"), "html"),
    ],
)
def test_formats(site: Site, page: Page, wanted: str) -> None:
    site["/a"] = page
    assert article(f"{site.url}/a").format == wanted


FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<language>de</language>
<item><title>Voll</title><link>/voll#top</link><content:encoded><![CDATA[<p>Alles.</p>]]></content:encoded></item>
<item><title>Teaser</title><link>{url}/teaser</link><description>Mehr …</description></item>
<item><title>Weg</title><link>{url}/weg</link><description>Mehr …</description></item>
<item><guid isPermaLink="false">7</guid><description>Nur das.</description></item>
<item><title>Nichts</title></item>
</channel></rss>"""


@pytest.fixture
def feed(site: Site) -> Site:
    site["/feed"] = Page(body=FEED.replace("{url}", site.url), type="text/xml")
    site["/teaser"] = Page(body="<html><p>Die ganze Geschichte.")
    return site


def test_a_feed_holds_entries_and_leads_to_pages(feed: Site) -> None:
    wanted = ["/voll", "/teaser", "not_found", "/feed#7", "no_id"]
    assert names(f"{feed.url}/feed", feed) == wanted
    assert names(f"feed+{feed.url}/feed", feed) == wanted
    full = read(f"{feed.url}/feed")[0]
    assert isinstance(full, RawArticle)
    assert (full.content, full.metadata.title, full.metadata.language) == (b"<p>Alles.</p>", "Voll", "de")
    assert full.metadata.url == f"{feed.url}/voll"


def test_a_json_feed(site: Site) -> None:
    site["/feed"] = Page(
        type="application/json",
        body='{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/a", "content_html": "<p>x"}]}',
    )
    assert names(f"{site.url}/feed", site) == ["/a"]


def test_the_prefix_decides(feed: Site) -> None:
    assert names(f"page+{feed.url}/feed", feed) == ["unknown_format"]
    assert names(f"sitemap+{feed.url}/feed", feed) == ["not_a_sitemap"]
    assert names(f"feed+{feed.url}/teaser", feed) == ["not_a_feed"]
    assert names(f"gopher+{feed.url}/teaser", feed) == ["unknown_kind"]


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize(
    "body",
    [
        f"{BOMB}<rss version='2.0'><channel><item><title>&b;</title><link>/a</link></item></channel></rss>",
        f"{BOMB}<urlset><url><loc>/&b;&c;</loc></url></urlset>",
    ],
)
def test_xml_that_declares_entities(site: Site, body: str) -> None:
    site["/x"] = Page(body=body, type="text/xml")
    assert names(f"{site.url}/x", site) == ["entities"]
    assert [path for path, _ in site.asked()] == ["/x"]


def sitemap(*entries: str, name: str = "url", root: str = "urlset") -> str:
    inner = "".join(f"<{name}><loc>{entry}</loc></{name}>" for entry in entries)
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{root}>'


def test_sitemaps_in_sitemaps(site: Site) -> None:
    site["/sitemap.xml"] = Page(
        body=sitemap("/one.xml.gz", "/gone.xml", "/sitemap.xml", name="sitemap", root="sitemapindex")
    )
    site["/one.xml.gz"] = Page(
        body=gzip.compress(sitemap("/a", "/a#x", "http://[::1", "/pdf", "/b").encode()), type="application/gzip"
    )
    site["/a"] = site["/b"] = Page(body="<html><p>x")
    site["/pdf"] = Page(body="%PDF", type="application/pdf")
    assert names(f"{site.url}/sitemap.xml", site) == ["/a", "bad_address", "unknown_format", "/b", "not_found"]
    assert len(site.asked()) == 6


def test_sitemaps_without_end(site: Site) -> None:
    for number in range(6):
        site[f"/{number}"] = Page(body=sitemap(f"/{number + 1}", name="sitemap", root="sitemapindex"))
    assert names(f"{site.url}/0", site) == ["too_many"]


def test_a_sitemap_that_breaks_off_gives_what_came_before(site: Site) -> None:
    site["/s"] = Page(body=sitemap("/a", "/b").removesuffix("</url></urlset>"))
    site["/a"] = Page(body="<html><p>x")
    assert names(f"{site.url}/s", site) == ["/a", "corrupt"]


def test_a_packed_sitemap_that_unpacks_to_too_much(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 5000)
    site["/s.xml.gz"] = Page(body=gzip.compress(b"<urlset>" + b" " * 1_000_000), type="application/gzip")
    assert names(f"sitemap+{site.url}/s.xml.gz", site) == ["too_large"]


def test_an_answer_of_no_kind_says_what_was_tried(site: Site) -> None:
    site["/a"] = Page(body=b"{}", type="application/json")
    (item,) = read(f"{site.url}/a")
    assert isinstance(item, Unreadable)
    assert "tried: feed, sitemap, page" in item.error.message


def test_a_list_of_addresses(feed: Site, tmp_path: Path) -> None:
    path = tmp_path / "list.urls"
    path.write_text(f"# pages\n{feed.url}/teaser\n\nfeed+{feed.url}/feed\nnonsense\n{feed.url}/weg\n")
    wanted = ["/teaser", "/voll", "not_found", "/feed#7", "no_id", "bad_address"]
    assert names(str(path), feed) == wanted
    assert [path for path, _ in feed.asked()] == ["/teaser", "/feed", "/weg"]
    assert names(f"@{path}", feed) == wanted
    assert names(f"@{tmp_path}/gone.txt", feed) == ["unreadable"]


def test_a_list_is_read_only_when_it_is_named(site: Site, tmp_path: Path) -> None:
    (tmp_path / "list.urls").write_text(f"{site.url}/a")
    (tmp_path / "a.txt").write_text("x")
    assert [item.source for item in read(str(tmp_path))] == [f"{tmp_path}/a.txt"]
    assert site.log == []


def test_a_password_is_not_shown(site: Site) -> None:
    items = list(read_source(f"feed+{site.url.replace('//', '//me:secret@')}/feed"))
    assert "secret" not in str(items)
    assert site.log == []
