"""Amounts: numbers that a currency stands beside, with ranges, open ends and what follows a round amount (",-")."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from processors.currency import Currency, PriceLexicon, home_currency
from processors.currency_match import currency_matcher
from processors.digits import after_refused
from processors.lexicon import lexicons_for
from processors.number import Number, NumberGrammar, grammar_for
from processors.token_view import PhraseTable, TokenView

_DASHES = frozenset("-–—−~〜～")
# A spaced dash joins two ends of a range only when they are of one order: "Module 1 – 500 €" is no range.
_FARTHEST = 20
# So many pounds, crowns or francs are money.
_CERTAINLY_MONEY = 1000
_ROUND_MARKS = frozenset(",.:")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount over tokens [start, end): both ends (None: open), and its currency with what it is evidence of."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    currency: Currency
    rule: str


@dataclass(frozen=True, slots=True)
class _Side:
    """One end of an amount: its number, the currency beside it, and the tokens that both cover."""

    number: Number
    currency: Currency | None
    start: int
    end: int
    own_suffix: bool = False
    fraction: Decimal = Decimal(0)
    rule: str = ""

    def value(self, currency: Currency) -> Decimal:
        return (self.number.value + self.fraction) * currency.factor


class AmountGrammar:
    """The amounts of one language."""

    def __init__(self, language: str) -> None:
        lexicons = lexicons_for("price", PriceLexicon, language)
        self.numbers: NumberGrammar = grammar_for(language)
        self.currencies = currency_matcher(language)
        self.home = home_currency(language)
        self.weak = frozenset(code for lexicon in lexicons for code in lexicon.weak) - {self.home}
        bounds = [lexicon.bounds for lexicon in lexicons]
        self.open_before = PhraseTable(
            [(form, "from") for each in bounds for form in each.from_]
            + [(form, "up_to") for each in bounds for form in each.up_to]
        )
        self.open_after = PhraseTable(
            [(form, "from") for each in bounds for form in each.from_after]
            + [(form, "up_to") for each in bounds for form in each.up_to_after]
        )
        ranges = [lexicon.range for lexicon in lexicons]
        self.between = PhraseTable({form: True for each in ranges for form in each.between})
        self.either = PhraseTable({form: True for each in ranges for form in each.either})
        self.openers = PhraseTable({form: True for each in ranges for form in each.openers})

    def is_weak(self, amount: Amount) -> bool:
        """Whether a small number of a currency's noun means other things as often: twenty pounds, deux couronnes."""
        currency = amount.currency
        if max(amount.low or 0, amount.high or 0) >= _CERTAINLY_MONEY:
            return False
        is_noun = currency.form == "name" and (len(currency.codes) > 1 or currency.factor < 1)
        return is_noun and currency.codes[0] in self.weak

    def read(self, view: TokenView, start: int, end: int) -> list[Amount]:
        """The amounts of tokens [start, end), from left to right."""
        found: list[Amount] = []
        token = start
        while token < end:
            number = self.numbers.at(view, token)
            if number is None:
                token = after_refused(view, token)
                continue
            if not self._is_worth_while(view, number):
                token = number.end
                continue
            free = found[-1].end if found else start
            amount = self._amount(view, number, free, end)
            if amount and found and (whole := self._joined(view, found[-1], amount)):
                found[-1] = whole
            elif amount:
                found.append(amount)
            token = amount.end if amount else number.end
        return [amount for amount in found if not _goes_on(view, amount)]

    def _is_worth_while(self, view: TokenView, number: Number) -> bool:
        """Whether anything beside a number may make it an amount: most numbers of a text are none."""
        if self.currencies.may_stand_beside(view, number.start, number.end):
            return True
        behind = view.norm[number.end] if number.end < len(view) else ""
        return behind in _DASHES or behind in self.between

    def _joined(self, view: TokenView, major: Amount, minor: Amount) -> Amount | None:
        """An amount and its hundredths made one: "3 euros con 99 céntimos", "15 Dollar und 15 Cent", 50元6角."""
        gap = range(major.end, minor.start)
        smaller = minor.currency.factor < major.currency.factor and minor.currency.factor < 1
        exact = minor.low is not None and minor.low == minor.high and minor.low < 1 and major.rule != "range"
        joint = all(view.text[token][0].isalpha() or view.text[token] == "," for token in gap)
        if not (smaller and exact and joint and len(gap) < 2) or minor.low is None:
            return None
        low, high = (None if end is None else end + minor.low for end in (major.low, major.high))
        codes = tuple(code for code in major.currency.codes if code in minor.currency.codes) or major.currency.codes
        currency = replace(major.currency, codes=codes, factor=minor.currency.factor)
        return Amount(major.start, minor.end, low, high, currency, "amount and hundredths")

    def _amount(self, view: TokenView, number: Number, free: int, end: int) -> Amount | None:
        first = self._side(view, number, free, end)
        second = self._second_end(view, first, end)
        if second is not None:
            return self._range(view, first, second)
        if first.currency is None:
            return None
        value = first.value(first.currency)
        low, high = self._open(view, first.start, first.end, value)
        return Amount(first.start, first.end, low, high, first.currency, first.rule)

    def _side(self, view: TokenView, number: Number, free: int, end: int) -> _Side:
        before = self.currencies.before(view, number.start, free)
        after = self.currencies.behind(view, number, end)
        if before and after and after[1].form == "sign" and after[0] < end and view.text[after[0]].isdecimal():
            after = None  # "$ 20,000 $ 37,305": the second sign belongs to the next number
        if before is None and after is None:
            return self._round(view, _Side(number, None, number.start, number.end))
        start = before[0] if before else number.start
        stop, currency = after if after else (number.end, None)
        if before and currency is not None and not set(currency.codes) & set(before[1].codes):
            stop, currency = number.end, None  # "$500 €" does not occur; "€20, 30 $" is two amounts
        number, stop = self._with_magnitude_behind(view, number, stop, end)
        chosen = _agreed(before[1] if before else None, currency)
        side = _Side(number, chosen, start, stop, currency is not None, rule=_rule(number, before is not None))
        return self._with_fraction(view, side) if currency is not None else self._round(view, side)

    def _with_magnitude_behind(self, view: TokenView, number: Number, stop: int, end: int) -> tuple[Number, int]:
        """ "75 USD millones": the magnitude may stand behind the currency."""
        word = self.numbers.word_at(view, stop) if stop < end and stop > number.end and not number.multiplied else None
        if word is None or word[1].kind != "multipliers" or word[1].value < _CERTAINLY_MONEY or word[0] > end:
            return number, stop
        factor = word[1].value
        return replace(number, value=number.value * factor, multiplied=True, multiplier=factor), word[0]

    def _with_fraction(self, view: TokenView, side: _Side) -> _Side:
        """The hundredths behind the sign: "4€50", "8块5"."""
        token = side.end
        if token >= len(view) or view.space[token - 1] or not view.text[token].isdecimal() or len(view.text[token]) > 2:
            return self._round(view, side)
        if self.currencies.terms.at(view.norm, token + 1):
            return side  # "2ドル3セント": the digits have a currency of their own
        fraction = Decimal(int(view.text[token])) / 10 ** len(view.text[token])
        return _Side(side.number, side.currency, side.start, token + 1, True, fraction, "amount with fraction")

    def _round(self, view: TokenView, side: _Side) -> _Side:
        """A mark of round amounts behind the number: "1.200,-", "19:-", "1'000.–"; it stands for the home currency."""
        token = side.end
        if token + 1 >= len(view) or view.space[token - 1] or view.text[token] not in _ROUND_MARKS or view.space[token]:
            return side
        if view.text[token + 1] not in _DASHES or (
            token + 2 < len(view) and view.text[token + 2].isalnum() and not view.space[token + 1]
        ):
            return side
        stop, currency = token + 2, side.currency
        after = self.currencies.terms.at(view.norm, stop)
        if currency is None and after is not None and after[1].form != "glued":
            stop, currency = after
        if currency is None and self.home:
            currency = Currency((self.home, self.home), "sign")
        return _Side(side.number, currency, side.start, stop, True, rule="round amount")

    def _second_end(self, view: TokenView, first: _Side, end: int) -> _Side | None:
        """The upper end of a range whose lower end was read, or None."""
        joined = self._join(view, first)
        if joined is None or joined >= end:
            return None
        token = joined
        before = self.currencies.terms.at(view.norm, token)
        number = self.numbers.at(view, before[0] if before and before[1].form != "name" else token)
        if number is None:
            return None
        second = self._side(view, number, token, end)
        if second.start > token or (first.currency is None and second.currency is None):
            return None
        return second if self._spans(view, first, second) else None

    def _join(self, view: TokenView, first: _Side) -> int | None:
        token = first.end
        if token < len(view) and view.text[token] in _DASHES:
            return token + 1
        found = self.between.at(view.norm, token)
        if found is None:
            return None
        # "and" joins a range only after an opener: "between 5 and 10".
        opened = self.openers.ending_at(view.norm, first.start) is not None
        is_and = self.numbers.word_at(view, token)
        return found[0] if opened or not (is_and and is_and[1].kind == "connectors") else None

    def _spans(self, view: TokenView, first: _Side, second: _Side) -> bool:
        low, high = self._shared(first, second), second.number.value
        spaced = view.space[first.end - 1]
        dash = view.text[first.end] in _DASHES
        opened = self.openers.ending_at(view.norm, first.start) is not None
        if first.currency and second.currency and first.currency.factor != second.currency.factor:
            return False  # "jednog dolara i četrdeset dva centa"
        joined = self.either.at(view.norm, first.end) is not None
        if first.currency and second.currency and joined and not opened:
            return False  # "300 гривень або 500 грн", "₹2 lakh or ₹3 lakh"
        if first.own_suffix and second.currency is None and not (dash or opened):
            return False  # "2 dollars and 23 people"
        if low >= high or (dash and spaced and first.currency is None and high > _FARTHEST * low):
            return False
        return (
            first.currency is None
            or second.currency is None
            or bool(set(first.currency.codes) & set(second.currency.codes))
        )

    def _shared(self, first: _Side, second: _Side) -> Decimal:
        """The lower end, with the upper end's magnitude where it has none: "2–3 Mio. €"."""
        base = second.number.value / second.number.multiplier
        carries = (
            second.number.multiplied
            and not first.number.multiplied
            and first.number.value < base
            and not first.own_suffix
        )
        return first.number.value * second.number.multiplier if carries else first.number.value

    def _range(self, view: TokenView, first: _Side, second: _Side) -> Amount:
        currency = (
            second.currency
            if second.currency and (second.currency.explicit or first.currency is None)
            else first.currency
        )
        assert currency is not None  # _second_end refuses two bare numbers
        low, high = self._shared(first, second) * currency.factor, second.value(currency)
        return Amount(first.start, second.end, low, high, currency, "range")

    def _open(self, view: TokenView, start: int, end: int, value: Decimal) -> tuple[Decimal | None, Decimal | None]:
        before = self.open_before.ending_at(view.norm, start) or self.open_before.ending_at(view.norm, start - 1)
        after = self.open_after.at(view.norm, end)
        which = before[1] if before else after[1] if after else None
        return (None if which == "up_to" else value), (None if which == "from" else value)


def _agreed(before: Currency | None, behind: Currency | None) -> Currency | None:
    """What two terms around a number mean together: "$12,900 pesos" are pesos."""
    if before is None or behind is None:
        return before or behind
    return replace(behind, codes=tuple(code for code in behind.codes if code in before.codes))


def _goes_on(view: TokenView, amount: Amount) -> bool:
    """Whether a tenth's sign is the start of another word: 五角 | 大楼, the Pentagon."""
    after = view.text[amount.end][0] if amount.end < len(view) and not view.space[amount.end - 1] else ""
    alone = amount.rule != "amount and hundredths" and amount.currency.factor == Decimal("0.1")
    return alone and "\u4e00" <= after <= "\u9fff"


def _rule(number: Number, before: bool) -> str:
    written = "digits" if number.digits else "words"
    return f"currency before {written}" if before else f"currency after {written}"


@cache
def amount_grammar(language: str) -> AmountGrammar:
    """The amount grammar of a language, built once."""
    return AmountGrammar(language)
