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


@pytest.mark.parametrize("annex", ["附件.", "附件", "附件6", "附件十二："])
def test_a_line_that_says_annex_alone_parts_two_tables_of_pipes(annex: str) -> None:
    text = (
        f"| 索引号 | K/2017-01 | 发布机构 | 某县财政局 |\n{annex} | |||\n"
        "某县2016年“三公”经费决算表 | |||\n单位：万元 | |||\n"
        "项目 | 上年决算数 | 本年决算数 | 备注 |\n合计 | 29.47 | 27.86 | |\n公务接待费 | 29.47 | 27.86 | |\n"
    )
    assert {(one.table.title, one.unit) for one in facts(text).figures} == {("某县2016年“三公”经费决算表", "万元")}


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


@pytest.mark.parametrize("cover", ["", "附件3\n\n（经县人大批准）\n\n"])
@pytest.mark.parametrize("head", ["| 科目名称 | 合计 |\n|---|---|\n", ""])
def test_a_page_headed_by_the_title_of_the_document_goes_on_though_it_is_called_a_table(head: str, cover: str) -> None:
    title, page = "丁零县2024年预算公开表", "{}| {} | {} |\n| {} | {} |\n\n"
    names = ("教育支出", "60.00", "科学技术支出", "3.00", "农林水支出", "40.00", "交通运输支出", "2.00")
    first, second = page.format("| 科目名称 | 合计 |\n|---|---|\n", *names[:4]), page.format(head, *names[4:])
    read_ = facts(f"{cover}{title}\n\n2024年支出表\n\n单位：亿元\n\n{first}{title}\n\n{second}")
    assert [(one.row_label, one.unit) for one in read_.figures] == [(name, "亿元") for name in names[::2]]
    assert len(read_.tables) == 1


@pytest.mark.parametrize("between", ["2024年收入表", "2024年支出表"])
def test_a_title_of_a_table_said_again_begins_a_table(between: str) -> None:
    """The document begins with the title of its first table, or another title stands above the second."""
    page = "| 科目名称 | 合计 |\n|---|---|\n| 教育 | {} |\n| 农林水 | 2.00 |\n\n"
    first = "2024年支出表\n\n" + page.format("1.00") + "2024年基金支出表\n\n" + page.format("4.00")
    assert (
        len(facts("某乡\n\n" * (between == "2024年收入表") + first + between + "\n\n" + page.format("5.00")).tables)
        == 3
    )


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
        ("辛盟2020年一般公共预算收入决算表", [["项目", "决算数"], ["税收收入", "2234"]], "income"),
        ("辛盟一般公共预算收入完成情况表", [["项目", "完成数"], ["税收收入", "2234"]], "income"),
        ("非税收入计划表", [["收入项目编码", "收入项目名称", "计划数"], ["10304", "考试费", "2234"]], "other"),
        ("非税收入情况表", [["项目", "实际完成数"], ["考试费", "2234"]], "other"),
        ("购买服务预算", [["购买服务项目名称", "预算金额"], ["大楼保洁", "9.00"]], "other"),
        ("流浪儿童救助经费支出情况表", [["对象", "决算数"], ["走失儿童", "9.00"]], "other"),
        (
            "部门支出分单位总表",
            [["单位", "合计", "基本支出", "项目支出"], ["本级", "9.00", "5.00", "4.00"]],
            "expenditure",
        ),
        (
            "部门支出总表",
            [
                ["科目", "合计", "基本支出", "", "", "项目支出"],
                ["", "", "人员经费", "", "公用经费", ""],
                ["", "", "工资福利支出", "对个人和家庭的补助", "", ""],
                ["水文测报", "9.00", "5.00", "1.00", "1.00", "2.00"],
            ],
            "expenditure",
        ),
        (
            "2031年食堂收支预算表",
            [
                ["收入", "", "支出", ""],
                ["项目", "预算数", "项目", "预算数"],
                ["餐费收入", "9.00", "食材", "7.00"],
                ["收入总计", "9.00", "支出总计", "9.00"],
            ],
            "other",
        ),
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


def test_merged_headings_repeated_in_every_cell_are_headings_whatever_their_words() -> None:
    own = ["合计", "因公出国（境）费", "公务用车购置及运行费", "公务用车购置及运行费", "公务接待费"]
    low = ["合计", "因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费"]
    rows = [["2018年预算数"] * 5 + ["2019年预算数"] * 5, own * 2, low * 2, ["3.00", "", "", "2.00", "1.00"] * 2]
    read_ = facts("“三公”经费预算表\n单位：万元\n" + tabs(*rows))
    assert [one.fiscal_year for one in read_.figures] == [2018] * 3 + [2019] * 3
    assert read_.figures[1].column_path == "2018年预算数/公务用车购置及运行费/公务用车运行费"


@pytest.mark.parametrize("unit", ["单位：人", ""])
def test_a_table_of_persons_prints_no_money(unit: str) -> None:
    """Its unit says so, or the heading above those of its columns."""
    rows = [["单位", "编制数", "编制数", "编制数"], ["单位", "小计", "行政", "事业"], ["壬县农牧局", "34", "20", "14"]]
    money = "支出表\n单位：万元\n" + tabs(["项目", "合计"], ["办公费", "2.00"], ["合计", "2.00"])
    read_ = facts(money + f"机构人员情况表\n{unit}\n" + tabs(*rows))
    assert [one.printed.printed for one in read_.figures] == ["2.00", "2.00"]
    assert {one.unit for one in read_.quantities} == ({"人"} if unit else {None})


