"""The whole walk: raw articles in, records out, each article isolated from the next."""

import atexit
import gc
import logging
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import processors.entities
from processors.clean import CleanArticle, clean
from processors.context import Mention, mentions_of
from processors.document import Layout, make_document
from processors.language.mode import FUSED, detector_mode
from processors.lexicon import LexiconError, fingerprint
from processors.offers import find_offers
from processors.raw import RawArticle, RejectError
from schemas.article import Article
from schemas.entity import Entity
from schemas.offer import Offer
from schemas.reject import Reject
from schemas.segment import Segment

logger = logging.getLogger(__name__)
# spaCy's limit guards parsers that we do not have.
_NO_LIMIT = 10**9


@dataclass(frozen=True, slots=True)
class Records:
    """All rows that one article makes."""

    article: Article
    segments: tuple[Segment, ...]
    entities: tuple[Entity, ...]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """The run that rows are made in."""

    run_id: str
    at: datetime


@cache
def pipeline_version() -> str:
    """The version of moisson, the fingerprint of its lexicons, a detector that is not the default: what made a row."""
    try:
        number = version("moisson")
    except PackageNotFoundError:
        number = "0"
    mode = detector_mode()
    return f"{number}+{fingerprint()}" + ("" if mode == FUSED else f".{mode}")


@cache
def load_pipeline() -> Language:
    """The spaCy pipeline: the fine tokenizer, and a component for each module of `processors.entities`."""
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "moisson.fine_tokenizer.v1"}}})
    nlp.max_length = _NO_LIMIT
    for module in pkgutil.iter_modules(processors.entities.__path__):
        import_module(f"processors.entities.{module.name}")
        nlp.add_pipe(f"moisson_{module.name}")
    # A million small objects that never go: the collector need not look at them again and again.
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
    return nlp


def extract(raws: Iterable[RawArticle], stamp: Stamp) -> Iterator[Records | Reject]:
    """Records of each article, or the reason why there are none; the input's order is kept.

    No input raises: what fails while it is read, cleaned or processed is a Reject that names the stage.
    """
    nlp = load_pipeline()
    for raw in raws:
        try:
            yield _process(nlp, raw, stamp)
        except RejectError as error:
            yield reject(raw.source, error, stamp)
        except LexiconError:
            raise  # what we know is broken: no article can be trusted
        except Exception as error:  # the edge where one article is isolated from the next
            logger.debug("%s failed", raw.source, exc_info=True)
            failure = RejectError(
                "extract",
                type(error).__name__,
                f"got an unexpected failure ({error}); please report it with this input",
            )
            yield reject(raw.source, failure, stamp)


def reject(source: str, error: RejectError, stamp: Stamp) -> Reject:
    """The `rejects` row of an input that failed."""
    return Reject(
        source=source,
        stage=error.stage,
        error=error.error,
        message=error.message,
        run_id=stamp.run_id,
        seen_at=stamp.at,
    )


def _process(nlp: Language, raw: RawArticle, stamp: Stamp) -> Records:
    cleaned = clean(raw)
    with nlp.memory_zone():
        doc = next(iter(nlp.pipe([make_document(nlp, cleaned)])))
        return _records(raw, cleaned, doc, stamp)


def _records(raw: RawArticle, cleaned: CleanArticle, doc: Doc, stamp: Stamp) -> Records:
    layout: Layout = doc._.layout
    key = raw.article_id
    segments = tuple(_segments(key, layout, cleaned.text))
    mentions = mentions_of(doc)
    offers = find_offers(mentions, layout, key, [segment.text for segment in segments])
    entities = tuple(_entity(key, mention) for mention in mentions)
    return Records(_article(raw, cleaned, layout, len(segments), stamp), segments, entities, tuple(offers))


def _segments(key: str, layout: Layout, text: str) -> Iterator[Segment]:
    position = 0
    for number, passage in enumerate(layout.passages):
        block = passage.block
        for first, last in passage.sentences:
            start, end = layout.view.start[first], layout.view.end(last - 1)
            yield Segment(
                article_id=key,
                position=position,
                block=number,
                kind=block.kind,
                level=block.level,
                section=block.section,
                language=passage.language,
                start=start,
                end=end,
                text=text[start:end],
            )
            position += 1


def _article(raw: RawArticle, cleaned: CleanArticle, layout: Layout, n_sentences: int, stamp: Stamp) -> Article:
    metadata, languages = cleaned.metadata, layout.languages
    return Article(
        article_id=raw.article_id,
        source=raw.source,
        url=metadata.url,
        format=raw.format,
        title=metadata.title,
        author=metadata.author,
        published_at=metadata.published_at,
        category=metadata.category,
        tags=metadata.tags,
        language=languages.main,
        language_confidence=languages.confidence,
        languages=languages.shares,
        text=cleaned.text,
        n_sentences=n_sentences,
        content_hash=raw.content_hash,
        pipeline_version=pipeline_version(),
        run_id=stamp.run_id,
        ingested_at=stamp.at,
    )


def _entity(key: str, mention: Mention) -> Entity:
    entity = Entity(
        article_id=key,
        type=mention.type,
        text=mention.text,
        start=mention.start,
        end=mention.end,
        segment=mention.segment,
        rule="",
    )
    return mention.value.fill(entity)
