"""Segmentation cases: `tests/sentence/<lang>.txt`, one a line, a bar at each boundary.

`golden.<lang>.txt` holds sentences of our own for the classes of rules that segmenters are commonly judged by. A line that
begins with "known failure (why): " must fail: mending it means taking the mark away.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from processors.pipeline import load_pipeline
from processors.segment import sentences
from processors.token_view import view_of

FOLDER = Path(__file__).resolve().parent / "sentence"
_KNOWN = re.compile(r"known failure \((.+?)\): ")


@dataclass(frozen=True, slots=True)
class Case:
    """A text, the offsets at which its sentences after the first begin, and why it fails, where it does."""

    language: str
    text: str
    starts: tuple[int, ...]
    known_failure: str | None = None
    golden: bool = False


def cases(folder: Path = FOLDER) -> Iterator[Case]:
    """Every case of a folder."""
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            known = _KNOWN.match(line)
            parts = line[known.end() if known else 0 :].split("|")
            starts = tuple(len("".join(parts[:count])) for count in range(1, len(parts)))
            name = path.name.split(".")
            yield Case(name[-2], "".join(parts), starts, known[1] if known else None, name[0] == "golden")


def starts(text: str, language: str) -> tuple[int, ...]:
    """The offsets at which the sentences of a text after the first begin."""
    view = view_of(load_pipeline().make_doc(text))
    return tuple(view.start[first] for first, _ in sentences(view, 0, len(view), language)[1:])
