"""A host as a run knows it: its rules, when it may be asked again, and whether it is left alone."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from flows.http.robots import Rules
from flows.settings import settings
from processors.raw import RejectError

# A host that failed so many times in a row is down: it is not asked for each of its ten thousand pages.
_MOST_FAILURES = 5


class Host:
    """One scheme, name and port."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.rules: Rules | None = None
        self.closed: RejectError | None = None
        self._failures = 0
        self._free_at = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until the host may be asked again; from the end of the block on it rests."""
        if self.closed:
            raise self.closed
        time.sleep(max(0.0, self._free_at - time.monotonic()))
        try:
            yield
        finally:
            self._free_at = time.monotonic() + self._delay()

    def _delay(self) -> float:
        wanted = self.rules.delay if self.rules else 0.0
        return max(settings().http_delay, min(wanted, settings().http_max_delay))

    def answered(self) -> None:
        """Note that the host is up."""
        self._failures = 0

    def failed(self, error: RejectError) -> None:
        """Note a failure that retries did not mend; after several in a row the host is left alone."""
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            self.leave(f"failed {self._failures} times in a row, at last so: {error.message}")

    def leave(self, why: str) -> None:
        """Ask the host no more in this run."""
        self.closed = RejectError("read", "host_left_alone", f"got no request sent: {self.origin} {why}")
