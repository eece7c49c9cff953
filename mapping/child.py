"""A process of a pool, ended with the one that started it."""

from __future__ import annotations

import multiprocessing
import os
import threading


def end_with_parent() -> None:
    """Ends this process once its parent has, however that ended; the initializer of a pool.

    A process of a pool waits for work at a pipe that it holds open itself: after a parent that was killed it would
    wait for ever, and whoever reads its standard output with it.
    """
    threading.Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
