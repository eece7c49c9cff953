"""Serving a release over HTTP until it is interrupted."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import logging
import resource
import signal
import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import uvicorn
import uvloop
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from server.errors import SettingError
from server.forwarded import Forwarded
from server.guard import SPARE, guarded
from server.journal import LineFormatter
from server.service import Service
from server.settings import Settings

_SECONDS_TO_FINISH = 2
_SECONDS_TO_SAY_SO = 1
# Files that are open beside the connections and the workers' sockets: libraries, logs, indexes, what is being sent.
_OWN_FILES = 64
_LIMIT = resource.RLIMIT_NOFILE
_log = logging.getLogger(__name__)
# What to do where the system does not give an address to listen on.
_REMEDIES = {
    errno.EADDRINUSE: "; another program listens there: end it, or name another port with --port (0: any free)",
    errno.EACCES: "; ports below 1024 are the system's: name another one with --port",
    errno.EADDRNOTAVAIL: "; it is no address of this machine: name another one with --host",
    socket.EAI_NONAME: "; it is neither an address nor a name that is known here: name another one with --host",
}


def serve(data_dir: Path, settings: Settings) -> None:
    """Return when interrupted; on any host but a loopback address the drafts are left out.

    Raises `ReleaseError` where there is no release, `SettingError` where the address is taken. Port 0: any free.
    """
    lines = logging.StreamHandler()
    lines.setFormatter(LineFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[lines], level=logging.WARNING)
    logging.getLogger("uvicorn").setLevel(logging.ERROR)  # it warns of whatever is no HTTP, as often as that comes
    uvloop.run(_serve(data_dir, affordable_connections(settings)))


def affordable_connections(settings: Settings) -> Settings:
    """Return the settings with no more connections than files may be open; that limit is raised as far as need be.

    Without files no worker is had, and what is at work is not looked after.
    """
    own = _OWN_FILES + SPARE + settings.light_workers + settings.heavy_queries
    needed = own + settings.connections
    files, most = (sys.maxsize if each == resource.RLIM_INFINITY else each for each in resource.getrlimit(_LIMIT))
    if files < needed:
        files = min(needed, most)
        resource.setrlimit(_LIMIT, (files, resource.getrlimit(_LIMIT)[1]))
    if files < needed:
        settings = replace(settings, connections=max(1, files - own))
        _log.warning("connections is %d: no more than %d files may be open (ulimit -Hn)", settings.connections, files)
    return settings


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
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, lambda: loop.create_task(service.reload()))
        release = await service.open()
        if public:
            click.echo("others can reach this service: drafts are left out")
        click.echo(f"release {release.version} is ready at {_address(listening)} (Ctrl-C ends)")
        try:
            await _Server(_config(service, settings), service).serve([listening])
        finally:
            await service.close()


class _Server(uvicorn.Server):
    """A server that, once it is to end, has queries that have had their time ended with an answer, not cut off."""

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self._service = service

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Return when all requests are answered, or cut off."""
        stopping = asyncio.get_running_loop().call_later(_SECONDS_TO_FINISH, self._service.stop)
        await super().shutdown(sockets)
        stopping.cancel()


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
        timeout_graceful_shutdown=_SECONDS_TO_FINISH + _SECONDS_TO_SAY_SO,
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
