"""Sentences side by side: `python -m benchmarks.sentences [FOLDER]` compares moisson with the peers that are installed.

Boundary F1 (macro over languages) on the committed cases and golden sentences of tests/sentence, and on every
`*-ud-test.conllu` in FOLDER, whose sentences are joined by document as `SpaceAfter` says. Speed is thousands of characters
a second of CPU time, text in, sentences out, and its ratio to pySBD's in the same run: on the cases, which are all
exceptions, on the sample and gold articles, and on FOLDER; "rules" is moisson's without its tokenizer, whose tokens the
pipeline needs anyway. Peers: spaCy's sentencizer, pySBD, ICU (`pip install PyICU`) and
blingfire; none is needed.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import spacy

from processors.clean import clean
from processors.language import languages_of
from processors.pipeline import load_pipeline
from processors.raw import RawArticle
from processors.segment import sentences
from processors.token_view import view_of
from tests.sentences import Case, cases, starts

Starts = tuple[int, ...]
Splitter = Callable[[str, str], Starts]
DOCUMENT = 10_000
ROUNDS = 5
ROOT = Path(__file__).resolve().parents[1]


def sentencizer(text: str, language: str) -> Starts:
    """spaCy's rule-based component with its default signs."""
    return tuple(sent.start_char for sent in _sentencizer()(text).sents)[1:]


def _sentencizer(made: list[Any] = []) -> Any:  # noqa: B006
    if not made:
        made.append(spacy.blank("xx"))
        made[0].add_pipe("sentencizer")
        made[0].max_length = 10**9
    return made[0]


def pysbd_starts(text: str, language: str) -> Starts:
    """pySBD, with English rules where it has none for the language."""
    from pysbd import Segmenter
    from pysbd.languages import LANGUAGE_CODES

    found = Segmenter(language=language if language in LANGUAGE_CODES else "en", clean=False).segment(text)
    return _located(text, [str(one) for one in found])


def icu_starts(text: str, language: str) -> Starts:
    """ICU's sentence breaks for the locale; its offsets count UTF-16 units."""
    from icu import BreakIterator, Locale

    iterator = BreakIterator.createSentenceInstance(Locale(language))
    iterator.setText(text)
    breaks = list(iterator)
    if all(char <= "\uffff" for char in text):
        return tuple(breaks[:-1])
    units = text.encode("utf-16-le")
    return tuple(len(units[: 2 * place].decode("utf-16-le")) for place in breaks[:-1])


def blingfire_starts(text: str, language: str) -> Starts:
    """blingfire's one model for all languages."""
    from blingfire import text_to_sentences

    return _located(text, text_to_sentences(text).split("\n"))


def _located(text: str, found: Sequence[str]) -> Starts:
    """Where sentences begin that a peer gives as text; one that it changed begins where it is found again, or nowhere."""
    places: list[int] = []
    at = 0
    for one in found:
        place = text.find(one.strip(), at) if one.strip() else -1
        if place >= 0:
            places.append(place)
            at = place + len(one.strip())
    return tuple(places[1:])


PEERS: dict[str, tuple[str, Splitter]] = {
    "pySBD": ("pysbd", pysbd_starts),
    "spaCy sentencizer": ("spacy", sentencizer),
    "ICU": ("icu", icu_starts),
    "blingfire": ("blingfire", blingfire_starts),
}


def f1(splitter: Splitter, given: Sequence[Case]) -> float:
    """Boundary F1, macro over languages."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for case in given:
        found, wanted = set(splitter(case.text, case.language)), set(case.starts)
        for index, number in enumerate((len(found & wanted), len(found), len(wanted))):
            counts[case.language][index] += number
    scores = [2 * right / (found + wanted or 1) for right, found, wanted in counts.values()]
    return sum(scores) / len(scores)


def measure() -> dict[str, float]:
    """What `floors.json` pins: moisson's F1 on the committed cases, known failures included."""
    every = list(cases())
    hard, golden = [case for case in every if not case.golden], [case for case in every if case.golden]
    return {"cases": f1(starts, hard), "golden": f1(starts, golden)}


