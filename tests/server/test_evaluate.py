"""Evaluating and writing: formats, datasets, limits, bound parameters, and the table for terminals."""

from __future__ import annotations

import json
from xml.dom.minidom import parseString

import pytest
from pyoxigraph import Literal, NamedNode, Store

from server.catalogue import Parameter, Query
from server.errors import NotAcceptableError, ParameterError, QueryRefusedError, QuerySyntaxError, ResultTooLargeError
from server.evaluate import Evaluation, evaluate
from server.formats import GRAPH_FORMATS, RESULT_FORMATS
from server.parameters import bind
from server.scan import Dataset
from server.table import columns_and_rows, display_width, render_table
from tests.server.sample_release import DRAFT_GRAPH, GRAPH

KINDS = ("string", "iri", "document-number", "integer")
QUERY = Query(
    "ask",
    "",
    parameters=tuple(Parameter(kind.split("-")[0], kind, kind, kind, kind == "iri", kind[0]) for kind in KINDS),
)
SPAN_IRI = "http://x/text#char=1,2"


@pytest.mark.parametrize("name", [each.name for each in RESULT_FORMATS])
def test_results_are_written_alike_with_and_without_hidden_columns(name: str) -> None:
    shown = 'SELECT ?a ?b ?c ?d WHERE { BIND(<http://x/> AS ?a) BIND("1,0\\n"@zh AS ?b) BIND(true AS ?d) }'
    hiding = shown.replace("?d WHERE", "?d ?e WHERE").replace("true AS ?d)", "true AS ?d) BIND(7 AS ?e)")
    plain = evaluate(Store(), Evaluation(shown, name))
    assert evaluate(Store(), Evaluation(hiding, name, hidden=("e",))) == plain
    assert b"http://x/" in plain


def test_csv_quotes_the_comma_of_a_span() -> None:
    text = f"SELECT ?a ?b ?c WHERE {{ BIND(<{SPAN_IRI}> AS ?a) BIND(36.70 AS ?c) }}"
    assert evaluate(Store(), Evaluation(text, "csv")) == f'a,b,c\r\n"{SPAN_IRI}",,36.7\r\n'.encode()


def test_csv_marks_a_triple_term() -> None:
    text = "SELECT ?t { BIND(<<( <urn:a> <urn:b> 'c, d' )>> AS ?t) }"
    assert evaluate(Store(), Evaluation(text, "csv")) == b't\r\n"<<( urn:a urn:b c, d )>>"\r\n'


@pytest.mark.parametrize("name", [each.name for each in GRAPH_FORMATS])
def test_graphs_are_written(store: Store, name: str) -> None:
    assert evaluate(store, Evaluation(f"DESCRIBE <{GRAPH.removesuffix('/graph')}>", name))


@pytest.mark.parametrize("name", ["turtle", "trig"])
def test_graphs_have_the_prefixes_that_they_are_written_with_and_no_others(name: str) -> None:
    text = "CONSTRUCT { <x:s> a <https://w3id.org/yusuan/def#Project> ; <x:p> 'sh:', 1.5e0 } {}"
    written = evaluate(Store(), Evaluation(text, name)).decode()
    assert "a def:Project" in written
    assert [line.split()[1] for line in written.splitlines() if line.startswith("@prefix")] == ["def:"]


def test_a_prefix_that_is_not_declared_is_named_with_what_it_stands_for() -> None:
    text = "PREFIX a: <x:>\nSELECT * { ?s a:b _:c ; def:label|a:d ?o }"
    with pytest.raises(QuerySyntaxError, match=r"at 2:.* def: is not declared, .* <https://w3id.org/yusuan/def#>"):
        evaluate(Store(), Evaluation(text, "json"))
    with pytest.raises(QuerySyntaxError, match="prefix ex: is not declared"):
        evaluate(Store(), Evaluation("SELECT * { ?s ex:b 'def:a' }", "json"))


