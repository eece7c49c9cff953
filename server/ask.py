"""Asking what a page shows: the rows of a query of `queries/pages`, bounded, with its parameters bound as terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode

from server.catalogue import pages
from server.evaluate import named_query
from server.formats import JSON
from server.parameters import bind
from server.sparql import evaluator
from server.table import columns_and_rows

MOST_ROWS = 500
"""Rows that one query brings to a page, unless it asks for fewer or more."""

Row = dict[str, str]
"""One row by column; what is missing is empty."""


def ask(name: str, values: Mapping[str, str], limit: int = MOST_ROWS, offset: int = 0) -> list[Row]:
    """Return rows of a page's query, at most `limit` of them from `offset` on; `values` are those of its parameters.

    The query ends with its ORDER BY. Raises `ParameterError` where a value is missing or is of the wrong type.
    """
    query = pages()[name]
    asked = named_query(query, bind(query, values), JSON.name)
    sliced = replace(asked, text=f"{asked.text}\nLIMIT {limit:d} OFFSET {offset:d}\n")
    columns, rows = columns_and_rows(evaluator().evaluate(sliced))
    return [dict(zip(columns, row, strict=True)) for row in rows]


def ask_about(name: str, variable: str, things: Sequence[str], limit: int) -> list[Row]:
    """Return rows of a page's query without parameters, at most `limit`, in which a variable is one of some IRIs."""
    asked = named_query(pages()[name], {}, JSON.name)
    before, where, after = asked.text.partition("WHERE {")
    wanted = " ".join(str(NamedNode(each)) for each in things)
    narrowed = f"{before}{where} VALUES ?{variable} {{ {wanted} }}{after}\nLIMIT {limit:d}\n"
    columns, rows = columns_and_rows(evaluator().evaluate(replace(asked, text=narrowed)))
    return [dict(zip(columns, row, strict=True)) for row in rows]


def total(name: str, values: Mapping[str, str]) -> int:
    """Return the `total` that a query with one row counts, 0 where it has none."""
    rows = ask(name, values, limit=1)
    return int(rows[0]["total"] or 0) if rows else 0
