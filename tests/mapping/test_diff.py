"""Two versions compared fact by fact: what differs has a row, what only rounding parts has none."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mapping.cli import main
from mapping.diff import COLUMNS, Row, Version, compare

BASE = "https://example.org/"
FACT = {
    "unit": "青山县总工会",
    "region": "140500",
    "fiscal_year": "2024",
    "phase": "approved",
    "measure": "支出",
    "code": "2012999",
    "label": "其他群众团体事务支出",
    "fund_scope": "all",
    "amount_yuan": "3000000",
    "low": "2999950",
    "high": "3000050",
    "status": "single",
    "sources": "a.txt",
    "iri": f"{BASE}fact/140500/0/2024/approved/expenditure-1/f2012999",
    "level": "consolidated",
    "carry_over": "current",
    "economic_code": "",
    "project": "",
    "safe_to_sum": "true",
    "statements": "1",
    "economic_label": "",
    "operation_character": "expenditure",
    "flow": "own",
}
HOMES = {"a.txt": "disclosure/1", "b.txt": "disclosure/1", "c.txt": "disclosure/2"}
GOOD = """青山县总工会

2024年部门预算公开

2024年支出预算总表

单位：万元

| 科目编码 | 项目 | 合计 | 基本支出 | 项目支出 |
|--|--|--|--|--|
| | 合计 | 2800.19 | 2500.19 | 300.00 |
| 2012901 | 行政运行 | 2500.19 | 2500.19 | |
| 2012999 | 其他群众团体事务支出 | 300.00 | | 300.00 |
"""


def fact(amount: str = "3000000", decimals: int = 2, **changed: str) -> dict[str, str]:
    """A row of the question facts, its amount in 元 printed in 万元."""
    half = Decimal(5000) / 10**decimals
    bounds = {"amount_yuan": amount, "low": str(Decimal(amount) - half), "high": str(Decimal(amount) + half)}
    return {**FACT, **bounds, **changed}


def open_fact(document: str, amount: str = "3000000", **changed: str) -> dict[str, str]:
    """A fact with an open key, which has the document in its IRI."""
    iri = f"{BASE}fact/140500/0/2024/approved/expenditure-{document}/all"
    return {**fact(amount), "fund_scope": "unknown", "iri": iri, **changed}


def version(*facts: Row, projects: Sequence[Row] = (), findings: Sequence[Row] = ()) -> Version:
    return Version(BASE, facts, projects, findings, HOMES)


def said(rows: Sequence[Row], *columns: str) -> list[tuple[str, ...]]:
    assert all(tuple(row) == COLUMNS for row in rows)
    return [tuple(row[column] for column in columns) for row in rows]


# --- facts ---


def test_the_same_facts_do_not_differ() -> None:
    assert compare(version(fact()), version(fact())) == []


def test_a_changed_amount_is_told_with_both_and_the_difference() -> None:
    (row,) = compare(version(fact()), version(fact("3100000.50", sources="b.txt", status="agreed")))
    assert row["change"] == "changed"
    assert (row["old_amount_yuan"], row["new_amount_yuan"], row["difference_yuan"]) == (
        "3000000",
        "3100000.50",
        "100000.5",
    )
    assert (row["old_status"], row["new_status"], row["sources"]) == ("single", "agreed", "a.txt;b.txt")
    assert (row["unit"], row["code"], row["iri"], row["kind"]) == ("青山县总工会", "2012999", FACT["iri"], "fact")


@pytest.mark.parametrize(("amount", "decimals"), [("3000040", 2), ("3000100", 2), ("3004000", 0), ("2999900", 2)])
def test_an_interval_that_still_meets_is_no_change(amount: str, decimals: int) -> None:
    assert compare(version(fact()), version(fact(amount, decimals))) == []


def test_a_fact_that_comes_or_goes_is_told() -> None:
    other = fact("1", iri=FACT["iri"] + "01")
    assert said(compare(version(fact()), version(fact(), other)), "change", "new_amount_yuan") == [("added", "1")]
    assert said(compare(version(fact(), other), version(fact())), "change", "old_amount_yuan") == [("removed", "1")]


def test_another_status_is_told_where_the_amounts_still_meet() -> None:
    rows = compare(version(fact()), version(fact(status="agreed")))
    assert said(rows, "change", "old_status", "new_status", "difference_yuan") == [("status", "single", "agreed", "0")]


def test_a_conflict_has_no_amount_and_differs_by_its_extremes() -> None:
    conflict = fact(status="conflicting", amount_yuan="", low="1", high="9")
    assert compare(version(conflict), version(conflict)) == []
    (row,) = compare(version(conflict), version({**conflict, "high": "10"}))
    assert (row["change"], row["difference_yuan"], row["old_high"], row["new_high"]) == ("changed", "", "9", "10")


def test_a_base_of_another_publisher_makes_no_difference() -> None:
    moved = fact(iri=FACT["iri"].replace(BASE, "https://example.com/x/"))
    assert compare(version(fact()), replace(version(moved), base="https://example.com/x/")) == []


@pytest.mark.parametrize(("path", "changes"), [("a.txt", []), ("b.txt", []), ("c.txt", ["added", "removed"])])
def test_open_facts_are_the_same_in_one_path_or_disclosure(path: str, changes: list[str]) -> None:
    rows = compare(version(open_fact("1")), version(open_fact("2", sources=path)))
    assert [row["change"] for row in rows] == changes


def test_open_facts_of_other_dimensions_are_not_the_same() -> None:
    rows = compare(version(open_fact("1")), version(open_fact("2", flow="upward")))
    assert [row["change"] for row in rows] == ["added", "removed"]


def test_closed_facts_of_other_keys_are_not_the_same() -> None:
    rows = compare(version(fact()), version(fact(iri=FACT["iri"] + "01")))
    assert [row["change"] for row in rows] == ["added", "removed"]


def either(open_key: bool, document: str, thousands: int, path: str) -> dict[str, str]:
    """A fact with an open key, or one with a known key."""
    if open_key:
        return open_fact(document, str(thousands * 1000), sources=path)
    return fact(str(thousands * 1000), sources=path, iri=f"{BASE}fact/{document}")


FACTS = st.lists(
    st.builds(either, st.booleans(), st.sampled_from("1234"), st.integers(1, 9), st.sampled_from(sorted(HOMES))),
    max_size=5,
    unique_by=lambda row: row["iri"],
)


@given(old=FACTS, new=FACTS)
def test_a_comparison_the_other_way_says_the_opposite(old: list[Row], new: list[Row]) -> None:
    assert compare(version(*old), version(*old)) == []
    there, back = compare(version(*old), version(*new)), compare(version(*new), version(*old))
    opposite = {"added": "removed", "removed": "added", "changed": "changed", "status": "status"}
    assert sorted(opposite[row["change"]] for row in there) == sorted(row["change"] for row in back)
    amounts = [row["difference_yuan"] for row in back]
    assert sorted(amounts) == sorted(
        str(-Decimal(row["difference_yuan"])) if row["difference_yuan"] else "" for row in there
    )
    changes = [row["change"] for row in there]
    assert len(old) + changes.count("added") == len(new) + changes.count("removed")


# --- projects and findings ---


def test_projects_and_findings_that_come_or_go_are_told() -> None:
    project = {"source": "a.txt", "name": "帮扶", "code": "", "amount_yuan": "5", "implementing_unit": "总工会"}
    finding = {"source": "b.txt", "rule": "row-sum", "message_zh": "不符", "iri": f"{BASE}finding/1", "key": "0" * 16}
    old = version(projects=[project], findings=[finding])
    moved = version(projects=[{**project, "source": "b.txt"}], findings=[{**finding, "source": "a.txt"}])
    assert compare(old, moved) == []
    new = version(projects=[{**project, "name": "慰问"}], findings=[{**finding, "source": "c.txt"}])
    assert said(compare(old, new), "kind", "change", "label", "old_amount_yuan", "new_amount_yuan", "measure") == [
        ("project", "removed", "帮扶", "5", "", ""),
        ("project", "added", "慰问", "", "5", ""),
        ("finding", "added", "不符", "", "", "row-sum"),
        ("finding", "removed", "不符", "", "", "row-sum"),
    ]


def test_another_amount_of_a_project_is_told() -> None:
    project = {"source": "a.txt", "name": "帮扶", "code": "", "amount_yuan": "5", "implementing_unit": "总工会"}
    old, new = version(projects=[project]), version(projects=[{**project, "amount_yuan": "7"}])
    assert said(compare(old, new), "kind", "change", "label", "measure", "old_amount_yuan", "difference_yuan") == [
        ("project", "changed", "帮扶", "amount", "5", "2")
    ]


# --- numbers that are no facts ---

COUNT = {
    "source": "a.txt",
    "quote": "车辆编制3辆",
    "subject": "水务局",
    "measure": "编制",
    "value": "3",
    "unit": "辆",
    "fiscal_year": "2024",
    "direction": "",
    "kind": "count",
    "operator": "=",
    "relative_to": "",
    "as_of": "",
    "phase": "",
    "amount_yuan": "",
    "iri": f"{BASE}statement/1",
}
TARGET = {
    "source": "a.txt",
    "project": "防汛",
    "scope": "",
    "level1": "",
    "level2": "",
    "level3": "受益人口",
    "description": "",
    "operator": "≥",
    "value": "2.6",
    "unit": "万人",
    "actual": "3",
    "score": "",
    "iri": "i",
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"value": "4"}, [("statement", "changed", "3辆", "4辆")]),
        ({"subject": "其他"}, [("statement", "removed", "3辆", ""), ("statement", "added", "", "3辆")]),
        ({"source": "c.txt"}, []),
    ],
)
def test_a_count_of_a_sentence_is_compared(changed: dict[str, str], told: list[tuple[str, ...]]) -> None:
    old = Version(BASE, (), (), (), HOMES, statements=[COUNT])
    new = Version(BASE, (), (), (), HOMES, statements=[{**COUNT, **changed}])
    found = said(compare(old, new), "kind", "change", "old_value", "new_value")
    assert sorted(found) == sorted(told)


def test_an_amount_of_a_sentence_is_compared_by_interval_and_told_once() -> None:
    amount = {**COUNT, "value": "300.00", "unit": "万元", "kind": "amount", "amount_yuan": "3000000"}
    other = {**amount, "value": "310.00", "amount_yuan": "3100000"}
    rounded = {**amount, "value": "300", "amount_yuan": "3000000"}
    old = Version(BASE, [fact()], (), (), HOMES, statements=[amount])
    assert compare(old, Version(BASE, [fact()], (), (), HOMES, statements=[rounded])) == []
    (row,) = compare(old, Version(BASE, [fact("3100000")], (), (), HOMES, statements=[other]))
    assert row["kind"] == "fact"
    (row,) = compare(old, Version(BASE, [fact()], (), (), HOMES, statements=[other]))
    assert (row["kind"], row["difference_yuan"], row["old_value"]) == ("statement", "100000", "300.00万元")


def test_a_target_and_an_actual_value_are_compared() -> None:
    old = Version(BASE, (), (), (), HOMES, indicators=[TARGET])
    new = Version(BASE, (), (), (), HOMES, indicators=[{**TARGET, "value": "6.2", "actual": "4"}])
    assert said(compare(old, new), "kind", "label", "measure", "old_value", "new_value") == [
        ("indicator", "受益人口", "actual", "3", "4"),
        ("indicator", "受益人口", "value", "≥2.6万人", "≥6.2万人"),
    ]


# --- the command ---


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old" / "first.txt", tmp_path / "new" / "second.txt"
    for path, text in ((old, GOOD), (new, "更正\n\n" + GOOD.replace("300.00 |", "310.00 |"))):
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    return old, new


def test_two_versions_of_a_document_are_compared(versions: tuple[Path, Path]) -> None:
    result = run("diff", *versions, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 1
    assert {row["change"] for row in rows if row["kind"] == "fact"} == {"changed"}
    (row,) = (row for row in rows if row["code"] == "2012999" and row["measure"] == "本年支出")
    assert (row["old_amount_yuan"], row["new_amount_yuan"], row["difference_yuan"]) == ("3000000", "3100000", "100000")
    assert row["sources"] == "first.txt;second.txt"
    assert json.loads(run("diff", *versions, "--format", "json").stdout) == rows
    assert run("diff", *versions).stdout.endswith(f"({len(rows)} rows)\n")


def test_a_document_does_not_differ_from_itself(versions: tuple[Path, Path]) -> None:
    result = run("diff", versions[0], versions[0], "--format", "csv")
    assert (result.exit_code, result.stdout) == (0, ",".join(COLUMNS) + "\n")


def test_two_releases_are_compared_by_data_or_release_folder(versions: tuple[Path, Path], tmp_path: Path) -> None:
    for path, base in zip(versions, ("https://example.org/", "https://example.com/"), strict=True):
        path.rename(path.parent / "a.txt")
        assert run("build", path.parent, "--out", tmp_path / f"{path.parent.name}-data", "--base", base).exit_code == 0
    old, new = tmp_path / "old-data", tmp_path / "new-data"
    result = run("diff", old, new, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 1
    assert {row["change"] for row in rows if row["kind"] == "fact"} == {"changed"}
    assert run("diff", (old / "current").resolve(), new, "--format", "csv").stdout == result.stdout
    assert run("diff", old, old).exit_code == 0


def test_documents_of_two_units_are_compared_with_a_note(versions: tuple[Path, Path], tmp_path: Path) -> None:
    old, other = versions[0], tmp_path / "other.txt"
    other.write_text(GOOD.replace("青山县总工会", "绿水县总工会"), encoding="utf-8")
    assert "are of two units" in run("diff", old, other).stderr
    assert "are of two units" not in run("diff", old, old).stderr
    nameless = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for at, each in enumerate(nameless):
        each.write_text(f"2024年收入总计{at}万元。\n", encoding="utf-8")
    assert "are of two units" not in run("diff", *nameless).stderr


def test_what_cannot_be_compared_is_named(versions: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = versions
    mixed = run("diff", old, tmp_path)
    assert (mixed.exit_code, "cannot be compared: name two folders of releases, or two documents" in mixed.stderr) == (
        2,
        True,
    )
    assert run("diff", old, tmp_path / "nowhere").exit_code == 2
    empty = run("diff", old.parent, new.parent)
    assert (empty.exit_code, "has no current release; run `yusuan build" in empty.stderr) == (2, True)
    new.write_bytes(b"%PDF-1.5\n")
    broken = run("diff", old, new)
    assert (broken.exit_code, "second.txt: a PDF file" in broken.stderr) == (2, True)
