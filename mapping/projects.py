"""Project tables and forms to projects: one for each name and unit of a document."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mapping.amounts import multiplier, parse_amount
from mapping.classes import codes_of, names, scheme_of
from mapping.columns import Column
from mapping.document import Cell, Paragraph, Span, fold, normal_name, squeeze
from mapping.figures import Figure, Setting
from mapping.forms import Filled, Form, names_column
from mapping.lexicon import load, pattern
from mapping.lines import Block
from mapping.passages import is_heading, level_of, unify
from mapping.recognise import Recognised
from mapping.rows import Line
from mapping.sections import Section, read_sections

_PROJECT_CODE = re.compile(r"[0-9A-Z][0-9A-Z-]{5,39}")
_SUM = re.compile("[合总小]计")
_UNIT_COLUMN = "(?<!度量)(?<!计量)单位(?:名称)?$"
_NAME = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]")
# Which phase is the project's amount where its row prints several: the budget of the year before what became of it.
_PHASES = ("approved", "unspecified", "reviewDraft", "adjusted", "finalAccounts", "executed")
_CODED_OFFICE = re.compile(r"[\[【［〔(（]?(?P<code>\d{2,12})[\]】］〕)）]?\s*[-－—_]?\s*(?P<name>\D.*)")


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
    stated: list[Filled] = field(default_factory=list)
    listed_targets: bool = False

    @property
    def has_targets(self) -> bool:
        """Whether the document prints its targets: in a form, in a self-evaluation, or beside it in a list."""
        return self.listed_targets or any(map(_prints_targets, self.forms))

    @property
    def readings(self) -> list[Filled]:
        """Every filled field and stated amount that speaks of it."""
        return [*(filled for form in self.forms for filled in form.fields), *self.stated]


def _prints_targets(form: Form) -> bool:
    """Whether a form names targets; a sheet that only says what a project rests on and who does it does not."""
    named = pattern("forms", "any-target" if form.table.kind == "performance-target" else "targets").search
    cells = (cell.plain for row in form.table.table.rows for cell in row)
    return any(map(named, (form.table.title or "", *cells)))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its lines and figures."""

    table: Recognised
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...]


def read_projects(
    grids: Sequence[Grid], forms: Sequence[Form], lines: Sequence[Paragraph], setting: Setting
) -> list[Project]:
    """The projects of a document, in order of first mention; a row that names one of its offices heads its projects."""
    projects: list[Project] = []
    listing: set[int] = set()
    for grid in grids:
        if _lists_projects(grid.table):
            for project in _from_table(grid, setting.year):
                listing.add(id(grid.table))
                if not any(same_name(project.name, office) for office in setting.offices):
                    _merge(projects, project)
    for form in forms:
        if form.name and not form.whole_department and id(form.table) not in listing:
            _merge(projects, _from_form(form))
    for form in forms:
        projects += _beside(projects, list(_from_list(form)))
    for section in read_sections(lines):
        _merge(projects, _from_section(section))
    for project, whole in _from_sentences(lines):
        if whole or any(_is_same(known, project) for known in projects):
            _merge(projects, project)
    divided = list(_from_numbered(lines))
    new = _beside(projects, divided)
    for project in divided:
        if project in new or any(_is_same(known, project) for known in projects):
            _merge(projects, project)
    return sorted(projects, key=lambda project: project.spans)


def same_name(one: str, other: str) -> bool:
    """Whether two printed names are the same but for width and whitespace."""
    return normal_name(one) == normal_name(other)


# --- from a project table ---


def _from_table(grid: Grid, year: int | None) -> Iterator[Project]:
    """One project for each row that names one; rows that print it again by class or source go into it."""
    for block in grid.blocks:
        columns = {column.index for column in block.columns}
        figures: dict[int, list[Figure]] = {}
        for figure in grid.figures:
            if figure.column in columns:
                figures.setdefault(figure.row, []).append(figure)
        for line in block.lines:
            if line.cell is not None and _is_project(line, block.lines, grid.table) and _is_named(line, grid.table):
                rows = [line, *(block.lines[child] for child in line.children if line.kind == "group")]
                heading = _office_above(line, block.lines)
                unit = _cell_under(grid.table, rows, _UNIT_COLUMN) or _unit_above(grid.table, line)
                code = _cell_under(grid.table, rows, "项目(?:编码|代码|编号)$")
                yield Project(
                    name=line.label,
                    spans=line.cell.spans,
                    code=code.plain if code and _PROJECT_CODE.fullmatch(code.plain) else None,
                    amount=_row_amount(_budgeted(figures.get(line.row, []), grid.table, year)),
                    implementing_unit=office_name(unit.plain) if unit and unit is not line.cell else heading,
                    figures=[figure for row in rows for figure in figures.get(row.row, [])],
                    listed_targets=_lists_targets(grid.table, rows),
                )


