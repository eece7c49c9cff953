"""What a tree of processes holds in memory, read from /proc: the share of each, so that nothing counts twice."""

from __future__ import annotations

from pathlib import Path

_KILOBYTE = 1024


def processes_of(session: int) -> list[int]:
    """Return the ids of all processes of a session, the server and whatever it started."""
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if _session(folder) == session]


def memory_of(session: int) -> int:
    """Return the bytes that the processes of a session hold together (proportional set size)."""
    return sum(map(share_of, processes_of(session)))


def open_files_of(process: int) -> int:
    """Return how many files and connections a process has open."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def _session(folder: Path) -> int | None:
    try:
        fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[3])


def share_of(process: int) -> int:
    """Return the bytes that one process holds, its part of what it shares with others; 0 where it has ended."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * _KILOBYTE
    except OSError:  # it ended meanwhile
        pass
    return 0
