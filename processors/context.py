"""Context: what mentions of different types say about each other, once all are found.

A bare "$" is read from the university beside it; a program's name ends where a platform's begins; general talk about
degrees is no program, and two years are a program's length only where a program or an institution is near.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol, get_args
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from spacy.tokens import Doc, Span

from processors.currency import currency_of_country, home_country
from processors.document import Layout, Passage
from processors.entities.price import Price
from processors.program_grammar import program_grammar
from processors.token_view import PhraseTable
from schemas.entity import Entity
from schemas.vocabulary import EntityType

_TYPES: tuple[EntityType, ...] = get_args(EntityType)


class Value(Protocol):
    """What a mention says: each entity type has a class of its own for it."""

    def fill(self, entity: Entity) -> Entity:
        """The `entities` row with what this says."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of any type with its value, over characters [start, end), in a passage and a sentence of it."""

    type: EntityType
    text: str
    start: int
    end: int
    passage: int
    segment: int
    value: Value


class Context:
    """The mentions of one article in reading order, made consistent with each other."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.layout: Layout = doc._.layout
        self.ends = [passage.block.end for passage in self.layout.passages]
        self.sentence_starts, self.sentence_passages = self._sentences()
        self.mentions = self._collect()

    def _sentences(self) -> tuple[list[int], list[int]]:
        starts, owners = [], []
        for number, passage in enumerate(self.layout.passages):
            for first, _ in passage.sentences:
                starts.append(self.layout.view.start[first])
                owners.append(number)
        return starts, owners

    def _collect(self) -> list[Mention]:
        spans = {kind: list(self.doc.spans.get(kind, ())) for kind in _TYPES}
        spans["program"] = list(_cut_programs(self.doc, spans["program"], [*spans["university"], *spans["platform"]]))
        spans["platform"] = [span for span in spans["platform"] if not _inside_any(span, spans["university"])]
        spans["duration"] = [
            span for span in spans["duration"] if not _overlaps_any(span, [*spans["program"], *spans["price"]])
        ]
        found = [self._mention(kind, span) for kind, each in spans.items() for span in each]
        found.sort(key=lambda mention: (mention.start, mention.end))
        tied = list(_tied(found, self.layout))
        return [self._with_currency(one, tied) for one in tied]

    def _mention(self, kind: EntityType, span: Span) -> Mention:
        start = span.start_char
        segment = max(bisect_left(self.sentence_starts, start + 1) - 1, 0)
        passage = min(bisect_left(self.ends, start + 1), len(self.ends) - 1)
        return Mention(kind, span.text, start, span.end_char, passage, segment, getattr(span._, kind))

    def _with_currency(self, one: Mention, mentions: list[Mention]) -> Mention:
        """A price with its currency: the stated one, or the first candidate for which something near speaks."""
        price = one.value
        if not isinstance(price, Price) or len(set(price.codes)) == 1:
            return one
        chosen = next((code for code in self._evidence(one, mentions) if code in price.codes), price.codes[0])
        return replace(one, value=replace(price, codes=(chosen,)))

    def _evidence(self, price: Mention, mentions: list[Mention]) -> Iterator[str | None]:
        """Currencies that the surroundings speak for, the strongest evidence first."""
        passage = self.layout.passages[price.passage]
        universities = [one for one in mentions if one.type == "university" and _country(one)]
        explicit = [
            one for one in mentions if one.type == "price" and isinstance(one.value, Price) and one.value.explicit
        ]
        # "CA$500 and $300": an explicit currency holds for what follows it, and not for what stands before.
        yield from _nearest_codes(
            [one for one in explicit if one.segment == price.segment and one.start < price.start], price
        )
        yield from _nearest_countries([one for one in universities if one.segment == price.segment], price)
        yield from (currency_of_country(code) for code in _countries_in(passage, self.layout, price))
        yield from _nearest_countries([one for one in universities if self._same_row(one, price)], price)
        yield from _nearest_countries([one for one in universities if one.passage == price.passage], price)
        yield from _nearest_codes(
            [one for one in explicit if one.passage == price.passage and one.start < price.start], price
        )
        yield from self._declared_countries()
        named = Counter(currency_of_country(_country(one)) for one in universities)
        yield from (code for code, count in named.most_common(1) if 3 * count >= 2 * len(universities))
        yield currency_of_country(home_country(self.layout.languages.main))
        counted = Counter(one.value.codes[0] for one in explicit if isinstance(one.value, Price))
        yield from (code for code, count in counted.most_common() if count > 1)

    def _same_row(self, one: Mention, other: Mention) -> bool:
        passages = self.layout.passages
        row = passages[one.passage].block.row
        return row is not None and row == passages[other.passage].block.row

    def _declared_countries(self) -> Iterator[str | None]:
        """Currencies of the country that the article's address and its declared language (`fr-CA`) name."""
        host = urlsplit(self.layout.url or "").hostname or ""
        yield currency_of_country(host.rsplit(".", 1)[-1].upper().replace("UK", "GB")) if "." in host else None
        declared = self.layout.declared_language or ""
        yield currency_of_country(home_country(declared)) if len(declared) > 3 else None


