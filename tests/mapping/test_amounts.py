"""Printed numbers to exact amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.amounts import agree, multiplier, parse_amount, plain


@pytest.mark.parametrize(
    ("text", "printed", "value", "decimals"),
    [
        ("2,800.19", "2800.19", "2800.19", 2),
        ("366，992", "366992", "366992", 0),
        ("-1.05", "-1.05", "-1.05", 2),
        ("（1.05）", "（1.05）", "-1.05", 2),
        ("２３.５０", "２３.５０", "23.50", 2),
        ("0", "0", "0", 0),
    ],
)
def test_a_number_is_read_as_printed(text: str, printed: str, value: str, decimals: int) -> None:
    found = parse_amount(text)
    assert found is not None
    assert (found.printed, found.value, found.decimals) == (printed, Decimal(value), decimals)


@pytest.mark.parametrize("text", ["", "—", "12%", "1,23", "1 234", "2.3.4", "十二", "--3", "（-3）", "3元"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_amount(text) is None


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_separators_do_not_change_a_number(value: Decimal) -> None:
    found = parse_amount(f"{value:,.2f}")
    assert found is not None
    assert found.value == value
    assert found.in_yuan(multiplier("万元")) == value * 10_000


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=6))
def test_plain_is_exact_without_exponent_or_trailing_zeros(value: Decimal) -> None:
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert not ("." in text and text.endswith(("0", ".")))


def test_a_sum_agrees_within_the_printed_precision_and_not_beyond() -> None:
    # 295.74 + 387.02 is 682.76; three numbers of two decimals leave 0.015 (XBRL Calculations 1.1).
    parts = [found for text in ("295.74", "387.02") if (found := parse_amount(text))]
    near, far = parse_amount("682.75"), parse_amount("682.74")
    assert near is not None and far is not None
    assert agree(near, parts)
    assert not agree(far, parts)


def test_an_unknown_unit_is_no_money() -> None:
    with pytest.raises(KeyError):
        multiplier("辆")
