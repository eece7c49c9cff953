"""The service description: one graph in every format, that claims what the endpoint does and no more."""

from __future__ import annotations

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from server.description import describe_service
from server.formats import GRAPH_FORMATS, GRAPH_WRITERS, RESULT_FORMATS, Format
from tests.server.web import Web

pytestmark = pytest.mark.waiting

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
# A default graph alone is written in N-Quads as in N-Triples, in TriG as in Turtle.
PARSERS = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml", "nquads": "nt", "trig": "turtle"}
MEDIA_TYPES = {
    "SPARQL_Results_JSON": "application/sparql-results+json",
    "SPARQL_Results_XML": "application/sparql-results+xml",
    "SPARQL_Results_CSV": "text/csv",
    "SPARQL_Results_TSV": "text/tab-separated-values",
    "Turtle": "text/turtle",
    "N-Triples": "application/n-triples",
    "JSON-LD": "application/ld+json",
    "RDF_XML": "application/rdf+xml",
    "N-Quads": "application/n-quads",
    "TriG": "application/trig",
}


def described(web: Web, chosen: Format) -> Graph:
    """Return the description as the endpoint sends it in a format."""
    answered = web.get("/sparql", accept=chosen.media_type, host="data.example.org")
    assert (answered.status, answered.content_type) == (200, chosen.content_type)
    return Graph().parse(data=answered.text, format=PARSERS[chosen.name])


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # as rdflib reads JSON-LD
@pytest.mark.parametrize("chosen", GRAPH_FORMATS, ids=lambda each: each.name)
def test_every_format_says_the_same(web: Web, chosen: Format) -> None:
    assert isomorphic(described(web, chosen), described(web, GRAPH_FORMATS[0]))


def test_it_names_the_endpoint_as_it_was_called(web: Web) -> None:
    graph = described(web, GRAPH_FORMATS[0])
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert list(graph.objects(service, SD.endpoint)) == [URIRef("http://data.example.org/sparql")]
    assert list(graph.objects(service, SD.supportedLanguage)) == [SD.SPARQL11Query]
    assert list(graph.objects(service, SD.feature)) == []
    ((dataset, default),) = graph.subject_objects(SD.defaultGraph)
    assert list(graph.objects(service, SD.defaultDataset)) == [dataset]
    assert (dataset, RDF.type, SD.Dataset) in graph
    assert (default, RDF.type, SD.Graph) in graph


def test_each_format_that_it_claims_is_answered_in(web: Web) -> None:
    graph = described(web, GRAPH_FORMATS[0])
    claimed = {str(each).removeprefix(str(FORMATS)) for each in graph.objects(None, SD.resultFormat)}
    assert claimed == set(MEDIA_TYPES)
    tables = {each.media_type for each in RESULT_FORMATS}
    for name in claimed:
        query = "ASK {}" if MEDIA_TYPES[name] in tables else "CONSTRUCT WHERE { ?s ?p ?o }"
        answered = web.get("/sparql", {"query": query}, MEDIA_TYPES[name])
        assert answered.status == 200
        assert answered.content_type.startswith(MEDIA_TYPES[name])


def test_terms_are_of_the_vocabularies() -> None:
    graph = Graph().parse(data=describe_service("http://x/sparql", GRAPH_WRITERS["ntriples"]), format="nt")
    known = (str(SD), str(RDF), "http://rdfs.org/ns/void#")
    assert all(str(predicate).startswith(known) for predicate in graph.predicates())
