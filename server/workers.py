"""Evaluating queries in processes that can be ended: pyoxigraph has no time limit and cannot be cancelled.

A worker opens the store read-only and answers one evaluation at a time over its pipe. Past the time limit it
is killed, and one that dies (deep nesting aborts the parser) takes only its own query along; either way a new
one takes its place. The forkserver context starts processes without copying this one's threads.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import signal
import threading
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Protocol

from pyoxigraph import Store

from server.errors import QueryCrashedError, QueryTimeoutError, ReleaseError, ServerError, WorkersBusyError
from server.evaluate import Evaluation, evaluate
from server.release import open_store

SECONDS_TO_OPEN = 60.0
"""Time for a process to start and open the store; it does not count against a query."""


class Evaluator(Protocol):
    """What the application needs: answers, or an error of `server.errors`."""

    def evaluate(self, evaluation: Evaluation) -> bytes:
        """Return the answer in the asked format."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: seconds it may run, seconds it may wait for a worker, bytes of its answer."""

    seconds: float = 30.0
    seconds_waiting: float = 10.0
    answer_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class _Worker:
    process: ForkServerProcess
    pipe: Connection


class WorkerPool:
    """A fixed number of worker processes over one store; use as a context, or call `close`."""

    def __init__(self, store_path: Path, workers: int, limits: Limits | None = None) -> None:
        """Start the workers; they open the store while this returns."""
        self.limits = limits or Limits()
        self._store_path = store_path
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["server.workers"])
        self._running: set[_Worker] = set()
        self._changing = threading.Lock()
        self._closed = False
        for _ in range(workers):
            self._idle.put(self._start())

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def evaluate(self, evaluation: Evaluation) -> bytes:
        """Return the answer; raises what evaluating raises, and the errors of time, crash and waiting."""
        worker = self._take()
        try:
            answer = self._ask(worker, evaluation)
        except BaseException:
            worker = self._replace(worker)
            raise
        finally:
            self._idle.put(worker)
        if isinstance(answer, ServerError):
            raise answer
        return answer

    def close(self) -> None:
        """End all workers at once; queries they are at work on end with `QueryCrashedError`."""
        with self._changing:
            self._closed = True
            for worker in self._running:
                _end(worker)
            self._running.clear()

    def _take(self) -> _Worker:
        try:
            return self._idle.get(timeout=self.limits.seconds_waiting)
        except queue.Empty:
            raise WorkersBusyError("all workers are at work: ask again in a moment") from None

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._store_path, self.limits.answer_bytes), daemon=True
        )
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._running.add(worker)
        return worker

    def _replace(self, worker: _Worker) -> _Worker:
        """End a worker and return a new one; once closed, the ended one, which answers nothing."""
        with self._changing:
            if self._closed:
                return worker
            self._running.discard(worker)
            _end(worker)
            return self._start()

    def _ask(self, worker: _Worker, evaluation: Evaluation) -> bytes | ServerError:
        try:
            worker.pipe.send(evaluation)
            if not worker.pipe.poll(SECONDS_TO_OPEN):
                raise ReleaseError("the store did not open in time")
            opened = worker.pipe.recv()
            if isinstance(opened, ServerError):
                raise opened
            if not worker.pipe.poll(self.limits.seconds):
                raise QueryTimeoutError(f"the query took more than {self.limits.seconds:g} s and was ended")
            answer: bytes | ServerError = worker.pipe.recv()
            return answer
        except (EOFError, OSError) as error:
            raise QueryCrashedError("the query ended its worker; a simpler query may pass") from error


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.process.close()
    worker.pipe.close()


def _serve(pipe: Connection, store_path: Path, answer_bytes: int) -> None:
    """Answer evaluations until the pipe closes; each is acknowledged once the store is open."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        store = open_store(store_path)
    except ServerError as error:
        pipe.recv()
        pipe.send(error)
        return
    with contextlib.suppress(EOFError, OSError):
        while True:
            evaluation: Evaluation = pipe.recv()
            pipe.send(True)
            pipe.send(_answer(store, evaluation, answer_bytes))


def _answer(store: Store, evaluation: Evaluation, answer_bytes: int) -> bytes | ServerError:
    try:
        return evaluate(store, replace(evaluation, largest=answer_bytes))
    except ServerError as error:
        return error
    except Exception as error:
        return QueryCrashedError(f"the query could not be evaluated: {type(error).__name__}")
