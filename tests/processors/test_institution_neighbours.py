"""Neighbours and covers of candidates, told by tokens."""

from processors.institution_candidate import Candidate, Cover
from processors.institution_neighbours import Neighbours


def candidate(start: int, end: int, name: str = "") -> Candidate:
    return Candidate(start, end, (name,), "test")


def test_neighbours_stand_a_few_tokens_before_or_behind() -> None:
    yale, brown, duke, far = candidate(0, 1), candidate(2, 3), candidate(5, 6), candidate(10, 11)
    found = dict(Neighbours([yale, brown, duke, far]).of(brown))
    assert found == {yale: range(1, 2), duke: range(3, 5)}


def test_two_names_without_a_token_between_are_no_list() -> None:
    assert not list(Neighbours([candidate(0, 2)]).of(candidate(2, 3)))


def test_a_cover_holds_what_is_inside_and_tells_what_overlaps() -> None:
    hospital, other = candidate(3, 8, "hospital"), candidate(7, 9, "other")
    cover = Cover([hospital, other])
    assert cover.holds(candidate(4, 8))
    assert not cover.holds(candidate(2, 4))
    assert cover.overlapping(candidate(6, 8)) == [hospital, other]


def test_every_candidate_sees_only_its_neighbours_in_a_long_list() -> None:
    names = [candidate(token, token + 1, str(token)) for token in range(0, 4000, 2)]
    neighbours = Neighbours(names)
    assert max(len(list(neighbours.of(one))) for one in names) == 4  # gaps of one and of three tokens, on either side
