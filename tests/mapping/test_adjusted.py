"""Budgets that were adjusted: what is less, which phase a title names, what an account adds to its year."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.facts import Facts, assemble
from mapping.read import read
from mapping.triples import write_graph
from tests.mapping.layouts import Rows, tab

HEAD = "云岭县2027年财政预算调整情况公开\n\n"
ADJUSTED = ["项目", "年初预算数", "调整数", "调整后预算数"]


def facts(title: str, rows: Rows) -> Facts:
    return assemble(read(f"{HEAD}{title}\n单位：万元\n{tab(rows)}\n".encode()), None)


def changed(*signs: str) -> Rows:
    """A table whose second column prints numbers behind some signs, with what they make of the first."""
    return [ADJUSTED, *([f"{at}、契税", "90", f"{sign}{at}", "80"] for at, sign in enumerate(signs, 1))]


@pytest.mark.parametrize(
    ("signs", "values"),
    [
        (("▲", "", "▲"), [-1, 2, -3]),
        (("△", "△ ", "+"), [-1, -2, 3]),
        (("▼", "", "▽"), [-1, 2, -3]),
        (("- ", "－　", ""), [-1, -2, 3]),
        # what points up beside what points down, or where less is printed otherwise
        (("▲", "▼", "▲"), []),
        (("△", "-", ""), []),
    ],
)
def test_a_triangle_before_a_number_is_less_unless_others_tell_otherwise(signs: list[str], values: list[int]) -> None:
    found = facts("2027年一般公共预算收入调整表", changed(*signs)).figures
    assert [one.printed.value for one in found if one.column_path == "调整数"] == [Decimal(one) for one in values]
    assert [one.printed.printed for one in found if one.column_path == "年初预算数"] == ["90"] * 3


def test_a_minus_in_another_column_tells_nothing_of_a_triangle() -> None:
    rows = [[*ADJUSTED, "差额"], ["契税", "90", "▲10", "80", "-10"], ["印花税", "20", "5", "25", "5"]]
    found = facts("2027年一般公共预算收入调整表", rows).figures
    assert [one.printed.value for one in found if one.column_path == "调整数"] == [-10, 5]


RATED = [[*ADJUSTED, "变动情况"], ["契税", "90", "▲10", "80", "▲11.1%"], ["印花税", "20", "5", "25", "25.0%"]]
RATED += [["合计", "110", "▲5", "105", "▲4.5%"]]


@pytest.mark.parametrize("form", ["tab", "closed"])
def test_a_rate_behind_a_triangle_is_one_of_less(form: str) -> None:
    printed = tab(RATED) + "\n\n" if form == "tab" else "".join(f"{cell} |\n" for row in RATED for cell in row)
    title = "2027年一般公共预算收入调整表\n单位：万元\n"
    found = assemble(read(f"{HEAD}{title}{printed}二、情况说明\n".encode()), None)
    assert [one.printed.value for one in found.quantities] == [Decimal("-11.1"), Decimal("25.0"), Decimal("-4.5")]
    assert {one.unit for one in found.quantities} == {"%"}
    assert len(found.figures) == 9


SIGNS = st.sampled_from(["", "-", "－", "+", "▲", "△", "▼", "▽", "▲▲", "（", "（▲"])
BLANKS = st.sampled_from(["", " ", "\u3000", "\xa0"])
NUMBERS = st.sampled_from(["", "0", "825", "7.5%", "1 234.50", "1,234.5", "１２", "—", "无", "8）"])
CELLS = st.builds("".join, st.tuples(SIGNS, BLANKS, NUMBERS))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5))
def test_whatever_stands_before_a_number_the_table_is_read_and_its_graph_written(rows: list[tuple[str, ...]]) -> None:
    labelled = [[f"{at}、契税", *row] for at, row in enumerate(rows, 1)]
    found = facts("2027年一般公共预算收入调整表", [ADJUSTED, *labelled, ["合计", "90", "▲10", "80"]])
    write_graph(found, "0" * 64, ["text.txt"], "https://example.org/")
    less = {one.printed.printed for one in found.figures if one.printed.value < 0}
    assert all(set(printed) & set("-－▲△▼▽（") for printed in less)
    assert not any(set(one.printed.printed[:1]) & set("-－▲△▼▽") and one.printed.value > 0 for one in found.figures)


def test_what_was_taken_away_is_part_of_a_sum() -> None:
    rows = [ADJUSTED, ["一、契税", "90", "▲30", "60"], ["二、印花税", "20", "5", "25"], ["合计", "110", "▲25", "85"]]
    total = next(one for one in facts("2027年一般公共预算收入调整表", rows).figures if one.printed.printed == "▲25")
    assert [part.printed.printed for part in total.sum_of_rows] == ["▲30", "5"]
    assert total.amount == Decimal(-250000)


@pytest.mark.parametrize(
    ("title", "phase"),
    [
        ("2027年对乡镇转移支付调整后预算分地区表", "adjusted"),
        ("2027年一般公共预算收支平衡表（调整后）", "adjusted"),
        ("2027年云岭县调整后的一般公共预算支出表", "adjusted"),
        ("2027年一般公共预算支出表", "approved"),
        ("2027年机构调整后预算分单位表", "approved"),
        ("2027年一般公共预算支出表（调整后科目）", "approved"),
        ("2026年调整后预算分地区表", "adjusted"),
    ],
)
def test_a_title_names_the_budget_as_it_was_adjusted(title: str, phase: str) -> None:
    (figure,) = facts(title, [["乡镇", "补助"], ["南坡镇", "90"]]).figures
    assert figure.phase == phase


def test_a_heading_goes_before_the_title_and_another_year_is_not_adjusted() -> None:
    rows = [["乡镇", "2026年", "2027年年初预算数", "2027年"], ["南坡镇", "80", "75", "70"]]
    found = facts("2027年对乡镇转移支付调整后预算分地区表", rows).figures
    assert [one.phase for one in found] == ["approved", "approved", "adjusted"]


@pytest.mark.parametrize("head", ["调整数", "调整数（万元）", "预算调整额"])
def test_what_a_budget_was_changed_by_is_no_budget_in_any_of_its_parts(head: str) -> None:
    rows = [["项目", "年初预算数", head, "", "调整后预算数"], ["", "", "合计", "新增债券", ""]]
    rows += [["教育支出", "90", "35", "30", "125"], ["支出合计", "90", "35", "30", "125"]]
    read_ = facts("2027年一般公共预算支出调整表", rows)
    keyed = [one.printed.printed for one in read_.figures if id(one) in read_.stated.figures]
    assert keyed == ["90", "125"] * 2


def test_a_total_that_adds_transfers_to_the_year_s_is_one_of_the_account() -> None:
    """One that only sums the kinds of a year's income stays what it is."""
    rows = [["项目", "调整后预算数"], ["一、税收收入", "60"], ["二、非税收入", "30"], ["一般公共预算收入合计", "90"]]
    rows += [["三、转移性收入", "50"], ["总计", "140"]]
    read_ = facts("2027年一般公共预算收入调整表", rows)
    measures = {one.row_label: key.measure for one in read_.figures if (key := read_.stated.figures.get(id(one)))}
    assert measures["总计"] == "total-income"
    assert measures["一般公共预算收入合计"] == "general-public-income"
    plain = facts("2027年一般公共预算收入调整表", [*rows[:3], ["总计", "90"]])
    assert {key.measure for key in plain.stated.figures.values()} == {"general-public-income"}


@pytest.mark.parametrize(
    ("title", "measure"), [("财政拨款收支总表", "total-fiscal-income"), ("收支预算总表", "total-income")]
)
def test_a_total_that_its_table_names_stays_what_it_is(title: str, measure: str) -> None:
    rows = [["收入", "", "支出", ""], ["项目", "预算数", "项目", "预算数"]]
    rows += [["一、一般公共预算拨款", "60", "一、教育支出", "90"], ["二、政府性基金预算拨款", "20", "", ""]]
    rows += [
        ["本年收入合计", "80", "本年支出合计", "90"],
        ["年初结转和结余", "10", "", ""],
        ["总计", "90", "总计", "90"],
    ]
    text = f"云岭县第二幼儿园2027年部门预算公开\n\n{title}\n单位：万元\n{tab(rows)}\n"
    read_ = assemble(read(text.encode()), None)
    keys = [key for one in read_.figures if one.row_label == "总计" and (key := read_.stated.figures.get(id(one)))]
    assert keys[0].measure == measure
