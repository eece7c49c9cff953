"""Running text to what the audit finds in it: planted errors are found, what is right or unknown is not."""

from __future__ import annotations

import hashlib

import pytest

from mapping.audit import audit, open_graph
from mapping.facts import assemble
from mapping.read import read
from mapping.rules import audit_rules
from mapping.triples import write_graph

HEAD = "乙市档案馆2025年部门预算\n\n"
RULES = [
    rule
    for rule in audit_rules()
    if rule.name
    in {
        *("text-against-table", "text-against-text", "unit-slip", "text-parts", "text-parts-exceed", "text-balance"),
        *("staff-parts", "headcount", "standard-times-heads", "three-public-reason", "empty-table-note", "stale-year"),
        *("growth-rate", "growth-truncated", "growth-of-amounts", "change-amount", "change-direction", "unchanged"),
        *("share-of-whole", "share-truncated", "shares-of-hundred", "shares-forced", "completion-rate"),
    }
]

SUMMARY = (
    "收入 收入 支出 支出",
    "项目 预算数 项目 预算数",
    "一般公共预算拨款收入 100.00 一般公共服务支出 100.00",
    "本年收入合计 100.00 本年支出合计 100.00",
    "收入总计 100.00 支出总计 100.00",
)


def found_in(text: str) -> list[str]:
    """The rules that have a result in a document."""
    source = text.encode()
    sha256 = hashlib.sha256(source).hexdigest()
    quads = write_graph(assemble(read(source), None), sha256, ["a.txt"], "http://localhost/")
    return [result.rule.name for result in audit(open_graph(quads), RULES)]


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("2025年机关运行经费预算14.63万元，比上年减少1.05万元，下降7.18%。", "growth-rate"),
        ("2025年机关运行经费预算0.09万元，比上年增加0.04万元，增长8%。", "growth-rate"),
        ("2025年机关运行经费预算20.00万元，比2024年预算15.00万元增加3.00万元。", "change-amount"),
        ("2025年支出预算100.00万元，其中：基本支出60.00万元，项目支出30.00万元。", "text-parts"),
        (
            "2025年支出预算100.00万元，其中：基本支出60.00万元，占50.00%；项目支出40.00万元，占40.00%。",
            "share-of-whole shares-of-hundred",
        ),
        ("2025年机关运行经费预算20.00万元。2025年机关运行经费预算22.00万元。", "text-against-text"),
        ("2025年收入预算总额174.57万元，支出预算总额174.57元。", "unit-slip"),
        ("2025年收入预算总额174.57万元，支出预算总额164.57万元。", "text-balance"),
        ("2025年“三公”经费预算8.00万元，比上年增加1.00万元，主要原因是厉行节约，压减公务接待。", "three-public-reason"),
        ("2024年，我单位机关运行经费预算安排20.00万元。", "stale-year"),
        ("本单位核定编制4人，实有在职人员7人。", "headcount"),
        ("本单位实有在职人员7人（其中：公务员3人，工勤人员1人，事业人员2人）。", "staff-parts"),
        ("本单位下属二级预算单位0个，其中行政单位0个，其他事业单位1个。", "text-parts-exceed"),
        ("2025年符合条件的退休人员452人，每人每月320元，全年共需资金1700000元。", "standard-times-heads"),
        (
            "2025年机关运行经费年初预算为100.00万元，支出决算为90.00万元，完成年初预算的95.00%。",
            "completion-rate",
        ),
    ],
)
def test_a_planted_error_is_found_by_its_rule(sentence: str, rule: str) -> None:
    assert found_in(f"{HEAD}{sentence}\n") == rule.split()


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年机关运行经费预算14.63万元，比上年减少1.05万元，下降6.70%。",
        "2025年机关运行经费预算70.00万元，比上年增加70.00万元，增长100%。",
        "2025年机关运行经费预算20.00万元，比2024年预算15.00万元增加5.00万元，增长33.33%。",
        "2025年支出预算100.00万元，其中：基本支出60.00万元。",
        "2025年支出总计2302.37万元，其中：基本支出912.36万元、项目支出1330.01万元、结转下年60.00万元。",
        "2025年支出预算100.00万元。采购支出合计40.00万元，授予小微企业合同金额30.00万元，占采购支出合计的75%。",
        "2025年机关运行经费预算约20万元。2025年机关运行经费预算22.00万元。",
        "2025年“三公”经费预算8.00万元，比上年增加1.00万元，主要原因是上年压减较多。",
        "截至2024年末，我单位机关运行经费决算20.00万元。",
        "2024年，我单位机关运行经费较2025年预算少1.00万元。",
        "本单位核定编制16人，实有在职人员15人。",
        "2025年符合条件的退休人员452人，每人每月320元，全年共需资金1735680元，另需调查费14320元，全年总计175万元。",
        "2025年机关运行经费支出决算为90.00万元，完成预算的95.00%。",
    ],
)
def test_what_is_right_or_open_is_not_found(sentence: str) -> None:
    assert found_in(f"{HEAD}{sentence}\n") == []


@pytest.mark.parametrize(("edge", "between"), [("|", "|"), ("", "\t")])
def test_text_is_held_against_the_table(edge: str, between: str) -> None:
    rows = (f"{edge}{between.join(row.split())}{edge}" for row in SUMMARY)
    table = "收支预算总表\n单位：万元\n\n" + "\n".join(rows) + "\n\n"
    assert found_in(f"{HEAD}{table}2025年收入总计120.00万元。\n") == ["text-against-table"]
    assert found_in(f"{HEAD}{table}2025年收入总计100.00万元。\n") == []
