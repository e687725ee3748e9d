"""Prices: every stated amount of money."""

from dataclasses import dataclass, replace
from decimal import Decimal

from spacy.language import Language
from spacy.tokens import Doc, Span

from processors.amount import Amount, amount_grammar
from processors.amount_context import amount_context
from processors.document import Passage
from processors.token_view import TokenView, span_of
from schemas.entity import Entity
from schemas.vocabulary import AmountKind, Period


@dataclass(frozen=True, slots=True)
class Price:
    """What a price's mention says; `codes` are the currencies that it may mean, the likeliest first."""

    amount_min: Decimal | None
    amount_max: Decimal | None
    codes: tuple[str, ...]
    explicit: bool
    period: Period | None
    amount_kind: AmountKind
    rule: str

    def fill(self, entity: Entity) -> Entity:
        """The `entities` row with what this says."""
        return replace(
            entity,
            rule=self.rule,
            amount_min=self.amount_min,
            amount_max=self.amount_max,
            currency=self.codes[0],
            currency_explicit=self.explicit,
            period=self.period,
            amount_kind=self.amount_kind,
        )


# With fewer words around it than this, a sentence that does not speak of money says nothing else either.
_CONTEXT = 4

Span.set_extension("price", default=None, force=True)


def _price(view: TokenView, passage: Passage, amount: Amount) -> Price | None:
    """What an amount says; None where a weak noun stands in a sentence that does not speak of money."""
    context = amount_context(passage.language)
    sentence = passage.sentence_of(amount.start)
    header = passage.block.header or ""
    period = context.period(view, amount.start, amount.end, sentence) or (context.period_in(header) if header else None)
    kind = context.kind(view, amount.start, amount.end, sentence)
    currency = amount.currency
    alone = sentence[1] - sentence[0] - (amount.end - amount.start) < _CONTEXT
    silent = kind is None and period is None and not header and not alone
    if silent and amount_grammar(passage.language).is_weak(amount):
        return None
    kind = kind or context.kind_in(header or passage.block.section or "") or "price"
    return Price(amount.low, amount.high, currency.codes, currency.explicit, period, kind, amount.rule)


@Language.factory("moisson_price", assigns=["doc.spans"])
def make_price(nlp: Language, name: str) -> "PriceComponent":
    """The component that finds prices."""
    return PriceComponent()


class PriceComponent:
    """Puts prices into `doc.spans["price"]`, each with its `span._.price`."""

    def __call__(self, doc: Doc) -> Doc:
        layout = doc._.layout
        spans: list[Span] = []
        for passage in layout.passages:
            for amount in amount_grammar(passage.language).read(layout.view, passage.start, passage.end):
                if price := _price(layout.view, passage, amount):
                    span = span_of(doc, layout.view, amount.start, amount.end, "price")
                    span._.price = price
                    spans.append(span)
        doc.spans["price"] = spans
        return doc
