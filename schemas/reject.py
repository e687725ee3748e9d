"""The table `rejects`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from schemas.vocabulary import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """An input that could not be read or processed; it is tried again in the next run."""

    source: Annotated[str, "path or URI as given"]
    stage: Annotated[Stage, "where it failed"]
    error: Annotated[str, "kind of failure, one word to group by"]
    message: Annotated[str, "what was got, what was wanted and what to do"]
    run_id: Annotated[str, "the run that met it"]
    seen_at: Annotated[datetime, "when, UTC"]
