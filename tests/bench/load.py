"""Load on one HTTP server from one process of its own: kept connections, each with one request at a time.

Bare sockets and epoll, so that what is measured is the server: this takes about 20 µs a request. Requests come as JSON
on standard input (see `main`), figures go as JSON to standard output.
"""

from __future__ import annotations

import json
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

_BLOCK = 1 << 18
_LENGTH = re.compile(rb"\r\n[Cc]ontent-[Ll]ength: *([0-9]+)")
_LAST_CHUNK = b"\r\n0\r\n\r\n"
_DRAIN_SECONDS = 60.0
"""Seconds to wait for what was under way at the end, so that a slow server does not answer into the next run."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run gave: answers a second, half and ninety-nine hundredths of the times in ms, and answers not 200."""

    rate: float
    median: float
    p99: float
    answers: int
    failed: int


def run_load(
    host: str, port: int, requests: Sequence[bytes], clients: int, seconds: float, *, warm: float = 0.0
) -> Figures:
    """Return the figures of a run in another process: clients take the requests in turn for so long.

    They begin `warm` seconds before, of which nothing is counted.
    """
    job = {
        "host": host,
        "port": port,
        "requests": [request.decode("ascii") for request in requests],
        "clients": clients,
        "seconds": seconds,
        "warm": warm,
    }
    command = [sys.executable, "-m", "tests.bench.load"]
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, check=True)
    return Figures(**json.loads(done.stdout))


class _Client:
    """One connection and the answer it waits for."""

    __slots__ = ("begun", "failed", "receive", "send", "socket", "tail", "taken", "wanted")

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.settimeout(_DRAIN_SECONDS)
        self.receive, self.send = self.socket.recv, self.socket.sendall
        self.begun = 0.0
        self.failed = False
        self.taken = self.wanted = 0
        self.tail = b""

    def ask(self, request: bytes) -> None:
        self.taken = self.wanted = 0
        self.tail = b""
        self.begun = time.perf_counter()
        self.send(request)

    def takes(self) -> bool:
        """Read what is there; return whether the answer is whole. Raises ConnectionError where the connection ended."""
        part = self.receive(_BLOCK)
        if not part:
            raise ConnectionError("the server closed the connection")
        if not self.taken:
            self.failed = part[9:12] != b"200"
            self.wanted = _wanted(part)
        self.taken += len(part)
        if self.wanted >= 0:
            return self.taken >= self.wanted
        self.tail = (self.tail + part)[-len(_LAST_CHUNK) :]
        return self.tail == _LAST_CHUNK


def _wanted(first: bytes) -> int:
    """Return the length of the whole answer, -1 where it comes in chunks; its head comes with the first part."""
    end = first.index(b"\r\n\r\n")
    length = _LENGTH.search(first, 0, end)
    return end + 4 + int(length[1]) if length else -1


def _run(host: str, port: int, requests: Sequence[bytes], clients: int, seconds: float, *, warm: float) -> Figures:
    times: list[float] = []
    failed = 0
    poll = select.epoll()
    waiting = {}
    begun = last = time.perf_counter() + warm
    for number in range(clients):
        client = _Client(host, port)
        client.ask(requests[number % len(requests)])
        waiting[client.socket.fileno()] = client
        poll.register(client.socket, select.EPOLLIN)
    asked = clients
    while waiting and time.perf_counter() - begun < seconds + _DRAIN_SECONDS:
        for descriptor, _ in poll.poll(1.0):
            client = waiting[descriptor]
            if not client.takes():
                continue
            last = time.perf_counter()
            if last >= begun:
                times.append(last - client.begun)
            failed += client.failed
            if last - begun < seconds:
                client.ask(requests[asked % len(requests)])
                asked += 1
            else:
                poll.unregister(client.socket)
                waiting.pop(descriptor).socket.close()
    times.sort()
    return Figures(
        len(times) / (last - begun),
        1000 * times[len(times) // 2],
        1000 * times[min(len(times) - 1, len(times) * 99 // 100)],
        len(times),
        failed + len(waiting),
    )


def main() -> None:
    """Read a job from standard input, print its figures."""
    job = json.load(sys.stdin)
    requests = [request.encode("ascii") for request in job["requests"]]
    json.dump(
        asdict(_run(job["host"], job["port"], requests, job["clients"], job["seconds"], warm=job["warm"])), sys.stdout
    )


if __name__ == "__main__":
    main()
