"""How rows stand to each other, and columns: roles, sums, and what is safe to add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.facts import Facts, assemble
from mapping.read import read

CODES = st.lists(st.sampled_from(["201", "20129", "2012901", "2012902", "208", "20805", "2080501", "210"]), unique=True)


def facts(text: str) -> Facts:
    return assemble(read(text.encode()), None)


def table(title: str, *rows: Sequence[str]) -> str:
    rule = "|" + "--|" * len(rows[0])
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return f"{title}\n\n单位：万元\n\n" + "\n".join([lines[0], rule, *lines[1:]]) + "\n\n"


def roles(text: str) -> list[tuple[str, str]]:
    seen: dict[str, str] = {}
    for figure in facts(text).figures:
        seen.setdefault(figure.row_label, figure.row_role)
    return list(seen.items())


@pytest.mark.parametrize("wrong", ["6.00", "9.00"])
def test_one_wrong_sum_makes_a_department_no_unit_beside_its_own(wrong: str) -> None:
    rows = (
        ["单位名称", "合计", "一般公共预算", "单位资金", "上年结转"],
        ["合计", "90.00", "70.00", "6.00", "14.00"],
        ["云岭县林业局", "90.00", "70.00", "6.00", "14.00"],
        ["云岭县森林公安局", "50.00", "40.00", "", "10.00"],
        ["云岭县林业技术推广站", "40.00", "30.00", wrong, "4.00"],
    )
    found = facts("云岭县林业局2025年部门预算\n\n" + table("收入总表", *rows)).figures
    totals = [one for one in found if one.row_label == "合计"]
    assert [[part.row_label for part in one.sum_of_rows] for one in totals] == [["云岭县林业局"]] * 4


def test_the_first_row_of_purchases_that_sums_them_up_is_their_total() -> None:
    kinds = [["货物", "20.00", "12.00"], ["工程", "30.00", "30.00"], ["服务", "40.00", "8.00"]]
    head = ["项目", "采购金额", "其中：授予中小企业合同金额"]
    bought = table("政府采购支出情况表", head, ["政府采购支出合计", "90.00", "50.00"], *kinds)
    assert roles("云岭县林业局2025年部门决算\n\n" + bought)[0] == ("政府采购支出合计", "total")
    beside = [["一、“三公”经费", "5.00", "1.00"], ["政府采购支出合计", "90.00", "50.00"], *kinds]
    mixed = table("机构运行信息表", head, *beside)
    assert ("政府采购支出合计", "total") not in roles("云岭县林业局2025年部门决算\n\n" + mixed)


def test_a_departments_own_level_is_no_sum_of_its_units() -> None:
    """Small numbers may come to it by chance, within what rounding would explain."""
    units = [
        ["1", "云岭县林业局（本级）", "28", "1"],
        ["2", "云岭县林业技术推广站", "35", "0"],
        ["3", "云岭县森林资源管理站", "30", "2"],
    ]
    rows = [["序号", "单位名称", "编制人数", "其中：当年新增"], *units, ["合计", "", "93", "3"]]
    text = "云岭县林业局2025年部门预算\n\n| " + " |\n| ".join(" | ".join(row) for row in rows) + " |\n"
    said = facts(text.replace("增 |\n", "增 |\n|--|--|--|--|\n", 1)).comparables.subcounts
    assert {(one.whole.row_label, len(one.parts)) for one in said} == {("合计", 3)}


@given(CODES, st.data())
def test_class_rows_never_count_twice(codes: list[str], data: st.DataObject) -> None:
    ordered = sorted(codes)
    leaves = [code for code in ordered if not any(other != code and other.startswith(code) for other in ordered)]
    amounts = {code: data.draw(st.integers(1, 10**6)) for code in leaves}

    def total(code: str) -> str:
        return f"{sum(amount for leaf, amount in amounts.items() if leaf.startswith(code)) / 100:.2f}"

    rows = [
        ["科目编码", "科目名称", "合计"],
        ["", "合计", total("")],
        *([code, f"科目{code}", total(code)] for code in ordered),
    ]
    figures = facts(table("2024年支出预算总表", *rows)).figures
    if len(ordered) > 1:
        safe = sum((figure.printed.value for figure in figures if figure.safe_to_sum), Decimal(0))
        assert safe == Decimal(total(""))
    for figure in figures:
        if figure.sum_of_rows:
            assert figure.printed.value == sum(part.printed.value for part in figure.sum_of_rows)


def test_memo_rows_are_parts_only_when_they_make_up_the_whole() -> None:
    head = ["项目", "预算数"]
    whole = [
        ["一、公务接待费", "3.00"],
        ["其中：国内接待", "2.00"],
        ["外事接待", "1.00"],
        ["二、会议费", "4.00"],
    ]
    part = [["一、公务接待费", "3.00"], ["其中：国内接待", "2.00"], ["二、会议费", "4.00"]]
    assert dict(roles(table("三公经费支出表", head, *whole))) == {
        "一、公务接待费": "subtotal",
        "其中：国内接待": "leaf",
        "外事接待": "leaf",
        "二、会议费": "leaf",
    }
    assert dict(roles(table("三公经费支出表", head, *part)))["其中：国内接待"] == "memo"
    assert dict(roles(table("三公经费支出表", head, *part)))["一、公务接待费"] == "leaf"


def test_the_unmarked_rows_after_a_part_make_up_a_subtotal_with_it() -> None:
    rows = [["项目", "2020年度", "2021年度", "增减额"], ["本年收入合计", "70.00", "64.00", "-6.00"]]
    rows += [["其中：财政拨款收入", "66.00", "63.00", "-3.00"], ["事业收入", "4.00", "2.00", "-2.00"]]
    rows += [["本年支出合计", "50.00", "55.00", "5.00"], ["其中：基本支出", "20.00", "21.00", "1.00"]]
    figures = facts(table("收支与上年对比表", *rows)).figures
    parts = {one.row_label: [part.row_label for part in one.sum_of_rows] for one in figures[1::3]}
    assert parts["本年收入合计"] == ["其中：财政拨款收入", "事业收入"]  # a wrong amount in one year hides no row
    assert parts["本年支出合计"] == []
    assert [one.row_role for one in figures[:9:3]] == ["subtotal", "leaf", "leaf"]
    assert figures[-1].row_role == "memo"


def test_rows_that_go_on_after_a_part_do_not_head_the_next_numbers() -> None:
    rows = [["资产类别", "账面原值"], ["一、固定资产", "90.00"], ["1．房屋", "40.00"], ["2．设备", "30.00"]]
    rows += [["其中：车辆", "8.00"], ["单价50万元以上设备", "6.00"], ["3．图书", "20.00"], ["二、无形资产", "3.00"]]
    figures = {figure.row_label: figure for figure in facts(table("国有资产情况表", *rows)).figures}
    assert [part.row_label for part in figures["一、固定资产"].sum_of_rows] == ["1．房屋", "2．设备", "3．图书"]
    assert figures["单价50万元以上设备"].row_role == "memo"


def test_a_subtotal_above_its_rows_leaves_out_those_of_another_name() -> None:
    rows = [["项目", "预算数"], ["“三公”经费小计", "9.00"], ["1、因公出国（境）费", "2.00"], ["2、公务接待费", "3.00"]]
    rows += [["3、公务用车购置及运行费", "4.00"], ["会议费", "5.00"], ["培训费", "6.00"], ["合计", "20.00"]]
    figures = facts(table("“三公”经费及会议费、培训费表", *rows)).figures
    parts = {one.row_label: [part.row_label for part in one.sum_of_rows] for one in figures}
    assert len(parts["“三公”经费小计"]) == 3
    assert parts["合计"] == ["“三公”经费小计", "会议费", "培训费"]


def test_columns_beside_a_part_make_up_the_total_with_it() -> None:
    rows = [["科目名称", "小计", "其中：基本支出", "项目支出"], ["林业", "9.00", "5.00", "4.00"]]
    rows += [["草原", "7.00", "7.00", "1.00"], ["湿地", "3.00", "3.00", ""], ["荒漠", "6.00", "4.00", "2.00"]]
    figures = facts(table("一般公共预算支出表", *rows)).figures
    assert [len(one.sum_of_columns) for one in figures if one.column_path == "小计"] == [2, 2, 1, 2]
    only = [["科目名称", "合计", "其中：政府采购", "项目支出", "基本支出"], ["林业", "9.00", "2.00", "5.00", "4.00"]]
    assert [len(one.sum_of_columns) for one in facts(table("一般公共预算支出表", *only)).figures] == [2, 0, 0, 0]


def test_the_code_of_the_unit_printed_once_heads_no_project() -> None:
    rows = [["单位编码", "单位名称", "项目名称", "合计"], ["", "合计", "", "20.00"]]
    rows += [["305001", "某县畜牧站", "动物防疫", "9.00"], ["", "", "良种补贴", "4.00"]]
    rows += [["305002", "某县农机站", "农机推广", "7.00"]]
    found = facts(table("2022年项目支出表", *rows))
    assert [(one.name, one.implementing_unit) for one in found.projects] == [
        ("动物防疫", "某县畜牧站"),
        ("良种补贴", "某县畜牧站"),
        ("农机推广", "某县农机站"),
    ]
    assert {one.row_role for one in found.figures[1:]} == {"leaf"}
    assert len(found.figures[0].sum_of_rows) == 3


def test_a_list_of_targets_with_its_unit_in_the_heading_is_no_form() -> None:
    rows = [["项目名称", "金额（万元）", "年度目标", "指标内容", "指标值"]]
    rows += [["水库巡查", "12.00", "确保安全", "巡查次数", "≥20次"]]
    found = facts(table("2019年专项绩效目标表", *rows)).projects
    assert [one.name for one in found] == ["水库巡查"]


def test_the_amount_of_the_year_in_a_form_is_its_total() -> None:
    text = "项目绩效目标表\n\n| 项目名称 | 古树保护 | |\n|--|--|--|\n| 资金金额（万元） | 年度金额： | 31.50 |\n"
    text += "| | 其中：财政拨款 | 31.50 |\n| 总体绩效目标 | 保护古树名木 | |\n"
    (project,) = facts(text).projects
    assert project.annual_total == Decimal(315000)


def test_offices_head_their_projects() -> None:
    rows = [
        ["项目名称", "合计"],
        ["某县总工会", "9.00"],
        ["某县总工会本级", "5.00"],
        ["送温暖", "2.00"],
        ["劳模慰问", "3.00"],
    ]
    rows += [["某县工人文化宫", "4.00"], ["场馆维护", "4.00"]]
    text = table("2024年项目支出预算表", *rows)
    assert dict(roles(text)) == {
        "某县总工会": "subtotal",
        "某县总工会本级": "subtotal",
        "送温暖": "leaf",
        "劳模慰问": "leaf",
        "某县工人文化宫": "subtotal",
        "场馆维护": "leaf",
    }
    found = {project.name: project.implementing_unit for project in facts(text).projects}
    assert found == {"送温暖": "某县总工会本级", "劳模慰问": "某县总工会本级", "场馆维护": "某县工人文化宫"}


def test_both_sides_of_a_summary_have_their_own_sums() -> None:
    text = table(
        "收支预算总表",
        ["收入", "", "支出", ""],
        ["项目", "预算数", "项目", "预算数"],
        ["一、财政拨款", "7.00", "一、教育支出", "6.00"],
        ["二、其他收入", "1.00", "二、住房保障支出", "2.00"],
        ["本年收入合计", "8.00", "本年支出合计", "8.00"],
        ["上年结转", "1.00", "年终结转", "1.00"],
        ["收入总计", "9.00", "支出总计", "9.00"],
    )
    figures = {figure.row_label: figure for figure in facts(text).figures}
    assert figures["本年收入合计"].row_role == "subtotal"
    assert [part.row_label for part in figures["收入总计"].sum_of_rows] == ["本年收入合计", "上年结转"]
    assert [part.row_label for part in figures["本年支出合计"].sum_of_rows] == [
        "一、教育支出",
        "二、住房保障支出",
    ]
    assert figures["二、其他收入"].column_path == "收入/预算数"
    assert {figure.character for figure in figures.values()} == {"income", "expenditure"}


@pytest.mark.parametrize(
    ("heading", "safe"),
    [
        (["项目", "合计", "基本支出", "项目支出"], [False, True, True]),
        (["项目", "预算数", "财政拨款", "其他资金"], [False, True, True]),
        (["项目", "上年预算数", "本年预算数", "增减额"], [True, True, False]),
        (["项目", "合计", "其中：财政拨款", "增减%"], [True, False]),
    ],
)
def test_a_total_column_is_not_added_to_its_parts(heading: list[str], safe: list[bool]) -> None:
    text = table(
        "2024年支出情况表",
        heading,
        ["一、教育支出", "5.00", "2.00", "3.00"],
        ["二、农林水支出", "7.00", "3.00", "4.00"],
    )
    first = [figure.safe_to_sum for figure in facts(text).figures if figure.row_label == "一、教育支出"]
    assert first == safe


def test_a_total_whose_parts_are_blank_is_the_only_amount() -> None:
    heading = ["项目", "合计", "基本支出", "项目支出"]
    text = table(
        "2024年支出预算总表",
        heading,
        ["一、教育支出", "5.00", "2.00", "3.00"],
        ["二、农林水支出", "7.00", "", ""],
    )
    alone = [figure for figure in facts(text).figures if figure.row_label == "二、农林水支出"]
    assert [(figure.column_role, figure.safe_to_sum) for figure in alone] == [("single", True)]


def test_years_and_phases_come_from_the_headings() -> None:
    heading = ["项目", "上年决算数", "年初预算数", "全年预算数", "2022年执行数"]
    text = "某县财政局2024年度部门决算\n\n" + table(
        "2024年支出决算表", heading, ["一、教育支出", "5.00", "4.00", "4.50", "3.00"]
    )
    found = [(figure.fiscal_year, figure.phase) for figure in facts(text).figures]
    assert found == [(2023, "finalAccounts"), (2024, "approved"), (2024, "adjusted"), (2022, "executed")]


def test_a_unit_that_only_other_tables_state_is_inferred() -> None:
    stated = table("2024年收入预算总表", ["项目", "预算数"], ["一、教育支出", "5.00"])
    silent = stated.replace("单位：万元\n\n", "").replace("收入预算总表", "支出预算总表")
    first, second = facts(stated + silent).figures
    assert (first.unit, first.unit_inferred) == ("万元", False)
    assert (second.unit, second.unit_inferred) == ("万元", True)
    assert facts(silent).figures[0].amount is None


def test_a_second_total_above_its_rows_sums_those_below_it() -> None:
    rows = [["项目", "预算数"], ["收入总计", "9.00"], ["财政拨款", "8.00"], ["上年结转", "1.00"]]
    rows += [["支出总计", "9.00"], ["基本支出", "5.00"], ["项目支出", "4.00"]]
    figures = {figure.row_label: figure for figure in facts(table("2024年收支情况表", *rows)).figures}
    assert [part.row_label for part in figures["支出总计"].sum_of_rows] == ["基本支出", "项目支出"]
    assert [part.row_label for part in figures["收入总计"].sum_of_rows] == ["财政拨款", "上年结转"]


def summed(*rows: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The rows that each row with parts is the sum of, by the first column of amounts."""
    figures = [one for one in facts(table("2024年收支情况表", *rows)).figures if one.column_path == rows[0][-1]]
    return [(one.row_label, [part.row_label for part in one.sum_of_rows]) for one in figures if one.sum_of_rows]


