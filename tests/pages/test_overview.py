"""The first page: a search, what is there in plain words, whose money is added up, the audit, what is left out."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import QuerySolutions, Store

from server.app import Config, create_app
from server.catalogue import question
from server.evaluate import evaluate, named_query
from server.overview import COUNTED, MOST_UNITS
from server.release import Release, open_release
from tests.lod.conftest import BASE, Counting
from tests.pages.reading import Reading
from tests.server.conftest import InProcess

DEF = "https://w3id.org/yusuan/def#"
_CLASSES = {"documents": "Document", "tables": "Table", "figures": "Observation", "projects": "Project"}


def rows_of(store: Store, name: str) -> list[dict[str, str]]:
    """Return the answer to a question."""
    content = evaluate(store, named_query(question(name), {}, "csv")).decode("utf-8")
    return list(csv.DictReader(io.StringIO(content)))


def test_a_search_comes_first(client: FlaskClient) -> None:
    page = Reading(client.get("/?lang=zh").text)
    forms = [each for each in page.elements if each.tag == "form"]
    assert (forms[0].attributes["role"], forms[0].attributes["action"]) == ("search", "/search")
    assert page.text.index("搜索") < page.text.index("收录了什么")
    assert client.get("/search?q=%E5%B7%A5%E4%BC%9A&lang=zh").status_code == 200


@pytest.mark.parametrize("kind", sorted(_CLASSES))
def test_what_is_there_is_counted(client: FlaskClient, counting: Counting, kind: str) -> None:
    query = f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x a <{DEF}{_CLASSES[kind]}> }}"
    found = counting.store.query(query)
    assert isinstance(found, QuerySolutions)
    number = next(iter(found))[0].value
    assert int(number) > 0
    assert f"{int(number):,} " in Reading(client.get("/?lang=en").text).text
    assert kind in COUNTED


def test_every_unit_is_listed_with_its_years(client: FlaskClient, counting: Counting) -> None:
    page = Reading(client.get("/?lang=zh").text)
    links = {each.attributes["href"]: each.text for each in page.all("a")}
    documents = rows_of(counting.store, "documents")
    assert len(documents) == 5
    for document in documents:
        path = document["disclosure"].replace(BASE, "/")
        assert links[path] == {"budget": "预算", "accounts": "决算"}[document["kind"]]
        assert document["fiscal_year"] in [each.text for each in page.all("th", scope="col")]
    units = [each for each in links if each.startswith("/organisation/")]
    assert len(units) == len({each["disclosure"].split("/")[-3] for each in documents}) == 5
    assert page.text.count("草案") >= 2


def test_documents_of_nobody_known_are_counted_and_told_apart(nameless: FlaskClient) -> None:
    page = Reading(nameless.get("/?lang=zh").text)
    assert "共收录 2 份公开文件" in page.text
    assert "年度不明：2 份" in page.text
    listed = [each.attributes["href"] for each in page.all("a") if "/disclosure/" in each.attributes.get("href", "")]
    assert len(set(listed)) == len(listed) == 2
    assert page.text.count("one.txt") == page.text.count("two.txt") == 1


def test_money_is_that_of_the_facts(client: FlaskClient, counting: Counting) -> None:
    page = Reading(client.get("/?lang=zh").text)
    (chosen,) = [each for each in page.all("option") if "selected" in each.attributes]
    funds, carried, phase, level = chosen.attributes["value"].split(".")
    wanted: dict[tuple[str, str], Decimal] = {}
    units: dict[str, set[str]] = {}
    for row in rows_of(counting.store, "expenditure-by-function"):
        if (row["fund_scope"], row["carry_over"], row["phase"], row["level"]) == (funds, carried, phase, level):
            key = (row["code"][:3], row["fiscal_year"])
            wanted[key] = wanted.get(key, Decimal(0)) + Decimal(row["amount_yuan"] or 0)
            units.setdefault(row["fiscal_year"], set()).add(row["unit"])
    assert len(wanted) >= 6
    for (code, year), amount in wanted.items():
        assert f"{amount.normalize():,f}" in page.text, (code, year)
    for year, names in units.items():
        total = sum((amount for (_, of), amount in wanted.items() if of == year), Decimal(0))
        assert f"{total.normalize():,f}" in page.text
        line = next(each.text for each in page.all("li") if each.text.startswith(f"{year} 年"))
        assert all(name in line for name in names)
    assert max(len(each) for each in units.values()) > 1
    assert "合计（未合并）" in page.text and "未经合并" in page.text


def test_a_sum_of_one_unit_is_not_called_unconsolidated(client: FlaskClient) -> None:
    keys = [each.attributes["value"] for each in Reading(client.get("/").text).all("option")]
    assert len(keys) >= 3
    told = {key: "未合并" in client.get(f"/?scope={key}&lang=zh").text for key in keys}
    assert set(told.values()) == {True, False}


def test_a_scope_that_is_not_there_is_refused(client: FlaskClient) -> None:
    response = client.get("/?scope=all.none.approved.unit", headers={"Accept": "application/json, text/html;q=0.1"})
    assert (response.status_code, response.get_json()["error"]) == (400, "parameter-invalid")


def test_tables_are_there_without_script(client: FlaskClient) -> None:
    page = Reading(client.get("/?lang=zh").text)
    charts = [each for each in page.all("table") if "data-chart" in each.attributes]
    assert charts
    assert all(re.search(r"\d", each.text) for each in charts)
    assert all("src" in each.attributes for each in page.all("script"))


def test_the_audit_is_counted_and_the_worst_comes_first(client: FlaskClient, counting: Counting) -> None:
    page = Reading(client.get("/?lang=zh").text)
    findings = {row["iri"]: row for row in rows_of(counting.store, "findings")}
    severities = [row["severity"] for row in findings.values()]
    links = {each.attributes["href"]: each.text for each in page.all("a")}
    for severity, words in (("violation", "矛盾"), ("warning", "疑点"), ("info", "提示")):
        assert links[f"/audit?severity={severity}&lang=zh"].split()[-2:] == [words, str(severities.count(severity))]
    first = next(iter(findings))
    assert first.replace(BASE, "/") in links
    assert "违规" not in page.text


def test_it_is_asked_once(client: FlaskClient, counting: Counting) -> None:
    client.get("/")
    assert 0 < len(counting.asked) <= 8
    before = len(counting.asked)
    client.get("/?lang=en")
    assert len(counting.asked) == before
    tag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304


def test_questions_are_links(client: FlaskClient) -> None:
    page = Reading(client.get("/?lang=en").text)
    names = {each.attributes["href"] for each in page.all("a") if each.attributes["href"].startswith("/query/")}
    assert "/query/policy-linkage?lang=en" in names
    assert len(names) >= 30


def test_three_readers_find_where_to_begin(client: FlaskClient) -> None:
    page = Reading(client.get("/?lang=zh").text)
    for words in ("审计与财政监督", "记者与研究者", "普通读者"):
        assert words in [each.text for each in page.all("h3")]
    for path in ("/audit?lang=zh", "/legal?lang=zh", "/help?lang=zh"):
        assert path in [each.attributes["href"] for each in page.all("a")]


def test_an_empty_release_has_a_first_page(tmp_path: Path) -> None:
    release = Release(tmp_path, "v1", BASE, (), (), {})
    page = create_app(Config(release, InProcess(Store()))).test_client().get("/?lang=zh")
    assert page.status_code == 200
    assert "本次发布没有收录文件" in page.text


def test_drafts_are_told_apart(built: Path, client: FlaskClient) -> None:
    assert "其中有草案" in client.get("/?lang=zh").text
    release = open_release(built, public=True)
    store = Store.read_only(str(release.store_path))
    public = create_app(Config(release, InProcess(store))).test_client().get("/?lang=zh").text
    assert "不在本站公布" in public
    assert "草案</span>" not in public
    assert "泽州" not in public


def test_there_is_a_bound_on_units() -> None:
    assert MOST_UNITS <= 100


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_explains_numbers_findings_and_citing(client: FlaskClient, language: str) -> None:
    page = Reading(client.get(f"/help?lang={language}").text)
    ids = {each.attributes.get("id") for each in page.all("h2")}
    assert {"number", "scope", "findings", "cite", "privacy"} <= ids
    contents = {each.attributes["href"] for each in page.all("a")}
    assert {f"#{each}" for each in ids if each} <= contents
    assert "366,950" in page.text
    assert "违规" not in page.text
