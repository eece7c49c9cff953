"""Reports and tables of governments: all that a place takes in and spends, of its levels, funds and debts."""

from __future__ import annotations

import pytest

from mapping.audit import audit, open_graph
from mapping.facts import assemble
from mapping.read import read
from mapping.rules import audit_rules
from mapping.triples import write_graph

HEAD = "云屏市财政局\n\n关于云屏市2030年决算草案的报告\n\n"


def told(text: str) -> list[tuple[str, str, str | None]]:
    """The measures, numbers and subjects of what is said in a report."""
    return [(one.measure, one.printed, one.subject) for one in assemble(read((HEAD + text).encode()), None).statements]


def stated(text: str) -> set[tuple[str, str, str, str | None, str]]:
    """The level, measure, fund, class and amount in 元 of the facts that tables state."""
    found = assemble(read((HEAD + text).encode()), None)
    keys = [(key, one) for one in found.figures if (key := found.stated.figures.get(id(one)))]
    return {(key.level, key.measure, key.fund_scope, key.functional, str(one.amount)) for key, one in keys}


def printed(title: str, *rows: str) -> str:
    return f"{title}\n单位：元\n\n" + "\n".join(row.replace("|", "\t") for row in rows) + "\n\n"


def test_money_sent_up_to_the_centre_is_none_of_the_centre() -> None:
    text = "全省一般公共预算支出，加上上解中央支出、债务还本支出等9.00亿元，支出总计20.00亿元。\n省本级收入8.00亿元。\n"
    facts = assemble(read((HEAD + text).encode()), None)
    levels = {facts.statements[at].printed: {key.level for key in keys} for at, keys in facts.stated.statements.items()}
    assert levels["20.00"] == {"allLevels"}


def test_an_amount_of_a_list_left_open_is_not_of_its_last_name() -> None:
    assert [measure for measure, number, _ in told("加上补助、上年结转等9.00亿元。") if number == "9.00"] == ["money"]
    assert told("加上上年结转9.00亿元。")[0][0] == "opening-carry-over"


def test_a_table_that_names_no_level_is_of_none_beside_one_that_does() -> None:
    rows = ("预算科目|决算数", "一般公共预算收入|6", "上级补助收入|4", "收入总计|10")
    own = printed("2030年云屏市本级一般公共预算收支总表", *rows)
    other = printed("2030年云屏市一般公共预算收支总表", *(row.replace("|6", "|7").replace("10", "11") for row in rows))
    text = "全市一般公共预算收入7元，市本级收入6元。\n"
    assert {level for level, *_, amount in stated(text + other + own) if amount == "7"} == {"unknown"}
    assert {level for level, *_, amount in stated(text + other + own) if amount == "6"} == {"governmentOwn"}
    assert "unknown" not in {level for level, *_ in stated("市本级收入6元。\n" + own + rows[0])}


@pytest.mark.parametrize(("title", "level"), [("云屏市和市本级", "unknown"), ("云屏市本级", "governmentOwn")])
def test_a_title_of_a_place_and_its_own_level_names_no_level(title: str, level: str) -> None:
    rows = printed("一般公共预算收入表", "预算科目|决算数", "上级补助收入|4", "上年结转|3", "收入总计|7")
    found = assemble(read(f"2030年{title}财政决算\n\n云屏市人民政府\n\n{rows}".encode()), None)
    assert {key.level for key in found.stated.figures.values()} == {level}


def test_a_total_with_other_money_is_no_income_or_spending_of_the_budget_alone() -> None:
    income = printed(
        "政府性基金预算收入表", "项目|决算数", "收入总计|100", "一、政府性基金收入|60", "二、上级补助收入|40"
    )
    spent = printed(
        "政府性基金预算支出表",
        "项目|决算数",
        "合计|100",
        "一、城乡社区支出|70",
        "二、调出资金|20",
        "三、债务转贷支出|10",
    )
    found = {(measure, amount) for _, measure, _, kind, amount in stated(income + spent) if kind is None}
    assert {("total-income", "100"), ("gov-fund-income", "60"), ("total-expenditure", "100")} <= found
    plain = printed("政府性基金预算支出表", "项目|决算数", "合计|90", "一、城乡社区支出|70", "二、交通运输支出|20")
    assert ("expenditure", "90") in {(measure, amount) for _, measure, _, _, amount in stated(plain)}


def test_a_class_with_what_is_passed_on_is_no_spending_of_its_level() -> None:
    rows = printed(
        "政府性基金预算支出表",
        "项目|决算数",
        "合计|30",
        "一、农林水支出|20",
        "省本级支出|15",
        "对市县转移支付|5",
        "二、交通运输支出|10",
    )
    assert {kind for *_, kind, _ in stated(rows) if kind} == {"214"}


def test_what_a_fund_spends_is_no_class_beside_the_other_funds() -> None:
    row = "国有资本经营预算支出|5"
    beside = printed("2030年财政收支总表", "预算科目|决算数", "支出合计|35", "一般公共预算支出|30", row)
    alone = printed("2030年支出表", "预算科目|决算数", "支出合计|35", "教育支出|30", row)
    assert {kind for *_, kind, _ in stated(beside)} == {None}
    assert {kind for *_, kind, _ in stated(alone)} >= {"223"}


