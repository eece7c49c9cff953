"""HTTP/1.1 and 1.0 as connections have it: kept, closed, pipelined; bodies in chunks or after 100; targets and Host."""

from __future__ import annotations

from tests.protocol.cases import CSV, Case, Cases, Talk, is_status
from tests.protocol.client import Endpoint, Headers, Request, by_body, by_get, encode_form
from tests.protocol.terms import values_of

_CLOSE: Headers = (("Connection", "close"),)
_EXPECT: Headers = (("Expect", "100-continue"),)
_TOO_LARGE = 64 * 1024 * 1024


def _number(number: int) -> Request:
    return by_get(f"SELECT ({number} AS ?n) {{}}", accept=CSV)


def _kept(endpoint: Endpoint) -> None:
    with endpoint.connect() as connection:
        for number in range(5):
            connection.send(endpoint.encoded(_number(number)))
            assert values_of(connection.receive()) == [[str(number)]]


def _kept_after_errors(endpoint: Endpoint) -> None:
    """A bad query, method or body says nothing against the connection: it is kept, or closed as announced."""
    for bad in (
        by_get("ASK {"),
        Request("PUT", body=b"x"),
        by_body("ASK {}", headers=(("Content-Type", "a/b"),)),
        by_get("ASK {}", accept="a/b"),
    ):
        with endpoint.connect() as connection:
            connection.send(endpoint.encoded(bad))
            answer = connection.receive()
            if "close" not in answer.listed("Connection"):
                connection.send(endpoint.encoded(_number(1)))
                assert values_of(connection.receive()) == [["1"]]


def _pipelined(endpoint: Endpoint) -> None:
    with endpoint.connect() as connection:
        connection.send(b"".join(endpoint.encoded(_number(number)) for number in range(8)))
        assert [values_of(connection.receive()) for _ in range(8)] == [[[str(number)]] for number in range(8)]


def _pipelined_bodies(endpoint: Endpoint) -> None:
    requests = [by_body(f"SELECT ({number} AS ?n) {{}}", accept=CSV) for number in range(4)]
    with endpoint.connect() as connection:
        connection.send(b"".join(map(endpoint.encoded, requests)))
        assert [values_of(connection.receive()) for _ in requests] == [[[str(number)]] for number in range(4)]


def _closed(endpoint: Endpoint) -> None:
    with endpoint.connect() as connection:
        connection.send(endpoint.encoded(by_get("ASK {}", headers=_CLOSE)))
        answer = connection.receive()
        assert answer.status == 200 and "close" in answer.listed("Connection"), answer.headers
        assert connection.is_ended()


def _half_closed(endpoint: Endpoint) -> None:
    """A client that sends all it has to say and shuts its side still gets its answer, or an orderly end."""
    with endpoint.connect() as connection:
        connection.send(endpoint.encoded(_number(3)))
        answer = connection.receive()
        connection.socket.shutdown(1)
        assert values_of(answer) == [["3"]] and connection.is_ended()


def _one_zero(endpoint: Endpoint) -> None:
    asked = by_get("SELECT (1 AS ?n) {}", accept=CSV)
    with endpoint.connect() as connection:
        connection.send(endpoint.encoded(Request("GET", asked.search, asked.headers, version="1.0")))
        answer = connection.receive()
        assert values_of(answer) == [["1"]] and answer.header("Transfer-Encoding") is None
        assert connection.is_ended()


def _one_zero_without_host(endpoint: Endpoint) -> None:
    with endpoint.connect() as connection:
        connection.send(f"GET {endpoint.path}?{encode_form(('query', 'ASK {}'))} HTTP/1.0\r\n\r\n".encode())
        assert connection.receive().status == 200


def _one_zero_body(endpoint: Endpoint) -> None:
    asked = by_body("SELECT (1 AS ?n) {}", accept=CSV)
    answer = endpoint.ask(Request("POST", "", asked.headers, asked.body, version="1.0"))
    assert values_of(answer) == [["1"]]


def _in_chunks(pieces: tuple[bytes, ...], headers: Headers, expected: str) -> Talk:
    def talk(endpoint: Endpoint) -> None:
        answer = endpoint.ask(Request("POST", "", (("Accept", CSV), *headers), chunks=pieces))
        assert answer.status == 200 and expected in answer.text, f"{answer.status}: {answer.body!r}"

    return Talk(f"a body in {len(pieces)} chunks, {headers[0][1]}", talk)


def _chunks_with_more(endpoint: Endpoint) -> None:
    """Extensions of chunks are passed over, and so is what follows the last chunk; the connection goes on."""
    with endpoint.connect() as connection:
        head = endpoint.encoded(
            Request("POST", "", (("Content-Type", "application/sparql-query"), ("Transfer-Encoding", "chunked")))
        )
        connection.send(head + b'3;note="a;b"\r\nASK\r\n3\r\n {}\r\n0\r\nNote: none\r\n\r\n')
        assert connection.receive().status == 200
        connection.send(endpoint.encoded(_number(2)))
        assert values_of(connection.receive()) == [["2"]]


def _in_single_bytes(endpoint: Endpoint) -> None:
    with endpoint.connect() as connection:
        connection.socket.setsockopt(6, 1, 1)  # TCP_NODELAY: each byte in a packet of its own
        for byte in endpoint.encoded(by_body("ASK {}")):
            connection.send(bytes([byte]))
        assert connection.receive().status == 200


