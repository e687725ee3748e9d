"""Files that hold one article each: plain text, HTML, Markdown."""

from collections.abc import Iterator
from pathlib import Path

from flows.sources.item import Item, Unreadable, read_whole, without_gzip
from flows.sources.options import ReadOptions
from processors.raw import RawArticle, RejectError
from schemas.vocabulary import Format

ABOUT = "an article a file: text, HTML, Markdown with front matter"
EXAMPLE = "posts/ 'news/**/*.html'"
SUFFIXES: dict[str, Format] = {".txt": "txt", ".html": "html", ".htm": "html", ".md": "md", ".markdown": "md"}


def read(path: str, options: ReadOptions) -> Iterator[Item]:
    """The article of a file."""
    try:
        content = read_whole(path)
    except RejectError as error:
        yield Unreadable(path, error)
        return
    yield RawArticle(source=path, format=SUFFIXES[Path(without_gzip(path)).suffix.lower()], content=content)
