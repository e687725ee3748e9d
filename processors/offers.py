"""Offers: which institution offers which program at which price for how long, where the article ties them together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from processors.context import Mention
from processors.document import Layout
from processors.entities.duration import Duration
from processors.entities.price import Price
from processors.entities.program import Program
from processors.entities.university import UniversityMention
from processors.lexicon import Lexicon, lexicons_for
from processors.token_view import PhraseTable, fold_phrase
from schemas.offer import Offer
from schemas.vocabulary import Evidence

# What one pays by the day, the week or the piece is rent, a canteen or a ticket, not a program.
_NOT_TUITION = frozenset({"day", "week", "person", "unit"})


class OfferLexicon(Lexicon):
    """What tells tuition from rent, and a degree on offer from one that somebody holds."""

    tuition: list[str] = []
    other: list[str] = []
    held: list[str] = []


class OfferCues:
    """The cues of one language."""

    def __init__(self, language: str) -> None:
        lexicons = lexicons_for("offer", OfferLexicon, language)
        self.known = bool(lexicons)
        self._tables = {
            name: PhraseTable([(form, True) for each in lexicons for form in getattr(each, name)])
            for name in ("tuition", "other", "held")
        }

    def has(self, name: str, text: str) -> bool:
        """Whether a cue of a list stands in a text."""
        norms = list(fold_phrase(text))
        table = self._tables[name]
        return any(norm in table and table.at(norms, token) for token, norm in enumerate(norms))


@cache
def offer_cues(language: str) -> OfferCues:
    """The cues of a language, built once."""
    return OfferCues(language)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of an offer."""

    university: Mention | None
    program: Mention | None
    price: Mention | None
    duration: Mention | None
    evidence: Evidence

    @property
    def anchor(self) -> Mention:
        """What the offer is told by: its price, or its program where it has none."""
        anchor = self.price or self.program
        assert anchor is not None  # every offer is made from one of them
        return anchor


class _Article:
    """The mentions of an article by the places that hold them together."""

    def __init__(self, mentions: Sequence[Mention], layout: Layout, article_id: str, sentences: Sequence[str]) -> None:
        self.mentions, self.layout, self.article_id, self.sentences = mentions, layout, article_id, sentences

    def row(self, one: Mention) -> int | None:
        return self.layout.passages[one.passage].block.row

    def near(self, one: Mention, kind: str, scope: str) -> list[Mention]:
        """Mentions of a type in the same sentence, block or table row, the nearest first, those before it preferred."""
        found = [other for other in self.mentions if other.type == kind and self._shares(one, other, scope)]
        return sorted(found, key=lambda other: _distance(one, other))

    def _shares(self, one: Mention, other: Mention, scope: str) -> bool:
        if scope == "row":
            return self.row(one) is not None and self.row(one) == self.row(other)
        return one.segment == other.segment if scope == "sentence" else one.passage == other.passage

    def cues(self, one: Mention) -> OfferCues:
        return offer_cues(self.layout.passages[one.passage].language)


def _distance(one: Mention, other: Mention) -> int:
    return one.start - other.end if other.end <= one.start else 3 * (other.start - one.end) + 1


def find_offers(mentions: Sequence[Mention], layout: Layout, article_id: str, sentences: Sequence[str]) -> list[Offer]:
    """The offers of an article, in reading order; `sentences` are the texts of its segments."""
    article = _Article(mentions, layout, article_id, sentences)
    priced = [parts for one in _prices(mentions) if (parts := _priced(article, one))]
    taken = {id(parts.program) for parts in priced if parts.program}
    free = [
        parts
        for one in mentions
        if one.type == "program" and id(one) not in taken
        if (parts := _unpriced(article, one))
    ]
    return [_offer(article_id, parts) for parts in sorted([*priced, *free], key=lambda parts: parts.anchor.start)]


def _prices(mentions: Iterable[Mention]) -> Iterator[Mention]:
    return (one for one in mentions if isinstance(one.value, Price) and one.value.amount_kind == "price")


def _priced(article: _Article, price: Mention) -> _Parts | None:
    """What a price is the price of, by the smallest place that tells; None where it is no offer's."""
    if article.row(price) is not None:
        return _from_row(article, price)
    program, university = _program_of(article, price), None
    if program is not None:
        university = _university_of(article, program, price)
        evidence = _evidence(article, price, program.segment == price.segment)
        return _Parts(university, program, price, _duration_of(article, program, price), evidence)
    university = next(iter(article.near(price, "university", "sentence")), None)
    if university is None or not _is_tuition(article, price):
        return None
    duration = next(iter(article.near(price, "duration", "sentence")), None)
    return _Parts(university, None, price, duration, _evidence(article, price, True))


