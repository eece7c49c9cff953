"""Queries that call out, to a bird on loopback that counts who comes by: nothing in this server may ever come by."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from tests.protocol.client import Request, by_body, by_form, by_get

_SONG = b'<http://bird/s> <http://bird/p> "singing" .'
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (
    len(_SONG),
    _SONG,
)
"""What the bird gives to whoever comes: a graph, so that one who fetched it could also be seen to use it."""


class Canary:
    """A listener on a loopback port, by IPv4 and, where there is one, IPv6, that counts connections."""

    def __init__(self) -> None:
        self.hits = 0
        self._listeners = [socket.create_server(("127.0.0.1", 0))]
        self.port: int = self._listeners[0].getsockname()[1]
        with contextlib.suppress(OSError):  # no IPv6 on this machine
            self._listeners.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        self._threads = [threading.Thread(target=self._listen, args=(each,)) for each in self._listeners]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Listen no more."""
        for listener in self._listeners:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for thread in self._threads:
            thread.join()

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                visitor, _ = listener.accept()
            except OSError:
                return
            with visitor:
                self.hits += 1
                visitor.sendall(_ANSWER)


@contextmanager
def canary() -> Iterator[Canary]:
    """Yield a canary, silent at the end."""
    bird = Canary()
    try:
        yield bird
    finally:
        bird.close()


@dataclass(frozen=True, slots=True)
class Call:
    """A request that would call out; `status` is what it must be answered with."""

    name: str
    request: Request
    status: str
    target: str | None = None


_SPELLINGS = (
    "http://127.0.0.1:{port}/x",
    "http://localhost:{port}/x",
    "http://LOCALHOST:{port}/x",
    "http://localhost.:{port}/x",
    "http://2130706433:{port}/x",
    "http://0x7f000001:{port}/x",
    "http://0x7f.1:{port}/x",
    "http://0x7F.0x0.0x0.0x1:{port}/x",
    "http://017700000001:{port}/x",
    "http://0177.0.0.01:{port}/x",
    "http://127.1:{port}/x",
    "http://127.0.1:{port}/x",
    "http://127.0.0.1.:{port}/x",
    "http://[::1]:{port}/x",
    "http://[::ffff:127.0.0.1]:{port}/x",
    "http://[::ffff:7f00:1]:{port}/x",
    "http://0.0.0.0:{port}/x",
    "http://0:{port}/x",
    "http://[::]:{port}/x",
    "http://user:word@127.0.0.1:{port}/x",
    "http://example.org@127.0.0.1:{port}/x",
    "http://127.0.0.1:{port}#@example.org/",
    "HTTP://127.0.0.1:{port}/x",
    "https://127.0.0.1:{port}/x",
    "ftp://127.0.0.1:{port}/x",
    "http://１２７.０.０.１:{port}/x",
)
_FILES = (
    "file:///etc/passwd",
    "file:/etc/passwd",
    "file://localhost/etc/passwd",
    "FILE:///etc/passwd",
    "/etc/passwd",
    "file:///proc/self/environ",
)

# Ways to write a call, in which <{it}> is whom it calls; each must be refused whatever surrounds it.
_CALLS = (
    "SELECT * {{ SERVICE <{it}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{it}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service silent <{it}> {{ ?s ?p ?o }} }}",
    "SELECT*{{SerViCe<{it}>{{?s ?p ?o}}}}",
    "SELECT*{{SERVICESILENT<{it}>{{?s ?p ?o}}}}",
    "SELECT * {{ SERVICE#<\n<{it}>#\n{{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE\t\r\n \n<{it}>\r{{ ?s ?p ?o }} }}",
    "PREFIX bird: <{it}> SELECT * {{ SERVICE bird: {{ ?s ?p ?o }} }}",
    "PREFIX bird: <{it}> SELECT * {{ SERVICE bird:service {{ ?s ?p ?o }} }}",
    "PREFIX : <{it}> SELECT * {{ SERVICE:{{ ?s ?p ?o }} }}",
    "PREFIX service: <{it}> SELECT * {{ SERVICE service: {{ ?s ?p ?o }} }}",
    "BASE <{it}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
    "BASE <{it}> SELECT * {{ SERVICE <#x> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{it}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(IRI('{it}') AS ?x) SERVICE SILENT ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?x {{ <{it}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?x {{ <{it}> }} SERVICE $x{{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE ?x {{ ?s ?p ?o }} }} VALUES ?x {{ <{it}> }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{it}> {{ ?s ?p ?o }} }} }} }}",
    "SELECT * {{ ?a ?b ?c OPTIONAL {{ SERVICE <{it}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ ?a ?b ?c MINUS {{ SERVICE <{it}> {{ ?a ?p ?o }} }} }}",
    "SELECT * {{ {{}} UNION {{ SERVICE <{it}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ GRAPH ?g {{ SERVICE <{it}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ FILTER EXISTS {{ SERVICE <{it}> {{ ?s ?p ?o }} }} }}",
    "SELECT (EXISTS {{ SERVICE <{it}> {{ ?s ?p ?o }} }} AS ?x) {{}}",
    "ASK {{ SERVICE <{it}> {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{it}> {{ ?s ?p ?o }} }}",
    "DESCRIBE ?s {{ SERVICE <{it}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ FILTER(1<2) SERVICE <{it}> {{ ?s ?p ?o }} FILTER(3>2) }}",
    "SELECT * {{ FILTER(?a<?b&&?c>1) . SERVICE <{it}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p '''a'b\"c''' . SERVICE <{it}> {{ ?s ?p ?o }} }}",
    'SELECT * {{ ?s ?p """a"b\'c\\\\""" . SERVICE <{it}> {{ ?s ?p ?o }} }}',
    "SELECT * {{ ?s ?p 'it\\'s' . SERVICE <{it}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s <http://x/#y> 1 . SERVICE <{it}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p 1e5SERVICE<{it}>{{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p ?oSERVICE<{it}>{{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p true SERVICE<{it}>{{ ?s ?p ?o }} }}",
    "# SERVICE\n#\rSELECT * {{ SERVICE <{it}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <{it}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\U00000053\\u0045RVICE <{it}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE \\u003c{it}\\u003e {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERV/**/ICE <{it}> {{ ?s ?p ?o }} }}",
    "\ufeffSELECT * {{ SERVICE\u00a0<{it}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ſERVICE <{it}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ＳＥＲＶＩＣＥ <{it}> {{ ?s ?p ?o }} }}",
    "LOAD <{it}>",
    "LOAD SILENT <{it}> INTO GRAPH <http://x/>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{it}> {{ ?s ?p ?o }} }}",
)
# Ways to name what is fetched by careless servers; here each is the name of a graph that is not there.
_NAMES = (
    "SELECT * FROM <{it}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{it}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * FROM <{it}> FROM NAMED <{it}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ GRAPH <{it}> {{ ?s ?p ?o }} }}",
    "CONSTRUCT FROM <{it}> WHERE {{ ?s ?p ?o }}",
    "DESCRIBE <{it}>",
    "ASK FROM <{it}> {{ <{it}> <{it}> ?o }}",
    "SELECT * {{ <{it}> <{it}> ?o }}",
)


