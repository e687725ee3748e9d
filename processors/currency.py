"""Currencies: every sign, code and name that stands for one, from CLDR and from the lexicons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies
from pydantic import Field

from processors.language import UNDETERMINED
from processors.lexicon import Lexicon, lexicons_for, load_lexicons
from processors.token_view import PhraseTable, fold_phrase


class Bounds(Lexicon):
    """Words that leave one end of an amount open, in front of it and behind it."""

    from_: list[str] = Field(default=[], alias="from")
    from_after: list[str] = []
    up_to: list[str] = []
    up_to_after: list[str] = []


class RangeWords(Lexicon):
    """Words between the two ends of a range, and words that open one."""

    between: list[str] = []
    either: list[str] = []
    openers: list[str] = []


class PeriodWords(Lexicon):
    """What one pays it per, by period: behind the amount and in front of it."""

    after: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}


class KindCues(Lexicon):
    """Words that tell a price from other money."""

    price: list[str] = []
    money: list[str] = []


class PriceLexicon(Lexicon):
    """What a language says about money and CLDR does not know."""

    currency: dict[str, list[str]] = Field(default={}, description="ISO code: forms")
    ambiguous: dict[str, list[str]] = Field(default={}, description="form: ISO codes, the likeliest first")
    minor: dict[str, list[str]] = Field(default={}, description="hundredth: ISO codes")
    glued: dict[str, list[str]] = Field(default={}, description="letters that are a sign only glued before digits")
    scaled: dict[str, str] = Field(default={}, description="form: how many of which currency: toman = 10 IRR, mkr")
    tenths: dict[str, list[str]] = Field(default={}, description="tenth: ISO codes: 角")
    links: list[str] = Field(default=[], description="between a magnitude and a currency: millions d'euros")
    names_before: bool = Field(default=False, description="names stand before the number: shilingi 50,000")
    ordinary: list[str] = Field(default=[], description="nouns of currencies that are ordinary words too: real, won")
    weak: list[str] = Field(default=[], description="codes whose nouns mean other things too: pounds, crowns")
    only_after: list[str] = Field(default=[], description="codes that are words: no sign before a number")
    bounds: Bounds = Bounds()
    range: RangeWords = RangeWords()
    period: PeriodWords = PeriodWords()
    kind: KindCues = KindCues()


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency term: the currencies that it may mean, how it is written, and what one unit of it is worth."""

    codes: tuple[str, ...]
    form: Literal["sign", "code", "name", "glued"]
    factor: Decimal = Decimal(1)
    written: str | None = None

    @property
    def explicit(self) -> bool:
        """Whether it can mean one currency only."""
        return len(self.codes) == 1


def _paid_in(country: str) -> tuple[str, ...]:
    try:
        return tuple(get_territory_currencies(country))
    except KeyError:
        return ()


# Precious metals, bond units and test codes have names and symbols in CLDR too, "or" and "gold" among them.
_PAID_WITH = frozenset({"XOF", "XAF", "XPF", "XCD", "XCG"})
# What people pay with today, and which of several currencies of one noun is meant where nothing else tells.
_CIRCULATING = frozenset(code for country in Locale("en").territories for code in _paid_in(country))
_RANK = {
    code: rank
    for rank, code in enumerate(
        ["USD", "EUR", "GBP", "JPY", "CNY", "INR", "CAD", "AUD", "CHF", "MXN", "SEK", "RUB", "TRY", "KES"]
    )
}


@cache
def currency_terms(language: str) -> PhraseTable[Currency]:
    """Every currency term of a language, and those that hold in every language."""
    # A text in no known language may be in any: "171900 руб." says enough.
    every = load_lexicons("price", PriceLexicon).values()
    lexicons = list(every) if language == UNDETERMINED else lexicons_for("price", PriceLexicon, language)
    # What a person wrote down for the language stands before what holds everywhere, and both before CLDR.
    terms = [*_listed(reversed(lexicons)), *_cldr(language), *_generic(language)]
    first: dict[tuple[str, ...], tuple[str, Currency]] = {}
    for form, term in terms:
        if language == UNDETERMINED and term.form == "sign" and form.istitle():
            term = replace(term, written=term.written or form)  # "16.00 ft" may be feet
        first.setdefault(fold_phrase(form), (form, term))
    return PhraseTable(first.values())


def _listed(lexicons: Iterable[PriceLexicon]) -> Iterator[tuple[str, Currency]]:
    for lexicon in lexicons:
        for form, codes in lexicon.ambiguous.items():
            yield form, Currency(tuple(codes), _form(form), written=_as_written(form))
        for form, codes in lexicon.minor.items():
            yield form, Currency(tuple(codes), _form(form), Decimal("0.01"))
        for form, codes in lexicon.tenths.items():
            yield form, Currency(tuple(codes), _form(form), Decimal("0.1"))
        for form, worth in lexicon.scaled.items():
            factor, code = worth.split()
            yield form, Currency((code,), _form(form), Decimal(factor))
        for code, forms in lexicon.currency.items():
            yield from ((form, Currency((code,), _form(form), written=_as_written(form))) for form in forms)
        for code, forms in lexicon.glued.items():
            yield from ((form, Currency((code,), "glued", written=form)) for form in forms)


def _as_written(term: str) -> str | None:
    """A sign with letters in it means its currency only as it is written: "A$" is no "a $"."""
    if term.isascii() and term.isalpha() and term.isupper() and len(term) < 5:
        return term  # KM is a currency, km a distance
    is_mixed = any(char.isalpha() for char in term) and not term.replace(" ", "").isalpha() and not term.endswith(".")
    return term if is_mixed else None


