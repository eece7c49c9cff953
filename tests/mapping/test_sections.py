"""Running text under headings about one project: documents written here."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mapping.facts import Facts, assemble
from mapping.read import read

TEXT = """戊区教育局2025年部门预算

第四部分 {head}

一、项目概述

维护十二所学校的校舍，逐年开展。

二、设立依据

1. 《戊区校舍维修管理办法》
2. 沪教委财〔2020〕11号
3. 沪财教〔2021〕7号关于提高标准的批复。

三、实施主体

{unit}

四、实施方案

1.春季勘查，秋季施工。

五、实施周期

2025年1月1日-2025年12月31日

六、年度预算安排

{amount}

七、绩效目标

按时完成维修。

第五部分 其他说明

一、政策依据

《中华人民共和国会计法》
"""
NAMED = "校舍维修项目经费情况说明"


def _facts(head: str = NAMED, unit: str = "戊区教育局", amount: str = "2025年预算安排1,226.50万元。") -> Facts:
    return assemble(read(TEXT.format(head=head, unit=unit, amount=amount).encode()), None)


def test_a_section_is_a_project_with_amount_unit_and_term() -> None:
    (project,) = _facts().projects
    assert (project.name, project.amount) == ("校舍维修", Decimal("12265000.00"))
    assert (project.implementing_unit, project.term) == ("戊区教育局", "2025年1月1日-2025年12月31日")


def test_the_documents_listed_as_bases_are_its_bases_and_no_others() -> None:
    cited = [(one.mention.doc_number or one.mention.title, one.role) for one in _facts().citations]
    basis = "legal-basis-of-project"
    assert cited == [
        ("戊区校舍维修管理办法", basis),
        ("沪教委财〔2020〕11号", basis),
        ("沪财教〔2021〕7号", basis),
        ("中华人民共和国会计法", "mentioned"),
    ]


def test_the_sentence_about_the_amount_names_the_project_where_no_heading_does() -> None:
    (project,) = _facts("项目经费情况说明", amount="本年度校舍维修项目预算金额为88万元，用于施工。").projects
    assert (project.name, project.amount) == ("校舍维修", Decimal("880000"))


def test_a_section_that_names_no_project_is_none() -> None:
    facts = _facts("项目经费情况说明")
    assert not facts.projects
    assert {one.role for one in facts.citations} == {"mentioned"}


def test_a_sentence_says_who_carries_it_out_and_a_list_of_contractors_does_not() -> None:
    (led,) = _facts(unit="由戊区教育局基建站组织实施。").projects
    (built,) = _facts(unit="施工单位：甲公司；\n设计单位：乙公司。").projects
    assert (led.implementing_unit, built.implementing_unit) == ("戊区教育局基建站", None)


def test_a_numbered_document_below_a_heading_of_bases_is_no_heading() -> None:
    text = "戊县总工会2024年部门预算\n\n项目支出32万元，具体为送温暖经费20万元、劳模休养经费12万元。\n\n"
    text += "一、送温暖经费\n\n（一）立项依据\n\n1.《戊县送温暖工作办法》\n2.戊政办发〔2020〕5号\n"
    cited = assemble(read(text.encode()), None).citations
    assert [(one.role, one.project and one.project.name) for one in cited] == [
        ("legal-basis-of-project", "送温暖经费"),
        ("legal-basis-of-project", "送温暖经费"),
    ]


NAMED_BELOW = """戊县司法局2026年预算重点领域项目公开

一、项目名称
法律援助办案经费项目。
二、立项依据
落实《中华人民共和国法律援助法》。
"""


def test_a_project_is_named_below_the_heading_of_its_name() -> None:
    facts = assemble(read(NAMED_BELOW.encode()), None)
    assert [one.name for one in facts.projects] == ["法律援助办案经费项目"]
    assert [(one.role, one.project and one.project.name) for one in facts.citations] == [
        ("legal-basis-of-project", "法律援助办案经费项目")
    ]


def test_a_verb_before_an_amount_names_no_project() -> None:
    assert _facts(head="其他情况说明", amount="2025年安排预算20万元。").projects == []


@pytest.mark.parametrize(
    ("amount", "yuan"),
    [
        ("项目总概算1,800万元。2024年安排建设资金500万元。", None),
        ("2024年安排资金500万元，2025年度安排资金700万元。", Decimal("7000000")),
        ("安排资金700万元。", Decimal("7000000")),
    ],
)
def test_what_another_year_provides_is_not_the_amount_of_the_project(amount: str, yuan: Decimal | None) -> None:
    assert [one.amount for one in _facts(amount=amount).projects] == [yuan]


FORM = """
| 项目支出绩效目标申报表 | | | |
|---|---|---|---|
| 项目名称 | 校舍维修 | 项目类别 | 特定目标类 |
| 主管部门 | 戊区教育局基建站 | 实施单位 | {unit} |
| 项目资金总额（元） | 36,000,000 | 年度资金总额 | {amount} |
| 项目绩效目标 | 项目总体目标（2024年-2026年） | 年度总体目标 | |
| | 分三年修缮十二所学校的校舍。 | 年内修缮四所学校的校舍。 | |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 修缮校舍 | =4.00(所) |
"""


@pytest.mark.parametrize(
    ("unit", "amount", "projects"),
    [
        ("云岭市戊区教育局基建站", "12,265,000", 1),
        ("云岭市戊区教育局基建站", "900,000", 2),
        ("戊区少年宫", "12,265,000", 2),
    ],
)
def test_text_names_the_office_whose_unit_carries_the_project_out(unit: str, amount: str, projects: int) -> None:
    text = TEXT.format(head=NAMED, unit="戊区教育局", amount="2025年预算安排1,226.50万元。")
    facts = assemble(read((text + FORM.format(unit=unit, amount=amount)).encode()), None)
    assert len(facts.projects) == projects
    assert {one.implementing_unit for one in facts.projects} <= {unit, "戊区教育局"}
    goals = [(one.scope, one.text) for one in facts.forms[0].fields if one.field == "goal"]
    assert goals == [("period", "分三年修缮十二所学校的校舍。"), ("annual", "年内修缮四所学校的校舍。")]
    assert [(one.operator, one.value, one.printed_unit) for one in facts.indicators] == [("=", "4.00", "所")]