def test_a_subtotal_between_rows_heads_those_that_make_it_up() -> None:
    """And the total is of what stands beside it, not of what it heads."""
    rows = [["地区", "2023年", "2024年"], ["全市合计", "19", "27"], ["市本级", "10", "16"], ["其中：高新区", "1", "2"]]
    rows += [["县区小计", "9", "11"], ["甲县", "4", "5"], ["乙县", "5", "6"]]
    assert summed(*rows) == [("全市合计", ["市本级", "县区小计"]), ("县区小计", ["甲县", "乙县"])]


def test_a_subtotal_that_is_wrong_heads_the_rows_below_it_that_are_indented() -> None:
    rows = [
        ["地区", "2024年"],
        ["全市合计", "27"],
        ["市本级", "16"],
        ["县区小计", "12"],
        ["　　甲县", "5"],
        ["　　乙县", "6"],
    ]
    assert summed(*rows) == [("全市合计", ["市本级", "县区小计"]), ("县区小计", ["甲县", "乙县"])]


def test_a_total_counts_nothing_again() -> None:
    """Neither kinds of all nor the sums of each level, where these are all of it alone."""
    rows = [
        ["地区", "类别", "余额", "限额"],
        ["全市", "合计", "27", "30"],
        ["全市", "一般", "17", "18"],
        ["全市", "专项", "10", "12"],
    ]
    rows += [["市本级", "小计", "16", "17"], ["市本级", "一般", "9", "9"], ["市本级", "专项", "7", "8"]]
    rows += [["县区", "小计", "11", "13"], ["县区", "一般", "8", "9"], ["县区", "专项", "3", "4"]]
    assert summed(*rows) == [("合计", ["一般", "专项"]), ("小计", ["一般", "专项"]), ("小计", ["一般", "专项"])]


