"""Two-sided tables without rules: what a line prints of each side is read as it stands, or not at all."""

from __future__ import annotations

import pytest

from mapping.facts import assemble
from mapping.read import read

HEAD = "榆河市教育局2025年部门预算\n2025年收支总表\n单位：万元\n"
HEADING = "收入 支出\n项目 预算数 项目 预算数\n"
ROWS = """一、财政拨款收入 90.00一、教育支出 70.00
1. 一般公共预算 80.00 二、卫生健康支出 12.00
2. 政府性基金预算 10.00 三、住房保障支出 13.00
二、事业收入 四、其他支出
三、其他收入 5.00
收 入 总 计 95.00 支 出 总 计 95.00
"""
READ = [
    ("一、财政拨款收入", "收入/预算数", "90.00"),
    ("一、教育支出", "支出/预算数", "70.00"),
    ("1.一般公共预算", "收入/预算数", "80.00"),
    ("二、卫生健康支出", "支出/预算数", "12.00"),
    ("2.政府性基金预算", "收入/预算数", "10.00"),
    ("三、住房保障支出", "支出/预算数", "13.00"),
    ("三、其他收入", "收入/预算数", "5.00"),
    ("收入总计", "收入/预算数", "95.00"),
    ("支出总计", "支出/预算数", "95.00"),
]


def test_a_line_is_one_row() -> None:
    tables = read((HEAD + HEADING + ROWS).encode()).tables
    assert [len(one.rows) for one in tables] == [8]
    assert [cell.plain for cell in tables[0].rows[5]] == ["二、事业收入", "", "四、其他支出", ""]


def figures(text: str) -> list[tuple[str, str, str]]:
    """Label, column and number of the figures of a text, in order."""
    found = assemble(read((HEAD + text).encode()), None).figures
    return [(one.row_label, one.column_path, one.printed.printed) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        HEADING + ROWS,
        HEADING + ROWS.replace("90.00一", "90.00 一"),
        HEADING.replace("\n", " ").rstrip() + "\n" + ROWS,
        HEADING + ROWS + "三、其他说明\n2025年预算安排如下。\n",
    ],
)
def test_items_of_a_line_are_of_the_two_sides(text: str) -> None:
    assert figures(text) == READ


def test_an_item_alone_is_of_the_side_that_its_name_or_its_place_in_the_list_tells() -> None:
    rows = """一、财政拨款收入 90.00
一、教育支出 70.00
二、榆河专项 20.00
三、卫生健康支出 5.00
收入总计 90.00 支出总计 95.00
"""
    assert figures(HEADING + rows) == [
        ("一、财政拨款收入", "收入/预算数", "90.00"),
        ("一、教育支出", "支出/预算数", "70.00"),
        ("三、卫生健康支出", "支出/预算数", "5.00"),
        ("收入总计", "收入/预算数", "90.00"),
        ("支出总计", "支出/预算数", "95.00"),
    ]
    known = rows.replace("二、榆河专项", "二、事业收入 1.00\n二、科学技术支出 4.00\n三、榆河专项").replace(
        "三、卫生", "四、卫生"
    )
    assert len(figures(HEADING + known)) == 7
    spent = known.replace("二、科学技术支出 4.00\n三、榆河专项", "二、榆河专项")
    assert ("二、榆河专项", "支出/预算数", "20.00") in figures(HEADING + spent)


def test_numbers_of_lines_are_no_amounts() -> None:
    heading = "收入 支出\n项目 行次 决算数 项目 行次 决算数\n栏次 1 栏次 2\n"
    rows = """一、财政拨款收入 1 90.00 一、教育支出 5 70.00
二、事业收入 2 5.00 二、卫生健康支出 6 25.00
3 三、住房保障支出 7
四、其他收入 4 8
本年收入合计 5 95.00 本年支出合计 9 95.00
"""
    assert [(label, printed) for label, column, printed in figures(heading + rows) if column.endswith("决算数")] == [
        ("一、财政拨款收入", "90.00"),
        ("一、教育支出", "70.00"),
        ("二、事业收入", "5.00"),
        ("二、卫生健康支出", "25.00"),
        ("本年收入合计", "95.00"),
        ("本年支出合计", "95.00"),
    ]
    assert figures(heading + rows.replace("25.00", "25")) == []
    assert figures(heading + rows.replace("教育支出 5", "教育支出 8")) == []
    uncounted = "一、财政拨款收入 1 90.00 一、教育支出 7\n二、事业收入 2 5.00 二、卫生健康支出 8\n"
    uncounted += "收入总计 3 95.00 支出总计 95\n"
    assert figures(heading.replace("项目 行次 决算数\n", "项目 决算数\n") + uncounted) == []