def test_a_list_of_indicators_of_several_projects_names_them_and_their_units() -> None:
    rows = [
        ["项目名称", "实施单位", "项目金额（万元）", "一级指标", "二级指标", "指标内容", "指标值"],
        ["犬只管理", "壬县农牧局", "120.50", "产出指标", "数量指标", "犬只驱虫", "≥21600只次"],
        ["", "", "", "效益指标", "社会效益", "感染率下降", "≤3%"],
        ["牦牛育肥", "壬县畜牧站", "183.25", "产出指标", "数量指标", "育肥牦牛", "1200头"],
    ]
    found = facts("壬县农牧局2017年部门预算\n\n项目支出绩效目标表\n" + tabs(*rows)).projects
    assert [(one.name, one.implementing_unit, one.has_targets) for one in found] == [
        ("犬只管理", "壬县农牧局", True),
        ("牦牛育肥", "壬县畜牧站", True),
    ]


def test_a_list_of_evaluated_projects_alone_names_them() -> None:
    rows = [
        ["序号", "项目名称", "主管部门", "预算数", "执行数", "执行率", "得分"],
        ["1", "草原修复治理", "癸盟林草局", "3200.00", "3146.80", "98.34%", "94.5"],
        ["2", "农村公路安防", "癸盟交通局", "1860.00", "1640.22", "88.18%", "86.0"],
    ]
    found = facts("癸盟财政局2019年决算\n\n重点项目绩效评价结果表\n单位：万元\n" + tabs(*rows)).projects
    assert [one.name for one in found] == ["草原修复治理", "农村公路安防"]


def test_a_blank_column_before_a_table_of_income_is_none_of_its_sides() -> None:
    rows = [
        ["", "科目名称", "合计", "财政拨款收入"],
        ["", "事业收入", "9.00", "9.00"],
        ["", "其他收入", "2.00", "2.00"],
    ]
    assert columns("收入总表\n单位：万元\n" + tabs(*rows))[2:] == ["合计", "财政拨款收入"]


def test_blanks_between_tabs_stay_where_a_row_prints_more() -> None:
    """Rows of four words with ever other numbers of tabs are no file that aligns by tabs: one row prints six."""
    rows = [
        ["支出功能分类科目", "", "合计", "基本支出", "", "项目支出"],
        ["科目编码", "科目名称", "", "人员经费", "公用经费"],
        ["205", "教育支出", "9.00", "4.00", "3.00", "2.00"],
        ["208", "社会保障和就业支出", "6.00", "6.00"],
        ["210", "卫生健康支出", "5.00", "5.00"],
        ["212", "城乡社区支出", "4.00", "", "", "4.00"],
        ["213", "农林水支出", "3.00", "", "", "3.00"],
        ["221", "住房保障支出", "2.00", "", "2.00"],
    ]
    found = facts("支出总表\n单位：万元\n" + tabs(*rows)).figures
    assert {one.column_path for one in found if one.printed.value == 4} == {"基本支出/人员经费", "合计", "项目支出"}
    assert [one.column_path for one in found if one.row_label == "农林水支出"] == ["合计", "项目支出"]


def test_a_page_of_rows_that_name_kinds_of_expenditure_is_no_heading() -> None:
    head = "收支总表\n单位：万元\n\n| 收入 | | 支出 | | | |\n|--|--|--|--|--|--|\n"
    head += "| 项目 | 数 | 项目（按用途） | 数 | 项目（按科目） | 数 |\n"
    first = "| 一、拨款 | 9.00 | 一、基本支出 | 7.00 | 一、教育支出 | |\n"
    rest = (
        "| 1.经费 | 8.00 | 工资福利支出 | 4.00 | 二、外交 | |\n| 2.收费 | 1.00 | 商品和服务支出 | 3.00 | 三、国防 | |\n"
    )
    last = "| 收入总计 | 9.00 | 支出总计 | 9.00 | 支出总计 | 9.00 |\n"
    assert len(facts(head + first + "\n5\n\n" + rest + last).figures) == 9


def test_a_dash_in_the_column_of_units_is_no_unit() -> None:
    rows = [["单位名称", "项目名称", "合计"], ["甲县林业局", "防火经费", "9.00"], ["-", "防虫经费", "2.00"]]
    found = facts("甲县林业局2022年部门预算\n\n项目支出表\n单位：万元\n" + tabs(*rows)).projects
    assert {one.implementing_unit for one in found} == {"甲县林业局"}


def test_a_government_s_general_public_budget_is_of_that_fund_whatever_its_rows_are_called() -> None:
    income = tabs(["项目", "决算数"], ["国有资本经营收入", "7.00"], ["契税", "2.00"], ["收入合计", "9.00"])
    balance = tabs(
        ["收入", "", "支出", ""], ["项目", "决算数", "项目", "决算数"], ["收入总计", "9.00", "支出总计", "9.00"]
    )
    text = "癸县财政局2019年度决算\n\n一般公共预算收入决算表\n单位：万元\n" + income
    read_ = facts(text + "一般公共预算收支决算平衡表\n单位：万元\n" + balance)
    keys = [read_.stated.figures.get(id(one)) for one in read_.figures]
    assert keys[0] is None
    assert {key.fund_scope for key in keys if key} == {"general-public"}
    assert len([key for key in keys if key]) == 3


def test_what_is_no_budget_of_the_unit_states_no_fact() -> None:
    """What a budget was changed by is no budget; the budget of the place is none of the department that draws it up."""
    heads = ["项目名称", "年初预算数", "调整数", "全年预算数"]
    listed = tabs(heads, ["救助经费", "286.00", "26.50", "312.50"], ["合计", "286.00", "26.50", "312.50"])
    place = tabs(["科目编码", "科目名称", "预算数"], ["223", "国有资本经营预算支出", "9.00"], ["", "合计", "9.00"])
    text = "子县国资委2021年度部门决算\n\n项目支出表\n单位：万元\n" + listed
    read_ = facts(text + "区级国有资本经营支出表\n单位：万元\n" + place)
    keyed = [one.printed.printed for one in read_.figures if id(one) in read_.stated.figures]
    assert keyed == ["286.00", "312.50"] * 2


