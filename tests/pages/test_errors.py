"""What errors say: every message in both languages, one rule for all parameters, and a way on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pyoxigraph import QuerySolutions

from server import errors
from server.errors import CallerError
from server.reasons import message_in
from tests.lod.conftest import Counting
from tests.pages.reading import Reading
from tests.pages.visit import BROWSER, PREFIXES, first

SERVER = Path(errors.__file__).parent
# What no page shows: answers of the reconciliation, of commands, and of the protocol to programs.
UNSEEN = {"reconcile", "extend", "remote", "endpoint", "service", "evaluate", "annotate"}
_CALLERS = {name for name, each in vars(errors).items() if isinstance(each, type) and issubclass(each, CallerError)}


def messages() -> Iterator[tuple[str, str]]:
    """Yield the messages of callers' errors that pages may show, with `x1` for what is filled in, and their module."""
    for file in sorted(SERVER.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in _CALLERS
                and node.args
            ):
                said = _said(node.args[0])
                if said and file.stem not in UNSEEN:
                    yield said, file.stem


def _said(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else "x1" for each in node.values)
    return ""


def test_there_are_messages() -> None:
    assert len(set(messages())) > 40


@pytest.mark.parametrize(("said", "module"), sorted(set(messages())))
def test_every_message_is_said_in_chinese(said: str, module: str) -> None:
    # Of "must be {type}" the types have words of their own; one is enough here.
    words, tag = message_in(said.replace("must be x1, not", "must be text, not"), "zh")
    assert tag == "zh-Hans", f"{module}: {said}"
    assert "{" not in words
    assert message_in(said, "en") == (said, "en")


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("/units?region=泽州县", "/units?region=140525"),
        ("/search?q=工会&region=泽州县", "/search?q=工会&region=140525"),
        ("/legal?status=确定", "/legal?status=exact"),
        ("/compare?measure=三公经费", "/compare?measure=three-public"),
        ("/query/rules?concern=表内勾稽", "/query/rules?concern=in-table"),
    ],
)
def test_a_name_that_readers_see_is_taken_for_its_code(client: FlaskClient, read: str, meant: str) -> None:
    pages = [client.get(f"{quote(each, safe='/?&=')}&lang=zh", headers=BROWSER) for each in (read, meant)]
    assert [each.status_code for each in pages] == [200, 200]
    one, other = (Reading(each.text) for each in pages)
    assert [each.text for each in one.all("td")] == [each.text for each in other.all("td")]
    selected = [
        [each.attributes["value"] for each in page.all("option") if "selected" in each.attributes]
        for page in (one, other)
    ]
    assert selected[0] == selected[1]


