"""HTTP/1.1 on a bare socket: requests that no library would send, and answers taken byte by byte.

Everything else in these suites speaks through here. An answer whose framing breaks off raises `BrokenAnswerError`: a
cut answer is never mistaken for a whole one.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

CRLF = b"\r\n"
PATIENCE = 30.0
"""Seconds to wait for an answer where the caller says nothing else."""
_BLOCK = 65536
_BODILESS = (204, 304)

Headers = tuple[tuple[str, str], ...]


class BrokenAnswerError(Exception):
    """The answer is no HTTP, or ends before its own framing says so."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request to an endpoint; `search` is what follows the path of the endpoint, with its question mark.

    `Host` and, of a body, `Content-Length` are added unless `headers` has them; `chunks` is a body in pieces.
    """

    method: str = "GET"
    search: str = ""
    headers: Headers = ()
    body: bytes | None = None
    chunks: tuple[bytes, ...] | None = None
    version: str = "1.1"

    def encoded(self, target: str, authority: str) -> bytes:
        """Return the bytes of the request, as they go over the wire."""
        names = {name.lower() for name, _ in self.headers}
        headers = [] if "host" in names else [("Host", authority)]
        headers.extend(self.headers)
        if self.chunks is not None:
            headers.append(("Transfer-Encoding", "chunked"))
        elif self.body is not None and "content-length" not in names:
            headers.append(("Content-Length", str(len(self.body))))
        lines = [f"{self.method} {target}{self.search} HTTP/{self.version}", *(f"{n}: {v}" for n, v in headers)]
        head = CRLF.join(line.encode("utf-8") for line in lines) + CRLF * 2
        return head + (self.body or b"") + (encode_chunks(self.chunks) if self.chunks is not None else b"")


@dataclass(frozen=True, slots=True)
class Response:
    """One answer; `interim` are the statuses before the last, `closes` whether the end of the stream ended it."""

    status: int
    reason: str
    headers: Headers
    body: bytes
    interim: tuple[int, ...] = ()
    closes: bool = False
    raw_head: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str | None:
        """Return the value of a header, several joined as HTTP has it; None where there is none."""
        found = [value for given, value in self.headers if given.lower() == name.lower()]
        return ", ".join(found) if found else None

    def listed(self, name: str) -> set[str]:
        """Return the items of a header that is a list, in lower case."""
        return {item.strip().lower() for item in (self.header(name) or "").split(",") if item.strip()}

    @property
    def media_type(self) -> str:
        """Return the media type of the body in lower case, without parameters; empty where none is stated."""
        return (self.header("Content-Type") or "").partition(";")[0].strip().lower()

    @property
    def content(self) -> bytes:
        """Return the body without its content coding."""
        return gzip.decompress(self.body) if "gzip" in self.listed("Content-Encoding") else self.body

    @property
    def text(self) -> str:
        """Return the body as the UTF-8 it must be."""
        return self.content.decode("utf-8")

    def json(self) -> Any:
        """Return the body read as JSON; fails where it is none."""
        return json.loads(self.text)


class Connection:
    """One connection, on which requests are sent as bytes and answers are read one by one."""

    def __init__(self, host: str, port: int, seconds: float = PATIENCE, receive_buffer: int | None = None) -> None:
        """Connect; `seconds` is how long any single step may take, `receive_buffer` the bytes the kernel may hold."""
        self.socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(seconds)
        try:
            self.socket.connect((host, port))
        except OSError:
            self.socket.close()
            raise
        self._held = b""

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        """Send the bytes as they are."""
        self.socket.sendall(data)

    def receive(self, method: str = "GET") -> Response:
        """Return the next final answer; raises `BrokenAnswerError` or TimeoutError."""
        interim: list[int] = []
        while True:
            head = self._until(CRLF * 2)
            status, reason, headers = _read_head(head)
            if status >= 200:
                break
            interim.append(status)
        found = Response(status, reason, headers, b"", tuple(interim), raw_head=head)
        body, closes = self._read_body(found, method)
        return Response(status, reason, headers, body, tuple(interim), closes, head)

    def is_ended(self, seconds: float = 5.0) -> bool:
        """Return whether the other side ends the connection in time, having sent nothing more."""
        self.socket.settimeout(seconds)
        try:
            return self._held == b"" and self.socket.recv(_BLOCK) == b""
        except TimeoutError:
            return False
        except OSError:
            return True

    def rest(self, seconds: float) -> bytes:
        """Return all that comes until the other side ends the connection or is silent for so long."""
        self.socket.settimeout(seconds)
        parts, self._held = [self._held], b""
        try:
            while part := self.socket.recv(_BLOCK):
                parts.append(part)
        except OSError:
            pass
        return b"".join(parts)

    def _read_body(self, found: Response, method: str) -> tuple[bytes, bool]:
        if method == "HEAD" or found.status in _BODILESS:
            return b"", False
        if "chunked" in found.listed("Transfer-Encoding"):
            return b"".join(self._chunks()), False
        length = found.header("Content-Length")
        if length is not None:
            return self._exactly(int(length)), False
        return self._to_the_end(), True

    def _chunks(self) -> Iterator[bytes]:
        while True:
            line = self._until(CRLF).partition(b";")[0].strip()
            try:
                size = int(line, 16)
            except ValueError:
                raise BrokenAnswerError(f"a chunk of the size {line!r}") from None
            if size == 0:
                while self._until(CRLF) != CRLF:
                    pass
                return
            yield self._exactly(size)
            self._exactly(2)

    def _until(self, mark: bytes) -> bytes:
        searched = 0
        while (found := self._held.find(mark, searched)) < 0:
            searched = max(0, len(self._held) - len(mark))
            self._more()
        end = found + len(mark)
        taken, self._held = self._held[:end], self._held[end:]
        return taken

    def _exactly(self, count: int) -> bytes:
        parts, missing = [self._held[:count]], count - len(self._held)
        self._held = self._held[count:]
        while missing > 0:
            part = self._part()
            parts.append(part[:missing])
            self._held = part[missing:]
            missing -= len(part)
        return b"".join(parts)

    def _to_the_end(self) -> bytes:
        parts, self._held = [self._held], b""
        while part := self.socket.recv(_BLOCK):
            parts.append(part)
        return b"".join(parts)

    def _more(self) -> None:
        self._held += self._part()

    def _part(self) -> bytes:
        try:
            part = self.socket.recv(_BLOCK)
        except ConnectionError as error:
            raise BrokenAnswerError(f"the connection was cut: {error}") from error
        if not part:
            raise BrokenAnswerError(f"the connection ended within an answer, after {self._held[-80:]!r}")
        return part


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a SPARQL endpoint listens."""

    host: str
    port: int
    path: str = "/sparql"

    @classmethod
    def at(cls, address: str) -> Endpoint:
        """Return the endpoint of an address such as http://127.0.0.1:7878/query."""
        parts = urlsplit(address)
        assert parts.hostname and parts.port, address
        return cls(parts.hostname, parts.port, parts.path)

    @property
    def authority(self) -> str:
        """Return what stands in Host."""
        return f"{self.host}:{self.port}"

    def connect(self, seconds: float = PATIENCE) -> Connection:
        """Return a new connection."""
        return Connection(self.host, self.port, seconds)

    def encoded(self, request: Request, target: str | None = None) -> bytes:
        """Return the bytes of a request to this endpoint, or to another target of this server."""
        return request.encoded(self.path if target is None else target, self.authority)

    def ask(self, request: Request, seconds: float = PATIENCE, target: str | None = None) -> Response:
        """Return the answer to one request on a connection of its own, even one given before all was sent."""
        with self.connect(seconds) as connection:
            with contextlib.suppress(ConnectionError):
                connection.send(self.encoded(request, target))
            return connection.receive(request.method)