def test_a_department_whose_budget_takes_in_its_own_level_is_whole() -> None:
    text = "丑县港航中心2024年部门预算公开\n\n部门预算包括本级预算和2家下属单位预算。\n\n支出表\n单位：万元\n"
    assert facts(text + tabs(["项目", "合计"], ["办公费", "2.00"])).description.level == "consolidated"


def test_the_item_of_a_list_of_units_is_no_title_of_its_own_level() -> None:
    """Nor is what the item says of the unit's nature part of its name."""
    text = "云岭县水务局2025年部门预算\n\n纳入部门预算编制范围的单位共2家：\n1.云岭县水务局（本级）（行政）\n"
    found = facts(f"{text}2.云岭县水文站（公益一类事业单位）\n")
    assert found.description.level == "consolidated"
    assert {"云岭县水务局（本级）", "云岭县水文站"} <= {one.name for one in found.offices}


def test_the_unit_right_above_the_headings_is_no_heading() -> None:
    """In the corner of headings of amounts it stands where it is printed."""
    rows = (("207", "文化旅游体育与传媒支出", "9.00", "5.00", "4.00"), ("合计", "9.00", "5.00", "4.00"))
    head = ("金额单位：万元", "科目编码", "科目名称", "本年支出"), ("", "", "合计", "基本支出", "项目支出")
    (table,) = facts("支出决算表\n" + cells(("部门：云岭县水文站",), *head, *rows)).tables
    assert [one.printed_path for one in table.columns][:3] == ["科目编码", "科目名称", "本年支出/合计"]
    assert table.captions.unit == "万元"
    corner = facts(
        "收入情况表\n" + cells(("单位：万元", "预算数", "决算数"), ("拨款", "9.00", "8.00"), ("其他", "1.00", "2.00"))
    )
    assert [one.printed_path for one in corner.tables[0].columns][1:] == ["预算数", "决算数"]


def test_the_price_of_one_is_no_part_of_what_all_cost() -> None:
    rows = ("采购目录 数量 单价 总金额", "笔记本电脑 6 6500 39000", "复印纸 80 150 12000", "合计   51000")
    text = "政府采购预算表\n\n单位：元\n\n" + tabs(*(row.split(" ") for row in rows))
    figures = {one.printed.printed: one for one in facts(text).figures}
    assert not figures["39000"].sum_of_columns
    assert figures["6500"].column_role == "single"


def test_the_row_of_a_department_beside_its_units_is_its_own_level() -> None:
    rows = [["丑县港航中心", "2.00"], ["丑县轮渡站", "3.00"], ["丑县航标所", "4.00"], ["合计", "9.00"]]
    text = "丑县港航中心2024年部门预算公开\n\n部门收入总表\n单位：万元\n" + tabs(["单位名称", "合计"], *rows)
    read_ = facts(text)
    levels = [read_.stated.figures[id(one)].level for one in read_.figures]
    assert levels == ["ownLevel", "unit", "unit", "consolidated"]


def figured(text: str) -> set[tuple[str, str, str, str]]:
    """Of each figure its number, label, code and headings."""
    return {(one.printed.printed, one.row_label, one.code, one.column_path) for one in facts(text).figures}


def test_levels_beside_the_numbers_of_columns_stand_over_codes_of_one_cell() -> None:
    head = [["项目", "本年收入合计", "财政拨款收入"], ["功能分类科目编码", "科目名称", "", ""]]
    numbers = ["类", "款", "项", "栏次", "1", "2"]
    rows = [["211", "节能环保支出", "7.00", "5.00"], ["21103", "污染防治", "7.00", "5.00"]]
    text = "寅县环保局2018年度部门决算\n\n收入决算表\n单位：万元\n\n"
    whole = text + cells(*head, numbers, ["", "", "", "合计", "7.00", "5.00"], *rows)
    paths = ["项目/功能分类科目编码", "项目/科目名称", "本年收入合计", "财政拨款收入"]
    assert columns(whole) == paths
    assert ("7.00", "合计", "", "本年收入合计") in figured(whole)
    assert ("5.00", "污染防治", "21103", "财政拨款收入") in figured(whole)
    split = [["211", "", "", "节能环保支出", "7.00", "5.00"], ["211", "03", "", "污染防治", "7.00", "5.00"]]
    assert ("7.00", "污染防治", "21103", "本年收入合计") in figured(text + cells(*head, numbers, *split))


def test_what_is_counted_beside_what_it_is_worth_is_no_money() -> None:
    rows = [["一、车辆", "5", "6", "148.00", "160.00"], ["二、仪器", "2", "2", "31.00", "31.00"]]
    worth = tabs(["项目", "年初数", "年末数", "年初账面价值", "年末账面价值"], *rows)
    text = "卯县疾控中心2016年度决算\n\n国有资产占用情况表\n单位：台（套）、辆、万元\n"
    assert {one.printed.printed for one in facts(text + worth).figures} == {"148.00", "160.00", "31.00"}
    assert {one.unit for one in facts(text + worth).figures} == {"万元"}
    stock = tabs(["资产名称", "存量", "新增数量", "金额"], ["显微镜", "1,204", "3", "9.00"], ["合计", "", "3", "9.00"])
    text = "卯县疾控中心2025年预算\n\n新增资产配置表\n单位：万元\n"
    assert {one.printed.printed for one in facts(text + stock).figures} == {"9.00"}
    worth = tabs(["项目", "年末数", "年末净值"], ["车辆", "148.00", "60.00"], ["仪器", "31.50", "5.00"])
    assert len(facts(text + worth).figures) == 4
    alone = tabs(["项目", "年初数", "年末数"], ["流动资产", "5.00", "6.00"], ["固定资产", "2.00", "2.00"])
    assert len(facts("卯县疾控中心2016年度决算\n\n资产情况表\n单位：万元\n" + alone).figures) == 4