@pytest.mark.parametrize(
    ("text", "name"), [("ASK {}", "turtle"), ("CONSTRUCT WHERE { ?s ?p ?o }", "csv"), ("ASK {", "json")]
)
def test_what_cannot_be_written_so_is_the_callers_mistake(text: str, name: str) -> None:
    with pytest.raises(QuerySyntaxError):
        evaluate(Store(), Evaluation(text, name))


@pytest.mark.parametrize("function", ["http://e.org/f", "http://www.w3.org/2001/XMLSchema#nothing"])
def test_a_function_that_there_is_not_is_named(function: str) -> None:
    for text in (f"SELECT (<{function}>(1) AS ?x) {{}}", f"ASK {{ FILTER(<{function}>(?x)) }}"):
        with pytest.raises(QuerySyntaxError, match=f"no function <{function}>"):
            evaluate(Store(), Evaluation(text, "json"))


# Ends of IRIs that no element of XML can be named by.
NAMELESS = ("1", "urn:isbn:123", "a#", "a/", "a%20", "?b=1", "-", "a²", "×")


@pytest.mark.parametrize("end", NAMELESS)
@pytest.mark.parametrize("stated", ["<{0}> 'x'", "<{0}> <http://x/o>", "<{0}> ''", "a <{0}>"])
def test_rdf_xml_is_refused_where_it_cannot_name_a_property_or_a_type(end: str, stated: str) -> None:
    iri = end if ":" in end else f"http://e.org/{end}"
    text = f"CONSTRUCT {{ <http://x/s> {stated.format(iri)} }} {{}}"
    with pytest.raises(NotAcceptableError, match="name"):
        evaluate(Store(), Evaluation(text, "rdfxml"))
    assert f"<{iri}>".encode() in evaluate(Store(), Evaluation(text, "ntriples"))


@pytest.mark.parametrize("end", ["a", "_1", "a.", "预算", "1a", "a%20b", "#a-1", "a:b"])
def test_rdf_xml_that_is_written_is_well_formed(end: str) -> None:
    iri = f"http://e.org/{end}"
    text = f"CONSTRUCT {{ <http://x/s> <{iri}> '<a: >', <http://x/1> ; a <{iri}> }} {{}}"
    assert parseString(evaluate(Store(), Evaluation(text, "rdfxml")))


@pytest.mark.parametrize("sign", ["\x0c", "\x1f", "\ufffe", "\uffff"])
def test_xml_is_refused_where_it_cannot_have_a_character(sign: str) -> None:
    row, graph = f"SELECT ('{sign}' AS ?x) {{}}", f"CONSTRUCT {{ <urn:a> a '{sign}' }} {{}}"
    for text, name in ((row, "xml"), (graph, "rdfxml")):
        with pytest.raises(NotAcceptableError, match="characters"):
            evaluate(Store(), Evaluation(text, name))
    assert evaluate(Store(), Evaluation("SELECT ('\ufffd\uff1f' AS ?x) {}", "xml"))


@pytest.mark.parametrize(
    ("stated", "name"),
    [("<urn:p> <<( <urn:a> <urn:p> 1 )>>", "jsonld"), ("<http://www.w3.org/1999/02/22-rdf-syntax-ns#li> 1", "rdfxml")],
)
def test_what_a_format_cannot_say_is_refused(stated: str, name: str) -> None:
    with pytest.raises(NotAcceptableError, match=name):
        evaluate(Store(), Evaluation(f"CONSTRUCT {{ <urn:a> {stated} }} {{}}", name))


INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("SELECT ?v { <urn:none> <urn:p>* ?v }", "v\r\n"),
        ("SELECT (false < true AS ?v) {}", 'v\r\n""\r\n'),
        (f'SELECT (CONCAT(STR(1.50), " ", STR("01"^^<{INTEGER}>)) AS ?v) {{}}', "v\r\n1.5 1\r\n"),
        ("SELECT (sameTerm(1.50, 1.5) AS ?v) {}", "v\r\ntrue\r\n"),
        (f'SELECT (DATATYPE("1"^^<{INTEGER[:-4]}>) AS ?v) {{}}', f"v\r\n{INTEGER}\r\n"),
        ('SELECT (REPLACE("abc", "", "-") AS ?v) {}', "v\r\n-a-b-c-\r\n"),
        (f'SELECT (!("x"^^<{INTEGER}>) AS ?v) {{}}', 'v\r\n""\r\n'),
        ('VERSION "1.2" SELECT (isTRIPLE(<<( <urn:s> <urn:p> 1 )>>) AS ?v) {}', "v\r\ntrue\r\n"),
    ],
)
def test_the_engine_differs_from_sparql_where_it_is_said_to(text: str, answer: str) -> None:
    """What docs/linked-data.md says of it; where one of these changes, it is to say less."""
    assert evaluate(Store(), Evaluation(text, "csv")) == answer.encode()


def test_an_escape_is_read_in_strings_and_iris_alone() -> None:
    assert evaluate(Store(), Evaluation(r'SELECT ("\u9884" AS ?v) {}', "csv")) == "v\r\n预\r\n".encode()
    with pytest.raises(QuerySyntaxError, match="cannot be read further"):
        evaluate(Store(), Evaluation(r"SELECT ?\u0061 {}", "csv"))


def test_a_call_is_refused_wherever_a_query_is_evaluated() -> None:
    with pytest.raises(QueryRefusedError, match="SERVICE"):
        evaluate(Store(), Evaluation("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "json"))


@pytest.mark.parametrize("name", ["json", "csv"])
def test_an_answer_ends_at_the_limit(store: Store, name: str) -> None:
    every = Evaluation("SELECT * { ?s ?p ?o }", name, largest=10_000)
    with pytest.raises(ResultTooLargeError, match="10000 bytes"):
        evaluate(store, every)


def counted(store: Store, where: str, dataset: Dataset | None = None, source: str = "") -> int:
    """Return how many solutions a pattern has."""
    text = f"SELECT (COUNT(*) AS ?n) {source} WHERE {{ {where} }}"
    answer = json.loads(evaluate(store, Evaluation(text, "json", dataset=dataset)))
    return int(answer["results"]["bindings"][0]["n"]["value"])


def test_two_default_graphs_are_merged_not_added() -> None:
    store = Store()
    for graph in ("a", "b"):
        store.update(f"INSERT DATA {{ GRAPH <http://g/{graph}> {{ <http://s> <http://p> 1, 'in {graph}' }} }}")
    assert counted(store, "?s ?p ?o", Dataset(("http://g/a", "http://g/b"), ())) == 3
    assert counted(store, "?s ?p ?o", source="FROM <http://g/a> FROM <http://g/b>") == 3
    assert counted(store, "GRAPH ?g { ?s ?p ?o }", Dataset(("http://g/a", "http://g/b"), ("http://g/b",))) == 2


def test_a_dataset_holds_only_the_graphs_it_names(store: Store) -> None:
    one = counted(store, f"GRAPH <{GRAPH}> {{ ?s ?p ?o }}")
    assert counted(store, "?s ?p ?o", Dataset((GRAPH,), ())) == one > 0
    assert counted(store, "GRAPH ?g { ?s ?p ?o }", Dataset((GRAPH,), ())) == 0
    assert counted(store, "?s ?p ?o", Dataset((), (GRAPH,))) == 0
    assert counted(store, "GRAPH ?g { ?s ?p ?o }", Dataset((), (GRAPH,))) == one
    assert counted(store, "?s ?p ?o", Dataset((DRAFT_GRAPH,), ()), source=f"FROM <{GRAPH}>") < one


@pytest.mark.parametrize("graph", ["http://x/none", "file:///etc/passwd"])
def test_a_graph_outside_the_release_is_empty(store: Store, graph: str) -> None:
    assert counted(store, "?s ?p ?o", source=f"FROM <{graph}>") == 0
    assert counted(store, "GRAPH ?g { ?s ?p ?o }", source=f"FROM NAMED <{graph}>") == 0
    one = counted(store, "?s ?p ?o", source=f"FROM <{GRAPH}>")
    assert counted(store, "?s ?p ?o", source=f"FROM <{GRAPH}> FROM <{graph}>") == one > 0


@pytest.mark.parametrize("graph", ["no iri", "relative", "http://x/%"])
def test_a_graph_that_is_no_iri_is_the_callers_mistake(store: Store, graph: str) -> None:
    with pytest.raises(QuerySyntaxError, match="cannot be evaluated"):
        counted(store, "?s ?p ?o", Dataset((graph,), ()))


@pytest.mark.parametrize("graph", ["http://[/", "\\uD800", "\\U00110000", "\\UFFFFFFFF", "http://x/%", "a:b:[c"])
def test_a_graph_that_from_cannot_name_is_the_callers_mistake(store: Store, graph: str) -> None:
    for text in (f"ASK FROM <{graph}> {{}}", f"PREFIX e: <{graph}> ASK FROM NAMED e:a {{}}"):
        with pytest.raises(QuerySyntaxError, match="error at 1:"):
            evaluate(store, Evaluation(text, "json", base="http://x/"))


def test_parameters_become_terms() -> None:
    values = {"string": "36.70", "iri": SPAN_IRI, "document": " 晋财行[2019]195 号", "integer": "-7"}
    assert bind(QUERY, values) == {
        "s": Literal("36.70"),
        "i": Literal(-7),
        "d": Literal("晋财行〔2019〕195号"),
    } | {"i": Literal(-7)}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"iri": "http://x/", "colour": "red"}, "no parameter 'colour'; it has: string, iri"),
        ({}, "needs the parameter 'iri'"),
        ({"iri": ""}, "needs the parameter 'iri'"),
        ({"iri": "not an iri"}, "an absolute IRI"),
        ({"iri": "http://x/ y"}, "an absolute IRI"),
        ({"iri": "http://x/", "integer": "1.5"}, "a whole number"),
        (
            {"iri": "http://x/", "document": "解放路54号"},
            "a document number such as 财建〔2006〕468号, not '解放路54号'",
        ),
    ],
)
def test_a_wrong_parameter_is_named(values: dict[str, str], reason: str) -> None:
    with pytest.raises(ParameterError, match=reason):
        bind(QUERY, values)


