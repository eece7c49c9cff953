"""The page of a citation: its words in their sentence, what was understood, which document is meant, and where else."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from server.view_citation import OTHERS, merged, why
from tests.lod.conftest import Counting
from tests.pages.reading import Reading
from tests.pages.visit import first, page, read

STATUS = "https://w3id.org/yusuan/code/citation-status"


def citation(counting: Counting, number: str) -> str:
    """Return the path of the first citation that prints a number."""
    return first(counting, f"?x a def:Citation ; def:documentNumber '{number}'")


def test_its_words_are_marked_in_their_sentence(client: FlaskClient, counting: Counting) -> None:
    shown = Reading(page(client, citation(counting, "晋财行〔2019〕195号")))
    (heading,) = shown.all("h1")
    (mark,) = shown.all("mark")
    assert heading.text == mark.text == "晋财行2019年195号 关于调整已故离退休干部无工作配偶生活困难补助标准的通知"
    assert mark.attributes["id"].startswith("e5295-")
    assert "晋财行〔2019〕195号" in shown.text
    assert len(shown.all("li", class_="skipped")) == 0


def test_what_was_understood_and_what_it_is_for_is_said(client: FlaskClient, counting: Counting) -> None:
    body = page(client, citation(counting, "晋工发〔2006〕54号"))
    for words in (
        *("机关代字", "晋工发", "2006", "54", "关于进一步加强机关企事业单位工会经费财政集中拨付的通知"),
        *("立项依据", "工会经费", "泽州县总工会2026年度部门预算", "因此确定是这份文件"),
    ):
        assert words in body, words
    assert "违规" not in body


def test_the_document_and_its_other_places_are_linked(client: FlaskClient, counting: Counting) -> None:
    path = citation(counting, "冀财行〔2022〕99号")
    shown = Reading(page(client, path))
    legal = first(counting, "?x a def:LegalDocument ; def:documentNumber '冀财行〔2022〕99号'")
    links = [each.attributes.get("href", "") for each in shown.all("a")]
    assert legal in links
    assert f"{legal}#places" in links
    assert len({each for each in links if re.search(r"/citation/\d+-\d+$", each) and each != path}) == 2
    assert "共 3 处引用，含本处；这里列出其他 2 处。" in shown.text


def test_one_that_is_not_resolved_says_why(client: FlaskClient, counting: Counting) -> None:
    path = first(counting, f"?x a def:Citation ; def:citationStatus <{STATUS}/unresolved>")
    chinese, english = page(client, path), page(client, path, lang="en")
    assert "未能认定：只写了名称，没有书名号和文号" in chinese
    assert "未找到原文" in chinese
    assert "以它为依据的绩效指标" in chinese
    assert '理由：<bdi lang="zh-Hans">只写名称，没有书名号和文号' in chinese
    assert "Not resolved: only a name is given" in english
    assert "named without signs and number" in english


def test_a_number_printed_in_two_ways_leads_to_what_was_found(client: FlaskClient, counting: Counting) -> None:
    pattern = "?f a def:Finding ; prov:wasDerivedFrom ?x . ?x a def:Citation"
    assert '<ul class="notes">' in read(client, first(counting, pattern))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_takes_few_queries(client: FlaskClient, counting: Counting, language: str) -> None:
    path = citation(counting, "财建〔2006〕468号")
    counting.asked.clear()
    body = read(client, path, lang=language)
    assert len(counting.asked) <= 8  # two of them are those of every thing
    ids = re.findall(r' id="([^"]+)"', body)
    assert len(ids) == len(set(ids))
    assert "def#" not in body.partition('<aside class="data"')[0]


@pytest.mark.parametrize(
    ("told", "candidates", "key"),
    [
        ({"status": "exact", "number": "n"}, 0, "exact-number"),
        ({"status": "exact"}, 0, "exact-name"),
        ({"status": "title-only"}, 0, "title-only"),
        ({"status": "conflicting", "number": "n"}, 2, "conflicting"),
        ({"status": "unresolved", "number": "n"}, 0, "code"),
        ({"status": "unresolved", "legal_number": "n"}, 0, "code"),
        ({"status": "unresolved", "informal": "true"}, 1, "informal"),
        ({"status": "unresolved"}, 2, "several"),
        ({"status": "unresolved"}, 0, "unknown"),
        ({"kind": "case"}, 0, "case"),
        ({}, 0, "none"),
    ],
)
def test_why_a_citation_is_or_is_not_resolved(told: dict[str, str], candidates: int, key: str) -> None:
    row = dict.fromkeys(("status", "number", "legal_number", "informal", "kind"), "") | told
    assert why(row, [{}] * candidates) == key


def test_a_citation_broken_by_a_page_is_one_with_all_its_words() -> None:
    rows = [
        {"citation": "a", "start": "1", "words": "财建〔2006〕", "entry": "p"},
        {"citation": "a", "start": "1", "words": "财建〔2006〕", "entry": "q"},
        {"citation": "a", "start": "9", "words": "468号", "entry": "p"},
        {"citation": "b", "start": "1", "words": "财建〔2006〕468号", "entry": ""},
    ]
    assert [(each["citation"], each["words"]) for each in merged(rows)] == [
        ("a", "财建〔2006〕468号"),
        ("b", "财建〔2006〕468号"),
    ]
    assert OTHERS >= 10
