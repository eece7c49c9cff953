"""`cite` and `yusuan cite`: the citations of a text with their places."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mapping.cite import cite
from mapping.cli import main
from mapping.read import read

TEXT = "依据《关于拨付工会经费的通知》（晋工发【2006】54号）和冀财规[2022]27号。\n\n《工会法》第三十四条规定。\n"
CUT = """| 指标 | 指标值 | 指标值确定依据 |
|---|---|---|
| 救助标准 | ≤6150元/人 | 《河北省困难职工救助办法》冀财规 |

| 指标 | 指标值 | 指标值确定依据 |
|---|---|---|
| | | [2022]27号 |
| 慰问标准 | ≤1000元/人 | 名册 |
"""


def _rows(*arguments: str) -> list[dict[str, str]]:
    result = CliRunner().invoke(main, ["cite", *arguments, "--format", "csv"])
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(result.output.splitlines()))


def test_each_citation_has_its_place_number_title_and_article() -> None:
    rows = _rows(TEXT)
    assert list(rows[0]) == ["line", "start", "end", "quote", "doc_number", "title", "article", "kind", "informal"]
    assert [(row["line"], row["doc_number"], row["title"], row["article"], row["kind"]) for row in rows] == [
        ("1", "晋工发〔2006〕54号", "关于拨付工会经费的通知", "", "docnum"),
        ("1", "冀财规〔2022〕27号", "", "", "docnum"),
        ("3", "", "工会法", "第三十四条", "law"),
    ]
    for row in rows:
        assert TEXT[int(row["start"]) : int(row["end"])] == row["quote"]


def test_a_file_is_read_as_a_disclosure_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(CUT.replace("\n", "\r\n").encode("gb18030"))
    (row,) = _rows(str(path))
    starts, ends = (list(map(int, row[name].split(";"))) for name in ("start", "end"))
    quotes = [CUT[start:end] for start, end in zip(starts, ends, strict=True)]
    assert quotes == ["《河北省困难职工救助办法》冀财规", "[2022]27号"]
    assert (row["quote"], row["doc_number"], row["line"]) == ("".join(quotes), "冀财规〔2022〕27号", "3")


def test_json_has_the_same_names() -> None:
    result = CliRunner().invoke(main, ["cite", TEXT, "--format", "json"])
    said = json.loads(result.output)
    assert [{name: "" if value is None else str(value) for name, value in row.items()} for row in said] == [
        {**row, "informal": row["informal"].capitalize()} for row in _rows(TEXT)
    ]


def test_json_has_the_kinds_that_the_api_has() -> None:
    (said,) = json.loads(CliRunner().invoke(main, ["cite", "按《工会法》执行", "--format", "json"]).output)
    assert (said["line"], said["start"], said["informal"], said["doc_number"]) == (1, "1", False, None)


def test_a_paragraph_longer_than_any_path_is_a_text() -> None:
    result = CliRunner().invoke(main, ["cite", "根据《预算法》和财预〔2016〕143号，" * 60])
    assert (result.exit_code, "(120 rows)" in result.output) == (0, True)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "公开.docx").write_bytes(b"PK\x03\x04")
    result = CliRunner().invoke(main, ["cite", str(tmp_path / "公开.docx")])
    assert (result.exit_code, result.stderr.startswith(f"Error: {tmp_path}/公开.docx: a zip")) == (2, True)


def test_the_table_counts_its_rows() -> None:
    assert "(3 rows)" in CliRunner().invoke(main, ["cite", TEXT]).output


@pytest.mark.parametrize("text", ["", " \n", "项目编码 13070024P00027610002U，解放路54号，2023年12月1日。"])
def test_a_text_may_cite_nothing(text: str) -> None:
    assert cite(text) == []


def test_an_empty_text_on_the_command_line_is_an_error() -> None:
    result = CliRunner().invoke(main, ["cite", ""])
    assert (result.exit_code, "empty" in result.output) == (2, True)


def test_a_name_that_the_text_made_counts_without_signs_from_then_on() -> None:
    text = "《结余资金管理办法》（苏财规〔2016〕18号，下称“18号文”）规定。\n\n动用按18号文第十二条，118号文另有规定。\n"
    assert [(one.title, one.article) for one in cite(text)] == [("结余资金管理办法", None), ("18号文", "第十二条")]
    assert cite("动用按18号文第十二条。") == []


def test_a_name_may_be_made_in_the_bracket_of_a_number_without_more_words() -> None:
    made = "《云岭省专项资金管理办法》（鲁政办发〔2019〕98号，简称98号文）。\n\n单价按98号文第十五条。\n"
    assert [(one.title, one.article) for one in cite(made)][1:] == [("98号文", "第十五条")]
    assert [one.article for one in cite(made.replace("简称", "另见"))] == [None]


def test_a_name_that_only_says_of_what_kind_counts_where_the_text_made_it() -> None:
    text = "《公共场所器械配置指南（试行）》（鲁卫函〔2021〕6号，以下简称《指南》）。\n\n按《指南》第五条布设。\n"
    assert [(one.title, one.article) for one in cite(text)][1:] == [("指南", "第五条")]
    assert cite("按《指南》布设。") == []


LISTED = """附件：文件清单

