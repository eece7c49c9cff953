"""Running text to the year it calls its own, to what it says there is none of, and to the reasons of changes."""

from __future__ import annotations

import pytest

from mapping.facts import Facts, assemble
from mapping.read import read

FUND = (
    "政府性基金预算支出表\n单位：万元\n\n"
    "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    "212\t城乡社区支出\t5.00\t\t5.00\n"
    "合计\t\t5.00\t\t5.00\n\n"
)


def facts_of(text: str) -> Facts:
    return assemble(read(f"乙市档案馆2025年部门预算\n\n{text}\n".encode()), None)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("2024年，我部门机关运行经费预算安排20.00万元。", 2024),
        ("2024年度乙市档案馆“三公”经费预算0万元。", 2024),
        ("2025年，我部门机关运行经费预算安排20.00万元。", None),
        ("2024年，我部门机关运行经费预算安排20.00万元，2025年为22.00万元。", None),
        ("2024年，我部门预算执行情况良好，支出20.00万元。", None),
        ("2024年12月31日，我部门共有车辆2辆。", None),
        ("2024年提前下达我部门经费20.00万元。", None),
        (
            "2024年一般公共预算支出预算20.00万元，与上年预算19.00万元相比增加1.00万元；与2024年预计执行数18.00万元相比增加2.00万元。",
            2024,
        ),
        (
            "2024年一般公共预算支出预算20.00万元，与上年预算19.00万元相比增加1.00万元；与2023年执行数18.00万元相比增加2.00万元。",
            None,
        ),
    ],
)
def test_a_year_is_a_paragraphs_own(sentence: str, year: int | None) -> None:
    years = [one.year for one in facts_of(sentence).remarks if one.kind == "own-year"]
    assert years == ([year] if year else [])


def test_a_year_beside_the_documents_own_is_none_left_over() -> None:
    before = "2024年，我部门机关运行经费预算安排20.00万元。"
    for text, years in ((before, [2024]), (f"{before}\n\n{before.replace('2024', '2025')}", [])):
        assert [one.year for one in facts_of(text).remarks if one.kind == "own-year"] == years


@pytest.mark.parametrize(("year", "odd"), [("2022", 1), ("2023", 0)])
def test_the_only_change_of_an_account_from_the_year_before_last_is_odd(year: str, odd: int) -> None:
    others = "".join(
        f"{what}5万元，与2023年度相比，增加1万元。\n\n"
        for what in ("基本支出", "项目支出", "机关运行经费支出", "公务接待费支出")
    )
    total = f"2024年度收、支总计均为9万元。与{year}年度相比，收、支总计各增加2万元。"
    found = assemble(read(f"乙市档案馆2024年度部门决算\n\n{total}\n\n{others}".encode()), None).remarks
    assert [(one.year, one.expected) for one in found if one.kind == "own-year"] == [(2022, 2023)] * odd


@pytest.mark.parametrize(
    ("last", "odd"),
    [
        ("公务员医疗补助（项）2024年预算数为9万元，比2022年执行数8万元增加1万元。", 1),
        ("公务员医疗补助（项）2024年预算数为9万元，比2023年执行数8万元增加1万元。", 0),
        (
            "公务员医疗补助（项）2024年预算数为9万元，比2022年执行数8万元增加1万元。事业单位医疗（项）2022年执行数为7万元。",
            0,
        ),
    ],
)
def test_the_only_change_of_a_class_from_the_year_before_last_prints_its_base(last: str, odd: int) -> None:
    """An amount of that year in another place shows that it is meant."""
    others = "".join(
        f"社会保障和就业支出（类）行政事业单位养老支出（款）{name}（项）2024年预算数为5万元，比2023年执行数4万元增加1万元。\n\n"
        for name in ("行政单位离退休", "机关事业单位基本养老保险缴费支出", "机关事业单位职业年金缴费支出")
    )
    text = f"{others}卫生健康支出（类）行政事业单位医疗（款）{last}\n"
    found = assemble(read(f"乙市档案馆2024年部门预算\n\n{text}".encode()), None).remarks
    assert [(one.year, one.expected) for one in found if one.kind == "own-year"] == [(2022, 2023)] * odd


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("本单位无政府性基金预算。", True),
        ("2025年，乙市档案馆没有政府性基金预算安排的支出。", True),
        ("2024年度没有政府性基金预算。", False),
        ("本单位无新增政府性基金预算项目。", False),
        ("2024年度没有政府性基金预算财政拨款，同口径增加1.00万元。", False),
        ("本单位无国有资本经营预算。", False),
        ("本单位无其他需要说明的事项。", False),
        ("其他4家单位均为事业单位，无政府性基金预算。", False),
    ],
)
def test_a_denial_is_of_facts_that_the_document_states(sentence: str, denied: bool) -> None:
    (*remarks,) = (one for one in facts_of(f"{FUND}{sentence}").remarks if one.kind == "none")
    assert bool(remarks) == denied
    assert all(key.fund_scope == "government-fund" for one in remarks for key in one.denied)


@pytest.mark.parametrize(
    ("reason", "direction"),
    [
        ("主要原因是厉行节约，压减公务接待", "decrease"),
        ("主要原因是公务接待批次增加", "increase"),
        ("主要原因是上年减少较多", None),
        ("主要原因是工作安排", None),
        ("主要原因是考虑节约前提下，接待任务可能变化", None),
        ("主要原因是压减接待，同时车辆维修增加", None),
        ("其中接待费降幅超过25%，下降的主要原因是厉行节约", None),
    ],
)
def test_a_reason_leads_one_way_or_is_left_open(reason: str, direction: str | None) -> None:
    said = facts_of(f"2025年“三公”经费预算8.00万元，比上年增加1.00万元，{reason}。").reasons
    assert [one.direction for one in said.values()] == ([direction] if direction else [])


EMPTY = "国有资本经营预算支出表\n单位：万元\n\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t\t\t\t\n"


@pytest.mark.parametrize(
    ("flags", "wrong"),
    [
        (("否", "是"), []),
        (("是", "是"), [("empty-table", "政府性基金预算支出表是")]),
        (("否", "否"), [("filled-table", "国有资本经营预算支出表否")]),
        (("", "—"), []),
    ],
)
def test_the_contents_say_which_tables_are_empty(flags: tuple[str, str], wrong: list[tuple[str, str]]) -> None:
    rows = f"表1\t政府性基金预算支出表\t{flags[0]}\t\n表2\t国有资本经营预算支出表\t{flags[1]}\t本部门无此项支出\n"
    found = facts_of(f"目录\n序号\t内容\t是否空表\t表格为空的理由\n{rows}\n{FUND}{EMPTY}")
    said = [
        (one.kind, "".join(found.document.text.content[span.start : span.end] for span in one.spans))
        for one in found.remarks
    ]
    assert [one for one in said if one[0] in ("empty-table", "filled-table")] == wrong
