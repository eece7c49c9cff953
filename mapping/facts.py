"""A document to its facts: description, tables, figures, projects and organisations, put together in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapping.describe import Description, describe
from mapping.document import Document
from mapping.figures import Figure, Setting, read_figures
from mapping.forms import Form, read_form
from mapping.lines import read_blocks
from mapping.organisations import Office, read_organisations
from mapping.projects import Grid, Project, read_projects
from mapping.recognise import Recognised, recognise
from mapping.sources import SourceRecord

FORMS = ("performance-target", "self-evaluation")


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one document says, each with its place; and what sources.csv says of it."""

    document: Document
    description: Description
    tables: Sequence[Recognised]
    figures: Sequence[Figure]
    forms: Sequence[Form]
    projects: Sequence[Project]
    offices: Sequence[Office]
    record: SourceRecord | None


def assemble(document: Document, record: SourceRecord | None) -> Facts:
    """The facts of a document. What its manifest row states goes before what its words suggest."""
    tables = recognise(document)
    description = describe(document, tables, record)
    setting = Setting(
        year=description.year,
        kind=description.kind,
        draft=description.status == "reviewDraft",
        unit=description.unit,
        offices=frozenset([description.publisher] if description.publisher else []),
    )
    grids = [_grid(table, setting) for table in tables]
    forms = [read_form(table, description.unit) for table in tables if table.kind in FORMS]
    projects = read_projects(grids, forms, document.paragraphs)
    return Facts(
        document=document,
        description=description,
        tables=tables,
        figures=[figure for grid in grids for figure in grid.figures],
        forms=forms,
        projects=projects,
        offices=read_organisations(description, grids, forms, document.paragraphs),
        record=record,
    )


def _grid(table: Recognised, setting: Setting) -> Grid:
    blocks = read_blocks(table, setting.offices)
    return Grid(table, blocks, tuple(read_figures(table, blocks, setting)))
