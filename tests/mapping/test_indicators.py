"""Indicators of all layouts of forms, in the three text forms; rows that slid, merged and broken cells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.document import Cell
from mapping.forms import read_form
from mapping.indicators import Indicator, read_indicators, read_listed
from mapping.read import read
from mapping.recognise import recognise
from tests.mapping.layouts import Rows, cells, pipe, tab

FORMS = ("performance-target", "self-evaluation")
TITLE = "1、工会经费项目支出绩效目标表"
LEVELS = ["一级指标", "二级指标", "三级指标"]
ONE = [*LEVELS, "指标值"]
TWO = [*LEVELS, "指标值", "二级指标", "三级指标", "指标值"]
LONG = [*LEVELS, "绩效指标描述", "指标值", "指标值确定依据"]
WIDE = [*LEVELS, "指标性质", "指标值", "度量单位", "权重", "实际完成值", "得分", "偏差原因"]


PRINTERS = pytest.mark.parametrize("printed", [pipe, tab, cells])


def document(text: str, title: str = TITLE) -> list[Indicator]:
    tables = recognise(read(f"{title}\n\n{text}\n".encode()))
    return [one for table in tables if table.kind in FORMS for one in read_indicators(read_form(table, None))]


def whole(rows: Rows) -> list[list[str]]:
    width = max(len(row) for row in rows)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def form(head: Sequence[str], *body: Sequence[str]) -> list[list[str]]:
    return whole([["项目名称", "工会经费"], ["项目属性", "一次性项目", "项目期", "1年"], head, *body])


def plain(cell: Cell | None) -> str:
    return cell.plain if cell else ""


def brief(indicator: Indicator) -> tuple[str, ...]:
    levels = (plain(getattr(indicator, f"level{level}")) for level in (1, 2, 3))
    return (*levels, indicator.operator or "", indicator.value or "", indicator.printed_unit or "")


def lines(text: str) -> list[tuple[str, ...]]:
    return [brief(one) for one in document(text)]


# --- layouts ---


@PRINTERS
def test_one_sided(printed: object) -> None:
    rows = form(
        ONE,
        ["产出指标", "数量指标", "慰问人数", "≥500人"],
        ["", "质量指标", "发放准确率", "100%"],
        ["效益指标", "社会效益指标", "", ""],
        ["满意度指标", "服务对象满意度", "职工满意度", "90%以上"],
    )
    assert lines(printed(rows)) == [  # type: ignore[operator]
        ("产出指标", "数量指标", "慰问人数", "≥", "500", "人"),
        ("产出指标", "质量指标", "发放准确率", "=", "100", "%"),
        ("满意度指标", "服务对象满意度", "职工满意度", "≥", "90", "%"),
    ]


@pytest.mark.parametrize("printed", [pipe, tab])
def test_period_and_annual_side_by_side(printed: object) -> None:
    rows = form(
        ["", "实施期目标", "", "", "年度目标", "", "", ""],
        ["总体目标", "慰问职工", "", "", "慰问职工", "", "", ""],
        ["绩效指标", *TWO],
        ["", "产出指标", "数量指标", "慰问人数", "≥1500人", "数量指标", "慰问人数", "≥500人"],
        ["", "", "成本指标", "慰问标准", "1000元/户", "成本指标", "慰问标准", "1000元/户"],
        ["", "效益指标", "社会效益指标", "", "", "社会效益指标", "职工生活", "改善"],
    )
    found = document(printed(rows))  # type: ignore[operator]
    assert [one.scope for one in found] == ["period", "annual", "period", "annual", "annual"]
    assert [brief(one) for one in found] == [
        ("产出指标", "数量指标", "慰问人数", "≥", "1500", "人"),
        ("产出指标", "数量指标", "慰问人数", "≥", "500", "人"),
        ("产出指标", "成本指标", "慰问标准", "=", "1000", "元/户"),
        ("产出指标", "成本指标", "慰问标准", "=", "1000", "元/户"),
        ("效益指标", "社会效益指标", "职工生活", "定性", "改善", ""),
    ]


def test_the_year_at_the_left() -> None:
    rows = form(
        ["年度目标", "", "", "", "实施期目标", "", ""],
        TWO,
        ["产出指标", "数量指标", "慰问人数", "≥500人", "数量指标", "慰问人数", "≥1500人"],
    )
    assert [one.scope for one in document(pipe(rows))] == ["annual", "period"]


def test_each_half_with_its_own_level_1() -> None:
    rows = form(
        [*ONE, *ONE],
        ["产出指标", "数量指标", "慰问人数", "≥1500人", "产出指标", "数量指标", "慰问人数", "≥500人"],
        ["效益指标", "社会效益", "生活", "改善", "满意度指标", "满意度", "职工满意度", "≥90%"],
    )
    assert [plain(one.level1) for one in document(pipe(rows))] == ["产出指标", "产出指标", "效益指标", "满意度指标"]


def test_two_targets_beside_one_label() -> None:
    rows = form(
        [*LEVELS, "实施期指标值", "年度指标值"],
        ["产出指标", "数量指标", "慰问人数", "≥1500人", "≥500人"],
        ["", "质量指标", "准确率", "", "100%"],
    )
    found = document(tab(rows))
    assert [(one.scope, plain(one.level3), one.value) for one in found] == [
        ("period", "慰问人数", "1500"),
        ("annual", "慰问人数", "500"),
        ("period", "准确率", None),
        ("annual", "准确率", "100"),
    ]


@PRINTERS
def test_headings_of_years_before_and_of_the_year_below_that_of_targets(printed: object) -> None:
    rows = form(
        [*ONE, "", "", "绩效标准"],
        ["", "", "", "近两年指标值", "", "预期当年实现值", ""],
        ["", "", "", "前年", "上年", "", ""],
        ["产出指标", "数量指标", "清扫面积", "500万平方米", "510万平方米", "520万平方米", "计划标准"],
        ["满意度指标", "服务对象满意度指标", "市民满意度", "90%", "91%", "≥92%", "历史标准"],
    )
    assert lines(printed(rows)) == [  # type: ignore[operator]
        ("产出指标", "数量指标", "清扫面积", "=", "520", "万平方米"),
        ("满意度指标", "服务对象满意度指标", "市民满意度", "≥", "92", "%"),
    ]


@pytest.mark.parametrize("printed", [pipe, tab])
def test_the_upper_of_two_headings_heads_what_the_lower_leaves_blank(printed: object) -> None:
    rows = form(
        ["绩效指标", "", "", "年度指标值", "", "", "实际完成值", "分值", "得分"],
        [*LEVELS, "指标性质", "指标值", "度量单位", "", "", ""],
        ["产出指标", "数量指标", "受助人数", "≧", "735", "人次", "736", "10", "9"],
        ["", "质量指标", "覆盖率", "", "有效", "", "有效", "10", "10"],
        ["其他需要说明事项", "无", "", "", "", "", "", "", ""],
        ["总分", "", "", "", "", "", "", "20", "19"],
    )
    found = document(printed(rows))  # type: ignore[operator]
    assert [(*brief(one)[2:5], plain(one.actual), plain(one.points), plain(one.score)) for one in found] == [
        ("受助人数", "≥", "735", "736", "10", "9"),
        ("覆盖率", "定性", "有效", "有效", "10", "10"),
        ("", "", "", "", "20", "19"),
    ]


def test_the_upper_of_two_headings_printed_once_goes_on_behind_the_lower() -> None:
    text = """| 项目名称 | 卫片执法补助 | | | | | | | |
