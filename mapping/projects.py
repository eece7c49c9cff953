"""Project tables, forms, lists and running text to projects: one for each name and unit of a document."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from mapping.document import Paragraph, normal_name, squeeze
from mapping.enrol import enrol, lists_projects
from mapping.figures import Grid, Setting
from mapping.forms import Form, names_column, yuan
from mapping.narrate import from_appraisals, from_numbered, from_sections, from_sentences
from mapping.offices import office_name, office_words
from mapping.project import Project, is_same, may_name, merge, project_code, same_name

_SUM = re.compile("[合总小]计")


def read_projects(
    grids: Sequence[Grid], forms: Sequence[Form], lines: Sequence[Paragraph], setting: Setting
) -> list[Project]:
    """The projects of a document, in order of first mention; a row that names one of its offices heads its projects."""
    projects: list[Project] = []
    listing: set[int] = set()
    for grid in grids:
        if lists_projects(grid.table):
            for project in enrol(grid, setting.year):
                listing.add(id(grid.table))
                if not any(same_name(project.name, office) for office in setting.offices):
                    merge(projects, project)
    for form in forms:
        if form.name and not form.whole_department and id(form.table) not in listing:
            merge(projects, _from_form(form))
    for form in forms:
        projects += _beside(projects, list(_from_list(form)))
    _add_narrated(projects, lines, setting.year)
    return sorted(projects, key=lambda project: project.spans)


def _add_narrated(projects: list[Project], lines: Sequence[Paragraph], year: int | None) -> None:
    """Adds the projects that running text names."""
    for project in from_sections(lines, year):
        merge(projects, project)
    for project, whole in from_sentences(lines):
        if whole or any(is_same(known, project) for known in projects):
            merge(projects, project)
    divided = list(from_numbered(lines))
    new = _beside(projects, divided)
    for project in divided:
        if project in new or any(is_same(known, project) for known in projects):
            merge(projects, project)
    for project in from_appraisals(lines):
        others = [one for one in projects if not is_same(one, project)]
        if not _is_part(normal_name(project.name), {normal_name(one.name) for one in others}):
            merge(projects, project)


def _from_form(form: Form) -> Project:
    period, annual, budget = (form.first(name) for name in ("period-total", "annual-total", "budget-amount"))
    code = form.first("project-code")
    department, unit = _text(form, "competent-department"), _text(form, "implementing-unit")
    return Project(
        name=form.name or "",
        spans=form.name_spans,
        code=project_code(squeeze(code.text)) if code else None,
        amount=yuan(budget) if budget else yuan(annual),
        period_total=yuan(period),
        annual_total=yuan(annual),
        implementing_unit=office_name(unit) if unit else None,
        competent_department=office_name(department) if department else None,
        attribute=_text(form, "project-attribute"),
        term=_text(form, "project-term"),
        forms=[form],
    )


def _from_list(form: Form) -> Iterator[Project]:
    """The projects that a list of evaluated ones names, one a row; rows of sums and of units are none."""
    rows = form.table.table.rows
    at = names_column(rows[0]) if rows else None
    if at is None:
        return
    for cell, printed in ((row[at], sum(not one.blank for one in row)) for row in rows[1:]):
        other = _SUM.match(cell.plain) or office_words().search(cell.plain)
        if printed > 1 and may_name(cell.plain) and not other:
            yield Project(name=squeeze(cell.text), spans=cell.spans)


def _beside(projects: Sequence[Project], listed: Sequence[Project]) -> list[Project]:
    """The projects of a list that are not known, each once; none where others are known and it names none of them.

    A name that is part of a known one, or has one as its part, is that one, cut or spelled out.
    """
    known = {normal_name(one.name) for one in projects}
    if known and not any(normal_name(one.name) in known for one in listed):
        return []
    new = {normal_name(one.name): one for one in reversed(listed)}
    return [one for name, one in reversed(new.items()) if not _is_part(name, known)]


def _is_part(name: str, known: Collection[str]) -> bool:
    """Whether a name is part of a known one, or has one as its part."""
    return any(name in other or other in name for other in known)


def _text(form: Form, name: str) -> str | None:
    found = form.first(name)
    return squeeze(found.text) or None if found else None
