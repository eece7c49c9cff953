"""What a document says of itself: publisher, year, kind and status, and what sources.csv says instead."""

from __future__ import annotations

import pytest

from mapping.describe import Description
from mapping.facts import assemble
from mapping.read import read
from mapping.sources import SourceRecord

TABLE = "2024年支出预算总表\n\n单位：万元\n\n| 项目 | 预算数 |\n|--|--|\n| 一、教育支出 | 5.00 |\n"


def described(text: str, record: SourceRecord | None = None) -> Description:
    return assemble(read(text.encode()), record).description


@pytest.mark.parametrize(
    ("head", "publisher", "year", "kind"),
    [
        ("某县教育局\n\n2024年度部门预算公开\n\n", "某县教育局", 2024, "budget"),
        ("某县教育局2023年度部门决算\n\n", "某县教育局", 2023, "accounts"),
        ("2025年某县教育局部门预算公开说明\n\n", "某县教育局", 2025, "budget"),
        ("# 某镇人民政府２０２４年度部门决算\n\n", "某镇人民政府", 2024, "accounts"),
        ("某县人民法院二〇二三年部门预算公开\n\n", "某县人民法院", 2023, "budget"),
        ("711 张家口市总工会\n\n预算年度：2026\n\n", "张家口市总工会", 2026, "unknown"),
        ("某部直属单位——某省气象局2024年度单位决算\n\n", "某省气象局", 2024, "accounts"),
        ("部门名称：某市档案馆\n\n", "某市档案馆", 2024, "budget"),
    ],
)
def test_the_first_lines_say_who_and_when(head: str, publisher: str, year: int, kind: str) -> None:
    found = described(head + TABLE.replace("2024年支出预算", "支出" if kind != "budget" else "2024年支出预算"))
    assert (found.publisher, found.year) == (publisher, year)
    assert found.kind in (kind, "budget" if kind == "unknown" else kind)


def test_what_is_not_said_is_not_known() -> None:
    found = described("一段没有单位的话。\n")
    assert (found.publisher, found.year, found.kind, found.status) == (None, None, "unknown", "unknown")


def test_sources_csv_goes_before_the_words() -> None:
    record = SourceRecord(
        "a.txt", publisher="某市财政局", region="140500", year=2022, kind="accounts", status="published"
    )
    found = described("仅供内部审核\n\n某县教育局2024年度部门预算\n\n" + TABLE, record)
    assert (found.publisher, found.region, found.year) == ("某市财政局", "140500", 2022)
    assert (found.kind, found.status, found.status_spans) == ("accounts", "published", ())


def test_a_watermark_is_the_evidence_of_a_draft() -> None:
    text = "仅供内部审核\n\n某县教育局2024年度部门预算\n\n" + TABLE
    found = described(text)
    assert found.status == "reviewDraft"
    (span,) = found.status_spans
    assert text[span.start : span.end] == "仅供内部审核"
