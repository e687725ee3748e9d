"""A run: plan what is new, process it in batches, commit the next state. Plain functions; `flow` runs them under Prefect."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from secrets import token_hex

from flows.http import without_userinfo
from flows.settings import settings
from flows.sources import STDIN, Partial, RawArticle, ReadOptions, Unreadable, read_sources
from flows.store.index import Entry
from flows.store.memory import Memory
from flows.store.snapshot import Changes, Store
from flows.store.staging import Batch
from processors.pipeline import Records, Stamp, extract, pipeline_version, reject
from processors.raw import article_id
from schemas.reject import Reject
from schemas.run import Run, StageSeconds

# Called with the stage, the articles done and all of them; what shows progress sets it.
Progress = Callable[[str, int, int], None]
_PLAIN = ReadOptions()


def no_progress(stage: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do: batches to process, inputs that could not be read, and what changes in the store."""

    run_id: str
    started_at: datetime
    sources: tuple[str, ...]
    batches: tuple[Batch, ...]
    roots: dict[str, str]
    rejects: tuple[Reject, ...]
    seen: frozenset[str]
    removed: frozenset[str]
    n_unchanged: int


@dataclass(slots=True)
class Stopwatch:
    """Seconds spent in each stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time inside the block for a stage."""
        start = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def make_plan(
    sources: Sequence[str], store: Store, progress: Progress = no_progress, options: ReadOptions = _PLAIN
) -> Plan:
    """Read the sources and set aside, in staged batches, the articles that the store does not hold as they are now."""
    started = datetime.now(UTC)
    run_id = store.staging.run_id(f"{started:%Y%m%dT%H%M%S}Z-{token_hex(3)}")
    named = [without_userinfo(source) for source in sources]
    index = store.index()
    survey = _Survey(index, Stamp(run_id, started), options, store.memory(index, pipeline_version()))
    batches = [
        store.staging.add(articles, pipeline_version()) for articles in _batched(survey.changed(sources, progress))
    ]
    removed = survey.removed(named)
    survey.memory.save(store.staging.memory)
    return Plan(
        run_id=run_id,
        started_at=started,
        sources=tuple(named),
        batches=tuple(batches),
        roots=survey.roots,
        rejects=tuple(survey.rejects),
        seen=survey.memory.asked.union(survey.seen, named),
        removed=removed,
        n_unchanged=survey.n_unchanged + survey.n_left_out(),
    )


@dataclass(slots=True)
class _Survey:
    """What reading the sources showed."""

    index: dict[str, Entry]
    stamp: Stamp
    options: ReadOptions
    memory: Memory
    roots: dict[str, str] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)
    partial: set[str] = field(default_factory=set)
    n_unchanged: int = 0

    def changed(self, sources: Sequence[str], progress: Progress) -> Iterator[RawArticle]:
        """The articles to process, in order; notes all that is met on the way."""
        for count, (source, item) in enumerate(read_sources(sources, self.options, self.memory), start=1):
            progress("plan", count, 0)
            root = without_userinfo(source)
            if isinstance(item, Partial):
                self.partial.add(root)
                continue
            self.seen.add(item.source)
            if isinstance(item, Unreadable):
                self.rejects.append(reject(item.source, item.error, self.stamp))
                self.broken |= set() if _is_web(item.source) else {root}
                continue
            self.present.add(article_id(item.source))
            if not isinstance(item, RawArticle):
                self.n_unchanged += 1
                continue
            known = self.index.get(item.article_id)
            if known and (known.content_hash, known.pipeline_version) == (item.content_hash, pipeline_version()):
                self.n_unchanged += 1
                continue
            self.roots[item.article_id] = root
            yield item

    def removed(self, sources: Sequence[str]) -> frozenset[str]:
        """Articles that came by one of these sources before and are no longer there; unreadable ones are kept.

        An article that is named by its web address, as those of a WARC file, is kept where any file of its source failed.
        """
        failed = {one.source.split("#")[0] for one in self.rejects}
        whole = set(sources) - self.partial - {STDIN}
        return frozenset(
            entry.article_id
            for entry in self._left_out(whole)
            if entry.source.split("#")[0] not in failed and not (entry.root in self.broken and _is_web(entry.source))
        )

    def n_left_out(self) -> int:
        """The number of articles that their source did not name, and that are still there."""
        return sum(1 for _ in self._left_out(self.partial))

    def _left_out(self, roots: set[str]) -> Iterator[Entry]:
        return (entry for entry in self.index.values() if entry.root in roots and entry.article_id not in self.present)


