"""The pages of numbers and facts: what they mean, all places that state them, and the very characters beside them."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from flask import render_template_string
from flask.testing import FlaskClient

from server.release import open_release
from tests.lod.conftest import BASE, Counting
from tests.pages.test_disclosure import open_release_text
from tests.pages.visit import first, read

KINDS = ("Observation", "Statement", "FormReading", "Quantity", "DerivedAmount", "BlankAmount", "CanonicalFact")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_number_has_a_page(client: FlaskClient, counting: Counting, kind: str, language: str) -> None:
    page = read(client, f"{first(counting, f'?x a def:{kind}')}?lang={language}")
    assert page.count("<h1>") == 1
    assert 'class="figure"' in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "def#" not in page.partition('<aside class="data"')[0]


@pytest.mark.parametrize("kind", ["Observation", "Statement", "FormReading", "Quantity"])
def test_the_very_characters_are_marked(client: FlaskClient, counting: Counting, kind: str) -> None:
    path = first(counting, f"?x a def:{kind} ; def:printedValue ?v FILTER(?v != '')")
    document, start, end = re.fullmatch(r"(.*/document/\w+)/\w+/(\d+)-(\d+)", path).groups()  # type: ignore[union-attr]
    page = read(client, path)
    marked = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", page))
    text = open_release_text(client, document)
    assert html.unescape(marked).startswith(text[int(start)])
    assert html.unescape(marked).endswith(text[int(end) - 1])
    assert f"{document}/text?part=" in page


@pytest.mark.parametrize(("language", "said"), [("zh", "引用格式："), ("en", "To cite this: ")])
def test_a_number_says_how_it_is_cited(
    client: FlaskClient, counting: Counting, built: Path, language: str, said: str
) -> None:
    path = first(counting, "?x a def:Statement")
    page = read(client, f"{path}?lang={language}")
    cited = html.unescape(re.sub("<[^>]+>", "", page.partition(said)[2].partition("</p>")[0]))
    assert open_release(built).version in cited
    assert f"{BASE}{path.removeprefix('/')}" in cited
    (clause,) = re.findall(r"<h1><bdi[^>]*>(.*?)</bdi>", page)
    assert html.unescape(clause).rstrip("…") in cited
    assert re.search("20[0-9]{2}年度部门", cited)  # its document
    assert f"/query/lineage?iri={BASE}{path.removeprefix('/')}" in html.unescape(page)


def test_a_conflict_is_shown_side_by_side(client: FlaskClient, counting: Counting) -> None:
    pattern = "?x def:factStatus <https://w3id.org/yusuan/code/fact-status/conflicting>"
    page = read(client, f"{first(counting, pattern)}?lang=zh")
    assert "不一致" in page
    assert "≠" in page
    claims = first(counting, f"{pattern.replace('?x', '?f')} . ?f prov:wasDerivedFrom ?x . ?x a def:Observation")
    number = read(client, f"{claims}?lang=zh")
    assert "不一致" in number
    assert "本处" in number


def test_a_fact_of_derived_amounts_alone_says_that_it_has_no_source_text(
    client: FlaskClient, counting: Counting
) -> None:
    derived = "?y def:states ?x ; a def:DerivedAmount ."
    alone = "FILTER NOT EXISTS { ?z def:states ?x . FILTER NOT EXISTS { ?z a def:DerivedAmount } }"
    page = read(client, f"{first(counting, f'{derived} {alone}')}?lang=zh")
    assert "没有可以显示的原文" in page


def test_lineage_goes_both_ways(client: FlaskClient, counting: Counting) -> None:
    whole = first(counting, "?x def:summationOfRows ?y")
    page = read(client, f"{whole}?lang=en")
    assert "It is the sum of" in page
    part = first(counting, "?y def:summationOfRows ?x")
    assert "It is part of the totals" in read(client, f"{part}?lang=en")


def test_a_number_shows_what_was_found(client: FlaskClient, counting: Counting) -> None:
    pattern = (
        "?f a def:Finding ; prov:wasDerivedFrom ?x . ?x a def:Observation FILTER NOT EXISTS { ?f def:consequenceOf ?y }"
    )
    page = read(client, f"{first(counting, pattern)}?lang=zh")
    assert '<ul class="notes">' in page


def test_a_page_asks_few_queries(client: FlaskClient, counting: Counting) -> None:
    path = first(counting, "?x a def:Observation")
    counting.asked.clear()
    read(client, path)
    assert len(counting.asked) <= 8


def test_a_span_shows_the_lines_around_it(client: FlaskClient, counting: Counting) -> None:
    page = read(client, first(counting, "?y a def:Observation ; prov:wasDerivedFrom ?x"))
    assert re.search(r'<mark id="e\d+-\d+">', page)
    assert "/observation/" in page


def test_a_number_is_shown_with_the_separators_that_its_text_has(client: FlaskClient, built: Path) -> None:
    release = open_release(built)
    shown = 0
    for document in release.shown_documents:
        text = release.rendition(document.sha256)
        for start, end in [found.span() for found in re.finditer(r"\d{1,3}(?:,\d{3})+\.\d\d", text)][:3]:
            for kind in ("observation", "statement"):
                answer = client.get(
                    f"/document/{document.sha256}/{kind}/{start}-{end}", headers={"Accept": "text/html"}
                )
                if answer.status_code == 200:
                    assert f'<span class="printed">{text[start:end]}' in answer.text
                    shown += 1
    assert shown >= 2


def test_a_sentence_has_no_gaps_where_unit_or_year_is_not_known(nameless: FlaskClient) -> None:
    disclosure = re.findall(r'href="(/disclosure/[^"?]+)', read(nameless, "/"))[0]
    path = re.findall(r'href="(/document/[^"?]+/statement/[^"?]+)', read(nameless, disclosure))[0]
    assert re.search("的正文中，“三公”经费为 [56].00万元。", html.unescape(read(nameless, path, lang="zh")))
    assert re.search(r"states [56]\.00万元 for three public expenses\.", html.unescape(read(nameless, path, lang="en")))


def test_a_rate_is_no_rate_of_itself(client: FlaskClient, counting: Counting) -> None:
    growth = "?x def:statementKind <https://w3id.org/yusuan/code/statement-kind/growth> ; def:measure"
    page = read(client, first(counting, f"{growth} <https://w3id.org/yusuan/code/measure/growth>"), lang="zh")
    assert "增减率。" in page
    assert "增减率的增减率" not in page


def test_a_fact_in_conflict_is_called_that_where_others_relate_to_it(client: FlaskClient) -> None:
    template = '{% from "_number.html" import value_of with context %}{{ value_of(row) }}'
    with client.application.test_request_context("/?lang=zh"):
        rows = [{"type": kind, "printed": "", "yuan": ""} for kind in ("CanonicalFact", "BlankAmount")]
        conflicting, blank = (render_template_string(template, row=row) for row in rows)
    assert "矛盾" in conflicting
    assert blank == ""


def test_a_fact_is_called_on_its_tab_as_on_its_page(client: FlaskClient, counting: Counting) -> None:
    page = read(client, first(counting, "?x a def:CanonicalFact ; def:reportingEntity ?y"), lang="zh")
    found = re.search("<title>(.*?) – ", page, re.DOTALL)
    heading = re.search("<h1>(.*?)</h1>", page, re.DOTALL)
    assert found
    assert heading
    assert found[1] == " ".join(re.sub("<[^>]*>", "", heading[1]).split())
    assert "fact/" not in found[1]
