"""Changes to the earlier amounts they imply, by interval."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.facts import Facts, assemble
from mapping.read import read


def facts_of(sentence: str) -> Facts:
    """The facts of a budget of 2025 that says one sentence."""
    return assemble(read(f"乙市档案馆2025年部门预算\n\n{sentence}\n".encode()), None)


@given(st.decimals("500", "9999", places=2), st.decimals("0.01", "500", places=2), st.sampled_from(["增加", "减少"]))
def test_the_amount_of_the_year_before_is_implied(now: Decimal, by: Decimal, word: str) -> None:
    facts = facts_of(f"2025年机关运行经费预算{now}万元，比上年{word}{by}万元。")
    (implied,) = facts.stated.implied
    earlier = now - by if word == "增加" else now + by
    assert (implied.low, implied.high) == ((earlier - Decimal("0.01")) * 10000, (earlier + Decimal("0.01")) * 10000)
    assert (implied.key.measure, implied.key.year, implied.key.phase) == ("operating-cost", 2024, "unspecified")


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年机关运行经费预算20.00万元，与上年持平。",
        "2025年机关运行经费比上年增加3.00万元。",
        "2025年“三公”经费预算8.00万元。机关运行经费比上年增加3.00万元。",
        "2025年机关运行经费预算20.00万元，比上年增长5.00%。",
        # a sign behind words for less: that it fell by so much, or rose, nobody knows
        "2025年机关运行经费预算20.00万元，比上年减少-3.00万元。",
    ],
)
def test_nothing_is_implied_without_amount_change_and_year(sentence: str) -> None:
    assert facts_of(sentence).stated.implied == []


@pytest.mark.parametrize(
    ("sentence", "earlier"),
    [
        ("公务接待费支出决算为30.00万元，完成预算50.00万元的60%，比上年决算数增加5.00万元，增长20%。", ["25.00"]),
        (
            "公务接待费支出30.00万元，完成年初预算50.00万元的60%，决算数小于预算数20.00万元，比上年增加5.00万元。",
            ["25.00"],
        ),
        # on another base, and below zero
        ("公务接待费支出30.00万元，同口径比上年增加5.00万元。", []),
        ("公务接待费支出3.00万元，比上年增加5.00万元。", []),
    ],
)
def test_the_earlier_amount_is_that_of_the_accounts(sentence: str, earlier: list[str]) -> None:
    facts = assemble(read(f"乙市档案馆2025年度部门决算\n\n2025年{sentence}\n".encode()), None)
    found = [(one.low + one.high) / 20000 for one in facts.stated.implied]
    assert found == [Decimal(one) for one in earlier]


def test_a_part_with_a_name_of_its_own_implies_nothing_of_its_whole() -> None:
    text = "2025年收入预算总额100万元，比上年增加10万元，其中：门票收入20万元，比上年增加15万元。"
    found = facts_of(text).stated.implied
    assert {(one.low, one.high) for one in found} == {(Decimal(890000), Decimal(910000))}


def test_a_change_of_both_sides_implies_both_earlier_totals() -> None:
    found = facts_of("2025年度收入总计80万元，支出总计80万元，与上年相比，各增加10万元。").stated.implied
    assert {(one.key.measure, one.key.year) for one in found} == {("total-income", 2024), ("total-expenditure", 2024)}