def test_a_total_ends_the_rows_above_it_for_the_sums_below() -> None:
    rows = [["项目", "决算数"], ["土地收入", "5"], ["本年收入合计", "5"], ["上年结转", "4"], ["收入总计", "9"]]
    rows += [["征地支出", "6"], ["本年支出合计", "6"], ["年终结转", "3"], ["支出总计", "9"]]
    assert summed(*rows) == [
        ("本年收入合计", ["土地收入"]),
        ("收入总计", ["本年收入合计", "上年结转"]),
        ("本年支出合计", ["征地支出"]),
        ("支出总计", ["本年支出合计", "年终结转"]),
    ]


def test_a_sum_above_all_rows_whose_parts_stand_elsewhere_is_one_part_beside_them() -> None:
    """A balance begins with the income of the year, which another table divides; rows below an indented one end it."""
    rows = [["项目", "决算数"], ["本年收入合计", "60"], ["上级补助收入", "25"], ["  （一）返还性收入", "5"]]
    rows += [
        ["  （二）一般性转移支付收入", "20"],
        ["债务转贷收入", "9"],
        ["  新增债券收入", "7"],
        ["  再融资债券收入", "2"],
    ]
    rows += [["调入资金", "6"], ["收入总计", "100"]]
    assert summed(*rows) == [
        ("上级补助收入", ["（一）返还性收入", "（二）一般性转移支付收入"]),
        ("债务转贷收入", ["新增债券收入", "再融资债券收入"]),
        ("收入总计", ["本年收入合计", "上级补助收入", "债务转贷收入", "调入资金"]),
    ]
    assert dict(summed(*rows[:2], ["税收收入", "40"], ["非税收入", "20"], rows[-1]))["本年收入合计"] == [
        "税收收入",
        "非税收入",
    ]