def _form(term: str) -> Literal["sign", "name"]:
    foreign = term.isalpha() and ord(term[0]) > 0x0500
    return "name" if (term.isalpha() and len(term) > 3) or foreign or " " in term else "sign"


def _cldr(language: str) -> Iterator[tuple[str, Currency]]:
    for code in Locale("en").currencies:
        yield code, Currency((code,), "code", written=code)
        yield f"M{code}", Currency((code,), "code", Decimal(1_000_000), written=f"M{code}")
        yield f"k{code}", Currency((code,), "code", Decimal(1_000), written=f"k{code}")
    for name in dict.fromkeys(("en", language)):
        locale = _locale(name)
        if locale is not None:
            yield from _names(locale, is_own=name == language)
            yield from _symbols(locale)


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def _names(locale: Locale, *, is_own: bool) -> Iterator[tuple[str, Currency]]:
    """Names and their plural forms; a name that several currencies bear may mean each of them."""
    meant: dict[str, set[str]] = {}
    plurals = locale._data["currency_names_plural"]  # Babel offers plural forms only one count at a time
    for code, name in locale.currencies.items() if is_own else ():
        if code.startswith("X") and code not in _PAID_WITH:
            continue
        for form in {name, *dict(plurals.get(code, {})).values()}:
            # "(1927–2002)" marks what is out of use.
            if not any(char.isdigit() or char in "()" for char in form) and len(form) > 1:
                meant.setdefault(form, set()).add(code)
    yield from ((form, Currency(tuple(sorted(codes)), "name")) for form, codes in meant.items())


def _symbols(locale: Locale) -> Iterator[tuple[str, Currency]]:
    for code, symbol in locale.currency_symbols.items():
        if symbol != code and (len(symbol) > 1 or not symbol.isalpha()) and not code.startswith("X"):
            yield symbol, Currency((code,), "sign", written=_as_written(symbol))


@cache
def countries_of_names(language: str) -> tuple[PhraseTable[frozenset[str]], PhraseTable[frozenset[str]]]:
    """What says which country's currency a noun is, in front of the noun and behind it, with the currencies meant.

    CLDR's "australske dollar" teaches "australske", so that "australske dollars" is read too; "dollars canadiens" teaches
    "canadiens"; and a country's own name does it as well: "hong kong dollars", "dólares de Hong Kong".
    """
    before: dict[str, set[str]] = {}
    behind: dict[str, set[str]] = {}
    for words, codes in _names_of_words(language):
        before.setdefault(" ".join(words[:-1]), set()).update(codes)
        behind.setdefault(" ".join(words[1:]), set()).update(codes)
    links = [link for lexicon in lexicons_for("price", PriceLexicon, language) for link in lexicon.links]
    for locale in filter(None, map(_locale, ("en", language))):
        for country, name in locale.territories.items():
            if code := currency_of_country(country):
                before.setdefault(name, set()).add(code)
                for link in links:
                    behind.setdefault(f"{link} {name}", set()).add(code)
    return _frozen(before), _frozen(behind)


def _frozen(table: dict[str, set[str]]) -> PhraseTable[frozenset[str]]:
    return PhraseTable({form: frozenset(codes) for form, codes in table.items()})


def _names_of_words(language: str) -> list[tuple[list[str], tuple[str, ...]]]:
    """CLDR's names of more than one word, with their currencies."""
    locale = _locale(language)
    named = _names(locale, is_own=True) if locale else ()
    return [(form.split(), term.codes) for form, term in named if " " in form]


def _generic(language: str) -> Iterator[tuple[str, Currency]]:
    """The nouns of CLDR's names, each of which several currencies may bear: "dollar", "peso", "დოლარი".

    The noun stands last ("Canadian dollar") or first ("dollar canadien"): where the fewer different words stand.
    """
    names = _names_of_words(language)
    locale = _locale(language)
    singular = [words for name in (locale.currencies.values() if locale else ()) if len(words := name.split()) > 1]
    place = min((0, -1), key=lambda at: len({words[at] for words in singular}))
    meant: dict[str, list[str]] = {}
    for words, codes in names:
        meant.setdefault(words[place], []).extend(code for code in codes if code in _CIRCULATING)
    ordinary = {word for lexicon in lexicons_for("price", PriceLexicon, language) for word in lexicon.ordinary}
    for noun, named in meant.items():
        if len(noun) > 3 and noun.lower() not in ordinary and named:
            ranked = sorted(dict.fromkeys(named), key=lambda code: (_RANK.get(code, len(_RANK)), code))
            yield noun, Currency(tuple(ranked), "name")


@cache
def home_currency(language: str) -> str | None:
    """The currency of the country that a language is most at home in: EUR for fr, INR for hi."""
    return currency_of_country(home_country(language))


@cache
def home_country(tag: str) -> str | None:
    """The country that a language tag names, or else the one its language is most at home in: `fr-CA` CA, `fr` FR."""
    parts = tag.replace("-", "_").split("_")
    stated = next((part.upper() for part in parts[1:] if len(part) == 2), None)
    likely = get_global("likely_subtags").get(parts[0].lower(), "") if parts[0] != UNDETERMINED else ""
    return stated or (likely.rsplit("_", 1)[-1] if "_" in likely else None)


@cache
def currency_of_country(country: str | None) -> str | None:
    """The currency that a country (ISO 3166-1 alpha-2) pays with today."""
    try:
        return next(iter(get_territory_currencies(country)), None) if country else None
    except KeyError:
        return None


@cache
def is_official(language: str, country: str) -> bool:
    """Whether a language is an official one of a country, by CLDR."""
    return language in get_official_languages(country, regional=True, de_facto=True)
