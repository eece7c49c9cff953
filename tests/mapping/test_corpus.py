"""What only several documents together show: each rule of `shapes/corpus` on documents that contradict each other."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mapping.cli import main
from mapping.rules import corpus_rules
from mapping.verify import verify

BUDGET = """{unit}{year}年度部门预算

表1 部门收支总表
单位：万元
收入\t金额\t支出\t金额
一、一般公共预算拨款收入\t{income}\t一、一般公共服务支出\t20.00
二、其他收入\t5.50\t二、社会保障和就业支出\t11.50
三、事业收入\t2.25\t三、卫生健康支出\t{health}
收入总计\t{total}\t支出总计\t{total}
"""
ACCOUNTS = """{unit}{year}年度部门决算

表1 收入支出决算总表
单位：万元
收入\t金额\t支出\t金额
一、一般公共预算财政拨款收入\t30.00\t一、一般公共服务支出\t20.00
二、其他收入\t5.50\t二、社会保障和就业支出\t{social}
本年收入合计\t35.50\t本年支出合计\t{spent}
年初结转和结余\t{opening}\t年末结转和结余\t{closing}
收入总计\t{total}\t支出总计\t{total}
"""
FORM = """
项目支出绩效目标表
项目名称\t送温暖经费
立项依据\t《关于工会经费有关问题的通知》（总工发〔2003〕{serial}号）
年度资金总额\t5.00万元
"""
YEARS = """{unit}{year}年度部门预算

表1 一般公共预算支出表（不含上年结转）
单位：万元
科目编码\t科目名称\t{before}年预算数\t{year}年预算数
201\t一般公共服务支出\t{last}\t{this}
合计\t\t{last}\t{this}
"""
GREEN, BLUE, RED, WHITE = "青山县总工会", "绿水县总工会", "红岩县总工会", "白石县总工会"


def accounts(year: int, *amounts: str) -> str:
    names = ("social", "spent", "opening", "closing", "total")
    return ACCOUNTS.format(unit=RED, year=year, **dict(zip(names, amounts, strict=True)))


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def written(folder: Path) -> Path:
    """Budgets copied from a year before, a missing year, two versions, numbers of one notice, carry-over, last year."""
    first = {"income": "30.00", "health": "6.25", "total": "37.75"}
    texts = {
        "green/2023": BUDGET.format(unit=GREEN, year=2023, **first) + FORM.format(serial=25),
        "green/2024": BUDGET.format(unit=GREEN, year=2024, **first),
        "blue/2022": BUDGET.format(unit=BLUE, year=2022, income="27.00", health="3.25", total="34.75"),
        "blue/2024": BUDGET.format(unit=BLUE, year=2024, income="29.00", health="5.25", total="36.75")
        + FORM.format(serial=26),
        "blue/2024-new": BUDGET.format(unit=BLUE, year=2024, income="28.00", health="4.25", total="35.75"),
        "red/2023": accounts(2023, "12.00", "32.00", "1.00", "4.50", "36.50"),
        "red/2024": accounts(2024, "11.00", "31.00", "4.00", "8.50", "39.50"),
        "white/2023": YEARS.format(unit=WHITE, year=2023, before=2022, last="10.00", this="12.00"),
        "white/2024": YEARS.format(unit=WHITE, year=2024, before=2023, last="13.00", this="14.00"),
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def findings(data: Path, **params: str) -> list[dict[str, str]]:
    options = [word for name, value in params.items() for word in ("--param", f"{name}={value}")]
    answer = run("query", "findings", "--data", data, "--format", "csv", *options).stdout
    return list(csv.DictReader(io.StringIO(answer)))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    assert run("build", written(folder / "documents"), "--out", folder / "data").exit_code == 0
    return folder / "data"


@pytest.mark.parametrize(
    ("rule", "sources"),
    [
        ("copied-figures", ["green/2023.txt", "green/2024.txt"]),
        ("disclosed-twice", ["blue/2024.txt"]),
        ("year-missing", ["blue/2024-new.txt", "blue/2024.txt"]),
        ("citation-across-documents", ["blue/2024.txt", "green/2023.txt"]),
        ("carry-over-next-year", ["red/2024.txt"]),
        ("fact-across-documents", ["white/2023.txt", "white/2024.txt"]),
    ],
)
def test_a_rule_of_the_corpus_fires_where_it_should(data: Path, rule: str, sources: list[str]) -> None:
    assert sorted({row["source"] for row in findings(data, rule=rule)}) == sources


def test_every_rule_of_the_corpus_fires(data: Path) -> None:
    fired = {row["rule"] for row in findings(data)}
    assert {rule.name for rule in corpus_rules()} <= fired


def test_versions_of_one_disclosure_are_not_compared(data: Path) -> None:
    assert not any(row["source"].startswith("blue") for row in findings(data, rule="fact-across-documents"))


def test_the_place_is_in_the_finding_s_own_document(data: Path) -> None:
    (row,) = findings(data, rule="carry-over-next-year")
    assert (row["lines"], row["found"], row["expected"]) == ("9", "40000元", "45000元")
    here, there = (one for one in findings(data, rule="fact-across-documents") if "201" in one["message_zh"])
    assert {here["found"], there["found"]} == {"120000元", "130000元"}


def test_the_release_holds(data: Path) -> None:
    assert verify(data / "current") == []


def test_what_a_hidden_document_contradicts_is_not_public(tmp_path: Path) -> None:
    folder = written(tmp_path / "documents")
    rows = "file,status\nred/2023.txt,withdrawn\n"
    (folder / "sources.csv").write_text(rows, encoding="utf-8")
    run("build", folder, "--out", tmp_path / "data")
    dump = (tmp_path / "data/current/dump.nq").read_text(encoding="utf-8")
    assert "/finding/carry-over-next-year/" in dump
    assert verify(tmp_path / "data/current") == []
    (tmp_path / "data/current/store").rename(tmp_path / "all")
    (tmp_path / "data/current/store-public").rename(tmp_path / "data/current/store")
    assert findings(tmp_path / "data", rule="carry-over-next-year") == []
    assert findings(tmp_path / "data", rule="copied-figures")
