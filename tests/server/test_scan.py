"""The scan of a query: no call to another server passes, and what only looks like one is not refused."""

from __future__ import annotations

import random

import pytest
from pyoxigraph import NamedNode, Store

from server.catalogue import questions
from server.errors import QueryRefusedError, ServerError
from server.scan import Dataset, Scanned, scan

CLOSED = "http://127.0.0.1:1/"

CALLS = [
    f"SELECT * {{ SERVICE <{CLOSED}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service silent <{CLOSED}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SeRvIcE # comment }}\n <{CLOSED}>{{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICESILENT<{CLOSED}>{{ ?s ?p ?o }} }}",
    f"PREFIX e: <{CLOSED}> SELECT * {{ ?s ?p 1SERVICEe:a{{ ?s ?p ?o }} }}",
    f"PREFIX e: <{CLOSED}> SELECT * {{ ?s ?p 1e5SERVICEe:a{{ ?s ?p ?o }} }}",
    "SELECT * { VALUES ?x { <http://example.org/> } SERVICE ?x { ?s ?p ?o } }",
    f"SELECT * {{ {{ SELECT * {{ SERVICE <{CLOSED}> {{ ?s ?p ?o }} }} }} }}",
    f"ASK {{ ?s ?p ?o FILTER(EXISTS {{ SERVICE <{CLOSED}> {{ ?s ?p ?o }} }}) }}",
    f"SELECT * {{ ?s ?p ?o FILTER(?o<2)SERVICE#>\n <{CLOSED}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p ?o FILTER(?o<#>'''\n 1) SERVICE <{CLOSED}> {{ ?s ?p ?o }} #'''\n}}",
    f"SELECT * {{ ?s <http://x/\\u0041'''> ?o . SERVICE <{CLOSED}> {{ ?s ?p ?o }} #'''\n}}",
    f'SELECT * {{ ?s ?p "\\"" . SERVICE <{CLOSED}> {{ ?s ?p "" }} }}',
    f'SELECT * {{ ?s ?p """a"b""\\"""" . SERVICE <{CLOSED}> {{ ?s ?p ?o }} }}',
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{CLOSED}> {{ ?s ?p ?o }} }}",
]
NO_CALLS = [
    'SELECT * { ?s ?p "SERVICE <http://x/> {" }',
    "SELECT * { ?s ?p 'SERVICE ?x {' , ''' ' SERVICE ?x { ''' , \"\"\" \" SERVICE ?x { \"\"\" }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { ?s ?p ?o }",
    "PREFIX service: <http://x/> SELECT * { service:a service:b service:c }",
    "PREFIX service: <http://x/> SELECT * { GRAPH service:a { ?s ?p ?o } }",
    "PREFIX e: <http://x/> SELECT * { ?s e:service ?o ; e:SERVICE ?x . OPTIONAL { ?s ?p ?o } }",
    "SELECT ?service { ?service ?SERVICE $service OPTIONAL { ?s ?p ?o } }",
    "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT * { ?s a sd:Service }",
    'SELECT * { ?s <http://x/service> "a"@service . <http://x/a/service/b> ?p ?o }',
]


@pytest.mark.parametrize("text", CALLS)
def test_a_call_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="SERVICE"):
        scan(text)


@pytest.mark.parametrize("text", NO_CALLS)
def test_what_only_looks_like_a_call_passes(text: str) -> None:
    assert scan(text).form == "SELECT"
    assert list(Store().query(text)) is not None  # type: ignore[arg-type]


def test_most_of_the_calls_are_ones_the_engine_makes() -> None:
    assert sum(makes_a_call(text) for text in CALLS) >= 6


def makes_a_call(text: str) -> bool:
    """Return whether pyoxigraph, given the query, tries to call a service."""
    store = Store()
    store.update("INSERT DATA { <http://x/s> <http://x/p> 1, 1e5 }")
    try:
        result = store.query(text)
        if not isinstance(result, bool) and hasattr(result, "variables"):
            list(result)  # type: ignore[arg-type]
    except SyntaxError:
        return False
    except (OSError, RuntimeError) as error:
        return "port 1 " in str(error) or "service" in str(error)
    return False