| 序号 | 文件名称 | 文号 | 备注 |
|---|---|---|---|
| 1 | 关于规范会费管理的通知 | 鲁工办发〔2023〕6号 | |
| 2 | 《云岭县差旅费管理办法》 | 鲁财行〔2024〕1号 | 现行 |
| 3 | 云岭县场地租赁合同 | | 合同，无文号 |
| 4 | 云岭县财务内部控制手册 | 鲁工办发〔2024〕3号 | 现行 |
| 5 | 《云岭县工会2024年责任清单》 | 鲁工办发〔2024〕8号 | |
| 6 | 云岭县办公楼物业合同 | 鲁工办〔2024〕9号 | 合同 |
| 7 | 同上 | 鲁工办发〔2024〕10号 | 附件二 |
"""


def test_title_and_number_in_two_columns_of_a_list_are_one_citation() -> None:
    found = cite(LISTED)
    assert [(one.title, one.doc_number, one.kind, len(one.spans)) for one in found] == [
        ("关于规范会费管理的通知", "鲁工办发〔2023〕6号", "docnum", 2),
        ("云岭县差旅费管理办法", "鲁财行〔2024〕1号", "docnum", 2),
        ("云岭县财务内部控制手册", "鲁工办发〔2024〕3号", "docnum", 2),
        ("云岭县工会2024年责任清单", "鲁工办发〔2024〕8号", "docnum", 2),
        (None, "鲁工办〔2024〕9号", "docnum", 1),
        (None, "鲁工办发〔2024〕10号", "docnum", 1),
    ]
    quotes = ["".join(LISTED[span.start : span.end] for span in one.spans) for one in found]
    assert quotes[1] == "《云岭县差旅费管理办法》鲁财行〔2024〕1号"


@pytest.mark.parametrize(
    ("heading", "numbers"),
    [
        ("文件", "文号"),
        ("现行制度", "文号"),
        ("设立依据（文件名称）", "发文字号"),
        ("政策依据(名称)", "政策文号"),
        ("依据", "文号"),
        ("立项依据文件名称", "文号"),
        ("政策依据文件", "依据文号"),
        ("项目设立依据的制度名称", "设立依据文号"),
    ],
)
def test_the_columns_of_a_list_may_be_headed_by_one_word(heading: str, numbers: str) -> None:
    found = cite(LISTED.replace("文件名称", heading).replace("文号 |", f"{numbers} |", 1))
    assert (found[1].title, found[1].doc_number) == ("云岭县差旅费管理办法", "鲁财行〔2024〕1号")


@pytest.mark.parametrize(
    ("heading", "numbers"),
    [("文件数量", "文号"), ("文件", "合同编号"), ("管理要求", "文号"), ("立项依据", "立项批复文号")],
)
def test_other_headings_are_none_of_titles_and_numbers(heading: str, numbers: str) -> None:
    found = cite(LISTED.replace("文件名称", heading).replace("文号 |", f"{numbers} |", 1))
    assert all(one.doc_number is None or one.title is None for one in found)


def test_other_columns_part_a_title_from_a_number() -> None:
    other = LISTED.replace("| 文号 |", "| 依据 |")
    assert [(one.title, one.doc_number) for one in cite(other)][:2] == [
        ("关于规范会费管理的通知", None),
        (None, "鲁工办发〔2023〕6号"),
    ]


@pytest.mark.parametrize(
    ("above", "below", "numbers"),
    [
        ("《关于印发排放办法的通知》", "（津政办规〔2020〕22号）", ["津政办规〔2020〕22号"]),
        ("鄂政办发〔2016〕15号、", "29号", ["鄂政办发〔2016〕15号", "鄂政办发〔2016〕29号"]),
        ("鄂政办发〔2016〕15号", "29号", ["鄂政办发〔2016〕15号"]),
    ],
)
def test_a_citation_goes_on_in_the_next_row(above: str, below: str, numbers: list[str]) -> None:
    text = f"| 项目名称 | 护岸 |\n|---|---|\n| 立项依据 | {above} |\n| | {below} |\n| 实施单位 | 航道站 |\n"
    assert [one.doc_number for one in cite(text)] == numbers


def test_no_cell_goes_on_with_the_heading_of_a_part() -> None:
    cells = "\t项目名称\n\t航标维护\n\n\t年度目标\n\t维护航标{rest}"
    (first, *_) = read(cells.format(rest="\n十二座。\n第四部分 名词解释\n一、港口建设费。\n").encode()).tables
    assert first.rows[-1][-1].text == "维护航标\n十二座。"


def test_the_number_of_a_case_is_not_that_of_the_law_after_it() -> None:
    rows = _rows("（2021）鲁0283民初77号 《中华人民共和国工会法》（以下简称《工会法》）第四十二条")
    said = [(row["kind"], row["doc_number"], row["title"], row["article"]) for row in rows]
    assert said == [
        ("case", "（2021）鲁0283民初77号", "", ""),
        ("law", "", "中华人民共和国工会法", "第四十二条"),
    ]


@pytest.mark.parametrize("what", ["/nope/x.txt", "x.txt", "folder/预算", "x.md", "missing-file.pdf"])
def test_a_path_of_nothing_is_noted(what: str) -> None:
    result = CliRunner().invoke(main, ["cite", what])
    assert (result.exit_code, f"note: there is no file {what}" in result.stderr) == (0, True)


@pytest.mark.parametrize("what", [TEXT, "《工会法》第三条", "晋工发〔2006〕54号"])
def test_a_text_is_taken_for_a_text(what: str) -> None:
    assert "no file" not in CliRunner().invoke(main, ["cite", what]).stderr


def test_standard_input_is_read() -> None:
    result = CliRunner().invoke(main, ["cite", "-", "--format", "csv"], input=TEXT.encode("gb18030"))
    assert list(csv.DictReader(result.output.splitlines())) == _rows(TEXT)


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["cite", str(tmp_path)])
    assert (result.exit_code, "is a folder: name a file" in result.output) == (2, True)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("执行财农〔2006〕18号。上述财农18号文同时废止。", ["财农〔2006〕18号", "财农〔2006〕18号"]),
        ("执行财农〔2006〕18号、财农〔2016〕18号。上述财农18号文废止。", ["财农〔2006〕18号", "财农〔2016〕18号"]),
        ("上述财农18号文废止。", []),
        ("执行财农〔2006〕18号。依据财农18号文发放。", ["财农〔2006〕18号", "财农〔2006〕18号"]),
        ("执行财农〔2006〕18号。按照上述财农18号文发放。", ["财农〔2006〕18号", "财农〔2006〕18号"]),
        ("执行财农〔2006〕18号。上述18号文废止。", ["财农〔2006〕18号", "财农〔2006〕18号"]),
        ("执行财农〔2006〕18号、财社〔2009〕18号。上述18号文废止。", ["财农〔2006〕18号", "财社〔2009〕18号"]),
        ("执行财农〔2006〕18号。上述财农18号文化墙。", ["财农〔2006〕18号"]),
        ("执行鲁财农〔2006〕18号。鲁财农18号资金，按鲁财农18号。", ["鲁财农〔2006〕18号"] * 3),
        ("执行鲁财农〔2006〕18号。上述鲁财\n农18号文废止。", ["鲁财农〔2006〕18号"] * 2),
        ("执行鲁财农〔2006〕18号。指标依据：鲁财农18号文", ["鲁财农〔2006〕18号"] * 2),
        ("执行鲁财农〔2006〕18号。按照鲁财农18号文发放。", ["鲁财农〔2006〕18号"] * 2),
        ("执行鲁财农〔2006〕18号。备注：鲁财农18号文化墙", ["鲁财农〔2006〕18号"]),
        ("执行鲁财农〔2006〕18号。\n\n鲁财农18号文：指该通知。", ["鲁财农〔2006〕18号"]),
        ("执行鲁财农〔2006〕18号。鲁财农18号楼；财农18号资金。", ["鲁财农〔2006〕18号"]),
    ],
)
def test_a_number_without_its_year_points_to_the_only_one_before(text: str, numbers: list[str]) -> None:
    assert [one.doc_number for one in cite(text)] == numbers


BARE = """附件

