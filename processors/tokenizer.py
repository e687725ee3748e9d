"""One fine tokenizer under every language, so that every mention is a strict spaCy span.

Runs of letters, runs of digits, and every other sign alone; each Han, Kana, Hangul, Thai, Lao, Khmer or Burmese
character alone; Arabic and Hebrew proclitics cut off ("بجامعة" is ب + جامعة). `NORM` is the folded form.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache

import spacy
from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from processors.character_class import any_of, one_of
from processors.fold import fold
from processors.lexicon import Lexicon, load_lexicons

_SINGLES = r"[\p{Han}\p{Hiragana}\p{Katakana}ー\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_LETTERS = rf"[\p{{L}}--{_SINGLES}]"
_MARKS = r"[\p{M}]"
_WORD = rf"[{_LETTERS}{_MARKS}]"
_TOKENS = "moisson_tokens"
_DIGITS = r"[\p{Nd}]"
_BLANKS = r"[^\S\ ]"


class TokenLexicon(Lexicon):
    """What is written together with the next word, by language."""

    proclitics: list[str] = []


@cache
def _token() -> re.Pattern[str]:
    """A token and the single space behind it, which white space has not."""
    return re.compile(
        rf"""
        (
          {one_of(_LETTERS)} {any_of(_WORD)}    # a run of letters
        | {one_of(_SINGLES)} {any_of(_MARKS)}   # a character that is a token of its own
        | {one_of(_DIGITS)} {any_of(_DIGITS)}   # a run of digits
        | {one_of(_BLANKS)} {any_of(_BLANKS)}   # white space
        | \ ++                                  # spaces
        | .                                     # any other sign
        )
        ( (?: (?<!\s) \  )?+ )
        """,
        re.VERBOSE | re.DOTALL,
    )


@cache
def _proclitics() -> tuple[str, ...]:
    every = {form for lexicon in load_lexicons("token", TokenLexicon).values() for form in lexicon.proclitics}
    return tuple(sorted(every, key=lambda form: (-len(form), form)))


@cache
def _one_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, forms)) or r"(?!)")


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
    found = _token().findall(text)
    words, spaces = [word for word, _ in found], [space == " " for _, space in found]
    return _peeled(words, spaces) if _one_of(_proclitics()).search(text) else (words, spaces)


def _peeled(words: list[str], spaces: list[bool]) -> tuple[list[str], list[bool]]:
    proclitics = _proclitics()
    cut: list[str] = []
    followed: list[bool] = []
    for word, space in zip(words, spaces, strict=True):
        pieces = list(_peel(word)) if word.startswith(proclitics) else [word]
        cut += pieces
        followed += [*(False for _ in pieces[1:]), space]
    return cut, followed


def words_of(text: str) -> list[str]:
    """The words of a text without white space: those of `split_tokens`, quicker.

    >>> words_of("4995$  à l'Uni")
    ['4995', '$', 'à', 'l', "'", 'Uni']
    """
    if text.isascii() and text.replace(" ", "").isalpha():  # most names: a table of them is folded in one go
        return text.split()
    words = [word for word, _ in _token().findall(text) if not word.isspace()]
    return [piece for word in words for piece in _peel(word)] if _one_of(_proclitics()).search(text) else words


class FineTokenizer:
    """A spaCy tokenizer: text in, Doc out, `doc.text == text` always."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words, spaces = split_tokens(text)
        return Doc(self.vocab, words=words, spaces=spaces, user_data={_TOKENS: (words, spaces)})


def tokens_of(doc: Doc) -> tuple[list[str], list[bool]]:
    """What `split_tokens` gave for a Doc: lists are had from Python much quicker than from the Doc."""
    tokens: tuple[list[str], list[bool]] = doc.user_data[_TOKENS]
    return tokens


@spacy.registry.tokenizers("moisson.fine_tokenizer.v1")
def make_fine_tokenizer() -> Callable[[Language], FineTokenizer]:
    def create(nlp: Language) -> FineTokenizer:
        # Of what spaCy would compute for each new word (shape, prefix, flags …) nothing but the norm is read.
        nlp.vocab.lex_attr_getters = {NORM: fold}
        return FineTokenizer(nlp.vocab)

    return create
