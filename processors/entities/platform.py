"""Platforms: named online services and apps."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

from spacy.language import Language
from spacy.tokens import Doc, Span

from processors.document import Layout, Passage
from processors.gazetteer import PLATFORMS, Match, Name, Platform, gazetteer
from processors.inflection import endings, uninflected
from processors.lexicon import Lexicon, lexicons_for
from processors.overlap import longest_first
from processors.token_view import PhraseTable, TokenView, span_of
from schemas.entity import Entity

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
    others: list[str] = []
    capitals_tell: bool = True


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


class PlatformCues:
    """The cues of one language."""

    def __init__(self, language: str) -> None:
        lexicons = lexicons_for("platform", PlatformLexicon, language)
        self.before = PhraseTable([(form, True) for each in lexicons for form in each.cues_before])
        self.after = PhraseTable([(form, True) for each in lexicons for form in each.cues_after])
        self.vetoes_before = PhraseTable([(form, True) for each in lexicons for form in each.vetoes_before])
        self.vetoes_after = PhraseTable([(form, True) for each in lexicons for form in each.vetoes_after])
        # Phrases that hold a name and mean something else: "豆瓣|酱", "百度|了一下".
        self.others = PhraseTable([(form, True) for each in lexicons for form in each.others])
        # Not where every noun has a capital.
        self.capitals_tell = all(each.capitals_tell for each in lexicons)

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
    return PlatformComponent()


class PlatformComponent:
    """Puts platforms into `doc.spans["platform"]`, each with its `span._.platform`."""

    def __init__(self) -> None:
        self.gazetteer = gazetteer(PLATFORMS)

    def __call__(self, doc: Doc) -> Doc:
        layout: Layout = doc._.layout
        view = layout.view
        read = _Article(layout)
        matches = [read.in_text(match) for match in (*self.gazetteer.matches(view), *self._inflected(layout))]
        found = [match for match in matches if match.names and not _is_address(view, match.start, match.end)]
        doc.spans["platform"] = [self._span(doc, view, match) for match in longest_first(read.counted(found))]
        return doc

    def _inflected(self, layout: Layout) -> list[Match]:
        """Names with an ending of the passage's language: Facebooku, Твиттере."""
        view = layout.view
        found: list[Match] = []
        for passage in layout.passages:
            if endings(passage.language):
                found += [
                    Match(token, token + 1, names)
                    for token in range(passage.start, passage.end)
                    if not view.text[token][0].islower()
                    and (names := uninflected(view.norm[token], self._stem, passage.language))
                ]
        return found

    def _stem(self, norm: str) -> tuple[Name, ...] | None:
        """The names of one word that takes endings."""
        names = self.gazetteer.lookup(norm)
        return tuple(name for name in names if name.policy != "exact" and len(name.written) > 3) or None

    def _span(self, doc: Doc, view: TokenView, match: Match) -> Span:
        best = min(match.names, key=lambda name: name.policy == "cue")
        span = span_of(doc, view, match.start, match.end, "platform")
        span._.platform = PlatformMention(self.gazetteer.entry(best.ids[0]), f"gazetteer {best.policy}")
        return span


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


class _Article:
    """The platforms of one article: what is sure first, then what stands beside it."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.view = layout, layout.view
        self._ends = [passage.end for passage in layout.passages]
        self._others = self._tokens_of_others()

    def in_text(self, match: Match) -> Match:
        """A match with the names that count in the language it stands in."""
        return replace(match, names=match.in_language(self._passage(match.start).language))

    def counted(self, matches: list[Match]) -> list[Match]:
        """The matches that are platforms: by their names alone, by a cue, or by another platform near."""
        matches = [match for match in matches if not self._others.issuperset(range(match.start, match.end))]
        sure = [match for match in matches if any(name.policy != "cue" for name in match.names)]
        unsure = [match for match in matches if all(name.policy == "cue" for name in match.names)]
        unsure = [match for match in unsure if not self._cues(match).refuse(self.view, match.start, match.end)]
        ids = {one for match in sure for name in match.names for one in name.ids}
        near_sure = self._density(sure)
        cued = [match for match in unsure if self._is_cued(match, ids, near_sure)]
        near_known, near_told = self._density([*sure, *cued]), self._density(list(filter(self._is_told, unsure)))
        told = [match for match in unsure if self._is_told(match) and self._has_company(match, near_known, near_told)]
        return [*sure, *dict.fromkeys([*cued, *told])]

    def _passage(self, token: int) -> Passage:
        return self.layout.passages[min(bisect_left(self._ends, token + 1), len(self._ends) - 1)]

    def _cues(self, match: Match) -> PlatformCues:
        return platform_cues(self._passage(match.start).language)

    def _tokens_of_others(self) -> set[int]:
        found: set[int] = set()
        for passage in self.layout.passages:
            others = platform_cues(passage.language).others
            for token in range(passage.start, passage.end):
                if self.view.norm[token] in others and (phrase := others.at(self.view.norm, token)):
                    found.update(range(token, phrase[0]))
        return found

    def _density(self, matches: list[Match]) -> list[int]:
        """How many tokens of matches stand before each token: what tells in one step whether any stands between two."""
        over = bytearray(len(self.view))
        for match in matches:
            over[match.start : match.end] = b"\1" * (match.end - match.start)
        return list(accumulate(over, initial=0))

    def _is_cued(self, match: Match, sure_ids: set[str], near_sure: list[int]) -> bool:
        """Whether an ambiguous name is governed by a cue, stands in a list of platforms, or is named in full too."""
        start, end = match.start, match.end
        if self._cues(match).govern(self.view, start, end):
            return True
        named = any(one in sure_ids for name in match.names for one in name.ids)
        if named and len(self.view.text[start]) > 1:
            return True
        return self._is_near(match, near_sure, _NEIGHBOURS if end - start > 1 or len(self.view.text[start]) > 3 else 2)

    def _is_near(self, match: Match, density: list[int], reach: int) -> bool:
        """Whether any of other matches stands in the same sentence, so many tokens before or behind at most."""
        sentence = self._passage(match.start).sentence_of(match.start)
        first, last = max(match.start - reach, sentence[0]), min(match.end + reach, sentence[1])
        before, behind = density[match.start] - density[first], density[last] - density[match.end]
        return before + behind > 0

    def _is_told(self, match: Match) -> bool:
        """Whether a capital within a sentence tells that a word is a name."""
        sentence = self._passage(match.start).sentence_of(match.start)
        text = self.view.text[match.start]
        return match.start > sentence[0] and text[0].isupper() and len(text) > 3 and self._cues(match).capitals_tell

    def _has_company(self, match: Match, near_known: list[int], near_told: list[int]) -> bool:
        """Whether a platform stands in its sentence, or another name that may be one beside it: "from Zoom to Teams"."""
        return self._is_near(match, near_known, len(self.view)) or self._is_near(match, near_told, _NEIGHBOURS - 2)
