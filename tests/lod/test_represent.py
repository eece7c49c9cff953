"""Triples in each format: what is written is read as the same, whatever it says, and in the same bytes."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from server.errors import NotAcceptableError
from server.formats import GRAPH_WRITERS, JSONLD, NTRIPLES, RDFXML, TURTLE, Format
from server.jsonld import context_document, whole_context
from server.prefixes import prefixes, shortened
from server.represent import FORMATS, RDF_FORMATS, split_suffix, suffix_of, write

# rdflib reads JSON-LD by a class of its own that it has deprecated.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Serializing weird numerical"),  # it compares literals by writing them
]

XSD = "http://www.w3.org/2001/XMLSchema#"
DEF = "https://w3id.org/yusuan/def#"
KEPT = settings(max_examples=150, deadline=None)
PARSERS = {"turtle": "turtle", "jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt"}

_IRIS = st.sampled_from(
    [
        f"{DEF}Observation",
        f"{DEF}a-b",
        "https://w3id.org/yusuan/code/phase/approved",
        "https://example.org/a%20b",
        "https://example.org/甲/乙?x=1&y=z",
        "https://example.org/document/0/text#char=1,2",
        "urn:x:y",
        "code:x",
    ]
).map(NamedNode)
_PROPERTIES = st.sampled_from(
    [
        *(
            f"{DEF}{each}"
            for each in ("amount", "line", "code", "phase", "safeToSum", "rowLabel", "fiscalYear", "other")
        ),
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://purl.org/dc/terms/isPartOf",
        "http://purl.org/linked-data/cube#dataSet",
        "https://example.org/甲",
    ]
).map(NamedNode)
_PRINTED = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20
)
_TEXT = _PRINTED | st.sampled_from(
    ["true", "5", "05", "1.20", "a\r\nb\t", "</script>", "]]>", '"', "\\", "@en", "@id", ""]
)
_DATATYPES = st.sampled_from(
    [*(XSD + each for each in ("string", "decimal", "integer", "boolean", "gYear", "date")), "urn:own"]
)
_LITERALS = (
    st.builds(Literal, _TEXT)
    | st.builds(lambda text, tag: Literal(text, language=tag), _TEXT, st.sampled_from(["zh-hans", "en", "zh", "de"]))
    | st.builds(lambda text, iri: Literal(text, datatype=NamedNode(iri)), _TEXT, _DATATYPES)
)
_NODES = st.sampled_from([BlankNode("a"), BlankNode("b")])
# RDF/XML names an element by the end of a type's IRI, so that not every IRI can be one there.
_STATED = st.builds(Triple, _IRIS | _NODES, _PROPERTIES, _IRIS | _NODES | _LITERALS).filter(
    lambda each: not (each.predicate.value.endswith("#type") and "#char=" in str(each.object))
)
_TRIPLES = st.lists(_STATED, max_size=15)


def _read(body: bytes, written: Format) -> set[Triple]:
    return {
        Triple(each.subject, each.predicate, each.object) for each in parse(body, format=GRAPH_WRITERS[written.name])
    }


def _graph(triples: Sequence[Triple], written: Format) -> Graph:
    """Return what another library reads of the triples in a format."""
    return Graph().parse(data=write(triples, written), format=PARSERS[written.name])


@KEPT
@given(triples=_TRIPLES)
def test_what_is_written_is_read_as_the_same(triples: list[Triple]) -> None:
    named = [each for each in triples if not any(isinstance(one, BlankNode) for one in (each.subject, each.object))]
    for each in RDF_FORMATS:
        assert _read(write(named, each), each) == set(named), each.name


@settings(max_examples=80, deadline=None)
@given(triples=_TRIPLES)
def test_another_library_reads_one_graph(triples: list[Triple]) -> None:
    graphs = [_graph(triples, each) for each in RDF_FORMATS]
    assert all(isomorphic(graph, graphs[-1]) for graph in graphs)


@KEPT
@given(triples=_TRIPLES, seed=st.integers())
def test_the_same_triples_are_the_same_bytes(triples: list[Triple], seed: int) -> None:
    others = [*triples, *triples[:3]]
    random.Random(seed).shuffle(others)
    for each in RDF_FORMATS:
        assert write(triples, each) == write(others, each)


@pytest.mark.parametrize("text", ["a\rb", "a\r\nb", "\n a \t", "]]>&lt;", "<b>"])
def test_text_survives_every_reader(text: str) -> None:
    triples = [Triple(NamedNode("urn:a"), NamedNode(f"{DEF}rowLabel"), Literal(text))]
    for each in RDF_FORMATS:
        assert [str(value) for value in _graph(triples, each).objects()] == [text], each.name


@pytest.mark.parametrize("text", ["5", "-5", "0", "05", "-0", "+5", "5.0", "12345678901234567890", "x", "true", "1"])
@pytest.mark.parametrize(("name", "kind"), [("line", "integer"), ("safeToSum", "boolean"), ("amount", "decimal")])
def test_numbers_are_written_as_they_are(name: str, kind: str, text: str) -> None:
    triple = Triple(NamedNode("urn:a"), NamedNode(DEF + name), Literal(text, datatype=NamedNode(XSD + kind)))
    for each in RDF_FORMATS:
        assert _read(write([triple], each), each) == {triple}


def test_the_thing_comes_first() -> None:
    triples = [Triple(NamedNode(f"urn:{each}"), NamedNode(f"{DEF}line"), Literal(1)) for each in "abc"]
    assert json.loads(write(triples, JSONLD, "urn:c"))["@graph"][0]["id"] == "urn:c"
    assert write(triples, NTRIPLES, "urn:b").startswith(b"<urn:b>")


def test_numbers_stay_exact_and_short_keys_are_used() -> None:
    said = {"amount": ("1870.30", "decimal"), "line": ("5", "integer"), "safeToSum": ("true", "boolean")}
    triples = [
        Triple(NamedNode("urn:a"), NamedNode(DEF + name), Literal(text, datatype=NamedNode(XSD + kind)))
        for name, (text, kind) in said.items()
    ]
    triples.append(Triple(NamedNode("urn:a"), NamedNode(f"{DEF}phase"), NamedNode("urn:b")))
    triples.append(
        Triple(
            NamedNode("urn:a"),
            NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
            Literal("甲", language="zh-Hans"),
        )
    )
    found = json.loads(write(triples, JSONLD))
    expected = {"id": "urn:a", "amount": "1870.30", "line": 5, "safeToSum": True, "phase": "urn:b", "label_zh": "甲"}
    assert found["@graph"] == [expected]
    assert set(found["@context"]) == {"id", "type", *(set(expected) - {"id"})}


def test_the_whole_context_reads_what_is_written() -> None:
    context = json.loads(context_document())["@context"]
    assert all(context[key] == value for key, value in whole_context().items())
    assert set(prefixes()) <= set(context)
    assert not set(prefixes()) & set(whole_context())
    triples = [
        Triple(NamedNode("urn:a"), NamedNode(f"{DEF}amount"), Literal("1.0", datatype=NamedNode(f"{XSD}decimal")))
    ]
    document = json.loads(write(triples, JSONLD))
    assert _read(json.dumps(document | {"@context": context}).encode(), JSONLD) == set(triples)


def test_what_a_format_cannot_say_is_refused() -> None:
    control = Triple(NamedNode("urn:a"), NamedNode(f"{DEF}rowLabel"), Literal("a\x0cb"))
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    typeless = Triple(NamedNode("urn:a"), kind, NamedNode("http://example.org/a/"))
    nameless = Triple(NamedNode("urn:a"), NamedNode("http://example.org/9"), Literal("a"))
    quoted = Triple(
        NamedNode("urn:a"), NamedNode(f"{DEF}rowLabel"), Triple(NamedNode("urn:a"), NamedNode("urn:p"), Literal(1))
    )
    for triple, chosen in ((control, RDFXML), (nameless, RDFXML), (typeless, RDFXML), (quoted, JSONLD)):
        with pytest.raises(NotAcceptableError):
            write([triple], chosen)
        assert _read(write([triple], TURTLE), TURTLE) == {triple}


def test_suffixes_state_formats() -> None:
    for each in FORMATS:
        assert split_suffix(f"/a/b{suffix_of(each)}") == ("/a/b", each)
    assert split_suffix("/a/.ttl") == ("/a/.ttl", None)
    assert split_suffix("/a.txt") == ("/a.txt", None)


def test_prefixes_are_those_of_the_ontology() -> None:
    assert prefixes()["def"] == DEF
    assert shortened("http://www.w3.org/ns/prov#used") == "prov:used"
