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
SOURCES = sorted(AUDITED.glob("*/source.txt"))
VARIANTS = ("1", "2")
LOUD = ("violation", "warning")
OF_RULES = sorted((AUDITED / "rules").glob("*.txt"))
SAMPLES = sorted((AUDITED.parent / "samples").glob("*.txt"))


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
def found_in(source: Path, variant: str = "") -> tuple[Found, ...]:
    """What is found in a text, or in one of its VARIANTS, built once a session."""
    if not variant:
        return tuple(audited(source))
    with TemporaryDirectory() as folder:
        path = Path(folder, source.name)
        path.write_text(wrong_text(source, variant), encoding="utf-8")
        return tuple(audited(path))


def wrong_text(source: Path, variant: str) -> str:
    """The consistent text with the edits of a variant made, from the last line to the first."""
    lines = decode(source.read_bytes()).content.split("\n")
    for edit in reversed(rows(source.with_name(f"edits-{variant}.csv"))):
        lines[int(edit["first"]) - 1 : int(edit["last"])] = edit["text"].split("\n") if edit["text"] else []
    return "\n".join(lines)


def rows(place: Path) -> list[dict[str, str]]:
    with place.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def name_of(source: Path) -> str:
    """The name of a text: that of its folder, or its own."""
    return source.parent.name if source in SOURCES else source.stem


def known(source: Path, variant: str) -> set[tuple[str, str]]:
    """What is listed of a text: rule and lines of false alarms, `missed` and the line of missed errors."""
    named = (source.parent.name, variant)
    listed = (row for row in rows(AUDITED / "KNOWN.csv") if (row["name"], row["variant"]) == named)
    return {(row["rule"], row["lines"]) for row in listed}


def fired() -> list[tuple[str, Path, str]]:
    """The rules without a text of their own, each with one that it fires on, and the variant."""
    named = {name_of(source): source for source in (*SOURCES, *SAMPLES)}
    return [(row["rule"], named[row["name"]], row["variant"]) for row in rows(AUDITED / "FIRED.csv")]


def test_there_are_enough_texts_and_errors() -> None:
    planted = [row for text in SOURCES for one in VARIANTS for row in rows(text.with_name(f"planted-{one}.csv"))]
    assert len(SOURCES) >= 82
    assert len(planted) >= 1675
    assert all(row["reason"] for row in rows(AUDITED / "KNOWN.csv"))


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_a_consistent_text_raises_no_alarm(source: Path) -> None:
    found = found_in(source)
    alarms = {(one.rule, ";".join(map(str, sorted(one.lines)))) for one in found if one.severity in LOUD}
    assert alarms == known(source, "clean")


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_planted_errors_are_found(source: Path, variant: str) -> None:
    before = {(one.rule, one.message) for one in found_in(source)}
    new = [one for one in found_in(source, variant) if (one.rule, one.message) not in before]
    assert set(missed(source.with_name(f"planted-{variant}.csv"), new)) == known(source, variant)


def missed(planted: Path, found: list[Found]) -> Iterator[tuple[str, str]]:
    for row in rows(planted):
        places = {int(number) for number in re.findall(r"\d+", row["line"])}
        if not any(places & one.lines for one in found):
            yield "missed", row["line"]


@pytest.mark.parametrize("source", OF_RULES, ids=name_of)
def test_the_text_of_a_rule_fires_it(source: Path) -> None:
    rules = {one.rule for one in found_in(source)}
    loud = {one.rule for one in found_in(source) if one.severity in LOUD}
    assert source.stem in rules
    assert loud <= {source.stem}


@pytest.mark.parametrize(("rule", "source", "variant"), fired(), ids=str)
def test_a_rule_fires_on_the_text_listed(rule: str, source: Path, variant: str) -> None:
    assert rule in {one.rule for one in found_in(source, variant)}


def test_every_rule_fires_on_a_text() -> None:
    """Those without a text of their own are listed with one, and no other."""
    listed = [rule for rule, _, _ in fired()]
    assert sorted([*listed, *map(name_of, OF_RULES)]) == sorted(rule.name for rule in audit_rules())
