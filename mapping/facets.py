"""Figures of tables to the keys of the canonical facts they state.

Facets come from the kind of table, its title, the headings and the row (mapping/data/keys.yaml). What none of them says
is `unknown`; an amount of which something printed is not understood has no key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from mapping.classes import class_code, codes_of
from mapping.columns import Column, is_adjustment, slipped
from mapping.document import fold
from mapping.figures import Figure
from mapping.governed import Report
from mapping.keys import BESIDE, INCOMES, UNKNOWN, Facets, Frame, Key, bare_label, make_key, says_which
from mapping.lexicon import compiled, load, pattern
from mapping.measures import lies_within, measure_named, measures
from mapping.recognise import Recognised

# Measures of headings that only say on which side of the account a row stands.
_BASES = ("income", "expenditure")
_OTHER_BUDGETS = ("government-fund", "state-capital")
_CLASS_LENGTH = 3  # digits of an economic class (类)


def key_figures(
    figures: Sequence[Figure], frame: Frame, projects: Mapping[int, str], report: Report | None
) -> dict[int, Key]:
    """The keys of figures by their `id`; `projects` are IRIs below the base of the figures that speak of a project.

    In a government's `report` they are of the level that the title of their table names.

    A figure has none when its table, heading or row is not understood, when the headings slipped, when it is a
    difference of two, or a part of a project, of a class or of a unit that takes several rows.
    """
    of_units = [figure for figure in figures if figure.office not in (None, frame.entity)]
    beside = {id(figure.table) for figure in of_units if frame.entity not in figure.above}
    beside |= {id(one.table) for one in figures if one.row_role == "leaf" and one.row_label in frame.offices}
    tables = {id(figure.table): figure.table for figure in figures}
    shared = {at for at in beside if _names_units(tables[at], frame)}
    split = Counter((projects.get(id(figure)), id(figure.table), figure.column) for figure in figures)
    classed = Counter(map(_place_of_class, figures))
    named = Counter(map(_place_of_label, figures))
    unsure = {id(figure.table) for figure in figures if slipped(figure.table.columns)}
    wholes = _with_carried(figures)
    found: dict[int, Key] = {}
    for figure in figures:
        project = projects.get(id(figure))
        if id(figure.table) in unsure:
            continue
        if project and split[project, id(figure.table), figure.column] > 1:
            continue
        if figure.classes and not project and classed[_place_of_class(figure)] > 1:
            continue
        if figure.row_label in frame.offices and not figure.classes and named[_place_of_label(figure)] > 1:
            continue
        key = _key_of_figure(figure, frame, project, wholes.get(id(figure.table), frozenset()))
        alone = figure.row_role == "leaf" and figure.row_label == frame.entity
        if key and id(figure.table) in shared and (figure.office == frame.entity or alone):
            key = replace(key, level="ownLevel")
        if key and report and not key.project and key.entity == frame.entity:
            key = replace(key, level=report.level_of(figure.table.title, key.level))
        if key:
            found[id(figure)] = key
    return found


def _place_of_class(figure: Figure) -> tuple[object, ...]:
    """What rows of one class have in common: where something else printed splits a class, no row is all of it."""
    return (id(figure.table), figure.column, figure.office, figure.above, tuple(sorted(figure.classes.items())))


def _place_of_label(figure: Figure) -> tuple[object, ...]:
    """What rows of one unit have in common: where a table prints a row for each of its matters, no row is all of it."""
    return (id(figure.table), figure.column, figure.row_label, figure.above)


def _names_units(table: Recognised, frame: Frame) -> bool:
    """Whether a table prints other units beside the department: its row, unless above theirs, is of its own level."""
    others = frame.offices - {frame.entity}
    return any(cell.plain in others for row in table.table.rows for cell in row)


def _with_carried(figures: Sequence[Figure]) -> dict[int, frozenset[int]]:
    """By table, the columns of expenditure that are totals of money carried over and of other columns."""
    found: dict[int, frozenset[int]] = {}
    for figure in figures:
        if figure.character == "expenditure" and _sums_carried(figure):
            found[id(figure.table)] = found.get(id(figure.table), frozenset()) | {figure.column}
    return found


def _sums_carried(figure: Figure) -> bool:
    parts = [((_column_facets(part) or {}).get("carry"), part) for part in figure.sum_of_columns]
    return any(carry == "carry-over" or (carry is None and _sums_carried(part)) for carry, part in parts)


def _key_of_figure(figure: Figure, frame: Frame, project: str | None, wholes: frozenset[int]) -> Key | None:
    """The key of one figure; `wholes` are the columns of its table that total money carried over with other money."""
    defaults = _defaults(figure.table)
    if defaults is None or figure.fiscal_year is None or figure.column_role == "difference":
        return None
    headings = figure.column_path.split("/")
    if _is_of_the_place(figure.table, frame) or is_adjustment(headings, figure.table.columns) or _is_passed_on(figure):
        return None
    column = _column_facets(figure)
    row = _row_facets(figure, frame, project)
    of_fund = frame.of_government or defaults.get("fund") in _OTHER_BUDGETS
    if row and of_fund and row.get("measure") in load("keys")["sent-down"]:
        row = {name: value for name, value in row.items() if name != "fund"}  # it is of the fund of its table
    if row and column and column.get("measure") == "period-funds" and "project" in row:  # of all its years, no budget
        row = {"project": row["project"]}
    if column and _opens_account(figure, column):
        column = {**column, "measure": "opening-carry-over"}
    if column is None or row is None or not _fit(row, column) or _is_of_other(figure, row, column, frame):
        return None
    beside = {"carry": "including" if figure.column in wholes else "current"} if wholes else {}
    titled = _title_facets(figure.table)
    if titled.get("fund") == "general-public" and row.get("fund") in _OTHER_BUDGETS:
        return None  # 国有资本经营收入 in a table of 一般公共预算 is none of the budget that is called so
    if figure.table.kind in load("keys")["of-projects"] or "measure" in titled:
        column = {name: value for name, value in column.items() if value != "expenditure"}
    if "measure" in titled and "project" in row:  # what is purchased of a project is not its budget
        row = {"project": row["project"]}
    found = {**_shared(defaults, figure, frame), **beside, **titled, **column}
    if "fund" not in found and _has_facet(figure, "fund") and "project" not in row:
        found["fund"] = "all"
    found |= {**_source_of_row(figure), **row, **figure.classes}
    named = "measure" in row or "measure" in column
    if "measure" not in found or _is_other_side(found["measure"], figure) or (_is_of_years(figure) and not named):
        return None
    _settle(found, figure, named)
    return make_key(found, frame, figure.fiscal_year, figure.phase)


def _defaults(table: Recognised) -> Facets | None:
    """The facets of a kind of table; None where nothing in it is compared."""
    title = fold(table.title or "")
    others = pattern("keys", "others-money").search(title)
    parted = table.kind == "other" and pattern("keys", "handed-out").search(title)
    return None if others or parted else load("keys")["tables"].get(table.kind)


def _is_of_the_place(table: Recognised, frame: Frame) -> bool:
    """Whether a department prints a table of the budget of its place, by the title."""
    return frame.level != UNKNOWN and bool(pattern("keys", "place-money").search(fold(table.title or "")))


def _is_passed_on(figure: Figure) -> bool:
    """Whether the row of a class is of its level together with what it passes on to others (对市县转移支付)."""
    shape = pattern("keys", "passed-on")
    return bool(figure.classes) and any(shape.search(fold(one.row_label)) for one in figure.sum_of_rows)


def _is_of_other(figure: Figure, row: Facets, column: Facets, frame: Frame) -> bool:
    """Whether a heading, a row or a total speaks of something else than its table is about."""
    if frame.governs and "unit-funds" in (row.get("fund"), column.get("fund")):
        return True  # 其他收入 of a government is no money of a unit
    if figure.table.kind in load("keys")["of-projects"]:
        return _is_of_the_unit(column, row, figure)
    if figure.table.kind != "three-public":
        return False
    columns = ((_column_facets(part) or {}).get("measure") for part in figure.sum_of_columns)
    rows = ((_named(bare_label(part.row_label), part.character) or {}).get("measure") for part in figure.sum_of_rows)
    return ("measure" not in column and _takes_in_others(columns)) or ("measure" not in row and _takes_in_others(rows))


def _is_other_side(measure: str, figure: Figure) -> bool:
    """Whether an income names what it is spent on (本年收入/基本支出), or stands in a table of spending: it is none."""
    income = figure.character == "income" or pattern("keys", "income-rows").search(bare_label(figure.row_label))
    return bool(income) and measures()[measure].character == "expenditure"


def _is_of_years(figure: Figure) -> bool:
    """Whether a row of a table of both sides is that of a year: its 小计 may leave out what was carried over."""
    return bool(figure.row_label) and _names_year(figure.row_label) and figure.table.kind in load("keys")["two-sided"]


def _names_year(label: str) -> bool:
    """Whether a row's label says nothing, or nothing but its year, with the phase (2031年预算数)."""
    return not bare_label(label) or bool(pattern("keys", "year-rows").fullmatch(fold(label)))


