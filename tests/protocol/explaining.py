"""Errors that explain: one shape, the place in the query, what would be taken instead; nothing about the machine."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from tests.protocol.cases import CSV, JSON, TURTLE, Case, Cases, Check, Talk, header, is_status
from tests.protocol.client import Endpoint, Request, Response, by_body, by_form, by_get

_SHAPE = {"status", "error", "message"}
_LINE_AND_COLUMN = re.compile(r"\bline (\d+)\b.*?\bcolumn (\d+)\b|\b(\d+):(\d+)\b")
# Where the project and its environment stand.
_OWN = "|".join(map(re.escape, (str(Path(__file__).parents[2]), sys.prefix)))
# What tells a stranger about the machine: versions, files, frames of a stack, names of parts.
_TELLING = re.compile(
    rf"{_OWN}|Traceback|File \"|\.py\b|\.rs:|site-packages|/home/|/tmp/|/usr/|/root|/proc/|0x[0-9a-f]{{8,}}"
    r"|oxigraph|uvicorn|uvloop|httptools|starlette|flask|werkzeug|waitress|python|rocksdb|jinja"
    r"|panicked|thread '|errno|Exception|Error\(|\bat line \d+ in\b",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\d+\.\d+")

# A query, the line of the mistake, and from where to where on it the mistake may be said to be.
_MISTAKES = (
    ("a brace that closes nothing", "SELECT ?s WHERE { ?s ?p ?o } }", 1, range(29, 32)),
    ("a graph without name", "SELECT ?s WHERE {\n  GRAPH { ?s ?p ?o }\n}", 2, range(8, 12)),
    ("an unknown prefix", "SELECT ?s WHERE {\n\n  ?s no:such ?o\n}", 3, range(6, 14)),
    ("a string without end", 'SELECT ?s WHERE {\n  ?s ?p "预算\n}', 2, range(9, 13)),
    ("a mistake after Chinese", 'SELECT ?s { ?s ?p "预算预算预算" } ORDER BX ?s', 1, range(30, 40)),
    ("a mistake after CR LF", "SELECT ?s\r\nWHERE {\r\n  ?s ?p ?o\r\n}\r\nLIMIT many", 5, range(6, 9)),
    ("a filter without end", "SELECT ?s WHERE { ?s ?p ?o\nFILTER(?o > 1 }", 2, range(14, 18)),
    ("a word that is none", "# which\nSELEKT ?s WHERE { ?s ?p ?o }", 2, range(1, 12)),
)


def _shaped(status: int, code: str | None = None) -> Check:
    """Check an error's one shape: a JSON object of status, error and message that agrees with the head."""

    def check(answer: Response) -> None:
        assert answer.media_type in ("application/json", "application/problem+json"), answer.headers
        shape = answer.json()
        assert isinstance(shape, dict) and set(shape) >= _SHAPE, shape
        assert shape["status"] == answer.status == status, shape
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", shape["error"]) and (code is None or shape["error"] == code), shape
        assert len(shape["message"]) > 8, shape

    return check


def _at(line: int, columns: range) -> Check:
    def check(answer: Response) -> None:
        found = _LINE_AND_COLUMN.search(answer.json()["message"])
        assert found, answer.text
        place = [int(number) for number in found.groups() if number is not None]
        assert place[0] == line and place[1] in columns, f"{place}, not {line}, {columns}: {answer.text}"

    return check


def _names(*words: str) -> Check:
    """Check that the explanation has these words."""

    def check(answer: Response) -> None:
        missing = [word for word in words if word.lower() not in answer.text.lower()]
        assert not missing, f"{missing} not in {answer.text}"

    return check


def _in_one_line(answer: Response) -> None:
    assert answer.text.strip() and len(answer.text) < 2000, answer.text


_SERVICE = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
_ERRORS: tuple[tuple[str, Request, int], ...] = (
    ("a bad query", by_get("ASK {"), 400),
    ("no query", by_form(("a", "b")), 400),
    ("two queries", Request("GET", "?query=ASK%7B%7D&query=ASK%7B%7D"), 400),
    ("no UTF-8", Request("GET", "?query=%FF"), 400),
    ("an update", by_form(("update", "CLEAR ALL")), 400),
    ("SERVICE", by_get(_SERVICE), 400),
    ("a method", Request("PUT", "?query=ASK%7B%7D", body=b""), 405),
    ("a format", by_get("ASK {}", accept="image/png"), 406),
    ("a media type", by_body("ASK {}", headers=(("Content-Type", "text/plain"),)), 415),
    ("a large body", by_body("#" * 300 * 1024 + "\nASK {}"), 413),
    ("a long URL", by_get("#" * 60 * 1024 + "\nASK {}"), 414),
    ("a large header", by_get("ASK {}", headers=(("X-Large", "x" * 60 * 1024),)), 431),
)

