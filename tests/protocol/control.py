"""The same table of cases against the server of the package `oxigraph`, as a control of the suite itself.

What no server passes is likely wrong in the suite, and what this one passes is no merit of ours. Usage: python -m
tests.protocol.control [address of an endpoint]; without an address the server of `oxigraph` is started over the data,
from the environment of the benchmark's peers, which is made where it is missing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.peers import free_port, make_environment, started
from tests.protocol.client import BrokenAnswerError, Endpoint
from tests.protocol.expected import dataset, merge
from tests.protocol.table import CASES


def main() -> int:
    """Print each case that fails with its first reason, then how many passed of all."""
    if len(sys.argv) > 1:
        return _report(Endpoint.at(sys.argv[1]))
    command = str(make_environment() / "oxigraph")
    with tempfile.TemporaryDirectory() as folder, _oxigraph(command, Path(folder)) as endpoint:
        return _report(endpoint)


def _report(endpoint: Endpoint) -> int:
    passed = 0
    for case in CASES:
        try:
            case.run(endpoint)
            passed += 1
        except (AssertionError, BrokenAnswerError, OSError, ValueError, LookupError, SyntaxError) as error:
            reason = str(error).strip().splitlines() or [type(error).__name__]
            print(f"not passed: {case.name}: {reason[0][:160]}")
    print(f"{passed} of {len(CASES)} passed")
    return 0


@contextmanager
def _oxigraph(command: str, folder: Path) -> Iterator[Endpoint]:
    """Yield the read-only server of oxigraph over the data with its merge."""
    data, store, port = folder / "data.nq", folder / "store", free_port()
    data.write_bytes(_quads())
    subprocess.run([command, "load", "--location", str(store), "--file", str(data)], check=True, capture_output=True)
    serving = [command, "serve-read-only", "--cors", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    with started(serving, port):
        yield Endpoint("127.0.0.1", port, "/query")


def _quads() -> bytes:
    """Return the data as N-Quads, with the merge of its graphs as the default graph."""
    named = dataset().serialize(format="nquads", encoding="utf-8")
    return named + merge().serialize(format="nt", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
