"""A release of RDF files and `yusuan serve` over it, each in a process of its own, as an office runs them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.protocol.client import Endpoint

COMMAND = str(Path(sys.executable).with_name("yusuan"))
SECONDS_TO_START = 300.0
SECONDS_TO_END = 10.0
_READY = re.compile(r"release (\S+) is ready at http://127\.0\.0\.1:(\d+)/")


@dataclass(frozen=True, slots=True)
class Running:
    """A server under test: where it listens, its process, the release it shows and what it printed.

    The process leads a session, to which all belong that it starts.
    """

    endpoint: Endpoint
    process: subprocess.Popen[bytes]
    version: str
    log: Path


def import_release(sources: Sequence[Path], out: Path, default: str = "merge") -> Path:
    """Return `out` after making a release of the files in it, the current one from now on.

    `default` is `merge` where the default graph shall be the merge of the named ones, `given` where the files have it.
    """
    command = [COMMAND, "import", *map(str, sources), "--out", str(out), "--default", default]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


@contextmanager
def served(data: Path, log: Path, settings: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Yield a server over a folder of releases on a free loopback port; `log` takes all that it prints.

    `settings` are environment variables; of the caller's own none that configures the server is passed on.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YUSUAN_")}
    environment |= settings or {}
    command = [COMMAND, "serve", "--data", str(data), "--host", "127.0.0.1", "--port", "0"]
    with log.open("wb") as printed:
        process = subprocess.Popen(
            command, stdout=printed, stderr=subprocess.STDOUT, env=environment, start_new_session=True
        )
    try:
        version, port = _wait(process, log)
        yield Running(Endpoint("127.0.0.1", port), process, version, log)
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> float:
    """Return how many seconds a process took to end after SIGTERM; one that does not is killed, and fails."""
    begun = time.monotonic()
    process.terminate()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise AssertionError(f"the server did not end within {SECONDS_TO_END:g} s of SIGTERM") from None
    return time.monotonic() - begun


def _wait(process: subprocess.Popen[bytes], log: Path) -> tuple[str, int]:
    """Return version and port once the server says that it is ready."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        found = _READY.search(log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1], int(found[2])
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise AssertionError(f"the server did not get ready: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
