"""A document's citations to what they are for: basis of a project, an indicator or the disclosure, or money sent."""

from __future__ import annotations

import itertools
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Generic, TypeVar

from mapping.citations import Mention, find_citations
from mapping.cite import find_mentions
from mapping.describe import Description
from mapping.docnumber import SIMPLIFIED
from mapping.document import Document, Paragraph, Span
from mapping.forms import FORMS, Form, names_column
from mapping.indicators import Indicator
from mapping.legal import LegalDocument, name_document
from mapping.lexicon import load, pattern
from mapping.passages import Passage, is_heading, unify, unnumbered
from mapping.project import Project
from mapping.recognise import Recognised
from mapping.runs import Run
from mapping.sections import read_sections

_STOP = re.compile("[。；！？]|\n\\s*\n")
# Characters of a sentence that are looked at on either side of a citation.
_CONTEXT = 300
_LEAST_NAME = 4
BASIS, FUNDING = "legal-basis-of-project", "funding-document"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a run: the code points of the run's text from `start` to `end`."""

    run: Run
    start: int
    end: int

    def words(self, start: int, end: int) -> str:
        """The words between two places of the run that stand in the sentence."""
        return unify(self.run.text[max(start, self.start) : min(end, self.end)])


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of a document and what it is for.

    `role` is a notation of `code:citation-role`; `names` is None for a court case; `indicators` are those whose basis
    it is. `before` and `after` are the words of its sentence around it, as `unify` makes them, `short` is the name that
    the document makes for it (以下简称), `amended` the year of the amendment it names, `validity` a notation of
    `code:validity` (mapping/validity.py). `reason` tells what was understood from context.
    """

    spans: tuple[Span, ...]
    mention: Mention
    role: str
    names: LegalDocument | None
    sentence: Sentence
    project: Project | None = None
    indicators: tuple[Indicator, ...] = ()
    before: str = ""
    after: str = ""
    short: str | None = None
    amended: int | None = None
    validity: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a document before its citations."""

    document: Document
    passages: Sequence[Passage]
    tables: Sequence[Recognised]
    forms: Sequence[Form]
    projects: Sequence[Project]
    indicators: Sequence[Indicator]
    description: Description


def read_bases(read: Reading) -> list[Cited]:
    """The citations of a document in order, each with its role and the document it names."""
    places = _Places(read)
    region = read.description.region
    mentions = find_mentions(read.document, read.passages, places.bases)
    cited = [_cited(mention, sentence, region) for mention, sentence in _in_sentences(mentions)]
    return [places.placed(one) for one in cited]


def _in_sentences(mentions: Iterable[tuple[Run, Mention]]) -> Iterator[tuple[Mention, Sentence]]:
    """Each citation with its sentence; a stop inside a title ends none."""
    for run, several in itertools.groupby(mentions, key=itemgetter(0)):
        stops = [found.span() for found in _STOP.finditer(run.text)]
        starts, ends = [0, *(end for _, end in stops)], [*(start for start, _ in stops), len(run.text)]
        for _, mention in several:
            start, end = bisect_right(starts, mention.start) - 1, bisect_left(ends, mention.end)
            yield mention, Sentence(run, starts[start], ends[end])


def _cited(mention: Mention, sentence: Sentence, region: str | None) -> Cited:
    before = sentence.words(mention.start - _CONTEXT, mention.start)
    words = sentence.words(mention.start, mention.end)
    after = sentence.words(mention.end, mention.end + _CONTEXT)
    return Cited(
        spans=sentence.run.spans(mention.start, mention.end),
        mention=mention,
        role="mentioned",
        names=name_document(mention, region),
        sentence=sentence,
        before=before,
        after=after,
        short=_short_name(words + after),
        amended=_amended(words),
        reason=mention.reason,
    )


