"""Errors planted in small disclosures of three layouts against the rules on projects and indicators; the same without.

The consistent disclosure and each single error are read, written and audited like any document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest

from mapping.appraise import personnel_words
from mapping.audit import audit, open_graph
from mapping.deadlines import Months, read_months
from mapping.facts import assemble
from mapping.graph import DEF
from mapping.likeness import are_near, near_pairs
from mapping.matters import core
from mapping.read import read
from mapping.rules import audit_rules
from mapping.senses import label_kind, unit_kind
from mapping.triples import write_graph
from tests.mapping.layouts import Rows, cells, pipe, tab

RULES = [rule for rule in audit_rules() if rule.concern in ("project", "indicator") or rule.name == "count-sum"]
PROJECTS = [
    ["项目名称", "合计", "一般公共预算"],
    ["合计", "120.00", "120.00"],
    ["送温暖经费", "60.00", "60.00"],
    ["职工培训经费", "40.00", "40.00"],
    ["职工阵地建设经费", "20.00", "20.00"],
]
TEXT = "2025年纳入绩效目标管理的二级项目3个，共计金额120.00万元，占项目支出总额的100%。"


def form(name: str, amount: str, *rows: Sequence[str], goal: str = "做好职工服务工作。") -> list[list[str]]:
    head = [
        ["项目名称", name, "", ""],
        ["项目属性", "一次性项目", "项目期", "1年"],
        ["实施期资金总额（元）", amount, "年度资金总额（元）", amount],
        ["总体目标", goal, "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"],
    ]
    return [*head, *map(list, rows)]


WARM = [
    ["产出指标", "数量指标", "慰问困难职工人数", "≥1000人"],
    ["产出指标", "质量指标", "补助发放准确率", "100%"],
    ["产出指标", "时效指标", "发放时间", "2025年2月底前"],
    ["产出指标", "成本指标", "送温暖总费用", "600000元"],
    ["满意度指标", "服务对象满意度指标", "受助职工满意度", "≥95%"],
]
TRAINING = [
    ["产出指标", "数量指标", "培训人数", "≥800人"],
    ["产出指标", "成本指标", "人均培训费", "≤500元"],
    ["效益指标", "社会效益指标", "投诉率", "≤1%"],
    ["满意度指标", "服务对象满意度指标", "学员满意度", "≥90%"],
]
BUILDING = [
    ["产出指标", "数量指标", "建设阵地数", "2个"],
    ["产出指标", "数量指标", "改造场馆面积", "≥1200平方米"],
    ["产出指标", "质量指标", "验收合格率", "100%"],
    ["产出指标", "质量指标", "设施巡查频次", "≥1次/日"],
    ["效益指标", "社会效益指标", "经费增长率", "≤120%"],
    ["满意度指标", "服务对象满意度指标", "职工满意度", "≥90%"],
]


LAYOUTS = {"pipe": pipe, "tab": tab, "cells": cells}


def disclosure(layout: str, changes: Sequence[tuple[str, str]] = ()) -> str:
    """The disclosure in a layout, with the first of each pair of words replaced by the second, once."""
    printed = LAYOUTS[layout]
    forms = [
        form("送温暖经费", "600,000", *WARM, goal="慰问困难职工1000人，发放及时。"),
        form("职工培训经费", "400,000", *TRAINING),
        form("职工阵地建设经费", "200,000", *BUILDING, goal="建设各类阵地2个，完成改造场馆1200平方米以上。"),
    ]
    parts = [
        "云岭县总工会2025年部门预算公开",
        "2025年项目支出预算表",
        "单位：万元",
        printed(PROJECTS),
        "十、绩效管理情况",
        TEXT,
        *(part for one in forms for part in ("项目支出绩效目标表", "（2025年度）", printed(one))),
    ]
    text = "\n\n".join(parts) + "\n"
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def found(text: str) -> list[tuple[str, str, str]]:
    """Rule, found and expected of each result, in order of rule."""
    facts = assemble(read(text.encode()), None)
    graph = open_graph(write_graph(facts, "0" * 64, ["planted.txt"], "https://example.org/"))
    results = audit(graph, RULES)
    return [(one.rule.name, one.said.get("found", ""), one.said.get("expected", "")) for one in results]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_consistent_disclosure_gives_nothing(layout: str) -> None:
    assert found(disclosure(layout)) == []


PLANTED = [
    ([("送温暖经费", "送温暖资费")], ("near-names", "送温暖资费", "送温暖经费")),
    ([("二级项目3个", "二级项目4个")], ("project-count", "4个", "3")),
    ([("共计金额120.00万元", "共计金额118.00万元")], ("project-sum", "118.00万元", "120万元")),
    ([("≥800人", "≥800元")], ("indicator-unit", "800元", "")),
    ([("≥95%", "≤95%")], ("indicator-operator", "≤95%", "≥")),
    ([("≤500元", "≥500元")], ("indicator-operator", "≥500元", "≤")),
    ([("≤1%", "≥1%")], ("indicator-operator", "≥1%", "≤")),
    ([("≥95%", "≥105%")], ("indicator-impossible", "105%", "")),
    ([("≥95%", "100%以上")], ("indicator-impossible", "100%以上", "")),
    ([("2025年2月底前", "2024年2月底前")], ("indicator-dates", "2024-02", "2025年度")),
    ([("困难职工1000人", "困难职工1200人")], ("indicator-goal", "1200人", "1000人")),
    ([("600000元", "500000元")], ("cost-coverage", "600000元", "500000元")),
    ([("各类阵地2个", "各类阵地3个")], ("indicator-goal", "3个", "2个")),
    ([("完成改造场馆1200平方米", "改造县城场馆1500平方米")], ("indicator-goal", "1500平方米", "1200平方米")),
    ([("场馆1200", "场馆1500")], ("indicator-goal", "1500平方米", "1200平方米")),
    ([("≥1次/日", "≤1次/日")], ("indicator-operator", "≤1次/日", "≥")),
    ([("≥1200平方米", "≥1200%")], ("indicator-unit", "1200%", "")),
    ([("共计金额", "共计金额120.00万元。公开项目绩效目标4个，涉及项目金额")], ("project-count", "4个", "3")),
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("changes", "expected"), PLANTED, ids=lambda one: one[0] if isinstance(one[0], str) else "")
def test_a_planted_error_is_found_and_nothing_else(
    layout: str, changes: Sequence[tuple[str, str]], expected: tuple[str, str, str]
) -> None:
    assert found(disclosure(layout, changes)) == [expected]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_amount_that_differs_in_the_form_is_found(layout: str) -> None:
    """The form alone says another amount for both halves; its costs then do not come to it either."""
    changed = disclosure(layout).replace("600,000", "650,000")
    assert ("project-amount", "650000元", "60.00万元") in found(changed)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("period", "reported"), [("600,020", False), ("599,960", False), ("600,900", True)])
def test_a_total_that_was_rounded_elsewhere_is_no_other_total(layout: str, period: str, reported: bool) -> None:
    """600,000 has the precision of the 60.00万元 of the table, to which 600,020 rounds too; 600,900 does not."""
    rules = {rule for rule, _, _ in found(disclosure(layout, [("600,000", period)]))}
    assert ("period-and-annual" in rules) is reported


PAID = [
    ["产出指标", "数量指标", "补助人数", "2人"],
    ["产出指标", "时效指标", "发放时间", "按月"],
    ["产出指标", "成本指标", "补助标准", "632元/月"],
    ["产出指标", "成本指标", "取暖费标准", "3920元/年"],
    ["满意度指标", "服务对象满意度指标", "受补助人员满意度", "≥90%"],
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("amount", "expected"),
    # 632 x 12 x 2 + 3920 x 2, or 3920 for both; else the likeliest sum is shown
    [("23,008", []), ("19,088", []), ("25,008", [("cost-coverage", "25008元", "23008元")])],
)
def test_standards_times_heads_times_months(layout: str, amount: str, expected: list[tuple[str, str, str]]) -> None:
    printed = LAYOUTS[layout](form("遗属补助", amount, *PAID))
    assert found(f"云岭县总工会2025年部门预算公开\n\n项目支出绩效目标表\n\n（2025年度）\n\n{printed}\n") == expected


PLANTING = [
    ["产出指标", "数量指标", "人工造林面积", "≥6000亩"],
    ["产出指标", "质量指标", "造林合格率", "≥90%"],
    ["产出指标", "成本指标", "人工造林补助标准", "200元/亩"],
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("unit", ["元/亩", "万元/亩"])
def test_a_standard_in_another_unit_of_money(layout: str, unit: str) -> None:
    rows = [[cell.replace("200元/亩", f"200{unit}") for cell in row] for row in PLANTING]
    goal = "完成人工造林6000亩，每亩补助200元。"
    printed = LAYOUTS[layout](form("造林补助", "1,200,000", *rows, goal=goal))
    results = found(f"云岭县林业局2025年部门预算公开\n\n项目支出绩效目标表\n\n（2025年度）\n\n{printed}\n")
    assert results == ([] if unit == "元/亩" else [("indicator-goal", "200元", "200万元/亩")])


CLASSED = [
    ["项目名称", "项目类别", "预算数"],
    ["合计", "", "120.00"],
    ["送温暖经费", "特定目标类", "60.00"],
    ["职工培训经费", "特定目标类", "40.00"],
    ["职工阵地运行经费", "其他运转类", "20.00"],
]
CLASSES = "项目3个，其中特定目标类项目2个，金额100.00万元；其他运转类项目1个，金额20.00万元。"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("printed", ["其他运转类", "特定目标类"])
def test_a_class_that_the_table_prints_is_compared(layout: str, printed: str) -> None:
    rows = [[cell.replace("其他运转类", printed) for cell in row] for row in CLASSED]
    table = LAYOUTS[layout](rows)
    text = f"云岭县总工会2025年部门预算公开\n\n{CLASSES}\n\n2025年项目支出预算表\n\n单位：万元\n\n{table}\n"
    right = printed == "其他运转类"
    assert found(text) == ([] if right else [("project-classes", "1个", "职工阵地运行经费")])


# --- self-evaluation ---


EVALUATION = [
    ["项目名称", "职工培训经费", "", "", "", "", ""],
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "执行率", ""],
    ["", "年度资金总额", "40.00", "50.00", "45.00", "90.00%", ""],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    ["产出指标", "数量指标", "培训人数", "≥800人", "812人", "40", "39"],
    ["效益指标", "社会效益指标", "培训合格率", "≥95%", "96%", "40", "40"],
    ["满意度指标", "服务对象满意度指标", "学员满意度", "≥90%", "91%", "10", "10"],
    ["预算执行", "预算执行指标", "预算执行率", "100%", "90.0%", "10", "9.00"],
    ["总分", "", "", "", "", "100", "98.00"],
]


def evaluated(layout: str, rows: Rows, old: str = "", new: str = "") -> list[tuple[str, str, str]]:
    """What is found in a self-evaluation in which each cell that is `old` is `new`."""
    printed = LAYOUTS[layout]([[new if old and cell == old else cell for cell in row] for row in rows])
    return found(f"云岭县总工会2024年度部门决算公开\n\n项目支出绩效自评表\n\n（2024年度）\n\n{printed}\n")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("score", "missed"), [("40", True), ("30", False)])
def test_a_goal_that_says_what_was_reached(layout: str, score: str, missed: bool) -> None:
    """The target is a slip only where all points were given for less."""
    goal = ["年度总体目标", "编制监测报告4份。", "", "", "", "", ""]
    row = ["产出指标", "数量指标", "监测报告", "6份", "4份", "40", score]
    total = ["总分", "", "", "", "", "100", "99.00" if missed else "89.00"]
    rows = [*EVALUATION[:3], goal, EVALUATION[3], row, *EVALUATION[5:-1], total]
    assert evaluated(layout, rows) == ([("indicator-goal", "4份", "6份")] if missed else [])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("when", ["每季度", "全年"])
def test_what_is_done_each_quarter_is_more_in_a_year(layout: str, when: str) -> None:
    goal = ["年度总体目标", f"{when}编制监测报告1份。", "", "", "", "", ""]
    row = ["产出指标", "数量指标", "监测报告", "4份", "4份", "40", "40"]
    rows = [*EVALUATION[:3], goal, EVALUATION[3], row, *EVALUATION[5:-1], ["总分", "", "", "", "", "100", "99.00"]]
    assert evaluated(layout, rows) == ([] if when == "每季度" else [("indicator-goal", "1份", "4份")])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("全年培训职工812人。", []),
        ("全年培训职工281人，其中女职工218人。", []),
        ("全年培训职工800人，其中农民工821人。", [("indicator-goal", "821人", "812人")]),
    ],
)
def test_digits_changed_over_in_a_goal(layout: str, goal: str, expected: list[tuple[str, str, str]]) -> None:
    rows = [*EVALUATION[:3], ["年度总体目标", goal, "", "", "", "", ""], *EVALUATION[3:]]
    assert evaluated(layout, rows) == expected


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("target", "wrong"), [("20元", True), ("20万元", False), ("18元", False)])
def test_target_and_actual_value_in_one_unit_of_money(layout: str, target: str, wrong: bool) -> None:
    row = ["产出指标", "成本指标", "单处补助标准", target, "20万元", "40", "39"]
    rows = [*EVALUATION[:4], row, *EVALUATION[5:]]
    assert evaluated(layout, rows) == ([("target-unit", "20元", "20万元")] if wrong else [])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_cost_that_is_the_adjusted_budget_agrees(layout: str) -> None:
    row = ["产出指标", "成本指标", "项目总成本", "≤50万元", "45万元", "40", "39"]
    assert evaluated(layout, [*EVALUATION[:4], row, *EVALUATION[5:]]) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("old", "new", "rule", "cells_of"),
    [
        ("39", "41", "indicator-score", ["40", "41"]),  # a score above its points
        ("98.00", "97.00", "indicator-score", ["39", "40", "10", "9.00", "97.00"]),
        ("96%", "94%", "indicator-completion", ["≥95%", "94", "40"]),
    ],
)
def test_a_finding_stands_on_the_very_cells(layout: str, old: str, new: str, rule: str, cells_of: list[str]) -> None:
    """The points, the score and the actual value of an indicator are readings of their own."""
    rows = [[new if cell == old else cell for cell in row] for row in EVALUATION]
    text = f"云岭县总工会2024年度部门决算公开\n\n项目支出绩效自评表\n\n（2024年度）\n\n{LAYOUTS[layout](rows)}\n"
    quads = write_graph(assemble(read(text.encode()), None), "0" * 64, ["planted.txt"], "https://example.org/")
    result = next(one for one in audit(open_graph(quads), RULES) if one.rule.name == rule)
    starts = dict(re.findall(rf'^<([^>]+)> <{DEF}starts> "(\d+)', quads, re.M))
    ends = dict(re.findall(rf'^<([^>]+)> <{DEF}ends> "(\d+)', quads, re.M))
    places = sorted((int(starts[cell]), int(ends[cell])) for cell in result.cells if "/table/" not in cell)
    assert [text[start:end] for start, end in places] == cells_of


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("score", "found_so"), [("9.00", False), ("8.00", True)])
def test_the_score_of_execution_beside_the_money_counts_though_its_points_are_not_printed(
    layout: str, score: str, found_so: bool
) -> None:
    money = [["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "执行率", "得分"]]
    money += [["", "年度资金总额", "40.00", "50.00", "45.00", "90.00%", score]]
    rows = [EVALUATION[0], *money, *EVALUATION[3:7], EVALUATION[-1]]
    assert evaluated(layout, rows) == ([("indicator-score", "98.00分", "97分")] if found_so else [])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("2025年2月底前发放慰问金。", []),
        ("2026年2月底前发放慰问金。", [("indicator-dates", "2025-02", "总体目标 2026-02")]),
        ("2026年11月底前总结。", []),
        ("2026年2月底前发放慰问金，2026年11月底前总结。", []),
    ],
)
def test_a_time_in_the_month_of_the_goal_is_of_its_year(
    layout: str, goal: str, expected: list[tuple[str, str, str]]
) -> None:
    printed = LAYOUTS[layout](form("送温暖经费", "600,000", *WARM, goal=goal))
    assert found(f"云岭县总工会2025年部门预算公开\n\n项目支出绩效目标表\n\n（2025年度）\n\n{printed}\n") == expected


@pytest.mark.parametrize("layout", ["pipe", "tab"])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("40.00", "50.00", []),
        ("50.00", "60.00", [("execution-rate", "90.00%", "")]),
        ("90.00%", "95.00%", [("execution-rate", "95.00%", "")]),
        ("90.00%", "112.50%", []),  # that of the first budget
        ("39", "38", [("indicator-score", "98.00分", "97分")]),
    ],
)
def test_rates_of_execution(layout: str, old: str, new: str, expected: list[tuple[str, str, str]]) -> None:
    assert evaluated(layout, EVALUATION, old, new) == expected


@pytest.mark.parametrize("layout", ["pipe", "tab"])
@pytest.mark.parametrize(("part", "wrong"), [("90.00%", True), ("112.50%", False)])
def test_rates_of_one_form_are_of_one_budget(layout: str, part: str, wrong: bool) -> None:
    """A rate of the first budget is one where the rates beside it are of that, too."""
    rows = [[cell.replace("90.00%", "112.50%") for cell in row] for row in EVALUATION]
    rows.insert(3, ["", "其中：财政拨款", "40.00", "50.00", "45.00", part, ""])
    assert evaluated(layout, rows) == ([("execution-rate", "112.50%", "")] if wrong else [])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("points", "total"), [("45", "105"), ("39", "99")])
def test_points_that_do_not_add_up_are_found_where_the_scores_do(layout: str, points: str, total: str) -> None:
    rows = [[points if row[2] == "培训人数" and at == 5 else cell for at, cell in enumerate(row)] for row in EVALUATION]
    assert evaluated(layout, rows) == [("indicator-points", "100分", f"{total}分")]


@pytest.mark.parametrize("layout", ["pipe", "tab"])
@pytest.mark.parametrize(("points", "found_so"), [("40", False), ("50", False), ("45", True), ("35", True)])
def test_the_row_of_execution_that_prints_a_tenth_of_its_rate_has_ten_points(
    layout: str, points: str, found_so: bool
) -> None:
    """Fifty points would leave the rate of execution out of the hundred."""
    money = [["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "执行率", "得分"]]
    money += [["", "年度资金总额", "40.00", "50.00", "45.00", "90.00%", "9.00"]]
    row = ["产出指标", "数量指标", "培训人数", "≥800人", "812人", points, "30"]
    rows = [EVALUATION[0], *money, EVALUATION[3], row, *EVALUATION[5:7], ["总分", "", "", "", "", "100", "89.00"]]
    assert [rule for rule, *_ in evaluated(layout, rows)] == ["indicator-points"] * found_so


@pytest.mark.parametrize("layout", ["pipe", "tab"])
@pytest.mark.parametrize(
    ("carried", "expected"),
    [
        (("10.00", "5.00"), []),
        (("1.00", "5.00"), [("count-sum", "50.00万元", "41万元")]),
        (("1.00", "50.00"), []),  # no column shows that these are all
    ],
)
def test_the_sources_of_one_column_are_those_of_all(
    layout: str, carried: tuple[str, str], expected: list[tuple[str, str, str]]
) -> None:
    money = [["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "执行率", ""]]
    money += [["", "年度资金总额", "40.00", "50.00", "45.00", "90.00%", ""]]
    money += [["", "其中：当年财政拨款", "40.00", "40.00", "40.00", "—", ""]]
    money += [["", "上年结转资金", "0.00", *carried, "—", ""]]
    rows = [EVALUATION[0], *money, *EVALUATION[3:]]
    assert [one for one in evaluated(layout, rows) if one[0] == "count-sum"] == expected


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("unit", ["（万元）", ""])
@pytest.mark.parametrize("budget", ["全年预算数", "年度预算数"])
@pytest.mark.parametrize(("rate", "wrong"), [("90.00%", False), ("99.00%", True)])
def test_rates_of_execution_in_a_list(layout: str, unit: str, budget: str, rate: str, wrong: bool) -> None:
    """A rate is the same in whatever unit."""
    rows = [
        ["序号", "项目名称", f"{budget}{unit}", f"全年执行数{unit}", "执行率", "自评得分"],
        ["1", "职工培训经费", "50.00", "45.00", rate, "98.00"],
        ["2", "送温暖经费", "20.00", "20.00", "100.00%", "96.00"],
    ]
    said = found(f"云岭县总工会2024年度部门决算公开\n\n绩效自评结果如下：\n\n{LAYOUTS[layout](rows)}\n")
    assert [rule for rule, *_ in said] == ["execution-rate"] * wrong


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("year", "wrong"), [("（2024年度）", False), ("", True)])
def test_a_form_of_evaluation_in_a_budget_is_of_the_year_that_it_says(layout: str, year: str, wrong: bool) -> None:
    time = ["产出指标", "时效指标", "培训完成时间", "2024年11月底前", "2024年11月", "10", "10"]
    rate = ["预算执行", "预算执行指标", "预算执行率", "50.00万元", "45.00万元", "10", "9.00"]
    rows = [*EVALUATION[:4], time, *EVALUATION[4:7], rate]
    text = f"云岭县总工会2025年部门预算公开\n\n项目支出绩效自评表\n\n{year}\n\n{LAYOUTS[layout](rows)}\n"
    assert [rule for rule, *_ in found(text)] == ["indicator-dates"] * wrong


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("fiscal", "carried", "wrong"),
    [("60.00", "15.00", False), ("70.00", "15.00", True), ("60.00", "", False), ("85.00", "", True)],
)
def test_money_of_the_year_and_what_was_carried_over_come_to_the_total(
    layout: str, fiscal: str, carried: str, wrong: bool
) -> None:
    """Where the second prints no amount, the others may be less than all."""
    rows = [
        ["项目名称", "测站维修", "", ""],
        ["项目资金（万元）", "年度资金总额", "80.00", ""],
        ["", "其中：当年财政拨款", fiscal, ""],
        ["", "上年结转资金", carried, ""],
        ["", "其他资金", "5.00", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "维修测站", "≥3个"],
    ]
    text = f"云屏市水文局2031年度部门预算\n\n项目支出绩效目标表\n\n{LAYOUTS[layout](rows)}\n"
    assert [rule for rule, *_ in found(text)] == ["form-parts"] * wrong


@pytest.mark.parametrize("none", ["", "—"])
@pytest.mark.parametrize(("total", "fiscal"), [("0", "90"), ("80", "80")])
def test_sources_below_another_heading_than_the_total_are_not_held_against_it(
    total: str, fiscal: str, none: str
) -> None:
    rows = [
        ["项目名称", "测站维修", "", "", ""],
        ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数"],
        ["", "年度资金总额", total, "90", "90"],
        ["", "其中：当年财政拨款", none, fiscal, "90"],
        ["", "上年结转资金", none, none, none],
        ["", "其他资金", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值"],
        ["产出指标", "数量指标", "维修测站", "≥3个", "3个"],
    ]
    text = f"云屏市水文局2031年度部门决算\n\n项目支出绩效自评表\n\n{LAYOUTS['pipe'](rows)}\n"
    assert "form-parts" not in [rule for rule, *_ in found(text)]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("target", "term", "wrong"),
    [
        ("2032.07-2033.01", "", True),
        ("2031.07-2032.01", "", False),
        ("2032年1月", "", True),
        ("2032年1月", "2031年4月-2032年2月", False),
        ("2032年6月", "2031年4月-2032年2月", True),
    ],
)
def test_a_term_that_begins_in_the_year_may_end_in_the_next(layout: str, target: str, term: str, wrong: bool) -> None:
    rows = [
        ["项目名称", "道路养护", "建设周期", term],
        ["年度总体目标", "完成道路养护并验收。", "", ""],
        ["一级指标", "二级指标", "三级指标", "年度指标值"],
        ["产出指标", "时效指标", "服务周期", target],
        ["", "数量指标", "养护里程", "≥3公里"],
    ]
    text = f"云屏市水文局2031年度部门预算\n\n项目支出绩效目标表\n\n{LAYOUTS[layout](rows)}\n"
    assert ("indicator-dates" in [rule for rule, *_ in found(text)]) == wrong


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_rate_of_execution_in_money_is_one_only_beside_money(layout: str) -> None:
    row = ["产出指标", "质量指标", "预算执行率", "≥50.00万元"]
    text = "云岭县总工会2025年部门预算公开\n\n项目支出绩效目标表\n\n（2025年度）\n\n"
    said = found(text + LAYOUTS[layout](form("送温暖经费", "600,000", row)) + "\n")
    assert [rule for rule, *_ in said] == ["indicator-unit"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("监测站点连续运行，台网运行率不低于98%。", []),
        ("监测站点连续运行，台网运行率不低于89%。", [("indicator-goal", "89%", "98%")]),
        ("台网运行率由95%提高到98%以上。", []),
        ("骨干台网运行率不低于89%。", []),
    ],
)
def test_a_ratio_of_the_goal_is_that_of_the_target_of_its_very_name(
    layout: str, goal: str, expected: list[tuple[str, str, str]]
) -> None:
    row = ["产出指标", "质量指标", "台网运行率", "≥98%"]
    text = "云岭县总工会2025年部门预算公开\n\n项目支出绩效目标表\n\n（2025年度）\n\n"
    assert found(f"{text}{LAYOUTS[layout](form('送温暖经费', '600,000', row, goal=goal))}\n") == expected


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("争取上级资金1.25亿元以上。", []),
        ("争取上级资金1.52亿元以上。", [("indicator-goal", "1.52亿元", "1.25亿元")]),
        ("争取上级资金12500万元以上。", []),  # in another unit nothing is compared
        ("争取中央资金1.52亿元以上。", []),
    ],
)
def test_an_amount_of_the_goal_is_that_of_the_target_of_its_name(
    layout: str, goal: str, expected: list[tuple[str, str, str]]
) -> None:
    row = ["效益指标", "经济效益指标", "争取上级资金", "≥1.25亿元"]
    text = "云岭县总工会2025年部门预算公开\n\n项目支出绩效目标表\n\n（2025年度）\n\n"
    assert found(f"{text}{LAYOUTS[layout](form('送温暖经费', '600,000', row, goal=goal))}\n") == expected


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("line", "differs"),
    [
        ("公开“职工培训经费”项目的自评结果。该项目全年预算50.00万元，自评得分98.00分。", False),
        ("公开“职工培训经费”项目的自评结果。该项目全年预算50.00万元，自评得分89.00分。", True),
        ("“职工培训经费”项目自评得分98.00分，“送温暖经费”自评得分96.00分。该项目自评得分89.00分。", False),
        ("“职工培训经费”项目完成较好。送温暖经费项目自评得分89.00分。", False),
        ("对职工培训经费等2个项目自评。公开送温暖经费的结果。该项目自评得分89.00分。", False),
    ],
)
def test_the_score_of_a_project_that_is_named_before_is_that_of_its_form(layout: str, line: str, differs: bool) -> None:
    text = f"{line}\n\n项目支出绩效自评表\n\n（2024年度）\n\n{LAYOUTS[layout](EVALUATION)}\n"
    said = found(f"云岭县总工会2024年度部门决算公开\n\n{text}")
    assert said == ([("indicator-score", "89.00分", "98分")] if differs else [])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_points_that_lack_those_of_execution_are_not(layout: str) -> None:
    rows = [row for row in EVALUATION if row[0] != "预算执行"]
    assert evaluated(layout, rows, "98.00", "89.00") == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("points", "total", "expected"),
    [
        (("40", "40", "20"), "100", []),
        (("40", "45", "20"), "100", [("indicator-points", "100分", "105分")]),
        (("40", "45", "20"), "105", []),
        (("40", "30", "20"), "100", []),  # the rate of execution has the rest
        (("40", "", "20"), "100", []),
    ],
)
def test_weights_of_targets_add_up_to_their_printed_total(
    layout: str, points: tuple[str, ...], total: str, expected: list[tuple[str, str, str]]
) -> None:
    rows = [
        ["项目名称", "职工培训经费", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值", "权重"],
        ["产出指标", "数量指标", "培训人数", "≥800人", points[0]],
        ["效益指标", "社会效益指标", "培训合格率", "≥95%", points[1]],
        ["满意度指标", "服务对象满意度指标", "学员满意度", "≥90%", points[2]],
        ["合计", "", "", "", total],
    ]
    text = f"云岭县总工会2025年部门预算公开\n\n项目支出绩效目标表\n\n（2025年度）\n\n{LAYOUTS[layout](rows)}\n"
    assert found(text) == expected


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("heading", "points", "expected"),
    [
        ("分值权重（90）", ("40", "30", "20"), []),
        ("分值权重（90）", ("40", "40", "20"), [("indicator-points", "90分", "100分")]),
        ("权重", ("40", "40", "20"), []),
        ("权重", ("40", "40", "30"), [("indicator-points", "100分", "110分")]),
        ("权重", ("40", "30", "10"), []),  # some may be left out
        ("权重", ("100", "60", "40"), []),  # of groups of their own
    ],
)
def test_weights_without_a_row_of_their_total_come_to_that_of_the_heading_or_to_a_hundred_at_most(
    layout: str, heading: str, points: tuple[str, ...], expected: list[tuple[str, str, str]]
) -> None:
    rows = [
        ["项目名称", "职工培训经费", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值", heading],
        ["产出指标", "数量指标", "培训人数", "≥800人", points[0]],
        ["效益指标", "社会效益指标", "培训合格率", "≥95%", points[1]],
        ["满意度指标", "服务对象满意度指标", "学员满意度", "≥90%", points[2]],
    ]
    text = f"云岭县总工会2025年部门预算公开\n\n项目支出绩效目标表\n\n（2025年度）\n\n{LAYOUTS[layout](rows)}\n"
    assert found(text) == expected


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (("50", "50", "50", "50", "60", "40"), []),
        (("50", "50", "50", "60", "60", "40"), [("indicator-points", "100分", "110分")]),
        (("50", "50", "50", "45", "60", "40"), [("indicator-points", "100分", "95分")]),  # beside two that have all
        (("50", "45", "50", "45", "60", "40"), []),
        (("50", "50", "50", "45"), [("indicator-points", "100分", "95分")]),  # beside the only other one
        (("50", "50", "50", "40"), []),  # the rate of execution has the rest
        (("50", "45"), []),
    ],
)
def test_weights_in_a_table_of_projects_are_those_of_each_project(
    layout: str, points: tuple[str, ...], expected: list[tuple[str, str, str]]
) -> None:
    rows = [["项目名称", "一级指标", "二级指标", "三级指标", "指标值", "权重"]]
    for at, name in enumerate(("苗圃改造", "防火道路维护", "林区广播站建设")[: len(points) // 2]):
        rows.append([name, "产出指标", "数量指标", f"完成{name}处数", "≥8处", points[2 * at]])
        rows.append([name, "效益指标", "社会效益指标", f"{name}受益户数", "≥80户", points[2 * at + 1]])
    text = f"云岭县林场2025年部门预算公开\n\n项目支出绩效目标表\n\n{LAYOUTS[layout](rows)}\n"
    assert found(text) == expected


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("total", "differs"), [("95.80", False), ("96.80", True)])
def test_the_scores_of_a_row_under_headings_with_their_points_come_to_its_total(
    layout: str, total: str, differs: bool
) -> None:
    rows = [
        ["项目名称", "预算数（万元）", "执行数（万元）", "预算执行（10分）", "产出（50分）", "效益（40分）", "总分"],
        ["苗圃改造", "52.00", "50.96", "9.80", "48.00", "38.00", total],
        ["防火道路维护", "40.00", "40.00", "10.00", "50.00", "38.00", "98.00"],
    ]
    text = f"云岭县林场2024年度部门决算公开\n\n项目支出绩效自评汇总表\n\n{LAYOUTS[layout](rows)}\n"
    assert ("indicator-score" in [rule for rule, *_ in found(text)]) == differs


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("listed", "differs"), [("98.00", False), ("98", False), ("89.00", True)])
def test_the_score_in_a_list_is_the_total_of_the_form(layout: str, listed: str, differs: bool) -> None:
    rows = [
        ["序号", "项目名称", "科目编码", "全年预算数（万元）", "自评得分"],
        ["1", "职工培训经费", "2012999", "50.00", listed],
        ["2", "送温暖经费", "2012999", "20.00", "96.00"],
    ]
    text = f"（二）项目绩效自评结果\n\n{LAYOUTS[layout](rows)}\n\n项目支出绩效自评表\n\n（2024年度）\n\n"
    said = found(f"云岭县总工会2024年度部门决算公开\n\n{text}{LAYOUTS[layout](EVALUATION)}\n")
    assert said == ([("indicator-score", "89.00分", "98分")] if differs else [])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_unit_of_a_form_stands_beside_its_label(layout: str) -> None:
    unit = ["资金单位", "万元", "", "", "", "", ""]
    rows = [EVALUATION[0], unit, ["", "", "年初预算数", "全年预算数", "全年执行数", "执行率", ""], *EVALUATION[2:]]
    assert evaluated(layout, rows, "90.00%", "95.00%") == [("execution-rate", "95.00%", "")]
    for printed, own in ((rows, "万元"), ([rows[0], *rows[2:]], None)):
        text = f"云岭县总工会2024年度部门决算公开\n\n项目支出绩效自评表\n\n（2024年度）\n\n{LAYOUTS[layout](printed)}\n"
        money = [one for one in assemble(read(text.encode()), None).quantities if one.column_path == "全年执行数"]
        assert [one.unit for one in money] == [own]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("amount", "right"), [("600,000", True), ("606,000", False)])
def test_the_amount_of_a_project_is_of_the_last_year_and_of_its_own_level(
    layout: str, amount: str, right: bool
) -> None:
    listed = [["项目名称", "预算单位", "2025年预算", "2024年预算"], ["送温暖经费", "云岭县总工会", "60.00", "58.00"]]
    listed += [["职工培训经费", "云岭县职工学校", "40.00", "40.00"], ["合计", "", "100.00", "98.00"]]
    form = [
        ["项目名称", "送温暖经费", "实施单位", "云岭县总工会本级"],
        ["项目总预算（元）", "600,000", "项目当年预算（元）", amount],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "慰问人数", "≥1000人"],
    ]
    parts = [LAYOUTS[layout](listed), "项目支出绩效目标表", "（2025年度）", LAYOUTS[layout](form)]
    text = "\n\n".join(["云岭县总工会2025年部门预算公开", "2025年项目支出预算表", "单位：万元", *parts]) + "\n"
    projects = assemble(read(text.encode()), None).projects
    assert [(one.name, one.amount) for one in projects] == [
        ("送温暖经费", Decimal(600_000)),
        ("职工培训经费", Decimal(400_000)),
    ]
    rules = {rule for rule, _, _ in found(text)} - {"form-missing"}
    assert rules == (set() if right else {"project-amount", "period-and-annual"})


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_amount_beside_its_heading_is_read(layout: str) -> None:
    row = ["全年预算数（万元）", "50.00", "全年执行数（万元）", "45.00", "执行率", "95.00%"]
    rows = [
        ["项目名称", "职工培训经费", "", "", "", ""],
        row,
        ["二级指标", "三级指标", "指标值", "实际值", "分值", "得分"],
    ]
    rows += [["数量指标", "培训人数", "≥800人", "812人", "100", "100"], ["总分", "", "", "", "100", "100"]]
    assert evaluated(layout, rows) == [("execution-rate", "95.00%", "")]


# --- senses ---


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("职工满意度", "share"),
        ("补助发放准确率（%）", "share"),
        ("毛入学率", "ratio"),
        ("收入增长率", "ratio"),
        ("计划完成率", "ratio"),
        ("孕产妇死亡率", None),
        ("资金周转率", None),
        ("工作效率", None),
        ("慰问人数", "persons"),
        ("救助户数", "households"),
        ("救助标准", "money"),
        ("建设进度", None),
        ("审结案件数", "things"),
        ("示范林面积", "things"),
        ("价格指数", None),
        ("平均住院天数", None),
    ],
)
def test_a_label_says_what_it_counts(label: str, kind: str | None) -> None:
    assert label_kind(label) == kind


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("%", "ratio"),
        ("％", "ratio"),
        ("万元", "money"),
        ("元/人/月", "money"),
        ("人/月", "persons"),
        ("户", "households"),
    ],
)
def test_a_unit_says_what_it_counts(unit: str, kind: str) -> None:
    assert unit_kind(unit) == kind


# --- names ---


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("离休干部遗属补助", "离休干部遗孀补助", True),
        ("职工文化活动中心", "职工文活化动中心", True),
        ("劳模体检经费", "劳模检体经费", True),
        ("工会经费专项", "工会经费专", True),
        ("道路维修一期工程", "道路维修二期工程", False),
        ("2024年培训经费", "2025年培训经费", False),
        ("市级劳模慰问资金", "省级劳模慰问资金", False),
        ("东城区环卫保洁", "西城区环卫保洁", False),
        ("陇源市气象局", "陇源市气象台", False),
        ("因公出国和外宾接待", "因公出国及外宾接待", False),
        ("路灯维修与养护", "路灯维修养护", False),
        ("送温暖", "送清凉", False),
    ],
)
def test_names_are_near_only_without_evidence_of_two(one: str, other: str, near: bool) -> None:
    assert are_near(one, other) is are_near(other, one) is near


def test_the_same_name_printed_twice_is_no_pair() -> None:
    assert list(near_pairs(["送温暖经费", "送 温暖经费", "送温暖资费"])) == [(0, 2), (1, 2)]


# --- other wording ---


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("在职职工各项社保集体缴纳部分", "在职职工"),
        ("机关人员住房公积金", "住房公积金"),
        ("编外人员社会保险缴费", None),
        ("遗属补助", None),
        ("城乡居民基本养老保险缴费补贴", None),
        ("村干部养老保险缴费", None),
        ("住房公积金信息系统建设", None),
    ],
)
def test_personnel_words_of_projects(name: str, words: str | None) -> None:
    assert personnel_words(name) == words


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2024年7月-12月", Months("2024-07", "2024-12")),
        ("2024年11月底前", Months(None, "2024-11")),
        ("2025-2027", Months("2025-01", "2027-12")),
        ("2024年1月1日至2024年12月31日", Months("2024-01", "2024-12")),
        ("2024.01-2024.12", Months("2024-01", "2024-12")),
        ("2023年内足额缴纳", Months(None, "2023-12")),
        ("12月底前", None),
        ("99年", None),
        ("较2023年、2022年提高", None),
    ],
)
def test_months_of_a_term(text: str, months: Months | None) -> None:
    assert read_months(text) == months


def test_names_of_rates_compare_by_their_matter() -> None:
    assert core("劳模体检覆盖面达到") == core("全县劳模体检覆盖率") == "劳模体检覆盖率"
    assert core("困难劳模满意率") != core("劳模满意度")


# --- self-evaluation ---

SCORES = [
    ["项目名称", "送温暖经费", "", "", "", ""],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    ["产出指标", "数量指标", "慰问人数", "≥100人", "96人", "50", "48"],
    ["产出指标", "质量指标", "发放准确率", "100%", "100%", "30", "30"],
    ["满意度指标", "服务对象满意度指标", "职工满意度", "≥90%", "92%", "20", "20"],
    ["总分", "", "", "", "", "100", "98"],
]


def evaluation(layout: str, *changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    rows = [[*row, *[""] * (7 - len(row))] for row in SCORES]
    text = f"云岭县总工会2024年部门决算公开\n\n项目支出绩效自评表\n\n（2024年度）\n\n{LAYOUTS[layout](rows)}\n"
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return found(text)


@pytest.mark.parametrize("layout", ["pipe", "tab"])
def test_scores(layout: str) -> None:
    assert evaluation(layout) == []
    assert evaluation(layout, ("98", "99")) == [("indicator-score", "99分", "98分")]
    assert evaluation(layout, ("96人", "93人"), ("48", "50"), ("98", "100")) == [
        ("indicator-completion", "93人", "100人")
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("自评结果为“优”（90分及以上）的6个、“良”（80分至90分）的1个。", [("project-count", "8个", "7")]),
        ("自评结果为“优”（90分及以上）的7个、“良”（80分至90分）的1个。", []),
        ("其中90分以上（含90分）的项目8个、80分至90分的项目1个。", [("project-count", "8个", "9")]),
        ("其中90分以上（含90分）的项目7个、80分至90分的项目1个。", []),
        ("其中95分以上的项目5个、90分至95分的项目2个。", []),  # others may have fewer
        ("其中80分以上的项目8个、90分以上的项目6个。", []),  # the first are among the second
    ],
)
def test_projects_are_graded_by_words_or_by_ranges_of_scores(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(f"云岭县总工会2024年部门决算公开\n\n一、绩效情况\n\n对8个项目支出开展绩效自评，{line}\n") == expected


@pytest.mark.parametrize(
    ("best", "expected"),
    [("13", []), ("10", [("project-count", "2个", "13")]), ("9", [("project-count", "2个", "12")])],
)
def test_grades_are_of_all_projects_that_their_line_counts(best: str, expected: list[tuple[str, str, str]]) -> None:
    text = (
        "云岭县总工会2024年部门决算公开\n\n一、绩效情况\n\n组织开展自评，项目14个；对2个基金项目开展自评。"
        f"自评结果为“优秀”{best}个、“良好”2个、“合格”1个。\n"
    )
    assert found(text) == expected


@pytest.mark.parametrize(("good", "expected"), [("5", []), ("4", [("project-count", "3个", "8")])])
def test_grades_are_of_all_that_is_counted_side_by_side(good: str, expected: list[tuple[str, str, str]]) -> None:
    text = (
        "云岭县总工会2024年部门决算公开\n\n一、绩效情况\n\n对18个项目开展评估；选取6个项目和3个部门整体支出开展评价，"
        f"等次为“优”的2个、“良”的{good}个、“中”的2个。\n"
    )
    assert found(text) == expected
