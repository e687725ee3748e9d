"""Sentences: where a block's sentences end, by rules on the shared tokenizer and one lexicon a language.

A run of terminators with the closing signs behind it is one candidate. What follows it, what stands before it and the
language's lexicon decide; each token is looked at a fixed number of times, so time is linear whatever the text.
"""

import itertools
from collections.abc import Iterable, Iterator

from processors.inline_list import is_marker, item_starts, line_starts
from processors.sentence_glue import ends_glued
from processors.sentence_plain import ends_plainly
from processors.sentence_rules import BRACKETS, SentenceRules, is_caseless, is_roman, sentence_rules, starts_lower
from processors.sentence_run import QUOTES, Run, RunReader
from processors.token_view import TokenView

_OPENERS = frozenset("\"'“‘”’«»‹›„‚([{¿¡「『（【《〈-–—―•")
_NO_START = frozenset(",;:)]}%、，；：」』）】》〉…/=+*|>&·؛،")
_TITLES = frozenset("《〈『")
_LONGEST_BRACKET = 60
_SHORT = 4


def sentences(view: TokenView, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """The sentences of tokens [start, end) as token spans; together they hold every token but white space."""
    if start >= end:
        return []
    rules = sentence_rules(language)
    cuts = _Walk(view, start, end, rules).boundaries()
    found = zip([start, *cuts], [*cuts, end], strict=True)
    return list(_trimmed(found, frozenset(view.blanks(start, end))))


def _trimmed(found: Iterable[tuple[int, int]], blank: frozenset[int]) -> Iterator[tuple[int, int]]:
    for start, end in found:
        while start < end and start in blank:
            start += 1
        while end > start and end - 1 in blank:
            end -= 1
        if start < end:
            yield start, end


class _Walk:
    """One pass over a block."""

    def __init__(self, view: TokenView, start: int, end: int, rules: SentenceRules) -> None:
        self.view, self.start, self.end, self.rules = view, start, end, rules
        self.here = start  # where the sentence under way began
        self._worded = start  # up to here it holds no word

    def boundaries(self) -> list[int]:
        """The token after each sentence but the last."""
        text, end, marks = self.view.text, self.end, self.rules.marks
        signs = map(self.rules.signs.__contains__, text[self.start : end])
        signed = [*itertools.compress(range(self.start, end), signs)]
        marked = [token for token in signed if text[token] in marks]
        cuts = sorted({*item_starts(self.view, self.start, end), *line_starts(self.view, self.start, end, not marked)})
        if not marked or marked[0] == end - 1:
            return cuts
        brackets = (
            _brackets(text, [token for token in signed if text[token] not in marks])
            if len(marked) < len(signed)
            else []
        )
        reader = RunReader(self.view, self.start, end, marks)
        found: list[int] = []
        resume = cut = bracket = 0
        for token in marked:
            if token < resume:
                continue
            while cut < len(cuts) and cuts[cut] <= token:
                if cuts[cut] > self.here:
                    found.append(self._cut(cuts[cut]))
                cut += 1
            while bracket < len(brackets) and brackets[bracket][1] < token:
                bracket += 1
            resume = token + 1
            if resume == end or (plain := ends_plainly(self.view, token, self.here, self.rules)) is False:
                continue
            inside = bracket < len(brackets) and brackets[bracket][0] < token
            if plain and not inside:
                found.append(self._cut(resume))
                continue
            run = reader.read(token)
            resume = run.after
            if not (inside and self._is_kept(brackets[bracket], run)) and self._ends(run):
                found.append(self._cut(resume))
        return found + [one for one in cuts[cut:] if one > self.here]

    def _cut(self, after: int) -> int:
        self.here = self._worded = after
        return after

    def _is_kept(self, bracket: tuple[int, int], run: Run) -> bool:
        """Whether what stands in brackets is part of the sentence around it, and the run in them no end of it."""
        opening, closing = bracket
        sign = self.view.text[opening]
        if run.after > closing:
            # "(four hours!)" is part of the sentence around it; after "(He left.)" a capital begins the next.
            within = opening > self.here and sign in "(（"
            return sign in _TITLES or (within and not (run.only_dots and self._is_capital(run.following)))
        if sign == "“":
            return self.view.text[run.start] in "。！？"
        if sign == "(":
            return opening > self.here and closing - opening <= _LONGEST_BRACKET
        return True

    def _is_capital(self, token: int) -> bool:
        return token < self.end and self.view.text[token][0].isupper()

    def _has_word(self, token: int) -> bool:
        """Whether the sentence under way holds a word, number or symbol before a token."""
        text = self.view.text
        while self._worded < token:
            if text[self._worded][0].isalnum() or text[self._worded][0] > "\u2fff":
                return True
            self._worded += 1
        return False

    def _ends(self, run: Run) -> bool:
        view, text = self.view, self.view.text
        if run.following >= self.end or not self._has_word(run.start):
            return False
        if run.closed and (text[run.following] in _NO_START or (self._is_caseless(run) and self._quotes_on(run))):
            return False
        if run.full:
            decimal = text[run.start] == "．" and text[run.following].isdecimal() and not run.spaced
            return not decimal and self._kind(run.start) != "never"
        if not run.spaced:
            return self._kind(run.start) is None and ends_glued(view, run, self.here, self.end, self.rules)
        word = run.following
        while word < self.end and (text[word] in _OPENERS or text[word].isspace()):
            word += 1
        if word >= self.end or (text[word] in _NO_START and text[word] not in self.rules.marks):
            return False
        return self._ends_before(run, word)

    def _is_caseless(self, run: Run) -> bool:
        """Whether a run stands in a script without capitals."""
        behind, before = self.view.text[run.following], self.view.text[run.start - 1]
        return is_caseless(behind) or (not behind[0].isalpha() and is_caseless(before))

    def _quotes_on(self, run: Run) -> bool:
        """Whether a sentence goes on behind a quotation, in scripts without capitals: 「無理だ。」と言った."""
        if self.view.text[run.after - 1] not in QUOTES and self.view.text[run.after - 1] not in "」』":
            return False
        if self.rules.goes_on(self.view, run.following, self.end):
            return True
        # Who begins with a quotation says next who spoke.
        led, quoted = self.view.text[self.here] in QUOTES, self.view.text[run.following] in QUOTES
        if self.view.text[run.following] == "「" != self.view.text[self.here]:
            return True
        return led and not quoted and not self.rules.opens(self.view, run.following, self.end)

    def _ends_before(self, run: Run, word: int) -> bool:
        """Whether a run ends its sentence, a space and perhaps opening signs before the next word."""
        view, text = self.view, self.view.text
        if run.only_dots and run.dots > 2:
            return self._ends_in_dots(run, word)
        kind = self._kind(run.start)
        stop = run.only_dots and run.dots == 1
        if kind == "never" and (stop or not run.only_dots):
            return False  # Dr. and Yahoo!
        opened = text[run.following] if run.following != word else ""
        if text[word] in self.rules.marks:
            return kind is None
        if opened in ("¿", "¡"):
            return kind != "never"
        if text[word][0].islower() and self._starts_small(run, word):
            return not run.closed and (kind is None or not stop) and self._starts_though_lower(run, word, opened)
        if not stop or text[run.start] != ".":
            return True
        if run.start - self.here < 3 and is_marker(view, self.here, run.start):
            return False
        if self._is_first_item(run.start):
            return False
        if kind == "ambiguous":
            return opened != "(" and self._is_starter(word)
        if kind == "final":
            digits = text[word].isdecimal() and not (text[word + 1 : word + 2] == ["-"] and not view.space[word])
            plain = not digits and opened not in ("(", "-", "–", "—")
            likely = plain and not self._is_adverbial(run.start)
            return run.start - self.here > 2 and (likely or self._is_starter(word))
        return self._ends_plain(run.start, word)

    def _is_first_item(self, token: int) -> bool:
        """Whether a full stop belongs to the first marker of a list: "Three steps: 1. Read"."""
        text = self.view.text
        return len(text[token - 1]) == 1 and token - 2 > self.here and text[token - 2] in ":："

    def _starts_small(self, run: Run, word: int) -> bool:
        """Whether the next word is one in small letters that shows no beginning, as "a)", "e-Learning" and "'t Is" do."""
        view, text = self.view, self.view.text
        if not starts_lower(text[word]):
            return False
        if run.start > self.start and is_caseless(text[run.start - 1]):
            return False
        behind = word + 1
        if len(text[word]) > 1 or behind >= self.end:
            return True
        if text[word - 1] in "'’":
            return not text[behind][0].isupper()
        return view.space[word] or text[behind] not in ")-"

    def _kind(self, token: int) -> str | None:
        """What the abbreviation before a mark says; a dotted one that no lexicon knows is ambiguous, as is an initial."""
        view = self.view
        if token == self.start or view.space[token - 1]:
            return None
        known = self.rules.abbreviation(view, token, self.here)
        if known or view.text[token] not in ".․":
            return known
        before = view.text[token - 1]
        if len(before) != 1 or not before.isalpha():
            return None
        glued = token - 2 >= self.start and not view.space[token - 2]
        if glued and view.text[token - 2] in ".․":
            return "ambiguous"
        # "°C." and "plan-B." are no initials, "J.-P." is one.
        worded = glued and (
            view.text[token - 2] == "°" or (view.text[token - 2] in "-/" and view.text[token - 3] != ".")
        )
        return "ambiguous" if before.isupper() and not worded else None

    def _is_starter(self, word: int) -> bool:
        """Whether a word is one that begins sentences, and no initial."""
        behind = word + 1
        initial = behind < self.end and self.view.text[behind] == "." and not self.view.space[word]
        return not initial and self.rules.opens(self.view, word, self.end)

    def _is_adverbial(self, token: int) -> bool:
        """Whether the sentence so far only says when: "At 5 a.m." in "At 5 a.m. Mr. Smith went"."""
        second = self.here + 1
        return token - second < 8 and self.view.text[second].isdecimal() and self._is_starter(self.here)

    def _is_short(self, token: int) -> bool:
        """Whether the sentence so far is hardly one."""
        words = self.view.text[self.here : min(token, self.here + 12)]
        return sum(word[0].isalnum() for word in words) <= _SHORT

    def _ends_in_dots(self, run: Run, word: int) -> bool:
        view, text = self.view, self.view.text
        if run.start > self.start and text[run.start - 1] in "[(" and run.closed:
            return False  # [...] leaves words out
        if starts_lower(text[word]) or text[word].isdecimal():
            return False
        if is_caseless(text[word]):
            return self._is_starter(word)
        apart = view.space[run.start - 1]
        if apart and text[run.start] == "." and view.space[run.start] and run.dots == 3:
            return False  # "the thing is . . . I" hesitates
        return not apart or run.dots > 3 or self._is_starter(word)

    def _starts_though_lower(self, run: Run, word: int, opened: str) -> bool:
        """Careless writers begin sentences small: "it was closed. the staff left"."""
        before = self.view.text[run.start - 1]
        if not before.islower() or len(before) < (5 if run.only_dots else 3) or self._is_short(run.start):
            return False
        return (opened in ("(", "[") and bool(opened)) or (not opened and self.view.norm[word] in self.rules.starters)

    def _ends_plain(self, token: int, word: int) -> bool:
        """Whether a full stop behind no abbreviation ends a sentence: not in ordinals and dates."""
        view, text, rules = self.view, self.view.text, self.rules
        before = text[token - 1] if not view.space[token - 1] else ""
        if not before.isdecimal() and not (rules.ordinals and before and is_roman(before)):
            return True
        if text[word].isdecimal():
            behind = word + 1
            dated = behind < self.end and text[behind] == "." and not view.space[word]  # 2024. 10. 3.
            return not dated and (len(before) > 2 or not rules.ordinals)
        if not rules.ordinals or (before.isdecimal() and len(before) > 2) or self._is_starter(word):
            return True
        lead = token - 2
        if lead < self.start:
            return False
        if not view.space[lead]:
            return text[lead][0].isalpha() or text[lead] in ",:/"  # "Jahr10." is a footnote, "3:0." a score
        return view.norm[lead - 1 if text[lead] == "." and lead > self.start else lead] in rules.counted


def _brackets(text: list[str], tokens: list[int]) -> list[tuple[int, int]]:
    """The outermost pairs of the brackets at some tokens, in order."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for token in tokens:
        sign = text[token]
        if sign in BRACKETS:
            opened.append(token)
        elif opened and BRACKETS[text[opened[-1]]] == sign:
            opening = opened.pop()
            while found and found[-1][0] > opening:
                found.pop()
            found.append((opening, token))
    return found
