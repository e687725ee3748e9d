"""Gazetteers: named things from CSV files, found in a text by every name they bear.

`entry` says what a row of each file is, `name` what a name is and when it counts, `row` reads CSV with line numbers,
`source` makes the shipped files and the user's one, `table` compiles them and looks texts up, `find` explains a name.
"""

from processors.gazetteer.entry import (
    PLATFORMS,
    UNIVERSITIES,
    Entry,
    Institution,
    Kind,
    Platform,
    is_country,
    is_domain,
)
from processors.gazetteer.name import Name
from processors.gazetteer.table import Gazetteer, Match, gazetteer, key_of

__all__ = [
    "PLATFORMS",
    "UNIVERSITIES",
    "Entry",
    "Gazetteer",
    "Institution",
    "Kind",
    "Match",
    "Name",
    "Platform",
    "gazetteer",
    "is_country",
    "is_domain",
    "key_of",
]
