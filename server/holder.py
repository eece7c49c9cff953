"""The process that holds a release's store and forks workers from it, each on a socket that the front hands over.

It runs no query and has one thread. On its own socket it takes, one packet each, FORK with a socket, answered by the
worker's pid, and BURY with a pid, answered by how that worker ended and the last that it wrote to standard error. A
worker's pid stays taken until it is buried, so the front can end a worker without hitting another process.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import socket
import struct
import sys
import tempfile
from dataclasses import astuple
from pathlib import Path

from server.errors import ServerError
from server.held import Held, load_into_memory, read_from_disk
from server.prefixes import prefixes
from server.worker import Conditions, work

FORK, BURY = b"F", b"B"
OPEN, FAILED = b"O", b"E"
PACKET = 4096
_FORKED = struct.Struct("!ci")
_BURIED = struct.Struct("!cii")
_LAST_WORDS = 2000


def command(control: int, store_path: Path, in_memory: bool, conditions: Conditions) -> list[str]:
    """Return the command that starts a holder; `control` is the number of its socket."""
    stated = (control, store_path, int(in_memory), *astuple(conditions))
    return [sys.executable, "-m", "server.holder", *map(str, stated)]


def request_fork(control: socket.socket, channel: socket.socket) -> None:
    """Ask for a worker on one end of a channel."""
    socket.send_fds(control, [FORK], [channel.fileno()])


def request_burial(control: socket.socket, pid: int) -> None:
    """Ask how a worker that has ended, or is just being ended, did so."""
    control.send(BURY + str(pid).encode())


def read_forked(packet: bytes) -> int:
    """Return the pid of a new worker."""
    return int(_FORKED.unpack(packet)[1])


def read_buried(packet: bytes) -> tuple[int, int, str]:
    """Return pid, exit status (negative: the signal) and last words of a worker."""
    _, pid, status = _BURIED.unpack_from(packet)
    return pid, status, packet[_BURIED.size :].decode("utf-8", "replace")


def hold(control: socket.socket, store_path: Path, in_memory: bool, conditions: Conditions) -> None:
    """Serve the front until it closes the control socket; then end all workers, and return when they have ended."""
    try:
        store = load_into_memory(store_path) if in_memory else _openable(store_path)
    except ServerError as error:
        control.send(FAILED + error.message.encode())
        return
    except (OSError, RuntimeError) as error:
        said = f"the release cannot be loaded, which takes room in {tempfile.gettempdir()} (TMPDIR): {error}"
        control.send(FAILED + said.encode())
        return
    _load_late_modules()
    gc.collect()
    gc.freeze()
    living: dict[int, int] = {}
    with contextlib.suppress(ConnectionError):
        control.send(OPEN)
        while True:
            packet, handed, _, _ = socket.recv_fds(control, PACKET, 1)
            if packet[:1] == FORK:
                _fork(control, handed[0], store, conditions, living)
            elif packet[:1] == BURY:
                control.send(_bury(int(packet[1:]), living))
            else:
                break
    for pid in living:
        os.kill(pid, signal.SIGKILL)
    for pid in living:
        os.waitpid(pid, 0)


def _load_late_modules() -> None:
    """Have loaded what modules load when they first need it: a worker over a store in memory can open no file."""
    prefixes()
    for name in ("unicodedata", "encodings.idna"):  # of urllib.parse
        importlib.import_module(name)


def _openable(store_path: Path) -> Path:
    """Return the path of a store that each worker opens itself, once it is seen to open."""
    read_from_disk(store_path)
    return store_path


def _fork(
    control: socket.socket, channel: int, store: Held | Path, conditions: Conditions, living: dict[int, int]
) -> None:
    last_words = os.memfd_create("last-words")
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            control.close()
            os.dup2(last_words, 2)
            work(socket.socket(fileno=channel), store, conditions)
        os._exit(0)
    os.close(channel)
    living[pid] = last_words
    control.send(_FORKED.pack(FORK, pid))


def _bury(pid: int, living: dict[int, int]) -> bytes:
    last_words = living.pop(pid)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    written = os.pread(last_words, _LAST_WORDS, 0)
    os.close(last_words)
    return _BURIED.pack(BURY, pid, status) + written


def _main() -> None:
    control, store_path, in_memory, memory, answers, base = sys.argv[1:]
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)  # such signals may go to all processes; the front says when this one ends
    conditions = Conditions(int(memory), int(answers), base)
    hold(socket.socket(fileno=int(control)), Path(store_path), in_memory == "1", conditions)


if __name__ == "__main__":
    _main()
