"""Names of programs by their level words: "master en droit", "Executive MBA", データサイエンス修士."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from processors.document import Passage
from processors.fold import fold
from processors.lexicon import Lexicon, lexicons_for
from processors.number import grammar_for
from processors.token_view import PhraseTable, TokenView
from schemas.vocabulary import ProgramLevel

# The longest subject in tokens, and how many content words may follow each other in it without a word between.
_LONGEST, _RUN = 14, 3
_GLUE = frozenset("-'’/&+")
_OPENING_QUOTES, _CLOSING_QUOTES = frozenset('«„“"「『'), frozenset('»”“"」』')


class ProgramContext(Lexicon):
    """What may stand around a level word, and what ends a program's name."""

    before_subject: bool = Field(default=False, description="the subject may stand in front of the level")
    before_words: int = Field(default=0, description="how many lower-case words of a subject may stand in front")
    after_words: int = Field(default=0, description="how many words of a subject may follow with no word between")
    generic: list[str] = Field(default=[], description="words that end no name: program")
    bare: list[str] = []
    subject: list[str] = []
    inside: list[str] = []
    stops: list[str] = []
    before: list[str] = []
    vetoes_before: list[str] = []
    vetoes_after: list[str] = []


class ProgramLexicon(Lexicon):
    """Words that name programs in a language, by level."""

    level: dict[ProgramLevel, list[str]] = {}
    context: ProgramContext = ProgramContext()


@dataclass(frozen=True, slots=True)
class FoundProgram:
    """View tokens [start, end) that the grammar reads as a program; `named` where it has a subject of its own."""

    start: int
    end: int
    level: ProgramLevel
    named: bool


