"""`moisson show`: an article in the terminal, with its mentions coloured by type and its offers below."""

from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from flows.sources import RawArticle, Unreadable, read_source
from processors.pipeline import Records, Stamp, extract
from schemas.entity import Entity
from schemas.offer import Offer
from schemas.plain import to_plain
from schemas.segment import Segment

_STYLES = {
    "university": "bold white on blue",
    "price": "bold black on green",
    "platform": "bold white on magenta",
    "program": "bold black on yellow",
    "duration": "bold black on cyan",
}
_INDENTS = {"list_item": "  • ", "table_cell": "  | ", "quote": "  > ", "caption": "  ~ "}


def show_source(source: str) -> bool:
    """Show the first article of a source; whether there was one."""
    console = Console()
    for item in read_source(source):
        if isinstance(item, Unreadable):
            Console(stderr=True).print(
                f"[red]moisson:[/red] {escape(item.source)}: {escape(item.error.message)}",
                highlight=False,
                soft_wrap=True,
            )
            return False
        for made in extract([item] if isinstance(item, RawArticle) else [], Stamp("show", datetime.now(UTC))):
            if isinstance(made, Records):
                _show(console, made)
                return True
            Console(stderr=True).print(
                f"[red]moisson:[/red] {escape(made.source)}: {escape(made.message)}", highlight=False, soft_wrap=True
            )
    return False


def _show(console: Console, records: Records) -> None:
    article = records.article
    facts = [
        article.language,
        article.author,
        article.category,
        f"{article.published_at:%Y-%m-%d}" if article.published_at else None,
    ]
    console.print(Text(" · ".join(fact for fact in facts if fact), style="dim"))
    legend = Text(" ").join(Text(f" {name} ", style=style) for name, style in _STYLES.items())
    console.print(legend, "")
    block = -1
    for segment in records.segments:
        if segment.block != block:
            block = segment.block
            console.print(
                "" if segment.kind in ("heading", "paragraph", "title") else Text(""),
                end="\n" if segment.kind != "table_cell" else "",
            )
            console.print(_INDENTS.get(segment.kind, ""), end="")
        console.print(_coloured(segment, records.entities), end=" ", soft_wrap=True)
    console.print("\n")
    if records.offers:
        console.print(_offers(records.offers))


def _coloured(segment: Segment, entities: tuple[Entity, ...]) -> Text:
    text = Text(segment.text, style="bold" if segment.kind in ("title", "heading") else "")
    for entity in entities:
        if segment.start <= entity.start < segment.end:
            text.stylize(_STYLES[entity.type], entity.start - segment.start, entity.end - segment.start)
    return text


def _offers(offers: tuple[Offer, ...]) -> Table:
    table = Table(title="Offers", title_justify="left")
    for name in ("university", "program", "price", "duration", "told by"):
        table.add_column(name)
    for offer in offers:
        low, high = to_plain(offer.amount_min), to_plain(offer.amount_max)
        amount = (low or "") if low == high else f"{low or '…'} – {high or '…'}"
        price = f"{amount} {offer.currency or ''}" + (f" a {offer.period}" if offer.period else "")
        cells = (offer.university_text, offer.program_text, price, offer.duration_text, offer.evidence)
        table.add_row(*(escape(cell or "") for cell in cells))
    return table
