"""How much memory a release takes, and how much there is: of the machine, or of the group that a container gives it."""

from __future__ import annotations

import logging
import resource
from pathlib import Path

from server.settings import Settings

_MACHINE = Path("/proc/meminfo")
_GROUP = Path("/sys/fs/cgroup")
_MB = 1024 * 1024
# How many times as large a store on disk is in memory, held twice.
_IN_MEMORY = 4.5
_log = logging.getLogger(__name__)


def available_memory(machine: Path = _MACHINE, group: Path = _GROUP) -> int:
    """Return the bytes that processes may still take (proc(5): MemAvailable; cgroups v2: memory.max less its use)."""
    stated = dict(line.split(":", 1) for line in machine.read_text().splitlines())
    free = int(stated["MemAvailable"].split()[0]) * 1024
    try:
        most, used = ((group / name).read_text().strip() for name in ("memory.max", "memory.current"))
    except OSError:
        return free
    return free if most == "max" else min(free, int(most) - int(used))


def resident_memory(pid: int | str = "self") -> int:
    """Return the bytes of memory that a process has in use (proc(5): statm)."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()


def fits_in_memory(size: int, settings: Settings) -> bool:
    """Return whether a store of so many bytes on disk is to be served from memory, with a log line where it cannot."""
    if size > settings.memory_store_mb * _MB:
        return False
    needed = _IN_MEMORY * size * (settings.light_workers + 2)
    if needed <= available_memory():
        return True
    _log.warning("served from disk: in memory the release and its workers may take %d MB", needed // _MB)
    return False


def affordable_queries(held: int, settings: Settings) -> int:
    """Return how many long queries there may be: their workers may copy all `held` bytes of the release at worst."""
    most = max(1, available_memory() // held - settings.light_workers)
    if most >= settings.heavy_queries:
        return settings.heavy_queries
    _log.warning("heavy_queries is %d: each may take %d MB of the memory there is", most, held // _MB)
    return most


def stored_bytes(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
