"""What stands beside an institution's name and says whether it is one: vetoes, cues, words of place."""

from processors.institution_words import InstitutionWords
from processors.script import is_hiragana, is_ideograph, is_single
from processors.token_view import TokenView

# How far a veto may stand from the name, in tokens, and in characters of a script that is cut into them.
_REACH, _WIDE_REACH = 3, 9


def is_vetoed(words: InstitutionWords, view: TokenView, start: int, end: int) -> bool:
    """Whether a press, a hospital, a team or the like is what is really named."""
    if any(_ends_inside(words, view, start, at) for at in range(start + 1, min(start + _REACH, end))):
        return True
    here = start
    for _ in range(_REACH):
        if words.vetoes_before.ending_at(view.norm, here):
            return True
        # "Presses de l'Université", "Hospital Clínico Universidad": joints and names may stand between.
        joint = words.connectors.ending_at(view.norm, here)
        if not joint and not (here > 0 and view.text[here - 1][0].isupper() and view.space[here - 1]):
            break
        here = joint[0] if joint else here - 1
    return _vetoed_behind(words, view, end)


def _vetoed_behind(words: InstitutionWords, view: TokenView, end: int) -> bool:
    """A veto right behind, or behind the capitalised words or the characters that go on there."""
    if end < len(view) and is_single(view.text[end]):
        return _vetoed_in_run(words, view, end)
    for token in range(end, min(end + _REACH + 1, len(view))):
        if words.vetoes_after.at(view.norm, token):
            return True
        text = view.text[token]
        if not (text[0].isupper() or text in "-'’"):
            return False
    return False


def _vetoed_in_run(words: InstitutionWords, view: TokenView, end: int) -> bool:
    """A veto among the characters that go on behind a name, up to the end of the word.

    One character is a veto only right there: "北大站", not "北大新生" nor "서울대로 가는".
    """
    for token in range(end, min(end + _WIDE_REACH, len(view))):
        veto = words.vetoes_after.at(view.norm, token)
        if veto and (veto[0] - token > 1 or (token == end and not view.space[end - 1])):
            return True
        text = view.text[token]
        ends = view.space[token] or not is_single(text) or is_hiragana(text)
        if ends or any(table.at(view.norm, token) for table in words.breaks):
            return False
    return False


def _ends_inside(words: InstitutionWords, view: TokenView, start: int, at: int) -> bool:
    """Whether a veto that begins before a name ends inside it: "Bệnh | viện Đại học"."""
    return any(begin < start for begin, _ in words.vetoes_before.every_ending_at(view.norm, at))


def has_head(words: InstitutionWords, view: TokenView, start: int, end: int) -> bool:
    """Whether there is a head word among tokens [start, end), or one cut short at their end: 近大, 조선대."""
    heads = (words.before_name, words.after_name)
    if any(table.at(view.norm, token) for token in range(start, end) for table in heads):
        return True
    if not is_single(view.text[end - 1]) or view.norm[end - 1] not in words.after_name:
        return False
    # "国|立大" and "北大|荒" are other words' parts.
    comes_from = start > 0 and not view.space[start - 1] and is_ideograph(view.text[start - 1])
    goes_on = end < len(view) and not view.space[end - 1] and is_ideograph(view.text[end])
    return not (comes_from or goes_on)


def is_placed(words: InstitutionWords, view: TokenView, start: int) -> bool:
    """Whether a word of place stands in front, with or without an article: "à la Sorbonne"."""
    if words.place.ending_at(view.norm, start):
        return True
    joint = words.connectors.ending_at(view.norm, start)
    return joint is not None and words.place.ending_at(view.norm, joint[0]) is not None


def is_cued(words: InstitutionWords, view: TokenView, start: int, end: int) -> bool:
    """Whether a word that governs institutions stands beside tokens [start, end)."""
    back = words.connectors.ending_at(view.norm, start)
    starts = [start, back[0]] if back else [start]
    if any(words.cues_before.ending_at(view.norm, at) for at in starts):
        return True
    reach = _WIDE_REACH - 3 if end < len(view) and is_single(view.text[end]) else 1
    for token in range(end, min(end + reach, len(view))):
        if words.cues_after.at(view.norm, token):
            return True
        if not view.text[token][0].isalpha():
            break
    return False
