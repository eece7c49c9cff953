"""A document's amounts to the canonical facts they state, and the earlier amounts that its changes imply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mapping.amounts import Interval, PrintedAmount, multiplier
from mapping.beside import Printed
from mapping.describe import Description
from mapping.document import Span
from mapping.facets import key_figures
from mapping.figures import Figure
from mapping.forms import Filled, yuan
from mapping.governed import read_report
from mapping.governing import is_finance_office
from mapping.halves import Halves
from mapping.identity import project_iri
from mapping.imply import Implied, imply
from mapping.keyed import key_statements
from mapping.keys import UNKNOWN, Frame, Key, key_of_project
from mapping.lexicon import pattern
from mapping.organisations import Office
from mapping.passages import Passage, unify
from mapping.project import Project
from mapping.sayings import ambiguous_pair
from mapping.statements import Statement
from mapping.tied import Told

# Fields of forms that print a project's money, with the measure of the fact.
TOTALS = {"annual-total": "project-budget", "budget-amount": "project-budget", "period-total": "period-funds"}


@dataclass(frozen=True, slots=True)
class Stated:
    """Keys of figures by `id`, of statements by place in the list, of form readings by span; and what changes imply.

    `leans` are, by place in the list, the figures whose totals tell what a statement's ambiguous term means.
    """

    figures: Mapping[int, Key]
    statements: Mapping[int, tuple[Key, ...]]
    leans: Mapping[int, Sequence[tuple[Span, ...]]]
    readings: Sequence[tuple[tuple[Span, ...], Key]]
    implied: Sequence[Implied]


def state(
    description: Description,
    figures: Sequence[Figure],
    projects: Sequence[Project],
    *,
    offices: Sequence[Office],
    statements: Sequence[Statement],
    text: str,
    halves: Halves,
    passages: Sequence[Passage],
) -> Stated:
    """The facts that a document states: of the office that it names, or of one that it speaks of as its own (我局).

    None of any other: news tell of many bodies.
    """
    if not (description.owner or description.publisher or pattern("statements", "own").search(unify(text))):
        return Stated({}, {}, {}, (), ())
    frame = _frame(description, offices)
    iris = {id(project): project_path(project, description) for project in projects}
    of_project = {id(figure): iris[id(project)] for project in projects for figure in project.figures}
    titles = {figure.table.title for figure in figures if figure.table.title} if frame.of_government else ()
    report = read_report(text, sorted(titles), least=0 if description.government else 2)
    figure_keys = key_figures(figures, frame, of_project, report)
    names = {project.name: iris[id(project)] for project in projects}
    totals = _totals(figures, figure_keys, frame)
    bounds = {measure: figure.printed.interval(multiplier(figure.unit or "元")) for measure, figure in totals.items()}
    cuts = frozenset(one.places[at] for one in passages for at in one.pieces[1:])
    stated = frozenset(figure_keys.values())
    printed = Printed(text, names, stated, bounds, _open(figures, figure_keys), report, halves, cuts)
    keys = key_statements(statements, frame, printed)
    return Stated(
        figures=figure_keys,
        statements=keys,
        leans={
            at: [totals[measure].spans for measure in pair if measure in totals]
            for at, statement in enumerate(statements)
            if at in keys and (pair := ambiguous_pair(statement, printed))
        },
        readings=[one for project in projects for one in _readings(project, iris[id(project)], frame, halves)],
        implied=imply(Told(statements, text), keys),
    )


def add_said(
    projects: Sequence[Project], description: Description, statements: Sequence[Statement], stated: Stated
) -> None:
    """Gives each project without an amount of a table, a form or a list that of the sentences that state it.

    None where they state several. Of what was planned and what was spent that is what was planned.
    """
    for project in projects if description.year else ():
        if project.amount is None and not project.figures:
            path = project_path(project, description)
            found = list(_said_of(path, description.year, statements, stated))
            filled = [one for planned, one in found if planned] or [one for _, one in found]
            if filled and len({yuan(one) for one in filled}) == 1:
                project.stated.append(filled[0])
                project.amount = yuan(filled[0])


def _said_of(
    path: str, year: int | None, statements: Sequence[Statement], stated: Stated
) -> Iterator[tuple[bool, Filled]]:
    """The amounts that sentences say a project costs in a year, and whether each was planned; nothing else of it."""
    for at, keys in stated.statements.items():
        one, key = statements[at], keys[0]
        if one.measure == "money" and (key.measure, key.project, key.year) == ("project-budget", path, year):
            printed = PrintedAmount(one.printed, one.value, one.decimals)
            filled = Filled("budget-amount", None, one.printed, one.number, printed, one.unit)
            yield key.phase not in ("executed", "finalAccounts"), filled


def _readings(project: Project, iri: str, frame: Frame, halves: Halves) -> Iterator[tuple[tuple[Span, ...], Key]]:
    """The money of a project that forms print, and the facts that they state with it."""
    for filled in project.readings:
        measure = TOTALS.get(filled.field) if filled.amount and filled.unit else None
        here = halves.framed(frame, filled.spans[0].start)
        if measure and (key := key_of_project(measure, iri, _budgeted(here, filled))):
            yield filled.spans, key


def _budgeted(frame: Frame, filled: Filled) -> Frame:
    """The frame of what a form prints as a project's money: its budget, in a report the draft.

    In accounts that of the phase that the form names (年初预算数).
    """
    if frame.phase == "executed":
        return replace(frame, year=frame.draft_year, phase="reviewDraft")
    return replace(frame, phase=filled.phase or "unspecified") if frame.phase == "finalAccounts" else frame


def _totals(figures: Sequence[Figure], keys: Mapping[int, Key], frame: Frame) -> dict[str, Figure]:
    """The totals of all funds that the tables print of the entity's year, by measure; of several the first."""
    found: dict[str, Figure] = {}
    for figure in figures:
        key = keys.get(id(figure))
        other = key and key.level == "ownLevel" != frame.level
        if key is None or other or figure.unit is None or key.classes or key.project:
            continue
        if (key.entity, key.year, key.fund_scope) == (frame.entity, frame.year, "all"):
            found.setdefault(key.measure, figure)
    return found


