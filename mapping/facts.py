"""A document to its facts: description, tables, figures, projects and organisations, put together in one place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mapping.absent import read_absent
from mapping.aliases import Alias, read_aliases
from mapping.bases import Cited, Reading, read_bases
from mapping.columns import slipped
from mapping.comparables import Comparables, read_comparables
from mapping.counts import Quantity, read_quantities
from mapping.describe import Description, describe
from mapping.document import Document, squeeze
from mapping.figures import Figure, Grid, Setting, read_figures
from mapping.forms import FORMS, Form, read_form, within
from mapping.grids import read_grids
from mapping.halves import Halves, read_halves
from mapping.indicators import Indicator, read_indicators, read_listed
from mapping.labels import read_labels
from mapping.lexicon import load
from mapping.lines import read_blocks
from mapping.marking import read_marks
from mapping.marks import Mark
from mapping.misscaled import read_misscaled
from mapping.offices import office_name
from mapping.organisations import Office, read_organisations
from mapping.passages import read_notes, read_passages, unify
from mapping.project import Project
from mapping.projects import read_projects
from mapping.readings import Readings
from mapping.reasons import Reason, read_reasons
from mapping.recognise import Recognised, recognise
from mapping.relations import Relation, read_relations
from mapping.remarks import Remark, read_remarks
from mapping.settle import settle
from mapping.sources import SourceRecord
from mapping.state import Stated, add_said, state
from mapping.statements import Statement, read_statements
from mapping.tabled import tie_counts
from mapping.tied import Tie, Told
from mapping.ties import tie
from mapping.unwrap import unwrap
from mapping.validity import read_validity


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one document says, each with its place; and what sources.csv says of it."""

    document: Document
    description: Description
    tables: Sequence[Recognised]
    figures: Sequence[Figure]
    quantities: Sequence[Quantity]
    forms: Sequence[Form]
    projects: Sequence[Project]
    offices: Sequence[Office]
    aliases: Sequence[Alias]
    marks: Sequence[Mark]
    statements: Sequence[Statement]
    indicators: Sequence[Indicator]
    stated: Stated
    ties: Sequence[Tie]
    reasons: Mapping[int, Reason]
    remarks: Sequence[Remark]
    comparables: Comparables
    citations: Sequence[Cited]
    relations: Sequence[Relation]
    record: SourceRecord | None


def assemble(document: Document, record: SourceRecord | None) -> Facts:
    """The facts of a document. What its manifest row states goes before what its words suggest."""
    tables = recognise(document)
    description = describe(document, tables, record)
    forms = [read_form(table, description.unit) for table in tables if table.kind in FORMS]
    setting = _setting(description, forms)
    cut = frozenset(_cut(tables))
    halves = read_halves(document.text.content)
    grids = [_grid(table, _of_half(setting, halves, table), id(table) in cut) for table in tables]
    figures = [figure for grid in grids for figure in grid.figures]
    most = _most(figures)
    forms = [within(form, most) for form in forms]
    projects = read_projects(grids, forms, document.paragraphs, setting)
    offices = read_organisations(description, grids, forms, document.paragraphs)
    aliases = read_aliases(description, tables, offices, document.paragraphs)
    passages = tuple(read_passages(document, tables, forms, description.later_year))
    statements = read_statements(document, passages, tables, description, units=_own_units(offices), halves=halves)
    indicators = list(_indicators(tables, forms))
    text = unwrap(document.text.content, passages)
    stated = state(
        description,
        figures,
        projects,
        offices=offices,
        statements=statements,
        text=text,
        halves=halves,
        passages=passages,
    )
    add_said(projects, description, statements, stated)
    readings = Readings(Told(statements, text), figures, stated, description.owner, description.year)
    cited = read_bases(Reading(document, passages, tables, forms, projects, indicators, description))
    citations = read_validity(settle(cited), document.tables)
    quantities = [*_counts(grids, forms, setting, halves), *read_labels(document.paragraphs, statements)]
    return Facts(
        document=document,
        description=description,
        tables=tables,
        figures=figures,
        quantities=quantities,
        forms=forms,
        projects=projects,
        offices=offices,
        aliases=aliases,
        marks=[
            *read_marks(document, description, grids, passages, offices=offices, aliases=aliases, projects=projects),
            *read_misscaled(figures, statements, stated, description.unit),
        ],
        statements=statements,
        indicators=indicators,
        stated=stated,
        comparables=read_comparables(grids, quantities, stated.figures, cut),
        ties=[
            *tie(readings, _units(description, offices)),
            *tie_counts(readings.told, quantities, (description.owner, description.year)),
        ],
        reasons=read_reasons(statements, text),
        remarks=[
            *read_remarks(passages, tuple(read_notes(document, tables)), description, stated, statements),
            *read_absent(document, tables, figures, passages, description),
        ],
        citations=citations,
        relations=read_relations(citations, description.region),
        record=record,
    )


