"""Clauses and the lists that divide an amount."""

import pytest

from mapping.clauses import Clauses


def clause(text: str, words: str) -> str:
    start = text.index(words)
    first, last = Clauses(text, ()).clause(start, start + len(words))
    return text[first:last]


def test_punctuation_ends_a_clause_and_brackets_in_terms_do_not() -> None:
    assert clause("其中：因公出国（境）费3万元，占1%；", "3万元") == "因公出国（境）费3万元"
    assert clause("人员经费2万元、公用经费3万元。", "3万元") == "公用经费3万元"
    assert clause("编制4人（其中：公务员编制3人，工勤1人）", "3人") == "公务员编制3人"


def test_numbering_is_no_part_of_a_clause() -> None:
    assert clause("1.公务接待费0.9万元", "0.9万元") == "公务接待费0.9万元"
    assert clause("附属单位上缴收入0万元", "0万元") == "附属单位上缴收入0万元"


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("总计9万元，其中：基本支出#", 1),
        ("总计9万元，其中基本支出5万元，包括人员经费#", 2),
        ("总计9万元，其中基本支出5万元，包括人员经费3万元；项目支出#", 1),
        ("总计9万元，其中：费5万元（其中：购置#）", 2),
        ("总计9万元，其中：费5万元（其中：购置2万元）；接待#", 1),
        ("收入9万元，其中：本年#；支出9万元，其中：基本4万元。", 1),
        ("收入9万元，其中：本年9万元；支出#，其中：基本4万元。", 0),
        ("总计9万元，其中：基本支出5万元。项目支出#", 0),
        ("收入9万元，其中：税收5万元、非税4万元）、补助#", 0),
        ("收入9万元，其中：1）税收5万元、2）非税#", 1),
        ("总计9万元，其中：出国1万元；会议1万元；购置#，其中甲车2万元、乙车2万元；接待4万元。", 1),
        ("总计9万元，其中：出国1万元；会议1万元；购置4万元，其中甲车2万元、乙车#；接待4万元。", 2),
        ("总计9万元，其中：出国1万元；会议1万元；购置4万元，其中甲车2万元、乙车2万元；接待#。", 1),
    ],
)
def test_lists(text: str, depth: int) -> None:
    clauses = Clauses(text, ())
    assert len(list(clauses.outer(clauses.scope(text.index("#"))))) - 1 == depth


def test_reasons_are_no_parts() -> None:
    text = "增加9万元，主要原因是人员经费增加3万元。"
    assert Clauses(text, ()).in_reason(text.index("3"))
    assert not Clauses(text, ()).in_reason(text.index("9"))