class _Places:
    """What stands where in a document: fields of forms, bases of indicators, names of projects, sections about one."""

    def __init__(self, read: Reading) -> None:
        self._projects = {id(form): project for project in read.projects for form in project.forms}
        self._only = read.projects[0] if len(read.projects) == 1 else None
        self._numbered = _numbered(read.projects)
        self._names = {unify(one.name): one for one in read.projects if len(one.name) >= _LEAST_NAME}
        based = [one for one in read.indicators if one.basis]
        self.bases = {one.basis.start for one in based if one.basis}
        self._bases = _Index((span, one) for one in based if one.basis for span in one.basis.spans)
        self._fields = _Index((span, one) for form in read.forms for one in form.fields for span in one.spans)
        self._forms = _Index((form.table.table.span, form) for form in read.forms)
        self._rows = _Index(_rows(read.tables, read.projects))
        self._glossary = _Index(
            (span, one) for one in read.passages if one.defines for span in one.spans(0, len(one.words))
        )
        self._sections = _Index(_sections(read.document.paragraphs, self._names))

    def placed(self, cited: Cited) -> Cited:
        """The citation with its role, project and indicators."""
        first = cited.spans[0]
        formed = self._form_project(first)
        if cited.names is None:
            return replace(cited, project=formed)
        if based := self._bases.at(first):
            project = formed or self._beside(based)
            return replace(cited, role="indicator-basis", project=project, indicators=tuple(based))
        named = self._numbered.get(cited.mention.doc_number or "")
        if named and formed in (None, named):
            return replace(cited, role=FUNDING, project=named)
        if rows := self._rows.at(first):
            project, column = rows[0]
            return replace(cited, role=_role(cited, column == BASIS, column == FUNDING), project=project)
        if self._forms.at(first):
            return replace(cited, role=_role(cited, self._is_basis_field(cited)), project=formed)
        return self._in_text(cited)

    def _is_basis_field(self, cited: Cited) -> bool:
        """Whether a citation, or the cell that a page cut before it, stands in a field of bases."""
        cell = cited.sentence.run.places[0]
        places = (cited.spans[0], Span(cell, cell))
        return any(
            filled.field in load("bases")["basis-fields"] for place in places for filled in self._fields.at(place)
        )

    def _form_project(self, span: Span) -> Project | None:
        """The project of the form that a place stands in."""
        return next((self._projects[id(form)] for form in self._forms.at(span) if id(form) in self._projects), None)

    def _beside(self, based: Sequence[Indicator]) -> Project | None:
        """The project that the rows of some indicators name, in a form that lists several."""
        named = (one.project for one in based if one.project)
        return next((self._names[name] for cell in named if (name := unify(cell.text)) in self._names), None)

    def _in_text(self, cited: Cited) -> Cited:
        """The role of a citation in running text, by its sentence, then by the section it stands in."""
        disclosing = _is_disclosing(cited)
        if disclosing and pattern("bases", "purpose").search(cited.before):
            return replace(cited, role="disclosure-basis")
        if self._glossary.at(cited.spans[0]):
            return cited
        sections = self._sections.at(cited.spans[0])
        section, is_basis = sections[0] if sections else (None, False)
        project = self._headed_by(cited.before) or self._headed_by(_below_headings(cited)) or section
        if sends_funds(cited) or (_is_sending(cited) and (project or _sends_amount(cited))):
            return replace(cited, role=FUNDING, project=project)
        if disclosing and _is_led(cited):
            return replace(cited, role="disclosure-basis")
        labelled = pattern("bases", "labelled").search(cited.before)
        if labelled or (project and (is_basis or _is_led(cited))):
            return replace(cited, role=BASIS, project=project or (self._only if labelled else None))
        return cited

    def _headed_by(self, words: str) -> Project | None:
        """The project that a sentence begins with, after its number."""
        rest = unnumbered(pattern("bases", "note").sub("", words)).lstrip("“《")
        found = [name for name in self._names if rest.startswith(name)]
        return self._names[max(found, key=len)] if found else None