def _unit_above(table: Recognised, line: Line) -> Cell | None:
    """The unit printed further up in the column of units: a merged cell stands in its first row only.

    Where the column has names of offices all its words are units, of whatever name (车队), but for sums.
    """
    first = table.table.header_rows
    for column in table.columns:
        if column.path and re.search(_UNIT_COLUMN, fold(column.path[-1])):
            printed = [cell for row in table.table.rows[first:] if _says(cell := row[column.index])]
            above = (table.table.rows[at][column.index] for at in range(line.row - 1, first - 1, -1))
            found = next(filter(_says, above), None)
            offices = any(office_words().search(cell.plain) for cell in printed)
            return found if found and offices and not _SUM.search(found.plain) else None
    return None


def _lists_projects(table: Recognised) -> bool:
    """Whether the rows of a table are projects: by its kind, or by a column of names beside money or targets."""
    if table.kind in ("project-expenditure", "project-carryover"):
        return True
    named = any(_names(column) for column in table.columns)
    return named and (table.kind == "other" or (table.kind == "performance-target" and any(_target_columns(table))))


def _is_named(line: Line, table: Recognised) -> bool:
    """Whether a row's label stands in the column headed 项目名称; where there is none, not in one of 科目."""
    row = table.table.rows[line.row]
    named = [column for column in table.columns if _names(column)]
    if named:
        return any(row[column.index] is line.cell for column in named)
    return not any(row[one.index] is line.cell and one.path and "科目" in one.path[-1] for one in table.columns)


def _lists_targets(table: Recognised, rows: Sequence[Line]) -> bool:
    """Whether some rows print anything under a heading of targets."""
    return any(_says(table.table.rows[line.row][column.index]) for column in _target_columns(table) for line in rows)


def _target_columns(table: Recognised) -> Iterator[Column]:
    return (column for column in table.columns if _headed(column, "list-target"))


def _names(column: Column) -> bool:
    """Whether the lowest heading of a column is that of project names; in a form the name itself stands beside it."""
    return bool(column.path) and bool(re.search(load("forms")["list-name"], fold(column.path[-1])))


def _headed(column: Column, words: str) -> bool:
    return any(re.search(load("forms")[words], fold(level)) for level in column.path)


def _is_project(line: Line, lines: Sequence[Line], table: Recognised) -> bool:
    if line.kind not in ("item", "memo", "group") or not _NAME.search(line.label) or _is_class(line, table):
        return False
    if line.parent is not None and lines[line.parent].kind == "group":
        return False
    if not line.values and office_words().search(line.label):
        return False
    return line.kind == "group" or line.role in ("leaf", "memo")


def _is_class(line: Line, table: Recognised) -> bool:
    """Whether a row names a functional or economic class, not a project of its class, which it prints beside it."""
    scheme, label = scheme_of(line.code), squeeze(line.label)
    if scheme is None or label not in names(scheme).get(line.code, ()):
        return False
    return sum(squeeze(cell.text) == label for cell in table.table.rows[line.row]) == 1


def _office_above(line: Line, lines: Sequence[Line]) -> str | None:
    """The office that heads a row most closely."""
    at = line.parent
    while at is not None and lines[at].kind != "office":
        at = lines[at].parent
    return lines[at].label if at is not None else None


def _cell_under(table: Recognised, rows: Sequence[Line], heading: str) -> Cell | None:
    """The first printed cell of some rows in the column of this heading."""
    for column in table.columns:
        if column.path and re.search(heading, fold(column.path[-1])):
            cells = (table.table.rows[line.row][column.index] for line in rows)
            if found := next(filter(_says, cells), None):
                return found
    return None


def _says(cell: Cell) -> bool:
    """Whether a cell prints words or digits, and no dash that stands for none."""
    return bool(re.search(r"\w", cell.text))