def test_units_head_what_is_bought_for_them() -> None:
    rows = [
        ["单位编码", "单位（采购项目）名称", "数量", "单价（元）", "预算金额（万元）"],
        ["", "合计", "", "", "9.00"],
    ]
    rows += [
        ["401001", "云岭县文化馆", "", "", "5.00"],
        ["", "音响", "1", "30000", "3.00"],
        ["", "灯具", "4", "5000", "2.00"],
    ]
    rows += [["401002", "云岭县图书馆", "", "", "4.00"], ["", "图书", "800", "50", "4.00"]]
    found = facts(table("2024年政府采购预算表", *rows)).figures
    figures = {one.row_label: one for one in found if one.column_path == rows[0][-1]}
    assert [part.row_label for part in figures["合计"].sum_of_rows] == ["云岭县文化馆", "云岭县图书馆"]
    assert [figures[name].row_role for name in ("云岭县文化馆", "云岭县图书馆")] == ["subtotal", "subtotal"]


def test_a_total_of_which_only_some_rows_are_listed_has_no_sum() -> None:
    rows = [["项目", "预算数"], ["支出总计", "9.00"], ["其中：基本支出", "5.00"], ["项目支出", "3.00"]]
    figures = {figure.row_label: figure for figure in facts(table("2024年支出情况表", *rows)).figures}
    assert figures["支出总计"].sum_of_rows == []


