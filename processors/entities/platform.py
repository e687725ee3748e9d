"""Platforms: named online services and apps."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache

from babel import Locale
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from processors.document import Layout, Passage
from processors.fold import fold
from processors.gazetteer import Gazetteer, Match, Name, read_names, read_rows
from processors.inflection import endings, uninflected
from processors.lexicon import LEXICONS, Lexicon, LexiconError, lexicons_for
from processors.overlap import longest_first
from processors.token_view import PhraseTable, TokenView
from processors.tokenizer import split_tokens
from schemas.entity import Entity

_FOLDER = LEXICONS / "platform"
# How many tokens may stand between a cue and the name: "sur le réseau X", "via ihren X-Kanal".
_CUE_GAP = 2
# Another platform this near in the sentence makes an ambiguous name one of a list: "Hootsuite ou Buffer".
_NEIGHBOURS = 5
_ADDRESS_SIGNS = frozenset("@/#$")


class PlatformLexicon(Lexicon):
    """What tells, in a language, that an ambiguous name stands for the service, and how names are inflected."""

    cues_before: list[str] = []
    cues_after: list[str] = []
    vetoes_before: list[str] = []
    vetoes_after: list[str] = []


@dataclass(frozen=True, slots=True)
class Platform:
    """A row of platforms.csv."""

    id: str
    name: str
    kind: str
    domain: str
    country: str


@dataclass(frozen=True, slots=True)
class PlatformMention:
    """What a platform's mention says."""

    platform: Platform
    rule: str

    def fill(self, entity: Entity) -> Entity:
        """The `entities` row with what this says."""
        known = self.platform
        return replace(
            entity, rule=self.rule, canonical_id=known.id, canonical_name=known.name, platform_kind=known.kind
        )


Span.set_extension("platform", default=None, force=True)


@cache
def platforms() -> dict[str, Platform]:
    """The platforms of the gazetteer, by id."""
    path = _FOLDER / "platforms.csv"
    found: dict[str, Platform] = {}
    territories = Locale("en").territories
    for line, row in read_rows(path, ("id", "name", "kind", "domain", "country")):
        entry = Platform(*row)
        if entry.id in found or (entry.country and entry.country not in territories):
            raise LexiconError(
                f"{path}:{line}: {entry.id}: the id stands twice, or {entry.country!r} is no country code"
            )
        found[entry.id] = entry
    return found


class PlatformCues:
    """The cues of one language."""

    def __init__(self, language: str) -> None:
        lexicons = lexicons_for("platform", PlatformLexicon, language)
        self.before = PhraseTable([(form, True) for each in lexicons for form in each.cues_before])
        self.after = PhraseTable([(form, True) for each in lexicons for form in each.cues_after])
        self.vetoes_before = PhraseTable([(form, True) for each in lexicons for form in each.vetoes_before])
        self.vetoes_after = PhraseTable([(form, True) for each in lexicons for form in each.vetoes_after])

    def govern(self, view: TokenView, start: int, end: int) -> bool:
        """Whether a cue stands beside tokens [start, end)."""
        # Hebrew and Yiddish write a hyphen between a preposition and a foreign name: ב-X.
        start -= start > 0 and view.text[start - 1] == "-"
        for token in range(start, max(start - _CUE_GAP - 1, 0), -1):
            if self.before.ending_at(view.norm, token):
                return True
            if not view.text[token - 1][0].isalpha():
                break
        after = end + (end < len(view) and view.text[end] in "-'’")
        return self.after.at(view.norm, after) is not None

    def refuse(self, view: TokenView, start: int, end: int) -> bool:
        """Whether a veto stands beside tokens [start, end)."""
        return (
            self.vetoes_before.ending_at(view.norm, start) is not None
            or self.vetoes_after.at(view.norm, end) is not None
        )


@cache
def platform_cues(language: str) -> PlatformCues:
    """The cues of a language, built once."""
    return PlatformCues(language)


@Language.factory("moisson_platform", assigns=["doc.spans"])
def make_platform(nlp: Language, name: str) -> "PlatformComponent":
    """The component that finds platforms."""
    return PlatformComponent(nlp.vocab)


