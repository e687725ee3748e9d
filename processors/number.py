"""Numbers in running text: digits with any separators, words, digits with magnitudes, and mixtures.

"4 995", "1.200,50", "२५", "12万8000", "2,5 millions", "mille cinq cents", "fünftausendneunhundertachtzig".
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from processors.digits import MAX_DIGITS, after_refused, ascii_digits, read_digits
from processors.fold import fold
from processors.lexicon import lexicons_for
from processors.number_lexicon import NumberLexicon
from processors.number_stack import Stack
from processors.token_view import PhraseTable, TokenView, fold_phrase

# A larger amount does not fit the Arrow column, and no article means it.
LIMIT = Decimal(10) ** 24
# "siebenhundertsiebenundsiebzigtausendsiebenhundertsiebenundsiebzig" has 64 letters.
_LONGEST_WORD = 80
# "mille euros", "миллион рублей", "एक" left out before "करोड़": larger ones are not said without a number.
_LONE = 10_000_000


def _lone_multipliers(lexicons: list[NumberLexicon]) -> frozenset[tuple[str, ...]]:
    """The multipliers that are a number on their own: of each value up to 10,000 the form that is listed first."""
    first: dict[Decimal, str] = {}
    for lexicon in reversed(lexicons):
        for form, value in lexicon.multipliers.items():
            first.setdefault(value, form)
    return frozenset(fold_phrase(form) for value, form in first.items() if value <= _LONE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number over tokens [start, end)."""

    start: int
    end: int
    value: Decimal
    digits: bool
    multiplied: bool
    multiplier: Decimal


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    value: Decimal


class NumberGrammar:
    """The numbers of one language, and what holds in every language."""

    def __init__(self, language: str) -> None:
        lexicons = lexicons_for("number", NumberLexicon, language)
        pairs: list[tuple[str, _Word]] = []
        # The language's own words stand before those of every language: Indonesian M is 10⁹.
        for lexicon in reversed(lexicons):
            for kind in ("values", "multipliers", "magnitudes", "fractions", "halves"):
                pairs += [(form, _Word(kind, value)) for form, value in getattr(lexicon, kind).items()]
            pairs += [(form, _Word("connectors", Decimal(0))) for form in lexicon.connectors]
            pairs += [(form, _Word("articles", Decimal(1))) for form in lexicon.articles]
        self._words = PhraseTable(pairs)
        self.vague = PhraseTable([(form, True) for lexicon in lexicons for form in lexicon.vague])
        self.conjunctions = frozenset(fold(form) for each in lexicons for form in each.connectors) - {"-"}
        self.lone = _lone_multipliers(lexicons)
        atoms = {fold(form): word for form, word in pairs if word.kind in ("values", "multipliers", "connectors")}
        self._atoms = atoms if any(lexicon.glued for lexicon in lexicons) else {}
        self._first_letters = frozenset(atom[:2] for atom in self._atoms)
        self.compound = lru_cache(maxsize=20_000)(self._compound)

    def at(self, view: TokenView, token: int) -> Number | None:
        """The number that starts at a token, or None."""
        if token >= len(view):
            return None
        norm = view.norm[token]
        if norm == "." and _opens_fraction(view, token):
            return _fraction(view, token)
        if not (view.text[token][0].isdecimal() or norm in self._words or norm[:2] in self._first_letters):
            return None
        return _Reader(self, view, token).read()

    def word_at(self, view: TokenView, token: int) -> tuple[int, "_Word"] | None:
        """The number word that starts at a token, as (token after it, word)."""
        if found := self._words.at(view.norm, token):
            return found
        if token < len(view) and (value := self.compound(view.norm[token])) is not None:
            return token + 1, _Word("compound", value)
        return None

    def _compound(self, word: str) -> Decimal | None:
        """The value of a number written as one word, by its atoms from left to right."""
        if not 5 <= len(word) <= _LONGEST_WORD or word[:2] not in self._first_letters:
            return None
        atoms = self._segment(word)
        if not atoms:
            return None
        stack = Stack()
        for atom in atoms:
            accepted = atom.kind == "connectors" or (
                stack.multiply(atom.value) if atom.kind == "multipliers" else stack.add(atom.value, german_order=True)
            )
            if not accepted:
                return None
        return stack.total()

    def _segment(self, word: str) -> list[_Word] | None:
        longest = max(map(len, self._atoms))
        ways: list[list[_Word] | None] = [[]] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - longest), end):
                before = ways[start]
                atom = self._atoms.get(word[start:end])
                best = ways[end]
                if before is not None and atom is not None and (best is None or len(before) + 1 < len(best)):
                    ways[end] = [*before, atom]
        return ways[-1]


