"""Names of institutions by their head words: "Université de Dschang", "Ohio State University", "サンパウロ大学".

Where a script has capitals, a name is made of capitalised words, connectors between them and the lower-case adjectives
that the lexicon lists; where it has none, of the word beside the head and listed modifiers; in Han, Kana and Thai text
of the characters up to the next sign or function word.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from processors.document import Passage
from processors.institution_words import InstitutionWords, institution_words
from processors.script import is_cased, is_hiragana, is_single
from processors.token_view import TokenView

_QUOTES = {"«": "»", "„": "”“", "“": "”", '"': '"', "「": "」"}
_LONGEST = 14
_LONGEST_RUN = 12


@dataclass(frozen=True, slots=True)
class Found:
    """View tokens [start, end) that the grammar reads as a name; `core` are those without the head."""

    start: int
    end: int
    core: tuple[int, int]
    rule: str


class InstitutionGrammar:
    """The names that the head words of one language make with what stands around them."""

    def __init__(self, words: InstitutionWords) -> None:
        self.words = words

    def read(self, view: TokenView, passage: Passage) -> Iterator[Found]:
        """Every name of a passage, overlapping ones too."""
        for token in range(passage.start, passage.end):
            norm = view.norm[token]
            before = self.words.before_name.at(view.norm, token) if norm in self.words.before_name else None
            after = self.words.after_name.at(view.norm, token) if norm in self.words.after_name else None
            unit = self.words.units.at(view.norm, token) if norm in self.words.units else None
            # "Akademia nauk stosowanych" is a head though "akademia nauk" is a learned society.
            if unit and unit[0] >= max(before[0] if before else 0, after[0] if after else 0):
                continue
            if before and not after and self.words.after_name.ending_at(view.norm, before[0]):
                after = before  # "Одеський | національний університет" ends in a head that may follow its name
            behind = self._after_head(view, token, before[0], passage) if before else None
            in_front = self._before_head(view, token, after[0], passage) if after else None
            yield from _united(behind, in_front, passage)
            if (
                self.words.suffixes
                and len(norm) > 9
                and norm.endswith(self.words.suffixes)
                and norm not in self.words.after_name
            ):
                found = self._after_head(view, token, token + 1, passage)
                if found and not view.norm[token].startswith(self.words.suffixes):
                    yield found

    def _after_head(self, view: TokenView, start: int, head_end: int, passage: Passage) -> Found | None:
        if head_end >= passage.end:
            return None
        end = self._extend_right(view, start, head_end, passage.end)
        if end is None:
            return None
        while (
            start > passage.start and view.norm[start - 1] in self.words.modifiers and view.text[start - 1][0].isupper()
        ):
            start -= 1
        return Found(start, end, (self._skip_connectors(view, head_end, end), end), "head before name")

    def _skip_connectors(self, view: TokenView, token: int, end: int) -> int:
        while (found := self.words.connectors.at(view.norm, token)) and found[0] < end:
            token = found[0]
        return token

    def _extend_right(self, view: TokenView, head: int, token: int, end: int) -> int | None:
        """Where the name that starts behind a head [head, token) ends; None where no name does."""
        if (
            not is_cased(view.text[token])
            and view.text[token] not in _QUOTES
            and self.words.connectors.at(view.norm, token) is None
        ):
            return self._uncased_right(view, head, token, end)
        committed: int | None = None
        first, here = token, token
        while here < min(end, first + _LONGEST):
            step = self._step_right(view, here, committed, end)
            if step is None:
                break
            here, is_name = step
            committed = here if is_name else committed
        return committed

    def _step_right(self, view: TokenView, token: int, committed: int | None, end: int) -> tuple[int, bool] | None:
        """The token after the next part of a name, and whether a name may end there."""
        text = view.text[token]
        if text in _QUOTES:
            closing = next((at for at in range(token + 1, min(token + 9, end)) if view.text[at] in _QUOTES[text]), None)
            return (closing + 1, True) if closing and committed is None else None
        if view.norm[token] in self.words.conjunctions and not text[0].isupper():  # "імені І. І. Мечникова"
            joined = token + 1 < end and view.norm[token + 1] in self.words.modifiers and committed == token
            return (token + 1, False) if joined else None
        if committed is not None and committed == token and self.words.place.at(view.norm, token):
            return None
        if text[0].isupper():
            return token + 1, True
        glued = not view.space[token] and not view.space[token - 1]
        if text in "-'’–" and glued:
            return token + 1, False
        if text == "." and not view.space[token - 1] and len(view.text[token - 1]) <= 3 and committed != token + 1:
            is_initial = view.text[token - 1].isupper() or self.words.connectors.ending_at(view.norm, token) is not None
            return (token + 1, False) if is_initial else None
        if (
            text.isdecimal()
            and len(text) <= 2
            and committed == token
            and not (token + 1 < end and view.text[token + 1] in "%.,€$")
        ):
            return token + 1, True
        if view.norm[token] in self.words.modifiers:
            return token + 1, False
        connector = self.words.connectors.at(view.norm, token)
        if connector and connector[0] < end:
            return connector[0], False
        return (token + 1, False) if self._is_subject(view, token, end) else None

    def _is_subject(self, view: TokenView, token: int, end: int) -> bool:
        """A lower-case word between two connectors, a capital behind: "Institut supérieur du | son | de Vierzac"."""
        before, after = (
            self.words.connectors.ending_at(view.norm, token),
            self.words.connectors.at(view.norm, token + 1),
        )
        return bool(
            before and after and after[0] < end and view.text[token].isalpha() and view.text[after[0]][0].isupper()
        ) and (self.words.place.at(view.norm, token + 1) is None)

    def _uncased_right(self, view: TokenView, head: int, token: int, end: int) -> int | None:
        """A name in a script without capitals: the next word, and the one after it behind a modifier."""
        if not view.text[token][0].isalpha() or self._is_any(view, head):
            return None  # "كل | جامعة | تحدد": every one of them, and no name
        here = token
        while here < end and here - token < 30:
            word_end = _word_end(view, here, end)
            words = view.norm[here:word_end]
            if self._is_function(view, here):
                return None
            if word_end >= end or not self.words.modifiers.intersection(words) or not view.text[word_end][0].isalpha():
                return word_end
            here = word_end
        return None

    def _is_any(self, view: TokenView, head: int) -> bool:
        """Whether a determiner stands before a head, with or without an article cut off between them."""
        joint = self.words.connectors.ending_at(view.norm, head)
        return any(self.words.determiners.ending_at(view.norm, at) for at in (head, joint[0] if joint else head))

    def _is_function(self, view: TokenView, token: int) -> bool:
        return any(table.at(view.norm, token) for table in self.words.function_words)

    def _before_head(self, view: TokenView, head: int, head_end: int, passage: Passage) -> Found | None:
        """A name in front of its head: Ohio State University, Boğaziçi Üniversitesi, 早稲田大学."""
        if head == passage.start:
            return None
        before = view.text[head - 1]
        if is_single(before):
            start = self._run_left(view, head, passage.start)
        elif is_cased(before) or before in "-'’":
            start = self._extend_left(view, head, passage)
        elif before[0].isalpha():
            start = self._uncased_left(view, head, passage.start)
        else:
            return None
        if start is None or start >= head or self._is_unit(view, start, head_end):
            return None
        end = head_end
        joined = head_end < passage.end and self.words.connectors.at(view.norm, head_end)
        if is_cased(before) and joined and not self.words.place.at(view.norm, head_end):
            of_name = self._extend_right(view, head, head_end, passage.end)
            end = of_name if of_name and view.norm[head_end] not in self.words.conjunctions else end
        return Found(start, end, (start, head), "head after name")

    def _is_unit(self, view: TokenView, start: int, head_end: int) -> bool:
        """Whether the words up to a head's end are no name but a kind: "summer university", 私立大学."""
        return any(
            (unit := self.words.units.at(view.norm, token)) and unit[0] >= head_end for token in range(start, head_end)
        )

    def _extend_left(self, view: TokenView, head: int, passage: Passage) -> int | None:
        start: int | None = None
        here = head
        first_of_sentence = passage.sentence_of(head)[0]
        while here > max(passage.start, head - 7):
            text = view.text[here - 1]
            if text[0].isupper() and not (here - 1 == first_of_sentence and self._is_function(view, here - 1)):
                here = start = here - 1
            elif view.norm[here - 1] in self.words.modifiers:
                here -= 1  # "Одесский | национальный | университет"
            elif (
                text in "-'’–&."
                and not view.space[here - 2 if text in "-'’–" else here - 1]
                and here - 1 > passage.start
            ):
                here -= 1
            else:
                break
        return start

    def _uncased_left(self, view: TokenView, head: int, first: int) -> int | None:
        here = head
        while here > first and head - here < 30:
            start = view.word_start(here, first)
            if not view.text[start][0].isalpha() or self._is_function(view, start):
                return here if here < head else None
            is_modifier = bool(self.words.modifiers.intersection(view.norm[start:here]))
            here = start
            if not is_modifier:
                return here
        return here if here < head else None

    def _run_left(self, view: TokenView, head: int, first: int) -> int | None:
        """The characters in front of a head up to a sign, a space, hiragana or a function word."""
        start = head
        while start > first and head - start < _LONGEST_RUN:
            text = view.text[start - 1]
            if not is_single(text) or is_hiragana(text) or (start < head and view.space[start - 1]):
                break
            if any(table.ending_at(view.norm, start) for table in self.words.function_words):
                break
            start -= 1
        return start if head - start >= 2 else None


def _united(behind: Found | None, in_front: Found | None, passage: Passage) -> Iterator[Found]:
    """The readings of one head made one: "Одеський | національний університет | імені Мечникова"."""
    if behind and in_front and in_front.start < behind.start:
        # A single capital at a sentence's start may have it for that: "Το Πανεπιστήμιο Μακεδονίας".
        opens = in_front.start == passage.sentence_of(behind.start)[0] and behind.start - in_front.start == 1
        yield behind if opens else Found(in_front.start, behind.end, behind.core, behind.rule)
        return
    yield from (found for found in (behind, in_front) if found)


def _word_end(view: TokenView, token: int, end: int) -> int:
    while token < end - 1 and not view.space[token] and view.text[token + 1][0].isalpha():
        token += 1
    return token + 1


@cache
def institution_grammar(language: str) -> InstitutionGrammar:
    """The grammar of a language, built once."""
    return InstitutionGrammar(institution_words(language))
