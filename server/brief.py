"""Brief requests: a GET of the endpoint whose head came whole and plain is read in one look, and answered in one piece.

They are most of what an endpoint is asked. What a parser and two writes would cost them is a third of what a point
lookup takes. Whatever is not as plain as that, to the letter, is for the parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from server.endpoint import PATH
from server.forwarded import STATED_HOST

# RFC 9112 3 and 5, less what may be read in more ways than one: no empty name, no folding, no sign beyond ASCII.
_HEAD = re.compile(
    rb"GET %b\?([!-\"$-~]*+) HTTP/1\.1\r\n((?:[\w!#$%%&'*+.^`|~-]++:[\t -~]*+\r\n)++)\r\n" % PATH.encode()
)
# Headers that say that more is to come, or that the connection is to be something else.
_MORE = {b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"trailer"}
_KNOWN = 64

RawHeaders = Sequence[tuple[bytes, bytes]]


class Brief(NamedTuple):
    """A request as ASGI has it: its query string, and its headers with their names in small letters."""

    query_string: bytes
    headers: RawHeaders


def read_brief(head: bytes) -> Brief | None:
    """Return the request that some bytes are, None unless they are one whole head and nothing in it is unusual.

    >>> read_brief(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n")
    Brief(query_string=b'query=ASK%7B%7D', headers=((b'host', b'x'),))
    """
    found = _HEAD.fullmatch(head)
    headers = _headers(found[2]) if found else None
    return Brief(found[1], headers) if found and headers else None


@lru_cache(maxsize=_KNOWN)
def _headers(lines: bytes) -> RawHeaders | None:
    """Return headers, of which every client sends the same again and again; None where any is unusual."""
    pairs = (line.split(b":", 1) for line in lines[:-2].split(b"\r\n"))
    headers = tuple((name.lower(), value.strip(b"\t ")) for name, value in pairs)
    names = [name for name, _ in headers]
    closes = any(name == b"connection" and value.lower() != b"keep-alive" for name, value in headers)
    wants_page = any(name == b"accept" and b"html" in value.lower() for name, value in headers)
    if names.count(b"host") != 1 or closes or wants_page or not _MORE.isdisjoint(names):
        return None
    return headers if STATED_HOST.fullmatch(headers[names.index(b"host")][1]) else None


class BriefCycle(RequestResponseCycle):
    """The answer to a brief request, which has its length in its head: written at once."""

    _begun: Any = None

    async def send(self, message: Any) -> None:
        """Keep the head until the body comes, then write both."""
        if message["type"] == "http.response.start":
            self._begun = message
            return
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if self.disconnected:
            return
        lines = [STATUS_LINE[self._begun["status"]]]
        for name, value in (*self.default_headers, *self._begun["headers"]):
            lines += (name, b": ", value, b"\r\n")
        lines.append(b"\r\n" if self.keep_alive else b"connection: close\r\n\r\n")
        self.transport.writelines((b"".join(lines), message["body"]))
        self.response_started = self.response_complete = True
        self.message_event.set()
        if not self.keep_alive:
            self.transport.close()
        self.on_response()