def test_what_stands_under_a_heading_with_a_unit_of_things_is_counted() -> None:
    lower, rows = ["", "国道", "村道", "国道", "村道"], [["子县", "12.40", "3.00", "124.00", "9.00"]] * 2
    text = "卯州公路局2020年度部门预算\n\n养护资金安排表\n单位：万元\n"
    for heading in ("里程（千米）", "存栏（万头）"):
        read_ = facts(text + tabs(["县", heading, "", "金额", ""], lower, *rows))
        assert {one.printed.printed for one in read_.figures} == {"124.00", "9.00"}
    for heading in ("补助标准（户）", "租金（月）", "补助资金（亩）"):
        assert len(facts(text + tabs(["县", heading, "", "金额", ""], lower, *rows)).figures) == 8


@pytest.mark.parametrize(
    ("heads", "second"),
    [
        (["县（市、区）", "合计", "补助"], ["", "", ""]),
        (["序号", "乡镇", "合计", "补助"], ["3", "4", ""]),
        (["序号", "名目", "合计", "补助"], ["3", "4", ""]),
    ],
)
def test_a_list_goes_on_at_the_right_of_itself(heads: list[str], second: list[str]) -> None:
    half = [["1", "甲", "6.00", "6.00"], ["2", "乙", "7.00", "7.00"]]
    rest = [["", "丙", "8.00", "8.00"], ["", "丁", "9.00", "9.00"], ["", "合计", "30.00", "30.00"]]
    for row, number in zip(rest, second, strict=True):
        row[0] = number
    rows = [[*left, *right] for left, right in zip([*half, ["", "", "", ""]], rest, strict=True)]
    if len(heads) == 3:
        rows = [[*row[1:4], *row[5:]] for row in rows]
    read_ = facts("某市2021年预算\n\n补助资金分配表\n单位：万元\n" + tabs([*heads, *heads], *rows))
    assert [one.row_label for one in read_.figures[::2]] == ["甲", "丙", "乙", "丁", "合计"]
    assert {one.row_role for one in read_.figures if one.row_label == "合计"} == {"total"}
    assert [len(one.sum_of_rows) for one in read_.figures if one.row_label == "合计"] == [4, 4]


@pytest.mark.parametrize("place", [(0, 0), (2, 0), (2, 2)])
def test_a_total_of_a_list_in_two_parts_is_of_both(place: tuple[int, int]) -> None:
    rows = [["甲", "6.00", "丙", "8.00"], ["乙", "7.00", "丁", "9.00"], ["", "", "", ""]]
    row, column = place
    if row == 0:
        rows = [["", "", *rows[0][2:]], [*rows[0][:2], *rows[1][2:]], [*rows[1][:2], "", ""]]
    rows[row][column : column + 2] = ["合计", "30.00"]
    read_ = facts("某市2021年预算\n\n补助资金分配表\n单位：万元\n" + tabs(["乡镇", "金额"] * 2, *rows)).figures
    (total,) = (one for one in read_ if one.row_role == "total")
    assert sorted(part.row_label for part in total.sum_of_rows) == sorted("甲乙丙丁")


def test_two_lists_that_are_each_numbered_from_one_are_two() -> None:
    rows = [["1", "甲", "6.00", "1", "丙", "8.00"], ["2", "乙", "7.00", "2", "丁", "9.00"]]
    last = ["", "合计", "13.00", "", "合计", "17.00"]
    text = "某市2021年预算\n\n安排表\n单位：万元\n" + tabs(["序号", "事项", "金额"] * 2, *rows, last)
    read_ = facts(text).figures
    assert [one.row_label for one in read_] == ["甲", "丙", "乙", "丁", "合计", "合计"]
    assert [[part.row_label for part in one.sum_of_rows] for one in read_[4:]] == [["甲", "乙"], ["丙", "丁"]]


def test_a_label_of_year_and_phase_dates_its_row_and_those_below() -> None:
    rows = [["一、2022年付息预计执行数", "9.00"], ["（一）一般债券", "9.00"], ["二、2023年付息预算数", "8.00"]]
    text = "辰市交通局2023年部门预算\n\n政府债券付息情况表\n单位：万元\n"
    read_ = facts(text + tabs(["项目", "全市"], *rows, ["（一）一般债券", "8.00"]))
    dated = [(one.fiscal_year, one.phase) for one in read_.figures]
    assert dated == [(2022, "executed")] * 2 + [(2023, "approved")] * 2
    several = facts(text + tabs(["项目", "全市"], ["2021年结转到2022年的执行数", "9.00"], ["付息", "1.00"]))
    assert {one.fiscal_year for one in several.figures} == {2023}
    headed = facts(text + tabs(["项目", "2021年决算数"], *rows))
    assert {(one.fiscal_year, one.phase) for one in headed.figures} == {(2021, "finalAccounts")}


def test_limits_and_balances_of_debt_are_of_the_year_that_they_name() -> None:
    rows = [
        ("一、2022年末地方政府债务余额", 2022),
        ("（一）一般债务", 2022),
        ("2023年政府债务余额限额（含再融资）", 2023),
        ("3.2022年新增专项债券", 2022),
        ("四、2022年地方政府债券还本支出", 2022),
        ("2022年到期债券付息项目", 2023),
        ("五、2022年末至2023年末债务余额", 2023),
        ("六、上年结转", 2023),
    ]
    text = "辰市财政局2023年部门预算\n\n地方政府债务情况表\n单位：亿元\n"
    for label, year in rows[2:]:
        assert [one.fiscal_year for one in facts(text + tabs(["项目", "金额"], [label, "9.00"])).figures] == [year]
    both = facts(text + tabs(["项目", "金额"], *([label, "9.00"] for label, _ in rows[:3]))).figures
    assert [one.fiscal_year for one in both] == [year for _, year in rows[:3]]