class ProgramGrammar:
    """The programs of one language."""

    def __init__(self, language: str) -> None:
        lexicons = lexicons_for("program", ProgramLexicon, language)
        contexts = [each.context for each in lexicons]
        self.numbers = grammar_for(language)
        self.levels = PhraseTable(
            [(form, (level, form)) for each in lexicons for level, forms in each.level.items() for form in forms]
        )
        self.bare = frozenset(fold(form) for each in contexts for form in each.bare)
        self.before_subject = any(each.before_subject for each in contexts)
        self.before_words = max((each.before_words for each in contexts), default=0)
        self.after_words = max((each.after_words for each in contexts), default=0)
        self.generic = frozenset(fold(form) for each in contexts for form in each.generic)
        self.before = frozenset(fold(form) for each in contexts for form in each.before)
        self.subject, self.inside, self.stops, self.vetoes_before, self.vetoes_after = (
            PhraseTable([(form, True) for each in contexts for form in getattr(each, name)])
            for name in ("subject", "inside", "stops", "vetoes_before", "vetoes_after")
        )

    def is_joint(self, norm: str) -> bool:
        """Whether a token may not end a name: a sign, or a word that only joins or stops."""
        return not norm[0].isalnum() or any(norm in table for table in (self.subject, self.inside, self.stops))

    def read(self, view: TokenView, passage: Passage) -> Iterator[FoundProgram]:
        """Every program of a passage, overlapping ones too."""
        for token in range(passage.start, passage.end):
            if (
                view.norm[token] in self.levels
                and (found := self.levels.at(view.norm, token))
                and found[0] <= passage.end
            ):
                level, form = found[1]
                mention = self._mention(view, token, found[0], level, passage)
                if mention and _fits_capitals(form, view.surface(token, found[0])):
                    yield mention

    def _mention(
        self, view: TokenView, start: int, end: int, level: ProgramLevel, passage: Passage
    ) -> FoundProgram | None:
        if self.vetoes_before.ending_at(view.norm, start) or self.vetoes_after.at(view.norm, end):
            return None
        if _inside_word(view, start) or (end < passage.end and _inside_word(view, end)):
            return None
        sentence = passage.sentence_of(start)
        first = self._start(view, start, sentence[0])
        last = self._cell_end(view, passage, end) or self._end(view, end, sentence[1])
        if last == end and end - start > 1 and view.norm[end - 1] in self.generic and view.text[end - 1].islower():
            last = end = end - 1
        named = first < start or last > end
        bare = fold(view.surface(start, end)) in self.bare
        if not named and not bare:
            return None
        return FoundProgram(first, last, level, named)

    @staticmethod
    def _cell_end(view: TokenView, passage: Passage, end: int) -> int | None:
        """The end of a table cell that is a program's name, up to a bracket; None elsewhere."""
        if passage.block.kind != "table_cell" or passage.end - passage.start > _LONGEST:
            return None
        rest = range(end, passage.end)
        return next(
            (token for token in rest if view.text[token] in "(（,;:–—" or view.text[token].isdecimal()), passage.end
        )

    def _end(self, view: TokenView, end: int, limit: int) -> int:
        """Where the subject behind a level ends; the level's own end where it has none."""
        here = end + (end < limit and view.text[end] in _CLOSING_QUOTES)  # "Mini-MBA" in social media marketing
        connected = self.subject.at(view.norm, here)
        if connected:
            return self._subject_end(view, connected[0], end, limit, _RUN)
        if here > end or here >= limit:
            return end
        if view.text[here][0].isupper():
            return self._subject_end(view, here, end, limit, _RUN)
        return self._subject_end(view, here, end, limit, self.after_words) if self.after_words else end

    def _subject_end(self, view: TokenView, here: int, end: int, limit: int, longest_run: int) -> int:
        """Where the subject that starts at a token ends; the level's end where there is none."""
        committed = before_conjunction = end
        run = conjunction = 0
        spaceless = _is_spaceless(view.text[here]) if here < limit else False
        while here < min(limit, end + (2 * _LONGEST if spaceless else _LONGEST)):
            text = view.text[here]
            if here > end and self._is_level(view, here):
                # Another program starts here: what stands between an "and" and it is no part of this one.
                return before_conjunction if conjunction and here - conjunction <= _RUN + 1 else committed
            if text in _GLUE and here > end and ((not view.space[here] and not view.space[here - 1]) or text in "&+/"):
                here += 1
            elif not text[0].isalpha() or self._stops(view, here, limit):
                break
            elif inside := self.inside.at(view.norm, here):
                conjunction, before_conjunction, here, run = here, committed, inside[0], 0
            elif (spaceless and here > end and view.space[here - 1] and committed > end) or (
                run >= longest_run and not text[0].isupper() and not _is_spaceless(text)
            ):
                break
            else:
                here, run = here + 1, run + 1
                committed = here
        return committed

    def _is_level(self, view: TokenView, token: int) -> bool:
        found = self.levels.at(view.norm, token)
        return found is not None and _fits_capitals(found[1][1], view.surface(token, found[0]))

    def _stops(self, view: TokenView, token: int, limit: int) -> bool:
        """Whether a subject ends in front of a token; "à" ends one in "à Paris" and goes on in "à la pensée"."""
        inside = self.inside.at(view.norm, token)
        after = inside[0] if inside else token + 1
        counted = inside is not None and after < limit and self.numbers.at(view, after) is not None
        if self.stops.at(view.norm, token):
            return inside is None or after >= limit or counted or not view.text[after][0].islower()
        return counted

    def _start(self, view: TokenView, start: int, limit: int) -> int:
        """Where the subject, or the adjectives, in front of a level start."""
        here = start
        while here > limit and view.norm[here - 1] in self.before:
            here -= 1
        if not self.before_subject or here <= limit:
            return here
        before = view.text[here - 1]
        if _is_spaceless(before):
            return self._glued_start(view, here, limit)
        if before[0].isalpha() and before[0].lower() == before[0].upper():
            return self._words_start(view, here, limit, _RUN - 1)
        capitals = self._cased_start(view, here, limit)
        return capitals if capitals < here else self._words_start(view, here, limit, self.before_words)

    def _cased_start(self, view: TokenView, start: int, limit: int) -> int:
        """Capitalised words in front of a level; the first word of a sentence has its capital for another reason."""
        here = committed = start
        while here > limit and start - here < _LONGEST:
            text = view.text[here - 1]
            if text[0].isupper() and here - 1 > limit and not self.stops.at(view.norm, here - 1):
                here = committed = here - 1
            elif (
                text in _GLUE and not view.space[here - 1] and (here < start or view.text[here - 2][0].isupper())
            ) or (
                committed < start
                and (view.norm[here - 1] == "&" or view.norm[here - 1] in self.numbers.conjunctions)
                and here - 1 > limit
                and view.text[here - 2][0].isupper()
            ):
                here -= 1
            else:
                break
        return committed

    def _words_start(self, view: TokenView, start: int, limit: int, most: int) -> int:
        """Up to so many words in front of a level, and the word that joins them to it: "फ़ैशन डिज़ाइन में | डिप्लोमा"."""
        here, words = start, 0
        committed = start
        while here > limit and words < most:
            first = view.word_start(here, limit)
            if not view.text[first][0].isalpha() or view.text[first][0].isupper():
                break
            if joined := self.subject.ending_at(view.norm, here):
                if words:
                    break
                here = joined[0]
                continue
            if any(table.at(view.norm, first) for table in (self.stops, self.inside)) or self._is_level(view, first):
                break
            here = committed = first
            words += 1
        return committed

    def _glued_start(self, view: TokenView, start: int, limit: int) -> int:
        """Characters in front of a level up to a sign, a space or a stop word: データ分析 | 講座."""
        here = start
        while here > limit and start - here < 2 * _LONGEST:
            text = view.text[here - 1]
            if (
                not (text[0].isalpha() or text in "・ー＆")
                or self.stops.ending_at(view.norm, here)
                or self.levels.ending_at(view.norm, here)
            ):
                break
            # Korean writes a space between the words of a subject: "데이터 | 분석 부트캠프".
            spaced = here < start and view.space[here - 1]
            if spaced and (not "\uac00" <= text[0] <= "\ud7a3" or " " in view.surface(here, start)):
                break
            here -= 1
        joined = self.inside.at(view.norm, here)
        return joined[0] if joined and joined[0] < start and not view.text[here][0].isupper() else here


def _is_spaceless(text: str) -> bool:
    """Whether a token is a character of a script that is cut into characters: Han, Kana, Hangul, Thai, Lao, Khmer."""
    return (
        "\u0e00" <= text[0] <= "\u0eff"
        or "\u1780" <= text[0] <= "\u17ff"
        or "\u3040" <= text[0] <= "\u9fff"
        or "\uac00" <= text[0] <= "\ud7a3"
    )


def _fits_capitals(form: str, surface: str) -> bool:
    """Whether a surface may be a level word by its capitals: "DU" is a degree, "du" an article."""
    return surface == form or not (form.isupper() and len(form) < 6 and form.isascii())


def _inside_word(view: TokenView, token: int) -> bool:
    """Whether a token goes on the letters before it: "MS|N", "修士|号" is one word too but not in the same run."""
    if token == 0 or view.space[token - 1]:
        return False
    before, after = view.text[token - 1][-1], view.text[token][0]
    return before.isalpha() and after.isalpha() and ord(before) < 0x0E00 and ord(after) < 0x0E00


@cache
def program_grammar(language: str) -> ProgramGrammar:
    """The grammar of a language, built once."""
    return ProgramGrammar(language)
