"""The page of a legal document: how it is printed, what is in doubt, and the money on it, never summed over grounds."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings

from mapping import rivals
from server.pivot import Amount
from server.reasons import reason_in
from server.view_legal import Money, Resting, disputes, resting, sums, titles
from tests.lod.conftest import Counting
from tests.pages.hostile import PATHS, WORDS, assert_harmless, hostile_client
from tests.pages.visit import BROWSER, page

GROUND = "/legal/140000/664b5de553d1-2006-54"
SENDER = "/legal/130000/51808d22884c-2023-98"
UNKNOWN = "/legal/x-130532/t-68c25a6e12e69c71"
CARRIER = "/legal/cn/8d225efa-2006-468"


def test_a_ground_has_its_projects_and_no_sum(client: FlaskClient) -> None:
    body = page(client, GROUND)
    assert "晋工发〔2006〕54号</bdi></h1>" in body
    for printed in ("晋工发【2006】54号", "划拨的通知》（晋工发〔2006〕54号）"):
        assert printed in body
    assert body.index("标题异写") < body.index("印出的写法")
    assert "以本文件为依据的项目" in body
    assert "由本文件下达的资金" not in body
    assert "不合计" in body
    assert "上解2025年上级工会经费" in body
    assert "1,367,000" not in body
    assert '<ul class="tree">' in body
    assert 'class="justified"' in body


def test_a_document_that_sends_money_is_a_flow_of_its_own(client: FlaskClient) -> None:
    body = page(client, SENDER)
    assert "由本文件下达的资金" in body
    assert "以本文件为依据的项目" not in body
    assert 'class="funded"' in body
    assert "45.82万元" in body
    assert "458,200 元" in body


def test_what_is_not_identified_says_so_in_words(client: FlaskClient) -> None:
    body = page(client, UNKNOWN)
    assert "未找到原文" in body
    assert '<h1 class="unresolved">' in body
    assert "违规" not in body
    assert "original not found" in page(client, UNKNOWN, lang="en")


def test_reasons_are_told_in_the_language_of_the_page(client: FlaskClient) -> None:
    assert "题名几乎相同、包含同一文件" in page(client, GROUND)
    assert "titles that are nearly the same" in page(client, GROUND, lang="en")
    assert reason_in("丙发 is no known agency code; 甲发 differs by one character", "zh")[1] == "zh-Hans"
    assert reason_in("somewhat odd", "zh") == ("somewhat odd", "en")
    for title in (rivals._SAME, rivals._NEARLY):
        for reason in (rivals._MISPRINT, rivals._REISSUED, rivals._UNKNOWN, rivals._TITLES, rivals._VARIANTS):
            assert reason_in(reason.format(title=title), "zh")[1] == "zh-Hans", reason


def test_a_proposal_is_no_more_than_that(built: Path) -> None:
    body = page(hostile_client(built, "甲发〔2020〕1号"), f"/{PATHS['legal']}")
    assert "疑似误录" in body
    assert "可能应为" in body
    assert "数据没有据此改动" in body


def test_what_it_carries_has_its_place(client: FlaskClient) -> None:
    body = page(client, CARRIER)
    assert "本文件印发" in body
    assert "困难职工物质中心专项资金管理办法" in body
    assert "本文件由下列文件印发" in page(client, "/legal/cn/t-efc520d8aaf607e9")


def test_it_takes_few_queries(client: FlaskClient, counting: Counting) -> None:
    page(client, GROUND)
    assert len(counting.asked) <= 8  # six of the page, two of what every thing has


def test_places_come_in_pages(client: FlaskClient) -> None:
    assert client.get(GROUND, headers=BROWSER, query_string={"part": "2"}).status_code == 404
    for wrong in ("0", "x", "-1", "１"):
        assert client.get(GROUND, headers=BROWSER, query_string={"part": wrong}).status_code == 400


def test_the_list_is_narrowed_down(client: FlaskClient) -> None:
    assert "困难职工帮扶救助实施方案" in page(client, "/legal")
    assert "困难职工帮扶救助实施方案" in page(client, "/legal", status="unresolved")
    assert "晋工发" not in page(client, "/legal", status="unresolved")
    assert "晋工发" in page(client, "/legal", region="140000", year="2006")
    assert "没有符合的结果" in page(client, "/legal", region="140000", status="unresolved", year="2006")
    assert "没有符合的结果" in page(client, "/legal", region="990000")
    assert client.get("/legal?region=9900000", headers=BROWSER).status_code == 400
    assert client.get("/legal?region=x", headers=BROWSER).status_code == 400


def row(**told: str) -> dict[str, str]:
    """Return a row of `legal-money`."""
    names = (
        "project name unit unit_name stated_unit bases own fact year phase measure fund_scope amount low high status"
    )
    return dict.fromkeys([*names.split(), "printed", "printed_unit"], "") | told


def test_all_funds_hold_the_others() -> None:
    common = {"project": "p", "unit": "u", "year": "2024", "phase": "approved", "measure": "project-budget"}
    rows = [row(**common, fact=each, fund_scope=each, amount="1") for each in ("all", "general-public")]
    assert [each.fund_scope for each in resting(rows)[0].money] == ["all"]
    assert [each.fund_scope for each in resting(rows[1:])[0].money] == ["general-public"]


def money(yuan: str, year: str = "2024", scope: str = "all") -> Money:
    """Return an amount of a project."""
    return Money(year, "approved", "project-budget", scope, Amount("f", (), yuan, yuan, yuan, "single"))


def project(unit: str, *amounts: Money) -> Resting:
    """Return a project of a unit."""
    return Resting("p", "p", unit, unit, 1, (), amounts, {})


def test_only_one_unit_and_year_is_added_up() -> None:
    both = [project("u", money("0.1")), project("u", money("0.2"))]
    assert [(each.yuan, each.projects) for each in sums(both)] == [("0.3", 2)]
    assert sums([project("u", money("1")), project("v", money("1"))]) == []
    assert sums([project("u", money("1")), project("u", money("1", "2025"))]) == []
    assert sums([project("u", money("1")), project("u", money("1", "2024", "general-public"))]) == []
    assert sums([project("u", money("1")), project("u", money(""))]) == []


def test_titles_are_counted() -> None:
    rows = [{"title": "甲", "mentions": "1"}, {"title": "乙", "mentions": "2"}, {"title": "甲", "mentions": "4"}]
    assert titles([*rows, {"title": "", "mentions": "9"}]) == [("甲", 5), ("乙", 2)]


def test_a_discrepancy_is_one_with_all_its_parties() -> None:
    names = ("discrepancy", "party", "proposed", "proposed_number")
    rows = [
        dict(zip(names, each, strict=True)) for each in (("d", "a", "", ""), ("d", "b", "", ""), ("e", "a", "", "n"))
    ]
    assert [(len(parties), len(proposed)) for _, parties, proposed in disputes(rows)] == [(2, 0), (1, 1)]


@pytest.mark.parametrize("kind", sorted(PATHS))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS)
def test_hostile_words_are_words(built: Path, kind: str, words: str) -> None:
    client = hostile_client(built, words)
    for language in ("zh", "en"):
        answer = client.get(f"/{PATHS[kind]}?lang={language}", headers=BROWSER)
        assert answer.status_code == 200
        assert_harmless(answer.text, words)


@pytest.mark.parametrize("kind", sorted(PATHS))
def test_a_million_characters_stay_out_of_the_way(built: Path, kind: str) -> None:
    words = "<b>长" * 250_000
    answer = hostile_client(built, words).get(f"/{PATHS[kind]}", headers=BROWSER)
    assert answer.status_code == 200
    assert_harmless(answer.text, words)
