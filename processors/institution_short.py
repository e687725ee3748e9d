"""Short forms that an article makes of its long ones: acronyms in brackets, and names without their head words."""

from collections.abc import Collection, Iterator

from processors.fold import fold
from processors.institution_candidate import Candidate
from processors.token_view import TokenView

_LONGEST_ACRONYM = 12


def introduced_acronyms(view: TokenView, sure: list[Candidate], places: Collection[str]) -> Iterator[Candidate]:
    """Acronyms introduced in brackets beside a name, wherever they stand."""
    introduced: dict[tuple[str, ...], Candidate] = {}
    for one in sure:
        for start, end in (_bracketed_after(view, one), _before_bracket(view, one)):
            if start < end and _abbreviates(view, start, end, one, places):
                introduced[tuple(view.text[start:end])] = one
    if not introduced:
        return
    longest = max(map(len, introduced))
    for token in range(len(view)):
        for length in range(1, longest + 1):
            if long_form := introduced.get(tuple(view.text[token : token + length])):
                yield Candidate(token, token + length, long_form.ids, "acronym introduced")


def _bracketed_after(view: TokenView, one: Candidate) -> tuple[int, int]:
    start = one.end + 1
    if start >= len(view) or view.text[one.end] not in "(（":
        return 0, 0
    end = next((at for at in range(start, min(start + 4, len(view))) if view.text[at] in ")）,;"), start)
    return start, end


def _before_bracket(view: TokenView, one: Candidate) -> tuple[int, int]:
    end = one.start - 1
    return (end - 1, end) if end > 0 and view.text[end] in "(（" else (0, 0)


def _abbreviates(view: TokenView, start: int, end: int, one: Candidate, places: Collection[str]) -> bool:
    written = "".join(view.text[start:end])
    capitals = sum(char.isupper() for char in written)
    if not 1 < len(written) <= _LONGEST_ACRONYM or capitals < 2 or not written[0].isalpha():
        return False
    initials = {view.norm[token][0] for token in range(one.start, one.end)}
    return fold(written)[0] in initials and fold(written) not in places


def shortened(view: TokenView, sure: list[Candidate], places: Collection[str]) -> Iterator[Candidate]:
    """The name of a long form without its head words, wherever else it stands: "Makerere", "Cadi-Ayyad"."""
    cores: dict[tuple[str, ...], Candidate] = {}
    for one in sure:
        if one.core and view.text[one.core[0]][0].isupper():
            words = tuple(view.text[slice(*one.core)])
            words = words[: -1 if words[-1] in "-–" else None]
            if len("".join(words)) > 3:
                cores.setdefault(words, one)
    lengths: dict[str, set[int]] = {}
    for words in cores:
        lengths.setdefault(words[0], set()).add(len(words))
    for token, text in enumerate(view.text):
        for length in lengths.get(text, ()):
            words = tuple(view.text[token : token + length])
            long_form = cores.get(words)
            if long_form:
                placed = long_form.joined or fold(words[-1]) in places
                rule = "short form " + ("cued" if placed else "of long form")
                yield Candidate(token, token + length, long_form.ids, rule)
