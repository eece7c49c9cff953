"""The pages of what one document says of a project and of a unit, and of a number of posts or persons."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from server.view_entry import bases, stating
from server.view_text import sources_of
from tests.lod.conftest import Counting
from tests.pages.reading import Reading
from tests.pages.visit import first, named, page, read

KINDS = ("ProjectEntry", "OrganisationEntry", "Staffing")


def table(shown: Reading, name: str) -> list[list[str]]:
    """Return the cells of the rows of the table with a caption, headings left out."""
    body = shown.page.partition(f'<caption class="unseen">{name}</caption>')[2].partition("</table>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body.partition("<tbody>")[2], re.DOTALL)
    return [[Reading(cell).text.strip() for cell in re.findall(r"<t[dh][^>]*>.*?</t[dh]>", row)] for row in rows]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_has_a_page_of_its_own(client: FlaskClient, counting: Counting, kind: str, language: str) -> None:
    path = first(counting, f"?x a def:{kind}")
    counting.asked.clear()
    body = read(client, path, lang=language)
    assert len(counting.asked) <= 8  # two of them are those of every thing
    assert body.count("<h1>") == 1
    assert len(Reading(body).all("mark")) >= 1
    ids = re.findall(r' id="([^"]+)"', body)
    assert len(ids) == len(set(ids))
    assert "def#" not in body.partition('<aside class="data"')[0]
    assert "违规" not in body


def test_a_project_in_a_document_has_its_amounts_as_printed(client: FlaskClient, counting: Counting) -> None:
    shown = Reading(page(client, named(counting, "def:ProjectEntry", "工会经费")))
    assert [each.text for each in shown.all("mark")] == ["工会经费"]
    facts = dict(zip((each.text for each in shown.all("dt")), (each.text for each in shown.all("dd")), strict=True))
    assert facts["本年预算数"] == "36.70万元 = 367,000 元".replace(" = ", " ")
    assert facts["年度资金总额"] == facts["实施期资金总额"] == "366,992元"
    assert facts["实施单位"] == facts["主管部门"] == "泽州县总工会"
    assert ["工会经费 · 合计", "36.70万元", "367,000"] in [row[:3] for row in table(shown, "各处印出的金额")]
    linked = {each.text for each in shown.all("a") if "/observation/" in each.attributes.get("href", "")}
    assert {"36.70", "工会经费 · 合计"} <= linked


def test_what_a_project_rests_on_is_named_with_its_places(client: FlaskClient, counting: Counting) -> None:
    body = page(client, named(counting, "def:ProjectEntry", "工会经费"))
    for words in ("晋工发〔2006〕54号", "总工发〔2003〕26号", "泽办发〔2005〕7号", "作为依据", "/citation/"):
        assert words in body, words
    funded = "冀财行[2022]99号关于提前下达2023年困难职工及劳模帮扶救助专项资金的通知"
    assert "资金由其下达" in page(client, named(counting, "def:ProjectEntry", funded))


def test_what_is_not_stated_of_a_project_is_said_to_be_so(client: FlaskClient, counting: Counting) -> None:
    body = page(client, named(counting, "def:ProjectEntry", "春节送温暖"))
    assert "没有在这份文件中读到它的法规或政策依据" in body
    assert "文件没有为它列出绩效指标" in body
    assert "1.6万元" in body
    assert "16,000 元" in body


def test_a_unit_in_a_document_has_what_is_printed_of_it(client: FlaskClient, counting: Counting) -> None:
    shown = Reading(page(client, named(counting, "def:OrganisationEntry", "吕梁市职工活动中心")))
    assert [each.text for each in shown.all("mark")] == ["吕梁市职工活动中心", "事业", "自收自支"]
    assert "在文件中是：预算单位" in shown.text
    facts = dict(zip((each.text for each in shown.all("dt")), (each.text for each in shown.all("dd")), strict=True))
    assert (facts["单位性质"], facts["经费形式"]) == ("事业", "自收自支")
    assert facts["公开单位"].startswith("山西省总工会吕梁办事处")


def test_a_unit_has_its_other_names_and_places(client: FlaskClient, counting: Counting) -> None:
    publisher = "?x a def:OrganisationEntry ; def:organisationRole ?r ; rdfs:label '山西省总工会吕梁办事处'"
    shown = Reading(page(client, first(counting, publisher)))
    roles = {row[1] for row in table(shown, "同一单位的其他记载")}
    assert {"主管部门", "预算单位"} <= roles


def test_a_unit_has_its_projects_and_staff(client: FlaskClient, counting: Counting) -> None:
    implements = first(counting, "?y def:implementingUnit ?x ; rdfs:label '两节送温暖经费'")
    body = page(client, implements)
    assert "由它实施的项目" in body
    assert "550,000 元" in body
    staffed = Reading(page(client, first(counting, "?y def:staffOf ?x")))
    assert ["编制公务员编制3人", "3"] in [row[:2] for row in table(staffed, "这份文件所说的编制与人员")]


def test_a_number_of_posts_is_shown_in_its_words(client: FlaskClient, counting: Counting) -> None:
    shown = Reading(page(client, first(counting, "?x a def:Staffing ; def:printedValue '4'")))
    assert [each.text for each in shown.all("h1")] == ["盐边县总工会核定编制4人"]
    assert [each.text for each in shown.all("mark")] == ["4"]
    assert "读作盐边县总工会的编制：4。" in shown.text
    beside = [each.text for each in shown.all("a") if each.attributes.get("title") == "编制"]
    assert beside == ["3", "1"]
    rows = table(shown, "同一单位的编制与人员")
    assert [row[:3] for row in rows] == [
        ["本处 编制盐边县总工会核定编制4人", "4", "2024"],
        ["编制公务员编制3人", "3", "2024"],
        ["编制工勤编制1人", "1", "2024"],
        ["实有人数实有在职人员4人", "4", "2024"],
        ["退休人数退休10人", "10", "2024"],
    ]


def test_the_page_of_a_number_of_posts_speaks_english(client: FlaskClient, counting: Counting) -> None:
    body = page(client, first(counting, "?x a def:Staffing ; def:printedValue '10'"), lang="en")
    assert "read as retired staff of 盐边县总工会: 10." in body
    assert "do not add them up" in body


@pytest.mark.parametrize("start", ["", "x", "-1", "1.0", "9" * 5000])
def test_what_is_no_offset_marks_nothing(start: str) -> None:
    span = {"span": "urn:x"}
    assert sources_of([span | {"start": start, "end": "2"}, span | {"start": "1", "end": start}]) == []


def number(**told: str) -> dict[str, str]:
    """Return a row of `project-entry-amounts`."""
    return {"amount": "5", "derived": "true", "field": "", "number": "n"} | told


def test_an_amount_leads_to_the_number_that_it_comes_from() -> None:
    numbers = [
        number(number="other", amount="6"),
        number(number="apart", derived="false"),
        number(number="cell"),
        number(number="field", field="annual-total"),
    ]
    assert stating("5", ("annual-total",), numbers) == numbers[3]
    assert stating("5", ("budget-amount",), numbers) == numbers[2]
    assert stating("7", (), numbers) is None
    assert stating("", (), [number(amount="")]) is None


def test_a_document_is_one_basis_with_all_its_places() -> None:
    rows = [
        {"relation": "justified-by", "other": "a", "place": "x"},
        {"relation": "justified-by", "other": "a", "place": "y"},
        {"relation": "funded-by", "other": "b", "place": ""},
        {"relation": "near", "other": "c", "place": ""},
    ]
    assert [(row["other"], len(places)) for row, places in bases(rows)] == [("a", 2), ("b", 0)]