def _from_row(article: _Article, price: Mention) -> _Parts | None:
    university, program, duration = (
        next(iter(article.near(price, kind, "row")), None) for kind in ("university", "program", "duration")
    )
    if university is None and program is None:
        return None
    return _Parts(university, program, price, duration, "table row")


def _evidence(article: _Article, one: Mention, same_sentence: bool) -> Evidence:
    kind = article.layout.passages[one.passage].block.kind
    return "list item" if kind == "list_item" else "sentence" if same_sentence else "heading"


def _program_of(article: _Article, price: Mention) -> Mention | None:
    """The program that a price is of: the nearest in its sentence, else the last one before it in its block."""
    cues, sentence = article.cues(price), article.sentences[price.segment]
    here = article.near(price, "program", "sentence")
    if here:
        return here[0]
    before = [one for one in article.near(price, "program", "block") if one.start < price.start]
    blocked = cues.has("other", sentence) or any(
        one.segment == price.segment for one in article.near(price, "platform", "block")
    )
    return before[0] if before and not blocked else None


def _university_of(article: _Article, program: Mention, price: Mention) -> Mention | None:
    """The institution that offers a program: in its sentence, else before it in its block, else in the headings above."""
    for anchor in (program, price):
        if found := article.near(anchor, "university", "sentence"):
            return found[0]
    if any(one.start < program.start for one in article.near(program, "platform", "sentence")):
        return None
    before = [one for one in article.near(program, "university", "block") if one.end <= program.start]
    return before[0] if before else _in_heading(article, program)


def _in_heading(article: _Article, one: Mention) -> Mention | None:
    section = article.layout.passages[one.passage].block.section
    if not section:
        return None
    last = section.rsplit(" > ", 1)[-1]
    above = [
        other
        for other in article.mentions
        if other.type == "university"
        and other.end <= one.start
        and article.layout.passages[other.passage].block.text == last
    ]
    return above[-1] if above else None


def _duration_of(article: _Article, program: Mention, price: Mention | None) -> Mention | None:
    """The duration nearest to a program or to its price, not parted from them by another program."""
    for anchor in (program, price):
        if anchor is None:
            continue
        for scope in ("sentence", "block"):
            for duration in article.near(anchor, "duration", scope):
                if not _parted(article, program, duration):
                    return duration
    return None


def _parted(article: _Article, program: Mention, duration: Mention) -> bool:
    first, last = sorted((program.end, duration.end))
    others = (one for one in article.mentions if one.type == "program" and one is not program)
    return any(first <= one.start < last for one in others)


def _is_tuition(article: _Article, price: Mention) -> bool:
    """Whether a price beside an institution, with no program named, is tuition."""
    cues, sentence = article.cues(price), article.sentences[price.segment]
    if cues.has("other", sentence) or getattr(price.value, "period", None) in _NOT_TUITION:
        return False
    return cues.has("tuition", sentence) if cues.known else True


def _unpriced(article: _Article, program: Mention) -> _Parts | None:
    """A program that an institution offers without a price: its sentence or list item names the institution."""
    cues, sentence = article.cues(program), article.sentences[program.segment]
    if cues.has("held", sentence):
        return None
    scope = "row" if article.row(program) is not None else "sentence"
    universities = article.near(program, "university", scope)
    if not universities or article.layout.passages[program.passage].block.kind in ("title", "heading"):
        return None
    evidence: Evidence = "table row" if scope == "row" else _evidence(article, program, True)
    return _Parts(universities[0], program, None, _duration_of(article, program, None), evidence)


def _offer(article_id: str, parts: _Parts) -> Offer:
    university, program, price, duration = parts.university, parts.program, parts.price, parts.duration
    institution = (
        university.value.institution if university and isinstance(university.value, UniversityMention) else None
    )
    paid = price.value if price and isinstance(price.value, Price) else None
    taken = duration.value if duration and isinstance(duration.value, Duration) else None
    return Offer(
        article_id=article_id,
        university_text=university.text if university else None,
        university_id=institution.id if institution else None,
        program_text=program.text if program else None,
        program_level=program.value.level if program and isinstance(program.value, Program) else None,
        price_text=price.text if price else None,
        amount_min=paid.amount_min if paid else None,
        amount_max=paid.amount_max if paid else None,
        currency=paid.codes[0] if paid else None,
        period=paid.period if paid else None,
        duration_text=duration.text if duration else None,
        quantity=taken.quantity if taken else None,
        unit=taken.unit if taken else None,
        segment=parts.anchor.segment,
        evidence=parts.evidence,
    )