def _row_amount(figures: Sequence[Figure]) -> Decimal | None:
    """The row's own total, its only amount, or the sum of its parts: of its last year, one phase, what is spent."""
    last = max((figure.fiscal_year for figure in figures if figure.fiscal_year), default=None)
    known = [figure for figure in figures if figure.amount is not None and figure.fiscal_year in (None, last)]
    phase = min((figure.phase for figure in known), key=_PHASES.index, default=None)
    known = [figure for figure in known if figure.phase == phase]
    wholes = [figure for figure in known if figure.column_role == "total" or figure.sum_of_columns]
    if wholes:
        return max(wholes, key=lambda figure: len(figure.sum_of_columns)).amount
    current = [figure for figure in known if figure.column_role in ("part", "single")]
    characters = {figure.character for figure in current}
    if {"income", "expenditure"} <= characters:
        spent = [figure for figure in current if figure.character == "expenditure"]
        current = [figure for figure in spent if not re.search("结转|结余", figure.column_path)]
    parts = [figure.amount for figure in current if figure.amount is not None]
    whole = _whole_amount(current)
    return whole if whole is not None else sum(parts, Decimal(0)) if parts else None


def _budgeted(figures: Sequence[Figure], table: Recognised, year: int | None) -> Sequence[Figure]:
    """The amounts of the budget of one year, of those that a row prints.

    Where the table plans for later years too these are the amounts whose headings name the year, if any do.
    """
    budget = table.captions.year or table.title_year or year
    headed = [set(map(int, re.findall(r"20\d\d", fold(column.printed_path)))) for column in table.columns]
    others = "|".join(load("headings")[name] for name in ("unbudgeted", "unsummed"))
    own = [figure for figure in figures if not re.search(others, fold(figure.column_path))] or figures
    if budget is None or max(set().union(*headed), default=0) <= budget:
        return own
    if any(budget in years for years in headed):
        return [figure for figure in own if budget in headed[figure.column]]
    return [figure for figure in own if (figure.fiscal_year or budget) <= budget]


def _whole_amount(figures: Sequence[Figure]) -> Decimal | None:
    """The amount whose heading names no fund (本年安排), where the columns beside it print no more than it together."""
    words = load("headings")["whole"]
    wholes = [one for one in figures if re.match(words, fold(one.column_path.rpartition("/")[2]))]
    if len(wholes) != 1 or wholes[0].amount is None:
        return None
    rest = sum((one.amount for one in figures if one is not wholes[0] and one.amount is not None), Decimal(0))
    return wholes[0].amount if rest <= wholes[0].amount else None


# --- from a form ---


