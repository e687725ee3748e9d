"""Programs: degrees, certificates, diplomas and courses that somebody can enrol in, with their subject."""

from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from processors.overlap import longest_first
from processors.program_grammar import program_grammar
from processors.token_view import span_of
from schemas.entity import Entity
from schemas.vocabulary import ProgramLevel


@dataclass(frozen=True, slots=True)
class Program:
    """What a program's mention says; `named` where it has a subject of its own."""

    level: ProgramLevel
    named: bool
    rule: str

    def fill(self, entity: Entity) -> Entity:
        """The `entities` row with what this says."""
        return replace(entity, rule=self.rule, program_level=self.level)


Span.set_extension("program", default=None, force=True)


@Language.factory("moisson_program", assigns=["doc.spans"])
def make_program(nlp: Language, name: str) -> "ProgramComponent":
    """The component that finds programs."""
    return ProgramComponent()


class ProgramComponent:
    """Puts programs into `doc.spans["program"]`, each with its `span._.program`."""

    def __call__(self, doc: Doc) -> Doc:
        layout = doc._.layout
        spans: list[Span] = []
        for passage in layout.passages:
            for found in longest_first(program_grammar(passage.language).read(layout.view, passage)):
                span = span_of(doc, layout.view, found.start, found.end, "program")
                span._.program = Program(
                    found.level, found.named, "level with subject" if found.named else "bare level"
                )
                spans.append(span)
        doc.spans["program"] = spans
        return doc