def test_projects_that_bear_the_code_of_their_unit_stand_below_it() -> None:
    rows = [["单位编码", "项目名称", "合计"], ["", "合计", "9.00"], ["101", "某县林业局", "9.00"]]
    rows += [["101001", "某县林业局机关", "5.00"], ["101001", "森林防火能力建设", "5.00"]]
    rows += [["101002", "某县国有林场", "4.00"], ["101002", "管护用房改造", "4.00"]]
    found = {figure.row_label: figure for figure in facts(table("2024年项目支出预算表", *rows)).figures}
    assert [part.row_label for part in found["合计"].sum_of_rows] == ["某县林业局"]
    assert [part.row_label for part in found["某县林业局"].sum_of_rows] == ["某县林业局机关", "某县国有林场"]
    assert found["管护用房改造"].row_role == "leaf"


def test_a_total_that_its_columns_make_up_in_no_row_has_no_parts() -> None:
    rows = [["项目", "社会保障缴费小计", "养老保险"], ["一、机关", "9.00", "5.00"]]
    rows += [["二、林场", "8.00", "5.00"], ["三、站", "7.00", "5.00"]]
    figures = facts(table("2024年支出情况表", *rows)).figures
    assert not any(figure.sum_of_columns for figure in figures)
    assert not any(figure.safe_to_sum for figure in figures if "小计" in figure.column_path)


def test_letters_for_digits_in_a_code_place_the_row() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["301", "工资福利支出", "9.00"]]
    rows += [["30101", "基本工资", "5.00"], ["3O108", "基本养老保险缴费", "4.00"]]
    figures = {figure.row_label: figure for figure in facts(table("2024年基本支出表", *rows)).figures}
    assert len(figures["工资福利支出"].sum_of_rows) == 2
    assert figures["基本养老保险缴费"].code == "30108"


@pytest.mark.parametrize(
    "title", ["2024年项目支出资金分配情况表", "2024年债务项目支出情况表", "项目支出转移支付表", "2024年4月税收收入"]
)
def test_a_list_of_projects_whose_title_says_otherwise_is_none(title: str) -> None:
    columns = ("项目名称", "项目编码", "预算数")
    read_one = facts(table(title, columns, ("道路养护", "P0012", "12.50"), ("合计", "", "12.50")))
    assert "project-expenditure" not in {one.kind for one in read_one.tables}


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_numbers_of_columns_are_no_figures_however_many_blocks_stand_side_by_side(blocks: int) -> None:
    head, numbers = ["项目", "行次", "预算数"], [("栏次", "", str(at)) for at in range(1, blocks + 1)]
    body = [("一、教育支出", str(at), "3.10") for at in range(blocks)]
    rows = [head * blocks, [cell for part in numbers for cell in part], [cell for part in body for cell in part]]
    assert [one.printed.printed for one in facts(table("收支总表", *rows)).figures] == ["3.10"] * blocks


def test_rows_over_a_page_go_on_though_tabs_at_their_end_were_dropped() -> None:
    above = "支出预算表\n\n单位：万元\n\n编码\t名称\t合计\t基本支出\t项目支出\n201\t一般公共服务支出\t9.00\t5.00\t4.00"
    below = "20101\t  人大事务\t5.00\t5.00\n2010101\t    行政运行\t5.00\t5.00\n合计"
    read_one = facts(f"{above}\n3\n\n{below}\n")
    assert [(one.table.first_line, one.table.last_line) for one in read_one.tables] == [(5, 11)]
    assert [(one.row_label, one.column_path) for one in read_one.figures][3:5] == [
        ("人大事务", "合计"),
        ("人大事务", "基本支出"),
    ]


def test_a_table_below_of_other_things_is_not_taken_for_more_rows() -> None:
    above = "支出预算表\n\n单位：万元\n\n编码\t名称\t合计\t基本支出\t项目支出\n201\t一般公共服务支出\t9.00\t5.00\t4.00"
    below = "车辆\t8\t12.00\n设备\t15\t30.00"
    assert len(facts(f"{above}\n3\n\n{below}\n").tables) == 2


