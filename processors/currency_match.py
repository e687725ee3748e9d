"""Which currency stands beside a number: in front of it, behind it, as sign, code, name or name with its country."""

from dataclasses import replace
from functools import cache

from processors.currency import Currency, PriceLexicon, countries_of_names, currency_of_country, currency_terms
from processors.lexicon import lexicons_for
from processors.number import Number
from processors.token_view import PhraseTable, TokenView

Beside = tuple[int, Currency]


class CurrencyMatcher:
    """The currency terms of one language, and how they may stand beside a number."""

    def __init__(self, language: str) -> None:
        lexicons = lexicons_for("price", PriceLexicon, language)
        self.terms = currency_terms(language)
        self.country_before, self.country_behind = countries_of_names(language)
        # "millions d'euros" in every language; "450 de lei" in one.
        *own, general = reversed(lexicons)
        self.links = PhraseTable({form: True for lexicon in own for form in lexicon.links})
        self.links_of_multiples = PhraseTable(dict.fromkeys(general.links, True))
        self.only_after = frozenset(code for lexicon in lexicons for code in lexicon.only_after)
        self.names_before = any(lexicon.names_before for lexicon in lexicons)

    def may_stand_beside(self, view: TokenView, start: int, end: int) -> bool:
        """Whether a look at the words beside tokens [start, end) is worth while."""
        if start > 0 and self.terms.may_end(view.norm[start - 1]):
            return True
        if end >= len(view):
            return False
        behind = view.norm[end]
        tables = (self.terms, self.country_before, self.links, self.links_of_multiples)
        return behind in "-.,:" or any(behind in table for table in tables)

    def before(self, view: TokenView, token: int, free: int) -> Beside | None:
        """The currency in front of a number that starts at a token, as (its first token, currency)."""
        for start, currency in self.terms.every_ending_at(view.norm, token):
            if start >= free and self._may_stand_before(view, start, token, currency):
                return self._with_code_before(view, start, free, currency)
        return None

    def _may_stand_before(self, view: TokenView, start: int, token: int, currency: Currency) -> bool:
        written = view.surface(start, token)
        if currency.form == "glued":
            return not view.space[token - 1] and written == currency.written
        if currency.form == "code":
            return written == currency.written and written not in self.only_after
        if currency.form == "name":
            return self.names_before and len(written) > 1
        return _fits(currency, written) and not (start and _is_inside_word(view, start))

    def _with_code_before(self, view: TokenView, start: int, free: int, currency: Currency) -> Beside:
        """ "NZD $100", "SGD$4.90": a code in front of a sign settles what the sign means."""
        if currency.form == "sign" and len(currency.codes) > 1 and start > free:
            written = view.text[start - 1]
            code = written.upper() if len(written) == 3 else currency_of_country(written) if written.isupper() else None
            if code in currency.codes:
                return start - 1, Currency((code,), "sign", currency.factor)
        return start, currency

    def behind(self, view: TokenView, number: Number, end: int) -> Beside | None:
        """The currency behind a number, as (token after it, currency)."""
        token = number.end
        token += token < end and view.text[token] == "-"
        token += number.multiplied and token < end and view.text[token] == "." and not view.space[token - 1]
        link = self.links.at(view.norm, token)
        link = link or (self.links_of_multiples.at(view.norm, token) if number.multiplied else None)
        token = link[0] if link else token
        if country := self.country_before.at(view.norm, token):
            for stop, currency in self.terms.every_at(view.norm, country[0]):
                if stop <= end and (codes := tuple(code for code in currency.codes if code in country[1])):
                    return stop, replace(currency, codes=codes)
        for stop, currency in self.terms.every_at(view.norm, token):
            # The full stop of "25 лв." belongs to the abbreviation, but at the end of all to the sentence.
            last = stop - (view.text[stop - 1] == "." and stop == end)
            if last <= end and self._may_stand_behind(view, token, last, end, currency):
                return self._with_country_behind(view, last, end, currency)
        return None

    def _may_stand_behind(self, view: TokenView, token: int, stop: int, end: int, currency: Currency) -> bool:
        written = view.surface(token, stop)
        opens_next = stop < end and view.text[stop].isdecimal() and not view.space[stop - 1]
        if opens_next and currency.form == "sign" and (view.space[token - 1] or len(view.text[stop]) > 2):
            return False  # the sign belongs to the next number: "500 $300"
        if currency.form == "glued":
            return False
        if currency.form == "code":
            # "20 usd" is money; "en nok" is Danish for enough.
            digits = view.text[token - 1].isdecimal()
            small = digits and written.upper() == currency.written and written.upper() not in self.only_after
            return (written == currency.written or small) and not (stop < end and _is_inside_word(view, stop))
        return _fits(currency, written) and not (currency.form == "sign" and stop < end and _is_inside_word(view, stop))

    def _with_country_behind(self, view: TokenView, stop: int, end: int, currency: Currency) -> Beside:
        """ "dollars canadiens", "$CAD", "$ usd": what follows settles which currency is meant."""
        if len(currency.codes) < 2 or stop >= end:
            return stop, currency
        written = view.text[stop]
        code = written.upper() if len(written) == 3 else currency_of_country(written) if written.isupper() else None
        if currency.form == "sign" and code in currency.codes:
            return stop + 1, Currency((code,), "sign", currency.factor)
        country = self.country_behind.at(view.norm, stop) if currency.form == "name" else None
        codes = tuple(code for code in currency.codes if country and code in country[1])
        return (
            (country[0], replace(currency, codes=codes))
            if country and codes and country[0] <= end
            else (stop, currency)
        )


def _fits(currency: Currency, written: str) -> bool:
    """Whether a term of letters and signs is written as it must be: "A$" and "S$" are none in "a $5 book"."""
    return currency.written is None or written == currency.written


def _is_inside_word(view: TokenView, token: int) -> bool:
    """Whether no boundary stands between a token and the one before: "US|$", "12€|uro"."""
    before, after = view.text[token - 1], view.text[token]
    alphabetic = before[-1].isalpha() and after[0].isalpha() and max(ord(before[-1]), ord(after[0])) < 0x0E00
    return alphabetic and not view.space[token - 1]


@cache
def currency_matcher(language: str) -> CurrencyMatcher:
    """The matcher of a language, built once."""
    return CurrencyMatcher(language)
