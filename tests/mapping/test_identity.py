"""IRIs: distinct for distinct things, and blind to order, to unit codes alone and to sounds alone."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mapping.document import Span
from mapping.facts import assemble
from mapping.identity import disclosure_iri, document_iri, name_key, organisation_iri, part_iri, project_iri, span_iri
from mapping.read import read
from mapping.regions import region_of, region_of_project
from mapping.triples import write_graph

BASE = "https://data.example.org/"
# Provinces whose short names sound alike, with organs as they stand in document numbers.
HOMOPHONES = [("晋", "津"), ("冀", "吉"), ("豫", "渝"), ("甘", "赣"), ("新", "辛"), ("贵", "桂")]
ORGANS = ["工发", "财行", "政办发", "人社厅发", "总工发"]
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=12)
REGIONS = st.sampled_from(["130700", "130532", "140525", None])


def test_names_that_sound_alike_stay_apart() -> None:
    pairs = [(one + organ, other + organ) for (one, other), organ in itertools.product(HOMOPHONES, ORGANS)]
    assert len(pairs) == 30
    assert [pair for pair in pairs if name_key(pair[0]) == name_key(pair[1])] == []
    keys = [name_key(name) for pair in pairs for name in pair]
    assert len(set(keys)) == len(keys)


@given(HAN, HAN, REGIONS)
def test_an_organisation_is_known_by_its_characters(one: str, other: str, region: str | None) -> None:
    same = organisation_iri(BASE, region, one) == organisation_iri(BASE, region, other)
    assert same == (one == other)
    assert organisation_iri(BASE, region, f" {one[0]} {one[1:]}") == organisation_iri(BASE, region, one)
    assert organisation_iri(BASE, region, one).isascii()


@given(
    st.integers(100, 999),
    st.text("东南西北山河江海平原", min_size=2, max_size=5),
    st.text("东南西北山河江海平原", min_size=2, max_size=5),
)
def test_a_unit_code_is_no_identity(code: int, one: str, other: str) -> None:
    text = "{code} {name}\n\n预算年度：2024\n\n单位：万元\n\n| 项目 | 预算数 |\n|--|--|\n| 一、教育支出 | 5.00 |\n"
    graphs = [_graph(text.format(code=code, name=name + "总工会")) for name in (one, other)]
    made = [{line for line in graph.split() if "/organisation/x/" in line} for graph in graphs]
    assert all(made)
    assert (made[0] == made[1]) == (one == other)


@given(st.from_regex("[0-9]{6}24[PRTY][0-9A-Z]{10,14}", fullmatch=True), HAN, REGIONS)
def test_a_project_code_is_its_identity_and_a_short_one_is_not(code: str, name: str, region: str | None) -> None:
    assert project_iri(BASE, code, name, region=region, entity=name, year=2024) == f"{BASE}project/{code}"
    scoped = project_iri(BASE, "711", name, region=region, entity=name, year=2024)
    assert "711" not in scoped.removeprefix(BASE).replace(name_key(name), "")


def test_documents_of_nobody_known_are_no_versions_of_one_disclosure() -> None:
    documents = [document_iri(BASE, digits * 32) for digits in ("ab", "cd")]
    nameless = [disclosure_iri(BASE, "130700", None, 2024, "budget", document=each) for each in documents]
    assert nameless == [f"{BASE}disclosure/130700/x-{digits * 8}/2024/budget" for digits in ("ab", "cd")]
    assert len({disclosure_iri(BASE, "130700", "某县总工会", 2024, "budget", document=each) for each in documents}) == 1


def test_versions_of_a_budget_of_a_government_are_one_disclosure() -> None:
    title = "关于青山县2023年预算执行情况和2024年预算草案的报告\n\n一般公共预算收入{amount}万元。\n"
    disclosures = {
        line.split()[2]
        for amount in ("5.00", "6.00")
        for line in _graph(title.format(amount=amount)).splitlines()
        if "specializationOf" in line
    }
    assert len(disclosures) == 1
    assert "/x-" not in disclosures.pop()


def test_no_iri_depends_on_the_order_of_tables(samples: Path) -> None:
    whole = assemble(read((samples / "zezhou-2026-budget.txt").read_bytes()), None)
    turned = replace(whole, tables=tuple(reversed(whole.tables)), figures=list(reversed(whole.figures)))
    assert len(whole.tables) >= 10
    assert write_graph(turned, "0" * 64, ["a.txt"], BASE) == write_graph(whole, "0" * 64, ["a.txt"], BASE)


def test_parts_of_a_document_are_named_by_their_characters() -> None:
    document = document_iri(BASE, "ab" * 32)
    assert part_iri(document, "observation", Span(10, 14)) == f"{document}/observation/10-14"
    assert span_iri(document, Span(10, 14)) == f"{document}/text#char=10,14"


def test_regions_come_from_names_and_project_codes() -> None:
    assert region_of("泽州县总工会") == "140525"
    assert region_of("山西省总工会吕梁办事处") == "141100"
    assert region_of("张家口市总工会") == "130700"
    assert region_of("山西省财政厅") == "140000"
    assert region_of("市中区教育局") is None
    assert region_of("总工会") is None
    assert region_of_project("13070024P00027610002U") == "130700"
    assert region_of_project("99999924P00027610002U") is None


def _graph(text: str) -> str:
    return write_graph(assemble(read(text.encode()), None), "0" * 64, ["a.txt"], BASE)
