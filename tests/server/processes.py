"""Servers in processes of their own, and what Linux says of the processes over a store (proc(5))."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("yusuan"))
# As the command does, without the modules that build releases.
_SERVE = """
import os, sys
from pathlib import Path
from server.serve import serve
from server.settings import read_settings
serve(Path(sys.argv[1]), read_settings(None, os.environ, host=sys.argv[2], port=0))
"""
SETTINGS = {"YUSUAN_LIGHT_WORKERS": "1", "YUSUAN_RELOAD_SECONDS": "0", "YUSUAN_ACCESS_LOG": ""}


@contextlib.contextmanager
def served(data_dir: Path, host: str = "127.0.0.1", **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield a server in its own process, on a free port, with its address."""
    command = [sys.executable, "-c", _SERVE, str(data_dir), host]
    environment = os.environ | SETTINGS | settings
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment) as server:
        assert server.stdout is not None
        ready = server.stdout.readline()
        while "drafts are left out" in ready:
            ready = server.stdout.readline()
        found = re.search(r"release \S+ is ready at (http://\S+/)", ready)
        assert found, ready
        yield server, found[1]
        if server.poll() is None:
            server.kill()


def until(holds: Callable[[], object], seconds: float = 10.0) -> bool:
    """Return whether something comes to hold."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@dataclass(frozen=True, slots=True)
class Processes:
    """The living processes over one store: those that hold it, started by another program, and their workers."""

    holders: frozenset[int]
    workers: frozenset[int]

    @property
    def holder(self) -> int:
        """Return the one that holds the store."""
        (holder,) = self.holders
        return holder

    @property
    def worker(self) -> int:
        """Return the one worker."""
        (worker,) = self.workers
        return worker


def processes_over(store_path: Path) -> Processes:
    """Return the living processes whose command line names a store; one that has ended and is not buried is dead."""
    parents: dict[int, int] = {}
    for each in Path("/proc").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError, NotADirectoryError):
            if each.name.isdigit() and _holds(each, store_path):
                state, parent = (each / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
                if state not in "ZX":
                    parents[int(each.name)] = int(parent)
    workers = frozenset(pid for pid, parent in parents.items() if parent in parents)
    return Processes(frozenset(parents) - workers, workers)


def _holds(process: Path, store_path: Path) -> bool:
    arguments = (process / "cmdline").read_bytes().split(b"\0")
    return b"server.holder" in arguments and str(store_path).encode() in arguments
