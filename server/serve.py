"""Serving a release over HTTP until it is interrupted."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import logging
import signal
import socket
from pathlib import Path
from typing import Any

import click
import uvicorn
import uvloop
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from server.errors import SettingError
from server.forwarded import Forwarded
from server.guard import guarded
from server.journal import LineFormatter
from server.service import Service
from server.settings import Settings

_SECONDS_TO_FINISH = 2
# What to do where the system does not give an address to listen on.
_REMEDIES = {
    errno.EADDRINUSE: "; another program listens there: end it, or name another port with --port (0: any free)",
    errno.EACCES: "; ports below 1024 are the system's: name another one with --port",
    errno.EADDRNOTAVAIL: "; it is no address of this machine: name another one with --host",
}


def serve(data_dir: Path, settings: Settings) -> None:
    """Return when interrupted; on any host but a loopback address the drafts are left out.

    Raises `ReleaseError` where there is no release, `SettingError` where the address is taken. Port 0: any free.
    """
    lines = logging.StreamHandler()
    lines.setFormatter(LineFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[lines], level=logging.WARNING)
    logging.getLogger("uvicorn").setLevel(logging.ERROR)  # it warns of whatever is no HTTP, as often as that comes
    uvloop.run(_serve(data_dir, settings))


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach the host; of names only localhost is one."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


async def _serve(data_dir: Path, settings: Settings) -> None:
    public = settings.public or bool(settings.trusted_proxies) or not is_loopback(settings.host)
    service = Service(data_dir, settings, public=public)
    with _listen(settings) as listening:
        release = await service.open()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, lambda: loop.create_task(service.reload()))
        if public:
            click.echo("others can reach this service: drafts are left out")
        click.echo(f"release {release.version} is ready at {_address(listening)} (Ctrl-C ends)")
        try:
            await uvicorn.Server(_config(service, settings)).serve([listening])
        finally:
            await service.close()


def _config(service: Service, settings: Settings) -> uvicorn.Config:
    app: Any = service
    if settings.trusted_proxies:
        app = ProxyHeadersMiddleware(app, trusted_hosts=settings.trusted_proxies)
    app = Forwarded(app, settings.root_path, settings.trusted_proxies)  # outermost: it looks at who connects
    return uvicorn.Config(
        app,
        http=guarded(settings, service.refused),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=max(1, round(settings.idle_seconds)),
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((settings.host.strip("[]"), settings.port))
        listening.listen(1024)
    except OSError as error:
        listening.close()
        remedy = _REMEDIES.get(error.errno or 0, "")
        where = f"{settings.host} port {settings.port}"
        raise SettingError(f"cannot listen on {where}: {error.strerror or error}{remedy}") from error
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
