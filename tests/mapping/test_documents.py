"""The five real disclosures, from the files to the queries; they lie beside the repository, never in it.

`YUSUAN_DOCUMENTS` names their folder. Without it there is one skip; in CI that is a failure.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Store

from mapping.amounts import agree
from mapping.cli import main
from mapping.facts import assemble
from mapping.read import read
from mapping.verify import verify
from server.release import open_release

_BESIDE = Path(__file__).parents[3] / "shared" / "documents"
DOCUMENTS = Path(os.environ.get("YUSUAN_DOCUMENTS", _BESIDE))
if not DOCUMENTS.is_dir():
    absent = f"the real documents are not in {DOCUMENTS.name}: set YUSUAN_DOCUMENTS to their folder"
    if os.environ.get("CI"):
        pytest.fail(absent, pytrace=False)
    pytest.skip(absent, allow_module_level=True)

# How many decimals their budget tables print; 004 has chart series only.
FIGURES = {"000": 224, "001": 192, "002": 125, "003": 184, "004": 27}
EXPENDITURE = {"000": "2800.19", "001": "783.57", "002": "650.24", "003": "552.18"}
Row = Mapping[str, str]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the five."""
    out = tmp_path_factory.mktemp("real")
    assert run("build", DOCUMENTS, "--out", out).exit_code == 0
    return out


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def rows(data: Path, name: str) -> Sequence[Row]:
    result = run("query", name, "--data", data, "--format", "csv")
    assert result.exit_code == 0
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_every_printed_amount_is_a_figure_and_no_other(data: Path) -> None:
    figures = rows(data, "figures")
    assert Counter(row["source"][:3] for row in figures) == FIGURES
    tables = {row["table_kind"] for row in figures if not row["source"].startswith("004")}
    assert tables.isdisjoint({"chart", "other", "toc"})
    assert {row["table_kind"] for row in figures if row["source"].startswith("004")} == {"chart"}
    assert all("." in row["value"] for row in figures if not row["source"].startswith("004"))


def test_every_figure_is_where_it_says(data: Path) -> None:
    release = open_release(data)
    texts = {document.sources[0]: release.rendition(document.sha256) for document in release.documents}
    for row in rows(data, "figures"):
        text = texts[row["source"]]
        printed = text[int(row["start"]) : int(row["end"])]
        assert printed.replace(",", "") == row["value"]
        assert text.count("\n", 0, int(row["start"])) + 1 == int(row["line"])
        assert Decimal(row["amount_yuan"]) == Decimal(row["value"]) * 10_000


@pytest.mark.parametrize(
    ("source", "line", "expected"),
    [
        ("000", "194", None),
        (
            "001",
            "115",
            {"row_label": "行政单位离退休", "code": "2080501", "column": "本年收入/小计", "role": "leaf"},
        ),
        ("002", "155", {"code": "2012999", "column": "2026年预算数/项目支出", "phase": "reviewDraft"}),
        ("003", "1479", {"row_label": "公务用车运行维护费", "table_kind": "three-public", "role": "leaf"}),
        (
            "000",
            "388",
            {"row_label": "吕梁市总工会", "role": "subtotal", "table_kind": "project-expenditure"},
        ),
        ("001", "312", {"row_label": "合计", "role": "total", "column": "一般公共预算基本支出/人员经费"}),
    ],
)
def test_a_figure_reads_as_its_table_prints_it(data: Path, source: str, line: str, expected: Row | None) -> None:
    found = [row for row in rows(data, "figures") if row["source"].startswith(source) and row["line"] == line]
    if expected is None:
        assert found == []
    else:
        assert any(expected.items() <= row.items() for row in found), found


def test_the_expenditure_that_is_safe_to_sum_is_the_printed_total(data: Path) -> None:
    store = Store.read_only(str(open_release(data).store_path))
    question = """
        PREFIX def: <https://w3id.org/yusuan/def#> PREFIX qb: <http://purl.org/linked-data/cube#>
        PREFIX code: <https://w3id.org/yusuan/code/table-kind/> PREFIX dct: <http://purl.org/dc/terms/>
        SELECT ?source (SUM(?amount) AS ?sum) WHERE {
          ?figure qb:dataSet ?table ; def:safeToSum true ; def:amount ?amount .
          ?table def:tableKind code:expenditure ; dct:isPartOf/def:sourcePath ?source . } GROUP BY ?source"""
    sums = {row["source"].value[:3]: Decimal(row["sum"].value) for row in store.query(question)}  # type: ignore[union-attr]
    assert sums == {source: Decimal(total) * 10_000 for source, total in EXPENDITURE.items()}