def _takes_in_others(parts: Iterable[str | None]) -> bool:
    """Whether a total of a 三公 table has a part, by its measure, that is none of 三公 (会议费, 培训费)."""
    return any(one and not lies_within(one, "three-public") for one in parts)


def _is_of_the_unit(column: Facets, row: Facets, figure: Figure) -> bool:
    """Whether the heading of a list of projects names what is said of a unit: its income, in accounts its balances."""
    carried = column.get("carry") == "carry-over" and "project" not in row and figure.phase == "finalAccounts"
    return carried or column.get("measure") in ("income", "opening-carry-over", "closing-carry-over")


def _fit(row: Facets, column: Facets) -> bool:
    """Whether row and heading do not name two different measures; a heading may name the side of the account."""
    measures_named = {row.get("measure", ""), column.get("measure", "")} - {"", *_BASES}
    return len(measures_named) < 2 or row["measure"] == column["measure"]


def _opens_account(figure: Figure, column: Facets) -> bool:
    """Whether 年初结转和结余 heads what there was at first, and not what was spent of it: the closing stands beside."""
    carried = column.get("carry") == "carry-over" and "measure" not in column
    return carried and _has_facet(figure, "measure", "closing-carry-over")


def _shared(defaults: Facets, figure: Figure, frame: Frame) -> Facets:
    base = {"measure": defaults[figure.character]} if figure.character in defaults else {}
    if base.get("measure") == "basic-expenditure" and not _is_basic(figure):
        base["measure"] = "expenditure"
    if frame.accounts_for(figure.phase) and figure.table.kind in load("keys")["accounts-including"]:
        base["carry"] = "including"
    return {name: defaults[name] for name in ("fund", "carry") if name in defaults} | base


