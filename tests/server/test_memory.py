"""What memory there is: the machine's, or less where a control group says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.memory import affordable_queries, available_memory, fits_in_memory, resident_memory
from server.settings import Settings

MB = 1024 * 1024


@pytest.mark.parametrize(
    ("most", "used", "expected"),
    [("max", "5", 4096 * 1024), ("3000000", "1000000", 2000000), ("9000000", "1", 4194304)],
)
def test_a_control_group_leaves_less(tmp_path: Path, most: str, used: str, expected: int) -> None:
    machine = tmp_path / "meminfo"
    machine.write_text("MemTotal:  8192 kB\nMemAvailable:  4096 kB\n")
    (tmp_path / "memory.max").write_text(f"{most}\n")
    (tmp_path / "memory.current").write_text(f"{used}\n")
    assert available_memory(machine, tmp_path) == expected


def test_without_a_control_group_it_is_the_machine(tmp_path: Path) -> None:
    machine = tmp_path / "meminfo"
    machine.write_text("MemAvailable:  4096 kB\n")
    assert available_memory(machine, tmp_path) == 4096 * 1024


def test_a_process_has_some() -> None:
    assert MB < resident_memory() < 64 * 1024 * MB


def test_there_are_only_as_many_long_queries_as_memory_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.memory.available_memory", lambda: 1000 * MB)
    settings = Settings(light_workers=3, heavy_queries=12)
    assert affordable_queries(10 * MB, settings) == 12
    assert affordable_queries(100 * MB, settings) == 7
    assert affordable_queries(900 * MB, settings) == 1


def test_a_store_is_served_from_memory_only_where_it_fits_with_its_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.memory.available_memory", lambda: 1000 * MB)
    settings = Settings(light_workers=3, memory_store_mb=100)
    assert fits_in_memory(40 * MB, settings)
    assert not fits_in_memory(50 * MB, settings)
    assert not fits_in_memory(101 * MB, Settings(light_workers=3, memory_store_mb=100))
