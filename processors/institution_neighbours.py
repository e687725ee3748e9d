"""Which candidates stand beside others, told by the tokens they begin and end at: linear on any list of names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from processors.institution_candidate import Candidate

# So many tokens may stand between two names of a list: "Yale | , and | Duke".
_GAP = 3


class Neighbours:
    """Candidates by the tokens that they begin and end at."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._starting: dict[int, list[Candidate]] = defaultdict(list)
        self._ending: dict[int, list[Candidate]] = defaultdict(list)
        for one in candidates:
            self._starting[one.start].append(one)
            self._ending[one.end].append(one)

    def of(self, one: Candidate) -> Iterator[tuple[Candidate, range]]:
        """The candidates a few tokens before and behind one, each with the tokens between the two."""
        for gap in range(1, _GAP + 1):
            for other in self._ending.get(one.start - gap, ()):
                yield other, range(other.end, one.start)
            for other in self._starting.get(one.end + gap, ()):
                yield other, range(one.end, other.start)