def _below_headings(cited: Cited) -> str:
    """The words of its sentence before a citation without the headings that stand above it, which no stop ends."""
    lines = cited.sentence.run.text[cited.sentence.start : cited.mention.start].split("\n")
    return unify("".join(itertools.dropwhile(lambda line: not line.strip() or is_heading(unify(line)), lines)))


class _Index(Generic[T]):
    """Things by the spans they stand at."""

    def __init__(self, placed: Iterable[tuple[Span, T]]) -> None:
        self._things: dict[Span, list[T]] = {}
        for span, thing in placed:
            self._things.setdefault(span, []).append(thing)
        self._spans = sorted(self._things)
        self._reach = list(itertools.accumulate((span.end for span in self._spans), max))

    def at(self, span: Span) -> list[T]:
        """What stands where a span begins: the innermost place, with all that share it."""
        last = bisect_right(self._spans, Span(span.start, sys.maxsize)) - 1
        while last >= 0 and self._reach[last] > span.start:
            if self._spans[last].end > span.start:
                return self._things[self._spans[last]]
            last -= 1
        return []


def _numbered(projects: Sequence[Project]) -> Mapping[str, Project]:
    """The projects that are named by the number of one document."""
    found: dict[str, list[Project]] = {}
    for project in projects:
        for mention in find_citations(project.name):
            if mention.kind == "docnum" and mention.doc_number:
                found.setdefault(mention.doc_number, []).append(project)
    return {number: several[0] for number, several in found.items() if len(several) == 1}


def _rows(
    tables: Sequence[Recognised], projects: Sequence[Project]
) -> Iterator[tuple[Span, tuple[Project, str | None]]]:
    """The cells of rows that name a project, each with the project and the role that its column's heading says.

    A row below it that prints nothing up to the column of names goes on with it. A list of evaluated projects, or a
    table with a column of bases or of documents that send money, may name one by its name alone.
    """
    named = {project.spans[0]: project for project in projects}
    called = {project.name: project for project in projects}
    for table in tables:
        roles = _roles(table)
        listed = names_column(table.table.rows[0]) if table.kind in FORMS and table.table.rows else None
        based = [one.index for one in table.columns] if any(roles.values()) else []
        naming = based if listed is None else [listed]
        project: Project | None = None
        name = -1
        for row in table.table.rows if table.kind not in FORMS or listed is not None else ():
            places = [at for at, cell in enumerate(row) if cell.spans[0] in named]
            if places:
                name, project = places[0], named[row[places[0]].spans[0]]
            elif called_at := [at for at in naming if row[at].plain in called]:
                name, project = called_at[0], called[row[called_at[0]].plain]
            elif not all(cell.blank for cell in row[: name + 1]):
                project = None
            if project:
                found = [(project, roles.get(at)) for at in range(len(row))]
                yield from ((span, said) for said, cell in zip(found, row, strict=True) for span in cell.spans)


def _roles(table: Recognised) -> Mapping[int, str | None]:
    """The role of what stands in each column; the numbers beside a column of titles of bases are bases too."""
    headings = {one.index: "".join(one.path) for one in table.columns}
    roles = {at: _headed(heading) for at, heading in headings.items()}
    titles, numbers = (
        [at for at, heading in headings.items() if pattern("bases", name).fullmatch(heading)]
        for name in ("title-column", "number-column")
    )
    beside = titles and len(numbers) == 1 and roles[titles[0]] == BASIS
    return roles | dict.fromkeys(numbers, BASIS) if beside else roles


def _headed(heading: str) -> str | None:
    """The role of what stands below a heading of bases, or of documents that send money."""
    if pattern("bases", "basis-heading").search(heading):
        return BASIS
    return FUNDING if pattern("bases", "funding-column").search(heading) else None


def _role(cited: Cited, is_basis: bool, is_funding: bool = False) -> str:
    """The role of what stands in a form or a row about a project: by its place, else by its own sentence.

    Below a heading of funds a number alone sends them; a title there says itself whether it does.
    """
    if sends_funds(cited) or _is_sending(cited) or (is_funding and is_bare(cited)):
        return FUNDING
    return BASIS if is_basis or _is_led(cited) else "mentioned"


