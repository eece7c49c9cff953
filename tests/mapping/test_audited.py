"""Disclosures written to be consistent, and the same with errors planted: what the audit finds, and what it must not.

`tests/audited/README.md` says how they were made. Every contradiction or doubt found in a consistent text is a false
alarm; every planted error without a finding at its line is missed. Both are listed, with the reason, in `KNOWN.csv`:
the list must be exact. Rules that fire on none of these texts have one of their own in `tests/audited/rules`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mapping.audit import Result
from mapping.decode import decode
from mapping.graph import DEF
from mapping.rules import audit_rules
from tests.mapping.assembled import Made, make

AUDITED = Path(__file__).parent.parent / "audited"
NAMES = sorted(path.parent.name for path in AUDITED.glob("*/source.txt"))
VARIANTS = ("1", "2")
LOUD = ("violation", "warning")
OF_RULES = sorted(path.stem for path in (AUDITED / "rules").glob("*.txt"))
SAMPLES = sorted(path.stem for path in (AUDITED.parent / "samples").glob("*.txt"))


@dataclass(frozen=True)
class Found:
    """One result with the lines of its cells."""

    severity: str
    rule: str
    message: str
    lines: frozenset[int]


def audited(path: Path) -> list[Found]:
    return found_of(make(path))


def found_of(made: Made) -> list[Found]:
    """What the audit found in a document."""
    lines = {iri: int(line) for iri, line in re.findall(rf'^<([^>]+)> <{DEF}line> "(\d+)"', made.built.quads, re.M)}
    return [found_by(result, lines) for result in made.results]


def found_by(result: Result, lines: dict[str, int]) -> Found:
    places = frozenset(lines[cell] for cell in result.cells if cell in lines)
    return Found(result.rule.severity, result.rule.name, result.message("zh"), places)


@cache
def found_in(name: str, variant: str) -> tuple[Found, ...]:
    """What is found in a text, built once a session: variant `clean`, one of VARIANTS, `rules` or `samples`."""
    if variant in VARIANTS:
        with TemporaryDirectory() as folder:
            path = Path(folder, "source.txt")
            path.write_text(wrong_text(name, variant), encoding="utf-8")
            return tuple(audited(path))
    own = {"clean": clean(name), "rules": AUDITED / "rules" / f"{name}.txt"}
    return tuple(audited(own.get(variant, AUDITED.parent / "samples" / f"{name}.txt")))


def clean(name: str) -> Path:
    return AUDITED / name / "source.txt"


def wrong_text(name: str, variant: str) -> str:
    """The consistent text with the edits of a variant made, from the last line to the first."""
    lines = decode(clean(name).read_bytes()).content.split("\n")
    for edit in reversed(rows(AUDITED / name / f"edits-{variant}.csv")):
        lines[int(edit["first"]) - 1 : int(edit["last"])] = edit["text"].split("\n") if edit["text"] else []
    return "\n".join(lines)


def rows(place: Path) -> list[dict[str, str]]:
    with place.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def known(name: str, variant: str) -> set[tuple[str, str]]:
    """What is listed of a text: rule and lines of false alarms, `missed` and the line of missed errors."""
    listed = (row for row in rows(AUDITED / "KNOWN.csv") if (row["name"], row["variant"]) == (name, variant))
    return {(row["rule"], row["lines"]) for row in listed}


def test_there_are_enough_texts_and_errors() -> None:
    planted = [row for name in NAMES for variant in VARIANTS for row in rows(AUDITED / name / f"planted-{variant}.csv")]
    assert len(NAMES) >= 60
    assert len(planted) >= 980
    assert all(row["reason"] for row in rows(AUDITED / "KNOWN.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_a_consistent_text_raises_no_alarm(name: str) -> None:
    found = found_in(name, "clean")
    alarms = {(one.rule, ";".join(map(str, sorted(one.lines)))) for one in found if one.severity in LOUD}
    assert alarms == known(name, "clean")


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", NAMES)
def test_planted_errors_are_found(name: str, variant: str) -> None:
    before = {(one.rule, one.message) for one in found_in(name, "clean")}
    new = [one for one in found_in(name, variant) if (one.rule, one.message) not in before]
    assert set(missed(AUDITED / name / f"planted-{variant}.csv", new)) == known(name, variant)


def missed(planted: Path, found: list[Found]) -> Iterator[tuple[str, str]]:
    for row in rows(planted):
        places = {int(number) for number in re.findall(r"\d+", row["line"])}
        if not any(places & one.lines for one in found):
            yield "missed", row["line"]


@pytest.mark.parametrize("name", OF_RULES)
def test_the_text_of_a_rule_fires_it(name: str) -> None:
    fired = {one.rule for one in found_in(name, "rules")}
    loud = {one.rule for one in found_in(name, "rules") if one.severity in LOUD}
    assert name in fired
    assert loud <= {name}


def test_every_rule_fires_on_a_text() -> None:
    """Those that have a text of their own must fire on it; the others are looked for until none is left."""
    texts = [*((name, variant) for name in NAMES for variant in VARIANTS), *((name, "samples") for name in SAMPLES)]
    left = {rule.name for rule in audit_rules()} - set(OF_RULES)
    for name, variant in texts:
        if left:
            left -= {one.rule for one in found_in(name, variant)}
    assert left == set()
