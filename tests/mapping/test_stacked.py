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
        FORM.replace("分值\n得分\n", "").replace("15\n15\n", "").replace("10\n9.6\n", ""),  # labels like targets
        FORM.replace("36万亩\n15\n15\n", "36万亩\n15\n"),
        "\n\n".join(FORM.split()).replace("15\n\n15", "15\n15"),  # two lines of one cell, or a row that lacks one
        FORM.replace("得分\n产", "得分\n偏差原因\n产").replace("1万亩\n10\n9.6\n", "1万亩\n10\n"),
        FORM.replace("指标值\n", "指标值\n佐证\n材料\n"),  # columns that nobody knows
        FORM.replace("带动就业人数\n", "带动就业人数\n带动增收人数\n"),
        "项目名称\n湿地管护补助\n",
    ],
)
def test_a_form_whose_rows_cannot_be_told_is_none(text: str) -> None:
    assert read_stacked([(0, line) for line in text.split("\n")]) == ((), 0)


def rows_of(text: str) -> list[list[str]]:
    (table,) = read(f"项目支出绩效自评表\n\n{text}\n".encode()).tables
    return [[cell.plain for cell in row] for row in table.rows]


def test_remarks_stand_in_the_rows_that_print_them() -> None:
    form = FORM.replace("得分\n产", "得分\n偏差原因及改进措施\n产").replace("10\n9.6\n", "10\n9.6\n苗木供应不足\n")
    rows = rows_of(form)
    assert rows[-3][2:] == ["培育面积", "≥2万亩", "1万亩", "10", "9.6", "苗木供应不足"]
    assert [row[7] for row in rows if row[0] in ("产出指标", "效益指标")] == ["", ""]


def test_a_level_below_which_nothing_is_printed_heads_no_row() -> None:
    form = FORM.replace("社会效益指标\n", "经济效益指标\n社会效益指标\n")
    rows = rows_of(form)
    assert rows[-1][:4] == ["", "社会效益指标", "带动就业人数", "≥50人"]


def test_a_label_without_value_takes_none_from_what_follows() -> None:
    rows = rows_of(FORM.replace("青河县湿地站\n", ""))
    assert ["实施单位", "", "", "", "", "", ""] in rows


GRID = """项目资金（万元）
年初预算数
全年执行数
分值
执行率
得分
年度资金总额
80
74
10
92.5%
9.25
其中：当年财政拨款
80
74
上年结转资金
"""


def test_numbers_stand_below_headings_where_a_row_has_them_all() -> None:
    rows = rows_of(FORM.replace("一级指标\n", GRID + "一级指标\n"))
    assert ["", "年度资金总额", "80", "74", "10", "92.5%", "9.25"] in rows
    assert ["", "其中：当年财政拨款", "", "", "", "", ""] in rows  # two of five: nobody knows which


def test_amounts_behind_several_labels_are_none_of_the_last() -> None:
    labels = "年度资金总额\n其中：财政拨款\n其他资金\n"
    beside = rows_of(FORM.replace("一级指标\n", labels + "80\n75\n5\n一级指标\n"))
    assert [row[:3] for row in beside[2:4]] == [["年度资金总额", "其中：财政拨款", "其他资金"], ["80", "75", "5"]]
    lacking = rows_of(FORM.replace("一级指标\n", labels + "80\n75\n一级指标\n"))
    assert ["其他资金", "80"] not in [row[:2] for row in lacking]


BLANK = "\u00a0"


def test_a_line_of_blanks_is_a_blank_cell_and_headings_go_over_paragraphs() -> None:
    cells = FORM.replace("得分\n产", "得分\n偏差原因\n产").replace("指标值\n", "年度\n指标值\n").splitlines()
    at = cells.index("产出指标")
    body = "\n".join(cells[at:]).replace("\n1万亩\n10\n9.6\n", f"\n{BLANK}\n10\n{BLANK}\n{BLANK}\n")
    for numbers in ("\n15\n15\n", "\n5\n5\n", "52人\n10\n10"):
        body = body.replace(numbers, f"{numbers.rstrip()}\n{BLANK}\n", 1)
    body = body.replace("社会效益指标", "社会效益\n指标").strip("\n")
    rows = rows_of("\n\n".join([*cells[:at], *body.split("\n")]))
    assert rows[2][3] == "年度指标值"
    assert rows[4] == ["", "", "培育面积", "≥2万亩", "", "10", "", ""]
    assert rows[-1] == ["效益指标", "社会效益指标", "带动就业人数", "≥50人", "52人", "10", "10", ""]
