"""Requests that are wrong on purpose: two lengths, no length, deep headers, thousands of parameters, zero bytes.

Each is bytes as they go over the wire, with what may come back. Where two servers in a row could disagree on where a
request ends, the second request must never be answered: it may be another client's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.protocol.client import Endpoint, Request, by_get, encode_form

_SMUGGLED = b"GET {path}?query=SELECT%20(%22smuggled%22%20AS%20%3Fv)%20%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"
MARK = b"smuggled"
"""What is in an answer to a request that was hidden in the body of another."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Bytes to send, the statuses that may come back, and how many answers at most and at least."""

    name: str
    data: bytes
    status: str = "400"
    answers: int = 1
    least: int = 1


def smuggling(endpoint: Endpoint) -> Sequence[Wrong]:
    """Return requests whose end can be read in two ways."""
    hidden = _SMUGGLED.replace(b"{path}", endpoint.path.encode())
    end = b"0\r\n\r\n"

    def post(headers: str, body: bytes) -> bytes:
        head = (
            f"POST {endpoint.path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n{headers}\r\n\r\n"
        )
        return head.encode("latin-1") + body

    both, asked = end + hidden, b"ASK {}"
    return (
        Wrong(
            "Content-Length and Transfer-Encoding",
            post(f"Content-Length: {len(both)}\r\nTransfer-Encoding: chunked", both),
        ),
        Wrong("Transfer-Encoding and Content-Length", post("Transfer-Encoding: chunked\r\nContent-Length: 6", both)),
        Wrong("two Content-Lengths", post(f"Content-Length: 6\r\nContent-Length: {6 + len(hidden)}", asked + hidden)),
        Wrong(
            "two Content-Lengths, the longer first",
            post(f"Content-Length: {6 + len(hidden)}\r\nContent-Length: 6", asked + hidden),
        ),
        Wrong("a list of Content-Lengths", post(f"Content-Length: 6, {6 + len(hidden)}", asked + hidden)),
        Wrong("Content-Length with a sign", post("Content-Length: +6", asked)),
        Wrong("Content-Length below zero", post("Content-Length: -6", asked)),
        Wrong("Content-Length in hexadecimal", post("Content-Length: 0x6", asked)),
        Wrong("Content-Length with a blank within", post("Content-Length: 6 0", asked)),
        Wrong("Content-Length that is empty", post("Content-Length: ", asked)),
        Wrong("Content-Length beyond 64 bits", post("Content-Length: 18446744073709551622", asked), "400|413"),
        Wrong("a blank before the colon", post("Content-Length : 6\r\nTransfer-Encoding : chunked", both)),
        Wrong("a header on two lines", post("Content-Length:\r\n 6", asked), "200|400"),
        Wrong("Transfer-Encoding of another name", post("Transfer-Encoding: xchunked", both), "400|501"),
        Wrong(
            "Transfer-Encoding: identity",
            post(f"Transfer-Encoding: identity\r\nContent-Length: {len(both)}", both),
            "400|501",
        ),
        Wrong(
            "Transfer-Encoding twice",
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", both),
            "400|501",
        ),
        Wrong("chunked not last", post("Transfer-Encoding: chunked, gzip", both), "400|501"),
        Wrong("Transfer-Encoding in quotes", post('Transfer-Encoding: "chunked"', both), "400|501"),
        Wrong("Transfer-Encoding after a tabulator", post("Transfer-Encoding:\x0bchunked", both), "400|501"),
        Wrong("a chunk without size", post("Transfer-Encoding: chunked", b"\r\nASK {}\r\n0\r\n\r\n")),
        Wrong("a chunk with a sign", post("Transfer-Encoding: chunked", b"+6\r\nASK {}\r\n0\r\n\r\n")),
        Wrong("a chunk in 0x", post("Transfer-Encoding: chunked", b"0x6\r\nASK {}\r\n0\r\n\r\n")),
        Wrong("a chunk below zero", post("Transfer-Encoding: chunked", b"-1\r\nASK {}\r\n0\r\n\r\n")),
        Wrong(
            "a chunk beyond 64 bits",
            post("Transfer-Encoding: chunked", b"10000000000000006\r\nASK {}\r\n0\r\n\r\n"),
            "400|413",
        ),
        Wrong("a chunk longer than its size", post("Transfer-Encoding: chunked", b"3\r\nASK {}\r\n0\r\n\r\n")),
        Wrong(
            "chunks in HTTP/1.0",
            post("Transfer-Encoding: chunked", both).replace(b"HTTP/1.1", b"HTTP/1.0", 1),
            "200|400|411|501",
        ),
        Wrong(
            "GET with a body",
            by_get("ASK {}", headers=(("Content-Length", str(len(hidden))),)).encoded(endpoint.path, "x") + hidden,
            "200|400",
        ),
        Wrong("CR alone ends lines", post("Content-Length: 6", asked).replace(b"\r\n", b"\r")),
        Wrong("a header without colon", post("Content-Length 6", asked), "400|411"),
        Wrong("a header without name", post(": 6\r\nContent-Length: 6", asked)),
        Wrong("a header with a zero byte", post("X-A: a\x00b\r\nContent-Length: 6", asked)),
        Wrong("a header with a lone CR", post("X-A: a\rContent-Length: 99\r\nContent-Length: 6", asked)),
        Wrong("a name of a header with signs", post("X(A): a\r\nContent-Length: 6", asked)),
    )