def test_the_table_counts_chinese_characters_twice() -> None:
    store = Store()
    answer = evaluate(store, Evaluation('SELECT * { VALUES (?a ?b) { ("预算" "x") ("ab" UNDEF) } }', "json"))
    assert render_table(answer) == "a     b\n----  -\n预算  x\nab\n(2 rows)\n"
    assert display_width("（é" + "e\u0301") == 4


def test_the_table_of_ask_is_one_cell() -> None:
    answer = evaluate(Store(), Evaluation("ASK {}", "json"))
    assert render_table(answer) == "boolean\n-------\ntrue\n(1 row)\n"


def test_terms_are_bound_not_written() -> None:
    store = Store()
    store.update("INSERT DATA { <http://x/s> <http://x/p> '} #' }")
    query = Evaluation("SELECT ?o WHERE { ?s ?p ?o }", "csv", {"o": Literal("} #")})
    assert evaluate(store, query) == b"o\r\n} #\r\n"
    missed = Evaluation("SELECT ?o ?s WHERE { ?s ?p ?o }", "csv", {"s": NamedNode("http://x/t")})
    assert evaluate(store, missed) == b"o,s\r\n"


def test_a_blank_node_is_told_from_a_text_in_a_table() -> None:
    cell = {"head": {"vars": ["g"]}, "results": {"bindings": [{"g": {"type": "bnode", "value": "n9"}}]}}
    assert columns_and_rows(json.dumps(cell).encode()) == (["g"], [["_:n9"]])


def test_a_triple_is_a_term_in_a_table() -> None:
    text = "SELECT (<<( <urn:s> <urn:p> <<( <urn:s> <urn:p> 1 )>> )>> AS ?t) {}"
    cells = [["<<( urn:s urn:p <<( urn:s urn:p 1 )>> )>>"]]
    assert columns_and_rows(evaluate(Store(), Evaluation(text, "json"))) == (["t"], cells)
