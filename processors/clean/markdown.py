"""Markdown with YAML front matter: rendered, then walked like any fragment."""

import re

import yaml
from markdown_it import MarkdownIt

from processors.clean.metadata import metadata_of_mapping
from processors.raw import Metadata

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """The metadata of the front matter and the text behind it; front matter that is no YAML mapping is skipped."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return Metadata(), text
    try:
        values = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date that is none, 2025-13-45
        values = None
    return metadata_of_mapping(values) if isinstance(values, dict) else Metadata(), text[match.end() :]


def render(markdown: str) -> str:
    """HTML of CommonMark with tables and strikethrough."""
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))
