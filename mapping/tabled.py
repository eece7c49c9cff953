"""Counts of running text to those that a table prints of the same: persons received, groups sent abroad, staff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapping.counts import Quantity
from mapping.document import fold
from mapping.lexicon import load
from mapping.passages import unify
from mapping.statements import Statement
from mapping.tied import Tie, Told, counted


def tie_counts(told: Told, quantities: Sequence[Quantity], own: tuple[str | None, int | None]) -> Iterator[Tie]:
    """The ties of counts to what tables print of the same; `own` are the publisher and year of the document."""
    yield from _of_rows(told.all, quantities, own)
    yield from _of_totals(told, quantities, own[0])


def _of_rows(
    statements: Sequence[Statement], quantities: Sequence[Quantity], own: tuple[str | None, int | None]
) -> Iterator[Tie]:
    """The ties of counts to the rows that bear their name.

    None where text or tables print several numbers for one name: they may be of several units, funds or phases.
    """
    for entry in load("ties")["counts-of-tables"]:
        said = [at for at, one in enumerate(statements) if _is_of(one, entry["measure"], own)]
        rows = [one for one in quantities if _is_row(one, entry["row"], own[1])]
        alone = len({one.printed.value for one in rows}) == 1 == len({statements[at].value for at in said})
        yield from (Tie(at, "tabledAs", rows[0].spans) for at in (said if alone else ()))


def _of_totals(told: Told, quantities: Sequence[Quantity], publisher: str | None) -> Iterator[Tie]:
    """The ties of staff and posts to the totals of the table that their line announces, right below it.

    核定编制58名，在职36人，详见下表. None of a measure that the line counts twice or the table has two columns of, nor
    of a count that is that of one of the units, unless another count of the line is the total of its column.
    """
    found = list(_announced_totals(told, quantities, publisher))
    whole = {told.first_of_line(at) for at, total, _ in found if told.all[at].value == total.printed.value}
    for at, total, of_unit in found:
        if not of_unit or told.first_of_line(at) in whole:
            yield Tie(at, "tabledAs", total.spans)


def _announced_totals(
    told: Told, quantities: Sequence[Quantity], publisher: str | None
) -> Iterator[tuple[int, Quantity, bool]]:
    """The places of counts with the totals of the table below their line, and whether a unit in it has that count."""
    words = load("ties")["totals-of-tables"]
    for measure, column in words["columns"].items():
        named = [one for one in quantities if one.table and re.fullmatch(column, fold(one.column_path))]
        totals = [one for one in named if re.fullmatch(words["row"], fold(one.row_label))]
        own = [at for at, one in enumerate(told.all) if one.measure == measure and one.subject in (None, publisher)]
        for total in totals:
            said = [at for at in own if counted(told.all[at]) and _announces(told, at, total)]
            alone = len(said) == [one.table for one in totals].count(total.table) == 1
            values = {one.printed.value for one in named if one.table == total.table and one is not total}
            if alone:
                yield said[0], total, told.all[said[0]].value in values


def _announces(told: Told, at: int, total: Quantity) -> bool:
    """Whether the line of a count of all leads to the table of a total, with nothing but its captions between them."""
    words = load("ties")["totals-of-tables"]
    if total.table is None or re.search(words["of-some"], told.lead(at)):
        return False
    between = told.text[told.all[at].number[-1].end : total.table.table.span.start]
    line, _, captions = between.partition("\n")
    return bool(re.search(words["announced"], unify(line)) and re.fullmatch(words["captions"], unify(captions)))


def _is_of(one: Statement, measure: str, own: tuple[str | None, int | None]) -> bool:
    """Whether a statement is one number counted of a measure, of the publisher itself and of the year."""
    publisher, year = own
    return counted(one) and one.measure == measure and one.subject in (None, publisher) and one.fiscal_year == year


def _is_row(one: Quantity, label: str, year: int | None) -> bool:
    """Whether a number of a table stands in the row of a name, of the year, and is no plan beside what was done."""
    named = one.table is not None and re.fullmatch(label, fold(one.row_label))
    return bool(named) and one.fiscal_year == year and not re.search("预算|计划", one.column_path)