def test_a_cell_that_names_nothing_but_a_phase_says_of_which_phase_its_row_is() -> None:
    rows = [["2020年", "决算数", "9.00"], ["2021年", "年初预算数", "8.00"], ["2021年", "调整预算数", "7.00"]]
    rows += [["2021年", "预算数", "6.00"], ["2021年", "决算数", "5.00"]]
    text = "辰市体育局2021年度部门决算\n\n“三公”经费支出决算表\n单位：万元\n"
    dated = [(one.fiscal_year, one.phase) for one in facts(text + tabs(["年度", "口径", "合计"], *rows)).figures]
    assert [phase for _, phase in dated] == ["finalAccounts", "approved", "adjusted", "unspecified", "finalAccounts"]
    assert [year for year, _ in dated] == [2020, 2021, 2021, 2021, 2021]
    across = tabs(["项目", "合计", "公务接待费"], ["上年决算数", "9.00", "9.00"], ["本年预算数", "8.00", "8.00"])
    found = [(one.fiscal_year, one.phase) for one in facts(text + across).figures[::2]]
    assert found == [(2020, "finalAccounts"), (2021, "unspecified")]


def test_codes_of_revenue_stand_before_its_names() -> None:
    rows = [["1030601 利润收入", "9.00"], ["10307 国有资源有偿使用收入", "2.00"], ["105人以下企业补助", "1.00"]]
    text = "巳市2022年国有资本经营收入预算表\n单位：万元\n" + tabs(["科目", "预算数"], *rows)
    assert [(one.code, one.row_label) for one in facts(text).figures] == [
        ("1030601", "利润收入"),
        ("10307", "国有资源有偿使用收入"),
        ("", "105人以下企业补助"),
    ]


def test_a_row_is_named_as_the_thing_that_it_prints_beside_its_project_or_kind() -> None:
    bought = [["防汛经费", "橡皮艇", "艘", "2", "9.00"], ["", "救生衣", "件", "50", "1.00"]]
    text = "午县水利局2024年预算\n\n政府采购预算表\n单位：万元\n"
    rows = tabs(["预算项目", "采购项目", "计量单位", "数量", "合计"], *bought, ["合计", "", "", "", "10.00"])
    assert [one.row_label for one in facts(text + rows).figures] == ["橡皮艇", "救生衣", "合计"]
    rows = tabs(["项目名称", "采购品目名称", "计量单位", "数量", "合计"], *bought, ["合计", "", "", "", "10.00"])
    assert [one.row_label for one in facts(text + rows).figures] == ["橡皮艇", "救生衣", "合计"]
    coded = [["防汛经费", "A02030700", "9.00"], ["测报经费", "A02100400", "1.00"]]
    rows = tabs(["项目名称", "采购品目", "合计"], *coded, ["合计", "", "10.00"])
    assert [one.row_label for one in facts(text + rows).figures] == ["防汛经费", "测报经费", "合计"]
    added = [["设备", "测深仪", "9.00"], ["设备", "流速仪", "2.00"], ["合计", "", "11.00"]]
    text = "午县水利局2024年预算\n\n新增资产配置表\n单位：万元\n"
    assert [one.row_label for one in facts(text + tabs(["资产类别", "资产名称", "金额"], *added)).figures] == [
        "测深仪",
        "流速仪",
        "合计",
    ]
    services = [["测报经费", "船舶看护", "8.00"], ["合计", "", "8.00"]]
    text = "午县水利局2024年预算\n\n政府购买服务预算表\n单位：万元\n"
    read_ = facts(text + tabs(["预算项目", "政府购买服务项目", "金额"], *services))
    assert [one.row_label for one in read_.figures] == ["船舶看护", "合计"]


def test_places_stand_under_the_heading_of_places() -> None:
    head = [["项目", "资金来源", "地区"], ["", "合计", "一般公共预算", "清溪街道", "石桥镇", "云门乡", "小河乡"]]
    rows = [["合计", "9.00", "9.00", "2.00", "3.00", "3.00", "1.00"], ["护林补助", *["9.00"] * 2, *["2.00"] * 4]]
    text = "未县林业局2025年预算\n\n对下转移支付预算表\n单位：万元\n\n" + cells(*head, *rows)
    assert columns(text)[1:4] == ["资金来源/合计", "资金来源/一般公共预算", "地区/清溪街道"]


def test_a_subtotal_takes_in_the_class_that_stands_in_other_columns() -> None:
    """对个人和家庭的补助 is no part of 公用经费, under which some print it, but of 人员经费."""
    head = [["人员经费", "", "", "公用经费", "", ""], ["科目编码", "科目名称", "决算数"] * 2]
    rows = [
        ["301", "工资福利支出", "7.00", "302", "商品和服务支出", "3.00"],
        ["30101", "基本工资", "7.00", "30201", "办公费", "3.00"],
        ["", "", "", "303", "对个人和家庭的补助", "2.00"],
        ["", "", "", "30302", "退休费", "2.00"],
        ["人员经费合计", "", "9.00", "公用经费合计", "", "3.00"],
    ]
    text = "申县税务局2020年度决算\n\n一般公共预算财政拨款基本支出决算表\n单位：万元\n" + tabs(*head, *rows)
    sums = {one.row_label: [part.row_label for part in one.sum_of_rows] for one in facts(text).figures}
    assert sums["人员经费合计"] == ["工资福利支出", "对个人和家庭的补助"]
    assert sums["公用经费合计"] == ["商品和服务支出"]


