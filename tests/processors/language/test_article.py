"""Articles: the language of each block, the shares, the hint."""

import pytest

from benchmarks import language_data as data
from processors.language import UNDETERMINED, languages_of

ENGLISH = (
    "The university raised its tuition fees again this year, and many students are looking for cheaper courses.",
    "Most of them will end up on an online platform, where the same lectures cost a tenth of the price.",
    "Nobody asked the lecturers what they thought of it.",
)
GERMAN = "Wir haben die Gebühren erhöht, weil die Kosten gestiegen sind und uns niemand unterstützt."


@pytest.mark.parametrize("article", data.mixed(), ids=lambda article: article.name)
def test_articles_in_two_languages(article: data.Blocks) -> None:
    assert languages_of([text for _, text in article.blocks]).blocks == tuple(code for code, _ in article.blocks)


def test_a_quotation_is_in_its_own_language() -> None:
    found = languages_of([*ENGLISH[:2], GERMAN, ENGLISH[2]])
    assert found.blocks == ("en", "en", "de", "en")
    assert [share.language for share in found.shares] == ["en", "de"]
    assert sum(share.share for share in found.shares) == pytest.approx(1, abs=0.001)
    assert (found.main, found.confidence) == ("en", pytest.approx(1, abs=0.01))


def test_a_quotation_inside_a_block_stays_with_its_block() -> None:
    assert languages_of([ENGLISH[0] + " „" + GERMAN[:50] + "“ " + ENGLISH[1]]).blocks == ("en",)


def test_a_title_in_its_own_language_stays_so() -> None:
    assert languages_of(["Combien coûte vraiment un master en Europe ?", *ENGLISH]).blocks == ("fr", "en", "en", "en")


@pytest.mark.parametrize(
    ("language", "text", "headings"),
    [
        ("de", GERMAN, ["Programm", "Data Science", "Executive Education", "Fazit"]),
        ("fr", "Les frais augmenteront de dix pour cent à la rentrée.", ["Conclusion", "Formation continue", "Prix"]),
        ("no", "Universitetet opplyste at prisen på kursene øker neste år.", ["Priser", "Om kurset", "Hvem kan delta"]),
        ("hr", "Sveučilište je objavilo da će cijene tečajeva porasti.", ["Cijene", "O programu", "Uvjeti upisa"]),
        ("id", "Universitas mengumumkan bahwa biaya kuliah akan naik.", ["Biaya", "Durasi", "Syarat pendaftaran"]),
        ("en", ENGLISH[0], ["MBA – 45 000 €", "Master in Finance – 32 000 €", "HEC Paris"]),
    ],
)
def test_short_headings_and_prices_stay_in_the_language_around_them(
    language: str, text: str, headings: list[str]
) -> None:
    assert set(languages_of([text, *headings, text]).blocks) == {language}


@pytest.mark.parametrize(
    "name", ["Coursera", "Harvard Business School", "edX, Udemy, YouTube", "2024 – 2025", "MBA", "—"]
)
def test_names_and_figures_are_in_the_language_around_them(name: str) -> None:
    blocks = [GERMAN, name, "Der Kurs dauert ein Jahr und kostet viel Geld.", name]
    assert languages_of(blocks).blocks == ("de",) * 4
    assert (
        languages_of(["Курс длится один год и стоит очень дорого, сказал преподаватель.", name, name]).blocks
        == ("ru",) * 3
    )


def test_the_longest_language_is_the_articles() -> None:
    assert languages_of([GERMAN, *ENGLISH]).main == "en"


@pytest.mark.parametrize(("declared", "main"), [("de", "en"), ("de-AT", "en"), ("xx", "en"), ("", "en"), (None, "en")])
def test_a_wrong_hint_is_not_obeyed(declared: str | None, main: str) -> None:
    assert languages_of(ENGLISH, declared).main == main


def test_a_hint_decides_what_is_doubtful() -> None:
    assert {languages_of(["priser og kurser"], hint).main for hint in ("da", "da-DK")} == {"da"}
    assert {languages_of(["gode kurser for studenter"], hint).main for hint in ("nb", "nn-NO")} == {"no"}


@pytest.mark.parametrize("blocks", [[], [""], ["12 345"], ["!!!", "2024"]])
def test_nothing_to_tell_by(blocks: list[str]) -> None:
    found = languages_of(blocks, "fr")
    assert (found.main, found.confidence) == (UNDETERMINED, 0.0)
    assert found.blocks == (UNDETERMINED,) * len(blocks)


def test_another_language_is_named_and_not_forced_into_a_known_one() -> None:
    texts = [text for language, text in data.unsupported() if language == "eu"]
    assert languages_of(texts).main == "eu"
