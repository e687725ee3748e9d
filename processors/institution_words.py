"""Words about institutions of higher education: what a language's lexicon lists, and the tables made of it."""

from collections.abc import Iterator
from functools import cache

from processors.fold import fold
from processors.lexicon import Lexicon, lexicons_for
from processors.number import grammar_for
from processors.token_view import PhraseTable


class Heads(Lexicon):
    """Words that make an institution's name with the words around them."""

    before_name: list[str] = []
    after_name: list[str] = []
    suffixes: list[str] = []


class NameGrammar(Lexicon):
    """What stands inside and beside an institution's name."""

    connectors: list[str] = []
    modifiers: list[str] = []
    place: list[str] = []
    cues_before: list[str] = []
    cues_after: list[str] = []
    vetoes_before: list[str] = []
    vetoes_after: list[str] = []
    not_names: list[str] = []
    determiners: list[str] = []
    conjunctions: list[str] = []
    coordinators: list[str] = []
    honours: list[str] = []
    case_endings: list[str] = []
    articles: list[str] = []
    units: list[str] = []


class UniversityLexicon(Lexicon):
    """How a language names institutions of higher education."""

    heads: Heads = Heads()
    grammar: NameGrammar = NameGrammar()


class InstitutionWords:
    """The words of one language about institutions, as tables of folded phrases."""

    def __init__(self, language: str) -> None:
        lexicons = lexicons_for("university", UniversityLexicon, language)
        self.before_name = _table(form for each in lexicons for form in each.heads.before_name)
        self.after_name = _table(form for each in lexicons for form in each.heads.after_name)
        self.suffixes = tuple(fold(form) for each in lexicons for form in each.heads.suffixes)
        grammars = [each.grammar for each in lexicons]
        self.connectors = _table(form for each in grammars for form in each.connectors)
        self.place = _table(form for each in grammars for form in each.place)
        self.modifiers = _folded(form for each in grammars for form in each.modifiers)
        self.cues_before = _table(form for each in grammars for form in each.cues_before)
        self.cues_after = _table(form for each in grammars for form in each.cues_after)
        self.vetoes_before = _table(form for each in grammars for form in each.vetoes_before)
        self.vetoes_after = _table(form for each in grammars for form in each.vetoes_after)
        self.units = _table(form for each in grammars for form in each.units)
        # A name does not go on behind "and"; where lists of names are told, "or" is as good.
        self.conjunctions = grammar_for(language).conjunctions | _folded(
            form for each in grammars for form in each.conjunctions
        )
        self.coordinators = self.conjunctions | _folded(form for each in grammars for form in each.coordinators)
        self.honours = _table(form for each in grammars for form in each.honours)
        self.case_endings = _folded(form for each in grammars for form in each.case_endings)
        self.determiners = _table(form for each in grammars for form in each.determiners)
        self.articles = _table(form for each in grammars for form in each.articles)
        not_names = _table(form for each in grammars for form in each.not_names)
        self.function_words = (
            self.connectors,
            self.place,
            self.cues_before,
            self.units,
            not_names,
            self.determiners,
        )
        # What ends the reach of a veto in scripts without spaces: "北京大学|的学生".
        self.breaks = (self.place, not_names, self.determiners)


@cache
def institution_words(language: str) -> InstitutionWords:
    """The words of a language, built once."""
    return InstitutionWords(language)


def _table(forms: Iterator[str]) -> PhraseTable[bool]:
    return PhraseTable([(form, True) for form in forms])


def _folded(forms: Iterator[str]) -> frozenset[str]:
    return frozenset(map(fold, forms))
