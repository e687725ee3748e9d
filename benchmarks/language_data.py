"""What language identification is measured on: the committed sentences, the articles here, and a folder of public test files.

The folder may hold lingua's test files (`sentences/`, `word-pairs/`, `single-words/` with a `<lang>.txt` a language) and
Universal Dependencies treebanks (`*-ud-test.conllu`), at any depth. Nothing is downloaded.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from processors.clean import clean
from processors.language.code import code_of
from processors.language.detector import supported
from processors.raw import RawArticle

ROOT = Path(__file__).resolve().parents[1]
COMMITTED = ROOT / "tests" / "language"
CLOSE = (("no", "da"), ("cs", "sk"), ("hr", "sl"), ("pt", "es"), ("bg", "mk"))
# Lines of a public file that are used: 200 in each of 51 languages make the 10,200 of the published figures.
LIMIT = 200

Labelled = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Blocks:
    """An article as its blocks, each with its language."""

    name: str
    blocks: tuple[tuple[str, str], ...]


def lines(folder: Path, limit: int | None = None) -> Labelled:
    """(language, line) of every `<lang>.txt` of a folder; of long files lines at even distances."""
    found: Labelled = []
    for path in sorted(folder.glob("*.txt")):
        texts = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        step = max(1, len(texts) // limit) if limit else 1
        found += [(code_of(path.stem), text) for text in texts[::step][:limit]]
    return found


def committed() -> Labelled:
    """The committed sentences of the 55 languages."""
    return lines(COMMITTED)


def unsupported() -> Labelled:
    """The committed sentences in languages that have no words here."""
    return lines(COMMITTED / "unsupported")


def public(folder: Path | None, name: str) -> Labelled:
    """The sentences, word-pairs or single-words of a folder of lingua's files, in supported languages."""
    places = [place for place in sorted(folder.rglob(name)) if place.is_dir()] if folder else []
    return [pair for place in places for pair in lines(place, LIMIT) if pair[0] in supported()]


def treebanks(folder: Path | None) -> Labelled:
    """Sentences of treebanks, in supported languages."""
    found: Labelled = []
    for path in sorted(folder.rglob("*-ud-test.conllu")) if folder else ():
        language = code_of(path.name.split("_")[0])
        texts = [
            line.removeprefix("# text = ").strip()
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.startswith("# text = ")
        ]
        texts = [text for text in texts if len(text) > 20]
        step = max(1, len(texts) // LIMIT)
        found += [(language, text) for text in texts[::step][:LIMIT]] if language in supported() else []
    return found


def word_pairs(sentences: Labelled) -> Labelled:
    """Two neighbouring words of at least ten letters of each sentence, where words stand apart."""
    chosen = random.Random(0)
    found: Labelled = []
    for language, text in sentences:
        words = [word.strip(".,;:!?()\"'…«»„“”") for word in text.split()]
        pairs = [
            f"{one} {two}"
            for one, two in pairwise(words)
            if len(one + two) >= 10 and one[:1].islower() == one[:1].isalpha() and not any(map(str.isdigit, one + two))
        ]
        if pairs:
            found.append((language, chosen.choice(pairs)))
    return found


def articles() -> list[Blocks]:
    """The annotated articles here; every block is given the article's language."""
    found = []
    for folder in (ROOT / "data" / "samples", ROOT / "tests" / "gold"):
        for path in sorted(folder.glob("*.expected.json")):
            source = path.with_name(path.name.removesuffix(".expected.json"))
            language = json.loads(path.read_text(encoding="utf-8"))["article"]["language"]
            raw = RawArticle(source=source.name, format=source.suffix[1:], content=source.read_bytes())  # type: ignore[arg-type]
            found.append(Blocks(source.name, tuple((language, block.text) for block in clean(raw).blocks)))
    return found


def mixed() -> list[Blocks]:
    """The committed articles in two languages."""
    return [
        Blocks(path.stem, tuple(_blocks(path.read_text(encoding="utf-8"))))
        for path in sorted((COMMITTED / "mixed").glob("*.txt"))
    ]


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    for block in text.split("\n\n"):
        language, tab, words = block.strip().partition("\t")
        if tab:
            yield code_of(language), words
