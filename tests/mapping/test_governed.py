"""Reports of governments: whose money each sentence speaks of, of which fund, and what it adds up to."""

from __future__ import annotations

import pytest

from mapping.audit import audit, open_graph
from mapping.facts import assemble
from mapping.governed import read_report
from mapping.read import read
from mapping.rules import audit_rules
from mapping.triples import write_graph

HEAD = "云屏市财政局\n\n关于云屏市2030年决算草案的报告\n\n"
LEVELS = """一、2030年全市及市级决算情况
（一）全市决算情况
1.一般公共预算
全市一般公共预算收入84.10亿元，为预算的101.2%，加上上级补助收入12.40亿元、上年结转1.50亿元，收入总计98.00亿元。
2.政府性基金预算
全市政府性基金收入20.00亿元。加上上级补助收入3.00亿元，收入总计23.00亿元。
（二）市级决算情况
1.一般公共预算
市级一般公共预算收入40.10亿元，其中：税收收入30.00亿元、非税收入10.10亿元。加上上级补助收入9.90亿元，收入总计50.00亿元。
2.政府性基金预算
收入总计15.00亿元。
（三）市直决算情况
1.一般公共预算
一般公共预算收入完成30.00亿元，为预算的99%。
"""


def found_in(text: str) -> list[str]:
    quads = write_graph(assemble(read((HEAD + text).encode()), None), "0" * 64, ["a.txt"], "http://localhost/")
    rules = [rule for rule in audit_rules() if rule.concern == "text"]
    return [result.rule.name for result in audit(open_graph(quads), rules)]


def test_levels_and_funds_are_part_of_what_an_amount_is_of() -> None:
    assert found_in(LEVELS) == []
    facts = assemble(read((HEAD + LEVELS).encode()), None)
    said = {
        (key.level, key.measure, key.fund_scope, facts.statements[at].printed)
        for at, keys in facts.stated.statements.items()
        for key in keys
        if key.measure in ("general-public-income", "total-income", "superior-subsidy-income")
    }
    assert said == {
        ("allLevels", "general-public-income", "general-public", "84.10"),
        ("allLevels", "superior-subsidy-income", "general-public", "12.40"),
        ("allLevels", "total-income", "general-public", "98.00"),
        ("allLevels", "superior-subsidy-income", "government-fund", "3.00"),
        ("allLevels", "total-income", "government-fund", "23.00"),
        ("governmentLevel", "general-public-income", "general-public", "40.10"),
        ("governmentLevel", "superior-subsidy-income", "general-public", "9.90"),
        ("governmentLevel", "total-income", "general-public", "50.00"),
        ("governmentLevel", "total-income", "government-fund", "15.00"),
        ("directUnits", "general-public-income", "general-public", "30.00"),
    }


@pytest.mark.parametrize(
    ("words", "level"), [("市本级财政拨款“三公”经费", "governmentOwn"), ("全市“三公”经费", "allLevels")]
)
def test_the_level_stands_before_what_officials_spend_too(words: str, level: str) -> None:
    text = f"{HEAD}{LEVELS}二、“三公”经费决算\n2030年{words}支出9.00万元，比预算减少1.00万元。\n"
    facts = assemble(read(text.encode()), None)
    assert {
        key.level
        for at, keys in facts.stated.statements.items()
        for key in keys
        if facts.statements[at].printed == "9.00"
    } == {level}


def test_two_amounts_of_one_level_contradict_each_other() -> None:
    words = "2030年全市一般公共预算收入84.10亿元，市级一般公共预算收入40.10亿元。2030年全市一般公共预算收入{}亿元。"
    assert found_in(words.format("84.10")) == []
    assert found_in(words.format("85.10")) == ["text-against-text"]


