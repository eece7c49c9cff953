"""The facts in `mapping/data`: regions of GB/T 2260 and Chinese surnames."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

KNOWN = {
    "130532": "平乡县",
    "130700": "张家口市",
    "140000": "山西省",
    "140500": "晋城市",
    "140525": "泽州县",
    "141100": "吕梁市",
    "510400": "攀枝花市",
    "510422": "盐边县",
    "710000": "台湾省",
}


@pytest.fixture(scope="module")
def regions(root: Path) -> list[dict[str, str]]:
    """The rows of regions.csv: code, name and the latest of the consulted editions that holds the code."""
    with (root / "mapping" / "data" / "regions.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == ["code", "name", "revision"]
        return list(reader)


@pytest.fixture(scope="module")
def surnames(root: Path) -> list[str]:
    lines = (root / "mapping" / "data" / "surnames.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_region_codes_are_six_digits_unique_and_sorted(regions: list[dict[str, str]]) -> None:
    codes = [row["code"] for row in regions]
    assert len(codes) > 3000
    assert all(len(code) == 6 and code.isascii() and code.isdigit() for code in codes)
    assert codes == sorted(set(codes))


def test_regions_have_a_name_and_a_revision(regions: list[dict[str, str]]) -> None:
    assert {row["revision"] for row in regions} == {"2019-04", "2020-12", "2023-06"}
    assert [row for row in regions if not row["name"] or row["name"] != row["name"].strip()] == []
    assert [row for row in regions if row["name"] in {"市辖区", "县"} or "直辖县级" in row["name"]] == []


def test_a_retired_code_leaves_the_name_to_its_successor(regions: list[dict[str, str]]) -> None:
    """A name must stay unique in its province: 崇川区 is 320613, and no longer 320602 too."""
    current = {(row["code"][:2], row["name"]) for row in regions if row["revision"] == "2023-06"}
    retired = [row for row in regions if row["revision"] != "2023-06"]
    assert len(retired) >= 50
    assert [row for row in retired if (row["code"][:2], row["name"]) in current] == []


def test_regions_of_every_level_are_there(regions: list[dict[str, str]]) -> None:
    codes = [row["code"] for row in regions]
    assert len([code for code in codes if code.endswith("0000")]) == 34
    assert len([code for code in codes if code.endswith("00") and not code.endswith("0000")]) >= 330
    assert len([code for code in codes if not code.endswith("00")]) >= 2800


def test_every_region_has_its_province(regions: list[dict[str, str]]) -> None:
    codes = {row["code"] for row in regions}
    assert [code for code in codes if code[:2] + "0000" not in codes] == []


@pytest.mark.parametrize(("code", "name"), KNOWN.items())
def test_a_known_region_is_there(regions: list[dict[str, str]], code: str, name: str) -> None:
    assert {row["code"]: row["name"] for row in regions}[code] == name


def test_surnames_are_chinese_characters_and_unique(surnames: list[str]) -> None:
    assert len(surnames) >= 400
    assert len(set(surnames)) == len(surnames)
    assert all(1 <= len(name) <= 2 and all("\u4e00" <= sign <= "\u9fff" for sign in name) for name in surnames)


def test_common_surnames_come_first_and_compound_ones_last(surnames: list[str]) -> None:
    assert surnames[:5] == ["王", "李", "张", "刘", "陈"]
    compound = [name for name in surnames if len(name) == 2]
    assert len(compound) >= 50
    assert surnames[-len(compound) :] == compound == sorted(compound)
    assert {"欧阳", "司马", "诸葛", "上官"} <= set(compound)
    singles = surnames[100 : -len(compound)]
    assert singles == sorted(singles)
