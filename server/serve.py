"""Serving a release over HTTP until it is interrupted."""

from __future__ import annotations

import ipaddress
import signal
from pathlib import Path
from typing import NoReturn

import click
import waitress  # type: ignore[import-untyped]
from waitress.server import BaseWSGIServer, MultiSocketServer  # type: ignore[import-untyped]

from server.app import BODY_BYTES, Config, create_app
from server.release import open_release
from server.workers import WorkerPool

THREADS_PER_WORKER = 4
"""Threads answer pages and wait for workers; queries run in the workers."""


def serve(data_dir: Path, host: str = "127.0.0.1", port: int = 8000, workers: int = 2) -> None:
    """Return when interrupted; on any host but a loopback address the drafts are left out.

    Raises `ReleaseError` where there is no release, OSError where the address is taken. Port 0: any free.
    """
    public = not is_loopback(host)
    release = open_release(data_dir, public)
    with WorkerPool(release.store_path, workers) as pool:
        server = waitress.create_server(
            create_app(Config(release, pool)),
            host=host,
            port=port,
            threads=workers * THREADS_PER_WORKER,
            max_request_body_size=BODY_BYTES * 2,
            ident="yusuan",
        )
        if public:
            click.echo(f"{host} can be reached from other machines: drafts are left out")
        click.echo(f"release {release.version} is ready at {_addresses(server)} (Ctrl-C ends)")
        signal.signal(signal.SIGTERM, _stop)
        try:
            server.run()
        finally:
            server.close()


def _stop(*_: object) -> NoReturn:
    """Leave as Ctrl-C does, so that the workers are ended too."""
    raise SystemExit(0)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach the host; of names only localhost is one."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _addresses(server: BaseWSGIServer | MultiSocketServer) -> str:
    if isinstance(server, MultiSocketServer):
        listening = server.effective_listen
    else:
        listening = [(server.effective_host, server.effective_port)]
    shown = (f"[{host}]:{port}" if ":" in str(host) else f"{host}:{port}" for host, port in listening)
    return " and ".join(f"http://{each}/" for each in shown)
