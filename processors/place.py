"""Where things lie that are not of this package: the user's gazetteer, and the cache of compiled tables.

Both are folders of the user's own by the conventions of the operating system; MOISSON_GAZETTEER and MOISSON_CACHE
name others.
"""

import os
from pathlib import Path

import platformdirs


def user_gazetteer() -> Path:
    """The folder of the gazetteer read together with the shipped one, laid out like data/lexicons; it may be absent."""
    named = os.environ.get("MOISSON_GAZETTEER")
    return Path(named) if named else platformdirs.user_data_path("moisson") / "gazetteer"


def cache_folder() -> Path:
    """The folder of compiled tables; it may be absent, and deleted at any time."""
    named = os.environ.get("MOISSON_CACHE")
    return Path(named) if named else platformdirs.user_cache_path("moisson")
