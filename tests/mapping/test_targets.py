"""Printed targets: operator, value and unit, nothing guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.targets import Target, is_sign, is_unit, read_sign, read_target, split_phrase

UNITS = ["人", "户", "%", "元", "万元", "元/人", "元/月/人", "个", "次", "场次", "天", "家", "人次", "平方米", "万人次"]
PREFIXES = {
    "": "=",
    "≥": "≥",
    "＞＝": "≥",
    "不低于": "≥",
    "不少于": "≥",
    "大于等于": "≥",
    "≤": "≤",
    "<=": "≤",
    "不超过": "≤",
    "小于等于": "≤",
    "＞": ">",
    "大于": ">",
    "超过": ">",
    "<": "<",
    "小于": "<",
    "＝": "=",
    "等于": "=",
    "约": "≈",
    "达到": "=",
}
SUFFIXES = {"以上": "≥", "及以上": "≥", "以内": "≤", "以下": "≤", "左右": "≈"}
NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.integers(1000, 10**9).map(lambda number: f"{number:,}"),
    st.decimals(0, 10**6, places=2).map(str),
)


@given(NUMBERS, st.sampled_from(UNITS), st.sampled_from(sorted(PREFIXES)))
def test_any_number_operator_and_unit_are_read_back(number: str, unit: str, prefix: str) -> None:
    bare = number.replace(",", "")
    expected = Target(PREFIXES[prefix], bare, unit, Decimal(bare))
    assert read_target(prefix + number + unit) == expected


@given(NUMBERS, st.sampled_from(UNITS), st.sampled_from(sorted(SUFFIXES)), st.sampled_from(["", "达到", "控制在"]))
def test_words_after_the_number_are_operators(number: str, unit: str, suffix: str, lead: str) -> None:
    found = read_target(lead + number + unit + suffix)
    assert (found.operator, found.value, found.unit) == (SUFFIXES[suffix], number.replace(",", ""), unit)


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit"),
    [
        ("100%", "=", "100", "%"),
        ("１００％", "=", "１００", "%"),
        ("≥ 95 %", "≥", "95", "%"),
        ("控制在5%以内", "≤", "5", "%"),
        ("不低于3场次", "≥", "3", "场次"),
        ("90%以上", "≥", "90", "%"),
        ("30天内", "≤", "30", "天"),
        ("约200人", "≈", "200", "人"),
        ("3-5次", "=", "3-5", "次"),
        ("3～5次", "=", "3～5", "次"),
        ("12台（套）", "=", "12", "台（套）"),
        ("=98.50(%)", "=", "98.50", "%"),
        ("≥3（场次）", "≥", "3", "场次"),
        ("12（份）以上", "≥", "12", "份"),
        ("85%（含）以上", "≥", "85", "%"),
        ("20（含）以内", "≤", "20", None),
        ("5（甲类）", "定性", "5（甲类）", None),
        ("2026（年）", "定性", "2026（年）", None),
        ("≤2000元/人·年", "≤", "2000", "元/人·年"),
        ("=3700元/生·年", "=", "3700", "元/生·年"),
        ("≥1,000元/生", "≥", "1000", "元/生"),
        ("120元/案", "=", "120", "元/案"),
        ("5元/人·次", "=", "5", "元/人·次"),
        ("20元/平方米", "=", "20", "元/平方米"),
        ("300元每人每月", "=", "300", "元每人每月"),
        ("0", "=", "0", None),
        ("-3.1%", "=", "-3.1", "%"),
        ("≥60天", "≥", "60", "天"),
        ("3个工作日内", "≤", "3", "个工作日"),
        ("2026年1月", "定性", "2026年1月", None),
        ("2026年", "定性", "2026年", None),
        ("12月", "定性", "12月", None),
        ("12月底前", "定性", "12月底前", None),
        ("2024年7月-12月", "定性", "2024年7月-12月", None),
        ("7-12月", "定性", "7-12月", None),
        ("2024-12", "定性", "2024-12", None),
        ("2023.07-2024.01", "定性", "2023.07-2024.01", None),
        ("≥95百分比", "≥", "95", "百分比"),
        ("七月", "定性", "七月", None),
        ("改善", "定性", "改善", None),
        ("提高90%", "定性", "提高90%", None),
        ("按60%比例下拨", "定性", "按60%比例下拨", None),
        ("较上年增长5%以上", "定性", "较上年增长5%以上", None),
        ("每年7月份12月份发放", "定性", "每年7月份12月份发放", None),
        ("≥上年", "定性", "≥上年", None),
        ("1:3", "定性", "1:3", None),
    ],
)
def test_what_is_no_measure_keeps_its_words(text: str, operator: str, value: str, unit: str | None) -> None:
    found = read_target(text)
    assert (found.operator, found.value, found.unit) == (operator, value, unit)


@pytest.mark.parametrize(
    ("text", "sign", "unit", "label", "expected"),
    [
        ("100%", "＝", "%", None, ("=", "100", "%")),
        ("90", ">=", "%", None, ("≥", "90", "%")),
        ("90", "正向指标", "%", None, ("=", "90", "%")),
        ("优良", "定性", "项", None, ("定性", "优良", "项")),
        ("≥90", "定量", "%", None, ("≥", "90", "%")),
        ("95", None, None, "补助发放准确率（%）", ("=", "95", "%")),
        ("95", None, None, "补助发放人数（单位：人）", ("=", "95", "人")),
        ("95人", None, None, "补助发放准确率（%）", ("=", "95", "人")),
        ("95", None, None, "补助发放（第一批）", ("=", "95", None)),
    ],
)
def test_columns_of_their_own(
    text: str, sign: str | None, unit: str | None, label: str | None, expected: tuple[str, str, str | None]
) -> None:
    found = read_target(text, sign, unit, label)
    assert (found.operator, found.value, found.unit) == expected


def test_a_range_is_no_single_number() -> None:
    assert read_target("3-5次").number is None
    assert read_target("≥2,400人次").number == Decimal(2400)


@pytest.mark.parametrize(
    ("text", "sign"), [("＞＝", "≥"), ("不超过", "≤"), ("定性", "定性"), ("反向指标", None), ("", None)]
)
def test_signs(text: str, sign: str | None) -> None:
    assert read_sign(text) == sign


def test_signs_and_units_are_told_apart() -> None:
    assert is_sign("正向指标") and not is_sign("100") and not is_sign("数量指标")
    assert is_unit("元/月/人") and is_unit("万人次") and not is_unit("100%")


@pytest.mark.parametrize(
    ("text", "label", "target"),
    [
        ("参训人数400人", "参训人数", "400人"),
        ("慰问职工≥500人", "慰问职工", "≥500人"),
        ("验收合格率：100%", "验收合格率", "100%"),
        ("满意度不低于95%", "满意度", "不低于95%"),
    ],
)
def test_phrases(text: str, label: str, target: str) -> None:
    found = split_phrase(text)
    assert found is not None and (found.label, found.target) == (label, target)
    assert text[found.at :] == target


@pytest.mark.parametrize("text", ["满意度提高5%", "12月底前", "100人", "改善居住条件", "较上年增长5%"])
def test_no_phrases(text: str) -> None:
    assert split_phrase(text) is None