def test_no_call_passes_in_ten_thousand_scrambled_queries() -> None:
    call = f"SERVICE <{CLOSED}> {{ ?s ?p ?o }}"
    pieces = [
        call,
        call,
        "?s ?p ?o",
        " . ",
        "FILTER(?o<2)",
        "FILTER(?o",
        "<",
        ">",
        "1)",
        "'",
        "'''",
        '"',
        '"""',
    ]
    pieces += [
        "#",
        "\n",
        "<#>",
        "\\",
        "{",
        "}",
        "?s ?p 1",
        "?s ?p 1e5",
        "OPTIONAL {",
        "<http://x/",
        "'a'",
        "@en",
        "e:a",
    ]
    chance = random.Random(9)
    called = 0
    for _ in range(10_000):
        middle = "".join(chance.choices(pieces, k=chance.randint(1, 5)))
        text = f"PREFIX e: <http://x/> SELECT * {{ ?s ?p ?o {middle} }}"
        if makes_a_call(text):
            called += 1
            with pytest.raises(ServerError):
                scan(text)
    assert called > 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ask {}", Scanned("ASK", None)),
        ("PREFIX add: <http://x/add> BASE <http://x/select> DESCRIBE <http://x>", Scanned("DESCRIBE", None)),
        ("# SELECT\nCONSTRUCT WHERE { ?s ?p ?o }", Scanned("CONSTRUCT", None)),
        ("SELECT*FROM<http://g>{}", Scanned("SELECT", Dataset(("http://g",), ()))),
        (
            "PREFIX e: <http://x/> CONSTRUCT { ?s ?p ?o } FROM <http://g> FROM NAMED e:a\\-b { ?s ?p ?o }",
            Scanned("CONSTRUCT", Dataset(("http://g",), ("http://x/a-b",))),
        ),
        ("ASKFROM<http://g>{}", Scanned("ASK", Dataset(("http://g",), ()))),
        ("constructFROMNAMED<http://g>{}", Scanned("CONSTRUCT", Dataset((), ("http://g",)))),
        ("PREFIX f: <http://g/> DESCRIBE f:askfrom <http://g>", Scanned("DESCRIBE", None)),
        ('SELECT ("FROM <http://g>" AS ?x) { }', Scanned("SELECT", None)),
        ("no query", Scanned("", None)),
    ],
)
def test_form_and_dataset_are_found(text: str, expected: Scanned) -> None:
    assert scan(text) == expected


@pytest.mark.parametrize(
    ("written", "iri"),
    [
        ("<http://x/c#>", "http://x/c#"),
        ("<http://x/c?>", "http://x/c?"),
        ("<c#>", "http://x/a/c#"),
        ("<../c>", "http://x/c"),
        ("<http://ex\u2100mple/>", "http://ex\u2100mple/"),
        ("e:c", "http://x/e#c"),
        ("r:%41\\,c", "http://x/a/b#%41,c"),
    ],
)
def test_a_graph_is_the_same_in_from_as_in_the_pattern(written: str, iri: str) -> None:
    text = f"PREFIX e: <http://x/e#> PREFIX r: <b#> ASK FROM NAMED {written} {{ GRAPH {written} {{ ?s ?p ?o }} }}"
    assert scan(text, "http://x/a/").dataset == Dataset((), (iri,))
    store = Store()
    store.update(f"INSERT DATA {{ GRAPH <{iri}> {{ <http://x/s> <http://x/p> 1 }} }}")
    assert store.query(text, base_iri="http://x/a/", named_graphs=[NamedNode(iri)])


def test_base_holds_for_graphs_whatever_its_scheme() -> None:
    assert scan("BASE <ex://host/a/> ASK FROM <b> {}").dataset == Dataset(("ex://host/a/b",), ())


@pytest.mark.parametrize(
    "text",
    ["INSERT DATA {}", "delete where { ?s ?p ?o }", "LOAD <http://x/>", "PREFIX e: <http://x/> clear all"],
)
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="read-only"):
        scan(text)


@pytest.mark.parametrize("sign", ["{", "(", "["])
def test_deep_nesting_is_refused(sign: str) -> None:
    with pytest.raises(QueryRefusedError, match="nested"):
        scan(f"ASK {{ {sign * 3000}")
    assert scan(f'ASK {{ ?s ?p "{sign * 3000}" }}').form == "ASK"


def test_a_plain_text_is_read_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts whose tokens are not read one by one have the form that their tokens give."""
    texts = [each.text for each in questions().values()]
    texts += ["ASK{}", "BASE <http://x/a#b> SELECT*{}", "#ask\nPREFIX : <http://x/> prefix a: <http://y/> construct {}"]
    plain = [scan.__wrapped__(text) for text in texts]
    monkeypatch.setattr("server.scan._is_plain", lambda text: False)
    assert [scan.__wrapped__(text) for text in texts] == plain
    assert {each.form for each in plain} == {"SELECT", "ASK", "CONSTRUCT"}
    assert len(texts) >= 30