def test_the_title_of_a_table_names_the_level_of_its_money() -> None:
    tables = "".join(
        f"2030年{level}一般公共预算收支平衡表\n单位：亿元\n\n收入\t决算数\t支出\t决算数\n"
        f"一、一般公共预算收入\t{income}\t一、一般公共预算支出\t9.00\n"
        f"二、上级补助收入\t{sent}\t二、年终结转\t1.00\n收入总计\t10.00\t支出总计\t10.00\n\n"
        for level, income, sent in (("全市", "6.00", "4.00"), ("市本级", "3.00", "7.00"))
    )
    report = assemble(read((HEAD + tables).encode()), None)
    found = [(one.printed.value, report.stated.figures.get(id(one))) for one in report.figures]
    assert {(str(value), key.level, key.fund_scope) for value, key in found if key and key.flow == "downward"} == {
        ("4.00", "allLevels", "general-public"),
        ("7.00", "governmentOwn", "general-public"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "2030年市级一般公共预算收入40亿元，市级政府性基金收入5亿元。",
        "2030年县级财政拨款收入40万元，全县教育支出5亿元。",
        "我局落实全市工作部署和市级要求。",
    ],
)
def test_one_level_or_no_money_of_a_government_tells_nothing_apart(text: str) -> None:
    assert read_report(text) is None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("收入8.00亿元，比上年增长3.0%，加上上级补助收入2.00亿元、上年结转1.00亿元，收入合计11.00亿元。", []),
        (
            "收入8.00亿元，比上年增长3.0%，加上上级补助收入2.00亿元、上年结转1.00亿元，收入合计12.00亿元。",
            ["text-parts"],
        ),
        ("收入8.00亿元（含附加0.50亿元），加上上年结转1.00亿元，收入总计9.00亿元。", []),
        ("收入8.00亿元，其中税收收入6.00亿元、非税收入2.00亿元。加上上年结转1.00亿元，收入总计9.00亿元。", []),
        ("收入8.00亿元，为预算7.50亿元的106.7%，加上上年结转1.00亿元，收入总计9.00亿元。", []),
        # what 其中 names may be what is added to, and is no part again until it is all of the amount before it
        ("总量9.00亿元，其中：县级收入6.00亿元；加上补助收入2.00亿元，上年结转1.00亿元，收入合计9.00亿元。", []),
        ("总量9.00亿元，其中：县级收入6.00亿元；加上补助收入2.00亿元，上年结转1.00亿元，收入合计12.00亿元。", []),
        (
            "总量9.00亿元，其中：县级收入6.00亿元；加上补助收入2.00亿元，上年结转1.00亿元，收入合计9.50亿元。",
            ["text-parts"],
        ),
        (
            "收入6.00亿元，加上补助收入2.00亿元，其中：一般补助1.50亿元，专项补助0.50亿元，上年结转1.00亿元，收入合计9.00亿元。",
            [],
        ),
        (
            "收入6.00亿元，加上补助收入2.00亿元，其中：一般补助1.50亿元（含均衡补助1.00亿元、专项补助0.50亿元），"
            "上年结转1.00亿元，收入合计9.00亿元。",
            [],
        ),
        (
            "收入6.00亿元，加上补助收入2.00亿元，其中：一般补助1.50亿元，专项补助0.50亿元，上年结转1.00亿元，收入合计11.00亿元。",
            ["text-parts"],
        ),
        # a colon behind the words, and the name alone of what is added to
        ("收入8.00亿元，增长3.0%，加上：上级补助收入2.00亿元、上年结转1.00亿元，收入总计11.00亿元。", []),
        ("收入8.00亿元，加：上级补助收入2.00亿元，上年结转1.00亿元，收入总计11.00亿元。", []),
        ("收入8.00亿元，加上：上级补助收入2.00亿元、上年结转1.00亿元，收入总计12.00亿元。", ["text-parts"]),
        ("收入8.00亿元。一般公共预算收入加上各类补助2.00亿元、上年结转1.00亿元，收入合计11.00亿元。", []),
        ("收入8.00亿元。一般公共预算收入加上各类补助2.00亿元、上年结转1.00亿元，收入合计12.00亿元。", ["text-parts"]),
        ("收入8.00亿元。政府性基金收入加上各类补助2.00亿元、上年结转1.00亿元，收入合计12.00亿元。", []),
        # one word alone leads on to what is added
        ("收入8.00亿元，增长3.0%；加提前下达的补助2.00亿元、上年结转1.00亿元，收入总计11.00亿元。", []),
        ("收入8.00亿元，增长3.0%；加提前下达的补助2.00亿元、上年结转1.00亿元，收入总计12.00亿元。", ["text-parts"]),
        ("收入8.00亿元，增长3.0%。收入加上级补助2.00亿元、上年结转1.00亿元，收入总计12.00亿元。", ["text-parts"]),
        ("支出8.00亿元。收入加上级补助2.00亿元、债务转贷3.00亿元，收入总计12.00亿元。", []),
        # two are added without a mark between
        ("收入8.00亿元，增长3.0%。加上补助收入2.00亿元和上年结转1.00亿元，收入总计11.00亿元。", []),
        ("收入8.00亿元，增长3.0%。加上补助收入2.00亿元和上年结转1.00亿元，收入总计12.00亿元。", ["text-parts"]),
        # not sure what is added to, or something is taken off
        ("收入8.00亿元、土地收入3.00亿元，加上上年结转1.00亿元，收入总计9.50亿元。", []),
        ("收入8.00亿元，加上上年结转1.00亿元，减去上解支出2.00亿元，收入总计7.00亿元。", []),
    ],
)
def test_what_is_added_to_an_amount_makes_up_the_total_with_it(sentence: str, found: list[str]) -> None:
    assert found_in("2030年一般公共预算" + sentence) == found