| 主管部门 | 云岭市自然资源局 | | | | | | | |
| 绩效指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | | | | |
| 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | | | |
| 产出指标 | 数量指标 | 图斑数 | ≥ | 72 | 个 | 70 | 10 | 9 |
| 质量指标 | 验收合格率 | = | 100 | % | 98 | 20 | 19 | |
"""
    found = [(*brief(one)[1:5], plain(one.actual), plain(one.points), plain(one.score)) for one in document(text)]
    assert found == [
        ("数量指标", "图斑数", "≥", "72", "70", "10", "9"),
        ("质量指标", "验收合格率", "=", "100", "98", "20", "19"),
    ]


@PRINTERS
def test_points_of_upper_levels_are_none_of_the_indicators(printed: object) -> None:
    rows = whole(
        [
            ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "评价标准", "得分", "扣分原因"],
            ["决策", "20", "项目立项", "8", "依据充分性", "4", "符合规划得满分", "4", ""],
            ["", "", "", "", "程序规范性", "4", "按程序申请得满分", "3", "未公示"],
            ["", "", "绩效目标", "12", "目标合理性", "12", "与内容相关得满分", "12", ""],
            ["效益", "30", "社会效益", "20", "受益人口", "20", "达到2万人得满分", "20", ""],
            ["", "", "满意度", "10", "群众满意度", "10", "≥90%得满分", "9.5", ""],
        ]
    )
    found = document(printed(rows), "项目绩效评价指标体系评分表")  # type: ignore[operator]
    said = [(*brief(one)[:3], plain(one.points), plain(one.score)) for one in found]
    assert said == [
        ("决策", "项目立项", "依据充分性", "4", "4"),
        ("决策", "项目立项", "程序规范性", "4", "3"),
        ("决策", "绩效目标", "目标合理性", "12", "12"),
        ("效益", "社会效益", "受益人口", "20", "20"),
        ("效益", "满意度", "群众满意度", "10", "9.5"),
    ]


@PRINTERS
def test_levels_with_points_from_and_to_and_satisfaction_as_a_label(printed: object) -> None:
    rows = form(
        [*LEVELS, "指标值", "参考分值", "全年实际值（B）", "得分"],
        ["产出指标（40-50）分", "数量指标", "晾晒房面积", "300平方米", "10", "300平方米", "10"],
        ["满意度指标（10分）", "满意度", "服务对象满意度", "≥85%", "10", "90%", "10"],
    )
    found = document(printed(rows))  # type: ignore[operator]
    assert [(*brief(one)[:5], plain(one.points), plain(one.actual)) for one in found] == [
        ("产出指标（40-50）分", "数量指标", "晾晒房面积", "=", "300", "10", "300平方米"),
        ("满意度指标（10分）", "满意度", "服务对象满意度", "≥", "85", "10", "90%"),
    ]


def test_labels_that_a_template_left_are_no_indicators() -> None:
    rows = form(ONE, ["产出指标", "数量指标", "指标1：维修房屋数", "≥3间"], ["", "", "指标2：", ""], ["", "", "……", ""])
    assert [one[2:5] for one in lines(pipe(rows))] == [("指标1：维修房屋数", "≥", "3")]


def test_rows_that_run_together_tell_no_indicators() -> None:
    text = """| 项目名称 | 营养改善资金 | 一级指标 | 二级指标 | 指标值 | 得分 | 产出指标 | 数量指标 |
