"""One root cause, one finding: which results stand for others, and which cell is suspected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mapping.audit import Result
from mapping.causes import Cause, find_causes
from mapping.rules import Rule

RULE = Rule("row-sum", "violation", "in-table", (), "", "", {"zh": "不符"}, "")


def result(
    name: str, *cells: str, severity: str = "violation", concern: str = "in-table", arithmetic: bool = True
) -> Result:
    rule = replace(RULE, name=name, severity=severity, concern=concern)
    said = {"slack": "0.01"} if arithmetic else {}
    return Result(rule, focus=cells[0], path="", value="", term="", cells=cells, said=said)


def causes_of(results: Sequence[Result]) -> list[Cause]:
    """The causes, each cell in the table of its first letter."""
    return find_causes(results, {cell: cell[0] for one in results for cell in one.cells})


def test_a_cell_that_two_sums_share_is_suspected_once() -> None:
    row, column = result("row-sum", "total", "a", "b"), result("column-sum", "a", "x", "y")
    (cause,) = causes_of([row, column])
    assert {cause.result.rule.name, *(one.rule.name for one in cause.consequences)} == {"row-sum", "column-sum"}
    assert cause.suspects == ("a",)


def test_a_single_result_suspects_no_cell() -> None:
    (cause,) = causes_of([result("row-sum", "total", "a", "b")])
    assert (cause.consequences, cause.suspects) == ((), ())


def test_results_without_arithmetic_stand_alone() -> None:
    one, two = (result(name, "a", arithmetic=False) for name in ("near-names", "stale-year"))
    assert [cause.consequences for cause in causes_of([one, two])] == [(), ()]


def test_the_cell_that_most_results_rest_on_goes_first() -> None:
    results = [result("r1", "a", "b"), result("r2", "a", "c"), result("r3", "a", "d"), result("r4", "d", "e")]
    first, second = causes_of(results)
    assert (len(first.consequences), first.suspects) == (2, ("a",))
    assert (second.result.rule.name, second.suspects) == ("r4", ())


def test_a_violation_stands_for_the_doubts_that_follow() -> None:
    (cause,) = causes_of([result("doubt", "a", severity="warning"), result("sum", "a", "b", "c")])
    assert cause.result.rule.name == "sum"


def test_a_part_above_its_whole_is_wrong_by_no_more_than_itself() -> None:
    """A sum that is 50万元 off is not broken by a part of 8万元, but may be by one of 60万元."""
    total = replace(
        result("row-sum", "total", "a", "b"), said={"found": "50万元", "expected": "1000000元", "slack": "0"}
    )
    small, large = (
        replace(
            result("part-above-whole", cell, severity="warning"),
            said={"found": found, "expected": "1万元", "slack": "0"},
        )
        for cell, found in (("a", "8.00万元"), ("b", "60.00万元"))
    )
    first, second = causes_of([total, small, large])
    assert (first.result, first.consequences, second.result) == (total, (large,), small)


def test_worse_causes_come_first() -> None:
    severities = ("info", "violation", "warning")
    causes = causes_of([result("r", cell, severity=severity) for cell, severity in zip("abc", severities, strict=True)])
    assert [cause.result.rule.severity for cause in causes] == ["violation", "warning", "info"]


CELLS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=4, unique=True)


@given(st.lists(st.tuples(CELLS, st.booleans()), max_size=12))
def test_every_result_is_in_exactly_one_cause(drawn: Sequence[tuple[list[str], bool]]) -> None:
    results = [result(f"r{at}", *cells, arithmetic=sums) for at, (cells, sums) in enumerate(drawn)]
    grouped = [one for cause in causes_of(results) for one in (cause.result, *cause.consequences)]
    assert sorted(one.rule.name for one in grouped) == sorted(one.rule.name for one in results)


@given(st.lists(CELLS, max_size=12))
def test_suspects_are_cells_of_every_result_of_their_cause(drawn: Sequence[list[str]]) -> None:
    for cause in causes_of([result(f"r{at}", *cells) for at, cells in enumerate(drawn)]):
        for suspect in cause.suspects:
            assert all(suspect in one.cells for one in (cause.result, *cause.consequences))


def test_tables_that_differ_in_many_places_are_one_cause() -> None:
    across = [result(f"r{at}", f"a{at}", f"{'bcbc'[at]}{at}", concern="cross-table") for at in range(4)]
    (cause,) = causes_of(across)
    assert (len(cause.consequences), cause.suspects) == (3, ())


def test_what_follows_from_the_unit_of_a_table_is_one_cause() -> None:
    unit = result("table-unit", "u", "a", concern="cross-table", arithmetic=False)
    between = [result("table-against-table", "a1", "b1"), result("text-table", "a2", "s1", arithmetic=False)]
    share = replace(result("share", "a1", "b2"), said={"found": "12.00%"})
    missing = result("class-in-one-table", "a3", "b", arithmetic=False)
    inside, beside = result("row-sum", "a4", "a5"), result("row-sum", "b3", "c1")
    tables = {cell: cell[0] for cell in ("a", "b", "a1", "a2", "a3", "a4", "a5", "b1", "b2", "b3", "c1")}
    first, *others = find_causes([inside, *between, share, unit, missing, beside], tables)
    assert (first.result, first.consequences, first.suspects) == (unit, tuple(between), ())
    assert [cause.result for cause in others if cause.consequences] == []
    assert {cause.result.rule.name for cause in others} == {"row-sum", "share", "class-in-one-table"}


def test_what_follows_from_shifted_rows_is_one_cause() -> None:
    shift = result("shifted-figures", "a1", "b2", "a2", "b3", concern="cross-table", arithmetic=False)
    between, beside = result("part-above-whole", "a1", "b1"), result("table-against-table", "a7", "b7")
    first, other = causes_of([between, shift, beside])
    assert (first.result, first.consequences) == (shift, (between,))
    assert (other.result, other.consequences) == (beside, ())


def test_a_few_differences_between_tables_are_several() -> None:
    across = [result(f"r{at}", f"a{at}", f"b{at}", concern="cross-table") for at in range(3)]
    assert len(causes_of(across)) == 3


def test_many_differences_of_one_cell_are_that_cell() -> None:
    across = [result(f"r{at}", "a1", f"b{at}", concern="cross-table") for at in range(5)]
    (cause,) = causes_of(across)
    assert cause.suspects == ("a1",)


def test_sums_inside_a_table_follow_from_its_shifted_rows() -> None:
    shifted = result("shifted-figures", "a1", "a2", "b1", concern="cross-table", arithmetic=False)
    inside, apart = result("row-sum", "a2", "a7"), result("row-sum", "a8", "a9")
    first, second = causes_of([shifted, inside, apart])
    assert (first.result.rule.name, first.consequences) == ("shifted-figures", (inside,))
    assert second.result is apart


def test_what_is_computed_from_an_amount_in_the_wrong_unit_follows_from_that() -> None:
    slip = result("unit-slip", "a", "b", "c", arithmetic=False)
    rate, parts = result("growth-rate", "c", "b", "a", arithmetic=False), result("text-parts", "a", "d", "e")
    first, second = causes_of([rate, parts, slip, result("text-parts", "x", "y")])
    assert {one.result.rule.name: len(one.consequences) for one in (first, second)} == {"unit-slip": 2, "text-parts": 0}