def test_of_several_columns_that_do_not_tell_where_numbers_stand_only_the_total_is_read() -> None:
    heading = "收入 支出\n项目 预算数 项目 合计 一般公共预算 政府性基金预算\n"
    rows = """一、一般公共预算 90.00 一、教育支出 70.00 70.00
二、政府性基金预算 5.00 二、城乡社区支出 25.00 20.00 5.00
收入总计 95.00 支出总计 95.00 90.00 5.00
"""
    right = [(label, printed) for label, column, printed in figures(heading + rows) if column == "支出/合计"]
    assert right == [("一、教育支出", "70.00"), ("二、城乡社区支出", "25.00"), ("支出总计", "95.00")]
    assert figures(heading + rows.replace("70.00 70.00", "70.00 60.00")) == []


@pytest.mark.parametrize(
    "text",
    [
        HEADING.replace("项目 预算数\n", "项目 预算数 项目 预算数\n") + ROWS,  # three sides
        HEADING + ROWS.replace("1. 一般公共预算", "一、"),  # a number without a name
        HEADING + ROWS.replace("70.00", "70.00 60.00"),  # more numbers than columns
        HEADING + ROWS.replace("三、其他收入 5.00", "三、其他收入 5.00 五、债务支出 1.00 六、其他 2.00"),
        HEADING + ROWS.replace("一、财政拨款收入 90.00一、教育支出 70.00", "一、教育支出 70.00 一、财政拨款收入 90.00"),
        HEADING + ROWS.replace("收 入 总 计 95.00 支 出 总 计 95.00\n", ""),  # no total ends it
        HEADING + ROWS.replace("支 出 总 计 95.00", "支 出 总 计 95.00 另附说明"),
        HEADING + "一、财政拨款收入 90.00\n二、事业收入 1.00\n三、其他收入 4.00\n收入总计 95.00\n",  # one side alone
    ],
)
def test_nothing_is_read_where_sides_cannot_be_told(text: str) -> None:
    assert figures(text) == []


def test_a_number_alone_tells_no_side_where_it_may_go_on_with_one_that_is_untold() -> None:
    rows = """一、残疾人专项留存 6.00
一、教育支出 70.00
二、专项留存返还 19.00
二、住房保障支出 30.00
收入总计 100.00 支出总计 100.00
"""
    assert [(label, column) for label, column, _ in figures(HEADING + rows)] == [
        ("一、教育支出", "支出/预算数"),
        ("二、住房保障支出", "支出/预算数"),
        ("收入总计", "收入/预算数"),
        ("支出总计", "支出/预算数"),
    ]


@pytest.mark.parametrize(("left_out", "summed"), [("", True), ("附带留存 5.00\n", False), ("附带留存\n", True)])
def test_sides_of_which_a_row_is_left_out_have_no_sums(left_out: str, summed: bool) -> None:
    rows = ROWS.replace("收 入", f"{left_out}收 入", 1)
    found = assemble(read((HEAD + HEADING + rows).encode()), None).figures
    assert len(found) == len(READ)
    assert any(one.sum_of_rows for one in found) == summed


def test_amounts_that_were_taken_for_pages_leave_a_table_unread() -> None:
    listed = [("一、财政拨款收入", "900"), ("一、教育支出", "870"), ("二、事业收入", "60"), ("二、住房保障支出", "90")]
    text = "".join(f"{name}\n{printed}\n" for name, printed in listed)
    assert figures(f"{HEADING}{text}收入总计\n960\n支出总计\n960\n") == []
