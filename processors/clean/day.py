"""Days: the date in a line about an article, with the month names that CLDR has for every language of ours."""

import re
from datetime import UTC, datetime
from functools import cache

from babel import Locale, UnknownLocaleError

from processors.clean.cue import languages
from processors.fold import fold

_NUMERIC = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_NUMERIC_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
# Day, month and year stand within so many words and numbers of each other.
_NEAR = 4
# A page of more characters is no article whose date were worth the search.
_LARGEST = 1_000_000
_FIRST, _LAST = 1990, 2100
# Thailand's Buddhist calendar is this many years ahead.
_BUDDHIST = 543


def find_day(text: str) -> datetime | None:
    """The first date in a text, at midnight UTC; None where there is none.

    >>> find_day("Von Anna Meier · 3. März 2024").date().isoformat()
    '2024-03-03'
    >>> find_day("2023년 12월 22일").date().isoformat(), find_day("im März")
    ('2023-12-22', None)
    """
    if found := _NUMERIC.search(text):
        return _day(found[1], found[2], found[3])
    if found := _NUMERIC_LAST.search(text):
        # Day before month, unless the second number can be no month.
        return _day(found[4], found[3], found[1]) or _day(found[4], found[1], found[3])
    return _in_words(text)


def day_of_page(html: str) -> datetime | None:
    """The day that htmldate finds for a page in its address, its markup or its text; None where it is not sure."""
    if len(html) > _LARGEST:
        return None
    from htmldate import find_date  # brings a library of date formats, which most pages can do without

    found = find_date(html, original_date=True, extensive_search=False)
    return find_day(found) if found else None


def _in_words(text: str) -> datetime | None:
    tokens = _TOKEN.findall(fold(text))
    for at in range(len(tokens)):
        month, length = _month(tokens, at)
        if not month:
            continue
        around = tokens[max(0, at - _NEAR) : at][::-1], tokens[at + length : at + length + _NEAR]
        year = next((word for side in around for word in side if word.isdecimal() and _year(word)), None)
        day = next(
            (word for side in around for word in side if word.isdecimal() and 0 < int(word) < 32 and len(word) < 3),
            None,
        )
        if year and day:
            return _day(year, str(month), day)
    return None


def _year(word: str) -> int | None:
    if len(word) != 4:
        return None
    year = int(word)
    year -= _BUDDHIST if year > _LAST + 300 else 0
    return year if _FIRST <= year <= _LAST else None


def _day(year: str, month: str, day: str) -> datetime | None:
    known = _year(year)
    try:
        return datetime(known, int(month), int(day), tzinfo=UTC) if known else None
    except ValueError:
        return None


def _month(tokens: list[str], at: int) -> tuple[int, int]:
    """The month whose name begins at a token, and how many tokens it has; (0, 0) where none does."""
    months = _months()
    for length in (2, 1):
        if at + length <= len(tokens) and (month := months.get(" ".join(tokens[at : at + length]))):
            return month, length
    return 0, 0


@cache
def _months() -> dict[str, int]:
    """Months by every name that CLDR knows for them; a name that two languages give to two months is left out."""
    found: dict[str, set[int]] = {}
    for language in languages():
        try:
            locale = Locale.parse(language.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
        for context in locale.months.values():
            for width in ("wide", "abbreviated"):
                for month, name in context[width].items():
                    words = _TOKEN.findall(fold(name))
                    if words and not (len(words) == 1 and words[0].isdecimal()):
                        found.setdefault(" ".join(words), set()).add(month)
    return {name: min(months) for name, months in found.items() if len(months) == 1}
