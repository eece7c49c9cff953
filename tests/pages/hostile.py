"""A small release in which every name, quote and printed value is some hostile words; and what a page must be then."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from flask.testing import FlaskClient
from hypothesis import strategies
from jinja2 import StrictUndefined
from pyoxigraph import Literal, Store

from server.app import Config, create_app
from server.release import open_release
from tests.lod.conftest import BASE, Counting

WORDS = strategies.one_of(
    strategies.sampled_from(
        [
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "javascript:alert(1)",
            "</details></table><h1>",
            "{{ config }}{% raw %}",
            "\u202e\u2066反\u2069向\u200f",
            "a\x00b\x1bc\x7f",
            "长" * 10_000,
        ]
    ),
    strategies.text(strategies.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
)
"""Words that would act if they were taken for anything but words."""
PATHS = {
    "legal": "legal/140000/00-2020-1",
    "project": "project/140000/00/2024/00",
    "unit": "organisation/140000/00",
    "indicator": f"document/{'c' * 64}/indicator/5-9",
    "citation": f"document/{'c' * 64}/citation/1-2",
    "entry": f"document/{'c' * 64}/project/1-2",
    "office": f"document/{'c' * 64}/organisation/1-2",
    "staffing": f"document/{'c' * 64}/staffing/1-2",
}
"""Where the things of the release are, by the page that shows them."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_GRAPH = """
PREFIX def: <https://w3id.org/yusuan/def#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dct: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> BASE <{base}>
PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX : <https://w3id.org/yusuan/code/>
INSERT DATA {{
  <{legal}> a def:LegalDocument ; rdfs:label {w} ; def:documentNumber {w} ; def:agencyCode {w} ; def:issuedBy <{unit}> ;
    def:legalKind :citation-kind\\/docnum ; def:legalLevel :legal-level\\/county ; def:legalStatus <s> .
  <s> skos:notation "unresolved" . <k> skos:notation "misread" .
  <{project}> a def:Project ; rdfs:label {w} ; def:fiscalYear "2024"^^<http://www.w3.org/2001/XMLSchema#gYear> .
  <{unit}> a org:Organization ; rdfs:label {w} .
  <d> def:sourcePath {w} ; prov:specializationOf <v> .
  <v> a def:Disclosure ; dct:publisher <{unit}> ; rdfs:label {w} .
  <t> a def:Table ; dct:isPartOf <d> ; def:title {w} ; def:firstLine 1 ; def:lastLine 2 .
  <{entry}> a def:ProjectEntry ; def:entryOf <{project}> ; dct:isPartOf <d> ; rdfs:label {w} ; def:line 1 ;
    def:justifiedBy <{legal}> ; def:projectTerm {w} ; def:projectAttribute {w} ; def:projectCode {w} ;
    def:competentDepartmentName {w} ; def:implementingUnit <{office}> ; def:amount 1.5 ; def:annualTotal 1.5 ;
    def:reading <f> ; prov:wasDerivedFrom <f> , <x> ; def:reason {w} ; def:nearName <z> .
  <z> a def:ProjectEntry ; def:entryOf <{project}> ; rdfs:label {w} ; dct:isPartOf <d> ; def:line 1 .
  <f> def:field <k> ; def:printedValue {w} ; def:line 1 ; def:starts "1" ; def:unit {w} ; def:amount 1.5 .
  <g> a def:Observation ; def:project <{entry}> ; def:rowLabel {w} ; def:columnPath {w} ; def:printedValue {w} ;
    def:amount 1.5 ; def:starts "1" ; def:line 1 ; qb:dataSet <t> .
  <{citation}> a def:Citation ; def:cites <{legal}> ; def:names <javascript:alert(1)> ; def:citedTitle {w} ;
    dct:isPartOf <d> ; def:line 1 ; def:starts "1" ; prov:wasDerivedFrom <x> ; def:project <{entry}> ; def:article {w} ;
    def:documentNumber {w} ; def:issuerName {w} ; def:citationRole <k> ; def:citationKind <k> ; def:citationStatus <s> ;
    def:informal true ; def:reason {w} ; def:basisOf <{indicator}> ; def:contradicts <c> .
  <c> a def:Citation ; def:cites <{legal}> ; def:citedTitle {w} ; def:documentNumber {w} ; dct:isPartOf <d> ;
    def:line 1 ; def:starts "1" ; prov:wasDerivedFrom <x> ; def:citationRole <k> ; def:article {w} ; def:project <z> .
  <x> a def:Span ; def:start 1 ; def:end 2 ; def:line 1 ; def:quote {w} .
  <y> a def:Discrepancy ; def:discrepancyKind <k> ; def:party <{legal}> , <l> ; def:reason {w} ;
    def:proposedNumber {w} ; prov:wasDerivedFrom <{citation}> ; def:proposed <javascript:alert(1)> .
  <l> a def:LegalDocument ; rdfs:label {w} ; def:documentNumber {w} ; def:legalStatus <s> .
  <{indicator}> a def:Indicator ; def:project <{entry}> ; def:level2 {w} ; def:level3 {w} ; def:description {w} ;
    def:number 1 ; def:printedValue {w} ; def:unit {w} ; def:actual {w} ; dct:isPartOf <d> ;
    def:line 1 ; def:starts "1" ; prov:wasDerivedFrom <x> .
  <n> a def:Finding ; prov:wasDerivedFrom <{indicator}> , <{citation}> , <{entry}> , <{office}> , <{staffing}> ;
    rdfs:label {w}@zh-Hans , {w}@en ; def:severity <i> ; def:line 1 .
  <i> skos:notation "info" .
  <{office}> a def:OrganisationEntry ; def:entryOf <{unit}> ; rdfs:label {w} ; def:nature {w} ; def:grade {w} ;
    def:line 1 ; dct:isPartOf <d> ; def:organisationRole <k> ; def:parentName {w} ; def:unitCode {w} ;
    def:parentEntry <o> ; prov:wasDerivedFrom <x> .
  <o> a def:OrganisationEntry ; def:entryOf <{unit}> ; rdfs:label {w} ; def:organisationRole <k> ; def:line 1 ;
    dct:isPartOf <d> ; def:parentEntry <{office}> ; def:nearName <{office}> .
  <a> a def:AliasEntry ; def:aliasOf <{unit}> ; def:alias <p> ; def:reason {w} ; def:aliasStatus <k> ; def:line 1 .
  <p> a org:Organization ; rdfs:label {w} .
  <{staffing}> a def:Staffing ; def:staffOf <{office}> ; def:measure <k> ; def:printedValue {w} ; def:unit {w} ;
    dct:isPartOf <d> ; def:line 1 ; def:starts "1" ; prov:wasDerivedFrom <x> .
  <q> a def:Staffing ; def:staffOf <{office}> ; def:measure <javascript:alert(1)> ; def:printedValue {w} ;
    dct:isPartOf <d> ; def:line 1 ; def:starts "1" .
}}"""


def hostile_client(built: Path, words: str) -> FlaskClient:
    """Return a client of pages over a release that says the words wherever it can."""
    app = create_app(Config(open_release(built), Counting(_store(words))))
    app.jinja_env.undefined = StrictUndefined
    return app.test_client()


@lru_cache(maxsize=16)
def _store(words: str) -> Store:
    """The release of some words; the tests of all pages have the same few."""
    store = Store()
    store.update(_GRAPH.format(base=BASE, w=str(Literal(words)), **PATHS))
    return store


def assert_harmless(page: str, words: str) -> None:
    """Assert that a page has no script, handler or link of the words, no unseen character, and is not swollen."""
    seen = _Seen()
    seen.feed(page)
    assert seen.scripts <= {"page.js", "charts.js", "editor.js"}
    assert not seen.handlers
    assert all(each.startswith(("/", "?", "#", "http://", "https://")) for each in seen.links)
    assert seen.headings == 1
    assert not _UNSEEN.search(page)
    assert len(page) < 400_000


class _Seen(HTMLParser):
    """What of a page would act: scripts by name, handlers of events, links; and how many first headings it has."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: set[str] = set()
        self.handlers: list[str] = []
        self.links: list[str] = []
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "script" and told.get("type") != "application/ld+json":
            self.scripts.add((told.get("src") or "inline").rpartition("/")[2].partition("?")[0])
        self.handlers += [name for name in told if name.startswith("on")]
        self.links += [told["href"] or "" for _ in (0,) if "href" in told]
        self.headings += tag == "h1"
