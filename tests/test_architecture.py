"""docs/architecture.md names every module, so that a newcomer finds each where its step is told."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path.stem for folder in ("mapping", "mapping/commands", "server") for path in (ROOT / folder).glob("*.py")
)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "__init__"])
def test_a_module_is_named(module: str) -> None:
    assert f"`{module}`" in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_there_are_modules() -> None:
    assert len(MODULES) >= 150
