"""Shared fixtures. Tests use no network but loopback, and no Prefect home, cache or user gazetteer but their own."""

import os
import tempfile

for variable, name in (("PREFECT_HOME", "prefect"), ("MOISSON_CACHE", "cache"), ("MOISSON_GAZETTEER", "gazetteer")):
    os.environ[variable] = tempfile.mkdtemp(prefix=f"moisson-{name}-")

import pytest

pytest.register_assert_rewrite("tests.bracketed")
from spacy.language import Language  # noqa: E402

from processors.pipeline import load_pipeline  # noqa: E402


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_pipeline()
