"""sources.csv: every spelling that an office may send is read, and every mistake is named with its place."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.errors import ManifestError
from mapping.sources import COLUMNS, SourceRecord, read_sources

FULL = {
    "file": "青山/2024.txt",
    "url": "https://example.org/公开/2024?id=1",
    "published": "2024-02-29",
    "retrieved": "2024-03-05",
    "publisher": "青山县总工会",
    "region": "140500",
    "unit_code": "007",
    "year": "2024",
    "kind": "accounts",
    "status": "superseded",
    "replaces": "2024初稿.txt",
    "licence": "https://creativecommons.org/licenses/by/4.0/",
}
RECORD = SourceRecord(
    file="青山/2024.txt",
    url="https://example.org/公开/2024?id=1",
    published=date(2024, 2, 29),
    retrieved=date(2024, 3, 5),
    publisher="青山县总工会",
    region="140500",
    unit_code="007",
    year=2024,
    kind="accounts",
    status="superseded",
    replaces="2024初稿.txt",
    licence="https://creativecommons.org/licenses/by/4.0/",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "青山").mkdir()
    for name in ("青山/2024.txt", "a.txt", "b.txt"):
        (tmp_path / name).write_text("预算")
    return tmp_path


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "sources.csv").write_bytes(text.encode(encoding))
    return folder


def table(*rows: list[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


def test_without_the_file_nothing_is_known(folder: Path) -> None:
    assert read_sources(folder) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_full_row_is_read_in_every_encoding(folder: Path, encoding: str) -> None:
    written(folder, table(list(FULL), list(FULL.values())), encoding)
    assert read_sources(folder) == {"青山/2024.txt": RECORD}
    assert RECORD.missing == ()


@given(columns=st.permutations(COLUMNS), kept=st.integers(1, len(COLUMNS)))
def test_any_subset_of_columns_in_any_order_means_the_same(
    tmp_path_factory: pytest.TempPathFactory, columns: list[str], kept: int
) -> None:
    folder = tmp_path_factory.mktemp("sources")
    (folder / "青山").mkdir()
    (folder / "青山/2024.txt").write_text("预算")
    said = [*(name for name in columns[:kept] if name != "file"), "file"]
    record = read_sources(written(folder, table(said, [FULL[name] for name in said])))["青山/2024.txt"]
    for name in COLUMNS:
        assert getattr(record, name) == (getattr(RECORD, name) if name in said else None)
    assert set(record.missing) == set(COLUMNS) - set(said)


def test_an_empty_cell_says_nothing(folder: Path) -> None:
    records = read_sources(written(folder, "file,year,publisher\na.txt,, \nb.txt,2024\n\n,,\n"))
    assert records == {"a.txt": SourceRecord("a.txt"), "b.txt": SourceRecord("b.txt", year=2024)}


def test_line_ends_and_quotation_marks_of_spreadsheets_are_read(folder: Path) -> None:
    records = read_sources(written(folder, 'file,publisher\r\n"a.txt","甲,""乙"""\r\n'))
    assert records["a.txt"].publisher == '甲,"乙"'


def test_a_file_is_keyed_by_its_plain_path(folder: Path) -> None:
    assert list(read_sources(written(folder, "file\n./青山//2024.txt\n"))) == ["青山/2024.txt"]


