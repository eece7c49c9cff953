"""Tests that no process of a pool outlives the command that started it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LINES = 100_000  # enough that the parser still reads when it is looked for
DISCLOSURE = "某市档案馆2025年部门预算\n收入总表\n单位：万元\n|科目|合计|\n|档案事务|{}|\n"


def children(process: subprocess.Popen[bytes]) -> str:
    """The ids of the processes that a process started, once there are any or it has ended."""
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None:
        if found := path.read_text(encoding="utf-8"):
            return found
        time.sleep(0.01)
    return ""


@pytest.mark.serial
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("command", ["import", "build"])
def test_a_command_that_is_killed_leaves_no_process(tmp_path: Path, command: str, end: signal.Signals) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    if command == "import":
        lines = (f'<https://example.org/{number}> <https://example.org/p> "v" .\n' for number in range(LINES))
        (folder / "large.nt").write_text("".join(lines), encoding="utf-8")
    else:
        for number in range(4):
            (folder / f"{number}.txt").write_text(DISCLOSURE.format(number + 1), encoding="utf-8")
    call = [sys.executable, "-m", "mapping.start", command, str(folder), "--out", str(tmp_path / "data")]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert children(running)
        running.send_signal(end)
        assert running.wait(30) == -end
        running.communicate(timeout=30)  # ends when nobody can write to it any more
