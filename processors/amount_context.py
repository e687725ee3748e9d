"""What stands around an amount: what it is paid per, and whether it is a price or other money."""

from functools import cache
from typing import cast

from processors.currency import PriceLexicon
from processors.lexicon import lexicons_for
from processors.token_view import PhraseTable, TokenView, fold_phrase
from schemas.vocabulary import AmountKind, Period

# How many words may stand between an amount and its period: "€ brut par an".
_GAP_AFTER, _GAP_BEFORE = 2, 5
_STOPS = frozenset(".;:!?…。；：！？,，、،")


class AmountContext:
    """The cues of one language."""

    def __init__(self, language: str) -> None:
        lexicons = lexicons_for("price", PriceLexicon, language)
        self._after = PhraseTable(
            [(f, p) for each in lexicons for p, forms in each.period.after.items() for f in forms]
        )
        self._before = PhraseTable(
            [(f, p) for each in lexicons for p, forms in each.period.before.items() for f in forms]
        )
        self._kind = PhraseTable(
            [(form, "price") for each in lexicons for form in each.kind.price]
            + [(form, "money") for each in lexicons for form in each.kind.money]
        )

    def period(self, view: TokenView, start: int, end: int, sentence: tuple[int, int]) -> Period | None:
        """What the amount over tokens [start, end) is paid per, by the nearest words of its sentence."""
        for token in range(end, min(end + _GAP_AFTER + 1, sentence[1])):
            if found := self._after.at(view.norm, token):
                return cast(Period, found[1])
            if view.text[token] in _STOPS or view.text[token].isdecimal():
                break
        for token in range(start, max(start - _GAP_BEFORE, sentence[0]), -1):
            if found := self._before.ending_at(view.norm, token):
                return cast(Period, found[1])
            if view.text[token - 1] in _STOPS:
                break
        return None

    def period_in(self, header: str) -> Period | None:
        """What a table's header says that its column is paid per."""
        norms = list(fold_phrase(header))
        for table in (self._after, self._before):
            for token in range(len(norms)):
                if found := table.at(norms, token):
                    return cast(Period, found[1])
        return None

    def kind(self, view: TokenView, start: int, end: int, sentence: tuple[int, int]) -> AmountKind | None:
        """Price or other money, by the nearest cue of the sentence; one behind the amount counts as farther off."""
        best: tuple[float, str] | None = None
        for token in range(sentence[0], sentence[1]):
            if start <= token < end:
                continue
            if found := self._kind.at(view.norm, token):
                distance = start - found[0] if token < start else 1.5 * (token - end) + 1
                best = min(best, (distance, found[1])) if best else (distance, found[1])
        return cast(AmountKind, best[1]) if best else None

    def kind_in(self, heading: str) -> AmountKind | None:
        """What the heading above an amount, or its column's, says that it is."""
        norms = list(fold_phrase(heading))
        found = next((hit for token in range(len(norms)) if (hit := self._kind.at(norms, token))), None)
        return cast(AmountKind, found[1]) if found else None


@cache
def amount_context(language: str) -> AmountContext:
    """The cues of a language, built once."""
    return AmountContext(language)