def test_a_report_on_two_years_states_what_was_executed_and_what_is_drafted() -> None:
    text = (
        "云屏市财政局\n\n关于云屏市2029年预算执行情况和2030年预算草案的报告\n\n一、2029年预算执行情况\n\n"
        "（一）一般公共预算\n\n全市一般公共预算支出完成90亿元。市级支出完成40亿元。\n\n"
        "（二）社会保险基金预算\n\n全市社会保险基金收入46亿元，年末结余62亿元。\n\n"
        "二、2030年预算草案\n\n（一）政府性基金预算\n\n市级政府性基金收入安排20亿元，支出安排18亿元，调入一般公共预算2亿元。\n"
    )
    facts = assemble(read(text.encode()), None)
    found = [(facts.statements[at].printed, key) for at, keys in facts.stated.statements.items() for key in keys]
    assert [(printed, key.year, key.phase, key.fund_scope) for printed, key in found] == [
        ("90", 2029, "executed", "general-public"),
        ("40", 2029, "executed", "general-public"),
        ("20", 2030, "reviewDraft", "government-fund"),
        ("18", 2030, "reviewDraft", "government-fund"),
    ]


def stated(text: str) -> set[tuple[str, str, str, str]]:
    """Printed number, measure, fund and phase of each fact that the sentences of a report state."""
    facts = assemble(read((HEAD + text).encode()), None)
    return {
        (facts.statements[at].printed, key.measure, key.fund_scope, key.phase)
        for at, keys in facts.stated.statements.items()
        for key in keys
    }


def test_what_is_sent_from_above_is_of_the_budget_that_receives_it() -> None:
    text = (
        "一、政府性基金预算\n\n2030年全市政府性基金收入5亿元，上级补助收入2亿元。\n\n"
        "二、国有资本经营预算\n\n2030年全市国有资本经营收入4亿元，上级补助收入1亿元。\n\n"
        "三、一般公共预算\n\n2030年全市公共预算上级补助收入9亿元。\n\n四、其他\n\n2030年上级补助收入8亿元。\n"
    )
    assert {one[:3] for one in stated(text) if one[1] == "superior-subsidy-income"} == {
        ("2", "superior-subsidy-income", "government-fund"),
        ("1", "superior-subsidy-income", "state-capital"),
        ("9", "superior-subsidy-income", "general-public"),
    }


def test_a_total_of_what_its_sentence_lists_is_not_what_was_spent() -> None:
    text = "政府性基金支出15亿元，上解上级支出1亿元，债务还本4亿元（含展期），支出合计20亿元，年终结转3亿元。\n"
    assert {one[:2] for one in stated(text)} == {
        ("15", "expenditure"),
        ("1", "remittance-up"),
        ("3", "closing-carry-over"),
    }


def test_what_is_left_of_loans_and_what_is_transferred_is_no_fact_of_the_budget() -> None:
    text = (
        "2030年一般公共预算收入8亿元，加上上级补助收入2亿元，再融资一般债券上年结余3亿元，上年结余1亿元，收入总计14亿元。"
        "2030年一般公共预算支出9亿元，加上上解支出3亿元、安排预算稳定调节基金2亿元，支出总计14亿元。"
    )
    assert {one[:2] for one in stated(text)} == {
        ("8", "general-public-income"),
        ("2", "superior-subsidy-income"),
        ("1", "opening-carry-over"),
        ("14", "total-income"),
        ("9", "expenditure"),
        ("14", "total-expenditure"),
    }


def test_what_a_government_carries_over_is_of_the_budget_that_its_sentences_name() -> None:
    text = (
        "（一）收支情况\n\n2030年一般公共预算收入8亿元。加上调入资金2亿元、上年结余3亿元。\n\n"
        "2030年政府性基金收入5亿元，上年结转1亿元。\n\n2030年上年结余9亿元。\n"
    )
    assert {one[:3] for one in stated(text) if one[1] == "opening-carry-over"} == {
        ("3", "opening-carry-over", "general-public"),
        ("1", "opening-carry-over", "government-fund"),
        ("9", "opening-carry-over", "unknown"),
    }


