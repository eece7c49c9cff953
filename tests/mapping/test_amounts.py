"""Printed numbers to exact amounts."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.amounts import agree, multiplier, parse_amount, plain, swapped
from mapping.facts import assemble
from mapping.read import read
from mapping.triples import write_graph


@pytest.mark.parametrize(
    ("text", "printed", "value", "decimals"),
    [
        ("2,800.19", "2800.19", "2800.19", 2),
        ("366，992", "366992", "366992", 0),
        ("-1.05", "-1.05", "-1.05", 2),
        ("（1.05）", "（1.05）", "-1.05", 2),
        ("２３.５０", "２３.５０", "23.50", 2),
        ("0", "0", "0", 0),
        ("▲825", "▲825", "-825", 0),
        ("△1,032.50", "△1032.50", "-1032.50", 2),
        ("▼７", "▼７", "-7", 0),
    ],
)
def test_a_number_is_read_as_printed(text: str, printed: str, value: str, decimals: int) -> None:
    found = parse_amount(text)
    assert found is not None
    assert (found.printed, found.value, found.decimals) == (printed, Decimal(value), decimals)


@pytest.mark.parametrize(
    "text", ["", "—", "12%", "1,23", "1 234", "2.3.4", "十二", "--3", "（-3）", "（▲3）", "▲", "▲▲3", "3▲", "3元"]
)
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


# --- any width ---

WIDE = str.maketrans("0123456789.,%-", "０１２３４５６７８９．，％－")
NUMBERS = re.compile(r"(?<![年表第])\d[\d,.]*%?")
PRINTED = """青山县文化馆

2024年部门预算公开

支出预算总表

单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|--|--|--|--|--|
| | 合计 | 1,280.19 | 980.19 | 300.00 |
| 2070109 | 群众文化 | 980.19 | 980.19 | |
| 2070199 | 其他文化和旅游支出 | 300.00 | | 300.00 |

2024年支出预算1280.19万元，其中：基本支出908.19万元，项目支出300万元，占23.43%，比上年增加12.5万元，增长0.99%。
全馆编制15人，实有12人，办公用房1,250平方米，公务用车2辆。
"""


@pytest.mark.parametrize("printed", ["６５０．２４", "1，280.19", "－8４.6", "+84.6"])
def test_a_number_of_any_width_is_one_whose_digits_may_be_swapped(printed: str) -> None:
    found = parse_amount(printed)
    assert found is not None
    half = unicodedata.normalize("NFKC", printed).replace(",", "")
    assert list(swapped(printed)) == list(swapped(half))


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([0.2, 0.5, 1]))
def test_numbers_read_the_same_in_full_width_and_in_half(chance: Random, share: float) -> None:
    def widened(found: re.Match[str]) -> str:
        return "".join(one.translate(WIDE) if chance.random() < share else one for one in found[0])

    start = PRINTED.index("|--")
    wide = PRINTED[:start] + re.sub(NUMBERS, widened, PRINTED[start:])
    assert _said(wide) == _said(PRINTED)


def _said(text: str) -> tuple[list[object], ...]:
    """What a text says in numbers, wherever it stands; its graph can be written."""
    facts = assemble(read(text.encode()), None)
    write_graph(facts, "0" * 64, ["a.txt"], "https://example.org/")
    return (
        [(one.row_label, one.column_path, one.amount, one.printed.decimals) for one in facts.figures],
        [(one.measure, one.value, one.decimals, one.unit, one.operator, one.kind) for one in facts.statements],
        [(one.kind, one.count) for office in facts.offices for one in office.staffing],
    )