@pytest.mark.parametrize(
    ("path", "named", "offered"),
    [
        ("/audit?rule=nope", "rule", "one of"),
        ("/audit?year=19000", "year", "one of"),
        ("/audit?unit=nope", "unit", "one of"),
        ("/audit?severity=nope", "severity", "violation"),
        ("/audit?year=2026&year=2026", "year", "more than once"),
        ("/search?q=a&year=abc", "year", "one of"),
        ("/search?q=a&region=%E6%B3%BD%E5%B7%9E", "region", "140525"),
        ("/search?q=a&unit=nope", "unit", "one of"),
        ("/search?q=a&kind=nope", "kind", "organisation"),
        ("/api/search?q=a&region=9999999", "region", "one of"),
        ("/units?region=9", "region", "one of"),
        ("/units?region=%E6%B3%BD%E5%B7%9E", "region", "140525"),
        ("/units?year=190", "year", "one of"),
        ("/units?year=2026&year=2026", "year", "more than once"),
        ("/projects?page=1&page=1", "page", "more than once"),
        ("/legal?status=nope", "status", "exact"),
        ("/legal?number=a&number=b", "number", "more than once"),
        ("/legal?number=", "''", "document number"),
        ("/compare?measure=nope", "measure", "one of"),
        ("/compare?text=a&year=abc", "year", "one of"),
        ("/compare?text=a&region=zz", "region", "one of"),
        ("/query/figures?format=nope", "format", "sheet"),
        ("/query/figures?source=a&source=b", "source", "more than once"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(client: FlaskClient, path: str, named: str, offered: str) -> None:
    page = client.get(f"{path}&lang=en", headers={} if path.startswith("/api/") else BROWSER)
    assert page.status_code == 400
    assert "parameter-invalid" in page.text
    said = unescape(page.text)
    assert named in said
    assert offered in said


@pytest.mark.parametrize(
    "path", ["/units?region=14", "/units?region=140525", "/audit?rule=unit-slip", "/legal?status=exact"]
)
def test_what_can_be_is_answered(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers=BROWSER).status_code == 200


def test_a_unit_in_which_nothing_was_found_may_be_asked_for(client: FlaskClient, counting: Counting) -> None:
    nobody = first(counting, "?x a org:Organization FILTER NOT EXISTS { ?any dct:publisher ?x }")
    unit = f"https://data.example.org/budget{nobody}"
    page = client.get("/audit", headers=BROWSER, query_string={"unit": unit})
    assert page.status_code == 200


def test_a_mark_is_in_the_text(client: FlaskClient, counting: Counting) -> None:
    text = first(counting, "?x a def:Rendition")
    assert client.get(f"{text}?at=0-2,4-6", headers=BROWSER).status_code == 200
    for wrong in ("zzz", "5-2", "0-2,x", "99999998-99999999"):
        page = client.get(f"{text}?at={wrong}&lang=zh", headers=BROWSER)
        assert page.status_code == 400
        assert "参数 at 应为原文中字符的位置" in page.text


def test_a_part_past_the_last_is_not_found(client: FlaskClient, counting: Counting) -> None:
    for path in (first(counting, "?x a def:Document"), first(counting, "?x a def:Rendition")):
        page = client.get(f"{path}?part=9999&lang=en", headers=BROWSER)
        assert page.status_code == 404
        assert re.search(r"the last part is \d+", page.text)


def test_a_number_that_is_not_cited_leads_to_the_nearest(client: FlaskClient, counting: Counting) -> None:
    known = counting.store.query(
        f"{PREFIXES} SELECT ?n {{ ?x a def:LegalDocument ; def:documentNumber ?n FILTER REGEX(?n, '〔20..〕') }} "
        "ORDER BY ?n LIMIT 1"
    )
    assert isinstance(known, QuerySolutions)
    number = str(next(iter(known))[0].value)
    other = re.sub(r"\d+号", "98765号", number)
    page = client.get("/legal", headers=BROWSER, query_string={"number": other, "lang": "zh"})
    assert page.status_code == 404
    assert "这一版数据的文件没有引用" in page.text
    nearest = re.search(r'<li><a href="(/legal\?number=[^"]+)">', page.text)
    assert nearest
    assert client.get(unescape(nearest[1]), headers=BROWSER).status_code in (300, 303)


def test_a_title_in_the_field_for_numbers_leads_to_the_search(client: FlaskClient) -> None:
    page = client.get("/legal", headers=BROWSER, query_string={"number": "中华人民共和国工会法", "lang": "zh"})
    assert page.status_code == 400
    way = re.search(r'<li>搜索：<a href="(/search\?[^"]+)">', page.text)
    assert way
    assert client.get(unescape(way[1]), headers=BROWSER).status_code == 200


def test_a_source_that_there_is_not_is_said_on_the_page_of_a_question(client: FlaskClient) -> None:
    page = client.get("/query/figures", headers=BROWSER, query_string={"source": "nope.txt", "lang": "zh"})
    assert page.status_code == 200
    assert "没有这个来源的文件" in page.text
    assert "<datalist" in page.text
    assert client.get("/api/figures?source=nope.txt").json == []


def test_questions_have_a_page(client: FlaskClient) -> None:
    moved = client.get("/query?lang=zh", headers=BROWSER)
    assert (moved.status_code, moved.location) == (303, "/api?lang=zh")
    assert "内容在另一个地址" in moved.text


def test_the_description_says_how_long_a_search_may_be(client: FlaskClient) -> None:
    described = client.get("/api/openapi.json").get_json()["paths"]["/api/search"]["get"]["parameters"]
    longest = next(each for each in described if each["name"] == "q")["schema"]["maxLength"]
    for length, status in ((longest, 200), (longest + 1, 400)):
        assert client.get("/api/search", query_string={"q": "x" * length}).status_code == status
