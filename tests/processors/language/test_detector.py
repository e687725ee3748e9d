"""The detector: what it says of single texts, odd ones among them, and that it says the same every time."""

import csv
import json
import random
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from benchmarks import language_data as data
from processors.language import UNDETERMINED, detect, detector
from processors.language.automaton import _LONGEST, automaton
from processors.language.code import code_of, lexicons
from processors.language.detector import supported
from processors.language.fusion import fusion
from processors.language.marker import markers
from processors.language.mode import DetectorError, detector_mode
from processors.language.reference import reference

ODD = [
    (row[0], row[1])
    for row in csv.reader(
        (data.COMMITTED / "odd.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    if len(row) == 2
]
SENTENCES = data.committed()


def best(text: str) -> str:
    return next(iter(detect(text)), UNDETERMINED)


@pytest.mark.parametrize(("text", "language"), ODD, ids=lambda part: part[:30])
def test_odd_texts(text: str, language: str) -> None:
    assert best(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Peking University (北京大学) was founded in 1898.", "en"),
        ("LES FRAIS D'INSCRIPTION SONT TRÈS ÉLEVÉS", "fr"),
        ("ｕｎｉｖｅｒｓｉｔｙ ｔｕｉｔｉｏｎ ｆｅｅｓ ａｒｅ ｒｉｓｉｎｇ", "en"),
        ("Les fra\u00adis de sco\u200blarité ont aug\u2060menté", "fr"),
        ("دانشجویان نمی‌توانند شهریه را پرداخت کنند", "fa"),
        ("Հայաստանի համալսարանները", "hy"),
        ("ᠮᠣᠩᠭᠣᠯ", "mn"),
        ("\ud800\udfff", UNDETERMINED),
        ("\x00\x01", UNDETERMINED),
        ("", UNDETERMINED),
    ],
)
def test_scripts_dress_and_noise(text: str, language: str) -> None:
    assert best(text) == language


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "大" * 1_000_000, "\u200d" * 1_000_000, "a.b@" * 250_000, "𐀀" * 300_000]
)
def test_a_million_characters_without_a_space(text: str) -> None:
    assert all(0 <= share <= 1 for share in detect(text).values())


def test_probabilities_add_up_to_one() -> None:
    for _, text in SENTENCES[::10]:
        assert sum(detect(text).values()) == pytest.approx(1, abs=0.01)


def test_same_answers_in_any_order_and_process() -> None:
    texts = [text for _, text in SENTENCES[::20]]
    answers = [detect(text) for text in texts]
    code = "import json, sys\nfrom processors.language import detect\nprint(json.dumps([detect(t) for t in json.load(sys.stdin)]))"
    other = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(texts[::-1]),
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert json.loads(other.stdout)[::-1] == answers


def test_ten_runs_in_ten_orders_say_the_same() -> None:
    texts = [text for _, text in SENTENCES[::25]]
    answers = {text: detect(text) for text in texts}
    for run in range(10):
        detector._detect.cache_clear()
        random.Random(run).shuffle(texts)
        assert [detect(text) for text in texts] == [answers[text] for text in texts]


@pytest.mark.parametrize("noise", ["\ufffe", "\x0b", "\x1c", "\ufdd0", "\ud800", "\x00"])
def test_what_one_model_refuses_the_others_read(noise: str) -> None:
    assert best(f"Les frais de scolarité{noise} ont encore augmenté cette année") == "fr"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Laporan itu menunjukkan bahawa yuran naik kerana kos elektrik", "ms"),
        ("Laporan itu menunjukkan bahwa biaya naik karena harga listrik", "id"),
        ("Nahimo kining balaya sa lungsod aron adunay kapuy-an ang tanan", "ceb"),
        ("Unha das persoas que falou onte dixo que non sabía polo que veu", "gl"),
        ("Uma das pessoas que falou ontem disse que não sabia por que veio", "pt"),
    ],
)
def test_near_neighbours(text: str, language: str) -> None:
    assert best(text) == language