def test_every_sum_of_the_budget_tables_adds_up_within_the_printed_precision() -> None:
    sums = 0
    for path in sorted(DOCUMENTS.glob("00*.txt")):
        for figure in assemble(read(path.read_bytes()), None).figures:
            for parts in (figure.sum_of_rows, figure.sum_of_columns):
                sums += bool(parts)
                assert not parts or agree(figure.printed, [part.printed for part in parts]), figure.row_label
    assert sums > 650


def test_projects_are_merged_by_name_and_amounts_come_from_the_table_first(data: Path) -> None:
    found = {(row["source"][:3], row["name"]): row for row in rows(data, "projects")}
    assert Counter(source for source, _ in found) == {"000": 8, "001": 2, "002": 5, "003": 5, "004": 4}
    dues = found["002", "工会经费"]
    assert (dues["amount_yuan"], dues["annual_total_yuan"], dues["has_targets"]) == (
        "367000",
        "366992",
        "true",
    )
    assert found["000", "离休干部遗属补助"]["has_targets"] == "false"
    assert found["000", "离休干部遗孀补助"]["period_total_yuan"] == "17828"
    assert found["001", "劳模体检及慰问救助资金"]["code"] == "13070024P00027710001X"
    assert found["004", "省级劳模资金"]["amount_yuan"] == "239900"


def test_units_carry_what_the_table_of_units_prints(data: Path) -> None:
    units = [row for row in rows(data, "organisations") if row["role"] == "budget-unit"]
    palace = next(row for row in units if row["name"] == "张家口市工人文化宫")
    assert (palace["nature"], palace["grade"], palace["parent"]) == ("事业", "正科级", "张家口市总工会")


def test_the_release_holds_and_both_builds_are_the_same_bytes(data: Path, tmp_path: Path) -> None:
    assert verify((data / "current").resolve()) == []
    elsewhere = tmp_path / "copy"
    shutil.copytree(DOCUMENTS, elsewhere)
    assert run("build", elsewhere, "--out", tmp_path / "out", "--jobs", 1).exit_code == 0
    one, other = (data / "current").resolve(), (tmp_path / "out" / "current").resolve()
    assert one.name == other.name
    assert (one / "dump.nq").read_bytes() == (other / "dump.nq").read_bytes()


def test_the_natural_person_is_nowhere_in_the_release(data: Path) -> None:
    source = next(DOCUMENTS.glob("000_*")).read_text(encoding="utf-8")
    found = re.search("法人：([\u4e00-\u9fff]{2,4})。", source)
    assert found is not None
    name = found[1].encode()
    files = [path for path in (data / "current").resolve().rglob("*") if path.is_file()]
    assert len(files) > 12
    assert [path.name for path in files if name in path.read_bytes()] == []


def test_the_draft_is_left_out_on_a_public_address(data: Path) -> None:
    shown = {document.sources[0][:3] for document in open_release(data, public=True).shown_documents}
    assert shown == {"000", "001", "003", "004"}
    public = Store.read_only(str(open_release(data, public=True).store_path))
    assert not public.query('ASK { ?document ?said ?words FILTER(CONTAINS(STR(?words), "泽州县")) }')
    assert open_store_asks(data, "泽州县")


def open_store_asks(data: Path, words: str) -> bool:
    store = Store.read_only(str(open_release(data).store_path))
    return bool(store.query(f'ASK {{ ?document ?said ?words FILTER(CONTAINS(STR(?words), "{words}")) }}'))


def test_a_table_split_over_pages_is_one_table(data: Path) -> None:
    income = [row for row in rows(data, "tables") if row["kind"] == "income" and row["source"].startswith("001")]
    assert [(row["first_line"], row["last_line"], row["empty"]) for row in income] == [("104", "138", "false")]
    kinds = Counter(row["kind"] for row in rows(data, "tables") if row["source"].startswith("000"))
    assert kinds["performance-target"] == 5
    assert kinds["project-carryover"] == kinds["gov-fund-income"] == kinds["state-capital"] == 1


# Every numbered citation of the five by document, line and number; those of a title alone are counted.
NUMBERED = {
    "000": "494 财建〔2006〕468号; 528 晋财行〔2019〕195号; 600 吕财行字〔2002〕807号; 638 财建〔2006〕468号; "
    "638 总工发〔2012〕16号; 638 省总〔2015〕36号",
    "001": "481 冀财行〔2023〕98号; 487 冀财行〔2023〕98号; 499 冀财规〔2022〕27号; 504 冀财规〔2022〕27号; "
    "528 冀办发〔2018〕38号; 529 冀办发〔2018〕38号; 533 冀财规〔2022〕27号; "
    "534 冀办发〔2018〕38号; 534 冀财规〔2022〕27号",
    "002": "452 晋工发〔2006〕54号; 452 总工发〔2003〕26号; 452 泽办发〔2005〕7号; "
    "502 晋工发〔2006〕54号; 502 总工发〔2003〕25号; 502 泽办发〔2005〕7号; "
    "535 晋市工办发〔2020〕10号; 566 泽政办发〔2010〕23号; 567 泽政办发〔2010〕23号; 570 泽政办发〔2010〕23号; "
    "601 管人社厅发〔2016〕82号",
    "003": "1521 冀财行〔2022〕99号; 1631 冀财行〔2022〕99号; 1670 冀财行〔2022〕99号; 1743 冀财行〔2022〕99号",
    "004": "",
}
TITLED = {
    "000": "工会法; 工会法; 中国工会章程; 中国工会章程",
    "001": "预算法; 地方预决算公开操作规程; 关于进一步推进预算公开工作的实施意见; 工会法; "
    "工会法; 劳动法; 中国工会章程; 中国工会章程; "
    "关于全面实施预算绩效管理的实施意见; 张家口市级部门预算绩效目标设定规范",
    "003": "预算法; 地方预决算公开操作规程; 关于进一步推进预算公开工作的实施意见; 平乡县工会工作要点",
    "004": "工会法; 盐边县总工会项目资金管理制度",
}


