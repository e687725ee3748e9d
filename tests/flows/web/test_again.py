"""Runs over the same addresses again: what is asked for, what is sent, what is kept and what goes."""

import gzip
from pathlib import Path

import pytest

from flows import ingest as module
from flows.ingest import ingest
from flows.settings import settings
from flows.store.snapshot import Store
from schemas.run import Run
from tests.flows.site import Page, Site


def counts(run: Run) -> tuple[int, int, int, int, int]:
    return run.n_new, run.n_changed, run.n_unchanged, run.n_removed, run.n_rejected


def names(store: Store, site: Site) -> list[str]:
    return sorted(source.removeprefix(site.url) for source in store.read("articles").column("source").to_pylist())


def page(text: str, etag: str | None = None) -> Page:
    return Page(body=f"<html><body><h1>News</h1><p>{text}</p></body></html>", etag=etag)


def rss(*entries: tuple[str, str | None]) -> str:
    items = "".join(
        f"<item><link>{link}</link><content:encoded>{text}</content:encoded></item>"
        if text
        else f"<item><link>{link}</link></item>"
        for link, text in entries
    )
    return (
        f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{items}</channel></rss>'
    )


def listing(*entries: tuple[str, str], tag: str = "url", root: str = "urlset") -> str:
    inner = "".join(
        f"<{tag}><loc>{loc}</loc>{f'<lastmod>{when}</lastmod>' if when else ''}</{tag}>" for loc, when in entries
    )
    return f"<{root}>{inner}</{root}>"


@pytest.fixture
def filled(site: Site) -> Site:
    site["/page"] = page("The course costs 10 €.", '"p1"')
    site["/feed"] = Page(body=rss(("/full", "It costs 20 €."), ("/teaser", None)), type="text/xml", etag='"f1"')
    site["/teaser"] = page("The long story costs 30 €.", '"t1"')
    site["/sitemap.xml"] = Page(
        body=listing(("/pages.xml.gz", ""), tag="sitemap", root="sitemapindex"), type="text/xml", etag='"i1"'
    )
    site["/pages.xml.gz"] = Page(
        body=gzip.compress(listing(("/dated", "2025-01-01"), ("/undated", "")).encode()),
        type="application/gzip",
        etag='"s1"',
    )
    site["/dated"] = page("A dated page: 40 €.")
    site["/undated"] = page("An undated page: 50 €.", '"u1"')
    return site


def sources(site: Site) -> list[str]:
    return [f"{site.url}/page", f"{site.url}/feed", f"sitemap+{site.url}/sitemap.xml"]


def test_a_second_run_is_sent_no_body(filled: Site, store: Store) -> None:
    assert counts(ingest(sources(filled), store)) == (5, 0, 0, 0, 0)
    assert names(store, filled) == ["/dated", "/full", "/page", "/teaser", "/undated"]
    filled.log.clear()
    assert counts(ingest(sources(filled), store)) == (0, 0, 5, 0, 0)
    assert filled.asked() == [
        (path, 304) for path in ("/page", "/feed", "/teaser", "/sitemap.xml", "/pages.xml.gz", "/undated")
    ]
    assert sum(one.sent for one in filled.log) == 0
    assert filled.asked(robots=True).count(("/robots.txt", 404)) == 1
    filled.log.clear()
    assert counts(ingest(sources(filled), store)) == (0, 0, 5, 0, 0)
    assert sum(one.sent for one in filled.log) == 0


def test_changes_are_seen(filled: Site, store: Store) -> None:
    ingest(sources(filled), store)
    filled["/page"] = page("Now it costs 11 €.", '"p2"')
    filled["/teaser"] = page("The story now costs 31 €.", '"t2"')
    filled["/dated"] = page("This change is not dated.")
    assert counts(ingest(sources(filled), store)) == (0, 2, 3, 0, 0)
    filled["/pages.xml.gz"] = Page(body=listing(("/dated", "2025-01-02"), ("/undated", "")), etag='"s2"')
    assert counts(ingest(sources(filled), store)) == (0, 1, 4, 0, 0)


def test_what_leaves_a_sitemap_goes_and_what_leaves_a_feed_stays(filled: Site, store: Store) -> None:
    ingest(sources(filled), store)
    filled["/feed"] = Page(body=rss(("/new", "New for 60 €.")), type="text/xml")
    filled["/pages.xml.gz"] = Page(body=listing(("/dated", "2025-01-01")))
    assert counts(ingest(sources(filled), store)) == (1, 0, 4, 1, 0)
    assert names(store, filled) == ["/dated", "/full", "/new", "/page", "/teaser"]


