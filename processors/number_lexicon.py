"""What a language's lexicon says about numbers."""

from decimal import Decimal

from pydantic import Field

from processors.lexicon import Lexicon


class NumberLexicon(Lexicon):
    """How a language writes numbers."""

    values: dict[str, Decimal] = Field(default={}, description="words that add: one, twenty, пятьсот")
    multipliers: dict[str, Decimal] = Field(default={}, description="words that multiply what stands before: hundred")
    magnitudes: dict[str, Decimal] = Field(default={}, description="abbreviations that multiply digits only: k, Mio.")
    fractions: dict[str, Decimal] = Field(default={}, description="numbers below a multiplier: half a, anderthalb")
    halves: dict[str, Decimal] = Field(default={}, description="what follows a multiplier: et demi, с половиной")
    connectors: list[str] = Field(default=[], description="words inside a written-out number: and, et")
    glued: bool = Field(default=False, description="written-out numbers are one word: zweihundert")
    articles: list[str] = Field(default=[], description="words that are one only before a multiplier: a million")
    vague: list[str] = Field(
        default=[], description="before a lone multiplier they make it no number: several thousand"
    )
