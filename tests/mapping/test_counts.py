"""Numbers of tables and forms that are no figures: counts, rates, grids of scores, labels of charts."""

from __future__ import annotations

import pytest

from mapping.counts import Quantity
from mapping.facts import Facts, assemble
from mapping.read import read
from mapping.scores import summed_scores

HEAD = "甲县民政局2024年部门决算\n\n"
OPERATION = """机构运行信息表
单位：万元

| 项目 | 数量 | 预算数 | 决算数 | 完成率% |
|---|---|---|---|---|
| 公务接待费 | | 2.00 | 1.50 | 75 |
| 公务用车保有量（辆） | | 3 | 3 | |
| 国内公务接待批次（个） | | 12 | 9 | |
"""
SELF_EVALUATION = """项目支出绩效自评表

| 项目名称 | 老年人助餐点补贴 | | | | | | |
|---|---|---|---|---|---|---|---|
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| | 年度资金总额 | 120.00 | 110.00 | 99.00 | 10 | 90% | 9 |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| | 产出指标 | 数量指标 | 助餐点数 | ≥20个 | 21个 | 20 | 20 |
"""
PLAN = """项目绩效目标表

| 项目名称 | 老年人助餐点补贴 | | | |
|---|---|---|---|---|
| 资金支出计划（%） | 3月底 | 6月底 | 10月底 | 12月底 |
| | 20% | 50% | 80% | 100% |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 备注 |
| 产出指标 | 数量指标 | 助餐点数 | ≥20个 | |
"""
CHART = """2024年本年支出合计300.00万元，其中：基本支出200.00万元，占66.67%；项目支出100.00万元，占33.33%。

66.67%

200.00

7788
"""


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text under the head of a disclosure."""
    return list(facts_of(text).quantities)


def facts_of(text: str) -> Facts:
    return assemble(read((HEAD + text).encode()), None)


def rows(text: str) -> set[tuple[str, str, str, str | None]]:
    return {(one.row_label, one.column_path, one.printed.printed, one.unit) for one in quantities(text)}


def test_counts_and_rates_beside_money_are_quantities_and_no_figures() -> None:
    facts = facts_of(OPERATION)
    assert {figure.printed.printed for figure in facts.figures} == {"2.00", "1.50"}
    assert rows(OPERATION) == {
        ("公务接待费", "完成率%", "75", "%"),
        ("公务用车保有量（辆）", "预算数", "3", "辆"),
        ("公务用车保有量（辆）", "决算数", "3", "辆"),
        ("国内公务接待批次（个）", "预算数", "12", "个"),
        ("国内公务接待批次（个）", "决算数", "9", "个"),
    }


@pytest.mark.parametrize("heading", ["期数", "行政村数", "每期天数", "人天数", "脱贫户数", "床位数", "企业数（家）"])
def test_a_column_headed_by_what_it_counts_is_no_money(heading: str) -> None:
    text = f"培训情况表\n单位：元\n\n| 班次 | {heading} | 金额 |\n|---|---|---|\n| 甲 | 12 | 80 |\n| 乙 | 7 | 90 |\n"
    assert [figure.column_path for figure in facts_of(text).figures] == ["金额", "金额"]
    assert [one.printed.printed for one in quantities(text)] == ["12", "7"]


@pytest.mark.parametrize("heading", ["本期数", "上期数", "同期数", "预算数", "项目资金数"])
def test_a_number_of_a_period_or_a_budget_is_money(heading: str) -> None:
    text = f"经费情况表\n单位：元\n\n| 项目 | {heading} | 金额 |\n|---|---|---|\n| 甲 | 12 | 800 |\n| 乙 | 7 | 900 |\n"
    assert len(facts_of(text).figures) == 4


def test_a_grid_of_execution_is_read_with_row_and_heading() -> None:
    found = rows(SELF_EVALUATION)
    assert ("年度资金总额", "全年执行数", "99.00", "万元") in found
    assert ("年度资金总额", "执行率", "90", "%") in found
    assert ("年度资金总额", "得分", "9", "分") in found
    assert not any(row == "产出指标" for row, *_ in found)


def test_the_scores_of_a_list_are_read_and_added_up() -> None:
    text = """项目支出绩效自评结果汇总表

| 序号 | 项目名称 | 全年预算数（万元） | 全年执行数（万元） | 执行率得分（10分） | 绩效指标得分（90分） | 自评总分 |
|---|---|---|---|---|---|---|
| 1 | 助餐点补贴 | 20.00 | 18.00 | 9.00 | 85.00 | 94.00 |
| 2 | 适老化改造 | 30.00 | 30.00 | 10.00 | 88.00 | 89.00 |
"""
    scores = [one for one in quantities(text) if one.unit == "分"]
    assert [one.printed.printed for one in scores] == ["9.00", "85.00", "94.00", "10.00", "88.00", "89.00"]
    bonds = list(summed_scores(scores))
    assert len(bonds) == 4


def test_a_spending_plan_is_read_by_month() -> None:
    assert rows(PLAN) == {
        ("资金支出计划（%）", month, value, "%")
        for month, value in (("3月底", "20"), ("6月底", "50"), ("10月底", "80"), ("12月底", "100"))
    }


def test_a_number_alone_is_the_label_of_what_the_sentence_before_states() -> None:
    found = {(one.row_label, one.printed.printed, one.unit): one for one in quantities(CHART)}
    assert set(found) == {("比重", "66.67", "%"), ("基本支出", "200.00", "万元")}
    assert all(one.reason and one.table is None and one.repeats for one in found.values())


def test_full_width_digits_are_kept_as_printed() -> None:
    table = "新增资产配置表\n\n| 资产名称 | 数量 | 金额（元） |\n|---|---|---|\n| 台式计算机 | ３０ | ９０００ |\n"
    (count,) = quantities(table)
    assert count.printed.printed == "３０"
    assert count.printed.value == 30
