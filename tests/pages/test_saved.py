"""Files that people keep and open in a spreadsheet; CSV for programs says what the data say."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from server.workbook import Sheet, harmless, spreadsheet_csv, workbook
from tests.lod.conftest import Counting
from tests.pages.visit import BROWSER, first

MARK = "\ufeff"


@pytest.mark.parametrize(
    "cell", ["=1+1", "@SUM(1)", "+x", "-2+3+cmd|' /C calc'!A0", "\t=1", "\r=1", "\n=1", "＝1", "＠x"]
)
def test_no_cell_computes_anything(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "1", "-3.5", "+1,000.50万元", "-18.28元/户", "−1", "100%", "a=1", "晋工发[2006]54号"]
)
def test_what_computes_nothing_stays(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_spreadsheet_reads_utf_8() -> None:
    assert spreadsheet_csv([["名称"], ["=1"]]).decode() == f"{MARK}名称\r\n'=1\r\n"


def test_the_amounts_of_a_document_are_a_file_for_a_spreadsheet(client: FlaskClient, counting: Counting) -> None:
    page = client.get(first(counting, "?x a def:Document"), headers=BROWSER)
    assert "format=sheet" in page.text
    source = client.get("/api/documents.json").json[0]["source"]  # type: ignore[index]
    sheet, plain = (
        client.get("/query/figures", query_string={"source": source, "format": each}) for each in ("sheet", "csv")
    )
    assert sheet.content_type == plain.content_type == "text/csv; charset=utf-8"
    assert sheet.text == MARK + plain.text
    assert not plain.text.startswith(MARK)
    assert sheet.headers["Content-Disposition"].startswith("attachment; filename=figures-")
    assert plain.headers["Content-Disposition"].startswith("inline; filename=figures-")


def cells(book: bytes, sheet: int = 1) -> list[list[str]]:
    """Return the cells of a sheet: text in quotation marks, numbers without."""
    with zipfile.ZipFile(io.BytesIO(book)) as kept:
        words = re.findall(r"<si><t[^>]*>(.*?)</t></si>", kept.read("xl/sharedStrings.xml").decode(), re.DOTALL)
        rows = re.findall(r"<row .*?</row>", kept.read(f"xl/worksheets/sheet{sheet}.xml").decode(), re.DOTALL)
    read = [re.findall(r'<c r="[A-Z]+\d+" s="\d+"(?: t="(s)")?><v>([^<]*)</v></c>', row) for row in rows]
    return [[f'"{words[int(value)]}"' if text else value for text, value in row] for row in read]


def test_codes_keep_their_zeros_and_amounts_are_numbers() -> None:
    rows: list[list[str | Decimal]] = [["0010102", Decimal("36.70")], ["=1+1", Decimal("1234567890123456.5")]]
    assert cells(workbook(Sheet("a", ["code", "amount"], rows))) == [
        ['"code"', '"amount"'],
        ['"0010102"', "36.7"],
        ['"=1+1"', '"1234567890123456.5"'],
    ]


def test_an_answer_is_a_workbook_that_says_what_it_is(client: FlaskClient) -> None:
    answer = client.get("/query/facts?format=xlsx&measure=basic-expenditure&lang=zh")
    assert answer.content_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert answer.headers["Content-Disposition"] == "attachment; filename=facts-basic-expenditure.xlsx"
    plain = list(csv.DictReader(io.StringIO(client.get("/query/facts?format=csv&measure=basic-expenditure").text)))
    head, first_row, *others = cells(answer.data)
    assert head == [f'"{each}"' for each in plain[0]]
    assert len(others) + 1 == len(plain)
    at = list(plain[0]).index("amount_yuan")
    assert Decimal(first_row[at]) == Decimal(plain[0]["amount_yuan"])
    told = dict(cells(answer.data, 2))
    assert told['"measure"'] == '"口径"'
    assert told['"fiscal_year"'] == '"年度"'
    assert "规范事实" in told['"question"']
    assert told['"release"'].strip('"') in client.get("/").text


def test_the_findings_are_a_file_for_a_spreadsheet(client: FlaskClient) -> None:
    answer = client.get("/audit.csv?lang=zh&severity=violation")
    assert answer.text.startswith(MARK)
    assert next(csv.reader(io.StringIO(answer.text.removeprefix(MARK))))[0] == "程度"
    assert answer.headers["Content-Disposition"] == "attachment; filename=findings-violation.csv"


@pytest.mark.parametrize("address", ["/api/find.csv?", "/query/find?format=sheet&"])
def test_a_name_that_is_not_ascii_is_stated_encoded(client: FlaskClient, address: str) -> None:
    header = client.get(f"{address}text=%E6%9F%90%E5%8E%BF%EF%BC%88a%EF%BC%89").headers["Content-Disposition"]
    assert (
        header.partition("; ")[2]
        == "filename=find-a.csv; filename*=UTF-8''find-%E6%9F%90%E5%8E%BF%EF%BC%88a%EF%BC%89.csv"
    )


def test_answers_of_the_api_have_names(client: FlaskClient) -> None:
    answer = client.get("/api/documents.csv")
    assert not answer.text.startswith(MARK)
    assert answer.headers["Content-Disposition"] == "inline; filename=documents.csv"