def test_a_row_that_prints_its_class_and_its_project_is_the_project() -> None:
    rows = [["科目编码", "科目名称", "项目名称", "决算数"], ["", "", "合计", "9.00"]]
    rows += [["2130106", "科技转化与推广服务", "良种繁育", "5.00"], ["2130108", "病虫害控制", "统防统治", "4.00"]]
    found = {project.name: project.amount for project in facts(table("项目支出决算明细表", *rows)).projects}
    assert found == {"良种繁育": Decimal(50000), "统防统治": Decimal(40000)}


@pytest.mark.parametrize(("department", "count"), [("己县水利局", 1), ("己县人民政府", 2)])
def test_the_own_level_of_a_department_carries_out_what_its_form_says(department: str, count: int) -> None:
    text = table(
        "项目支出预算表", ["项目名称", "单位", "合计"], ["河道巡查", "局本级", "6.00"], ["水尺维护", "测站", "1.00"]
    )
    text += "项目绩效目标表\n\n| 项目名称 | 河道巡查 | | |\n|--|--|--|--|\n"
    text += f"| 主管部门 | {department} | 实施单位 | 己县水利局 |\n| 立项依据 | 己政发〔2020〕5号 | | |\n"
    assert sum(project.name == "河道巡查" for project in facts(text).projects) == count


def test_projects_beside_the_codes_of_their_units_are_no_offices_and_count_once() -> None:
    rows = [
        ["单位代码", "单位（项目）名称", "本年安排", "财政拨款"],
        ["205", "己县司法局", "90.00", "90.00"],
        ["205001", "办案经费", "50.00", "50.00"],
        ["205002", "展馆运行维护费", "10.00", "10.00"],
        ["205001", "普法经费", "30.00", "30.00"],
    ]
    found = facts("己县司法局2024年部门预算\n\n" + table("项目支出预算表", *rows))
    amounts = [(one.name, one.amount) for one in found.projects]
    assert [(name, str(amount)) for name, amount in amounts] == [
        ("办案经费", "500000.00"),
        ("展馆运行维护费", "100000.00"),
        ("普法经费", "300000.00"),
    ]


def test_headings_merged_downwards_without_blanks() -> None:
    """A word processor's table of 三公经费 whose merged headings print no blanks below."""
    parts = ["小计", "公务用车购置费", "公务用车运行费"]
    heads = ["合计", "因公出国（境）费", "公务用车购置及运行费", "公务接待费"]
    values = ["9.00", "0.00", "7.00", "3.00", "4.00", "2.00"]
    rows = [
        ["预算数", "决算数"],
        [*heads, *heads],
        [*parts, *parts],
        [str(at) for at in range(1, 13)],
        [*values, *values],
    ]
    cells = "\n\n".join("\n".join("\t" + cell for cell in row) for row in rows)
    found = facts(f"己县司法局2022年度部门决算\n\n“三公”经费支出决算表\n单位：万元\n{cells}\n\n说明\n")
    assert {one.column_path.rpartition("/")[2] for one in found.figures if one.printed.value == 2} == {"公务接待费"}


def test_transfers_are_made_up_by_as_many_rows_below_as_come_to_them() -> None:
    rows = [("本级收入合计", "30.00"), ("转移性收入", "12.00"), ("上级补助收入", "8.00"), ("上年结余收入", "4.00")]
    text = table("政府性基金收入预算表", ("项目", "预算数"), ("土地收入", "30.00"), *rows, ("收入总计", "42.00"))
    assert dict(roles(text))["转移性收入"] == "subtotal"
    assert dict(roles(text.replace("| 4.00", "| 5.00")))["转移性收入"] == "leaf"


def test_the_wear_of_things_that_are_counted_is_money() -> None:
    heading = ("资产名称", "数量", "账面原值", "累计折旧", "账面净值")
    text = table("国有资产占有使用情况表", heading, ("一、车辆（辆）", "9", "30.00", "10.00", "20.00"))
    assert [figure.column_path for figure in facts(text).figures] == ["账面原值", "累计折旧", "账面净值"]


def test_a_part_of_the_worth_of_things_that_are_counted_is_money() -> None:
    heading = ("资产名称", "数量", "原值", "其中：当年新增")
    text = table("国有资产占有使用情况表", heading, ("一、设备（台、套）", "9", "30.00", "10.00"))
    assert [figure.printed.printed for figure in facts(text).figures] == ["30.00", "10.00"]


@pytest.mark.parametrize("formula", ["6=5/1", "6=5÷1×100%", "6=(2-1)/1*100%"])
def test_a_row_that_says_how_columns_are_reckoned_is_no_figures(formula: str) -> None:
    rows = [
        ("科目编码", "科目名称", "2021年执行数", "2022年预算数", "", "", "增减额", "增减%"),
        ("", "", "", "合计", "基本支出", "项目支出", "", ""),
        ("栏次", "", "1", "2=3+4", "3", "4", "5=2-1", formula),
        ("204", "公共安全支出", "10.00", "12.00", "9.00", "3.00", "2.00", "20.00"),
    ]
    found = facts(table("一般公共预算支出表", *rows)).figures
    assert [figure.row_label for figure in found] == ["公共安全支出"] * 5


