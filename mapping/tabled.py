"""Counts of running text to those that a table prints of the same: batches and persons received, groups sent abroad."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapping.counts import Quantity
from mapping.document import fold
from mapping.lexicon import load
from mapping.statements import Statement
from mapping.tied import Tie, counted


def tie_counts(
    statements: Sequence[Statement], quantities: Sequence[Quantity], own: tuple[str | None, int | None]
) -> Iterator[Tie]:
    """The ties of counts to the rows of tables that bear their name; `own` are the publisher and year of the document.

    None where text or tables print several numbers for one name: they may be of several units, funds or phases.
    """
    for entry in load("ties")["counts-of-tables"]:
        said = [at for at, one in enumerate(statements) if _is_of(one, entry["measure"], own)]
        rows = [one for one in quantities if _is_row(one, entry["row"], own[1])]
        alone = len({one.printed.value for one in rows}) == 1 == len({statements[at].value for at in said})
        yield from (Tie(at, "tabledAs", rows[0].spans) for at in (said if alone else ()))


def _is_of(one: Statement, measure: str, own: tuple[str | None, int | None]) -> bool:
    """Whether a statement is one number counted of a measure, of the publisher itself and of the year."""
    publisher, year = own
    return counted(one) and one.measure == measure and one.subject in (None, publisher) and one.fiscal_year == year


def _is_row(one: Quantity, label: str, year: int | None) -> bool:
    """Whether a number of a table stands in the row of a name, of the year, and is no plan beside what was done."""
    named = one.table is not None and re.fullmatch(label, fold(one.row_label))
    return bool(named) and one.fiscal_year == year and not re.search("预算|计划", one.column_path)
