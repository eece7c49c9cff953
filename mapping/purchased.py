"""Rows of purchases to those whose kind (goods, works, services) is not that of their code in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mapping.document import Row, fold
from mapping.figures import Grid
from mapping.lexicon import load
from mapping.marks import Mark


def read_purchased(grids: Iterable[Grid]) -> Iterator[Mark]:
    """Marks of the kind purchase-kind: a code with the kind that its letter is of.

    Only of tables with columns of codes and of kinds, and of rows with one of each.
    """
    for grid in grids:
        columns = {name: _columns(grid, name) for name in ("code", "kind")}
        for row in grid.table.table.rows if all(columns.values()) else ():
            yield from _misplaced(row, columns["code"], columns["kind"])


def _columns(grid: Grid, name: str) -> list[int]:
    shape = load("marks")["purchases"][name]
    return [one.index for one in grid.table.columns if re.search(shape, fold(one.printed_path))]


def _misplaced(row: Row, codes: list[int], kinds: list[int]) -> Iterator[Mark]:
    words = load("marks")["purchases"]
    coded = [row[at] for at in codes if at < len(row) and re.match(words["coded"], fold(row[at].text))]
    known = words["kinds"].values()
    said = [row[at] for at in kinds if at < len(row) and fold(row[at].text).removesuffix("类") in known]
    if len(coded) != 1 or len(said) != 1:
        return
    code, kind = fold(coded[0].text), fold(said[0].text)
    meant = words["kinds"][code[0]]
    if kind.removesuffix("类") != meant:
        yield Mark("purchase-kind", f"{coded[0].plain} {kind}", (*coded[0].spans, *said[0].spans), meant)
