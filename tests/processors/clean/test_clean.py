"""Cleaning: structure of plain text, pages, fragments and Markdown; what is cut; what bad input gets."""

from datetime import UTC, datetime

import pytest

from processors.clean import CleanArticle, clean
from processors.raw import Metadata, RawArticle, RejectError
from schemas.vocabulary import Format


def read(content: str | bytes, kind: Format, metadata: Metadata | None = None) -> CleanArticle:
    raw = content.encode() if isinstance(content, str) else content
    return clean(RawArticle(source="x", format=kind, content=raw, metadata=metadata or Metadata()))


def shape(article: CleanArticle) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in article.blocks]


POST = """Vie étudiante

Combien coûte vraiment une année à Nantes ?

Publié le 3 mai 2025 · 4 min de lecture

Tout commence par un loyer. Le reste suit.

Ce que l’on oublie

  • Les charges : 40 € par mois

  • La caution

1) Demander une aide
2) Lire le bail jusqu’au bout

Lire aussi : Dix astuces pour économiser

Partager : Facebook · X · LinkedIn

Awa Keïta

Rédigé par

Awa Keïta

Awa Keïta écrit sur la vie étudiante depuis 2019."""


def test_a_pasted_post() -> None:
    article = read(POST, "txt")
    assert article.metadata == Metadata(
        title="Combien coûte vraiment une année à Nantes ?",
        author="Awa Keïta",
        category="Vie étudiante",
        published_at=datetime(2025, 5, 3, tzinfo=UTC),
    )
    assert shape(article) == [
        ("title", "Combien coûte vraiment une année à Nantes ?"),
        ("paragraph", "Tout commence par un loyer. Le reste suit."),
        ("heading", "Ce que l’on oublie"),
        ("list_item", "Les charges : 40 € par mois"),
        ("list_item", "La caution"),
        ("list_item", "Demander une aide"),
        ("list_item", "Lire le bail jusqu’au bout"),
        ("paragraph", "Awa Keïta écrit sur la vie étudiante depuis 2019."),
    ]
    assert [block.section for block in article.blocks][-1] == "Ce que l’on oublie"


@pytest.mark.parametrize(
    ("box", "author"),
    [
        ("About the author\n\nJane Mensah teaches in Accra and writes on Sundays.", "Jane Mensah"),
        ("Über den Autor\n\nJörg Ahlers lebt in Kiel.", "Jörg Ahlers"),
        ("Sobre la autora: Lucía Paz es periodista y vive en Cuenca.", "Lucía Paz"),
        ("この記事を書いた人\n\n川口 直（かわぐち・なお）\n神戸市在住のライター。", "川口 直"),
        ("Yazan: Deniz Aksoy\n\nDeniz Aksoy on yıldır öğretmenlik yapıyor.", "Deniz Aksoy"),
        ("Автор\n\nИрина Белых\n\nИрина Белых преподаёт в школе.", "Ирина Белых"),
    ],
)
def test_author_boxes(box: str, author: str) -> None:
    article = read(f"A title that names the thing\n\nA first paragraph that says something. And more.\n\n{box}", "txt")
    assert article.metadata.author == author


@pytest.mark.parametrize(
    "line",
    ["By Amina Diallo", "Por Lucía Paz | 3 de mayo de 2025", "Von Jörg Ahlers · 12. April 2025", "di Marta Rossi"],
)
def test_bylines_under_the_title(line: str) -> None:
    article = read(f"A title that names the thing\n\n{line}\n\nA first paragraph that says something. And more.", "txt")
    assert article.metadata.author in ("Amina Diallo", "Lucía Paz", "Jörg Ahlers", "Marta Rossi")
    assert line not in article.text


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    lines = "The rent is the largest bill that most of the students here\nhave to pay, and it grows each year by more than inflation\ndoes, as the union said."
    assert [text for _, text in shape(read(f"A short title\n\n{lines}", "txt"))][1] == lines.replace("\n", " ")


