"""The audit: lists that are narrowed down and counted truly, files with the same, and pages that show both sides."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from server.addresses import href
from server.app import Config, create_app
from server.problems import SEVERITIES, Place, Wanted, difference, sum_of
from server.release import open_release
from tests.lod.conftest import BASE, Counting
from tests.pages.reading import Reading
from tests.pages.test_overview import rows_of
from tests.queries.test_findings import FINDINGS
from tests.server.conftest import InProcess
from tests.server.sample_release import build_sample, sample_store

SIZE = 5
"""Findings of a page in these tests: the sample has too few for several of the real size."""
BROWSER = {"Accept": "text/html"}
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FINDING = re.compile(r"/document/[0-9a-f]{64}/finding/")


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the pages of lists short."""
    monkeypatch.setattr("server.view_audit.SIZE", SIZE)


@pytest.fixture
def findings(counting: Counting) -> list[dict[str, str]]:
    """Return the findings as the question tells them, once each."""
    return list({row["iri"]: row for row in rows_of(counting.store, "findings")}.values())


@pytest.fixture
def reviewed(tmp_path: Path) -> FlaskClient:
    """Return a client of the small sample, of whose findings one is explained and one follows from another."""
    store = sample_store()
    store.load(files("ontology").joinpath("audit.ttl").read_bytes(), format=RdfFormat.TURTLE)
    store.load(path=FINDINGS, format=RdfFormat.TURTLE)
    release = open_release(build_sample(tmp_path))
    return create_app(Config(release, InProcess(store))).test_client()


def listed(client: FlaskClient, stated: Mapping[str, str]) -> tuple[int, list[str]]:
    """Return the total that a list tells, and the paths of the findings on all its pages."""
    found: list[str] = []
    page = 1
    while True:
        response = client.get(f"/audit?{urlencode({**stated, 'page': page, 'lang': 'zh'})}", headers=BROWSER)
        assert response.status_code == 200
        read = Reading(response.text)
        here = [
            link.attributes["href"]
            for link in read.all("a")
            if _FINDING.match(link.attributes["href"]) and "/span/" not in link.attributes["href"]
        ]
        found += here
        total = re.search(r"共 ([\d,]+) 项发现", read.text)
        assert total
        assert len(here) <= SIZE
        if not read.all("a", rel="next"):
            return int(total[1].replace(",", "")), found
        page += 1


def path_of(iri: str) -> str:
    """Return the path of a thing of the sample."""
    path = href(iri, BASE, "")
    assert path
    return path


# --- the list ---


def test_all_findings_are_listed_once_worst_first(client: FlaskClient, findings: list[dict[str, str]]) -> None:
    total, paths = listed(client, {})
    assert total == len(findings) == len(paths) > SIZE
    assert paths == [path_of(row["iri"]) for row in findings]


@pytest.mark.parametrize("severity", SEVERITIES)
def test_a_list_is_narrowed_down_by_severity(
    client: FlaskClient, findings: list[dict[str, str]], severity: str
) -> None:
    wanted = [path_of(row["iri"]) for row in findings if row["severity"] == severity]
    assert listed(client, {"severity": severity}) == (len(wanted), wanted)
    assert wanted


def test_a_list_is_narrowed_down_by_rule(client: FlaskClient, findings: list[dict[str, str]]) -> None:
    rules = {row["rule"] for row in findings}
    assert len(rules) >= 10
    for rule in sorted(rules)[:6]:
        wanted = [path_of(row["iri"]) for row in findings if row["rule"] == rule]
        assert listed(client, {"rule": rule}) == (len(wanted), wanted)


def test_a_list_is_narrowed_down_by_concern(
    client: FlaskClient, counting: Counting, findings: list[dict[str, str]]
) -> None:
    concern_of = {row["rule"]: row["concern"] for row in rows_of(counting.store, "rules")}
    concerns = {row["concern"] for row in findings}
    assert len(concerns) >= 4
    for concern in concerns:
        wanted = [path_of(row["iri"]) for row in findings if concern_of[row["rule"]] == concern]
        assert listed(client, {"concern": concern}) == (len(wanted), wanted)
    page = Reading(client.get("/audit?severity=warning&lang=zh").text)
    offered = {each.attributes["value"]: each.text for each in page.all("option")}
    for concern in {row["concern"] for row in findings if row["severity"] == "warning"}:
        number = sum(row["severity"] == "warning" and row["concern"] == concern for row in findings)
        assert offered[concern].endswith(f"({number})") and not offered[concern].isascii()


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ({"severity": "矛盾"}, {"severity": "violation"}),
        ({"severity": "Contradiction"}, {"severity": "violation"}),
        ({"concern": "表内勾稽"}, {"concern": "in-table"}),
        ({"rule": "名称仅差一字"}, {"rule": "near-names"}),
        ({"status": "未处理"}, {"status": "open"}),
    ],
)
def test_a_filter_takes_what_readers_see(client: FlaskClient, read: dict[str, str], meant: dict[str, str]) -> None:
    assert listed(client, read) == listed(client, meant)


