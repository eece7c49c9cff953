"""What pages of things without a name are headed with, in both languages, and how their reasons are said."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Triple

from mapping import marks
from server.depict import Depicter
from server.reasons import reason_in
from server.resource import Description
from tests.lod.conftest import BASE, Counting
from tests.pages.visit import first, page

_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_HAN = re.compile("[\u3400-\u9fff]")
_PATH = re.compile(r"[0-9a-f]{8}|/")


def heading(text: str) -> str:
    """Return the words of the heading of a page."""
    found = _HEADING.search(text)
    assert found
    return re.sub("<[^>]+>", "", found[1])


@pytest.mark.parametrize(
    "pattern",
    [
        "?x a def:LegalRelation",
        "?x a def:DerivedAmount",
        "?x a def:Discrepancy",
        "?x a <http://www.w3.org/ns/shacl#ValidationReport>",
    ],
)
def test_a_thing_without_a_name_is_headed_in_words(client: FlaskClient, counting: Counting, pattern: str) -> None:
    path = first(counting, pattern)
    chinese, english = (page(client, path, lang=each) for each in ("zh", "en"))
    for text, colon in ((chinese, "："), (english, ": ")):
        assert colon in heading(text)
        assert not _PATH.search(heading(text))
        assert path in text  # its IRI stands below
    assert _HAN.search(heading(chinese))


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ({"aliasOf": "甲县总工会", "alias": "甲县工会"}, "别名条目：甲县总工会 · 甲县工会"),
        (
            {"ofDocument": "甲发〔2020〕1号", "proposedNumber": Literal("甲发〔2021〕1号")},
            "更正建议：甲发〔2020〕1号 · 甲发〔2021〕1号",
        ),
    ],
)
def test_a_title_says_what_a_thing_is_of(said: dict[str, str | Literal], title: str) -> None:
    thing, label = NamedNode(f"{BASE}thing/1-2"), NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    kind = NamedNode(f"https://w3id.org/yusuan/def#{'AliasEntry' if 'alias' in said else 'Proposal'}")
    stated = [Triple(thing, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), kind)]
    names = [Triple(kind, label, Literal(title.partition("：")[0], language="zh-Hans"))]
    for number, (name, value) in enumerate(said.items()):
        other = NamedNode(f"{BASE}other/{number}")
        beside = value if isinstance(value, Literal) else other
        stated.append(Triple(thing, NamedNode(f"https://w3id.org/yusuan/def#{name}"), beside))
        names.append(Triple(other, label, Literal(str(value))))
    described = Description(thing.value, tuple(stated), (), 0, tuple(names))
    assert Depicter(described.triples, "zh", BASE, "").depict(described).title == title


@pytest.mark.parametrize(("path", "zh", "en"), [("/facts", "归并后的事实数据", "The canonical facts")])
def test_a_named_graph_is_headed_in_words(client: FlaskClient, path: str, zh: str, en: str) -> None:
    assert heading(page(client, path)) == zh
    assert heading(page(client, path, lang="en")) == en


def test_the_graph_of_a_document_says_of_which(client: FlaskClient, counting: Counting) -> None:
    path = f"{first(counting, '?x a def:Document')}/graph"
    assert re.fullmatch(r"从文件中读出的数据 · .+\.txt", heading(page(client, path)))


def test_a_reason_is_said_in_the_language_of_the_page(client: FlaskClient, counting: Counting) -> None:
    path = first(counting, '?x a def:Statement ; def:reason ?why FILTER(CONTAINS(?why, "year of the document"))')
    assert "年度取文件的年度" in page(client, path, view="data")
    assert "year of the document" in page(client, path, view="data", lang="en")


@pytest.mark.parametrize("reason", sorted(marks._REASONS.values()))
def test_why_something_is_marked_is_said_in_chinese(reason: str) -> None:
    assert reason_in(reason, "zh")[1] == "zh-Hans"


def test_classes_of_others_have_words(client: FlaskClient) -> None:
    assert "skos:Concept" not in page(client, "/code/phase/approved")


def test_the_catalogue_says_in_one_language_what_it_says_in_two(client: FlaskClient) -> None:
    assert "An address for each named question" not in page(client, "/catalogue")
    assert "每个常用问题一个地址" not in page(client, "/catalogue", lang="en")


def test_dumps_say_of_which_document_they_are(client: FlaskClient, counting: Counting) -> None:
    document = first(counting, "?x a def:Document")
    assert f'<a href="{document}">' in page(client, "/dumps")


def test_words_of_the_data_have_their_language_on_english_pages(client: FlaskClient) -> None:
    assert '<bdi lang="zh-Hans">' in page(client, "/units", lang="en")
    assert '<bdi lang="zh-Hans">' not in page(client, "/units", lang="zh")
