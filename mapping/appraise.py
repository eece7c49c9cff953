"""What projects, forms and indicators say of each other, to the graph: senses, deadlines, points, sums, near names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapping.addends import cost_bonds, fund_bonds, source_bonds
from mapping.amounts import MULTIPLIERS, parse_amount
from mapping.bonds import Bond, Place
from mapping.counted import amount_bonds, class_bonds, class_sums, counted_bonds
from mapping.deadlines import Months, read_deadline, read_months
from mapping.document import Cell, fold, squeeze
from mapping.facts import Facts
from mapping.graph import DEF, Graph
from mapping.indicators import Indicator
from mapping.lexicon import load
from mapping.likeness import near_pairs
from mapping.matters import matter_bonds
from mapping.organisations import Office
from mapping.passages import unify
from mapping.payments import Payments, read_payments
from mapping.project import Project
from mapping.scores import (
    execution_bonds,
    listed_scores,
    point_bonds,
    printed_points,
    reached,
    said_scores,
    score_bonds,
    summed_scores,
    weight_bonds,
)
from mapping.senses import label_kind, money_unit, read_kind, read_sense, unit_kind


def write_appraisals(facts: Facts, graph: Graph) -> None:
    """Writes what the projects, forms and indicators of a document say of each other into its graph."""
    for indicator in facts.indicators:
        _about_indicator(indicator, facts.description.proposed, graph)
    for said in facts.statements:
        if said.kind == "rate" and (kind := label_kind(said.subject or "")):
            graph.code(graph.part("statement", said.number), "labelKind", "target-kind", kind)
    for form in facts.forms:
        for filled in form.fields:
            if filled.field == "project-term" and (months := read_months(filled.text)):
                _about_months(graph.part("reading", filled.spans), months, graph)
        goals = [filled for filled in form.fields if filled.field == "goal"]
        for filled in goals if len(goals) == 1 else ():
            if months := read_months(filled.text):
                _about_months(graph.part("reading", filled.spans), months, graph)
        own = [one for one in facts.indicators if one.form is form]
        if payments := read_payments(form, own):
            _about_payments(payments, graph)
    for project in facts.projects:
        graph.string(graph.part("project", project.spans), "personnelWords", personnel_words(project.name))
    for bond in _bonds(facts):
        graph.link(_iri(bond.subject, graph), DEF + bond.name, _iri(bond.target, graph))


def _iri(place: Place, graph: Graph) -> str:
    return graph.part(place.kind, place.spans)


def personnel_words(name: str) -> str | None:
    """The words in a project's name that speak of what the unit's own staff is paid, or None."""
    words, lexicon = fold(name), load("appraisals")
    found = re.search(lexicon["personnel"], words)
    return found[0] if found and not re.search(lexicon["not-personnel"], words) else None


# --- indicators ---


def _about_indicator(said: Indicator, proposed: int | None, graph: Graph) -> None:
    """What an indicator says; nothing of its months where they are of the year that a report proposes, not its own.

    Nor where they are of the year that a form of evaluation says it is of: a budget may print that of the year before.
    """
    iri = graph.part("indicator", said.spans)
    for name, scheme, notation in (
        ("sense", "sense", read_sense(said)),
        ("labelKind", "target-kind", read_kind(said)),
        ("targetKind", "target-kind", unit_kind(said.printed_unit)),
    ):
        if notation:
            graph.code(iri, name, scheme, notation)
    graph.decimal(iri, "pointsNumber", printed_points(said.points))
    graph.decimal(iri, "scoreNumber", printed_points(said.score))
    graph.decimal(iri, "actualNumber", reached(said))
    unit = money_unit(said.printed_unit)
    if unit and (printed := parse_amount(said.value or "")):
        low, high = printed.interval(MULTIPLIERS[unit])
        graph.decimal(iri, "targetLow", low)
        graph.decimal(iri, "targetHigh", high)
    months = read_deadline(said)
    table = said.form.table
    evaluated = (table.captions.year or table.title_year) if table.kind == "self-evaluation" else None
    if months and not any(year and (months.last or "").startswith(str(year)) for year in (proposed, evaluated)):
        _about_months(iri, months, graph)


def _about_months(iri: str, months: Months, graph: Graph) -> None:
    graph.string(iri, "firstMonth", months.first)
    graph.string(iri, "lastMonth", months.last)


def _about_payments(said: Payments, graph: Graph) -> None:
    """What standards come to in a year, and that a form's amount should be the sum of it."""
    amount = graph.part("reading", said.amount.spans)
    graph.link(amount, DEF + "sumOf", graph.part("indicator", said.heads.spans))
    for part in said.parts:
        iri = graph.part("indicator", part.standard.spans)
        graph.link(amount, DEF + "sumOf", iri)
        graph.decimal(iri, "yearlyLow", part.low)
        graph.decimal(iri, "yearlyHigh", part.high)