| 质量指标 | 覆盖率 | 100% | 10 |
| 社会效益指标 | 知晓率 | 98% | 9 |
"""
    assert document(text) == []


@PRINTERS
def test_long_form(printed: object) -> None:
    rows = form(
        LONG,
        ["产出指标", "数量指标", "体检人数", "省部级劳模体检人数", "≥200人", "工作计划"],
        ["", "时效指标", "开展时间", "体检时间", "2024年7月-12月", "工作计划"],
    )
    found = document(printed(rows))  # type: ignore[operator]
    assert [plain(one.description) for one in found] == ["省部级劳模体检人数", "体检时间"]
    assert [plain(one.basis) for one in found] == ["工作计划", "工作计划"]
    assert [(one.operator, one.value) for one in found] == [("≥", "200"), ("定性", "2024年7月-12月")]


def test_scoring_standards_are_the_basis() -> None:
    head = [*LEVELS, "绩效指标描述", "指标值", "评（扣）分标准"]
    (found,) = document(pipe(form(head, ["产出指标", "数量指标", "人数", "体检人数", "≥200人", "少1人扣1分"])))
    assert plain(found.basis) == "少1人扣1分"


@pytest.mark.parametrize(
    ("head", "row", "target", "basis"),
    [
        (["指标", "评价标准", "依据"], ["铺设面积", "≥820亩", "云水发〔2031〕7号"], ("≥", "820"), "云水发〔2031〕7号"),
        (["指标", "评价标准"], ["铺设面积", "少1亩扣1分"], None, None),
        (["三级指标", "指标值", "评价标准", "依据"], ["铺设面积", "≥820亩", "按合同", "计划"], ("≥", "820"), "计划"),
        (["三级指标", "分值", "评价标准", "依据"], ["铺设面积", "5", "≥800亩得3分", "计划"], (None, None), "计划"),
    ],
)
def test_a_standard_beside_a_basis_is_the_target_where_no_points_say_how_it_is_scored(
    head: list[str], row: list[str], target: tuple[str | None, str | None] | None, basis: str | None
) -> None:
    found = [(one.operator, one.value, plain(one.basis)) for one in document(pipe(form(head, row)))]
    assert found == ([(*target, basis)] if target else [])


def test_wide_form() -> None:
    rows = form(
        WIDE,
        ["产出指标", "数量指标", "走访慰问", "≥", "100", "人", "20", "120", "20", ""],
        ["", "质量指标", "慰问质量", "定性", "优良", "", "10", "优良", "9", "进度偏慢"],
        ["", "时效指标", "完成率", "＝", "100%", "%", "10", "100%", "10", ""],
        ["总分", "", "", "", "", "", "100", "", "39", ""],
    )
    found = document(tab(rows), "2023年项目支出绩效自评表")
    assert [brief(one) for one in found] == [
        ("产出指标", "数量指标", "走访慰问", "≥", "100", "人"),
        ("产出指标", "质量指标", "慰问质量", "定性", "优良", ""),
        ("产出指标", "时效指标", "完成率", "=", "100", "%"),
        ("总分", "", "", "", "", ""),
    ]
    assert [(plain(one.points), plain(one.actual), plain(one.score)) for one in found] == [
        ("20", "120", "20"),
        ("10", "优良", "9"),
        ("10", "100%", "10"),
        ("100", "", "39"),
    ]


def test_scoring_table_without_targets() -> None:
    rows = whole(
        [
            ["绩效评价指标分值", "", "", "", "指标解释", "自评得分", "备注"],
            [*LEVELS, "指标分值", "", "", ""],
            ["总体绩效（65分）", "履职效能（15分）", "履职效果", "15", "核心职能完成情况", "15", ""],
            ["", "财务管理（10分）", "制度建设", "4", "制度建立情况", "", ""],
            ["得分合计", "", "", "", "", "15", ""],
        ]
    )
    found = document(pipe(rows), "部门整体支出绩效自评打分表")
    assert [brief(one)[:5] for one in found] == [
        ("总体绩效（65分）", "履职效能（15分）", "履职效果", "", ""),
        ("总体绩效（65分）", "财务管理（10分）", "制度建设", "", ""),
        ("得分合计", "", "", "", ""),
    ]
    assert [(plain(one.points), plain(one.score)) for one in found] == [("15", "15"), ("4", ""), ("", "15")]


def test_levels_of_the_new_template() -> None:
    rows = form(
        ONE,
        ["成本指标", "经济成本指标", "总成本", "≤300万元"],
        ["", "社会成本指标", "社会影响", "无"],
        ["", "生态环境成本指标", "排放", "≤1吨"],
        ["产出指标", "数量指标", "面积", "86平方米"],
    )
    assert [line[:2] for line in lines(pipe(rows))] == [
        ("成本指标", "经济成本指标"),
        ("成本指标", "社会成本指标"),
        ("成本指标", "生态环境成本指标"),
        ("产出指标", "数量指标"),
    ]


def test_names_and_values_only() -> None:
    rows = form(["指标名称", "指标值", "计量单位", "权重"], ["保洁面积", "36.8", "万平方米", "30"])
    assert lines(tab(rows)) == [("", "", "保洁面积", "=", "36.8", "万平方米")]


def test_whole_department_with_tasks_before_the_indicators() -> None:
    rows = whole(
        [
            ["部门名称", "某县总工会"],
            ["年度主要任务", "任务名称", "主要内容"],
            ["", "春节慰问", "慰问100人"],
            ["年度绩效指标", *LEVELS, "指标值"],
            ["", "产出指标", "数量指标", "慰问人数", "≥100人"],
        ]
    )
    found = document(tab(rows), "2024年部门整体支出绩效目标表")
    assert [brief(one) for one in found] == [("产出指标", "数量指标", "慰问人数", "≥", "100", "人")]
    assert found[0].form.whole_department and found[0].scope == "annual"


def test_projects_in_rows() -> None:
    rows = [
        ["单位名称、项目名称", "项目年度绩效目标", *LEVELS, "指标性质", "指标值", "度量单位"],
        ["某县图书馆", "", "", "", "", "", "", ""],
        ["免费开放经费", "全年开放", "产出指标", "数量指标", "开放天数", ">=", "330", "天"],
        ["", "", "满意度指标", "服务对象满意度", "读者满意度", ">=", "90", "%"],
        ["古籍修复", "修复古籍", "产出指标", "数量指标", "修复册数", "=", "120", "册"],
    ]
    found = document(pipe(rows), "2024年项目支出绩效目标表")
    assert [(plain(one.project), plain(one.level3), one.operator) for one in found] == [
        ("免费开放经费", "开放天数", "≥"),
        ("免费开放经费", "读者满意度", "≥"),
        ("古籍修复", "修复册数", "="),
    ]


def test_targets_in_the_cells_of_a_list() -> None:
    rows = [
        ["项目名称", "年度目标", "数量指标", "质量指标", "时效指标"],
        ["就业培训", "培训400人", "参训人数400人", "结业率98%", "12月底前"],
        ["机构扶持", "扶持11家", "1.扶持机构≥11家；2.受益残疾人≥30人", "", "10月底前"],
    ]
    found = document(pipe(rows), "2024年项目支出绩效目标表")
    assert [(plain(one.project), *brief(one)[1:]) for one in found] == [
        ("就业培训", "数量指标", "参训人数", "=", "400", "人"),
        ("就业培训", "质量指标", "结业率", "=", "98", "%"),
        ("就业培训", "时效指标", "", "定性", "12月底前", ""),
        ("机构扶持", "数量指标", "扶持机构", "≥", "11", "家"),
        ("机构扶持", "数量指标", "受益残疾人", "≥", "30", "人"),
        ("机构扶持", "时效指标", "", "定性", "10月底前", ""),
    ]


# --- damage ---


def test_rows_that_slid_left_keep_their_levels() -> None:
    rows = form(
        LONG,
        ["产出指标", "数量指标", "慰问人数", "慰问劳模人数", "≥200人", "工作计划"],
        ["成本指标", "慰问标准", "市级劳模慰问标准", "≤1000元/人", "冀财规[2022]27号", ""],
        ["满意度指标", "服务对象满意度指标", "劳模满意度", "劳模满意度", "≥90%", "调查"],
    )
    found = document(pipe(rows))
    assert brief(found[1]) == ("产出指标", "成本指标", "慰问标准", "≤", "1000", "元/人")
    assert plain(found[1].description) == "市级劳模慰问标准" and plain(found[1].basis) == "冀财规[2022]27号"
    assert found[1].reason and not found[0].reason and not found[2].reason


def test_a_full_row_whose_words_name_another_level_stands_as_printed() -> None:
    rows = form(
        ONE,
        ["产出指标", "数量指标", "培训人次", "≥50人次"],
        ["社会效应", "生态效益", "能耗降幅", "≥1.5%"],
        ["可持续性", "体制机制改革", "后勤改革", "持续推进"],
    )
    assert brief(document(pipe(rows))[2])[:3] == ("可持续性", "体制机制改革", "后勤改革")


def test_a_value_alone_in_the_next_row() -> None:
    rows = form(
        ONE, ["产出指标", "数量指标", "慰问困难职工人数", ""], ["", "", "", "≥500人"], ["", "质量指标", "率", "100%"]
    )
    found = document(tab(rows))
    assert [brief(one)[2:] for one in found] == [("慰问困难职工人数", "≥", "500", "人"), ("率", "=", "100", "%")]
    assert found[0].reason


def test_a_label_that_goes_on_in_the_next_row() -> None:
    rows = form(
        ONE,
        ["产出指标", "数量指标", "慰问困难职工和", "≥500人"],
        ["", "", "劳模人数", ""],
        ["", "质量指标", "补助发放准确", "100%"],
        ["", "", "率", ""],
    )
    found = document(pipe(rows))
    assert [plain(one.level3) for one in found] == ["慰问困难职工和劳模人数", "补助发放准确率"]
    assert all(one.level3 and len(one.level3.spans) == 2 for one in found)


@pytest.mark.parametrize(
    "body",
    [
        [["", "", "出院患者手术", "", "≥28.5%", "绩效考核"], ["", "", "占比", "", "", "操作手册"]],
        [["", "质量指标", "资助对象", "", "", "绩效考核"], ["", "", "认定准确率", "", "100%", "操作手册"]],
    ],
)
def test_a_label_over_two_rows_is_one_indicator(body: list[list[str]]) -> None:
    found = document(pipe(form(LONG, ["产出指标", "质量指标", "设备完好率", "", "≥95%", "年检"], *body)))
    assert len(found) == 2
    assert plain(found[1].level3) in ("出院患者手术占比", "资助对象认定准确率")
    assert plain(found[1].basis) == "绩效考核操作手册"
    assert found[1].reason


def test_a_whole_label_without_a_value_stays_a_row() -> None:
    found = document(pipe(form(ONE, ["产出指标", "质量指标", "应帮尽帮率"], ["", "", "帮扶准确率", "100%"])))
    assert [plain(one.level3) for one in found] == ["应帮尽帮率", "帮扶准确率"]


def test_a_row_broken_inside_its_cells() -> None:
    body = tab(form(TWO, ["产出指标", "数量指标", "学生数", "9人", "数量指标", "学生数", "3人"]))
    broken = "\t质量指标\t资助对象\n认定准确率\t100%\t质量指标\t资助对象\n认定准确率\t98%"
    found = document(f"{body}\n{broken}\n\t时效指标\t及时率\t95%\t时效指标\t及时率\t95%")
    assert [(one.scope, plain(one.level3), one.value) for one in found[2:4]] == [
        ("period", "资助对象认定准确率", "100"),
        ("annual", "资助对象认定准确率", "98"),
    ]


@pytest.mark.parametrize("head", [[], [[*LEVELS, "指标值", "备注"]]])
def test_a_list_that_goes_on_after_a_page_break_without_figures(head: list[list[str]]) -> None:
    first = form([*LEVELS, "指标值", "备注"], ["产出指标", "数量指标", "补助村数", "12个", ""])
    rest = [["", "时效指标", "发放时间", "每月15日前", ""], ["效益指标", "社会效益指标", "服务能力", "有效提升", ""]]
    title = "\n1、工会经费项目支出绩效目标表（续）" if head else ""
    found = document(f"{tab(first)}\n\n第 17 页\n{title}\n{tab([*head, *rest])}")
    assert [(plain(one.level1), plain(one.level3)) for one in found] == [
        ("产出指标", "补助村数"),
        ("产出指标", "发放时间"),
        ("效益指标", "服务能力"),
    ]


@pytest.mark.parametrize(
    ("goals", "scope"),
    [(["", "完成全年养护任务。"], "annual"), (["三年建成养护体系。", ""], None)],
)
def test_the_only_goal_below_its_label_and_the_head_of_the_year_is_of_the_year(
    goals: list[str], scope: str | None
) -> None:
    body = ["产出指标", "数量指标", "养护公路", "≥40公里"]
    rows = whole([["项目名称", "公路养护"], ["总体目标", "年度目标"], goals, ONE, body])
    assert {one.scope for one in document(pipe(rows))} == {scope}


def test_the_year_before_the_headings() -> None:
    head = ["（2023年度）", "年度绩效指标", *LEVELS, "绩效指标性质", "绩效指标值", "绩效度量单位"]
    row = ["", "产出指标", "数量指标", "维修供水工程", "≥", "40", "处", ""]
    found = document(cells([head, row]), "部门整体绩效目标自评表")
    assert [plain(one.level3) for one in found] == ["维修供水工程"]


def test_the_place_of_a_row_without_target_is_its_label() -> None:
    head = [*LEVELS, "指标分值", "自评得分"]
    found = document(pipe([head, ["项目绩效", "项目决策", "程序严密", "10", "9"]]), "部门整体支出绩效自评打分表")
    assert [plain(one.level1) for one in found] == ["项目绩效"]
    assert found[0].level3 and found[0].spans == found[0].level3.spans


def test_a_basis_that_goes_on_after_a_page_break() -> None:
    rows = form(
        LONG,
        ["产出指标", "时效指标", "修复时间", "网络修复时间", "≤4小时", "运维合同"],
        LONG,
        ["", "", "", "", "", "及上年度决算"],
        ["", "成本指标", "支出控制数", "年度支出控制数", "≤326万元", "预算测算"],
    )
    found = document(pipe(rows))
    assert [plain(one.basis) for one in found] == ["运维合同及上年度决算", "预算测算"]


def test_level_2_printed_beside_the_second_of_its_rows() -> None:
    rows = form(
        ONE,
        ["产出指标", "数量指标", "补助人数", "2人"],
        ["", "", "发放达标率", "100%"],
        ["", "质量指标", "取暖费发放达标率", "100%"],
        ["", "", "预计总费用", "5000元"],
        ["", "成本指标", "发放标准", "632元/月"],
        ["", "", "取暖费标准", "3920元/年"],
    )
    found = document(pipe(rows))
    assert [plain(one.level2) for one in found] == [
        "数量指标",
        "质量指标",
        "质量指标",
        "成本指标",
        "成本指标",
        "成本指标",
    ]
    assert [bool(one.reason) for one in found] == [False, True, False, True, False, False]


def test_level_1_printed_in_the_middle_of_its_rows() -> None:
    rows = form(
        ONE,
        ["", "数量指标", "人数", "2人"],
        ["产出指标", "质量指标", "准确率", "100%"],
        ["", "时效指标", "及时率", "100%"],
        ["", "经济效益指标", "增收", "增加"],
        ["效益指标", "社会效益指标", "生活", "改善"],
    )
    found = document(pipe(rows))
    assert [plain(one.level1) for one in found] == ["产出指标"] * 3 + ["效益指标"] * 2
    assert [bool(one.reason) for one in found] == [True, False, False, True, False]


def test_a_level_1_that_is_not_printed_is_not_guessed() -> None:
    rows = form(ONE, ["产出指标", "数量指标", "人数", "2人"], ["", "社会效益指标", "生活", "改善"])
    assert [plain(one.level1) for one in document(pipe(rows))] == ["产出指标", ""]


def test_a_form_without_heading() -> None:
    rows = whole(
        [
            ["项目名称", "工会经费", "", "绩效目标"],
            ["", "产出指标", "数量指标", "慰问人数", "≥500人"],
            ["", "", "质量指标", "准确率", "100%"],
            ["", "满意度指标", "满意度", "职工满意度", "≥90%"],
        ]
    )
    found = document(tab(rows))
    assert [brief(one)[1:] for one in found] == [
        ("数量指标", "慰问人数", "≥", "500", "人"),
        ("质量指标", "准确率", "=", "100", "%"),
        ("满意度", "职工满意度", "≥", "90", "%"),
    ]
    assert all(one.reason for one in found)


def test_several_indicators_in_one_cell() -> None:
    rows = form(
        ONE,
        ["产出指标", "数量指标", "1.慰问职工≥500人<br>2.走访企业≥20家", ""],
        ["", "质量指标", "1.准确率；2.到位率", "1.100%；2.≥95%"],
        ["效益指标", "社会效益指标", "1.改善生活；2.稳定队伍", "有效改善"],
    )
    found = document(pipe(rows))
    assert [brief(one)[2:] for one in found] == [
        ("慰问职工", "≥", "500", "人"),
        ("走访企业", "≥", "20", "家"),
        ("准确率", "=", "100", "%"),
        ("到位率", "≥", "95", "%"),
        ("1.改善生活；2.稳定队伍", "定性", "有效改善", ""),
    ]


def test_signatures_are_no_indicators() -> None:
    rows = form(ONE, ["产出指标", "数量指标", "人数", "2人"], ["负责人：", "经办人：", "联系电话：", "20231117"])
    assert len(document(pipe(rows))) == 1


def test_dashes_are_no_targets() -> None:
    rows = form(ONE, ["产出指标", "数量指标", "人数", "—"], ["", "质量指标", "—", "—"], ["", "成本指标", "标准", "/"])
    assert [brief(one)[2:5] for one in document(pipe(rows))] == [("人数", "", ""), ("标准", "", "")]


# --- any form ---

LABELS = ["慰问职工人数", "补助对象", "政策知晓情况", "走访慰问", "保障遗属人员生活", "覆盖范围"]
LEVELS_OF = [
    ("产出指标", "数量指标"),
    ("产出指标", "成本指标"),
    ("效益指标", "社会效益"),
    ("满意度指标", "服务对象满意度"),
]
SIGNS = {"≥": "≥", "≤": "≤", "": "=", "不低于": "≥", "不超过": "≤"}
UNITS = ["人", "户", "%", "元", "万元/年", "个", "元/人", "平方米"]


@st.composite
def printed_targets(draw: st.DrawFn) -> tuple[str, str, str, str]:
    sign, unit = draw(st.sampled_from(sorted(SIGNS))), draw(st.sampled_from(UNITS))
    number = str(draw(st.integers(0, 10**6)))
    return sign + number + unit, SIGNS[sign], number, unit


@settings(deadline=None, max_examples=60)
@given(printed_targets(), st.sampled_from(LABELS), st.sampled_from(LEVELS_OF), st.sampled_from([pipe, tab, cells]))
def test_any_target_is_read_back(
    target: tuple[str, str, str, str], label: str, levels: tuple[str, str], printed: object
) -> None:
    rows = form(ONE, [*levels, label, target[0]], ["满意度指标", "满意度", "职工满意度", "≥90%"])
    text = printed(rows)  # type: ignore[operator]
    found = document(text)
    assert brief(found[0]) == (*levels, label, *target[1:])
    assert found[0].number == Decimal(target[2])


@settings(deadline=None, max_examples=80)
@given(
    printed_targets(),
    st.sampled_from(LABELS),
    st.sampled_from(LEVELS_OF),
    st.integers(-1, 1),
    st.tuples(st.sampled_from([ONE, LONG, TWO]), st.booleans()),
)
def test_a_row_that_slid_by_one_column_still_gives_label_and_value(
    target: tuple[str, str, str, str], label: str, levels: tuple[str, str], shift: int, printed: tuple[list[str], bool]
) -> None:
    head, own = printed
    middle = ["慰问困难职工的总人数"] if head is LONG else []
    row = ["", levels[1] if own else "", label, *middle, target[0], *(["工作计划"] if head is LONG else [])]
    row += [levels[1], label, target[0]] if head is TWO else []
    slid = ["", *row] if shift > 0 else row[1:] if shift < 0 and not row[0] else row
    rows = form(head, [*levels, "人数", *middle, "1人"], slid, ["满意度指标", "满意度", "群众满意度", *middle, "≥90%"])
    found = [brief(one)[2:] for one in document(pipe(rows))]
    assert found.count((label, *target[1:])) == (2 if head is TWO else 1)


@settings(deadline=None, max_examples=60)
@given(st.permutations(["", "", "", "慰问人数", "≥500人"]))
def test_blank_cells_invent_no_rows(row: list[str]) -> None:
    rows = form(
        ["绩效指标", *ONE],
        ["", "产出指标", "质量指标", "准确率", "100%"],
        row,
        ["", "满意度指标", "满意度", "满意", "优"],
    )
    found = document(pipe(rows))
    assert len(found) <= 4
    spans = [one.spans for one in found]
    assert len(spans) == len(set(spans))


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.lists(st.sampled_from(["", "产出指标", "数量指标", "人数", "≥5人", "100%", "改善", "—"]), max_size=9),
        max_size=6,
    )
)
def test_any_rows_are_read_and_every_cell_at_most_once(body: list[list[str]]) -> None:
    text = pipe(form(TWO, *body, ["满意度指标", "满意度", "职工满意度", "≥90%", "满意度", "职工满意度", "≥90%"]))
    found = document(text)
    targets = [one.target.spans for one in found if one.target]
    assert len(targets) == len(set(targets))
    content = f"{TITLE}\n\n{text}\n"
    for one in found:
        assert all(content[span.start : span.end].strip() for span in one.spans)


def test_points_behind_a_level_do_not_hide_it() -> None:
    rows = form(
        [*LEVELS, "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标（50分）", "数量指标", "指标1：慰问人数", "≥500人", "520人", "10", "10"],
        ["效益指标（30分）", "社会效益指标", "生活", "改善", "改善", "30", "28"],
    )
    found = document(pipe(rows), "2023年项目支出绩效自评表")
    assert [brief(one) for one in found] == [
        ("产出指标（50分）", "数量指标", "指标1：慰问人数", "≥", "500", "人"),
        ("效益指标（30分）", "社会效益指标", "生活", "定性", "改善", ""),
    ]
    assert [one.scope for one in found] == ["annual", "annual"]


@PRINTERS
@pytest.mark.parametrize("contents", ["内容", "指标内容"])
def test_contents_beside_operators_are_targets(printed: object, contents: str) -> None:
    counted = ["产出指标", "数量指标", "巡查水库座数", "≥", "12", "座"]
    rows = [counted, ["", "时效指标", "巡查完成时间", "定性", "9月底前", ""]]
    found = lines(printed(form([*LEVELS, "运算符号", contents, "度量单位"], *rows)))  # type: ignore[operator]
    assert found == [
        ("产出指标", "数量指标", "巡查水库座数", "≥", "12", "座"),
        ("产出指标", "时效指标", "巡查完成时间", "定性", "9月底前", ""),
    ]


def test_contents_beside_a_target_describe_it() -> None:
    head = [*LEVELS, "指标内容", "运算符号", "指标值", "度量单位"]
    row = ["产出指标", "数量指标", "巡查座数", "全县小型水库", "≥", "12", "座"]
    assert [(one.value, plain(one.description)) for one in document(pipe(form(head, row)))] == [("12", "全县小型水库")]


def test_one_heading_over_operator_number_and_unit() -> None:
    rows = form(
        [*ONE, "", ""], ["产出指标", "数量指标", "慰问人数", "≥", "500", "人"], ["", "质量指标", "率", "=", "100%", ""]
    )
    assert [brief(one)[2:] for one in document(pipe(rows))] == [
        ("慰问人数", "≥", "500", "人"),
        ("率", "=", "100", "%"),
    ]


def test_a_line_of_the_page_is_no_indicator() -> None:
    rows = form(
        ONE, ["产出指标", "数量指标", "人数", "2人"], ["某县2024年部门预算"], ["", "质量指标", "准确率", "100%"]
    )
    assert [plain(one.level3) for one in document(pipe(rows))] == ["人数", "准确率"]


def test_labels_that_begin_like_signatures() -> None:
    rows = form(
        ONE, ["产出指标", "数量指标", "人员数", "2人"], ["", "", "负责人培训", "3次"], ["", "", "人均费用", "5元"]
    )
    assert len(document(pipe(rows))) == 3


def test_merged_cells_printed_once_by_a_word_processor() -> None:
    rows = [
        ["项目名称", "工会经费"],
        ["绩效指标", *ONE],
        ["产出指标", "数量指标", "慰问人数", "≥500人"],
        ["质量指标", "发放准确率", "100%"],
        ["发放到位率", "≥98%"],
        ["满意度指标", "服务对象满意度", "职工满意度", "≥90%"],
    ]
    assert [one[1:] for one in lines(cells(rows))] == [
        ("数量指标", "慰问人数", "≥", "500", "人"),
        ("质量指标", "发放准确率", "=", "100", "%"),
        ("质量指标", "发放到位率", "≥", "98", "%"),
        ("服务对象满意度", "职工满意度", "≥", "90", "%"),
    ]


def test_a_list_with_two_rows_of_headings() -> None:
    rows = [
        ["项目名称", "预算金额", "绩效指标", "", ""],
        ["", "", "数量指标", "质量指标", "满意度指标"],
        ["就业培训", "20", "参训人数400人", "结业率98%", "≥90%"],
    ]
    found = document(pipe(rows), "2024年项目支出绩效目标表")
    assert [brief(one)[1:] for one in found] == [
        ("数量指标", "参训人数", "=", "400", "人"),
        ("质量指标", "结业率", "=", "98", "%"),
        ("满意度指标", "", "≥", "90", "%"),
    ]
    assert {plain(one.project) for one in found} == {"就业培训"}


def test_half_year_and_year() -> None:
    rows = form([*LEVELS, "半年指标值", "全年指标值"], ["产出指标", "数量指标", "慰问人数", "≥200人", "≥500人"])
    assert [(one.scope, one.value) for one in document(pipe(rows))] == [(None, "200"), ("annual", "500")]


def test_all_levels_slid_in_a_wide_form() -> None:
    rows = form(
        WIDE,
        ["产出指标", "数量指标", "走访慰问", "≥", "100", "人", "20", "120", "20", ""],
        ["质量指标", "慰问质量", "≥", "95", "%", "10", "96", "9", "", ""],
        ["", "", "", "准确率", "=", "100", "%", "10", "100", "10"],
    )
    found = document(pipe(rows), "2023年项目支出绩效自评表")
    assert [brief(one) for one in found] == [
        ("产出指标", "数量指标", "走访慰问", "≥", "100", "人"),
        ("产出指标", "质量指标", "慰问质量", "≥", "95", "%"),
        ("产出指标", "质量指标", "准确率", "=", "100", "%"),
    ]
    assert [(plain(one.points), plain(one.actual), plain(one.score)) for one in found] == [
        ("20", "120", "20"),
        ("10", "96", "9"),
        ("10", "100", "10"),
    ]


def test_cost_is_a_level_2_unless_it_has_parts() -> None:
    rows = form(
        ONE,
        ["产出指标", "数量指标", "人数", "2人"],
        ["成本指标", "", "总成本", "≤5万元"],
        ["效益指标", "社会效益", "生活", "改善"],
    )
    assert [line[:2] for line in lines(pipe(rows))] == [
        ("产出指标", "数量指标"),
        ("产出指标", "成本指标"),
        ("效益指标", "社会效益"),
    ]


def test_targets_in_a_table_of_project_expenditure() -> None:
    rows = [
        ["项目名称", "预算金额", "绩效目标", "数量指标", "质量指标"],
        ["餐厨废弃物处置", "640.00", "日处置120吨", "≥4.3万吨", "达标率100%"],
        ["户外广告整治", "210.00", "拆除1500处", "≥1500处", "一次验收合格"],
        ["合计", "850.00", "", "", ""],
    ]
    tables = recognise(read(f"项目支出预算表\n\n单位：万元\n\n{pipe(rows)}\n".encode()))
    found = [one for table in tables for one in read_listed(table)]
    assert [(plain(one.project), *brief(one)[1:]) for one in found] == [
        ("餐厨废弃物处置", "数量指标", "", "≥", "4.3", "万吨"),
        ("餐厨废弃物处置", "质量指标", "达标率", "=", "100", "%"),
        ("户外广告整治", "数量指标", "", "≥", "1500", "处"),
        ("户外广告整治", "质量指标", "", "定性", "一次验收合格", ""),
    ]


def test_a_row_of_column_numbers_in_a_list_of_targets_is_no_indicator() -> None:
    rows = [["项目名称", *ONE], ["1", "2", "3", "4", "5"], ["防火", "产出指标", "数量指标", "隔离带", "≥68公里"]]
    assert [one.value for one in document(pipe(rows), "项目支出绩效目标表")] == ["68"]


def test_what_is_bought_beside_a_project_is_no_indicator() -> None:
    rows = [["项目名称", "采购品目", "数量", "金额（万元）"], ["信息化", "监控设备", "320套", "134.40"]]
    (bought,) = recognise(read(f"政府采购预算表\n\n{pipe(rows)}\n".encode()))
    assert read_listed(bought) == []


def test_a_self_evaluation_of_which_only_the_ends_of_cells_are_left() -> None:
    """Its project has a code before its name; what is said of the result below the indicators is none of them."""
    rows = [
        "项目名称 | 51000021R000000019951-2030年防汛项目 | |||||",
        "主管部门 | 云屏市水利局 | 实施单位 | 云屏市水利局 | |||",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 |",
        "产出指标 | 数量指标 | 巡查次数 | ≥ | 12 | 次 | |",
        "评价结论 | 项目完成。 | |||||",
        "存在问题 | 无 | |||||",
    ]
    (table,) = recognise(read(("部门预算项目支出绩效自评表（2030年度）\n" + "\n".join(rows) + "\n").encode()))
    form = read_form(table, None)
    code = form.first("project-code")
    assert (code.text if code else None, form.name) == ("51000021R000000019951", "2030年防汛项目")
    (only,) = read_indicators(form)
    assert (only.level3.plain if only.level3 else "", only.value) == ("巡查次数", "12")


def test_a_target_with_its_unit_beside_what_kind_of_standard_it_is() -> None:
    rows = [
        ["本年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值及单位", "绩效标准"],
        ["产出指标", "数量指标", "配备车辆数", "10辆", "计划标准", ""],
        ["风炮射程", "", "", "≥80M", "计划标准", ""],
        ["质量指标", "", "低保标准", ">=530元/人*月", "行业标准", ""],
    ]
    found = document(pipe(rows), "项目支出绩效目标申报表")
    assert [brief(one)[2:] for one in found] == [
        ("配备车辆数", "=", "10", "辆"),
        ("风炮射程", "≥", "80", "M"),
        ("低保标准", "≥", "530", "元/人*月"),
    ]