def test_a_list_is_narrowed_down_by_unit_and_year(
    client: FlaskClient, counting: Counting, findings: list[dict[str, str]]
) -> None:
    page = Reading(client.get("/audit").text)
    units = [each.attributes["value"] for each in page.all("option") if "organisation" in each.attributes["value"]]
    documents = {row["source"]: row for row in rows_of(counting.store, "documents")}
    assert len(units) == 5
    for unit in units:
        entity = "/".join(unit.split("/")[-2:])
        of_unit = [row for row in findings if entity in documents[row["source"]]["disclosure"]]
        assert listed(client, {"unit": unit}) == (len(of_unit), [path_of(row["iri"]) for row in of_unit])
        of_both = [row for row in of_unit if documents[row["source"]]["fiscal_year"] == "2024"]
        assert listed(client, {"unit": unit, "year": "2024"})[0] == len(of_both)
    of_year = [row for row in findings if documents[row["source"]]["fiscal_year"] == "2026"]
    assert listed(client, {"year": "2026"})[0] == len(of_year) > 0


def test_filters_say_how_many_there_are(client: FlaskClient, findings: list[dict[str, str]]) -> None:
    page = Reading(client.get("/audit?severity=warning&lang=zh").text)
    rules = {row["rule"]: 0 for row in findings if row["severity"] == "warning"}
    for row in findings:
        if row["severity"] == "warning":
            rules[row["rule"]] += 1
    offered = {each.attributes["value"]: each.text for each in page.all("option")}
    for rule, number in rules.items():
        assert offered[rule].endswith(f"({number})")
    assert {row["rule"] for row in findings} - set(rules), "a rule without warnings is not offered"
    assert not ({row["rule"] for row in findings} - set(rules)) & set(offered)


def test_each_finding_has_its_quotation_its_place_and_its_number(client: FlaskClient) -> None:
    page = Reading(client.get("/audit?lang=zh").text)
    for item in [each for each in page.all("li") if "规则：" in each.text]:
        assert re.search(r"第 \d+ 行", item.text)
    assert len(page.all("p", class_="quotation")) == SIZE
    assert len([each for each in page.all("a", class_="evidence") if "/span/" in each.attributes["href"]]) == SIZE
    assert len([each for each in page.all("a") if each.text in ("看这个数", "看这一处")]) == SIZE


def test_nothing_found_says_what_to_do(client: FlaskClient) -> None:
    page = client.get("/audit?severity=info&rule=row-sum&lang=zh").text
    assert "没有符合筛选条件的发现" in page
    assert "不表示文件没有问题" in page


def test_the_list_of_a_rule_explains_it(client: FlaskClient) -> None:
    page = Reading(client.get("/audit?rule=project-sum&lang=zh").text)
    assert "已知会误报的情形" in page.text
    assert "怎么办" in page.text
    assert "/rule/project-sum" in [each.attributes["href"] for each in page.all("a")]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("colour=red", 400, "parameter-invalid"),
        ("severity=error", 400, "parameter-invalid"),
        ("status=closed", 400, "parameter-invalid"),
        ("year=2024%22", 400, "parameter-invalid"),
        ("unit=none", 400, "parameter-invalid"),
        ("unit=javascript:alert(1)", 400, "parameter-invalid"),
        ("rule=%3Cb%3E", 400, "parameter-invalid"),
        ("page=0", 400, "parameter-invalid"),
        ("page=x", 400, "parameter-invalid"),
        ("severity=info&severity=info", 400, "parameter-invalid"),
        ("page=99", 404, "page-unknown"),
    ],
)
def test_what_cannot_be_wanted_is_said(client: FlaskClient, query: str, status: int, code: str) -> None:
    response = client.get(f"/audit?{query}", headers={"Accept": "application/json, text/html;q=0.1"})
    assert (response.status_code, response.get_json()["error"]) == (status, code)


def test_a_list_asks_little(client: FlaskClient, counting: Counting) -> None:
    client.get("/audit?year=2024")
    first = len(counting.asked)
    assert first <= 6
    client.get("/audit?year=2024&page=2")
    assert len(counting.asked) - first <= 2


# --- what became of a finding ---


