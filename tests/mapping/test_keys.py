"""Amounts of tables to canonical facts: no two measures, funds or years mixed, few of them left without a fact."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.facts import Facts, assemble
from mapping.figures import Figure
from mapping.keys import Key
from mapping.read import read
from mapping.triples import write_graph
from tests.mapping.assembled import assembled, kept

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*/source*.txt"))
# Cases whose headings have slipped, so that their amounts stand under another's name.
SLIPPED = {"real-central-institute-yuan-pipe"}
# Tables of other contents that a title makes look like 支出总表.
MISNAMED = {"hainan-shares-tabs"}

SUMMARY = """{unit}2025年部门预算公开

表1 收支总表
单位：万元

| 收入 | | 支出 | |
|---|---|---|---|
| 项目 | 预算数 | 项目 | 预算数 |
| 一、一般公共预算拨款收入 | {public} | 一、一般公共服务支出 | {general} |
| 二、政府性基金预算拨款收入 | {fund} | 二、城乡社区支出 | {urban} |
| 三、单位资金收入 | {own} | | |
| 本年收入合计 | {year} | 本年支出合计 | {spent} |
| 上年结转 | {carried} | 年终结转结余 | {closing} |
| 收入总计 | {total} | 支出总计 | {total} |

表4 财政拨款收支总表
单位：万元