def _after_100(endpoint: Endpoint) -> None:
    asked = by_body("SELECT (4 AS ?n) {}", accept=CSV, headers=_EXPECT)
    whole = endpoint.encoded(asked)
    body = len(asked.body or b"")
    with endpoint.connect() as connection:
        connection.send(whole[:-body])
        connection.socket.settimeout(3)
        try:
            first = connection.socket.recv(65536)
        except TimeoutError:
            raise AssertionError("no 100 Continue within 3 s") from None
        assert first.startswith(b"HTTP/1.1 100 "), first[:100]
        connection.socket.settimeout(20)
        connection.send(whole[-body:])
        assert values_of(connection.receive()) == [["4"]]


def _no_100_for_what_is_refused(endpoint: Endpoint) -> None:
    headers = (("Content-Type", "application/sparql-query"), ("Content-Length", str(_TOO_LARGE)), *_EXPECT)
    with endpoint.connect(10) as connection:
        connection.send(endpoint.encoded(Request("POST", "", headers)))
        answer = connection.receive()
        assert (answer.status, answer.interim) == (413, ()), f"{answer.interim} {answer.status}"


def _unknown_expectation(endpoint: Endpoint) -> None:
    answer = endpoint.ask(by_body("ASK {}", headers=(("Expect", "200-ok"),)))
    assert is_status(answer.status, "200|417"), answer.status


def _absolute_target(endpoint: Endpoint) -> None:
    answer = endpoint.ask(by_get("ASK {}"), target=f"http://{endpoint.authority}{endpoint.path}")
    assert answer.status == 200, answer.status


def _absolute_target_without_path(endpoint: Endpoint) -> None:
    answer = endpoint.ask(Request("GET"), target=f"http://{endpoint.authority}")
    assert answer.status != 400, answer.status


def _hostless(endpoint: Endpoint) -> None:
    with endpoint.connect() as connection:
        connection.send(f"GET {endpoint.path}?{encode_form(('query', 'ASK {}'))} HTTP/1.1\r\n\r\n".encode())
        assert connection.receive().status == 400


def _two_hosts(endpoint: Endpoint) -> None:
    answer = endpoint.ask(by_get("ASK {}", headers=(("Host", "a.example"), ("Host", "b.example"))))
    assert answer.status == 400, answer.status


def _another_host(endpoint: Endpoint) -> None:
    answer = endpoint.ask(by_get("ASK {}", headers=(("Host", "data.example"),)))
    assert answer.status == 200, answer.status


def _header_names(endpoint: Endpoint) -> None:
    answer = endpoint.ask(
        by_get("SELECT (1 AS ?n) {}", headers=(("aCCEPT", CSV), ("X-None", ""), ("cOnnection", "Close")))
    )
    assert answer.media_type == CSV, answer.headers


def _version(version: str) -> Talk:
    def talk(endpoint: Endpoint) -> None:
        with endpoint.connect() as connection:
            connection.send(endpoint.encoded(Request("GET", by_get("ASK {}").search, version=version)))
            begins = connection.rest(3)[:12]
            assert begins[:9] in (b"HTTP/1.1 ", b"HTTP/1.0 ", b"") and begins[9:12] in (b"400", b"505", b""), begins

    return Talk(f"HTTP/{version} is not spoken", talk)


def _unknown_path(endpoint: Endpoint) -> None:
    answer = endpoint.ask(by_get("ASK {}"), target=f"{endpoint.path}/none/such")
    assert is_status(answer.status, "404"), answer.status


CASES: Cases = (
    Talk("a connection is kept", _kept),
    Talk("a connection is kept after errors, or its end announced", _kept_after_errors),
    Talk("requests in a row are answered in order", _pipelined),
    Talk("bodies in a row are answered in order", _pipelined_bodies),
    Talk("Connection: close closes", _closed),
    Talk("the end of the client's side ends the connection", _half_closed),
    Talk("HTTP/1.0 is answered and closed", _one_zero),
    Talk("HTTP/1.0 without Host", _one_zero_without_host),
    Talk("HTTP/1.0 with a body", _one_zero_body),
    _in_chunks((b"SELECT (1 AS ?n) {}",), (("Content-Type", "application/sparql-query"),), "1"),
    _in_chunks((b"SELECT", b" (2 AS ", b"?n) {", b"}"), (("Content-Type", "application/sparql-query"),), "2"),
    _in_chunks((b'SELECT ("\xe9', b"\xa2", b'\x84" AS ?n) {}'), (("Content-Type", "application/sparql-query"),), "预"),
    _in_chunks(
        (b"query=SELECT+(3+AS", b"+%3Fn)+%", b"7B%7D"), (("Content-Type", "application/x-www-form-urlencoded"),), "3"
    ),
    Talk("extensions and trailers of chunks", _chunks_with_more),
    Talk("a request byte by byte", _in_single_bytes),
    Talk("a body after 100 Continue", _after_100),
    Talk("no 100 Continue for a body too large", _no_100_for_what_is_refused),
    Talk("an unknown expectation", _unknown_expectation),
    Talk("the target as a whole address", _absolute_target),
    Talk("the target as a whole address without path", _absolute_target_without_path),
    Talk("HTTP/1.1 without Host is refused", _hostless),
    *(
        Case(f"{host!r} is no Host", by_get("ASK {}", headers=(("Host", host),)), "400")
        for host in ("a b", "<x>", "x/y", 'a"b', "a@x", "x:y")
    ),
    Talk("two Hosts are refused", _two_hosts),
    Talk("any Host is served", _another_host),
    Talk("names of headers in any case", _header_names),
    _version("2.0"),
    _version("9.9"),
    Talk("a path that is not there", _unknown_path),
)