YN-11\t云岭省抗震审查技术要点（试行）\t云建震〔2030〕178号\t有效
YN-12\t云岭省隔震促进规定\t云岭住建厅公告第54号\t有效
YN-13\t关于有关事项的通知\t云建科〔2031〕42号\t有效
YN-14\t云岭省房屋租赁合同\t云建科〔2031〕43号\t有效
"""


def test_title_and_number_side_by_side_in_a_list_without_headings_are_one_citation() -> None:
    assert [(one.title, one.doc_number) for one in cite(BARE)] == [
        ("云岭省抗震审查技术要点（试行）", "云建震〔2030〕178号"),
        ("云岭省隔震促进规定", "云岭住建厅公告第54号"),
        ("关于有关事项的通知", "云建科〔2031〕42号"),
        (None, "云建科〔2031〕43号"),
    ]


def test_who_issued_a_document_may_stand_between_its_title_and_its_number() -> None:
    found = cite(
        "附件\n\n1\t领导能上能下规定\t中共中央办公厅\t中办发〔2030〕40号\n2\t兼职规定\t财务科\t中办发〔2030〕41号\n"
    )
    assert [(one.title, one.doc_number) for one in found] == [
        ("领导能上能下规定", "中办发〔2030〕40号"),
        (None, "中办发〔2030〕41号"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        # a heading, a project's name, a place of its own, two numbers, a plan
        "项目\t依据\n云岭县资金管理办法\t鲁财行〔2030〕1号\n",
        "农村公路养护工程\t鲁财行〔2030〕1号\n云岭县资金管理办法\t鲁财行〔2030〕2号\n",
        "广东省资金管理办法\t桂财农〔2030〕1号\n广西资金管理办法使用\t桂财农〔2030〕2号\n",
        "资金管理暂行办法\t鲁财行〔2030〕1号\t鲁财行〔2030〕2号\n资金使用暂行办法\t鲁财行〔2030〕3号\t鲁财行〔2030〕4号\n",
        "云岭县乡村建设规划\t鲁财行〔2030〕1号\n云岭县水利规划\t鲁财行〔2030〕2号\n",
    ],
)
def test_other_cells_side_by_side_are_not_one_citation(rows: str) -> None:
    assert all(one.doc_number is None or one.title is None for one in cite(f"附件\n\n{rows}"))