MISTAKES = [
    ("file,stand\na.txt,x\n", "row 1, column 2: 'stand' is unknown; known columns are file, url, published"),
    ("file,year,year\na.txt,2024,2024\n", "row 1, column 3: year comes twice"),
    ("year\n2024\n", "row 1: the column file is missing"),
    ("", "row 1: the column file is missing"),
    ("file,year\n,2024\n", "row 2, column file: is empty"),
    ("file\na.txt\nc.txt\n", "row 3, column file: there is no c.txt in this folder"),
    ("file\n青山\\2024.txt\n", "write / between folders"),
    ("file\n../a.txt\n", "row 2, column file: '../a.txt' leaves the folder"),
    ("file\n/a.txt\n", "row 2, column file: '/a.txt' leaves the folder"),
    ("file\na.txt\n\na.txt\n", "row 4: a.txt has row 2 already"),
    ("file\na.txt,2024\n", "row 2: 2 cells under 1 columns"),
    ("file,published\na.txt,2024年3月1日\n", "row 2, column published: '2024年3月1日' is no date; write"),
    ("file,published\na.txt,20240301\n", "row 2, column published: '20240301' is no date; write"),
    ("file,retrieved\na.txt,2023-02-29\n", "row 2, column retrieved: '2023-02-29' is no day of the calendar"),
    ("file,region\na.txt,1405\n", "row 2, column region: '1405' is no region; write the six digits"),
    ("file,unit_code\na.txt,711-1\n", "row 2, column unit_code: '711-1' is no unit code"),
    ("file,year\na.txt,24\n", "row 2, column year: '24' is no year"),
    ("file,year\na.txt,２０２４\n", "row 2, column year: '２０２４' is no year"),
    ("file,kind\na.txt,决算\n", "row 2, column kind: '决算' is not known; write one of budget, accounts"),
    ("file,status\na.txt,draft\n", "one of published, reviewDraft, superseded, withdrawn, unknown"),
    ("file,url\na.txt,example.org/a\n", "row 2, column url: 'example.org/a' is no address"),
    ("file,url\na.txt,https://example.org/a b\n", "is no address"),
    ("file,licence\na.txt,https://e.org/<a>\n", "row 2, column licence"),
    ("File,year\na.txt,2024\n", "row 1, column 1: 'File' is unknown, write file;"),
    ("file;year\na.txt;2024\n", "'file;year' is unknown, separate columns by a comma (,), not by ';'"),
    ("file，year\na.txt，2024\n", "separate columns by a comma (,), not by '，'"),
    ("file,replaces\na.txt,a.txt\n", "row 2, column replaces: a document cannot replace itself"),
    ('file\n"a.txt\n', "row 2: unexpected end of data; close every quotation mark"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_a_mistake_is_named_with_place_and_remedy(folder: Path, text: str, message: str) -> None:
    with pytest.raises(ManifestError, match=re.escape(message)) as caught:
        read_sources(written(folder, text))
    assert "sources.csv" in str(caught.value)


def test_every_column_that_can_be_wrong_has_a_mistake() -> None:
    assert len(MISTAKES) >= 20
    named = {name for name in COLUMNS for text, _ in MISTAKES if name in text.split("\n")[0].split(",")}
    assert set(COLUMNS) - named == {"publisher"}


def test_every_mistake_of_the_file_is_named_at_once(folder: Path) -> None:
    rows = "file,year,kind\na.txt,24,决算\nc.txt,2024,budget\nb.txt,2024,budget,x\nb.txt,2024,budgets\n"
    with pytest.raises(ManifestError) as caught:
        read_sources(written(folder, rows))
    places = [str(line).partition("sources.csv, ")[2].partition(":")[0] for line in caught.value.args]
    assert places == ["row 2, column year", "row 2, column kind", "row 3, column file", "row 5, column kind", "row 4"]
    assert str(caught.value).count("\n") == 4


def test_a_column_that_is_unknown_hides_no_other_mistake(folder: Path) -> None:
    with pytest.raises(ManifestError) as caught:
        read_sources(written(folder, "file,stand,year\na.txt,x,24\n"))
    places = [str(line).partition("sources.csv, ")[2].partition(":")[0] for line in caught.value.args]
    assert places == ["row 2, column year", "row 1, column 2"]


def test_a_folder_in_the_place_of_the_file_is_refused(folder: Path) -> None:
    (folder / "sources.csv").mkdir()
    with pytest.raises(ManifestError, match="is a folder, not a file"):
        read_sources(folder)


def test_bytes_that_are_no_text_are_refused(folder: Path) -> None:
    (folder / "sources.csv").write_bytes(b"file\n\xff\xff\n")
    with pytest.raises(ManifestError, match="neither UTF-8 nor GB18030"):
        read_sources(folder)
