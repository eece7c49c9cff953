"""What legal documents say of each other, by their titles and by sentences."""

from __future__ import annotations

import pytest

from mapping.facts import assemble
from mapping.read import read
from mapping.relations import Relation


def _relations(sentence: str) -> list[Relation]:
    text = f"戊县总工会2024年部门预算\n\n{sentence}\n"
    return list(assemble(read(text.encode()), None).relations)


@pytest.mark.parametrize(
    ("title", "kind", "carried"),
    [
        ("关于印发《困难职工专项资金管理办法》的通知", "issues", "困难职工专项资金管理办法"),
        ("关于印发〈困难职工专项资金管理办法〉的通知", "issues", "困难职工专项资金管理办法"),
        ("关于印发困难职工专项资金管理办法的通知", "issues", "困难职工专项资金管理办法"),
        ("关于转发县政府和县总工会《联席会议纪要》的通知", "forwards", "联席会议纪要"),
        ("关于批转《县级财政改革方案》的通知", "approves", "县级财政改革方案"),
    ],
)
def test_a_carrier_and_what_it_carries_are_two_documents(title: str, kind: str, carried: str) -> None:
    (relation,) = _relations(f"根据《{title}》（晋政办发〔2015〕7号），安排经费。")
    assert (relation.kind, relation.subject.number) == (kind, "晋政办发〔2015〕7号")
    assert relation.object.title == carried
    assert relation.object.tail != relation.subject.tail


@pytest.mark.parametrize("title", ["关于做好2024年预算编制工作的通知", "关于印发人员名单的通知", "困难职工帮扶办法"])
def test_other_titles_carry_nothing(title: str) -> None:
    assert _relations(f"根据《{title}》（晋政办发〔2015〕7号），安排经费。") == []


def test_what_is_made_on_the_basis_of_others_rests_on_each() -> None:
    relations = _relations("依据《中华人民共和国预算法》和《中华人民共和国会计法》，制定了《戊县总工会经费管理办法》。")
    assert [(one.kind, one.subject.title, one.object.title) for one in relations] == [
        ("based-on", "戊县总工会经费管理办法", "中华人民共和国预算法"),
        ("based-on", "戊县总工会经费管理办法", "中华人民共和国会计法"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "依据《中华人民共和国预算法》编制预算，执行《戊县总工会经费管理办法》。",
        "依据《中华人民共和国预算法》编制预算。制定《戊县总工会经费管理办法》。",
        "学习《中华人民共和国预算法》，制定《戊县总工会经费管理办法》。",
        "根据《中华人民共和国预算法》和财政部印发的《政府会计制度》核算。",
    ],
)
def test_documents_side_by_side_do_not_rest_on_each_other(sentence: str) -> None:
    assert _relations(sentence) == []


def test_a_relation_is_read_where_both_stand() -> None:
    sentence = "依据《中华人民共和国预算法》，制定《戊县总工会经费管理办法》。"
    (relation,) = _relations(sentence)
    text = f"戊县总工会2024年部门预算\n\n{sentence}\n"
    (span,) = relation.spans
    assert text[span.start : span.end] == "《中华人民共和国预算法》，制定《戊县总工会经费管理办法》"


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        (
            "《甲办法》（晋民发〔2024〕3号）自印发之日起施行，《乙办法》（晋民发〔2014〕6号）、《丙办法》（晋民发〔2015〕7号）同时废止。",
            [("repeals", "3", "6"), ("repeals", "3", "7")],
        ),
        ("《甲办法》（晋民发〔2024〕3号）代替《乙办法》（晋民发〔2014〕6号）。", [("repeals", "3", "6")]),
        (
            "我们对《乙办法》（晋民发〔2014〕6号）进行修订后制定了《甲办法》（晋民发〔2024〕3号）。",
            [("revises", "3", "6")],
        ),
        ("依据《甲办法》（晋民发〔2024〕3号）执行，《乙办法》（晋民发〔2014〕6号）同时废止。", []),
    ],
)
def test_what_comes_into_force_repeals_what_ends_then(sentence: str, stated: list[tuple[str, str, str]]) -> None:
    found = [(one.kind, one.subject.serial, one.object.serial) for one in _relations(sentence)]
    assert found == stated


def test_a_text_that_its_own_number_heads_repeals_what_it_says_so_of() -> None:
    text = (
        "戊县民政局关于印发《戊县救助办法》的通知\n\n2024-05-06 来源：戊县民政局\n\n晋民发〔2024〕3号\n\n"
        "现将《戊县救助办法》印发给你们。\n\n第九条 本办法自2024年5月1日起施行。"
        "《戊县救助办法》（晋民发〔2014〕6号）同时废止。\n"
    )
    found = assemble(read(text.encode()), None).relations
    assert [(one.kind, one.subject.serial, one.object.serial or one.object.title) for one in found] == [
        ("issues", "3", "戊县救助办法"),
        ("repeals", "3", "6"),
    ]
    assert text[found[1].spans[0].start : found[1].spans[0].end] == "《戊县救助办法》（晋民发〔2014〕6号）同时废止"


def test_a_carrier_of_several_carries_each() -> None:
    relations = _relations(
        "根据《关于印发〈甲县救助办法〉和〈甲县养老规定（试行）〉的通知》（晋民发〔2015〕7号），安排经费。"
    )
    assert [one.object.title for one in relations] == ["甲县救助办法", "甲县养老规定（试行）"]
    assert len({one.spans for one in relations}) == 2


def test_a_carried_title_is_the_one_that_is_cited_without_its_revision() -> None:
    (relation,) = _relations("根据《关于印发甲县救助办法（2021年修订）的通知》（晋民发〔2021〕7号），安排经费。")
    assert relation.object.title == "甲县救助办法"
