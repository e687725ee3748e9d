"""Speed of extraction: `python -m benchmarks.extract` prints thousands of characters a second, a component a line.

The text is that of the sample articles and tests/gold, repeated; loading is timed apart. Figures are of one core.
"""

import time
from pathlib import Path

from processors.clean import clean
from processors.document import make_document
from processors.pipeline import load_pipeline
from processors.raw import RawArticle

ROOT = Path(__file__).resolve().parents[1]

ROUNDS = 4


def main() -> None:
    """Load, tokenize, then time each component over all documents."""
    start = time.process_time()
    nlp = load_pipeline()
    print(f"load       {time.process_time() - start:6.2f} s")
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
    main()
