"""A table as it was printed, put together again from its cells: merged headings, rows, blanks that stay blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from server.ask import Row


@dataclass(frozen=True, slots=True)
class Heading:
    """One cell of the head: its text, empty where it is not printed, and over how many columns and rows it goes."""

    text: str
    columns: int = 1
    rows: int = 1
    item: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """What a row is called within one side of a table, with its code; empty where that side has no amount."""

    text: str
    code: str
    role: str
    with_code: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row by its number in the table: labels and cells from left to right; `gap` rows before it print no amount."""

    number: int
    line: str
    gap: int
    role: str
    cells: tuple[Label | Row | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the rows of its head, its body, and the one unit of all amounts, empty where they have several."""

    head: tuple[tuple[Heading, ...], ...]
    rows: tuple[GridRow, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class _Side:
    """Columns that share the labels of their rows."""

    columns: tuple[int, ...]
    with_code: bool


def grid_of(cells: Sequence[Row], start: int = 0) -> Grid | None:
    """Return a table from the rows of a query of its cells, those after the row `start`; None without cells."""
    if not cells:
        return None
    placed: dict[tuple[int, int], Row] = {}
    for each in cells:
        placed.setdefault((int(each["row"]), int(each["column"])), each)
    columns = sorted({column for _, column in placed})
    sides = list(_sides(placed, columns))
    units = {each["unit"] for each in cells if each["unit"]}
    paths = {column: _path(placed, column) for column in columns}
    body = tuple(_body(placed, sides, start))
    return Grid(tuple(_head(sides, paths)), body, units.pop() if len(units) == 1 else "")


def _sides(placed: dict[tuple[int, int], Row], columns: Sequence[int]) -> Iterator[_Side]:
    """Yield the sides of a table: a column begins a new one where it has labels of its own."""
    run: list[int] = []
    for column in columns:
        if run and _differ(placed, run[-1], column):
            yield _side(placed, run)
            run = []
        run.append(column)
    if run:
        yield _side(placed, run)


def _side(placed: dict[tuple[int, int], Row], run: Sequence[int]) -> _Side:
    return _Side(tuple(run), any(each["code"] for (_, column), each in placed.items() if column in run))


def _differ(placed: dict[tuple[int, int], Row], left: int, right: int) -> bool:
    rows = {row for row, column in placed if column == left} & {row for row, column in placed if column == right}
    if any(placed[row, left]["label"] != placed[row, right]["label"] for row in rows):
        return True
    tops = [_path(placed, column)[:1] for column in (left, right)]
    return not rows and tops[0] != tops[1]


def _path(placed: dict[tuple[int, int], Row], column: int) -> tuple[str, ...]:
    stated = next((each["path"] for (_, at), each in sorted(placed.items()) if at == column and each["path"]), "")
    return tuple(stated.split("/")) if stated else ("",)


def _head(sides: Sequence[_Side], paths: dict[int, tuple[str, ...]]) -> Iterator[tuple[Heading, ...]]:
    """Yield the rows of the head: a heading goes over the columns that share it and the rows that they have no more."""
    depth = max(len(path) for path in paths.values())
    shared = [_shared(side, paths, len(sides)) for side in sides]
    for level in range(depth):
        row: list[Heading] = []
        for side, top in zip(sides, shared, strict=True):
            if top and level == 0:
                width = len(side.columns) + 1 + side.with_code
                row.append(Heading(top, width))
                continue
            if level == (1 if top else 0):
                if side.with_code:
                    row.append(Heading("", 1, depth - level, code=True))
                row.append(Heading("", 1, depth - level, item=True))
            row += _level(side.columns, paths, level, depth)
        yield tuple(row)


def _shared(side: _Side, paths: dict[int, tuple[str, ...]], sides: int) -> str:
    """Return the one top heading of a side of several, which then goes over its labels too."""
    tops = {paths[column][0] for column in side.columns}
    deep = all(len(paths[column]) > 1 for column in side.columns)
    return tops.pop() if sides > 1 and deep and len(tops) == 1 else ""


def _level(columns: Sequence[int], paths: dict[int, tuple[str, ...]], level: int, depth: int) -> Iterator[Heading]:
    at = 0
    while at < len(columns):
        path = paths[columns[at]]
        if len(path) <= level:
            at += 1
            continue
        leaf = len(path) == level + 1
        width = 1
        while not leaf and at + width < len(columns) and _same(path, paths[columns[at + width]], level):
            width += 1
        yield Heading(path[level], width, depth - level if leaf else 1)
        at += width


def _same(path: tuple[str, ...], other: tuple[str, ...], level: int) -> bool:
    return len(other) > level + 1 and path[: level + 1] == other[: level + 1]


def _body(placed: dict[tuple[int, int], Row], sides: Sequence[_Side], start: int) -> Iterator[GridRow]:
    lines = {row: each["line"] for (row, _), each in placed.items()}
    before = start - 1 if start else min(lines) - 1
    for number in sorted(lines):
        cells: list[Label | Row | None] = []
        roles: list[str] = []
        for side in sides:
            here = [placed.get((number, column)) for column in side.columns]
            known = [each for each in here if each]
            cells += [_label(known, side.with_code), *here]
            roles += [each["role"] for each in known]
        yield GridRow(number, lines[number], number - before - 1, _role(roles), tuple(cells))
        before = number


def _label(known: Sequence[Row], with_code: bool) -> Label:
    if not known:
        return Label("", "", "", with_code)
    code = next((each["code"] for each in known if each["code"]), "")
    return Label(known[0]["label"], code, known[0]["role"], with_code)


def _role(roles: Iterable[str]) -> str:
    found = {each for each in roles if each}
    return found.pop() if len(found) == 1 else ""