# --- bonds ---


def _bonds(facts: Facts) -> Iterator[Bond]:
    text, year = facts.document.text, facts.description.year
    for form in facts.forms:
        own = [one for one in facts.indicators if one.form is form]
        yield from fund_bonds(form)
        graded = [one for one in facts.quantities if one.table is form.table]
        yield from cost_bonds(form, own, graded)
        yield from source_bonds(graded)
        yield from _repeated(own)
        yield from score_bonds(own, graded)
        yield from point_bonds(own, graded)
        yield from weight_bonds(own, graded)
        yield from execution_bonds(form, graded)
    yield from summed_scores(facts.quantities)
    yield from listed_scores(facts.forms, facts.indicators, facts.quantities)
    yield from said_scores(facts.forms, facts.indicators, facts.statements, text)
    yield from counted_bonds(facts.statements, facts.projects, text, year)
    yield from class_bonds(facts.statements, facts.projects)
    yield from amount_bonds(facts.projects)
    yield from class_sums(facts.statements, text)
    reports = facts.description.kind == "accounts"
    yield from matter_bonds(facts.statements, facts.indicators, facts.forms, text, reports=reports)
    yield from _near_projects(facts.projects)
    yield from _near_offices(facts)


def _repeated(indicators: Sequence[Indicator]) -> Iterator[Bond]:
    """An indicator of the other half of a form with the same one of the first half; labels may break off."""
    for at, one in enumerate(indicators):
        for earlier in indicators[:at]:
            if earlier.scope != one.scope and _printed(one.target) == _printed(earlier.target) != "":
                labels = sorted((_printed(one.level3), _printed(earlier.level3)), key=len)
                if labels[0] and labels[1].startswith(labels[0]):
                    yield Bond("repeats", Place("indicator", one.spans), Place("indicator", earlier.spans))
                    break


def _printed(cell: Cell | None) -> str:
    return unify(cell.text) if cell else ""


def _near_projects(projects: Sequence[Project]) -> Iterator[Bond]:
    """Projects of nearly one name; two codes, or two rows of one table or two forms, show that they are two."""
    for one, other in near_pairs([project.name for project in projects]):
        first, second = projects[one], projects[other]
        codes = {first.code, second.code} - {None}
        tables = {id(figure.table) for figure in first.figures} & {id(figure.table) for figure in second.figures}
        if len(codes) < 2 and not tables and not (first.forms and second.forms):
            yield Bond("nearName", Place("project", first.spans), Place("project", second.spans))


def _near_offices(facts: Facts) -> Iterator[Bond]:
    """Bodies of nearly one name; two codes show that they are two. The publisher's own name is compared elsewhere."""
    first: dict[str, Office] = {}
    for office in sorted(facts.offices, key=lambda office: office.spans):
        first.setdefault(squeeze(office.name), office)
    names = [name for name in first if name != squeeze(facts.description.publisher or "")]
    for one, other in near_pairs(names):
        near = (first[names[one]], first[names[other]])
        if len({office.code for office in near} - {None}) < 2:
            yield Bond("nearName", *(Place("organisation", office.spans) for office in near))
