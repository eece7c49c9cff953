"""A run of text to the legal and policy documents it cites: numbers, titles, articles, joined to one citation each.

A spaCy pipeline of our own components, a token a character: numbers, titles, names of laws, and what joins them. The
wording is `mapping/data/citations.yaml`, the forms of numbers `mapping/docnumber.py`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from mapping import language
from mapping.docnumber import flatten, normal
from mapping.flatten import View, read_views
from mapping.following import Part, issuers_of
from mapping.informal import cell_part, given_names, listed_parts
from mapping.joining import join
from mapping.laws import law_names
from mapping.numbering import find_numbers
from mapping.titling import find_titles, kind_of
from mapping.wording import wording

_LONGEST_CELL = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """One citation in a run: `start` to `end` are code points of the run as given.

    `kind` is docnum, law, regulation, decree, standard, case or other; `doc_number` the normal form (docnumber.normal);
    `title` without its outer 《》 and without whitespace; `article` as printed without whitespace; `issuers` the bodies
    printed before it. `informal` tells one that is named without 《》 and without number. `reason` says what was mended
    or inferred to read it; None when it stands as it is printed.
    """

    start: int
    end: int
    kind: str
    doc_number: str | None = None
    title: str | None = None
    article: str | None = None
    issuers: tuple[str, ...] = ()
    informal: bool = False
    reason: str | None = None


def find_citations(run: str, *, basis: bool = False, given: Collection[str] = ()) -> list[Mention]:
    """The citations in a run of raw text, in order. `basis` tells the whole cell of a column that names bases.

    `given` are names that the document made for others (下称“18号文”), without signs. A run without whitespace around
    is taken for a cell: it may be nothing but the title of a document.
    """
    if not (basis or wording("cue").search(run)):
        return []
    found: list[Mention] = []
    for view in read_views(run):
        if basis or wording("cue").search(view.words):
            found += _read(view, basis, basis or _is_cell(view, len(run)), given)
    return found


def _is_cell(view: View, length: int) -> bool:
    """Whether a view is the whole of a run of `length` code points, and short."""
    whole = bool(view.words) and view.raw(0, len(view.words)) == (0, length)
    return whole and len(view.words) < _LONGEST_CELL


def _read(view: View, basis: bool, whole: bool, given: Collection[str]) -> Sequence[Mention]:
    nlp = pipeline()
    doc = Doc(nlp.vocab, words=list(view.words), spaces=[False] * len(view.words))
    doc.user_data |= {"view": view, "basis": basis, "whole": whole, "given": given}
    mentions: Sequence[Mention] = nlp(doc)._.citations
    return mentions


@cache
def pipeline() -> Language:
    """The pipeline, built once: `doc._.citations` are the mentions in the view that is `doc.user_data["view"]`."""
    for name in ("numbers", "titles", "names", "citations"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())
    shared = language.pipeline()
    made = spacy.blank("zh", vocab=shared.vocab)
    made.tokenizer = shared.tokenizer
    for component in ("document_numbers", "document_titles", "law_names", "citations"):
        made.add_pipe(component)
    return made


@Language.component("document_numbers")
def _numbers(doc: Doc) -> Doc:
    doc._.numbers = find_numbers(doc.user_data["view"])
    return doc


@Language.component("document_titles")
def _titles(doc: Doc) -> Doc:
    view: View = doc.user_data["view"]
    if re.search("[《》〈]", view.words):
        doc._.titles = find_titles(view, doc._.numbers)
    return doc


@Language.factory("law_names")
class _Names:
    """Finds names of laws without 《》; of names that overlap the longest counts."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._matcher = PhraseMatcher(nlp.vocab)
        self._matcher.add("law", [nlp.make_doc(flatten(words)) for words in law_names()])
        self._cue = re.compile("|".join(sorted({re.escape(flatten(words)[-2:]) for words in law_names()})) or "(?!)")

    def __call__(self, doc: Doc) -> Doc:
        if self._cue.search(doc.user_data["view"].words):
            spans = filter_spans(self._matcher(doc, as_spans=True))
            doc._.names = sorted((span.start, span.end) for span in spans)
        return doc


@Language.component("citations")
def _citations(doc: Doc) -> Doc:
    view: View = doc.user_data["view"]
    given = doc.user_data["given"]
    names = [*doc._.names, *given_names(view.words, given)]
    parts = join(view, doc._.numbers, doc._.titles, names, given)
    if not any(part.number or not part.informal for part in parts):
        parts = cell_part(view, parts, doc.user_data["basis"]) if doc.user_data["whole"] else parts
    else:
        parts = sorted([*parts, *listed_parts(view, parts)], key=lambda part: part.start)
    doc._.citations = [_mention(view, one) for one in parts]
    return doc


def _mention(view: View, part: Part) -> Mention:
    start, end = view.raw(part.start, part.end)
    title = view.printed[part.low : part.high] or None
    return Mention(
        start,
        end,
        part.number.kind if part.number else kind_of(flatten(title or "")),
        normal(part.number.number) if part.number else None,
        title,
        view.printed[slice(*part.article)] if part.article else None,
        issuers_of(view, part),
        part.informal and part.number is None,
        _reason(part),
    )


def _reason(part: Part) -> str | None:
    if part.number and part.number.reason:
        return part.number.reason
    if part.broken:
        return "a sign of the title is lost"
    return "named without signs and number" if part.informal and part.number is None else None
