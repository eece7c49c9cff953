"""Which graphs a query asks: the default graph as RDF merge, FROM and the protocol's parameters, unknown graphs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tests.protocol.cases import (
    CSV,
    EXAMPLE,
    GRAPH_A,
    GRAPH_B,
    GRAPH_C,
    NTRIPLES,
    UNKNOWN,
    Case,
    Cases,
    Check,
    has_triples,
    says,
)
from tests.protocol.client import Request, Response, by_body, by_form, by_get, encode_form
from tests.protocol.expected import counted, dataset, merge, summed
from tests.protocol.terms import values_of

_SPENT = f"{EXAMPLE}spent"
_COUNT = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
_SUM = f"SELECT (SUM(?v) AS ?n) {{}} {{{{ ?s <{_SPENT}> ?v }}}}"
_NAMED = "SELECT (COUNT(*) AS ?n) {} {{ GRAPH ?g {{ ?s ?p ?o }} }}"
_ALL = "SELECT ?s ?p ?o {} {{ ?s ?p ?o }}"

# Default graphs of a query; None is none stated.
_SETS: tuple[Sequence[str] | None, ...] = (
    None,
    (GRAPH_A,),
    (GRAPH_A, GRAPH_B),
    (GRAPH_A, GRAPH_B, GRAPH_C),
    (GRAPH_A, GRAPH_A),
    (GRAPH_B, UNKNOWN),
    (UNKNOWN,),
)


def _number(expected: Decimal | int) -> Check:
    def check(answer: Response) -> None:
        assert Decimal(values_of(answer)[0][0]) == expected, f"{answer.text!r}, not {expected}"

    return check


def _no_row_twice(answer: Response) -> None:
    rows = [tuple(row) for row in values_of(answer)]
    assert len(set(rows)) == len(rows), answer.text


def _counts(graphs: Sequence[str] | None) -> Check:
    """Check a COUNT and be lazy about it: rdflib is asked when the case runs."""

    def check(answer: Response) -> None:
        _number(counted(graphs))(answer)

    return check


def _sums(graphs: Sequence[str] | None) -> Check:
    def check(answer: Response) -> None:
        _number(summed(_SPENT, graphs))(answer)

    return check


def _counts_named(answer: Response) -> None:
    _number(sum(len(graph) for graph in dataset().graphs()))(answer)


def _as_many_as_merged(answer: Response) -> None:
    assert len(values_of(answer)) == len(merge()), answer.text


def _from(graphs: Sequence[str] | None, clause: str = "FROM") -> str:
    return " ".join(f"{clause} <{graph}>" for graph in graphs or ())


def _short(graphs: Sequence[str] | None) -> str:
    return " and ".join(graph.rpartition("/")[2] for graph in graphs) if graphs else "nothing stated"


def _each_way(query: str, graphs: Sequence[str], kind: str = "default") -> list[tuple[str, Request]]:
    """Return a query about graphs in every way of stating them: FROM, URL, form, URL of a form, URL of a body."""
    clause = "FROM NAMED" if kind == "named" else "FROM"
    parameters = [(f"{kind}-graph-uri", graph) for graph in graphs]
    search, bare = "?" + encode_form(*parameters), query.format("")
    return [
        (clause, by_get(query.format(_from(graphs, clause)), accept=CSV)),
        (f"{kind}-graph-uri in the URL", by_get(bare, *parameters, accept=CSV)),
        (f"{kind}-graph-uri in a form", by_form(("query", bare), *parameters, accept=CSV)),
        (f"{kind}-graph-uri beside a form", by_form(("query", bare), search=search, accept=CSV)),
        (f"{kind}-graph-uri beside a body", by_body(bare, search, accept=CSV)),
    ]


def _defaults() -> list[Case]:
    cases = []
    for graphs in _SETS:
        for name, query, check in (("COUNT", _COUNT, _counts(graphs)), ("SUM", _SUM, _sums(graphs))):
            for way, request in _each_way(query, graphs) if graphs else [("", by_get(query.format(""), accept=CSV))]:
                cases.append(Case(f"{name} over {_short(graphs)} {way}".strip(), request, "200", (check,)))
    return cases


def _named() -> list[Case]:
    return [
        Case(f"GRAPH ?g over {_short(graphs)} {way}", request, "200", (_number(expected),))
        for graphs, expected in (((GRAPH_A,), 4), ((GRAPH_A, GRAPH_C), 7), ((UNKNOWN,), 0), ((GRAPH_A, UNKNOWN), 4))
        for way, request in _each_way(_NAMED, graphs, "named")
    ]


_PREFIXES = f"PREFIX e: <{EXAMPLE}> PREFIX g: <{EXAMPLE}graph/> BASE <{EXAMPLE}graph/> "
# Ways to write FROM <…/graph/a>; each has the four triples of that graph.
_SPELLINGS = (
    "FROM g:a",
    "from <a>",
    "FROM <../graph/a>",
    "FROM<a>",
    f"FROM # a note on FROM <{GRAPH_B}>\n <a>",
    "FROM <http://example.org/gr\\u0061ph/a>",
    "FROM\u0020\u0009\u000d\u000a<a>",
)
_ODD_TEXTS = (
    (f'{_PREFIXES}SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER("FROM <{GRAPH_A}>" != "") }}', None),
    (f"{_PREFIXES}SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} # FROM <{GRAPH_A}>", None),
    (f"{_PREFIXES}SELECT (COUNT(*) AS ?n) FROM g:a {{ ?s ?p ?o FILTER(?p != <http://x/#FROM>) }}", (GRAPH_A,)),
    (f"{_PREFIXES}SELECT (COUNT(*) AS ?n) FROM g:a FROM g:b {{ {{ SELECT * {{ ?s ?p ?o }} }} }}", (GRAPH_A, GRAPH_B)),
    ("PREFIX from: <http://example.org/graph/> SELECT (COUNT(*) AS ?n) FROM from:a { ?s ?p ?o }", (GRAPH_A,)),
)


def _over(query: str, *parameters: tuple[str, str]) -> Request:
    return by_get(query, *parameters, accept=CSV)


_A, _B = ("default-graph-uri", GRAPH_A), ("default-graph-uri", GRAPH_B)
_NAMED_A, _NAMED_C = ("named-graph-uri", GRAPH_A), ("named-graph-uri", GRAPH_C)
_BOTH = "SELECT (COUNT(*) AS ?n) {} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?a ?b ?c }} }} }}"

CASES: Cases = (
    *_defaults(),
    *_named(),
    Case(
        "the default graph repeats no triple",
        by_get(_ALL.format(""), accept=CSV),
        "200",
        (_no_row_twice, _as_many_as_merged),
    ),
    Case(
        "several FROM repeat no triple",
        by_get(_ALL.format(_from((GRAPH_A, GRAPH_B, GRAPH_C))), accept=CSV),
        "200",
        (_no_row_twice,),
    ),
    Case(
        "every named graph is asked by GRAPH ?g",
        by_get(_NAMED.format(""), accept=CSV),
        "200",
        (_counts_named,),
    ),
    Case(
        "GRAPH names one graph",
        by_get(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH_A}> {{ ?s ?p ?o }} }}", accept=CSV),
        "200",
        (_number(4),),
    ),
    Case(
        "a group over the merge",
        by_get(f"SELECT (SUM(?v) AS ?n) {{ <{EXAMPLE}finance> <{_SPENT}> ?v }}", accept=CSV),
        "200",
        (_number(103),),
    ),
    Case(
        "FROM NAMED alone leaves the default graph empty",
        by_get(_COUNT.format(_from((GRAPH_A,), "FROM NAMED")), accept=CSV),
        "200",
        (_number(0),),
    ),
    Case(
        "FROM alone leaves no named graph", by_get(_NAMED.format(_from((GRAPH_A,))), accept=CSV), "200", (_number(0),)
    ),
    Case(
        "named-graph-uri alone leaves the default graph empty", _over(_COUNT.format(""), _NAMED_A), "200", (_number(0),)
    ),
    Case("default-graph-uri alone leaves no named graph", _over(_NAMED.format(""), _A), "200", (_number(0),)),
    Case(
        "FROM and FROM NAMED",
        by_get(_BOTH.format(f"FROM <{GRAPH_A}> FROM NAMED <{GRAPH_C}>"), accept=CSV),
        "200",
        (_number(7),),
    ),
    Case(
        "FROM, FROM and FROM NAMED",
        by_get(_BOTH.format(f"FROM <{GRAPH_A}> FROM <{GRAPH_B}> FROM NAMED <{GRAPH_C}>"), accept=CSV),
        "200",
        (_number(8),),
    ),
    Case("both parameters", _over(_BOTH.format(""), _A, _NAMED_C), "200", (_number(7),)),
    Case("default-graph-uri goes before FROM", _over(_COUNT.format(f"FROM <{GRAPH_C}>"), _A), "200", (_number(4),)),
    Case(
        "two default-graph-uri go before FROM", _over(_COUNT.format(f"FROM <{GRAPH_C}>"), _A, _B), "200", (_number(5),)
    ),
    Case(
        "default-graph-uri takes away FROM NAMED",
        _over(_NAMED.format(f"FROM NAMED <{GRAPH_C}>"), _A),
        "200",
        (_number(0),),
    ),
    Case("named-graph-uri takes away FROM", _over(_COUNT.format(f"FROM <{GRAPH_C}>"), _NAMED_A), "200", (_number(0),)),
    Case(
        "named-graph-uri goes before FROM NAMED",
        _over(_NAMED.format(f"FROM NAMED <{GRAPH_C}>"), _NAMED_A),
        "200",
        (_number(4),),
    ),
    Case(
        "an unknown default-graph-uri goes before FROM",
        _over(_COUNT.format(f"FROM <{GRAPH_C}>"), ("default-graph-uri", UNKNOWN)),
        "200",
        (_number(0),),
    ),
    Case(
        "GRAPH with an unknown name",
        by_get(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{UNKNOWN}> {{ ?s ?p ?o }} }}", accept=CSV),
        "200",
        (_number(0),),
    ),
    Case("ASK with FROM", by_get(f"ASK FROM <{GRAPH_C}> {{ <{EXAMPLE}roads> ?p ?o }}"), "200", (says(True),)),
    Case("ASK and FROM without a blank", by_get(f"ASKFROM<{GRAPH_C}>{{<{EXAMPLE}roads>?p?o}}"), "200", (says(True),)),
    Case(
        "a graph with a sign more is another one",
        by_get(f"ASK FROM <{GRAPH_C}#> {{ ?s ?p ?o }}"),
        "200",
        (says(False),),
    ),
    Case("ASK with another FROM", by_get(f"ASK FROM <{GRAPH_A}> {{ <{EXAMPLE}roads> ?p ?o }}"), "200", (says(False),)),
    Case(
        "CONSTRUCT with FROM",
        by_get(f"CONSTRUCT {{ ?s ?p ?o }} FROM <{GRAPH_C}> WHERE {{ ?s ?p ?o }}", accept=NTRIPLES),
        "200",
        (has_triples(3),),
    ),
    Case(
        "CONSTRUCT WHERE with FROM",
        by_get(f"CONSTRUCT FROM <{GRAPH_A}> FROM <{GRAPH_B}> WHERE {{ ?s ?p ?o }}", accept=NTRIPLES),
        "200",
        (has_triples(5),),
    ),
    Case(
        "DESCRIBE with FROM",
        by_get(f"DESCRIBE <{EXAMPLE}finance> FROM <{GRAPH_C}>", accept=NTRIPLES),
        "200",
        (has_triples(2),),
    ),
    Case("DESCRIBE over the merge", by_get(f"DESCRIBE <{EXAMPLE}finance>", accept=NTRIPLES), "200", (has_triples(3),)),
    Case("a graph that is no IRI harms nothing", _over(_COUNT.format(""), ("default-graph-uri", "no iri")), "200|400"),
    Case(
        "a graph that is relative harms nothing", _over(_COUNT.format(""), ("default-graph-uri", "graph/a")), "200|400"
    ),
    Case("a graph that is empty harms nothing", _over(_COUNT.format(""), ("default-graph-uri", "")), "200|400"),
    Case(
        "a hundred graphs",
        _over(_COUNT.format(""), *(("default-graph-uri", f"{UNKNOWN}/{n}") for n in range(100)), _A),
        "200",
        (_number(4),),
    ),
    *(
        Case(
            f"FROM written as {spelling!r}",
            by_get(f"{_PREFIXES}SELECT (COUNT(*) AS ?n) {spelling} {{ ?s ?p ?o }}", accept=CSV),
            "200",
            (_number(4),),
        )
        for spelling in _SPELLINGS
    ),
    *(
        Case(f"what is FROM and what is not {number}", by_get(text, accept=CSV), "200", (_counts(graphs),))
        for number, (text, graphs) in enumerate(_ODD_TEXTS, 1)
    ),
)
