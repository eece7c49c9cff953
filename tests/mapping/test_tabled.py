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