class PlatformComponent:
    """Puts platforms into `doc.spans["platform"]`, each with its `span._.platform`."""

    def __init__(self, vocab: Vocab) -> None:
        known = platforms()
        further = list(read_names(_FOLDER, known.keys()))
        restated = {(name.written, one) for name in further for one in name.ids if name.language == "mul"}
        own = [Name(p.name, (p.id,), "name", "mul") for p in known.values() if (p.name, p.id) not in restated]
        self.gazetteer = Gazetteer(vocab, [*own, *further])
        single = [
            name
            for name in (*own, *further)
            if name.policy != "exact" and len(split_tokens(name.written)[0]) == 1 and len(name.written) > 3
        ]
        self.stems = {fold(name.written): name for name in sorted(single, key=lambda name: name.policy == "name")}

    def __call__(self, doc: Doc) -> Doc:
        layout: Layout = doc._.layout
        matches = [_in_text(layout, match) for match in (*self.gazetteer.matches(doc), *self._inflected(layout))]
        matches = [match for match in matches if match.names and not _is_address(layout.view, *_place(layout, match))]
        sure = [match for match in matches if any(name.policy != "cue" for name in match.names)]
        cued = [match for match in matches if match not in sure and _is_cued(layout, match, sure)]
        doc.spans["platform"] = [_span(doc, match) for match in longest_first([*sure, *cued])]
        return doc

    def _inflected(self, layout: Layout) -> list[Match]:
        """Names with an ending of the passage's language: Facebooku, Твиттере."""
        view = layout.view
        found: list[Match] = []
        for passage in layout.passages:
            if endings(passage.language):
                found += [
                    Match(view.index[token], view.index[token] + 1, (name,))
                    for token in range(passage.start, passage.end)
                    if not view.text[token][0].islower()
                    and (name := uninflected(view.norm[token], self.stems, passage.language))
                ]
        return found


def _place(layout: Layout, match: Match) -> tuple[int, int]:
    """The view tokens of a match."""
    return bisect_left(layout.view.index, match.start), bisect_left(layout.view.index, match.end)


def _in_text(layout: Layout, match: Match) -> Match:
    """A match with the names that count in the language it stands in."""
    language = _passage(layout, bisect_left(layout.view.index, match.start)).language
    return replace(match, names=match.in_language(language))


def _is_address(view: TokenView, start: int, end: int) -> bool:
    before = view.text[start - 1] if start and not view.space[start - 1] else ""
    after = view.text[end] if end < len(view) and not view.space[end - 1] else ""
    if (before in _ADDRESS_SIGNS and before) or before == "." or after == "@":
        return True
    # "facebook.com/x" is an address; "Facebook.Der nächste Satz" is a missing space.
    domain = (
        after == "."
        and end + 1 < len(view)
        and not view.space[end]
        and view.text[end + 1].islower()
        and view.text[end + 1].isascii()
    )
    return domain or (after == "/" and before == "/")


def _passage(layout: Layout, token: int) -> Passage:
    ends = [passage.end for passage in layout.passages]
    return layout.passages[min(bisect_left(ends, token + 1), len(ends) - 1)]


def _is_cued(layout: Layout, match: Match, sure: list[Match]) -> bool:
    """Whether an ambiguous name is governed by a cue, stands in a list of platforms, or was named in full before."""
    view = layout.view
    start, end = _place(layout, match)
    passage = _passage(layout, start)
    cues = platform_cues(passage.language)
    if cues.refuse(view, start, end):
        return False
    if cues.govern(view, start, end):
        return True
    ids = {one for name in match.names for one in name.ids}
    if any(ids & {one for name in other.names for one in name.ids} for other in sure) and len(view.text[start]) > 1:
        return True
    reach = _NEIGHBOURS if end - start > 1 or len(view.text[start]) > 3 else 2
    sentence = passage.sentence_of(start)
    near = {view.index[token] for token in range(max(start - reach, sentence[0]), min(end + reach, sentence[1]))}
    return any(near & set(range(other.start, other.end)) for other in sure)


def _span(doc: Doc, match: Match) -> Span:
    best = min(match.names, key=lambda name: name.policy == "cue")
    span = Span(doc, match.start, match.end, label="platform")
    span._.platform = PlatformMention(platforms()[best.ids[0]], f"gazetteer {best.policy}")
    return span