def _is_basic(figure: Figure) -> bool:
    """Whether title or headings of a table by economic class say that it prints basic expenditure only."""
    said = any(_has_facet(figure, "measure", name) for name in ("basic-expenditure", "personnel", "public-expenses"))
    said = said and all(_understood(figure, one) for one in figure.table.columns if one.kind == "amount")
    titled = "基本支出" in fold(figure.table.title or "")
    return (said or titled) and not _has_facet(figure, "measure", "project-expenditure")


def _understood(figure: Figure, column: Column) -> bool:
    return all(_level_facets(level, figure.character) is not None for level in column.path)


def _has_facet(figure: Figure, name: str, value: str | None = None) -> bool:
    """Whether any heading of the figure's table has a facet (of this value)."""
    levels = (level for one in figure.table.columns for level in one.path)
    found = (_level_facets(level, figure.character) or {} for level in levels)
    return any(name in facets and value in (None, facets[name]) for facets in found)


def _title_facets(table: Recognised) -> Facets:
    found: dict[str, str] = {}
    words = fold(table.title or "")
    for entry in load("keys")["titles"]:
        shape, other = compiled(entry["words"]), compiled(entry.get("unless", "(?!)"))
        wanted = not entry.get("kinds") or table.kind in entry["kinds"]
        if wanted and shape.search(words) and not other.search(words):
            found |= _given(entry)
    return found


def _given(entry: Mapping[str, Any]) -> Facets:
    return {name: str(entry[name]) for name in ("measure", "fund", "carry", "level") if name in entry}


def _column_facets(figure: Figure) -> Facets | None:
    """The facets of the headings above a figure, lower levels over upper ones; None when a level is not understood."""
    column = next(one for one in figure.table.columns if one.index == figure.column)
    found: dict[str, str] = {}
    for level in column.path:
        facets = _level_facets(level, figure.character)
        if facets is None:
            return None
        found |= facets
    return found


@lru_cache(maxsize=1 << 12)
def _level_facets(level: str, character: str) -> Facets | None:
    words = BESIDE.sub("", fold(level))
    if not words or words in ("收入", "支出"):
        return {}
    for entry in load("keys")["columns"]:
        if compiled(entry["words"]).search(words):
            return _given(entry)
    if code := class_code("economic", words):  # 商品和服务支出 is the class, of all expenditure too
        return {"economic": code}
    named = _named(words, character)
    if named:
        return named
    for scheme in ("economic", "government-economic"):
        codes = codes_of(scheme, words)
        if len(codes) == 1 or (len({code[:3] for code in codes}) == 1 and codes):
            return {scheme: min(codes)}
    return None


