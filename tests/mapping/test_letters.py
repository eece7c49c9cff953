"""Letters of places in agency codes: whose they are, and where they stand in running words."""

from __future__ import annotations

import pytest

from mapping.letters import is_place_letter, letter_start, may_begin, places_of
from mapping.lexicon import load

LETTERS = load("codes")["letters"]
PROVINCES: dict[str, str] = LETTERS["provinces"]


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("以上豫水计财", "豫水计财"),
        ("落实京津冀协同办", "京津冀协同办"),
        ("通辽水计财", "通辽水计财"),
        ("水计财", "水计财"),
        ("桂水计财", "桂水计财"),
        ("项目豫", "项目豫"),
        ("", ""),
    ],
)
def test_an_unknown_code_begins_at_the_last_letter_of_a_province_that_is_no_part_of_a_name(
    words: str, rest: str
) -> None:
    assert words[letter_start(words) :] == rest


def test_letters_of_places_are_those_of_provinces_and_first_ones_of_names() -> None:
    assert [is_place_letter(one) for one in "晋泽滇附用"] == [True, True, True, False, False]


def test_codes_of_a_place_begin_with_letters_of_places_there_or_of_none() -> None:
    assert [may_begin(letter, "430100") for letter in "长湘市鹭"] == [True, True, True, True]
    assert [may_begin(letter, "430100") for letter in "宜公桂"] == [False, False, False]
    assert may_begin("前", "152221")  # 科尔沁右翼前旗


def test_no_two_provinces_share_a_letter_but_by_a_second_one_of_their_own() -> None:
    assert len(set(PROVINCES.values())) == 31
    assert sorted(letter for letter in PROVINCES if list(PROVINCES.values()).count(PROVINCES[letter]) > 1) == sorted(
        "内蒙云滇兵新"
    )


@pytest.mark.parametrize(("letter", "region"), [("石", "141000"), ("昆", "500000")])
def test_letters_of_places_whose_codes_only_begin_alike_are_none_of_a_region(letter: str, region: str) -> None:
    held = region[:2] if region.endswith("0000") else region[:4]
    assert [code for code in places_of(letter, region).codes if not code.startswith(held)] == []