| 收入 | | 支出 | | | |
|---|---|---|---|---|---|
| 项目 | 金额 | 项目 | 合计 | 一般公共预算 | 政府性基金 |
| 一、本年收入 | {fiscal} | 一、本年支出 | {fiscal_total} | {public_total} | {fund} |
| （一）一般公共预算拨款 | {public} | （一）一般公共服务支出 | {public_total} | {public_total} | |
| （二）政府性基金预算拨款 | {fund} | （二）城乡社区支出 | {fund} | | {fund} |
| 二、上年结转 | {public_carried} | | | | |
| （一）一般公共预算拨款 | {public_carried} | | | | |
| 收入总计 | {fiscal_total} | 支出总计 | {fiscal_total} | {public_total} | {fund} |
"""


def keyed(facts: Facts) -> dict[Key, list[Figure]]:
    """The figures of a document by the fact they state."""
    found: dict[Key, list[Figure]] = defaultdict(list)
    for figure in facts.figures:
        if key := facts.stated.figures.get(id(figure)):
            found[key].append(figure)
    return found


def _bounds_meet(figures: list[Figure]) -> bool:
    bounds = [figure.printed.interval({"元": 1, "万元": 10_000}[str(figure.unit)]) for figure in figures]
    return max(low for low, _ in bounds) <= min(high for _, high in bounds)


@pytest.mark.parametrize("source", CASES, ids=lambda source: source.parent.name)
def test_no_fact_of_a_sound_document_is_conflicting(source: Path) -> None:
    """The amounts of the cases add up, so that two amounts of one key would be two things mixed."""
    counts(source)
    facts = assembled(source)
    if not {figure.unit for figure in facts.figures} <= {"元", "万元", None}:
        return
    mixed = {
        (key.measure, key.fund_scope, key.carry_over)
        for key, figures in keyed(facts).items()
        if all(figure.unit for figure in figures) and not _bounds_meet(figures)
    }
    assert not mixed or source.parent.name in SLIPPED | MISNAMED


def counts(source: Path) -> tuple[int, int]:
    """How many figures of a case are no differences, and how many of these have a key; counted while it is at hand."""
    return kept("counts", source, lambda made: _counts(made.facts))


def _counts(facts: Facts) -> tuple[int, int]:
    comparable = [figure for figure in facts.figures if figure.column_role != "difference"]
    return len(comparable), sum(1 for figure in comparable if id(figure) in facts.stated.figures)


@pytest.mark.last
def test_most_figures_of_the_cases_have_a_key() -> None:
    figures, keys = map(sum, zip(*map(counts, CASES[::4]), strict=True))
    assert figures > 1500
    assert keys / figures > 0.7


def test_a_total_of_meetings_beside_three_public_is_none_of_three_public() -> None:
    rows = [("项目", "预算数"), ("---", "---"), ("“三公”经费小计", "7.00"), ("1、公务接待费", "3.00")]
    rows += [("2、因公出国（境）费", "4.00"), ("会议费", "5.00"), ("合计", "12.00")]
    grid = "".join(f"| {label} | {amount} |\n" for label, amount in rows)
    text = f"乙市审计局2019年部门预算\n\n“三公”经费及会议费表\n单位：万元\n\n{grid}"
    found = {key.measure: figures for key, figures in keyed(assemble(read(text.encode()), None)).items()}
    assert [one.row_label for one in found["three-public"]] == ["“三公”经费小计"]


def test_what_a_fund_had_at_first_is_a_balance_and_nothing_spent() -> None:
    head = (
        "| 科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | 年末结转和结余 |\n|---|---|---|---|---|---|\n"
    )
    rows = "".join(f"| {words} | 1.00 | 30.00 | 29.00 | 2.00 |\n" for words in (" | 合计", "229 | 其他支出"))
    text = f"丙县民政局2030年度部门决算\n\n政府性基金预算财政拨款收入支出决算表\n单位：万元\n\n{head}{rows}"
    found = keyed(assemble(read(text.encode()), None))
    measures = {figure.printed.printed: key.measure for key, figures in found.items() for figure in figures}
    assert measures["1.00"] == "opening-carry-over"
    assert {measures["29.00"], measures["2.00"]} == {"expenditure", "closing-carry-over"}
    quads = write_graph(assemble(read(text.encode()), None), "0" * 64, ["text.txt"], "https://example.org/")
    characters = Counter(re.findall("/observation/.*#operationCharacter> <.*/([a-z]+)> <", quads))
    assert characters == {"income": 4, "expenditure": 2, "balance": 2}
    spent = text.replace(" | 年末结转和结余", " | 基本支出").replace("年初结转和结余", "上年结转")
    assert "opening-carry-over" not in {key.measure for key in keyed(assemble(read(spent.encode()), None))}


AMOUNT = st.decimals("1", "9999", places=2)


@given(st.lists(AMOUNT, min_size=9, max_size=9, unique=True))
def test_totals_carry_over_and_funds_are_never_mixed(amounts: list[object]) -> None:
    public, fund, own, carried, public_carried, general, urban, closing, extra = (f"{one}" for one in amounts)
    words = {
        "unit": "甲县农业农村局",
        "public": public,
        "fund": fund,
        "own": own,
        "carried": carried,
        "public_carried": public_carried,
        "general": general,
        "urban": urban,
        "closing": closing,
        "year": f"{extra}1",
        "spent": f"{extra}2",
        "total": f"{extra}3",
        "fiscal": f"{extra}4",
        "fiscal_total": f"{extra}5",
        "public_total": f"{extra}6",
    }
    facts = assemble(read(SUMMARY.format(**words).encode()), None)
    found = {
        (key.measure, key.fund_scope, key.carry_over, key.functional): {figure.printed.printed for figure in figures}
        for key, figures in keyed(facts).items()
    }
    assert set(map(len, found.values())) == {1}
    assert found["total-income", "all", "including", None] == {words["total"]}
    assert found["income", "all", "current", None] == {words["year"]}
    assert found["opening-carry-over", "all", "carry-over", None] == {carried}
    assert found["opening-carry-over", "general-public", "carry-over", None] == {public_carried}
    assert found["general-public-income", "general-public", "current", None] == {public}
    assert found["gov-fund-income", "government-fund", "current", None] == {fund}
    assert found["unit-income", "unit-funds", "current", None] == {own}
    assert found["fiscal-income", "fiscal-appropriation", "current", None] == {words["fiscal"]}
    assert found["total-fiscal-income", "fiscal-appropriation", "including", None] == {words["fiscal_total"]}
    assert found["expenditure", "all", "including", "201"] == {general}
    assert found["expenditure", "general-public", "including", "201"] == {words["public_total"]}
    assert found["closing-carry-over", "all", "carry-over", None] == {closing}


def _said(text: str, body: str = "青河县林业局") -> list[tuple[str, str, str]]:
    """Number, measure and phase of each fact that the sentences of a report state."""
    facts = assemble(read(f"{body}2024年部门预算公开\n\n{text}\n".encode()), None)
    keys = facts.stated.statements
    return [(facts.statements[at].printed, key.measure, key.phase) for at in sorted(keys) for key in keys[at]]


def test_words_for_another_scope_keep_two_amounts_apart() -> None:
    text = (
        "体制改革前一般公共预算收入16.10亿元。剔除退税因素后，一般公共预算收入17.00亿元。"
        "不考虑缓税因素，一般公共预算收入18.00亿元。一般公共预算收入12.70亿元。"
    )
    assert [number for number, *_ in _said(text)] == ["12.70"]


def test_a_line_may_set_apart_what_follows_to_the_next_number() -> None:
    text = "1.一般公共预算收入16.10亿元。\n剔除高新区后：\n情况如下。\n一般公共预算收入17.00亿元。\n"
    text += "2.政府性基金收入12.70亿元。"
    assert [number for number, *_ in _said(text)] == ["16.10", "12.70"]


@pytest.mark.parametrize(
    ("before", "stated"),
    [("上级专项、", []), ("基本支出8万元，", ["opening-carry-over"]), ("", ["opening-carry-over"])],
)
def test_what_is_told_together_with_other_money_is_no_carry_over(before: str, stated: list[str]) -> None:
    said = _said(f"一般公共预算{before}上年结转安排支出9.20万元。")
    assert [measure for number, measure, _ in said if number == "9.20"] == stated


@pytest.mark.parametrize(
    ("sentence", "classes"),
    [
        ("住房公积金11.20万元，其中：基本支出11.00万元，项目支出0.20万元。", ["2210201", "2210201", "2210201"]),
        ("小学教育90.00万元，其中：人员经费80.00万元，公用经费10.00万元。", ["2050202", "2050202", "2050202"]),
        ("科普活动9.00万元。基本支出80.00万元，项目支出12.00万元。", ["2060702", None, None]),
        # a name of several classes is of none, and so is what it divides into
        ("机构运行11.00万元，其中：基本支出11.00万元，项目支出0.00万元。", []),
    ],
)
def test_what_a_class_divides_into_is_of_the_class(sentence: str, classes: list[str | None]) -> None:
    facts = assemble(read(f"青河县林业局2024年部门预算公开\n\n{sentence}\n".encode()), None)
    stated = facts.stated.statements
    assert [key.functional for at in sorted(stated) for key in stated[at]] == classes


def test_assets_of_one_kind_of_units_or_trade_are_no_total() -> None:
    text = "行政单位资产总额40.00亿元，事业单位资产总额90.00亿元，教育行业资产总额50.00亿元。"
    report = "青河县人民政府关于2023年度国有资产管理情况的综合报告"
    for title, stated in ((report, 0), ("青河县林业局2023年度部门决算", 0)):
        facts = assemble(read(f"{title}\n\n{text}\n".encode()), None)
        assert len(facts.stated.statements) == stated
        assert [one.subject for one in facts.statements] == ["行政单位资产总额", "事业单位资产总额", "教育行业资产总额"]


def test_a_bracket_behind_a_term_may_say_another_scope() -> None:
    text = "一般公共预算收入（同口径）完成17.00亿元。一般公共预算收入（含税）12.70亿元。"
    assert [number for number, *_ in _said(text)] == ["12.70"]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("2024年，全县一般公共预算收入完成16.10亿元，其中税收收入9.00亿元。一般公共预算收入5.00万元。", ["5.00"]),
        ("全县一般公共预算支出16.10亿元，其中教育支出9.00亿元。", []),
        ("2024年末全县政府债务余额16.10亿元。", []),
        ("我局负责全县一般公共预算收入统计。一般公共预算收入5.00万元。", ["5.00"]),
    ],
)
def test_money_of_a_whole_place_is_none_of_an_office(text: str, stated: list[str]) -> None:
    assert [number for number, *_ in _said(text)] == stated


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("青河镇全年完成一般公共预算收入1.38亿元，同比下降7.9%。", []),
        ("本镇实现财政收入2.10亿元，组织税收收入1.90亿元。", []),
        ("完成一般公共预算拨款收入5.00万元。", ["5.00"]),
        ("一般公共预算收入5.00万元。", ["5.00"]),
    ],
)
def test_revenue_gathered_in_a_place_is_none_that_a_body_spends(text: str, stated: list[str]) -> None:
    assert [number for number, *_ in _said(text, "青河县青河镇人民政府")] == stated


def test_revenue_gathered_is_of_the_budget_that_a_report_is_on() -> None:
    text = "关于青河镇2024年财政预算执行情况的报告\n\n青河镇人民政府\n\n全年完成一般公共预算收入1.38亿元。\n"
    facts = assemble(read(text.encode()), None)
    assert [facts.statements[at].printed for at in facts.stated.statements] == ["1.38"]


def test_the_last_of_a_row_without_units_is_no_fact_of_all() -> None:
    assert _said("收、支总计各是4125.49,4143.91万元。") == []
    assert [number for number, *_ in _said("收、支总计各是4125.49万元、4143.91万元。")] == ["4125.49", "4143.91"]


def test_a_range_is_no_amount_of_its_own() -> None:
    assert _said("一般公共预算收入12.70-13.00亿元。") == []
    assert [number for number, *_ in _said("一般公共预算收入12.70亿元。")] == ["12.70"]


def test_a_total_that_a_sentence_adds_up_is_no_income_of_its_own() -> None:
    text = "一般公共预算收入预算数为15.00亿元，实际完成16.00亿元，加上上级补助收入13.00亿元，收入合计29.00亿元。"
    assert "29.00" not in {number for number, *_ in _said(text)}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("年末政府债务余额12.00亿元，债务限额15.00亿元，偿还到期政府债务本金3.00亿元。", ["12.00"]),
        ("教育、农林水等11类民生支出合计12.00亿元，占82%。", []),
        ("机关运行经费支出5.00万元。机关运行经费不含所属人员公用经费1.00万元。", ["5.00"]),
        ("单位使用其他资金开支公务接待费1.00万元。", []),
        # assets of other bodies, and what is no total of assets or of income
        ("2024年末资产总额9.00万元，净资产总额5.00万元。", ["9.00"]),
        ("全市国有企业资产总额9.00亿元，营业总收入5.00亿元。", []),
        ("独立编制的事业单位80家，资产总额9.00亿元。", []),
        # one economic class, and a part of what stands before it
        ("其中：工资福利支出预算9.00万元。个人和家庭补助支出预算5.00万元。", []),
        ("水库建设项目资金9.00万元。", []),
        ("上述两项支出合计9.00亿元。", []),
        ("当年超预算支出9.00亿元。", []),
        # what is taken out of what a term means, and what is kept to
        ("将基本支出9.00万元，用于下属公司。", []),
        ("将基本支出控制为9.00万元。", ["9.00"]),
        # an item of a class that nobody knows
        ("1.节能环保支出（类）污染减排（款）云屏试点（项），年初预算为9.00万元，当年支出决算为8.00万元。", []),
        ("1.节能环保支出（类）污染减排（款）生态环境监测与信息（项），当年支出决算为8.00万元。", ["8.00"]),
        # funds of social insurance
        ("（四）社会保险基金预算\n\n养老保险基金收入5.00亿元，支出4.00亿元，年末滚存结余9.00亿元。", []),
        ("（四）一般公共预算\n\n年末滚存结余9.00亿元。", ["9.00"]),
        ("政府性基金收入总量9.00亿元，支出总量9.50亿元。", ["9.00"]),
        # what is left of the money, and the money of one project
        ("住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算9.00万元，节余的1.00万元已收回。", ["9.00"]),
        ("（5）年度预算安排：2024年安排财政拨款9.00万元，按每人5.00元测算。", []),
        ("一、年度收支情况：2024年安排财政拨款9.00万元。", ["9.00"]),
    ],
)
def test_what_is_only_part_of_a_term_or_another_of_its_meanings_is_no_fact(text: str, stated: list[str]) -> None:
    assert [number for number, *_ in _said(text)] == stated


def test_what_is_called_done_is_executed() -> None:
    text = "一般公共预算收入完成16.10亿元。\n二、2024年预算执行情况\n\n政府性基金预算收入8.00亿元。"
    assert [(number, phase) for number, _, phase in _said(text)] == [("16.10", "executed"), ("8.00", "executed")]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("1-6月，一般公共预算收入完成16.10亿元。", []),
        ("2024年5月，一般公共预算收入完成16.10亿元。", []),
        ("2024年上半年，一般公共预算收入完成16.10亿元。", []),
        ("前5个月，一般公共预算收入完成16.10亿元。", []),
        ("截至2024年8月底，一般公共预算收入完成16.10亿元。", []),
        ("截至2024年12月底，一般公共预算收入完成16.10亿元。", ["16.10"]),
        ("2024年1-12月，一般公共预算收入完成16.10亿元。", ["16.10"]),
        ("2024年，一般公共预算收入完成16.10亿元，6月底拨付完毕。", ["16.10"]),
        ("1-6月，一般公共预算收入预算为16.10亿元。", ["16.10"]),
        # what is told behind it, to a year or a heading, is of these months too
        ("1-6月，财政总收入完成20.00亿元，增长3%。一般公共预算收入完成16.10亿元。", []),
        ("1-6月，一般公共预算收入完成16.10亿元；政府性基金收入完成2.10亿元。\n\n一般公共预算支出完成30.00亿元。", []),
        ("1.收入情况。1-6月，财政总收入完成20.00亿元。\n\n2.支出情况。一般公共预算支出完成30.00亿元。", ["30.00"]),
        ("财政总收入完成9.00亿元。一季度，一般公共预算收入完成2.00亿元。一般公共预算支出完成30.00亿元。", ["30.00"]),
        ("1-6月，财政总收入完成20.00亿元。2024年，一般公共预算收入完成16.10亿元。", ["16.10"]),
        ("1-6月，财政总收入完成20.00亿元。\n\n二、收支决算情况\n\n一般公共预算收入完成16.10亿元。", ["16.10"]),
    ],
)
def test_money_of_some_months_is_none_of_the_year(text: str, stated: list[str]) -> None:
    assert [number for number, *_ in _said(text)] == stated


def test_a_report_on_some_months_states_no_fact_of_the_year() -> None:
    text = "北川县2024年{}财政收支情况\n\n北川县财政局\n\n一般公共预算收入完成16.10亿元。\n"
    stated = [assemble(read(text.format(months).encode()), None).stated.statements for months in ("上半年", "1-12月")]
    assert [len(one) for one in stated] == [0, 1]


def _stated(text: str) -> dict[str, str]:
    """The phase of the fact that each number of some accounts states."""
    facts = assemble(read(f"北川县林业局2023年度部门决算公开\n\n{text}\n".encode()), None)
    return {facts.statements[at].printed: key.phase for at, keys in facts.stated.statements.items() for key in keys}


def _of_funds(text: str) -> set[tuple[str, str, int, str]]:
    """Measure, fund, year and number of each fact of some accounts, those of earlier years by the number implied."""
    stated = assemble(read(f"北川县林业局2023年度部门决算公开\n\n{text}\n".encode()), None)
    said = stated.stated.statements.items()
    keys = [(key, stated.statements[at].printed) for at, found in said for key in found]
    keys += [(one.key, str(one.low)) for one in stated.stated.implied]
    return {(key.measure, key.fund_scope, key.year, number) for key, number in keys}


def test_expenditure_beside_the_income_of_one_fund_is_of_that_fund() -> None:
    text = (
        "2023年度收入总计90万元，支出总计90万元。\n2023年度{}收入总计40万元，支出总计40万元。与上年相比，各增加5万元。"
    )
    for words, measure, fund in (
        ("财政拨款", "total-fiscal-income", "fiscal-appropriation"),
        ("政府性基金", "total-income", "government-fund"),
    ):
        found = _of_funds(text.format(words))
        assert {(measure, fund, 2023, "40"), ("total-expenditure", fund, 2023, "40")} <= found
        assert ("total-expenditure", "all", 2023, "40") not in found
        assert not any(name == "total-income" and scope == "all" and year == 2022 for name, scope, year, _ in found)


def test_expenditure_beside_money_of_the_year_and_carried_over_takes_in_both() -> None:
    text = (
        "2024年财政拨款收支总预算9万元。收入全部为一般公共预算拨款，其中本年收入7万元、上年结转2万元；"
        "支出包括：教育支出6万元、住房保障支出3万元。"
    )
    facts = assemble(read(f"青河县林业局2024年部门预算公开\n\n{text}\n".encode()), None)
    said = [(facts.statements[at].printed, key) for at, keys in facts.stated.statements.items() for key in keys]
    found = {number: (key.measure, key.fund_scope, key.carry_over) for number, key in said}
    assert found["7"] == ("general-public-income", "general-public", "current")
    assert found["2"] == ("opening-carry-over", "general-public", "carry-over")
    assert found["6"] == found["3"] == ("expenditure", "general-public", "including")


def test_a_part_of_a_total_is_not_the_total_in_another_phase() -> None:
    text = "一般公共预算收入总计调整为90亿元，其中：本级收入预算40亿元，转移性收入预算调整为50亿元。"
    assert {number for measure, *_, number in _of_funds(text) if measure == "total-income"} == {"90"}


@pytest.mark.parametrize(
    "title", ["关于北川县2023年度预算执行和其他财政收支的审计工作报告", "关于2023年度国有资产管理情况的综合报告"]
)
def test_an_office_that_reports_on_the_money_of_a_place_states_none_of_its_own(title: str) -> None:
    text = f"{title}\n\n北川县审计局局长  ██\n\n2023年，一般公共预算收入完成16.10亿元。\n"
    assert assemble(read(text.encode()), None).stated.statements == {}


def test_parts_of_a_budget_are_budgeted_in_accounts_too() -> None:
    text = "2023年“三公”经费年初预算10万元，其中：公务接待费4万元，公务用车运行维护费6万元。"
    assert _stated(text) == {"10": "approved", "4": "approved", "6": "approved"}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("年末结转和结余18.20万元。", ["18.20"]),
        ("实训室维修。预算26.00万元，支出20.00万元，结余6.00万元。", []),
        ("以前年度结转资金仍有6.00万元，涉及2个项目。", []),
        ("以前年度结转资金6.00万元。", ["6.00"]),
        ("建立结余资金定期清理机制，6.00万元资金统筹使用。", []),
    ],
)
def test_what_is_left_of_some_money_is_no_balance(text: str, stated: list[str]) -> None:
    assert [number for number, measure, _ in _said(text) if measure.endswith("carry-over")] == stated


def test_a_part_a_difference_and_an_income_are_no_fact_of_what_stands_before() -> None:
    assert _said("其他收入中含利息收入6815元。") == []
    assert _said("农林水支出（类）林业和草原（款）森林管护（项）预算90万元，预算执行差异8万元。")[1:] == []
    fund = _said("政府性基金预算年初结转和结余3万元，本年收入50万元。")
    assert [measure for number, measure, _ in fund if number == "50"] == ["gov-fund-income"]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("提取职工福利基金5万元、转入非财政拨款结余6万元。", []),
        ("车辆购置费20万元，较预算结余6万元。", ["20"]),
        ("固定资产90万元，其他固定资产6万元。", ["90"]),
        ("机关运行经费50万元，其中：会议费4万元，公务用车运行维护费6万元。", ["50"]),
        ("基本支出50万元，基本支出中人员经费6万元。", ["50", "6"]),
        ("项目支出50万元，项目支出中人员经费6万元。", ["50"]),
        ("项目支出50万元，其中：公务接待费4万元，会议费6万元，教育支出7万元。", ["50"]),
    ],
)
def test_what_is_part_or_left_of_an_amount_is_no_fact_of_its_term(text: str, stated: list[str]) -> None:
    assert [number for number, _, _ in _said(text)] == stated


def test_what_is_compared_with_is_of_no_phase_that_a_bracket_names() -> None:
    text = "与2022年度（按机构改革口径调整后）的50万元相比，支出总计增加5万元。"
    assert "adjusted" not in _stated(text).values()


def test_an_ambiguous_total_is_not_what_the_text_states_of_another_amount() -> None:
    text = "收入总计、支出总计均为90万元。\n\n支出合计80万元。"
    assert [one for one in _said(text) if one[0] == "80"] == [("80", "expenditure", "approved")]
    assert [measure for _, measure, _ in _said("支出合计80万元。")] == ["expenditure", "total-expenditure"]


def test_income_that_agrees_with_the_total_holds_what_was_carried_over() -> None:
    grid = "| 项目 | 预算数 |\n|---|---|\n| 本年收入合计 | 80.00 |\n| 上年结转 | 10.00 |\n| 收入总计 | 90.00 |\n"
    table = f"收支总表\n单位：万元\n\n| 收入 | |\n{grid.replace('|---|---|', '|---|---|', 1)}"
    text = f"青河县林业局2024年部门预算公开\n\n{table}\n2024年收入预算90.00万元，其中：上年结转10.00万元。\n"
    facts = assemble(read(text.encode()), None)
    (key,) = facts.stated.statements[0]
    assert (key.measure, key.carry_over) == ("total-income", "including")
    assert key in facts.stated.figures.values()


REPORT = """青河县林业局
2023年度部门整体支出绩效自评报告

