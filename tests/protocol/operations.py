"""How a query is sent: methods, parameters and their encoding, media types of bodies; updates, which are refused."""

from __future__ import annotations

from urllib.parse import quote

from tests.protocol.cases import (
    CSV,
    JSON,
    Case,
    Cases,
    Talk,
    contains,
    has_cells,
    is_status,
    lists,
    media_type,
    says,
)
from tests.protocol.client import Endpoint, Request, by_body, by_form, by_get

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
_COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_ECHO = 'SELECT ("𠀀é预算" AS ?v) {}'
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")

_UPDATES = (
    "INSERT DATA { <http://x/s> <http://x/p> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP ALL",
    "LOAD <http://127.0.0.1:9/data.ttl>",
    "PREFIX e: <http://x/> INSERT { ?s e:p 1 } WHERE { ?s ?p ?o }",
    "# a comment\ninsert data { <http://x/s> <http://x/p> 1 }",
    "CREATE GRAPH <http://x/g>",
    "COPY DEFAULT TO <http://x/g>",
)
# Percent-encoded bytes that are no UTF-8: no such byte, overlong, a surrogate, cut off, beyond Unicode, alone.
_NO_UTF8 = ("%FF", "%C0%AF", "%ED%A0%80", "%E4%BD", "%F5%80%80%80", "%80", "%D4%A4%CB%E3")


def _post(content_type: str, body: bytes, search: str = "") -> Request:
    return Request("POST", search, (("Content-Type", content_type),) if content_type else (), body)


def _in_string(written: str) -> str:
    return f"?query=ASK%20%7B%20FILTER(%22{written}%22%20!%3D%20%22%22)%20%7D"


def _nothing_was_updated(endpoint: Endpoint) -> None:
    before = endpoint.ask(by_get(_COUNT, accept=CSV)).text
    for update in _UPDATES:
        for request in (
            by_form(("update", update)),
            _post("application/sparql-update", update.encode()),
            by_get(update),
            by_body(update),
            Request("GET", "?update=" + quote(update)),
        ):
            status = endpoint.ask(request).status
            assert is_status(status, "4xx") or (request.method == "GET" and "update=" in request.search), status
    assert endpoint.ask(by_get(_COUNT, accept=CSV)).text == before


_REFUSED_METHODS = tuple(
    Case(
        f"{method} is not allowed",
        Request(method, "?query=ASK%20%7B%7D", body=b""),
        "405",
        (lists("Allow", *_METHODS),),
    )
    for method in ("PUT", "DELETE", "PATCH")
)

_ALIKE = tuple(
    Case(f"{name}", request, "200", (has_cells(["2"]),))
    for name, request in (
        ("plus as %2B in the URL", Request("GET", "?query=SELECT%20(1%2B1%20AS%20%3Fv)%20%7B%7D", (("Accept", CSV),))),
        ("a blank as + in the URL", Request("GET", "?query=SELECT+(1%2B1+AS+%3Fv)+%7B%7D", (("Accept", CSV),))),
        (
            "a blank as + in a form",
            Request("POST", "", (("Accept", CSV), ("Content-Type", FORM)), b"query=SELECT+(1%2B1+AS+%3Fv)+%7B%7D"),
        ),
        ("a + in a body is a plus", by_body("SELECT (1+1 AS ?v) {}", accept=CSV)),
        ("a percent sign in a body is one", by_body('SELECT (2 AS ?v) { FILTER("%7B" != "{") }', accept=CSV)),
        (
            "signs that need no encoding",
            Request(
                "GET", "?query=SELECT%20(1*2%20AS%20?v)%20%7BFILTER(1=1%20%26%26%20'a;b'!='/')%7D", (("Accept", CSV),)
            ),
        ),
        (
            "the name of the parameter encoded",
            Request("GET", "?%71uery=SELECT%20(2%20AS%20%3Fv)%20%7B%7D", (("Accept", CSV),)),
        ),
        (
            "lower case in percent-encoding",
            Request("GET", "?query=SELECT%20(2%20AS%20%3fv)%20%7b%7d", (("Accept", CSV),)),
        ),
        (
            "unknown parameters",
            by_get("SELECT (2 AS ?v) {}", ("format", "none"), ("timeout", "x"), ("预", "算"), accept=CSV),
        ),
        ("unknown parameters twice", by_get("SELECT (2 AS ?v) {}", ("a", "1"), ("a", "2"), accept=CSV)),
        (
            "parameters without value or name",
            Request("GET", "?a&&=b&query=SELECT%20(2%20AS%20%3Fv)%20%7B%7D&", (("Accept", CSV),)),
        ),
        (
            "the query after other parameters",
            Request("GET", "?b=1&query=SELECT%20(2%20AS%20%3Fv)%20%7B%7D", (("Accept", CSV),)),
        ),
        ("unknown fields in a form", by_form(("a", "b"), ("query", "SELECT (2 AS ?v) {}"), accept=CSV)),
        ("unknown parameters beside a body", by_body("SELECT (2 AS ?v) {}", "?a=b", accept=CSV)),
        ("lines that end in CR LF", by_body("SELECT # note\r\n(2 AS ?v)\r\n{\t}\r\n", accept=CSV)),
        (
            "a BASE of the query",
            by_body("BASE <http://x/> SELECT (2 AS ?v) { FILTER(<y> = <http://x/y>) }", accept=CSV),
        ),
        (
            "a relative IRI without BASE",
            by_body("SELECT (2 AS ?v) { FILTER(isIRI(<y>) && STR(<y>) != 'y') }", accept=CSV),
        ),
    )
)

