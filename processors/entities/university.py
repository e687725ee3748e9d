"""Universities: named institutions of higher education, linked to their web domain where the gazetteer knows them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from processors.currency import home_country, is_official
from processors.document import Layout, Passage
from processors.fold import fold
from processors.gazetteer import UNIVERSITIES, Institution, Match, Name, gazetteer, key_of
from processors.inflection import endings, uninflected
from processors.institution import Found, InstitutionGrammar, institution_grammar
from processors.institution_index import institution_index
from processors.overlap import longest_first
from processors.token_view import TokenView, span_of
from schemas.entity import Entity

_LONGEST_ACRONYM = 12
# Names of no more letters take no endings: they are too many other words' beginnings.
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class UniversityMention:
    """What a university's mention says; no institution where the gazetteer does not know it."""

    institution: Institution | None
    rule: str

    def fill(self, entity: Entity) -> Entity:
        """The `entities` row with what this says."""
        if self.institution is None:
            return replace(entity, rule=self.rule)
        known = self.institution
        return replace(entity, rule=self.rule, canonical_id=known.id, canonical_name=known.name, country=known.country)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """View tokens [start, end) that may be a mention, the ids it may have, and its name without head words."""

    start: int
    end: int
    ids: tuple[str, ...]
    rule: str
    core: tuple[int, int] | None = None
    joined: bool = False


Span.set_extension("university", default=None, force=True)


@Language.factory("moisson_university", assigns=["doc.spans"])
def make_university(nlp: Language, name: str) -> "UniversityComponent":
    """The component that finds universities."""
    return UniversityComponent()


class UniversityComponent:
    """Puts universities into `doc.spans["university"]`, each with its `span._.university`."""

    def __init__(self) -> None:
        self.gazetteer = gazetteer(UNIVERSITIES)
        self.index = institution_index()

    def __call__(self, doc: Doc) -> Doc:
        layout: Layout = doc._.layout
        article = _Article(layout, self)
        mentions = article.mentions([*self.gazetteer.matches(layout.view), *self._inflected(layout)])
        spans: list[Span] = []
        for mention in mentions:
            span = span_of(doc, layout.view, mention.start, mention.end, "university")
            one = article.choose(mention.ids, mentions)
            span._.university = UniversityMention(self.gazetteer.entry(one) if one else None, mention.rule)
            spans.append(span)
        doc.spans["university"] = spans
        return doc

    def _inflected(self, layout: Layout) -> Iterator[Match]:
        """One-word names with an ending of the passage's language: Harvardissa, Oxfordu."""
        view = layout.view
        for passage in layout.passages:
            for token in range(passage.start, passage.end) if endings(passage.language) else ():
                if view.text[token][0].isupper() and (
                    name := uninflected(view.norm[token], self._stem, passage.language)
                ):
                    yield Match(token, token + 1, (name,))

    def _stem(self, norm: str) -> Name | None:
        """The name of one word that takes endings."""
        if len(norm) <= _SHORTEST_STEM:
            return None
        names = self.gazetteer.lookup(norm)
        return next((name for name in reversed(names) if name.policy != "exact" and name.written[0].isupper()), None)

    def ids_of(self, surface: str) -> tuple[str, ...]:
        """The ids that a name may have: as it stands, or by the stems of its words where it is inflected."""
        key = key_of(surface)
        names = [name for name in self.gazetteer.lookup(key) if name.policy != "cue"]
        if names:
            return tuple(dict.fromkeys(one for name in names for one in name.ids))
        return self.index.by_stems(key.split(" "))


