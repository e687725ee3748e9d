"""robots.txt (RFC 9309): what a site lets us read, and how fast."""

import re

from protego import Protego

# The standard asks for at least 500 kibibytes; what follows is not read.
LONGEST = 512_000
_AGENT = re.compile(r"\s*user[- ]?agent\s*:?\s*([^#]*)", re.IGNORECASE)


class Rules:
    """The rules of a host for a user agent."""

    def __init__(self, text: str, user_agent: str) -> None:
        # The product name is what rules are written for: "moisson" of "moisson/1.0 (+https://…)".
        self._agent = user_agent.partition("/")[0].partition(" ")[0] or "*"
        self._rules = Protego.parse(_without_others(text, self._agent.lower()))

    def allow(self, address: str) -> bool:
        """Whether an address may be read."""
        return self._rules.can_fetch(address, self._agent)

    @property
    def delay(self) -> float:
        """Seconds that the host wants between two requests; 0 where it does not say."""
        return self._rules.crawl_delay(self._agent) or 0.0


def _without_others(text: str, agent: str) -> str:
    """The rules with all agents that we are not named alike: thousands of names cannot multiply thousands of rules."""
    return "\n".join(_renamed(line, agent) for line in text.splitlines())


def _renamed(line: str, agent: str) -> str:
    found = _AGENT.match(line)
    if not found:
        return line
    name = found[1].strip().lower().replace("*", "") or "*"
    return line if name == "*" or name in agent else "User-agent: somebody-else"
