"""Staging: the work of a run under way, kept in batches named by their content, so that a killed run's is not lost."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.store.part import read_table, write_records, write_table
from processors.raw import Metadata, RawArticle

_RAW, _DONE = "raw.parquet", "done.json"


@dataclass(frozen=True, slots=True)
class Batch:
    """A folder with a batch of raw articles and, when it is done, the rows they make."""

    folder: Path

    @property
    def key(self) -> str:
        """The batch's name, made from its content."""
        return self.folder.name

    @property
    def is_done(self) -> bool:
        """Whether its rows are complete."""
        return (self.folder / _DONE).exists()

    def articles(self) -> Iterator[RawArticle]:
        """Its raw articles."""
        for row in read_table(self.folder / _RAW).to_pylist():
            yield RawArticle(
                source=row["source"],
                format=row["format"],
                content=row["content"],
                metadata=_metadata(row["metadata"]),
                charset=row["charset"],
            )

    def finish(self, tables: dict[str, Sequence[object]]) -> None:
        """Write its rows, and last of all the mark that they are complete."""
        for name, records in tables.items():
            path = self.folder / f"{name}.parquet"
            path.unlink(missing_ok=True)
            write_records(name, records, path)
        counts = {name: len(records) for name, records in tables.items()}
        (self.folder / _DONE).write_text(json.dumps(counts), encoding="utf-8")

    def table(self, name: str) -> Path:
        """The file that holds its rows of a table."""
        return self.folder / f"{name}.parquet"

    def count(self, name: str) -> int:
        """The number of its rows of a table."""
        return int(json.loads((self.folder / _DONE).read_text(encoding="utf-8"))[name])

    def article_ids(self) -> list[str]:
        """The articles that it has rows for."""
        return [str(key) for key in read_table(self.table("articles")).column("article_id").to_pylist()]

    def rejects(self) -> list[dict[str, Any]]:
        """Its rows of `rejects`."""
        return list(read_table(self.table("rejects")).to_pylist())


def _metadata(text: str) -> Metadata:
    values = json.loads(text)
    published = values["published_at"]
    return Metadata(
        **{
            **values,
            "tags": tuple(values["tags"]),
            "published_at": datetime.fromisoformat(published) if published else None,
        }
    )


def _plain(metadata: Metadata) -> str:
    published = metadata.published_at.isoformat() if metadata.published_at else None
    return json.dumps({**asdict(replace(metadata, published_at=None)), "published_at": published})


class Staging:
    """The folder of the run under way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def memory(self) -> Path:
        """Where a run leaves what its sources gave, for the commit."""
        return self.folder / "memory.parquet"

    def run_id(self, proposed: str) -> str:
        """The id of the run under way: that of a killed run, whose rows are taken over, or else the proposed one."""
        path = self.folder / "run_id"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(proposed, encoding="utf-8")
        return path.read_text(encoding="utf-8") or proposed

    def add(self, articles: Sequence[RawArticle], pipeline_version: str) -> Batch:
        """A batch for some articles: the one that a killed run left, where it is of the same content."""
        digest = hashlib.blake2b(pipeline_version.encode(), digest_size=10)
        for article in articles:
            digest.update(f"{article.article_id}{article.content_hash}".encode())
        batch = Batch(self.folder / digest.hexdigest())
        if not (batch.folder / _RAW).exists():
            batch.folder.mkdir(parents=True, exist_ok=True)
            write_table(
                pa.Table.from_pylist([_row(article) for article in articles], schema=_RAW_SCHEMA), batch.folder / _RAW
            )
        return batch

    def clear(self) -> None:
        """Forget the run."""
        shutil.rmtree(self.folder, ignore_errors=True)


_RAW_SCHEMA = pa.schema(
    {
        "source": pa.string(),
        "format": pa.string(),
        "content": pa.binary(),
        "metadata": pa.string(),
        "charset": pa.string(),
    }
)


def _row(article: RawArticle) -> dict[str, object]:
    return {
        "source": article.source,
        "format": article.format,
        "content": article.content,
        "metadata": _plain(article.metadata),
        "charset": article.charset,
    }
