"""Digits in running text, with any separators: "4 995", "1.200,50", "1,00,000", "２５", "२५"."""

from decimal import Decimal

from processors.token_view import TokenView

MAX_DIGITS = 24
_MARKS = frozenset(".,'’٬٫،·٫．，")


def read_digits(view: TokenView, token: int) -> tuple[int, Decimal | None]:
    """The digits that start at a token with their separators, as (token after them, value).

    A mark is a decimal mark by evidence, not by locale: the last of two kinds, or a single one not followed by three
    digits; "1.200" and "1,200" are 1200, "0.200" is 0.2, "1,00,000" (Indian grouping) is 100000.
    """
    groups = [view.text[token]]
    marks: list[str] = []
    token += 1
    while (found := _next_group(view, token, groups[-1])) and len(groups) < MAX_DIGITS:
        mark, group, token = found
        marks.append(mark)
        groups.append(group)
    return _settle(view, token, [ascii_digits(group) for group in groups], marks)


def after_refused(view: TokenView, token: int) -> int:
    """Where to read on after a token that starts no number: a date's later parts are no numbers either."""
    if not view.text[token][0].isdecimal():
        return token + 1
    previous = view.text[token]
    token += 1
    while found := _next_group(view, token, previous):
        _, previous, token = found
    return token


def _next_group(view: TokenView, token: int, previous: str) -> tuple[str, str, int] | None:
    if view.space[token - 1]:
        glued = token < len(view) and view.text[token].isdecimal() and len(view.text[token]) == 3 and len(previous) <= 3
        return (" ", view.text[token], token + 1) if glued else None
    if token + 1 >= len(view) or view.space[token] or not view.text[token + 1].isdecimal():
        return None
    mark = view.text[token]
    if mark in "，．" and view.text[token + 1].isascii():
        return None  # a wide mark parts narrow figures: "$20，300美圆"
    return (mark, view.text[token + 1], token + 2) if mark in _MARKS else None


def _settle(view: TokenView, token: int, groups: list[str], marks: list[str]) -> tuple[int, Decimal | None]:
    """Decide which marks group and which is the decimal one; cut what cannot belong to one number."""
    whole, fraction = groups[0], ""
    used = 0
    grouping = ""
    for index, mark in enumerate(marks):
        group = groups[index + 1]
        last = index == len(marks) - 1
        if _groups_on(groups, index, mark, grouping):
            whole, grouping, used = whole + group, mark, index + 1
        elif mark != grouping and mark != " " and (last or marks[index + 1] == " " or mark != marks[index + 1]):
            fraction, used = group, index + 1
            break
        elif mark not in (" ", "'", "’"):
            return token, None  # a date, a version, a telephone number: 12.05.2024
        else:
            break
    surplus = len(marks) - used
    return token - _width(marks, used, surplus), _decimal(whole, fraction)


def _width(marks: list[str], used: int, surplus: int) -> int:
    return sum(1 if mark == " " else 2 for mark in marks[used : used + surplus])


def _groups_on(groups: list[str], index: int, mark: str, grouping: str) -> bool:
    group, before = groups[index + 1], groups[index]
    if grouping and mark != grouping:
        return False
    if len(group) == 3:
        return (index > 0 or (len(before) <= 3 and (before[0] != "0" or len(before) > 1))) and (
            bool(grouping) or index == 0
        )
    # Indian grouping: pairs up to the last group before the decimal mark, which has three.
    following = groups[index + 2 :]
    return mark == "," and len(group) == 2 and len(before) <= 2 and any(len(each) == 3 for each in following[:4])


def _decimal(whole: str, fraction: str) -> Decimal | None:
    if len(whole) > MAX_DIGITS or len(fraction) > MAX_DIGITS:
        return None
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def ascii_digits(digits: str) -> str:
    """Digits of any script as 0 to 9."""
    return digits if digits.isascii() else "".join(str(int(char)) for char in digits)
