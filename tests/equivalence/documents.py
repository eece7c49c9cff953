"""Small invented documents of one table and the sentences about it, consistent to the last fen, in three layouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

LAYOUTS = ("pipe", "tab", "cells")
# Classes as the yearly classification prints them, each with what is below it.
_FUNCTIONS = (
    (("204", "公共安全支出"), ("20406", "司法"), ("2040601", "行政运行"), ("2040607", "公共法律服务")),
    (("210", "卫生健康支出"), ("21004", "公共卫生"), ("2100401", "疾病预防控制机构"), ("2100402", "卫生监督机构")),
    (("221", "住房保障支出"), ("22102", "住房改革支出"), ("2210201", "住房公积金"), ("2210203", "购房补贴")),
    (("206", "科学技术支出"), ("20607", "科学技术普及"), ("2060702", "科普活动"), ("2060705", "科技馆站")),
    (("213", "农林水支出"), ("21301", "农业农村"), ("2130101", "行政运行"), ("2130108", "病虫害控制")),
)  # fmt: skip
_ECONOMIC = (
    (("301", "工资福利支出"), ("30101", "基本工资"), ("30102", "津贴补贴")),
    (("302", "商品和服务支出"), ("30201", "办公费"), ("30228", "工会经费")),
    (("303", "对个人和家庭的补助"), ("30302", "退休费"), ("30305", "生活补助")),
)
_TOTALS = {"支出总表": "支出总计", "一般公共预算基本支出表": "一般公共预算基本支出"}
_PLACES = ("江沙市", "泗原县", "云岭区", "安渠镇")
_OFFICES = ("科普馆", "农业农村局", "卫生监督所", "人民政府办公室", "图书馆")
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SmallDocument:
    """The parts of a document: what stands above the table, its rows with the header first, and sentences below it."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    said: tuple[str, ...]
    layout: str

    def text(self) -> bytes:
        """The document as a file."""
        return "\n".join([*self.head, "", *_LAID_OUT[self.layout](self.rows), "", *self.said, ""]).encode()


def small_document(random: Random) -> SmallDocument:
    """A consistent document: every total is the sum of its parts, and the text repeats the table."""
    year, name = random.randint(2021, 2026), random.choice(_PLACES) + random.choice(_OFFICES)
    title, rows = random.choice((_by_function, _by_economic_class, _both_sides))(random)
    head = (f"{year}年{name}部门预算公开", "", title, random.choice(("单位：万元", "金额单位：万元")))
    return SmallDocument(head, rows, _sentences(year, name, title, rows), random.choice(LAYOUTS))


def _sentences(year: int, name: str, title: str, rows: Sequence[Row]) -> Row:
    if title == "收支总表":
        return (f"{name}{year}年收入总计{rows[-1][1]}万元，支出总计{rows[-1][3]}万元。",)
    parts = "".join(f"，{head}{amount}万元" for head, amount in zip(rows[0][3:], rows[1][3:], strict=True))
    total = f"{name}{year}年{_TOTALS[title]}{rows[1][2]}万元"
    return (f"{total}，其中：{parts[1:]}。" if parts else f"{total}。",)


def _amount(random: Random) -> int:
    """Hundredths, rarely none."""
    return 0 if random.random() < 0.05 else random.randint(1, 10 ** random.randint(2, 5))


def _printed(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _by_function(random: Random) -> tuple[str, tuple[Row, ...]]:
    wide = random.random() < 0.3
    top, section, *items = random.choice(_FUNCTIONS)
    below = [(*item, _amount(random), _amount(random) if wide else 0) for item in items[: random.randint(1, 2)]]
    basic, projects = sum(row[2] for row in below), sum(row[3] for row in below)
    above = [(*top, basic, projects), (*section, basic, projects)][: random.randint(1, 2)]
    return "支出总表", _table([("", "合计", basic, projects), *above, *below], ("基本支出", "项目支出") if wide else ())


def _by_economic_class(random: Random) -> tuple[str, tuple[Row, ...]]:
    wide = random.random() < 0.3
    rows: list[tuple[str, str, int, int]] = []
    sums = [0, 0]
    for top, *items in random.sample(_ECONOMIC, 2):
        side = int(wide and top[0] == "302")
        amounts = [_amount(random) for _ in range(random.randint(1, 2))]
        sums[side] += sum(amounts)
        named = [(*top, sum(amounts)), *((*item, amount) for item, amount in zip(items, amounts, strict=False))]
        rows += [(code, name, 0, amount) if side else (code, name, amount, 0) for code, name, amount in named]
    table = _table([("", "合计", sums[0], sums[1]), *rows], ("人员经费", "公用经费") if wide else ())
    return "一般公共预算基本支出表", table


def _table(rows: Sequence[tuple[str, str, int, int]], parts: Sequence[str]) -> tuple[Row, ...]:
    """The rows of code, name and two amounts with their sum, then the amounts where they have a heading."""
    printed = [
        (code, name, _printed(one + other), *((_printed(one), _printed(other)) if parts else ()))
        for code, name, one, other in rows
    ]
    return (("科目编码", "科目名称", "合计", *parts), *printed)


def _both_sides(random: Random) -> tuple[str, tuple[Row, ...]]:
    spent = [_amount(random), _amount(random)]
    earned = random.randint(0, sum(spent))
    total = _printed(sum(spent))
    return "收支总表", (
        ("项目", "预算数", "项目", "预算数"),
        ("一、一般公共预算拨款收入", _printed(earned), "一、科学技术支出", _printed(spent[0])),
        ("二、事业收入", _printed(sum(spent) - earned), "二、住房保障支出", _printed(spent[1])),
        ("收入总计", total, "支出总计", total),
    )


def _piped(rows: Sequence[Row]) -> list[str]:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]


def _tabbed(rows: Sequence[Row]) -> list[str]:
    return ["\t".join(row) for row in rows]


def _celled(rows: Sequence[Row]) -> list[str]:
    return [line for row in rows for line in (*(f"\t{cell}" for cell in row), "")]


_LAID_OUT = {"pipe": _piped, "tab": _tabbed, "cells": _celled}
