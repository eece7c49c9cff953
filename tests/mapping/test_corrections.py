"""corrections.csv: every mistake is named with its place, and a build reads the documents as they are corrected."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mapping.cli import main
from mapping.commands.options import LEFT_OUT
from mapping.corrections import COLUMNS, read_corrections
from mapping.document import Correction, Span
from mapping.errors import ManifestError
from mapping.gather import gather

TEXT = """青山县总工会

2024年部门预算公开

2024年支出预算总表

单位：万元

| 项目 | 预算数 |
|--|--|
| 一、教育支出 | 5.OO |
| 二、其他支出 | 3.00 |
"""
AT = TEXT.index("5.OO")
SPAN = f"{AT}-{AT + 4}"
HEADING = ",".join(COLUMNS)
ROW = f"a.txt,{SPAN},5.OO,5.00,与扫描件核对,县审计局"
READ = Correction(Span(AT, AT + 4), "5.OO", "5.00", "与扫描件核对", "县审计局", "")
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "documents"


def written(folder: Path, *rows: str, encoding: str = "utf-8") -> Path:
    (folder / "corrections.csv").write_bytes("".join(f"{row}\n" for row in rows).encode(encoding))
    return folder


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def figures(data: Path) -> list[dict[str, str]]:
    answer = run("query", "figures", "--data", data, "--format", "csv").stdout
    return list(csv.DictReader(io.StringIO(answer)))


def test_without_the_file_nothing_is_corrected(folder: Path) -> None:
    assert read_corrections(folder) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("document", ["a.txt", "./a.txt", DIGEST])
def test_a_row_is_read_by_path_or_digest_in_every_encoding(folder: Path, document: str, encoding: str) -> None:
    written(folder, HEADING, "", ROW.replace("a.txt", document), encoding=encoding)
    assert read_corrections(folder) == {"a.txt": (READ,)}
    assert read_corrections(folder)["a.txt"][0].place == "corrections.csv, row 3"


def test_words_keep_their_blanks_and_other_cells_do_not(folder: Path) -> None:
    (one,) = read_corrections(written(folder, HEADING, 'a.txt, 3-5 , O,"1,0 ", a  b , 县审计局 '))["a.txt"]
    assert (one.span, one.as_read, one.corrected, one.reason, one.who) == (Span(3, 5), " O", "1,0 ", "a b", "县审计局")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["document,span", "a.txt,1-2"], "row 1: the column as_read is missing; known columns are document, span"),
        ([HEADING + ",when"], "row 1, column 7: 'when' is unknown"),
        ([HEADING, ROW.replace("a.txt", "b.txt")], "row 2, column document: there is no b.txt in this folder; correct"),
        ([HEADING, ROW.replace("a.txt", "0" * 64)], "row 2, column document: no file in this folder has the SHA-256"),
        ([HEADING, ROW.replace("a.txt", "../a.txt")], "row 2, column document: '../a.txt' leaves the folder"),
        ([HEADING, ROW.replace("a.txt", "")], "row 2, column document: is empty; write the path"),
        ([HEADING, ROW.replace(SPAN, "")], "row 2, column span: is empty; write where the reading stands"),
        ([HEADING, ROW.replace(SPAN, "10月14日")], "row 2, column span: '10月14日' is no span; write its first"),
        ([HEADING, ROW.replace(SPAN, "14-10")], "row 2, column span: '14-10' is no span"),
        ([HEADING, ROW.replace("5.OO", "")], "row 2, column as_read: is empty; write what stands there"),
        ([HEADING, ROW.replace("5.00", "")], "row 2, column corrected: is empty; write what it should read; to take"),
        ([HEADING, ROW.replace("与扫描件核对", " ")], "row 2, column reason: is empty; write how it is known"),
        ([HEADING, ROW.removesuffix(",县审计局")], "row 2, column who: is empty; write the post or body"),
        ([HEADING, ROW.replace("县审计局", "王小明")], "row 2, column who: '王小明' identifies a person; write a post"),
        ([HEADING, ROW.replace("与扫描件核对", "经办人：王小明")], "row 2, column reason: '经办人：王小明' identifies"),
    ],
)
def test_a_mistake_is_named_with_place_and_remedy(folder: Path, rows: list[str], message: str) -> None:
    with pytest.raises(ManifestError, match=re.escape(message)) as caught:
        read_corrections(written(folder, *rows))
    assert "corrections.csv, row" in str(caught.value)


def test_every_mistake_is_named_at_once(folder: Path) -> None:
    rows = [
        HEADING,
        ROW.replace(SPAN, "5"),
        ROW.replace("a.txt", "b.txt").replace(SPAN, "7-3"),
        ROW.replace("5.OO", ""),
    ]
    with pytest.raises(ManifestError) as caught:
        read_corrections(written(folder, *rows))
    said = [re.search(r"row (\d), column (\w+)", line) for line in caught.value.args]
    assert [one.groups() for one in said if one] == [("2", "span"), ("3", "span"), ("4", "as_read"), ("3", "document")]


def test_corrections_come_with_their_source_and_are_no_document(folder: Path) -> None:
    written(folder, HEADING, ROW)
    assert [(source.names, source.corrections) for source in gather([folder])] == [(("a.txt",), (READ,))]
    assert [source.corrections for source in gather([folder / "a.txt"])] == [(READ,)]
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    assert [(source.names, source.corrections) for source in gather([folder])] == [(("a.txt", "b.txt"), (READ,))]


def test_a_build_reads_as_corrected_and_verifies(folder: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    run("build", folder, "--out", before)
    assert "5.00" not in {row["value"] for row in figures(before)}
    result = run("build", written(folder, HEADING, ROW), "--out", after)
    assert result.exit_code == 0
    assert "note: a.txt: read as corrected, rows of corrections.csv: 1" in result.stderr
    (figure,) = (row for row in figures(after) if row["value"] == "5.00")
    assert (figure["start"], figure["end"], figure["amount_yuan"]) == (str(AT), str(AT + 4), "50000")
    assert run("verify", "--data", after).exit_code == 0
    renditions = [(data / f"current/text/{DIGEST}.txt").read_text(encoding="utf-8") for data in (before, after)]
    assert renditions == [TEXT, TEXT]


def test_the_same_corrections_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    other = ROW.replace(SPAN, f"{AT - 5}-{AT - 3}").replace("5.OO,5.00", "支出,经费")
    dumps = []
    for name, rows in (("one", [ROW, other]), ("two", [other, ROW])):
        run("build", written(folder, HEADING, *rows), "--out", tmp_path / name)
        dumps.append((tmp_path / name / "current/dump.nq").read_bytes())
    assert dumps[0] == dumps[1]


def test_a_trace_shows_the_correction(folder: Path, tmp_path: Path) -> None:
    run("build", written(folder, HEADING, ROW), "--out", tmp_path / "out")
    (figure,) = (row for row in figures(tmp_path / "out") if row["value"] == "5.00")
    shown = run("trace", figure["iri"], "--data", tmp_path / "out").stdout
    assert "corrected-by" in shown
    assert "5.OO → 5.00" in shown
    line = run("trace", f"a.txt:{figure['line']}", "--data", tmp_path / "out").stdout
    assert "Correction" in line


def test_a_correction_that_does_not_fit_leaves_its_document_out(folder: Path, tmp_path: Path) -> None:
    (folder / "b.txt").write_text(TEXT + "\n附注。\n", encoding="utf-8")
    written(folder, HEADING, ROW.replace("5.OO", "6.OO"))
    result = run("build", folder, "--out", tmp_path / "out")
    assert result.exit_code == LEFT_OUT
    message = f"left out: a.txt: corrections.csv, row 2, column as_read: '6.OO' does not stand at {SPAN}, but '5.OO'"
    assert message in result.stderr
    manifest = json.loads((tmp_path / "out/current/manifest.json").read_text(encoding="utf-8"))
    assert [one["source"] for one in manifest["documents"]] == [["b.txt"]]


def test_a_mistake_in_the_file_stops_the_build(folder: Path, tmp_path: Path) -> None:
    result = run("build", written(folder, HEADING, ROW.replace("a.txt", "c.txt")), "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "corrections.csv, row 2, column document: there is no c.txt in this folder" in result.stderr