def spelled(port: int) -> Sequence[str]:
    """Return the addresses that all are this machine's loopback."""
    return [spelling.format(port=port) for spelling in _SPELLINGS]


def calls(port: int) -> Iterator[Call]:
    """Yield every call in every spelling where that matters, and every way of writing it to one of them."""
    addresses = [*spelled(port), *_FILES]
    for address in addresses:
        for number, written in enumerate((*_CALLS[:2], *_NAMES)):
            status = "400" if number < 2 else "200|400"
            yield Call(f"{written[:40]} to {address}", by_body(written.format(it=address)), status)
        for name in ("default-graph-uri", "named-graph-uri"):
            query = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
            yield Call(f"{name}={address}", by_get(query, (name, address)), "200|400")
            yield Call(f"{name}={address} in a form", by_form(("query", query), (name, address)), "200|400")
        yield Call(f"update to {address}", by_form(("update", f"LOAD <{address}>")), "4xx")
        yield Call(
            f"using-graph-uri={address}",
            by_get("SELECT * { ?s ?p ?o } LIMIT 0", ("using-graph-uri", address)),
            "200|400",
        )
    for written in _CALLS:
        for address in addresses[:2]:
            yield Call(f"{written[:60]!r}", by_body(written.format(it=address)), "400")
    yield from _asked_of_the_front(port)


def _asked_of_the_front(port: int) -> Iterator[Call]:
    """Yield requests that would have a server call out before any query is read."""
    bird = f"127.0.0.1:{port}"
    yield Call("as a proxy", Request("GET", "?query=ASK%7B%7D"), "xxx", target=f"http://{bird}/")
    yield Call("as a tunnel", Request("CONNECT"), "4xx|501", target=bird)
    for name in ("Host", "X-Forwarded-Host", "Forwarded", "Referer", "Origin", "X-Original-URL", "Profile", "Link"):
        value = f"host={bird}" if name == "Forwarded" else bird if "Host" in name else f"http://{bird}/x"
        yield Call(f"{name} of the bird", by_get("ASK {}", headers=((name, value),)), "200|400")
    for name in (
        "service",
        "endpoint",
        "url",
        "uri",
        "callback",
        "context",
        "stylesheet",
        "xslt-uri",
        "query-uri",
        "queryLn",
    ):
        yield Call(
            f"the parameter {name}",
            Request("GET", f"?query=ASK%7B%7D&{name}={quote(f'http://{bird}/x', safe='')}"),
            "200|400",
        )


HARMLESS = (
    'SELECT ("SERVICE <http://x/> { ?s ?p ?o }" AS ?v) {}',
    "SELECT ('''\nSERVICE <http://x/> {''' AS ?v) {}",
    "SELECT ?v { VALUES ?v { 1 } } # SERVICE <http://x/> { ?s ?p ?o }",
    "PREFIX x: <http://x/> SELECT ?v { VALUES ?v { x:SERVICE } }",
    "SELECT ?service { VALUES ?service { <http://x/SERVICE> } }",
)
"""Queries that only speak of calling: these are to be answered."""
