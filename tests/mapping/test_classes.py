"""Classes are called what the official list of their year calls them, or as documents print what it lacks."""

from __future__ import annotations

import hashlib
import re

import pytest

from mapping.classes import names, official_name
from mapping.facts import assemble
from mapping.lexicon import load
from mapping.link import link
from mapping.read import read
from mapping.triples import write_graph

BASE = "https://example.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
BUDGET = """青山县文化馆

{year}年部门预算公开

支出预算总表

单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|--|--|--|--|--|
| | 合计 | 80.00 | 60.00 | 20.00 |
| 210 | {health} | 50.00 | 50.00 | |
| 2101101 | 行政单位医疗 | 50.00 | 50.00 | |
| 2079988 | {other} | 30.00 | 10.00 | 20.00 |
"""


def graph(year: int, health: str, other: str = "馆际交流") -> list[bytes]:
    """The graph of a budget that prints a national class and one that the vocabulary lacks."""
    data = BUDGET.format(year=year, health=health, other=other).encode()
    return (
        write_graph(assemble(read(data), None), hashlib.sha256(data).hexdigest(), ["a.txt"], BASE)
        .encode()
        .splitlines(True)
    )


def called(lines: list[bytes], year: int, code: str) -> dict[str, list[str]]:
    """The names of a class by the local name of their property."""
    iri = re.escape(f"<{BASE}code/functional/{year}/{code}> <{SKOS}")
    found: dict[str, list[str]] = {}
    for line in sorted(lines):
        if said := re.match(rf"{iri}(prefLabel|altLabel)> (.+) <[^>]+> \.", line.decode()):
            found.setdefault(said[1], []).append(said[2])
    return found


@pytest.mark.parametrize(
    ("year", "printed"), [(2016, "医疗卫生与计划生育支出"), (2019, "卫生健康支出"), (2025, "卫生健康支出")]
)
def test_a_class_has_the_name_of_its_year_and_no_abolished_one(year: int, printed: str) -> None:
    said = called(graph(year, printed), year, "210")
    assert said == {"prefLabel": [f'"{official_name("functional", "210", year)["en"]}"@en', f'"{printed}"@zh-hans']}


def test_another_name_that_is_printed_is_an_alternative() -> None:
    said = called(graph(2025, "卫生健康"), 2025, "210")
    assert said == {"prefLabel": ['"Health"@en', '"卫生健康支出"@zh-hans'], "altLabel": ['"卫生健康"']}


def test_a_class_above_that_no_row_prints_has_its_official_name_alone() -> None:
    said = called(graph(2018, "医疗卫生与计划生育支出"), 2018, "207")
    assert said == {"prefLabel": ['"Culture, sport and media"@en', '"文化体育与传媒支出"@zh-hans']}


def test_a_class_that_the_vocabulary_lacks_is_called_as_most_documents_print_it() -> None:
    graphs = [graph(2025, "卫生健康支出", other) for other in ("馆际交流", "馆际交流支出", "馆际交流支出")]
    graphs[1] = [line.replace(b"/document/", b"/document/1") for line in graphs[1]]
    assert called(graphs[0], 2025, "2079988") == {"altLabel": ['"馆际交流"']}
    assert called(link(BASE, graphs), 2025, "2079988") == {"prefLabel": ['"馆际交流支出"@zh-hans']}


def test_a_class_without_any_name_is_called_by_its_code() -> None:
    lines = [line for line in graph(2025, "卫生健康支出") if b"altLabel" not in line]
    assert called(link(BASE, [lines]), 2025, "2079988") == {"prefLabel": ['"2079988"@zh-hans']}


def test_former_names_are_names_of_the_vocabulary_and_in_order() -> None:
    for scheme, codes in load("renamed").items():
        for code, former in codes.items():
            assert {one["zh-hans"] for one in former} <= names(scheme)[code], code
            assert [one["until"] for one in former] == sorted({one["until"] for one in former}), code
            assert official_name(scheme, code, 2026)["zh-hans"] not in {one["zh-hans"] for one in former}, code