class _Reader:
    """Reads one number from a token on."""

    def __init__(self, grammar: NumberGrammar, view: TokenView, token: int) -> None:
        self.grammar, self.view, self.first = grammar, view, token
        self.stack = Stack()
        self.digits = self.multiplied = False
        self.multiplier = Decimal(1)
        self.last = ""

    def read(self) -> Number | None:
        end = token = self.first
        while token < len(self.view):
            step = self._step(token)
            if step is None:
                break
            token = step
            if self.last not in ("connectors", "articles"):
                end = token
        if end == self.first:
            return None
        value = self.stack.total()
        if value > LIMIT:
            return None
        return Number(self.first, end, value, self.digits, self.multiplied, self.multiplier)

    def _step(self, token: int) -> int | None:
        if self.view.text[token][0].isdecimal():
            return self._digits(token)
        found = self.grammar.word_at(self.view, token)
        if found is None:
            return None
        end, word = found
        if not getattr(self, f"_{word.kind}")(token, end, word.value):
            return None
        self.last = word.kind
        return end + self._full_stop(end) if word.kind == "magnitudes" else end

    def _full_stop(self, token: int) -> bool:
        """Whether the full stop of an abbreviation stands here and something goes on behind it: "14 tys. zł"."""
        view = self.view
        here = token + 1 < len(view) and view.text[token] == "." and not view.space[token - 1]
        return here and not view.text[token + 1][0].isupper() and not view.text[token + 1].isspace()

    def _digits(self, token: int) -> int | None:
        wide = "\u3040" <= self.view.text[token - 1][0] <= "\ud7a3"  # "천 4백만"
        after_multiplier = self.last in ("multipliers", "magnitudes") and self.stack.current is None
        goes_on = after_multiplier and (self.digits or wide)
        if self.last and not goes_on:
            return None
        end, value = read_digits(self.view, token)
        if value is None or not self.stack.add(value):
            return None
        self.digits = True
        self.last = "digits"
        return end

    def _values(self, token: int, end: int, value: Decimal) -> bool:
        return self.last != "digits" and self.stack.add(value)

    def _compound(self, token: int, end: int, value: Decimal) -> bool:
        return self._values(token, end, value)

    def _fractions(self, token: int, end: int, value: Decimal) -> bool:
        if self.last:
            return False
        self.stack.current = value
        return True

    def _articles(self, token: int, end: int, value: Decimal) -> bool:
        following = self.grammar.word_at(self.view, end)
        return following is not None and following[1].kind == "multipliers" and self._fractions(token, end, value)

    def _multipliers(self, token: int, end: int, value: Decimal) -> bool:
        if not self.last and not self._may_stand_alone(token, end):
            return False
        # French "50 cents" are fifty cents: digits are not multiplied by a word for a hundred.
        if self.last == "digits" and value == 100 and self.view.text[token].isascii():
            return False
        return self._multiply(value)

    def _may_stand_alone(self, token: int, end: int) -> bool:
        """ "mille euros" is an amount; "des milliers d'euros", "several thousand" and 数万円 are none."""
        if self.grammar.vague.ending_at(self.view.norm, token):
            return False
        following = self.grammar.word_at(self.view, end)
        goes_on = following is not None and following[1].kind in ("values", "compound")
        return goes_on or tuple(self.view.norm[token:end]) in self.grammar.lone

    def _multiply(self, value: Decimal) -> bool:
        if not self.stack.multiply(value):
            return False
        self.multiplied, self.multiplier = True, max(self.multiplier, value)
        return True

    def _magnitudes(self, token: int, end: int, value: Decimal) -> bool:
        # "5 m" is five metres, "5m" five million; "M" and abbreviations with a full stop may stand apart.
        written = self.view.text[token]
        # "350 k€": a sign glued behind it makes the letter a magnitude again.
        before_sign = end < len(self.view) and not self.view.space[end - 1] and not self.view.text[end][0].isalnum()
        spaced = self.view.space[token - 1] and not (before_sign and self.view.text[end] not in ".,;:)")
        if self.last != "digits" or (spaced and len(written) == 1 and written.islower()):
            return False
        return self._multiply(value)

    def _halves(self, token: int, end: int, value: Decimal) -> bool:
        if self.last not in ("multipliers", "digits", "values"):
            return False
        if self.last == "multipliers":
            base, multiplier = self.stack.groups[-1]
            self.stack.groups[-1] = (base + value * multiplier, multiplier)
        else:
            self.stack.current = (self.stack.current or Decimal(0)) + value
        return True

    def _connectors(self, token: int, end: int, value: Decimal) -> bool:
        doubled = self.last == "connectors" and "-" not in (self.view.norm[token], self.view.norm[token - 1])
        following = self.grammar.word_at(self.view, end)
        if self.last == "digits" and value == 0 and self.view.norm[token] != "-":
            return following is not None and following[1].kind == "multipliers"  # Romanian "200 de milioane"
        if self.last in ("", "digits", "magnitudes") or doubled:
            return False
        if self.view.norm[token] == "-" and self.view.space[token - 1]:
            return False
        following = self.grammar.word_at(self.view, end)
        return following is not None and following[1].kind in (
            "values",
            "multipliers",
            "compound",
            "halves",
            "connectors",
        )


def _opens_fraction(view: TokenView, token: int) -> bool:
    """Whether a full stop is a decimal mark with nothing in front of it: ".75 €", "$.75"."""
    if token + 1 >= len(view) or view.space[token] or not view.text[token + 1].isdecimal():
        return False
    return token == 0 or view.space[token - 1] or not view.text[token - 1][0].isalnum()


def _fraction(view: TokenView, token: int) -> Number | None:
    digits = ascii_digits(view.text[token + 1])
    if len(digits) > MAX_DIGITS or (
        token + 2 < len(view) and view.text[token + 2] == "." and not view.space[token + 1]
    ):
        return None
    return Number(token, token + 2, Decimal(f"0.{digits}"), True, False, Decimal(1))


@cache
def grammar_for(language: str) -> NumberGrammar:
    """The number grammar of a language, built once."""
    return NumberGrammar(language)


def numbers(view: TokenView, language: str) -> list[Number]:
    """Every number of a text, from left to right."""
    grammar = grammar_for(language)
    found: list[Number] = []
    token = 0
    while token < len(view):
        number = grammar.at(view, token)
        found += [number] if number else []
        token = number.end if number else after_refused(view, token)
    return found
