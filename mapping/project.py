"""One project of a document, and its several mentions to one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from mapping.document import Span, normal_name
from mapping.figures import Figure
from mapping.forms import Filled, Form
from mapping.lexicon import pattern
from mapping.offices import own_unit, same_office

_CODE = re.compile(r"[0-9A-Z][0-9A-Z-]{5,39}")
_NAME = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]")


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


def may_name(words: str) -> bool:
    """Whether words may name a project: two characters of Chinese at least."""
    return bool(_NAME.search(words))


def project_code(words: str) -> str | None:
    """The words if they are the code of a project, or None."""
    return words if _CODE.fullmatch(words) else None


def same_name(one: str, other: str) -> bool:
    """Whether two printed names are the same but for width and whitespace."""
    return normal_name(one) == normal_name(other)


def merge(projects: list[Project], new: Project) -> None:
    """Adds `new`, or completes the project of the same code, or of the same name and no other unit."""
    likes = (is_same, _is_own_level, _is_of_several, _is_of_office_above)
    same = (one for like in likes for one in projects if like(one, new))
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


def is_same(one: Project, other: Project) -> bool:
    """Whether two mentions are of one project: the same code, or the same name and no other unit."""
    if one.code and other.code:
        return one.code == other.code
    if not same_name(one.name, other.name):
        return False
    units = [unit for unit in (one.implementing_unit, other.implementing_unit) if unit]
    return len(units) < 2 or same_office(*units)


def _is_own_level(one: Project, new: Project) -> bool:
    """Whether a table prints for the department itself (局本级) what a form says that the department carries out."""
    unit, printed = new.implementing_unit, one.implementing_unit
    if not (unit and printed and unit == new.competent_department and same_name(one.name, new.name)):
        return False
    bare = own_unit(printed)
    return bare != printed and unit.endswith(bare)


def _is_of_several(one: Project, new: Project) -> bool:
    """Whether a table prints that several units (某局等5个单位) carry out what a form of its amount, or none, names."""
    several = one.figures and pattern("organisations", "several-units").search(one.implementing_unit or "")
    amounts = {new.amount, new.annual_total} - {None}
    return bool(several) and not new.figures and amounts <= {one.amount} and same_name(one.name, new.name)


def _is_of_office_above(one: Project, new: Project) -> bool:
    """Whether text names, with the amount of a form, the office whose unit (某局执法大队) the form names."""
    unit, above = one.implementing_unit, new.implementing_unit
    if not (unit and above and one.forms and not new.forms and not new.figures and same_name(one.name, new.name)):
        return False
    within = unit[: unit.find(above) + len(above)]
    amounts = {one.amount, one.annual_total}
    return above in unit and same_office(within, above) and new.amount is not None and new.amount in amounts