def test_the_first_budget_totals_of_funds_and_goals_contradict_nothing() -> None:
    text = (
        "2030年初，市人大批准的全市一般公共预算收入76亿元。2030年全市一般公共预算收入预期目标为78亿元。"
        "2030年全市收入预期目标为：总收入98亿元；一般公共预算收入77亿元。"
        "2030年全市一般公共预算收入84亿元，加上上级补助收入2亿元，全市一般公共预算收入总计86亿元。"
        "社会保险基金预算收入43亿元。政府性基金预算收入20亿元。\n"
    )
    assert found_in(text) == []
    assert stated(text) == {
        ("76", "general-public-income", "general-public", "approved"),
        ("84", "general-public-income", "general-public", "finalAccounts"),
        ("86", "total-income", "general-public", "finalAccounts"),
        ("20", "gov-fund-income", "government-fund", "finalAccounts"),
    }


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("云屏市文化局2030年彩票公益金使用情况", "2030年总收入5万元，总支出5万元，年末结转0.5万元。"),
        ("云屏市农业局2030年项目情况", "2030年收到一般债券资金28万元，本年度支出28万元。"),
    ],
)
def test_the_money_of_one_fund_is_no_total_of_the_office(title: str, sentence: str) -> None:
    facts = assemble(read(f"{title}\n\n{sentence}\n".encode()), None)
    assert not facts.stated.statements


def test_rows_of_a_table_of_one_cell_a_line_end_no_section() -> None:
    text = (
        "关于云屏市2029年预算执行情况和2030年预算草案的报告\n\n一、2029年预算执行情况\n\n一、本级收入\n\n167500\n\n"
        "二、转移性收入\n\n6790.31\n\n全市一般公共预算收入完成16亿元，增长3%。\n"
    )
    facts = assemble(read(text.encode()), None)
    assert [one.fiscal_year for one in facts.statements] == [2029, 2029]


def test_places_in_brackets_divide_a_total_and_are_none_of_it() -> None:
    text = (
        "全市一般公共预算收入78亿元；上年结转收入3亿元；收入合计109亿元（市本级87亿元，高新区22亿元）。\n"
        "一般公共预算支出98亿元；上解上级支出2亿元；支出合计108亿元（市本级86亿元，高新区22亿元）。\n"
    )
    assert found_in(text) == []


def test_local_revenue_in_the_list_of_a_level_is_of_that_level() -> None:
    text = (
        "（一）全市收支情况\n全市一般公共预算总收入86亿元，其中：上划中央收入31亿元；地方一般公共预算收入54亿元。"
        "一般公共预算支出158亿元。\n"
        "（二）市本级收支情况\n市本级一般公共预算总收入24亿元，其中：上划中央收入11亿元；地方一般公共预算收入13亿元。"
        "一般公共预算支出25亿元。\n"
    )
    assert found_in(text) == []
    report = read_report("中央一般公共预算收入5亿元，其中税收3亿元，地方一般公共预算收入6亿元。")
    assert report and [level for line in report.levels.named for _, level in line] == ["governmentLevel", "localLevels"]


@pytest.mark.parametrize(("left", "rule"), [("2.95", []), ("1.95", ["text-balance"])])
def test_what_the_next_sentence_says_is_left_balances_a_fund(left: str, rule: list[str]) -> None:
    text = f"市本级政府性基金预算总收入87.32亿元，总支出84.37亿元。收支相抵，年终结余{left}亿元。\n"
    assert found_in(text) == rule


def test_a_sentence_that_sums_up_is_not_of_the_term_alone() -> None:
    text = (
        "一般公共预算收入9亿元，转移性收入7亿元。合计收入为16亿元。\n"
        "一般公共预算支出合计8亿元，转移性支出8亿元。合计支出为16亿元。\n"
    )
    assert found_in(f"全市{text}") == []
    assert not {one for one in stated(f"全市{text}") if one[0] == "16"}


def test_what_projects_leave_is_no_balance_of_the_government() -> None:
    assert not stated("纳入年初预算的项目未完全支出形成结余1.5亿元，项目结余1.5亿元。\n")
    assert not stated("全市预算批复指标9亿元，已用指标8亿元，预算结余1亿元，指标结余1亿元。\n")


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("全市累计完成一般公共预算收入84.10亿元，收入总计98.00亿元。", "allLevels"),
        ("2030年我市一般公共预算收入84.10亿元，收入总计98.00亿元。", "unknown"),
        ("完成地方本级一般公共预算收入84.10亿元，收入总计98.00亿元。", "localLevels"),
    ],
)
def test_a_report_of_one_level_tells_the_fund_of_its_totals(sentence: str, level: str) -> None:
    facts = assemble(read(f"{HEAD}{sentence}\n".encode()), None)
    keys = [key for keys in facts.stated.statements.values() for key in keys]
    said = {(key.measure, key.fund_scope, key.level) for key in keys}
    assert {("general-public-income", "general-public", level), ("total-income", "general-public", level)} == said