class _Article:
    """The universities of one article: what is sure first, then what that makes sure."""

    def __init__(self, layout: Layout, component: UniversityComponent) -> None:
        self.layout, self.component, self.view = layout, component, layout.view
        self._ends = [passage.end for passage in layout.passages]

    def mentions(self, matches: list[Match]) -> list[_Candidate]:
        matches = [match for match in matches if self._in_text(match)]
        sure_matches = [match for match in matches if any(name.policy != "cue" for name in self._in_text(match))]
        named = [self._named(match, "name") for match in sure_matches]
        read = [
            self._read(found)
            for passage in self.layout.passages
            for found in self._grammar(passage).read(self.view, passage)
        ]
        candidates = list(_reconciled(named, read, self.view))
        vetoed = [one for one in candidates if self._is_vetoed(one)]
        sure = longest_first(one for one in candidates if not any(_inside(one, bad) for bad in vetoed))
        sure = longest_first([*sure, *self._acronyms(sure)])
        cued = [self._named(match, "cue") for match in matches if match not in sure_matches]
        short = [one for one in [*cued, *self._shortened(sure)] if not any(_inside(one, bad) for bad in vetoed)]
        short = [one for one in short if not self._is_vetoed(one) and not any(_overlap(one, other) for other in sure)]
        counted = [one for one in short if self._counts(one, sure) or self._is_enumerated(one, short)]
        # "Graduates of Duke and Georgetown": what stands in a list with a mention is one too.
        counted += [
            one for one in short if one not in counted and self._is_listed(one, counted, self._passage(one.start))
        ]
        return longest_first([*sure, *counted])

    def choose(self, ids: tuple[str, ...], mentions: list[_Candidate]) -> str | None:
        """Of several institutions that bear a name, the one whose country the article is about."""
        if len(ids) < 2:
            return ids[0] if ids else None
        known = self.component.gazetteer.entry
        named = Counter(known(one.ids[0]).country for one in mentions if len(one.ids) == 1)
        named[home_country(self.layout.declared_language or self.layout.languages.main) or ""] += 1
        speaks = self.layout.languages.main.split("-")[0]
        return max(
            ids, key=lambda one: (named[known(one).country], is_official(speaks, known(one).country), -ids.index(one))
        )

    def _passage(self, token: int) -> Passage:
        return self.layout.passages[min(bisect_left(self._ends, token + 1), len(self._ends) - 1)]

    @staticmethod
    def _grammar(passage: Passage) -> InstitutionGrammar:
        return institution_grammar(passage.language)

    def _named(self, match: Match, rule: str) -> _Candidate:
        names = [name for name in self._in_text(match) if rule == "cue" or name.policy != "cue"]
        ids = tuple(dict.fromkeys(one for name in names for one in name.ids))
        return _Candidate(match.start, match.end, ids, f"gazetteer {rule}")

    def _in_text(self, match: Match) -> tuple[Name, ...]:
        return match.in_language(self._passage(match.start).language)

    def _read(self, found: Found) -> _Candidate:
        ids = self.component.ids_of(self.view.surface(found.start, found.end))
        head_first = found.core[0] > found.start
        joined = (
            head_first
            and self._grammar(self._passage(found.start)).connectors.ending_at(self.view.norm, found.core[0])
            is not None
        )
        return _Candidate(found.start, found.end, ids, found.rule, found.core, joined)

    def _is_vetoed(self, one: _Candidate) -> bool:
        return self._grammar(self._passage(one.start)).is_vetoed(self.view, one.start, one.end)

    def _acronyms(self, sure: list[_Candidate]) -> Iterator[_Candidate]:
        """Acronyms introduced in brackets beside a name, wherever they stand."""
        introduced: dict[tuple[str, ...], _Candidate] = {}
        for one in sure:
            for start, end in (self._bracketed_after(one), self._before_bracket(one)):
                if start < end and self._abbreviates(start, end, one):
                    introduced[tuple(self.view.text[start:end])] = one
        if not introduced:
            return
        longest = max(map(len, introduced))
        for token in range(len(self.view)):
            for length in range(1, longest + 1):
                if long_form := introduced.get(tuple(self.view.text[token : token + length])):
                    yield _Candidate(token, token + length, long_form.ids, "acronym introduced")

    def _bracketed_after(self, one: _Candidate) -> tuple[int, int]:
        view, start = self.view, one.end + 1
        if start >= len(view) or view.text[one.end] not in "(（":
            return 0, 0
        end = next((at for at in range(start, min(start + 4, len(view))) if view.text[at] in ")）,;"), start)
        return start, end

    def _before_bracket(self, one: _Candidate) -> tuple[int, int]:
        view, end = self.view, one.start - 1
        return (end - 1, end) if end > 0 and view.text[end] in "(（" else (0, 0)

    def _abbreviates(self, start: int, end: int, one: _Candidate) -> bool:
        written = "".join(self.view.text[start:end])
        capitals = sum(char.isupper() for char in written)
        if not 1 < len(written) <= _LONGEST_ACRONYM or capitals < 2 or not written[0].isalpha():
            return False
        initials = {self.view.norm[token][0] for token in range(one.start, one.end)}
        return fold(written)[0] in initials and fold(written) not in self.component.index.places

    def _shortened(self, sure: list[_Candidate]) -> Iterator[_Candidate]:
        """The name of a long form without its head words, wherever else it stands: "Makerere", "Cadi-Ayyad"."""
        cores: dict[tuple[str, ...], _Candidate] = {}
        for one in sure:
            if one.core and self.view.text[one.core[0]][0].isupper():
                words = tuple(self.view.text[slice(*one.core)])
                words = words[: -1 if words[-1] in "-–" else None]
                if len("".join(words)) > 3:
                    cores.setdefault(words, one)
        if not cores:
            return
        starts = {words[0] for words in cores}
        for token, text in enumerate(self.view.text):
            if text in starts:
                for words, one in cores.items():
                    if tuple(self.view.text[token : token + len(words)]) == words:
                        placed = one.joined or fold(words[-1]) in self.component.index.places
                        yield _Candidate(
                            token, token + len(words), one.ids, "short form " + ("cued" if placed else "of long form")
                        )

    def _counts(self, one: _Candidate, sure: list[_Candidate]) -> bool:
        """Whether an ambiguous short name stands for the institution."""
        passage = self._passage(one.start)
        grammar = self._grammar(passage)
        if grammar.is_cued(self.view, one.start, one.end):
            return True
        if (passage.start, passage.end) == (one.start, one.end) and passage.block.kind == "table_cell":
            return len(self.view.surface(one.start, one.end)) > 2 or bool(sure)
        is_name = one.rule == "gazetteer cue"
        # "Miami University": shared by several institutions, but a name all the same.
        if is_name and one.end - one.start > 1 and grammar.has_head(self.view, one.start, one.end):
            return True
        last = self.view.norm[one.end - 1]
        placeless = is_name and last not in self.component.index.places and len(last) > 1
        if grammar.is_placed(self.view, one.start):
            return placeless  # "at the Sorbonne", "на СУ": what is no place is where one studies
        if placeless and grammar.articles.ending_at(self.view.norm, one.start):
            return True  # "della Bocconi", "la Complutense": neither people nor places bear an article there
        if one.rule == "short form of long form":
            return True
        named = any(set(one.ids) & set(other.ids) for other in sure)
        is_acronym = self.view.surface(one.start, one.end).isupper()
        return (named and is_acronym) or self._is_listed(one, sure, passage)

    def _is_enumerated(self, one: _Candidate, short: list[_Candidate]) -> bool:
        """Whether it is one of three such names in a row, or of two in a script whose short names are no words."""
        beside = [
            other
            for other in short
            if set(other.ids) != set(one.ids) and self._is_listed(one, [other], self._passage(one.start))
        ]
        further = [
            other
            for each in beside
            for other in short
            if set(other.ids) != set(one.ids)
            and other not in beside
            and self._is_listed(each, [other], self._passage(each.start))
        ]
        wide = "\u3040" <= self.view.text[one.start][0] <= "\u9fff"
        return bool(beside) and (wide or len(beside) + len(further) > 1)

    def _is_listed(self, one: _Candidate, sure: list[_Candidate], passage: Passage) -> bool:
        """Whether another university stands beside it in a list: "Yale, Brown and Duke"."""
        sentence = passage.sentence_of(one.start)
        conjunctions = self._grammar(passage).conjunctions
        for other in sure:
            between = (
                self.view.norm[other.end : one.start]
                if other.end <= one.start
                else self.view.norm[one.end : other.start]
            )
            near = sentence[0] <= other.start < sentence[1] and 0 < len(between) <= 3
            if near and any(norm in conjunctions or norm in ",/、,&" for norm in between):
                return True
        return False