def test_a_page_that_only_says_that_it_goes_on_has_the_captions_of_the_one_before() -> None:
    rows = [["208", "社会保障支出", "5.00", "4.00"], ["20805", "养老支出", "5.00", "4.00"]]
    first = tabs(["科目编码", "科目名称", "合计", "基本支出"], *rows)
    rest = tabs(["科目编码", "科目名称", "经营支出", "上缴上级支出"], *rows)
    text = f"酉县农业局2024年部门预算\n\n表3\n支出预算总表\n单位：千元\n{first}\n表3续\n\n{rest}"
    other = "表4\n项目支出表\n单位：万元\n" + tabs(["项目名称", "合计"], ["防虫经费", "1.00"])
    read_ = facts(text + other)
    assert [table.title for table in read_.tables] == ["支出预算总表", "支出预算总表", "项目支出表"]
    assert [one.unit for one in read_.figures] == ["千元"] * 8 + ["万元"]


@pytest.mark.parametrize(
    ("row", "rest", "label"),
    [
        (["2010599", "其他统计信息事务"], "支出", "其他统计信息事务支出"),
        (["208", "05", "06", "机关事业单位职业年金"], "缴费支出", "机关事业单位职业年金缴费支出"),
        (["30399", "其他对个人和家庭"], "的补助", "其他对个人和家庭的补助"),
        (["2010599", "其他统计信息事务支出"], "支出", "其他统计信息事务支出"),
        (["10304", "行政事业性收费收入"], "支出", "行政事业性收费收入"),
        (["2010502", "一般行政管理事务"], "支出", "一般行政管理事务"),
    ],
)
def test_the_name_of_a_class_goes_on_in_a_row_of_its_own(row: list[str], rest: str, label: str) -> None:
    """Only where both make up the name that the code list gives; else the row is a heading."""
    codes = ["科目编码"] if len(row) == 2 else ["类", "款", "项"]
    blank = [""] * (len(row) - 1)
    rows = [[*codes, "科目名称", "金额"], [*row, "9.00"], [*blank, rest, ""], [*blank, "合计", "9.00"]]
    read_ = facts("支出决算表\n单位：万元\n" + tabs(*rows))
    assert [one.row_label for one in read_.figures] == [label, "合计"]
    assert read_.figures[0].code == "".join(row[:-1])


def test_a_plan_of_years_to_come_counts_no_money_carried_over() -> None:
    heads, row = ["项目名称", "2031年", "2032年"], ["渠道清淤", "9.00", "8.00"]
    text = "癸县水利局2031年部门预算\n\n项目支出中期规划预算表\n单位：万元\n"
    read_ = facts(text + tabs(heads, row, ["合计", "9.00", "8.00"]))
    keys = [read_.stated.figures[id(one)] for one in read_.figures if one.row_label == "合计"]
    assert {key.carry_over for key in keys} == {"current"}


def test_what_a_fund_gets_from_above_and_its_total_are_of_that_fund() -> None:
    sides = ["收入", "", "支出", ""], ["项目", "预算数", "项目", "预算数"]
    rows = [["上级补助收入", "2.00", "年终结余", "1.00"], ["收入总计", "9.00", "支出总计", "9.00"]]
    text = "癸镇人民政府2031年预算\n\n政府性基金预算收支表\n单位：万元\n"
    read_ = facts(text + tabs(*sides, ["土地出让收入", "7.00", "本年支出合计", "8.00"], *rows))
    keys = {one.row_label: read_.stated.figures.get(id(one)) for one in read_.figures}
    told = {label: (key.measure, key.fund_scope) for label, key in keys.items() if key}
    assert told["上级补助收入"] == ("superior-subsidy-income", "government-fund")
    assert told["本年支出合计"] == ("expenditure", "government-fund")
    assert told["支出总计"] == ("total-expenditure", "government-fund")


@pytest.mark.parametrize(
    "silent",
    ["2.国有资本经营预算", "政府性基金预算财政拨款\n国有资本经营预算财政拨款", "（1）经营收入"],
)
def test_a_row_of_which_all_tabs_were_dropped_parts_no_table(silent: str) -> None:
    rows = "项目\t预算数\t项目\t预算数\n1.一般公共预算\t8.00\t一、教育支出\t9.00\n"
    rows += f"{silent}\n其他收入\t1.00\n总计\t9.00\t总计\t9.00\n"
    found = facts(f"未县教育局2024年预算\n\n收支总表\n单位：万元\n{rows}")
    assert len(found.tables) == 1
    assert [(one.column_path, one.row_label) for one in found.figures if one.printed.printed == "1.00"] == [
        ("收入/预算数", "其他收入")
    ]


@pytest.mark.parametrize(
    ("rows", "label"),
    [
        (["收入\t\t支出", "动用结余\t\t结转下年", "上年结转\t1.00"], "上年结转"),
        (["部门：未县教育局\t金额单位：万元", "收入\t\t支出", "其他收入\t1.00"], "其他收入"),
    ],
)
def test_no_row_goes_on_with_what_was_carried_over_nor_behind_a_unit(rows: list[str], label: str) -> None:
    *heads, last = rows
    whole = [
        "项目\t预算数\t项目\t预算数",
        "一、财政拨款\t8.00\t一、教育支出\t9.00",
        "二、事业收入\t0.00\t二、其他\t0.00",
    ]
    body = [heads[0], *whole, heads[1]] if label == "上年结转" else [*heads, *whole]
    text = "\n".join(["未县教育局2024年预算", "", "收支总表", *body, last, "总计\t9.00\t总计\t9.00", ""])
    found = [(one.column_path, one.row_label) for one in facts(text).figures if one.printed.printed == "1.00"]
    assert found == [("收入/预算数", label)]


def test_a_note_right_below_a_number_is_no_part_of_its_cell() -> None:
    rows = [["项目", "合计", "基本支出"], ["行政运行", "9.00", "9.00"], ["合计", "9.00", "9.00"]]
    printed = "\n\n".join("\n".join(f"\t{one}" for one in row) for row in rows)
    text = f"未县教育局2024年预算\n\n支出总表\n单位：万元\n{printed}\n注：含上年结转。\n\n说明\n"
    assert [one.printed.printed for one in facts(text).figures] == ["9.00"] * 4


