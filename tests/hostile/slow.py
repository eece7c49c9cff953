"""Clients that take their time, or never come to an end: each returns what became of it once the server had enough."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.protocol.client import Connection, Endpoint, by_get

BETWEEN_BYTES = 0.05
SECONDS = 1.0
"""Each limit of the server that these clients are to be let loose on."""
SETTINGS = {f"YUSUAN_{name}_SECONDS": f"{SECONDS:g}" for name in ("HEADER", "BODY", "STALL", "IDLE")} | {
    "YUSUAN_QUERY_SECONDS": "8",
    "YUSUAN_CACHE_MB": "0",
}
_PATIENCE = 12.0
_UNREAD = 30.0
_ESTABLISHED = "01"
_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class End:
    """How a slow client was ended: seconds since its first byte, bytes it could send, and what it was told."""

    seconds: float
    sent: int
    told: bytes

    @property
    def status(self) -> int:
        """Return the status of what it was told; 0 where the connection was only closed."""
        return int(self.told[9:12]) if self.told.startswith(b"HTTP/1.") else 0


def dribbled(endpoint: Endpoint, data: bytes) -> End:
    """Return the end of a client that sends single bytes, far apart."""
    return _pour(endpoint, (data[at : at + 1] for at in range(len(data))), BETWEEN_BYTES)


def poured(endpoint: Endpoint, first: bytes, again: bytes) -> End:
    """Return the end of a client that says one thing, and then another for ever, as fast as it is taken."""

    def pieces() -> Iterator[bytes]:
        yield first
        while True:
            yield again

    return _pour(endpoint, pieces(), 0.0)


def silent(endpoint: Endpoint, data: bytes = b"") -> End:
    """Return the end of a client that says something, perhaps nothing, and no more."""
    return _pour(endpoint, iter([data]), 0.0)


def unread(endpoint: Endpoint, query: str) -> tuple[int, bool]:
    """Return how much a client got that asked and did not read until it was left, and whether it was cut off."""
    with Connection(endpoint.host, endpoint.port, _PATIENCE, receive_buffer=4096) as connection:
        connection.send(endpoint.encoded(by_get(query, accept="text/tab-separated-values")))
        given_up = time.monotonic() + _UNREAD
        while _is_held(endpoint, connection) and time.monotonic() < given_up:
            time.sleep(BETWEEN_BYTES)
        got = connection.rest(3.0)
        return len(got), _is_cut(got)


def _is_held(endpoint: Endpoint, connection: Connection) -> bool:
    """Return whether the server has its end of a connection still open (proc(5), /proc/net/tcp)."""
    ports = [f"{port:04X}" for port in (endpoint.port, connection.socket.getsockname()[1])]
    lines = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    return any(line[3] == _ESTABLISHED and [end[-4:] for end in line[1:3]] == ports for line in lines)


def opened(endpoint: Endpoint, count: int, data: bytes = b"") -> list[socket.socket]:
    """Return so many connections, on each of which this was sent."""
    sockets = [socket.create_connection((endpoint.host, endpoint.port), _PATIENCE) for _ in range(count)]
    for each in sockets:
        each.sendall(data)
    return sockets


def _pour(endpoint: Endpoint, pieces: Iterator[bytes], pause: float) -> End:
    begun, sent = time.monotonic(), 0
    with Connection(endpoint.host, endpoint.port, _PATIENCE) as connection:
        connection.socket.setblocking(False)
        told = b""
        for piece in pieces:
            sent += _send(connection, piece, lambda: time.monotonic() - begun > _PATIENCE)
            came = _told(connection)
            told = came or b""
            if came is not None or sent > _MOST_BYTES or time.monotonic() - begun > _PATIENCE:
                break
            time.sleep(pause)
        if not told:
            told = connection.rest(max(0.1, _PATIENCE - (time.monotonic() - begun)))
        return End(time.monotonic() - begun, sent, told)


def _send(connection: Connection, piece: bytes, is_late: Callable[[], bool]) -> int:
    """Return how many bytes were taken; fewer than there are where the other side reads no more."""
    done = 0
    while done < len(piece) and not is_late():
        try:
            done += connection.socket.send(piece[done:])
        except BlockingIOError:
            if _readable(connection):
                break
            time.sleep(0.005)
        except OSError:
            break
    return done


def _readable(connection: Connection) -> bool:
    try:
        connection.socket.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _told(connection: Connection) -> bytes | None:
    """Return what came back, empty where the connection ended; None where neither yet."""
    try:
        return connection.socket.recv(65536)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _is_cut(got: bytes) -> bool:
    head, _, body = got.partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) < int(line.partition(b":")[2])
    return not got.endswith(b"\r\n0\r\n\r\n")
