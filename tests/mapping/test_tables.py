"""Tables as they are printed: cells, captions and headings told apart, kinds, and whose amounts a row's are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mapping.facts import Facts, assemble
from mapping.read import read


def facts(text: str) -> Facts:
    return assemble(read(text.encode()), None)


def tabs(*rows: Sequence[str]) -> str:
    return "\n".join("\t".join(row) for row in rows) + "\n\n"


def cells(*rows: Sequence[str]) -> str:
    return "\n\n".join("\n".join("\t" + cell for cell in row) for row in rows) + "\n\n"


def columns(text: str) -> list[str]:
    return [column.printed_path for column in facts(text).tables[0].columns]


def test_a_blank_first_cell_of_a_row_without_outer_pipes_is_a_cell() -> None:
    text = """支出决算表

单位：元

 | 科目 | | 本年支出 | |
---|---|---|---:|---:|---:
预算单位 | 编码 | 名称 | 合计 | 基本支出 | 项目支出
县水文站 | 213 | 农林水支出 | 900.00 | 700.00 | 200.00
 | 2130313 | 水文测报 | 900.00 | 700.00 | 200.00
合计 | | | 900.00 | 700.00 | 200.00
"""
    assert columns(text) == [
        "预算单位",
        "科目/编码",
        "科目/名称",
        "本年支出/合计",
        "本年支出/基本支出",
        "本年支出/项目支出",
    ]
    assert {(one.row_label, one.code) for one in facts(text).figures} == {
        ("农林水支出", "213"),
        ("水文测报", "2130313"),
        ("合计", ""),
    }


def test_a_row_that_only_explains_the_title_beside_the_unit_is_no_heading() -> None:
    rows = [["科目编码", "科目名称", "2023年预算数"], ["212", "城乡社区支出", "1.25"], ["", "合计", "1.25"]]
    for remark in (["（含上级补助）", "", "单位：亿元"], ["（含上级补助）", "", ""]):
        read_ = facts("2023年政府性基金支出表\n单位：亿元\n" + tabs(remark, *rows))
        assert {(one.column_path, one.unit) for one in read_.figures} == {("2023年预算数", "亿元")}
        assert read_.tables[0].title == "2023年政府性基金支出表"


def test_a_page_headed_by_what_the_document_begins_with_goes_on() -> None:
    page = "| 科目名称 | 合计 |\n|---|---|\n| {} | {} |\n\n"
    first, second = page.format("教育支出", "60.00"), page.format("农林水支出", "40.00")
    text = (
        f"浙东区林业局2023年部门决算公开\n\n支出决算表\n\n单位：千元\n\n{first}浙东区林业局2023年部门决算\n\n{second}"
    )
    assert [(one.row_label, one.unit) for one in facts(text).figures] == [("教育支出", "千元"), ("农林水支出", "千元")]
    assert len(facts(text).tables) == 1


def test_headings_that_end_alike_stand_under_one_heading_and_years_under_a_plan() -> None:
    head = ["项目名称", "总投资", "资金来源", "分年度计划"]
    lower = ["", "", "小计", "财政资金", "自有资金", "银行贷款", "2023年", "2024年", "2025年"]
    row = ["桥梁加固", "90.00", "90.00", "50.00", "30.00", "10.00", "40.00", "30.00", "20.00"]
    text = "黑河道路局2024年部门预算\n\n项目支出安排表\n单位：万元\n\n" + cells(head, lower, row, row)
    assert columns(text)[2:] == [f"资金来源/{one}" for one in lower[2:6]] + [f"分年度计划/{one}" for one in lower[6:]]
    head, lower = ["单位", "本年安排", "自有资金安排"], ["", "小计", "中央资金", "省级资金", "自筹资金", "小计", "贷款"]
    text = "项目支出安排表\n单位：万元\n\n" + cells(
        head, lower, ["林场", "6.00", "1.00", "2.00", "3.00", "4.00", "4.00"]
    )
    assert columns(text)[4] == "本年安排/自筹资金"


def test_a_column_of_rates_is_none_of_labels() -> None:
    rows = [
        ["科目编码", "科目名称", "预算数", "完成预算"],
        ["合计", "", "8.00", "90.00%"],
        ["205", "教育支出", "8.00", "90%"],
    ]
    read_ = facts("支出决算表\n单位：万元\n" + tabs(*rows))
    assert read_.tables[0].columns[3].kind == "percent"
    assert [(one.row_label, one.row_role) for one in read_.figures] == [("合计", "total"), ("教育支出", "leaf")]


def test_codes_and_names_of_two_schemes_are_those_of_departments() -> None:
    tops, levels = ["政府预算支出经济分类", "", "", "部门预算支出经济分类", "", "", "合计"], ["类", "款", "名称"]
    rows = [
        ["501", "01", "工资奖金津补贴", "301", "02", "津贴补贴", "30.00"],
        ["502", "01", "办公经费", "302", "11", "差旅费", "4"],
    ]
    swapped = [[*tops[3:6], *tops[:3], tops[6]], *([*row[3:6], *row[:3], row[6]] for row in rows)]
    for head, *body in ([tops, *rows], swapped):
        found = facts("一般公共预算基本支出表\n单位：万元\n" + tabs(head, [*levels, *levels, ""], *body)).figures
        assert [(one.code, one.row_label) for one in found] == [("30102", "津贴补贴"), ("30211", "差旅费")]
    joined = [["政府经济分类", "", "部门经济分类", "", "合计"], ["科目编码", "科目名称"] * 2 + [""]]
    text = "一般公共预算基本支出表\n单位：万元\n" + tabs(
        *joined, ["50101", "工资奖金津补贴", "30101", "基本工资", "40.00"]
    )
    assert [(one.code, one.row_label) for one in facts(text).figures] == [("30101", "基本工资")]


@pytest.mark.parametrize(
    ("head", "row", "label"),
    [
        (["单位名称", "资产名称", "金额"], ["农技推广站", "便携式计算机", "6.00"], "便携式计算机"),
        (["部门", "资产类别", "资产名称", "金额"], ["农技推广站", "A02", "打印设备", "6.00"], "打印设备"),
        (["形成年度", "债务内容", "金额"], ["2012年", "镇区道路硬化", "6.00"], "镇区道路硬化"),
        (["单位", "年度", "金额"], ["县电教馆", "2023年", "6.00"], "县电教馆"),
        (["单位", "专项资金名称", "金额"], ["县电教馆", "", "6.00"], "县电教馆"),
    ],
)
def test_a_row_is_named_by_what_it_is_of_not_by_whose_it_is(head: list[str], row: list[str], label: str) -> None:
    text = "配置情况表\n单位：万元\n" + tabs(head, row, ["合计", *[""] * (len(head) - 2), "6.00"])
    assert [one.row_label for one in facts(text).figures] == [label, "合计"]


def test_blocks_divided_by_nature_and_by_function_stand_side_by_side() -> None:
    head = [["收入", "", "支出", "", "", ""], ["项目", "金额", "按支出性质", "金额", "按功能分类", "金额"]]
    rows = [
        ["一、事业收入", "5.00", "一、基本支出", "5.00", "教育支出", "5.00"],
        ["收入总计", "5.00", *["支出总计", "5.00"] * 2],
    ]
    found = facts("收支预算总表\n单位：万元\n" + tabs(*head, *rows)).figures
    assert [(one.row_label, one.column_path) for one in found[:3]] == [
        ("一、事业收入", "收入/金额"),
        ("一、基本支出", "支出/金额"),
        ("教育支出", "支出/金额"),
    ]


@pytest.mark.parametrize(
    ("title", "rows", "kind"),
    [
        ("社会保险基金收支情况表", [["项目", "合计"], ["收入", "2234"], ["支出", "2231"]], "other"),
        ("国有资本情况", [["科目编码", "科目名称", "合计"], ["223", "国有资本经营预算支出", "2234"]], "state-capital"),
        ("奖助学金情况表", [["项目", "中央资金", "学校事业收入提取"], ["奖学金", "8.00", "2.00"]], "other"),
        ("市级专项资金目录清单", [["专项名称", "预算安排"], ["成果转化专项", "9.00"]], "project-expenditure"),
        ("购买服务预算", [["购买服务项目名称", "预算金额"], ["大楼保洁", "9.00"]], "other"),
    ],
)
def test_a_table_is_of_the_kind_that_its_title_and_headings_say(title: str, rows: list[list[str]], kind: str) -> None:
    read_ = facts(f"{title}\n单位：万元\n" + tabs(*rows, ["合计", *[""] * (len(rows[0]) - 2), "4465"]))
    assert [table.kind for table in read_.tables] == [kind]


def test_what_is_bought_is_no_project() -> None:
    rows = [
        ["购买服务项目名称", "承接主体", "预算金额"],
        ["大楼保洁", "企业", "9.00"],
        ["科技评估", "社会组织", "5.00"],
    ]
    assert facts("购买服务预算\n单位：万元\n" + tabs(*rows)).projects == []


@pytest.mark.parametrize(
    ("head", "row", "amount"),
    [
        (["2026年预算", "2027年规划", "三年合计"], ["215.00", "230.00", "445.00"], 2150000),
        (["本年预算", "以后年度规划"], ["215.00", "230.00"], 2150000),
        (["总投资", "2026年计划", "2027年计划"], ["445.00", "215.00", "230.00"], 2150000),
        (["总投资", "2026年计划", "2027年计划"], ["230.00", "", "230.00"], None),
        (["总投资", "本年安排"], ["445.00", "215.00"], 2150000),
        (["全年预算数", "全年执行数"], ["215.00", "214.60"], 2150000),
        (["年初预算数", "全年预算数", "执行数"], ["200.00", "215.00", "214.60"], 2000000),
    ],
)
def test_the_amount_of_a_project_is_that_of_the_budget_year(
    head: list[str], row: list[str], amount: int | None
) -> None:
    text = "皖淮市科技局2026年部门预算\n\n项目支出预算表\n单位：万元\n" + tabs(
        ["项目名称", *head], ["科技创新券", *row]
    )
    assert [project.amount for project in facts(text).projects] == [amount]


def test_the_table_of_projects_goes_before_that_of_what_is_carried_over() -> None:
    carried = "上年结转项目支出表\n单位：元\n" + tabs(["项目名称", "结转金额"], ["科技创新券", "150,000.00"])
    whole = "项目支出预算表\n单位：万元\n" + tabs(["项目名称", "预算数"], ["科技创新券", "215.00"])
    for text in (carried + whole, whole + carried):
        assert [project.amount for project in facts(text).projects] == [2150000]


def test_a_total_of_rows_of_several_years_has_no_sum() -> None:
    rows = [["年度", "债务名称", "本金"], ["2023年", "农田贷款", "100.00"], ["2024年", "种业园贷款", "80.00"]]
    found = facts("鄂北县2023年债务化解表\n单位：万元\n" + tabs(*rows, ["合计", "", "180.00"])).figures
    assert [one.row_role for one in found] == ["leaf", "leaf", "total"]
    assert found[2].sum_of_rows == []


def test_a_total_over_a_row_that_says_its_amount_in_words_lacks_none() -> None:
    rows = [
        ["项目名称", "总投资", "预算数"],
        ["森林抚育", "8.00", "4.00"],
        ["防火道路", "7.00", "3.00"],
        ["苗圃改造", "9.00", "2.00"],
        ["合计", "", "9.00"],
    ]
    title = "项目支出预算表\n单位：万元\n"
    assert [one.row_label for one in facts("林场2024年部门预算\n\n" + title + tabs(*rows)).comparables.blanks] == [
        "合计"
    ]
    rows[2][1] = "据实安排"
    assert not facts("林场2024年部门预算\n\n" + title + tabs(*rows)).comparables.blanks


def test_the_sum_of_a_year_s_row_is_not_the_total_that_takes_in_what_was_carried_over() -> None:
    head = [["年度", "收入", "", "支出", ""], ["", "小计", "事业收入", "小计", "基本支出"]]
    rows = [["2016年", "8.00", "8.00", "7.00", "7.00"], ["2017年", "9.00", "9.00", "6.00", "6.00"]]
    found = facts("津水区林业学校2017年单位决算\n\n近两年收入支出情况表\n单位：万元\n" + tabs(*head, *rows))
    measures = {found.stated.figures[id(one)].measure for one in found.figures if id(one) in found.stated.figures}
    assert not measures & {"total-income", "total-expenditure"}


def test_the_total_of_a_table_of_income_takes_in_the_row_of_what_was_carried_over() -> None:
    rows = [["项目", "机关", "测绘院", "合计"], ["一、一般公共预算拨款收入", "5.00", "2.00", "7.00"]]
    rows += [
        ["本年收入合计", "5.00", "2.00", "7.00"],
        ["上年结转", "1.00", "", "1.00"],
        ["收入总计", "6.00", "2.00", "8.00"],
    ]
    found = facts("辽滨市资源局2022年部门预算\n\n部门收入预算总表\n单位：万元\n" + tabs(*rows))
    keys = {one.row_label: found.stated.figures[id(one)] for one in found.figures if one.column_path == "合计"}
    assert keys["收入总计"].carry_over == "including"
    assert (keys["收入总计"].measure, keys["本年收入合计"].measure) == ("total-income", "income")
