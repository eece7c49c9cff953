"""Counts of running text and those that a table prints of the same."""

import pytest

from mapping.facts import assemble
from mapping.read import read

TABLE = """
“三公”经费支出决算表

| 项目 | 行次 | 预算数 | 统计数 |
|---|---|---|---|
| （一）支出合计 | 1 | — | — |
| 国内公务接待批次（个） | 2 | 30 | 24 |
| 国内公务接待人次（人） | 3 | 300 | 216 |
"""


def tied(text: str, table: str = TABLE) -> list[tuple[str, str]]:
    """The counts of a text that a table prints too, with what it prints."""
    facts = assemble(read(f"北川县林业局2023年度部门决算公开\n{table}\n{text}\n".encode()), None)
    printed = {one.spans: one.printed.printed for one in facts.quantities}
    return [
        (facts.statements[one.at].printed, printed[one.to])
        for one in facts.ties
        if one.name == "tabledAs" and not isinstance(one.to, int)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年国内公务接待24批次，接待216人次。", [("24", "24"), ("216", "216")]),
        ("2023年国内公务接待42批次（其中：外事接待1批次）。", [("42", "24")]),
        ("2022年国内公务接待42批次。", []),
        ("2023年国内公务接待42批次。2023年国内公务接待24批次。", []),
        ("2023年国内公务接待约42批次。", []),
    ],
)
def test_a_count_of_the_year_is_that_of_its_row(text: str, expected: list[tuple[str, str]]) -> None:
    assert tied(text) == expected


def test_a_plan_is_none_of_what_was_done() -> None:
    assert tied("2023年国内公务接待24批次。", TABLE.replace("统计数", "调整预算数")) == []


UNITS = """
| 单位名称 | 编制人数 | 在职人数 | 退休人数 |
|---|---|---|---|
| 北川县林业局机关 | 20 | 18 | 12 |
| 北川县苗圃 | 40 | 39 | 24 |
| 合计 | 60 | 57 | 36 |
"""


def announced(line: str, table: str = UNITS) -> list[tuple[str, str]]:
    """The same where the line stands above the table."""
    return tied(table, f"机构设置\n{line}\n")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("核定编制60名，年末在职57人、退休63人，具体为：", [("60", "60"), ("57", "57"), ("63", "36")]),
        ("核定编制60名，年末在职75人，详见下表：", [("60", "60"), ("75", "57")]),
        ("核定编制60名，年末在职75人，具体如下：\n机构人员情况表\n单位：人", [("60", "60"), ("75", "57")]),
        ("在职75人，具体如下：\n苗圃有林地9亩，在山上。\n", []),
        ("机关在职36人，详见下表：", []),
        ("核定事业编制40名、行政编制20名，年末在职75人，详见下表：", [("75", "57")]),
        ("核定编制60名，年末在职75人。", []),  # the table may be of some units
        ("核定编制60名，年末在职75人，详见下表。\n苗圃另有护林员9人，在职75人。", []),
        ("北川县苗圃在职39人，详见下表。", []),
        ("年末在职75人，其中县城在职40人，详见下表：", [("75", "57")]),
        ("核定编制60名，年末在职57人、退休12人，具体为：", [("60", "60"), ("57", "57"), ("12", "36")]),
        ("核定编制20名，年末在职18人、退休12人，具体为：", []),  # it may tell of the first unit
        ("核定编制60名，机关退休12人，具体为：", [("60", "60")]),
    ],
)
def test_a_count_of_staff_is_the_total_of_the_table_that_it_announces(
    line: str, expected: list[tuple[str, str]]
) -> None:
    assert announced(line) == expected


def test_a_table_of_two_columns_of_one_name_tells_no_total() -> None:
    twice = UNITS.replace("退休人数", "在职人数")
    assert announced("核定编制60名，年末在职75人，详见下表：", twice) == [("60", "60")]
