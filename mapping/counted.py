"""Statements that count projects, or say what they cost together, and forms to the projects and amounts meant."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from mapping.amounts import MULTIPLIERS, Interval, meet, together
from mapping.bonds import Bond, Place
from mapping.document import Text, fold, quote, unbracketed
from mapping.figures import Figure
from mapping.forms import Filled
from mapping.lexicon import load, pattern
from mapping.project import Project
from mapping.sayings import bounds
from mapping.statements import Statement

_FEW = 12
# No shorter name of a project tells it in a sentence.
_NAMED = 4
# Of more projects than these some fit any amount by chance.
_SURE = 8
_FUNDS = re.compile("一般公共预算|政府性基金|国有资本经营")
# Fewer forms than a sentence counts may have been left out of the file, unless they come to the money it says.
_SHORT = "short"
# Projects that the table lists are those counted only if their money is what is said right behind.
_OPEN = "open"


def counted_bonds(
    statements: Sequence[Statement], projects: Sequence[Project], text: Text, year: int | None
) -> Iterator[Bond]:
    """Counts and sums of projects with what they count: projects of the table or of the forms, and their amounts.

    Only where the words say that all are meant, and the document prints them.
    """
    listed = [one for one in projects if _listed(one)]
    published = [one for one in projects if _form_amount(one)]
    counted: tuple[int, Sequence[Project], str] | None = None
    count: Statement | None = None
    for said in statements:
        line = _line(said, text)
        if counted and counted[0] != line:
            counted = None
        if said.fiscal_year not in (None, year):
            continue
        if said.measure == "projects" and said.kind == "count":
            counted = _counted(said, line, listed, [one for one in projects if one.forms], text)
            count = said
            yield from _counts(said, counted[1] if counted and counted[2] not in (_SHORT, _OPEN) else ())
        elif counted and count and said.kind == "amount" and counted[2] == _OPEN:
            yield from _counts(count, counted[1] if _comes_to(counted[1], said, count, text) else ())
            counted = None
        elif counted and count and said.kind == "amount" and _is_sum(said, text):
            if counted[2] == _SHORT:
                yield from _counts(count, counted[1] if _is_whole(counted[1], said) else _only_choice(listed, said))
            else:
                yield from _sums(said, counted, published)
            counted = None


# --- all projects, or those with forms ---


def _counted(
    said: Statement, line: int, listed: Sequence[Project], formed: Sequence[Project], text: Text
) -> tuple[int, Sequence[Project], str] | None:
    words = load("appraisals")["projects"]
    clause, paragraph = fold(quote(text.content, said.spans)), _paragraph(said, text)
    if said.parent is not None or _names_some(said, [*listed, *formed], text):
        return None
    if re.search(words["forms"], clause):
        return line, formed, "forms" if len(formed) >= said.value else _SHORT
    if re.search(words["never"], clause) or not re.search(words["all"], clause + paragraph):
        return None
    listed = _of_fund(_sentence(said, text), listed)
    if listed and re.search(words["claims"], paragraph):
        return line, listed, "table"
    if re.search(words["evaluated"], clause):
        return None
    return (line, listed, _OPEN) if listed else None


def _names_some(said: Statement, projects: Sequence[Project], text: Text) -> bool:
    """Whether a sentence names some of the projects right before it counts them (公开甲项目、乙项目2个项目的目标)."""
    before = fold(said.lead(text.content))
    return any(before.endswith(fold(one.name)) for one in projects if len(one.name) >= _NAMED)


def _of_fund(words: str, listed: Sequence[Project]) -> Sequence[Project]:
    """The projects of a list that words on one fund alone (政府性基金项目) can mean: none where others may be."""
    titles = {fold(one.table.title or "") for project in listed for one in project.figures}
    funds = _FUNDS.findall(words)
    return listed if all(fund in title for fund in funds for title in titles) else ()


def _counts(said: Statement, projects: Sequence[Project]) -> Iterator[Bond]:
    yield from (Bond("counts", Place("statement", said.number), Place("project", one.spans)) for one in projects)


def _is_sum(said: Statement, text: Text) -> bool:
    return bool(pattern("appraisals", "projects", "sum").search(fold(quote(text.content, said.spans))))


def _sums(said: Statement, counted: tuple[int, Sequence[Project], str], published: Sequence[Project]) -> Iterator[Bond]:
    """A sum with the amount of each project in its table, or in its form."""
    _, projects, source = counted
    figures = [_total(one) for one in projects] if source == "table" else []
    fields = [_form_amount(one) for one in projects] if source == "forms" and len(published) == len(projects) else []
    whole = Place("statement", said.number)
    if figures and all(figures):
        yield from (Bond("sumOf", whole, Place("observation", one.spans)) for one in figures if one)
    if fields and all(fields):
        yield from (Bond("sumOf", whole, Place("reading", one.spans)) for one in fields if one)


def _is_whole(projects: Sequence[Project], said: Statement) -> bool:
    """Whether the amounts of the forms of some projects come to an amount of text."""
    fields = [_form_amount(one) for one in projects]
    parts = [one.amount.interval(MULTIPLIERS[one.unit]) for one in fields if one and one.amount and one.unit]
    if not parts or len(parts) < len(fields) or said.unit not in MULTIPLIERS:
        return False
    return meet(together(parts), bounds(said))


def _comes_to(projects: Sequence[Project], said: Statement, count: Statement, text: Text) -> bool:
    """Whether an amount right behind a count of projects is that of all of the projects of a table together."""
    between = fold(text.content[count.number[-1].end : said.number[0].start])
    figures = [one for one in map(_total, projects) if one and one.unit]
    if len(figures) < len(projects) or said.unit not in MULTIPLIERS:
        return False
    behind = bool(pattern("appraisals", "projects", "sum-behind").fullmatch(between))
    return behind and meet(together(map(_interval, figures)), bounds(said))


def _interval(figure: Figure) -> Interval:
    return figure.printed.interval(MULTIPLIERS[figure.unit or "元"])


def _listed(project: Project) -> bool:
    return any(one.table.kind == "project-expenditure" for one in project.figures)


def _total(project: Project) -> Figure | None:
    """The figure of a project's whole amount in its table, where there is exactly one."""
    figures = [one for one in project.figures if one.table.kind == "project-expenditure" and one.unit]
    wholes = [one for one in figures if one.column_role == "total" or one.sum_of_columns] or figures
    return wholes[0] if len(wholes) == 1 else None


