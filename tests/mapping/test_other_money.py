"""Tables of money that is no appropriation, or that is handed out to others: of what they are, and of what not."""

from __future__ import annotations

import pytest

from mapping.audit import Result, audit, open_graph
from mapping.facts import Facts, assemble
from mapping.read import read
from mapping.rules import audit_rules
from mapping.triples import write_graph
from tests.mapping.layouts import Rows, tab

DIVIDED = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]


def facts(*tables: tuple[str, Rows]) -> Facts:
    printed = "".join(f"{title}\n单位：万元\n{tab(rows)}\n\n" for title, rows in tables)
    return assemble(read(f"云岭县第二幼儿园2028年部门预算\n\n{printed}".encode()), None)


def results(found: Facts) -> list[Result]:
    quads = write_graph(found, "0" * 64, ["text.txt"], "https://example.org/")
    return audit(open_graph(quads), [rule for rule in audit_rules() if rule.name == "table-against-table"])


def spent(*amounts: str) -> Rows:
    return [*DIVIDED, ["2050201", "学前教育", *amounts], ["", "合计", *amounts]]


@pytest.mark.parametrize(
    ("title", "kind", "fund"),
    [
        ("教育收费资金支出预算表", "expenditure", "special-account"),
        ("财政专户管理资金支出预算表", "expenditure", "special-account"),
        ("单位资金支出预算表", "expenditure", "unit-funds"),
        ("事业收入安排的支出表", "expenditure", "unknown"),
        ("非税收入安排支出预算表", "expenditure", "unknown"),
        ("教育收费和单位资金支出预算表", "expenditure", "unknown"),
        ("一般公共预算支出预算表", "general-public-expenditure", "general-public"),
        ("一般公共预算（含专户管理资金）支出表", "general-public-expenditure", "general-public"),
        ("财政性资金支出预算表", "general-public-expenditure", "general-public"),
        ("部门支出总表", "expenditure", "all"),
    ],
)
def test_what_is_spent_of_other_money_is_of_the_fund_that_the_title_names(title: str, kind: str, fund: str) -> None:
    found = facts((title, spent("9.00", "5.00", "4.00")))
    assert [table.kind for table in found.tables] == [kind]
    assert {key.fund_scope for key in found.stated.figures.values()} == {fund}


def test_what_fees_pay_for_is_not_compared_with_the_appropriation() -> None:
    public = ("一般公共预算支出表", spent("90.00", "50.00", "40.00"))
    fees = ("教育收费资金支出预算表", spent("9.00", "5.00", "4.00"))
    assert results(facts(public, fees)) == []
    assert results(facts(public, ("一般公共预算支出明细表", fees[1])))


def test_money_of_all_units_is_none_of_their_own_funds() -> None:
    found = facts(("各单位资金支出情况表", spent("9.00", "5.00", "4.00")))
    assert "unit-funds" not in {key.fund_scope for key in found.stated.figures.values()}


@pytest.mark.parametrize(
    ("own", "kind"),
    [
        ("教育收费资金", "other"),
        ("非税收入", "other"),
        ("捐赠收入", "other"),
        ("事业收入", "other"),
        ("财政拨款", "fiscal-appropriation-summary"),
        ("部门", "budget-summary"),
        ("行政事业", "budget-summary"),
    ],
)
def test_income_of_some_money_and_what_it_is_spent_on_is_no_summary_of_all(own: str, kind: str) -> None:
    sides = [["收入", "", "支出", ""], ["项目", "预算数", "项目", "预算数"]]
    rows = [["保教费", "9.00", "一、一般公共服务支出", "9.00"], ["收入总计", "9.00", "支出总计", "9.00"]]
    (table,) = facts((f"{own}收支预算表", [*sides, *rows])).tables
    assert table.kind == kind


HANDED = [["序号", "乡镇（街道）", "直补资金", "项目资金", "合计"], ["1", "南坡镇", "8.00", "3.00", "11.00"]]
HANDED += [["2", "河口街道", "6.00", "2.00", "8.00"], ["", "合计", "14.00", "5.00", "19.00"]]


@pytest.mark.parametrize(
    ("title", "compared"),
    [
        ("2028年后期扶持直补资金分乡镇安排表", False),
        ("2028年奖补资金分配表", False),
        ("2028年转移支付分地区情况表", False),
        ("2028年耕地补偿下达情况表", False),
        ("2028年资金支出情况表", True),
    ],
)
def test_the_total_of_what_is_handed_out_is_no_total_of_the_unit(title: str, compared: bool) -> None:
    found = facts((title, HANDED))
    assert len(found.figures) == 9
    assert bool(found.stated.figures) == compared


@pytest.mark.parametrize(
    ("head", "counted"),
    [
        ("核定人口", True),
        ("农业人口数", True),
        ("受益户数", True),
        ("行政村数", True),
        ("在校学生数（人）", True),
        ("农业转移人口", False),
        ("财政专户数", False),
        ("预算数", False),
        ("村级补助", False),
    ],
)
def test_people_households_and_villages_are_counted_beside_the_money(head: str, counted: bool) -> None:
    rows = [
        ["乡镇", head, "补助资金"],
        ["南坡镇", "1482", "8.00"],
        ["河口街道", "960", "6.00"],
        ["合计", "2442", "14.00"],
    ]
    found = facts(("2028年补助资金分乡镇安排表", rows))
    assert len(found.figures) == (3 if counted else 6)
    assert len(found.quantities) == (3 if counted else 0)