PAGE = """<!doctype html><html lang="en"><head><title>What rent does to grades | The Gown</title>
<link rel="canonical" href="https://gown.example/rent">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"What rent does to grades","author":{"name":"Ada Obi"},"datePublished":"2025-02-03"}</script>
</head><body><nav><a href="/">Home</a></nav><div class="cookie-banner"><p>We use cookies from Google.</p></div>
<article><h1>What rent does to grades</h1><div class="share-row"><a>Facebook</a><a>X</a></div>
<p>A room costs <b>£</b><i>480</i> a month, and a <a href="/x">long</a> bus ride on top of it, as every tenant knows.</p>
loose text in no paragraph<br>and a line of its own
<ul><li>Heat: £60<ul><li>in winter</li></ul></li></ul>
<table><tr><th>Hall</th><th>Rent</th></tr><tr><td>North</td><td>£120</td></tr></table>
<blockquote>Cold.</blockquote><figure><img src="a.png"><figcaption>The hall.</figcaption></figure>
<div class="related"><h3>Read more</h3><a href="/y">Ten cheap towns</a></div></article>
<aside><p>Most read: Oxford</p></aside><footer><p>© The Gown</p></footer></body></html>"""


def test_a_page() -> None:
    article = read(PAGE, "html")
    assert article.metadata == Metadata(
        title="What rent does to grades",
        author="Ada Obi",
        url="https://gown.example/rent",
        published_at=datetime(2025, 2, 3, tzinfo=UTC),
        language="en",
    )
    assert shape(article) == [
        ("title", "What rent does to grades"),
        ("paragraph", "A room costs £480 a month, and a long bus ride on top of it, as every tenant knows."),
        ("paragraph", "loose text in no paragraph"),
        ("paragraph", "and a line of its own"),
        ("list_item", "Heat: £60"),
        ("list_item", "in winter"),
        ("table_cell", "Hall"),
        ("table_cell", "Rent"),
        ("table_cell", "North"),
        ("table_cell", "£120"),
        ("quote", "Cold."),
        ("caption", "The hall."),
    ]
    assert article.blocks[9].header == "Rent"


def test_a_fragment_keeps_all_it_holds() -> None:
    article = read("<p>Eins.</p><ul><li>Zwei</li></ul>", "html", Metadata(title="Null"))
    assert shape(article) == [("title", "Null"), ("paragraph", "Eins."), ("list_item", "Zwei")]


def test_markdown_with_front_matter() -> None:
    article = read(
        "---\ntitle: Café\nauthor: Ana\ndate: 2025-01-18\ntags: [a, b]\n---\n\n# Café\n\nUn *mot* et [lien](http://x.y).\n\n- un\n",
        "md",
    )
    assert article.metadata == Metadata(
        title="Café", author="Ana", published_at=datetime(2025, 1, 18, tzinfo=UTC), tags=("a", "b")
    )
    assert shape(article) == [("title", "Café"), ("paragraph", "Un mot et lien."), ("list_item", "un")]


@pytest.mark.parametrize("front", ["title: [", "- a\n- b", "date: 2025-13-45"])
def test_front_matter_that_is_no_mapping_is_skipped(front: str) -> None:
    assert shape(read(f"---\n{front}\n---\n\nText.", "md")) == [("paragraph", "Text.")]


@pytest.mark.parametrize(
    "content",
    [
        "<p>Le prix est de 5 €".encode(),
        "<meta charset='windows-1252'><p>Le prix élevé est de 5 €".encode("cp1252"),
        "\ufeff<p>Le prix est de 5 €".encode("utf-16"),
        "<div><p>Le prix est de 5 €<table><tr><td>".encode(),
    ],
)
def test_encodings_and_truncated_markup(content: bytes) -> None:
    assert read(content, "html").text.endswith("est de 5 €")


@pytest.mark.parametrize(
    ("content", "kind", "error"),
    [
        (b"", "txt", "empty"),
        (b" \n ", "txt", "empty"),
        (b"%PDF-1.7 ...", "txt", "binary"),
        (bytes(range(32)) * 50, "html", "binary"),
        (b"<html><body><script>x</script></body></html>", "html", "no_text"),
        (b"---\ntitle: x", "md", None),
    ],
)
def test_what_holds_no_text(content: bytes, kind: Format, error: str | None) -> None:
    if error is None:
        assert read(content, kind).text
        return
    with pytest.raises(RejectError) as caught:
        read(content, kind)
    assert caught.value.error == error
    assert "wanted" in caught.value.message


def test_deep_nesting_ends() -> None:
    assert "end" in read("<div>" * 5000 + "end" + "</div>" * 5000, "html").text
