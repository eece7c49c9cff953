"""A worker's own side of its socket: it ends with what ends it, and says why where it can."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

# As the holder forks it.
_ALONE = """
import socket, sys
from pathlib import Path
from server.worker import Conditions, work
work(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2]), Conditions(1 << 30, 1 << 20, ""))
"""


def test_a_worker_whose_store_is_gone_ends_and_says_so(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        command = [sys.executable, "-c", _ALONE, str(theirs.fileno()), str(tmp_path / "gone")]
        ended = subprocess.run(
            command, pass_fds=[theirs.fileno()], capture_output=True, text=True, check=False, timeout=60
        )
    assert "ReleaseError" in ended.stderr
