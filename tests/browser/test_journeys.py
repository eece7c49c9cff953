"""Ways through the pages, each taken with a mouse, by keyboard alone and by touch on a phone 360 pixels wide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_every_page import PHONE

MOST_TABS = 250
"""How often the tabulator key may be pressed on the way to a link: more are a trap or too long a way."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A person before a page, who follows links and fills in fields in one way."""

    page: Page
    site: str
    way: str

    def come(self, path: str) -> None:
        """Begin at a page of the site."""
        self.page.goto(self.site + path)
        self.look()

    def follow(self, link: Locator) -> None:
        """Go where a link leads."""
        if self.way == "keyboard":
            self.reach(link)
        with self.page.expect_navigation():
            if self.way == "keyboard":
                self.page.keyboard.press("Enter")
            elif self.way == "touch":
                link.tap()
            else:
                link.click()
        self.look()

    def ask(self, field: Locator, words: str) -> None:
        """Fill in a field and send its form."""
        if self.way == "keyboard":
            self.reach(field)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(words)
        else:
            field.fill(words)
        with self.page.expect_navigation():
            field.press("Enter")
        self.look()

    def reach(self, target: Locator) -> None:
        """Press the tabulator key until a thing is focused; it is seen then, with a mark around it."""
        expect(target).to_be_visible()
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if target.evaluate("(each) => each === document.activeElement"):
                expect(target).to_be_in_viewport()
                assert target.evaluate("(each) => getComputedStyle(each).outlineStyle") != "none"
                return
        pytest.fail(f"the keyboard does not reach {target}")

    def look(self) -> None:
        """See that the page is no wider than the screen."""
        assert self.page.viewport_size is not None
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"], self.page.url

    @property
    def language(self) -> str | None:
        """Return the language that the page says it is in."""
        return self.page.locator("html").get_attribute("lang")


@pytest.fixture(params=["mouse", "keyboard", "touch"])
def way(request: pytest.FixtureRequest) -> str:
    """Return how the reader goes."""
    return str(request.param)


@pytest.fixture
def context_options(context_options: dict[str, Any], way: str) -> dict[str, Any]:
    """Return how the browser is set: who touches has a phone."""
    return PHONE if way == "touch" else context_options


@pytest.fixture
def reader(browser_page: Page, served_site: str, way: str) -> Reader:
    """Return the reader."""
    return Reader(browser_page, served_site, way)


def test_from_a_search_to_a_number_to_its_characters(reader: Reader) -> None:
    page = reader.page
    reader.come("/")
    reader.ask(page.get_by_label("查单位、项目、文号、金额或原文"), "393.08")
    reader.follow(page.get_by_role("link", name="财政拨款收支总预算393.08万元"))
    expect(page.get_by_role("heading", level=1)).to_have_text("财政拨款收支总预算393.08万元")
    printed = page.locator(".figure .printed").inner_text()
    mark = page.locator(".source mark")
    assert printed == f"{mark.inner_text()}万元" == "393.08万元"
    if reader.way != "touch":
        expect(mark).to_be_in_viewport()
    expect(page.locator(".figure .yuan")).to_have_text("3,930,800 元")
    reader.follow(page.get_by_role("link", name="看全文").first)
    expect(mark).to_have_count(0)  # it is another page
    there = page.locator("mark")
    expect(there).to_have_text("393.08")
    expect(there).to_be_in_viewport()
    assert urlsplit(page.url).fragment == there.get_attribute("id")
    line = page.locator("li", has=there)
    expect(line).to_contain_text("财政拨款收支总预算393.08万元。")
    reader.follow(page.get_by_role("link", name="返回文件"))
    expect(page.get_by_role("heading", level=1)).to_have_text("山西省总工会吕梁办事处2024年度部门预算")


def test_from_an_amount_to_the_field_that_prints_it_in_another_unit(reader: Reader) -> None:
    page = reader.page
    reader.come("/search?lang=zh")
    reader.ask(page.get_by_label("关键词、文号或金额"), "2463.57万元 年度资金总额")
    expect(page.locator(".hits mark").first).to_have_text("年度资金总额")
    expect(page.locator(".hits mark").last).to_have_text("24,635,700")
    reader.follow(page.get_by_role("link", name="市直行政、事业单位工会经费 · 年度资金总额"))
    expect(page.locator(".source mark")).to_have_text("24,635,700")
    expect(page.locator(".figure .printed")).to_have_text("24,635,700元")


