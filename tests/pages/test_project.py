"""The page of a project: its years side by side, as printed and in yuan, its bases, indicators and findings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, Store

from server.app import Config, create_app
from server.release import open_release
from server.view_project import by_year, targets
from tests.lod.conftest import BASE, Counting
from tests.pages.visit import named, page

DEF, XSD = "https://w3id.org/yusuan/def#", "http://www.w3.org/2001/XMLSchema#"


def project(client: FlaskClient, counting: Counting, name: str) -> str:
    """Return the page of the project with a name."""
    return page(client, named(counting, "def:Project", name))


def test_amounts_are_as_printed_and_in_yuan(client: FlaskClient, counting: Counting) -> None:
    body = project(client, counting, "工会经费")
    assert "36.70万元" in body
    assert "366992元" in body
    assert "366,992 元" in body
    assert "367,000 元" in body
    assert "2026 送审稿" in body
    assert "实施期资金总额" in body


def test_bases_and_findings_are_named(client: FlaskClient, counting: Counting) -> None:
    body = project(client, counting, "工会经费")
    for number in ("晋工发〔2006〕54号", "总工发〔2003〕26号", "泽办发〔2005〕7号"):
        assert number in body
    assert "作为依据" in body
    assert "不能把各文件名下的金额相加" in body
    assert "违规" not in body


def test_money_that_is_sent_is_told_apart(client: FlaskClient, counting: Counting) -> None:
    name = "冀财行[2022]99号关于提前下达2023年困难职工及劳模帮扶救助专项资金的通知"
    body = project(client, counting, name)
    assert "资金由其下达" in body
    assert "未找到原文" in body


def test_an_indicator_of_both_halves_is_one_line(client: FlaskClient, counting: Counting) -> None:
    body = project(client, counting, "两节送温暖经费")
    assert body.count("慰问职工数</bdi>") == 1
    assert "≥ <bdi>500人" in body


def test_what_is_not_stated_is_said_to_be_so(client: FlaskClient, counting: Counting) -> None:
    body = project(client, counting, "春节送温暖")
    assert "没有读到这个项目的法规或政策依据" in body
    assert "没有读到这个项目的绩效指标" in body
    assert "16,000 元" in body


def test_it_takes_few_queries_and_speaks_english(client: FlaskClient, counting: Counting) -> None:
    path = named(counting, "def:Project", "工会经费")
    counting.asked.clear()
    body = page(client, path, lang="en")
    assert len(counting.asked) <= 8
    assert "Money by year" in body
    assert "budget of a project" in body


@pytest.mark.parametrize(
    ("lang", "reason"), [("zh", "名称最多只差年度，单位相同"), ("en", "names that differ in years")]
)
def test_years_are_those_of_the_line_that_joins_its_projects(built: Path, lang: str, reason: str) -> None:
    store, line = Store(), NamedNode(f"{BASE}project-line/0")
    store.extend(Store.read_only(str(open_release(built).store_path)))
    counting = Counting(store)
    own, other = (named(counting, "def:Project", name) for name in ("工会经费", "工会经费项目"))
    why = Literal("names that differ in years at most, and the same unit")
    store.extend(Quad(line, NamedNode(DEF + "joins"), NamedNode(BASE + each[1:])) for each in (own, other))
    store.add(Quad(line, NamedNode(DEF + "reason"), why))
    store.add(Quad(line, NamedNode(DEF + "confidence"), Literal("0.9", datatype=NamedNode(XSD + "decimal"))))
    client = create_app(Config(open_release(built), counting)).test_client()
    body = page(client, own, lang=lang)
    assert re.search(f'<th scope="col"><a href="{other}"><bdi[^>]*>2023</bdi></a>', body)
    assert reason in body
    assert 'href="/project-line/0"' in body
    store.remove(Quad(line, NamedNode(DEF + "joins"), NamedNode(BASE + other[1:])))
    body = page(create_app(Config(open_release(built), counting)).test_client(), own, lang=lang)
    assert other not in body
    assert "project-line" not in body


def row(**told: str) -> dict[str, str]:
    """Return a row of `project-money`."""
    return dict.fromkeys(("printed", "printed_unit", "low", "high", "status", "fund_scope"), "") | told


def test_years_and_phases_stand_side_by_side_in_their_order() -> None:
    stated = (("2025", "finalAccounts"), ("2024", "finalAccounts"), ("2024", "approved"), ("2024", "executed"))
    rows = [
        row(fact=f"f{at}", year=year, phase=phase, measure="project-budget", amount=str(at))
        for at, (year, phase) in enumerate(stated)
    ]
    grid = by_year(rows)
    assert [(key[0], key[2]) for key in grid.columns] == [
        ("2024", "approved"),
        ("2024", "executed"),
        ("2024", "finalAccounts"),
        ("2025", "finalAccounts"),
    ]
    assert [cell[0].yuan for cell in grid.lines[0].cells] == ["2", "3", "1", "0"]


def test_measures_and_funds_are_not_mixed() -> None:
    common = {"year": "2024", "phase": "approved", "amount": "1"}
    rows = [
        row(**common, fact="a", measure="period-funds", fund_scope="all"),
        row(**common, fact="b", measure="project-budget", fund_scope="general-public"),
        row(**common, fact="c", measure="project-budget", fund_scope="all", printed="1", printed_unit="元"),
        row(**common, fact="c", measure="project-budget", fund_scope="all", printed="0.0001", printed_unit="万元"),
    ]
    grid = by_year(rows)
    assert [line.key for line in grid.lines] == [
        ("project-budget", "all"),
        ("project-budget", "general-public"),
        ("period-funds", "all"),
    ]
    assert grid.lines[0].cells[0][0].printed == (("1", "元"), ("0.0001", "万元"))


@pytest.mark.parametrize(("second", "lines"), [({"scope": "annual"}, 1), ({"value": "6"}, 2), ({"unit": "户"}, 2)])
def test_halves_that_differ_stay_two(second: dict[str, str], lines: int) -> None:
    names = ("source", "level2", "level3", "description", "operator", "value", "unit", "actual", "scope", "indicator")
    first = dict(zip(names, ("s", "a", "b", "", "=", "5", "人", "", "period", "i"), strict=True))
    assert len(targets([first, first | {"indicator": "j"} | second])) == lines
