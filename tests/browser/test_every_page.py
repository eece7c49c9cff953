"""Every kind of page: for everybody, on any screen, in both languages, with little script and none of others."""

from __future__ import annotations

import urllib.request
from collections.abc import Mapping
from typing import Any, Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.watching import Watched

MOST_SCRIPT = 200_000
"""Bytes of script of one page on the wire."""
ENLARGED = {"locale": "zh-CN", "viewport": {"width": 320, "height": 256}}
"""A window of 1280 by 1024 pixels at 400 % (WCAG 1.4.10)."""
PHONE = {"locale": "zh-CN", "viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
_SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
# Of a second scheme, which changes nothing but colours, the rules about these that are rules by default.
_ASKED: Mapping[str, dict[str, Any]] = {
    "light": {},
    "dark": {"runOnly": ["cat.color"], "rules": {"color-contrast-enhanced": {"enabled": False}}},
}
_AXE = """async (asked) => (await axe.run(document, { resultTypes: ['violations'], ...asked })).violations
  .filter((each) => ['serious', 'critical'].includes(each.impact))
  .map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)"""
# Where the page is wider than the screen: the elements that stand out, unless a region of their own scrolls them.
_WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.wide, .editor'))
  .map((each) => each.outerHTML.slice(0, 120)).slice(0, 5)"""


def test_there_is_a_page_of_every_kind(every_page: list[str]) -> None:
    assert len(every_page) >= 24
    assert len(set(every_page)) == len(every_page)


def test_nothing_serious_keeps_people_from_a_page(
    browser_page: Page, served_site: str, every_page: list[str], axe: str
) -> None:
    found = {}
    for path in every_page:
        browser_page.goto(served_site + path)
        browser_page.evaluate(axe)
        for scheme in _SCHEMES:
            browser_page.emulate_media(color_scheme=scheme)
            if violations := browser_page.evaluate(_AXE, _ASKED[scheme]):
                found[path, scheme] = violations
    assert found == {}


def test_the_colours_follow_the_scheme(browser_page: Page, served_site: str) -> None:
    browser_page.goto(f"{served_site}/")
    seen = set()
    for scheme in _SCHEMES:
        browser_page.emulate_media(color_scheme=scheme)
        seen.add(browser_page.evaluate("getComputedStyle(document.body).color"))
    assert len(seen) == len(_SCHEMES)


def test_axe_finds_what_is_wrong(browser_page: Page, served_site: str, axe: str) -> None:
    browser_page.goto(f"{served_site}/sparql")
    browser_page.evaluate("document.querySelectorAll('label').forEach((each) => each.remove())")
    browser_page.evaluate("document.documentElement.removeAttribute('lang')")
    browser_page.evaluate(axe)
    assert [each.partition(":")[0] for each in browser_page.evaluate(_AXE)][:1] == ["html-has-lang"]


@pytest.mark.parametrize("context_options", [PHONE, ENLARGED], ids=["phone", "400 %"])
def test_no_page_is_scrolled_sideways(
    browser_page: Page, served_site: str, every_page: list[str], context_options: dict[str, Any]
) -> None:
    found = {}
    for path in every_page:
        browser_page.goto(served_site + path)
        if wider := browser_page.evaluate(_WIDER):
            found[path] = wider
    assert found == {}


def test_pages_are_light(watched: Watched, context: BrowserContext, served_site: str, every_page: list[str]) -> None:
    found = {}
    for at in range(0, len(every_page), 8):  # what is still to come of some pages is awaited together
        opened = {path: Watched(context.new_page(), served_site) for path in every_page[at : at + 8]}
        for path, fresh in opened.items():
            fresh.page.goto(served_site + path)
            context.clear_cookies()
        for path, fresh in opened.items():
            fresh.page.wait_for_load_state("networkidle")
            found[path] = fresh.script_bytes()
            fresh.page.close()
    assert max(found.values()) < MOST_SCRIPT
    assert max(found.values()) > 100_000  # the editor is counted


def test_the_language_is_switched_and_kept(browser_page: Page, context: BrowserContext, served_site: str) -> None:
    browser_page.goto(f"{served_site}/search?q=工会")
    assert context.cookies() == []
    browser_page.get_by_role("link", name="English").click()
    expect(browser_page.get_by_role("heading", name="Search", exact=True)).to_be_visible()
    expect(browser_page.get_by_label("Words, document number or amount")).to_have_value("工会")
    browser_page.goto(f"{served_site}/sparql")
    expect(browser_page.locator("html")).to_have_attribute("lang", "en")
    (cookie,) = context.cookies()
    assert (cookie["name"], cookie["value"], cookie["path"], cookie["sameSite"]) == ("lang", "en", "/", "Lax")
    browser_page.get_by_role("link", name="中文").click()
    browser_page.goto(f"{served_site}/dumps")
    expect(browser_page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_every_page_has_both_languages(browser_page: Page, served_site: str, every_page: list[str]) -> None:
    for path in every_page:
        browser_page.goto(served_site + path)
        before = browser_page.locator("html").get_attribute("lang")
        browser_page.locator("a.language").click()
        expect(browser_page.locator("html")).to_have_attribute("lang", "en" if before == "zh-Hans" else "zh-Hans")
        browser_page.context.clear_cookies()


def test_the_policy_stops_script_within_a_page(
    browser_page: Page, served_site: str, expected_console: list[str]
) -> None:
    browser_page.goto(f"{served_site}/")
    expected_console.append("Content Security Policy")
    browser_page.evaluate(
        """() => { const script = document.createElement('script');
        script.textContent = 'document.title = "run"'; document.body.append(script); }"""
    )
    assert browser_page.title() != "run"


def test_the_parts_that_only_help_on_a_screen_are_not_printed(browser_page: Page, served_site: str) -> None:
    browser_page.goto(f"{served_site}/query/documents")
    browser_page.emulate_media(media="print")
    expect(browser_page.locator("header")).to_be_hidden()
    expect(browser_page.locator("#answer-table")).to_be_visible()
    sideways = browser_page.locator(".wide").evaluate("(each) => getComputedStyle(each).overflowX")
    assert sideways == "visible"


def test_how_a_thing_is_cited_is_printed_with_it(browser_page: Page, served_site: str, every_page: list[str]) -> None:
    browser_page.goto(served_site + next(each for each in every_page if "/observation/" in each))
    browser_page.emulate_media(media="print")
    expect(browser_page.locator(".cited")).to_contain_text("/observation/")
    expect(browser_page.locator(".cited")).to_be_visible()
    expect(browser_page.locator(".data h2")).to_be_hidden()


def test_scripts_come_compressed_and_are_kept_for_a_year(watched: Watched, served_site: str) -> None:
    watched.page.goto(f"{served_site}/sparql")
    script = next(each for each in watched.seen if "/editor.js?v=" in each)
    asked = urllib.request.Request(script, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
