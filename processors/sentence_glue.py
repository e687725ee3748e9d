"""Sentences that end without a space behind them: "fim.Começo", but not "Node.js", "U.S." and "한국.kr"."""

from processors.sentence_rules import SentenceRules, is_caseless
from processors.sentence_run import Run
from processors.token_view import TokenView

_REACH = 12


def ends_glued(view: TokenView, run: Run, here: int, end: int, rules: SentenceRules) -> bool:
    """Whether a sentence ends where no space follows: "fim.Começo", not "Node.js" and "U.S."."""
    text = view.text
    first, before = text[run.following], text[run.start - 1]
    if first in "¿¡":
        return not run.only_dots or run.dots == 1
    if not first[0].isalpha() or view.space[run.start - 1]:
        return False
    if is_caseless(first):
        return _ends_caseless(view, run, here, end, rules)
    if first[0].islower() or not (run.closed or _is_wordlike(before)) or _in_address(view, run, here, end):
        return False
    alone = len(first) == 1 and view.space[run.following]
    elided = len(first) == 1 and run.following + 1 < end and text[run.following + 1] in "'’"
    capital = first[1:2].islower() or (len(before) > 3 and len(first) > 1)
    return (alone or elided or capital) and view.norm[run.following] not in rules.domains


def _ends_caseless(view: TokenView, run: Run, here: int, end: int, rules: SentenceRules) -> bool:
    text = view.text
    mark = text[run.start]
    if mark not in ".․۔" or run.dots > 1:
        return not run.only_dots or rules.opens(view, run.following, end)
    behind = run.following
    before, after = view.word_start(run.start, here), behind
    while after < end and text[after][0].isalpha() and (after == behind or not view.space[after - 1]):
        after += 1
    if after < end and not view.space[after - 1] and text[after] in ".۔":
        return False
    letters, ahead = _letters(text[before : run.start]), _letters(text[behind:after])
    return ahead > 1 if mark == "۔" else min(letters, ahead) > 1 and letters + ahead > 4


def _in_address(view: TokenView, run: Run, here: int, end: int) -> bool:
    """Whether a run without a space behind it stands in an address or a piece of code."""
    text = view.text
    token = run.start - 1
    while token > here and not view.space[token - 1] and run.start - token < _REACH:
        token -= 1
        if text[token] in "@/\\_" or view.norm[token] == "www":
            return True
    token = run.following + 1
    while token < end and not view.space[token - 1] and token - run.following < _REACH:
        if text[token] in "@/\\_(" or (
            text[token] == "." and not view.space[token] and text[token + 1 : token + 2] not in ([], ["."])
        ):
            return True
        token += 1
    return False


def _is_wordlike(word: str) -> bool:
    """A word in small letters, or a number with three digits: 1,000."""
    return (len(word) > 1 and word[-1].islower() and word[1:].islower()) or (word.isdecimal() and len(word) > 2)


def _letters(tokens: list[str]) -> int:
    return sum(char.isalpha() for token in tokens for char in token)
