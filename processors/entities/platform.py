"""Platforms: named online services and apps."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache

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
        matches = [_in_text(layout, match) for match in (*self.gazetteer.matches(view), *self._inflected(layout))]
        matches = [match for match in matches if match.names and not _is_address(view, match.start, match.end)]
        sure = [match for match in matches if any(name.policy != "cue" for name in match.names)]
        cued = [match for match in matches if match not in sure and _is_cued(layout, match, sure)]
        doc.spans["platform"] = [self._span(doc, view, match) for match in longest_first([*sure, *cued])]
        return doc

    def _inflected(self, layout: Layout) -> list[Match]:
        """Names with an ending of the passage's language: Facebooku, Твиттере."""
        view = layout.view
        found: list[Match] = []
        for passage in layout.passages:
            if endings(passage.language):
                found += [
                    Match(token, token + 1, (name,))
                    for token in range(passage.start, passage.end)
                    if not view.text[token][0].islower()
                    and (name := uninflected(view.norm[token], self._stem, passage.language))
                ]
        return found

    def _stem(self, norm: str) -> Name | None:
        """The name of one word that takes endings: the last, and one that needs no cue before one that does."""
        names = [name for name in self.gazetteer.lookup(norm) if name.policy != "exact" and len(name.written) > 3]
        return max(reversed(names), key=lambda name: name.policy == "name", default=None)

    def _span(self, doc: Doc, view: TokenView, match: Match) -> Span:
        best = min(match.names, key=lambda name: name.policy == "cue")
        span = span_of(doc, view, match.start, match.end, "platform")
        span._.platform = PlatformMention(self.gazetteer.entry(best.ids[0]), f"gazetteer {best.policy}")
        return span


def _in_text(layout: Layout, match: Match) -> Match:
    """A match with the names that count in the language it stands in."""
    return replace(match, names=match.in_language(_passage(layout, match.start).language))


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
    start, end = match.start, match.end
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
    first, last = max(start - reach, sentence[0]), min(end + reach, sentence[1])
    return any(other.start < last and first < other.end for other in sure)
