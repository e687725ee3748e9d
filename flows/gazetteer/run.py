"""An import from file to summary, with a progress bar on stderr."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

from flows.gazetteer.merge import Merge, Report
from flows.gazetteer.offered import Offered
from flows.gazetteer.ror import read_ror
from flows.gazetteer.table import read_table
from processors.gazetteer import PLATFORMS, UNIVERSITIES, Gazetteer
from processors.institution_index import InstitutionIndex
from processors.lexicon import LexiconError
from processors.place import user_gazetteer


def import_file(path: Path) -> Iterator[tuple[float, Report]]:
    """Import a file and say, record by record, the share of it that is read and what came of it so far.

    Nothing is written before all is read; LexiconError where the file is none of those that can be imported.
    """
    merge = Merge()
    for share, offered in _reader(path):
        merge.add(offered)
        yield share, merge.report
    merge.write()


def _reader(path: Path) -> Iterator[tuple[float, Offered]]:
    suffix = path.suffix.lower()
    if suffix in (".json", ".zip"):
        return read_ror(path)
    if suffix == ".csv":
        return read_table(path)
    raise LexiconError(f"{path}: got a {suffix or 'file without suffix'}, wanted .json, .zip or .csv")


def import_with_progress(path: Path) -> Report:
    """Import a file and compile the gazetteers with it, with a progress bar on stderr."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    report = Report()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=1.0)
        for count, (share, report) in enumerate(import_file(path)):
            if count % 100 == 0:
                bar.update(task, completed=share, description=f"reading, {report.new} new")
        bar.update(task, completed=1.0, description="compiling")
        InstitutionIndex(Gazetteer(UNIVERSITIES))
        Gazetteer(PLATFORMS)
    return report


def summarize(report: Report) -> None:
    """Say what was new, known and refused, and why."""
    console = Console(highlight=False, soft_wrap=True)
    refused = sum(report.refused.values())
    console.print(
        f"{report.new:,} new, {report.known:,} known ({len(report.gained):,} of them with names that were new), "
        f"{report.names:,} names, {refused:,} refused"
    )
    for reason, count in report.refused.most_common():
        first = f" (first: {reason.example})" if reason.example else ""
        console.print(f"  {count:,} {reason.reason}{first}", markup=False)
    console.print(f"your gazetteer is {user_gazetteer()}", markup=False)
