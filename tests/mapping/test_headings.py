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
