"""Queries in processes that can be ended: the front's side of the workers, in one event loop.

pyoxigraph has no time limit and cannot be cancelled, and some texts end the process that parses them. So every query
runs in a worker of its own. There are `light_workers` for what comes, and one more for each query that counts as long:
past `light_seconds` any does, then goes on at lower priority, and sooner the first of those that others wait for. If
there are too many long ones a query that becomes one is ended, sooner too where others wait. So short queries always
find a worker, whatever the long ones do. A query whose client leaves while it waits, or while others do, is ended. What
counts is processor time: many short queries at once are not long for that, and keep their workers, each of which has
the pages that its queries walk for itself after a while.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import os
import signal
import socket
import subprocess
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from server.answer import Answer, Asked
from server.errors import (
    QueryCrashedError,
    QueryMemoryError,
    QueryRefusedError,
    QueryTimeoutError,
    ReleaseError,
    ServerError,
    WorkersBusyError,
)
from server.evaluate import Evaluation
from server.holder import (
    BURY,
    FAILED,
    FORK,
    OPEN,
    PACKET,
    command,
    read_buried,
    read_forked,
    request_burial,
    request_fork,
)
from server.job import Engaged, Job
from server.memory import affordable_queries, fits_in_memory, resident_memory, stored_bytes
from server.settings import Settings
from server.worker import MEMORY_SAID, Conditions, Content, lower, write_message

_MB = 1024 * 1024
_LOWER_PRIORITY = 10
# How long a query waits before its client is watched, so that one that leaves does not go on waiting.
_WATCHED_SECONDS = 0.05
# Processor time after which a query counts as long already where others wait.
_HURRIED_SECONDS = 0.05
_CROWDED_SECONDS = 0.02
# How long queries wait while none is answered until those at work are taken for what they wait for: many of
# moderate length are soonest answered in turn, without more workers than there are processors.
_STUCK_SECONDS = 0.2
_LEAST_WAIT = 0.01
# How long until a worker is asked for again that could not be had.
_AGAIN_SECONDS = 0.2
# How long a worker that is not needed any more is kept for the next burst.
_SPARE_SECONDS = 5.0
_SECONDS_TO_END = 2.0
_STOPPED = "the service is being stopped"
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Counts:
    """What became of the workers, for the metrics: how many were ended, and for which reason."""

    ended: dict[str, int] = field(default_factory=dict)

    def add(self, reason: str) -> None:
        """Count one more."""
        self.ended[reason] = self.ended.get(reason, 0) + 1


class Pool:
    """The workers over one store; `open` it first, `close` it at last.

    `answered` is when a worker last did, in the time of the event loop.
    """

    def __init__(self, store_path: Path, settings: Settings, base: str = "") -> None:
        """Take what to serve and how; nothing is started yet. Relative IRIs are resolved against `base`."""
        self.counts = Counts()
        self.in_memory = fits_in_memory(stored_bytes(store_path), settings)
        self._store_path = store_path
        self._base = base
        self._settings = settings
        self._idle: list[Engaged] = []
        self._waiting: deque[Job] = deque()
        self._workers: set[Engaged] = set()
        self._long = 0
        self._most_long = settings.heavy_queries
        self.answered = -math.inf
        self._shrinking: asyncio.TimerHandle | None = None
        self._restaffing: asyncio.TimerHandle | None = None
        self._coming = 0
        self._hired: deque[socket.socket] = deque()
        self._ended: dict[int, Callable[[int, str], None]] = {}
        self._control: socket.socket | None = None
        self._holder: subprocess.Popen[bytes] | None = None
        self._closed = False

    @property
    def waiting(self) -> int:
        """Return how many queries wait for a worker."""
        return len(self._waiting)

    @property
    def long(self) -> int:
        """Return how many long queries are at work."""
        return self._long

    async def open(self) -> None:
        """Return when the release is held and the workers are being made; raises `ReleaseError`."""
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        conditions = Conditions(self._settings.query_memory_mb * _MB, self._settings.answer_mb * _MB, self._base)
        stated = command(theirs.fileno(), self._store_path, self.in_memory, conditions)
        self._holder = subprocess.Popen(stated, pass_fds=[theirs.fileno()])
        theirs.close()
        said = await loop.run_in_executor(None, ours.recv, PACKET)
        if said != OPEN:
            ours.close()
            self._holder.wait()
            why = said.removeprefix(FAILED).decode() or "the process that holds the release ended"
            raise ReleaseError(why)
        ours.setblocking(False)
        self._control = ours
        if self.in_memory:
            self._most_long = affordable_queries(resident_memory(self._holder.pid), self._settings)
        loop.add_reader(ours, self._hear)
        self._staff()

    async def close(self) -> None:
        """Return when all processes have ended, and all queries with them."""
        self.stop()
        for timer in (self._shrinking, self._restaffing):
            if timer:
                timer.cancel()
        while self._hired:
            self._hired.popleft().close()
        if self._control:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
        if self._holder:
            await asyncio.get_running_loop().run_in_executor(None, _wait_for, self._holder)

    def stop(self) -> None:
        """Take no more queries; those that are under way or wait end with `WorkersBusyError`."""
        self._closed = True
        for worker in list(self._workers):
            self._end(worker, WorkersBusyError(_STOPPED))
        while self._waiting:
            self._waiting.popleft().fail(WorkersBusyError(_STOPPED))

    def ask(
        self, message: Asked | Evaluation, on_long: Callable[[], None] | None = None
    ) -> asyncio.Future[bytes | Answer]:
        """Return the reply to come: bytes for an evaluation, else an answer; an error of `server.errors` at worst.

        `on_long` is called once the query is long, or waits, or others wait for it: from then on the client should be
        watched. A reply that is cancelled ends the query.
        """
        reply: asyncio.Future[bytes | Answer] = asyncio.get_running_loop().create_future()
        job = Job(write_message(message), reply, on_long)
        if self._closed:
            job.fail(WorkersBusyError(_STOPPED))
        elif self._idle:
            self._begin(self._idle.pop(), job)
        else:
            self._waiting.append(job)
            job.wait(min(_WATCHED_SECONDS, self._settings.waiting_seconds), self._go_on_waiting, job)
            self._hurry()
        return reply

    def replied(self, worker: Engaged, content: Content, spent: bool) -> None:
        """Hand a reply on, and the worker to the next job."""
        job, worker.job = worker.job, None
        assert job
        job.stop()
        self.answered = asyncio.get_running_loop().time()
        if not job.reply.done():
            if isinstance(content, ServerError):
                if isinstance(content, QueryMemoryError):
                    self.counts.add(QueryMemoryError.code)
                job.reply.set_exception(content)
            else:
                job.reply.set_result(content)
        self._shorten(worker)
        if spent:
            self._dismiss(worker)
        else:
            self._free(worker)

    def lost(self, worker: Engaged) -> None:
        """Replace a worker that ended by itself, and say why to who asked."""
        job, worker.job = worker.job, None

        def explain(status: int, last_words: str) -> None:
            error = _explained(status, last_words)
            self.counts.add(error.code)
            _log.warning("a worker ended with %d: %s", status, " ".join(last_words.split()) or "no word")
            if job:
                job.fail(error)

        if job:
            job.stop()
        self._dismiss(worker, explain)

    # --- jobs ---

    def _begin(self, worker: Engaged, job: Job) -> None:
        worker.send(job)
        self._look_after(worker, self._hurried())

    def _look_after(self, worker: Engaged, seconds: float) -> None:
        """Look at a query again after some seconds, at the latest when its time is over."""
        left = self._settings.query_seconds - worker.elapsed()
        assert worker.job
        if left <= seconds:
            worker.job.wait(max(0.0, left), self._expire, worker)
        else:
            worker.job.wait(seconds, self._look, worker)

    def _look(self, worker: Engaged) -> None:
        """Let a query go on: a while longer, or as a long one where it has proved long or others wait."""
        used, light = worker.used(), self._settings.light_seconds
        assert worker.job
        if used >= light or worker.job.reply.cancelled():
            self._lower(worker)
            return
        if self._waiting:
            worker.job.watch()
            self._hurry()
            if not worker.job:
                return
        hurried = self._hurried()
        left = max(_LEAST_WAIT, (hurried if used < hurried else light) - used)
        self._look_after(worker, min(left, _STUCK_SECONDS) if self._waiting else left)

    def _hurry(self) -> None:
        """Make way for what waits while none is answered: of those at work for a while the first counts as long.

        Where there are too many long ones it is ended.
        """
        stuck = asyncio.get_running_loop().time() - self.answered >= _STUCK_SECONDS
        least = self._hurried()
        ripe = [each for each in self._workers if each.job and not each.long and each.used() >= least]
        if not stuck or not ripe:
            return
        first = min(ripe, key=lambda each: each.begun)
        if self._long < self._most_long:
            self._lengthen(first)
        elif self._crowded() and all(each.lowered for each in self._workers if each.long):
            self._refuse(first)

    def _crowded(self) -> bool:
        """Return whether as many long queries are at work as may be."""
        return 0 < self._most_long <= self._long

    def _hurried(self) -> float:
        """Return the processor time after which a query is long, or has to go, where others wait."""
        return _CROWDED_SECONDS if self._crowded() else _HURRIED_SECONDS

    def _go_on_waiting(self, job: Job) -> None:
        """Let a query wait further, unless its client leaves."""
        job.wait(max(0.0, self._settings.waiting_seconds - _WATCHED_SECONDS), self._give_up, job)
        job.reply.add_done_callback(lambda reply: self._leave(job) if reply.cancelled() else None)
        job.watch()

    def _leave(self, job: Job) -> None:
        """Strike a query off that waits for a worker, where nobody waits for it any more."""
        if job in self._waiting:
            self._waiting.remove(job)
            job.stop()
            self.counts.add("client-gone")

    def _give_up(self, job: Job) -> None:
        self._waiting.remove(job)
        job.fail(WorkersBusyError("all workers are at work: ask again in a moment"))

    def _lower(self, worker: Engaged) -> None:
        """Let a query that has proved long go on at lower priority, if there may be one more."""
        job, settings = worker.job, self._settings
        assert job
        if job.reply.cancelled():
            self._end(worker, QueryCrashedError("the client has gone"))
        elif worker.long or self._long < self._most_long:
            if not worker.long:
                self._lengthen(worker)
            worker.lowered = True
            with contextlib.suppress(OSError):
                lower(worker.pid, _LOWER_PRIORITY)
            self._look_after(worker, settings.query_seconds)
            job.reply.add_done_callback(lambda reply: self._forget(worker) if reply.cancelled() else None)
            job.watch()
        elif all(each.lowered for each in self._workers if each.long):
            self._refuse(worker)
        else:
            self._look_after(worker, settings.light_seconds)

    def _refuse(self, worker: Engaged) -> None:
        """End a query that there is no room for."""
        self.counts.add("busy")
        self._end(worker, WorkersBusyError("too many long queries are at work: ask again in a moment"))

    def _forget(self, worker: Engaged) -> None:
        """End a long query that nobody waits for any more."""
        if worker.job:
            self.counts.add("client-gone")
            self._end(worker, QueryCrashedError("the client has gone"))

    def _expire(self, worker: Engaged) -> None:
        seconds = self._settings.query_seconds
        self.counts.add("time")
        self._end(worker, QueryTimeoutError(f"the query took more than {seconds:g} s and was ended"))

    # --- workers ---

    def _lengthen(self, worker: Engaged) -> None:
        worker.long = True
        self._long += 1
        self._staff()

    def _shorten(self, worker: Engaged) -> None:
        self._long -= worker.long
        worker.long = False

    def _staff(self, said: bool = False) -> None:
        """Hire until there are as many workers as there should be; where one cannot be had now, try again later."""
        try:
            while self._spare() < 0:
                self._hire()
        except OSError as error:  # no file may be opened, or the holder has not taken yet what it was asked before
            if not said:
                _log.warning("a worker is asked for again soon: %s", error.strerror)
            if not self._restaffing:
                self._restaffing = asyncio.get_running_loop().call_later(_AGAIN_SECONDS, self._restaff)

    def _restaff(self) -> None:
        self._restaffing = None
        self._staff(said=True)

    def _free(self, worker: Engaged) -> None:
        while self._waiting:
            job = self._waiting.popleft()
            job.stop()
            if not job.reply.done():
                self._begin(worker, job)
                return
        self._idle.append(worker)
        if self._spare() > 0 and not self._shrinking:
            self._shrinking = asyncio.get_running_loop().call_later(_SPARE_SECONDS, self._shrink)

    def _spare(self) -> int:
        """Return how many more workers there are than there should be."""
        return len(self._workers) + self._coming - self._settings.light_workers - self._long

    def _shrink(self) -> None:
        """Let go of spare workers, those first that have been idle longest, with the memory that they have copied."""
        self._shrinking = None
        for worker in self._idle[: max(0, self._spare())]:
            self._dismiss(worker)

    def _end(self, worker: Engaged, error: ServerError) -> None:
        job, worker.job = worker.job, None
        self._dismiss(worker)
        if job:
            job.fail(error)

    def _dismiss(self, worker: Engaged, then: Callable[[int, str], None] | None = None) -> None:
        """Kill and bury a worker, and have another in its place if one is needed."""
        worker.over = True
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)
        assert worker.transport
        worker.transport.abort()
        self._shorten(worker)
        if self._control and not self._closed:
            self._staff()
            self._ended[worker.pid] = then or (lambda status, last_words: None)
            request_burial(self._control, worker.pid)

    def _hire(self) -> None:
        """Ask the holder for one more worker."""
        assert self._control
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            request_fork(self._control, theirs)
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self._hired.append(ours)
        self._coming += 1

    def _hear(self) -> None:
        """Take what the holder says: a worker is there, or how one ended."""
        assert self._control
        try:
            packet = self._control.recv(PACKET)
        except ConnectionError:
            packet = b""
        if packet[:1] == FORK:
            task = asyncio.get_running_loop().create_task(self._welcome(self._hired.popleft(), read_forked(packet)))
            task.add_done_callback(lambda done: done.result())
        elif packet[:1] == BURY:
            pid, status, last_words = read_buried(packet)
            self._ended.pop(pid)(status, last_words)
        else:
            asyncio.get_running_loop().remove_reader(self._control)
            _log.critical("the process that holds the release ended")
            os.kill(os.getpid(), signal.SIGTERM)

    async def _welcome(self, channel: socket.socket, pid: int) -> None:
        loop = asyncio.get_running_loop()
        transport, worker = await loop.create_connection(lambda: Engaged(self, pid), sock=channel)
        self._coming -= 1
        if self._closed:
            worker.over = True
            transport.abort()
            return
        self._workers.add(worker)
        self._free(worker)


def _wait_for(holder: subprocess.Popen[bytes]) -> None:
    """Return when a holder has ended, which it does once its control socket is closed; kill one that does not."""
    try:
        holder.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        holder.kill()
        holder.wait()


def _explained(status: int, last_words: str) -> ServerError:
    """Return what a worker's end means for who asked: by signal, or its last words to standard error."""
    if "memory allocation" in last_words or "MemoryError" in last_words:
        return QueryMemoryError(MEMORY_SAID)
    if status == -signal.SIGSEGV or "overflowed its stack" in last_words:
        return QueryRefusedError("the query is nested too deeply to be read")
    return QueryCrashedError("the query ended its worker; a simpler query may pass")
