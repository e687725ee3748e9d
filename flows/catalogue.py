"""`moisson sources`: the kinds of sources with an example each, told from their modules' text, none of which is imported."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

SOURCES = Path(__file__).parent / "sources"
_REMARKS = (
    "Files may be packed with gzip; a folder is read at any depth; - is JSONL on standard input.\n"
    "What an address is, its answer tells; page+, feed+, sitemap+ or wordpress+ before it says it instead."
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source: what it reads, the suffixes of its files, and a source of its kind."""

    name: str
    about: str
    suffixes: tuple[str, ...]
    example: str


def kinds(folder: Path = SOURCES) -> Iterator[Kind]:
    """The modules of a folder that say what they read (`ABOUT`), each with its `EXAMPLE`."""
    for path in sorted(folder.glob("[!_]*.py")):
        named = _constants(path)
        if "ABOUT" in named:
            yield Kind(path.stem, str(named["ABOUT"]), tuple(named.get("SUFFIXES", ())), str(named["EXAMPLE"]))


def _constants(path: Path) -> dict[str, tuple[str, ...] | str]:
    """The literal constants at the top of a module."""
    found: dict[str, tuple[str, ...] | str] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        target = (
            node.target
            if isinstance(node, ast.AnnAssign)
            else node.targets[0]
            if isinstance(node, ast.Assign)
            else None
        )
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and target.id in ("ABOUT", "EXAMPLE", "SUFFIXES") and value is not None:
            found[target.id] = ast.literal_eval(value)
    return found


def show_kinds() -> None:
    """Print the kinds as a table, each with a line to try."""
    console = Console()
    for title, folder in (("Files", SOURCES), ("Addresses", SOURCES / "web")):
        table = Table(box=None, pad_edge=False, show_header=False, title=title, title_justify="left", title_style="dim")
        table.add_column(no_wrap=True, style="bold", min_width=9)
        table.add_column(ratio=1)
        for kind in kinds(folder):
            suffixes = f" [dim]({' '.join(kind.suffixes)})[/dim]" if kind.suffixes else ""
            table.add_row(kind.name, f"{kind.about}{suffixes}\n[green]moisson ingest {kind.example}[/green]")
        console.print(table, highlight=False)
    console.print(_REMARKS, style="dim", highlight=False)
