"""Whose budget it is that a place discloses: its government's, under one name in all its documents."""

from __future__ import annotations

import pytest

from mapping.facts import Facts, assemble
from mapping.governing import government, prints_budgets_of_place
from mapping.keys import Key
from mapping.read import read
from mapping.triples import write_graph

TABLES = """泽州县2031年政府决算公开

表1　泽州县2031年全县一般公共预算支出决算表
单位：万元

| 科目编码 | 科目名称 | 决算数 |
|---|---|---|
| 201 | 一般公共服务支出 | 900 |
| 20101 | 人大事务 | 900 |
| | 支出合计 | 900 |

表2　泽州县2031年县本级一般公共预算支出决算表
单位：万元

| 科目编码 | 科目名称 | 决算数 |
|---|---|---|
| 201 | 一般公共服务支出 | 500 |
| | 支出合计 | 500 |

表3　泽州县2031年一般公共预算收入决算表
单位：万元

| 项目 | 决算数 |
|---|---|
| 一、税收收入 | 300 |
| 二、非税收入 | 200 |
| 其他收入 | 200 |
| 收入合计 | 500 |
"""
REPORT = """关于泽州县2031年财政决算（草案）的报告

泽州县财政局

一、一般公共预算
全县一般公共预算支出900万元。县本级一般公共预算支出500万元。
"""


def facts_of(text: str) -> Facts:
    return assemble(read(text.encode()), None)


def spending(facts: Facts) -> set[Key]:
    keys = [*facts.stated.figures.values(), *(key for keys in facts.stated.statements.values() for key in keys)]
    return {key for key in keys if key.measure == "expenditure" and not key.classes}


@pytest.mark.parametrize(
    ("titles", "publisher", "region", "name"),
    [
        (["关于泽州县2031年决算草案的报告"], None, "140525", "泽州县人民政府"),
        (["泽州县2031年政府预算公开"], None, None, "泽州县人民政府"),
        (["第一部分：泽州县2031年度政府决算报告"], None, None, "泽州县人民政府"),
        (["泽州县人民政府关于2031年度财政决算（草案）的报告"], None, None, "泽州县人民政府"),
        (["泰州市本级2031年度财政决算"], None, None, "泰州市人民政府"),
        (["2031年度泽州县“三公”经费支出决算情况"], None, None, "泽州县人民政府"),
        (["2031年度市本级财政决算", "在云屏市第三届人民代表大会第一次会议上"], None, None, "云屏市人民政府"),
        (["云屏市2031年市级财政预算公开"], None, None, "云屏市人民政府"),
        ([], "山西省晋城市财政局", "140500", "晋城市人民政府"),
        ([], "山西省晋城市人民政府", "140500", "晋城市人民政府"),
        (["朝阳区2031年财政决算"], "朝阳区财政局", "110105", "朝阳区人民政府"),
        (["锡林郭勒盟2031年财政决算"], None, None, "锡林郭勒盟行政公署"),
        (["关于2031年度市本级预算执行情况的报告"], None, None, None),
        (["经市人民政府2031年审定"], None, None, None),
        (["云屏开发区2031年财政决算"], None, None, None),
        (["泽州县2031年本级财政决算审计"], "泽州县审计局", "140525", None),
        (["东莞市2031年预算"], "东莞市长安镇政府", "441900", None),
        (["山西省泽州县2031年预算执行情况和2032年预算草案的报告"], None, "140525", "泽州县人民政府"),
        (["2031年实现区级一般公共预算收入9亿元，其中："], None, "310101", None),
        (["记者从云屏市财政局获悉，5月份全市财政收入9亿元"], None, None, None),
        (["云屏县水利局是县政府工作部门，内设9个科室。"], None, None, None),
        (["泽州县2031年财政收入9亿元，增长5%。"], None, None, "泽州县人民政府"),
    ],
)
def test_a_government_is_named_by_its_place(
    titles: list[str], publisher: str | None, region: str | None, name: str | None
) -> None:
    assert government(titles, publisher, region) == name


def test_tables_of_several_budgets_are_of_a_place() -> None:
    titles = ["云屏县2031年一般公共预算收入预算表", "云屏县2031年政府性基金预算支出表"]
    assert prints_budgets_of_place(titles)
    assert not prints_budgets_of_place(titles[:1])
    assert not prints_budgets_of_place(["云屏县水利局2031年一般公共预算支出预算表", "2031年政府性基金预算支出表"])


def test_documents_of_one_government_state_the_same_facts() -> None:
    tables, report = facts_of(TABLES), facts_of(REPORT)
    assert (tables.description.publisher, report.description.publisher) == (None, "泽州县财政局")
    assert {(key.entity, key.level) for key in spending(report)} == {
        ("泽州县人民政府", "allLevels"),
        ("泽州县人民政府", "governmentOwn"),
    }
    assert spending(tables) == spending(report)
    assert not any(key.open for key in spending(report))


@pytest.mark.parametrize("text", [TABLES, REPORT])
def test_such_a_document_is_called_after_the_government(text: str) -> None:
    quads = write_graph(facts_of(text), "0" * 64, ["a.txt"], "http://localhost/")
    assert '"泽州县人民政府2031年度政府决算"' in quads


def test_a_table_that_names_no_level_is_of_none_where_others_name_several() -> None:
    stated = facts_of(TABLES).stated.figures.values()
    assert {key.level for key in stated if key.measure == "general-public-income"} == {"unknown"}
    alone = facts_of(TABLES.replace("全县", "县本级")).stated.figures.values()
    assert {key.level for key in alone} == {"governmentOwn"}


def test_other_income_of_a_government_is_no_money_of_a_unit() -> None:
    facts = facts_of(TABLES)
    assert not [one for one in facts.figures if one.row_label == "其他收入" and id(one) in facts.stated.figures]
