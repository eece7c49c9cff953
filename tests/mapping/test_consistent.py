"""Disclosures written to add up (tests/cases): what the audit finds in them is a false alarm, or listed as true."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.mapping.assembled import made
from tests.mapping.test_audited import LOUD, found_of

CASES = sorted(
    source
    for source in (Path(__file__).parent.parent / "cases").glob("*/source*.txt")
    if not source.parent.name.startswith("cited-")  # their legal bases contradict each other on purpose
)
KNOWN = CASES[0].parent.parent / "KNOWN-alarms.csv"


def known() -> list[dict[str, str]]:
    """What is found all the same, by case, rule and lines, with the reason."""
    with KNOWN.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 231
    assert len(known()) <= 25
    assert all(row["reason"] for row in known())
    assert {row["case"] for row in known()} <= {source.parent.name for source in CASES}


@pytest.mark.parametrize("source", CASES, ids=lambda source: source.parent.name)
def test_what_adds_up_raises_no_alarm(source: Path) -> None:
    found = found_of(made(source))
    alarms = {(one.rule, ";".join(map(str, sorted(one.lines)))) for one in found if one.severity in LOUD}
    assert alarms == {(row["rule"], row["lines"]) for row in known() if row["case"] == source.parent.name}
