"""Text to what its words are: one spaCy pipeline of our own components, a token a character, no model."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from mapping.measures import measures
from mapping.passages import unify
from mapping.periods import find_comparisons, find_years
from mapping.quantities import find_quantities


class _Characters:
    """A tokenizer whose tokens are the characters, so that places of tokens are places in the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))


@cache
def pipeline() -> Language:
    """The pipeline, built once: `doc.spans["measures"]` are terms labelled by measure, `doc._.quantities` and
    `doc._.years`, `doc._.comparisons` what is printed of numbers and years.
    """
    for name in ("quantities", "years", "comparisons"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())
    language = spacy.blank("zh")
    language.tokenizer = _Characters(language.vocab)
    for component in ("quantities", "periods", "measures"):
        language.add_pipe(component)
    return language


@Language.component("quantities")
def _quantities(doc: Doc) -> Doc:
    doc._.quantities = find_quantities(doc.text)
    return doc


@Language.component("periods")
def _periods(doc: Doc) -> Doc:
    if doc._.quantities:
        doc._.comparisons = find_comparisons(doc.text)
        doc._.years = find_years(doc.text, doc._.comparisons)
    return doc


@Language.factory("measures")
class _Terms:
    """Finds the names of measures; of names that overlap the longest counts."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._matcher = PhraseMatcher(nlp.vocab)
        for notation, measure in measures().items():
            spelled = sorted({unify(words) for words in measure.names})
            self._matcher.add(notation, [nlp.make_doc(words) for words in spelled])

    def __call__(self, doc: Doc) -> Doc:
        found = self._matcher(doc, as_spans=True) if doc._.quantities else []
        doc.spans["measures"] = sorted(filter_spans(found), key=lambda span: span.start)
        return doc


class Term(NamedTuple):
    """Where the name of a measure is printed, and the notation of the measure."""

    start: int
    end: int
    measure: str

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end


def terms(doc: Doc) -> list[Term]:
    """The terms of a text in order."""
    spans: list[Span] = list(doc.spans["measures"])
    return [Term(span.start, span.end, span.label_) for span in spans]
