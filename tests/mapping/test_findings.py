"""Findings as RDF and as lists: what a document with a wrong total comes to, and one without."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import Graph, Namespace
from rdflib.namespace import RDF, SH

from mapping.cli import main
from mapping.errors import SourceError
from mapping.read import read
from mapping.report import Listed, office_rows, reason_in_chinese
from mapping.validate import validate
from mapping.verify import verify
from server.workbook import Sheet, workbook

DEF = Namespace("https://w3id.org/yusuan/def#")
RIGHT = """青山县总工会2024年部门预算

表1 部门收支总表
单位：万元
收入\t金额\t支出\t金额
一、一般公共预算拨款收入\t30.00\t一、一般公共服务支出\t20.00
二、其他收入\t5.00\t二、社会保障和就业支出\t15.00
收入总计\t35.00\t支出总计\t35.00
"""
WRONG = RIGHT.replace("15.00", "14.00").replace("青山", "绿水")


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One right and one wrong document, and a release of both."""
    folder = tmp_path_factory.mktemp("findings")
    (folder / "documents").mkdir()
    for name, text in (("right.txt", RIGHT), ("wrong.txt", WRONG)):
        (folder / "documents" / name).write_text(text, encoding="utf-8")
    assert run("build", folder / "documents", "--out", folder / "data").exit_code == 0
    return folder


def reports(folder: Path) -> Graph:
    turtle = run("audit", "--data", folder / "data", "--format", "ttl").stdout
    return Graph().parse(data=turtle, format="turtle")


def test_the_audit_is_a_shacl_report_a_document(folder: Path) -> None:
    graph = reports(folder)
    found = graph.subjects(RDF.type, SH.ValidationReport)
    said = sorted(graph.value(report, SH.conforms).toPython() for report in found)  # type: ignore[union-attr]
    assert said == [False, True]
    (finding,) = graph.subjects(RDF.type, DEF.Finding)
    assert (finding, RDF.type, SH.ValidationResult) in graph
    assert str(graph.value(finding, SH.value)) == str(graph.value(finding, DEF.found)).removesuffix("万元") == "35.00"
    assert (str(graph.value(finding, DEF.expected)), str(graph.value(finding, DEF.lines))) == ("34万元", "6,7,8")


def test_findings_conform_to_their_own_shapes(folder: Path) -> None:
    for file in (folder / "data/current/findings").iterdir():
        assert validate(file.read_text(encoding="utf-8")) == []


def test_a_finding_that_was_removed_is_missed_by_verify(folder: Path, tmp_path: Path) -> None:
    run("build", folder / "documents", "--out", tmp_path)
    (place,) = [each for each in (tmp_path / "current/findings").iterdir() if "Finding>" in each.read_text()]
    lines = place.read_text(encoding="utf-8").splitlines(keepends=True)
    place.write_text("".join(line for line in lines if "/finding/" not in line), encoding="utf-8")
    assert any("the audit of its facts" in failure.problem for failure in verify(tmp_path / "current"))


def test_the_same_contradiction_elsewhere_has_the_same_key(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "later.txt").write_text(WRONG.replace("表1", "\n\n说明。\n表1"), encoding="utf-8")
    run("build", tmp_path / "later.txt", "--out", tmp_path / "data")
    (before,), (after,) = (set(reports(each).objects(None, DEF.findingKey)) for each in (folder, tmp_path))
    assert before == after
    other = WRONG.replace("14.00", "13.00")
    (tmp_path / "later.txt").write_text(other, encoding="utf-8")
    run("build", tmp_path / "later.txt", "--out", tmp_path / "data")
    assert set(reports(tmp_path).objects(None, DEF.findingKey)) != {before}


# --- audit ---


def test_the_list_says_in_both_languages_what_stands_where(folder: Path) -> None:
    result = run("audit", "--data", folder / "data")
    assert result.exit_code == 1
    for words in ("矛盾 violation  row-sum  wrong.txt:6,7,8", "“支出总计”", "printed 35.00万元", "“14.00”"):
        assert words in result.stdout
    assert "1 finding: 1 contradiction, 0 doubts, 0 hints" in result.stdout
    assert "金额 12 处" in result.stdout


def test_csv_is_the_question_findings(folder: Path) -> None:
    audited = run("audit", "--data", folder / "data", "--format", "csv")
    assert audited.stdout == run("query", "findings", "--data", folder / "data", "--format", "csv").stdout
    assert audited.exit_code == 1


