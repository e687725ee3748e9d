"""One fine tokenizer under every language, so that every mention is a strict spaCy span.

Runs of letters, runs of digits, and every other sign alone; each Han, Kana, Hangul, Thai, Lao, Khmer or Burmese
character alone; Arabic and Hebrew proclitics cut off ("بجامعة" is ب + جامعة). `NORM` is the folded form.
"""

from collections.abc import Callable, Iterable
from functools import cache

import regex
import spacy
from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from processors.fold import fold
from processors.lexicon import Lexicon, load_lexicons

# Python gives no name to these scripts; the regex module does.
_SINGLES = r"\p{Han}\p{Hiragana}\p{Katakana}ー\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_TOKEN = regex.compile(
    rf"""
      [{_SINGLES}] \p{{M}}*+                        # a character that is a token of its own
    | (?: (?![{_SINGLES}]) \p{{L}} \p{{M}}*+ )++    # a run of letters of any other script
    | \p{{Nd}}++                                    # a run of digits
    | [^\S\ ]++ | \ ++                              # white space
    | .                                             # any other sign
    """,
    regex.VERBOSE | regex.DOTALL,
)
_PEELED_SCRIPTS = regex.compile(r"[\p{Arabic}\p{Hebrew}]")


class TokenLexicon(Lexicon):
    """What is written together with the next word, by language."""

    proclitics: list[str] = []


@cache
def _proclitics() -> tuple[str, ...]:
    every = {form for lexicon in load_lexicons("token", TokenLexicon).values() for form in lexicon.proclitics}
    return tuple(sorted(every, key=lambda form: (-len(form), form)))


def _peel(word: str) -> Iterable[str]:
    """Cut proclitics off from the left while two letters stay, so that peel(p + word) is always p + peel(word)."""
    start = 0
    while proclitic := next(
        (p for p in _proclitics() if word.startswith(p, start) and len(word) - start - len(p) > 1), None
    ):
        yield proclitic
        start += len(proclitic)
    yield word[start:]


def split_tokens(text: str) -> tuple[list[str], list[bool]]:
    """The words of a text and whether a single space follows each.

    >>> split_tokens("4995$ à l'Uni")
    (['4995', '$', 'à', 'l', "'", 'Uni'], [False, True, True, False, False, False])
    """
    words: list[str] = []
    spaces: list[bool] = []
    for match in _TOKEN.finditer(text):
        piece = match.group()
        if piece[0] == " " and spaces and not spaces[-1] and not words[-1].isspace():
            spaces[-1] = True
            piece = piece[1:]
            if not piece:
                continue
        pieces = list(_peel(piece)) if _PEELED_SCRIPTS.match(piece) else [piece]
        words += pieces
        spaces += [False] * len(pieces)
    return words, spaces


def words_of(text: str) -> list[str]:
    """The words of a text without white space: those of `split_tokens`, quicker.

    >>> words_of("4995$  à l'Uni")
    ['4995', '$', 'à', 'l', "'", 'Uni']
    """
    if text.isascii() and text.replace(" ", "").isalpha():  # most names: a table of them is folded in one go
        return text.split()
    pieces = [piece for piece in _TOKEN.findall(text) if not piece.isspace()]
    if not _PEELED_SCRIPTS.search(text):
        return pieces
    return [word for piece in pieces for word in (_peel(piece) if _PEELED_SCRIPTS.match(piece) else (piece,))]


class FineTokenizer:
    """A spaCy tokenizer: text in, Doc out, `doc.text == text` always."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words, spaces = split_tokens(text)
        return Doc(self.vocab, words=words, spaces=spaces)


@spacy.registry.tokenizers("moisson.fine_tokenizer.v1")
def make_fine_tokenizer() -> Callable[[Language], FineTokenizer]:
    def create(nlp: Language) -> FineTokenizer:
        # Of what spaCy would compute for each new word (shape, prefix, flags …) nothing but the norm is read.
        nlp.vocab.lex_attr_getters = {NORM: fold}
        return FineTokenizer(nlp.vocab)

    return create
