"""What a source hands over: an article as it came, before anything was done to it."""

import hashlib
import os.path
from dataclasses import dataclass, field
from datetime import datetime

from schemas.vocabulary import Format, Stage


class RejectError(ValueError):
    """An input that cannot become an article: becomes a `rejects` row."""

    def __init__(self, stage: Stage, error: str, message: str) -> None:
        super().__init__(message)
        self.stage, self.error, self.message = stage, error, message


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known about an article beside its text; a later stage fills only what is still unknown."""

    title: str | None = None
    author: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """An input: where it came from, what it holds, and the metadata that its source declared.

    `charset` is the encoding that came with the bytes but not in them, as in a Content-Type.
    """

    source: str
    format: Format
    content: bytes
    metadata: Metadata = field(default=Metadata())
    charset: str | None = None

    @property
    def article_id(self) -> str:
        """Stable as long as the source is named the same: `./a.txt` and `a.txt` are one."""
        return article_id(self.source)

    @property
    def content_hash(self) -> str:
        """Changes when the bytes or the declared metadata change."""
        digest = hashlib.blake2b(self.content, digest_size=16)
        digest.update(f"{self.format}\0{self.metadata}{self.charset or ''}".encode())
        return digest.hexdigest()


def article_id(source: str) -> str:
    """The id of the article that a source names.

    >>> article_id("./posts/a.txt") == article_id("posts/a.txt")
    True
    """
    name = source if "://" in source else os.path.normpath(source)
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
