"""`make test` runs what measures time or memory, or kills, by itself, after all else has run on all cores."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import APART

HERE = Path(__file__).parent
# A clock, a pause, a signal, the figures of a process, a limit of a few seconds, or a service with such limits.
MEASURES = re.compile(
    r"^(?:import|from) (?:resource|signal|time|tracemalloc)\b|\bos\.kill|/proc/|\bseconds=[\d.]"
    r"|\btests\.server\.(?:processes|web)\b",
    re.MULTILINE,
)


def test_what_measures_is_marked() -> None:
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in HERE.rglob("test_*.py")
        if APART.keys().isdisjoint(path.relative_to(HERE).parts) and path != Path(__file__)
    }
    measuring = {path for path, text in texts.items() if MEASURES.search(text)}
    assert {path.stem for path in measuring} >= {"test_passages", "test_pool", "test_service"}
    assert [path.name for path in measuring if not re.search(r"pytest\.mark\.(serial|waiting)", texts[path])] == []


def test_the_folders_are_there() -> None:
    for folder in APART:
        assert list((HERE / folder).glob("test_*.py")), folder


def test_make_runs_all_parts() -> None:
    makefile = (HERE.parent / "Makefile").read_text(encoding="utf-8")
    parts = re.findall(r"\$\(BIN\)/pytest -m (\w+|\".*?\")", makefile)
    assert sorted(parts) == ['"not serial and not waiting"', '"waiting and not serial"', "serial"]
    assert "$(MAKE) --jobs=3 types waiting beside\n\t$(BIN)/pytest -m serial\n" in makefile


def test_only_what_measures_nothing_is_spared_the_disk() -> None:
    makefile = (HERE.parent / "Makefile").read_text(encoding="utf-8")
    assert re.findall(r"^\t(\S+) .*pytest -m (\S+)", makefile, re.MULTILINE) == [("$(IN_MEMORY)", '"not')]
