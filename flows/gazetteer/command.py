"""`moisson gazetteer import` and `moisson gazetteer find`."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Add to the gazetteer of your own, and see what a name resolves to.",
    no_args_is_help=True,
    add_completion=False,
)


@app.command("import")
def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            help="The Research Organization Registry's dump (.json or .zip), or a .csv with the columns of "
            "institutions.csv, platforms.csv or names/<lang>.csv.",
            metavar="FILE",
        ),
    ],
) -> None:
    """Read institutions, platforms or names from a file into your own gazetteer, beside the shipped one."""
    from flows.gazetteer.run import import_with_progress, summarize

    report = import_with_progress(file)
    summarize(report)
    if not (report.new or report.known or report.names):
        raise typer.Exit(1)


@app.command()
def find(name: Annotated[str, typer.Argument(help="A name, as it stands in a text.", metavar="NAME")]) -> None:
    """Show what a name resolves to and why, or the line that would teach it."""
    from flows.gazetteer.find import show_name

    if not show_name(name):
        raise typer.Exit(1)