def _counts(grids: Sequence[Grid], forms: Sequence[Form], setting: Setting, halves: Halves) -> Iterator[Quantity]:
    """The counts and rates of tables, then those of forms."""
    for grid in grids:
        yield from read_quantities(grid.table, grid.blocks, _of_half(setting, halves, grid.table))
    for form in forms:
        yield from read_grids(form, setting.year)


def _of_half(setting: Setting, halves: Halves, table: Recognised) -> Setting:
    """The setting of a table: that of its part where this is of a year and kind of its own."""
    half = halves.at(table.table.span.start)
    return replace(setting, year=half.year, kind=half.kind or setting.kind) if half else setting


def _own_units(offices: Sequence[Office]) -> list[str]:
    """The units that the document lists as its own."""
    return [one.name for one in offices if one.role in ("budget-unit", "subordinate-unit")]


def _most(figures: Sequence[Figure]) -> Decimal | None:
    """The largest amount, in 元, of the tables of the whole account; None where there is none."""
    kinds = load("keys")["of-account"]
    return max((one.amount for one in figures if one.amount is not None and one.table.kind in kinds), default=None)


def _setting(description: Description, forms: Sequence[Form]) -> Setting:
    return Setting(
        year=description.year,
        kind=description.kind,
        draft=description.status == "reviewDraft",
        proposed=description.proposed,
        unit=description.unit,
        offices=frozenset(_known_offices(description, forms)),
    )


def _known_offices(description: Description, forms: Sequence[Form]) -> Iterator[str]:
    """The publisher and the units that forms name: rows of tables that bear their names are offices."""
    if description.publisher:
        yield description.publisher
    for form in forms:
        for field in ("implementing-unit", "competent-department"):
            if filled := form.first(field):
                yield office_name(squeeze(filled.text))


def _cut(tables: Sequence[Recognised]) -> Iterator[int]:
    """The `id` of each table that goes on under headings that slipped: its sums lack what follows."""
    for table, after in itertools.pairwise(tables):
        if after.captions.title is None and slipped(after.columns):
            yield id(table)


def _indicators(tables: Sequence[Recognised], forms: Sequence[Form]) -> Iterator[Indicator]:
    """The indicators of forms, then those of other tables."""
    for form in forms:
        yield from read_indicators(form)
    for table in tables:
        if table.kind not in FORMS:
            yield from read_listed(table)


def _units(description: Description, offices: Sequence[Office]) -> frozenset[str]:
    """The publisher and the budget units that the document lists, its own level as the publisher itself."""
    own = load("organisations")["own-level"]
    listed = (one.name for one in offices if one.role == "budget-unit" and not re.search(own, one.name))
    return frozenset(unify(name) for name in (description.publisher, *listed) if name)


def _grid(table: Recognised, setting: Setting, goes_on: bool) -> Grid:
    blocks = read_blocks(table, setting.offices)
    return Grid(table, blocks, tuple(read_figures(table, blocks, setting, goes_on)))
