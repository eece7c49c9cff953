"""Statements of running text: sentences of many provinces' templates, each number with what it says."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.describe import describe
from mapping.forms import FORMS, read_form
from mapping.passages import read_passages
from mapping.read import read
from mapping.recognise import recognise
from mapping.statements import Statement, read_statements

BUDGET = "青河县农业农村局2024年部门预算公开"
ACCOUNTS = "青河县农业农村局2024年度部门决算公开"
REPORT = "关于柳溪县2024年财政决算的报告"


def said(text: str, title: str = BUDGET) -> list[Statement]:
    document = read(f"{title}\n\n{text}\n".encode())
    tables = recognise(document)
    description = describe(document, tables, None)
    forms = [read_form(table, None) for table in tables if table.kind in FORMS]
    passages = read_passages(document, tables, forms, description.later_year)
    found = read_statements(document, passages, tables, description)
    for one in found:
        number = "".join(document.text.content[span.start : span.end] for span in one.number)
        assert "".join(number.split()).replace(",", "").replace("，", "") == one.printed
        assert one.spans[0].start <= one.number[0].start
    return found


def rows(text: str, title: str = BUDGET) -> list[tuple[str, str, str]]:
    return [(one.printed, one.kind, one.measure) for one in said(text, title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本年收入合计1,200.50万元，比上年减少（1,154.33）万元。", ("1154.33", "change", "income", "青河县农业农村局")),
        ("2024年公务接待费2万元，下降（20）%。", ("20", "growth", "growth", "公务接待费")),
    ],
)
def test_what_is_less_may_stand_in_brackets(text: str, expected: tuple[str, str, str, str]) -> None:
    *_, found = said(text)
    assert found.direction == "decrease"
    assert (found.printed, found.kind, found.measure, found.subject) == expected


@pytest.mark.parametrize(
    "text",
    [
        "预算编报范围包括：青河县农业农村局本级、青河县农机站3家单位。",
        "纳入预算编制范围的单位包括：青河县农业农村局本级、青河县农机站等3家单位。",
        "本部门下设青河县种子站、青河县农机站两个二级单位。",
    ],
)
def test_bodies_counted_behind_their_names_are_not_the_last_of_them(text: str) -> None:
    (found,) = said(text)
    assert (found.kind, found.subject) == ("count", "青河县农业农村局")


def test_kinds_of_bodies_counted_beside_each_other_have_each_their_own() -> None:
    text = "青河县农业农村局下属2家机关和3家参公事业单位财政拨款的机关运行经费预算为182.65万元。"
    found = [(one.subject, one.measure, one.printed) for one in said(text)]
    assert found == [
        ("机关", "budget-units", "2"),
        ("参公事业单位", "budget-units", "3"),
        ("青河县农业农村局", "operating-cost", "182.65"),
    ]


def test_units_beside_the_department_s_own_level_are_not_below_it() -> None:
    text = "部门预算包括青河县农业农村局本部以及下属4家预算单位的综合收支计划。\n\n"
    text += "本部门中，行政单位1家，事业单位1家，具体包括：\n\n1.青河县农业农村局本部\n\n2.青河县农机站\n"
    assert [(one.subject, one.printed) for one in said(text)][:2] == [("青河县农业农村局", "4"), ("行政单位", "1")]


def test_more_in_brackets_is_not_read() -> None:
    """By the custom of accountants it would be less."""
    assert rows("本年收入比上年增加（154.33）万元。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 山西
        (
            "2024年度青河县农业农村局预算收入总计2,800.19万元，其中：本年收入2,700.19万元，上年结转100万元，"
            "比上年增加365.98万元，增长15.03%。",
            [
                ("2800.19", "amount", "total-income"),
                ("2700.19", "amount", "income"),
                ("100", "amount", "opening-carry-over"),
                ("365.98", "change", "total-income"),
                ("15.03", "growth", "growth"),
            ],
        ),
        # 河北
        (
            "2024年支出预算783.57万元，其中基本支出682.75万元，包括人员经费680万元和日常公用经费2.75万元；"
            "项目支出100.82万元，主要为高标准农田建设。",
            [
                ("783.57", "amount", "expenditure"),
                ("682.75", "amount", "basic-expenditure"),
                ("680", "amount", "personnel"),
                ("2.75", "amount", "public-expenses"),
                ("100.82", "amount", "project-expenditure"),
            ],
        ),
        # 浙江
        (
            "2024年青河县农业农村局收支总预算1,862.37万元，比上年执行数增加96.14万元，增长5.44%。",
            [
                ("1862.37", "amount", "income-and-expenditure"),
                ("96.14", "change", "income-and-expenditure"),
                ("5.44", "growth", "growth"),
            ],
        ),
        # 广东
        (
            "“三公”经费预算安排26.30万元，比上年减少1.20万元，下降4.36%。其中：因公出国（境）费0万元；公务用车购置及运行"
            "维护费23.10万元（公务用车购置费12.50万元，公务用车运行维护费10.60万元）；公务接待费3.20万元。",
            [
                ("26.30", "amount", "three-public"),
                ("1.20", "change", "three-public"),
                ("4.36", "growth", "growth"),
                ("0", "amount", "abroad"),
                ("23.10", "amount", "official-vehicles"),
                ("12.50", "amount", "vehicle-purchase"),
                ("10.60", "amount", "vehicle-operation"),
                ("3.20", "amount", "reception"),
            ],
        ),
        # 湖北
        (
            "2024年政府采购预算528.60万元，其中：政府采购货物预算188.60万元、政府采购工程预算265.00万元、"
            "政府采购服务预算75.00万元。",
            [
                ("528.60", "amount", "procurement"),
                ("188.60", "amount", "procurement-goods"),
                ("265.00", "amount", "procurement-works"),
                ("75.00", "amount", "procurement-services"),
            ],
        ),
        # 陕西
        (
            "截至2023年底，本部门所属预算单位共有车辆6辆，单价50万元以上的通用设备2台（套），单价100万元以上的专用设备0台。",
            [
                ("6", "count", "vehicles"),
                ("50", "threshold", "money"),
                ("2", "count", "equipment"),
                ("100", "threshold", "money"),
                ("0", "count", "equipment"),
            ],
        ),
        # 重庆
        (
            "年末编制62名，其中行政编制20名，事业编制42名；实有在职人员53人，离退休人员31人。",
            [
                ("62", "count", "authorised-posts"),
                ("20", "count", "authorised-posts"),
                ("42", "count", "authorised-posts"),
                ("53", "count", "staff"),
                ("31", "count", "all-retirees"),
            ],
        ),
    ],
)
def test_budget_narratives(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 四川
        (
            "2024年度收入、支出总计均为232.34万元。与2023年度相比，收入、支出总计各减少83.89万元，下降26.52%。",
            [
                ("232.34", "amount", "income-and-expenditure"),
                ("83.89", "change", "income-and-expenditure"),
                ("26.52", "growth", "growth"),
            ],
        ),
        # 新疆
        (
            "2024年度财政拨款“三公”经费支出全年预算9.60万元，决算数8.42万元。其中：公务接待费全年预算数0.60万元，"
            "决算数0.27万元。",
            [
                ("9.60", "amount", "three-public"),
                ("8.42", "amount", "three-public"),
                ("0.60", "amount", "reception"),
                ("0.27", "amount", "reception"),
            ],
        ),
        # 湖南
        (
            "公务接待费支出决算为3.65万元，完成年初预算的47.71%，国内公务接待46批次、328人次。",
            [
                ("3.65", "amount", "reception"),
                ("47.71", "rate", "rate"),
                ("46", "count", "reception-batches"),
                ("328", "count", "reception-persons"),
            ],
        ),
        # 辽宁
        (
            "因公出国（境）费支出决算5万元，全年安排因公出国（境）团组1个，累计2人次。",
            [("5", "amount", "abroad"), ("1", "count", "abroad-groups"), ("2", "count", "abroad-persons")],
        ),
        # 江苏
        (
            "部门整体绩效自评得分94.5分，组织对4个项目开展了绩效评价，满意度达92%。",
            [("94.5", "score", "score"), ("4", "count", "projects"), ("92", "rate", "rate")],
        ),
    ],
)
def test_accounts_narratives(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert rows(text, ACCOUNTS) == expected


def test_a_change_has_direction_and_what_it_is_compared_with() -> None:
    text = "本部门机关运行经费财政拨款预算14.63万元,比2023年预算减少1.05万元,减少7.18%,原因是人员减少。"
    amount, change, growth = said(text)
    assert (amount.fiscal_year, amount.phase, amount.direction) == (2024, "approved", None)
    assert (change.measure, change.direction, change.relative_year) == ("operating-cost", "decrease", 2023)
    assert (change.relative_phase, change.fiscal_year) == ("approved", 2024)
    assert (growth.direction, growth.relative_year, growth.subject) == ("decrease", 2023, "机关运行经费财政拨款预算")


@pytest.mark.parametrize("printed", ["12.5%", "百分之十二点五"])
def test_a_rate_in_numerals_says_what_one_in_digits_says(printed: str) -> None:
    (rate,) = said(f"2024年公用经费比上年增长{printed}。")
    assert (rate.value, rate.kind, rate.direction, rate.subject) == (Decimal("12.5"), "growth", "increase", "公用经费")


def test_a_division_behind_the_leaders_of_an_office_has_a_subject_of_its_own() -> None:
    found = said("机关共有19人，处级领导干部5人（正处1人，副处4人），办公室7人，宣教部1人。")
    assert [(one.printed, one.measure, one.subject) for one in found[4:]] == [
        ("7", "persons", "办公室"),
        ("1", "persons", "宣教部"),
    ]


def test_shares_are_of_the_head_of_their_list() -> None:
    head, part, share = said("2024年度本年支出合计232.34万元，其中：基本支出200.09万元，占86.11%。", ACCOUNTS)
    assert (part.parent, head.parent) == (0, None)
    assert (share.kind, share.relative_measure, share.subject) == ("share", "expenditure", "基本支出")


def test_a_share_of_a_named_whole() -> None:
    *_, share = said("授予中小企业合同金额5万元，占政府采购支出总额的94.33%。", ACCOUNTS)
    assert share.relative_measure == "procurement"


def test_nested_lists() -> None:
    text = "2024年部门支出预算为552万元，其中基本支出206万元，包括人员经费200万元和公用经费6万元；项目支出346万元。"
    assert [one.parent for one in said(text)] == [None, 0, 1, 1, 0]


def test_a_list_over_paragraphs() -> None:
    parts = ["人员经费158.54万元,主要包括:基本工资;", "公用经费2.38万元,主要包括:福利费等。"]
    text = "\n\n".join(["2024年度安排基本支出160.91万元,其中:", *parts])
    assert [(one.measure, one.parent) for one in said(text)] == [
        ("basic-expenditure", None),
        ("personnel", 0),
        ("public-expenses", 0),
    ]


def test_functional_classes_named_within_each_other() -> None:
    text = (
        "1.一般公共服务（类）群众团体事务（款）行政运行（项）：2024年支出决算为89.45万元，完成预算100%。\n\n"
        "2.社会保障和就业支出（类）行政事业单位养老支出（款）事业单位离退休（项）。年初预算为3万元，支出决算为2万元。"
    )
    assert [(one.printed, one.functional_class, one.phase) for one in said(text, ACCOUNTS) if one.kind == "amount"] == [
        ("89.45", "2012901", "finalAccounts"),
        ("3", "2080502", "approved"),
        ("2", "2080502", "finalAccounts"),
    ]


def test_functional_classes_of_a_list() -> None:
    text = "2024年财政拨款收支总预算10万元。支出包括：一般公共服务支出7万元、教育支出3万元。"
    assert [(one.measure, one.functional_class, one.parent) for one in said(text)][1:] == [
        ("functional-expenditure", "201", 0),
        ("functional-expenditure", "205", 0),
    ]


@pytest.mark.parametrize(
    ("text", "subject", "measure"),
    [
        ("青河县畜牧站机关运行经费支出15.52万元。", "青河县畜牧站", "operating-cost"),
        ("我部门机关运行经费支出15.52万元。", "青河县农业农村局", "operating-cost"),
        ("组织开展劳模慰问27人，保障权益。", "劳模慰问", "persons"),
        ("用于本级在档管理的37名全国级困难群众进行救助。", "全国级困难群众", "persons"),
        ("困难群众救助率达到90%以上。", "困难群众救助率", "rate"),
        ("春节走访每户0.05万元，按标准发放。", "春节走访每户", "standard"),
    ],
)
def test_subjects(text: str, subject: str, measure: str) -> None:
    (found,) = said(text)
    assert (found.subject, found.measure) == (subject, measure)


def test_a_state_has_its_day_through_the_list() -> None:
    found = said("截至2023年12月31日，本单位共有车辆2辆，其中：应急保障用车1辆，执法执勤用车1辆。")
    assert {(one.fiscal_year, one.as_of) for one in found} == {(2023, "2023-12-31")}
    assert [one.subject for one in found][1:] == ["应急保障用车", "执法执勤用车"]


def test_years_of_amounts_side_by_side() -> None:
    found = said("2024年运行费2.38万元为职工福利费，2023年职工福利费为2.28万元，同比增长4.3%。")
    assert [one.fiscal_year for one in found] == [2024, 2023, 2024]


def test_carried_over_money_is_of_the_year_itself() -> None:
    (found,) = said("2024年上年结转12万元，按规定使用。")
    assert (found.measure, found.fiscal_year) == ("opening-carry-over", 2024)


def test_a_sentence_over_a_page_break_is_one() -> None:
    found = said("2024年编报部门整体支出绩效目标，涉及部门预算资金2621万元，其中基本支出0万\n\n元，项目支出2621万元。")
    assert [(one.printed, one.unit) for one in found] == [("2621", "万元"), ("0", "万元"), ("2621", "万元")]
    assert [len(one.spans) for one in found] == [1, 2, 1]
    assert [one.parent for one in found] == [None, 0, 0]


def test_definitions_keep_thresholds_only() -> None:
    text = (
        "八、名词解释\n\n1、大型设备：指单价50万元以上的通用设备。\n\n2、行政运行（210类）（01项）：反映3个方面支出。"
    )
    (found,) = said(text)
    assert (found.kind, found.printed, found.fiscal_year) == ("threshold", "50", None)


def test_headings_contents_and_residue_of_charts_say_nothing() -> None:
    text = "一、基本情况\n\n（二）2024年5个重点项目情况\n\n232.34\n\n100%\n\n单位（万元）\n\n基本支出 200.09 43%"
    assert said(text) == []


def test_text_cells_of_forms() -> None:
    form = (
        "2024年项目支出绩效目标表\n"
        "| 项目名称 | 困难群众救助 | 主管部门 | 青河县民政局 |\n"
        "| 年度资金总额 | 50 | 其中：财政拨款 | 50 |\n"
        "| 总体目标 | 2024年救助困难群众60户，每户1000元，提高生活质量。 |  |  |\n"
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n"
        "| 产出指标 | 数量指标 | 救助户数 | ≥60户 |\n"
        "| 产出指标 | 成本指标 | 补助标准 | 1000元/户 |\n"
    )
    assert [(one.printed, one.measure) for one in said(form)] == [("60", "households"), ("1000", "standard")]


@pytest.mark.parametrize(
    "text",
    [
        "2024年收入总额500万元，比2023年的480万元增加20万元，增幅4.17%。",
        "2024年收入总额500万元，与2023年480万元相比，增加20万元，增长4.17%。",
        "2024年度收入总计500万元，较上年执行前的年初预算数480万元增加20万元，上升4.17%。",
    ],
)
def test_an_amount_compared_with_is_of_its_own_year(text: str) -> None:
    found = said(text)
    assert [(one.kind, one.fiscal_year, one.relative_year) for one in found] == [
        ("amount", 2024, None),
        ("amount", 2023, None),
        ("change", 2024, 2023),
        ("growth", 2024, 2023),
    ]
    assert {one.measure for one in found[:3]} == {"total-income"}


def test_a_standard_changed_and_what_it_was_changed_to() -> None:
    before, after = said("救助标准由每人每月650元提高至700元。")
    assert (before.fiscal_year, after.fiscal_year) == (2023, 2024)
    assert (before.subject, before.kind, after.kind) == (after.subject, "standard", "standard")
    assert [one.fiscal_year for one in said("公用经费由上年的5万元增加到6万元。")] == [2023, 2024]


@pytest.mark.parametrize(
    "text",
    [
        "基本支出60万元，项目支出40万元，同比分别减少9万元和8万元。",
        "与上年相比，基本支出、项目支出分别减少9万元、8万元。",
    ],
)
def test_changes_each_of_its_own(text: str) -> None:
    changes = [(one.printed, one.measure, one.direction) for one in said(text) if one.kind == "change"]
    assert changes == [("9", "basic-expenditure", "decrease"), ("8", "project-expenditure", "decrease")]


def test_items_headed_by_a_measure() -> None:
    text = "（二）公务接待费。2024年预算安排5万元，比上年预算6万元减少1万元，人均消费166元。"
    assert [(one.measure, one.fiscal_year) for one in said(text)] == [
        ("reception", 2024),
        ("reception", 2023),
        ("reception", 2024),
        ("standard", 2024),
    ]
    assert said(text)[0].measure_spans[0].end < said(text)[0].spans[0].start


def test_later_items_of_a_class_have_their_own() -> None:
    text = (
        "农林水支出（类）农业农村（款）行政运行（项）6万元，主要用于运转；农业农村（款）事业运行（项）5万元；"
        "水利（款）不存在的名称（项）4万元，其余3万元用于农田建设。"
    )
    found = [(one.printed, one.functional_class, one.parent) for one in said(text)]
    assert found[:3] == [("6", "2130101", None), ("5", "2130104", None), ("4", None, None)]
    assert found[3][:2] == ("3", None)


def test_classes_end_where_other_money_is_named() -> None:
    text = "用于残疾人事业（款）9万元、卫生健康支出5万元；政府性基金预算支出4万元（其中上年结转2万元）。"
    assert [(one.measure, one.functional_class, one.parent) for one in said(text)] == [
        ("functional-expenditure", "20811", None),
        ("functional-expenditure", "210", None),
        ("gov-fund-expenditure", None, None),
        ("opening-carry-over", None, 2),
    ]


def test_classes_by_code() -> None:
    (found,) = said("2010301-行政运行612.50万元，用于机关运转。")
    assert (found.measure, found.functional_class) == ("functional-expenditure", "2010301")


def test_terms_of_the_year_in_a_sentence_of_one_fund() -> None:
    text = "政府性基金预算财政拨款年初结转和结余5万元，本年收入40万元，本年支出43万元，年末结转和结余2万元。"
    assert [one.measure for one in said(text, ACCOUNTS)] == [
        "opening-carry-over",
        "gov-fund-income",
        "gov-fund-expenditure",
        "closing-carry-over",
    ]


def test_parts_without_the_name_of_their_whole() -> None:
    text = "2024年政府采购预算586万元：货物512万元、工程26万元、服务48万元。"
    assert [(one.measure, one.parent) for one in said(text)] == [
        ("procurement", None),
        ("procurement-goods", 0),
        ("procurement-works", 0),
        ("procurement-services", 0),
    ]


def test_what_an_amount_includes_heads_no_list() -> None:
    text = "一般公共预算支出228万元，含上年结转42万元，同比下降3%，其中基本支出118万元。"
    assert [(one.printed, one.parent) for one in said(text)] == [("228", None), ("42", 0), ("3", None), ("118", 0)]


def test_what_an_amount_leaves_out_is_none_of_its_parts() -> None:
    text = "支出预算96万元（不含年末结转4万元），其中：基本支出60万元；项目支出36万元。"
    assert [(one.printed, one.parent) for one in said(text)] == [("96", None), ("4", None), ("60", 0), ("36", 0)]


def test_costs_and_what_is_left() -> None:
    cost = said("更新公务用车，其中：轿车1辆、金额18万元，越野车0辆、金额0万元。")
    assert [one.subject for one in cost] == ["轿车", "轿车", "越野车", "越野车"]
    text = "政府性基金预算支出418万元，直补移民1,206人，每人每年600元，计72万元，其余346万元用于移民村项目。"
    assert [one.parent for one in said(text)] == [None, None, None, 0, 0]
    assert said(text)[-1].measure == "gov-fund-expenditure"


def test_money_of_a_few_is_not_of_the_whole() -> None:
    _, money = said("三所学校年末仍有结余资金52万元。", ACCOUNTS)
    assert (money.measure, money.subject) == ("closing-carry-over", "三所学校")


def test_points_are_of_the_rate_before_them() -> None:
    _, people, _, points = said("普及率92%，新增供水人口1.36万人，巩固率99%，较上年提高1.8个百分点。")
    assert (people.measure, points.subject, points.measure) == ("persons", "巩固率", "growth")


def test_a_day_announced_for_what_follows() -> None:
    text = "截至2023年12月31日，人员情况如下：\n\n在职人员编制72人；在职实有66人。"
    assert {(one.fiscal_year, one.as_of) for one in said(text)} == {(2023, "2023-12-31")}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        # a bracket that counts says its year of what it counts alone
        (
            "2025年，实施项目12个（含2023年结转项目4个），批复预算6个项目300万元，到位资金250万元。",
            [2025, 2023, 2025, 2025, 2025],
        ),
        # 与上年下降 is written for 比上年下降
        ("公务接待费决算40万元，与上年下降5.2%，出国经费决算6万元。", [2024, 2024, 2024]),
        ("教育经费500万元，与上年的480万元同口径相比增4.17%，基建费60万元。", [2024, 2023, 2024, 2024]),
        # the year of a reason
        ("2024年购置费5万元，主要是2023年处置旧车；公务接待费3万元。", [2024, 2024]),
        # a word for the year before goes no further than its part of the sentence
        ("公务接待费5万元，上年支出4万元；会议费3万元。培训费2万元。", [2024, 2023, 2024, 2024]),
        # nor a day in the midst of a sentence further than this
        ("核定编制90名，2023年末实有86人。在校学生900人。", [2024, 2023, 2024]),
        ("截至2023年末，在职职工86人。离退休人员30人。", [2023, 2023]),
        # what a count is compared with
        ("接待观众9万人次，是2020年3.6万人次的2.5倍，举办展览8场。", [2024, 2020, 2024, 2024]),
        ("自评得分91分，与上年度得分95分相比，降低4分。", [2024, 2023, 2024]),
        ("与2023年度（按机构改革口径调整后，下同）的50万元相比，收入总计增加5万元。", [2023, 2024]),
        # what goes on in another year
        ("结果与2025年预算挂钩，压减资金60万元。", [2024]),
        ("2025年拟将自筹比例由6%调整到4%，可减支70万元。", [2024, 2025, 2025]),
        # as many numbers as years
        (
            "2022-2024年应配套资金分别为30万元、40万元、50万元，到位30万元、36万元、40万元，到位率由100%逐年降至90%、80%。",
            [2022, 2023, 2024] * 3,
        ),
        ("2022-2024年投入30万元、40万元。", [None, None]),
        # what something was, with the year of each
        ("由2018年的30万元增加到2023年的50万元，参保人数由启动之初的2万人增加到9万人。", [2018, 2023, None, 2023]),
        ("收入从2018年的30万元上升到2023年的50万元。", [2018, 2023]),
        # what is spent no more
        ("一次性经费24万元不再安排，减支24万元。", [2023, 2024]),
    ],
)
def test_a_year_goes_no_further_than_what_it_is_said_of(text: str, years: list[int]) -> None:
    assert [one.fiscal_year for one in said(text, ACCOUNTS)] == years


def test_a_slip_for_a_comparison_is_one() -> None:
    change = said("公务接待费决算40万元，与上年下降5.2%。", ACCOUNTS)[-1]
    assert (change.relative_year, change.direction, change.subject) == (2023, "decrease", "公务接待费")


def test_a_number_with_a_code_of_notices_defines_nothing() -> None:
    text = "根据《关于下达补助资金的通知》（云财社指〔2023〕15号），现安排补助资金90万元，其中：中央资金70万元。"
    assert [one.printed for one in said(text)] == ["90", "70"]
    assert said("“三公”经费指（因公出国、公务用车、接待）3万元以内的支出。") == []


@pytest.mark.parametrize(
    ("text", "measure", "subject"),
    [
        ("一般公共预算科普经费20万元。", "money", "一般公共预算科普经费"),
        ("调入资金及使用结转结余7万元。", "opening-carry-over", None),
        ("公务接待费、公车购置费、公车运行费（“三公”经费）决算总额20万元。", "three-public", None),
        ("机关运行经费（行政机构公用经费）20万元。", "operating-cost", None),
        ("公务车购置及运行维护费支出决算9万元。", "official-vehicles", None),
        ("公务车辆运行2024年预算9万元。", "vehicle-operation", None),
        ("——税收收入30万元。", "money", "税收收入"),
        ("加上转移性收入30万元。", "money", "转移性收入"),
    ],
)
def test_names_beside_other_words(text: str, measure: str, subject: str | None) -> None:
    (found,) = said(text, "2024年部门预算公开")
    assert (found.measure, found.subject) == (measure, subject)


def test_a_cost_named_twice_is_read_once() -> None:
    found = said("公务用车购置及运行费9万元，其中：公务用车运行费维护费9万元。")[-1]
    assert (found.measure, found.subject) == ("vehicle-operation", "青河县农业农村局")


def test_the_name_of_a_fund_is_no_phase() -> None:
    (found,) = said("补充预算稳定调节基金12万元。", ACCOUNTS)
    assert found.phase is None


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("支出500万元，占调整预算数520万元的96.2%。", "adjusted"),
        ("支出500万元，占调整预算的96.2%。", "adjusted"),
        ("收入500万元，为预期的101%。", None),
    ],
)
def test_a_share_of_the_adjusted_budget_is_what_is_completed(text: str, phase: str | None) -> None:
    *_, rate = said(text, ACCOUNTS)
    assert (rate.kind, rate.relative_phase) == ("rate", phase)
    assert rate.subject not in ("占调整预算数", "预期")


def test_words_that_hold_from_here_on_are_no_subject() -> None:
    *_, growth = said("一般公共预算收入50万元，比2023年同口径（下同）增长6.2%。", ACCOUNTS)
    assert (growth.subject, growth.relative_year) == ("一般公共预算收入", 2023)


def test_a_percentage_in_the_bracket_behind_a_change_is_its_growth() -> None:
    _, _, growth = said("公务接待费2万元，较上年减少1万元（33.3%），原因是厉行节约。")
    assert (growth.kind, growth.direction, growth.relative_year) == ("growth", "decrease", 2023)
    _, change, growth = said("因公出国（境）费0万元，较上年增加（减少）0万元（0%）。")
    assert (change.kind, change.measure, change.direction) == ("change", "abroad", None)
    assert (change.subject, growth.subject) == ("青河县农业农村局", "因公出国（境）费")


def test_another_year_of_the_same_has_its_measure() -> None:
    text = "“三公”经费预算30万元，其中：公务接待费2024年预算8万元，2023年预算9万元；比上年减少1万元。"
    _, this_year, last_year, change = said(text)
    assert {one.measure for one in (this_year, last_year, change)} == {"reception"}
    assert (change.base, last_year.fiscal_year, change.relative_year) == (1, 2023, 2023)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("得分8 8 成本指标 9元", ["9"]),
        ("报废率下降3成。", ["3"]),
    ],
)
def test_tenths_are_a_word_of_their_own(text: str, found: list[str]) -> None:
    assert [one.printed for one in said(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("建设“15分钟便民生活圈”项目2个。", ["2"]),
        ("完善30分钟医疗服务圈规划编制项目2个。", ["2"]),
        ("培训时长90分钟，共2场。", ["90", "2"]),
    ],
)
def test_the_minutes_of_a_circle_are_its_name(text: str, found: list[str]) -> None:
    assert [one.printed for one in said(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("政府性基金收入5.00万元，支出收入5.00万元。", "expenditure"),
        ("政府性基金支出5.00万元，支出收入比为1。事业收入5.00万元。", "business-income"),
    ],
)
def test_what_a_slip_calls_both_behind_income_is_expenditure(text: str, found: str) -> None:
    assert said(text)[-1].measure == found


def test_those_who_accompany_are_no_guests() -> None:
    guests, others = said("国内公务接待：接待12人次、陪同4人。")
    assert (guests.measure, others.measure) == ("reception-persons", "persons")


def test_a_class_in_quotes_is_one() -> None:
    (found,) = said("1.“农林水支出（类）水利（款）防汛（项）”35.20万元，主要用于防汛。")
    assert found.functional_class == "2130314"


def test_money_of_a_place_is_not_of_the_office_that_reports() -> None:
    title = "关于青河县2024年预算执行情况和2025年预算草案的报告\n\n青河县财政局"
    text = "2024年，全县一般公共预算收入完成900万元。县级一般公共预算收入完成700万元，加上调入资金20万元。"
    whole, own, _ = said(text, title)
    assert (whole.subject, own.subject) == ("全县", "县级")
    assert said("“三公”经费支出5万元。", title)[0].subject is None


amounts = st.decimals(min_value=1, max_value=10**6, places=2).map(lambda value: f"{value:,.2f}")


@settings(max_examples=40, deadline=None)
@given(amounts, amounts, amounts)
def test_one_row_per_number_and_a_number_changes_only_its_own(first: str, second: str, third: str) -> None:
    def text(one: str, other: str) -> str:
        return f"2024年收入预算{one}万元，其中：一般公共预算拨款收入{other}万元，占3%；比上年增加2万元。"

    before, after = said(text(first, second)), said(text(first, third))
    assert len(before) == len(after) == 4
    assert before[1].value == Decimal(second.replace(",", ""))
    kept = [(one.printed, one.measure, one.parent, one.fiscal_year) for one in before]
    changed = [(one.printed, one.measure, one.parent, one.fiscal_year) for one in after]
    assert [*kept[:1], *kept[2:]] == [*changed[:1], *changed[2:]]


@settings(max_examples=40, deadline=None)
@given(st.dates().map(lambda day: f"{day.year % 30 + 2000}年{day.month}月{day.day}日"))
def test_a_clause_with_a_date_adds_no_row(day: str) -> None:
    text = "公务接待费预算5万元，{}，公务用车运行维护费预算3万元。"
    assert len(said(text.format("按规定执行"))) == len(said(text.format(f"{day}起施行"))) == 2


def test_amounts_and_changes_each_of_its_own_place() -> None:
    text = (
        "按性质分为基本支出、项目支出，分别为34.10万元、62.50万元，2023年分别为33.00万元和57.20万元，"
        "基本支出比2023年增加1.10万元，主要原因是新增公厕11座。"
    )
    found = [(one.printed, one.measure, one.fiscal_year) for one in said(text)]
    assert found[:5] == [
        ("34.10", "basic-expenditure", 2024),
        ("62.50", "project-expenditure", 2024),
        ("33.00", "basic-expenditure", 2023),
        ("57.20", "project-expenditure", 2023),
        ("1.10", "basic-expenditure", 2024),
    ]
    assert found[5][::2] == ("11", 2024)


def test_a_list_is_of_the_later_of_two_years() -> None:
    found = said("2024年“三公”经费预算8.00万元，2023年“三公”经费预算9.00万元，其中：\n\n公务接待费2.00万元。")
    assert [(one.printed, one.fiscal_year) for one in found] == [("8.00", 2024), ("9.00", 2023), ("2.00", 2024)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年培训费3.20万元，较上年增加0.70万元（28.00%）。", ("28.00", "growth", "increase")),
        ("2024年机关运行经费8.30万元，较2023年增加-3.15万元。", ("-3.15", "change", "increase")),
        ("2024年补植行道树1360株，较上年多补植410株。", ("410", "change", "increase")),
    ],
)
def test_the_way_a_change_goes(text: str, expected: tuple[str, str, str]) -> None:
    last = said(text)[-1]
    assert (last.printed, last.kind, last.direction) == expected


@pytest.mark.parametrize("words", ["增加（减少）", "增加（或减少）"])
def test_a_change_that_goes_neither_way_is_of_the_amount_before_it(words: str) -> None:
    found = said(f"2024年培训费3.20万元，比2023年{words}0.70万元。")
    assert [(one.measure, one.direction) for one in found] == [("training", None), ("training", None)]


def test_the_budget_compared_with_is_no_account() -> None:
    text = "2024年“三公”经费决算数8.62万元，比2024年“三公”经费年初预算9.00万元减少0.38万元。"
    assert [one.phase for one in said(text, ACCOUNTS)][:2] == ["finalAccounts", "approved"]


def test_parts_of_a_purchase_in_the_sentence_behind_it() -> None:
    found = rows("2024年政府采购预算60.00万元。货物20.00万元；工程：无；服务40.00万元。")
    assert [measure for _, _, measure in found] == ["procurement", "procurement-goods", "procurement-services"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年当年预算执行数为3.20万元。", [("3.20", 2024)]),
        ("2023年当年预算执行数为3.20万元，2024年预算安排4.10万元。", [("3.20", 2023), ("4.10", 2024)]),
        (
            "培训费9.00万元，同比上年度增加1.00万元。其中：差旅费2.00万元。",
            [("9.00", 2024), ("1.00", 2024), ("2.00", 2024)],
        ),
        ("公务接待费9.00万元，同比去年8.00万元增加1.00万元。", [("9.00", 2024), ("8.00", 2023), ("1.00", 2024)]),
    ],
)
def test_a_year_printed_counts_before_a_word_for_it(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(one.printed, one.fiscal_year) for one in said(text)] == expected


def test_a_word_for_the_year_of_a_document_without_one_is_the_year_named() -> None:
    found = said(
        "2021年本年收入合计90.00万元，其中：事业收入60.00万元，占本年收入合计的66.67%。", "青河县中医院情况说明"
    )
    assert [one.fiscal_year for one in found] == [2021, 2021, 2021]


def test_items_with_dashes_go_on_with_their_list() -> None:
    text = (
        "2023年一般公共预算支出90.00万元，完成调整预算数95.00万元的94.74%，其中：\n——教育支出60.00万元；\n"
        "——卫生健康支出30.00万元。\n全年政府性基金预算支出8.00万元。"
    )
    found = said(text, "青河县财政情况说明")
    assert [(one.fiscal_year, one.parent) for one in found[3:]] == [(2023, 0), (2023, 0), (2023, None)]


def test_a_numbered_line_with_an_amount_heads_the_lines_below() -> None:
    text = "一、省级资金（90.00万元）\n（一）支持产业60.00万元；\n（二）支持饮水30.00万元。\n二、市级资金（8.00万元）\n"
    found = said(text, "关于2024年衔接资金分配结果的公告")
    assert [(one.printed, one.fiscal_year, one.parent) for one in found] == [
        ("90.00", 2024, None),
        ("60.00", 2024, 0),
        ("30.00", 2024, 0),
        ("8.00", 2024, None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一般公共预算收入90.00亿元，同比增收2.00亿元。", ("general-public-income", "increase", 2023)),
        ("一般公共预算收入90.00亿元，比上年同期减收2.00亿元。", ("general-public-income", "decrease", 2023)),
        ("一般公共预算支出90.00亿元，比上年增支2.00亿元。", ("general-public-expenditure", "increase", 2023)),
        ("一般公共预算支出90.00亿元，减支2.00亿元。", ("general-public-expenditure", "decrease", None)),
    ],
)
def test_more_or_less_income_is_a_change(text: str, expected: tuple[str, str, int | None]) -> None:
    last = said(text, ACCOUNTS)[-1]
    assert (last.kind, last.fiscal_year, last.base) == ("change", 2024, 0)
    assert (last.measure, last.direction, last.relative_year) == expected


def test_more_income_of_households_is_no_change_of_the_budget() -> None:
    assert [one.kind for one in said("带动农户增收60.00万元。")] == ["amount"]


def test_a_growth_below_zero_is_a_decrease() -> None:
    assert said("税收收入90.00亿元，同比增长-10.30%。", ACCOUNTS)[-1].direction == "decrease"


@pytest.mark.parametrize(
    "text",
    [
        "支持林场提升任务25.00万元。",
        "医疗服务能力提升25.00万元。",
        "下降原因主要是新购执法用车2辆。",
        "第一产业增加值42.40亿元。",
        "服务业对经济增长的贡献率53.90%。",
    ],
)
def test_a_word_for_a_change_in_a_name_or_a_reason_is_none(text: str) -> None:
    (one,) = said(text)
    assert one.direction is None
    assert one.kind != "change"


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        (
            "其中：外事接待费支出0万元，国内公务接待22批次，176人。",
            ["foreign-reception", "reception-batches", "reception-persons"],
        ),
        ("信息网络运行经费5.00万元，检测站运行维护费6.00万元。", ["money", "money"]),
        ("机关运行经费5.00万元，车辆运行费3.00万元。", ["operating-cost", "vehicle-operation"]),
        ("因公出国（境）经费、公务用车购置及运行费、公务接待费决算支出9.40万元。", ["three-public"]),
        ("公务用车购置费、公务用车运行维护费和公务接待费的财政拨款预算数9.00万元。", ["money"]),
        ("因公出国（境）费、公务用车购置及运行费和公务接待费均为3.00万元。", ["reception"]),
        (
            "“三公”经费公共预算财政拨款支出7.60万元，其中公务用车及运行维护费用6.10万元。",
            ["three-public", "official-vehicles"],
        ),
        ("面向中小企业预留政府采购项目预算金额69.00万元。", ["procurement-sme-reserved"]),
        (
            "预留给中小企业的采购份额60万元，其中预留给小微企业的份额20万元；授予中小企业合同金额50万元，其中小微企业10万元。",
            ["procurement-sme-reserved", "procurement-micro-reserved", "procurement-sme", "procurement-micro"],
        ),
        ("1、公用经费30.00万元，学费收入60.00万元，合计收入90.00万元。", ["public-expenses", "money", "income"]),
        ("1、收入：79.20万元。", ["income"]),
        ("年末结余26.00万元。其中，保险费收入17.00万元，支出16.00万元。", ["closing-carry-over", "money", "money"]),
        ("项目支出包括委员活动经费36.30万元。", ["money"]),
        ("总投资90.00万元，其中工程费80.00万元，预备费10.00万元。", ["money", "money", "money"]),
        (
            "接待74批次813人，同比去年1.05万元增加2.95万元。",
            ["reception-batches", "reception-persons", "money", "money"],
        ),
        ("公共预算收入完成47.00亿元，公共财政支出55.00亿元。", ["general-public-income", "general-public-expenditure"]),
        # income of social insurance
        ("保险费收入预算数31.00亿元；财政补贴收入预算数35.00亿元。", ["money", "money"]),
        # expenditure of some matters, and beyond a budget
        ("全区财政民生支出合计14.00亿元。", ["money"]),
        ("3个部门当年超预算支出8.00亿元。", ["pieces", "money"]),
        # what projects come to, and what other things do
        ("对2023年度5个项目全面开展绩效自评，涉及资金90万元。", ["projects", "project-budget"]),
        ("39家单位往来款未清理，涉及金额90万元。", ["bodies", "money"]),
        # 公用经费 is of the basic expenditure
        ("项目支出50万元，其中：商品和服务支出40万元。", ["project-expenditure", "economic-expenditure"]),
        ("基本支出50万元，其中：商品和服务支出40万元。", ["basic-expenditure", "public-expenses"]),
        # small and medium enterprises under one name with those that are smaller
        (
            "授予中小微企业合同金额为40万元，授予小微企业合同金额20万元。",
            ["procurement-sme", "procurement-micro"],
        ),
        # several costs by the name of them all, and by no name
        (
            "出国（境）经费、车辆购置及运行费、公务接待费（简称“三公”经费）支出合计24.75万元，其中：公务接待费16.55万元。",
            ["three-public", "reception"],
        ),
        ("出国（境）经费、车辆购置及运行费，公务接待费支出，合计6.25万元。", ["three-public"]),
        ("会议费、差旅费、公务接待费支出，合计6.25万元。", ["money"]),
        ("公务接待费（含外宾接待费）支出9.00万元。", ["reception"]),
        # divisions beside one of equipment
        ("共设6个科室（组织科、材料设备管理科）、1个办公室。", ["divisions", "divisions"]),
        # what is compared with, and a bracket behind its year
        (
            "“三公”经费支出60万元，比2019年（机构改革前）决算数减少20万元，下降25%。",
            ["three-public", "three-public", "growth"],
        ),
    ],
)
def test_what_words_beside_a_term_make_it(text: str, measures: list[str]) -> None:
    assert [one.measure for one in said(text)] == measures


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("加上级转移支付18.00万元。", "上级转移支付"),
        ("生均公用补助剩余7.00万元。", "生均公用补助"),
        ("项目支出包括委员活动经费36.30万元。", "委员活动经费"),
        ("下降原因主要是新添复印纸张2箱。", "新添复印纸张"),
        ("共发现问题3个，已经完成整改的2个。", "整改"),
        ("青河县农业农村局属青河县人民政府工作部门，共设6个科室。", "青河县农业农村局"),
        ("共青团中央所属企业3户。", "共青团中央所属企业"),
        ("中央文化企业116户和和风集团。", "中央文化企业"),
        ("增减因素品迭后非税收入共计减少157.00万元。", "增减因素品迭后非税收入"),
        ("收入增长9.0%，高于全省平均增幅（7.0%）。", "全省平均增幅"),
    ],
)
def test_where_a_subject_begins_and_ends(text: str, subject: str) -> None:
    assert said(text)[-1].subject == subject


@pytest.mark.parametrize("given", ["核定我县", "共下达我县", "转贷给我市"])
def test_what_a_place_is_given_is_not_of_the_office_that_gives_it(given: str) -> None:
    assert {one.subject for one in said(f"青云省财政厅{given}政府债务限额90万元。", "政府债务情况")} == {None}
    assert said("青云省财政厅现有政府债务90万元。", "政府债务情况")[-1].subject == "青云省财政厅"


@pytest.mark.parametrize(
    "text",
    [
        "“社会保障和就业支出（类）抚恤（款）死亡抚恤（项）”17.00万元，主要用于抚恤金。\n年初预算为16.00万元，支出决算为17.00万元。",
        "8.“社会保障和就业支出（类）抚恤（款）死亡抚恤\n（项）”17.00万元。年初预算为16.00万元，支出决算为17.00万元。",
        "8.“社会保障和就业支出（类）抚恤（款）死亡\n抚恤（项）”17.00万元。年初预算为16.00万元，支出决算为17.00万元。",
    ],
)
def test_a_class_goes_on_over_the_end_of_a_line(text: str) -> None:
    assert [one.functional_class for one in said(text, ACCOUNTS)] == ["2080801"] * 3


@pytest.mark.parametrize(
    "sentence",
    [
        "年初未安排预算，支出决算为17.00万元，系一次性抚恤金。",
        "年初无预算，年中追加，支出决算为17.00万元。",
        "年初预算、支出决算均为17.00万元，用于发放抚恤金。",
        "年初预算数和决算数均为17.00万元。",
    ],
)
def test_a_class_goes_on_where_budget_and_accounts_are_told_together(sentence: str) -> None:
    text = f"6、社会保障和就业支出（类）抚恤（款）死亡抚恤（项）。\n{sentence}"
    assert [(one.printed, one.functional_class) for one in said(text, ACCOUNTS)] == [("17.00", "2080801")]


def test_a_class_does_not_go_on_in_a_sentence_on_the_year() -> None:
    text = "6、社会保障和就业支出（类）抚恤（款）死亡抚恤（项）。\n年初结转17.00万元。"
    assert [one.functional_class for one in said(text, ACCOUNTS)] == [None]


@pytest.mark.parametrize(
    "meeting", ["用于召开全县农机推进会", "用于承办全省农技现场会", "主要用于举办青河县农民丰收会"]
)
def test_what_a_cost_was_for_is_no_body_that_the_next_one_is_of(meeting: str) -> None:
    text = f"2024年本单位开支会议费1.26万元，{meeting}，人数85人；开支培训费8.35万元。"
    (*_, found) = said(text, ACCOUNTS)
    assert (found.measure, found.subject) == ("training", "青河县农业农村局")


def test_channels_are_counted_and_bus_lines_are_not() -> None:
    text = "新建高清探头160路、升级卡口24处，接入1,200路视频。乘坐101路公交车，经省道201路段。"
    assert [(one.printed, one.unit, one.measure) for one in said(text)] == [
        ("160", "路", "pieces"),
        ("24", "处", "pieces"),
        ("1200", "路", "pieces"),
    ]


TWO_YEARS = "关于云屏市2029年预算执行情况和2030年预算草案的报告\n\n云屏市财政局"


def test_a_heading_with_a_year_rules_its_section() -> None:
    text = (
        "一、2029年预算执行情况\n\n（一）一般公共预算\n\n全市一般公共预算收入完成84.10亿元，比上年增收2.61亿元。\n\n"
        "二、2030年预算草案\n\n（一）一般公共预算\n\n全市支出安排120.30亿元，比上年执行数增加2.40亿元。\n\n"
        "三、扎实做好今年财政工作\n\n今年安排教育支出9.00亿元，去年为8.50亿元。"
    )
    found = [(one.printed, one.measure, one.fiscal_year) for one in said(text, TWO_YEARS)]
    assert found == [
        ("84.10", "general-public-income", 2029),
        ("2.61", "general-public-income", 2029),
        ("120.30", "general-public-expenditure", 2030),
        ("2.40", "general-public-expenditure", 2030),
        ("9.00", "functional-expenditure", 2030),
        ("8.50", "functional-expenditure", 2029),
    ]


def test_a_section_on_last_year_ends_with_the_next() -> None:
    text = (
        "十一、2023年部门预算绩效自评情况\n\n组织对12个项目开展自评，其中评价等次为优的9个、良的3个。\n\n"
        "十二、国有资产情况\n\n共有车辆4辆，固定资产较年初增加36.00万元。"
    )
    found = [(one.printed, one.measure, one.fiscal_year) for one in said(text)]
    assert found == [
        ("12", "projects", 2023),
        ("9", "projects", 2023),
        ("3", "projects", 2023),
        ("4", "vehicles", 2024),
        ("36.00", "fixed-assets", 2024),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Between two scores stand two numbers, and what they count are projects.
        (
            "对16个项目开展自评，得分90分（含）以上的10个，80（含）-90分的4个，60分至80分2个。",
            [
                *[(16, "projects"), (90, "score"), (10, "projects"), (80, "score"), (90, "score"), (4, "projects")],
                *[(60, "score"), (80, "score"), (2, "projects")],
            ],
        ),
        # Something done costs what it costs; only the account itself has sides.
        (
            "政府性基金预算财政拨款收入60万元，支出58万元。开展体检3次，支出2万元。",
            [(60, "gov-fund-income"), (58, "gov-fund-expenditure"), (3, "occasions"), (2, "money")],
        ),
        (
            "国有资本经营预算收入3万元，支出2万元，调入一般公共预算1万元。",
            [(3, "state-capital-income"), (2, "state-capital-expenditure"), (1, "money")],
        ),
        (
            "2024年国有资本经营预算支出60万元，比上年增加10万元。",
            [(60, "state-capital-expenditure"), (10, "state-capital-expenditure")],
        ),
        (
            "2024年财政拨款收支总预算92万元，其中：本年收入88万元，上年结转4万元。",
            [(92, "total-fiscal-income"), (88, "fiscal-income"), (4, "opening-carry-over")],
        ),
        (
            "核定编制56名（行政18名、事业38名），实有51人。",
            [(56, "authorised-posts"), (18, "authorised-posts"), (38, "authorised-posts"), (51, "staff")],
        ),
        ("全年接待游客320万人次，公务接待18批次。", [(320, "persons"), (18, "reception-batches")]),
        (
            "面向中小企业预留采购份额不低于45%，预留给中小企业的份额为12万元。",
            [(45, "share"), (12, "procurement-sme-reserved")],
        ),
        (
            "按每村8000元、社区12000元的标准安排运转经费96万元。",
            [(8000, "standard"), (12000, "standard"), (96, "money")],
        ),
        ("公务接待费2万元，由上年的3万元减少为2万元。", [(2, "reception"), (3, "reception"), (2, "reception")]),
        ("年末结转和结余88万元，较年初减少12万元。", [(88, "closing-carry-over"), (12, "closing-carry-over")]),
        ("离退休人员74人（其中离休1人）、遗属6人。", [(74, "all-retirees"), (1, "former-cadres"), (6, "dependants")]),
        (
            "离、退休人员20人，其中离休2人、退休18人，另有9名离退休干部。",
            [(20, "all-retirees"), (2, "former-cadres"), (18, "retirees"), (9, "all-retirees")],
        ),
        ("内设办公室、计财科等7个科室，发生坏账1笔。", [(7, "divisions"), (1, "pieces")]),
    ],
)
def test_what_a_number_is_of(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(int(one.value), one.measure) for one in said(text, ACCOUNTS if "决算" in text else BUDGET)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公务接待费决算2万元，由上年的3万元降至2万元，接待12批次。", [2024, 2023, 2024, 2024]),
        ("项目支出300万元，减少原因：一是系统2023年已建成，减少支出80万元。", [2024, 2024]),
        ("在2024年度开展的2022年度绩效评价中，8个项目平均92分，其中“校舍”项目得分95分。", [2022, 2022, 2022]),
        ("2024年培训费88万元，为2023年预算数的104.76%，增幅较上年（2.1%）扩大2个百分点。", [2024, 2024, 2023, 2024]),
        ("培训费88万元（含上年结转3万元），2023年为84万元，同比增加4万元。", [2024, 2024, 2023, 2024]),
    ],
)
def test_years_that_do_not_go_on(text: str, expected: list[int]) -> None:
    assert [one.fiscal_year for one in said(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平均住院日8.3天，较上年缩短0.4天。", ("duration", "decrease")),
        ("税收收入比上年增收9万元。", ("money", "increase")),
        ("人员调资等减支9万元。", ("money", "decrease")),
        ("编外人员211人，比上年末精简13人。", ("staff-other", "decrease")),
        ("送审项目核减率9.7%。", ("rate", None)),
        ("对煤炭行业的依存度仍高达68.5%。", ("rate", None)),
    ],
)
def test_which_way_a_number_goes(text: str, expected: tuple[str, str | None]) -> None:
    last = said(text)[-1]
    assert (last.measure, last.direction) == expected


def test_brackets_of_a_unit_are_as_printed() -> None:
    assert [one.unit for one in said("通用设备3台(套)，图书1200册（件）。")] == ["台(套)", "册（件）"]


def test_a_share_stays_one_where_it_was_changed() -> None:
    found = said("药占比由上年的27.46%降为24.04%，资产负债率由上年末的32.5%降至30.1%。", ACCOUNTS)
    assert [(one.measure, one.fiscal_year) for one in found] == [
        ("share", 2023),
        ("share", 2024),
        ("rate", 2023),
        ("rate", 2024),
    ]
    assert found[-1].subject == "资产负债率"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What pays for it, with the year between.
        ("因公出国(境)费2013年度财政拨款决算数为93.87万元。", ["abroad"]),
        ("公务接待费（2024年）一般公共预算财政拨款支出2万元。", ["reception"]),
        # What is counted in a closed bracket is no word for the number behind it.
        (
            "国内公务接待共15批次(其中外事接待0批次),105人次(其中外事接待3人次)。",
            ["reception-batches", "foreign-batches", "reception-persons", "foreign-persons"],
        ),
        ("国内公务接待批次38个，国(境)外公务接待批次3个。", ["reception-batches", "foreign-batches"]),
        ("公务接待24批次,210人次,支出2.05万元。", ["reception-batches", "reception-persons", "reception"]),
        # What was spent of the budget before it.
        (
            "“三公经费”财政拨款预算47.3万元(含援外5.3万元)，实际支出42.9万元，比预算减少4.4万元。",
            ["three-public", "three-public", "three-public", "three-public"],
        ),
        # An item that is headed by its name, and a change that is only called expenditure.
        ("(二)公务接待费。2024年预算支出11.77万元，比2023年预算减少0.13万元。", ["reception", "reception"]),
        ("会议费支出预算为9万元，支出决算为8万元，支出决算数小于预算数1万元。", ["meeting", "meeting", "meeting"]),
        ("一是公务接待费：2024年预算支出2万元，二是会议费：支出预算1万元。", ["reception", "meeting"]),
        # Of guests at home and from abroad.
        (
            "国内公务接待12批次，费用0.9万元，外事接待1批次，支出0.3万元。",
            ["reception-batches", "domestic-reception", "foreign-batches", "foreign-reception"],
        ),
        # Names.
        ("公务用车保有量2辆，购置及运行维护费5万元。", ["vehicles", "official-vehicles"]),
        ("公务用车运行维护及购置费3万元，公务车购置经费2万元。", ["official-vehicles", "vehicle-purchase"]),
        ("公务用车(含执勤执法用车)运行支出7.3万元。", ["vehicle-operation"]),
        ("拟安排出国(境)经费预算2万元。", ["abroad"]),
        ("因公出国(境)费同口径比2023年减少9万元。", ["abroad"]),
        ("本单位收入为168.7万元，本部门2024年支出共160万元。", ["income", "expenditure"]),
        ("本年增加非财政性资金拆迁补偿款15.9万元，非同级财政拨款收入3万元。", ["money", "money"]),
        # Kinds of carry-over lie within that of the list.
        (
            "年初结转和结余20万元，其中：基本支出结转5万元，项目支出结转和结余15万元。",
            ["opening-carry-over", "opening-carry-over", "opening-carry-over"],
        ),
        # Persons, posts and bodies.
        ("核定编制52人，其中政法编制50人，现有政法编制人员45人。", ["authorised-posts", "authorised-posts", "staff"]),
        ("本部现有86个部属(管)预算单位，现有3个科室。", ["budget-units", "divisions"]),
        ("一般公务用车编制3台。", ["vehicle-posts"]),
        ("保障2个体育场馆免费开放。", ["pieces"]),
        # The name behind its amount.
        ("2023年预算3万元公务接待费无法满足需要。", ["reception"]),
        ("安排5万元公务接待费3万元。", ["money", "reception"]),
        # 经比较 compares nothing with the year behind it.
        ("经比较2024年度“三公”经费41万元，较上年减少19万元。", ["three-public", "three-public"]),
        # Several years of one name.
        ("2024年、2023年其他收入分别为43.1万元、37.6万元。", ["other-income", "other-income"]),
        # A change of a side of the account is of the amount on that side.
        (
            "2024年收入总计90.5万元，支出总计80.5万元。与2023年相比，收入增加5.5万元，支出减少4.5万元。",
            ["total-income", "total-expenditure", "total-income", "total-expenditure"],
        ),
        ("支出决算数为90万元。与上年相比收入增加5万元，支出减少4万元。", ["expenditure", "money", "expenditure"]),
        # Public money is income where nothing is done with it.
        ("安排财政资金30万元注入基金，应缴财政资金3万元。", ["money", "money"]),
        ("项目总投资90万元，其中：财政资金30万元。", ["project-budget", "fiscal-income"]),
        # What is earned with assets, or called up from a fund, is neither they nor its income.
        ("国有资产（资本）经营收入22万元，国有资产处置收入5万元。", ["money", "money"]),
        ("政府性基金收入调入13万元，政府性基金收入8万元。", ["money", "gov-fund-income"]),
        ("增加一般公共预算预算支出14万元。", ["general-public-expenditure"]),
        ("一般公共预算本级收入9万元，总收入合计12万元。", ["general-public-income", "total-income"]),
    ],
)
def test_which_measure_the_words_mean(text: str, expected: list[str]) -> None:
    assert [one.measure for one in said(text, ACCOUNTS)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A comparison that only says that both are alike.
        ("2024年“三公”经费预算为43万元，与2023年预算基本持平，其中：公务接待费3万元。", [2024, 2024]),
        ("2024年收入预算为43万元，与2023年相比无变化，与2022年保持一致，其中：事业收入3万元。", [2024, 2024]),
        ("公务接待费41万元，比上年累计支出43万元减少2万元。", [2024, 2023, 2024]),
        ("公务接待费为8万元，较上年由11万元减少到8万元。", [2024, 2023, 2024]),
        ("公务接待费2024年由11万元减少到8万元，会议费由2023年的3万元增加到4万元。", [2023, 2024, 2023, 2024]),
        ("2024年、2023年其他收入分别为43.1万元、37.6万元。", [2024, 2023]),
        ("2023年、2024年会议费分别为3万元和2万元，参会人数分别为5人、4人。", [2023, 2024, 2023, 2024]),
    ],
)
def test_of_which_year_a_number_is(text: str, expected: list[int]) -> None:
    assert [one.fiscal_year for one in said(text, ACCOUNTS)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出总计174万元，决算数大于预算数5.5万元。", ("change", "increase", "total-expenditure")),
        ("会议费支出9万元，超预算1万元。", ("change", "increase", "meeting")),
        ("公务接待费决算3万元，低于上年1万元。", ("change", "decrease", "reception")),
        ("公务接待费决算3万元，超出年初预算1万元。", ("change", "increase", "reception")),
        ("2024年“三公”经费预算数较2023年减少(增加)0.11万元。", ("change", None, "three-public")),
        ("2024年“三公”经费预算4万元，同比下降(增加)6%。", ("growth", None, "growth")),
        ("支出决算9万元，决算数大于预算数的主要原因是追加免费开放补助1万元。", ("amount", None, "money")),
    ],
)
def test_what_differs_from_what(text: str, expected: tuple[str, str | None, str]) -> None:
    last = said(text, ACCOUNTS)[-1]
    assert (last.kind, last.direction, last.measure) == expected


def test_parts_are_of_the_amount_not_of_its_difference() -> None:
    found = said("支出总计174万元，决算数大于预算数5.5万元。其中：教育支出160万元，住房保障支出14万元。", ACCOUNTS)
    assert [one.parent for one in found] == [None, None, 0, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The list tells of each item how it changed.
        (
            "“三公”经费86万元，其中：公务接待费20万元，减少2万元；公务用车购置费36万元，公务用车运行维护费30万元，减少1万元。",
            "vehicle-operation",
        ),
        # The budget and the accounts of one item are one.
        (
            "公务用车购置及运行维护费31万元，其中公务用车运行维护费全年预算数为34万元，决算数为31万元，较上年减少4万元。",
            "vehicle-operation",
        ),
        # Of a list that tells of none, its whole.
        ("“三公”经费86万元，其中：公务接待费50万元，公务用车运行维护费36万元，比上年减少1万元。", "three-public"),
    ],
)
def test_what_a_change_in_a_list_is_of(text: str, expected: str) -> None:
    assert said(text, ACCOUNTS)[-1].measure == expected


def test_a_rate_is_said_of_the_name_that_its_amount_is_measured_by() -> None:
    found = said("公务接待费全年预算数为9万元，决算数为8万元，较上年由11万元减少到8万元，下降27%。", ACCOUNTS)
    assert found[-1].subject == "公务接待费"


def test_what_a_year_alone_leaves_over_is_not_carried_over() -> None:
    found = said("基金收入9万元，支出7万元，当年结余2万元，年末滚存结余6万元。", ACCOUNTS)
    assert [one.measure for one in found][-2:] == ["money", "closing-carry-over"]


def test_a_full_stop_of_half_width_ends_a_clause() -> None:
    content = "会议费9万元，比上年下降9%.下降的主要原因是厉行节约。"
    last = said(content)[-1]
    assert last.spans[0].end - last.spans[0].start == len("比上年下降9%")


def test_money_without_yuan_says_so() -> None:
    found = said("安排公务接待费8万,较上年减少2万。惠及群众3万，公车运行维护费预算３８万。")
    assert [(one.printed, one.unit, one.measure) for one in found] == [
        ("8", "万元", "reception"),
        ("2", "万元", "reception"),
        ("３８", "万元", "vehicle-operation"),
    ]
    assert all("元 is not printed" in (one.reason or "") for one in found)


def test_sides_of_a_fund_that_are_to_be() -> None:
    text = "政府性基金收入拟安排52万元，加上年结转5万元，收入总计57万元；支出拟安排49万元，调出资金8万元。"
    assert [one.measure for one in said(text)][:4] == [
        "gov-fund-income",
        "opening-carry-over",
        "total-income",
        "gov-fund-expenditure",
    ]


MONTHLY = "白水县2021年1-8月财政收支情况"


@pytest.mark.parametrize("before", ["占年初预算", "占调整预算数", "为年预算", "完成人大批准预算"])
def test_a_rate_of_a_budget_is_one_of_completion(before: str) -> None:
    amount, plan, rate, growth = said(f"1-8月，全县税收收入完成630万元，{before}900万元的70%，同比下降6.5%。", MONTHLY)
    assert (plan.subject, plan.measure, plan.parent) == (amount.subject, amount.measure, None)
    assert (rate.kind, rate.subject, rate.base) == ("rate", "税收收入", 0)
    assert (growth.subject, growth.base, growth.direction) == ("税收收入", 0, "decrease")


def test_a_rate_of_a_budget_without_its_amount() -> None:
    _, rate = said("1-8月一般公共预算支出累计完成630万元，为年预算的70%。", MONTHLY)
    assert (rate.kind, rate.relative_phase, rate.base) == ("rate", "approved", 0)


def test_budgets_of_parts_are_no_parts_and_not_the_budget_of_the_whole() -> None:
    text = "全县完成财政总收入900万元，占年初预算1000万元的90%。其中：税收收入700万元，占年初预算800万元的87.5%。"
    found = [one for one in said(text, MONTHLY) if one.unit == "万元"]
    assert [(one.subject, one.parent) for one in found] == [
        ("财政总收入", None),
        ("财政总收入", None),
        ("税收收入", 0),
        ("税收收入", None),
    ]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("地方一般预算收入完成9万元。", "general-public-income"),
        ("财政一般预算支出完成9万元。", "general-public-expenditure"),
        ("政府基金收入完成9万元。", "gov-fund-income"),
    ],
)
def test_funds_by_their_older_names(text: str, measure: str) -> None:
    (found,) = said(text, MONTHLY)
    assert (found.measure, found.phase) == (measure, "executed")


@pytest.mark.parametrize(
    ("text", "title", "phase"),
    [
        ("全县完成一般公共预算收入9万元。", MONTHLY, "executed"),
        ("政府性基金收入累计完成9万元。", MONTHLY, "executed"),
        ("其中税务部门完成9万元。", MONTHLY, "executed"),
        ("全年预计一般公共预算收入完成9万元。", MONTHLY, None),
        ("一般公共预算收入目标任务完成9万元。", MONTHLY, None),
        ("一般公共预算支出完成9万元。", ACCOUNTS, None),
        ("2024年，一般公共预算收入完成9万元。", "白水县2023年预算执行情况和2024年预算草案的报告", None),
    ],
)
def test_what_is_called_done_is_executed(text: str, title: str, phase: str | None) -> None:
    assert said(text, title)[-1].phase == phase


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("1-8月全镇组织财政收入累计完成9万元。", "财政收入"),
        ("上半年，全旗大口径财政收入累计完成9万元。", "大口径财政收入"),
        ("全区8月份完成9万元。", "全区"),
    ],
)
def test_months_and_places_are_no_part_of_the_name_of_an_amount(text: str, subject: str) -> None:
    assert said(text, MONTHLY)[0].subject == subject


@pytest.mark.parametrize(
    ("text", "kind", "direction", "reason"),
    [
        ("2024年培训费8万元，比上年增长1.5倍。", "growth", "increase", "it is 150 %"),
        ("2024年培训费8万元，比上年翻一番。", "growth", "increase", "it is 100 %"),
        ("2024年培训费8万元，比上年增长到1.5倍。", "rate", None, "it is 150 %"),
        ("2024年培训费8万元，是上年的2倍。", "rate", None, "it is 200 %"),
        ("2024年培训费8万元，比上年下降近一半。", "growth", "decrease", "it is 50 %"),
        ("2024年培训费8万元，占公用经费的三分之一。", "share", None, "it is 33.3 %"),
        ("2024年培训费8万元，占公用经费三成。", "share", None, "it is 30 %"),
    ],
)
def test_rates_in_times_and_in_words(text: str, kind: str, direction: str | None, reason: str) -> None:
    amount, rate = said(text)
    assert (rate.kind, rate.direction, rate.fiscal_year, amount.fiscal_year) == (kind, direction, 2024, 2024)
    assert rate.relative_year == (None if kind == "share" else 2023)
    assert reason in (rate.reason or "")


def test_what_is_spent_is_no_income_before_it() -> None:
    *_, spent = said("2024年，一般公共预算收入完成900万元，为预算的25%，增长3%。支出完成700万元。")
    assert spent.measure != "general-public-income"


def test_a_total_of_several_amounts_is_of_none_of_them() -> None:
    *_, total = said("补助两千元，培训费五万元，共计五万二千元。")
    assert total.measure == "money"
    *_, total = said("开展培训3期，培训费五万元，共计五万元。")
    assert total.measure == "training"


def test_an_amount_in_a_unit_of_no_table_says_that_it_has_none_in_yuan() -> None:
    (found,) = said("安排3千万元用于水库加固。")
    assert "no amount: 千万元" in (found.reason or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # behind the classes of a side, the whole of it
        (
            "2024年支出合计80万元，其中：教育支出60万元，其他支出20万元；支出较去年增加21万元。",
            [
                ("80", "expenditure"),
                ("60", "functional-expenditure"),
                ("20", "functional-expenditure"),
                ("21", "expenditure"),
            ],
        ),
        # what a car costs to run is no operating cost of the office
        (
            "2024年公务用车费预算30万元。公务用车保有量11辆，全年运行费支出25万元。",
            [("30", "official-vehicles"), ("11", "vehicles"), ("25", "vehicle-operation")],
        ),
        ("2024年机关运行费12万元。", [("12", "operating-cost")]),
        # the fund named alone behind a cost, and in what is compared with
        (
            "2023年因公出国（境）费财政拨款支出27万元，2024年财政拨款预算23万元，比2023年支出减少4万元。",
            [("27", "abroad"), ("23", "abroad"), ("4", "abroad")],
        ),
        ("2024年外事接待费比2023年财政拨款预算数减少3万元。", [("3", "foreign-reception")]),
        (
            "教育收费资金收入20万元，较上年增加5万元。",
            [("20", "special-account-income"), ("5", "special-account-income")],
        ),
        ("2024年公务接待费总支出9万元。", [("9", "reception")]),
        ("一般公共预算收入加上级补助收入30万元。", [("30", "superior-subsidy-income")]),
    ],
)
def test_measures_by_the_noun_that_is_meant(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(printed, measure) for printed, _, measure in rows(text)] == expected


@pytest.mark.parametrize("base", ["剔除留抵退税后", "扣除上年一次性因素后", "还原减税因素后", "可比", "按自然口径计算"])
def test_what_is_taken_off_is_no_subject_and_names_no_year(base: str) -> None:
    amount, change, rate = said(f"2024年培训费支出90万元，比上年减少10万元，{base}增长2%。")
    assert (rate.subject, rate.fiscal_year) == ("培训费支出", change.fiscal_year) and amount.fiscal_year == 2024


@pytest.mark.parametrize(("report", "phase"), [("财政工作报告", "executed"), ("财政决算报告", None)])
def test_income_called_done_is_no_budget(report: str, phase: str | None) -> None:
    (one,) = said("2024年全镇财政预算收入完成53万元。", title=f"青河县水车镇2024年{report}")
    assert one.phase == phase


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A minus within a list, and numbers of several units with 分别.
        (
            "2024年货物和工程采购增幅为6.7%、-4.5%和-21.7%。",
            [("6.7", "increase"), ("-4.5", "decrease"), ("-21.7", "decrease")],
        ),
        (
            "培训26期1864人次，分别比上年增加4期和312人次。",
            [("26", None), ("1864", None), ("4", "increase"), ("312", "increase")],
        ),
        # What is saved against the budget is a change, what exceeds it as a noun is none.
        ("2024年会议费7.36万元，较预算节约1.64万元。", [("7.36", None), ("1.64", "decrease")]),
        ("2024年会议费7.36万元，超出的1.64万元是追加的专款。", [("7.36", None), ("1.64", None)]),
        # What a budget is raised by is a change, what was not taken from it is none.
        ("2024年调增上级补助收入6.98万元，公用经费调增为9万元。", [("6.98", "increase"), ("9", None)]),
        ("2024年6个项目未核减资金225万元。", [("6", None), ("225", None)]),
        # A rate of growth that has a name, and how it changed.
        ("2024年培训费支出增幅达到50.3%，比上月提高39.4个百分点。", [("50.3", "increase"), ("39.4", "increase")]),
    ],
)
def test_directions(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(one.printed, one.direction) for one in said(text, ACCOUNTS)] == expected


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("全年收入合计88万元，加上上年没有用完转过来的6.3万元，可用的钱总共94.3万元。", [2024, 2024, 2024]),
        ("2024年财政收入在上年实际完成任务基础上增长10.5%，安排304万元。", [2024, 2024]),
        ("月人均补助由上年的150元提到172元，发放203人。", [2023, 2024, 2024]),
        ("收支相抵，年末还剩11万元，按规定转到2025年接着用，其中项目资金9万元。", [2024, 2024]),
        ("比上年减少28万元，主要原因是办公楼维修30万元是上年一次性支出。", [2024, 2023]),
        ("2024年度“三公”经费支出决算为548万元，与2022年的549万元基本持平。", [2024, 2022]),
    ],
)
def test_years_that_other_words_carry(text: str, years: list[int]) -> None:
    assert [one.fiscal_year for one in said(text, ACCOUNTS)] == years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2024年度收、支总计分别为41.5万元、41.9万元。",
            [("41.5", "amount", "total-income"), ("41.9", "amount", "total-expenditure")],
        ),
        (
            "2024年支出总预算95万元。其中：\n\n（一）卫生健康支出类科目85万元。\n\n（二）羊毛检验站经费支出10万元。",
            [
                ("95", "amount", "total-expenditure"),
                ("85", "amount", "functional-expenditure"),
                ("10", "amount", "money"),
            ],
        ),
        (
            "编制人数小计183人，实有人数小计160人，其中：在职人数小计150人。",
            [("183", "count", "authorised-posts"), ("160", "count", "staff"), ("150", "count", "staff")],
        ),
        (
            "268名代表，年人均2400元计643200元。",
            [("268", "count", "persons"), ("2400", "standard", "standard"), ("643200", "amount", "money")],
        ),
        (
            "完成审计项目40个，查出问题金额63.39亿元。",
            [("40", "count", "projects"), ("63.39", "amount", "money")],
        ),
        ("2024年因公出国（境）决算支出0万元。", [("0", "amount", "abroad")]),
        ("收支相抵，年末还剩110.93万元。", [("110.93", "amount", "closing-carry-over")]),
        (
            "年末结转和结余12万元，比年初的13万元减少1万元。",
            [(n, k, "closing-carry-over") for n, k in (("12", "amount"), ("13", "amount"), ("1", "change"))],
        ),
        (
            "2024年政府采购预算356万元，实际采购328万元，节约资金28万元；其中货物66万元、购买服务70万元。",
            [
                ("356", "amount", "procurement"),
                ("328", "amount", "procurement"),
                ("28", "amount", "money"),
                ("66", "amount", "procurement-goods"),
                ("70", "amount", "procurement-services"),
            ],
        ),
        (
            "“三公”经费预算14万元，支出决算12万元，节约2万元。支出较2023年的9万元增加3万元，赴国外参展，组团1个、3人次，支出4万元。",
            [
                ("14", "amount", "three-public"),
                ("12", "amount", "three-public"),
                ("2", "amount", "money"),
                ("9", "amount", "three-public"),
                ("3", "change", "three-public"),
                ("1", "count", "abroad-groups"),
                ("3", "count", "abroad-persons"),
                ("4", "amount", "abroad"),
            ],
        ),
        (
            "因公出国（境）费0元，上年支出4万元；公务接待费2万元。",
            [("0", "amount", "abroad"), ("4", "amount", "abroad"), ("2", "amount", "reception")],
        ),
        (
            "增加的原因：①人员经费增加8万元；②上年结转较多，增加5万元。",
            [("8", "change", "personnel"), ("5", "change", "opening-carry-over")],
        ),
        ("聘用护林员52名，聘用人员6名。", [("52", "count", "persons"), ("6", "count", "staff-other")]),
        ("增减相抵后多支10.26万元，由村集体承担40%。", [("10.26", "change", "money"), ("40", "share", "share")]),
        (
            "亩均增产80公斤，人均增收300元，自然减员5人。",
            [(n, "change", m) for n, m in (("80", "pieces"), ("300", "money"), ("5", "persons"))],
        ),
        (
            "公务接待费6.12万元，是预算9万元的68%，比上年9.4万元减少3.28万元。",
            [
                ("6.12", "amount", "reception"),
                ("9", "amount", "reception"),
                ("68", "rate", "rate"),
                ("9.4", "amount", "reception"),
                ("3.28", "change", "reception"),
            ],
        ),
        # an item that is headed within its line
        (
            "2024年“三公”经费预算90万元，比2023年减少8万元。其中：1、因公出国（境）费用。2024年预算数30万元。"
            "2、公务接待费。预算数20万元，比2023年减少1万元。",
            [
                ("90", "amount", "three-public"),
                ("8", "change", "three-public"),
                ("30", "amount", "abroad"),
                ("20", "amount", "reception"),
                ("1", "change", "reception"),
            ],
        ),
        # a cost, and who pays it
        ("“三公”经费区级财政支出预算0万元。", [("0", "amount", "three-public")]),
        ("2024年市本级“三公”支出合计为96万元。", [("96", "amount", "three-public")]),
        ("2024年一般公共预算收入安排支出96万元。", [("96", "amount", "general-public-expenditure")]),
        (
            "按规定更新公务用车0辆，车辆购置支出0万元。",
            [("0", "count", "vehicles"), ("0", "amount", "vehicle-purchase")],
        ),
        ("对个人和家庭补助支出较上年增加3万元。", [("3", "change", "economic-expenditure")]),
        ("其它资本性支出45万元。", [("45", "amount", "economic-expenditure")]),
        # what is compared with names no item of its own
        (
            "公务用车购置费预算安排5万元，与2023年预算持平，增加0万元。",
            [("5", "amount", "vehicle-purchase"), ("0", "change", "vehicle-purchase")],
        ),
        # a change whose words name the fund alone
        (
            "2024年一般公共预算财政拨款支出90万元，占本年支出的30%。与2023年相比，一般公共预算财政拨款增加5万元，增长5.9%。",
            [
                ("90", "amount", "general-public-expenditure"),
                ("30", "share", "share"),
                ("5", "change", "general-public-expenditure"),
                ("5.9", "growth", "growth"),
            ],
        ),
        (
            "2024年一般公共预算财政拨款支出90万元，一般公共预算财政拨款收入80万元，比2023年增加5万元。",
            [
                ("90", "amount", "general-public-expenditure"),
                ("80", "amount", "general-public-income"),
                ("5", "change", "general-public-income"),
            ],
        ),
    ],
)
def test_measures_of_other_words(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert rows(text, ACCOUNTS) == expected


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("2024年茶叶税收入和牧草收入分别增长4.5%、9.9%。", ["茶叶税收入", "牧草收入"]),
        (
            "2024年教育、文化体育与传媒、物资储备和农林水等支出分别增长4%、9%、8%和3%。",
            ["教育", "文化体育与传媒", "物资储备", "农林水等支出"],
        ),
        ("差旅费财政拨款预算数3万元。", ["差旅费"]),
        ("差旅费2024年预算3万元，较2023年预算2万元增长50%。", ["差旅费"] * 3),
        (
            "2024年苗木和农药规模分别为8.0亿元、9.4亿元，占全县规模的26.0%、28.6%，增幅为6.7%、-1.7%。",
            ["苗木", "农药规模"] * 3,
        ),
        ("增值税25%部分133万元，增长8.9%。", ["增值税", "增值税25%部分", "增值税25%部分"]),
        ("设办公室、法制处、青河县文物市场管理处（产业处）12个内设机构。", ["青河县农业农村局"]),
        ("根据《关于县水利局机关设立办公室的批复》要求，青河县农业农村局设立八个内设机构。", ["青河县农业农村局"]),
        (
            "青河县农业农村局开支单位包括局本级、青河县水利培训中心、青河县水利信息中心，2个所属单位。",
            ["青河县农业农村局"],
        ),
        (
            "2024年计划将严格按照省政府和省外办有关规定执行。公务用车购置及运行费87.15万元。",
            ["青河县农业农村局"],
        ),
    ],
)
def test_subjects_of_lists(text: str, subjects: list[str]) -> None:
    assert [one.subject for one in said(text, ACCOUNTS)] == subjects


def test_a_text_without_a_title_is_of_the_one_year_that_it_names() -> None:
    text = "2019年全国渔船采购100亿元。\n\n渔网采购60亿元，较上年增长3%。"
    assert [one.fiscal_year for one in said(text, "全国渔业情况")] == [2019] * 3
    later = said(text + "\n\n2020年预计增长5%。", "全国渔业情况")
    assert [one.fiscal_year for one in later][1] is None


def measures_and_phases(text: str, title: str = REPORT) -> list[tuple[str, str, str | None]]:
    return [(one.printed, one.measure, one.phase) for one in said(text, title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the first budget of a year, for its whole sentence and the list of it
            "2024年初，县人大审议通过的全县一般公共预算支出77万元，加上追加等，支出调整预算为97万元。全县一般公共预算支出91万元。",
            [
                ("77", "general-public-expenditure", "approved"),
                ("97", "general-public-expenditure", "adjusted"),
                ("91", "general-public-expenditure", None),
            ],
        ),
        (
            "县十二届人大一次会议批准的2024年年初预算为：一般公共预算收入76万元（税收收入47万元、非税收入29万元）。"
            "2024年一般公共预算收入88万元。",
            [
                ("76", "general-public-income", "approved"),
                ("47", "general-public-income", "approved"),
                ("29", "general-public-income", "approved"),
                ("88", "general-public-income", None),
            ],
        ),
        (  # sides of each budget
            "经县人大会议批准，我县2024年度预算为：一般公共预算收入60万元，支出73万元；政府性基金预算收入49万元，支出25万元；"
            "社会保险基金预算收入20万元，支出18万元；国有资本经营预算收入3万元，支出2万元。",
            [
                ("60", "general-public-income", "approved"),
                ("73", "general-public-expenditure", "approved"),
                ("49", "gov-fund-income", "approved"),
                ("25", "gov-fund-expenditure", "approved"),
                ("20", "money", "approved"),
                ("18", "money", "approved"),
                ("3", "state-capital-income", "approved"),
                ("2", "state-capital-expenditure", "approved"),
            ],
        ),
        (  # a budget that was changed within its year
            "2024年，一般公共预算收入由年初的76万元调整为89万元，调增13万元。政府性基金预算收入由80万元调减为50万元。",
            [
                ("76", "general-public-income", "approved"),
                ("89", "general-public-income", "adjusted"),
                ("13", "general-public-income", None),
                ("80", "gov-fund-income", "approved"),
                ("50", "gov-fund-income", "adjusted"),
            ],
        ),
        (  # the budget that a rate is of, by who approved it
            "2024年一般公共预算收入完成39亿元，完成县第八届人大常委会第九次会议批准收入调整预算37亿元的105.4%。",
            [
                ("39", "general-public-income", None),
                ("37", "general-public-income", "adjusted"),
                ("105.4", "rate", None),
            ],
        ),
        (  # totals of one budget
            "全县一般公共预算收入总计96万元，政府性基金预算支出总量42万元。",
            [("96", "total-income", None), ("42", "total-expenditure", None)],
        ),
        ("社会保险基金预算支出40万元。", [("40", "money", None)]),
    ],
)
def test_budgets_of_a_government(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert measures_and_phases(text) == expected


def test_a_budget_changed_within_its_year_is_of_that_year() -> None:
    text = "2024年收入由年初的76万元调整为89万元。2024年接待费由3万元降至2万元。"
    assert [one.fiscal_year for one in said(text, REPORT)] == [2024, 2024, 2023, 2024]
    assert [one.fiscal_year for one in said("公开内容由最初的2张增加到9张。", REPORT)] == [None, 2024]
    both = "参保人数由启动之初的24万人增加到85万人，领取人数由4万人增加到43万人。"
    assert [one.fiscal_year for one in said(both, REPORT)] == [None, 2024, None, 2024]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("中央福利彩票公益金下达9万元。", "中央福利彩票公益金"),
        ("2024年使用体育彩票公益金支出共6万元。", "使用体育彩票公益金支出"),
        ("单月财政支出高达25万元。", "单月财政支出"),
        ("税收收入调整为4万元。", "税收收入"),
        ("柳溪区：省级专项资金4万元；", "柳溪区"),
        ("浙江42亿和江苏37亿元。", "浙江"),
        ("减上解市级支出5万元。", "上解市级支出"),
        ("各县增速：柳溪县-1.3%。", "柳溪县"),
        ("天湖市柳溪县白石镇人民政府所有收入和支出均纳入预算管理。其他收入6万元。", "天湖市柳溪县白石镇人民政府"),
    ],
)
def test_subjects_end_where_their_words_end(text: str, subject: str) -> None:
    assert said(text, "柳溪县资金公告")[0].subject == subject


def test_each_of_many_names_has_its_share() -> None:
    text = "公开招标、邀请招标、竞争性谈判、竞争性磋商、单一来源采购规模分别占全县的77.6%、1.0%、2.8%、9.7%和8.9%。"
    names = ["公开招标", "邀请招标", "竞争性谈判", "竞争性磋商", "单一来源采购规模"]
    assert [one.subject for one in said(text)] == names
    text = "货物、工程、服务规模分别为9亿元、16亿元和10亿元，占全县的25.8%、46.6%和27.6%。"
    assert [one.subject for one in said(text)] == ["货物", "工程", "服务规模"] * 2


def test_the_year_since_when_something_is_done_is_not_that_of_its_money() -> None:
    assert [one.fiscal_year for one in said("从2009年开始每年安排培训经费12万元，今年安排9万元。")] == [2024, 2024]


def test_money_in_trillions_and_rates_below_zero() -> None:
    text = "2024年一般公共预算收入1.2万亿元，增长5%；白石区-9%。"
    found = [(one.printed, one.unit, one.kind) for one in said(text, "云岭省2024年财政收支情况")]
    assert found == [("1.2", "万亿元", "amount"), ("5", "%", "growth"), ("-9", "%", "rate")]


def test_a_list_behind_a_full_stop_is_of_none_of_several_amounts() -> None:
    text = "2024年公益金收入12万元，支出11万元，结转下年1万元。其中：\n\n1.福利公益金5万元；\n\n2.体育公益金7万元。"
    assert [one.measure for one in said(text)][2:] == ["closing-carry-over", "money", "money"]


def test_both_sides_that_changed_together() -> None:
    for change in ("各增加5万元", "收支较上年增加5万元"):
        found = said(f"2024年度收入总计80万元，支出总计80万元，{change}。", ACCOUNTS)
        assert found[-1].measure == "income-and-expenditure"


def test_counts_without_a_unit_that_are_of_persons_and_what_is_no_count() -> None:
    assert rows("离休人数0；退休人数13；柳溪小学人数20。") == [
        ("0", "count", "former-cadres"),
        ("13", "count", "retirees"),
        ("20", "count", "persons"),
    ]
    assert rows("收入249亿元，居第2，比同期前进2位。阅读人数：12。") == [("249", "amount", "money")]
    assert rows("一批项目涉及八个乡镇。") == [("八", "count", "pieces")]


def test_what_a_government_is_sent_divides_into_no_spending() -> None:
    text = "2024年上级对我县转移支付26万元，其中：一般性转移支付20万元；专项转移支付6万元。"
    assert [one.functional_class for one in said(text, REPORT)] == [None] * 3


def test_several_costs_that_are_nothing_are_amounts_without_a_unit() -> None:
    text = "（一）事业收入、经营收入均为0；其他收入8万元。（二）因公出国（境）团组数为0，经费预算为0，2023年亦为0。"
    assert [(one.printed, one.unit, one.fiscal_year) for one in said(text)] == [
        ("0", "元", 2024),
        ("8", "万元", 2024),
        ("0", "元", 2024),
    ]


def test_a_sign_behind_words_for_less_is_printed() -> None:
    found = said("公务接待费预算8万元，比上年减少-2.00万元，下降-20.00%；会议费6万元，较上年减少1.50万元（-20.00%）。")
    assert [(one.printed, one.kind, one.direction) for one in found if one.direction] == [
        ("-2.00", "change", "decrease"),
        ("-20.00", "growth", "decrease"),
        ("1.50", "change", "decrease"),
        ("-20.00", "growth", "decrease"),
    ]


def test_changes_from_several_years_are_each_from_its_own() -> None:
    found = said("项目自评得分91分，较2021年和2022年分别提高3分和1分。", ACCOUNTS)[1:]
    assert [(one.printed, one.fiscal_year, one.relative_year) for one in found] == [
        ("3", 2024, 2021),
        ("1", 2024, 2022),
    ]


def test_money_of_other_countries_is_none_in_yuan() -> None:
    found = said("全年完成出口额3.2亿美元、1200万欧元，同比分别增长5%和3%。", ACCOUNTS)
    assert [(one.printed, one.unit, one.kind) for one in found][:2] == [
        ("3.2", "亿美元", "amount"),
        ("1200", "万欧元", "amount"),
    ]
    assert all("no amount" in (one.reason or "") for one in found[:2])


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("教育、社会保障和就业、农林水支出分别为30万元、20万元和10万元。", ["205", "208", "213"]),
        ("教育和住房保障支出分别为30万元、20万元。", ["205", "221"]),
        (
            "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）、"
            "机关事业单位职业年金缴费支出（项）分别为30万元和20万元。",
            ["2080505", "2080506"],
        ),
        (
            "卫生健康（类）行政事业单位医疗（款）行政单位医疗（项）、事业单位医疗（项）：2024年预算数分别为30万元、20万元。",
            ["2101101", "2101102"],
        ),
        (
            "教育支出、住房保障支出年初预算分别为30万元、20万元，支出决算分别为25万元、18万元。",
            ["205", "221", "205", "221"],
        ),
        ("“教育支出”2024年预算30万元，比2023年预算增加2万元。", ["205", "205"]),
        ("教育支出30万元，仅为2023年40万元的75%。", ["205", "205"]),
    ],
)
def test_classes_that_are_named_together_have_each_its_amount(text: str, classes: list[str]) -> None:
    found = [one for one in said(text) if one.unit == "万元"]
    assert [(one.measure, one.functional_class) for one in found] == [
        ("functional-expenditure", code) for code in classes
    ]


def test_what_is_left_of_a_class_is_not_all_of_it() -> None:
    text = "社会保障和就业（类）其他款项合计年初预算30万元，支出决算25万元。"
    assert [(one.measure, one.functional_class) for one in said(text, ACCOUNTS)] == [
        ("functional-expenditure", None)
    ] * 2


def test_a_list_below_a_class_ends_where_the_next_class_begins() -> None:
    text = "节能环保支出90万元，其中湿地修复支出8万元；科学技术支出386万元；一般公共服务支出27万元。"
    assert [one.parent for one in said(text)] == [None, 0, None, None]


def test_what_spending_is_divided_into_divides_no_carry_over() -> None:
    text = (
        "财政拨款收支总预算90万元。收入为：本年拨款70万元，上年结转20万元。支出包括：教育支出60万元，农林水支出30万元。"
    )
    assert [one.parent for one in said(text)] == [None, None, None, 0, 0]


def test_shares_behind_a_list_are_each_of_its_part() -> None:
    text = "2024年政府采购90万元，其中：货物45万元、工程36万元、服务9万元，占比分别为50%、40%和10%。"
    assert [one.base for one in said(text)][-3:] == [1, 2, 3]


def test_an_item_is_headed_by_a_cost_and_what_was_spent_on_it() -> None:
    found = said("1.公务接待费支出情况。全年公务接待0批次，0人次，预算为0万元，支出决算为0万元。", ACCOUNTS)
    assert [one.measure for one in found][-2:] == ["reception", "reception"]


def test_amounts_of_several_years_are_of_what_the_sentence_speaks_of() -> None:
    found = said("“三公”经费预算36万元，下降5%，2021年至2023年分别为48万元、44万元、41万元。")
    assert [(one.measure, one.fiscal_year) for one in found][-3:] == [
        ("three-public", year) for year in (2021, 2022, 2023)
    ]


def test_a_budget_that_was_changed_is_the_adjusted_one() -> None:
    text = "一般公共预算支出年初预算24万元，追加后，预算数变动为29万元，执行28万元，为变动预算的96.6%。"
    found = said(text, REPORT)
    assert [(one.measure, one.phase) for one in found][:2] == [
        ("general-public-expenditure", "approved"),
        ("general-public-expenditure", "adjusted"),
    ]
    assert found[-1].relative_phase == "adjusted"


def test_a_year_to_come_whose_budget_is_touched_goes_no_further() -> None:
    found = said("根据结果，压减2025年预算54万元，收回结余资金21万元。", ACCOUNTS)
    assert [one.fiscal_year for one in found] == [2025, 2024]


def test_a_second_kind_of_service_is_no_part_of_what_is_purchased() -> None:
    text = "政府采购预算90万元，其中货物类80万元、服务类10万元；政府购买服务预算6万元。"
    assert [one.measure for one in said(text)][-2:] == ["procurement-services", "service-purchase"]


def test_limits_define_but_for_money() -> None:
    text = (
        "第四部分 名词解释\n\n1.药占比：指药品收入占医疗收入的比例，应为30%以下，罚款1万元以内。\n"
        "2.法官：按不超过编制总数39%的比例确定。"
    )
    assert [(one.printed, one.operator) for one in said(text)] == [("30", "≤"), ("39", "≤")]


def test_a_note_that_tells_amounts_is_text_of_the_year_of_its_table() -> None:
    text = (
        "柳溪县2023年收支表\n单位：万元\n项目\t决算数\n一般公共预算支出\t80.00\n支出总计\t80.00\n"
        "注：结转下年22万元为专项转移支付结转。\n"
    )
    assert [(one.printed, one.fiscal_year) for one in said(text, ACCOUNTS)] == [("22", 2023)]


def test_a_report_on_accounts_goes_on_with_the_year_under_way() -> None:
    text = (
        "一、财政决算情况\n2023年，全县税收收入90万元。\n二、落实决议情况\n全年民生支出60万元。\n"
        "三、今年上半年预算执行情况\n税收收入完成50万元。\n四、下一步措施\n争取上级资金7万元。"
    )
    title = "关于柳溪县2023年财政决算（草案）和\n2024年上半年预算执行情况的报告"
    assert [one.fiscal_year for one in said(text, title)] == [2023, 2023, 2024, 2024]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a change over several years is of what is compared
        (
            "一般公共预算收入由2018年的30万元上升到2023年的50万元，年均增长10%。",
            [("general-public-income", None), ("general-public-income", None), ("growth", "一般公共预算收入")],
        ),
        ("培训费支出50万元，平均每年递增10%。", [("training", None), ("growth", "培训费支出")]),
        # lengths count no villages and no projects, and what is built to a high standard has none
        ("硬化石桥村3公里，灌渠项目长200米。", [("pieces", "硬化石桥村"), ("pieces", "灌渠项目长")]),
        ("高标准农田资金30万元。", [("money", "高标准农田资金")]),
        # words that are part of a name
        ("共同财政事权转移支付30万元。", [("money", "共同财政事权转移支付")]),
        ("加上解市级支出30万元。", [("money", "上解市级支出")]),
        ("专户收入50万元，比上年同月增加3万元，比上月增加1万元。", [("money", "专户收入")] * 3),
        # what is taken off, what is moved from another fund, what is added to income from above
        ("一般公共预算收入扣减体制上缴3万元。", [("money", "体制上缴")]),
        ("调入调节基金3万元和政府性基金4万元。", [("money", "调入调节基金"), ("money", "政府性基金")]),
        (
            "一般公共预算收入9万元，加上返还收入3万元，专项转移支付4万元。",
            [("general-public-income", None), ("money", "返还收入"), ("money", "专项转移支付")],
        ),
        # what a place collects for the centre too is no total of its budget
        ("全县财政总收入完成50万元。", [("money", "财政总收入")]),
        ("一般公共预算总收入40万元。", [("money", "一般公共预算总收入")]),
        # words that are no part of a name, and a name that no mark parts
        ("现下达2024年救灾补助资金30万元。", [("money", "救灾补助资金")]),
        ("我县已累计到位中央、省级衔接资金30万元。", [("money", "中央、省级衔接资金")]),
        ("中央、省级衔接资金已支出30万元。", [("money", "中央、省级衔接资金")]),
        ("教育支出预计30万元。", [("functional-expenditure", None)]),
        # all of one side of a report's account, but not of one kind of it
        ("全县收入总量50万元，基本建设支出总量30万元。", [("total-income", None), ("money", "基本建设支出总量")]),
    ],
)
def test_what_reports_say_is_said_of_all_of_its_words(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = [(one.measure, one.subject if one.subject != "柳溪县财政局" else None) for one in said(text, REPORT)]
    assert found == expected


def test_what_something_is_compared_with_is_said_of_the_same() -> None:
    found = said("助学金为90万元，比上年的80万元增加10万元。")
    assert [(one.printed, one.subject) for one in found] == [(one, "助学金") for one in ("90", "80", "10")]


def test_an_office_tells_of_its_place_in_one_sentence_and_of_itself_in_the_next() -> None:
    found = said("全县一般公共预算收入50亿元。支出预算90万元。")
    assert [one.subject for one in found] == ["全县", "青河县农业农村局"]


def test_no_mark_within_a_number_ends_a_clause() -> None:
    text = "生均标准比上年的12,530.03增加2,079.49元"
    (one,) = said(f"{text}。")
    assert sum(span.end - span.start for span in one.spans) == len(text)


def test_a_number_before_a_year_numbers_a_line() -> None:
    found = said("来源：县教育局\n\n1.2022年全县教育经费9亿元。")
    assert [one.subject for one in found] == ["教育经费"]


def test_an_amount_alone_in_the_bracket_of_a_heading_is_of_the_heading() -> None:
    found = said("一、财政衔接资金（9万元）\n（一）支持产业5万元；\n（二）支持基建4万元。")
    assert [one.subject for one in found] == ["财政衔接资金", "支持产业", "支持基建"]


def test_a_list_of_spending_divides_no_balance() -> None:
    text = "一般公共预算支出96亿元，结转结余0.90亿元。支出主要情况如下：\n1.一般公共服务支出14亿元。\n2.教育支出9亿元。"
    assert [one.parent for one in said(text, REPORT)] == [None, None, 0, 0]


def test_a_budget_that_is_approved_is_told_of_until_its_execution() -> None:
    text = (
        "县第九届人民代表大会第二次会议批准年初一般公共预算收入80万元。其中：本级收入30万元。一般公共预算支出70万元。"
        "2024年，实际完成收入90万元。支出85万元。"
    )
    assert [one.phase for one in said(text, REPORT)] == ["approved", "approved", "approved", "executed", None]


def test_what_a_bracket_counts_of_all_is_no_part() -> None:
    assert [one.parent for one in said("新购设备10台（现有设备500台）。设备9台（其中电脑5台）。")] == [
        None,
        None,
        None,
        2,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a change that only a word for spending is said of
        ("公务接待费支出4万元，占15%，比上年少支2万元。", ["reception", "share", "reception"]),
        # a change behind its rate, where the amount itself is not told
        ("公务接待费较2023年预算下降17%，减少1万元。", ["growth", "reception"]),
        # parts of what was carried over, by their funds alone
        (
            "上年结转结余296万元，其中：一般公共预算246万元、政府性基金预算50万元。",
            ["opening-carry-over", "opening-carry-over", "opening-carry-over"],
        ),
        # totals of one fund, and the other side beside one
        ("一般公共预算财政拨款收入总计50万元，支出总计50万元。", ["total-income", "total-expenditure"]),
        # what is spent of the income of a fund
        ("2024年政府性基金预算拨款安排的支出100万元，用于绿化。", ["gov-fund-expenditure"]),
        # a share of a number that stands between
        ("编报绩效目标的项目48个，占全部项目50个的96%。", ["projects", "projects", "share"]),
        (
            "政府采购支出80万元，占部门支出合计100万元的80%，其中货物50万元。",
            ["procurement", "expenditure", "share", "procurement-goods"],
        ),
        # a part of a count that only a limit names
        ("涉及7大类21个项目，其中1,000万元以上的1个。", ["pieces", "projects", "money", "projects"]),
        # what something comes to by a change
        ("2024年公务接待费较上年减少13万元，下降5%，为57万元。", ["reception", "growth", "reception"]),
        ("2024年公务接待费比上年减少3万元，降至7万元。", ["reception", "reception"]),
        ("2024年公务接待费比上年减少3万元，其他费用安排严格控制，为7万元。", ["reception", "money"]),
        # what a project is for
        ("项目用于全省412个站点的运行维护。", ["pieces"]),
        # projects that are evaluated
        ("对3个项目开展事前评估，核减20万元；事后评价5个。", ["projects", "money", "projects"]),
    ],
)
def test_what_is_not_named_again_is_what_it_was_said_of(text: str, expected: list[str]) -> None:
    assert [one.measure for one in said(text)] == expected


@pytest.mark.parametrize(
    ("text", "title", "years"),
    [
        ("“三公”经费支出40万元，比预算46万元减少6万元，比上年下降7%。", REPORT, [2024, 2024, 2024, 2024]),
        ("教育支出30万元，仅为2023年40万元的75%。", BUDGET, [2024, 2023, 2024]),
        (
            "2022-2024年一般公共预算收入分别完成16万元、17万元和18万元。财政自给率只有13.1%。",
            REPORT,
            [2022, 2023, 2024, 2024],
        ),
    ],
)
def test_years_of_what_something_is_held_against(text: str, title: str, years: list[int]) -> None:
    assert [one.fiscal_year for one in said(text, title)] == years


def test_a_body_without_the_places_above_it_is_the_one_that_publishes() -> None:
    title = "北山省东河市青河县柳溪镇人民政府2024年部门预算公开"
    (found,) = said("2024年柳溪镇人民政府政府采购预算总额50万元。", title)
    assert found.subject == "北山省东河市青河县柳溪镇人民政府"


def test_numbers_that_share_their_words_share_the_phase() -> None:
    text = (
        "教育支出、住房保障支出年初预算分别为30万元、20万元，支出决算分别为25万元、18万元，"
        "分别完成年初预算的83.33%和90%。"
    )
    found = said(text, ACCOUNTS)
    assert [one.phase for one in found[:4]] == ["approved", "approved", "finalAccounts", "finalAccounts"]
    assert [one.relative_phase for one in found[4:]] == ["approved", "approved"]


def test_shares_and_points_are_said_of_what_stands_before_them() -> None:
    text = (
        "其中：环境整治60万元、社区服务40万元，分别占项目支出的60.0%、40.0%。"
        "税收收入50万元，完成预算的98.0%，占全部收入的66.0%，同比提高0.7个百分点。"
    )
    found = said(text, ACCOUNTS)
    assert [one.base for one in found if one.kind in ("share", "growth")] == [0, 1, 4, 6]


def test_a_limit_of_money_is_a_standard() -> None:
    text = "公务用车运行维护费46万元，车均2.00万元，不超过2.5万元的定额。"
    assert rows(text) == [
        ("46", "amount", "vehicle-operation"),
        ("2.00", "standard", "standard"),
        ("2.5", "standard", "standard"),
    ]


def test_another_cost_ends_the_parts_of_one() -> None:
    text = "公务用车购置及运行维护费90万元，其中购置费40万元、运行维护费50万元，因公出国（境）费10万元。"
    assert [one.parent for one in said(text)] == [None, 0, 0, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a term before the bracket that explains it, not the last one within
        ("基本支出（包括人员支出和日常公用经费）50万元。", [("50", "basic-expenditure")]),
        ("“三公”经费（因公出国（境）费、公务用车购置及运行费和公务接待费）支出50万元。", [("50", "three-public")]),
        ("项目支出（主要包括培训费、会议费）共计30万元。", [("30", "project-expenditure")]),
        ("公路养护经费（包括一般公共预算安排的养护经费，政府性基金预算安排的养护经费等）为50万元。", [("50", "money")]),
        # a code is no definition, and a sentence behind one may tell of a year
        (
            "根据《关于下达资金的通知》（云财指河〔2023〕14号），培训费30万元。",
            [("30", "training")],
        ),
        ("（一）培训费：指开展培训的支出，每人5元。2024年预算安排30万元。", [("30", "money")]),
        # what was spent of the cost budgeted before it
        ("“三公”经费预算数25万元，全年支出决算24万元。", [("25", "three-public"), ("24", "three-public")]),
        ("使用非财政拨款结余和专用结余20万元。", [("20", "surplus-used")]),
        ("在编职工47人，非在编职工8人。", [("47", "staff"), ("8", "staff-other")]),
    ],
)
def test_what_stands_beside_a_term_does_not_take_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.printed, one.measure) for one in said(text, ACCOUNTS)] == expected


def test_what_a_reason_names_is_no_whole_and_what_is_compared_with_neither() -> None:
    reason = said("支出合计100万元，主要原因是购置了20万元设备。其中：基本支出60万元，项目支出40万元。", ACCOUNTS)
    assert [one.parent for one in reason] == [None, None, 0, 0]
    compared = said("收入合计90万元，与2023年80万元同比增长12.5%，其中：财政拨款收入70万元。", ACCOUNTS)
    assert [(one.fiscal_year, one.parent) for one in compared] == [(2024, None), (2023, None), (2024, None), (2024, 0)]


def test_changes_behind_a_list_are_each_of_its_part() -> None:
    text = (
        "“三公”经费预算9万元，其中因公出国（境）费2万元，公务用车购置及运行费4万元，公务接待费3万元。与2023年预算相比，"
        "分别减少1万元、2万元、3万元。"
    )
    assert [one.measure for one in said(text)][4:] == ["abroad", "official-vehicles", "reception"]


def test_a_total_that_is_adjusted_is_of_the_adjusted_budget() -> None:
    assert [one.phase for one in said("因收入调整，一般公共预算总支出调整为50万元。", REPORT)] == ["adjusted"]


def test_parts_named_together_have_each_their_amount_and_share() -> None:
    text = (
        "政府采购规模为21万元，货物类、工程类和服务类采购金额分别为6万元、10万元和5万元，"
        "占采购规模的28.6%、47.6%和23.8%。"
    )
    found = said(text, REPORT)
    assert [one.measure for one in found][1:4] == ["procurement-goods", "procurement-works", "procurement-services"]
    assert [one.subject for one in found][4:] == ["货物类", "工程类", "服务类采购金额"]


def test_numbers_before_a_unit_that_the_last_of_them_prints() -> None:
    found = said("税收、非税收入占比分别下降2.1和5.6个百分点。", REPORT)
    assert [(one.printed, one.unit, one.subject) for one in found] == [
        ("2.1", "个百分点", "税收"),
        ("5.6", "个百分点", "非税收入占比"),
    ]
    joined = said("教育、社会保障和就业、卫生健康支出分别同比增长9.1%、4.8%、4%。", REPORT)
    assert [one.subject for one in joined] == ["教育", "社会保障和就业", "卫生健康支出"]


def test_a_change_behind_a_list_is_of_the_whole() -> None:
    included = said("收支总预算47万元，含印刷经费25万元，网络经费5万元；比2023年预算增加7万元。")
    assert included[3].base == 0
    side = said("年初预算数30万元，其中：基本支出20万元，住房保障支出2万元；支出较去年增加3万元。")
    assert (side[3].base, side[3].measure) == (0, "expenditure")


def test_a_rate_of_what_was_done_is_one_of_its_budget() -> None:
    done, share = (
        said(text, REPORT)[1] for text in ("收入完成84万元，占预算的96.9%。", "项目支出84万元，占预算的20%。")
    )
    assert (done.kind, share.kind) == ("rate", "share")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("接待费比2023年的5万元回落10.4%。", [("5", 2023, None), ("10.4", 2024, "decrease")]),
        ("预算90万元，比上年80万元多安排10万元，涨幅12.5%。", [(None, 2024, None), ("80", 2023, None)]),
        ("投诉量同比下滑3.5%，覆盖面扩大4%。", [("3.5", 2024, "decrease"), ("4", 2024, "increase")]),
        ("得分90分，比2023年度进步2.5分；满意率同比改善1.5个百分点。", [(None, 2024, None), ("2.5", 2024, "increase")]),
        # no change: what is improved or enlarged is counted
        ("为群众改善住房30户。", [("30", 2024, None)]),
        ("培训由6期扩至8期，定额由3万元调低至2万元。", [("6", 2023, None), ("8", 2024, None), ("3", 2023, None)]),
        # a year of the past that heads its sentence
        ("截至2023年末，登记企业9户，当年新登记2户。全年受理投诉3件。", [(None, 2023, None)] * 3),
        ("2023年度自评96分，项目当年预算执行率88%，培训7人。", [(None, 2023, None)] * 3),
        ("2023年结转资金5万元，当年预算安排8万元。", [("5", 2023, None), ("8", 2024, None)]),
        ("2022年安排9万元，2023年6万元（当年4万元）。", [("9", 2022, None), ("6", 2023, None), ("4", 2024, None)]),
        # what a rate is compared with says of another year
        ("降幅较上年（25%）扩大8个百分点。", [("25", 2023, None), ("8", 2024, "increase")]),
        # a plan is of no year before
        ("出国费6万元，上年为2万元，拟派1批3人。", [("6", 2024, None), ("2", 2023, None)] + [(None, 2024, None)] * 2),
        ("公车购置费支出24万元：购置1辆，较预算结余0.2万元。", [(None, 2024, None)] * 3),
        # rows told of several years
        ("2022年至2023年，样本量依次为3万人份、5万人份。", [("3", 2022, None), ("5", 2023, None)]),
        (
            "2022年、2023年收入分别为3万元、4万元，2024年预计5万元；同期检验7批、8批。",
            [("3", 2022, None), ("4", 2023, None), ("5", 2024, None), ("7", 2022, None), ("8", 2023, None)],
        ),
        ("2022年、2023年收入分别为3万元、4万元，同期检验7批。", [("3", 2022, None), ("4", 2023, None)]),
    ],
)
def test_years_and_directions_of_rarer_words(
    text: str, expected: list[tuple[str | None, int | None, str | None]]
) -> None:
    found = [(one.printed, one.fiscal_year, one.direction) for one in said(text)]
    for one, wanted in zip(found, expected, strict=False):
        assert one[1:] == wanted[1:]
        assert wanted[0] in (None, one[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("其他收入含利息6万元、捐赠2万元。", ["money", "money"]),
        ("其他收入（含利息）6万元。", ["other-income"]),
        ("其他收入为利息6万元和捐赠2万元。", ["money", "money"]),
        ("其他收入为利息6万元。", ["other-income"]),
        # what is bought is none of what is told before it, nor is what a reason tells of a class
        ("支出预算9万元，主要是新购光谱仪1台，预算2万元。", ["expenditure", "pieces", "money"]),
        ("支出预算9万元，保障5个镇，其中项目支出预算2万元。", ["expenditure", "pieces", "project-expenditure"]),
        (
            "社会福利事业单位（项）支出决算9万元。决算数大于预算数，主要是追加护理补助2万元。",
            ["functional-expenditure", "money"],
        ),
        ("“三公”经费支出决算为11万元；与2023年度支出决算12万元相比，减少1万元。", ["three-public"] * 3),
        ("年初预算80万元，追加部分占年初预算的5%。", ["money", "share"]),
        ("项目支出9万元，占年初预算的95%。", ["project-expenditure", "rate"]),
    ],
)
def test_terms_that_name_what_a_number_is_of(text: str, expected: list[str]) -> None:
    assert [one.measure for one in said(text, ACCOUNTS)] == expected


def test_a_change_is_said_of_what_its_sentence_names() -> None:
    text = "收入合计90万元，其中：经营收入20万元，其他收入10万元。经营收入即检测费，较上年多收2万元。"
    assert [(one.measure, one.base) for one in said(text, ACCOUNTS)][3:] == [("operating-income", 1)]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("支出9万元。其中基本支出5万元，项目支出4万元；较上年增加1万元。", 0),
        ("支出9万元。其中基本支出5万元；项目支出4万元，较上年增加1万元。", 2),
        ("支出9万元。其中基本支出5万元，较上年增加1万元；项目支出4万元；较上年增加2万元。", 3),
        ("支出9万元。其中项目支出4万元；较上年增加1万元。", 1),
    ],
)
def test_a_change_behind_a_whole_list_is_of_what_it_divides(text: str, base: int) -> None:
    assert said(text, ACCOUNTS)[-1].base == base


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("政府采购9万元，货物4万元、服务5万元；全部授予中小企业，其中小微企业3万元，占33.3%。", "procurement"),
        ("政府采购9万元，授予中小企业合同金额5万元，其中小微企业3万元，占60%。", "procurement-sme"),
    ],
)
def test_a_part_is_of_what_its_measure_lies_within(text: str, whole: str) -> None:
    *before, part, share = said(text, ACCOUNTS)
    assert part.parent is not None
    assert (before[part.parent].measure, share.relative_measure) == (whole, whole)


def test_a_definition_states_what_something_is_sold_for() -> None:
    assert [one.printed for one in said("一、事业收入：指检测取得的收入，每份收费标准220元。")] == ["220"]
    assert said("二、提租补贴：指在京单位发放的补贴，人均月补贴90元。") == []


def test_a_section_on_appropriations_speaks_of_their_income_and_expenditure() -> None:
    text = (
        "（一）财政拨款收支与2023年度决算对比情况\n\n本单位财政拨款收支均为一般公共预算财政拨款。"
        "其中本年收入38万元；本年支出39万元。"
    )
    assert [one.measure for one in said(text, ACCOUNTS)] == ["fiscal-income", "fiscal-expenditure"]
    whole = "（一）收支与2023年度决算对比情况\n\n其中本年收入38万元；本年支出39万元。"
    assert [one.measure for one in said(whole, ACCOUNTS)] == ["income", "expenditure"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a heading names what no words below it do, whoever pays
        (
            "七、财政拨款“三公”经费支出情况\n\n全年支出9万元，完成年初预算8万元的112.5%。",
            ["three-public"] * 2 + ["rate"],
        ),
        ("七、2023年度公务接待费安排情况\n\n全年预算9万元，比上年8万元增加1万元。", ["reception"] * 3),
        ("六、一般公共预算基本支出情况\n\n包括生活补助（全年4万元）等。", ["money"]),
        ("政府性基金预算支出9万元，用于道路，与上年持平（上年9万元）。", ["gov-fund-expenditure"] * 2),
        ("政府性基金预算支出9万元，与上年持平，用于道路（2020年8万元）。", ["gov-fund-expenditure", "money"]),
        # parts of a purchase in its own sentence, and no funds of what was left
        (
            "政府采购支出合计9万元，货物2万元、工程3万元、服务4万元；全部授予中小企业，其中小微企业5万元，占55.6%。",
            [
                "procurement",
                "procurement-goods",
                "procurement-works",
                "procurement-services",
                "procurement-micro",
                "share",
            ],
        ),
        ("年初结转9万元，一般公共预算补助5万元。", ["opening-carry-over", "money"]),
        ("全市政府采购规模90万元，合同授予中小企业60万元。", ["procurement", "procurement-sme"]),
        # what a term only includes, what is carried over of a fund, what a fund is set aside from
        ("其他收入中社会捐赠6万元。", ["money"]),
        ("其他收入中央补助6万元。", ["other-income"]),
        ("政府性基金预算当年拨款安排支出9万元。", ["gov-fund-expenditure"]),
        ("上年结转的政府性基金9万元。", ["opening-carry-over"]),
        ("年末结余9万元，另有4万元按规定提取职工福利基金。", ["closing-carry-over", "surplus-distribution"]),
        # what is taken off the account
        (
            "（二）政府性基金预算\n\n收入9万元，加上级补助2万元，减去支出8万元、还本支出1万元。",
            ["gov-fund-income", "superior-subsidy-income", "gov-fund-expenditure", "money"],
        ),
        # of what the sentence names at its head
        (
            "本年收入90万元，其中：经营收入20万元。经营收入主要是门票，较上年的30万元少收10万元。",
            ["income", "operating-income", "operating-income", "operating-income"],
        ),
    ],
)
def test_measures_that_stand_apart_from_their_numbers(text: str, expected: list[str]) -> None:
    assert [one.measure for one in said(text, ACCOUNTS)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what was reported of a year is of that year
        ("支出决算9万元，比报告的执行数8万元增加1万元。", [2024, 2024, 2024]),
        ("支出决算9万元，比向市人大报告的执行数8万元多1万元。", [2024, 2024, 2024]),
        ("支出决算9万元，比上年执行数8万元增加1万元。", [2024, 2023, 2024]),
        # debts of last year are paid in this one
        ("结算上年绿化工程尾款6万元。", [2024]),
        ("安排上年绿化工程尾款6万元。", [2023]),
        # the part that is more is of this year, and no change of what is bought with it
        ("治安整治8万元，上年为3万元，增加部分用于添置对讲机40只。", [2024, 2023, 2024]),
    ],
)
def test_years_of_what_was_reported_paid_and_added(text: str, expected: list[int]) -> None:
    found = said(text, "青河县农业农村局2024年度部门决算公开")
    assert [one.fiscal_year for one in found] == expected
    assert [one.direction for one in found if one.unit == "只"] in ([], [None])


@pytest.mark.parametrize(
    ("note", "year"),
    [
        ("1.本文所称去年指2023年，今年指2024年。", 2023),
        ("注：文中“去年”均指2023年。", 2023),
        ("1.去年的数字以批复为准。", 2022),
        ("1.本文所称单位指部门本级。", 2022),
    ],
)
def test_words_for_years_mean_what_a_document_says_of_them(note: str, year: int) -> None:
    text = f"第二部分　2023年度部门决算情况\n\n去年接待费支出9万元。\n\n第三部分　口径\n\n{note}"
    assert [one.fiscal_year for one in said(text, ACCOUNTS)] == [year]


def test_persons_in_need_and_items_of_a_contest_are_counted() -> None:
    found = said("供养58名特困老人，奖励3名优秀教师，获奖24项次，共6名特。", ACCOUNTS)
    assert [(one.printed, one.unit) for one in found] == [("58", "名"), ("3", "名"), ("24", "项次")]


def test_a_definition_states_what_is_reckoned_by_head() -> None:
    text = "三、服务经费：由区级财政按每个村每年6万元核定，用于为民服务，当年共安排90万元。"
    found = said(f"四、名词解释\n\n{text}")
    assert [(one.printed, one.kind, one.fiscal_year) for one in found] == [("6", "standard", None)]


def test_lines_of_uneven_width_are_cut_where_most_lines_end() -> None:
    lines = [
        "用于办公楼维修、会议服务、印刷、差旅和物业管理等方面的支出，",
        "以及安保管理、绿化养护、设备购置、网络运行和宣传教育等工作，",
    ] * 12
    lines[4:6] = [f"{one[:-1]}另有其他，" for one in lines[4:6]]
    cut = ["5.住房保障支出（类）住房改革支出（款）购房补贴（项）", "年初预算86元，支出决算84元，决算小于预算。"]
    found = said("\n".join([*lines, "均已完成。", *cut]), ACCOUNTS)
    assert [(one.printed, one.functional_class) for one in found] == [("86", "2210203"), ("84", "2210203")]


@pytest.mark.parametrize("called", ["合计数", "两者合计", "总额"])
def test_what_the_parts_come_to_is_what_changes_where_it_is_called_their_sum(called: str) -> None:
    text = f"局本级和执法队机关运行经费合计90万元，分别为50万元和40万元，{called}比2023年95万元减少5万元，降幅5.26%。"
    whole, _, _, last, change, growth = found = said(text)
    assert [found[one.base or 0] for one in (last, change, growth)] == [whole] * 3
    each = said("局本级和执法队机关运行经费合计90万元，分别为50万元和40万元，比2023年分别减少3万元和2万元。")
    assert [one.base for one in each if one.kind == "change"] == [1, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("教育、卫生健康支出25亿元。", [("教育、卫生健康支出", None)]),
        (
            "其中：教育、科学技术、卫生健康支出25亿元，农林水支出3亿元。",
            [("教育、科学技术、卫生健康支出", None), (None, "213")],
        ),
        ("教育支出3亿元、卫生健康支出5亿元。", [(None, "205"), (None, "210")]),
        ("教育、卫生健康支出分别为3亿元、5亿元。", [(None, "205"), (None, "210")]),
        ("优化结构、卫生健康支出5亿元。", [(None, "210")]),
        ("出口退增值税、消费税5亿元。", [("出口退增值税、消费税", None)]),
        ("增值税3亿元、消费税5亿元。", [("增值税", None), ("消费税", None)]),
    ],
)
def test_an_amount_is_of_all_names_before_it(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    found = [(one.subject, one.functional_class) for one in said(text, REPORT) if one.kind == "amount"]
    assert [(None if code else name, code) for name, code in found] == expected


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("上级补助和调入资金等9亿元。", "money"),
        ("上级补助收入9亿元。", "superior-subsidy-income"),
        ("政府债务还本支出9亿元。", "money"),
        ("政府债务余额9亿元。", "debt"),
    ],
)
def test_a_term_beside_another_name_is_not_all_of_an_amount(text: str, measure: str) -> None:
    assert [one.measure for one in said(text, REPORT)] == [measure]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("青河县教育局今年“三公”经费决算数为9万元。", "青河县教育局"),
        ("增加因素为内蒙古博物院2024年部门预算“三公”经费增加9万元。", "内蒙古博物院"),
        ("“三公”经费决算数为9万元。", "青河县农业农村局"),
    ],
)
def test_a_body_is_known_by_its_province_and_before_a_word_for_the_year(text: str, subject: str) -> None:
    assert [one.subject for one in said(text)] == [subject]


def test_changes_from_several_years_are_of_one_amount() -> None:
    text = "教育支出9亿元，比2023年和2022年分别增长5%、6%。农林水支出8亿元，比2023年和2022年分别增长7%、8%。"
    found = [(one.printed, one.subject, one.relative_year) for one in said(text, REPORT) if one.kind == "growth"]
    assert found == [
        ("5", "教育支出", 2023),
        ("6", "教育支出", 2022),
        ("7", "农林水支出", 2023),
        ("8", "农林水支出", 2022),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "债务余额为90亿元，同比增长12%，债务率为74%，比上年的81%下降7个百分点。",
        "债务率74%，较2023年81%下降7个百分点。",
    ],
)
def test_a_rate_of_another_year_is_of_the_rate_before_it(text: str) -> None:
    *_, before, points = said(text, REPORT)
    assert [(one.printed, one.subject) for one in (before, points)] == [("81", "债务率"), ("7", "债务率")]


@pytest.mark.parametrize(
    ("text", "functional"),
    [
        ("人员经费80万元，主要包括：基本工资30万元、住房公积金10万元。", None),
        ("主要用于津贴补贴30万元、住房公积金10万元。", None),
        ("工资福利支出80万元。其中：\n（1）基本工资30万元。\n（2）住房公积金10万元。", None),
        ("住房保障支出80万元，其中：购房补贴30万元、住房公积金10万元。", "2210201"),
        ("住房公积金2024年预算10万元。", "2210201"),
    ],
)
def test_a_name_of_both_classifications_is_of_the_one_that_its_list_is_of(text: str, functional: str | None) -> None:
    found = said(text)[-1]
    assert (found.functional_class, found.measure == "economic-expenditure") == (functional, functional is None)


def test_an_amount_alone_in_a_bracket_is_of_the_noun_before_it() -> None:
    text = "包括办公费（15万元）、农田建设（50万元）、种子改造项目（30万元）、教育支出（20万元）和公务接待费（5万元）。"
    assert [(one.printed, one.subject, one.measure) for one in said(text)] == [
        ("15", "办公费", "economic-expenditure"),
        ("50", "农田建设", "money"),
        ("30", "种子改造项目", "money"),
        ("20", "青河县农业农村局", "functional-expenditure"),
        ("5", "青河县农业农村局", "reception"),
    ]


def test_a_total_behind_words_of_another_topic_is_of_no_amount_before_them() -> None:
    text = "公务接待费降幅最大，决算数5万元；因公出国（境）次之，共9万元。"
    assert [one.measure for one in said(text, ACCOUNTS)] == ["reception", "money"]


def test_places_in_an_order_and_money_in_other_words_are_no_counts() -> None:
    assert rows("我县收入排名全省第12位，项目经费增加约7个亿，排名39位。") == []
    found = said("出国批次和人次比上年分别增长12个批次和119人次。", ACCOUNTS)
    assert [(one.kind, one.unit) for one in found] == [("change", "个批次"), ("change", "人次")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一般公共预算收入90万元，完成预算80万元的112.5%，超收10万元，增长5%，增收4万元。",
            [("10", "increase", None, "approved"), ("5", "increase", None, None), ("4", "increase", None, None)],
        ),
        (
            "政府性基金收入70万元，完成调整预算80万元的87.5%，短收10万元，比上年下降5%。",
            [("10", "decrease", None, "adjusted"), ("5", "decrease", 2023, None)],
        ),
        ("一般公共预算支出90万元，比上年超支10万元。", [("10", "increase", 2023, None)]),
    ],
)
def test_what_is_beyond_the_budget_is_a_change_from_it(
    text: str, expected: list[tuple[str, str, int | None, str | None]]
) -> None:
    found = said(text, REPORT)
    changes = [one for one in found if one.kind in ("change", "growth")]
    told = [(one.printed, one.direction, one.relative_year, one.relative_phase) for one in changes]
    assert told == expected
    assert {one.base for one in changes} == {0}
    assert {one.measure for one in changes} <= {"growth", found[0].measure}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("大口径财政收入完成99万元，占预算92万元的107.6%。", "rate"),
        ("财政收入完成99万元，完成年初提交县人民代表大会审议的预算收入计划92万元的107.6%。", "rate"),
        ("公务费5万元，占预算100万元的5%。", "share"),
    ],
)
def test_a_rate_of_the_budget_of_what_was_done_is_one_of_completion(text: str, kind: str) -> None:
    done, budget, rate = said(text, REPORT)
    assert rate.kind == kind
    if kind == "rate":
        assert (budget.phase, budget.subject, budget.measure) == ("approved", done.subject, done.measure)
        assert rate.base == 0


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("行政事业性国有资产总额33亿元，其中行政单位资产10亿元，事业单位资产23亿元，负债总额9亿元。", ["assets"] * 3),
        ("截至2023年底，本单位国有资产5亿元，其中固定资产4亿元，负债1亿元。", ["assets", "fixed-assets"]),
    ],
)
def test_debts_are_no_part_of_assets(text: str, measures: list[str]) -> None:
    *parts, debts = said(text)
    assert [one.measure for one in parts] == measures
    assert (debts.measure, debts.parent) == ("money", None)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("青河县社会福利院为青河县民政局的下属正科级事业单位。核定编制5名。", "青河县社会福利院"),
        ("本单位是青河县民政局所属公益一类事业单位，编制5名。", "青河县农业农村局"),
        ("青河县民政局编制5名。", "青河县民政局"),
    ],
)
def test_a_body_that_only_says_whose_unit_another_is_has_no_number(text: str, subject: str) -> None:
    assert said(text)[-1].subject == subject


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("反映9个单位共计50项具体问题。", ["bodies", "pieces"]),
        ("涉及学校11所，在建项目9个。", ["bodies", "projects"]),
    ],
)
def test_the_noun_of_a_count_is_none_of_the_next(text: str, measures: list[str]) -> None:
    assert [one.measure for one in said(text)] == measures


def test_a_numbered_line_may_end_in_a_bracket_behind_its_amount() -> None:
    text = "（一）石泉镇标准化厂房项目43万元（省级资金40万元）\n\n（二）河口村道路工程\n"
    assert [(one.printed, one.subject) for one in said(text)] == [
        ("43", "石泉镇标准化厂房项目"),
        ("40", "省级资金"),
    ]


def test_a_year_that_is_a_clause_at_the_head_of_its_sentence_is_that_of_what_follows() -> None:
    text = "2019年，财政总收入9亿元，债务余额3亿元。截至2020年底，国有资产8亿元，负债2亿元。现有人员5人。"
    assert [one.fiscal_year for one in said(text)] == [2019, 2019, 2020, 2020, 2024]


def test_money_taken_out_of_a_fund_of_the_budget_has_its_sign() -> None:
    first, second, cost = said("补充预算周转金-21万元，安排预算稳定调节基金-3.5万元，公务接待费-2万元。", REPORT)
    assert (first.printed, second.printed, cost.printed) == ("-21", "-3.5", "2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一般公共预算收入预算数为15亿元，实际完成16亿元，比上年决算数14亿元增长14.3%。",
            [("general-public-income", 2024), ("general-public-income", 2024), ("general-public-income", 2023)],
        ),
        (
            "9月份，一般公共预算收入当月完成2亿元，下降3%；累计完成12亿元，增长3%。税收收入当月完成1亿元；累计完成8亿元。",
            [("general-public-income", 2024)] * 2 + [("money", 2024)] * 2,
        ),
        ("接待费预算5万元，实际支出4万元。事业收入预算5万元，支出4万元。", None),
    ],
)
def test_what_was_done_of_a_budget_is_of_its_measure(text: str, expected: list[tuple[str, int]] | None) -> None:
    amounts = [(one.measure, one.fiscal_year) for one in said(text, REPORT) if one.kind == "amount"]
    if expected is None:
        assert amounts[1][0] == "reception"
        assert amounts[3][0] != "business-income"
    else:
        assert amounts == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # another noun right before it makes it the name of some of it
        ("工资性支出预算数为31万元，占总支出的71%。", ["money", "share"]),
        ("专户管理的非税收入预算数为0元。", ["money"]),
        ("2024年，接待费5万元，住房保障支出总额最高，达到53万元。", ["reception", "money"]),
        ("对个人与家庭补助支出预算2万元。", ["economic-expenditure"]),
        ("资本性支出决算为2万元。", ["economic-expenditure"]),
        # what else may stand there makes it none
        ("2024年支出预算9万元。", ["expenditure"]),
        ("青河县农业农村局支出预算总额9万元。", ["total-expenditure"]),
        ("本单位2024年度收入决算9万元。", ["income"]),
        ("我街收入总计9万元，支出总计9万元。", ["total-income", "total-expenditure"]),
        ("收入总计9万元，减支出总计8万元。", ["total-income", "total-expenditure"]),
        ("教育经费占支出预算总额9万元的44%。", ["total-expenditure", "share"]),
    ],
)
def test_a_noun_right_before_a_side_of_the_account_makes_it_some_of_it(text: str, expected: list[str]) -> None:
    assert [one.measure for one in said(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "公务接待费方面，2023年决算和2024年预算分别为26万元和13万元。",
            [("reception", 2023, "finalAccounts"), ("reception", 2024, "approved")],
        ),
        (
            "2024年公务接待费预算数和决算数分别为5万元和4万元。",
            [("reception", 2024, "approved"), ("reception", 2024, "finalAccounts")],
        ),
        (
            "2023年、2024年公务接待费预算分别为5万元和4万元。",
            [("reception", 2023, "approved"), ("reception", 2024, "approved")],
        ),
    ],
)
def test_each_of_several_amounts_may_have_its_own_year_and_phase(
    text: str, expected: list[tuple[str, int, str]]
) -> None:
    assert [(one.measure, one.fiscal_year, one.phase) for one in said(text, ACCOUNTS)] == expected


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("财政拨款安排的一个月以上的租车费14万元，比上年增加3万元。", ["money", "money"]),
        ("财政拨款收入14万元。", ["fiscal-income"]),
        ("教育支出（类）普通教育（款）2024年财政拨款预算数37万元，增加3万元。", ["functional-expenditure"] * 2),
        ("2024年财政拨款预算数37万元。", ["fiscal-income"]),
    ],
)
def test_a_fund_may_only_say_who_pays(text: str, measures: list[str]) -> None:
    assert [one.measure for one in said(text)] == measures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年本单位收入28万元，其中财政拨款收入27万元，支出26万元，其中财政拨款支出25万元。", "expenditure"),
        ("2024年部门收入28万元，支出26万元。", "expenditure"),
        ("工会开展活动收入28万元，支出26万元。", "money"),
    ],
)
def test_what_is_spent_beside_the_whole_income_is_the_whole_expenditure(text: str, expected: str) -> None:
    (spent,) = [one for one in said(text, ACCOUNTS) if one.printed == "26"]
    assert (spent.measure, spent.parent) == (expected, None)


def test_a_rate_right_behind_a_change_of_a_side_is_of_the_same_side() -> None:
    text = "2024年本单位收入28万元，其中财政拨款收入27万元，支出26万元，其中财政拨款支出25万元。"
    text += "支出较上年减少2万元，同比减少7%。"
    *_, change, rate = said(text, ACCOUNTS)
    assert (change.base, rate.base) == (2, 2)
    *_, first, second = said("2024年部门收入28万元，支出26万元，比上年收入增加5%，支出比上年增加4%。", ACCOUNTS)
    assert (first.base, second.base) == (0, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公务接待节约48万元。", ("reception", "change", "decrease", "=", "青河县农业农村局")),
        ("2024年节约“三公经费”14万元。", ("three-public", "change", "decrease", "=", "青河县农业农村局")),
        ("多部门降幅超过了5%。", ("growth", "growth", "decrease", ">", "多部门")),
        ("接待费较上年下降超过5万元。", ("reception", "change", "decrease", ">", "青河县农业农村局")),
        ("执行比例不到3%。", ("rate", "rate", None, "<", "执行比例")),
        ("支出总额约达到29万元。", ("total-expenditure", "amount", None, "≈", "青河县农业农村局")),
        ("公务用车维护费预算数为14万元。", ("vehicle-operation", "amount", None, "=", "青河县农业农村局")),
        ("因公出国（境）预算3万元。", ("abroad", "amount", None, "=", "青河县农业农村局")),
        ("三公经费包括出国费4万元。", ("abroad", "amount", None, "=", "青河县农业农村局")),
        ("艺术团出国费4万元。", ("money", "amount", None, "=", "艺术团出国费")),
        ("核定编制总人数为7人。", ("authorised-posts", "count", None, "=", "青河县农业农村局")),
    ],
)
def test_words_of_reports_on_the_three_public_costs(text: str, expected: tuple[str, str, str | None, str, str]) -> None:
    found = said(text)[-1]
    assert (found.measure, found.kind, found.direction, found.operator, found.subject) == expected


def test_an_amount_without_a_name_of_its_own_is_of_what_stands_before_it() -> None:
    text = "“三公经费”预算5万元，其中公务用车购置及运行费所占比例最大，数额约4万元。"
    assert [one.measure for one in said(text)] == ["three-public", "official-vehicles"]
    visits = "“三公”经费支出74万元。国内公务接待67批次，660人次，共12万元；外事接待2批次，共1万元。"
    money = [one.measure for one in said(visits) if one.unit == "万元"]
    assert money == ["three-public", "domestic-reception", "foreign-reception"]
    assert rows("收入分别排在第7、32和48位。") == []


def test_the_press_reckons_years_from_its_day() -> None:
    text = "2025年9月26日 来源：青河晚报\n\n本报9月25日讯 去年我县“三公”经费决算数为96万元。\n"
    head = "青河县农业农村局公布2024年度部门决算"
    assert [one.fiscal_year for one in said(text, head)] == [2024]
    assert [one.fiscal_year for one in said(text.replace("本报9月25日讯 ", ""), head)] == [2023]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "本级收入49508万元，比报告数49500万元增加8万元，比2023年决算数下降24.8%。",
            [
                ("本级收入", None, None),
                ("本级收入", "executed", None),
                ("本级收入", None, None),
                ("本级收入", None, 2023),
            ],
        ),
        (
            "税收收入9万元，与疫情前的2019年相比，增长2%。",
            [("税收收入", None, None), ("税收收入", None, 2019)],
        ),
        (
            "一般公共预算总财力拟调整为9万元，调增1万元。",
            [("一般公共预算总财力", "adjusted", None), ("一般公共预算总财力", None, None)],
        ),
        ("转移支付收入调增9万元。", [("转移支付收入", None, None)]),
        (
            "财政总收入9万元，比上年下降（以下简称“下降”）2.4%。",
            [("财政总收入", None, None), ("财政总收入", None, 2023)],
        ),
        ("商贸业稳增长奖励3万元。", [("商贸业稳增长奖励", None, None)]),
        ("地区生产总值突破6亿元。", [("地区生产总值", None, None)]),
        ("其中：竣工决算审计69项。", [("竣工决算审计", None, None)]),
        ("对象自付金额3万元。", [("对象自付金额", None, None)]),
    ],
)
def test_a_subject_has_neither_what_is_compared_nor_what_is_done(
    text: str, expected: list[tuple[str, str | None, int | None]]
) -> None:
    found = said(text, REPORT)
    assert [(one.subject, one.phase, one.relative_year) for one in found] == expected
    assert {one.fiscal_year for one in found} == {2024}


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("其中市级一般公共预算收入3亿元。", "市级"),
        ("自治区本级一般公共预算收入3亿元。", "自治区本级"),
        ("全区一般公共预算收入3亿元。", "全区"),
    ],
)
@pytest.mark.parametrize("title", [REPORT, "2024年财政情况"])
def test_money_of_a_level_is_said_of_that_level(title: str, text: str, subject: str) -> None:
    assert [one.subject for one in said(text, title)] == [subject]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("调入基金结余3万元。", "money"),
        ("调入结转结余资金收入3万元。", "money"),
        ("年末结余3万元。", "closing-carry-over"),
        ("压减非重点、非近期一般公共预算支出3万元。", "money"),
        ("剔除专项和上年结转后支出3万元。", "money"),
        ("上年结转3万元。", "opening-carry-over"),
    ],
)
def test_what_is_drawn_from_or_left_out_is_not_what_an_amount_is_of(text: str, measure: str) -> None:
    assert [one.measure for one in said(text, REPORT)] == [measure]


@pytest.mark.parametrize(
    ("work", "measure"), [("道路工程项目预算编制", "money"), ("道路工程项目预算", "project-budget")]
)
def test_a_number_is_none_of_what_is_worked_on_before_it(work: str, measure: str) -> None:
    assert [one.measure for one in said(f"投入50万元用于{work}；30万元用于审计。", REPORT)][1:] == [measure]


def test_what_narrows_is_the_same_rate_of_another_time() -> None:
    first, second = said("全县税收收入9亿元，降幅从上半年的15.2%收窄至5.7%。", REPORT)[1:]
    assert [(one.kind, one.direction, one.fiscal_year) for one in (first, second)] == [
        ("growth", "decrease", None),
        ("growth", "decrease", 2024),
    ]
    assert first.subject == second.subject == "税收收入"


def test_no_sentence_goes_on_with_the_particulars_of_a_page() -> None:
    text = "发布日期：2024-06-27 11:19 信息来源：省民政厅 规划处\n2024年发行彩票151亿元，筹集公益金43亿元。"
    first, _ = said(text, "2024年彩票公益金使用情况公告")
    assert first.spans[0].start == f"2024年彩票公益金使用情况公告\n\n{text}".index("2024年发行")


def test_kinds_by_rank_divide_what_the_first_of_them_divides() -> None:
    found = said("企业77户（一级企业9户，其中甲公司3户；二级企业19户；三级企业49户）。", REPORT)
    assert [one.parent for one in found] == [None, 0, 1, 0, 0]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("2024年“会议费”“培训费”“差旅费”财政拨款预算数3万元。", ["money"]),
        ("印刷费一般公共预算支出3万元。", ["economic-expenditure"]),
        ("公务接待费财政拨款支出3万元。", ["reception"]),
        ("教育收费3万元，财政拨款预算数2万元。", ["special-account-income", "fiscal-income"]),
        ("差旅费财政拨款收入3万元。", ["fiscal-income"]),
    ],
)
def test_a_fund_behind_a_cost_only_pays_for_it(text: str, measures: list[str]) -> None:
    assert [one.measure for one in said(text)] == measures


def test_rates_of_several_names_are_of_no_amount_told_before() -> None:
    text = "2024年培训费支出90万元，增长7%。其中物资储备及气象和信息等事务快速增长，分别比上年增长5%和9%。"
    assert [(one.subject, one.base) for one in said(text, REPORT)][2:] == [(None, None)] * 2


def test_a_list_divides_the_amount_that_it_names() -> None:
    text = (
        "2024年全县一般公共预算收入90亿元。县级一般公共预算收入60亿元；乡级一般公共预算收入30亿元。"
        "从收入结构看，全县一般公共预算收入中，税收收入45亿元，占一般公共预算收入的50%。"
    )
    found = said(text, REPORT)
    assert [None if one.parent is None else found[one.parent].printed for one in found][3:] == ["90", None]
