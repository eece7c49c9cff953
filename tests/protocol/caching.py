"""What else the head of an answer has: validators and 304, content codings, Vary, HEAD, and other sites' scripts."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from tests.protocol.cases import (
    CSV,
    EXAMPLE,
    JSON,
    NTRIPLES,
    TSV,
    TURTLE,
    XML,
    Case,
    Cases,
    Talk,
    header,
    is_status,
    lists,
)
from tests.protocol.client import Endpoint, Headers, Request, Response, by_body, by_get

_SMALL = "ASK {}"
# Some 50 kB of rows, and as much of a graph: worth compressing wherever that is offered.
_ROWS = f"SELECT ?a ?b {{ VALUES ?x {{ {'1 ' * 40} }} ?a ?p ?b }}"
_GRAPH = f"CONSTRUCT {{ ?s <{EXAMPLE}of> ?n }} WHERE {{ ?s ?p ?o BIND(STRUUID() AS ?n) }}"
_PLAIN: Headers = (("Accept-Encoding", "identity"),)
_PACKED: Headers = (("Accept-Encoding", "gzip"),)
_SITE: Headers = (("Origin", "https://site.example"),)
# Headers that may differ between two answers to the same request.
_OF_THE_MOMENT = {"date", "age", "x-request-id", "x-query-time", "server-timing"}


def _etag(endpoint: Endpoint, request: Request) -> str:
    answer = endpoint.ask(request)
    found = answer.header("ETag")
    assert answer.status == 200 and found is not None, f"{answer.status}, ETag: {found}"
    assert found.removeprefix("W/").startswith('"') and found.endswith('"') and len(found) > 2, found
    return found


def _if_none_match(
    value: str, query: str = _ROWS, accept: str = JSON, method: str = "GET", more: Headers = ()
) -> Request:
    asked = by_get(query, accept=accept, headers=(("If-None-Match", value), *more))
    return Request(method, asked.search, asked.headers)


def _matched(*shapes: str, method: str = "GET") -> Callable[[Endpoint], None]:
    """Talk: the validator in each shape, where {} is it without W/, is answered 304 and nothing else."""

    def talk(endpoint: Endpoint) -> None:
        etag = _etag(endpoint, by_get(_ROWS, accept=JSON))
        for shape in shapes:
            answer = endpoint.ask(_if_none_match(shape.format(etag.removeprefix("W/")), method=method))
            assert (answer.status, answer.body) == (304, b""), f"{shape}: {answer.status}"
            assert answer.header("ETag") == etag, answer.headers
            assert {"accept"} <= answer.listed("Vary"), answer.headers
            assert answer.header("Content-Length") in (
                None,
                endpoint.ask(by_get(_ROWS, accept=JSON)).header("Content-Length"),
            )

    return talk


def _unmatched(endpoint: Endpoint) -> None:
    etag = _etag(endpoint, by_get(_ROWS, accept=JSON))
    for value in ('"other"', 'W/"other"', '"a", "b"', "none", "", '"', etag.strip('W/"'), etag[:-2] + '"', "*x"):
        answer = endpoint.ask(_if_none_match(value))
        assert is_status(answer.status, "200|400") and (answer.status == 400 or answer.body), (
            f"{value}: {answer.status}"
        )


def _of_one_answer(endpoint: Endpoint) -> None:
    etags = {
        (query, accept): _etag(endpoint, by_get(query, accept=accept))
        for query, accept in ((_ROWS, JSON), (_ROWS, XML), (_ROWS, CSV), (_SMALL, JSON), (_ROWS + " #", JSON))
    }
    json, xml, csv, small, _ = etags.values()
    assert len({json, xml, csv, small}) == 4, f"different answers, the same validator: {etags}"
    for accept, other in ((XML, json), (CSV, xml), (JSON, csv)):
        assert endpoint.ask(_if_none_match(other, accept=accept)).status == 200


def _of_one_coding(endpoint: Endpoint) -> None:
    plain = _etag(endpoint, by_get(_ROWS, accept=JSON, headers=_PLAIN))
    packed = endpoint.ask(by_get(_ROWS, accept=JSON, headers=_PACKED))
    if packed.header("Content-Encoding") == "gzip" and not plain.startswith("W/"):
        assert packed.header("ETag") != plain, "one strong validator for two contents"
    again = _if_none_match(packed.header("ETag") or "", more=_PACKED)
    assert endpoint.ask(again).status == 304


def _again_the_same(endpoint: Endpoint) -> None:
    first, second = (endpoint.ask(by_get(_ROWS, accept=JSON)) for _ in range(2))
    assert first.header("ETag") == second.header("ETag") and first.body == second.body


def _if_match(endpoint: Endpoint) -> None:
    etag = _etag(endpoint, by_get(_ROWS, accept=JSON))
    for stated, status in ((etag, 200), (f'"x",{etag}', 200), (f"W/{etag}", 412), ('"x"', 412)):
        assert endpoint.ask(by_get(_ROWS, accept=JSON, headers=(("If-Match", stated),))).status == status, stated


def _in_lines(endpoint: Endpoint) -> None:
    etag = _etag(endpoint, by_get(_ROWS, accept=JSON))
    for lines in ((etag, '"x"'), ('"x"', etag), ('"x"', etag, '"y"')):
        for name, status in (("If-None-Match", 304), ("If-Match", 200)):
            headers = tuple((name, line) for line in lines)
            assert endpoint.ask(by_get(_ROWS, accept=JSON, headers=headers)).status == status, (name, lines)


def _post_is_never_304(endpoint: Endpoint) -> None:
    etag = _etag(endpoint, by_get(_ROWS, accept=JSON))
    for value in (etag, "*"):
        assert is_status(
            endpoint.ask(by_body(_ROWS, accept=JSON, headers=(("If-None-Match", value),))).status, "200|412"
        )


def _packed(query: str, accept: str, coding: str = "gzip") -> Callable[[Endpoint], None]:
    """Talk: the answer comes packed where gzip is accepted, and is the same unpacked."""

    def talk(endpoint: Endpoint) -> None:
        plain = endpoint.ask(by_get(query, accept=accept, headers=_PLAIN))
        packed = endpoint.ask(by_get(query, accept=accept, headers=(("Accept-Encoding", coding),)))
        assert plain.header("Content-Encoding") in (None, "identity"), plain.headers
        assert packed.header("Content-Encoding") == "gzip", packed.headers
        assert len(gzip.decompress(packed.body)) == len(plain.body) > len(packed.body)
        assert sorted(packed.content.split(b"\n")) == sorted(plain.body.split(b"\n")) or query is _GRAPH
        assert "accept-encoding" in packed.listed("Vary") & plain.listed("Vary"), (packed.headers, plain.headers)

    return talk


def _not_packed(coding: str) -> Case:
    def plain(answer: Response) -> None:
        assert answer.header("Content-Encoding") in (None, "identity"), answer.headers
        assert answer.json()["results"]["bindings"]

    return Case(
        f"not packed for Accept-Encoding {coding!r}",
        by_get(_ROWS, accept=JSON, headers=(("Accept-Encoding", coding),)),
        "200",
        (plain,),
    )


def _head(request: Request) -> Callable[[Endpoint], None]:
    """Talk: HEAD has the head of GET, no body, and leaves the connection usable."""

    def talk(endpoint: Endpoint) -> None:
        with endpoint.connect() as connection:
            connection.send(endpoint.encoded(Request("HEAD", request.search, request.headers)))
            head = connection.receive("HEAD")
            connection.send(endpoint.encoded(request))
            get = connection.receive()
        assert head.status == get.status, f"{head.status}, not {get.status}"
        ours, theirs = (
            {name.lower(): value for name, value in answer.headers if name.lower() not in _OF_THE_MOMENT}
            for answer in (head, get)
        )
        assert ours == theirs, set(ours.items()) ^ set(theirs.items())
        assert head.header("Content-Length") == str(len(get.body)), head.headers

    return talk


def _preflight(endpoint: Endpoint) -> None:
    asked = Request(
        "OPTIONS",
        headers=(
            *_SITE,
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "content-type,accept"),
        ),
    )
    answer = endpoint.ask(asked)
    assert is_status(answer.status, "200|204"), answer.status
    assert answer.header("Access-Control-Allow-Origin") in ("*", "https://site.example"), answer.headers
    assert {"post"} <= answer.listed("Access-Control-Allow-Methods"), answer.headers
    allowed = answer.listed("Access-Control-Allow-Headers")
    assert {"content-type", "if-match", "if-none-match", "range"} <= allowed or "*" in allowed, answer.headers
    assert answer.header("Access-Control-Allow-Credentials") is None


def _readable(name: str, request: Request, status: str) -> Case:
    site = Request(request.method, request.search, (*request.headers, *_SITE), request.body)
    return Case(f"readable from any site: {name}", site, status, (header("Access-Control-Allow-Origin", "*".__eq__),))


_ANY_CODING = ("gzip", "deflate, gzip;q=0.5", "GZIP", "gzip;q=1.0, identity;q=0.5", "br;q=1, gzip;q=0.8, *;q=0.1")
_NO_CODING = ("", "identity", "gzip;q=0", "deflate", "br", "gzip;q=0, *", "*;q=0, identity", "gzip;q=0.5, identity")

CASES: Cases = (
    Case("a validator", by_get(_ROWS, accept=JSON), "200", (header("ETag", lambda value: value.endswith('"')),)),
    Talk("the validator as it came is answered 304", _matched("{}", "W/{}")),
    Talk(
        "the validator in a list is answered 304",
        _matched('"other", {}', 'W/"x" , W/{}', '{},"other"', '"a,b", {}', "  {}  "),
    ),
    Talk("any validator is answered 304", _matched("*", " * ")),
    Talk("HEAD with the validator is answered 304", _matched("{}", "*", method="HEAD")),
    Talk("another validator gets the answer", _unmatched),
    Talk("a validator is of one query and format", _of_one_answer),
    Talk("a validator is of one coding", _of_one_coding),
    Talk("the same query has the same validator and answer", _again_the_same),
    Talk("a POST is never answered 304", _post_is_never_304),
    Case("a bad query stays bad with If-None-Match", by_get("ASK {", headers=(("If-None-Match", "*"),)), "400"),
    Case(
        "what is not acceptable stays so with If-None-Match",
        by_get(_SMALL, accept="image/png", headers=(("If-None-Match", "*"),)),
        "406",
    ),
    Case(
        "If-Modified-Since harms nothing",
        by_get(_SMALL, headers=(("If-Modified-Since", "Sat, 29 Oct 1994 19:43:31 GMT"),)),
        "200",
    ),
    Case("If-Match of nothing that is", by_get(_SMALL, headers=(("If-Match", '"none"'),)), "412"),
    Case("If-Match of anything", by_get(_SMALL, headers=(("If-Match", "*"),)), "200"),
    Case("a bad query stays bad with If-Match", by_get("ASK {", headers=(("If-Match", '"none"'),)), "400"),
    Talk("If-Match of the answer", _if_match),
    Talk("validators in several lines are one list", _in_lines),
    Case("Range harms nothing", by_get(_ROWS, headers=(("Range", "bytes=0-3"),)), "200|206|416"),
    *(Talk(f"packed for Accept-Encoding {coding!r}", _packed(_ROWS, JSON, coding)) for coding in _ANY_CODING),
    *(
        Talk(f"{accept} packed", _packed(query, accept))
        for query, accept in ((_ROWS, XML), (_ROWS, CSV), (_ROWS, TSV), (_GRAPH, NTRIPLES))
    ),
    *map(_not_packed, _NO_CODING),
    Case("Vary of an answer", by_get(_SMALL), "200", (lists("Vary", "Accept", "Accept-Encoding"),)),
    Case("Vary of a graph", by_get(_GRAPH, accept=TURTLE), "200", (lists("Vary", "Accept", "Accept-Encoding"),)),
    Case("Vary of what is not acceptable", by_get(_SMALL, accept="image/png"), "406", (lists("Vary", "Accept"),)),
    *(
        Talk(f"HEAD of {name}", _head(request))
        for name, request in (
            ("ASK", by_get(_SMALL, accept=JSON)),
            ("SELECT in JSON", by_get(_ROWS, accept=JSON)),
            ("SELECT in CSV", by_get(_ROWS, accept=CSV)),
            ("SELECT, packed", by_get(_ROWS, accept=XML, headers=_PACKED)),
            ("CONSTRUCT", by_get("CONSTRUCT WHERE { ?s ?p ?o }", accept=TURTLE)),
            ("a bad query", by_get("ASK {", accept=JSON)),
            ("what is not acceptable", by_get(_SMALL, accept="image/png")),
            ("the description", Request("GET", "", (("Accept", TURTLE),))),
        )
    ),
    Talk("a preflight", _preflight),
    _readable("an answer", by_get(_SMALL), "200"),
    _readable("a graph", by_get(_GRAPH), "200"),
    _readable("a bad query", by_get("ASK {"), "400"),
    _readable("no query", by_body(""), "400"),
    _readable("a method that is not allowed", Request("PUT", body=b""), "405"),
    _readable("what is not acceptable", by_get(_SMALL, accept="image/png"), "406"),
    _readable("a body of another type", by_body(_SMALL, headers=(("Content-Type", "text/plain"),)), "415"),
    Case("an answer is dated", by_get(_SMALL), "200", (header("Date", lambda value: value.endswith(" GMT")),)),
)