def _form_amount(project: Project) -> Filled | None:
    """The amount of a project's only form: of the year, else the one it prints."""
    if len(project.forms) != 1:
        return None
    for field in ("annual-total", "budget-amount"):
        found = [one for one in project.forms[0].fields if one.field == field and one.amount and one.unit]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _sentence(said: Statement, text: Text) -> str:
    """The words of a sentence up to the end of the clause of its number."""
    start = max(text.content.rfind(mark, 0, said.spans[0].start) for mark in "。；\n") + 1
    return fold(text.content[start : said.spans[-1].end])


def _paragraph(said: Statement, text: Text) -> str:
    start = text.line_starts[_line(said, text) - 1]
    end = text.content.find("\n", start)
    return fold(text.content[start : end if end >= 0 else None])


def amount_bonds(projects: Sequence[Project]) -> Iterator[Bond]:
    """The amount of a project's only form of targets with those of its only row in the only table that lists it."""
    for one in projects:
        filled = _form_amount(one)
        rows = {(id(figure.table), figure.row) for figure in one.figures}
        listed = all(figure.table.kind == "project-expenditure" and figure.unit for figure in one.figures)
        if filled and listed and len(rows) == 1 and one.forms[0].table.kind == "performance-target":
            source = Place("reading", filled.spans)
            yield from (Bond("listedAs", source, Place("observation", figure.spans)) for figure in one.figures)


# --- classes of projects ---


def class_sums(statements: Sequence[Statement], text: Text) -> Iterator[Bond]:
    """A number of projects with the numbers of the classes that its paragraph divides it into right after.

    What else divides it (其中一般公共预算项目10个) is no number that grades are of.
    """
    words = load("appraisals")["projects"]
    whole: Statement | None = None
    before: Statement | None = None
    classes: list[Statement] = []
    for said in [*statements, None]:
        graded = said and whole and _grade_of(said, text)
        beside = whole if said and whole and not classes and _is_beside(whole, said, text) else None
        whole = None if beside else whole
        if said and (said.kind != "count" or (said.measure != "projects" and not graded)):
            continue
        classed = graded or (said and re.search(words["classes"], fold(said.lead(text.content))))
        if said and whole and classed and _line(said, text) == _line(whole, text):
            classes.append(said)
            continue
        if said and whole and classes and said.parent is not None and statements[said.parent] is whole:
            whole = None
        if said and whole and said.parent is not None and statements[said.parent] is whole:
            continue
        if whole and len(classes) > 1 and _are_apart(classes, whole, text) and not _divide_both(classes, whole, before):
            parts = (Place("statement", one.number) for one in classes)
            yield from (Bond("sumOf", Place("statement", whole.number), part) for part in parts)
        before = beside or (whole if said and whole and _line(said, text) == _line(whole, text) else None)
        whole, classes = said, []


