"""The service description of the endpoint (SPARQL 1.1 Service Description): what it really does."""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from server.formats import GRAPH_FORMATS, RESULT_FORMATS

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
# The names that the W3C gives to formats, by ours.
_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "nquads": "N-Quads",
    "trig": "TriG",
}


def describe_service(endpoint: str, writer: RdfFormat) -> bytes:
    """Return the description of the endpoint at an address.

    It claims no extension, no entailment and neither sd:DereferencesURIs nor sd:UnionDefaultGraph: nothing is
    fetched, and the default graph is a graph of its own, the RDF merge of the named ones.
    """
    service, data, graph = BlankNode("service"), BlankNode("data"), BlankNode("graph")
    statements: list[tuple[BlankNode, NamedNode, NamedNode | BlankNode]] = [
        (service, _TYPE, _sd("Service")),
        (service, _sd("endpoint"), NamedNode(endpoint)),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        (service, _sd("defaultDataset"), data),
        (data, _TYPE, _sd("Dataset")),
        (data, _sd("defaultGraph"), graph),
        (graph, _TYPE, _sd("Graph")),
    ]
    for each in (*RESULT_FORMATS, *GRAPH_FORMATS):
        statements.append((service, _sd("resultFormat"), NamedNode(_FORMATS + _NAMES[each.name])))
    written = serialize(
        [Triple(*each) for each in statements],
        format=writer,
        prefixes={"sd": _SD, "formats": _FORMATS},
    )
    assert written is not None
    return written


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