def test_every_numbered_mention_is_cited_and_no_other(data: Path) -> None:
    found = dict.fromkeys(NUMBERED, "")
    for row in rows(data, "citations"):
        if row["doc_number"]:
            found[row["source"][:3]] += f"; {row['line']} {row['doc_number']}"
    assert {source: words.removeprefix("; ") for source, words in found.items()} == NUMBERED


def test_every_title_in_its_signs_is_cited_and_no_form(data: Path) -> None:
    cited = [row for row in rows(data, "citations") if not row["doc_number"] and row["informal"] == "false"]
    for source, titles in TITLED.items():
        found = [row["title"].removeprefix("中华人民共和国") for row in cited if row["source"].startswith(source)]
        assert sorted(found) == sorted(titles.split("; "))


def test_every_citation_is_where_it_says(data: Path) -> None:
    for row in rows(data, "citations"):
        text = (DOCUMENTS / row["source"]).read_text(encoding="utf-8")
        starts, ends = ([int(place) for place in row[name].split(";")] for name in ("start", "end"))
        assert row["quote"] == "".join(text[start:end] for start, end in zip(starts, ends, strict=True))
        assert row["line"] == str(text.count("\n", 0, starts[0]) + 1)


def test_numbers_that_a_page_cut_have_two_spans(data: Path) -> None:
    cut = [row for row in rows(data, "citations") if ";" in row["start"]]
    assert [(row["source"][:3], row["line"], row["doc_number"]) for row in cut] == [
        ("001", "499", "冀财规〔2022〕27号"),
        ("001", "529", "冀办发〔2018〕38号"),
    ]


@pytest.mark.parametrize(
    "number", ["晋工发【2006】54号", "晋工发[2006]54号", "晋工发（2006）054号", "晋工发2006年54号"]
)
def test_money_that_rests_on_one_notice_is_found_by_any_spelling_of_its_number(data: Path, number: str) -> None:
    result = run("query", "policy-linkage", "--data", data, "--format", "csv", "--param", f"doc_number={number}")
    found = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["unit"], row["project"], row["fiscal_year"], row["amount_yuan"], row["link"]) for row in found] == [
        ("泽州县总工会", "上解2025年上级工会经费", "2026", "1000000", "justified-by"),
        ("泽州县总工会", "工会经费", "2026", "367000", "justified-by"),
    ]


def test_what_contradicts_itself_is_said_and_not_merged(data: Path) -> None:
    found = {(row["kind"], row["doc_number"], row["proposed"]) for row in rows(data, "legal-discrepancies")}
    assert {
        ("rival-numbers", "总工发〔2003〕25号", ""),
        ("rival-numbers", "总工发〔2003〕26号", ""),
        ("misread", "管人社厅发〔2016〕82号", "晋人社厅发〔2016〕82号"),
        ("title-variants", "晋工发〔2006〕54号", ""),
    } <= found
    status = {row["doc_number"]: row["status"] for row in rows(data, "legal-documents")}
    assert (status["总工发〔2003〕25号"], status["总工发〔2003〕26号"]) == ("conflicting", "conflicting")
    assert (status["管人社厅发〔2016〕82号"], status["晋工发〔2006〕54号"]) == ("unresolved", "exact")


def test_one_forwarded_paper_is_carried_under_both_its_titles(data: Path) -> None:
    carried = [row for row in rows(data, "legal-relations") if row["from_doc_number"] == "泽办发〔2005〕7号"]
    assert {row["to_title"] for row in carried} == {"联席会议纪要"}
    assert {row["relation"] for row in carried} == {"forwards", "issues"}


def test_notices_of_two_years_are_a_series(data: Path) -> None:
    assert [(row["doc_number"], row["next_doc_number"]) for row in rows(data, "legal-series")] == [
        ("冀财行〔2022〕99号", "冀财行〔2023〕98号")
    ]
