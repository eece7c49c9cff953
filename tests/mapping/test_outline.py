"""Rows without numbering or indentation: which are parts of which, by their sums alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mapping.amounts import PrintedAmount
from mapping.facts import Facts, assemble
from mapping.outline import outline
from mapping.read import read
from mapping.rows import Line

HEAD = "关于云岭县2030年财政决算的报告\n\n云岭县财政局\n\n"


def line(*amounts: str) -> Line:
    values = {
        column: PrintedAmount(one, Decimal(one), len(one.partition(".")[2]))
        for column, one in enumerate(amounts)
        if one
    }
    return Line(0, "", "", 0, values)


def facts(title: str, headings: str, *rows: str) -> Facts:
    lines = "\n".join(one.replace("|", "\t") for one in (headings, *rows))
    return assemble(read(f"{HEAD}{title}\n单位：万元\n\n{lines}\n".encode()), None)


def parts(found: Facts, heading: str) -> dict[str, list[str]]:
    """The rows that each row is the sum of in a column."""
    told = [one for one in found.figures if one.column_path == heading and one.sum_of_rows]
    return {one.row_label: [part.row_label for part in one.sum_of_rows] for one in told}


def test_the_only_way_that_adds_up_tells_which_rows_are_parts_of_which() -> None:
    rows = [line(one) for one in ("30", "10", "10", "20", "15", "5", "7")]
    assert outline(line("37"), rows) == {0: None, 1: 0, 2: 1, 3: 0, 4: 3, 5: 3, 6: None}


def test_a_blank_row_stands_beside_the_one_before_it() -> None:
    assert outline(line("9"), [line("9"), line(""), line("6"), line("3"), line("")]) == {
        0: None,
        1: None,
        2: 0,
        3: 0,
        4: 0,
    }


@pytest.mark.parametrize("rows", [("5", "5", "5"), ("17", "4")])
def test_two_ways_or_none_tell_nothing(rows: tuple[str, ...]) -> None:
    assert outline(line("10"), [line(one) for one in rows]) is None


def test_rounding_is_allowed_where_no_way_adds_up_to_the_digit() -> None:
    rows = [line(one) for one in ("101", "50", "50", "20", "20")]
    assert outline(line("121"), rows) == {0: None, 1: 0, 2: 0, 3: None, 4: 3}
    assert outline(line("127"), rows) is None


def test_a_column_that_no_part_prints_is_not_compared() -> None:
    rows = [line("30", "12"), line("", "8"), line("", "4"), line("10", "5")]
    assert outline(line("40", "17"), rows) == {0: None, 1: 0, 2: 0, 3: None}


def test_what_is_taken_off_is_a_part() -> None:
    rows = [line(one) for one in ("-5", "-8", "3", "25")]
    assert outline(line("20"), rows) == {0: None, 1: 0, 2: 0, 3: None}


def test_rows_below_a_number_have_parts_of_their_own() -> None:
    found = facts(
        "2030年政府性基金预算收入表",
        "项目|年初预算数|第一次调整|调整后预算数",
        "收入总计|100|20|120",
        "一、政府性基金收入|60|15|75",
        "水库移民扶持基金收入|30|5|35",
        "大中型水库库区基金收入|10||10",
        "小型水库移民扶助基金收入|20|5|25",
        "彩票公益金收入|30|10|40",
        "二、上级补助收入|25||25",
        "三、债务收入|10|5|15",
        "四、上年结转收入|5||5",
    )
    assert parts(found, "调整后预算数") == {
        "收入总计": ["一、政府性基金收入", "二、上级补助收入", "三、债务收入", "四、上年结转收入"],
        "一、政府性基金收入": ["水库移民扶持基金收入", "彩票公益金收入"],
        "水库移民扶持基金收入": ["大中型水库库区基金收入", "小型水库移民扶助基金收入"],
    }


def test_a_whole_table_without_marks_is_read_by_its_sums() -> None:
    found = facts(
        "2030年国有资本经营预算支出决算表",
        "项目|调整预算数|决算数",
        "合计|30|12",
        "解决历史遗留问题及改革成本支出|20|9",
        "厂办大集体改革支出||",
        "国有企业改革成本支出|12|6",
        "其他改革成本支出|8|3",
        "其他国有资本经营预算支出（款）|10|3",
        "其他国有资本经营预算支出（项）|10|3",
    )
    assert parts(found, "决算数")["合计"] == ["解决历史遗留问题及改革成本支出", "其他国有资本经营预算支出（款）"]


def test_what_no_sum_explains_is_only_some_of_the_numbered_row_that_the_total_counts() -> None:
    found = facts(
        "2030年政府性基金预算收入表",
        "项目|决算数",
        "收入总计|90",
        "一、政府性基金收入|60",
        "彩票公益金收入|21",
        "污水处理费收入|11",
        "二、上级补助收入|30",
    )
    assert parts(found, "决算数") == {"收入总计": ["一、政府性基金收入", "二、上级补助收入"]}
    assert {one.row_role for one in found.figures if "费" in one.row_label or "公益金" in one.row_label} == {"memo"}


def test_rows_behind_the_word_for_parts_make_up_the_unmarked_row_above() -> None:
    found = facts(
        "2030年政府性基金预算支出表",
        "项目|决算数",
        "合计|50",
        "一、其他支出|50",
        "彩票公益金安排的支出|30",
        "其中：用于社会福利的支出|18",
        "用于体育事业的支出|12",
        "彩票发行业务费安排的支出|20",
    )
    assert parts(found, "决算数")["彩票公益金安排的支出"] == ["其中：用于社会福利的支出", "用于体育事业的支出"]
    assert parts(found, "决算数")["合计"] == ["一、其他支出"]


@pytest.mark.parametrize("deep", ["    ", "     "])
def test_rows_of_another_page_are_parts_of_what_adds_up_however_they_are_indented(deep: str) -> None:
    found = facts(
        "2030年省级一般公共预算支出决算表",
        "项目|决算数",
        "一、科学技术支出|100",
        "  基础研究|60",
        "    自然科学基金|40",
        "    青少年科技活动|14",
        f"{deep}其他基础研究支出|6",
        "  技术研究与开发|40",
        f"{deep}共性技术研究与开发|40",
    )
    assert parts(found, "决算数") == {
        "一、科学技术支出": ["基础研究", "技术研究与开发"],
        "基础研究": ["自然科学基金", "青少年科技活动", "其他基础研究支出"],
        "技术研究与开发": ["共性技术研究与开发"],
    }


def test_a_wrong_sum_stays_where_the_rows_stand() -> None:
    found = facts(
        "2030年省级一般公共预算支出决算表",
        "项目|决算数",
        "一、科学技术支出|100",
        "  基础研究|60",
        "    自然科学基金|40",
        "    其他基础研究支出|10",
        "  技术研究与开发|40",
    )
    assert parts(found, "决算数")["基础研究"] == ["自然科学基金", "其他基础研究支出"]


def test_a_row_that_stands_there_twice_is_no_part_of_itself() -> None:
    rows = ("项目|决算数", "合计|90", "办公设备购置|60", "会议室改造|30", "会议室改造|30")
    assert parts(facts("2030年国有资本经营预算支出决算表", *rows), "决算数") == {
        "合计": ["办公设备购置", "会议室改造", "会议室改造"]
    }