def test_the_numbers_of_columns_say_over_which_columns_their_headings_stand() -> None:
    """Codes may take three columns below one heading, of which only the first prints anything."""
    rows = [["项目", "合计", "基本支出", "项目支出"], ["功能分类科目编码", "科目名称", "", "", ""]]
    rows += [["栏次", "", "", "", "1", "2", "3"], ["合计", "", "", "", "9.00", "5.00", "4.00"]]
    rows += [["205", "", "", "教育支出", "9.00", "5.00", "4.00"]]
    printed = "\n\n".join("\n".join(f"\t{one}" for one in row) for row in rows)
    found = facts(f"申县教育局2023年度部门决算\n\n支出决算表\n单位：万元\n{printed}\n").figures
    assert [(one.row_label, one.code) for one in found[3:]] == [("教育支出", "205")] * 3
    assert [one.column_path for one in found[3:]] == ["合计", "基本支出", "项目支出"]


@pytest.mark.parametrize(
    ("head", "last", "rest"),
    [
        (
            "收入 | 预算数 | 支出 | 预算数",
            "一、财政拨款 | 5.00 | 208 社会保障支出 | 5.00",
            "收入 | 预算数 | 支出 | 预算数 |\n| | | 210 卫生健康支出 | ",
        ),
        ("项目 | 预算数 | 决算数", "公务用车购置及运行维护费 | 5.00 | 5.00", "其中：公务用车购置费 | | "),
        ("项目 | 预算数 | 决算数", "公务用车购置及运行维护费 | 5.00 | 5.00", "公务用车购置费 | | "),
    ],
)
def test_a_row_without_amounts_on_a_new_page_is_no_rest_of_the_one_above(head: str, last: str, rest: str) -> None:
    rule = "--|" * (head.count("|") + 1)
    pages = f"| {head} |\n|{rule}\n| {last} |\n\n- 3 -\n\n| {rest} |\n| 合计{' | 5.00' * head.count('|')} |\n"
    found = facts(f"申县教育局2023年部门预算\n\n收支情况表\n单位：万元\n\n{pages}").figures
    assert {"社会保障支出", "公务用车购置及运行维护费"} & {one.row_label for one in found}


def test_blanks_that_fill_up_a_row_stand_for_no_cells() -> None:
    head, lower = ["科目编码", "科目名称", "年初结转", "本年支出", "年末结转"], ["小计", "基本支出", "项目支出"]
    rows = [["合计", "5.00", "9.00", "6.00", "3.00", "2.00", ""]]
    rows += [[code, "教育支出", "5.00", "9.00", "6.00", "3.00", "2.00"] for code in ("205", "20502", "2050202")]
    found = facts("一般公共预算支出决算表\n单位：万元\n\n" + cells(head, [*lower, "", "", "", ""], *rows))
    paths = [column.printed_path for column in found.tables[0].columns]
    assert paths == [*head[:3], *(f"本年支出/{part}" for part in lower), "年末结转"]
    assert [(one.row_label, one.printed.printed) for one in found.figures if one.row == 2][:2] == [
        ("合计", "5.00"),
        ("合计", "9.00"),
    ]


def test_blanks_below_headings_that_are_merged_downwards_are_cells() -> None:
    head, lower = ["功能分类科目", "预算数", "决算数"], ["编码", "名称", "", ""]
    text = "支出决算表\n单位：万元\n\n" + cells(
        head, lower, *([code, "教育", "5.00", "4.00"] for code in ("205", "20502"))
    )
    assert columns(text) == ["功能分类科目/编码", "功能分类科目/名称", "预算数", "决算数"]


def test_columns_of_those_in_office_count_persons() -> None:
    rows = [["单位", "性质", "编制数", "实有在职"], ["云岭县林场", "事业", "26", "24"], ["合计", "", "26", "24"]]
    found = facts("云岭县林场2025年部门预算\n\n人员编制及实有情况如下：\n\n" + tabs(*rows))
    assert (len(found.figures), len(found.quantities)) == (0, 4)


@pytest.mark.parametrize(
    "number", ["公开附01表", "公开补3表", "财决公开02附表", "预算附03表", "决算补1表", "财决08表", "附02表", "公开03表"]
)
def test_the_number_of_a_table_beside_the_others_is_no_title(number: str) -> None:
    grid = tabs(["单位名称", "决算数"], ["云岭县住建局", "9.00"], ["云岭县排水站", "2.00"], ["合计", "11.00"])
    text = (
        f"云岭县住建局2031年度部门决算\n\n2031年度分单位支出情况表\n{number}\n部门：云岭县住建局　单位：万元\n\n{grid}"
    )
    (table,) = facts(text).tables
    assert (table.title, table.captions.unit) == ("2031年度分单位支出情况表", "万元")


@pytest.mark.parametrize("title", ["公开附属单位12表", "收入支出附2表", "公开附件情况表"])
def test_a_title_with_the_words_of_a_number_is_a_title(title: str) -> None:
    text = f"云岭县住建局2031年度部门决算\n\n{title}\n单位：万元\n\n" + tabs(["项目", "决算数"], ["办公费", "9.00"])
    assert [table.title for table in facts(text).tables] == [title]


@pytest.mark.parametrize("number", ["表3：", "附表3-1：", "部门公开表3：", "公开03表：", "图3：", "第三表：", "附件："])
def test_a_title_stands_behind_its_number_and_a_colon(number: str) -> None:
    title = f"{number}2031年一般公共预算“三公”经费支出预算情况表"
    text = f"申县教育局2031年部门预算\n\n{title}\n单位：万元\n\n| 项目 | 预算数 |\n|---|---|\n| 公务接待费 | 3.00 |\n"
    assert [(table.title, table.kind) for table in facts(text).tables] == [(title, "three-public")]