def test_json_has_the_cells(folder: Path) -> None:
    (finding,) = json.loads(run("audit", "--data", folder / "data", "--format", "json").stdout)
    assert [cell["quote"] for cell in finding["cells"]] == ["20.00", "14.00", "35.00"]


def test_without_contradictions_the_exit_code_is_0(folder: Path, tmp_path: Path) -> None:
    run("build", folder / "documents/right.txt", "--out", tmp_path)
    assert run("audit", "--data", tmp_path).exit_code == 0


# --- check ---


def test_an_office_is_told_in_chinese_without_words_of_rdf(folder: Path) -> None:
    result = run("check", folder / "documents/wrong.txt")
    assert result.exit_code == 1
    assert "【矛盾】wrong.txt　表1 部门收支总表" in result.stdout
    assert "建议：" in result.stdout
    assert not any(word in result.stdout.lower() for word in ("http", "sparql", "rdf", "shacl", "违规"))


def test_a_right_document_has_no_problem(folder: Path) -> None:
    result = run("check", folder / "documents/right.txt")
    assert (result.exit_code, result.stdout) == (0, "未发现问题\n")


def test_a_check_says_at_once_that_it_reads(folder: Path) -> None:
    result = run("check", folder / "documents/right.txt")
    assert result.stderr.startswith("正在读取")
    assert "正在读取" not in result.stdout


def test_check_keeps_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("check", folder / "documents/wrong.txt")
    assert list(tmp_path.iterdir()) == []


def test_the_table_as_csv_and_json(folder: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(run("check", folder / "documents/wrong.txt", "--format", "csv").stdout))
    (same,) = json.loads(run("check", folder / "documents/wrong.txt", "--format", "json").stdout)
    assert row == same
    assert (row["severity"], row["table"], row["lines"]) == ("矛盾", "表1 部门收支总表", "6,7,8")
    assert (row["found"], row["expected"], row["rule"]) == ("35.00万元", "34万元", "row-sum")


def test_the_spreadsheet_holds_the_same(folder: Path) -> None:
    content = run("check", folder / "documents/wrong.txt", "--format", "xlsx").stdout_bytes
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = book.read("xl/sharedStrings.xml").decode("utf-8")
    for words in ("原文", "建议", "矛盾", "表1 部门收支总表", "34万元"):
        assert words in strings


def test_a_cell_is_text_whatever_it_begins_with() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(Sheet("清单", ["问题"], [["=1+1"], ["@SUM(A1)"]])))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
        assert "=1+1" in book.read("xl/sharedStrings.xml").decode("utf-8")
    assert "<f>" not in sheet


def test_a_file_that_cannot_be_read_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02" * 100)
    result = run("check", tmp_path / "bad.txt", folder / "documents/right.txt")
    assert result.exit_code == 3
    assert result.stderr == "正在读取\n未能读取 bad.txt：不是文本文件（含控制字符）：请另存为纯文本\n"
    assert result.stdout == "已检查 1 份文件，未发现问题；另有 1 份未能读取，未作检查\n"
    alone = run("check", tmp_path / "bad.txt")
    assert (alone.exit_code, alone.stdout) == (3, "未作检查：1 份文件均未能读取\n")


def test_tables_that_cannot_be_read_are_told(folder: Path, tmp_path: Path) -> None:
    text = "黟县水利局\n项目支出绩效自评表\n项目资金 年度资金总额 10.00 9.50 95.00\n"
    (tmp_path / "blanks.txt").write_text(text, encoding="utf-8")
    result = run("check", tmp_path / "blanks.txt")
    assert (result.exit_code, result.stdout) == (0, "未发现问题；有表格未能读取，未作检查\n")
    assert "注意 blanks.txt：第 3 行似为表格" in result.stderr
    both = run("check", tmp_path / "blanks.txt", folder / "documents/right.txt")
    assert both.stdout == "未发现问题；其中 1 份文件有表格未能读取，未作检查\n"


NOTICED = {
    "没有标题": "某县总工会的预算如下，请审阅。\n\n科目\t2024年预算数\n工资\t3.00\n",
    "没有找到表格": "某县总工会2024年部门预算\n\n收入预算3.00万元。\n",
    "没有预决算用语": "某县总工会\n\n今日晴。\n",
    "未注明单位": "某县总工会2024年部门预算\n\n支出总表\n科目\t2024年预算数\n工资\t3.00\n",
    "送审": "某县总工会2024年部门预算（送审稿）\n\n收入预算3.00万元。\n",
    "不可见字符": "某县总工会2024年部门预算\n\n收入预算\u200b3.00万元。\n",
    "逗号分隔": "某县总工会2024年部门预算\n\n工资,3.00,2.00\n津贴,4.00,1.00\n",
}


