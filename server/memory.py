"""How much memory is there for a service: of the machine, or of the control group that a container gives it."""

from __future__ import annotations

import resource
from pathlib import Path

_MACHINE = Path("/proc/meminfo")
_GROUP = Path("/sys/fs/cgroup")


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
