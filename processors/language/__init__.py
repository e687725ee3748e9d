"""Language: of an article and of each of its blocks, deterministic, and `und` where there is nothing to tell by.

A text is prepared (`preparation`), its script decides or narrows (`script`, `han`), two models give their opinion
(`profiles`, `automaton`), `detector` weighs them, and `article` smooths what its blocks say.
"""

from processors.language.article import Languages, languages_of
from processors.language.code import UNDETERMINED
from processors.language.detector import detect

__all__ = ["UNDETERMINED", "Languages", "detect", "languages_of"]
