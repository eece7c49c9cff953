"""Forms that print one cell a line and nothing between: rows by their levels, points and scores."""

import pytest

from mapping.read import read
from mapping.stacked import read_stacked

FORM = """项目名称
湿地管护补助
实施单位
青河县湿地站
一级指标
二级指标
三级指标
指标值
完成值
分值
得分
产出指标
数量指标
管护面积
≥36万亩
36万亩
15
15
培育面积
≥2万亩
1万亩
10
9.6
时效指标
完成时间
12月底
12月26日
5
5
效益指标
社会效益指标
带动就业人数
≥50人
52人
10
10
"""


def test_a_level_stands_for_the_rows_below_it() -> None:
    (table,) = read(f"项目支出绩效自评表\n\n{FORM}\n自评得分为99.6分，等级为优。\n".encode()).tables
    rows = [[cell.plain for cell in row] for row in table.rows]
    assert rows[0][:2] == ["项目名称", "湿地管护补助"]
    assert rows[3:] == [
        ["产出指标", "数量指标", "管护面积", "≥36万亩", "36万亩", "15", "15"],
        ["", "", "培育面积", "≥2万亩", "1万亩", "10", "9.6"],
        ["", "时效指标", "完成时间", "12月底", "12月26日", "5", "5"],
        ["效益指标", "社会效益指标", "带动就业人数", "≥50人", "52人", "10", "10"],
    ]


GOAL = """年度总体目标
预期目标
实际完成情况
管护湿地36万亩。
管护湿地36万亩，培育1万亩。
"""


def test_empty_lines_may_stand_between_cells_and_a_goal_and_the_points_in_all_be_told() -> None:
    form = FORM.replace("一级指标\n", GOAL + "一级指标\n") + "总分\n100\n99.6\n"
    spaced = "\n\n".join(form.split())
    (table,) = read(f"项目支出绩效自评表\n\n{spaced}\n\n自评等级为优，下一年加强管护。\n".encode()).tables
    rows = [[cell.plain for cell in row] for row in table.rows]
    assert [row[:3] for row in rows[2:4]] == [
        ["年度总体目标", "预期目标", "实际完成情况"],
        ["", "管护湿地36万亩。", "管护湿地36万亩，培育1万亩。"],
    ]
    assert [row for row in rows if row[0] in ("效益指标", "总分")] == [
        ["效益指标", "社会效益指标", "带动就业人数", "≥50人", "52人", "10", "10"],
        ["总分", "", "", "", "", "100", "99.6"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        FORM.replace("得分\n产", "得分\n偏差原因\n产"),  # a remark leaves no trace where it is blank
        FORM.replace("分值\n得分\n", ""),  # without points nothing tells where a row ends
        FORM.replace("36万亩\n15\n15\n", "36万亩\n15\n"),
        FORM.replace("青河县湿地站\n", ""),
        "\n\n".join(FORM.split()).replace("15\n\n15", "15\n15"),  # two lines of one cell, or a row that lacks one
        FORM.replace("一级指标\n", GOAL.replace("管护湿地36万亩。\n", "") + "一级指标\n"),
        "项目名称\n湿地管护补助\n",
    ],
)
def test_a_form_whose_rows_cannot_be_told_is_none(text: str) -> None:
    assert read_stacked([(0, line) for line in text.split("\n")]) == ((), 0)
