"""The closed vocabularies of the tables' columns."""

from typing import Literal

Format = Literal["txt", "html", "md"]
SegmentKind = Literal["title", "heading", "paragraph", "list_item", "table_cell", "quote", "caption"]
EntityType = Literal["university", "price", "platform", "program", "duration"]
Period = Literal["hour", "day", "week", "month", "quarter", "semester", "year", "credit", "course", "person", "unit"]
AmountKind = Literal["price", "money"]
ProgramLevel = Literal[
    "certificate", "diploma", "associate", "bachelor", "master", "mba", "doctorate", "course", "bootcamp"
]
DurationUnit = Literal[
    "hour", "day", "week", "month", "quarter", "semester", "year", "credit", "ects", "course", "module", "session"
]
Evidence = Literal["sentence", "list item", "table row", "heading"]
Stage = Literal["read", "clean", "extract"]
