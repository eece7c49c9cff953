"""What an answer is written in: formats and their aliases, negotiation by quality, terms that come through whole."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import Graph

from tests.protocol.cases import (
    CSV,
    EXAMPLE,
    GRAPH_A,
    GRAPH_VALUES,
    GRAPHS,
    JSON,
    JSONLD,
    NTRIPLES,
    RDFXML,
    TABLES,
    TSV,
    TURTLE,
    XML,
    Case,
    Cases,
    Check,
    has_cells,
    has_columns,
    has_rows,
    has_solutions,
    has_triples,
    header,
    is_graph,
    media_type,
    says,
)
from tests.protocol.client import Response, by_body, by_form, by_get
from tests.protocol.expected import merge
from tests.protocol.terms import BLANK, XSD, Row, Term, iri, literal, values_of

SELECT = f"SELECT ?who ?amount WHERE {{ GRAPH <{GRAPH_A}> {{ ?who <{EXAMPLE}spent> ?amount }} }} ORDER BY ?amount"
ASK = f"ASK {{ <{EXAMPLE}finance> <{EXAMPLE}spent> 100 }}"
CONSTRUCT = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{GRAPH_VALUES}> {{ ?s ?p ?o }} }}"
DESCRIBE = f"DESCRIBE <{EXAMPLE}integer>"
VALUES = f"SELECT ?name ?v WHERE {{ GRAPH <{GRAPH_VALUES}> {{ ?name <{EXAMPLE}is> ?v }} }}"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

STORED = {
    "integer": literal("42", "integer"),
    "negative": literal("-7", "integer"),
    "decimal": literal("1870.25", "decimal"),
    "double": literal("1.5e3", "double"),
    "float": literal("2.5", "float"),
    "boolean": literal("true", "boolean"),
    "year": literal("2024", "gYear"),
    "date": literal("2024-02-29", "date"),
    "moment": literal("2024-02-29T08:30:00Z", "dateTime"),
    "plain": literal("36.70"),
    "language": literal("预算", language="zh-Hans"),
    "own": literal("x", f"{EXAMPLE}type"),
    "quotes": literal("a\tb\nc\r\nd \"e\" 'f' \\ g, h;i"),
    "empty": literal(""),
    "astral": literal("𠀀é"),
    "iri": iri("http://example.org/a?b=c&d#e"),
    "chinese": iri("http://example.org/预算"),
    "blank": BLANK,
}
_STORED_ROWS: list[Row] = [{"name": iri(EXAMPLE + name), "v": term} for name, term in STORED.items()]
# Terms that stand in the query itself, so that no store has had them in its hands.
_STATED: dict[str, Term] = {
    "7": literal("7", "integer"),
    "-0.5": literal("-0.5", "decimal"),
    "1e0": literal("1", "double"),
    "true": literal("true", "boolean"),
    '"7"': literal("7"),
    '"true"': literal("true"),
    '"七"@zh': literal("七", language="zh"),
    f'"2024"^^<{XSD}gYear>': literal("2024", "gYear"),
    f'"P1D"^^<{XSD}duration>': literal("P1D", "duration"),
    f'"7"^^<{EXAMPLE}own>': literal("7", f"{EXAMPLE}own"),
    '"<&>"': literal("<&>"),
    '" blank "': literal(" blank "),
    "<http://example.org/é>": iri("http://example.org/é"),
}
_PARTLY = 'SELECT ?b ?a { VALUES (?b ?a) { (UNDEF 1) (2 UNDEF) ("x" "y") } }'
_PARTLY_ROWS: list[Row] = [
    {"a": literal("1", "integer")},
    {"b": literal("2", "integer")},
    {"b": literal("x"), "a": literal("y")},
]


def _utf8(answer: Response) -> None:
    stated = (answer.header("Content-Type") or "").lower().replace(" ", "").replace('"', "")
    assert stated.endswith(";charset=utf-8"), stated


def _not_utf8_at_odds(answer: Response) -> None:
    stated = (answer.header("Content-Type") or "").lower()
    assert "charset" not in stated or "utf-8" in stated, stated
    answer.content.decode("utf-8")


def _stored_in_csv(answer: Response) -> None:
    found = {name.removeprefix(EXAMPLE): value for name, value in values_of(answer)}
    assert set(found) == set(STORED), answer.text
    for name, term in STORED.items():
        assert found[name] == term.value or term.datatype or term is BLANK, f"{name}: {found[name]!r}"


def _ends_lines_with_crlf(answer: Response) -> None:
    assert answer.content.endswith(b"\r\n") and answer.content.count(b"\n") == answer.content.count(b"\r\n")


def _json_boolean(answer: Response) -> None:
    shape = answer.json()
    assert shape["boolean"] is True and isinstance(shape["head"], dict) and "results" not in shape, shape


def _json_plain(answer: Response) -> None:
    """Check that a plain string has neither datatype nor language, and that only bound variables are listed."""
    bound = [binding for binding in answer.json()["results"]["bindings"] if "a" in binding]
    assert bound[-1]["a"] == {"type": "literal", "value": "y"} and "b" not in bound[0], answer.text


def _values() -> Graph:
    return merge([GRAPH_VALUES])


def _each_format() -> list[Case]:
    checks: dict[str, tuple[Check, ...]] = {CSV: (has_columns("who", "amount"),)}
    tables = [
        Case(
            f"SELECT as {each}",
            by_get(SELECT, accept=each),
            "200",
            (media_type(each), *checks.get(each, (has_columns("who", "amount"), has_rows(2)))),
        )
        for each in TABLES
    ]
    asks = [
        Case(f"ASK {answer} as {each}", by_get(query, accept=each), "200", (media_type(each), says(answer)))
        for each in (JSON, XML)
        for query, answer in ((ASK, True), (ASK.replace("100", "101"), False))
    ]
    constructs = [
        Case(f"CONSTRUCT as {each}", by_get(CONSTRUCT, accept=each), "200", (media_type(each), is_graph(_values)))
        for each in GRAPHS
    ]
    describes = [
        Case(f"DESCRIBE as {each}", by_get(DESCRIBE, accept=each), "200", (media_type(each), has_triples(1)))
        for each in GRAPHS
    ]
    return [*tables, *asks, *constructs, *describes]


def _each_post() -> list[Case]:
    ways: tuple[tuple[str, Callable[[str, str], Case]], ...] = (
        ("form", lambda query, accept: Case("", by_form(("query", query), accept=accept), "200")),
        ("body", lambda query, accept: Case("", by_body(query, accept=accept), "200")),
    )
    return [
        Case(
            f"{query.split()[0]} by POST of a {way} as {accept}",
            ask(query, accept).request,
            "200",
            (media_type(accept),),
        )
        for way, ask in ways
        for query, accept in ((SELECT, XML), (SELECT, CSV), (CONSTRUCT, RDFXML), (DESCRIBE, NTRIPLES))
    ]


_ALIASES = (
    (SELECT, "application/json", JSON),
    (SELECT, "application/xml", XML),
    (SELECT, "text/xml", XML),
    (ASK, "application/json", JSON),
    (ASK, "text/xml", XML),
    (CONSTRUCT, "application/json", JSONLD),
    (CONSTRUCT, "application/xml", RDFXML),
    (CONSTRUCT, "text/xml", RDFXML),
    (CONSTRUCT, "text/plain", NTRIPLES),
)

# What a client says it accepts, and what a query must then be answered in; several with a blank between.
_NEGOTIATED = (
    (SELECT, "*/*", " ".join(TABLES)),
    (SELECT, "", " ".join(TABLES)),
    (SELECT, "text/*", f"{CSV} {TSV} {XML}"),
    (SELECT, "application/*", f"{JSON} {XML}"),
    (SELECT, "TEXT/CSV", CSV),
    (SELECT, "  text/csv  ", CSV),
    (SELECT, "text/csv; charset=utf-8", CSV),
    (SELECT, "text/csv;header=present", CSV),
    (SELECT, f"{JSON};charset=UTF-8", JSON),
    (SELECT, "text/csv;q=0.1, text/tab-separated-values;q=0.9", TSV),
    (SELECT, "text/csv ; Q=0.1 , text/tab-separated-values ; q=0.9", TSV),
    (SELECT, "text/csv;charset=utf-8;q=0.1, text/tab-separated-values;q=0.2", TSV),
    (SELECT, f"{JSON};q=0.001, {XML};q=0.002", XML),
    (SELECT, f"{XML};q=1.000, {JSON};q=0.999", XML),
    (SELECT, "*/*;q=0.1, text/csv;q=0.5", CSV),
    (SELECT, f"text/*;q=0.2, text/csv;q=0.9, {JSON};q=0.5", CSV),
    (SELECT, "text/csv;q=0, text/*", f"{TSV} {XML}"),
    (SELECT, f"{JSON};q=0, {XML};q=0, */*", f"{CSV} {TSV}"),
    (SELECT, "image/png, text/csv;q=0.5", CSV),
    (SELECT, f"text/turtle, application/rdf+xml, {XML};q=0.1", XML),
    (SELECT, f"*/*;q=0, {TSV}", TSV),
    (SELECT, f"{JSON}, {JSON};q=0.5", JSON),
    (CONSTRUCT, "*/*", " ".join(GRAPHS)),
    (CONSTRUCT, "text/turtle;q=0.4, application/n-triples;q=0.6", NTRIPLES),
    (CONSTRUCT, "application/rdf+xml, text/turtle;q=0.9", RDFXML),
    (CONSTRUCT, "text/csv, application/ld+json;q=0.2", JSONLD),
    (CONSTRUCT, "text/turtle;charset=utf-8", TURTLE),
    (CONSTRUCT, "text/*", TURTLE),
    (DESCRIBE, f"{JSON}, text/turtle;q=0.1", TURTLE),
)
_REFUSED = (
    (SELECT, "image/png"),
    (SELECT, "text/turtle"),
    (SELECT, "text/csv;q=0"),
    (SELECT, "*/*;q=0"),
    (SELECT, "audio/*, image/*;q=0.5"),
    (ASK, "application/n-triples"),
    (CONSTRUCT, "text/csv"),
    (CONSTRUCT, JSON),
    (DESCRIBE, "image/png"),
)
# Ends of IRIs that no element of XML can be named by, and a name that RDF/XML has for itself.
_UNSAID = (
    *(
        f"<{iri}> 1"
        for iri in ("http://e.org/1", "urn:isbn:123", "http://e.org/a#", "http://e.org/", "http://e.org/a%20")
    ),
    *("<http://e.org/?b=1> 1", "a <http://e.org/>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#li> 1"),
)
_ODD = (
    "text/csv;q=high",
    "text/csv;q=",
    ";;;",
    ",",
    "csv",
    "*",
    "*/csv",
    "text/csv;q=-1",
    "text/csv;q=2",
    '"',
    "/",
    "é/é",
)

CASES: Cases = (
    *_each_format(),
    *_each_post(),
    *(Case(f"{q.split()[0]} for {a} is {m}", by_get(q, accept=a), "200", (media_type(m),)) for q, a, m in _ALIASES),
    Case("SELECT without Accept", by_get(SELECT), "200", (media_type(" ".join(TABLES)),)),
    Case("ASK without Accept", by_get(ASK), "200", (media_type(f"{JSON} {XML}"), says(True))),
    Case("CONSTRUCT without Accept", by_get(CONSTRUCT), "200", (media_type(" ".join(GRAPHS)),)),
    *(
        Case(f"{query.split()[0]} accepting {accept!r}", by_get(query, accept=accept), "200", (media_type(expected),))
        for query, accept, expected in _NEGOTIATED
    ),
    Case(
        "Accept in two lines is one list",
        by_get(SELECT, headers=(("Accept", "image/png, text/csv;q=0.1"), ("Accept", f"{TSV};q=0.5"))),
        "200",
        (media_type(TSV),),
    ),
    Case(
        "a browser gets a page or a table",
        by_get(SELECT, accept=BROWSER),
        "200",
        (media_type(f"text/html {XML} {JSON}"),),
    ),
    *(Case(f"{q.split()[0]} accepting only {a!r} is refused", by_get(q, accept=a), "406") for q, a in _REFUSED),
    *(Case(f"an odd Accept {odd!r} harms nothing", by_get(SELECT, accept=odd), "200|400|406") for odd in _ODD),
    *(Case(f"{each} says that it is UTF-8", by_get(SELECT, accept=each), "200", (_utf8,)) for each in (CSV, TSV)),
    Case("text/turtle says that it is UTF-8", by_get(CONSTRUCT, accept=TURTLE), "200", (_utf8,)),
    *(
        Case(
            f"{accept} is UTF-8 whatever Accept-Charset says",
            by_get(query, accept=accept, headers=(("Accept-Charset", "iso-8859-1, gbk"),)),
            "200",
            (_not_utf8_at_odds,),
        )
        for query, accept in ((VALUES, JSON), (VALUES, XML), (VALUES, CSV), (CONSTRUCT, TURTLE), (CONSTRUCT, RDFXML))
    ),
    *(
        Case(f"stored terms come whole in {each}", by_get(VALUES, accept=each), "200", (has_solutions(_STORED_ROWS),))
        for each in (JSON, XML, TSV)
    ),
    Case("stored terms come whole in text/csv", by_get(VALUES, accept=CSV), "200", (_stored_in_csv,)),
    *(
        Case(
            f"{written} comes whole in {each}",
            by_get(f"SELECT ?v {{ VALUES ?v {{ {written} }} }}", accept=each),
            "200",
            (has_solutions([{"v": term}]),),
        )
        for written, term in _STATED.items()
        for each in (JSON, XML, TSV)
    ),
    *(
        Case(
            f"unbound cells in {each}",
            by_get(_PARTLY, accept=each),
            "200",
            (has_columns("b", "a"), has_solutions(_PARTLY_ROWS)),
        )
        for each in (JSON, XML, TSV)
    ),
    Case(
        "unbound cells in text/csv",
        by_get(_PARTLY, accept=CSV),
        "200",
        (has_columns("b", "a"), has_cells(["", "1"], ["2", ""], ["x", "y"])),
    ),
    *(
        Case(
            f"no rows in {each}", by_get("SELECT ?a ?b { FILTER(false) }", accept=each), "200", (has_columns("a", "b"),)
        )
        for each in TABLES
    ),
    Case("lines of CSV end in CR LF", by_get(SELECT, accept=CSV), "200", (_ends_lines_with_crlf,)),
    Case(
        "cells of CSV are quoted",
        by_get('SELECT ?v { VALUES ?v { "a,b" "c\\"d" "e\\nf" } }', accept=CSV),
        "200",
        (has_cells(["a,b"], ['c"d'], ["e\nf"]),),
    ),
    *(
        Case(f"what is no query is so accepting {accept}", by_get("SELECT WHERE", accept=accept), "400")
        for accept in ("image/png", TURTLE, "*/*;q=0")
    ),
    *(
        Case(f"RDF/XML cannot say {stated}", by_get(f"CONSTRUCT {{ <urn:s> {stated} }} {{}}", accept=RDFXML), "406")
        for stated in _UNSAID
    ),
    *(
        Case(f"{stated} in another format", by_get(f"CONSTRUCT {{ <urn:s> {stated} }} {{}}", accept=NTRIPLES), "200")
        for stated in _UNSAID
    ),
    *(
        Case(f"XML cannot have U+{ord(sign):04X}", by_get(f'SELECT ("{sign}" AS ?v) {{}}', accept=XML), "406")
        for sign in "\x0c\ufffe\uffff"
    ),
    Case("the JSON of ASK", by_get(ASK, accept=JSON), "200", (_json_boolean,)),
    Case("the JSON of plain strings and unbound cells", by_get(_PARTLY, accept=JSON), "200", (_json_plain,)),
    Case(
        "a graph without triples",
        by_get("CONSTRUCT WHERE { <http://x/> <http://x/> ?o }", accept=TURTLE),
        "200",
        (has_triples(0),),
    ),
    Case(
        "the order of rows is kept",
        by_get("SELECT ?v { VALUES ?v { 3 1 2 } } ORDER BY DESC(?v)", accept=CSV),
        "200",
        (has_cells(["3"], ["2"], ["1"]),),
    ),
    Case("equal rows stay", by_get("SELECT ?v { VALUES ?v { 1 1 } }", accept=CSV), "200", (has_cells(["1"], ["1"]),)),
    Case(
        "Content-Length is that of the body",
        by_get(SELECT, accept=CSV),
        "200",
        (header("Content-Length", str.isdigit),),
    ),
)
