"""One query at a worker, as the front's event loop sees it: the job, and the worker's end of the talk."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

from server.answer import Answer
from server.errors import ServerError
from server.frames import frame_end, read_frame
from server.worker import Content, read_reply

# How much longer than its processor time a query may take, as one does that waits for a disk or among many others.
_PATIENCE = 4


class Employer(Protocol):
    """Who is told what becomes of a worker."""

    def replied(self, worker: Engaged, content: Content, spent: bool) -> None:
        """Take its reply; a worker that is `spent` should get no other message."""

    def lost(self, worker: Engaged) -> None:
        """Take note that it ended by itself."""


@dataclass(slots=True, eq=False)
class Job:
    """One message on its way: where its reply goes, and the timer that is running for it."""

    message: bytes
    reply: asyncio.Future[bytes | Answer]
    on_long: Callable[[], None] | None
    timer: asyncio.TimerHandle | None = None

    def wait(self, seconds: float, then: Callable[..., None], *given: object) -> None:
        """Set the timer anew."""
        self.stop()
        self.timer = asyncio.get_running_loop().call_later(seconds, then, *given)

    def watch(self) -> None:
        """Have the client watched, once."""
        if self.on_long:
            then, self.on_long = self.on_long, None
            then()

    def stop(self) -> None:
        """Stop the timer."""
        if self.timer:
            self.timer.cancel()
            self.timer = None

    def fail(self, error: ServerError) -> None:
        """Give up, unless nobody waits any more."""
        self.stop()
        if not self.reply.done():
            self.reply.set_exception(error)


class Engaged(asyncio.Protocol):
    """One worker as the event loop sees it: its socket, and the job that it is at."""

    def __init__(self, pool: Employer, pid: int) -> None:
        self.pool = pool
        self.pid = pid
        self.job: Job | None = None
        self.begun = self.used_before = 0.0
        self.long = False
        self.lowered = False
        self.over = False
        self.transport: asyncio.Transport | None = None
        self._received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the socket's transport."""
        self.transport = cast(asyncio.Transport, transport)

    def send(self, job: Job) -> None:
        """Give the worker a job."""
        assert self.transport
        self.job = job
        self.lowered = False
        self.begun = asyncio.get_running_loop().time()
        self.used_before = _processor_seconds(self.pid)
        self.transport.write(job.message)

    def elapsed(self) -> float:
        """Return the seconds since the job began."""
        return asyncio.get_running_loop().time() - self.begun

    def used(self) -> float:
        """Return what the job has cost so far, in seconds of processor time; waiting counts a little too."""
        return max(_processor_seconds(self.pid) - self.used_before, self.elapsed() / _PATIENCE)

    def data_received(self, data: bytes) -> None:
        """Take part of a reply; hand it on when it is whole."""
        received: bytes | bytearray = data
        if self._received:
            self._received += data
            received = self._received
        end = frame_end(received)
        if end and len(received) >= end:
            self._received = bytearray()
            self.pool.replied(self, *read_reply(read_frame(received)))
        elif received is data:
            self._received = bytearray(data)

    def connection_lost(self, error: Exception | None) -> None:
        """Tell the pool, unless it ended the worker itself."""
        if not self.over:
            self.pool.lost(self)


def _processor_seconds(pid: int) -> float:
    """Return the processor time of a process; 0 where it has ended (clock_getcpuclockid(3))."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0
