"""Words that show how a document was made: what is marked in invented disclosures, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mapping.facts import assemble
from mapping.marks import Mark
from mapping.misnamed import other_class
from mapping.read import read

TITLE = "泽州县总工会2024年度部门预算公开\n\n"
TABLE = "2024年预算支出总表\n\n部门名称：泽州县总工会\n\n单位：万元\n\n"
ROWS = (
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("", "合计", "30.00", "30.00", ""),
    ("201", "一般公共服务支出", "12.00", "12.00", ""),
    ("20129", "群众团体事务", "12.00", "12.00", ""),
    ("2012901", "行政运行", "12.00", "12.00", ""),
    ("208", "社会保障和就业支出", "12.00", "12.00", ""),
    ("20805", "行政事业单位养老支出", "12.00", "12.00", ""),
    ("2080505", "机关事业单位基本养老保险缴费支出", "12.00", "12.00", ""),
    ("210", "卫生健康支出", "6.00", "6.00", ""),
    ("21011", "行政事业单位医疗", "6.00", "6.00", ""),
    ("2101101", "行政单位医疗", "6.00", "6.00", ""),
)


Rows = tuple[tuple[str, ...], ...]
Layout = Callable[[Rows], str]


def pipe(rows: Rows) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---|---|---|---|---|", *lines[1:]]) + "\n\n"


def tab(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows) + "\n\n"


def cell(rows: Rows) -> str:
    return "\n\n".join("\n".join(f"\t{one}" for one in row) for row in rows) + "\n\n"


LAYOUTS = [pytest.param(layout, id=layout.__name__) for layout in (pipe, tab, cell)]


def replaced(before: str, after: str) -> Rows:
    return tuple(tuple(after if one == before else one for one in row) for row in ROWS)


def marks(text: str) -> list[Mark]:
    return list(assemble(read((TITLE + text).encode()), None).marks)


def said(text: str) -> list[tuple[str, str, str | None]]:
    return [(mark.kind, mark.printed, mark.meant) for mark in marks(text)]


# --- classes ---


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_right_table_is_not_marked(layout: Layout) -> None:
    assert said(TABLE + layout(ROWS)) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_code_beside_the_name_of_another_class_is_marked_where_both_stand(layout: Layout) -> None:
    text = TABLE + layout(replaced("行政单位医疗", "事业单位医疗"))
    mark, *others = marks(text)
    assert (mark.kind, mark.printed, mark.meant) == ("class-name", "2101101 事业单位医疗", "2101102 事业单位医疗")
    assert [(TITLE + text)[span.start : span.end] for span in mark.spans] == ["2101101", "事业单位医疗"]
    # the name has a line of its own where each cell has one
    assert [one.spans for one in others] == ([mark.spans[1:]] if layout is cell else [])
    assert all((one.printed, one.meant) == (mark.printed, mark.meant) for one in others)


def test_a_name_that_goes_by_two_codes_is_marked_by_the_rarer_one() -> None:
    rows = (
        *ROWS[:2],
        ("20199", "本县专门事务", "12.00", "12.00", ""),
        ("2019977", "本县专门事项", "12.00", "12.00", ""),
    )
    wrong = tuple(tuple("2019978" if one == "2019977" else one for one in row) for row in rows)
    tables = [TABLE.replace("支出总表", title) for title in ("支出总表", "一般公共预算支出表", "财政拨款支出表")]
    text = "".join(table + pipe(one) for table, one in zip(tables, (rows, rows, wrong), strict=True))
    assert said(text) == [("class-name", "2019978 本县专门事项", "2019977 本县专门事项")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_class_below_the_heading_of_another_is_marked(layout: Layout) -> None:
    found = said(TABLE + layout(replaced("2101101", "2080501")))
    assert found == [("class-parent", "2080501 行政单位医疗", "210 卫生健康支出")]


def test_a_list_of_classes_in_no_order_is_not_marked() -> None:
    rows = (*ROWS[:3], ROWS[5], ROWS[8], ROWS[3], ROWS[6], ROWS[9])
    assert said(TABLE + pipe(rows)) == []


@pytest.mark.parametrize(
    ("code", "label", "other"),
    [
        ("20808", "行政事业单位养老支出", "20805"),
        ("30101", "津贴补贴", "30102"),
        ("2040706", "所政设施建设", "2040806"),
        ("2040804", "罪犯生活及医疗卫生", "2040704"),
        ("2040706", "狱政设施建设", None),
        ("2080505", "机关事业单位基本养老保险缴费支出", None),
        ("2080505", "机关事业单位基本养老保险缴费", None),  # shortened
        ("2081003", "儿童福利", "2081001"),  # not known, beside its neighbour's name
        ("2160202", "机关服务", "2160203"),  # not known, beside a name that ends alike wherever it is known
        ("2012901", "行政远行", None),  # misread
        ("2019901", "行政运行", None),  # not known
        ("2012901", "其他支出", None),  # of another level
    ],
)
def test_another_class_is_one_of_the_same_level_with_the_very_name(code: str, label: str, other: str | None) -> None:
    assert other_class(code, label) == other


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "社会保障和就业（208类）行政事业单位养老（08款）事业单位离退休（02项）反映离退休经费。",
            "20805 行政事业单位养老支出",
        ),
        ("行政单位离退休（2080502）支出10万元，用于退休人员。", "2080501 行政单位离退休"),
        ("2080502行政单位离退休支出10万元，用于退休人员。", "2080501 行政单位离退休"),
    ],
)
def test_codes_in_text_that_contradict_their_words_are_marked(line: str, expected: str) -> None:
    assert [meant for kind, _, meant in said(line + "\n") if kind == "class-name"] == [expected]


@pytest.mark.parametrize(
    "line",
    [
        "社会保障和就业（208类）行政事业单位养老（05款）事业单位离退休（02项）反映离退休经费。",
        "社会保障和就业支出（208类）抚恤（08款）死亡抚恤（01项）反映抚恤金。",
        "行政单位离退休（2080501）支出10万元，用于退休人员。",
    ],
)
def test_codes_in_text_that_bear_out_their_words_are_not(line: str) -> None:
    assert said(line + "\n") == []


# --- templates and damage ---


@pytest.mark.parametrize(
    "line",
    [
        "XX县2024年部门预算包括本级预算，共有车辆XX辆。",
        "本单位共有××名职工，均为在编人员。",
        "本单位20XX年收入预算10万元。",
        "组织约省部级劳模进行体检，落实荣誉津贴。",
        "（单位名称）2024年收入预算10万元，与上年持平。",
        "机关运行经费____万元，用于日常办公。",
        "此处填写变动原因，并说明与上年的差异。",
        "如无此项支出，请注明“本单位无此项支出”。",
        "收入预算10万元，占%，与上年持平。",
        "比上年增加万元，主要是人员增加。",
        "Table with columns for Department Name, Basic Information, Objectives, Budget Situation, and Metrics.",
    ],
)
def test_what_a_template_leaves_is_marked(line: str) -> None:
    assert [kind for kind, _, _ in said(line + "\n")] == ["placeholder"]


@pytest.mark.parametrize(
    "line",
    [
        "依照本办法第XX条办理，按第××款执行。",
        "**财政拨款收入**：指单位从同级财政部门取得的财政预算资金。",
        "联系电话：0356-XXXXXXX，联系人：███。",
        "项目编码13070024P00027610002U，数量3×4个。",
        "本部门无需说明情况，无其他说明事项。",
        "如无特殊情况，应于年底前完成支付，并说明进度。",
        "收入预算10万元，占100%，比上年增加2万元。",
        "培训地点为Shanxi University of Finance and Economics校区。",
        "填报日期：____年__月__日",
        "节约市级资金10万元，大力推进集约化管理。",
        "财政拨款（万元）占比（%）及增加（万元）见下表。",
        "附表金额除注明外单位为万元；债务表以亿元为单位。",
    ],
)
def test_what_is_no_template_is_not_marked(line: str) -> None:
    assert said(line + "\n") == []


def test_damaged_characters_are_marked_and_bullets_are_not() -> None:
    assert said("收入预算锟斤拷10万元，比上年\ufffd增加。\n\uf0b7 收入\n023年按月发放补助。\n") == [
        ("garbled", "锟斤拷", None),
        ("garbled", "\ufffd", None),
        ("garbled", "023年", None),
    ]


def test_a_watermark_is_marked_once() -> None:
    assert said("仅供内部审核\n\n一、收入\n\n仅供内部审核\n") == [("watermark", "仅供内部审核", None)]


@pytest.mark.parametrize(
    "line",
    [
        "截至2024年11月31日，共有车辆1辆。",
        "活动于2月30日前完成，支出10万元。",
        "2023年2月29日印发。",
        "截至2024年 6 月 31 日，共有车辆1辆。",
        "2024年13月完成验收。",
        "| 发放时间 | 2024-09-31 |",
        "馆舍维修自2024年3月至2023年12月实施，预算9.00万元。",
    ],
)
def test_a_date_that_does_not_exist_is_marked(line: str) -> None:
    assert [mark.kind for mark in marks(line + "\n")] == ["impossible-date"]


@pytest.mark.parametrize(
    "line",
    [
        "截至2024年2月29日，共有车辆1辆。",
        "活动于2月29日前完成，支出10万元。",
        "1-12月31个项目全部完成，支出10万元。",
        "2024年12月31日前完成，GB/T 9704-2012-99。",
        "2024年10月31日，收入0.10月31日元。",
        "执行2021.12.31号文，支出10万元。",
    ],
)
def test_a_date_that_exists_is_not(line: str) -> None:
    assert marks(line + "\n") == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("提出改进资金使用的意见意见，支出10万元。", "意见意见"),
        ("泽州县总工会2024年泽州县总工会收入预算10万元。", "泽州县总工会2024年泽州县总工会"),
    ],
)
def test_words_printed_twice_are_marked(line: str, words: str) -> None:
    assert said(line + "\n") == [("doubled", words, None)]


@pytest.mark.parametrize(
    "line",
    [
        "本单位单位整体支出10万元。",
        "每人每月补助2000元，每生每生活月补助20元。",
        "与职工商量商量，支出10万元。",
        "市级各级各部门支出10万元。",
        "政府债务债务率为60%。",
        "青河县柳溪镇人民政府政府采购预算10万元。",
        "按照建设工程工程量计算规范编制。",
    ],
)
def test_words_that_may_stand_twice_are_not(line: str) -> None:
    assert said(line + "\n") == []


# --- names of projects ---


PROJECTS = (
    "2024年项目支出预算表\n\n单位：万元\n\n| 项目名称 | 合计 |\n|---|---|\n| 合计 | 30.00 |\n"
    "| 防讯应急物资储备 | 20.00 |\n| 乡村保洁员补助 | 10.00 |\n\n"
)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("其中：防汛应急物资储备20万元。", "防汛应急物资储备"),
        ("安排乡村保杰员补助10万元，用于环境整治。", "乡村保杰员补助"),
    ],
)
def test_a_name_in_text_that_differs_by_a_character_is_marked(line: str, words: str) -> None:
    assert [(kind, printed) for kind, printed, _ in said(PROJECTS + line + "\n")] == [("near-name", words)]


@pytest.mark.parametrize("line", ["乡村保洁员的补助10万元。", "城乡村保洁员补助10万元。", "乡村保安员补贴10万元。"])
def test_other_words_near_a_name_are_not(line: str) -> None:
    assert said(PROJECTS + line + "\n") == []


# --- copies ---


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("“三公”经费：指省直部门用财政拨款安排的因公出国（境）费用和公务接待费。", ("other-level", "县级")),
        ("财政拨款收入：指市级财政当年拨付的资金，包括一般公共预算。", ("other-level", "县级")),
        ("财政拨款收入：指单位从省级财政部门取得的财政预算资金。", ("other-level", "县级")),
        ("2024年，我局收入预算10万元，与上年持平。", ("other-unit", "泽州县总工会")),
        ("我旗职工人数增加，服务范围扩大，支出增加10万元。", ("other-unit", "我县")),
        ("2024年度阳城县总工会收入预算10万元，与上年持平。", ("other-unit", "泽州县总工会")),
        ("2024年度泽洲县总工会收入预算10万元，与上年持平。", ("publisher-name", "泽州县总工会")),
        ("一是阳城县总工会加强帮扶工作，2024年帮扶20人。", ("other-unit", "泽州县总工会")),
    ],
)
def test_words_of_another_level_place_or_body_are_marked(line: str, found: tuple[str, str]) -> None:
    assert {(kind, meant) for kind, _, meant in said(line + "\n")} == {found}


@pytest.mark.parametrize(
    "line",
    [
        "“三公”经费：指县级部门用财政拨款安排的因公出国（境）费用和公务接待费。",
        "财政拨款收入：指同级财政当年拨付的资金，包括省级财政转移支付10万元。",
        "省级财政安排专项资金10万元，市级财政配套2万元，用于困难职工帮扶。",
        "我会、我县、我市和我省的职工人数增加，支出增加10万元。",
        "上级补助收入：指从省级财政部门取得的补助资金，由我委托第三方核算。",
        "根据《关于我局困难职工帮扶工作的意见》，支出增加10万元。",
        "与阳城县总工会开展工作交流，接待1批次8人次，支出0.05万元。",
        "晋城市总工会安排补助10万元，用于困难职工帮扶。",
        "2024年度泽州县总工会收入预算10万元，与上年持平。",
        "2024年度泽州县总工会机关收入预算10万元，与上年持平。",
    ],
)
def test_what_a_county_may_say_is_not_marked(line: str) -> None:
    assert said(line + "\n") == []


@pytest.mark.parametrize(("office", "marked"), [("民进云岭市委", []), ("民建云岭市委", []), ("云岭市司法局", ["我会"])])
def test_a_democratic_party_calls_itself_an_association(office: str, marked: list[str]) -> None:
    text = f"{office}2024年度部门决算公开\n\n一、职能\n\n机关承担着为我会800名会员的服务工作。\n"
    assert [mark.printed for mark in assemble(read(text.encode()), None).marks if mark.kind == "other-unit"] == marked


@pytest.mark.parametrize(
    ("unit", "marked"),
    [("云岭县教育局", True), ("云岭县总工会机关", False), ("县总工会", False), ("平湖县教育局", False)],
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_only_unit_of_a_table_is_the_publisher(layout: Layout, unit: str, marked: bool) -> None:
    rows = (("单位名称", "合计", "财政拨款", "其他收入", "上年结转"), ("合计", "9.00", "8.00", "1.00", ""))
    text = "云岭县总工会2024年度部门预算公开\n\n2024年收入预算表\n\n单位：万元\n\n"
    text += layout((*rows, (unit, "9.00", "8.00", "1.00", ""))) + "2024年，云岭县总工会收入预算9.00万元。\n"
    found = [(mark.kind, mark.printed) for mark in assemble(read(text.encode()), None).marks]
    assert found == ([("other-unit", unit)] if marked else [])


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("采供血机构支出10万元，主要用于疾控中心人员经费和公用经费。", True),
        ("采供血机构支出10万元，主要用于血站人员经费和公用经费。", False),
        ("采供血机构支出10万元，主要用于疾控中心人员经费；疾控中心的检测由血站代做。", False),
    ],
)
def test_the_staff_of_another_kind_of_body(line: str, marked: bool) -> None:
    text = f"平湖市中心血站2024年单位预算公开\n\n{line}\n"
    found = [(mark.kind, mark.printed) for mark in assemble(read(text.encode()), None).marks]
    assert found == ([("other-unit", "疾控中心")] if marked else [])


def test_a_body_with_another_number_is_another_one() -> None:
    text = "勐川县第一中学2025年单位预算公开\n\n截至2024年12月31日，勐川县第二中学占地面积86.50亩。\n"
    found = [(mark.kind, mark.printed) for mark in assemble(read(text.encode()), None).marks]
    assert found == [("other-unit", "勐川县第二中学")]


def test_a_town_is_below_the_county_that_its_name_begins_with() -> None:
    text = "泽州县青木镇人民政府2025年部门预算公开\n\n财政拨款收入：指市级财政当年拨付的资金。\n"
    found = [(mark.kind, mark.meant) for mark in assemble(read(text.encode()), None).marks]
    assert found == [("other-level", "乡级")]


@pytest.mark.parametrize("level", ["省", "市"])
def test_a_school_is_at_the_level_of_its_department(level: str) -> None:
    form = (
        "| 项目名称 | 实验室改造 | 主管部门 | 湖北省教育厅 |\n|---|---|---|---|\n"
        "| 预算数（万元） | 10.00 | 实施单位 | 湖北荆襄理工学院 |\n"
    )
    line = f"“三公”经费：指{level}直部门用财政拨款安排的因公出国（境）费和公务接待费。"
    text = f"湖北荆襄理工学院2024年度单位决算\n\n项目支出绩效目标表\n\n{form}\n{line}\n"
    found = [mark.kind for mark in assemble(read(text.encode()), None).marks]
    assert found == ([] if level == "省" else ["other-level"])


@pytest.mark.parametrize("short", ["", "泽州县总工会（以下简称总工会）服务全县职工。\n\n"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_of_another_body_is_marked(layout: Layout, short: str) -> None:
    """A short name that any body of its kind has is none that tells it."""
    other = TABLE.replace("泽州", "阳城").replace("支出总表", "收入总表")
    text = short + TABLE + layout(ROWS) + TABLE.replace("预算", "一般公共预算") + layout(ROWS) + other + layout(ROWS)
    assert said(text) == [("other-unit", "阳城县总工会", "泽州县总工会")]


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("泽州县财政局部门收支总表", ["泽州县财政局"]),
        ("泽州县总工会部门收支总表", []),
        ("泽州县工人文化宫收支预算总表", []),  # a unit that the text knows
        ("部门收支总表", []),
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_title_with_another_body_among_those_of_the_publisher_is_marked(
    layout: Layout, title: str, marked: list[str]
) -> None:
    titles = ["部门收入总表", "部门支出总表", "财政拨款收支总表", "一般公共预算支出表", "政府采购预算表"]
    names = [*(f"泽州县总工会{one}" for one in titles), title]
    tables = "".join(f"{one}\n\n单位：万元\n\n{layout(ROWS)}" for one in names)
    units = "纳入预算编制范围的单位共2个，包括：\n\n1.泽州县总工会本级\n\n2.泽州县工人文化宫\n\n"
    assert [mark.printed for mark in marks(units + tables) if mark.kind == "other-unit"] == marked


def test_a_code_makes_no_other_name_of_a_misprint() -> None:
    titled = {"支出总表": "泽州县总工会", "一般公共预算支出表": "泽州县总工会", "收入总表": "泽洲县总工会"}
    text = "".join(f"2024年预算{title}\n\n711 {name}\n\n单位：万元\n\n{pipe(ROWS)}" for title, name in titled.items())
    assert said(text) == [("publisher-name", "泽洲县总工会", "泽州县总工会")]


FORM = (
    ("项目名称", "修缮", "实施单位", "{unit}"),
    ("资金总额（万元）", "5.00", "其中：财政拨款", "5.00"),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "修缮房屋", "≥2间"),
)


def formed(
    publisher: str, unit: str, layout: Layout, caption: str = "（2024年度）", text: str = ""
) -> list[tuple[str, str, str | None]]:
    rows = tuple(tuple(cell.replace("{unit}", unit) for cell in row) for row in FORM)
    printed = layout(rows).replace("|---|---|---|---|---|", "|---|---|---|---|")
    whole = f"{publisher}2024年部门预算公开\n\n{text}\n\n项目支出绩效目标表\n{caption}\n{printed}"
    return [(mark.kind, mark.printed, mark.meant) for mark in assemble(read(whole.encode()), None).marks]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("publisher", "unit"),
    [
        ("洮阳县林业和草原局", "岷阳县林业和草原局"),
        ("婺原市博物馆", "婺原市美术馆"),
        ("沂东县柳河镇人民政府", "沂东县青石镇人民政府"),
    ],
)
def test_a_form_of_another_body_is_marked(publisher: str, unit: str, layout: Layout) -> None:
    assert formed(publisher, unit, layout) == [("other-unit", unit, publisher)]
    assert formed(publisher, publisher, layout) == []


@pytest.mark.parametrize(
    ("publisher", "unit", "text"),
    [
        ("洮阳县林业和草原局", "洮阳县草原工作站", ""),  # may be a unit below
        ("婺原市博物馆", "婺原市博物馆文物修复中心", ""),  # a part of it
        ("婺原市博物馆", "婺原市美术馆", "本馆下属事业单位1个，为婺原市美术馆。"),
        ("婺原市文化广电旅游局", "婺原市体育局", ""),
    ],
)
def test_a_form_of_a_unit_that_may_be_below_is_not(publisher: str, unit: str, text: str) -> None:
    assert formed(publisher, unit, pipe, text=text) == []


CARS = (
    ("单位名称", "合计", "公务用车购置费", "公务用车运行费", "公务接待费"),
    ("合计", "40.00", "18.00", "20.00", "2.00"),
    ("泽州县劳动技校", "29.00", "18.00", "10.00", "1.00"),
    ("泽州县职工医院", "11.00", "0.00", "10.00", "1.00"),
)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("unit", ["泽州县劳动技校", "泽州县职工医院"])
def test_cars_of_another_unit_than_the_table_says(unit: str, layout: Layout) -> None:
    line = f"2024年拟购置公务用车1辆，金额18.00万元，为{unit}应急保障用车。\n\n"
    text = f"{line}2024年“三公”经费预算表\n\n单位：万元\n\n{layout(CARS)}"
    own = unit == "泽州县劳动技校"
    assert said(text) == ([] if own else [("other-unit", unit, "泽州县劳动技校")])


# --- counts and the names listed beside them ---


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("下属事业单位4个，分别为泽州县林场、泽州县林业技术推广站、泽州县草原工作站。", "3个"),
        ("预算单位共计4家，具体包括：泽州县林业局机关、泽州县林场、泽州县草原工作站。", "3家"),
        ("内设办公室、财务科、组织科5个科室。", "3个"),
        ("预算单位5个，包括：泽州县总工会本级和3个所属事业单位。", "4个"),
        ("纳入预算编制范围的单位共4个：泽州县林业局（本级）、泽州县林场、泽州县草原工作站。", "3个"),
        ("决算公开单位构成包括：泽州县林业局（本级）、泽州县林场、泽州县草原工作站，共4个。", "3个"),
        ("2024年对3个项目开展自评：护林防火12.50万元、种苗繁育7.50万元，合计20.00万元。", "2个"),
        ("一般公共预算项目4个，支出90.00万元；政府性基金项目1个，支出10.00万元；两项合计6个项目100.00万元。", "5个"),
        (
            "编制2025年部门预算单位共3个。其中：财政全额供给单位3个；差额供给单位0个。部门预算单位中，行政单位1个，参公单位0个，"
            "事业单位3个。",
            "4个",
        ),
    ],
)
def test_a_number_that_is_not_that_of_the_names(line: str, meant: str) -> None:
    assert [(kind, found) for kind, _, found in said(f"{line}\n")] == [("list-count", meant)]


@pytest.mark.parametrize(
    "line",
    [
        "下属事业单位3个，分别为泽州县林场、泽州县林业技术推广站、泽州县草原工作站。",
        "下属事业单位4个，分别为泽州县林场、泽州县林业技术推广站和泽州县草原工作站等。",
        "下属事业单位3个，分别为泽州县林场、泽州县林业技术推广站和泽州县草原工作站。",
        "下属行政单位1个，事业单位2个，分别为泽州县法庭管理处、泽州县林业技术推广站、泽州县草原工作站。",
        "预算单位共计3家，具体包括：泽州县林业局机关、泽州县林场、泽州县草原工作站。",
        "内设办公室、计划和财务科、组织科3个科室。",
        "内设办公室、财务科和2个业务科室。",
        "预算单位5个，包括：泽州县总工会本级和4个所属事业单位。",
        "分为两个阶段，分别为调查、整改、验收。",
        "决算公开单位构成包括：泽州县林业局（本级）、泽州县林场、泽州县草原工作站，共3个。",
        "2024年对2个项目开展自评：护林防火12.50万元、种苗繁育7.50万元，合计20.00万元。",
        "2024年对3个项目开展自评：护林防火12.50万元、种苗繁育7.50万元，合计30.00万元。",
        "一般公共预算项目4个，支出90.00万元；政府性基金项目1个，支出10.00万元；两项合计5个项目100.00万元。",
        "编制2025年部门预算单位共3个。其中：财政全额供给单位3个。部门预算单位中，行政单位1个，参公单位0个，事业单位2个。",
        "编制2025年部门预算单位共3个。部门预算单位中，行政单位1个，其余为事业单位。",
        "纳入预算编制范围的单位共3个：泽州县林业局（本级）、泽州县林场、泽州县草原工作站。",
        "纳入预算编制范围的单位共5个：泽州县林业局（本级）、泽州县林场、泽州县草原工作站等。",
    ],
)
def test_a_number_that_names_may_come_to(line: str) -> None:
    assert [mark for mark in marks(f"{line}\n") if mark.kind == "list-count"] == []


@pytest.mark.parametrize(("count", "meant"), [("4", "3个"), ("3", None)])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_number_of_projects_and_the_table_below(count: str, meant: str | None, layout: Layout) -> None:
    rows = (
        ("序号", "项目名称", "预算数（万元）", "执行数（万元）", "执行率"),
        ("1", "护林防火", "5.00", "5.00", "100%"),
        ("2", "种苗繁育", "4.00", "2.00", "50%"),
        ("3", "林道维修", "1.00", "1.00", "100%"),
        ("", "合计", "10.00", "8.00", "80%"),
    )
    text = f"对{count}个一般公共预算项目开展自评，情况见下表。\n\n项目支出自评结果汇总表\n\n{layout(rows)}"
    assert [mark.meant for mark in marks(text) if mark.kind == "list-count"] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("对2024年度4个项目支出全面开展绩效自评，共涉及资金10.00万元，执行8.00万元。具体情况如下：", "3个"),
        ("对2024年度3个项目支出全面开展绩效自评，共涉及资金10.00万元，执行8.00万元。具体情况如下：", None),
        ("对4个项目开展绩效自评，其中得分95分以上的项目2个。自评结果如下：", "3个"),
        ("对4个项目开展绩效自评，选取3个项目公开，自评结果如下：", None),
        ("对4个项目开展绩效自评，重点项目自评结果如下：", None),
        ("对4个项目开展绩效自评。", None),
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_number_of_projects_and_the_table_that_follows(line: str, meant: str | None, layout: Layout) -> None:
    names = ("护林防火", "种苗繁育", "林道维修")
    rows = (
        ("序号", "项目名称", "预算数（万元）", "执行数（万元）", "自评得分"),
        *((str(at), name, "3.00", "2.00", "90.00") for at, name in enumerate(names, 1)),
    )
    text = f"{line}\n\n{layout(rows)}"
    assert [mark.meant for mark in marks(text) if mark.kind == "list-count"] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("title", "number", "year"),
    [
        ("关于开展2024年度预算绩效自评工作的通知", "泽财绩〔2022〕12号", "2024年"),
        ("泽州县财政局关于编制2025年部门预算的通知", "泽财预[2020]7号", "2025年"),
        ("关于开展2024年度预算绩效自评工作的通知", "泽财绩〔2023〕12号", None),
        ("关于开展2024年度预算绩效自评工作的通知", "泽财绩〔2025〕12号", None),
        ("关于编制2024—2026年中期规划和预算的通知", "泽财预〔2022〕12号", None),
        ("关于开展2022年和2024年绩效评价的通知", "泽财绩〔2022〕12号", None),
        ("泽州县绩效管理办法", "泽财绩〔2020〕12号", None),
    ],
)
def test_the_number_of_a_notice_is_of_its_year_or_the_one_before(title: str, number: str, year: str | None) -> None:
    found = [
        (mark.printed, mark.meant)
        for mark in marks(f"根据《{title}》（{number}），开展有关工作。\n")
        if mark.kind == "citation-year"
    ]
    assert found == ([(number, year)] if year else [])


NAMED = ("泽州县总工会本级", "泽州县工人文化宫", "泽州县职工服务中心")


@pytest.mark.parametrize(
    ("announced", "names", "meant"),
    [
        ("纳入预算编制范围的单位共4个，其中行政单位1个，事业单位2个：", NAMED, "3个"),
        ("纳入预算编制范围的单位共4个，包括：", NAMED, "3个"),
        ("纳入预算编制范围的单位共3个，包括：", NAMED, None),
        ("纳入预算编制范围的单位共3个，包括本级和下列单位：", NAMED[1:], None),
        ("纳入预算编制范围的单位共4个，其中事业单位3个：", NAMED, None),
        ("纳入预算编制范围的单位共4个，包括：", (*NAMED, "泽州县工人文化宫（含剧场、影院，暂停开放）"), None),
    ],
)
def test_a_number_and_the_names_on_the_lines_below(announced: str, names: Rows, meant: str | None) -> None:
    lines = "\n".join(f"{at}.{name}" for at, name in enumerate(names, 1))
    found = [mark.meant for mark in marks(f"{announced}\n{lines}\n") if mark.kind == "list-count"]
    assert found == ([meant] if meant else [])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("unit", "meant"),
    [
        ("泽川县工人文化宫", "泽州县工人文化宫"),
        ("泽州县工人文化宫", None),
        ("泽州县工人俱乐部", None),
        ("阳城县工人文化宫", None),
    ],
)
def test_a_unit_of_a_place_misprinted(layout: Layout, unit: str, meant: str | None) -> None:
    rows = (
        ("项目名称", "预算单位", "金额", "财政拨款", "其他资金"),
        ("文化活动", "泽州县工人文化宫", "3.00", "3.00", ""),
        ("场馆维护", unit, "2.00", "2.00", ""),
        ("合计", "", "5.00", "5.00", ""),
    )
    text = f"所属事业单位为泽州县工人文化宫。\n\n2024年项目支出预算表\n\n单位：万元\n\n{layout(rows)}"
    assert [mark.meant for mark in marks(text) if mark.printed == unit] == ([meant] if meant else [])


# --- titles ---


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_form_of_another_year_is_marked(layout: Layout) -> None:
    found = formed("泽州县总工会", "泽州县总工会", layout, caption="（2023年度）")
    assert found == [("title-year", "2023年", "2024年")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_title_of_another_year_is_marked(layout: Layout) -> None:
    assert said(TABLE.replace("2024年预算支出", "2023年预算支出") + layout(ROWS)) == [
        ("title-year", "2023年", "2024年")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "2023年预算执行情况说明",
        "2024年与2023年预算收支对比表",
        "2023年部门决算公开",
        "关于提前下达2025年预算指标情况说明",
        "预算支出较2023年预算增减情况说明",
    ],
)
def test_a_title_that_means_another_year_is_not(line: str) -> None:
    assert said(line + "\n\n" + TABLE + pipe(ROWS)) == []


@pytest.mark.parametrize(("before", "marked"), [("2022", True), ("2023", False), ("2021", False)])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_row_of_the_year_before(before: str, marked: bool, layout: Layout) -> None:
    rows = (
        ("年度", "合计", "因公出国（境）费用", "公务用车购置及运行费", "公务接待费"),
        (f"{before}年预算数", "9.00", "1.00", "6.00", "2.00"),
        ("2024年预算数", "8.00", "1.00", "6.00", "1.00"),
    )
    found = said("“三公”经费支出预算表\n\n单位：万元\n\n" + layout(rows))
    assert found == ([("title-year", "2022年", "2023年")] if marked else [])


# --- units ---


def amounted(total: str, running: str, pensions: str) -> Rows:
    """The table with other amounts: the whole, and those of two classes."""
    return (
        ROWS[0],
        ("", "合计", total, total, ""),
        ("2012901", "行政运行", running, running, ""),
        ("2080505", "机关事业单位基本养老保险缴费支出", pensions, pensions, ""),
    )


def in_units(*tables: tuple[str, Rows], layout: Layout) -> str:
    """Tables of total, treasury and general-public expenditure, each in a unit of its own."""
    titles = ("支出总表", "财政拨款支出表", "一般公共预算支出表")
    return "".join(
        f"2024年{title}\n\n单位：{unit}\n\n{layout(rows)}" for title, (unit, rows) in zip(titles, tables, strict=False)
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("right", "wrong"), [("万元", "元"), ("元", "万元")])
def test_a_table_in_the_wrong_unit_is_marked_at_its_unit(layout: Layout, right: str, wrong: str) -> None:
    rows = amounted("42.36", "30.24", "12.12") if right == "万元" else amounted("423600", "302400", "121200")
    text = in_units((right, rows), (wrong, rows), (right, rows), layout=layout)
    (mark,) = [mark for mark in marks(text) if mark.kind == "table-unit"]
    assert (mark.printed, mark.meant) == (wrong, right)
    assert mark.table is not None and mark.table.title == "2024年财政拨款支出表"
    assert [(TITLE + text)[span.start : span.end] for span in mark.spans] == [f"单位：{wrong}"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_of_small_amounts_is_doubted_where_two_contradict_each_other(layout: Layout) -> None:
    rows = amounted("42.36", "30.24", "12.12")
    assert said(in_units(("元", rows), ("万元", rows), layout=layout)) == [("table-unit", "元", "万元")]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(("元", amounted("423600", "302400", "121200")), id="the same money"),
        pytest.param(("元", amounted("423612.34", "302438.12", "121174.22")), id="the same money, rounded"),
        pytest.param(("元", amounted("42.36", "30.24", "19.12")), id="two amounts only"),
        pytest.param(("元", amounted("42.36", "30.24", "121200")), id="one amount as printed"),
        pytest.param(("元", amounted("50.00", "20.00", "30.00")), id="round amounts"),
    ],
)
def test_a_unit_that_agrees_or_may_agree_is_not_marked(second: tuple[str, Rows]) -> None:
    first = (
        "万元",
        amounted("50.00", "20.00", "30.00") if "50.00" in second[1][1] else amounted("42.36", "30.24", "12.12"),
    )
    assert said(in_units(first, second, layout=pipe)) == []


def test_no_more_than_forty_marks_are_alike() -> None:
    assert len(marks("本单位共有××名职工。\n\n" * 50)) == 40


# --- purchases, grades, terms ---

BOUGHT = (
    ("项目名称", "采购品目", "采购类型", "采购金额"),
    ("合计", "", "", "12.00"),
    ("设备更新", "A02010105 台式计算机", "货物", "8.00"),
    ("馆舍保洁", "C21040000 物业管理服务", "服务", "4.00"),
)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("kind", "meant"), [("货物", None), ("服务", "货物"), ("工程类", "货物"), ("分散采购", None)])
def test_a_code_of_another_kind_of_purchase(kind: str, meant: str | None, layout: Layout) -> None:
    rows = tuple(tuple(kind if cell == "货物" else cell for cell in row) for row in BOUGHT)
    found = marks(f"2024年政府采购预算表\n\n单位：万元\n\n{layout(rows)}")
    assert [mark.meant for mark in found if mark.kind == "purchase-kind"] == ([meant] if meant else [])


SCALE = "自评得分90分（含）以上为优，80分（含）至90分为良，60分以下为差。"


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        (f"{SCALE}劳模疗休养项目自评得分88.50分，评价等级为“优”。", "良"),
        (f"{SCALE}劳模疗休养项目自评得分88.50分，评价等级为“良”。", None),
        (f"{SCALE}劳模疗休养项目自评得分90分，评价等级为“优”。", None),
        (f"{SCALE}劳模疗休养项目自评得分70分，评价等级为“中”。", None),
        ("劳模疗休养项目自评得分88.50分，评价等级为“优”。", None),
        (f"{SCALE}85分（含）以上为优。劳模疗休养项目自评得分88.50分，评价等级为“优”。", None),
    ],
)
def test_a_grade_is_held_against_the_scale_of_the_text(line: str, meant: str | None) -> None:
    assert [mark.meant for mark in marks(f"{line}\n") if mark.kind == "grade"] == ([meant] if meant else [])


@pytest.mark.parametrize(("grade", "meant"), [("良", []), ("优", ["良"]), ("中", []), ("", [])])
def test_a_grade_in_a_table_is_held_against_the_scale_of_its_note(grade: str, meant: list[str]) -> None:
    rows = (
        ("评价项目", "评价金额", "得分", "等级"),
        ("劳模疗休养", "9.00", "88.5", grade),
        ("职工书屋", "5.00", "93", "优"),
    )
    text = f"2024年重点评价结果表\n\n单位：万元\n\n{tab(rows)}注：{SCALE}\n"
    assert [mark.meant for mark in marks(text) if mark.kind == "grade"] == meant


@pytest.mark.parametrize(
    ("term", "meant"),
    [("2022年至2023年", "2024年"), ("2022年至2024年", None), ("2021-2025年", None)],
)
def test_a_term_leaves_out_no_year_of_its_investment(term: str, meant: str | None) -> None:
    line = f"项目总投资30万元，建设期{term}，其中2022年完成投资10万元、2023年完成投资10万元、2024年计划投资10万元。"
    assert [mark.meant for mark in marks(f"{line}\n") if mark.kind == "term-year"] == ([meant] if meant else [])
