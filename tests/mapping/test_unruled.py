"""Tables without rules: what a PDF's text layer leaves of a table is read as the table is, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest

from mapping.document import Table
from mapping.facts import Facts, assemble
from mapping.figures import Figure
from mapping.read import read
from tests.mapping.assembled import kept

SOURCES = sorted((Path(__file__).parent.parent / "cases").glob("*/source.txt"))[::3]
BETWEEN = {"blanks": " ", "lines": "\n"}
HEAD = "榆河市教育局2025年部门预算\n2025年支出表\n单位：万元\n"
HEADING = "科目编码 科目名称 合计 基本支出 项目支出\n"
# Code, label, column and number of a figure.
Said = tuple[str, str, str, str]


def figures(text: str) -> list[Said]:
    """What the figures of a text say, in order."""
    return [_said(one) for one in assemble(read(text.encode()), None).figures]


def _said(figure: Figure) -> Said:
    return figure.code, figure.row_label, figure.column_path.split("/")[-1], figure.printed.printed


ROWS = [
    ("205", "教育支出", "合计", "90.00"),
    ("205", "教育支出", "基本支出", "60.00"),
    ("205", "教育支出", "项目支出", "30.00"),
    ("20501", "教育管理事务", "合计", "40.00"),
    ("20501", "教育管理事务", "基本支出", "40.00"),
    ("20502", "普通教育", "合计", "50.00"),
    ("20502", "普通教育", "基本支出", "20.00"),
    ("20502", "普通教育", "项目支出", "30.00"),
    ("", "合计", "合计", "90.00"),
    ("", "合计", "基本支出", "60.00"),
    ("", "合计", "项目支出", "30.00"),
]
PRINTED = """205 教育支出 90.00 60.00 30.00
205 01 教育管理事务 40.00 40.00
205 02 普通教育 50.00 20.00 30.00
合计 90.00 60.00 30.00
"""


@pytest.mark.parametrize(
    "text",
    [
        HEADING + PRINTED,
        (HEADING + PRINTED).replace(" ", "\n"),
        (HEADING + PRINTED).replace("合计", "合 计"),
        "项 目 支出预算\n" + HEADING + PRINTED,
        "项目 支出预算\n功能分类科目编码\n功能分类科目名称 合计 基本支出 项目支出\n类 款 项\n" + PRINTED,
        (HEADING + PRINTED).replace("205 02", HEADING + "205 02"),
        HEADING + PRINTED.replace("90.00 60.00", "90.00 60.00 ").replace("205 0", "2050"),
    ],
)
def test_a_number_stands_where_totals_and_parts_agree(text: str) -> None:
    assert figures(HEAD + text) == ROWS


def test_a_row_without_its_number_does_not_take_the_total() -> None:
    found = figures(HEAD + "科目编码 科目名称 预算数\n205 教育支出 90\n20501 管理 40\n20502 教学\n合计 90\n")
    assert [(label, printed) for _, label, _, printed in found] == [("教育支出", "90"), ("管理", "40"), ("合计", "90")]


def test_one_word_under_each_column_is_a_heading_of_its_own() -> None:
    facts = assemble(read((HEAD + HEADING + "决算数 决算数 决算数\n" + PRINTED).encode()), None)
    assert [one.column_path for one in facts.figures[:3]] == ["合计/决算数", "基本支出/决算数", "项目支出/决算数"]
    assert len(facts.figures) == len(ROWS)
    fewer = assemble(read((HEAD + HEADING + "决算数 决算数\n" + PRINTED).encode()), None)
    assert {one.column_path for one in fewer.figures} == {"合计"}


def test_words_of_the_next_cell_right_behind_a_number() -> None:
    assert figures(HEAD + HEADING + PRINTED.replace("\n205 02", "205 02")) == []
    assert figures(HEAD + HEADING + PRINTED.replace("\n合计", "合计")) == ROWS


def test_where_a_number_may_stand_in_two_columns_only_totals_are_read() -> None:
    text = HEADING + "205 教育支出 40.00 40.00\n205 01 教育管理事务 40.00 40.00\n合计 40.00 40.00\n"
    assert [said[2:] for said in figures(HEAD + text)] == [("合计", "40.00")] * 3


@pytest.mark.parametrize(
    "text",
    [
        HEADING + PRINTED.replace("40.00 40.00", "40.00 30.00"),  # what does not add up has no column
        HEADING.replace(" 项目支出", "") + PRINTED,  # more numbers than columns
        HEADING.replace("合计", "2024年") + PRINTED,  # no column is the sum of others
        HEADING + "205 教育支出 90.00 60.00 30.00\n合计 90.00 60.00 30.00\n",  # too short to be told
        HEADING + "本部门2025年支出共90.00万元。\n" + PRINTED,
    ],
)
def test_nothing_is_read_where_columns_cannot_be_told(text: str) -> None:
    assert figures(HEAD + text) == []


def test_where_numbers_may_stand_in_more_ways_than_can_be_tried_only_totals_are_read() -> None:
    heading = "科目编码 科目名称 合计 " + " ".join(f"类别{at}支出" for at in range(30))
    sizes = [("205 教育支出", 2), ("205 01 教育管理事务", 1), ("205 02 普通教育", 1), ("合计", 2)]
    rows = [f"{label} {15 * size}.00 " + f"{size}.00 " * 15 for label, size in sizes]
    found = figures(HEAD + "\n".join([heading, *rows, ""]))
    assert [said[2:] for said in found] == [("合计", f"{15 * size}.00") for _, size in sizes]


def test_lines_that_are_no_row_end_the_table() -> None:
    text = HEAD + HEADING + PRINTED + "三、其他说明\n本部门2025年培训费预算为1.20万元，比上年减少0.10万元。\n"
    assert figures(text) == ROWS
    assert [one.printed for one in assemble(read(text.encode()), None).statements] == ["1.20", "0.10"]


# --- tables of the cases, as a PDF's text layer would have them ---


def unruled(table: Table, between: str) -> str:
    """A table's lines without rules and blank cells; words that headings repeat side by side are printed once."""
    rows = [[cell.plain for cell in row if not cell.blank] for row in table.rows]
    rows = [[word for word, _ in groupby(row)] if at < table.header_rows else row for at, row in enumerate(rows)]
    return "\n".join(between.join(row) for row in rows if row) + "\n"


