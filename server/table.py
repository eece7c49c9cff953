"""Results as a table of plain text for a terminal."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

_Cell = TypeVar("_Cell")
_NUMERIC = frozenset(f"http://www.w3.org/2001/XMLSchema#{each}" for each in ("integer", "decimal"))
_DECIMAL = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def columns_and_rows(results: bytes) -> tuple[list[str], list[list[str]]]:
    """Return the column names and the cells, as text, of SPARQL results in JSON; missing values are empty.

    The answer of ASK is one cell, true or false, in a column named `boolean`.
    """
    return _read(results, _written)


def columns_and_typed_rows(results: bytes) -> tuple[list[str], list[list[str | Decimal]]]:
    """Return the column names and the cells of SPARQL results in JSON: what is typed as a number as such, else text."""
    return _read(results, _typed)


def _read(results: bytes, cell_of: Callable[[Mapping[str, Any]], _Cell]) -> tuple[list[str], list[list[_Cell | str]]]:
    parsed = json.loads(results)
    if "boolean" in parsed:
        return ["boolean"], [[str(parsed["boolean"]).lower()]]
    columns = parsed["head"]["vars"]
    rows: list[list[_Cell | str]] = [
        [cell_of(solution[column]) if column in solution else "" for column in columns]
        for solution in parsed["results"]["bindings"]
    ]
    return columns, rows


def _typed(term: Mapping[str, Any]) -> str | Decimal:
    cell = _written(term)
    return Decimal(cell) if term.get("datatype", "") in _NUMERIC and _DECIMAL.fullmatch(cell) else cell


def _written(term: Mapping[str, Any]) -> str:
    """Return a term without its datatype and language.

    >>> part = {"type": "uri", "value": "urn:a"}
    >>> _written({"type": "triple", "value": {"subject": part, "predicate": part, "object": part}})
    '<<( urn:a urn:a urn:a )>>'
    """
    value = term["value"]
    if term["type"] == "triple":
        return f"<<( {' '.join(_written(value[part]) for part in ('subject', 'predicate', 'object'))} )>>"
    return f"_:{value}" if term["type"] == "bnode" else str(value)


def render_table(results: bytes) -> str:
    """Return SPARQL results in JSON as lines of aligned columns, with a last line that counts the rows."""
    return render_rows(*columns_and_rows(results))


def render_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines of aligned columns, with a last line that counts them."""
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max(display_width(row[place]) for row in (columns, *cells)) for place in range(len(columns))]
    lines = [_line(columns, widths), "  ".join("-" * width for width in widths)]
    lines += [_line(row, widths) for row in cells]
    counted = f"{len(rows)} row" if len(rows) == 1 else f"{len(rows)} rows"
    return "\n".join([*lines, f"({counted})"]) + "\n"


def display_width(text: str) -> int:
    """Return how many terminal columns a text takes: two for a Chinese character, none for a combining mark.

    >>> display_width("预算 ok")
    7
    """
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - display_width(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()
