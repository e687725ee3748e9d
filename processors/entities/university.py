"""Universities: named institutions of higher education, linked to their web domain where the gazetteer knows them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from processors.currency import home_country, is_official
from processors.document import Layout, Passage
from processors.gazetteer import UNIVERSITIES, Institution, Match, Name, gazetteer, key_of
from processors.inflection import endings, uninflected
from processors.institution import Found, institution_grammar
from processors.institution_candidate import Candidate, Cover, reconciled
from processors.institution_context import has_head, is_cued, is_placed, is_vetoed
from processors.institution_index import institution_index
from processors.institution_neighbours import Neighbours
from processors.institution_short import introduced_acronyms, shortened
from processors.institution_words import InstitutionWords, institution_words
from processors.overlap import longest_first
from processors.script import is_cased
from processors.token_view import span_of
from schemas.entity import Entity

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
        countries = article.countries(mentions)
        spans: list[Span] = []
        for mention in mentions:
            span = span_of(doc, layout.view, mention.start, mention.end, "university")
            one = article.choose(mention.ids, countries)
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
                    names := uninflected(view.norm[token], self._stem, passage.language)
                ):
                    yield Match(token, token + 1, names)

    def _stem(self, norm: str) -> tuple[Name, ...] | None:
        """The names of one word that takes endings."""
        if len(norm) <= _SHORTEST_STEM:
            return None
        names = self.gazetteer.lookup(norm)
        return tuple(name for name in names if name.policy != "exact" and name.written[0].isupper()) or None

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
        self.places = component.index.places
        self._ends = [passage.end for passage in layout.passages]

    def mentions(self, matches: list[Match]) -> list[Candidate]:
        matches = [match for match in matches if self._in_text(match)]
        sure_matches = [match for match in matches if any(name.policy != "cue" for name in self._in_text(match))]
        named = [self._named(match, "name") for match in sure_matches]
        read = [
            self._read(found)
            for passage in self.layout.passages
            for found in institution_grammar(passage.language).read(self.view, passage)
        ]
        candidates = list(reconciled(named, read, self.view))
        vetoed = Cover(one for one in candidates if self._is_vetoed(one))
        sure = longest_first(one for one in candidates if not vetoed.holds(one))
        sure = longest_first([*sure, *introduced_acronyms(self.view, sure, self.places)])
        unsure = [match for match in matches if all(name.policy == "cue" for name in self._in_text(match))]
        cued = [self._named(match, "cue") for match in unsure]
        taken = Cover(sure)
        short = [
            one
            for one in dict.fromkeys([*cued, *shortened(self.view, sure, self.places)])
            if not (vetoed.holds(one) or self._is_vetoed(one) or taken.overlapping(one))
        ]
        return longest_first([*sure, *self._counted(short, sure)])

    def _counted(self, short: list[Candidate], sure: list[Candidate]) -> list[Candidate]:
        """The ambiguous short names that stand for institutions."""
        beside_sure, beside_short = Neighbours(sure), Neighbours(short)
        ids = {each for one in sure for each in one.ids}
        counted = dict.fromkeys(
            one
            for one in short
            if self._counts(one, ids) or self._listed(one, beside_sure) or self._is_enumerated(one, beside_short)
        )
        # "Graduates of Duke and Georgetown": what stands in a list with a mention is one too.
        beside = Neighbours(counted)
        return [*counted, *(one for one in short if one not in counted and self._listed(one, beside))]

    def countries(self, mentions: list[Candidate]) -> Counter[str]:
        """How often the article speaks of each country's institutions, and of its own country once."""
        known = self.component.gazetteer.entry
        named = Counter(known(one.ids[0]).country for one in mentions if len(one.ids) == 1)
        named[home_country(self.layout.declared_language or self.layout.languages.main) or ""] += 1
        return named

    def choose(self, ids: tuple[str, ...], named: Counter[str]) -> str | None:
        """Of several institutions that bear a name, the one whose country the article is about."""
        if len(ids) < 2:
            return ids[0] if ids else None
        known = self.component.gazetteer.entry
        speaks = self.layout.languages.main.split("-")[0]
        return max(
            ids, key=lambda one: (named[known(one).country], is_official(speaks, known(one).country), -ids.index(one))
        )

    def _passage(self, token: int) -> Passage:
        return self.layout.passages[min(bisect_left(self._ends, token + 1), len(self._ends) - 1)]

    def _words(self, one: Candidate) -> InstitutionWords:
        return institution_words(self._passage(one.start).language)

    def _named(self, match: Match, rule: str) -> Candidate:
        names = [name for name in self._in_text(match) if rule == "cue" or name.policy != "cue"]
        ids = tuple(dict.fromkeys(one for name in names for one in name.ids))
        return Candidate(match.start, self._declined(match), ids, f"gazetteer {rule}")

    def _declined(self, match: Match) -> int:
        """Where a name ends with the ending that its language writes behind an acronym: "KUL | -u"."""
        view, end = self.view, match.end
        endings = institution_words(self._passage(match.start).language).case_endings
        glued = end + 1 < len(view) and view.text[end] == "-" and not (view.space[end - 1] or view.space[end])
        return end + 2 if glued and view.text[end - 1].isupper() and view.text[end + 1] in endings else end

    def _in_text(self, match: Match) -> tuple[Name, ...]:
        return match.in_language(self._passage(match.start).language)

    def _read(self, found: Found) -> Candidate:
        words = institution_words(self._passage(found.start).language)
        ids = self.component.ids_of(self.view.surface(found.start, found.end))
        ids = ids or self._ids_without_honour(found, words)
        head_first = found.core[0] > found.start
        joined = head_first and words.connectors.ending_at(self.view.norm, found.core[0]) is not None
        return Candidate(found.start, found.end, ids, found.rule, found.core, joined)

    def _ids_without_honour(self, found: Found, words: InstitutionWords) -> tuple[str, ...]:
        """The ids of a name without the person it honours: "Харківський національний університет | імені …"."""
        honour = next((at for at in range(found.start + 2, found.end) if words.honours.at(self.view.norm, at)), None)
        return self.component.ids_of(self.view.surface(found.start, honour)) if honour else ()

    def _is_vetoed(self, one: Candidate) -> bool:
        words, norm = self._words(one), self.view.norm
        unit = words.units.at(norm, one.start)
        if unit and unit[0] > one.end:
            return True  # "人大|代表", "이대|로": the beginning of something else
        if one.core and not (one.joined or one.ids):
            # "Üniversite | Caddesi", "Haltestelle | Universität": what is read as the name is what vetoes it.
            table = words.vetoes_after if one.core[0] > one.start else words.vetoes_before
            if table.at(norm, one.core[0]):
                return True
        return is_vetoed(words, self.view, one.start, one.end)

    def _counts(self, one: Candidate, sure_ids: set[str]) -> bool:
        """Whether an ambiguous short name stands for the institution, by what is beside it and was named before."""
        passage = self._passage(one.start)
        words, surface = institution_words(passage.language), self.view.surface(one.start, one.end)
        if is_cued(words, self.view, one.start, one.end):
            return True
        if (passage.start, passage.end) == (one.start, one.end) and passage.block.kind == "table_cell":
            return len(surface) > 2 or bool(sure_ids)
        is_name = one.rule == "gazetteer cue"
        # "Miami University": shared by several institutions, but a name all the same.
        if is_name and one.end - one.start > 1 and has_head(words, self.view, one.start, one.end):
            return True
        last = self.view.norm[one.end - 1]
        placeless = is_name and last not in self.places and len(last) > 1
        # "At the Sorbonne", "на СУ": what is no place is where one studies; "in Cambridge" may be the city in any case.
        if is_placed(words, self.view, one.start):
            return placeless and (surface.isupper() or not self.component.index.named_for_city.issuperset(one.ids))
        if placeless and words.articles.ending_at(self.view.norm, one.start):
            return True  # "della Bocconi", "la Complutense": neither people nor places bear an article there
        if one.rule == "short form of long form":
            return True
        return not sure_ids.isdisjoint(one.ids) and surface.isupper()

    def _is_enumerated(self, one: Candidate, short: Neighbours) -> bool:
        """Whether it is one of three such names in a row, or of two in a script that does not capitalise all names."""
        beside = [other for other in self._listed(one, short) if set(other.ids) != set(one.ids)]
        further = {other for each in beside for other in self._listed(each, short) if set(other.ids) != set(one.ids)}
        uncased = not is_cased(self.view.text[one.start])
        return bool(beside) and (uncased or len(further.union(beside)) > 1)

    def _listed(self, one: Candidate, others: Neighbours) -> list[Candidate]:
        """Those that stand beside it in a list: "Yale, Brown and Duke"."""
        passage = self._passage(one.start)
        sentence = passage.sentence_of(one.start)
        joints = institution_words(passage.language).coordinators
        return [
            other
            for other, between in others.of(one)
            if sentence[0] <= other.start < sentence[1]
            and any(self.view.norm[token] in joints or self.view.norm[token] in ",/、,&" for token in between)
        ]