def _country(mention: Mention) -> str | None:
    institution = getattr(mention.value, "institution", None)
    return institution.country if institution else None


def _distance(one: Mention, price: Mention) -> int:
    return price.start - one.end if one.end <= price.start else 2 * (one.start - price.end)


def _nearest_codes(prices: Iterable[Mention], price: Mention) -> Iterator[str]:
    for one in sorted(prices, key=lambda one: _distance(one, price)):
        if isinstance(one.value, Price):
            yield one.value.codes[0]


def _nearest_countries(universities: Iterable[Mention], price: Mention) -> Iterator[str | None]:
    for one in sorted(universities, key=lambda one: _distance(one, price)):
        yield currency_of_country(_country(one))


@cache
def _territories(language: str) -> PhraseTable[str]:
    """Names of countries in a language; two-letter ones and regions are left out."""
    try:
        names = Locale.parse(language.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        names = {}
    return PhraseTable(
        [(name, code) for code, name in names.items() if len(code) == 2 and code.isalpha() and len(name) > 1]
    )


def _countries_in(passage: Passage, layout: Layout, price: Mention) -> Iterator[str]:
    """Countries named in the price's sentence, then in its block, nearest first."""
    view, table = layout.view, _territories(passage.language)
    token = min(bisect_left(view.start, price.start), passage.end - 1)
    first, last = passage.sentence_of(token)
    hits = [(at, hit[1]) for at in range(passage.start, passage.end) if (hit := table.at(view.norm, at))]
    in_sentence = [hit for hit in hits if first <= hit[0] < last]
    yield from (code for _, code in sorted(in_sentence or hits, key=lambda hit: abs(hit[0] - token)))


def _inside_any(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)


def _overlaps_any(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)


def _cut_programs(doc: Doc, programs: list[Span], others: list[Span]) -> Iterator[Span]:
    """Programs without the universities and platforms at their ends; one wholly inside another name is none."""
    for program in programs:
        start, end = program.start, program.end
        for other in others:
            if other.start <= start < other.end:
                start = other.end
            elif start < other.start < end:
                end = other.start
        grammar = program_grammar(doc._.layout.languages.main)
        while start < end and end < program.end and grammar.is_joint(doc[end - 1].norm_):
            end -= 1
        while start < end and not doc[start].text[0].isalnum():
            start += 1
        if (start, end) == (program.start, program.end):
            yield program
        elif start < end and any(token.text[0].isalpha() for token in doc[start:end]):
            cut = Span(doc, start, end, label="program")
            cut._.program = program._.program
            yield cut


def _tied(mentions: list[Mention], layout: Layout) -> Iterator[Mention]:
    """Mentions that count: programs and durations need something concrete near."""
    by_place: dict[tuple[str, int], set[str]] = {}
    for one in mentions:
        by_place.setdefault(_place(one, layout), set()).add(one.type)
        by_place.setdefault(("sentence", one.segment), set()).add(one.type)
    for one in mentions:
        near = by_place[_place(one, layout)] if _is_small(one, layout) else by_place["sentence", one.segment]
        if one.type == "program" and not near & {"university", "price", "duration", "platform"}:
            continue
        if one.type == "duration" and not (
            near & {"program"} or (near & {"university", "price"} and getattr(one.value, "cued", False))
        ):
            continue
        yield one


def _place(mention: Mention, layout: Layout) -> tuple[str, int]:
    row = layout.passages[mention.passage].block.row
    return ("row", row) if row is not None else ("passage", mention.passage)


def _is_small(mention: Mention, layout: Layout) -> bool:
    """Whether a mention's block is one statement: a list item or a table row."""
    return layout.passages[mention.passage].block.kind in ("list_item", "table_cell")


def mentions_of(doc: Doc) -> list[Mention]:
    """The mentions of a Doc that went through the components, in reading order."""
    return Context(doc).mentions
