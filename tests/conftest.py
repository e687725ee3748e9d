"""Shared fixtures. Tests use no network but loopback, and no Prefect home, cache or user gazetteer but their own."""

import os
import tempfile

os.environ["PREFECT_HOME"] = tempfile.mkdtemp(prefix="moisson-prefect-")
os.environ["MOISSON_CACHE"] = tempfile.mkdtemp(prefix="moisson-cache-")
os.environ["MOISSON_GAZETTEER"] = tempfile.mkdtemp(prefix="moisson-gazetteer-")

import hypothesis
import pytest

pytest.register_assert_rewrite("tests.bracketed")
from spacy.language import Language  # noqa: E402

from processors.pipeline import load_pipeline  # noqa: E402
from tests.small_gazetteer import small  # noqa: E402, F401


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_pipeline()


# The same examples in every run: what fails by chance teaches nobody, and a busy machine is no failure.
hypothesis.settings.register_profile(
    "moisson", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("moisson")
