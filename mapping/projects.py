"""Project tables and forms to projects: one for each name and unit of a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mapping.amounts import multiplier
from mapping.document import Cell, Span, squeeze
from mapping.figures import Figure
from mapping.forms import Filled, Form
from mapping.lexicon import load
from mapping.recognise import Recognised

_PROJECT_CODE = re.compile(r"[0-9A-Z]{6,40}")
_CODED_OFFICE = re.compile(r"(?P<code>\d{2,12})\s*[-－—_]?\s*(?P<name>\D.*)")


@dataclass(slots=True)
class Project:
    """What a document says of one project. Amounts are in 元."""

    name: str
    spans: tuple[Span, ...]
    code: str | None = None
    amount: Decimal | None = None
    period_total: Decimal | None = None
    annual_total: Decimal | None = None
    implementing_unit: str | None = None
    competent_department: str | None = None
    attribute: str | None = None
    term: str | None = None
    forms: list[Form] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    @property
    def has_targets(self) -> bool:
        """Whether the document prints a performance-target form for it."""
        return bool(self.forms)


@dataclass(frozen=True, slots=True)
class Heading:
    """An office that heads rows of a table."""

    name: str
    spans: tuple[Span, ...]


def read_projects(figures: Mapping[Recognised, Sequence[Figure]], forms: Sequence[Form]) -> list[Project]:
    """The projects of a document, in order of first mention."""
    projects: list[Project] = []
    for table, found in figures.items():
        if table.kind in ("project-expenditure", "project-carryover"):
            for project in _from_table(table, found):
                _merge(projects, project)
    for form in forms:
        if form.name and not form.whole_department:
            _merge(projects, _from_form(form))
    return sorted(projects, key=lambda project: project.spans)


def same_name(one: str, other: str) -> bool:
    """Whether two printed names are the same but for width and whitespace."""
    return _normal(one) == _normal(other)


def _normal(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


# --- from a project table ---


def _from_table(table: Recognised, figures: Sequence[Figure]) -> Iterator[Project]:
    rows = {figure.row for figure in figures if figure.row_role in ("leaf", "memo")}
    headings = dict(headings_by_row(table, figures))
    for row in sorted(rows):
        mine = [figure for figure in figures if figure.row == row and figure.row_role in ("leaf", "memo")]
        cell = name_cell(table, row, mine[0].row_label)
        if cell is None or not mine or _is_class_row(mine):
            continue
        unit = _cell_under(table, row, "单位(?:名称)?$|预算单位|实施单位|承担单位")
        code = _cell_under(table, row, "项目(?:编码|代码|编号)$")
        heading = headings.get(row)
        yield Project(
            name=mine[0].row_label,
            spans=cell.spans,
            code=code.plain if code and _PROJECT_CODE.fullmatch(code.plain) else None,
            amount=_row_amount(mine),
            implementing_unit=unit.plain if unit and unit is not cell else heading.name if heading else None,
            figures=mine,
        )


def headings_by_row(table: Recognised, figures: Sequence[Figure]) -> Iterator[tuple[int, Heading]]:
    """For each leaf row the office that heads it most closely."""
    wholes = [figure for figure in figures if figure.row_role == "subtotal" and figure.sum_of_rows]
    for whole in wholes:
        cell = name_cell(table, whole.row, whole.row_label)
        if cell is not None:
            for part in whole.sum_of_rows:
                yield part.row, Heading(whole.row_label, cell.spans)


def name_cell(table: Recognised, row: int, label: str) -> Cell | None:
    """The cell of a row that prints its label."""
    return next((cell for cell in table.table.rows[row] if cell.plain == label), None)


def _is_class_row(figures: Sequence[Figure]) -> bool:
    """Whether a row of a project table names a functional or economic class, not a project."""
    return bool(figures[0].code and figures[0].classes)


def _cell_under(table: Recognised, row: int, heading: str) -> Cell | None:
    for column in table.columns:
        if column.path and re.search(heading, column.path[-1]):
            cell = table.table.rows[row][column.index]
            if not cell.blank:
                return cell
    return None


def _row_amount(figures: Sequence[Figure]) -> Decimal | None:
    """The row's own total, its only amount, or the sum of its parts."""
    known = [figure for figure in figures if figure.amount is not None]
    wholes = [figure for figure in known if figure.column_role == "total" or figure.sum_of_columns]
    if wholes:
        return max(wholes, key=lambda figure: len(figure.sum_of_columns)).amount
    current = [figure for figure in known if figure.column_role in ("part", "single")]
    parts = [figure.amount for figure in current if figure.amount is not None]
    return sum(parts, Decimal(0)) if parts else None


# --- from a form ---


def _from_form(form: Form) -> Project:
    period, annual, budget = (form.first(name) for name in ("period-total", "annual-total", "budget-amount"))
    code = form.first("project-code")
    department = _text(form, "competent-department")
    return Project(
        name=form.name or "",
        spans=form.name_spans,
        code=squeeze(code.text) if code and _PROJECT_CODE.fullmatch(squeeze(code.text)) else None,
        amount=_yuan(budget) if budget else _yuan(annual),
        period_total=_yuan(period),
        annual_total=_yuan(annual),
        implementing_unit=_text(form, "implementing-unit"),
        competent_department=office_name(department) if department else None,
        attribute=_text(form, "project-attribute"),
        term=_text(form, "project-term"),
        forms=[form],
    )


def _text(form: Form, name: str) -> str | None:
    found = form.first(name)
    return squeeze(found.text) or None if found else None


def _yuan(filled: Filled | None) -> Decimal | None:
    if filled is None or filled.amount is None or filled.unit is None:
        return None
    return filled.amount.in_yuan(multiplier(filled.unit))


def office_name(words: str) -> str:
    """An office without the code printed before it (021-泽州县总工会)."""
    found = _CODED_OFFICE.fullmatch(words)
    return found["name"] if found else words


def office_code(words: str) -> str | None:
    """The code printed before an office's name, or None."""
    found = _CODED_OFFICE.fullmatch(words)
    return found["code"] if found else None


# --- one project, several mentions ---


def _merge(projects: list[Project], new: Project) -> None:
    """Adds `new`, or completes the project of the same code, or of the same name and no other unit."""
    known = next((one for one in projects if _is_same(one, new)), None)
    if known is None:
        projects.append(new)
        return
    known.code = known.code or new.code
    known.amount = known.amount if known.figures else _first(known.amount, new.amount)
    known.period_total = _first(known.period_total, new.period_total)
    known.annual_total = _first(known.annual_total, new.annual_total)
    known.implementing_unit = new.implementing_unit if new.forms else known.implementing_unit
    known.competent_department = known.competent_department or new.competent_department
    known.attribute = known.attribute or new.attribute
    known.term = known.term or new.term
    known.forms += new.forms
    known.figures += new.figures


def _first(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one


def _is_same(one: Project, other: Project) -> bool:
    if one.code and other.code:
        return one.code == other.code
    if not same_name(one.name, other.name):
        return False
    units = {one.implementing_unit, other.implementing_unit} - {None}
    return len(units) < 2


def office_words() -> re.Pattern[str]:
    """What the name of an office ends in."""
    return re.compile(load("roles")["office"] + "$")


def all_forms(projects: Iterable[Project]) -> list[Form]:
    """The forms of all projects, in order."""
    return [form for project in projects for form in project.forms]
