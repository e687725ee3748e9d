"""What stands beside an institution's name and says whether it is one: vetoes, cues, words of place."""

from processors.institution_words import InstitutionWords
from processors.script import is_hiragana, is_single
from processors.token_view import TokenView

# How far a veto may stand from the name, in tokens, and in characters of a script that is cut into them.
_REACH, _WIDE_REACH = 3, 9


def is_vetoed(words: InstitutionWords, view: TokenView, start: int, end: int) -> bool:
    """Whether a press, a hospital, a team or the like is what is really named."""
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
    reach = _WIDE_REACH if end < len(view) and is_single(view.text[end]) else _REACH + 1
    for token in range(end, min(end + reach, len(view))):
        if words.vetoes_after.at(view.norm, token):
            return True
        text = view.text[token]
        goes_on = (text[0].isupper() or text in "-'’") if not is_single(text) else not is_hiragana(text)
        if not goes_on:
            return False
    return False


def has_head(words: InstitutionWords, view: TokenView, start: int, end: int) -> bool:
    """Whether one of tokens [start, end) is a head word, or the start of one."""
    return any(
        view.norm[token] in table for token in range(start, end) for table in (words.before_name, words.after_name)
    )


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
