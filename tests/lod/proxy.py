"""A reverse proxy on loopback: it offers a server under another path, which it takes off, and says so in headers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

_BETWEEN_TWO = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})
"""Headers of one connection, which a proxy does not hand on (RFC 9110 7.6.1)."""


@contextmanager
def proxied(port: int, prefix: str, host: str) -> Iterator[str]:
    """Yield the address of a proxy before the server on a port; outside the prefix it has nothing."""

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Hand a request on, and what is answered back."""
            if not self.path.startswith(f"{prefix}/"):
                self.send_error(404)
                return
            told = {name: value for name, value in self.headers.items() if name.lower() not in _BETWEEN_TWO}
            told |= {"X-Forwarded-Prefix": prefix, "X-Forwarded-Host": host, "X-Forwarded-Proto": "https"}
            behind = HTTPConnection("127.0.0.1", port, timeout=60)
            behind.request("GET", self.path.removeprefix(prefix), headers=told)
            answer = behind.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _BETWEEN_TWO:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            behind.close()

        def log_message(self, *said: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}/"
        server.shutdown()
        thread.join()
