"""The command `moisson`. Heavy modules are imported by the commands that need them, so that help answers at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.gazetteer import command

if TYPE_CHECKING:
    from flows.sources.options import ReadOptions

app = typer.Typer(
    name="moisson",
    help="Turn raw multilingual articles into tables: universities, prices, platforms, programs, durations, offers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(command.app, name="gazetteer")
Sources = Annotated[
    list[str],
    typer.Argument(
        help="Files (.txt .html .md .jsonl .csv .parquet .xml .rss .atom .json .wxr .warc, also .gz), folders or globs, "
        "here or at s3://, gs:// and the like; addresses of pages, feeds, sitemaps and WordPress sites; @list of addresses; "
        "- reads JSONL.",
        metavar="SOURCE...",
    ),
]
Column = Annotated[
    list[str],
    typer.Option(
        "--column",
        help="Which column of CSV, Parquet or JSONL holds a field: --column text=body --column id=post_id.",
        metavar="FIELD=COLUMN",
    ),
]
StorePath = Annotated[Path, typer.Option("--store", help="Folder of the tables; made where it is not there.")]


@app.command()
def ingest(
    sources: Sources,
    store: StorePath = Path("records"),
    no_server: Annotated[
        bool, typer.Option("--no-server", help="Run without Prefect: quicker, and no record of the run in it.")
    ] = False,
    column: Column = [],  # noqa: B006  typer makes a list of its own
) -> None:
    """Bring a store up to date with its sources, and say what was found."""
    options = _options(column)
    _refuse_passwords(sources)
    from flows.report import failed, ingest_with_progress, summarize

    run = ingest_with_progress(sources, store, options, under_prefect=not no_server)
    summarize(run, store)
    if failed(run):
        raise typer.Exit(1)


@app.command()
def extract(sources: Sources, column: Column = []) -> None:  # noqa: B006  typer makes a list of its own
    """Print one JSON object an article: its rows, or the reason why there are none."""
    options = _options(column)
    from flows.stream import stream

    if not stream(sources, options):
        raise typer.Exit(1)


@app.command()
def show(
    source: Annotated[str, typer.Argument(help="A file; of several articles the first is shown.", metavar="SOURCE")],
) -> None:
    """Show an article in the terminal, its mentions coloured by type and its offers below."""
    from flows.show import show_source

    if not show_source(source):
        raise typer.Exit(1)


@app.command()
def sources() -> None:
    """List the kinds of sources that can be read, each with an example."""
    from flows.catalogue import show_kinds

    show_kinds()


def _refuse_passwords(sources: Sequence[str]) -> None:
    """Refuse here what the store would refuse too: Prefect keeps the sources as the flow's parameters."""
    from flows.http import without_userinfo
    from flows.sources.web import is_address

    if any(is_address(source) and source != without_userinfo(source) for source in sources):
        raise typer.BadParameter("got an address with a user name in it, wanted a public one: none is ever sent")


def _options(column: Sequence[str]) -> "ReadOptions":
    from flows.sources.options import Columns, ReadOptions

    try:
        return ReadOptions(Columns.parse(column))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--column") from None


def main() -> None:
    """Run the command; a failure that a person can mend is one line on stderr."""
    try:
        app()
    except ValueError as error:
        from processors.lexicon import LexiconError  # only now: help answers at once without it

        if not isinstance(error, LexiconError):
            raise
        typer.secho(f"moisson: {error}", err=True, fg="red")
        raise SystemExit(1) from None
