"""Hostile words in tables, forms, statements, facts and findings: the pages show them as text, and nothing acts."""

from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined
from pyoxigraph import Literal, Store

from server.app import Config, create_app
from server.release import open_release
from tests.lod.conftest import BASE, Counting

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
_DATA = re.compile(r'<script type="application/ld\+json">.*?</script>', re.DOTALL)
_QUOTED = re.compile(r'"[^"]*"')
_LINK = re.compile(r'href="(?!/|\?|#|https?:)')
_ACTING = re.compile(r"<(?:script(?! src=)|img|iframe|svg|b)\b|<[a-z][^<>]* on\w+=", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_GRAPH = """
PREFIX def: <https://w3id.org/yusuan/def#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dct: <http://purl.org/dc/terms/>
PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> BASE <{base}>
INSERT DATA {{
  <disclosure/x> a def:Disclosure ; rdfs:label {w} ; dct:publisher <unit> . <unit> rdfs:label {w} .
  <{d}> a def:Document ; prov:specializationOf <disclosure/x> ; def:sourcePath {w} ; rdfs:label {w} ; def:missing {w} ;
    def:sha256 {w} ; def:rendition <{d}/text> ; dct:license <javascript:alert(1)> ; def:publicationStatus <open> .
  <open> skos:notation {w} .
  <{d}/table/1-2> a def:Table ; dct:isPartOf <{d}> ; rdfs:label {w} ; def:unit {w} ; def:tableKind <open> ;
    def:firstLine 1 ; def:lastLine 9 ; def:empty false .
  <{d}/observation/1-2> a def:Observation ; qb:dataSet <{d}/table/1-2> ; def:rowLabel {w} ; def:columnPath {w} ;
    def:code {w} ; def:printedValue {w} ; def:unit {w} ; def:amount 1.5 ; def:low 1.0 ; def:high 2.0 ; def:line 1 ;
    def:rowNumber 2 ; def:columnNumber 1 ; def:rowRole <open> ; def:states <fact/x> ; def:starts "1" ; def:ends "2" ;
    prov:wasDerivedFrom <{d}/text#char=1,2> .
  <{d}/text#char=1,2> a def:Span ; def:spanOf <{d}/text> ; def:start 1 ; def:end 2 ; def:line 1 ; def:quote {w} .
  <{d}/statement/1-2> a def:Statement ; dct:isPartOf <{d}> ; def:clause {w} ; def:subject {w} ; def:printedValue {w} ;
    def:line 1 ; def:starts "1" ; def:ends "2" ; def:valueStart 1 ; def:valueEnd 2 ; def:low 1.0 ; def:high 2.0 ;
    def:states <fact/x> ; prov:wasDerivedFrom <{d}/text#char=1,2> ; def:valueSpan <{d}/text#char=1,2> .
  <fact/x> a def:CanonicalFact ; prov:wasDerivedFrom <{d}/observation/1-2> , <{d}/statement/1-2> ; def:low 1.0 ;
    def:high 2.0 ; def:measure <open> ; def:reportingEntity <unit> ; def:functionalClass <unit> ; def:fiscalYear {w} .
  <{d}/finding/x> a def:Finding ; dct:isPartOf <{d}> ; def:severity <open> ; def:rule <open> ; def:lines {w} ;
    def:line 1 ; def:findingKey {w} ; rdfs:label {w}@zh-Hans , {w}@en ; prov:wasDerivedFrom <{d}/observation/1-2> .
}}"""


def _client(built: Path, words: str) -> tuple[FlaskClient, list[str]]:
    """Return a client of a release that says the words, and the paths of its pages."""
    release = open_release(built)
    document = f"document/{release.documents[0].sha256}"
    store = Store()
    store.update(_GRAPH.format(base=BASE, w=Literal(words), d=document))
    app = create_app(Config(release, Counting(store)))
    app.jinja_env.undefined = StrictUndefined
    own = ("", "?show=findings", "?show=statements", "/table/1-2", "/observation/1-2", "/statement/1-2", "/text")
    return app.test_client(), ["disclosure/x", "fact/x", *(f"{document}{each}" for each in own)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS)
@example(words='"><img src=x onerror=alert(1)><script>alert(1)</script>')
@example(words="javascript:alert(1)")
@example(words="\u202e\u2066反\u2069向\u200f\x00\x1b\x7f")
@example(words="{{ config }}{% raw %}</table></details><b>")
@example(words="长" * 10_000)
@example(words="/" * 300)
def test_hostile_words_are_only_words(built: Path, words: str) -> None:
    client, paths = _client(built, words)
    for path in paths:
        response = client.get(f"/{path}", headers={"Accept": "text/html"})
        assert response.status_code == 200, path
        page = _DATA.sub("", response.text)
        assert page.count("<h1>") == 1
        assert not _LINK.search(page), path
        assert not _ACTING.search(_QUOTED.sub("", page)), path
        unseen = _UNSEEN.search(page)
        assert not unseen, page[max(0, unseen.start() - 300) : unseen.end() + 20] if unseen else path
        assert len(page) < 400_000