def test_what_is_left_of_an_audit_of_a_place_is_no_budget() -> None:
    text = "柳溪县审计局派出审计组，对2030年度县本级预算执行情况进行了审计。\n全县一般公共预算支出31.52亿元。\n"
    facts = assemble(read(text.encode()), None)
    assert (facts.description.kind, facts.description.publisher) == ("unknown", "柳溪县审计局")
    of_units = text.replace("县本级预算执行", "县本级84家单位预算执行")
    assert not assemble(read(of_units.encode()), None).description.of_government


def test_an_audit_of_an_office_is_none_of_a_government() -> None:
    text = "柳溪市审计局对柳溪市水利局（以下简称市水利局）2030年度预算执行情况进行了审计。\n本年支出31万元。\n"
    assert not assemble(read(text.encode()), None).description.of_government
    of_place = text.replace("柳溪市水利局（以下简称市水利局）", "市财政局具体组织的").replace("支出", "全市支出")
    assert assemble(read(of_place.encode()), None).description.of_government


@pytest.mark.parametrize(
    "others",
    [
        "白石县一般公共预算收入1.20亿元，同比减收0.40亿元；东岭区本级一般公共预算收入3.10亿元。",
        "其中：高新区一般公共预算收入完成1.20亿元，青河经济开发区（含港区）一般公共预算收入3.10亿元。",
    ],
)
def test_what_a_report_tells_of_places_below_is_no_money_of_its_own(others: str) -> None:
    own = "2030年云屏市本级一般公共预算收入9.50亿元；"
    assert found_in(own + others) == []
    assert stated(own + others) == {("9.50", "general-public-income", "general-public", "finalAccounts")}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "年末云屏市一般公共预算收入9.50亿元。",
            {("9.50", "general-public-income", "general-public", "finalAccounts")},
        ),
        (
            "2030年实现市级一般公共预算收入9.50亿元。",
            {("9.50", "general-public-income", "general-public", "finalAccounts")},
        ),
    ],
)
def test_its_own_place_and_level_are_no_places_below(sentence: str, expected: set[tuple[str, str, str, str]]) -> None:
    assert stated(sentence) == expected


def test_what_a_government_spends_of_its_budget_is_no_approved_total() -> None:
    head = "云屏市财政局\n\n关于云屏市2030年预算执行情况和2031年预算草案的报告\n\n（一）2030年一般公共预算执行情况\n"
    text = "全市预算支出9.10亿元，为年初预算数的103.7%。加上上解支出0.90亿元，预算总支出10.00亿元。\n"
    facts = assemble(read((head + text).encode()), None)
    keys = {key for keys in facts.stated.statements.values() for key in keys}
    assert {(key.measure, key.phase) for key in keys} == {
        ("expenditure", "executed"),
        ("total-expenditure", "executed"),
    }


def test_what_is_added_to_a_budget_is_no_amount_of_it() -> None:
    text = "调增一般公共预算支出6.50亿元，调减调入资金0.40亿元。全市一般公共预算支出73.80亿元。\n"
    assert found_in(text) == []
    assert {one[0] for one in stated(text)} == {"73.80"}


@pytest.mark.parametrize("done", ["挤占", "虚列", "多列", "违规列支", "超标准列支"])
def test_what_an_audit_finds_of_some_spending_is_none_of_all(done: str) -> None:
    assert not stated(f"全市{done}项目支出16.50万元。\n")


def test_accounts_of_a_year_are_told_beside_the_first_months_of_the_next() -> None:
    title = "关于云屏市2030年市级决算及2031年上半年预算执行情况的报告 2031-12-02 来源：市财政局"
    text = f"{title}\n\n云屏市财政局\n\n2030年，全市一般公共预算收入9.50亿元。\n"
    facts = assemble(read(text.encode()), None)
    keys = [key for keys in facts.stated.statements.values() for key in keys]
    assert {(key.measure, key.year, key.phase) for key in keys} == {("general-public-income", 2030, "finalAccounts")}


def test_what_an_appropriation_leaves_out_in_brackets_takes_nothing_from_what_it_pays() -> None:
    text = "2030年全市使用财政拨款（不含教育收费）安排“三公”经费预算总额为12.50亿元。\n"
    assert stated(text) == {("12.50", "three-public", "fiscal-appropriation", "approved")}
    assert not stated(text.replace("教育收费", "垂直管理单位"))
