"""Speed of extraction: `python -m benchmarks.extract` prints thousands of characters a second, a component a line.

The text is that of the sample articles and tests/gold, repeated; loading is timed apart, without the compiled tables in
the cache (`empty`) and with them. Figures are CPU seconds of one core, peaks those of a process of its own.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_START = time.process_time()
from processors.clean import clean  # noqa: E402
from processors.document import make_document  # noqa: E402
from processors.language import detector, preparation  # noqa: E402
from processors.pipeline import load_pipeline  # noqa: E402
from processors.raw import RawArticle  # noqa: E402

_IMPORTED = time.process_time() - _START

ROOT = Path(__file__).resolve().parents[1]

ROUNDS = 4


def load() -> None:
    """Load the pipeline and say what that took of a fresh process."""
    start = time.process_time()
    load_pipeline()
    spent, peak = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{spent:6.2f} s, after {_IMPORTED:.2f} s of imports; peak {peak:.0f} MB")


def time_loading() -> None:
    """Load twice, each time in a fresh process, with a cache that is empty at first."""
    with tempfile.TemporaryDirectory() as cache:
        for state in ("empty", "full"):
            print(f"load, {state} cache ".ljust(18), end="", flush=True)
            subprocess.run(
                [sys.executable, "-m", "benchmarks.extract", "load"],
                env={**os.environ, "MOISSON_CACHE": cache},
                cwd=ROOT,
                check=True,
            )


def main() -> None:
    """Load, tokenize, then time each component over all documents."""
    time_loading()
    nlp = load_pipeline()
    paths = [
        path
        for folder in ("data/samples", "tests/gold")
        for path in (ROOT / folder).iterdir()
        if path.suffix != ".json"
    ]
    raws = [RawArticle(source=str(path), format=path.suffix[1:], content=path.read_bytes()) for path in sorted(paths)]  # type: ignore[arg-type]
    start = time.process_time()
    articles = [clean(raw) for raw in raws]
    size = sum(len(article.text) for article in articles) / 1000
    print(f"clean      {size / (time.process_time() - start):6.0f} kchar/s")
    for article in articles:
        make_document(nlp, article)  # models and rules are built on the first text
    detector._detect.cache_clear()  # but the answers are not to be remembered
    preparation.prepare.cache_clear()
    start = time.process_time()
    docs = [make_document(nlp, article) for article in articles]
    print(f"language   {size / (time.process_time() - start):6.0f} kchar/s   (with tokens and sentences)")
    together = 0.0
    for name, component in nlp.pipeline:
        for doc in docs:
            component(doc)  # what a language needs is built on its first text
        start = time.process_time()
        for _ in range(ROUNDS):
            for doc in docs:
                component(doc)
        spent = (time.process_time() - start) / ROUNDS
        together += spent if name in ("moisson_price", "moisson_university", "moisson_platform") else 0
        print(f"{name.removeprefix('moisson_'):10s} {size / spent:6.0f} kchar/s")
    print(f"universities, platforms and prices together: {size / together:.0f} kchar/s over {size:.0f} kchar")


if __name__ == "__main__":
    load() if sys.argv[1:] == ["load"] else main()