def _named(words: str, character: str) -> Facets | None:
    """The facets of a measure that is called so, on its side of the account."""
    found = measure_named(words)
    if found is None or found.unit_kind != "money" or found.notation in ("money", "standard"):
        return None
    if not says_which(found.notation, words):
        return None
    if character in ("income", "expenditure") and found.character not in (character, "balance", None):
        return None
    facets = {"measure": found.notation}
    if found.fund_scope not in (None, UNKNOWN, "all"):
        facets["fund"] = str(found.fund_scope)
    if found.carry_over not in (None, UNKNOWN):
        facets["carry"] = str(found.carry_over)
    return facets


def _row_facets(figure: Figure, frame: Frame, project: str | None) -> Facets | None:
    """The facets of a row: of its total, project, class, office or measure; None when its label is none of them."""
    words = bare_label(figure.row_label)
    entry = next((one for one in load("keys")["rows"] if compiled(one["words"]).search(words)), None)
    if entry or _names_year(figure.row_label):
        return _given(entry or {})
    if project:
        return {"measure": "project-budget", "project": project}
    if figure.office or figure.row_label in frame.offices:
        own = figure.row_label if figure.row_label in frame.offices else figure.office
        return {"office": str(own)} if figure.classes or own == figure.row_label else None
    return {} if figure.classes else _measured_row(figure, words)


def _source_of_row(figure: Figure) -> Facets:
    """The fund that a column of sources (资金来源, 资金性质) prints in the figure's row."""
    row = figure.table.table.rows[figure.row]
    for column in figure.table.columns:
        if column.path and pattern("keys", "source-column").search(fold(column.path[-1])):
            facets = _level_facets(row[column.index].plain, figure.character) or {}
            if "fund" in facets:
                return {"fund": facets["fund"]}
    return {}


def _measured_row(figure: Figure, words: str) -> Facets | None:
    """The facets of a row that an economic class or a measure names; under 上年结转 it is a part of that.

    A class under another row (基本支出) is none of all expenditure, and of what it is its label does not say.
    """
    classes = [code for code in codes_of("economic", words) if len(code) == _CLASS_LENGTH]
    if len(classes) == 1 and figure.character == "expenditure":
        return None if figure.above else {"economic": classes[0]}
    named = _named(words, figure.character)
    if named and any(pattern("keys", "carried-rows").search(label) for label in figure.above):
        return {**named, "measure": "opening-carry-over", "carry": "carry-over"}
    return named


def _settle(found: dict[str, str], figure: Figure, named: bool) -> None:
    """What follows from the facets together: parts of totals, carry-over as a measure."""
    if (figure.classes or "economic" in found) and found["measure"] == "total-expenditure":
        found["measure"] = "expenditure"
    if not named and found["measure"] == "expenditure" and _is_side_total(figure):
        found |= {"measure": load("keys")["either"]["expenditure"], "carry": "including"}
    own = (figure.character, *load("keys")["income-of-fund"].values())
    if not named and found["measure"] in own and _adds_other_money(figure):
        found |= {"measure": load("keys")["either"][figure.character], "carry": "including"}
    if not named and found["measure"] == figure.character and _is_of_account(figure):
        found |= {"measure": load("keys")["either"][figure.character], "carry": "including"}
    carried = found.get("carry") == "carry-over" and found["measure"] in INCOMES
    if figure.character == "income" and carried:
        found["measure"] = "opening-carry-over"
    whole = figure.table.kind == "income" and found["measure"] == "income" and found.get("fund") == "all"
    carried_row = any(pattern("keys", "carried-rows").search(part.row_label) for part in figure.sum_of_rows)
    if whole and not named and (carried_row or _has_facet(figure, "carry", "carry-over")):
        found |= {"measure": "total-income", "carry": "including"}


def _adds_other_money(figure: Figure) -> bool:
    """Whether a total of one budget of a government takes in what is no year's own money: 上年结转, 补助下级."""
    other = pattern("keys", "beside-own")
    own = figure.row_role == "total" and figure.character in load("keys")["either"] and len(figure.sum_of_rows) > 1
    return own and any(other.search(bare_label(part.row_label)) for part in figure.sum_of_rows)


def _is_side_total(figure: Figure) -> bool:
    """Whether a figure is the total of one side of an account."""
    side = figure.table.columns[figure.column].side
    return bool(side and pattern("keys", "side-total").search(bare_label(figure.row_label)))


def _is_of_account(figure: Figure) -> bool:
    """Whether a total is of the year's total and of more: of what other budgets or years add to it."""
    totals = [part for part in figure.sum_of_rows if pattern("keys", "year-total").search(fold(part.row_label))]
    return figure.row_role == "total" and len(totals) == 1 < len(figure.sum_of_rows)