def _grade_of(said: Statement, text: Text) -> str | None:
    """The grade, or the range of scores, that the words right before a number of projects name, without its bounds."""
    words = load("appraisals")["projects"]
    line = fold(text.content[text.line_starts[_line(said, text) - 1] : said.number[0].start])
    last = re.split("[，。；、：]", unbracketed(line))[-1]
    if ranged := re.search(words["ranges"], last):
        return next((end for end in ("以上", "以下") if end in ranged["bound"]), ranged["bound"])
    graded = re.search(words["grades"], last) or re.search(words["grades"], fold(said.lead(text.content)))
    return graded[0] if graded else None


def _are_apart(classes: Sequence[Statement], whole: Statement, text: Text) -> bool:
    """Whether no two of some classes are graded alike, nor by scores that may overlap (90分以上, 80分以上).

    Ranges of scores may leave some projects out, so that they tell nothing but that they are too many.
    """
    grades = [grade for one in classes if (grade := _grade_of(one, text))]
    ranged = any("分" in one or "以" in one for one in grades)
    return len(set(grades)) == len(grades) and (not ranged or sum(one.value for one in classes) > whole.value)


def _divide_both(classes: Sequence[Statement], whole: Statement, before: Statement | None) -> bool:
    """Whether classes come to a number of projects and the one before it (项目14个，基金项目2个，“优”9个、“良”7个)."""
    both = before.value + whole.value if before else None
    return sum(one.value for one in classes) == both


def _is_beside(whole: Statement, said: Statement, text: Text) -> bool:
    """Whether a count stands right beside another, so that what follows divides both (18个项目、4个部门)."""
    between = fold(text.content[whole.number[-1].end : said.number[0].start])
    return said.kind == "count" and bool(pattern("statements", "beside").fullmatch(between))


def _line(said: Statement, text: Text) -> int:
    return text.line_of(said.number[0].start)


def class_bonds(statements: Sequence[Statement], projects: Sequence[Project]) -> Iterator[Bond]:
    """Counts of a class of projects with the only projects of the table whose amounts come to the amount stated.

    None where the table prints that class beside each of them.
    """
    shape = pattern("appraisals", "projects", "classes")
    figures = [(one, _total(one)) for one in projects if _listed(one)]
    seen: set[str] = set()
    for said, amount in itertools.pairwise(statements):
        named = shape.match(fold(said.subject or ""))
        if not named or said.kind != "count" or amount.kind != "amount" or amount.subject != said.subject:
            continue
        if named["class"] in seen or said.value == 0:
            continue
        seen.add(named["class"])
        known = [(project, figure) for project, figure in figures if figure]
        fitting = _fitting(known, int(said.value), amount) if len(known) == len(figures) <= _FEW else []
        if (
            len(fitting) == 1
            and said.value < len(known)
            and any(_class_of(one) != named["class"] for one in fitting[0])
        ):
            for project in fitting[0]:
                yield Bond("countsClass", Place("statement", said.number), Place("project", project.spans))
        elif not fitting:
            yield from _counts(said, _only_choice([one for one, _ in figures], amount))


def _class_of(project: Project) -> str | None:
    """The class that the table of projects prints in a project's row, as the text names it."""
    words = load("appraisals")["projects"]
    total = _total(project)
    if total is None:
        return None
    columns = [one.index for one in total.table.columns if re.search(words["class-column"], fold(one.printed_path))]
    printed = [fold(total.table.table.rows[total.row][at].text) for at in columns]
    found = [named["class"] for one in printed if (named := re.match(words["class-cell"], one))]
    return found[0] if len(found) == 1 else None


def _fitting(known: Sequence[tuple[Project, Figure]], count: int, amount: Statement) -> list[Sequence[Project]]:
    """Each choice of `count` projects whose amounts come to the amount."""
    if amount.unit not in MULTIPLIERS:
        return []
    whole = bounds(amount)
    return [
        [project for project, _ in chosen]
        for chosen in itertools.combinations(known, count)
        if meet(together(_interval(figure) for _, figure in chosen), whole)
    ]


def _only_choice(projects: Sequence[Project], amount: Statement) -> Sequence[Project]:
    """The only projects of a short table that come to an amount, however many; none where several choices do."""
    known = [(one, figure) for one in projects if (figure := _total(one))]
    if amount.value == 0 or len(known) < len(projects) or len(known) > _SURE:
        return ()
    found = [one for count in range(1, len(known) + 1) for one in _fitting(known, count, amount)]
    return found[0] if len(found) == 1 else ()
