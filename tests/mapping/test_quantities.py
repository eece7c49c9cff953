"""Numbers of running text: every printed form is read exactly; dates, codes and numbering are none."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mapping.passages import unify
from mapping.quantities import PrintedNumber, find_quantities, numeral
from mapping.recheck import read_number

UNITS = [
    "元",
    "万元",
    "亿元",
    "%",
    "个",
    "人",
    "户",
    "辆",
    "平方米",
    "批次",
    "人次",
    "分",
    "名",
    "家",
    "场次",
    "元/人",
    "万元/年",
]


def read(text: str) -> list[PrintedNumber]:
    return list(find_quantities(unify(text)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("接种加强针3.12万剂次。", [("3.12", "万剂次")]),
        ("发放疫苗5万剂。", [("5", "万剂")]),
        ("采购疫苗310万毫升，免疫畜禽1850万头次。", [("310", "万毫升"), ("1850", "万头次")]),
        ("储备疫苗6万头份，免疫家禽90万羽次。", [("6", "万头份"), ("90", "万羽次")]),
        ("每人20毫克。", [("20", "毫克")]),
    ],
)
def test_doses_and_heads_are_counted(text: str, said: list[tuple[str, str]]) -> None:
    words = unify(text)
    assert [(words[one.start : one.end], one.unit) for one in find_quantities(words)] == said


def printed(text: str) -> list[str]:
    words = unify(text)
    return [words[one.start : one.end] for one in find_quantities(words)]


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(UNITS), st.booleans(), st.booleans())
def test_any_amount_is_read_back_exactly(value: Decimal, unit: str, separated: bool, full_width: bool) -> None:
    assume(unit != "%" or value < 10_000)  # a larger rate behind words is two numbers without a blank
    digits = f"{value:,.2f}" if separated else f"{value:.2f}"
    if full_width:
        digits = digits.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    (found,) = read(f"本年安排{digits}{unit}，用于保障")
    assert (found.value, found.decimals, found.unit) == (value, 2, unit)


@pytest.mark.parametrize(
    "text",
    [
        "2024年12月31日",
        "2023年度",
        "2018度部门决算报表",
        "2021—2025年",
        "1—12月",
        "1至6月、1至10月",
        "1、组织开展工作。2、落实",
        "（一）加强；（2）落实",
        "1.2024年工作",
        "冀财行〔2023〕98号",
        "财建2006-468号",
        "总工发〔2012〕-16号",
        "晋工发【2006】54号",
        "吕财行字(2002)807号",
        "第34条第2款",
        "国务院令第588号",
        "卫生健康支出（210类）行政事业单位医疗（11款）行政单位医疗（01项）",
        "公开01表、附件2、表1-1",
        "永宁中路9号",
        "电话：0358-8221234",
        "2080505机关事业单位基本养老保险缴费支出",
        "13070024P00027610002U",
        "下午14:30",
        "“十四五”规划、二十大精神、中央八项规定、三重一大、五部一室、两节、一是、十二条、一体化、第一名、一般、万一",
        "建党100周年",
        "《2024年15项重点工作》",
        "预算执行率未达到90%的需说明原因（字数不限）；得分率低于85%的，应逐项分析",
        "浏览次数：1,286",
        "收入34L5亿元",
    ],
)
def test_dates_codes_and_numbering_are_no_numbers(text: str) -> None:
    assert printed(text) == []


@pytest.mark.parametrize(
    ("text", "operator", "unit"),
    [
        ("满意度达到90%以上", "≥", "%"),
        ("覆盖职工不低于500人", "≥", "人"),
        ("控制在5%以内", "≤", "%"),
        ("最高不超过200元", "≤", "元"),
        ("惠及3200余名职工", ">", "名"),
        ("投入3万余元", ">", "万元"),
        ("约200名劳模", "≈", "名"),
        ("近3万人", "≈", "万人"),
        ("大于10%的项目", ">", "%"),
        ("完成率未达到85%的项目", "<", "%"),
        ("满意度达92%", "=", "%"),
        ("报告合格率≥100百分比", "≥", "百分比"),
        ("单价50万元（含）以上设备", "≥", "万元"),
        ("占用设备0台（套）", "=", "台（套）"),
        ("0.08万元/年", "=", "万元/年"),
        ("提高5个百分点", "=", "个百分点"),
    ],
)
def test_operators_and_units(text: str, operator: str, unit: str) -> None:
    (found,) = read(text)
    assert (found.operator, found.unit) == (operator, unit)


def test_a_range_is_one_number() -> None:
    (found,) = read("选定3-5个核心职能目标")
    assert (found.low, found.high, found.value) == (Decimal(3), Decimal(5), Decimal(3))


def test_two_levels_are_no_range() -> None:
    assert printed("每人每月280元提高到320元") == ["280", "320"]
    assert printed("由280元到320元") == ["280", "320"]


def test_a_threshold_limits_what_is_counted() -> None:
    value, count = read("价值50万元（原值）以上的通用设备0台（套）")
    assert (value.limits, count.limits) == (True, False)


@pytest.mark.parametrize(
    ("text", "value"),
    [("三十四名职工", 34), ("两名遗属", 2), ("一名离休干部遗孀", 1), ("下设两个预算单位", 2), ("百分之五的比例", 5)],
)
def test_chinese_numerals_before_classifiers(text: str, value: int) -> None:
    (found,) = read(text)
    assert found.value == value


@given(st.integers(1, 9999))
def test_numerals_of_any_size(value: int) -> None:
    assert numeral(_spelled(value)) == value


def _spelled(value: int) -> str:
    digits, words = "零一二三四五六七八九", ""
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, step)
        if digit:
            words += digits[digit] + name
        elif words and value and not words.endswith("零"):
            words += "零"
    return words


def test_a_number_before_another_word_has_no_unit() -> None:
    assert printed("2025部门预算、3项目、8人员") == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("纳入编制范围的预算单位共叁个，", ["叁"]),
        ("全额拨款事业单位两个、差额一个社区", ["两", "一"]),
        ("对1,215名家庭经济困难学生发放", ["1，215"]),
        ("设有8个内设机构和3个人民法庭", ["8", "3"]),
        ("形成项目绩效自评表3份，见附表3", ["3"]),
        ("低于平均水平一个百分点", ["一"]),
        ("发生责任事故0起", ["0"]),
    ],
)
def test_counts_in_words_and_after_words(text: str, numbers: list[str]) -> None:
    assert printed(text) == numbers


@pytest.mark.parametrize(
    ("text", "words", "value", "unit", "decimals"),
    [
        ("支出预算12亿3456万元。", "12亿3456", "123456", "万元", 0),
        ("支出预算1亿2345.60万元。", "1亿2345.60", "12345.60", "万元", 2),
        ("债务余额3亿2万5千元。", "3亿2万5", "300025", "千元", 0),
        ("安排资金1亿2千万元。", "1亿2", "12", "千万元", 0),
        ("受益群众3万2千人，", "3万2", "32", "千人", 0),
        ("增长百分之十二点五，", "十二点五", "12.5", "%", 1),
        ("下降百分之零点零八。", "零点零八", "0.08", "%", 2),
        ("收入一点二亿元，", "一点二", "1.2", "亿元", 1),
        ("安排二十三点五万元，", "二十三点五", "23.5", "万元", 1),
        ("会议费3～5万元，", "3～5", "3", "万元", 0),
        ("年末结转和结余-727.89万元为负数，", "-727.89", "-727.89", "万元", 2),
    ],
)
def test_amounts_of_several_units_and_numerals_with_decimals_are_one_number(
    text: str, words: str, value: str, unit: str, decimals: int
) -> None:
    (found,) = read(text)
    again = read_number(words, unit)
    assert unify(text)[found.start : found.end] == unify(words)
    assert (found.value, found.unit, found.decimals) == (Decimal(value), unit, decimals)
    assert again and (again.value, again.decimals) == (found.value, decimals)


@given(st.integers(1, 9999), st.integers(0, 9999), st.sampled_from(["", "亿"]))
def test_an_amount_above_its_last_unit_is_whole(above: int, below: int, scale: str) -> None:
    (found,) = read(f"安排{above}亿{below}万元，" if scale else f"安排{above}万{below}元，")
    assert found.value == above * 10_000 + below


@pytest.mark.parametrize(
    ("text", "words", "value", "unit", "operator"),
    [
        ("安排近百万元用于防汛", "百", "100", "万元", "≈"),
        ("投入上千万元。", "千", "1000", "万元", "≥"),
        ("安排三十余万元，", "三十", "30", "万元", ">"),
        ("投资超过百亿元。", "百", "100", "亿元", ">"),
        ("共筹集一千多元。", "一千", "1000", "元", ">"),
        ("增长1.5倍，", "1.5", "1.5", "倍", "="),
        ("比上年翻两番。", "两", "2", "番", "="),
    ],
)
def test_words_that_tell_roughly_how_much(text: str, words: str, value: str, unit: str, operator: str) -> None:
    (found,) = read(text)
    again = read_number(words, unit)
    assert (unify(text)[found.start : found.end], found.unit, found.operator) == (words, unit, operator)
    assert again and again.value == found.value == Decimal(value)


def test_what_is_allowed_from_and_up_to_are_two_amounts() -> None:
    assert [(int(one.value), one.operator) for one in read("处三千元以上二万元以下罚款。")] == [
        (3000, "≥"),
        (20000, "≤"),
    ]


@pytest.mark.parametrize(
    "text", ["单位：万元", "安排数百万元。", "另一半由单位承担", "一番努力", "二十分之一", "以上百元券"]
)
def test_what_says_no_number(text: str) -> None:
    assert [one for one in read(text) if one.unit != "元"] == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [("占三分之一。", (167, 333, 500)), ("占近一半，", (250, 500, 750)), ("五分之四的单位", (700, 800, 900))],
)
def test_a_fraction_in_words_has_the_interval_of_its_parts(text: str, ends: tuple[int, ...]) -> None:
    (found,) = read(text)
    assert tuple(int((one or 0) * 1000) for one in (found.low, found.value, found.high)) == ends
    assert (found.kind, found.unit) == ("ratio", None)
