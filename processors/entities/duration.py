"""Durations: how long, or how many units, a program takes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import cast

from pydantic import Field
from spacy.language import Language
from spacy.tokens import Doc, Span

from processors.digits import after_refused
from processors.document import Passage
from processors.lexicon import Lexicon, lexicons_for
from processors.number import Number, grammar_for
from processors.token_view import PhraseTable, TokenView, span_of
from schemas.entity import Entity
from schemas.vocabulary import DurationUnit

# Longer is no program: "2024年" is a year, "40 ans" an age.
_LONGEST: dict[str, int] = {"year": 12, "semester": 20, "quarter": 30, "month": 120, "week": 200, "day": 400}
_DEFAULT_LONGEST = 2000
_CUE_GAP = 3


class DurationContext(Lexicon):
    """What tells a program's length from a moment, an age or an experience."""

    cues: list[str] = []
    vetoes_before: list[str] = []
    vetoes_after: list[str] = []


class DurationLexicon(Lexicon):
    """Words for units, by unit."""

    unit: dict[DurationUnit, list[str]] = {}
    counted: dict[str, str] = Field(default={}, description='words that hold their number: سنتان = "2 year"')
    context: DurationContext = DurationContext()


@dataclass(frozen=True, slots=True)
class Duration:
    """What a duration's mention says; `cued` where a word beside it speaks of a program's length."""

    quantity: Decimal
    unit: DurationUnit
    cued: bool
    rule: str

    def fill(self, entity: Entity) -> Entity:
        """The `entities` row with what this says."""
        return replace(entity, rule=self.rule, quantity=self.quantity, unit=self.unit)


Span.set_extension("duration", default=None, force=True)


class DurationGrammar:
    """The durations of one language."""

    def __init__(self, language: str) -> None:
        lexicons = lexicons_for("duration", DurationLexicon, language)
        self.numbers = grammar_for(language)
        self.units = PhraseTable(
            [(form, unit) for each in lexicons for unit, forms in each.unit.items() for form in forms]
        )
        self.counted = PhraseTable([pair for each in lexicons for pair in each.counted.items()])
        self.cues, self.vetoes_before, self.vetoes_after = (
            PhraseTable([(form, True) for each in lexicons for form in getattr(each.context, name)])
            for name in ("cues", "vetoes_before", "vetoes_after")
        )

    def read(self, view: TokenView, passage: Passage) -> Iterator[tuple[int, int, Duration]]:
        """Every duration of a passage, as (start, end, value)."""
        token = passage.start
        while token < passage.end:
            counted = self.counted.at(view.norm, token)
            if counted and counted[0] <= passage.end:
                quantity, unit = counted[1].split()
                cued = self._is_cued(view, token, passage.sentence_of(token)[0])
                yield token, counted[0], Duration(Decimal(quantity), cast(DurationUnit, unit), cued, "counted unit")
                token = counted[0]
                continue
            number = self.numbers.at(view, token)
            found = self._unit(view, number, passage.end) if number else None
            if number and found:
                end, unit = found
                if self._counts(view, number, end, unit):
                    cued = self._is_cued(view, number.start, passage.sentence_of(number.start)[0])
                    yield number.start, end, Duration(number.value, unit, cued, "number and unit")
                token = end
            else:
                token = number.end if number else after_refused(view, token)

    def _unit(self, view: TokenView, number: Number, limit: int) -> tuple[int, DurationUnit] | None:
        token = number.end + (number.end < limit and view.text[number.end] == "-")
        found = self.units.at(view.norm, token)
        return found if found and found[0] <= limit else None

    def _counts(self, view: TokenView, number: Number, end: int, unit: DurationUnit) -> bool:
        if not 0 < number.value <= _LONGEST.get(unit, _DEFAULT_LONGEST):
            return False
        return not (self.vetoes_before.ending_at(view.norm, number.start) or self.vetoes_after.at(view.norm, end))

    def _is_cued(self, view: TokenView, start: int, limit: int) -> bool:
        return any(self.cues.ending_at(view.norm, token) for token in range(start, max(start - _CUE_GAP, limit), -1))


@cache
def duration_grammar(language: str) -> DurationGrammar:
    """The grammar of a language, built once."""
    return DurationGrammar(language)


@Language.factory("moisson_duration", assigns=["doc.spans"])
def make_duration(nlp: Language, name: str) -> "DurationComponent":
    """The component that finds durations."""
    return DurationComponent()


class DurationComponent:
    """Puts durations into `doc.spans["duration"]`, each with its `span._.duration`."""

    def __call__(self, doc: Doc) -> Doc:
        layout = doc._.layout
        spans: list[Span] = []
        for passage in layout.passages:
            for start, end, duration in duration_grammar(passage.language).read(layout.view, passage):
                span = span_of(doc, layout.view, start, end, "duration")
                span._.duration = duration
                spans.append(span)
        doc.spans["duration"] = spans
        return doc