def test_a_table_of_which_rows_are_left_out_is_not_summed() -> None:
    rows = "项目 | 预算数 | 决算数 |\n合计 | 49.9 | 7.69 |\n接待费 | 34.9 | 5.21 |\n购置费 | 15 | 2.48 |\n"
    for text, parts in ((rows, 2), (rows.replace("接待费", "出国费 | 20 |  |\n接待费").replace("34.9", "14.9"), 0)):
        found = facts(f"云岭县林业局2024年“三公”经费支出决算表\n单位：万元\n{text}").figures
        assert [len(one.sum_of_rows) for one in found if one.row_label == "合计"] == [parts, parts]


@pytest.mark.parametrize("reasons", ["备注", "增减原因", "增减变化原因", "变动原因说明", "主要原因"])
def test_rows_without_a_reason_are_rows(reasons: str) -> None:
    text = (
        f"某县2023年“三公”经费预算表\n单位：万元 | ||||\n项目 | 2022年预算数 | 2023年预算数 | 增减 | {reasons} |\n"
        "合计 | 23.70 | 24.70 | 1.00 | |\n公务接待费 | 13.70 | 12.70 | -1.00 | 压减接待。 |\n"
        "公务用车费 | 10.00 | 12.00 | 2.00 | |\n"
    )
    assert {one.row_label for one in facts(text).figures} == {"合计", "公务接待费", "公务用车费"}


HEADED = [["项目", "2024年执行数", "2025年预算数"], ["教育支出", "60", "70"], ["本年支出合计", "60", "70"]]
BELOW = [["上解上级支出", "5", "6"], ["支出总计", "65", "76"]]


@pytest.mark.parametrize("note", ["注：不含预备费。", "备注：2024年为快报数"])
def test_rows_below_a_note_go_on_with_those_above_it(note: str) -> None:
    text = "云岭县2025年财政预算\n\n2025年支出预算表\n单位：万元\n" + tabs(*HEADED) + note + "\n" + tabs(*BELOW)
    (one,) = facts(text).tables
    assert len(one.table.rows) == 5
    assert [caption.text for caption in one.table.notes] == [note]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ([*HEADED, ["支出总计", "60", "70"]], BELOW),
        (HEADED, [["单位", "上解上级支出", "是否公开"], ["东岭乡", "5", "是"]]),
        (HEADED, [["公路养护站", "已公开", "6"], ["水文站", "未公开", "8"]]),
    ],
)
def test_what_stands_below_the_note_of_a_whole_table_is_another(above: list[list[str]], below: list[list[str]]) -> None:
    text = "云岭县2025年财政预算\n\n2025年支出预算表\n单位：万元\n" + tabs(*above) + "注：不含预备费。\n" + tabs(*below)
    assert len(facts(text).tables) == 2


@pytest.mark.parametrize("head", ["计算单位", "计价单位", "单位"])
def test_a_row_may_say_its_unit_in_a_column_of_units(head: str) -> None:
    rows = [["项目名称", head, "1-6月累计"], ["1、增值税", "万元", "525"], ["2、契税", "亿元", "1.2"]]
    found = facts("云岭县2025年上半年税收情况\n\n" + tabs(*rows, ["3、纳税户", "户", "812"]))
    assert [(one.row_label, one.unit) for one in found.figures] == [("1、增值税", "万元"), ("2、契税", "亿元")]
    assert found.projects == []


@pytest.mark.parametrize(("title", "projects"), [("2025年税收业务明细", 2), ("2025年税收完成情况", 0)])
def test_work_on_taxes_is_a_project_and_a_tax_is_none(title: str, projects: int) -> None:
    rows = [["项目名称", "金额"], ["纳税服务大厅运行", "5"], ["涉税案件查办", "3"]]
    text = f"云岭县税务局2025年部门预算\n\n{title}\n单位：万元\n" + tabs(*rows)
    assert len(facts(text).projects) == projects


def test_what_is_bought_is_money_whatever_it_is_counted_in() -> None:
    rows = [
        ["采购项目", "计量单位", "数量", "采购预算"],
        ["档案柜", "个", "4", "2.40"],
        ["物业服务", "元", "1", "0.60"],
    ]
    found = facts("云岭县档案馆2025年部门预算\n\n政府采购预算表\n单位：万元\n" + tabs(*rows))
    assert [(one.printed.printed, one.unit) for one in found.figures] == [("2.40", "万元"), ("0.60", "万元")]


@pytest.mark.parametrize(("head", "count"), [("较上年▲", 2), ("比上年±", 2), ("增减（+、-）", 2), ("比上年±额", 4)])
def test_a_change_of_which_only_the_sign_is_told_is_no_amount(head: str, count: int) -> None:
    rows = [["项目", "决算数", head], ["教育支出", "49.6", "4.1"], ["支出合计", "49.6", "4.1"]]
    text = "云岭县2025年财政决算\n\n2025年支出决算表\n单位：亿元、%\n" + tabs(*rows)
    assert len(facts(text).figures) == count


def test_fiscal_appropriation_consists_of_the_funds_below_it() -> None:
    rows = [["项目", "预算数"], ["财政拨款（补助）", "320"], ["一般公共预算", "300"], ["政府性基金预算", "20"]]
    rows += [["事业收入", "30"], ["本年收入合计", "350"], ["上年结转", "10"], ["收入总计", "360"]]
    found = facts("云岭县第三中学2025年部门预算\n\n部门收入预算表\n单位：万元\n" + tabs(*rows)).figures
    sums = {one.row_label: [part.row_label for part in one.sum_of_rows] for one in found if one.sum_of_rows}
    assert sums["财政拨款（补助）"] == ["一般公共预算", "政府性基金预算"]
    assert sums["本年收入合计"] == ["财政拨款（补助）", "事业收入"]
