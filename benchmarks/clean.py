"""Cleaning beside its peers: `python -m benchmarks.clean [FOLDER]` prints accuracy and cost, a peer a line, in one run.

FOLDER holds `html/*.html[.gz]` and `ground-truth.json` ({name: {"articleBody": text}}), as the public
article-extraction-benchmark has them; without it, the pages of tests/pages are read. Accuracy is precision, recall and
F1 over shingles of four words, means over pages; cost is the best of three rounds in multiples of one lxml parse. Peers
that are not installed are named and left out.
"""

import argparse
import gzip
import json
import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from lxml import etree

from processors.clean import clean
from processors.clean.decode import decode
from processors.raw import RawArticle, RejectError

PAGES = Path(__file__).resolve().parents[1] / "tests" / "pages"
ROUNDS = 3
Reader = Callable[[bytes, str], str]


def own_pages() -> Iterator[tuple[bytes, str]]:
    """Bytes and article text of tests/pages."""
    for path in sorted(PAGES.glob("*.toml")):
        blocks = tomllib.loads(path.read_text(encoding="utf-8"))["blocks"]
        yield path.with_suffix(".html").read_bytes(), "\n\n".join(text for kind, text in blocks if kind != "title")


def pages_of(folder: Path) -> Iterator[tuple[bytes, str]]:
    """Bytes and article text of a folder with its ground truth."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for path in sorted((folder / "html").iterdir()):
        content = path.read_bytes()
        yield (
            gzip.decompress(content) if path.suffix == ".gz" else content,
            truth[path.name.split(".")[0]]["articleBody"],
        )


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Runs of words, counted."""
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1))) if words else Counter()


def parse_only(content: bytes, text: str) -> str:
    """One lxml parse, the unit of cost."""
    etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True))
    return ""


def moisson(content: bytes, text: str) -> str:
    """All of cleaning, from bytes to typed blocks and metadata; the title is not counted as text."""
    try:
        article = clean(RawArticle(source="benchmark", format="html", content=content))
    except RejectError:
        return ""
    return "\n\n".join(block.text for block in article.blocks if block.kind != "title")


def peers() -> Iterator[tuple[str, Reader | None]]:
    """Every peer by name; None where it is not installed."""
    yield "moisson", moisson
    for name, module, make in _PEERS:
        try:
            yield name, make(import_module(module))
        except ImportError:
            yield name, None


_PEERS = (
    ("trafilatura precision", "trafilatura", lambda t: lambda _, text: t.extract(text, favor_precision=True, include_comments=False) or ""),
    ("trafilatura fast", "trafilatura", lambda t: lambda _, text: t.extract(text, fast=True, include_comments=False) or ""),
    ("trafilatura", "trafilatura", lambda t: lambda _, text: t.extract(text, include_comments=False) or ""),
    ("readability-lxml", "readability", lambda r: lambda _, text: _words(r.Document(text).summary())),
    ("resiliparse", "resiliparse.extract.html2text", lambda r: lambda _, text: r.extract_plain_text(text, main_content=True)),
    ("BeautifulSoup", "bs4", lambda b: lambda _, text: b.BeautifulSoup(text, "lxml").get_text(" ")),
)  # fmt: skip


def _words(html: str) -> str:
    return " ".join(etree.fromstring(html, etree.HTMLParser()).itertext())


def timed(reader: Reader, pages: list[tuple[bytes, str]]) -> tuple[float, list[str]]:
    """CPU seconds of the best round, and what was read."""
    best, found = float("inf"), []
    for _ in range(ROUNDS):
        start = time.process_time()
        found = [reader(content, text) for content, text in pages]
        best = min(best, time.process_time() - start)
    return best, found


def scores(found: list[str], wanted: list[str]) -> tuple[float, float, float, float]:
    """Precision and recall, means over pages, their F1, and the share of pages without a fault."""
    precision = recall = perfect = 0.0
    for have, want in ((shingles(one), shingles(other)) for one, other in zip(found, wanted, strict=True)):
        right = (have & want).total()
        precision += right / max(1, have.total())
        recall += right / max(1, want.total())
        perfect += have == want
    precision, recall = precision / len(wanted), recall / len(wanted)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1), perfect / len(wanted)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    folder = parser.parse_args().folder
    both = list(pages_of(folder) if folder else own_pages())
    pages = [(content, decode(content)) for content, _ in both]
    wanted = [text for _, text in both]
    unit, _ = timed(parse_only, pages)
    print(f"{len(pages)} pages, {sum(len(content) for content, _ in pages) / 1e6:.1f} MB; one lxml parse {unit:.3f} s")
    print(f"{'':22s} {'precision':>9s} {'recall':>7s} {'F1':>6s} {'perfect':>8s} {'× parse':>8s}")
    for name, reader in peers():
        if reader is None:
            print(f"{name:22s} not installed")
            continue
        spent, found = timed(reader, pages)
        precision, recall, f1, perfect = scores(found, wanted)
        print(f"{name:22s} {precision:9.3f} {recall:7.3f} {f1:6.3f} {perfect:8.3f} {spent / unit:8.1f}")


if __name__ == "__main__":
    main()
