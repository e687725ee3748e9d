"""Language identification: `python -m benchmarks.language [FOLDER]` prints moisson and every installed peer side by side.

FOLDER may hold public test files (see `language_data`); a row whose data is not there says so. Every peer answers over all
the languages it knows; Simplified and Traditional Chinese count as one but in their own row. Time is CPU time in one run.
`--fit` prints what the constants of the detector fit.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks import language_data as data
from benchmarks.language_peers import Detector, cost, makers
from processors.language import languages_of
from processors.language.detector import supported

FLOORS = data.ROOT / "benchmarks" / "floors.json"
_BINS = 10

T = TypeVar("T")
Figures = dict[str, float | None]


def _one_chinese(code: str) -> str:
    return code.split("-")[0]


def accuracy(identify: Detector, texts: data.Labelled) -> float | None:
    """Share of the texts whose language is right."""
    if not texts:
        return None
    return sum(_one_chinese(identify(text)[0]) == _one_chinese(language) for language, text in texts) / len(texts)


def calibration_error(identify: Detector, texts: data.Labelled) -> float:
    """Expected calibration error: the distance of confidence from accuracy, over ten bins of confidence."""
    found = [(identify(text), language) for language, text in texts]
    sure = np.array([share for (_, share), _ in found])
    right = np.array([_one_chinese(code) == _one_chinese(language) for (code, _), language in found], dtype=float)
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    return float(sum(abs((sure - right)[bins == number].sum()) for number in range(_BINS)) / len(found))


def blocks_and_sets(identify: Detector, articles: list[data.Blocks], ours: bool) -> tuple[float, float, float]:
    """Shares of blocks, of articles' main languages and of exact sets of languages that are right.

    A peer has no more to offer than each block's own language.
    """
    right = total = mains = sets = 0
    for article in articles:
        texts = [text for _, text in article.blocks]
        found = languages_of(texts).blocks if ours else tuple(identify(text)[0] for text in texts)
        wanted = tuple(language for language, _ in article.blocks)
        right += sum(one == two for one, two in zip(found, wanted, strict=True))
        total += len(wanted)
        mains += _most(found, texts) == _most(wanted, texts)
        sets += set(found) == set(wanted)
    return right / total, mains / len(articles), sets / len(articles)


def _most(languages: tuple[str, ...], texts: list[str]) -> str:
    sizes: Counter[str] = Counter()
    for language, text in zip(languages, texts, strict=True):
        sizes[language] += len(text)
    return max(sizes, key=lambda language: (sizes[language], language))


def microseconds(work: Callable[[T], object], things: Sequence[T]) -> float:
    """CPU time a thing."""
    start = time.process_time()
    for thing in things:
        work(thing)
    return (time.process_time() - start) / len(things) * 1e6


def measure(name: str, identify: Detector, folder: Path | None) -> Figures:
    """Every figure of one detector."""
    ours = name.startswith("moisson")
    sentences, others = data.committed(), data.unsupported()
    identify("Combien coûte une année d'études ?")
    figures: Figures = {"µs a sentence": microseconds(identify, [text for _, text in sentences])}
    figures |= {
        "sentences, committed": accuracy(identify, sentences),
        "word pairs, committed": accuracy(identify, data.word_pairs(sentences)),
        "sentences, folder": accuracy(identify, data.public(folder, "sentences")),
        "word pairs, folder": accuracy(identify, data.public(folder, "word-pairs")),
        "single words, folder": accuracy(identify, data.public(folder, "single-words")),
        "treebanks, folder": accuracy(identify, data.treebanks(folder)),
    }
    articles = [[text for _, text in article.blocks] for article in data.articles()]
    figures["µs an article's text"] = microseconds(identify, ["\n".join(texts) for texts in articles])
    figures["µs an article's blocks"] = microseconds(
        languages_of if ours else lambda texts: [identify(text) for text in texts], articles
    )
    _, figures["articles"], figures["articles, exact set"] = blocks_and_sets(identify, data.articles(), ours)
    blocks, _, sets = blocks_and_sets(identify, data.mixed(), ours)
    figures |= {"two languages, blocks": blocks, "two languages, exact set": sets}
    everything = sentences + data.public(folder, "sentences")
    for one, two in data.CLOSE:
        figures[f"{one}/{two}"] = accuracy(identify, [pair for pair in everything if pair[0] in (one, two)])
    traditional = [identify(text)[0] for language, text in everything if language == "zh-Hant"]
    figures |= {
        "Traditional Chinese told": traditional.count("zh-Hant") / len(traditional),
        "Traditional Chinese as ko": traditional.count("ko") / len(traditional),
        "unsupported flagged": sum(identify(text)[0] not in supported() for _, text in others) / len(others),
        "supported lost": sum(identify(text)[0] not in supported() for _, text in everything) / len(everything),
        "calibration error": calibration_error(identify, everything),
    }
    return figures


def main(folder: Path | None) -> None:
    """Print the table, a row a figure and a column a detector; then floors."""
    columns: dict[str, Figures] = {}
    for name, make in makers().items():
        columns[name] = measure(name, make(), folder)
        figures = subprocess.run(
            [sys.executable, "-m", "benchmarks.language", "--cost", name], capture_output=True, text=True, check=True
        )
        cpu, wall, grown = json.loads(figures.stdout)
        columns[name] |= {"load, CPU s": cpu, "load, s": wall, "memory, MB": grown}
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["language"]
    print(f"{'':26s}" + "".join(f"{name:>16s}" for name in columns) + f"{'floor':>10s}")
    for row in columns["moisson"]:
        cells = [columns[name][row] for name in columns]
        if cells[0] is None:
            print(f"{row:26s}{'no data: give a folder that holds it':>40s}")
            continue
        digits = 0 if row[0] == "µ" or row.endswith("MB") else 4
        print(f"{row:26s}" + "".join(f"{cell:16.{digits}f}" for cell in cells) + f"{floors.get(row, ''):>10}")
    for row in [row for row in columns["moisson"] if row.startswith("µs")]:
        times = (columns["langdetect"][row] or 0) / (columns["moisson"][row] or 1)
        print(f"{row}: {times:.1f} times langdetect's speed")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--cost"]:
        print(json.dumps(cost(arguments[1])))
    elif arguments == ["--fit"]:
        from benchmarks.language_fit import fit

        fit()
    elif arguments and not Path(arguments[0]).is_dir():
        sys.exit(f"benchmarks.language: got {arguments[0]!r}, wanted a folder of test files, or --fit")
    else:
        main(Path(arguments[0]) if arguments else None)
