"""The table `runs`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSeconds:
    """How long a stage of a run took."""

    stage: Annotated[str, "plan, process or commit"]
    seconds: Annotated[float, "wall time"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that was committed."""

    run_id: Annotated[str, "its id; ids sort by time"]
    started_at: Annotated[datetime, "UTC"]
    finished_at: Annotated[datetime, "UTC"]
    sources: Annotated[tuple[str, ...], "the sources as given"]
    n_new: Annotated[int, "articles that the store did not hold"]
    n_changed: Annotated[int, "articles whose input or lexicons had changed"]
    n_unchanged: Annotated[int, "articles left as they were"]
    n_removed: Annotated[int, "articles that their source no longer holds"]
    n_rejected: Annotated[int, "inputs that could not be read"]
    pipeline_version: Annotated[str, "version of moisson and fingerprint of the lexicons"]
    stages: Annotated[tuple[StageSeconds, ...], "seconds per stage"]
