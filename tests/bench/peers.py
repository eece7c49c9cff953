"""Peers to measure against, each started over the same quads: the servers of oxigraph and rdflib-endpoint, Virtuoso.

They live in a virtual environment of their own, made here when it is missing, so that nothing of theirs comes into
ours. Virtuoso is used where Debian's package is installed, and left out where it is not.
"""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.quads import is_named
from tests.protocol.cases import JSON, XML
from tests.protocol.client import Endpoint

ROOT = Path(__file__).parent.parent.parent
VENV = ROOT / ".venv-peers"
PINS = ROOT / "requirements" / "peers.txt"
SECONDS_TO_START = 600.0
MERGE = "urn:merge"
"""The graph that has the merge in Virtuoso, whose own default graph is all graphs, one after the other."""

_RDFLIB = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
data = Dataset()
data.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=data, path="/sparql"), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""
_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
DirsAllowed = {folder}
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
[HTTPServer]
ServerPort = {port}
ServerThreads = 64
MaxClientConnections = 64
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A server that runs: what it is called in reports, where it answers, and the graph that is the merge, if one.

    `tables` is the format of results that it writes as the standard says.
    """

    name: str
    endpoint: Endpoint
    default_graph: str = ""
    tables: str = XML


def make_environment() -> Path:
    """Return the folder of the peers' commands, after installing them once; prints what it does."""
    ready = VENV / ".ready"
    if not ready.exists() or ready.read_bytes() != PINS.read_bytes():
        print(f"installing the peers in {VENV.name} …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
        pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(PINS)]
        subprocess.run(pip, check=True)
        ready.write_bytes(PINS.read_bytes())
    return VENV / "bin"


@contextmanager
def oxigraph_on_disk(commands: Path, quads: Path, folder: Path) -> Iterator[Peer]:
    """Yield the read-only server over a store on disk, loaded in bulk and optimised."""
    command, store, port = str(commands / "oxigraph"), str(folder / "oxigraph"), free_port()
    subprocess.run([command, "load", "--location", store, "--file", str(quads)], check=True, capture_output=True)
    subprocess.run([command, "optimize", "--location", store], check=True, capture_output=True)
    serving = [command, "serve-read-only", "--location", store, "--bind", f"127.0.0.1:{port}"]
    with started(serving, port):
        yield Peer("oxigraph serve-read-only, on disk", Endpoint("127.0.0.1", port, "/query"))


@contextmanager
def oxigraph_in_memory(commands: Path, quads: Path) -> Iterator[Peer]:
    """Yield the server over a store in memory, loaded over HTTP."""
    port = free_port()
    with started([str(commands / "oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"], port):
        sending = http.client.HTTPConnection("127.0.0.1", port)
        with quads.open("rb") as body:
            headers = {"Content-Type": "application/n-quads", "Content-Length": str(quads.stat().st_size)}
            sending.request("POST", "/store?no_transaction", body, headers)
        status = sending.getresponse().status
        sending.close()
        assert status in (200, 201, 204), f"oxigraph took no quads: {status}"
        yield Peer("oxigraph serve, in memory", Endpoint("127.0.0.1", port, "/query"))


@contextmanager
def rdflib_endpoint(commands: Path, quads: Path) -> Iterator[Peer]:
    """Yield rdflib-endpoint under uvicorn over the quads in memory."""
    port = free_port()
    with started([str(commands / "python"), "-c", _RDFLIB, str(quads), str(port)], port):
        # Its XML has nothing where a number is zero.
        yield Peer("rdflib-endpoint", Endpoint("127.0.0.1", port, "/sparql"), tables=JSON)


def has_virtuoso() -> bool:
    """Return whether Virtuoso is installed on this machine."""
    return bool(shutil.which("virtuoso-t") and shutil.which("isql-vt"))


@contextmanager
def virtuoso(quads: Path, folder: Path) -> Iterator[Peer]:
    """Yield Virtuoso over the quads, whose merge it holds as a graph of its own."""
    port, sql = free_port(), free_port()
    folder.mkdir()
    settings = folder / "virtuoso.ini"
    settings.write_text(_VIRTUOSO.format(folder=folder, port=port, sql=sql), encoding="utf-8")
    named = folder / "data.nq"
    with quads.open(encoding="utf-8") as lines, named.open("w", encoding="utf-8") as out:
        out.writelines(line if is_named(line) else f"{line[:-2]}<{MERGE}> .\n" for line in lines)
    with started(["virtuoso-t", "-f", "-c", str(settings)], port, folder):
        load = f"DB.DBA.TTLP_MT(file_to_string_output('{named}'), '', '{MERGE}', 512, 2); checkpoint;"
        done = subprocess.run(["isql-vt", str(sql), "dba", "dba", f"exec={load}"], check=True, capture_output=True)
        assert b"***" not in done.stdout + done.stderr, done.stderr.decode("utf-8", "replace")
        yield Peer("Virtuoso", Endpoint("127.0.0.1", port, "/sparql"), MERGE)


def free_port() -> int:
    """Return a port that nothing listens on just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def started(command: list[str], port: int, folder: Path | None = None) -> Iterator[None]:
    """Run a command while entered, from when it listens on a port; `folder` is where it runs."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=folder or "/"
    )
    try:
        _wait(process, port)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{process.args!r} did not start")
