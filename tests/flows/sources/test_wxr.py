"""WordPress export files: what is taken of them, classic content, and what broken or hostile ones get."""

import gzip
import tracemalloc
from pathlib import Path

import pytest

from flows.settings import settings
from flows.sources import RawArticle, read_source
from flows.sources.classic_content import paragraphs
from processors.clean import clean

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Le blog</title><language>fr-FR</language>
<wp:author><wp:author_login>jd</wp:author_login><wp:author_display_name><![CDATA[Jo Doe]]></wp:author_display_name></wp:author>
"""
TAIL = "</channel></rss>"


def item(number: int, content: str = "Le master coûte 243 €.", kind: str = "post", status: str = "publish") -> str:
    return f"""<item><title>T&amp;{number}</title><link>https://ex.org/{number}/</link>
<pubDate>Mon, 02 Jan 2023 10:00:00 +0000</pubDate><dc:creator>jd</dc:creator><guid>https://ex.org/?p={number}</guid>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[not this]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2023-01-02 09:00:00</wp:post_date_gmt>
<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
<category domain="category" nicename="e"><![CDATA[Études]]></category>
<category domain="post_tag" nicename="p">prix</category><category domain="nav_menu" nicename="m">menu</category></item>
"""


def export(*items: str) -> bytes:
    return (HEAD + "".join(items) + TAIL).encode()


def read(tmp_path: Path, content: bytes, name: str = "a.xml") -> list[str]:
    (tmp_path / name).write_bytes(content)
    return [
        item.source.rpartition("=")[2] if isinstance(item, RawArticle) else item.error.error
        for item in read_source(str(tmp_path / name))
    ]


def test_what_a_post_says(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(export(item(7)))
    (article,) = read_source(str(tmp_path / "a.xml"))
    assert isinstance(article, RawArticle)
    assert article.source == f"{tmp_path}/a.xml#https://ex.org/?p=7"
    assert article.content.decode() == "<p>Le master coûte 243 €.</p>"
    known = article.metadata
    assert (known.title, known.author, known.url) == ("T&7", "Jo Doe", "https://ex.org/7/")
    assert (known.category, known.tags, known.language) == ("Études", ("prix",), "fr-FR")
    assert str(known.published_at) == "2023-01-02 09:00:00+00:00"


def test_published_posts_and_pages_only(tmp_path: Path) -> None:
    items = [
        item(1),
        item(2, kind="page"),
        item(3, status="draft"),
        item(4, kind="attachment", status="inherit"),
        item(5, kind="nav_menu_item"),
        item(6, status="trash"),
        item(1),
        item(8, content=" "),
    ]
    assert read(tmp_path, export(*items)) == ["1", "2", "duplicate_id", "no_text"]
    assert read(tmp_path, gzip.compress(export(*items)), "b.wxr.gz") == ["1", "2", "duplicate_id", "no_text"]
    assert read(tmp_path, export(item(3, status="draft"))) == ["no_articles"]


def test_a_time_that_wordpress_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(export(item(1).replace("2023-01-02 09:00:00", "0000-00-00 00:00:00")))
    (article,) = read_source(str(tmp_path / "a.xml"))
    assert isinstance(article, RawArticle)
    assert str(article.metadata.published_at) == "2023-01-02 10:00:00+00:00"


def test_what_breaks_is_told_and_what_came_before_kept(tmp_path: Path) -> None:
    assert read(tmp_path, export(item(1), item(2), item(3))[:-400]) == ["1", "2", "not_xml"]
    assert read(tmp_path, export(item(1), "<item></oops>", item(2))) == ["1", "not_xml"]
    (tmp_path / "b.wxr").write_bytes(export(item(1), "<item></oops>"))
    message = list(read_source(str(tmp_path / "b.wxr")))[-1].error.message  # type: ignore[union-attr]
    assert "line 14" in message
    assert "after 1 articles" in message


def test_what_xml_forbids_and_wordpress_writes(tmp_path: Path) -> None:
    content = export(item(1, content="a\x0bb \x00c"), item(2).replace("T&amp;2", "T&nbsp;&eacute;")) + b"\n\x00"
    (tmp_path / "a.xml").write_bytes(content.replace(b"243", b"\xe9"))
    first, second = read_source(str(tmp_path / "a.xml"))
    assert isinstance(first, RawArticle)
    assert isinstance(second, RawArticle)
    assert first.content == b"<p>ab c</p>"
    assert second.metadata.title == "T\xa0é"


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
)


@pytest.mark.parametrize(
    "doctype",
    [BOMB + "]>", '<!DOCTYPE r [<!ENTITY j SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE r SYSTEM "file:///x">'],
)
def test_document_types_are_refused(tmp_path: Path, doctype: str) -> None:
    content = export(item(1).replace("T&amp;1", "&j;")).replace(b"?>", b"?>" + doctype.encode(), 1)
    assert read(tmp_path, content) == ["entities"]


@pytest.mark.parametrize(
    ("inside", "error"),
    [
        ("<item>" * 500, "too_deep"),
        (item(1, content="x" * 3000), "too_large"),
    ],
    ids=["deep", "long content"],
)
def test_hostile_elements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str, error: str) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 2000)
    assert read(tmp_path, export(item(8), inside, item(9)))[:2] == ["8", error]


def test_a_bomb_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 100_000)
    start = (HEAD + item(1) + "<item><content:encoded><![CDATA[").encode()
    assert read(tmp_path, gzip.compress(start + b"x" * 9_000_000 + b"]]>"), "a.xml.gz") == ["1", "expansion"]


def test_a_long_export_takes_constant_memory(tmp_path: Path) -> None:
    with (tmp_path / "a.xml").open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(1000):
            file.write(item(number, content="<p>Le master coûte 243 € par an.</p>\n" * 800))
        file.write(TAIL)
    assert (tmp_path / "a.xml").stat().st_size > 30_000_000
    tracemalloc.start()
    assert sum(isinstance(one, RawArticle) for one in read_source(str(tmp_path / "a.xml"))) == 1000
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("One\r\n\r\nTwo", "<p>One</p><p>Two</p>"),
        ("One\ntwo", "<p>One<br>two</p>"),
        ("<h2>H</h2>\nText", "<h2>H</h2>\nText"),
        ("<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\n\nText", "<ul>\n<li>a</li>\n\n<li>b</li>\n</ul><p>Text</p>"),
        ("Text <b>bold</b>\n<ul><li>a</ul>", "<p>Text <b>bold</b></p><ul><li>a</ul>"),
        ("<!-- wp:paragraph -->\n<p>a</p>\n\nb", "<!-- wp:paragraph -->\n<p>a</p>\n\nb"),
        ('[caption id="x" width="3"]<img src="a"> Text[/caption]', '<p><img src="a"> Text</p>'),
        ('[vc_row][vc_column_text a="b"]Text[/vc_column_text][/vc_row]', "<p>Text</p>"),
        ("It costs [sic] $5 [1]", "<p>It costs [sic] $5 [1]</p>"),
        ("", ""),
    ],
)
def test_classic_content(content: str, shown: str) -> None:
    assert paragraphs(content) == shown


def test_paragraphs_reach_the_article(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(export(item(1, content="First one.\n\nSecond one.")))
    (article,) = read_source(str(tmp_path / "a.xml"))
    assert isinstance(article, RawArticle)
    assert [block.text for block in clean(article).blocks][-2:] == ["First one.", "Second one."]
