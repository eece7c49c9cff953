"""Documents in whatever state: each is built with its notices or left out with the reason, and the others go on."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mapping.built import BuiltDocument, Quarantined
from mapping.cli import main
from mapping.commands.options import LEFT_OUT
from mapping.decode import MAXIMUM_BYTES
from mapping.errors import SourceError
from mapping.gather import gather
from mapping.pipeline import build_document
from mapping.sources import Source
from mapping.verify import verify

BASE = "http://localhost:8000/"
GOOD = """某县总工会

2024年部门预算公开

2024年支出预算总表

单位：万元

| 项目 | 预算数 |
|--|--|
| 一、教育支出 | 5.00 |
"""

UNPLACED = """云岭县教育局2025年部门预算
2025年收入预算总表
单位：元
科目编码 科目名称 合计 财政拨款 事业收入
205 教育支出 9,000 9,000
20501 教育管理事务 4,000 4,000
20502 普通教育 5,000 5,000
"""


def built(tmp_path: Path, data: bytes, name: str = "a.txt") -> BuiltDocument | Quarantined:
    path = tmp_path / name
    path.write_bytes(data)
    return build_document(Source(path, (name,), None), BASE)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"\x00\x01\x02\x03" * 50, "not a text file"),
        (
            "云屏縣文化局2024年預算\n收入\t支出\n1.00\t1.00\n".encode("big5"),
            "no word of a budget in it when read as GB18030",
        ),
        (b"%PDF-1.5\n%\xe2\xe3", "a PDF file"),
        (b"x" * (MAXIMUM_BYTES + 1), "split the file"),
        (b"a\tb\n" + b"1\t" * 400 + b"\n", "more than 300 columns"),
    ],
)
def test_what_cannot_be_read_is_left_out_with_the_remedy(tmp_path: Path, data: bytes, reason: str) -> None:
    result = built(tmp_path, data)
    assert isinstance(result, Quarantined)
    assert reason in result.reason
    assert str(tmp_path) not in result.reason


@pytest.mark.parametrize(
    ("data", "notice"),
    [
        (GOOD.encode("gb18030"), "read as gb18030"),
        (GOOD[GOOD.index("单位") :].encode(), "tables without a title"),
        (GOOD.replace("单位：万元\n\n", "").encode(), "figures without a unit"),
        ("只有一段话，没有表格。".encode(), "no table found"),
        (
            "一段话。\n教育支出 60.00 30.00\n科学支出 6.00 3.00\n".encode(),
            "parted by blanks or lines alone, which do not",
        ),
        ("一段话。\n教育支出 60.00 30.00\n科学支出 6.00 3.00\n".encode(), "between the cells: line 2-3"),
        ("项目 |\n预算数 |\n决算数 |\n教育 |\n60.00 |\n".encode(), "between the cells: line"),
        ("项目 |\n预算数 |\n决算数 |\n教育 |\n1,060 |\n".encode(), "between the cells: line 5"),
        ("一段话。\n教育支出 1,060 1,030\n".encode(), "between the cells: line 2"),
        ("一段话。\n一、教育支出 1,060二、科学支出 1,030\n".encode(), "between the cells: line 2"),
        ("一段话。\n教育支出\n1,060\n".encode(), "between the cells: line 3"),
        (UNPLACED.encode(), "but for the totals, as nobody can tell their columns: line 5-7"),
        ((GOOD + "\n教育支出 60.00 30.00\n").encode(), "not read, rows of tables"),
        ('科目,合计,基本\n教育,"1,060.00",30.00\n科学,6.00,3.00\n'.encode(), "parted by commas, as in CSV"),
        ("江水东流，不舍昼夜。\n".encode(), "no word of a budget or of accounts in it"),
        (("仅供内部审核\n\n" + GOOD).encode(), "marked as a draft"),
        (GOOD.replace("预算公开", "预算（送审稿）").encode(), "marked as a draft"),
    ],
)
def test_what_can_be_read_is_built_and_says_what_is_odd(tmp_path: Path, data: bytes, notice: str) -> None:
    result = built(tmp_path, data)
    assert isinstance(result, BuiltDocument)
    assert any(notice in words for words in result.notices)


@pytest.mark.parametrize("cut", range(5, 100, 10))
def test_a_truncated_document_is_built(tmp_path: Path, samples: Path, cut: int) -> None:
    whole = (samples / "pingxiang-2023-budget.txt").read_text(encoding="utf-8")
    result = built(tmp_path, whole[: len(whole) * cut // 100].encode())
    assert isinstance(result, BuiltDocument)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_document_is_built_and_conforms(tmp_path: Path, samples: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = sorted(samples.glob("*.txt"))
    lines = chance.choice(files).read_text(encoding="utf-8").split("\n")
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(lines))
        damage = chance.choice(["drop", "repeat", "blank", "cut", "tabs", "digit"])
        if damage == "drop" and len(lines) > 20:
            del lines[at : at + chance.randint(1, 4)]
        elif damage == "repeat":
            lines.insert(at, chance.choice(lines))
        elif damage == "blank":
            lines[at] = ""
        elif damage == "cut":
            lines[at] = lines[at][: len(lines[at]) // 2]
        elif damage == "tabs":
            lines[at] = lines[at].replace("|", "\t")
        else:
            lines[at] = lines[at].replace("0", chance.choice(["", "|", "\t", "，", "合计"]))
    result = built(tmp_path, "\n".join(lines).encode())
    assert isinstance(result, BuiltDocument), result


def test_broken_files_do_not_stop_the_others(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "good.txt").write_text(GOOD, encoding="utf-8")
    (documents / "chinese.txt").write_bytes(GOOD.replace("5.00", "6.00").encode("gb18030"))
    (documents / "empty.txt").write_bytes(b"")
    (documents / "binary.dat").write_bytes(bytes(range(256)))
    (documents / "huge.txt").write_bytes(b"\n" * 50_000_000)
    result = run("build", documents, "--out", tmp_path / "out")
    assert result.exit_code == LEFT_OUT
    for name, reason in (("empty.txt", "empty"), ("binary.dat", "not"), ("huge.txt", "50,000,000 bytes")):
        assert f"left out: {name}: " in result.stderr
        assert reason in result.stderr
    assert "note: chinese.txt: read as gb18030" in result.stderr
    assert verify((tmp_path / "out" / "current").resolve()) == []
    assert "2 documents" in result.stdout


def test_only_broken_files_leave_the_release_before(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    assert run("build", tmp_path / "a.txt", "--out", tmp_path / "out").exit_code == 0
    before = (tmp_path / "out" / "current").resolve()
    (tmp_path / "b.txt").write_bytes(b"")
    assert run("build", tmp_path / "b.txt", "--out", tmp_path / "out").exit_code == LEFT_OUT
    assert (tmp_path / "out" / "current").resolve() == before


def test_names_are_paths_below_what_was_given(tmp_path: Path) -> None:
    for folder, words in (("north", "5.00"), ("south", "6.00"), ("twin", "5.00")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "budget.txt").write_text(GOOD.replace("5.00", words), encoding="utf-8")
    (tmp_path / "README.md").write_text("about", encoding="utf-8")
    (tmp_path / ".hidden").write_text("no", encoding="utf-8")
    whole = gather([tmp_path])
    assert [source.names for source in whole] == [
        ("north/budget.txt", "twin/budget.txt"),
        ("south/budget.txt",),
    ]
    apart = gather([tmp_path / "north", tmp_path / "south" / "budget.txt"])
    assert [source.names for source in apart] == [("north/budget.txt",), ("south/budget.txt",)]
    assert [source.names for source in gather([tmp_path / "north"])] == [("budget.txt",)]


def test_files_of_one_name_are_two_documents(tmp_path: Path) -> None:
    for folder, words in (("north", "5.00"), ("south", "6.00")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "budget.txt").write_text(GOOD.replace("5.00", words), encoding="utf-8")
    run("build", tmp_path / "north", tmp_path / "south", "--out", tmp_path / "out")
    figures = run("query", "figures", "--data", tmp_path / "out", "--format", "csv").stdout.splitlines()
    assert [line.split(",")[0] for line in figures[1:]] == ["north/budget.txt", "south/budget.txt"]


def test_a_path_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        gather([tmp_path / "nowhere"])
    with pytest.raises(SourceError, match="no document in"):
        gather([tmp_path])


def test_the_same_bytes_come_out_whatever_the_jobs_and_the_place(tmp_path: Path, samples: Path) -> None:
    dumps = []
    for jobs in (1, 2):
        words = ["build", str(samples), "--out", str(tmp_path / str(jobs)), "--jobs", str(jobs)]
        code = f"from mapping.cli import main; main({words!r})"
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env={"PYTHONHASHSEED": str(jobs)})
        dumps.append((tmp_path / str(jobs) / "current" / "dump.nq").read_bytes())
    assert dumps[0] == dumps[1]
    assert len(dumps[0]) > 1_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text(GOOD, encoding="utf-8")
    return folder


def test_a_folder_that_cannot_be_read_is_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "locked").mkdir()
    (folder / "locked/b.txt").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(os, "scandir", _closed(os.scandir, "locked"))
    result = run("build", folder, "--out", folder.parent / "out", "--jobs", 1)
    assert result.exit_code == LEFT_OUT
    assert "left out: locked/: cannot be read: " in result.stderr
    assert "1 document in release" in result.stdout
    alone = run("build", folder / "locked", "--out", folder.parent / "fresh", "--jobs", 1)
    assert alone.exit_code == LEFT_OUT
    assert "left out: locked/: cannot be read: " in alone.stderr
    assert alone.stderr.splitlines()[-1] == "no release is made, nothing could be read"


def _closed(scandir: Callable[[Any], Any], name: str) -> Callable[[Any], Any]:
    """What lists folders, all but those of one name."""

    def scan(path: Any) -> Any:
        if isinstance(path, str) and Path(path).name == name:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    return scan


def test_a_link_to_a_folder_is_left_out_by_name_but_for_one_to_a_release(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/b.txt").write_text(GOOD, encoding="utf-8")
    (folder / "more").symlink_to("../elsewhere")
    for _ in range(2):  # the second time beside the release of the first, and the link to it
        result = run("build", folder, "--out", folder / "out", "--jobs", 1)
        assert result.exit_code == LEFT_OUT
        assert result.stderr.count("left out: ") == 1
        assert "left out: more/: it is a link to the folder ../elsewhere, which is not followed" in result.stderr
        assert "1 document in release" in result.stdout


def test_a_link_to_a_document_takes_nothing_from_it(folder: Path) -> None:
    (folder / "z.txt").symlink_to("a.txt")
    (folder / "sources.csv").write_text("file,status\na.txt,reviewDraft\n", encoding="utf-8")
    for paths in ([folder], [folder, folder / "z.txt"], [folder / "z.txt", folder]):
        (source,) = gather(paths)
        assert (source.names, source.record and source.record.status) == (("a.txt",), "reviewDraft")


def test_a_document_named_twice_keeps_what_either_folder_says_of_it(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "a.txt").rename(folder / "sub" / "a.txt")
    (folder / "sources.csv").write_text("file,status\nsub/a.txt,withdrawn\n", encoding="utf-8")
    for paths in ([folder, folder / "sub"], [folder / "sub", folder]):
        (source,) = gather(paths)
        assert source.record
        assert source.record.status == "withdrawn"


def test_a_link_to_nothing_is_left_out(folder: Path) -> None:
    (folder / "b.txt").symlink_to("nowhere.txt")
    (folder / "loop").symlink_to("loop")
    result = run("build", folder, "--out", folder.parent / "out")
    assert result.exit_code == LEFT_OUT
    assert "left out: b.txt: cannot be read: it is a link to nowhere.txt, where nothing is" in result.stderr
    assert "left out: loop: cannot be read: " in result.stderr


@pytest.mark.parametrize(
    ("name", "shown"), [("预算.txt".encode("gb18030"), "预算.txt"), (b"\xff\xfe%.txt", "%FF%FE%.txt")]
)
def test_a_name_that_is_not_utf_8_is_read_and_shown(folder: Path, name: bytes, shown: str) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(GOOD.replace("5.00", "6.00"), encoding="utf-8")
    (folder / "sources.csv").write_text(f"file,publisher\n{shown},某县财政局\n", encoding="utf-8")
    result = run("build", folder, "--out", folder.parent / "out")
    assert result.exit_code == 0, result.stderr
    assert f"note: {shown}: its path is not UTF-8 and is shown as it could be read: rename it" in result.stderr
    assert shown in run("query", "documents", "--data", folder.parent / "out", "--format", "csv").stdout
    assert "某县财政局" in (folder.parent / "out/current/dump.nq").read_text(encoding="utf-8")


def test_documents_that_are_there_twice_are_noted(folder: Path) -> None:
    (folder / "b.txt").write_text(GOOD, encoding="utf-8")
    (folder / "c.txt").write_bytes(GOOD.encode("gb18030"))
    result = run("build", folder, "--out", folder.parent / "out")
    assert "note: a.txt: the same bytes lie at b.txt: one document" in result.stderr
    assert "note: c.txt: the same text as a.txt in other bytes: a document of its own" in result.stderr


def test_what_the_table_of_sources_says_otherwise_is_noted(folder: Path) -> None:
    rows = "file,year,kind,replaces\na.txt,2023,accounts,z.txt\n"
    (folder / "sources.csv").write_text(rows, encoding="utf-8")
    result = run("build", folder, "--out", folder.parent / "out")
    assert "note: a.txt: sources.csv, column year: 2023, but the document itself says 2024" in result.stderr
    assert "column kind: accounts, but the document itself says budget" in result.stderr
    assert "note: a.txt: sources.csv, column replaces: no document here is called 'z.txt'" in result.stderr


def test_what_the_table_of_sources_says_alike_is_not(folder: Path) -> None:
    (folder / "b.txt").write_text(GOOD.replace("5.00", "6.00"), encoding="utf-8")
    rows = "file,year,kind,replaces\na.txt,2024,budget,b.txt\n"
    (folder / "sources.csv").write_text(rows, encoding="utf-8")
    assert "sources.csv" not in run("build", folder, "--out", folder.parent / "out").stderr


def test_what_stays_is_said_where_nothing_could_be_read(folder: Path) -> None:
    run("build", folder, "--out", folder.parent / "out")
    (folder / "a.txt").write_bytes(b"")
    result = run("build", folder, "--out", folder.parent / "out")
    name = (folder.parent / "out/current").resolve().name
    assert result.stderr.splitlines()[-1] == f"no release is made, nothing could be read: release {name} stays current"


@pytest.mark.parametrize("out", ["documents/a.txt", "documents/a.txt/below"])
def test_a_target_that_cannot_be_is_refused_before_anything_is_read(folder: Path, out: str) -> None:
    result = run("build", folder, "--out", folder.parent / out)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [f"Error: {folder / 'a.txt'} is a file, not a folder: choose another --out"]