_TOLD: tuple[Request, ...] = (
    *(request for _, request, _ in _ERRORS),
    by_get("SELECT * { ?s ?p ?o }"),
    by_get("SELECT * { ?s ?p ?o }", accept="text/html"),
    by_get("SELECT (1/0 AS ?x) {}"),
    by_get("SELECT (<http://x/f>(1) AS ?x) {}"),
    by_get('SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), "(")) }'),
    by_get("ASK { " + "{" * 300 + "}" * 300 + " }"),
    by_get("ASK { " + "(" * 5000),
    by_get("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"),
    by_get("DESCRIBE <file:///etc/passwd>"),
    by_get("PREFIX x: <\\> ASK {}"),
    by_get("ASK { ?s <http://x/%zz y> 1 }"),
    by_get("\x00"),
    by_get("SELECT ?x { BIND(\ud7ff AS ?x) }"),
    by_get("ASK {}", accept="é"),
    by_get("ASK {}", ("default-graph-uri", "../../etc/passwd")),
    Request("GET", "?query=" + "%7B" * 200),
    Request("OPTIONS"),
    Request("TRACE"),
    Request("GET", "", (("Accept", TURTLE),)),
    Request("GET", "", (("Accept", "text/html"),)),
    Request("POST", "", (("Content-Type", "multipart/form-data"),), b""),
)
_TARGETS = (
    "/",
    "/none",
    "/%00",
    "/../../etc/passwd",
    "/sparql/../../etc/passwd",
    "/static/../app.py",
    "/static/%2e%2e/app.py",
    "//",
    "/health",
    "/ready",
    "/metrics",
)


def _tells_nothing(number: int, request: Request) -> Talk:
    def talk(endpoint: Endpoint) -> None:
        _check_silence(endpoint.ask(request), exempt=str(request.headers) + request.search)

    return Talk(f"nothing about the machine in answer {number}", talk)


def _tells_nothing_at(target: str) -> Talk:
    def talk(endpoint: Endpoint) -> None:
        for method in ("GET", "POST", "PUT"):
            _check_silence(endpoint.ask(Request(method, body=b"" if method != "GET" else None), target=target), target)

    return Talk(f"nothing about the machine at {target}", talk)


def _check_silence(answer: Response, exempt: str) -> None:
    for name, value in answer.headers:
        assert not _TELLING.search(f"{name}: {value}"), f"{name}: {value}"
        assert name.lower() not in ("server", "x-powered-by", "via") or not _VERSION.search(value), f"{name}: {value}"
    found = _TELLING.search(answer.content.decode("utf-8", "replace"))
    assert found is None or found[0] in exempt, f"{found and found[0]} in {answer.content[:500]!r}"


def _refused_sooner(kind: str) -> Callable[[Endpoint], None]:
    """Talk: a body declared too large is refused before it is sent."""

    def talk(endpoint: Endpoint) -> None:
        framing = ("Content-Length", "104857600") if kind == "length" else ("Transfer-Encoding", "chunked")
        request = Request("POST", "", (("Content-Type", "application/sparql-query"), framing))
        with endpoint.connect(10) as connection:
            connection.send(endpoint.encoded(request))
            if kind == "chunks":
                piece = b"10000\r\n" + b"#" * 0x10000 + b"\r\n"
                try:
                    for _ in range(160):
                        connection.send(piece)
                except OSError:
                    pass
                else:
                    raise AssertionError("10 MB were taken")
                return
            assert is_status(connection.receive().status, "413")

    return talk


CASES: Cases = (
    *(
        Case(f"the shape of the error: {name}", request, str(status), (_shaped(status),))
        for name, request, status in _ERRORS
    ),
    Case("an error where results in JSON are accepted", by_get("ASK {", accept=JSON), "400", (_shaped(400),)),
    Case("an error where anything is accepted", by_get("ASK {", accept="*/*"), "400", (_shaped(400),)),
    Case("an error where CSV is accepted", by_get("ASK {", accept=CSV), "400", (_in_one_line,)),
    Case("an error where RDF is accepted", by_get("CONSTRUCT {", accept=TURTLE), "400", (_in_one_line,)),
    Case(
        "an error in a browser",
        by_get("ASK {", accept="text/html,*/*;q=0.1"),
        "400",
        (_names("这不是 SPARQL 1.1 查询"),),
    ),
    *(
        Case(f"the place of {name}", by_body(query), "400", (_shaped(400, "query-syntax"), _at(line, columns)))
        for name, query, line, columns in _MISTAKES
    ),
    Case("the place is the same by GET", by_get(_MISTAKES[1][1]), "400", (_at(*_MISTAKES[1][2:]),)),
    Case("a refused call is named", by_get(_SERVICE), "400", (_names("SERVICE"),)),
    Case(
        "an unknown function is named",
        by_get("SELECT (<http://e.org/f>(1) AS ?x) {}"),
        "400",
        (_shaped(400, "query-syntax"), _names("<http://e.org/f>")),
    ),
    Case("a refused update is named", by_form(("update", "CLEAR ALL")), "400", (_names("update"),)),
    Case("what is offered is named", by_get("ASK {}", accept="image/png"), "406", (_names(JSON),)),
    Case(
        "what graphs are offered as is named",
        by_get("CONSTRUCT WHERE { ?s ?p ?o }", accept=CSV),
        "406",
        (_names(TURTLE),),
    ),
    Case(
        "what bodies are taken is named",
        by_body("ASK {}", headers=(("Content-Type", "a/b"),)),
        "415",
        (_names("application/sparql-query"),),
    ),
    Case("where the one query goes is named", by_form(("a", "b")), "400", (_names("query"),)),
    Case("an error is not to be kept", by_get("ASK {"), "400", (header("Content-Length", str.isdigit),)),
    Talk("a body declared too large is refused unread", _refused_sooner("length")),
    Talk("a body that grows too large is refused", _refused_sooner("chunks")),
    *(_tells_nothing(number, request) for number, request in enumerate(_TOLD, 1)),
    *map(_tells_nothing_at, _TARGETS),
)
