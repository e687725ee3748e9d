"""The Doc that walks through the components: an article's tokens, and its blocks and sentences laid over them."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from processors.clean.block import Block, CleanArticle
from processors.language import Languages, languages_of
from processors.segment import sentences
from processors.token_view import TokenView, view_of


@dataclass(frozen=True, slots=True)
class Passage:
    """A block over tokens [start, end), with its language and the token spans of its sentences."""

    block: Block
    language: str
    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]

    def sentence_of(self, token: int) -> tuple[int, int]:
        """The sentence that a token of the passage stands in."""
        return next((span for span in self.sentences if token < span[1]), (self.start, self.end))


@dataclass(frozen=True, slots=True)
class Layout:
    """All that a component may read of an article beside its tokens."""

    view: TokenView
    passages: tuple[Passage, ...]
    languages: Languages
    url: str | None
    declared_language: str | None


Doc.set_extension("layout", default=None, force=True)


def make_document(nlp: Language, article: CleanArticle, languages: Languages | None = None) -> Doc:
    """Tokenize an article and lay its blocks, languages and sentences over the tokens, at `doc._.layout`.

    The languages are detected where the caller does not know them.
    """
    doc = nlp.make_doc(article.text)
    view = view_of(doc)
    languages = languages or languages_of([block.text for block in article.blocks], article.metadata.language)
    passages = tuple(_passages(view, article, languages))
    doc._.layout = Layout(view, passages, languages, article.metadata.url, article.metadata.language)
    return doc


def _passages(view: TokenView, article: CleanArticle, languages: Languages) -> Iterator[Passage]:
    token = 0
    for block, language in zip(article.blocks, languages.blocks, strict=True):
        while token < len(view) and view.start[token] < block.start:
            token += 1
        start = token
        while token < len(view) and view.start[token] < block.end:
            token += 1
        yield Passage(block, language, start, token, tuple(sentences(view, start, token, language)))