def test_from_a_disclosure_to_a_finding_in_its_cell_to_what_it_rests_on(reader: Reader) -> None:
    page = reader.page
    reader.come("/")
    row = page.get_by_role("row", name="山西省总工会吕梁办事处")
    reader.follow(row.get_by_role("link", name="预算", exact=True))
    cell = page.locator("td.marked").first
    expect(cell.get_by_role("link").first).to_have_text("2800.19")
    sign = cell.get_by_role("link", name="矛盾").first
    expect(sign).to_contain_text("✕")  # not by its colour alone
    reader.follow(sign)
    note = page.locator(f"#{urlsplit(page.url).fragment}")
    expect(note).to_be_in_viewport()
    explained = note.get_by_role("link", name="2800.19万元").first
    said = explained.inner_text()
    reader.follow(explained)
    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    assert set(page.locator(".sides mark").all_inner_texts()) >= {"2800.19", "393.08"}
    for heading in ("数字与计算", "怎么办", "已知会误报的情形", "为什么这是个问题"):
        expect(page.get_by_role("heading", name=heading)).to_have_count(1)
    reader.follow(page.get_by_role("table").get_by_role("link", name="2800.19万元").first)
    expect(page.locator(".source mark")).to_have_text("2800.19")


def test_from_a_number_written_otherwise_to_the_money_that_rests_on_it(reader: Reader) -> None:
    page = reader.page
    reader.come("/search")
    reader.ask(page.get_by_label("关键词、文号或金额"), "财建 [2006] 468 号")
    found = page.locator(".hits li").filter(has_text="法规文件")
    reader.follow(found.get_by_role("link", name="关于印发《困难职工物质中心专项资金管理办法》的通知"))
    expect(page.get_by_role("heading", level=1)).to_have_text("财建〔2006〕468号")
    expect(page.get_by_role("region", name="印出的写法")).to_contain_text("财建2006-468号")
    branch = page.locator(".tree > li > ul > li", has=page.get_by_role("link", name="两节送温暖经费"))
    expect(branch).to_contain_text("作为依据")
    expect(branch).to_contain_text("吕梁市总工会")
    money = branch.locator(".amount").get_by_role("link")
    expect(money).to_contain_text("550,000 元")
    reader.follow(money)
    expect(page.locator(".figure")).to_contain_text("550,000 元")
    expect(page.locator(".figure")).to_contain_text("一致")
    assert sorted(page.locator(".source mark").all_inner_texts()) == ["55.00", "550,000"]


def test_the_language_is_kept_on_the_way(reader: Reader) -> None:
    page = reader.page
    reader.come("/search?q=393.08")
    assert reader.language == "zh-Hans"
    reader.follow(page.get_by_role("link", name="English"))
    assert reader.language == "en"
    expect(page.get_by_label("Words, document number or amount")).to_have_value("393.08")
    reader.follow(page.get_by_role("link", name="财政拨款收支总预算393.08万元"))
    assert (reader.language, urlsplit(page.url).query) == ("en", "")
    expect(page.get_by_role("heading", name="Source text")).to_have_count(1)
    expect(page.get_by_role("heading", level=1).locator("bdi")).to_have_attribute("lang", "zh-Hans")
    reader.follow(page.get_by_role("link", name="山西省总工会吕梁办事处2024年度部门预算"))
    assert (reader.language, urlsplit(page.url).query) == ("en", "")
    for path in ("/", "/audit", "/legal", "/units", "/help", "/sparql", "/def"):
        reader.come(path)
        assert reader.language == "en", path
    reader.follow(page.get_by_role("link", name="中文"))
    reader.come("/audit")
    assert reader.language == "zh-Hans"


def test_a_page_that_is_too_wide_is_noticed(reader: Reader) -> None:
    reader.come("/help")
    wide = "Object.assign(document.createElement('pre'), { innerText: '0'.repeat(999) })"
    reader.page.evaluate(f"document.body.append({wide})")
    with pytest.raises(AssertionError):
        reader.look()
