"""An empty store, a loopback site, and the settings that let tests read it at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.settings import settings
from flows.store.snapshot import Store
from tests.flows.site import Site


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"http_delay": 0, "http_backoff": 0, "http_timeout": 2, "http_total_timeout": 5}.items():
        monkeypatch.setattr(settings(), name, value)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, impatient: None) -> Iterator[Site]:
    monkeypatch.setattr(settings(), "allow_private", True)
    with Site().running() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "records")
