"""CSV files: columns, encodings, delimiters, and what broken rows cost."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flows.settings import settings
from flows.sources import RawArticle, ReadOptions, read_source
from flows.sources.csv_rows import read_rows
from flows.sources.options import Columns
from processors.raw import RejectError


def read(path: Path, content: bytes, *columns: str) -> list[RawArticle | str]:
    path.write_bytes(content)
    items = read_source(str(path), ReadOptions(Columns.parse(columns)))
    return [item if isinstance(item, RawArticle) else item.error.error for item in items]


def texts(path: Path, content: bytes, *columns: str) -> list[str]:
    return [
        f"{item.source.partition('#')[2]}: {item.content.decode()}" if isinstance(item, RawArticle) else item
        for item in read(path, content, *columns)
    ]


def test_a_row_is_an_article(tmp_path: Path) -> None:
    content = "ID,Title,html,tags,category,published_at,url\n7,T,<p>x,a; b|c,Study,2025-01-02,https://ex.org\n"
    (article,) = read(tmp_path / "a.csv", content.encode())
    assert isinstance(article, RawArticle)
    assert (article.source, article.format, article.content) == (f"{tmp_path}/a.csv#7", "html", b"<p>x")
    known = article.metadata
    assert (known.title, known.tags, known.category, known.url) == ("T", ("a", "b", "c"), "Study", "https://ex.org")
    assert str(known.published_at) == "2025-01-02 00:00:00+00:00"


@pytest.mark.parametrize(
    ("header", "columns", "got"),
    [
        ("id,text", (), "1: t"),
        ("post_id,body", ("id=post_id", "text=body"), "1: t"),
        ("post_id,Body", ("id=post_id", "text=body"), "1: t"),
        ("url,text", (), "1: t"),
        ("nr,text", (), "no_id"),
        ("id,body", (), "no_text"),
        ("id,text", ("text=body",), "no_column"),
    ],
)
def test_columns(tmp_path: Path, header: str, columns: tuple[str, ...], got: str) -> None:
    assert texts(tmp_path / "a.csv", f"{header}\n1,t\n".encode(), *columns) == [got]


def test_a_named_text_comes_before_html(tmp_path: Path) -> None:
    assert texts(tmp_path / "a.csv", b"id,html,plain\n1,<p>x,y\n", "text=plain") == ["1: y"]
    (tmp_path / "a.jsonl").write_text('{"nr": 1, "html": "<p>x", "plain": "y"}')
    (item,) = read_source(str(tmp_path / "a.jsonl"), ReadOptions(Columns.parse(["text=plain", "id=nr"])))
    assert isinstance(item, RawArticle)
    assert (item.format, item.content) == ("txt", b"y")


def test_what_is_missing_is_said_with_what_there_is(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("nr,text\n1,t\n")
    (item,) = read_source(str(tmp_path / "a.csv"))
    assert not isinstance(item, RawArticle)
    assert item.error.message == "got columns nr, text, wanted id or url: name it, --column id=NAME"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_and_newlines(tmp_path: Path, delimiter: str, newline: str) -> None:
    rows = [("id", "text"), ("1", '"one, two; three"'), ("2", f'"a{newline}{newline}b ""c"""'), ("3", "z")]
    content = newline.join([*map(delimiter.join, rows), "", ""]).encode()
    assert texts(tmp_path / "a.tsv", content) == [
        "1: one, two; three",
        f'2: a{newline}{newline}b "c"',
        "3: z",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1251"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = (
        "Стоимость обучения в магистратуре – двести тысяч рублей в год"
        if encoding == "cp1251"
        else "Les études coûtent 243 € à l’université – où l’année…"
    )
    assert texts(tmp_path / "a.csv", f"id,text\n1,{text}\n2,{text}\n".encode(encoding)) == [f"1: {text}", f"2: {text}"]


def test_one_row_that_is_no_utf_8_leaves_the_others(tmp_path: Path) -> None:
    rows = [
        b"id,text",
        "1,L’été à Zürich".encode(),
        "2,Les études coûtent 243 € à l’université – où l’année…".encode("cp1252"),
        "3,où".encode(),
    ]
    assert texts(tmp_path / "a.csv", b"\n".join(rows)) == [
        "1: L’été à Zürich",
        "2: Les études coûtent 243 € à l’université – où l’année…",
        "3: où",
    ]


def test_a_broken_row_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 300)
    rows = [
        "id,text",
        "1,a",
        "2,b,c",
        "3",
        "",
        "4," + "x" * 400,
        "1,again",
        ",no id",
        "6,",
        '7,"open',
        "8,d",
        "9,e",
        "10,f",
    ]
    assert texts(tmp_path / "a.csv", "\n".join(rows).encode()) == [
        "1: a", "ragged_row", "ragged_row", "too_large", "duplicate_id", "no_id", "no_text", "not_csv", "8: d", "9: e", "10: f",
    ]  # fmt: skip


def test_quotes_that_open_again_and_again_are_read_a_few_times_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 2000)
    got = texts(tmp_path / "a.csv", b"id,text\n" + b'x"a,"b\n' * 3000 + b"1,t")
    assert len(got) < 100
    (tmp_path / "a.csv").write_bytes(b"id,text\n" + b'x"a,"b\n' * 3000)
    messages = [item.error.message for item in read_source(str(tmp_path / "a.csv")) if not isinstance(item, RawArticle)]
    assert any("got a row that is not CSV (lines " in message for message in messages)


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", "empty"), (b"\n\n", "empty"), (b"PK\x03\x04" + bytes(50), "binary"), (b"id,text\n", None)],
)
def test_files_without_rows(tmp_path: Path, content: bytes, error: str | None) -> None:
    assert texts(tmp_path / "a.csv", content) == ([error] if error else [])


def test_a_compressed_line_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 100_000)
    content = gzip.compress(b"id,text\n1,a\n2," + b"x" * 9_000_000)
    assert texts(tmp_path / "a.csv.gz", content) == ["1: a", "expansion"]


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([b'"', b",", b";", b"\n", b"\r", b"a", b"\xe9", b"\0", b"\xff\xfe", "é".encode()])))
def test_no_bytes_raise(parts: list[bytes]) -> None:
    try:
        rows = list(read_rows(io.BufferedReader(io.BytesIO(b"".join(parts)))))  # type: ignore[arg-type]
    except RejectError:
        return
    assert all(row for _, row in rows)


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet='ab",;\n é', min_size=1).filter(str.strip), min_size=2, max_size=5))
def test_what_a_writer_quotes_is_read_back(cells: list[str]) -> None:
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    header = ",".join(f"c{number}" for number in range(len(cells)))
    _, got = list(read_rows(io.BufferedReader(io.BytesIO(f"{header}\n{row}\n".encode()))))  # type: ignore[arg-type]
    assert got == (2, cells)


@pytest.mark.parametrize("pair", ["text", "text=", "body=text", "=x"])
def test_a_wrong_mapping(pair: str) -> None:
    with pytest.raises(ValueError, match="wanted FIELD=COLUMN with a field of id, text, html"):
        Columns.parse([pair])


def test_two_columns_for_a_field() -> None:
    with pytest.raises(ValueError, match="got two columns for text, 'a' and 'b', wanted one"):
        Columns.parse(["text=a", "text=b"])
