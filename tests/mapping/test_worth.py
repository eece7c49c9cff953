"""Amounts as searches compare them: all ways to print a number are one figure, money is one in every unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.amounts import MULTIPLIERS
from mapping.worth import Amount, asked, figure, worth_tokens

DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, places=4)
UNITS = st.sampled_from(sorted(MULTIPLIERS))
WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@st.composite
def printed(draw: st.DrawFn, value: Decimal) -> str:
    """Return one of the ways to print a number: separators, further zeros, full-width characters, brackets."""
    places = draw(st.integers(4, 7)) if value != value.to_integral_value() else draw(st.integers(0, 3))
    text = f"{value:{draw(st.sampled_from(['', ',']))}.{places}f}"
    if value < 0 and draw(st.booleans()):
        text = f"（{text[1:]}）"
    return text.translate(WIDE) if draw(st.booleans()) else text


@given(value=DECIMALS, data=st.data())
def test_all_ways_to_print_a_number_are_one_figure(value: Decimal, data: st.DataObject) -> None:
    ways = {figure(data.draw(printed(value))) for _ in range(3)}
    assert len(ways) == 1
    assert Decimal(str(ways.pop())) == value


@given(one=DECIMALS, other=DECIMALS, data=st.data())
def test_different_numbers_are_different_figures(one: Decimal, other: Decimal, data: st.DataObject) -> None:
    assert (figure(data.draw(printed(one))) == figure(data.draw(printed(other)))) == (one == other)


@given(value=DECIMALS, unit=UNITS)
def test_a_unit_leads_to_the_same_money_in_every_unit_exactly(value: Decimal, unit: str) -> None:
    places = Amount(str(figure(f"{value:f}")), unit).places
    assert sorted(each for _, each in places) == sorted(MULTIPLIERS)
    assert {Decimal(number) * MULTIPLIERS[each] for number, each in places} == {value * MULTIPLIERS[unit]}
    assert all(set(Amount(number, each).places) == set(places) for number, each in places)


@given(digits=st.text("123456789", min_size=18, max_size=27), unit=UNITS)
def test_no_digit_is_lost_of_a_long_number(digits: str, unit: str) -> None:
    whole = int(digits) * MULTIPLIERS[unit]
    assert {each: number for number, each in Amount(digits, unit).places}["元"] == str(whole)


@given(value=DECIMALS, unit=UNITS, other=UNITS)
def test_tokens_of_money_meet_where_the_yuan_do(value: Decimal, unit: str, other: str) -> None:
    typed = Amount(str(figure(f"{value:f}")), unit)
    for number, each in typed.places:
        tokens = worth_tokens(number, each)
        assert typed.token in tokens if value else (tokens, typed.token) == ([], "")
    assert (typed.token in worth_tokens(f"{value:f}", other)) == (bool(value) and unit == other)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("393.08", [("393.08", "")]),
        ("2,800.190", [("2800.19", "")]),
        ("2800.19万元", [("2800.19", "万元")]),
        ("2800.19 万", [("2800.19", "万元")]),
        ("0.28亿元。", [("0.28", "亿元")]),
        ("1,234元", [("1234", "元")]),
        ("３千元", [("3", "千元")]),
        ("（1.05）", [("-1.05", "")]),
        ("劳务费 4.00 万元 2024年", [None, ("4", "万元"), None]),
        ("2024 393.08", [("2024", ""), ("393.08", "")]),
        ("0.00", [("0", "")]),
    ],
)
def test_an_amount_is_read_with_its_unit(search: str, found: list[tuple[str, str] | None]) -> None:
    assert [(amount.figure, amount.unit) if amount else None for _, amount in asked(search)] == found


@pytest.mark.parametrize(
    "search", ["1,23", "12%", "2024年", "晋工发〔2006〕54号", "万元", "5万人", "1.2.3", "9" * 40, "经费4.00"]
)
def test_what_is_no_amount_is_words(search: str) -> None:
    assert [amount for _, amount in asked(search)] == [None]