2023年公务接待费4.25万元。

“三公”经费预决算对比表
单位：万元

\t项目
\t2022年决算
\t2023年预算
\t2023年决算

\t公务接待费
\t6.80
\t6.50
\t4.25

\t合计
\t6.80
\t6.50
\t4.25
"""


def test_money_of_no_phase_is_spent_where_a_table_prints_the_account() -> None:
    stated = [assemble(read(text.encode()), None).stated for text in (REPORT, REPORT.replace("决算", "计划"))]
    phases = [{key.phase for keys in one.statements.values() for key in keys} for one in stated]
    assert phases == [{"finalAccounts"}, {"unspecified"}]


def test_what_stands_before_its_account_is_none() -> None:
    text = "2023年一般公共预算财政拨款支出决算为90万元。其中：基本支出60万元，决算55万元；项目支出35万元。"
    assert _stated(text) == {"90": "finalAccounts", "55": "finalAccounts", "35": "finalAccounts"}


@pytest.mark.parametrize(
    "text",
    [
        "一般公共预算收入50万元，收入总计90万元。\n政府性基金收入5万元，加上上年结转等，收入总计9万元。",
        "（一）一般公共预算收支情况\n收入总计90万元。\n（二）政府性基金预算收支情况\n收入总计9万元。",
        "1.一般公共预算\n收入总计90万元。\n2.政府性基金预算\n收入总计9万元。",
    ],
)
def test_a_total_is_of_the_budget_that_its_sentence_or_heading_names(text: str) -> None:
    found = {(scope, number) for measure, scope, _, number in _of_funds(text) if measure == "total-income"}
    assert found == {("general-public", "90"), ("government-fund", "9")}


def test_a_total_behind_income_of_several_kinds_is_of_all() -> None:
    found = _of_funds("一般公共预算财政拨款收入80万元，事业收入10万元，收入总计90万元。")
    assert ("total-income", "all", 2023, "90") in found


def test_what_a_budget_is_sent_from_above_is_of_that_budget() -> None:
    found = _of_funds("政府性基金收入总计9万元，其中上级补助收入4万元。")
    assert ("superior-subsidy-income", "government-fund", 2023, "4") in found


def test_a_total_beside_the_total_income_of_one_budget_is_of_that_budget() -> None:
    found = _of_funds("收入总计90万元，支出总计90万元。\n一般公共预算财政拨款收入总计40万元，支出总计40万元。")
    assert {one for one in found if one[0] == "total-expenditure"} == {
        ("total-expenditure", "all", 2023, "90"),
        ("total-expenditure", "general-public", 2023, "40"),
    }


def test_debts_are_of_the_level_that_is_named_before_them() -> None:
    text = "北川县财政局2023年地方政府债务情况\n\n年末全县地方政府债务余额9亿元。\n年末县本级地方政府债务余额4亿元。\n"
    stated = assemble(read(text.encode()), None).stated.statements
    assert {key.level for keys in stated.values() for key in keys} == {"allLevels", "governmentOwn"}


def test_a_title_names_its_year_in_chinese_digits() -> None:
    table = "| 预算科目 | 本年收入计划 | 累计完成数 |\n| 增值税 | 45119 | 7833 |\n| 消费税 | 50 | 17 |\n"
    source = f"北川县财政局\n\n二〇三〇年二月财政收入执行情况表\n单位：万元\n{table}"
    assert {one.fiscal_year for one in assemble(read(source.encode()), None).figures} == {2030}


def test_an_amount_below_the_heading_that_names_it_is_a_fact() -> None:
    text = "五、财政拨款“三公”经费支出情况\n\n全年支出9万元，完成年初预算8万元的112.50%，比上年的7万元增加2万元。"
    assert _stated(text) == {"9": "finalAccounts", "8": "approved", "7": "finalAccounts"}
    for apart in (
        text.replace("情况\n", "情况\n\n（一）总体情况。按批复执行。\n").replace("全年支出9", "按批复执行。全年支出9"),
        text.replace("全年支出9万元", "局机关支出9万元"),
        text.replace("“三公”经费支出情况", "情况"),
    ):
        assert _stated(apart) == {}


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("（二）具体情况。年初预算8万元，支出决算9万元。", {"8": "approved", "9": "finalAccounts"}),
        ("2.预算执行情况：年初预算8万元，支出决算9万元。", {"8": "approved", "9": "finalAccounts"}),
        ("（二）教育支出情况。年初预算8万元，支出决算9万元。", {}),
        ("（二）具体情况。按批复执行。年初预算8万元，支出决算9万元。", {}),
        ("（二）具体情况。局机关年初预算8万元，支出决算9万元。", {}),
    ],
)
def test_an_amount_first_in_a_part_that_names_nothing_is_of_what_the_section_names(
    line: str, stated: dict[str, str]
) -> None:
    heading = "五、一般公共预算财政拨款支出决算情况"
    assert _stated(f"{heading}\n\n（一）总体情况。各项支出均已公开。\n\n{line}") == stated


def test_what_an_amount_is_compared_with_is_of_its_fund() -> None:
    text = "2023年财政拨款“三公”经费支出9万元，比上年决算8万元增加1万元。"
    assert {(fund, number) for _, fund, year, number in _of_funds(text) if year == 2022 and number == "8"} == {
        ("fiscal-appropriation", "8")
    }


def test_an_amount_and_its_term_may_stand_on_two_lines_of_a_sentence() -> None:
    lines = ["用于办公楼维修、会议服务、印刷、差旅和物业管理等方面的支出，"] * 6
    cut = ["“三公”经费年初预算68元，支出决算41元，完成年初预算的60.29%，", "上年决算58元，比上年减少17元。"]
    assert set(_stated("\n".join([*lines, "均已完成。", *cut]))) == {"68", "41", "58"}
    apart = [cut[0].replace("%，", "%。"), cut[1]]
    assert set(_stated("\n\n".join(apart))) == {"68", "41"}


MIXED = """青河县林业局
2024年度部门决算及2025年部门预算情况说明

