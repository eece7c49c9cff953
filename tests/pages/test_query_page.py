"""The page of queries: what was asked stays in the form, answers can be kept and shared, faults are said beside it."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from server.catalogue import questions
from server.openapi import columns
from server.sparql import LONGEST_ADDRESS, Plotted, plotted
from server.tabulate import LISTS, called, tabulate
from server.terms import Vocabulary, packaged

BROWSER = {"Accept": "text/html"}
NUMBERS = "SELECT ?name ?count WHERE { VALUES (?name ?count) { ('甲' 1) ('乙' 2.5) } }"


def addresses(page: str, beginning: str) -> list[str]:
    """Return the links of a page that begin so."""
    return [html.unescape(each) for each in re.findall(r'href="([^"]+)"', page) if each.startswith(beginning)]


def test_every_question_is_an_example(client: FlaskClient) -> None:
    page = client.get("/sparql", headers=BROWSER).text
    asking = {name for name, each in questions().items() if any(one.required for one in each.parameters)}
    assert len(addresses(page, "/sparql?example=")) == len(questions()) - len(asking)
    assert {urlsplit(each).path.removeprefix("/query/") for each in addresses(page, "/query/")} == asking
    shown = client.get("/sparql?example=findings", headers=BROWSER).text
    text = html.unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", shown, re.DOTALL)[0])
    assert text == questions()["findings"].body
    assert "#+" not in text
    assert "<table" not in shown
    assert client.get("/sparql?example=nothing", headers=BROWSER).status_code == 404


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_column_of_a_question_is_called_something(name: str) -> None:
    found = columns(questions()[name])
    assert found
    assert [each for each in found if not (called(name, each, "zh") and called(name, each, "en"))] == []


def test_columns_that_nobody_knows_have_their_names_alone() -> None:
    told = tabulate("", ["unit", "phase"], [["甲县", "approved"]], "zh", {})
    assert told.heads == ("", "")
    assert [(each.text, each.called) for each in told.rows[0]] == [("甲县", ""), ("approved", "")]


def test_a_table_of_an_answer_is_for_people() -> None:
    document = f"https://example.org/document/{'a' * 64}"
    row = ["甲.txt", "98", "36.70", "万元", "367000", "approved", f"{document}/observation/5-10", "false"]
    names = ["source", "line", "value", "unit", "amount_yuan", "phase", "iri", "safe_to_sum"]
    told = tabulate("figures", names, [row], "zh", {"甲.txt": document})
    assert told.heads == ("来源文件", "行", "印出的值", "计量单位", "金额（元）", "阶段", "数据地址", "可以相加")
    source, line, value, unit, amount, phase, iri, safe = told.rows[0]
    assert (source.text, source.thing) == ("甲.txt", document)
    assert (line.text, line.thing, line.after) == ("98", f"{document}/text", "?part=1#L98")
    assert (value.text, unit.text, amount.text, amount.number) == ("36.70", "万元", "367,000", True)
    assert (phase.text, phase.called) == ("approved", "年初批复预算")
    assert iri.thing == row[-2]
    assert (safe.text, safe.called) == ("false", "否")
    english = tabulate("figures", names, [row], "en", {}).rows[0]
    assert (english[3].lang, english[4].lang) == ("zh-Hans", "")
    assert english[1].thing == f"{document}/text"  # of its own IRI


def test_a_code_list_is_stated_for_what_is_coded() -> None:
    assert set(LISTS.values()) <= {each.name for each in Vocabulary(packaged()).code_lists.values()}


def test_an_answer_leads_to_the_line_of_the_text(client: FlaskClient) -> None:
    page = client.get("/query/figures?lang=zh", headers=BROWSER).text
    heading, line = (
        re.search("<th[^>]*>行 <code", page),
        re.search(r'<a href="(/document/[^"]+/text\?part=\d+)#(L\d+)">', page),
    )
    assert heading and line
    assert f'id="{line[2]}"' in client.get(line[1], headers=BROWSER).text


def test_an_example_that_needs_values_asks_for_them_and_has_them_in_it(client: FlaskClient) -> None:
    asking = client.get("/sparql?example=find&lang=en", headers=BROWSER)
    assert (asking.status_code, asking.headers["Location"]) == (303, "/query/find?lang=en")
    answered = client.get("/query/find", query_string={"text": '送"温暖', "lang": "en"}, headers=BROWSER).text
    (address,) = addresses(answered, "/sparql?text=")
    page = client.get(address, headers=BROWSER).text
    text = html.unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[0])
    assert 'CONTAINS(STR(?found), "送\\"温暖")' in text
    assert "?wanted" not in text
    (other,) = (each for each in addresses(page, "?") if each.endswith("lang=zh"))
    assert parse_qs(other[1:]) == {"example": ["find"], "text": ['送"温暖'], "lang": ["zh"]}
    assert client.get("/sparql?example=old-bases&years=many", headers=BROWSER).status_code == 400


@pytest.mark.parametrize(
    ("suffix", "content_type"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv; charset=utf-8"),
        ("tsv", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_an_answer_is_offered_as_files(client: FlaskClient, suffix: str, content_type: str) -> None:
    page = client.get(f"/sparql?query={quote(NUMBERS)}", headers=BROWSER).text
    (address,) = addresses(page, f"/sparql/answer.{suffix}?")
    response = client.get(address, headers=BROWSER)
    assert (response.status_code, response.content_type) == (200, content_type)
    assert response.headers["Content-Disposition"] == f"attachment; filename=answer.{suffix}"
    assert "甲" in response.text


def test_a_graph_is_offered_in_its_own_formats(client: FlaskClient) -> None:
    query = "CONSTRUCT { ?x a ?y } WHERE { ?x a ?y } LIMIT 2"
    page = client.get(f"/sparql?query={quote(query)}", headers=BROWSER).text
    kinds = [urlsplit(each).path.rpartition(".")[2] for each in addresses(page, "/sparql/answer.")]
    assert kinds == ["ttl", "nt", "jsonld", "rdf", "nq", "trig"]
    assert client.get(addresses(page, "/sparql/answer.ttl")[0]).mimetype == "text/turtle"
    assert client.get(f"/sparql/answer.csv?query={quote(query)}").status_code == 404
    assert client.get("/sparql/answer.csv").status_code == 400


def test_the_graphs_of_a_request_stay_with_its_links(client: FlaskClient) -> None:
    graph = "https://data.example.org/none"
    asked = f"/sparql?query={quote('SELECT * { ?x ?y ?z }')}&default-graph-uri={quote(graph)}"
    page = client.get(asked, headers=BROWSER).text
    (shared,) = addresses(page, "/sparql?query=")[:1]
    for address in (shared, *addresses(page, "/sparql/answer.json?")):
        assert parse_qs(urlsplit(address).query)["default-graph-uri"] == [graph]
    answer = client.get(addresses(page, "/sparql/answer.json?")[0])
    assert json.loads(answer.data)["results"]["bindings"] == []


def test_a_form_sends_other_line_ends_than_were_written(client: FlaskClient) -> None:
    page = client.post("/sparql", data={"query": "SELECT *\r\nWHERE {}"}, headers=BROWSER).text
    assert "SELECT *\nWHERE {}</textarea>" in page


def test_a_long_query_has_no_address(client: FlaskClient) -> None:
    query = f"ASK {{}} #{'x' * LONGEST_ADDRESS}"
    page = client.post("/sparql", data={"query": query}, headers=BROWSER)
    assert page.status_code == 200
    assert addresses(page.text, "/sparql/answer.") == []
    assert "没有可以分享的链接" in page.text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("SELECT ?x WHERE {", 400, "这不是 SPARQL 1.1 查询"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 400, "本服务只读"),
        ("SELECT * { SERVICE <http://other.example/> { ?x ?y ?z } }", 400, "SERVICE"),
    ],
)
def test_a_fault_is_said_beside_the_query(client: FlaskClient, query: str, status: int, said: str) -> None:
    response = client.get(f"/sparql?query={quote(query)}", headers=BROWSER)
    assert response.status_code == status
    assert said in response.text
    assert html.escape(query, quote=False).split("{")[0] in response.text
    assert 'role="alert"' in response.text


def test_a_named_query_can_be_changed(client: FlaskClient) -> None:
    page = client.get("/query/documents", headers=BROWSER).text
    assert addresses(page, "/sparql?example=documents")
    assert "charts.js" in page  # it has columns with numbers


@pytest.mark.parametrize(
    ("columns", "rows", "found"),
    [
        (["name", "n"], [["甲", "1"], ["乙", "2.5"]], Plotted((0, 1), (1,))),
        (["n", "amount_yuan", "name"], [["1", "2", "x"], ["1", "", "y"]], Plotted((2, 0, 1), (1, 0))),
        (["name", "n"], [["甲", "1"]], None),
        (["line", "fiscal_year", "code", "n"], [["1", "2024", "201", "3"]] * 2, Plotted((0, 1, 2, 3), (3,))),
        (["quote", "first_line", "start", "end"], [["甲", "1", "2", "3"]] * 2, None),
        (["name", "n"], [["甲", "1"], ["乙", "无"]], None),
        (["name", "n"], [["甲", ""], ["乙", ""]], None),
        ([], [], None),
    ],
)
def test_columns_with_numbers_can_be_drawn(columns: list[str], rows: list[list[str]], found: Plotted | None) -> None:
    assert plotted(columns, rows) == found


def test_a_huge_hostile_cell_is_text(client: FlaskClient) -> None:
    query = 'SELECT ("<script>alert(1)</script>" AS ?a) (STRDT("\u202e", <urn:x>) AS ?b) ?c { VALUES ?c { "%s" } }'
    page = client.post("/sparql", data={"query": query % ("<b>" * 20_000)}, headers=BROWSER)
    assert page.status_code == 200
    body = page.text.partition("</form>")[2]
    assert "<script>alert" not in body
    assert "<b>" not in body
    assert "[U+202E]" in body
    assert "\u202e" not in body
    assert len(body) < 60_000
