"""Forms of targets and of self-evaluations in every text form: what is read is what they print."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.barred import is_form
from mapping.document import trim
from mapping.facts import Facts, assemble
from mapping.indicators import Indicator
from mapping.read import read
from mapping.scores import is_total
from tests.mapping.formed import FORMS, Made, Row, coded_evaluation, evaluation, printed, targets

NAMES = ("水文测站维修", "信息系统运行维护费", "2031年监测设备购置")


def facts_of(made: list[Made], form: str) -> Facts:
    parts = [f"{one.title}\n（2031年度）\n\n{printed(one.rows, form)}\n\n" for one in made]
    return assemble(
        read(("云屏市水文局2031年度部门预算\n\n" + "\n".join(parts) + "\n二、情况说明如下。\n").encode()), None
    )


def said(one: Indicator) -> tuple[object, ...]:
    words = [cell.plain if cell else None for cell in (one.level1, one.level2, one.level3)]
    value = one.value if one.operator != "定性" else one.target and one.target.plain
    rest = [cell.plain if cell else None for cell in (one.points, one.actual, one.score)]
    return (one.form.name, *words, one.operator, value, one.printed_unit, *rest)


def meant(made: Made, one: Row) -> tuple[object, ...]:
    rest = [getattr(one, kind) if kind in made.kinds else None for kind in ("points", "actual", "score")]
    return (made.name, *one.levels, one.operator, one.value, one.unit or None, *rest)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=4)
@given(seed=st.integers(0, 10**6))
def test_forms_say_what_they_print(form: str, seed: int) -> None:
    random = Random(seed)
    made = [
        random.choice((targets, evaluation, coded_evaluation))(random, name) for name in NAMES[: random.randint(1, 3)]
    ]
    facts = facts_of(made, form)
    assert Counter(said(one) for one in facts.indicators if not is_total(one)) == Counter(
        meant(one, row) for one in made for row in one.indicators
    )
    assert {one.name: one.implementing_unit for one in facts.projects} == {one.name: one.unit for one in made}
    amounts = {one.name: one.amount for one in facts.projects}
    assert all(amounts[one.name] == Decimal(one.amount) * 10_000 for one in made if one.amount)
    rates = [one.printed.printed for one in facts.quantities if one.unit == "%" and "率" in one.column_path]
    assert Counter(rates) >= Counter(one.rate.rstrip("%") for one in made if one.rate)
    totals = [one.score.plain for one in facts.indicators if is_total(one) and one.score]
    assert Counter(totals) == Counter(one.total for one in made if one.total)
    assert not facts.figures


@settings(max_examples=12)
@given(seed=st.integers(0, 10**6))
def test_cells_that_leave_no_trace_of_blank_ones_are_read_right_or_not(seed: int) -> None:
    random = Random(seed)
    made = random.choice((targets, evaluation, coded_evaluation))(random, NAMES[0])
    facts = facts_of([made], "bare cells")
    rows = Counter(said(one) for one in facts.indicators if not is_total(one))
    assert rows in (Counter(meant(made, one) for one in made.indicators), Counter())
    assert {one.amount for one in facts.projects if made.amount} <= {Decimal(made.amount or 0) * 10_000, None}


def form(rows: str, title: str = "项目支出绩效自评表") -> Facts:
    """What is read of a form of rows of tabs."""
    return assemble(read(f"云屏市水文局2031年度决算\n\n{title}\n{rows}\n\n二、说明如下。\n".encode()), None)


HEADS = "一级指标\t二级指标\t三级指标\t指标值\t实际完成值\t分值\t得分\n"
INDICATORS = (
    HEADS + "产出指标\t数量指标\t维修测站\t≥3个\t3个\t50\t50\n效益指标\t社会效益指标\t覆盖率\t95%\t95%\t50\t45\n"
)


@pytest.mark.parametrize(
    ("row", "total"), [("合计\t100", None), ("合计\t\t\t\t\t100\t95", "95"), ("总分\t100\t95", "95")]
)
def test_one_number_beside_points_and_scores_is_no_total_of_either(row: str, total: str | None) -> None:
    facts = form(f"项目名称\t测站维修\n{INDICATORS}{row}\n")
    found = [one.score.plain for one in facts.indicators if is_total(one) and one.score]
    assert found == ([total] if total else [])


@pytest.mark.parametrize(
    ("row", "amount"),
    [("\t80.00\t60.00\t20.00", 800_000), ("80.00\t60.00\t20.00\t", 800_000), ("60.00\t20.00\t\t", None)],
)
def test_sums_side_by_side_stand_below_their_labels(row: str, amount: int | None) -> None:
    """The label of all of them is printed once, and may leave no blank below; a sum too few tells nothing."""
    funds = f"项目资金（万元）\t年度资金总额\t财政拨款\t其他资金\n{row}\n"
    facts = form(f"项目名称\t测站维修\n{funds}{INDICATORS}", "项目支出绩效目标表")
    assert [one.amount for one in facts.projects] == [amount]


@pytest.mark.parametrize(
    ("labels", "is_one"),
    [
        (["上年结转结余", "其中：上年结转"], False),
        (["项目名称", "上年结转资金"], False),
        (["项目名称", "主管部门"], True),
    ],
)
def test_rows_that_carry_over_tell_no_form(labels: list[str], is_one: bool) -> None:
    """They stand in tables of income too."""
    assert is_form([[trim(0, words), trim(9, "1453")] for words in labels]) == is_one


def test_forms_in_one_grid_begin_with_their_titles() -> None:
    """The first is the rest of one that a page cut; each has its own indicators."""
    second = (
        f"项目支出绩效自评表\t\t\t\t\t\t\n项目名称\t测站维修\t\t\t\t\t\n主管部门\t云屏市水务局\t\t\t\t\t\n{INDICATORS}"
    )
    facts = form(INDICATORS + "合计\t\t\t\t\t100\t95\n" + second, "附件")
    assert [one.name for one in facts.forms] == [None, "测站维修"]
    assert Counter(one.form.name for one in facts.indicators if not is_total(one)) == {None: 2, "测站维修": 2}


def test_rates_stand_under_rates_where_a_merged_label_moved_the_row() -> None:
    heads = "执行情况\t年度预算数（万元）\t年初预算\t预算执行数\t执行率\t得分\n"
    facts = form(f"项目名称\t测站维修\n{heads}总额\t80.00\t74.00\t92.50%\t9\t\n单位资金\t0.00%\t\t\t\t\n{INDICATORS}")
    found = {(one.row_label, one.column_path, one.printed.printed, one.unit) for one in facts.quantities}
    assert {
        ("总额", "执行率", "92.50", "%"),
        ("总额", "预算执行数", "74.00", "万元"),
        ("总额", "得分", "9", "分"),
    } <= found
    assert not any(label == "单位资金" for label, *_ in found)


def test_a_transfer_names_its_project() -> None:
    rows = "转移支付（项目）名称\t水文监测补助\n中央主管部门\t水利部\n"
    rows += "地方主管部门\t云屏市水务局\n资金使用单位\t云屏市水文局\n"
    (project,) = form(rows + INDICATORS).projects
    assert (project.name, project.competent_department, project.implementing_unit) == (
        "水文监测补助",
        "云屏市水务局",
        "云屏市水文局",
    )


def test_a_form_of_a_department_closed_by_bars_is_read_by_its_labels() -> None:
    rows = [
        "部门（单位）名称 | 云屏市水文局 |||",
        "年度预算申请（万元） | 资金总额 | 80.00 ||",
        "年度总体目标 | 完成全年水文监测任务，提高服务水平。 |||",
        "年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 |",
        "产出指标 | 数量指标 | 维修测站 | ≥3个 ||",
        "满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥95% ||",
    ]
    facts = form("\n".join(rows), "部门整体支出绩效目标表")
    assert [(one.level3.plain if one.level3 else None, one.value) for one in facts.indicators] == [
        ("维修测站", "3"),
        ("群众满意度", "95"),
    ]


@pytest.mark.parametrize(
    ("funds", "told"),
    [
        ("项目资金总额（万元）\t80.00\t其中：财政拨款\t60.00\n", (800_000, None, None)),
        ("项目资金总额（万元）\t80.00\t年度资金总额（万元）\t30.00\n", (300_000, 800_000, 300_000)),
    ],
)
def test_the_total_of_a_project_is_of_all_years_beside_that_of_the_year(
    funds: str, told: tuple[int | None, ...]
) -> None:
    (project,) = form(f"项目名称\t测站维修\n{funds}{INDICATORS}", "项目支出绩效目标表").projects
    assert (project.amount, project.period_total, project.annual_total) == told