@pytest.mark.parametrize(("words", "text"), NOTICED.items())
def test_notices_are_told_in_chinese(tmp_path: Path, words: str, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    said = run("check", tmp_path / "a.txt").stderr
    assert words in said
    assert not re.search("[a-z]{3}", said.replace("a.txt", ""))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.5",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0",
        b"{\\rtf",
        b"<html>",
        b"\x00",
        "预算\n".encode("utf-16-le"),
        b"\xff\xfe\x00\xd8\x00",
        b"\xff\xff",
        b"x" * 30_000,
        b"x\n" * 9_000_000,
        b"a\tb\n" + b"1\t" * 400 + b"\n",
        b"- 1 -\n",
    ],
)
def test_why_a_file_cannot_be_read_is_said_in_chinese(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        read(data)
    said = reason_in_chinese(str(caught.value))
    assert said != str(caught.value)
    assert "：" in said


def test_a_place_is_quoted_once() -> None:
    row = dict.fromkeys(("source", "lines", "message_zh", "found", "expected"), "x")
    cell = {"line": "7", "quote": "36.70", "table": ""}
    (office,) = office_rows([Listed({**row, "severity": "violation", "rule": "row-sum"}, (cell, cell))])
    assert office[4] == "7行“36.70”"


def test_amounts_that_two_places_state_are_comparable_though_their_key_is_open(tmp_path: Path) -> None:
    text = """云屏县文化局2024年度部门决算

一般公共预算财政拨款“三公”经费支出决算表
单位：元
预算数\t\t\t\t\t\t决算数\t\t\t\t\t
合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费
\t\t小计\t公务用车购置费\t公务用车运行费\t\t\t\t小计\t公务用车购置费\t公务用车运行费\t
90,000.00\t\t50,000.00\t\t50,000.00\t40,000.00\t85,000.50\t\t55,000.50\t\t55,000.50\t30,000.00

三、“三公”经费支出决算情况说明
2024年度“三公”经费财政拨款支出预算为9万元，支出决算为9.50万元。
"""
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert run("build", tmp_path / "a.txt", "--out", tmp_path / "out").exit_code == 0
    asked = run("query", "audit-summary", "--data", tmp_path / "out", "--format", "csv").stdout
    (row,) = csv.DictReader(io.StringIO(asked))
    assert (row["violations"], row["amounts"], row["not_comparable"]) == ("1", "10", "8")
    assert "（决算数/合计）" in run("check", tmp_path / "a.txt").stdout


SAID = """绿水县水务局2024年度部门决算

一、收入支出决算总体情况说明
2024年度收入总计1,200.00万元，比上年增加200.00万元，增长18%。
2024年度支出合计1,000.00万元，其中：基本支出600.00万元，占65%；项目支出400.00万元，占40%。
二、“三公”经费
2024年度公务接待费4.00万元，完成年初预算8.00万元的40%，接待20批次，批均0.30万元；公务用车运行维护费8.00万元，比上年10.00万元减少3.00万元。
三、其他说明
2024年度收入总计1,300.00万元。
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_message_on_the_text_quotes_what_it_speaks_of(tmp_path: Path, language: str) -> None:
    (tmp_path / "said.txt").write_text(SAID, encoding="utf-8")
    assert run("build", tmp_path / "said.txt", "--out", tmp_path / "data").exit_code == 0
    listed = csv.DictReader(io.StringIO(run("audit", "--data", tmp_path / "data", "--format", "csv").stdout))
    said = {row["rule"]: row[f"message_{language}"] for row in listed if row["severity"] == "violation"}
    quoted = {
        rule: next((each for each in re.findall("“([^”]+)”", text) if each in SAID), "") for rule, text in said.items()
    }
    assert quoted == {
        "growth-rate": "2024年度收入总计1,200.00万元",
        "text-against-text": "2024年度收入总计1,200.00万元",
        "share-of-whole": "基本支出600.00万元",
        "completion-rate": "2024年度公务接待费4.00万元",
        "average": "2024年度公务接待费4.00万元",
        "change-amount": "公务用车运行维护费8.00万元",
    }