_BODIES = tuple(
    Case(f"a body as {content_type}", _post(content_type, body), "200", (says(True),))
    for content_type, body in (
        (QUERY, b"ASK {}"),
        (f"{QUERY}; charset=utf-8", b"ASK {}"),
        (f'{QUERY};charset="UTF-8"', b"ASK {}"),
        ("Application/SPARQL-Query", b"ASK {}"),
        (f"{QUERY} ; Charset=Utf-8 ; version=1.1", b"ASK {}"),
        (f"{QUERY};", b"ASK {}"),
        (f"{QUERY}; charset*=utf-8''utf-8", b"ASK {}"),
        (f"{QUERY}; charset*=koi8-r''x", b"ASK {}"),
        (f'{QUERY}; a="; charset=gbk"; charset=utf-8', b"ASK {}"),
        (FORM, b"query=ASK%7B%7D"),
        (f"{FORM}; charset=UTF-8", b"query=ASK%7B%7D"),
        (FORM.upper(), b"query=ASK%7B%7D"),
    )
)
_REFUSED_BODIES = tuple(
    Case(f"a body as {content_type or 'nothing'} is refused, {len(body)} bytes", _post(content_type, body), status)
    for content_type, body, status in (
        ("", b"ASK {}", "400|415"),
        ("text/plain", b"ASK {}", "415"),
        ("application/json", b'{"query": "ASK {}"}', "415"),
        ("application/sparql-results+json", b"ASK {}", "415"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="query"\r\n\r\nASK {}\r\n--x--\r\n',
            "415",
        ),
        ("application/sparql-queryx", b"ASK {}", "415"),
        ("application", b"ASK {}", "400|415"),
        (f"{QUERY}; charset=utf-16", "ASK {}".encode("utf-16"), "400|415"),
        (f"{QUERY}; charset=iso-8859-1", 'ASK { FILTER("é" != "") }'.encode("latin-1"), "400|415"),
        (f"{QUERY}; charset=iso-8859-1", b"ASK {}", "400|415"),
        (f"{QUERY}; charset=gbk", 'ASK { FILTER("预" != "") }'.encode("gbk"), "400|415"),
        (f"{FORM}; charset=gbk", b"query=ASK%7B%7D", "400|415"),
        ("application/sparql-update", b"CLEAR ALL", "4xx"),
    )
)

