"""The table `offers`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from schemas.vocabulary import DurationUnit, Evidence, Period, ProgramLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Who offers what at which price for how long; what the article does not tie to it is null."""

    article_id: Annotated[str, "the article that says so"]
    university_text: Annotated[str | None, "the university's mention"] = None
    university_id: Annotated[str | None, "its `canonical_id`"] = None
    program_text: Annotated[str | None, "the program's mention"] = None
    program_level: Annotated[ProgramLevel | None, "its level"] = None
    price_text: Annotated[str | None, "the price's mention"] = None
    amount_min: Annotated[Decimal | None, "lower end of the price"] = None
    amount_max: Annotated[Decimal | None, "upper end of the price"] = None
    currency: Annotated[str | None, "ISO 4217 code of the price"] = None
    period: Annotated[Period | None, "what one pays the price per"] = None
    duration_text: Annotated[str | None, "the duration's mention"] = None
    quantity: Annotated[Decimal | None, "how many units it takes"] = None
    unit: Annotated[DurationUnit | None, "the unit"] = None
    segment: Annotated[int, "`segments.position` of the price, or of the program where there is no price"]
    evidence: Annotated[Evidence, "the smallest thing that holds the parts together"]