def test_every_marker_marks_a_language_that_can_be_named() -> None:
    marked = set(lexicons()) - {"mul"}
    assert marked <= set(fusion().codes)
    assert all(word == word.lower() and markers(word)[code] == 1 for code in marked for word in lexicons()[code].words)


def test_the_sums_are_py3langids_own() -> None:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    for _, text in SENTENCES[::15]:
        plain = unicodedata.normalize("NFC", text)
        ours, theirs = automaton().score(plain), identifier._raw_score(plain.encode())
        assert ours is not None
        np.testing.assert_allclose(ours * np.sqrt(len(plain.encode())), theirs, rtol=1e-3)
        assert automaton().labels[int(ours.argmax())] == identifier.classify(plain)[0]


def test_no_feature_is_longer_than_the_steps_taken() -> None:
    model = automaton()
    rows = model.move.reshape(-1, 256)[model.base >> 8]
    known, front = np.zeros(len(rows), dtype=bool), np.zeros(1, dtype=np.int64)
    depth = -1
    while len(front):
        known[front] = True
        reached = np.unique(rows[front])
        front, depth = reached[~known[reached]], depth + 1
    assert depth == _LONGEST


def test_the_reference_is_langdetect_and_the_default_is_never_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    some = SENTENCES[::8]
    ours = sum(best(text) == language for language, text in some)
    monkeypatch.setenv("MOISSON_DETECTOR", "langdetect")
    assert [best(text) for _, text in some] == [next(iter(reference(text)), UNDETERMINED) for _, text in some]
    assert ours >= sum(best(text) == language for language, text in some)
    assert detect("1234 !") == {}


def test_an_unknown_detector_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOISSON_DETECTOR", "fasttext")
    with pytest.raises(DetectorError, match="got 'fasttext', wanted fused, langdetect or lingua"):
        detector_mode()


def test_lingua_that_is_not_installed_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from processors.language import further_opinion

    further_opinion._lingua.cache_clear()
    monkeypatch.setitem(sys.modules, "lingua", None)
    monkeypatch.setenv("MOISSON_DETECTOR", "lingua")
    with pytest.raises(DetectorError, match=r"moisson\[lingua\]"):
        detect("Kurs koji traje")


def test_lingua_decides_a_doubtful_pair_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("lingua")
    pairs = data.word_pairs(SENTENCES)[::20]
    alone = sum(best(text) == language for language, text in pairs)
    monkeypatch.setenv("MOISSON_DETECTOR", "lingua")
    assert sum(best(text) == language for language, text in pairs) > alone


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt-BR", "pt"),
        ("nn", "no"),
        ("zh_Hant_HK", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh", "zh"),
        ("iw", "he"),
        ("", ""),
    ],
)
def test_tags(tag: str, code: str) -> None:
    assert code_of(tag) == code


def test_every_supported_language_has_sentences() -> None:
    counts = {language: sum(one == language for one, _ in SENTENCES) for language in supported()}
    assert len(counts) == 55
    assert min(counts.values()) >= 10


def test_a_folder_of_public_test_files_is_read(tmp_path: Path) -> None:
    for place, name, text in (
        ("lingua/sentences", "nb.txt", "Dette er en setning.\n\nOg en til.\n"),
        ("lingua/word-pairs", "fr.txt", "cours gratuit\n"),
        ("lingua/sentences", "eu.txt", "Hau esaldi bat da.\n"),
        ("UD_Czech-X", "cs_x-ud-test.conllu", "# sent_id = 1\n# text = Tohle je jedna česká věta.\n1\tTohle\t_\n"),
    ):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / name).write_text(text, encoding="utf-8")
    assert data.public(tmp_path, "sentences") == [("no", "Dette er en setning."), ("no", "Og en til.")]
    assert data.public(tmp_path, "word-pairs") == [("fr", "cours gratuit")]
    assert data.treebanks(tmp_path) == [("cs", "Tohle je jedna česká věta.")]
