"""The table `entities`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from schemas.vocabulary import AmountKind, DurationUnit, EntityType, Period, ProgramLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A mention of a university, price, platform, program or duration."""

    article_id: Annotated[str, "the article it stands in"]
    type: Annotated[EntityType, "what it names"]
    text: Annotated[str, "the mention as written, `articles.text[start:end]`"]
    start: Annotated[int, "offset of its first character in the article's text, in Unicode code points"]
    end: Annotated[int, "offset after its last character"]
    segment: Annotated[int, "`segments.position` of the sentence it starts in"]
    rule: Annotated[str, "what found it"]
    canonical_id: Annotated[
        str | None, "university: main web domain; platform: slug; null where the gazetteer does not know it"
    ] = None
    canonical_name: Annotated[str | None, "usual English name of that university or platform"] = None
    country: Annotated[str | None, "ISO 3166-1 alpha-2 country of that university"] = None
    amount_min: Annotated[Decimal | None, "price: lower end; null for `up to`"] = None
    amount_max: Annotated[
        Decimal | None, "price: upper end, equal to `amount_min` for an exact amount; null for `from`"
    ] = None
    currency: Annotated[str | None, "price: ISO 4217 code"] = None
    currency_explicit: Annotated[
        bool | None, "price: false where the sign or word could mean several currencies and context decided"
    ] = None
    period: Annotated[Period | None, "price: what one pays it per, where stated"] = None
    amount_kind: Annotated[
        AmountKind | None, "`price` for what somebody pays for a good or a service, `money` for any other amount"
    ] = None
    platform_kind: Annotated[str | None, "platform: social, messenger, video, learning ..."] = None
    program_level: Annotated[ProgramLevel | None, "program: its level"] = None
    quantity: Annotated[Decimal | None, "duration: how many units"] = None
    unit: Annotated[DurationUnit | None, "duration: the unit"] = None