def sends_funds(cited: Cited) -> bool:
    """Whether the document that it names sends funds by its name."""
    return bool(cited.names and cited.names.funding)


def is_bare(cited: Cited) -> bool:
    """Whether it is a number without a title."""
    return cited.mention.kind == "docnum" and not cited.mention.title


def _is_sending(cited: Cited) -> bool:
    """Whether its sentence says of a number that it sends money: 由云财农〔2023〕5号、6号下达."""
    sends = is_bare(cited) and (
        pattern("bases", "sending").match(cited.after) or pattern("bases", "sent-by").search(cited.before)
    )
    return bool(sends and not pattern("bases", "sent-else").search(cited.before))


def _sends_amount(cited: Cited) -> bool:
    """Whether its sentence goes on with money that is sent, or names the amount before it."""
    after, before = pattern("bases", "sending-money"), pattern("bases", "money-sent")
    return bool(after.search(cited.after) or before.search(cited.before))


def _is_led(cited: Cited) -> bool:
    """Whether its sentence rests on it, or is it and nothing else."""
    alone = not cited.before and pattern("bases", "alone").fullmatch(cited.after)
    cued = pattern("bases", "cue").search(cited.before) and not pattern("bases", "followed").search(cited.before)
    return bool(alone or cued)


def _is_disclosing(cited: Cited) -> bool:
    return bool(pattern("bases", "disclosure").search(cited.after))


# --- running text about one project ---


def _sections(
    paragraphs: Sequence[Paragraph], names: Mapping[str, Project]
) -> Iterator[tuple[Span, tuple[Project | None, bool]]]:
    """Each paragraph with the project its section is about, and whether the section states a basis.

    `names` are those of projects as `unify` makes them. A numbered line below a heading of bases that cites something
    is one of them, no heading.
    """
    about = dict(_labelled(paragraphs, names)) | {
        line.span: (names.get(unify(section.name)), field == "basis")
        for section in read_sections(paragraphs)
        for line, field in section.lines
    }
    project: Project | None = None
    basis = False
    for paragraph in paragraphs:
        words = unify(paragraph.text)
        if paragraph.span in about:
            yield paragraph.span, about[paragraph.span]
        elif is_heading(words) and not (basis and find_citations(paragraph.text)):
            basis = bool(pattern("bases", "basis-heading").search(words))
            named = next((one for name, one in names.items() if name in words), None)
            if named or not pattern("bases", "project-heading").search(words):
                project = named
        else:
            yield paragraph.span, (project, basis)


def _labelled(
    paragraphs: Sequence[Paragraph], names: Mapping[str, Project]
) -> Iterator[tuple[Span, tuple[Project | None, bool]]]:
    """The lines from one that names a project behind a label (项目名称：…), and whether they state its basis.

    They end at a heading, and at a line without a label below a blank one.
    """
    project: Project | None = None
    basis, last = False, 0
    for paragraph in paragraphs:
        words = unify(paragraph.text)
        if label := pattern("bases", "label").match(words):
            basis = bool(pattern("bases", "basis-label").fullmatch(label["label"]))
            if pattern("bases", "name-label").fullmatch(label["label"]):
                project = names.get(words[label.end() :].rstrip("。；"))
        elif is_heading(words) or paragraph.line > last + 1:
            project = None
        last = paragraph.line
        if project:
            yield paragraph.span, (project, basis)


# --- amendments and short names ---


def _amended(words: str) -> int | None:
    """The year of the amendment in the words of a citation: （2018年12月29日第二次修正）."""
    found = pattern("bases", "amended").search(words)
    return int(found["year"]) if found else None


def _short_name(words: str) -> str | None:
    """The name that a citation is given for the rest of the document, in or right behind it."""
    found = pattern("bases", "short").search(words.translate(SIMPLIFIED))
    return found["short"] if found else None
