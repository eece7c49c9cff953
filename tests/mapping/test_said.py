"""What disclosures say, against gold answers written before the readers (tests/cases/said-*, README there)."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from mapping.amounts import plain
from mapping.facts import Facts
from mapping.lexicon import load
from mapping.link import link
from mapping.measures import measure_named, measures
from mapping.triples import write_graph
from tests.mapping.assembled import assembled

CASES = sorted((Path(__file__).parent.parent / "cases").glob("said-*/source.txt"))
# Other disclosures, of which the indicators are judged too.
TARGETED = sorted({path.parent / "source.txt" for path in CASES[0].parents[1].glob("*/indicators.csv")} - set(CASES))
BASE = "https://example.org/"
STATEMENT = ("unit", "measure", "subject", "fiscal_year", "direction", "quote")
INDICATOR = ("scope", "level1", "level2", "level3", "description", "operator", "unit", "actual", "score", "basis")
OFFICE = ("code", "nature", "grade", "funding", "parent")
FACT = ("low", "high", "status")
Row = Mapping[str, str]


def gold(source: Path, name: str) -> list[Row]:
    """The rows of a gold file."""
    return list(csv.DictReader((source.parent / name).read_text(encoding="utf-8").splitlines()))


def _known() -> dict[tuple[str, str], Counter[str]]:
    """What is known not to be read as the gold has it, by case and check: its differences, each once a line."""
    path = CASES[0].parent.parent / "KNOWN-said.csv"
    known: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        known[row["case"], row["check"]][row["difference"]] += 1
    return known


def test_there_are_cases() -> None:
    assert len(CASES) >= 72
    assert sum(len(gold(source, "statements.csv")) for source in CASES) >= 10514
    assert sum(len(gold(source, "indicators.csv")) for source in CASES) >= 831
    assert sum(len(gold(source, "facts.csv")) for source in CASES) >= 1460
    assert sum(sum(left.values()) for left in _known().values()) <= 94
    assert {name for name, _ in _known()} <= {source.parent.name for source in CASES}


@pytest.mark.parametrize("check", ["statements", "indicators", "organisations", "facts"])
@pytest.mark.parametrize("source", CASES, ids=lambda source: source.parent.name)
def test_what_is_said_is_read(source: Path, check: str) -> None:
    """The differences from the gold are those known, no more and no fewer."""
    assert differences(source, check) == _known()[source.parent.name, check]


@pytest.mark.parametrize("source", TARGETED, ids=lambda source: source.parent.name)
def test_indicators_beside_tables_are_read(source: Path) -> None:
    assert differences(source, "indicators") == Counter()


def differences(source: Path, check: str) -> Counter[str]:
    """What is read otherwise than in the gold of a case: missing and extra rows, and fields of paired rows."""
    facts, rows = assembled(source), gold(source, f"{check}.csv")
    if check == "statements":
        return Counter(_compared(rows, list(_statements(facts)), ("line", "value"), STATEMENT))
    if check == "indicators":
        return Counter(_compared(rows, list(_indicators(facts)), ("line", "value"), INDICATOR))
    if check == "organisations":
        return Counter(_compared(rows, list(_offices(facts)), ("name", "role"), OFFICE))
    found = list(_canonical(facts))
    return Counter(f"wants {'/'.join(row.values())}" for row in rows if not any(_states(one, row) for one in found))


def _compared(gold: Sequence[Row], found: Sequence[Row], key: tuple[str, str], columns: Sequence[str]) -> Iterator[str]:
    rows = _judged(gold, found, key)
    wanted, read_ones = (Counter((row[key[0]], row[key[1]]) for row in side) for side in (rows, found))
    yield from (f"missing {'/'.join(one)}" for one in (wanted - read_ones).elements())
    yield from (f"extra {'/'.join(one)}" for one in (read_ones - wanted).elements())
    waiting: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found:
        waiting[row[key[0]], row[key[1]]].append(row)
    for row in rows:
        if mine := waiting[row[key[0]], row[key[1]]]:
            first = mine.pop(0)
            for name in columns:
                if row[name] not in ("?", first[name]):
                    yield f"{'/'.join(row[one] for one in key)} {name}: {row[name]!r}, not {first[name]!r}"


def _judged(rows: Sequence[Row], found: Sequence[Row], key: tuple[str, str]) -> list[Row]:
    """The gold rows; a value that is not judged is that of the next row read on its line and not named by the gold."""
    place, value = key
    spare = Counter((row[place], row[value]) for row in found) - Counter((row[place], row[value]) for row in rows)
    left = list(spare.elements())
    judged: list[Row] = []
    for row in rows:
        at = next((at for at, one in enumerate(left) if row[value] == "?" and one[0] == row[place]), None)
        judged.append(row if at is None else {**row, value: left.pop(at)[1]})
    return judged


def _statements(facts: Facts) -> Iterator[Row]:
    for said in facts.statements:
        yield {
            "line": str(facts.document.text.line_of(said.number[0].start)),
            "value": said.printed,
            "unit": said.unit or "",
            "measure": measures()[said.measure].label,
            "subject": said.subject or "",
            "fiscal_year": str(said.fiscal_year or ""),
            "direction": said.direction or "",
            "quote": "".join(facts.document.text.content[span.start : span.end] for span in said.spans),
        }


def _indicators(facts: Facts) -> Iterator[Row]:
    """The indicators; rows of points reached in all (总分), which are read, are no indicators to the gold."""
    for said in facts.indicators:
        levels = (said.level1, said.level2, said.level3)
        if any(level and re.match(load("indicators")["totals"], level.plain) for level in levels):
            continue
        cells = {name: getattr(said, name) for name in INDICATOR if name not in ("scope", "operator", "unit")}
        whole = said.form.whole_department
        yield {
            "line": str(facts.document.text.line_of(said.spans[0].start)),
            "project": "(部门整体)" if whole else said.form.name or "",
            "scope": said.scope or "",
            "operator": said.operator or "",
            "value": said.value or "",
            "unit": said.printed_unit or "",
            **{name: cell.plain if cell else "" for name, cell in cells.items()},
        }


def _offices(facts: Facts) -> Iterator[Row]:
    for office in facts.offices:
        yield {"name": office.name, "role": office.role, **{name: getattr(office, name) or "" for name in OFFICE}}


def _canonical(facts: Facts) -> Iterator[Row]:
    """The canonical facts of a document on its own, one row each."""
    quads = write_graph(facts, "0" * 64, ["source.txt"], BASE)
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for line in (*quads.splitlines(), *(one.decode().strip() for one in link(BASE, [quads.encode().splitlines(True)]))):
        subject, predicate, value = line.split(" ", 2)
        if subject.startswith(f"<{BASE}fact/"):
            said[subject][predicate.rpartition("#")[2][:-1]] = value.rpartition(" <")[0]
    for one in said.values():
        if "factStatus" in one:
            yield {name: _token(one.get(name, "")) for name in _DIMENSIONS}


_DIMENSIONS = ("measure", "functionalClass", "fundScope", "fiscalYear", "phase", "low", "high", "factStatus")


def _token(term: str) -> str:
    return term.rpartition("/")[2][:-1] if term.startswith("<") else term[1:].partition('"')[0]


def _states(found: Row, row: Row) -> bool:
    """Whether a canonical fact is the one that a gold row gives."""
    measure = measure_named(row["measure"])
    assert measure, row
    fund = measure.fund_scope if measure.counts_as != measure.notation else row["fund_scope"]
    wanted = {
        "measure": measure.counts_as,
        "functionalClass": row["code"],
        "fundScope": str(fund) if row["fund_scope"] != "?" else "?",
        "fiscalYear": row["fiscal_year"],
        "phase": row["phase"],
        "factStatus": row["status"],
    }
    same = all(value in ("?", found[name]) for name, value in wanted.items())
    bounds = [(row[name], found[name]) for name in ("low", "high")]
    return same and all(one == "?" or plain(Decimal(one)) == other for one, other in bounds)