def _open(figures: Sequence[Figure], keys: Mapping[int, Key]) -> dict[Key, Interval]:
    """The facts without class or project of which the tables leave open what was carried over, with their intervals."""
    keyed = [(keys[id(one)], one) for one in figures if id(one) in keys and one.unit]
    known = [(key, one) for key, one in keyed if not key.classes and not key.project]
    return {key: one.printed.interval(multiplier(one.unit or "元")) for key, one in known if key.carry_over == UNKNOWN}


def _frame(description: Description, offices: Sequence[Office]) -> Frame:
    kinds = {"accounts": "finalAccounts", "budget": "executed" if description.proposed else "approved"}
    draft_year = description.draft_year if description.kind == "budget" else None
    drafted = draft_year is not None and draft_year == description.year
    owner = description.owner or ""
    return Frame(
        entity=owner,
        level=_level(description),
        year=description.year,
        phase="reviewDraft" if drafted else kinds.get(description.kind, "unspecified"),
        draft_year=draft_year,
        offices=frozenset(office.name for office in offices),
        of_government=description.of_government or is_finance_office(owner),
        governs=description.government is not None,
    )


def _level(description: Description) -> str:
    """The level of a document's money; what a government calls its own (市本级) is not that of a department."""
    if description.government is None:
        return description.level
    return "governmentOwn" if description.level == "ownLevel" else UNKNOWN


def project_path(project: Project, said: Description) -> str:
    """The IRI of one year's project, below the base."""
    owner = project.implementing_unit or said.publisher
    return project_iri("", project.code, project.name, region=said.region, entity=owner, year=said.year)
