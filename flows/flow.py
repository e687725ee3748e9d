"""The run as a Prefect flow: plan, process, commit. Prefect is the control plane; articles never pass through it."""

import os
from pathlib import Path

# A quiet embedded server that tells nobody about itself, unless the user has said otherwise.
for _name, _value in {
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}.items():
    os.environ.setdefault(_name, _value)

from prefect import flow, task  # noqa: E402  Prefect reads its settings when it is imported
from prefect.cache_policies import NO_CACHE  # noqa: E402

from flows.ingest import Plan, Progress, Stopwatch, commit, make_plan, no_progress, process  # noqa: E402
from flows.sources.options import Columns, ReadOptions  # noqa: E402
from flows.store.snapshot import Store  # noqa: E402
from schemas.run import Run  # noqa: E402

_progress: list[Progress] = [no_progress]


def show_progress(progress: Progress) -> None:
    """Tell somebody in this process about the progress of its runs; a flow's parameters can only be plain values."""
    _progress[0] = progress


@task(name="plan", cache_policy=NO_CACHE, persist_result=False)
def plan_task(sources: list[str], store: Path, options: ReadOptions) -> Plan:
    """Find out what is new or changed."""
    return make_plan(sources, Store(store), _progress[0], options)


@task(name="process", cache_policy=NO_CACHE, persist_result=False)
def process_task(plan: Plan) -> None:
    """Make the rows of every batch."""
    process(plan, _progress[0])


@task(name="commit", cache_policy=NO_CACHE, persist_result=False)
def commit_task(plan: Plan, store: Path, stopwatch: Stopwatch) -> Run:
    """Put the next state of the tables in place."""
    return commit(plan, Store(store), stopwatch)


@flow(name="ingest", validate_parameters=False, persist_result=False)
def ingest_flow(sources: list[str], store: str = "records", columns: dict[str, str] | None = None) -> Run:
    """Bring a store up to date with its sources; `columns` says which column of a table holds a field."""
    options = ReadOptions(Columns(tuple((columns or {}).items())))
    path, stopwatch = Path(store), Stopwatch()
    with Store(path).lock():
        with stopwatch.stage("plan"):
            plan = plan_task(sources, path, options)
        with stopwatch.stage("process"):
            process_task(plan)
        with stopwatch.stage("commit"):
            return commit_task(plan, path, stopwatch)
