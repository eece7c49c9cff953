"""What an operator may set of the service: a file in TOML, then the environment, each value checked and named."""

from __future__ import annotations

import ipaddress
import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from server.errors import SettingError
from server.forwarded import is_prefix

PREFIX = "YUSUAN_"
# More of anything is meant as "no limit" and overflows what the kernel counts in: 31 years, a petabyte.
_MOST = 1_000_000_000
_MOST_PROCESSES = 1000


def _setting(
    default: Any, means: str, least: float | None = None, most: float = _MOST, fault: Callable[[str], str] | None = None
) -> Any:
    """Return a setting with its bounds; `fault` returns what a text is not, empty where it may be used."""
    return field(default=default, metadata={"means": means, "least": least, "most": most, "fault": fault})


def _no_host(text: str) -> str:
    return "" if text.strip() else f"{text!r} is no address; 0.0.0.0 is all of this machine"


def _no_proxies(text: str) -> str:
    """Return which of the proxies is none: of such a one nothing would be believed, and nobody would notice."""
    for each in text.split(",") if text not in ("", "*") else ():
        try:
            ipaddress.ip_network(each.strip())
        except ValueError:
            return f"{each.strip()!r} is no address such as 10.0.0.4 and no network such as 10.0.0.0/24 (* alone: any)"
    return ""


def _no_path(text: str) -> str:
    return "" if is_prefix(text) else f"{text!r} is no path such as /budget, or / is at its end"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a service; sizes and seconds as their names say. docs/operations.md has them as a table."""

    host: str = _setting(
        "127.0.0.1", "address to listen on; on any but a loopback address drafts are left out", fault=_no_host
    )
    port: int = _setting(8000, "port; 0 takes any free one", 0, 65535)
    public: bool = _setting(False, "leaves drafts out on a loopback address too; so does naming trusted_proxies")
    light_workers: int = _setting(3, "processes that answer short queries, always kept ready", 1, _MOST_PROCESSES)
    heavy_queries: int = _setting(12, "long queries that may run beside them, at lower priority", 0, _MOST_PROCESSES)
    light_seconds: float = _setting(0.3, "time after which a query counts as long", 0.01)
    query_seconds: float = _setting(30.0, "time after which a query is ended with 503", 0.01)
    waiting_seconds: float = _setting(5.0, "time that a query may wait for a process before 503", 0)
    query_memory_mb: int = _setting(960, "memory that a query may take beside the release, else 503", 64)
    answer_mb: int = _setting(64, "largest answer before compression, else 422", 1)
    memory_store_mb: int = _setting(2048, "largest store on disk that is served from memory", 0)
    cache_mb: int = _setting(64, "answers kept in memory, half of them pages; 0 keeps none", 0)
    body_kb: int = _setting(256, "largest request body, else 413", 1)
    header_kb: int = _setting(32, "largest request line and headers together, else 431", 1)
    header_seconds: float = _setting(10.0, "time for the headers of a request to arrive, else 408", 0.1)
    body_seconds: float = _setting(20.0, "time for the body of a request to arrive, else 408", 0.1)
    stall_seconds: float = _setting(30.0, "time that a client may leave an answer unread before it is cut off", 0.1)
    idle_seconds: float = _setting(30.0, "time that a connection may stay open between requests", 0.1)
    connections: int = _setting(1000, "connections at once, else 503", 1)
    rate_per_second: float = _setting(0.0, "requests a second of one client on average; 0 sets no limit", 0)
    rate_burst: int = _setting(20, "requests that one client may make at once where there is a limit", 1)
    trusted_proxies: str = _setting(
        "", "proxies whose X-Forwarded-For, -Proto, -Host and -Prefix count, with commas", fault=_no_proxies
    )
    root_path: str = _setting(
        "", "path below which a proxy offers the service: what every link begins with", fault=_no_path
    )
    reload_seconds: float = _setting(2.0, "how often a new release is looked for; 0 never (SIGHUP does)", 0)
    access_log: str = _setting("-", "file for one line of JSON a request; - is standard error, empty is none")
    metrics: bool = _setting(True, "whether /metrics answers (keep it from the public at the proxy)")


def read_settings(path: Path | None, environment: Mapping[str, str], **given: Any) -> Settings:
    """Return the settings: those `given`, then YUSUAN_… of the environment, then the file, then the defaults.

    Raises `SettingError` naming each unknown name, each value of the wrong kind, too small or too large.
    Of the environment a variable that names no setting is somebody else's.
    """
    stated = _from_file(path) if path else {}
    known = {each.name: each for each in fields(Settings)}
    for name, text in environment.items():
        if name.startswith(PREFIX) and name.removeprefix(PREFIX).lower() in known:
            stated[name.removeprefix(PREFIX).lower()] = (name, text)
    stated |= {name: (f"--{name}", value) for name, value in given.items() if value is not None}
    mistakes: list[str] = []
    read: dict[str, Any] = {}
    for name, (place, value) in stated.items():
        try:
            if name not in known:
                raise SettingError(f"{place}: there is no such setting; there are {', '.join(known)}")
            read[name] = _value(place, value, type(known[name].default), known[name].metadata)
        except SettingError as error:
            mistakes.append(str(error))
    if mistakes:
        raise SettingError("\n".join(mistakes))
    return Settings(**read)


def _from_file(path: Path) -> dict[str, tuple[str, Any]]:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SettingError(f"cannot read the settings in {path}: {error}") from error
    return {name: (f"{path}: {name}", value) for name, value in read.items()}


def table() -> str:
    """Return the settings as a table in Markdown, as docs/operations.md has it."""
    rows = [("setting", "default", "least", "means"), ("---", "---", "---", "---")]
    for each in fields(Settings):
        least = each.metadata["least"]
        default = str(each.default).lower() if isinstance(each.default, bool) else each.default
        rows.append((f"`{each.name}`", f"`{default}`", "" if least is None else f"{least:g}", each.metadata["means"]))
    return "".join(f"| {' | '.join(row)} |\n".replace("``", "") for row in rows)


def _value(place: str, value: Any, kind: type, bounds: Mapping[str, Any]) -> Any:
    try:
        read = _read(value, kind)
    except ValueError:
        raise SettingError(f"{place}: {value!r} is no {_KINDS[kind]}") from None
    least, most = bounds["least"], bounds["most"]
    if least is not None and read < least:
        raise SettingError(f"{place}: {value!r} is less than {least:g}")
    if isinstance(read, int | float) and read > most:
        raise SettingError(f"{place}: {value!r} is more than {most:g}")
    if bounds["fault"] and (said := bounds["fault"](read)):
        raise SettingError(f"{place}: {said}")
    return read


def _read(value: Any, kind: type) -> Any:
    """Return a value as TOML or the environment gives it in its kind; raises ValueError where it is of another."""
    if kind is bool and str(value).lower() in _FLAGS:
        return _FLAGS[str(value).lower()]
    if type(value) not in _GIVEN_AS[kind]:
        raise ValueError(value)
    read = kind(value)
    if isinstance(read, float) and not math.isfinite(read):
        raise ValueError(value)
    return read


_FLAGS = {"true": True, "1": True, "false": False, "0": False}
# In which kinds a value of each kind may be given; a flag is one of `_FLAGS` alone.
_GIVEN_AS: Mapping[type, tuple[type, ...]] = {int: (int, str), float: (float, int, str), str: (str,), bool: ()}
_KINDS = {int: "whole number", float: "number", str: "text", bool: "true or false"}
