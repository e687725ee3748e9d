"""Names: what an entry is called, in which language, and when that counts as a mention."""

from dataclasses import dataclass
from typing import Literal, get_args

# name: unmistakable in any case; exact: only as written; cue: as written, and only with a cue nearby.
Policy = Literal["name", "exact", "cue"]
POLICIES: dict[str, Policy] = {**{policy: policy for policy in get_args(Policy)}, "acronym": "exact"}

# No name is longer; a whole sentence pasted into the column is a mistake.
_LONGEST = 300


def name_mistake(written: str) -> str | None:
    """What is wrong with a name as written, or None."""
    if not written.strip():
        return "got no name"
    if len(written) > _LONGEST:
        return f"got a name of {len(written)} characters, wanted at most {_LONGEST}"
    return None


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, the entries that bear it, the language that it is used in, and when it counts."""

    written: str
    ids: tuple[str, ...]
    policy: Policy
    language: str

    def fits(self, surface: str) -> bool:
        """Whether a surface with the same folded form may be this name, by its capitals."""
        if surface == self.written:
            return True
        if self.policy != "name":
            return False
        return surface != surface.lower() or self.written == self.written.lower() == self.written.upper()
