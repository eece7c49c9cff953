"""The service description: given by negotiation where no query is, and not a claim in it that does not hold.

Every predicate of the description is of a closed set, each with a check, so that a new claim comes with its test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from tests.protocol.cases import (
    CSV,
    GRAPHS,
    JSON,
    JSONLD,
    NTRIPLES,
    RDFXML,
    TSV,
    TURTLE,
    XML,
    Case,
    Cases,
    Talk,
    media_type,
)
from tests.protocol.client import Endpoint, Request, Response, by_get
from tests.protocol.formats import BROWSER
from tests.protocol.terms import graph_of, values_of

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = "http://www.w3.org/ns/formats/"
_VOID = "http://rdfs.org/ns/void#"
_MEDIA_TYPES = {
    "SPARQL_Results_JSON": JSON,
    "SPARQL_Results_XML": XML,
    "SPARQL_Results_CSV": CSV,
    "SPARQL_Results_TSV": TSV,
    "Turtle": TURTLE,
    "N-Triples": NTRIPLES,
    "RDF_XML": RDFXML,
    "JSON-LD": JSONLD,
    "N-Quads": "application/n-quads",
    "TriG": "application/trig",
    "N3": "text/n3",
}
_ROWS, _TRIPLES = "SELECT * { ?s ?p ?o } LIMIT 1", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1"
# What may be said without a check of its own: names and explanations.
_UNCHECKED = (
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://purl.org/dc/terms/",
    "http://www.w3.org/2004/02/skos/core#",
)


def _description(endpoint: Endpoint) -> Graph:
    answer = endpoint.ask(Request("GET", "", (("Accept", TURTLE),)))
    assert (answer.status, answer.media_type) == (200, TURTLE), f"{answer.status} {answer.headers}"
    return graph_of(answer, f"http://{endpoint.authority}{endpoint.path}")


def _service(endpoint: Endpoint) -> tuple[Graph, Node]:
    described = _description(endpoint)
    services = list(described.subjects(RDF.type, SD.Service))
    assert len(services) == 1, services
    return described, services[0]


def _says_where(endpoint: Endpoint) -> None:
    described, service = _service(endpoint)
    endpoints = [str(each) for each in described.objects(service, SD.endpoint)]
    assert len(endpoints) == 1, endpoints
    assert Endpoint.at(endpoints[0]).ask(by_get("ASK {}")).status == 200, endpoints


def _says_where_to_others(endpoint: Endpoint) -> None:
    """By another name of the machine the description gives an address of that name, or the one of its own."""
    answer = endpoint.ask(Request("GET", "", (("Accept", TURTLE), ("Host", "data.example"))))
    found = [str(each) for each in graph_of(answer).objects(None, SD.endpoint)]
    assert len(found) == 1 and found[0].startswith("http"), found


def _speaks_what_it_says(endpoint: Endpoint) -> None:
    described, service = _service(endpoint)
    languages = set(described.objects(service, SD.supportedLanguage))
    assert SD.SPARQL11Query in languages, languages
    assert languages <= {SD.SPARQL10Query, SD.SPARQL11Query}, f"claims {languages}: updates are refused"


def _answers_in_what_it_says(endpoint: Endpoint) -> None:
    described, service = _service(endpoint)
    formats = [str(each) for each in described.objects(service, SD.resultFormat)]
    assert {f"{_FORMATS}SPARQL_Results_JSON", f"{_FORMATS}Turtle"} <= set(formats), formats
    for each in formats:
        assert each.startswith(_FORMATS) and each.removeprefix(_FORMATS) in _MEDIA_TYPES, f"an unknown format {each}"
        wanted = _MEDIA_TYPES[each.removeprefix(_FORMATS)]
        answer = endpoint.ask(by_get(_ROWS if "Results" in each else _TRIPLES, accept=wanted))
        assert (answer.status, answer.media_type) == (200, wanted), f"{each}: {answer.status}"


def _says_all_it_answers_in(endpoint: Endpoint) -> None:
    described, service = _service(endpoint)
    claimed = {
        _MEDIA_TYPES.get(str(each).removeprefix(_FORMATS)) for each in described.objects(service, SD.resultFormat)
    }
    for wanted in _MEDIA_TYPES.values():
        query = _ROWS if wanted in (JSON, XML, CSV, TSV) else _TRIPLES
        answer = endpoint.ask(by_get(query, accept=wanted))
        assert answer.status in (200, 406) and (answer.status == 200) == (wanted in claimed), (
            f"{wanted}: {answer.status}"
        )


def _reads_what_it_says(endpoint: Endpoint) -> None:
    described, service = _service(endpoint)
    assert list(described.objects(service, SD.inputFormat)) == [], "claims to read RDF, but nothing can be sent to it"


def _keeps_its_features(endpoint: Endpoint) -> None:
    described, service = _service(endpoint)
    for feature in described.objects(service, SD.feature):
        check = _FEATURES.get(str(feature).removeprefix(str(SD)))
        assert check is not None, f"an unknown feature {feature}"
        check(endpoint)


def _is_merge(endpoint: Endpoint) -> None:
    merged = _count(endpoint, "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }")
    assert _count(endpoint, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == merged


def _never(endpoint: Endpoint) -> None:
    raise AssertionError("this feature is claimed, and is never to be offered here")


_FEATURES: dict[str, Callable[[Endpoint], None]] = {
    "UnionDefaultGraph": _is_merge,
    "DereferencesURIs": _never,
    "RequiresDataset": _never,
    "BasicFederatedQuery": _never,
    "EmptyGraphs": _never,
}


def _has_the_datasets_it_says(endpoint: Endpoint) -> None:
    described, _ = _service(endpoint)
    for graph in described.objects(None, SD.namedGraph):
        names = list(described.objects(graph, SD.name))
        assert len(names) == 1, names
        assert _count(endpoint, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{names[0]}> {{ ?s ?p ?o }} }}") > 0, names
        _check_counts(endpoint, described, graph, f"GRAPH <{names[0]}> {{ ?s ?p ?o }}")
    for graph in described.objects(None, SD.defaultGraph):
        _check_counts(endpoint, described, graph, "?s ?p ?o")


def _check_counts(endpoint: Endpoint, described: Graph, graph: Node, pattern: str) -> None:
    for node in (graph, *described.objects(graph, SD.graph)):
        for counted in described.objects(node, URIRef(f"{_VOID}triples")):
            assert isinstance(counted, Literal)
            assert _count(endpoint, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}") == int(counted)


def _count(endpoint: Endpoint, query: str) -> int:
    return int(values_of(endpoint.ask(by_get(query, accept=CSV)))[0][0])


_CHECKED = {
    RDF.type,
    URIRef(f"{_VOID}triples"),
    *(SD[name] for name in ("endpoint", "supportedLanguage", "resultFormat", "inputFormat", "feature")),
    *(SD[name] for name in ("defaultDataset", "availableGraphs", "defaultGraph", "namedGraph", "name", "graph")),
}
_CLASSES = {SD.Service, SD.Dataset, SD.Graph, SD.NamedGraph, SD.GraphCollection}


def _claims_nothing_else(endpoint: Endpoint) -> None:
    described = _description(endpoint)
    others = {str(each) for each in set(described.predicates()) - _CHECKED if not str(each).startswith(_UNCHECKED)}
    assert not others, f"claims that nothing checks: {sorted(others)}"
    assert set(described.objects(None, RDF.type)) <= _CLASSES, set(described.objects(None, RDF.type))


class _Form(HTMLParser):
    """The form of a page: its action, method and fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str | None]] = []
        self.fields: list[tuple[str, str | None]] = []
        self.declared = False

    def handle_decl(self, decl: str) -> None:
        self.declared = decl.lower() == "doctype html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "form":
            self.forms.append(dict(attrs))
        elif tag in ("textarea", "input", "select"):
            self.fields.append((tag, dict(attrs).get("name")))


