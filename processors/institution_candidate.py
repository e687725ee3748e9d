"""Candidates: what may be a university's mention, from the gazetteer or by head words, and the two made one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from processors.token_view import TokenView


@dataclass(frozen=True, slots=True)
class Candidate:
    """View tokens [start, end) that may be a mention, the ids it may have, and its name without head words.

    `joined` where a connector stands between the head and that name: "Université | de | Dschang".
    """

    start: int
    end: int
    ids: tuple[str, ...]
    rule: str
    core: tuple[int, int] | None = None
    joined: bool = False

    def is_inside(self, other: "Candidate") -> bool:
        """Whether all its tokens are the other's too."""
        return other.start <= self.start and self.end <= other.end


class Cover:
    """The tokens that candidates stand over, and which candidates stand over each."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._over: dict[int, list[Candidate]] = defaultdict(list)
        for one in candidates:
            for token in range(one.start, one.end):
                self._over[token].append(one)

    def overlapping(self, one: Candidate) -> list[Candidate]:
        """Those that share a token with one, each once, in the order of their first shared token."""
        return list(dict.fromkeys(other for token in range(one.start, one.end) for other in self._over.get(token, ())))

    def holds(self, one: Candidate) -> bool:
        """Whether one is inside any of them."""
        return any(one.is_inside(other) for other in self._over.get(one.start, ()))


def reconciled(named: list[Candidate], read: list[Candidate], view: TokenView) -> Iterator[Candidate]:
    """Names of the gazetteer and names by head words made one: each span once, with the ids and the core known of it."""
    by_span = {(one.start, one.end): one for one in named}
    cover = Cover(named)
    for one in read:
        known = by_span.pop((one.start, one.end), None)
        over = cover.overlapping(one)
        if any(not other.is_inside(one) and other.end - other.start > 1 for other in over):
            continue  # a head inside a known name's word
        if known:
            yield replace(known, core=one.core, joined=one.joined)
            continue
        inside = [other for other in over if other.is_inside(one)]
        core = next((other for other in inside if one.core == (other.start, other.end)), None)
        if core and not one.ids:
            yield replace(one, ids=core.ids)
        elif one.ids or not any(_is_full_name(other, one, view) for other in inside):
            yield one
    yield from by_span.values()


def _is_full_name(known: Candidate, read: Candidate, view: TokenView) -> bool:
    """Whether the gazetteer's name inside a longer reading is the whole name: the reading went on too far."""
    if known.end - known.start < 2:
        return False
    return not (known.end < read.end and view.text[known.end] in "-–" and not view.space[known.end - 1])