def _from_form(form: Form) -> Project:
    period, annual, budget = (form.first(name) for name in ("period-total", "annual-total", "budget-amount"))
    code = form.first("project-code")
    department, unit = _text(form, "competent-department"), _text(form, "implementing-unit")
    return Project(
        name=form.name or "",
        spans=form.name_spans,
        code=squeeze(code.text) if code and _PROJECT_CODE.fullmatch(squeeze(code.text)) else None,
        amount=_yuan(budget) if budget else _yuan(annual),
        period_total=_yuan(period),
        annual_total=_yuan(annual),
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
        if printed > 1 and _NAME.search(cell.plain) and not other:
            yield Project(name=squeeze(cell.text), spans=cell.spans)


def _beside(projects: Sequence[Project], listed: Sequence[Project]) -> list[Project]:
    """The projects of a list that are not known, each once; none where others are known and it names none of them.

    A name that is part of a known one, or has one as its part, is that one, cut or spelled out.
    """
    known = {normal_name(one.name) for one in projects}
    if known and not any(normal_name(one.name) in known for one in listed):
        return []
    new = {normal_name(one.name): one for one in reversed(listed)}
    return [one for name, one in reversed(new.items()) if not any(name in other or other in name for other in known)]


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


# --- from running text ---


def _from_section(section: Section) -> Project:
    unit, term, budget = map(section.value, ("implementing-unit", "project-term", "budget-amount"))
    return Project(
        section.name,
        (section.place,),
        amount=_yuan(budget),
        implementing_unit=office_name(squeeze(unit.text)) if unit else None,
        term=squeeze(term.text) if term else None,
        stated=list(section.said),
    )


def _from_sentences(lines: Sequence[Paragraph]) -> Iterator[tuple[Project, bool]]:
    """Projects that a sentence lists with amounts (项目支出32万元，具体为…); whether it is a whole list."""
    listed, entry, complete = (re.compile(load("forms")[name]) for name in ("listed", "listed-entry", "listed-whole"))
    for line in lines:
        for said in listed.finditer(line.text):
            found = list(entry.finditer(line.text, said.start("list"), said.end("list")))
            for one in found if len(found) > 1 else []:
                yield _stated(line, one), bool(complete.search(said["intro"]))


def _from_numbered(lines: Sequence[Paragraph]) -> Iterator[Project]:
    """Projects of numbered lines that make up the amount in the line above them (安排项目支出289万元，具体如下：)."""
    for at, line in enumerate(lines):
        whole = re.search(load("forms")["divided"], line.text)
        entries = _making_up(whole, lines[at + 1 :]) if whole else []
        if 2 * sum(_names_no_project(entry["name"]) for _, entry in entries) < len(entries):
            yield from itertools.starmap(_stated, entries)


def _making_up(whole: re.Match[str], lines: Sequence[Paragraph]) -> list[tuple[Paragraph, re.Match[str]]]:
    """The first lines of one level of numbering whose amounts are exactly that of `whole`; none where they are not."""
    total = parse_amount(whole["number"])
    entries: list[tuple[Paragraph, re.Match[str]]] = []
    rest = total.value if total else Decimal(0)
    for line in lines:
        words = unify(line.text)
        level = level_of(words)
        if entries and (level > level_of(unify(entries[0][0].text)) or not (level or is_heading(words))):
            continue  # it explains the entry above
        entry = re.match(load("forms")["divided-entry"], line.text)
        amount = parse_amount(entry["number"]) if entry and entry["unit"] == whole["unit"] else None
        if entry is None or amount is None or amount.value > rest:
            break
        entries.append((line, entry))
        rest -= amount.value
        if len(entries) > 1 and not rest:
            return entries
    return []


def _names_no_project(name: str) -> bool:
    """Whether a name is that of a class or of an office, which may divide an amount too."""
    return any(codes_of(scheme, name) for scheme in ("functional", "economic")) or bool(office_words().search(name))


def _stated(line: Paragraph, found: re.Match[str]) -> Project:
    start = line.span.start
    number = Span(start + found.start("number"), start + found.end("number"))
    filled = Filled("budget-amount", None, found["number"], (number,), parse_amount(found["number"]), found["unit"])
    name = Span(start + found.start("name"), start + found.end("name"))
    return Project(squeeze(found["name"]), (name,), amount=_yuan(filled), stated=[filled])


# --- one project, several mentions ---


def _merge(projects: list[Project], new: Project) -> None:
    """Adds `new`, or completes the project of the same code, or of the same name and no other unit."""
    same = (one for like in (_is_same, _is_own_level) for one in projects if like(one, new))
    known = next(same, None)
    if known is None:
        projects.append(new)
        return
    known.code = known.code or new.code
    known.amount = _merged_amount(known, new)
    known.period_total = _first(known.period_total, new.period_total)
    known.annual_total = _first(known.annual_total, new.annual_total)
    known.implementing_unit = known.implementing_unit or new.implementing_unit
    known.competent_department = known.competent_department or new.competent_department
    known.attribute = known.attribute or new.attribute
    known.term = known.term or new.term
    known.forms += new.forms
    known.stated += new.stated
    known.figures += new.figures
    known.listed_targets |= new.listed_targets


def _merged_amount(known: Project, new: Project) -> Decimal | None:
    """The amount of a table before what else is said; of a table of projects before one of what is carried over."""
    kinds = [{figure.table.kind for figure in project.figures} for project in (known, new)]
    if kinds == [{"project-carryover"}, {"project-expenditure"}]:
        return _first(new.amount, known.amount)
    return known.amount if known.figures else _first(known.amount, new.amount)


def _first(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one


def _is_same(one: Project, other: Project) -> bool:
    if one.code and other.code:
        return one.code == other.code
    if not same_name(one.name, other.name):
        return False
    units = {own_unit(unit) for unit in (one.implementing_unit, other.implementing_unit) if unit}
    return len(units) < 2


def _is_own_level(one: Project, new: Project) -> bool:
    """Whether a table prints for the department itself (局本级) what a form says that the department carries out."""
    unit, printed = new.implementing_unit, one.implementing_unit
    if not (unit and printed and unit == new.competent_department and same_name(one.name, new.name)):
        return False
    bare = own_unit(printed)
    return bare != printed and unit.endswith(bare)


def own_unit(unit: str) -> str:
    """A unit without the words that only say that its own office is meant, none below it.

    >>> own_unit("云岭县财政局（本级）"), own_unit("云岭县财政局票据中心")
    ('云岭县财政局', '云岭县财政局票据中心')
    """
    return re.sub(load("organisations")["own-level"], "", unit)


def office_words() -> re.Pattern[str]:
    """What the name of an office ends in."""
    return re.compile(load("roles")["office"] + "$")