def test_rows_of_a_table_by_economic_class_are_no_functional_classes() -> None:
    rows = ("项目|决算数", "合计|30", "机关商品和服务支出|20", "其他支出|10")
    by_economic = printed("政府性基金预算支出表（按经济分类）", *rows)
    assert "229" not in {kind for *_, kind, _ in stated(by_economic)}
    assert "229" in {kind for *_, kind, _ in stated(printed("政府性基金预算支出表（按功能分类）", *rows))}


def test_a_government_spends_more_than_on_its_posts_and_projects() -> None:
    rows = ("一、政府性基金支出|90", "城乡社区支出|70", "债务付息支出|20", "二、调出资金|10", "支出总计|100")
    summary = printed("政府性基金预算支出表", "项目|决算数", *rows)
    kinds = printed("政府性基金预算支出表（按经济分类）", "项目|决算数", "（一）基本支出|30", "（二）项目支出|50")
    facts = assemble(read((HEAD + "市级收入9元，全市收入9元。\n" + summary + kinds).encode()), None)
    quads = write_graph(facts, "0" * 64, ["a.txt"], "http://localhost/")
    found = [one.rule.name for one in audit(open_graph(quads), audit_rules())]
    assert "basic-and-project" not in found


def test_what_was_adjusted_between_places_and_balances_at_the_end_of_a_year() -> None:
    rows = printed("债券额度表", "地区|年初预算额度|调整（调剂）后预算额度", "甲县|3|4", "乙县|5|6")
    found = assemble(read((HEAD + rows).encode()), None).figures
    assert {one.phase for one in found if "调剂" in one.column_path} == {"adjusted"}
    debts = ("项目|决算数", "一、2029年末地方政府专项债务余额实际数|3", "二、2030年末地方政府专项债务余额实际数|4")
    years = assemble(read((HEAD + printed("专项债务余额表", *debts)).encode()), None).figures
    assert [one.fiscal_year for one in years] == [2029, 2030]


@pytest.mark.parametrize(
    ("text", "value"),
    [("税收返还收入-5.9亿元。", "-5.9"), ("结算补助-3万元。", "-3"), ("税收收入5-9亿元。", "5")],
)
def test_a_sign_before_money_that_comes_in_or_goes_out_is_part_of_it(text: str, value: str) -> None:
    assert str(assemble(read((HEAD + text).encode()), None).statements[0].value) == value


def test_classes_of_what_is_sent_from_above_are_no_spending() -> None:
    text = "共收到中央转移支付资金36亿元，其中：市本级12亿元，主要是医疗补助3亿元、就业补助1亿元等，县区24亿元。"
    assert {measure for measure, *_ in told(text)} == {"money"}
    listed = "（一）专项转移支付收入9亿元。其中：\n1、一般公共服务2亿元；\n2、教育7亿元。"
    assert [subject for _, _, subject in told(listed)[1:]] == ["一般公共服务", "教育"]
    spent = told("上级补助收入9亿元，一般公共服务支出3亿元。")
    assert [measure for measure, *_ in spent] == ["superior-subsidy-income", "functional-expenditure"]


def test_each_of_several_standards_is_of_its_name() -> None:
    found = told("基本公共卫生服务经费、居民医保财政补助标准分别提高到94元、670元。")
    assert [subject for *_, subject in found] == ["基本公共卫生服务经费", "居民医保财政补助标准"]
    found = told("城市低保标准、特困供养标准分别为每月94元、670元。")
    assert [subject for *_, subject in found] == ["城市低保标准", "特困供养标准"]


def test_a_name_before_a_joint_is_not_what_the_number_behind_it_counts() -> None:
    found = told("组织开展161项、210亿元专项资金和1579项、597亿元债券资金绩效自评。")
    assert [(number, subject) for _, number, subject in found if subject and "和" in subject] == []


def test_the_decimals_of_a_number_are_no_numbering() -> None:
    assert told("共有96.4万（次）农户获得理赔34.7万元。")[-1][2] == "96.4万（次）农户获得理赔"


def test_a_multiple_is_not_compared_with_the_year_of_another_clause() -> None:
    text = HEAD + "承保面积较上年增加8个百分点，资金杠杆放大倍数17倍。收入是上年的2倍。"
    found = assemble(read(text.encode()), None).statements
    assert [(one.printed, one.relative_year) for one in found] == [("8", 2029), ("17", None), ("2", 2029)]


def test_what_was_approved_ends_with_its_clause() -> None:
    text = "9亿元已编入2030年预算草案，经人大五次会议审查通过；2亿元已编入2030年预算调整方案。"
    assert [one.phase for one in assemble(read((HEAD + text).encode()), None).statements][1] != "approved"
    text = "人大会议批准的预算为：收入9亿元；支出8亿元。"
    assert [one.phase for one in assemble(read((HEAD + text).encode()), None).statements] == ["approved", "approved"]
