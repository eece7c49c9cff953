"""What a text says of whether the documents it cites are in force: texts written here, read whole."""

from __future__ import annotations

import pytest

from mapping.facts import assemble
from mapping.read import read


def _said(sentence: str) -> list[tuple[str | None, str | None]]:
    citations = assemble(read(f"戊县民政局2024年部门预算\n\n{sentence}\n".encode()), None).citations
    return [(one.mention.doc_number or one.mention.title, one.validity) for one in citations]


@pytest.mark.parametrize(
    ("sentence", "validity"),
    [
        ("《戊县救助办法》（戊民发〔2014〕6号）同时废止。", "repealed"),
        ("《戊县救助办法》（戊民发〔2014〕6号）自2024年5月1日起停止执行。", "repealed"),
        ("《戊县救助办法》（戊民发〔2014〕6号）等文件予以废止。", "repealed"),
        ("现决定废止《戊县救助办法》（戊民发〔2014〕6号）。", "repealed"),
        ("对《戊县救助办法》（戊民发〔2014〕6号）进行了全面修订。", "revised"),
        ("在《戊县救助办法》（戊民发〔2014〕6号）的基础上重新制定。", "revised"),
        ("与原《戊县救助办法》（戊民发〔2014〕6号）相比，标准提高。", "former"),
        ("对《戊县救助办法》（戊民发〔2014〕6号）作如下修改。", None),
        ("《戊县救助办法》（戊民发〔2014〕6号）第五条同时废止。", None),
        ("《戊县救助办法》（戊民发〔2014〕6号）废止前，仍按其执行。", None),
        ("《戊县救助办法》（戊民发〔2014〕6号）规定的收费停止执行。", None),
        ("固原《戊县救助办法》（戊民发〔2014〕6号）。", None),
    ],
)
def test_the_words_around_a_citation_say_whether_it_is_in_force(sentence: str, validity: str | None) -> None:
    assert _said(sentence) == [("戊民发〔2014〕6号", validity)]


def test_what_is_said_of_a_list_is_said_of_each_and_of_nothing_before_it() -> None:
    sentence = (
        "《甲办法》（戊民发〔2024〕3号）自印发之日起施行，"
        "《乙办法》（戊民发〔2014〕6号）、《丙办法》（戊民发〔2015〕7号）同时废止。"
    )
    assert _said(sentence) == [
        ("戊民发〔2024〕3号", None),
        ("戊民发〔2014〕6号", "repealed"),
        ("戊民发〔2015〕7号", "repealed"),
    ]


@pytest.mark.parametrize(
    ("row", "validity"),
    [
        ("| 1 | 《戊县救助办法》 | 戊民发〔2014〕6号 | 已废止 |", "repealed"),
        ("| 1 | 《戊县救助办法》 | 戊民发〔2014〕6号 | 有效 |", None),
        ("| 1 | 《戊县救助办法》 | 戊民发〔2014〕6号 | 废止后新建 |", None),
    ],
)
def test_a_row_says_in_a_cell_of_its_own_whether_a_document_is_in_force(row: str, validity: str | None) -> None:
    head = "| 序号 | 文件名称 | 文号 | 状态 |\n|--|--|--|--|"
    other = "| 2 | 《戊县慰问办法》 | 戊民发〔2019〕7号 | 有效 |"
    assert _said(f"{head}\n{row}\n{other}") == [("戊民发〔2014〕6号", validity), ("戊民发〔2019〕7号", None)]


@pytest.mark.parametrize(
    "sentence",
    [
        "现将《戊县救助办法》印发给你们。",
        "《戊县救助办法》已经县政府同意，现印发给你们。",
        "经研究修订形成了《戊县救助办法》。",
    ],
)
def test_a_title_that_its_sentence_puts_into_force_is_issued(sentence: str) -> None:
    assert _said(sentence) == [("戊县救助办法", "issued")]
