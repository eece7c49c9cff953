"""Titles of legal documents compared: normal form, what they carry, likeness, and in what two of them differ."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.titles import (
    carried_titles,
    difference,
    is_specific,
    is_yearly,
    likeness,
    marks,
    near_pairs,
    normal,
    stem,
    year_of,
)

TITLES = st.text(alphabet="关于工会经费财政的通知办法预算", max_size=14)
EIGHT_TENTHS = Fraction(8, 10)


@pytest.mark.parametrize(
    ("printed", "same"),
    [
        ("关于印发《工会经费管理办法》的通知", "关于印发工会经费管理办法的通知"),
        ("关于 印发\n〈工会经费管理办法〉的通知", "关于印发工会经费管理办法的通知"),
        ("工会经费管理办法（试行）", "工会经费管理办法(试行)"),
        ("山西省总工会、山西省财政厅关于集中拨付工会经费的通知", "关于集中拨付工会经费的通知"),
        ("中共泽州县委办公室 泽州县人民政府办公室关于转发“纪要”的通知", "关于转发纪要的通知"),
        ("财政部关于２０２３年预算的通知", "关于2023年预算的通知"),
    ],
)
def test_printings_of_one_title_have_one_normal_form(printed: str, same: str) -> None:
    assert normal(printed) == same


@pytest.mark.parametrize("title", ["关于转发财政部关于差旅费的通知", "工会法", "党史学习教育和关于工会工作的论述"])
def test_words_that_name_no_issuer_stay(title: str) -> None:
    assert normal(title) == title


@given(TITLES)
def test_a_normal_title_is_its_own_normal_form(title: str) -> None:
    assert normal(normal(title)) == normal(title)


@pytest.mark.parametrize(
    ("title", "carried"),
    [
        ("关于印发《工会经费管理办法》的通知", ("工会经费管理办法",)),
        ("关于印发《工会经费管理办法（试行）》的通知", ("工会经费管理办法(试行)",)),
        ("关于转发财政部关于印发差旅费管理办法的通知的通知", ("关于印发差旅费管理办法的通知", "差旅费管理办法")),
        ("山西省总工会转发全国总工会关于规范建会意见的通知", ("关于规范建会意见",)),
        ("关于下达2023年工会经费的通知", ()),
    ],
)
def test_a_carrier_is_known_by_its_title(title: str, carried: tuple[str, ...]) -> None:
    assert carried_titles(normal(title)) == carried


@pytest.mark.parametrize(
    ("title", "specific"),
    [
        ("关于财政拨款的行政事业单位工会经费有关问题的通知", True),
        ("财务管理制度", False),
        ("关于印发机关财务管理制度的通知", False),
        ("关于加强财务管理的通知", False),
        ("工会法", False),
    ],
)
def test_a_specific_title_names_one_document(title: str, specific: bool) -> None:
    assert is_specific(title) is specific


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("关于下达2023年第二批工会经费的通知", ("2023年", "第二批")),
        ("关于下达二〇二三年度经费的通知", ("二〇二三年度",)),
        ("关于一期工程上半年进度的通知", ("一期", "上半年")),
        ("关于3月份补助的通知", ("3月份",)),
        ("十四五规划纲要(三)", ("十四五", "(三)")),
        ("关于一般公共预算和三公经费的通知", ()),
        ("中央八项规定", ()),
    ],
)
def test_years_ordinals_and_digits_are_marks(title: str, found: tuple[str, ...]) -> None:
    assert marks(title) == found
    assert not any(mark in stem(title) for mark in found)


def test_the_year_of_a_title_is_the_last_one_printed() -> None:
    assert year_of("关于2022-2023学年结余和2024年预算的通知") == 2024
    assert year_of("关于第3批经费的通知") is None


def test_titles_that_send_money_come_every_year() -> None:
    assert is_yearly("关于提前下达工会专项资金的通知")
    assert is_yearly("关于2023年度考核工作的通知")
    assert not is_yearly("关于调整差旅费标准的通知")
    assert not is_yearly("关于进一步加强工会经费财政集中拨付的通知")


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("关于财政拨款的单位工会经费的通知", "关于财政拨款的单位计提工会经费的通知", "slip"),
        ("机关事业单位工会经费集中拨付", "机关企事业单位工会经费集中划拨", "slip"),
        ("关于下达2023年工会经费的通知", "关于下达2024年工会经费的通知", "marks"),
        ("关于下达工会经费第一批的通知", "关于下达工会经费第二批的通知", "marks"),
        ("关于下达工会经费的通知", "关于下达2024年工会经费的通知", "marks"),
        ("关于建设项目一期工程的批复", "关于建设项目二期工程的批复", "marks"),
        ("中央和国家机关会议费管理办法", "中央和国家机关培训费管理办法", "subject"),
        ("关于小学生均经费标准的通知", "关于中学生均经费标准的通知", "subject"),
        ("关于工会经费标准的通知", "关于工会经费标准的补充通知", "subject"),
        ("关于调整工会经费的通知", "关于提前调整工会经费的通知", "subject"),
        ("关于下达义务教育补助经费的通知", "关于下达城乡义务教育补助经费的通知", "subject"),
        ("关于工会经费的通知", "关于工会经费的通知", "none"),
    ],
)
def test_in_what_two_titles_differ_does_not_depend_on_their_order(one: str, other: str, kind: str) -> None:
    assert difference(one, other) == difference(other, one) == kind


# --- likeness ---


def longest_common(one: str, other: str) -> int:
    """The length of the longest common subsequence, by the table that defines it."""
    row = [0] * (len(other) + 1)
    for a in one:
        before = row
        row = [0]
        for at, b in enumerate(other):
            row.append(before[at] + 1 if a == b else max(before[at + 1], row[at]))
    return row[-1]


@given(TITLES, TITLES)
@settings(max_examples=300)
def test_likeness_is_the_share_of_the_longest_common_subsequence(one: str, other: str) -> None:
    length = len(one) + len(other)
    expected = Fraction(2 * longest_common(one, other), length) if length else Fraction(1)
    assert likeness(one, other) == likeness(other, one) == expected


def test_likeness_counts_long_titles_too() -> None:
    assert likeness("会" * 200, "会" * 100) == Fraction(2, 3)


@given(st.sets(TITLES.filter(bool), max_size=12), st.sampled_from([Fraction(6, 10), EIGHT_TENTHS, Fraction(9, 10)]))
@settings(max_examples=200, deadline=None)
def test_no_near_pair_is_lost_and_none_is_added(titles: set[str], least: Fraction) -> None:
    pairs = itertools.combinations(sorted(titles), 2)
    expected = {(one, other, likeness(one, other)) for one, other in pairs if likeness(one, other) >= least}
    assert sorted(near_pairs(titles, least)) == sorted(expected)


def test_near_pairs_finds_titles_that_differ_by_two_characters() -> None:
    titles = ["关于财政拨款的单位工会经费的通知", "关于财政拨款的单位计提工会经费的通知", "关于召开表彰大会的请示"]
    assert [(one, other) for one, other, _ in near_pairs(titles, EIGHT_TENTHS)] == [tuple(sorted(titles[:2]))]