def _is_web(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _batched(articles: Iterable[RawArticle]) -> Iterator[list[RawArticle]]:
    waiting = iter(articles)
    while batch := list(islice(waiting, settings().batch_articles)):
        yield batch


def process_batch(folder: Path, run_id: str, started_at: datetime, progress: Progress = no_progress) -> None:
    """Make the rows of a staged batch; a batch that a killed run finished is left as it is."""
    batch = Batch(folder)
    if not batch.is_done:
        articles = list(batch.articles())
        made: list[Records | Reject] = []
        for one in extract(articles, Stamp(run_id, started_at)):
            made.append(one)
            progress("process", 1, 0)
        batch.finish(_tables(made))


def _tables(made: Iterable[Records | Reject]) -> dict[str, Sequence[object]]:
    """Rows by table, sorted by language and article, which packs best."""
    records = [one for one in made if isinstance(one, Records)]
    records.sort(key=lambda one: (one.article.language, one.article.article_id))
    return {
        "articles": [one.article for one in records],
        "segments": [row for one in records for row in one.segments],
        "entities": [row for one in records for row in one.entities],
        "offers": [row for one in records for row in one.offers],
        "rejects": [one for one in made if isinstance(one, Reject)],
    }


def commit(plan: Plan, store: Store, stopwatch: Stopwatch) -> Run:
    """Bring the store to the state that the plan's batches make, and say what was done."""
    failed = [Reject(**row) for batch in plan.batches for row in batch.rejects()]
    rejects = [*plan.rejects, *failed]
    done = sum(batch.count("articles") for batch in plan.batches)
    written = {key for batch in plan.batches for key in batch.article_ids()}
    n_changed = len(written & store.index().keys())
    run = Run(
        run_id=plan.run_id,
        started_at=plan.started_at,
        finished_at=datetime.now(UTC),
        sources=plan.sources,
        n_new=done - n_changed,
        n_changed=n_changed,
        n_unchanged=plan.n_unchanged,
        n_removed=len(plan.removed),
        n_rejected=len(rejects),
        pipeline_version=pipeline_version(),
        stages=tuple(StageSeconds(stage=name, seconds=round(spent, 3)) for name, spent in stopwatch.seconds.items()),
    )
    roots = {key: root for key, root in plan.roots.items() if key in written}
    store.commit(run, Changes(plan.batches, roots, plan.removed, plan.seen, rejects))
    return run


def ingest(
    sources: Sequence[str], store: Store, progress: Progress = no_progress, options: ReadOptions = _PLAIN
) -> Run:
    """A whole run without Prefect."""
    stopwatch = Stopwatch()
    with store.lock():
        with stopwatch.stage("plan"):
            plan = make_plan(sources, store, progress, options)
        with stopwatch.stage("process"):
            process(plan, progress)
        with stopwatch.stage("commit"):
            return commit(plan, store, stopwatch)


def process(plan: Plan, progress: Progress = no_progress) -> None:
    """Process every batch of a plan: one right here, more of them in processes of their own."""
    workers = min(settings().workers, len(plan.batches))
    if workers < 2:
        for batch in plan.batches:
            process_batch(batch.folder, plan.run_id, plan.started_at, progress)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = {
            pool.submit(process_batch, batch.folder, plan.run_id, plan.started_at): batch for batch in plan.batches
        }
        for one in as_completed(waiting):
            one.result()
            progress("process", waiting[one].count("articles"), 0)
