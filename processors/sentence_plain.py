"""The terminators that most texts consist of, judged at one look: "word. Next", "word, ca. small", "3.5", "語。次"."""

from processors.sentence_rules import DOTS, FULL_ENDS, SentenceRules, is_caseless, is_roman, starts_lower
from processors.token_view import TokenView


def ends_plainly(view: TokenView, token: int, here: int, rules: SentenceRules) -> bool | None:
    """Whether a sentence that begins `here` ends at a terminator that is not the block's last token.

    None where that takes a closer look. The answer is what the closer look would give, outside brackets; inside them
    a False still holds.
    """
    text, mark = view.text, view.text[token]
    first = text[token + 1][0]
    if (
        not view.space[token]
        and mark not in FULL_ENDS
        and (first.isdecimal() or (first.islower() and first < "\u10d0"))
    ):
        return False
    if not first.isalnum() or token == here or mark == "…":
        return None
    before, word = text[token - 1], view.norm[token - 1]
    if not (before[0].isalpha() or before.isdecimal()):
        return None
    if word in rules.stopped and not view.space[token - 1]:
        if kind := rules.abbreviation(view, token, here):
            hopeless = kind == "never" or (
                kind == "ambiguous" and mark == "." and not rules.may_open(view.norm[token + 1])
            )
            return False if hopeless else None
    elif rules.compounds and first.isdecimal() and word.endswith(rules.compounds):
        return None
    if mark in DOTS and not _is_long(view, token, here):
        return None
    return _ends_before(view, token, rules)


def _is_long(view: TokenView, token: int, here: int) -> bool:
    """Whether what stands before a dot can be neither an initial nor a list's marker."""
    before = view.text[token - 1]
    if token - here < 3:
        return len(before) > 1 and bool(before.strip("ivxIVX")) and not before.isdecimal()
    return len(before) > 1 or not (before.isupper() or view.text[token - 2] in ".․:：")


def _ends_before(view: TokenView, token: int, rules: SentenceRules) -> bool | None:
    """Whether a sentence ends at a lone terminator that belongs to no abbreviation, by the word behind it."""
    mark, before, after = view.text[token], view.text[token - 1], view.text[token + 1]
    if mark in FULL_ENDS:
        return None if mark == "．" else True
    if not view.space[token]:
        return None
    if starts_lower(after):
        careless = view.norm[token + 1] in rules.starters and not before.isdecimal()
        return None if careless or len(after) == 1 or is_caseless(before) else False
    if mark == "." and before.isdecimal():
        return None if rules.ordinals or after.isdecimal() else True
    return None if mark == "." and rules.ordinals and is_roman(before) else True
