"""A worker: a process that answers one message at a time over its socket, until that closes or it is ended.

It is forked from the process that holds the release, so a store in memory is there at once. What one query may take
is set by the kernel: address space above what the process begins with, and, where the store is in memory, no further
file or socket at all, where it is on disk, no network: so no query can reach another host whatever it says.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from server.answer import Answer, Asked, answer
from server.errors import QueryCrashedError, QueryMemoryError, ServerError
from server.evaluate import Evaluation, evaluate
from server.frames import receive_frame, write_frame
from server.held import Held, read_from_disk

MEMORY_SAID = "the query took more memory than one may: ask for less at once"
_SPENT_BYTES = 256 * 1024 * 1024
_STACK_BYTES = 8 * 1024 * 1024
_PAGE = resource.getpagesize()
_SIZES = "/proc/self/statm"
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


Content = bytes | Answer | ServerError
"""What came of a message."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What every query goes by: the bytes of memory that it may take beside the release and that its answer may have,
    and the IRI that relative ones are resolved against.
    """

    memory_bytes: int
    answer_bytes: int
    base: str


def work(channel: socket.socket, store: Held | Path, conditions: Conditions) -> None:
    """Answer messages until the channel closes; `store` is in memory or the path of one to open.

    They are answered in a thread of their own, which the C library gives a heap of its own (malloc(3)). That of the
    first thread is full of the store and of the gaps that loading left: to allocate there takes up to ten times as
    long as a small query, and copies pages that are shared with the other workers. A thread whose priority the front
    has lowered hands the next message to another one: no thread may raise its own, but a new one has that of the first.
    """
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    if isinstance(store, Path):
        _leave_network()  # only a process of one thread may
    threading.stack_size(_STACK_BYTES)
    answering = _Answering(channel, store, conditions)
    while not answering.over:
        thread = threading.Thread(target=answering.go_on)
        thread.start()
        thread.join()


class _Answering:
    """The messages of a worker and the answers to them; `over` once none is left to answer."""

    def __init__(self, channel: socket.socket, store: Held | Path, conditions: Conditions) -> None:
        self.over = False
        self._channel = channel
        self._store = store
        self._conditions = conditions
        self._held: Held | None = None
        self._message: Any = None
        self._sizes = os.open(_SIZES, os.O_RDONLY)
        self._begun = 0
        self._priority = _priority()

    def go_on(self) -> None:
        """Answer messages until the channel closes or the priority of this thread is found lowered."""
        self.over = True  # whatever ends this thread, but for the one that another goes on after
        with contextlib.suppress(EOFError, OSError):
            held = self._held = self._held or self._open()
            while True:
                self._message = self._message or receive_frame(self._channel)
                if _priority() != self._priority:
                    self.over = False
                    return
                content = _content(held, self._message, self._conditions)
                self._message = None
                spent = self._size()[1] - self._begun > _SPENT_BYTES
                self._channel.sendall(write_reply(content, spent=spent))

    def _open(self) -> Held:
        """Return the store once the limits of queries hold."""
        if isinstance(self._store, Path):
            held = read_from_disk(self._store)
        else:
            held = self._store
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
        space, self._begun = self._size()
        most = space + self._conditions.memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        return held

    def _size(self) -> tuple[int, int]:
        """Return the address space and the resident memory of this process, in bytes (proc(5))."""
        space, resident = os.pread(self._sizes, 64, 0).split()[:2]
        return int(space) * _PAGE, int(resident) * _PAGE


def lower(worker: int, priority: int) -> None:
    """Lower the priority of what a worker with this pid is at, not of what it will be at next (setpriority(2))."""
    for thread in Path(f"/proc/{worker}/task").iterdir():
        if int(thread.name) != worker:
            os.setpriority(os.PRIO_PROCESS, int(thread.name), priority)


def _priority() -> int:
    """Return the priority of this thread."""
    return os.getpriority(os.PRIO_PROCESS, 0)


def _leave_network() -> None:
    """Go on in a network of one's own that has no interface, where the kernel lets anyone have one (unshare(2))."""
    ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)


def write_message(message: Asked | Evaluation) -> bytes:
    """Return the frame that asks a worker."""
    return write_frame(tuple(message) if isinstance(message, Asked) else message)


def write_reply(content: Content, *, spent: bool) -> bytes:
    """Return the frame that answers; a worker that is `spent` has grown and should get no other message."""
    return write_frame((spent, *content) if isinstance(content, Answer) else (spent, content))


def read_reply(reply: Sequence[Any]) -> tuple[Content, bool]:
    """Return what the frame of an answer says: the content, and whether the worker is spent."""
    spent, *said = reply
    return (Answer(*said) if len(said) > 1 else said[0]), spent


def _content(held: Held, message: tuple[Any, ...] | Evaluation, conditions: Conditions) -> Content:
    try:
        if isinstance(message, tuple):
            return answer(held, Asked(*message), conditions.answer_bytes, conditions.base)
        store = held.store_for(message.text, message.dataset)
        return evaluate(store, replace(message, largest=conditions.answer_bytes, base=conditions.base))
    except ServerError as error:
        return type(error)(error.message)
    except MemoryError:
        return QueryMemoryError(MEMORY_SAID)
    except Exception as error:
        return QueryCrashedError(f"the query could not be evaluated: {type(error).__name__}")