CASES: Cases = (
    *_REFUSED_METHODS,
    Case("TRACE is not allowed", Request("TRACE", "?query=ASK%20%7B%7D"), "405|501"),
    Case("an unknown method is not allowed", Request("BREW", "?query=ASK%20%7B%7D"), "405|501"),
    Case("OPTIONS names the methods", Request("OPTIONS"), "200|204", (lists("Allow", *_METHODS),)),
    *_ALIKE,
    *_BODIES,
    *_REFUSED_BODIES,
    Case(
        "a body with a content coding is refused",
        by_body(b"\x1f\x8b\x08", headers=(("Content-Encoding", "gzip"),)),
        "415",
        (lists("Accept-Encoding", "identity"),),
    ),
    Case("a body without a content coding", by_body("ASK {}", headers=(("Content-Encoding", "identity"),)), "200"),
    Case("a form without query", by_form(("a", "b")), "400"),
    Case("an empty form", by_form(), "400"),
    Case("an empty body", by_body(""), "400"),
    Case("an empty query", Request("GET", "?query="), "400"),
    Case("an empty query in a form", by_form(("query", "")), "400"),
    Case("a query of blanks", Request("GET", "?query=%20%0A"), "400"),
    Case("a query that is a comment", by_get("# ASK {}"), "400"),
    Case("a POST without body", Request("POST", "", (("Content-Type", FORM), ("Content-Length", "0"))), "400"),
    Case("two queries in a form", by_form(("query", "ASK {}"), ("query", "ASK {}")), "400"),
    Case("two queries, one of them empty", Request("GET", "?query=ASK%20%7B%7D&query="), "400"),
    Case("a query in the URL and one in a form", by_form(("query", "ASK {}"), search="?query=ASK%20%7B%7D"), "400"),
    Case("a query in the URL and one as body", by_body("ASK {}", "?query=ASK%20%7B%7D"), "400"),
    Case("two queries in one text", by_get("ASK {} ASK {}"), "400"),
    *(
        Case(f"{way}: every character comes through", request, "200", (contains("𠀀é预算"),))
        for way, request in (
            ("GET", by_get(_ECHO, accept=CSV)),
            ("form", by_form(("query", _ECHO), accept=CSV)),
            ("body", by_body(_ECHO, accept=CSV)),
        )
    ),
    *(Case(f"{bad} in the URL is no UTF-8", Request("GET", _in_string(bad)), "400") for bad in _NO_UTF8),
    *(Case(f"{bad} in a form is no UTF-8", _post(FORM, _in_string(bad)[1:].encode()), "400") for bad in _NO_UTF8),
    *(
        Case(f"{name} as a body is no UTF-8", by_body(body), "400")
        for name, body in (
            ("Latin-1", 'ASK { FILTER("é" != "") }'.encode("latin-1")),
            ("UTF-16", "ASK {}".encode("utf-16")),
            ("GBK", 'ASK { FILTER("预算" != "") }'.encode("gbk")),
            ("an overlong sign", b'ASK { FILTER("\xc0\xaf" != "") }'),
            ("a surrogate", b'ASK { FILTER("\xed\xa0\x80" != "") }'),
        )
    ),
    Case("raw bytes in a form that are no UTF-8", _post(FORM, b"query=ASK%7B%7D&a=\xff"), "400"),
    Case("a graph that is no UTF-8", Request("GET", "?query=ASK%7B%7D&default-graph-uri=http%3A%2F%2Fx%2F%FF"), "400"),
    *(
        Case(f"odd percent-encoding {odd} harms nothing", Request("GET", f"?query=ASK%7B%7D&a={odd}"), "200|400")
        for odd in ("%", "%4", "%G1", "%%", "%u9884")
    ),
    Case("a query in raw UTF-8 in the URL", Request("GET", "?query=ASK%7BFILTER('预'!='')%7D"), "200|400"),
    *(Case(f"{u.split()[0]} {u[-12:]} by update= is refused", by_form(("update", u)), "4xx") for u in _UPDATES[:3]),
    *(Case(f"an update as query is refused: {u[:24]!r}", by_get(u), "400") for u in _UPDATES),
    Case("query and update together are refused", by_form(("query", "ASK {}"), ("update", "CLEAR ALL")), "400"),
    Talk("no update changes the data", _nothing_was_updated),
    Case("a fragment of a word is no query", by_get("ASK"), "400"),
    Case(
        "SELECT with everything SPARQL 1.1 has",
        by_get(
            "PREFIX : <http://example.org/> "
            "SELECT ?s (SUM(?v) AS ?n) (GROUP_CONCAT(DISTINCT STR(?v); SEPARATOR='|') AS ?l) WHERE { "
            "?s (:spent|:none)+ ?v OPTIONAL { ?s :name ?name FILTER(LANG(?name) = 'zh') } MINUS { ?s :closed true } "
            "FILTER NOT EXISTS { ?s :hidden ?h } BIND(STRLEN(STR(?s)) AS ?k) VALUES ?k { 25 26 27 28 } } "
            "GROUP BY ?s HAVING (SUM(?v) > 0) ORDER BY DESC(?n) LIMIT 10 OFFSET 0",
            accept=JSON,
        ),
        "200",
        (media_type(JSON),),
    ),
)
