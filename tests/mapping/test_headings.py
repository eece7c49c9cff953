"""Headings of several levels in every text form: each stands over its columns, or the table says that it is open."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.header import column_paths
from mapping.read import read
from mapping.recognise import recognise
from tests.mapping.headings import FORMS, expenditure, income, paths, printed, three_public, two_sided

TABLES = {
    "“三公”经费支出表": three_public,
    "部门收入总表": income,
    "部门支出总表": expenditure,
    "部门收支总表": two_sided,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("title", TABLES)
@settings(max_examples=10)
@given(seed=st.integers(0, 10**6))
def test_headings_stand_over_their_columns(form: str, title: str, seed: int) -> None:
    random = Random(seed)
    trees = TABLES[title](random)
    text = f"云屏市水文局2031年部门预算\n\n{title}\n单位：万元\n\n{printed(trees, random, form, 6)}\n\n二、说明如下。\n"
    (table,) = read(text.encode()).tables
    if form == "cells printed once" and title == "部门收支总表" and not table.told:
        return  # nothing says where 序号 and 行次 stand
    assert table.told
    assert list(column_paths(table.rows[: table.header_rows], table.width)) == paths(trees)


def test_a_table_whose_headings_may_stand_in_two_ways_has_no_amounts() -> None:
    """小计 and its parts under either year: the figures do not add up to tell which."""
    head = ["科目名称 2030年执行数 2031年预算数", "小计 基本支出 项目支出"]
    body = ["教育支出 7.00 1.00 2.00 4.00", "卫生支出 6.00 5.00 1.00 3.00", "农业支出 5.00 5.00 5.00 5.00"]
    text = "\n\n".join("\n".join("\t" + cell for cell in row.split()) for row in (*head, *body))
    (table,) = recognise(read(f"云屏市预算\n\n部门支出总表\n单位：万元\n\n{text}\n\n二、说明如下。\n".encode()))
    assert not table.table.told
    assert [column.kind for column in table.columns[1:]] == ["untold"] * 4
    assert not table.empty


def test_a_column_of_offices_covers_no_funds() -> None:
    head = ["项目名称 项目单位 项目类型 合计 财政拨款", "一般公共预算 政府性基金"]
    body = ["测站维修 水文局 运转类 7.00 5.00 2.00", "设备购置 水文局 特定目标类 6.00 6.00 0.00"]
    text = "\n\n".join("\n".join("\t" + cell for cell in row.split()) for row in (*head, *body))
    (table,) = recognise(read(f"云屏市预算\n\n项目支出表\n单位：万元\n\n{text}\n\n二、说明如下。\n".encode()))
    assert table.table.told
    assert [column.printed_path for column in table.columns[3:]] == [
        "合计",
        "财政拨款/一般公共预算",
        "财政拨款/政府性基金",
    ]


def ruled(form: str, rows: str) -> bytes:
    """A budget of one table whose cells stand between bars or tabs, or each in a line; `-` is a blank one."""
    cells = [["" if cell == "-" else cell for cell in row.split()] for row in rows.splitlines()]
    lines = ["\t".join(row) if form == "tab" else f"| {' | '.join(row)} |" for row in cells]
    if form == "pipe":
        lines.insert(1, "|---|---|")
    if form == "cell":
        lines = ["\n" + "\n".join("\t" + cell for cell in row) for row in cells]
    body = "\n".join(lines)
    return f"云屏市预算\n\n部门支出表\n单位：万元\n{body}\n\n二、说明如下。\n".encode()


YEARS = """科目编码 科目名称 2030年 2031年
- - 基本支出 项目支出 基本支出 项目支出
合计 38.00 10.00 40.00 12.60
204 公共安全支出 38.00 10.00 40.00 12.60
20499 其他公共安全支出 38.00 10.00 40.00 12.60"""
SIDES = """收入 支出
项目 预算数 项目 预算数
财政拨款收入 5.00 教育支出 5.10
其他收入 0.30 住房保障支出 0.20"""
LEVELS = """预算数 决算数
合计 公务用车购置及运行费 公务接待费 合计 公务用车购置及运行费 公务接待费
小计 公务用车购置费 公务用车运行费 小计 公务用车购置费 公务用车运行费
1 2 3 4 5 6 7 8 9 10
4.50 3.50 0.00 3.50 1.00 3.92 3.45 0.00 3.45 0.47"""
CAR = "公务用车购置及运行费"


@pytest.mark.parametrize("form", ["tab", "pipe"])
@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (YEARS, ["2030年/基本支出", "2030年/项目支出", "2031年/基本支出", "2031年/项目支出"]),
        (SIDES, ["收入/预算数", "支出/预算数"]),
        (
            LEVELS,
            [
                f"{phase}/{part}"
                for phase in ("预算数", "决算数")
                for part in (
                    "合计",
                    f"{CAR}/小计",
                    f"{CAR}/公务用车购置费",
                    f"{CAR}/公务用车运行费",
                    "公务接待费",
                )
            ],
        ),
    ],
)
def test_merged_headings_that_bars_or_tabs_part_once_stand_over_what_they_cover(
    form: str, rows: str, wanted: list[str]
) -> None:
    (table,) = recognise(read(ruled(form, rows)))
    assert table.table.told
    assert [column.printed_path for column in table.columns if column.kind == "amount"] == wanted


@pytest.mark.parametrize("form", ["tab", "pipe"])
@pytest.mark.parametrize(
    "rows",
    [
        "项目 甲方资金 乙方资金\n- 子 丑 寅 卯 辰\n堤防 3.00 4.00 5.00 6.00 7.00\n水闸 1.00 1.00 2.00 2.00 3.00",
        "项目 2030年 2031年\n堤防 3.00 4.00 5.00 6.00\n水闸 1.00 1.00 2.00 2.00",
    ],
)
def test_where_nothing_says_what_merged_headings_cover_no_amount_is_read(form: str, rows: str) -> None:
    (table,) = recognise(read(ruled(form, rows)))
    assert not table.table.told
    assert not any(column.kind == "amount" for column in table.columns)


ADDED = "堤防 3.00 9.00 4.00 5.00\n水闸 1.00 5.00 2.00 3.00\n闸房 2.00 6.00 6.00 0"
LAST = "堤防 4.00 5.00 9.00 3.00\n水闸 2.00 3.00 5.00 1.00\n闸房 6.00 0 6.00 2.00"


@pytest.mark.parametrize("form", ["tab", "pipe", "cell"])
@pytest.mark.parametrize(
    ("lower", "body", "wanted"),
    [
        ("甲级 合计 乙级 丙级", ADDED, ["上期/甲级", "本期/合计", "本期/乙级", "本期/丙级"]),
        ("甲级 乙级 合计 丙级", LAST, ["上期/甲级", "上期/乙级", "上期/合计", "本期/丙级"]),
    ],
)
def test_a_total_stands_under_the_heading_of_what_makes_it_up(
    form: str, lower: str, body: str, wanted: list[str]
) -> None:
    (table,) = recognise(read(ruled(form, f"项目 上期 本期\n- {lower}\n{body}")))
    assert [column.printed_path for column in table.columns[1:]] == wanted
    assert table.table.told


@pytest.mark.parametrize("form", ["tab", "pipe"])
def test_a_total_that_nothing_makes_up_tells_no_heading(form: str) -> None:
    wrong = "堤防 3.00 7.50 4.00 5.00\n水闸 1.00 4.60 2.00 3.00\n闸房 2.00 6.60 6.00 0"
    both = "堤防 3.00 3.00 3.00 0\n水闸 2.00 2.00 2.00 0\n闸房 4.00 4.00 0 4.00"
    for body in (wrong, both):
        (table,) = recognise(read(ruled(form, f"项目 上期 本期\n- 甲级 合计 乙级 丙级\n{body}")))
        assert not table.table.told


def test_a_total_printed_once_over_code_and_name_has_its_amounts_under_their_headings() -> None:
    (table,) = read(ruled("tab", YEARS)).tables
    assert [cell.plain for cell in table.rows[2]] == ["合计", "", "38.00", "10.00", "40.00", "12.60"]
