"""Where `yusuan` starts: the command line, which takes a moment to load, ended in silence when it is interrupted."""

from __future__ import annotations

import importlib
import sys

from mapping.errors import INTERRUPTED


def main() -> None:
    """Runs the command line; exit code 130 where it is interrupted, also while it loads."""
    try:
        importlib.import_module("mapping.cli").main()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
