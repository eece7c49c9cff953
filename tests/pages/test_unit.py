"""The page of a unit: what it publishes, its money by year and function, its projects and staff; and the lists."""

from __future__ import annotations

from html import unescape

import pytest
from flask.testing import FlaskClient

from server.view_unit import by_function, by_year
from tests.lod.conftest import Counting
from tests.pages.visit import BROWSER, named, page

UNIT = "org:Organization"


def test_a_unit_has_its_disclosures_money_and_projects(client: FlaskClient, counting: Counting) -> None:
    body = page(client, named(counting, UNIT, "泽州县总工会"))
    assert "泽州县总工会2026年度部门预算" in body
    assert "审核稿" in body
    assert 'data-chart="bar"' in body
    assert "送温暖经费" in body
    assert "1,750,000 元" in body
    assert "违规" not in body


def test_it_takes_few_queries(client: FlaskClient, counting: Counting) -> None:
    path = named(counting, UNIT, "泽州县总工会")
    counting.asked.clear()
    assert client.get(path, headers=BROWSER).status_code == 200
    assert len(counting.asked) <= 8


def test_one_that_publishes_nothing_says_so(client: FlaskClient, counting: Counting) -> None:
    assert "没有收录由它公开的预决算" in page(client, named(counting, UNIT, "山西省财政厅"))


def row(**told: str) -> dict[str, str]:
    """Return a row of `unit-money` or `unit-functions`."""
    known = {"carry_over": "current", "level": "unit", "low": "", "high": "", "status": "single", "phase": "approved"}
    return known | told


def test_what_covers_different_money_is_another_line() -> None:
    common = {"measure": "expenditure", "year": "2024", "amount": "1"}
    rows = [
        row(**common, fact="a", fund_scope="general-public"),
        row(**common, fact="b", fund_scope="all"),
        row(**common, fact="c", fund_scope="all") | {"carry_over": "including"},
        row(**common, fact="d", fund_scope="all") | {"year": "2023"},
    ]
    grid = by_year(rows, ("expenditure",))
    assert [(line.key[1], line.key[2]) for line in grid.lines] == [
        ("all", "current"),
        ("all", "including"),
        ("general-public", "current"),
    ]
    assert [key[0] for key in grid.columns] == ["2023", "2024"]
    assert [bool(cell) for cell in grid.lines[0].cells] == [True, True]


def test_functions_of_different_funds_are_different_tables() -> None:
    common = {"year": "2024", "amount": "1", "label": ""}
    rows = [
        row(**common, fact="a", fund_scope="general-public", code="2010101"),
        row(**common, fact="b", fund_scope="general-public", code="2010102"),
        row(**common, fact="c", fund_scope="all", code="201"),
    ]
    made = by_function(rows)
    assert [(each.fund_scope, len(each.grid.lines)) for each in made] == [("all", 1), ("general-public", 2)]


@pytest.mark.parametrize("kind", ["units", "projects"])
def test_lists_are_narrowed_down(client: FlaskClient, kind: str) -> None:
    whole = unescape(client.get(f"/{kind}?lang=zh", headers=BROWSER).text)
    assert "泽州县总工会" in whole
    assert "平乡县总工会" in whole
    part = unescape(client.get(f"/{kind}?lang=zh&region=140000", headers=BROWSER).text)
    rows = part.partition("<tbody>")[2]
    assert "泽州县总工会" in rows
    assert "平乡县总工会" not in rows
    year = unescape(client.get(f"/{kind}?lang=zh&region=140500&year=2026", headers=BROWSER).text)
    assert "泽州县总工会" in year.partition("<tbody>")[2]
    none = client.get(f"/{kind}?lang=zh&region=140500&year=1999", headers=BROWSER)
    assert "没有符合的结果" in none.text
    assert client.get(f"/{kind}?lang=zh&region=140500&year=99", headers=BROWSER).status_code == 400


def test_lists_come_in_pages_and_refuse_what_is_no_choice(client: FlaskClient) -> None:
    assert client.get("/units?page=99", headers=BROWSER).status_code == 404
    for asked in ("page=0", "page=x", "region=ab", "region=1234567", "year=20xx"):
        assert client.get(f"/units?{asked}", headers=BROWSER).status_code == 400, asked
    tag = client.get("/projects", headers=BROWSER).headers["ETag"]
    assert client.get("/projects", headers={**BROWSER, "If-None-Match": tag}).status_code == 304


def test_an_amount_that_versions_state_by_keys_that_are_not_known_whole_is_listed_once() -> None:
    common = {"measure": "operating-cost", "year": "2024", "fund_scope": "unknown", "carry_over": "unknown"}
    interval = {"low": "23750", "high": "23850"}
    rows = [
        row(**common, **interval, fact="first", amount="23800"),
        row(**common, **interval, fact="corrected", amount="23800"),
        row(**common, fact="exact", amount="23800", low="23800", high="23800"),
        row(**common, **interval, fact="one", amount="", status="conflicting"),
        row(**common, **interval, fact="other", amount="", status="conflicting"),
    ]
    ((cell,),) = (line.cells for line in by_year(rows, ()).lines)
    assert [(each.fact, each.alike) for each in cell] == [
        ("first", ("corrected",)),
        ("exact", ()),
        ("one", ()),
        ("other", ()),
    ]
