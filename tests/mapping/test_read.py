"""Text to tables: the three text forms, page breaks, captions, and what is no table."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.document import Document, Table
from mapping.header import column_paths
from mapping.read import read

Grid = Sequence[Sequence[str]]
BUDGET: Grid = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["", "合计", "783.57", "682.75", "100.82"],
    ["201", "一般公共服务支出", "227.94", "127.12", "100.82"],
    ["20129", "群众团体事务", "227.94", "127.12", "100.82"],
    ["208", "社会保障和就业支出", "555.63", "555.63", ""],
]


def as_pipe(grid: Grid) -> str:
    rule = "|" + "---|" * len(grid[0])
    rows = ["| " + " | ".join(row) + " |" for row in grid]
    return "\n".join([rows[0], rule, *rows[1:]]) + "\n"


def as_tabs(grid: Grid) -> str:
    return "\n".join("\t".join(row) for row in grid) + "\n"


def as_cells(grid: Grid) -> str:
    return "\n\n".join("\n".join("\t" + (cell or "  ") for cell in row) for row in grid) + "\n"


FORMS = {"pipe": as_pipe, "tab": as_tabs, "cell": as_cells}
TITLE = "部门预算支出总表\n\n单位：万元\n\n"


def document(text: str) -> Document:
    return read(text.encode())


def printed(table: Table) -> list[list[str]]:
    return [[cell.plain for cell in row] for row in table.rows]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_grid(form: str) -> None:
    (table,) = document(TITLE + FORMS[form](BUDGET)).tables
    assert table.form == form
    assert printed(table) == [list(row) for row in BUDGET]
    assert table.header_rows == 1


@given(
    st.lists(
        st.lists(st.sampled_from(["", "5.10", "1,200.00", "0"]), min_size=3, max_size=3),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(sorted(FORMS)),
)
def test_every_cell_stands_at_its_span(amounts: list[list[str]], form: str) -> None:
    grid = [BUDGET[0], *(["201", f"科目{at}", *row] for at, row in enumerate(amounts))]
    read_again = document("收入\n\n" + FORMS[form](grid))
    (table,) = read_again.tables
    for row, expected in zip(table.rows, grid, strict=True):
        for cell, words in zip(row, expected, strict=True):
            start, end = cell.spans[0].start, cell.spans[0].end
            assert read_again.text.content[start:end] == words == cell.text


BREAKS = {
    "a blank line": "\n",
    "a page number": "\n- 3 -\n\n",
    "captions again": "\n711 张家口市总工会\n\n预算年度：2024\n\n单位：万元\n\n",
    "a watermark": "\n仅供内部审核\n\n仅供内部审核\n\n",
}


# Where a word processor prints a cell a line, an empty line ends a row and two end the table: no blank-line break.
BROKEN = [(form, between) for form in FORMS for between in BREAKS if (form, between) != ("cell", "a blank line")]


@pytest.mark.parametrize(("form", "between"), BROKEN)
@pytest.mark.parametrize("again", [True, False], ids=["heading repeated", "heading once"])
def test_a_table_over_two_pages_is_one(form: str, between: str, again: bool) -> None:
    write, gap = FORMS[form], BREAKS[between] + ("\n" if form == "cell" else "")
    second = [BUDGET[0], *BUDGET[3:]] if again else BUDGET[3:]
    if form == "pipe" and not again:
        second = [[""] * 5, *second]
    text = TITLE + write(BUDGET[:3]) + gap + write(second)
    (table,) = document(text).tables
    assert printed(table) == [list(row) for row in BUDGET]


def test_a_form_goes_on_below_a_page_that_begins_with_the_second_level() -> None:
    form = as_cells(
        [
            ["项目名称", "巡护"],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "里程", "9公里"],
        ]
    )
    rest = as_cells([["质量指标", "完好率", "95%"], ["成本指标", "单价", "3元"]])
    (table,) = document(f"戊县林业局\n\n项目绩效目标表\n{form}\n— 4 —\n\n{rest}").tables
    assert [row[0].plain for row in table.rows] == ["项目名称", "一级指标", "产出指标", "质量指标", "成本指标"]


def test_the_head_of_a_page_is_no_line_of_the_text() -> None:
    page = "2025年戊县林业局单位预算公开情况说明\n\n工资按戊财发〔2024〕\n—3—\n戊县林业局　　　　{}\n8号调整。\n"
    assert not any("　　" in one.text for one in document(page.format("2025年预算公开")).paragraphs)
    assert any("　　" in one.text for one in document(page.format("金额：万元")).paragraphs)


def test_a_new_title_begins_a_new_table() -> None:
    text = TITLE + as_pipe(BUDGET) + "\n部门预算收入总表\n\n单位：万元\n\n" + as_pipe(BUDGET)
    first, second = document(text).tables
    assert [table.captions[0].text for table in (first, second)] == ["部门预算支出总表", "部门预算收入总表"]


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_several_projects_in_one_grid_are_apart(form: str) -> None:
    grid = [
        [*pair]
        for name in "甲乙"
        for pair in (("项目名称", f"{name}路维修"), ("预算金额", "5.00"), ("三级指标", "指标值"))
    ]
    first, second = document(f"项目绩效目标表\n单位：万元\n\n{FORMS[form](grid)}").tables
    assert [table.rows[0][1].plain for table in (first, second)] == ["甲路维修", "乙路维修"]
    assert [caption.text for caption in second.captions] == ["单位：万元"]


def test_a_row_cut_by_a_page_break_has_both_spans() -> None:
    upper = [BUDGET[0], ["2080505", "机关事业单位基本养老保险缴", "85.28", "85.28", ""]]
    lower = [BUDGET[0], ["", "费支出", "", "", ""], BUDGET[4]]
    (table,) = document(TITLE + as_pipe(upper) + "\n- 2 -\n\n" + as_pipe(lower)).tables
    cell = table.rows[1][1]
    assert cell.text == "机关事业单位基本养老保险缴费支出"
    assert len(cell.spans) == 2
    assert len(table.rows) == 3


DEEP = [["项目", "", "本年支出", ""], ["编码", "名称", "合计", "基本支出"]]
NUMBERED = [*DEEP, ["栏次", "", "1", "2"]]


def test_a_page_that_repeats_the_headings_without_their_numbers_goes_on() -> None:
    upper, lower = [["205", "教育支出", "8.00", "5.00"]], [["206", "科学技术支出", "3.00", "3.00"]]
    (table,) = document(TITLE + as_pipe([*NUMBERED, *upper]) + "\n- 7 -\n\n" + as_pipe([*DEEP, *lower])).tables
    assert printed(table) == [*NUMBERED, *upper, *lower]


def test_the_rest_of_a_label_below_headings_printed_again_is_no_heading() -> None:
    upper = [["2130599", "其他巩固脱贫攻坚成果", "8.00", "5.00"]]
    lower = [["", "衔接", "", ""], ["21307", "普惠", "3.00", "3.00"]]
    (table,) = document(TITLE + as_pipe([*NUMBERED, *upper]) + "\n- 7 -\n\n" + as_pipe([*DEEP, *lower])).tables
    assert table.rows[3][1].text == "其他巩固脱贫攻坚成果衔接"
    assert len(table.rows) == 5


def test_a_number_cut_by_a_page_break_has_both_spans() -> None:
    upper = [BUDGET[0], ["201", "一般公共服务支出", "1,227.94", "1,", ""]]
    lower = [BUDGET[0], ["", "", "", "127.12", ""], BUDGET[4]]
    (table,) = document(TITLE + as_pipe(upper) + "\n- 2 -\n\n" + as_pipe(lower)).tables
    assert table.rows[1][3].text == "1,127.12"
    assert len(table.rows[1][3].spans) == 2


def test_a_cell_that_goes_on_in_the_next_line_is_one_span_with_the_line_feed() -> None:
    text = TITLE + as_cells(BUDGET).replace("一般公共服务支出", "一般公共\n服务支出")
    (table,) = document(text).tables
    assert table.rows[2][1].text == "一般公共\n服务支出"
    assert table.rows[2][1].plain == "一般公共服务支出"
    assert len(table.rows[2][1].spans) == 1


MERGED = {
    "pipe": "| 序号 | 收入 | | 支出 | |\n|--|--|--|--|--|\n| | 项目 | 预算数 | 项目 | 预算数 |\n"
    "| 档次 | 1 | 2 | 3 | 4 |\n| 1 | 一、拨款 | 5.10 | 一、教育支出 | 5.10 |\n",
    "tab": "序号\t收入\t\t支出\t\n\t项目\t预算数\t项目\t预算数\n"
    "栏次\t1\t2\t3\t4\n1\t一、拨款\t5.10\t一、教育支出\t5.10\n",
    "cell": "\t序号\n\t收入\n\t支出\n\n\t \n\t项  目\n\t预算数\n\t项  目\n\t预算数\n\n"
    "\t栏次\n\t1\n\t2\n\t3\n\t4\n\n\t1\n\t一、拨款\n\t5.10\n\t一、教育支出\n\t5.10\n",
}


@pytest.mark.parametrize("form", MERGED)
def test_merged_headings_reach_over_their_columns(form: str) -> None:
    (table,) = document("收支总表\n\n" + MERGED[form]).tables
    assert table.header_rows == 3
    paths = ["/".join(path) for path in column_paths(table.rows[: table.header_rows], table.width)]
    assert paths == ["序号", "收入/项目", "收入/预算数", "支出/项目", "支出/预算数"]


def test_contents_with_dot_leaders_are_no_captions() -> None:
    text = (
        "目 录\n\n表一2026年预算收支总表.....\t2\n表二2026年预算收入总表..... 4\n\n正文从这里开始，说明本部门职责。\n\n"
        + TITLE
    )
    contents, table = document(text + as_tabs(BUDGET)).tables
    assert contents.form == "toc"
    assert [caption.text for caption in table.captions] == ["部门预算支出总表", "单位：万元"]


def test_a_note_below_belongs_to_the_table_above() -> None:
    text = TITLE + as_pipe([BUDGET[0], [""] * 5]) + "\n注：本表无数据\n\n" + "后面是正文。\n"
    (table,) = document(text).tables
    assert [note.text for note in table.notes] == ["注：本表无数据"]


@pytest.mark.parametrize(
    "text",
    [
        "\t首行缩进的一段话，不是表格。\n\n\t另一段缩进的话，也不是表格。\n",
        "甲 | 乙 是一句话里的竖线。\n",
        "没有表格的正文。\n",
    ],
)
def test_running_text_is_no_table(text: str) -> None:
    found = document(text)
    assert found.tables == ()
    assert found.paragraphs


@given(st.text(alphabet="|\t\n -合计项目201.5（）一、：表" + "\u3000", max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = document("正文。\n" + text)
    except Exception as error:
        raise AssertionError(text) from error
    length = len(found.text.content)
    for table in found.tables:
        assert len({len(row) for row in table.rows}) == 1
        assert all(0 <= cell.start <= cell.end <= length for row in table.rows for cell in row)


def test_rows_that_lost_the_columns_of_their_headings_are_told_by_words_or_no_table() -> None:
    """A page made text keeps the pipes behind its cells, not how many columns each heading covers."""
    head = "云屏市水文局2030年“三公”经费预算 | |||\n| | | 单位:万元 ||\n合 计 | 出国费 | {} | 接待费 | ||\n"
    lost = head + "小 计 | 运行费 | 购置费 | |||\n2.70 | 0 | 1.50 | 1.50 | 0 | 1.20 |\n"
    (told,) = read(lost.format("用车费").encode()).tables
    cars = [("用车费", part) for part in ("小计", "运行费", "购置费")]
    assert column_paths(told.rows[:2], 6)[2:] == (*cars, ("接待费",))
    assert read((lost.format("用车费") + "1.50 | 1.50 | 1.50 |\n").encode()).tables == ()
    whole = read((head.format("用车费") + "2.70 | 0 | 1.50 | 1.20 | ||\n").encode())
    assert [len(table.rows) for table in whole.tables] == [2]


@pytest.mark.parametrize("bar", ["", "| "])
def test_lower_headings_that_slid_to_the_left_stand_under_their_own(bar: str) -> None:
    """Pages made text put the blanks of a row behind its words."""
    rows = [
        "项目 | 2030年预算数 | 2031年预算数 | 比上年增、减情况 | |",
        "增、减金额 | 增、减幅度 | |||",
        "合计 | 18.15 | 22.15 | 4 | 22% |",
        "接待费 | 3 | 7 | 4 | 133% |",
    ]
    (table,) = document(INTRODUCED + "".join(f"{bar}{row}\n" for row in rows)).tables
    assert table.told
    assert column_paths(table.rows[: table.header_rows], table.width)[3:] == (
        ("比上年增、减情况", "增、减金额"),
        ("比上年增、减情况", "增、减幅度"),
    )


def test_a_title_and_a_unit_among_bars_are_captions() -> None:
    head = "云屏市“三公”经费统计表 | ||\n? | 单位：万元 | |\n项目 | 预算数 | 决算数 |\n"
    rows = head + "合计 | 3.00 | 2.00 |\n接待费 | 3.00 | 2.00 |\n"
    (table,) = document(rows).tables
    assert [one.text for one in table.captions] == ["云屏市“三公”经费统计表", "单位：万元"]
    assert len(table.rows) == 3


def as_closed(grid: Grid, ends: Sequence[str] = ()) -> str:
    """Cells that each end with a bar; a bar of its own begins each row, and some rows have others at their ends."""
    rows = ["|\n" + "".join(f"{cell} |\n".lstrip() for cell in row) for row in grid]
    return "".join(row + (f"{end}\n" if end else "") for row, end in zip(rows, ends or [""] * len(rows), strict=True))


def test_cells_that_each_end_with_a_bar_are_a_table() -> None:
    read_again = document(TITLE + as_closed(BUDGET) + "\n注：本表不含结转。\n")
    (table,) = read_again.tables
    assert printed(table) == [list(row) for row in BUDGET]
    content = read_again.text.content
    assert [content[one.spans[0].start : one.spans[0].end] for one in table.rows[2]] == list(BUDGET[2])


def test_bars_at_the_end_of_a_row_are_of_cells_that_a_wide_one_covers() -> None:
    grid = [["合计", "因公出国费", "公务用车\n购置及运行费", "公务接待费"]]
    grid += [["小计", "公务用车购置费", "公务用车运行费"], ["9.00", "0.00", "5.00", "3.00", "2.00", "4.00"]]
    opened = as_closed(grid, ["||", "|||", ""])
    for text in (opened, opened.replace("|\n合", "合").replace("\n|\n小", "\n小").replace("\n|\n9", "\n9")):
        (table,) = document("“三公”经费预算表\n单位：万元\n" + text + "二、说明\n").tables
        paths = ["/".join(path) for path in column_paths(table.rows[: table.header_rows], table.width)]
        assert paths[2:] == [
            "公务用车购置及运行费/小计",
            "公务用车购置及运行费/公务用车购置费",
            "公务用车购置及运行费/公务用车运行费",
            "公务接待费",
        ]


HEADED_WIDE = "附件 |\n|||\n云屏市债务限额表 |\n|||\n单位：万元 |\n|||\n项目 |\n公式 |\n全市 |\n本级 |\n"
LIMITS = "债务限额 |\nA=B+C |\n9.00 |\n9.00 |\n一般债务 |\nB |\n3.00 |\n3.00 |\n专项债务 |\nC |\n6.00 |\n{}"


@pytest.mark.parametrize(("end", "last"), [("6.00 |\n", "6.00"), ("", ""), ("|\n", "")])
def test_the_last_bar_of_a_table_may_be_lost(end: str, last: str) -> None:
    (table,) = document(HEADED_WIDE + LIMITS.format(end)).tables
    assert [row[-1].text for row in table.rows[-4:]] == ["本级", "9.00", "3.00", last]
    assert [row[2].text for row in table.rows[-4:]] == ["全市", "9.00", "3.00", "6.00"]


@pytest.mark.parametrize("end", ["6.00\n", "6.00 |\n其中：新增 |\n"])
def test_where_more_is_lost_than_a_bar_no_row_is_told(end: str) -> None:
    assert document(HEADED_WIDE + LIMITS.format(end)).tables == ()


@pytest.mark.parametrize("text", ["名称： |\n文号： |\n日期： |\n" * 4, as_closed(BUDGET)[:-9] + "|||\n"])
def test_bars_that_do_not_tell_the_rows_are_no_table(text: str) -> None:
    assert not any(table.form == "cell" for table in document("收支总表\n" + text).tables)


THREE_PUBLIC = [
    ["项 目", "预算数", "决算数"],
    ["合 计", "30.8", "25.7"],
    ["因公出国（境）费", "20", ""],
    ["公务接待费", "10.8", "1"],
    ["公务用车购置及运行费", "", "24.7"],
]
INTRODUCED = "云屏市水文局2031年度决算\n“三公”经费支出表\n单位：万元\n"


def closed_cells(grid: Grid, end: str = " |\n") -> str:
    return "".join(f"{cell}{end}".lstrip(" \n") for row in grid for cell in row)


@pytest.mark.parametrize("end", [" |\n", "\n|\n"])
@pytest.mark.parametrize("lead", ["", "|\n", "|\n|\n单位：万元{}|\n"])
@pytest.mark.parametrize("last", [[], [["其中：购置费"]]])
def test_cells_that_each_end_with_a_bar_are_rows_by_what_they_hold(end: str, lead: str, last: list[list[str]]) -> None:
    """No row opens with a bar of its own, but the first may; the last may be a label alone."""
    text = lead.format(end) + closed_cells([*THREE_PUBLIC, *last], end)
    (table,) = document(INTRODUCED + text + "二、情况说明\n").tables
    assert table.header_rows == 1
    assert printed(table) == [[cell.replace(" ", "") for cell in row] for row in THREE_PUBLIC] + [
        [*row, "", ""] for row in last
    ]


@pytest.mark.parametrize(
    "grid",
    [
        [row[:2] if not row[2] else row for row in THREE_PUBLIC],  # a blank cell is not printed
        [["项 目", "预算数", "比上年增减", "增减额", "增减%"], ["合 计", "30.8", "2", "7"], ["接待费", "1", "2", "3"]],
        THREE_PUBLIC[:2],
    ],
)
def test_cells_that_do_not_tell_their_rows_are_no_table(grid: list[list[str]]) -> None:
    found = document(INTRODUCED + closed_cells(grid) + "二、情况说明\n")
    assert found.tables == ()
    assert "30.8" in [line.text for line in found.paragraphs]


ALLOTTED = """附件1 |
2031年水文监测补助资金安排表 |
序号 | 地区 | 实施单位 | 金额（万元） | 备注 |
1 | 云屏市 | 云屏市水文局 | 1000 |
|
2 | 白鹭县 | 白鹭县
水文站 | 800 |
|
| 合计 |
|
1800 |
|
|
|
"""


def test_rows_closed_by_bars_go_over_several_lines() -> None:
    """A row has as many bars as the widest line; one alone is a blank cell, or nothing below the last row."""
    (table,) = document(TITLE + ALLOTTED + "二、其他事项\n").tables
    assert [caption.text for caption in table.captions][-1] == "2031年水文监测补助资金安排表"
    assert [row[:5] for row in printed(table)] == [
        ["序号", "地区", "实施单位", "金额（万元）", "备注"],
        ["1", "云屏市", "云屏市水文局", "1000", ""],
        ["2", "白鹭县", "白鹭县水文站", "800", ""],
        ["", "合计", "", "1800", ""],
    ]


CLOSED = "项目名称 | 合计 | 一般公共预算 | 政府性基金 | 备注 |\n合计 | 30.00 | 20.00 | 10.00 ||\n"


def test_a_row_that_lost_a_blank_cell_has_no_amounts() -> None:
    """The fund of 12.00 cannot be told; remarks may be blank."""
    text = CLOSED + "水文测站维修 | 18.00 | 8.00 | 10.00 ||\n监测设备购置 | 12.00 | 12.00 |||\n"
    found = document("云屏市水文局2031年度预算\n项目支出表\n单位：万元\n" + text + "二、说明\n")
    (table,) = found.tables
    assert [row[0] for row in printed(table)] == ["项目名称", "合计", "水文测站维修"]
    assert "监测设备购置 | 12.00 | 12.00 |||" in [line.text for line in found.paragraphs]


def test_a_row_of_one_of_two_sides_keeps_its_amounts() -> None:
    text = "收入 | 执行数 | 决算数 | 支出 | 执行数 | 决算数 |\n总计 | 9 | 9 | 总计 | 9 | 9 |\n"
    text += "一、本级收入 | 8 | 8 | 一、本级支出 | 9 | 9 |\n税收 | 5 | 5 |||\n"
    (table,) = document("收支决算平衡表\n单位：亿元\n" + text + "二、说明\n").tables
    assert [row[0] for row in printed(table)] == ["收入", "总计", "一、本级收入", "税收"]


def test_a_row_between_pipes_goes_on_behind_them_to_the_next_that_begins_with_one() -> None:
    head = "| 项目 | 计量单位 |\n1-4月累计 |\n比上年增长（%） | 结构（%） |\n"
    rows = "| 税收合计 | 万元 | 90.00 | -3.9 | 100 |\n| 增值税 | 万元 | 60.00 | 2.4 | 66.67 |\n"
    (table,) = document(INTRODUCED + head + rows).tables
    assert [cell.plain for cell in table.rows[0]] == ["项目", "计量单位", "1-4月累计", "比上年增长（%）", "结构（%）"]
    (apart,) = document(INTRODUCED + "| 甲 | 乙 |\n丙 |\n" + rows).tables
    assert [cell.plain for cell in apart.rows[-1]] == ["增值税", "万元", "60.00", "2.4", "66.67"]


@pytest.mark.parametrize(("kind", "own", "bar"), [("", "", ""), ("类型 | ", "特定目标类 | ", "|")])
def test_headings_slid_below_that_of_names_leave_the_table(kind: str, own: str, bar: str) -> None:
    text = f"{kind}项目名称 | 项目单位 | 合计 | 财政拨款 | 单位资金 ||\n一般公共预算 | 政府性基金 |||||{bar}\n"
    text += f"{own}水文测站维修 | 水文局 | 18.00 | 8.00 | | 10.00 |\n"
    text += f"{own}监测设备购置 | 水文局 | 12.00 | 2.00 | 10.00 | |\n"
    found = document("云屏市水文局2031年度预算\n项目支出表\n单位：万元\n" + text + "二、说明\n")
    assert found.tables == ()
    assert sum("00" in line.text for line in found.paragraphs) == 2


def test_rows_that_only_end_with_a_pipe_are_a_table_where_several_are_alike() -> None:
    rows = "项目 | 预算数 | 决算数 |\n总计 | 58.10 | 58.90 |\n一、拨款 | 58.10 | 58.90 |\n"
    (table,) = read(("云屏市决算\n单位：万元\n" + rows).encode()).tables
    assert [[cell.plain for cell in row] for row in table.rows[:2]] == [
        ["项目", "预算数", "决算数"],
        ["总计", "58.10", "58.90"],
    ]
    assert read(rows.replace("58.90 |\n一", "58.90\n一").encode()).tables == ()
    assert read("名称： |\n文号： |\n日期： |\n".encode()).tables == ()
    assert read(rows.partition("\n")[2].encode() + "二、事业收入 | 1.00 | 1.00 |\n".encode()).tables == ()
    one = "单位名称 | 经费性质 | 编制数 | 在职人数 |\n云屏市法院 | 财政核拨 | 55 | 47 |\n\n三、任务\n"
    assert [len(table.rows) for table in read(one.encode()).tables] == [2]


def test_tables_with_bars_only_the_number_of_an_annex_between() -> None:
    text = (
        "附件1 | |||\n安排表 | |||\n村 | 金额 | 内容 | 补助 |\n"
        "甲村 | 4 | 修路 | 4 |\n乙村 | 8 | 修渠 | 8 |\n合计 | 12 | 12 |\n"
        "附件2 | ||\n任务清单 | ||\n单位 | 任务 | 备注 |\n甲村 | 扶持2户 | 无 |\n乙村 | 扶持3户 | 无 |\n"
    )
    first, second = document(text).tables
    assert [row[0].plain for row in first.rows][-2:] == ["甲村", "乙村"]
    assert [row[0].plain for row in second.rows][-2:] == ["甲村", "乙村"]