def test_a_status_narrows_down(reviewed: FlaskClient) -> None:
    page = Reading(reviewed.get("/audit?status=explained&lang=en").text)
    assert "1 findings" in page.text
    assert "names differ by a character" in page.text
    assert len([each for each in page.all("li") if "Rule:" in each.text]) == 1
    assert "2 findings" in Reading(reviewed.get("/audit?status=open&lang=en").text).text


def test_a_reply_is_shown_with_its_finding(reviewed: FlaskClient) -> None:
    path = f"/document/{'a' * 64}/finding/near-names/00000000000000a3"
    page = Reading(reviewed.get(f"{path}?lang=zh", headers=BROWSER).text)
    assert "两个项目" in page.text
    assert "已说明" in page.text or "解释" in page.text


def test_what_follows_leads_to_its_cause_and_back(reviewed: FlaskClient) -> None:
    document = f"/document/{'a' * 64}/finding"
    cause, follows = f"{document}/row-sum/00000000000000a1", f"{document}/income-expenditure-balance/00000000000000a2"
    page = Reading(reviewed.get(f"{follows}?lang=zh", headers=BROWSER).text)
    assert "此项由另一发现引起" in page.text
    assert cause in [each.attributes["href"] for each in page.all("a")]
    page = Reading(reviewed.get(f"{cause}?lang=zh", headers=BROWSER).text)
    assert follows in [each.attributes["href"] for each in page.all("a")]
    assert "1,870.30" in [each.text for each in page.all("mark", class_="focus")]


# --- the list as a file ---