def _is_form(answer: Response) -> None:
    page = _Form()
    page.feed(answer.text)
    assert page.declared and page.forms, answer.text[:200]
    assert ("textarea", "query") in page.fields, page.fields


def _form_answers(endpoint: Endpoint) -> None:
    """What a browser sends from the form is answered with a page that shows the rows."""
    asked = Request("GET", "?query=SELECT+%28%22%E9%A2%84%E7%AE%97%22+AS+%3Fword%29+%7B%7D", (("Accept", BROWSER),))
    answer = endpoint.ask(asked)
    assert (answer.status, answer.media_type) == (200, "text/html"), answer.headers
    assert "预算" in answer.text and "word" in answer.text


def _page_escapes(endpoint: Endpoint) -> None:
    """Nothing of a query or of data becomes markup of a page: not rows, not the query, not a syntax error."""
    bait = "<script>alert(1)</script>"
    for query in (
        f'SELECT ("{bait}" AS ?v) {{}}',
        f"ASK {{ {bait}",
        f'CONSTRUCT {{ <http://x/> <http://x/> "{bait}" }} {{}}',
    ):
        answer = endpoint.ask(by_get(query, accept="text/html"))
        assert bait not in answer.text, answer.text


def _each_format() -> Iterator[Case]:
    for each in GRAPHS:
        yield Case(
            f"the description as {each}", Request("GET", "", (("Accept", each),)), "200", (media_type(each), _described)
        )
    preferred = Request("GET", "", (("Accept", f"{TURTLE};q=0.2, {NTRIPLES};q=0.9, text/html;q=0.1"),))
    yield Case("the description by quality", preferred, "200", (media_type(NTRIPLES), _described))


def _described(answer: Response) -> None:
    assert (None, RDF.type, SD.Service) in graph_of(answer), answer.text


CASES: Cases = (
    *_each_format(),
    Case("no query, anything accepted", Request("GET"), "200", (media_type(" ".join((*GRAPHS, "text/html"))),)),
    Case("no query, nothing acceptable", Request("GET", "", (("Accept", "image/png"),)), "406"),
    Case("no query and HEAD", Request("HEAD", "", (("Accept", TURTLE),)), "200", (media_type(TURTLE),)),
    Case(
        "the description is not empty",
        Request("GET", "", (("Accept", NTRIPLES),)),
        "200",
        (lambda answer: _at_least(answer, 5),),
    ),
    Talk("the description says where the endpoint is", _says_where),
    Talk("the description by another name of the machine", _says_where_to_others),
    Talk("the languages of the description are spoken", _speaks_what_it_says),
    Talk("the formats of the description are answered in", _answers_in_what_it_says),
    Talk("the description has all formats that are answered in", _says_all_it_answers_in),
    Talk("the description claims to read nothing", _reads_what_it_says),
    Talk("the features of the description hold", _keeps_its_features),
    Talk("the datasets of the description are there", _has_the_datasets_it_says),
    Talk("the description claims nothing that is not checked", _claims_nothing_else),
    Case("a form for browsers", Request("GET", "", (("Accept", BROWSER),)), "200", (media_type("text/html"), _is_form)),
    Talk("the form answers with a page", _form_answers),
    Talk("a page shows markup as text", _page_escapes),
)


def _at_least(answer: Response, count: int) -> None:
    assert len(graph_of(answer)) >= count, answer.text
