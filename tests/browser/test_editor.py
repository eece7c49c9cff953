"""The editor of queries: a catalogue query is run and changed, drawn, kept and shared, by hand and by keyboard."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from server.catalogue import question

COUNTED = """PREFIX def: <https://w3id.org/yusuan/def#>
SELECT ?kind (COUNT(?x) AS ?count) WHERE { ?x a ?kind } GROUP BY ?kind ORDER BY DESC(?count) ?kind LIMIT 8"""


def written(page: Page) -> str:
    """Return what stands in the editor."""
    text: str = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    return text


def write(page: Page, text: str) -> None:
    """Replace what stands in the editor as a reader does."""
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def test_a_query_of_the_catalogue_is_run_and_changed(browser_page: Page, served_site: str) -> None:
    browser_page.goto(f"{served_site}/sparql")
    browser_page.get_by_text("文件与表格", exact=True).click()
    browser_page.get_by_role("link", name=question("documents").summary_zh).click()
    expect(browser_page.locator(".CodeMirror")).to_be_visible()
    assert written(browser_page) == question("documents").body
    browser_page.get_by_role("button", name="运行查询").click()
    rows = browser_page.locator("#answer-table tbody tr")
    expect(rows).to_have_count(5)
    write(browser_page, f"{written(browser_page)} LIMIT 2")
    browser_page.get_by_role("button", name="运行查询").click()
    expect(rows).to_have_count(2)


def test_an_answer_can_be_kept(browser_page: Page, served_site: str) -> None:
    browser_page.goto(f"{served_site}/sparql?query={quote(COUNTED)}")
    shown = browser_page.locator("#answer-table tbody tr").count()
    with browser_page.expect_download() as kept:
        browser_page.get_by_role("link", name="CSV").click()
    table = list(csv.reader(io.StringIO(kept.value.path().read_text(encoding="utf-8"))))
    assert (kept.value.suggested_filename, table[0], len(table) - 1) == ("answer.csv", ["kind", "count"], shown)
    with browser_page.expect_download() as kept:
        browser_page.get_by_role("link", name="JSON").click()
    assert len(json.loads(kept.value.path().read_bytes())["results"]["bindings"]) == shown
    for suffix in ("XML", "TSV"):
        expect(browser_page.get_by_role("link", name=suffix)).to_have_count(1)


def test_a_graph_is_shown_and_kept_as_turtle(browser_page: Page, served_site: str) -> None:
    browser_page.goto(f"{served_site}/sparql?query={quote('CONSTRUCT { ?x a ?kind } WHERE { ?x a ?kind } LIMIT 3')}")
    expect(browser_page.get_by_role("region", name="查询结果")).to_contain_text("<http")
    with browser_page.expect_download() as kept:
        browser_page.get_by_role("link", name="TTL").click()
    assert kept.value.suggested_filename == "answer.ttl"


def test_numbers_are_drawn(browser_page: Page, served_site: str) -> None:
    browser_page.goto(f"{served_site}/sparql?query={quote(COUNTED)}")
    expect(browser_page.locator("canvas")).to_have_count(0)
    for kind in ("bar", "line"):
        browser_page.get_by_label("图形").select_option(kind)
        browser_page.get_by_role("button", name="画图").click()
        canvas = browser_page.get_by_role("img")
        expect(canvas).to_have_count(1)
        assert inked(browser_page) > 500


def inked(page: Page) -> int:
    """Return how many points of the chart are drawn on."""
    points: int = page.evaluate(
        """() => { const canvas = document.querySelector('canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, place) => place % 4 === 3 && value > 0).length; }"""
    )
    return points


def test_a_link_to_the_query_is_shared(browser_page: Page, context: BrowserContext, served_site: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    browser_page.goto(f"{served_site}/sparql")
    write(browser_page, COUNTED)
    browser_page.get_by_role("button", name="运行查询").click()
    expect(browser_page.locator("#answer-table")).to_be_visible()
    browser_page.get_by_role("button", name="复制链接").click()
    expect(browser_page.get_by_role("status")).to_have_text("已复制。")
    link = browser_page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(link).query)["query"] == [COUNTED]
    assert urlsplit(browser_page.url).query == urlsplit(link).query  # the address bar has it too
    browser_page.goto(link)
    assert written(browser_page) == COUNTED
    expect(browser_page.locator("#answer-table tbody tr")).to_have_count(8)


def test_a_query_is_written_and_run_by_keyboard_alone(browser_page: Page, served_site: str) -> None:
    browser_page.goto(f"{served_site}/sparql")
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_role("link", name="跳到正文")).to_be_focused()
    browser_page.keyboard.press("Enter")
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_label("查询语句")).to_be_focused()
    browser_page.keyboard.insert_text("ASK { ?x a ?kind }")
    browser_page.keyboard.press("Tab")  # the editor is no trap
    expect(browser_page.get_by_role("button", name="运行查询")).to_be_focused()
    browser_page.keyboard.press("Shift+Tab")
    expect(browser_page.get_by_label("查询语句")).to_be_focused()
    browser_page.keyboard.press("Control+Enter")
    expect(browser_page.locator("#answer-table td")).to_have_text("true")


def test_the_editor_knows_our_prefixes_and_asks_nobody(browser_page: Page, served_site: str) -> None:
    browser_page.goto(f"{served_site}/sparql")
    write(browser_page, "PREFIX de")
    browser_page.keyboard.press("Control+Space")
    write(browser_page, "SELECT ?x WHERE { ?x a def:")
    expect(browser_page.locator(".CodeMirror-code")).to_contain_text("<https://w3id.org/yusuan/def#>")


def test_what_is_wrong_is_said_beside_the_query(
    browser_page: Page, served_site: str, expected_console: list[str]
) -> None:
    expected_console.append("400")
    browser_page.goto(f"{served_site}/sparql?query={quote('SELECT ?x WHERE {')}")
    expect(browser_page.get_by_role("alert")).to_contain_text("这不是 SPARQL 1.1 查询")
    assert written(browser_page) == "SELECT ?x WHERE {"


@pytest.mark.parametrize("context_options", [{"locale": "zh-CN", "java_script_enabled": False}])
def test_without_script_the_form_does_the_same(
    browser_page: Page, served_site: str, context_options: dict[str, Any]
) -> None:
    browser_page.goto(f"{served_site}/sparql?example=documents")
    browser_page.get_by_label("查询语句").fill("SELECT ?x WHERE { VALUES ?x { 1 2 } }")
    browser_page.get_by_role("button", name="运行查询").click()
    expect(browser_page.locator("#answer-table tbody tr")).to_have_count(2)
    expect(browser_page.get_by_role("button", name="画图")).to_be_hidden()
