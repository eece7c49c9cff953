"""Comparing a matter between units and years: what is of one unit stands together, and nothing else does."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.compare import LONGEST, alike, fact_groups, in_yuan, scaled
from tests.pages.hostile import WORDS, assert_harmless
from tests.pages.visit import BROWSER, page


def test_a_matter_is_found_in_indicators_and_in_text(client: FlaskClient) -> None:
    body = page(client, "/compare", text="送温暖")
    assert "山西省总工会吕梁办事处" in body
    assert "计量单位：元" in body
    assert "发放标准" in body
    assert "计量单位：人" in body
    assert "违规" not in body


def test_several_matters_are_drawn_only_when_picked(client: FlaskClient) -> None:
    body = page(client, "/compare", text="送温暖")
    assert "因此不画图" in body or 'data-chart="bar"' not in body
    keys = re.findall(r'name="pick" value="([0-9a-f]{10})"', body)
    assert len(keys) == len(set(keys)) > 2
    chosen = page(client, "/compare", text="送温暖", pick=keys[:2])
    assert re.findall(r'name="pick" value="([0-9a-f]{10})"[^>]* checked', chosen) == keys[:2]
    assert keys[2] not in chosen


def test_a_measure_is_compared_by_what_it_covers(client: FlaskClient) -> None:
    body = page(client, "/compare", measure="expenditure")
    assert "一般公共预算" in body
    assert "泽州县总工会" in body
    assert "不要相加" in body


def test_a_measure_heads_its_page(client: FlaskClient) -> None:
    page = client.get("/compare?measure=three-public&lang=zh").text
    assert "<title>“三公”经费 – " in page
    assert "“三公”经费</bdi></h1>" in page
    assert "层级：" in page


def test_without_words_it_offers_some(client: FlaskClient) -> None:
    body = page(client, "/compare")
    assert "/compare?measure=" in body
    assert "没有可以比较的数" in page(client, "/compare", text="没有这样的字")


def test_it_is_narrowed_down(client: FlaskClient) -> None:
    body = page(client, "/compare", text="工会", region="140525")
    rows = "".join(re.findall("<tbody>.*?</tbody>", body, re.DOTALL))
    assert "平乡县总工会" not in rows
    assert "没有可以比较的数" in page(client, "/compare", text="没有人写过的事", region="140525")
    assert "没有可以比较的数" in page(client, "/compare", text="送温暖", year="1999")
    assert client.get("/compare?text=%E5%B7%A5%E4%BC%9A&year=199", headers=BROWSER).status_code == 400


@pytest.mark.parametrize("asked", [{"text": "长" * (LONGEST + 1)}, {"pick": "<script>"}, {"pick": ["0" * 10] * 41}])
def test_what_cannot_be_asked_is_refused(client: FlaskClient, asked: dict[str, str | list[str]]) -> None:
    assert client.get("/compare", headers=BROWSER, query_string={"text": "x", **asked}).status_code == 400


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS.filter(lambda words: 0 < len(words.strip()) <= LONGEST))
def test_hostile_words_are_words(client: FlaskClient, words: str) -> None:
    assert_harmless(client.get("/compare", headers=BROWSER, query_string={"text": words}).text, words)


def row(**told: str) -> dict[str, str]:
    """Return a row of `compared-numbers`."""
    names = "entity year matter project operator printed unit kind thing number scope source clause"
    return dict.fromkeys(names.split(), "") | {"kind": "indicator", "number": "1"} | told


def test_only_one_unit_stands_together() -> None:
    rows = [
        row(thing="a", unit="元", number="500", printed="500"),
        row(thing="b", unit="万元", number="0.05", printed="0.05"),
        row(thing="c", unit="元/户", number="1000", printed="1000"),
        row(thing="d", unit="户", number="60", printed="60"),
    ]
    groups = {each.unit: [value.amount for value in each.values] for each in alike(rows)}
    assert groups == {"元": ["500", "500"], "元/户": ["1000"], "户": ["60"]}
    keys = [value.key for each in alike(rows) for value in each.values]
    (money, count) = alike(rows, keys)
    assert (money.unit, money.drawn, len(money.values)) == ("", True, 3)
    assert count.unit == "户"


def test_several_matters_are_beside_each_other_only() -> None:
    rows = [row(thing="a", unit="%", matter="甲", entity="u"), row(thing="b", unit="%", matter="乙", entity="v")]
    assert [each.drawn for each in alike(rows)] == [False]
    assert [each.drawn for each in alike([each | {"matter": "甲"} for each in rows])] == [True]


def test_both_halves_of_a_form_are_one_value() -> None:
    rows = [row(thing="a", unit="人", scope="period"), row(thing="b", unit="人", scope="annual")]
    (group,) = alike(rows)
    assert [value.scopes for value in group.values] == [("period", "annual")]
    assert len(alike([rows[0], rows[1] | {"number": "2", "printed": "2"}])[0].values) == 2
    statements = [each | {"kind": "statement"} for each in rows]
    assert len(alike(statements)[0].values) == 2


def fact(**told: str) -> dict[str, str]:
    """Return a row of `compared-facts`."""
    names = "phase fund_scope carry_over level entity year fact low high"
    return dict.fromkeys(names.split(), "") | {"amount": "1", "status": "single"} | told


def test_amounts_that_cover_different_money_are_apart() -> None:
    assert [len(each.rows) for each in fact_groups([fact(level="unit"), fact(level="consolidated")])] == [1, 1]


def test_an_amount_that_two_versions_state_is_compared_once() -> None:
    rows = [fact(fact="first"), fact(fact="corrected"), fact(fact="rounded", high="2"), fact(entity="another")]
    (group,) = fact_groups(rows)
    assert [row["fact"] for row in group.rows] == ["first", "rounded", ""]
    conflicts = [fact(fact=each, amount="", status="conflicting") for each in "ab"]
    assert [len(each.rows) for each in fact_groups(conflicts)] == [2]


@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**9))
def test_conversion_is_exact(number: object) -> None:
    assert Decimal(scaled(str(number), 10_000)) == Decimal(str(number)) * 10_000
    assert in_yuan("万元")[1] * 100 == in_yuan("百万元")[1]