def encode_chunks(pieces: Sequence[bytes]) -> bytes:
    """Return a chunked body with its last chunk."""
    chunks = (f"{len(piece):x}".encode() + CRLF + piece + CRLF for piece in pieces)
    return b"".join(chunks) + b"0" + CRLF * 2


def by_get(query: str, *parameters: tuple[str, str], accept: str | None = None, headers: Headers = ()) -> Request:
    """Return a query by GET, with further parameters."""
    return Request("GET", "?" + encode_form(("query", query), *parameters), _with_accept(accept, headers))


def by_form(*fields: tuple[str, str], search: str = "", accept: str | None = None, headers: Headers = ()) -> Request:
    """Return a POST of a form; fields that are no query may be in it too, or be left out."""
    given = _with_accept(accept, (("Content-Type", "application/x-www-form-urlencoded"), *headers))
    return Request("POST", search, given, encode_form(*fields).encode("ascii"))


def by_body(query: str | bytes, search: str = "", accept: str | None = None, headers: Headers = ()) -> Request:
    """Return a POST of the query itself; a Content-Type among the headers replaces the usual one."""
    given = _with_accept(accept, headers)
    if "content-type" not in {name.lower() for name, _ in headers}:
        given = (("Content-Type", "application/sparql-query"), *given)
    return Request("POST", search, given, query if isinstance(query, bytes) else query.encode("utf-8"))


def encode_form(*fields: tuple[str, str]) -> str:
    """Return fields percent-encoded in their order."""
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in fields)


def _with_accept(accept: str | None, headers: Headers) -> Headers:
    return headers if accept is None else (("Accept", accept), *headers)


def _read_head(head: bytes) -> tuple[int, str, Headers]:
    """Return status, reason and headers; raises `BrokenAnswerError` where the head is not of HTTP/1."""
    first, *lines = head.decode("iso-8859-1").split("\r\n")[:-2]
    protocol, _, rest = first.partition(" ")
    status, _, reason = rest.partition(" ")
    if protocol not in ("HTTP/1.1", "HTTP/1.0") or len(status) != 3 or not status.isdigit():
        raise BrokenAnswerError(f"no status line: {first!r}")
    headers = []
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or name != name.strip():
            raise BrokenAnswerError(f"no header: {line!r}")
        headers.append((name, value.strip()))
    return int(status), reason, tuple(headers)