第二部分　2024年度部门决算情况

收入支出总表
单位：万元

| 收入 | 决算数 | 支出 | 决算数 |
|---|---|---|---|
| 财政拨款收入 | 9.00 | 基本支出 | 9.00 |
| 收入总计 | 9.00 | 支出总计 | 9.00 |

支出总计9万元。

{heading}

收支总体情况表
单位：万元

| 收入 | 预算数 | 支出 | 预算数 |
|---|---|---|---|
| 财政拨款收入 | 7.00 | 基本支出 | 7.00 |
| 收入总计 | 7.00 | 支出总计 | 7.00 |

支出总计7万元。“三公”经费全年预算2万元。
"""


@pytest.mark.parametrize(
    ("heading", "year", "phase"),
    [
        ("第三部分　2025年部门预算情况", 2025, "approved"),
        ("第三部分　2025年部门预算执行情况", 2024, "unspecified"),
        ("第三部分　2025年部门预算绩效情况", 2024, "unspecified"),
        ("第三部分　2024年部门预算情况", 2024, "finalAccounts"),
        ("第三部分　其他情况", 2024, "finalAccounts"),
    ],
)
def test_a_part_of_a_document_is_of_the_year_and_phase_of_its_heading(heading: str, year: int, phase: str) -> None:
    facts = assemble(read(MIXED.format(heading=heading).encode()), None)
    budget = {(one.printed.printed, key.measure): key for key, ones in keyed(facts).items() for one in ones}
    told = {facts.statements[at].printed: keys[0] for at, keys in facts.stated.statements.items()}
    assert budget["9.00", "total-expenditure"].year == told["9"].year == 2024
    assert budget["7.00", "total-expenditure"].year == year
    assert (told["7"].phase, told["2"].phase) == (phase, "approved" if year == 2025 else "adjusted")


UNITS = "".join(f"| {name} | 财政全额保障 |\n" for name in ("青河林业局（本级）", "青河水上运动中心"))
LISTED = f"二、单位构成\n\n| 单位名称 | 经费保障形式 |\n|---|---|\n{UNITS}\n三、预算情况\n\n"


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        (
            "支出预算9万元，其中基本支出5万元。\n\n1.青河水上运动中心支出预算4万元，其中基本支出3万元。",
            ["青河林业局"] * 2 + ["青河水上运动中心"] * 2,
        ),
        ("2024年青河林业局及二级单位青河水上运动中心支出预算9万元。", ["青河林业局"]),
        ("青河林业局、青河水上运动中心支出预算分别为9万元、3万元。", ["青河林业局", "青河水上运动中心"]),
    ],
)
def test_what_a_listed_unit_spends_is_none_of_the_whole(text: str, whose: list[str]) -> None:
    facts = assemble(read(f"青河林业局2024年部门预算\n\n{LISTED}{text}\n".encode()), None)
    assert [keys[0].entity for _, keys in sorted(facts.stated.statements.items())] == whose


@pytest.mark.parametrize("owner", ["青河林业局2024年部门决算\n\n", ""])
def test_what_a_report_tells_of_other_bodies_is_nobody_s_own(owner: str) -> None:
    told = (
        "差异较大。比如冰川系统的会议费总额为2亿元。",
        "例如冰川系统2024年的会议费为3亿元；国家冰川银行2024年的会议费降幅不小，从2023年的5亿元减少到2024年的4亿元。",
    )
    facts = assemble(read((owner + "\n\n".join(told)).encode()), None)
    assert len(facts.statements) >= 4
    assert facts.stated.statements == {}


@pytest.mark.parametrize(("part", "fund"), [("", "general-public"), ("第四部分 其他事项\n\n", "unknown")])
def test_the_heading_of_a_long_section_rules_to_its_end_but_not_beyond_its_part(part: str, fund: str) -> None:
    heading = "（三）一般公共预算财政拨款支出决算具体情况"
    between = "“教育支出（类）进修及培训（款）培训支出（项）”主要用于干部职工培训，按照培训计划开展。\n\n" * 60
    last = "“住房保障支出（类）住房改革支出（款）住房公积金（项）”支出决算为7.00万元，主要用于缴纳住房公积金。"
    facts = assemble(read(f"乙市档案馆2024年度部门决算\n\n{heading}\n\n{between}{part}{last}\n".encode()), None)
    assert [key.fund_scope for keys in facts.stated.statements.values() for key in keys] == [fund]