def test_a_unit_of_any_name_that_its_classes_make_up_heads_them_as_the_units_beside_it() -> None:
    rows = [
        ("", "庚县林业局机关", "30.00"),
        ("208", "社会保障和就业支出", "10.00"),
        ("213", "农林水支出", "20.00"),
        ("", "庚县航空护林队伍", "7.00"),
        ("208", "社会保障和就业支出", "3.00"),
        ("213", "农林水支出", "4.00"),
        ("", "合计", "37.00"),
    ]
    found = dict(roles(table("部门支出总表", ("科目编码", "单位/科目名称", "合计"), *rows)))
    assert (found["庚县林业局机关"], found["庚县航空护林队伍"]) == ("subtotal", "subtotal")


def test_a_single_row_below_a_number_is_its_kind_where_those_of_other_numbers_are() -> None:
    rows = [
        ("一、罚没收入", "9.00"),
        ("交通罚没收入", "5.00"),
        ("治安罚没收入", "4.00"),
        ("二、行政事业性收费收入", "5.00"),
        ("证照工本费", "2.00"),
        ("考试费", "3.00"),
        ("三、国有资源有偿使用收入", "2.00"),
        ("房屋出租收入", "2.00"),
        ("合计", "16.00"),
    ]
    found = facts(table("非税收入征收计划表", ("收入项目", "计划数"), *rows))
    total = next(figure for figure in found.figures if figure.row_role == "total")
    assert [part.row_label[:2] for part in total.sum_of_rows] == ["一、", "二、", "三、"]


@pytest.mark.parametrize(("undivided", "parts"), [("5.00", 0), ("4.00", 2)])
def test_a_total_over_a_row_that_is_not_divided_is_not_the_sum_of_its_columns(undivided: str, parts: int) -> None:
    """A row that prints its total alone is missing in the columns that make up the total of all."""
    rows = [
        ("东乡", "3.00", "4.00", "7.00"),
        ("西乡", "2.00", "1.00", "3.00"),
        ("县级统筹", "", "", undivided),
        ("合计", "5.00", "5.00", "15.00"),
    ]
    found = facts(table("补助资金安排表", ("乡镇", "禁牧补助", "平衡奖励", "合计"), *rows)).figures
    assert len(found[-1].sum_of_columns) == parts


@pytest.mark.parametrize("rows", [["合计", "-", "9.00"], ["-", "合计", "9.00"]])
def test_a_dash_is_no_name_of_a_row(rows: list[str]) -> None:
    text = table(
        "支出总表", ("科目名称", "科目编码", "合计"), ("教育支出", "205", "5.00"), ("农林水支出", "213", "4.00"), rows
    )
    assert roles(text)[-1] == ("合计", "total")


def test_transfers_from_above_are_made_up_by_their_kinds_without_blanks_before_them() -> None:
    rows = [
        ("上级补助收入", "9.00"),
        ("返还性收入", "1.00"),
        ("一般性转移支付收入", "5.00"),
        ("专项转移支付收入", "3.00"),
    ]
    total = facts(table("一般公共预算收入平衡表", ("项目", "决算数"), *rows, ("收入总计", "9.00"))).figures[-1]
    assert [part.row_label for part in total.sum_of_rows] == ["上级补助收入"]


@pytest.mark.parametrize(
    ("label", "below", "role"),
    [
        ("区级一般公共预算收入合计", [], "total"),
        ("区级一般公共预算收入合计", [["上级补助收入", "4.00"]], "subtotal"),
        ("本年收入合计", [], "subtotal"),
        ("人员经费合计", [], "subtotal"),
    ],
)
def test_the_only_sum_and_last_row_is_a_total(label: str, below: list[list[str]], role: str) -> None:
    rows = [["项目", "预算数"], ["一、税收收入", "6.00"], ["二、非税收入", "3.00"], [label, "9.00"], *below]
    assert (label, role) in roles(table("2031年收入预算表", *rows))


@pytest.mark.parametrize("sums", ["小计（{}）", "小计({})", "{}小计"])
def test_a_subtotal_below_its_projects_may_name_whose_it_is_in_brackets(sums: str) -> None:
    units = (("庚县林业局本级", ("防火巡护", "5.00"), ("苗木补贴", "4.00")), ("庚县林业站", ("病虫防治", "3.00")))
    rows = [
        row
        for unit, *projects in units
        for row in (*projects, (sums.format(unit), f"{sum(Decimal(amount) for _, amount in projects)}"))
    ]
    found = facts(table("项目支出预算表", ("项目名称", "金额"), *rows, ("合计", "12.00")))
    assert [one.name for one in found.projects] == ["防火巡护", "苗木补贴", "病虫防治"]
    assert [one.row_role for one in found.figures] == ["leaf", "leaf", "subtotal", "leaf", "subtotal", "total"]
    assert [part.row_label for part in found.figures[-1].sum_of_rows] == [sums.format(unit) for unit, *_ in units]


