"""Years of running text, and what is compared with what."""

import pytest

from mapping.periods import find_comparisons, find_years


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("2024年度预算", 2024, None),
        ("截至2023年12月31日", 2023, "2023-12-31"),
        ("截止2023年2月末", 2023, "2023-02-28"),
        ("2023年末", 2023, "2023-12-31"),
        ("2026年1月底前完成", 2026, None),
        ("本年安排", 2025, None),
        ("上年末固定资产", 2024, "2024-12-31"),
        ("去年走访", 2024, None),
        ("二〇二四年", 2024, None),
    ],
)
def test_years(text: str, year: int, day: str | None) -> None:
    (found,) = find_years(text)
    assert (found.of(2025), found.day(2025)) == (year, day)


def test_several_years_are_none_of_them() -> None:
    (found,) = find_years("2024年1月至2026年12月")
    assert found.of(2025) is None


def test_carried_over_money_is_no_year() -> None:
    assert find_years("上年结转0万元、上年结余") == ()


@pytest.mark.parametrize(
    ("text", "year", "phase"),
    [
        ("比上年增加", 2024, None),
        ("较2023年预算减少", 2023, "approved"),
        ("与2023年度相比", 2023, None),
        ("比2023年执行数增加", 2023, "executed"),
        ("同比增长", 2024, None),
        ("比年初预算减少", None, "approved"),
    ],
)
def test_comparisons(text: str, year: int | None, phase: str | None) -> None:
    (found,) = find_comparisons(text)
    assert (found.year.of(2025) if found.year else None, found.phase) == (year, phase)
    assert find_years(text, (found,)) == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("对《关于下达2019年度水利计划的通知》中完工的项目安排9万元", []),
        ("2018年公路养护计划中的3个项目安排9万元", []),
        ("按《2019-2021年规划》安排9万元", []),
        ("《2020年部门预算》安排9万元", [2020]),
        ("2021年对《2019年计划》的项目安排9万元", [2021]),
    ],
)
def test_the_year_of_a_document_is_not_that_of_the_money(text: str, years: list[int]) -> None:
    assert [one.year for one in find_years(text)] == years
