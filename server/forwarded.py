"""Under which host and path the public calls this service, where a proxy in front says so or the operator does."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Application = Callable[[Message, Any, Any], Awaitable[None]]

# A path of plain segments, so that nothing in it can be taken for a host, a query or a script.
PREFIX = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?")
# What Host may be: a name as RFC 3986 has it (3.2.2), empty where an address has none (RFC 9112 3.2).
STATED_HOST = re.compile(rb"(?:[A-Za-z0-9._~!$&'()*+,;=%-]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")


class Forwarded:
    """An ASGI application that gives another one its prefix as `root_path`, and the host that the public calls.

    X-Forwarded-Prefix and X-Forwarded-Host are believed of the trusted addresses alone; of several values the last,
    which the proxy itself has added. A proxy that states a prefix has taken it off the path; else the path may have
    it. This must see the address that connects, so it stands before whatever believes X-Forwarded-For.
    """

    def __init__(self, app: Application, root_path: str, trusted: str) -> None:
        """Take the prefix of the settings, and the trusted addresses with commas between, as uvicorn does."""
        self._app = app
        self._root_path = root_path
        self._everyone = trusted.strip() == "*"
        self._networks = tuple(_networks(trusted))

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            scope = self._called(scope)
        await self._app(scope, receive, send)

    def _called(self, scope: Message) -> Message:
        headers = scope["headers"]
        believed = self._trusts(scope.get("client"))
        stated = _last(headers, b"x-forwarded-prefix", PREFIX) if believed else None
        host = _last(headers, b"x-forwarded-host", _HOST) if believed else None
        prefix = self._root_path if stated is None else stated
        if host:
            headers = [(name, value) for name, value in headers if name != b"host"] + [(b"host", host.encode())]
        if not prefix:
            return {**scope, "headers": headers} if host else scope
        # ASGI: the path has the prefix in it.
        path, raw = scope["path"], scope.get("raw_path") or b""
        if stated is not None or not _is_below(path, prefix):
            path, raw = prefix + path, prefix.encode() + raw
        return {**scope, "headers": headers, "root_path": prefix, "path": path, "raw_path": raw}

    def _trusts(self, client: Any) -> bool:
        if self._everyone or not self._networks:
            return self._everyone
        try:
            address = ipaddress.ip_address(client[0])
        except (ValueError, TypeError, IndexError):
            return False
        return any(address in network for network in self._networks)


def is_prefix(text: str) -> bool:
    """Return whether a text may stand before every path: empty, or plain segments without `/` at the end."""
    return bool(PREFIX.fullmatch(text))


def local(scope: Message) -> str:
    """Return the path of a request without the prefix."""
    path, prefix = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(prefix) or "/" if prefix and _is_below(path, prefix) else path


def _is_below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(f"{prefix}/")


def _last(headers: Iterable[tuple[bytes, bytes]], name: bytes, shape: re.Pattern[str]) -> str | None:
    """Return the last value of a header, None where there is none or it has another shape."""
    found = [value.decode("latin-1") for key, value in headers if key == name]
    if not found:
        return None
    value = found[-1].split(",")[-1].strip().rstrip("/")
    return value if shape.fullmatch(value) else None


def _networks(trusted: str) -> Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Return the addresses and networks."""
    return (ipaddress.ip_network(each.strip()) for each in trusted.split(",") if each not in ("", "*"))