def test_a_project_whose_name_only_holds_a_subtotal_is_a_project() -> None:
    rows = (("小计算机房改造", "5.00"), ("小计量站（二期）建设", "4.00"), ("合计", "9.00"))
    found = facts(table("项目支出预算表", ("项目名称", "金额"), *rows))
    assert [one.name for one in found.projects] == ["小计算机房改造", "小计量站（二期）建设"]


@pytest.mark.parametrize("place", [1, 4])
def test_a_row_without_words_is_the_total_of_those_that_make_it_up(place: int) -> None:
    rows = [["205", "教育支出", "30.00", "20.00"], ["208", "社会保障和就业支出", "15.00", "5.00"]]
    rows += [["221", "住房保障支出", "8.00", "8.00"]]
    head = ["科目编码", "科目名称", "合计", "基本支出"]
    placed = [head, *rows]
    placed.insert(place, ["", "", "53.00", "33.00"])
    text = "云岭县体育运动学校2025年部门预算\n\n"
    found = facts(text + table("支出预算总表", *placed)).figures
    total = [one for one in found if not one.row_label]
    assert [(one.row_role, len(one.sum_of_rows), one.safe_to_sum) for one in total] == [("total", 3, False)] * 2
    placed[place] = ["", "", "12.00", "7.00"]
    assert ("", "leaf") in roles(text + table("支出预算总表", *placed))


def test_rows_of_classes_alone_make_up_a_total_whatever_lost_its_indentation() -> None:
    rows = [["农林水支出", "70", "40"], ["水库移民后期扶持基金安排的支出", "50", "25"], ["移民补助", "", "25"]]
    rows += [["其他基金安排的支出", "20", "15"], ["设施建设", "", "9"], ["技术推广", "", "6"]]
    rows += [["交通运输支出", "30", "12"], ["公路养护", "", "3"], ["港口建设", "", "4"]]
    head, text = ["项目", "调整预算数", "决算数"], "云岭县2025年财政决算公开\n\n"
    given = roles(text + table("2025年政府性基金支出决算表", head, ["合计", "100", "52"], *rows))
    subtotals = ["农林水支出", "水库移民后期扶持基金安排的支出", "其他基金安排的支出"]
    assert [name for name, role in given if role == "subtotal"] == subtotals
    assert [name for name, role in given if role == "memo"] == ["公路养护", "港口建设"]
    every = roles(text + table("2025年政府性基金支出决算表", head, ["合计", "270", "143"], *rows))
    assert {role for _, role in every} == {"total", "leaf"}


def test_what_stands_below_a_sum_is_of_no_class_above_it() -> None:
    rows = [["教育支出", "70"], ["小学教育", "40"], ["其他支出", "30"], ["本年支出合计", "100"], ["结转下年", "20"]]
    text = "云岭县2025年财政决算公开\n\n" + table("2025年支出决算表", ["项目", "决算数"], *rows, ["支出总计", "120"])
    assert ("结转下年", "leaf") in roles(text)
    assert ("小学教育", "memo") in roles(text)


def test_a_place_above_its_own_level_and_what_lies_below_is_their_total() -> None:
    head = ["地区", "限额", "其中：专项债务限额"]
    rows = [["云岭县", "36.52", "14.42"], ["县本级", "30.12", "12.12"], ["工业园区", "6.40", "2.30"]]
    text = "云岭县2025年财政决算公开\n\n"
    assert roles(text + table("2025年地方政府债务限额表", head, *rows))[0] == ("云岭县", "total")
    beside = [["东岭县", "36.52", "14.42"], ["县本级", "20.12", "12.12"], ["工业园区", "6.40", "3.30"]]
    assert roles(text + table("2025年地方政府债务限额表", head, *beside))[0] == ("东岭县", "leaf")


@pytest.mark.parametrize("wrong", ["18", "12"])
def test_one_wrong_amount_of_several_columns_leaves_rows_the_parts_that_they_are(wrong: str) -> None:
    head = ["项目", "上年决算数", "预算数", "决算数"]
    rows = [
        ["一、税收收入", "50", "60", "70"],
        ["二、转移性收入", "35", "40", "45"],
        ["上级补助收入", "20", "25", wrong],
    ]
    rows += [["上年结转收入", "15", "15", "30"], ["收入总计", "85", "100", "115"]]
    text = "云岭县2025年财政决算公开\n\n"
    assert ("上级补助收入", "leaf") in roles(text + table("2025年一般公共预算收入决算表", head, *rows))
    rows[2] = ["上级补助收入", "20", "22", wrong]
    assert ("上级补助收入", "memo") in roles(text + table("2025年一般公共预算收入决算表", head, *rows))