def sheet(content: bytes) -> list[list[str]]:
    """Return the rows of the only sheet of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = [
            "".join(part.text or "" for part in item.iter(f"{_SHEET}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        rows = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{_SHEET}row")
        return [[_cell(cell, strings) for cell in row] for row in rows]


def _cell(cell: ElementTree.Element, strings: list[str]) -> str:
    value = cell.find(f"{_SHEET}v")
    assert value is None or cell.get("t") == "s", "every cell is text"
    return strings[int(value.text or "")] if value is not None else ""


@pytest.mark.parametrize("stated", [{}, {"severity": "violation"}, {"year": "2024", "severity": "warning"}])
def test_files_hold_what_the_list_holds(client: FlaskClient, stated: dict[str, str]) -> None:
    total, paths = listed(client, stated)
    query = urlencode({**stated, "lang": "zh"})
    response = client.get(f"/audit.xlsx?{query}")
    assert (response.mimetype or "").endswith("spreadsheetml.sheet")
    assert response.headers["Content-Disposition"].startswith("attachment")
    heading, *rows = sheet(response.data)
    content = client.get(f"/audit.csv?{query}")
    assert list(csv.reader(io.StringIO(content.text.removeprefix("\ufeff")))) == [heading, *rows]
    assert len(rows) == total
    assert [path_of(row[heading.index("永久地址")]) for row in rows] == paths
    assert all(row[heading.index("问题")] and row[heading.index("建议")] for row in rows)
    assert {row[heading.index("程度")] for row in rows} <= {"矛盾", "疑点", "提示"}


def test_a_file_is_in_the_language_of_the_page(client: FlaskClient) -> None:
    heading, *rows = sheet(client.get("/audit.xlsx?severity=violation&lang=en").data)
    assert heading[0] == "Severity"
    assert {row[0] for row in rows} == {"contradiction"}


def test_a_file_of_nothing_has_its_heading(client: FlaskClient) -> None:
    assert len(sheet(client.get("/audit.xlsx?status=dismissed").data)) == 1


# --- one finding ---


def every_finding(store: Store) -> list[str]:
    """Return the IRIs of all findings, those that follow from others too."""
    found = store.query("SELECT ?x WHERE { ?x a <https://w3id.org/yusuan/def#Finding> } ORDER BY ?x")
    assert isinstance(found, QuerySolutions)
    return [each[0].value for each in found if isinstance(each[0], NamedNode)]


def _pairs(store: Store) -> list[tuple[str, str]]:
    """Return each finding with each quotation that it rests on."""
    query = """PREFIX def: <https://w3id.org/yusuan/def#> PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT DISTINCT ?x ?quote WHERE { ?x a def:Finding ; prov:wasDerivedFrom/prov:wasDerivedFrom/def:quote ?quote }
        ORDER BY ?x ?quote"""
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return [(each["x"].value, each["quote"].value) for each in found]


def test_every_finding_has_a_page_with_the_very_characters(client: FlaskClient, counting: Counting) -> None:
    quotes: dict[str, list[str]] = {}
    for finding, quote in _pairs(counting.store):
        quotes.setdefault(finding, []).append(quote)
    iris = every_finding(counting.store)
    assert len(iris) > 20
    for iri in iris:
        before = len(counting.asked)
        response = client.get(f"{path_of(iri)}?lang=zh", headers=BROWSER)
        assert response.status_code == 200, iri
        page = Reading(response.text)
        assert len(counting.asked) - before <= 9, "description, view, rules"
        shown = "".join("".join(each.text.split()) for each in page.all("mark"))
        for quote in quotes[iri][:20]:
            assert "".join(quote.split()) in shown, iri
        assert "怎么办" in page.text and "已知会误报的情形" in page.text
        assert "违规" not in page.text


def place(role: str, amount: str, low: str, high: str) -> Place:
    """Return a place that prints an amount."""
    return Place("", "1", "", "", "", "", "元", amount, low, high, "", "", "", "", "", role, False, ())


def test_a_sum_is_worked_out() -> None:
    total = place("focus", "26210000", "26209950", "26210050")
    parts = [place("part", "180000", "179950", "180050"), place("part", "26212800", "26212795.5", "26212804.5")]
    found = sum_of([parts[0], total, parts[1]])
    assert found
    assert found[0] is total
    assert (found[1].amount, found[1].low, found[1].high) == (
        Decimal(26392800),
        Decimal("26392745.5"),
        Decimal("26392854.5"),
    )
    assert found[1].gap == Decimal("26392745.5") - 26210050
    assert sum_of([total, place("part", "26210010", "26210005", "26210015")])[1].gap == 0  # type: ignore[index]


def test_no_sum_is_made_up() -> None:
    total, part = place("focus", "1", "1", "1"), place("part", "1", "1", "1")
    assert sum_of([total]) is None
    assert sum_of([part]) is None
    assert sum_of([total, place("other", "1", "1", "1")]) is None
    assert sum_of([total, part, place("part", "", "", "")]) is None


def test_a_difference_is_exact() -> None:
    assert difference("2621.00万元", "2639.28万元") == ("-18.28", "万元")
    assert difference("8%", "80%") == ("-72", "%")
    assert difference("5个", "6") is None
    assert difference("", "0.16万元") is None
    assert difference("1e999999999元", "1元") is None


def test_what_was_found_is_checked_whatever_the_rule_begins_with(
    client: FlaskClient, findings: list[dict[str, str]]
) -> None:
    checked = 0
    for row in findings:
        number = re.match(r"\d+(\.\d+)?", row["found"])
        if not number:
            continue
        page = Reading(client.get(f"{path_of(row['iri'])}?lang=zh", headers=BROWSER).text)
        cells = [each.text for each in page.all("tr") if each.text.rstrip().endswith(("被查的一处", "说法一"))]
        if not any(number[0] in each for each in cells):
            continue
        checked += 1
        marks = page.all("mark", class_="focus") or page.all("mark")
        assert any(number[0] in each.text.replace(",", "") for each in marks)
    assert checked >= 4


def test_the_data_of_a_finding_are_still_there(client: FlaskClient, findings: list[dict[str, str]]) -> None:
    path = path_of(findings[0]["iri"])
    assert client.get(path, headers={"Accept": "text/turtle"}).mimetype == "text/turtle"
    assert "findingKey" in client.get(f"{path}.ttl").text
    assert 'rel="canonical"' in client.get(path, headers=BROWSER).text


# --- rules ---


def test_every_rule_says_where_it_errs(client: FlaskClient, counting: Counting) -> None:
    rules = rows_of(counting.store, "rules")
    assert len(rules) >= 90
    for row in rules:
        for name in ("why", "example", "false_alarm", "remedy"):
            for language in ("zh", "en"):
                assert len(row[f"{name}_{language}"]) > 3, (row["rule"], name)
                assert "违规" not in row[f"{name}_{language}"]


def test_a_rule_leads_to_its_findings(client: FlaskClient, findings: list[dict[str, str]]) -> None:
    rule = findings[0]["rule"]
    page = Reading(client.get(f"/rule/{rule}?lang=zh", headers=BROWSER).text)
    links = {each.attributes["href"]: each.text for each in page.all("a")}
    number = sum(row["rule"] == rule for row in findings)
    assert str(number) in links[f"/audit?rule={rule}&lang=zh"]
    assert "可能的误报" in page.text
    index = Reading(client.get("/rule?lang=zh", headers=BROWSER).text)
    assert f"/audit?rule={rule}&lang=zh" in [each.attributes["href"] for each in index.all("a")]


def test_nothing_wanted_is_everything() -> None:
    assert Wanted().stated == {}
    assert Wanted(year="2024").parameters == {"fiscal_year": "2024"}
