"""What `moisson ingest` shows: progress while it runs, and at its end what was found and how to look at it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import get_args

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from flows.sources.options import ReadOptions
from flows.store.snapshot import Store, StoreError
from schemas.run import Run
from schemas.vocabulary import EntityType

_MOST_REJECTS = 5
_SHOWN_OFFERS = 4
# What the mentions of a type are counted by.
_TOLD_BY = {
    "university": "canonical_name",
    "price": "currency",
    "platform": "canonical_id",
    "program": "program_level",
    "duration": "unit",
}
_OFFER = ("university_text", "program_text", "price_text", "duration_text")


def ingest_with_progress(sources: Sequence[str], store: Path, options: ReadOptions, *, under_prefect: bool) -> Run:
    """Run, with a progress bar on stderr."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    try:
        with Progress(*columns, console=console, transient=True) as bar:
            shown = _Bar(bar)
            run = _under_prefect if under_prefect else _directly
            return run(sources, store, options, shown)
    except StoreError as error:
        console.print(f"[red]moisson:[/red] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None


class _Bar:
    """A line of the progress bar a stage."""

    def __init__(self, bar: Progress) -> None:
        self.bar, self.read = bar, 0
        self.task = bar.add_task("starting", total=None)

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage == "plan":
            self.read = done
            self.bar.update(self.task, description="reading", completed=done)
        elif self.bar.tasks[self.task].description != "processing":
            self.bar.reset(self.task, description="processing", total=total, completed=done)
        else:
            self.bar.advance(self.task, done)


def _directly(sources: Sequence[str], store: Path, options: ReadOptions, progress: _Bar) -> Run:
    from flows.ingest import ingest

    return ingest(sources, Store(store), progress, options)


def _under_prefect(sources: Sequence[str], store: Path, options: ReadOptions, progress: _Bar) -> Run:
    from flows.flow import ingest_flow, show_progress

    show_progress(progress)
    return ingest_flow(list(sources), str(store), dict(options.columns.names))


def failed(run: Run) -> bool:
    """Whether nothing could be done at all."""
    return run.n_rejected > 0 and run.n_new + run.n_changed + run.n_unchanged + run.n_removed == 0


def summarize(run: Run, path: Path) -> None:
    """Say what a run did, what the store holds, and with which lines to look at it."""
    console = Console()
    store = Store(path)
    counts = f"{run.n_new} new, {run.n_changed} changed, {run.n_unchanged} unchanged, {run.n_removed} removed, {run.n_rejected} rejected"
    console.print(f"[bold]{counts}[/bold] in {sum(stage.seconds for stage in run.stages):.1f} s", highlight=False)
    _show_rejects(console, store, run)
    console.print(_contents(store))
    console.print("Look at it with DuckDB or pandas:", style="dim")
    for line in (
        f"duckdb.sql(\"FROM '{store.table_files('offers')}' SELECT {', '.join(_OFFER)}\")",
        f"pandas.read_parquet('{path / 'tables' / 'entities'}').groupby(['type', 'canonical_id']).size()",
    ):
        console.print(f"  {line}", highlight=False, soft_wrap=True, markup=False)


def _contents(store: Store) -> Table:
    articles, entities = store.read("articles"), store.read("entities")
    table = Table(
        box=None,
        pad_edge=False,
        show_header=False,
        title_justify="left",
        title=f"{store.path} holds",
        title_style="dim",
    )
    table.add_column(no_wrap=True, min_width=12)
    table.add_column(justify="right", no_wrap=True, min_width=6)
    table.add_column(style="dim", overflow="ellipsis", no_wrap=True, ratio=1)
    table.add_row("articles", str(articles.num_rows), _top(articles.column("language").to_pylist()))
    table.add_row("sentences", str(store.read("segments").num_rows), "")
    rows = entities.select(["type", "text", *_TOLD_BY.values()]).to_pylist()
    for kind in get_args(EntityType):
        named = [row[_TOLD_BY[kind]] or row["text"] for row in rows if row["type"] == kind]
        table.add_row({"university": "universities"}.get(kind, f"{kind}s"), str(len(named)), _top(named))
    offers = store.read("offers")
    told = [
        " – ".join(filter(None, parts))
        for parts in zip(*(offers.column(name).to_pylist() for name in _OFFER), strict=True)
    ]
    table.add_row("offers", str(offers.num_rows), told[0] if told else "")
    for line in told[1:_SHOWN_OFFERS]:
        table.add_row("", "", line)
    return table


def _top(values: Iterable[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in Counter(values).most_common(4))


def _show_rejects(console: Console, store: Store, run: Run) -> None:
    rejects = [row for row in store.read("rejects").to_pylist() if row["run_id"] == run.run_id]
    for row in rejects[:_MOST_REJECTS]:
        console.print(f"  [red]{row['stage']}[/red] {row['source']}: {row['message']}", highlight=False, soft_wrap=True)
    if len(rejects) > _MOST_REJECTS:
        console.print(f"  and {len(rejects) - _MOST_REJECTS} more: {store.table_files('rejects')}", highlight=False)
