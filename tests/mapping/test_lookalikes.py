"""Agency codes that are not known to the known ones that they may be misreadings of."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.codes import read_code
from mapping.lexicon import load
from mapping.lookalikes import is_misread, looks_like, similar_codes

ZEZHOU, PINGXIANG = "140525", "130532"
CODES = [
    letter + words for letter in load("codes")["letters"]["provinces"] for words in ("政办发", "财行", "工发", "人社规")
]


@pytest.mark.parametrize(
    ("code", "region", "first"),
    [
        ("管人社厅发", ZEZHOU, ("晋人社厅发", Decimal("0.70"))),
        ("翼财行", PINGXIANG, ("冀财行", Decimal("0.77"))),
        ("译政办发", ZEZHOU, ("泽政办发", Decimal("0.80"))),
        ("则建", None, ("财建", Decimal("0.70"))),
        ("晋政力发", ZEZHOU, ("晋政办发", Decimal("0.70"))),
        ("晋财资坏", ZEZHOU, ("晋财资环", Decimal("0.70"))),
        ("晋捡发", ZEZHOU, ("晋检发", Decimal("0.70"))),
        ("国菅资", None, ("国管资", Decimal("0.70"))),
        ("荪财农", None, ("苏财农", Decimal("0.70"))),
        ("芸粮仓", "530000", ("云粮仓", Decimal("0.80"))),
    ],
)
def test_a_misread_code_has_the_likeliest_reading_first(
    code: str, region: str | None, first: tuple[str, Decimal]
) -> None:
    assert similar_codes(code, region)[0] == first


def test_a_known_code_and_words_that_are_none_are_like_nothing() -> None:
    assert similar_codes("晋人社厅发", ZEZHOU) == []
    assert similar_codes("浙采竞磋", ZEZHOU) == []
    assert similar_codes("", ZEZHOU) == []
    assert similar_codes("高府办发", ZEZHOU) == []  # Of 高平, beside 泽州.


@pytest.mark.parametrize("code", ["朔政办发", "杭政办函", "忻市工发"])
def test_a_code_of_another_city_is_no_misread_one(code: str) -> None:
    assert similar_codes(code, ZEZHOU) == []


def test_a_code_of_two_characters_is_no_other_for_its_letter_alone() -> None:
    assert similar_codes("外发", ZEZHOU) == []
    assert [code for code, _ in similar_codes("普发", ZEZHOU)] == ["晋发"]


def test_a_letter_of_a_place_that_no_document_there_cites_may_be_misread() -> None:
    # 皇 is the letter of a district of 沈阳.
    assert is_misread("皇政征字", "皋政征字", "320682")


def test_a_character_of_an_unknown_code_may_be_misread_too() -> None:
    assert is_misread("黑每信", "黑海信", "230000")
    assert not is_misread("黑海信", "黑每信", "230000")
    assert not is_misread("皇政征字", "皋政征字", "210102")
    assert not is_misread("皇政征字", "皋政征字", "0123456789abcdef")
    assert looks_like("秦政征字", "奉政征字")
    assert not is_misread("秦政征字", "奉政征字", "310120")  # Of 秦皇岛 in a document of 奉贤.
    assert not looks_like("奉政征字", "秦政征字")
    assert is_misread("请林", "清林", "441802")
    assert is_misread("古药监综", "吉药监综", "220000")
    assert not is_misread("古药监综", "吉药监综", "141025")  # 古县 writes 古 itself.


def test_a_body_in_a_province_is_no_place_above_its_prefectures() -> None:
    assert [code[0] for code, _ in similar_codes("辛财农", "654000")] == ["伊", "新"]


def test_a_county_may_mean_its_second_character_where_the_first_is_not_its_own() -> None:
    assert "梅政办发" in dict(similar_codes("悔政办发", "421127"))


@given(
    code=st.sampled_from(CODES),
    index=st.integers(0, 5),
    char=st.sampled_from("管翼普则力译亍土园玫"),
    region=st.sampled_from([None, ZEZHOU, PINGXIANG]),
)
def test_what_is_proposed_is_known_and_one_character_away(code: str, index: int, char: str, region: str | None) -> None:
    at = index % len(code)
    misread = code[:at] + char + code[at + 1 :]
    for proposed, score in similar_codes(misread, region):
        assert proposed != misread
        assert sum(one != other for one, other in zip(proposed, misread, strict=True)) == 1
        assert read_code(proposed, region) is not None
        assert Decimal("0.5") < score <= Decimal("0.9")