def _tables(facts: Facts) -> Iterator[tuple[Table, str, Counter[Said]]]:
    """The tables that rules part and that hold figures, each with its unit and what its figures say."""
    for one in facts.tables:
        inside = [each for each in facts.figures if each.table.table.span == one.table.span]
        if inside and one.table.form != "unruled":
            yield one.table, inside[0].unit or "万元", Counter(map(_said, inside))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many tables of a case have rules, how many figures are read without these, and which of them are wrong."""

    tables: int
    read: int
    wrong: Counter[Said]


def _outcome(facts: Facts, between: str) -> Outcome:
    tables, read, wrong = 0, 0, Counter[Said]()
    for table, unit, expected in _tables(facts):
        text = f"榆河市教育局2025年部门预算\n2025年支出表\n单位：{unit}\n{unruled(table, between)}"
        found = Counter(figures(text))
        tables, read, wrong = tables + 1, read + found.total(), wrong + (found - expected)
    return Outcome(tables, read, wrong)


def outcome(source: Path, between: str) -> Outcome:
    """What is read of a case; found while it is at hand."""
    return kept(f"unruled-{between}", source, lambda made: _outcome(made.facts, BETWEEN[between]))


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.parent.name)
def test_no_figure_of_a_table_without_rules_is_wrong(source: Path, between: str) -> None:
    assert not outcome(source, between).wrong


@pytest.mark.last
@pytest.mark.parametrize(("between", "least"), [("blanks", 2900), ("lines", 2750)])
def test_figures_of_tables_without_rules_are_read(between: str, least: int) -> None:
    outcomes = [outcome(source, between) for source in SOURCES]
    assert sum(one.read for one in outcomes) >= least
    assert sum(one.tables for one in outcomes) >= 150