def treebank(path: Path) -> Iterator[Case]:
    """The documents of a CoNLL-U file, long ones cut; the language is the file name's first part."""
    language = path.name.split("_")[0]
    text, places = "", []
    for sentence in path.read_text(encoding="utf-8").split("\n\n"):
        lines = sentence.splitlines()
        plain = next((line[9:] for line in lines if line.startswith("# text = ")), "").strip()
        if not plain:
            continue
        if text and (len(text) > DOCUMENT or any(line.startswith("# newdoc") for line in lines)):
            yield Case(language, text, tuple(places))
            text, places = "", []
        if text:
            places.append(len(text))
        glued = language in ("ja", "zh") or lines[-1].endswith("SpaceAfter=No")
        text += plain + "" if glued else plain + " "
    if text:
        yield Case(language, text, tuple(places))


def speed(given: Sequence[Case], split: Callable[[], object]) -> float:
    """Characters a second of CPU time, in the best of some rounds."""
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        split()
        spent.append(time.process_time() - start)
    return sum(len(case.text) for case in given) / min(spent)


def speeds(given: Sequence[Case], splitters: Mapping[str, Splitter]) -> dict[str, float]:
    """The speed of each, and that of moisson's rules over tokens that are there."""
    views = [(view_of(load_pipeline().make_doc(case.text)), case.language) for case in given]
    found = {"moisson, rules": speed(given, lambda: [sentences(view, 0, len(view), code) for view, code in views])}
    for name, splitter in splitters.items():
        found[name] = speed(given, partial(_split, splitter, given))
    return found


def _split(splitter: Splitter, given: Sequence[Case]) -> None:
    for case in given:
        splitter(case.text, case.language)


def documents(given: Sequence[Case]) -> list[Case]:
    """The cases of a language as a text of some length."""
    texts: dict[str, str] = defaultdict(str)
    for case in given:
        texts[case.language] += case.text + " "
    return [Case(language, text, ()) for language, text in texts.items()]


def articles() -> list[Case]:
    """The sample and gold articles as one text each, blocks joined by a space: what peers are given too."""
    cleaned = [
        clean(RawArticle(source=str(path), format=path.suffix[1:], content=path.read_bytes()))  # type: ignore[arg-type]
        for folder in ("data/samples", "tests/gold")
        for path in sorted((ROOT / folder).iterdir())
        if path.suffix != ".json"
    ]
    blocks = [[block.text for block in article.blocks] for article in cleaned]
    return [Case(languages_of(texts, None).main, " ".join(texts), ()) for texts in blocks]


def main() -> None:
    """Print the tables."""
    every = list(cases())
    sets = {
        "cases": [case for case in every if not case.golden],
        "golden": [case for case in every if case.golden],
    }
    texts = {"cases": documents(sets["cases"]), "articles": articles()}
    paths = [path for folder in sys.argv[1:] for path in sorted(Path(folder).rglob("*-ud-test.conllu"))]
    if paths:
        sets["treebanks"] = texts["treebanks"] = [case for path in paths for case in treebank(path)]
    splitters = {"moisson": starts} | {name: peer for name, (module, peer) in PEERS.items() if find_spec(module)}
    print(f"{'boundary F1':18s}" + "".join(f"{name:>12s}" for name in sets))
    for name in ("moisson", *PEERS):
        scores = [f"{f1(splitters[name], given):12.3f}" for given in sets.values()] if name in splitters else []
        print(f"{name:18s}{''.join(scores) or '  not installed'}")
    print(f"\n{'kchar/s, × pySBD':18s}" + "".join(f"{name:>18s}" for name in texts))
    measured = [speeds(given, splitters) for given in texts.values()]
    for name in ("moisson", "moisson, rules", *PEERS):
        if name in measured[0]:
            print(f"{name:18s}" + "".join(_shown(column[name], column.get("pySBD")) for column in measured))


def _shown(speed: float, reference: float | None) -> str:
    return f"{speed / 1000:10.0f}" + (f"{speed / reference:8.1f}" if reference else f"{'':8s}")


if __name__ == "__main__":
    main()