def malformed(endpoint: Endpoint) -> Sequence[Wrong]:
    """Return requests that are no HTTP, or too much of it."""
    path = endpoint.path.encode()
    ask = b"?query=ASK%20%7B%7D"
    deep = ",".join(f"text/x{number};q=0.{number % 999:03}" for number in range(1500))
    many = encode_form(("query", "ASK {}"), *((f"p{number}", "1") for number in range(10_000)))

    def head(line: bytes, *headers: bytes) -> bytes:
        return b"\r\n".join((line, b"Host: x", *headers)) + b"\r\n\r\n"

    return (
        Wrong("nothing but ends of lines", b"\r\n" * 2000, "400|408", least=0),
        Wrong("no HTTP at all", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)), "400"),
        Wrong("HTTP/2 without asking", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "4xx|505"),
        Wrong("no version", b"GET " + path + ask + b"\r\n\r\n", "400|505"),
        Wrong("a version of its own", head(b"GET " + path + ask + b" HTTX/1.1")),
        Wrong("a target with a blank", head(b"GET " + path + b"?query=ASK {} HTTP/1.1")),
        Wrong("a target with a zero byte", head(b"GET " + path + b"\x00" + ask + b" HTTP/1.1"), "4xx"),
        Wrong("a zero byte in the query", head(b"GET " + path + b"?query=%00 HTTP/1.1")),
        Wrong(
            "zero bytes in a body",
            Request("POST", "", (("Content-Type", "application/sparql-query"),), b"\x00" * 5000).encoded(
                endpoint.path, "x"
            ),
        ),
        Wrong("a target without slash", head(b"GET sparql" + ask + b" HTTP/1.1"), "4xx"),
        Wrong("a method of 10,000 letters", head(b"G" * 10_000 + b" " + path + b" HTTP/1.1"), "4xx|501"),
        Wrong("a deep Accept", head(b"GET " + path + ask + b" HTTP/1.1", b"Accept: " + deep.encode()), "4xx"),
        Wrong("an Accept of commas", head(b"GET " + path + ask + b" HTTP/1.1", b"Accept: " + b"," * 20_000), "200|4xx"),
        Wrong(
            "an Accept of semicolons",
            head(b"GET " + path + ask + b" HTTP/1.1", b"Accept: text/csv" + b";a=b" * 5_000),
            "200|4xx",
        ),
        Wrong(
            "an If-None-Match of 5,000",
            head(b"GET " + path + ask + b" HTTP/1.1", b"If-None-Match: " + b'"x",' * 5_000),
            "200|4xx",
        ),
        Wrong(
            "an Accept-Encoding of 5,000",
            head(b"GET " + path + ask + b" HTTP/1.1", b"Accept-Encoding: " + b"gzip;q=0," * 3_000),
            "200|4xx",
        ),
        Wrong(
            "an Accept-Language of 5,000",
            head(b"GET " + path + b" HTTP/1.1", b"Accept: text/html", b"Accept-Language: " + b"zh-Hans;q=0.1," * 2_000),
            "200|4xx",
        ),
        Wrong(
            "2,000 headers",
            head(b"GET " + path + ask + b" HTTP/1.1", *(f"X-{n}: 1".encode() for n in range(2000))),
            "200|4xx",
        ),
        Wrong("one header of 1 MB", head(b"GET " + path + ask + b" HTTP/1.1", b"X: " + b"x" * 1024 * 1024), "431"),
        Wrong("a URL of 1 MB", head(b"GET " + path + ask + b"%20" * 350_000 + b" HTTP/1.1"), "414|431"),
        Wrong("10,000 parameters", head(f"GET {endpoint.path}?{many} HTTP/1.1".encode()), "4xx"),
        Wrong(
            "10,000 fields in a form",
            Request("POST", "", (("Content-Type", "application/x-www-form-urlencoded"),), many.encode()).encoded(
                endpoint.path, "x"
            ),
            "200|4xx",
        ),
        Wrong(
            "100,000 signs between fields",
            Request(
                "POST",
                "",
                (("Content-Type", "application/x-www-form-urlencoded"),),
                b"&" * 100_000 + b"query=ASK+%7B%7D",
            ).encoded(endpoint.path, "x"),
            "200|4xx",
        ),
        Wrong(
            "10,000 graphs",
            Request(
                "POST",
                "",
                (("Content-Type", "application/x-www-form-urlencoded"),),
                ("query=ASK+%7B%7D" + "&default-graph-uri=http://x/" * 8_000).encode(),
            ).encoded(endpoint.path, "x"),
            "200|4xx",
        ),
        Wrong("cookies of 20 kB", head(b"GET " + path + ask + b" HTTP/1.1", b"Cookie: " + b"a=b; " * 4_000), "200|4xx"),
        Wrong(
            "an upgrade",
            head(
                b"GET " + path + ask + b" HTTP/1.1",
                b"Connection: Upgrade",
                b"Upgrade: websocket",
                b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                b"Sec-WebSocket-Version: 13",
            ),
            "200|400|426",
        ),
        Wrong(
            "an upgrade to HTTP/2",
            head(
                b"GET " + path + ask + b" HTTP/1.1",
                b"Connection: Upgrade, HTTP2-Settings",
                b"Upgrade: h2c",
                b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
            ),
            "200|400",
        ),
        Wrong(
            "a proxy's first line",
            b"PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n" + head(b"GET " + path + ask + b" HTTP/1.1"),
            "400",
        ),
        Wrong("a thousand requests in a row", head(b"GET " + path + ask + b" HTTP/1.1") * 1000, "200", answers=1000),
    )