def _inside(one: _Candidate, other: _Candidate) -> bool:
    return other.start <= one.start and one.end <= other.end


def _overlap(one: _Candidate, other: _Candidate) -> bool:
    return one.start < other.end and other.start < one.end


def _reconciled(named: list[_Candidate], read: list[_Candidate], view: TokenView) -> Iterator[_Candidate]:
    """Names of the gazetteer and names by head words made one: each span once, with the ids and the core known of it."""
    by_span = {(one.start, one.end): one for one in named}
    for one in read:
        known = by_span.pop((one.start, one.end), None)
        if any(_overlap(one, other) and not _inside(other, one) and other.end - other.start > 1 for other in named):
            continue  # a head inside a known name's word
        if known:
            yield replace(known, core=one.core, joined=one.joined)
            continue
        inside = [other for other in named if one.start <= other.start and other.end <= one.end]
        core = next((other for other in inside if one.core == (other.start, other.end)), None)
        if core and not one.ids:
            yield replace(one, ids=core.ids)
        elif one.ids or not any(_is_full_name(other, one, view) for other in inside):
            yield one
    yield from by_span.values()


def _is_full_name(known: _Candidate, read: _Candidate, view: TokenView) -> bool:
    """Whether the gazetteer's name inside a longer reading is the whole name: the reading went on too far."""
    if known.end - known.start < 2:
        return False
    return not (known.end < read.end and view.text[known.end] in "-–" and not view.space[known.end - 1])
