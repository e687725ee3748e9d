"""Prices side by side: `python -m benchmarks.prices [CASES.jsonl]` compares moisson with the peers that are installed.

Without a file, the cases are those of tests/cases/price. A file holds a case a line: `text`, `lang`, and `expected`, a
list of {start, end, amount, amount_max, currency or currency_in}. Peers: price-parser, quantulum3, Recognizers-Text
(`pip install price-parser quantulum3 recognizers-text-number-with-unit`); none is needed.

overlap F1: a mention found with any overlap. exact F1: with the same bounds but for final full stops and spaces. value F1:
overlap with the right amounts and currency, over the cases that state them. Peers give no range, so their `amount_max` is
taken as stated where they give none.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from processors.currency import currency_terms
from processors.token_view import fold_phrase
from tests.bracketed import expected, read_context, tables, unbracketed

ROOT = Path(__file__).resolve().parents[1]

Span = dict[str, Any]
Finder = Callable[[str, str], list[Span]]
CODES = {"nb": "no", "zh-cn": "zh", "zh-tw": "zh-Hant"}


def moisson(text: str, language: str) -> list[Span]:
    """The prices of the whole pipeline, the language known."""
    found = []
    for mention in read_context(text, CODES.get(language, language)).mentions:
        if mention.type == "price":
            value: Any = mention.value
            low, high = value.amount_min, value.amount_max
            one = {"start": mention.start, "end": mention.end, "amount": high if low is None else low}
            found.append(
                one | {"amount_max": None if None in (low, high) or low == high else high, "codes": value.codes}
            )
    return found


def codes_of(sign: str) -> tuple[str, ...]:
    """The ISO codes that a sign or a name may mean, for peers that give it as it stands."""
    found = currency_terms("en").at(list(fold_phrase(sign)), 0)
    return found[1].codes if found else (sign,)


def price_parser(text: str, language: str) -> list[Span]:
    """price-parser reads one price a text; its place is where the amount's text stands."""
    from price_parser import Price

    price = Price.fromstring(text)
    if price.amount is None or not price.amount_text or price.amount_text not in text:
        return []
    start = text.index(price.amount_text)
    end = start + len(price.amount_text)
    sign = price.currency or ""
    at = text.find(sign, max(start - len(sign) - 1, 0)) if sign else -1
    if 0 <= at < start and start - at - len(sign) <= 1:
        start = at
    elif 0 <= at - end <= 1:
        end = at + len(sign)
    return [{"start": start, "end": end, "amount": price.amount, "amount_max": None, "codes": codes_of(sign)}]


def quantulum(text: str, language: str) -> list[Span]:
    """quantulum3: quantities whose unit is a currency."""
    from quantulum3 import parser

    found = (one for one in parser.parse(text) if one.unit.entity.name == "currency")
    codes = {"dollar": "USD", "euro": "EUR", "pound sterling": "GBP", "yen": "JPY"}
    return [
        {"start": one.span[0], "end": one.span[1], "amount": one.value, "amount_max": None}
        | {"codes": (codes.get(one.unit.name, one.unit.name),)}
        for one in found
    ]


def recognizers(text: str, language: str) -> list[Span]:
    """Recognizers-Text: currencies, in the cultures that it has."""
    from recognizers_number_with_unit import Culture, recognize_currency

    names = {"en": "English", "es": "Spanish", "fr": "French", "pt": "Portuguese", "zh": "Chinese", "ja": "Japanese"}
    culture = getattr(Culture, names.get(language, "English"), Culture.English)
    found = recognize_currency(text, culture)
    return [
        {"start": one.start, "end": one.end + 1, "amount": (one.resolution or {}).get("value"), "amount_max": None}
        | {"codes": ((one.resolution or {}).get("isoCurrency") or "",)}
        for one in found
    ]


PEERS = {
    "price-parser": ("price_parser", price_parser),
    "quantulum3": ("quantulum3", quantulum),
    "Recognizers-Text": ("recognizers_number_with_unit", recognizers),
}