def test_a_site_that_is_down_loses_nothing(filled: Site, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "http_retries", 0)
    filled["/alias"] = Page(status=302, headers={"Location": "/page"})
    wanted = [f"{filled.url}/alias", *sources(filled)[1:]]
    ingest(wanted, store)
    before = names(store, filled)
    for path in ("/alias", "/feed", "/pages.xml.gz"):
        filled[path] = Page(status=500)
    assert counts(ingest(wanted, store)) == (0, 0, 5, 0, 3)
    assert names(store, filled) == before
    assert store.read("rejects").num_rows == 3


def test_what_is_mended_is_no_reject_any_more(filled: Site, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "http_retries", 0)
    mended = {path: filled.pages[path] for path in ("/feed", "/pages.xml.gz", "/undated")}
    for path in mended:
        filled[path] = Page(status=500)
    ingest(sources(filled), store)
    rejects = [row["source"].removeprefix(filled.url) for row in store.read("rejects").to_pylist()]
    assert rejects == ["/feed", "/pages.xml.gz"]
    filled.pages.update(mended)
    assert counts(ingest(sources(filled), store)) == (4, 0, 1, 0, 0)
    assert store.read("rejects").num_rows == 0


def test_a_page_that_is_gone_from_the_site_but_still_listed_stays(filled: Site, store: Store) -> None:
    filled["/moved"] = Page(status=301, headers={"Location": "/undated"})
    filled["/pages.xml.gz"] = Page(body=listing(("/dated", ""), ("/moved", "")))
    ingest(sources(filled)[2:], store)
    filled["/moved"] = Page(status=404)
    assert counts(ingest(sources(filled)[2:], store)) == (0, 0, 2, 0, 1)


def test_what_was_rejected_is_asked_for_again(filled: Site, store: Store) -> None:
    filled["/page"] = Page(body="<html><body></body></html>", etag='"p0"')
    filled["/feed"] = Page(body=rss(("/full", "<b></b>")), type="text/xml", etag='"f0"')
    assert counts(ingest(sources(filled)[:2], store)) == (0, 0, 0, 0, 2)
    filled.log.clear()
    assert counts(ingest(sources(filled)[:2], store)) == (0, 0, 0, 0, 2)
    assert filled.asked() == [("/page", 200), ("/feed", 200)]


def test_a_new_version_asks_for_everything_again(filled: Site, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(sources(filled), store)
    monkeypatch.setattr(module, "pipeline_version", lambda: "9+new")
    filled.log.clear()
    assert counts(ingest(sources(filled), store)) == (0, 5, 0, 0, 0)
    assert [status for path, status in filled.asked() if "xml" not in path] == [200] * 5


def test_a_killed_run_remembers_nothing_that_it_did_not_store(
    filled: Site, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("process", "commit"):
        with monkeypatch.context() as patched:
            patched.setattr(module, name, killed)
            with pytest.raises(KeyboardInterrupt):
                ingest(sources(filled), store)
    assert counts(ingest(sources(filled), store)) == (5, 0, 0, 0, 0)
    filled["/page"] = page("Now it costs 12 €.", '"p3"')
    with monkeypatch.context() as patched:
        patched.setattr(Store, "_swap", killed)
        with pytest.raises(KeyboardInterrupt):
            ingest(sources(filled), store)
    assert counts(ingest(sources(filled), store)) == (0, 1, 4, 0, 0)


def test_a_list_that_loses_an_address(filled: Site, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "pages.urls"
    path.write_text(f"{filled.url}/page\n{filled.url}/dated\n")
    assert counts(ingest([str(path)], store)) == (2, 0, 0, 0, 0)
    path.write_text(f"{filled.url}/page\n")
    assert counts(ingest([str(path)], store)) == (0, 0, 1, 1, 0)


def test_no_password_is_kept(filled: Site, store: Store) -> None:
    secret = filled.url.replace("//", "//me:secret@")
    run = ingest([f"{secret}/page", f"{filled.url}/feed"], store)
    assert (run.n_new, run.n_rejected) == (2, 1)
    assert "secret" not in str([store.read(name).to_pylist() for name in ("runs", "rejects", "articles")])
