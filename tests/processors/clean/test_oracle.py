"""trafilatura, the best of its peers, as an oracle: what it reads of a page, cleaning reads too, and more of it."""

from pathlib import Path

import pytest

from benchmarks.clean import moisson, own_pages, scores
from processors.clean.decode import decode

trafilatura = pytest.importorskip("trafilatura")
PAGES = list(own_pages())


def test_moisson_reads_more_and_adds_less() -> None:
    wanted = [text for _, text in PAGES]
    ours = scores([moisson(content, "") for content, _ in PAGES], wanted)
    theirs = scores([trafilatura.extract(decode(content), fast=True) or "" for content, _ in PAGES], wanted)
    assert min(ours[:3]) > 0.99
    assert all(one >= other for one, other in zip(ours, theirs, strict=True))


def test_samples_keep_the_paragraphs_that_it_finds() -> None:
    for path in sorted((Path(__file__).resolve().parents[3] / "data" / "samples").glob("*.html")):
        text = moisson(path.read_bytes(), "")
        found = trafilatura.extract(path.read_bytes().decode(), favor_precision=True, include_comments=False) or ""
        paragraphs = [line.strip("-• ") for line in found.splitlines() if len(line) > 80 and line[0] != "|"]
        assert paragraphs
        assert [line for line in paragraphs if line[:60] not in text] == [], path.name