@dataclass
class Score:
    """Counts over all cases."""

    wanted: int = 0
    found: int = 0
    overlapping: int = 0
    exact: int = 0
    right: int = 0
    negatives: int = 0
    hit: int = 0
    characters: int = 0
    seconds: float = field(default=0.0)

    def line(self, name: str) -> str:
        """The figures, as a line of the table."""
        both = self.wanted + self.found or 1
        f1 = (2 * count / both for count in (self.overlapping, self.exact, self.right))
        speed = self.characters / 1000 / self.seconds if self.seconds else 0
        return (
            f"{name:18s}" + "".join(f"{value:9.3f}" for value in f1) + f"{self.hit:6d}/{self.negatives:<5d}{speed:8.0f}"
        )


def own_cases() -> Iterator[dict[str, Any]]:
    """The cases of tests/cases/price."""
    for language, case in tables(ROOT / "tests" / "cases" / "price", "case"):
        text, surfaces = unbracketed(case["text"])
        spans, at = [], 0
        for surface, facts in zip(surfaces, expected(case, surfaces), strict=True):
            start = text.index(surface, at)
            at = start + len(surface)
            low, high = facts.get("amount"), facts.get("amount_max", facts.get("amount"))
            one = {
                "start": start,
                "end": at,
                "amount": low or high,
                "amount_max": None if low == high or not low else high,
            }
            spans.append(one | {"currency_in": [facts["currency"]]})
        yield {"text": text, "lang": language, "expected": spans}


def same(one: Any, other: Any) -> bool:
    """Whether two amounts are equal; a missing one equals a missing one."""
    try:
        return (one in (None, "")) == (other in (None, "")) and Decimal(str(one or 0)) == Decimal(str(other or 0))
    except InvalidOperation:
        return False


def measure(finder: Finder, cases: list[dict[str, Any]]) -> Score:
    """Run a finder over all cases."""
    score = Score()
    for case in cases:
        start = time.process_time()
        found = finder(case["text"], case["lang"])
        score.seconds += time.process_time() - start
        score.characters += len(case["text"])
        score.wanted, score.found = score.wanted + len(case["expected"]), score.found + len(found)
        score.negatives, score.hit = (
            score.negatives + (not case["expected"]),
            score.hit + (not case["expected"] and bool(found)),
        )
        for wanted in case["expected"]:
            match = next((one for one in found if one["start"] < wanted["end"] and wanted["start"] < one["end"]), None)
            if match is None:
                continue
            found = [one for one in found if one is not match]
            score.overlapping += 1
            score.exact += _trimmed(case["text"], match) == _trimmed(case["text"], wanted)
            codes = (
                [wanted["currency"]] if wanted.get("currency") else wanted.get("currency_in") or list(match["codes"])
            )
            amounts = same(wanted["amount"], match["amount"]) and same(wanted.get("amount_max"), match["amount_max"])
            score.right += amounts and bool(set(codes) & set(match["codes"]))
    return score


def _trimmed(text: str, span: Span) -> tuple[int, int]:
    end = span["end"]
    while end > span["start"] and text[end - 1] in ". \u00a0":
        end -= 1
    return span["start"], end


def main() -> None:
    """Print the table."""
    cases = (
        [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
        if sys.argv[1:]
        else list(own_cases())
    )
    moisson("1 €", "fr")
    for case in cases[:: max(len(cases) // 200, 1)]:
        moisson(case["text"], case["lang"])  # what a language needs is built on its first text
    print(f"{len(cases)} cases\n{'':18s}  overlap    exact    value  negatives hit  kchar/s")
    print(measure(moisson, cases).line("moisson"))
    for name, (module, finder) in PEERS.items():
        print(measure(finder, cases).line(name) if find_spec(module) else f"{name:18s}  not installed")
    print("moisson's speed is that of the whole pipeline; benchmarks.extract has the extractor's own")


if __name__ == "__main__":
    main()
