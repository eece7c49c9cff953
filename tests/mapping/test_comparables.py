"""What tables must agree on, from texts with planted errors in three layouts to the findings of the audit."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mapping.audit import Result, audit, open_graph
from mapping.facts import Facts, assemble
from mapping.read import read
from mapping.rules import audit_rules
from mapping.triples import write_graph

FORMS = ("pipe", "tab", "cell")
Rows = Sequence[Sequence[str]]


def table(form: str, title: str, rows: Rows) -> str:
    """A table with its title, in one of the three forms of text."""
    if form == "pipe":
        rule = "|" + "---|" * len(rows[0])
        lines = [f"| {' | '.join(row)} |" for row in rows]
        body = "\n".join([lines[0], rule, *lines[1:]])
    elif form == "tab":
        body = "\n".join("\t".join(row) for row in rows)
    else:
        body = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)
    return f"{title}\n\n单位：万元\n\n{body}\n\n"


def facts(text: str) -> Facts:
    return assemble(read(f"某县财政局2024年部门预算\n\n{text}".encode()), None)


def results(text: str, *names: str) -> list[Result]:
    """What the rules find, of these names or of tables only."""
    quads = write_graph(facts(text), "0" * 64, ["text.txt"], "https://example.org/")
    return audit(open_graph(quads), [rule for rule in audit_rules() if rule.name in (names or OF_TABLES)])


OF_TABLES = (
    "row-sum",
    "column-sum",
    "blank-subtotal",
    "difference-column",
    "rate-column",
    "table-against-table",
    "income-expenditure-balance",
    "basic-and-project",
    "three-public-parts",
    "fund-parts",
    "part-above-whole",
    "personnel-and-public",
    "carry-over-parts",
    "class-in-one-table",
)

SUMMARY = [
    ["收入", "", "支出", ""],
    ["项目", "预算数", "项目", "预算数"],
    ["一、一般公共预算拨款收入", "8.00", "一、教育支出", "6.00"],
    ["二、其他收入", "1.00", "二、住房保障支出", "3.00"],
    ["本年收入合计", "9.00", "本年支出合计", "9.00"],
    ["收入总计", "9.00", "支出总计", "9.00"],
]
EXPENDITURE = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["", "合计", "9.00", "5.00", "4.00"],
    ["205", "教育支出", "6.00", "2.00", "4.00"],
    ["20502", "普通教育", "6.00", "2.00", "4.00"],
    ["2050202", "小学教育", "6.00", "2.00", "4.00"],
    ["221", "住房保障支出", "3.00", "3.00", ""],
    ["22102", "住房改革支出", "3.00", "3.00", ""],
    ["2210201", "住房公积金", "3.00", "3.00", ""],
]
CHANGES = [
    ["项目", "2023年预算数", "2024年预算数", "增减额", "增减%"],
    ["合计", "10.00", "12.00", "2.00", "20.00"],
    ["一、公务接待费", "4.00", "5.00", "1.00", "25.00"],
    ["二、会议费", "6.00", "7.00", "1.00", "16.67"],
]


def changed(rows: Rows, row: int, column: int, cell: str) -> Rows:
    """`rows` with one cell printed otherwise."""
    return [[cell if (r, c) == (row, column) else old for c, old in enumerate(line)] for r, line in enumerate(rows)]


@pytest.mark.parametrize("form", FORMS)
def test_consistent_tables_have_no_finding(form: str) -> None:
    text = table(form, "2024年收支总表", SUMMARY) + table(form, "2024年支出总表", EXPENDITURE)
    assert results(text + table(form, "2024年“三公”经费对比表", CHANGES)) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_part_of_a_total_is_nothing(form: str) -> None:
    found = results(table(form, "2024年支出总表", changed(EXPENDITURE, 4, 4, "")), "column-sum")
    assert [(one.said["found"], one.said["expected"]) for one in found] == [("6.00万元", "2万元")]


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_class_above_printed_ones_is_found(form: str) -> None:
    found = results(table(form, "2024年支出总表", changed(EXPENDITURE, 3, 2, "")), "blank-subtotal")
    assert [(one.said["row"], one.said["expected"]) for one in found] == [("普通教育", "6万元")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("column", [2, 4])
def test_what_a_total_lacks_is_the_blank_cell_that_the_rest_of_its_row_tells(form: str, column: int) -> None:
    rows = [
        *EXPENDITURE[:4],
        ["2050202", "小学教育", "3.50", "2.00", "1.50"],
        ["2050203", "初中教育", "2.50", "", "2.50"],
    ]
    text = table(form, "2024年支出总表", changed([*rows, *EXPENDITURE[5:]], 5, column, ""))
    found = results(text, "row-sum")
    blanks = facts(text).comparables.blanks
    assert [(one.row_label, one.row, one.column) for one in blanks] == [("初中教育", 5, column)]
    assert [any("/blank/" in cell for cell in one.cells) for one in found] == [True]


def test_what_a_total_lacks_is_told_by_the_same_name_elsewhere() -> None:
    income = [["科目名称", "合计", "一般公共预算拨款", "其他收入"], ["合计", "9.00", "8.00", "1.00"]]
    text = table("pipe", "2024年收支总表", changed(SUMMARY, 3, 1, ""))
    assert [one.row_label for one in facts(text).comparables.blanks] == []
    both = facts(text + table("pipe", "2024年收入总表", income))
    assert [one.row_label for one in both.comparables.blanks] == ["二、其他收入"]


@pytest.mark.parametrize(("carried", "blank"), [("", []), ("1.00", ["收入总计"])])
def test_a_column_may_end_with_the_sum_of_the_year(carried: str, blank: list[str]) -> None:
    rows = [["项目", "2024年预算数", "2024年决算数"], ["土地收入", "5.00", "6.00"], ["本年收入合计", "5.00", "6.00"]]
    rows += [["上年结转", carried, "2.00"], ["收入总计", "", "8.00"]]
    found = facts(table("pipe", "2024年政府性基金收入表", rows)).comparables.blanks
    assert [one.row_label for one in found] == blank


@pytest.mark.parametrize("heading", ["决算数为上年决算数%", "下达比例%"])
def test_a_rate_is_of_the_columns_that_its_heading_or_nearly_all_rows_tell(heading: str) -> None:
    rows = [["项目", "2023年决算数", "2024年决算数", heading]]
    rows += [[f"事项{at}", str(at * 10), str(at * 7 + 1), f"{(at * 7 + 1) * 10 / at:.2f}"] for at in range(1, 8)]
    assert results(table("pipe", "2024年支出情况表", rows), "rate-column") == []
    wrong = changed(rows, 3, 3, "26.67")
    assert [one.said["found"] for one in results(table("pipe", "2024年支出情况表", wrong), "rate-column")] == ["26.67%"]


def test_a_dash_is_no_blank() -> None:
    assert facts(table("pipe", "2024年支出总表", changed(EXPENDITURE, 3, 2, "—"))).comparables.blanks == []


@pytest.mark.parametrize("form", FORMS)
def test_differences_and_rates_are_compared_with_their_amounts(form: str) -> None:
    title = "2024年“三公”经费对比表"
    more = results(table(form, title, changed(CHANGES, 2, 3, "1.20")), "difference-column")
    assert [(one.said["found"], one.said["expected"]) for one in more] == [("1.20万元", "1万元")]
    rate = results(table(form, title, changed(CHANGES, 3, 4, "17.76")), "rate-column")
    assert [(one.said["found"], one.said["part"], one.said["whole"]) for one in rate] == [
        ("17.76%", "7.00万元", "6.00万元")
    ]


def test_the_heading_says_which_columns_a_difference_compares() -> None:
    rows = [
        ["项目", "2023年预算数", "2023年执行数", "2024年预算数", "2024年预算数比2023年执行数/增减额"],
        ["一、公务接待费", "4.00", "3.00", "5.00", "2.00"],
        ["二、会议费", "6.00", "5.00", "7.00", "2.00"],
        ["三、培训费", "1.00", "1.00", "1.00", "0.50"],
    ]
    found = facts(table("pipe", "2024年经费对比表", rows)).comparables.comparisons
    pairs = {(one.first and one.first.column_path, one.second and one.second.column_path) for one in found}
    assert pairs == {("2024年预算数", "2023年执行数")}
    assert len(results(table("pipe", "2024年经费对比表", rows), "difference-column")) == 1


def test_a_column_that_agrees_with_no_pair_is_compared_with_none() -> None:
    rows = [[*row[:3], "0.30", "7.00"] if at else row for at, row in enumerate(CHANGES)]
    assert facts(table("pipe", "2024年“三公”经费对比表", rows)).comparables.comparisons == []


@pytest.mark.parametrize("form", FORMS)
def test_income_and_expenditure_must_balance(form: str) -> None:
    rows = changed(changed(SUMMARY, 5, 3, "8.00"), 3, 3, "2.00")
    found = results(table(form, "2024年收支总表", changed(rows, 4, 3, "8.00")))
    assert [(one.rule.name, one.said["found"], one.said["expected"]) for one in found] == [
        ("income-expenditure-balance", "9.00万元", "8万元")
    ]


@pytest.mark.parametrize("form", FORMS)
def test_two_tables_of_one_amount_must_agree(form: str) -> None:
    rows = [[*row[:2], *(cell.replace("9.00", "8.00") for cell in row[2:])] for row in EXPENDITURE]
    text = table(form, "2024年收支总表", SUMMARY) + table(form, "2024年支出总表", rows)
    found = results(text, "table-against-table")
    assert [one.said["found"] for one in found] == ["8.00万元; 9.00万元"]


@pytest.mark.parametrize("form", FORMS)
def test_a_class_must_stand_in_the_table_of_all_expenditure(form: str) -> None:
    public = [*EXPENDITURE[:1], ["", "合计", "1.00", "1.00", ""]]
    public += [["210", "卫生健康支出", "1.00", "1.00", ""], ["21011", "行政事业单位医疗", "1.00", "1.00", ""]]
    public += [["2101101", "行政单位医疗", "1.00", "1.00", ""]]
    text = table(form, "2024年支出总表", EXPENDITURE) + table(form, "2024年一般公共预算支出表", public)
    assert [one.said["class"] for one in results(text, "class-in-one-table")] == ["210"]


def test_a_table_of_classes_only_expects_no_items() -> None:
    public = [row for row in EXPENDITURE if len(row[0]) < 7]
    text = table("pipe", "2024年支出总表", public) + table("pipe", "2024年一般公共预算支出表", EXPENDITURE)
    assert results(text, "class-in-one-table") == []


def test_slipped_headings_make_no_sums_and_no_facts() -> None:
    head = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    slipped = [["科目编码", "", "科目名称", "合计", "基本支出"], ["221", "住房保障支出", "3.00", "3.00", ""]]
    slipped += [["22102", "住房改革支出", "3.00", "3.00", ""], ["2210201", "住房公积金", "3.00", "3.00", ""]]
    whole = table("pipe", "2024年支出总表", [head, *EXPENDITURE[1:5]])
    assert results(whole + "- 4 -\n\n" + table("pipe", "", slipped)) == []


def headed(title: str, rows: Rows) -> str:
    """A table in cells, the first of each row without the tab before it."""
    body = "\n\n".join("\n".join((row[0], *(f"\t{cell}" for cell in row[1:]))) for row in rows)
    return f"{title}\n\n单位：万元\n\n{body}\n\n"


def test_cells_without_the_first_tab_are_rows() -> None:
    rows = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["", "合计", "100.00", "60.00", "40.00"],
        ["208", "社会保障和就业支出", "10.00", "10.00", ""],
        ["20805", "行政事业单位养老支出", "10.00", "10.00", ""],
        ["213", "农林水支出", "90.00", "50.00", "40.00"],
        ["21301", "农业农村", "90.00", "50.00", "40.00"],
    ]
    assert results(headed("支出总表", rows)) == []
    rows[4] = ["213", "农林水支出", "80.00", "50.00", "40.00"]
    assert {one.rule.name for one in results(headed("支出总表", rows))} == {"row-sum", "column-sum"}


THREE_PUBLIC = ["因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"]


@pytest.mark.parametrize("form", FORMS)
def test_a_subtotal_of_the_three_public_expenses_holds_that_of_vehicles(form: str) -> None:
    head = ["项目", "“三公”经费小计", "因公出国（境）费用", "公务接待费", "公务用车购置及运行维护费小计"]
    head += ["公务用车购置费", "公务用车运行维护费", "会议费", "培训费"]
    rows = [head, ["预算数", "7.20", "0.00", "1.20", "6.00", "0.00", "6.00", "2.00", "4.00"]]
    assert results(table(form, "“三公”经费及会议费、培训费支出决算表", rows)) == []
    for wrong in (1, 4):
        found = results(table(form, "“三公”经费及会议费、培训费支出决算表", changed(rows, 1, wrong, "6.20")))
        assert {one.rule.name for one in found} == {"column-sum"}


@pytest.mark.parametrize("total", ["“三公”经费合计", "合计"])
@pytest.mark.parametrize("form", FORMS)
def test_meetings_beside_the_three_public_expenses_are_no_part_of_them(form: str, total: str) -> None:
    columns = [[total, *THREE_PUBLIC, "会议费", "培训费"], ["16.00", "0.00", "14.00", "2.00", "1.00", "12.00"]]
    assert results(table(form, "“三公”经费、会议费、培训费支出表", columns)) == []
    rows = [["项目", "预算数"], *map(list, zip(*columns, strict=True))]
    assert results(table(form, "“三公”经费、会议费、培训费支出表", rows)) == []
    columns[1][2] = "15.00"
    if total != "合计":
        rows = [["项目", "预算数"], *map(list, zip(*columns, strict=True))]
        for wrong in (columns, rows):
            found = results(table(form, "“三公”经费、会议费、培训费支出表", wrong))
            assert {one.rule.name for one in found} <= {"row-sum", "column-sum"} and found


BOUGHT = [
    ["采购品目", "数量", "单价", "金额"],
    ["台式计算机", "4", "0.55", "2.20"],
    ["教材印刷服务", "1", "3.60", "3.60"],
    ["物业管理服务", "12", "1.00", "12.00"],
    ["合计", "", "", "17.80"],
]


NET_VALUES = [
    ["项目", "年初数", "年末数"],
    ["一、流动资产", "8.00", "6.00"],
    ["二、固定资产净值", "40.00", "37.00"],
    ["固定资产原值", "60.00", "62.00"],
    ["减：累计折旧", "20.00", "25.00"],
    ["三、无形资产净值", "2.00", "1.00"],
    ["资产合计", "50.00", "44.00"],
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("order", [[2, 3, 4], [3, 4, 2]])
def test_what_a_net_value_is_computed_from_is_no_more_of_the_total(form: str, order: list[int]) -> None:
    rows = [*NET_VALUES[:2], *(NET_VALUES[at] for at in order), *NET_VALUES[5:]]
    assert results(table(form, "资产负债情况表", rows)) == []
    worn = changed(rows, 2 + order.index(3), 2, "65.00")
    assert [one.rule.name for one in results(table(form, "资产负债情况表", worn))] == ["difference-column"]


@pytest.mark.parametrize("form", FORMS)
def test_a_net_value_is_none_of_other_assets(form: str) -> None:
    rows = changed(NET_VALUES, 3, 0, "在建工程原值")
    found = [one.rule.name for one in results(table(form, "资产负债情况表", rows))]
    assert "difference-column" not in found


@pytest.mark.parametrize("form", FORMS)
def test_a_total_sums_no_averages_nor_how_long_each_lasts(form: str) -> None:
    rows = [
        ["班次", "期数", "每期天数", "人均费用", "金额"],
        ["进修班", "2", "30", "0.50", "8.00"],
        ["培训班", "3", "20", "0.40", "9.00"],
        ["研讨班", "1", "60", "0.30", "3.00"],
        ["合计", "6", "", "0.45", "20.00"],
    ]
    assert results(table(form, "办班情况表", rows)) == []
    wrong = changed(rows, 4, 4, "21.00")
    assert [one.rule.name for one in results(table(form, "办班情况表", wrong))] == ["row-sum"]


@pytest.mark.parametrize("form", FORMS)
def test_price_times_number_is_the_amount_where_other_rows_show_it(form: str) -> None:
    def said(rows: Rows) -> list[tuple[str, str]]:
        found = results(table(form, "2024年政府采购预算表", rows), "standard-times-heads")
        return [(one.said["found"], one.said["expected"]) for one in found]

    assert said(BOUGHT) == []
    assert said(changed(BOUGHT, 1, 2, "5.50")) == [("2.20万元", "22万元")]
    unsure = changed(changed(BOUGHT, 1, 2, "5.50"), 3, 3, "1.20")  # no row of several things shows what is multiplied
    assert said(unsure) == []
    prices = [BOUGHT[0], *([*row[:2], f"{row[2]}00", row[3]] for row in BOUGHT[1:4])]
    assert said(prices) == []


PROCUREMENT = [
    ["采购品目", "组织形式", "总计"],
    ["合计", "", "95.60"],
    ["一、货物", "", "60.00"],
    ["医疗设备", "分散采购", "40.00"],
    ["信息设备", "集中采购", "20.00"],
    ["二、工程", "", "26.00"],
    ["修缮工程", "分散采购", "26.00"],
    ["三、服务", "", "9.60"],
    ["培训服务", "分散采购", "9.60"],
]


@pytest.mark.parametrize("form", FORMS)
def test_unnumbered_rows_stand_below_numbered_ones_that_they_make_up(form: str) -> None:
    assert results(table(form, "政府采购支出表", PROCUREMENT)) == []
    for at in range(1, len(PROCUREMENT)):
        wrong = [list(row) for row in PROCUREMENT]
        wrong[at][2] = "77.77"
        assert "row-sum" in {one.rule.name for one in results(table(form, "政府采购支出表", wrong))}, wrong[at]


@pytest.mark.parametrize("form", FORMS)
def test_a_column_of_money_carried_over_takes_it_out_of_the_columns_beside(form: str) -> None:
    spent = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["", "合计", "150.00", "60.00", "90.00"],
        ["213", "农林水支出", "150.00", "60.00", "90.00"],
        ["21301", "农业农村", "150.00", "60.00", "90.00"],
    ]
    projects = [
        ["项目名称", "合计", "一般公共预算", "上年结转"],
        ["合计", "90.00", "70.00", "20.00"],
        ["农业生产托管", "70.00", "70.00", ""],
        ["面源污染治理", "20.00", "", "20.00"],
    ]
    text = table(form, "一般公共预算支出表", spent) + table(form, "项目支出表", projects)
    assert results(text) == []


@pytest.mark.parametrize("form", FORMS)
def test_codes_of_units_beside_their_projects_head_none(form: str) -> None:
    rows = [
        ["单位代码", "单位名称", "项目名称", "预算数"],
        ["", "合计", "", "900.00"],
        ["304001", "某县航运局本级", "航运安全监管", "520.00"],
        ["304001", "某县航运局本级", "信息系统运行维护", "100.00"],
        ["304002", "某县航道养护中心", "航道应急抢通", "280.00"],
    ]
    assert results(table(form, "项目支出预算表", rows)) == []


@pytest.mark.parametrize("form", FORMS)
def test_one_fund_does_not_spend_more_than_all(form: str) -> None:
    def spent(total: str) -> Rows:
        return [
            ["科目编码", "科目名称", "金额"],
            ["", "合计", total],
            ["213", "农林水支出", total],
            ["21301", "农业农村", total],
        ]

    def text(one: str) -> str:
        return table(form, "支出总表", spent("90.00")) + table(form, "一般公共预算支出表", spent(one))

    assert results(text("80.00"), "part-above-whole") == []
    assert results(text("90.00"), "part-above-whole") == []
    found = results(text("98.00"), "part-above-whole")
    assert {one.said["found"] for one in found} == {"98.00万元"}
    assert {one.said["expected"] for one in found} == {"90万元"}


ASSETS = [
    ["项目", "数量", "价值"],
    ["资产总额", "——", "900.00"],
    ["1、房屋（平方米）", "3200.50", "700.00"],
    ["其中：办公用房（平方米）", "1850.25", "410.00"],
    ["2、车辆数合计（辆）", "5", "96.40"],
    ["（1）应急保障用车", "2", "30.40"],
    ["（2）特种专业技术用车", "3", "66.00"],
    ["3、单价50万元以上设备（台、套）", "4", "103.60"],
]


@pytest.mark.parametrize("form", FORMS)
def test_counts_that_add_up_have_no_finding(form: str) -> None:
    assert results(table(form, "国有资产占用情况表", ASSETS), "count-sum") == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        pytest.param(4, "6", ("6辆", "5辆"), id="total"),
        pytest.param(6, "2", ("5辆", "4辆"), id="part"),
        pytest.param(3, "8150.25", ("3200.50平方米", "8150.25平方米"), id="其中"),
    ],
)
def test_counts_that_do_not_add_up_are_found(form: str, row: int, cell: str, said: tuple[str, str]) -> None:
    found = results(table(form, "国有资产占用情况表", changed(ASSETS, row, 1, cell)), "count-sum")
    assert [(one.said["found"], one.said["expected"]) for one in found] == [said]


@pytest.mark.parametrize(
    ("row", "label"),
    [
        pytest.param(4, "2、车辆（辆）", id="not all parts need be printed"),
        pytest.param(6, "（2）车位（平方米）", id="another unit"),
    ],
)
def test_counts_that_may_add_up_are_left_alone(row: int, label: str) -> None:
    rows = changed(changed(ASSETS, 4, 1, "9"), row, 0, label)
    assert results(table("pipe", "国有资产占用情况表", rows), "count-sum") == []


def test_whole_numbers_of_what_is_measured_are_rounded() -> None:
    rows = [
        ["县", "养护里程（公里）", "金额"],
        ["合计", "778", "9.00"],
        ["甲县", "389", "4.00"],
        ["乙县", "390", "5.00"],
    ]
    assert results(table("pipe", "资金分配表", rows), "count-sum") == []
    assert len(results(table("pipe", "资金分配表", changed(rows, 1, 1, "878")), "count-sum")) == 1


def shifted(rows: Rows, first: int, last: int) -> Rows:
    """`rows` with the amounts of rows `first` to `last` one row further down, the last one on top."""
    moved = [rows[at][-1] for at in (last, *range(first, last))]
    return [*rows[:first], *([*row[:-1], cell] for row, cell in zip(rows[first : last + 1], moved, strict=True))]


LEAVES = [
    ["科目编码", "科目名称", "金额"],
    ["", "合计", "100.00"],
    ["2050202", "小学教育", "70.37"],
    ["2080505", "机关事业单位基本养老保险缴费支出", "12.48"],
    ["2101102", "事业单位医疗", "6.10"],
    ["2210201", "住房公积金", "8.00"],
    ["2210202", "提租补贴", "3.05"],
]


@pytest.mark.parametrize("form", FORMS)
def test_amounts_that_slipped_by_a_row_are_one_finding(form: str) -> None:
    text = table(form, "财政拨款支出表", LEAVES) + table(form, "支出总表", shifted(LEAVES, 2, 6))
    (found,) = results(text, "shifted-figures")
    assert (found.said["title"], found.said["other"], found.said["count"]) == ("支出总表", "财政拨款支出表", "4")
    assert len(found.cells) == 8


def test_amounts_that_slipped_by_several_rows_are_one_finding() -> None:
    amounts = [row[-1] for row in LEAVES[2:]]
    moved = [[*row[:-1], cell] for row, cell in zip(LEAVES[2:], [*amounts[3:], *amounts[:3]], strict=True)]
    text = table("pipe", "财政拨款支出表", LEAVES) + table("pipe", "支出总表", [*LEAVES[:2], *moved])
    (found,) = results(text, "shifted-figures")
    assert (found.said["title"], found.said["count"]) == ("支出总表", "3")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(LEAVES, id="the same rows"),
        pytest.param(shifted(LEAVES, 2, 3), id="two amounts exchanged"),
        pytest.param(changed(LEAVES, 3, 2, "70.37"), id="one amount copied from above"),
    ],
)
def test_fewer_amounts_in_a_wrong_row_are_no_shift(rows: Rows) -> None:
    text = table("pipe", "财政拨款支出表", LEAVES) + table("pipe", "支出总表", rows)
    assert results(text, "shifted-figures") == []


BASIC = [["科目编码", "科目名称", "金额"], ["302", "商品和服务支出", "9.00"], ["30201", "办公费", "6.00"]]


@pytest.mark.parametrize(("reception", "count"), [("2.00", 0), ("3.00", 0), ("3.02", 1)])
def test_basic_expenditure_holds_no_more_reception_than_there_is(reception: str, count: int) -> None:
    basic = [*BASIC, ["30217", "公务接待费", reception]]
    public = [["项目", "预算数"], ["合计", "3.00"], ["公务接待费", "3.00"]]
    text = table("pipe", "一般公共预算基本支出表", basic) + table("pipe", "财政拨款“三公”经费支出表", public)
    assert len(results(text, "part-above-whole")) == count


def test_headings_in_the_total_row_are_headings() -> None:
    """The template of some accounts prints the lowest headings in the total row; they hide no label of it."""
    rows = [
        ["项目", "", "本年收入", "本年支出", "", "", "年末结余"],
        ["科目编码", "科目名称", "", "", "", "", ""],
        ["合计", "", "30.00", "合计", "基本支出", "项目支出", "0"],
        ["212", "城乡社区支出", "30.00", "30.00", "", "30.00", "0"],
        ["21208", "国有土地使用权出让收入安排的支出", "30.00", "30.00", "", "30.00", "0"],
    ]
    text = "云屏县水务局2030年部门决算\n\n" + table("pipe", "政府性基金预算财政拨款收入支出决算表", rows)
    found = [
        (one.row_label, one.column_path, one.printed.printed) for one in assemble(read(text.encode()), None).figures
    ]
    assert ("合计", "本年收入", "30.00") in found
    assert ("城乡社区支出", "本年支出/项目支出", "30.00") in found
    assert not any("基本支出" in label for label, _, _ in found)
    assert results(text, "blank-subtotal") == []


def test_a_total_of_a_phase_that_a_row_of_it_does_not_tell_is_no_blank() -> None:
    rows = [
        ["收入项目", "年初预算数", "决算数"],
        ["一、本级收入", "30.00", "31.00"],
        ["二、上级补助收入", "{}", "60.00"],
    ]
    rows.append(["收入总计", "", "91.00"])
    made = table("pipe", "2024年收入支出总表", rows)
    assert results(made.format("60.00"), "blank-subtotal")
    assert results(made.format(""), "blank-subtotal") == []


@pytest.mark.parametrize(
    "head",
    [
        ["对象", "月标准", "月数", "人数", "金额"],
        ["类别", "补助标准（元/月）", "发放月数", "人数", "全年合计"],
    ],
)
def test_a_total_leaves_standards_and_months_blank(head: list[str]) -> None:
    rows = [
        head,
        ["正职", "500", "12", "10", "60000"],
        ["副职", "400", "12", "5", "24000"],
        ["合计", "", "", "", "84000"],
    ]
    assert not results(table("tab", "村干部报酬测算表", rows).replace("万元", "元"))


@pytest.mark.parametrize("head", ["调整数", "本次调整金额", "预算调整额"])
def test_what_a_budget_was_changed_by_is_what_it_is_less_what_it_was(head: str) -> None:
    rows = [["项目", "年初预算数", head, "调整后预算数"], ["一、税收收入", "90", "-12", "78"]]
    rows += [["二、非税收入", "30", "4", "34"], ["收入总计", "120", "-8", "112"]]
    found = facts(table("pipe", "2024年一般公共预算收入调整表", rows))
    assert [one.safe_to_sum for one in found.figures if one.column_path == head] == [False] * 3
    assert {one.phase for one in found.figures if one.column_path == head} == {"adjusted"}
    wrong = results(table("pipe", "2024年一般公共预算收入调整表", changed(rows, 2, 2, "7")), "difference-column")
    assert [(one.said["found"], one.said["expected"]) for one in wrong] == [("7万元", "4万元")]
    alone = [[*row[:1], *row[2:]] for row in rows]
    assert facts(table("pipe", "2024年一般公共预算收入表", alone)).comparables.comparisons == []
