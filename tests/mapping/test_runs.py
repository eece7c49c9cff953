"""Runs of text: every character of a document once, cells and cut sentences whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from mapping.document import Document
from mapping.forms import FORMS, read_form
from mapping.passages import read_passages
from mapping.read import read
from mapping.recognise import recognise
from mapping.runs import JOINT, Run, read_runs
from tests.mapping.assembled import assembled

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*/source*.txt"))
CUT = """| 指标 | 指标值 | 指标值确定依据 |
|---|---|---|
| 救助标准 | ≤6150元/人 | 《困难职工救助办法》冀财规 |

| 指标 | 指标值 | 指标值确定依据 |
|---|---|---|
| | | [2022]27号 |
| 慰问标准 | ≤1000元/人 | 上年标准 |
"""


def _runs(document: Document) -> list[Run]:
    tables = recognise(document)
    forms = [read_form(table, None) for table in tables if table.kind in FORMS]
    return list(read_runs(document, tuple(read_passages(document, tables, forms))))


def test_there_are_cases() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize("source", CASES, ids=lambda source: source.parent.name)
def test_every_printed_character_stands_in_one_run(source: Path) -> None:
    document = assembled(source).document
    seen = Counter(place for run in _runs(document) for place in run.places if place != JOINT)
    content = document.text.content
    assert [content[at] for at in range(len(content)) if seen[at] != 1 and not content[at].isspace()] == []


@pytest.mark.parametrize("source", CASES[::7], ids=lambda source: source.parent.name)
def test_a_run_prints_what_stands_at_its_places(source: Path) -> None:
    document = assembled(source).document
    for run in _runs(document):
        assert len(run.text) == len(run.places)
        printed = ("\n" if place == JOINT else document.text.content[place] for place in run.places)
        assert run.text == "".join(printed)


def test_a_cell_that_a_page_cut_is_one_run() -> None:
    document = read(CUT.encode())
    (run,) = (run for run in _runs(document) if "冀财规" in run.text)
    assert run.text == "《困难职工救助办法》冀财规\n[2022]27号"
    quotes = [CUT[span.start : span.end] for span in run.spans(10, len(run.text))]
    assert quotes == ["冀财规", "[2022]27号"]


def test_spans_leave_whitespace_at_their_ends_out() -> None:
    run = Run(" 甲 \n乙", (5, 6, 7, JOINT, 20))
    assert [(span.start, span.end) for span in run.spans(0, 5)] == [(6, 7), (20, 21)]


def test_a_sentence_that_a_page_cut_is_one_run() -> None:
    sentence = "根据上级要求，按《关于进一步加强工会经费财政集中拨付的\n\n- 12 -\n\n通知》安排，"
    text = f"{sentence}2024年预算支出100.00万元。\n"
    document = read(text.encode())
    assert any("拨付的\n通知" in run.text for run in _runs(document))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("| 户 | 依据 |\n|---|---|\n| 甲 | 伊州统发 |\n| | 〔2020〕14号 |\n", "伊州统发\n〔2020〕14号"),
        ("| 户 | 依据 |\n|---|---|\n| 甲 | 内政办发〔2021〕 |\n| - 3 - | |\n| | 71号 |\n", "内政办发〔2021〕\n71号"),
        (
            "| 户 | 依据 |\n|---|---|\n| 甲 | 《关于林木 |\n| | 补助的通知》 |\n| 乙 | 无 |\n",
            "《关于林木\n补助的通知》",
        ),
    ],
)
def test_a_cell_whose_title_or_number_goes_on_below_is_one_run(table: str, words: str) -> None:
    assert words in {run.text for run in _runs(read(table.encode()))}


@pytest.mark.parametrize(
    "table",
    [
        "| 户 | 依据 |\n|---|---|\n| 甲 | 上年标准 |\n| 乙 | 〔2020〕14号 |\n",
        "| 户 | 依据 |\n|---|---|\n| 甲 | 《预算法》 |\n| 乙 | 财预〔2020〕14号 |\n",
        "| 户 | 数 |\n|---|---|\n| 甲 | 2020 |\n| 乙 | 14号楼 |\n",
    ],
)
def test_cells_that_are_whole_stay_apart(table: str) -> None:
    below = table.rstrip("| \n").rpartition("| ")[2]
    assert below in {run.text for run in _runs(read(table.encode()))}


def test_a_sentence_that_goes_on_in_the_next_line_has_one_span() -> None:
    text = "一、主要职能\n\n1.办理取水许可。\n\n2.承担《某省“十四五”水利发展规划》（某政办发〔2021〕53号）、"
    text += "《戊县“十四五”节水规划》（戊政办发\n〔2022〕47号）确定的任务。\n"
    (run,) = (run for run in _runs(read(text.encode())) if "戊县" in run.text)
    start = run.text.index("《戊县")
    assert len(run.spans(start, run.text.rindex("）") + 1)) == 1


def test_lines_that_nothing_stands_between_are_in_one_run() -> None:
    text = (
        "2031年12月，云岭州发展改革委以云发改【2031】\n117号文、云岭省能源集团青山电力有限公司以岭发改（2031】\n"
        "283号文，分别报省发展改革委请求项目核准。\n"
    )
    assert [run.text for run in _runs(read(text.encode()))] == [text]


def test_a_line_that_numbers_a_page_cuts_nothing() -> None:
    text = (
        "依据\n关于下达农村公路养护\n— 17 —\n补助资金的通知（陕财办建〔2021〕186号）\n"
        "甘财教〔2020〕\n第 23 页，共 61 页\n98号\n88\n"
    )
    texts = [run.text for run in _runs(read(text.encode()))]
    assert any("公路养护\n补助资金" in one and "〔2020〕\n98号\n88" in one for one in texts)
    assert {"— 17 —", "第 23 页，共 61 页"} <= set(texts)


def test_the_last_cell_of_a_line_of_tabs_goes_on_in_the_lines_below() -> None:
    text = "依据文号\t冀财农〔2021〕120号\n依据文号\t冀财资环\n〔2021〕\n88号\n合计\n"
    assert "冀财资环\n〔2021〕\n88号" in {run.text for run in _runs(read(text.encode()))}


@pytest.mark.parametrize("page", ["- 10 -", "12"])
def test_a_row_that_a_page_cut_within_a_number_is_one_row(page: str) -> None:
    text = (
        "| 项目名称 | 巡查经费 | | |\n|---|---|---|---|\n| 立项依据 | 冀财农〔2021〕12号；冀财建〔2021〕4\n\n"
        f"{page}\n\n5号；其他 | | |\n| 实施单位 | 戊县水务局 | | |\n"
    )
    document = read(text.encode())
    (table,) = document.tables
    assert [row[0].plain for row in table.rows] == ["项目名称", "立项依据", "实施单位"]
    assert "冀财农〔2021〕12号；冀财建〔2021〕4\n5号；其他" in {run.text for run in _runs(document)}


def test_a_row_without_its_last_bar_above_other_words_is_cut_by_no_page() -> None:
    text = "| 项目 | 依据 | 金额 |\n|---|---|---|\n| 巡查 | 冀财建〔2021〕4\n\n5号 | 见附件\n"
    (table,) = read(text.encode()).tables
    assert [cell.plain for cell in table.rows[1]][:2] == ["巡查", "冀财建〔2021〕4"]
