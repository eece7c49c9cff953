"""Organisations in tables, forms and sentences: roles, bodies above and below, attributes, staff, second names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mapping.aliases import Alias, read_aliases
from mapping.describe import Description, describe
from mapping.document import Document, Span
from mapping.figures import Grid
from mapping.forms import Filled, Form, read_form
from mapping.lines import read_blocks
from mapping.organisations import Office, read_organisations
from mapping.read import read
from mapping.recognise import recognise

HEAD = "{name}2024年部门预算\n\n第一部分 概况\n\n"


class Read:
    """A text read as far as its organisations."""

    def __init__(self, text: str) -> None:
        self.document: Document = read(text.encode())
        self.tables = recognise(self.document)
        self.description: Description = describe(self.document, self.tables, None)
        grids = [Grid(table, read_blocks(table, frozenset()), ()) for table in self.tables]
        forms = [read_form(table, None) for table in self.tables if table.kind == "performance-target"]
        self.offices = read_organisations(self.description, grids, forms, self.document.paragraphs)

    def quote(self, spans: tuple[Span, ...]) -> str:
        return "".join(self.document.text.content[span.start : span.end] for span in spans)

    def office(self, name: str) -> Office:
        """The entry of a name that says most."""
        found = [office for office in self.offices if office.name == name]
        return max(found, key=lambda office: (len(office.attribute_spans), len(office.staffing), len(office.parents)))

    def named(self, role: str) -> list[str]:
        return [office.name for office in self.offices if office.role == role]

    def staff(self, name: str) -> list[tuple[str, str, int]]:
        return [(one.kind, one.label, one.count) for one in self.office(name).staffing]

    def aliases(self) -> list[Alias]:
        return read_aliases(self.description, self.tables, self.offices, self.document.paragraphs)


def told(name: str, *lines: str) -> Read:
    return Read(HEAD.format(name=name) + "\n\n".join(lines) + "\n")


# --- units below ---


@pytest.mark.parametrize(
    ("sentence", "units"),
    [
        (
            "下属事业单位2个：东河县职工活动中心、东河县困难职工帮扶中心。",
            ["东河县职工活动中心", "东河县困难职工帮扶中心"],
        ),
        ("所属二级预算单位共2家，分别为东河县人民医院（公益二类）和东河县中医院。", ["东河县人民医院", "东河县中医院"]),
        (
            "下设独立核算事业单位二个，即：东河县水库管理处、东河县文化和旅游站。",
            ["东河县水库管理处", "东河县文化和旅游站"],
        ),
        ("下辖东河县公安局城东分局和东河县公安局城西分局两个单位。", ["东河县公安局城东分局", "东河县公安局城西分局"]),
        ("代管东河县委党校、东河县老干部活动中心。", ["东河县委党校", "东河县老干部活动中心"]),
        ("下设东河县林业站、东河县苗圃管理所两个二级单位。", ["东河县林业站", "东河县苗圃管理所"]),
        (
            "部门预算包括局本级预算以及东河县苗圃中心、东河县林业站2个所属事业单位预算。",
            ["东河县苗圃中心", "东河县林业站"],
        ),
        ("下属事业单位林业技术推广中心财务未独立核算。", ["林业技术推广中心"]),
        ("所属分支机构2个，即东河县苗木服务中心、东河县林业科技馆。", ["东河县苗木服务中心", "东河县林业科技馆"]),
        ("我局下属单位东河县国有林场,独立核算。", ["东河县国有林场"]),
    ],
)
def test_units_below_are_named_in_sentences(sentence: str, units: list[str]) -> None:
    found = told("东河县林业局", f"东河县林业局是政府组成部门。{sentence}")
    assert found.named("subordinate-unit") == units
    assert all(found.quote(found.office(name).spans) == name for name in units)
    assert all(found.office(name).parents == ("东河县林业局",) for name in units)


def test_units_below_are_named_line_by_line() -> None:
    found = told("东河县林业局", "下属单位包括：", "1.东河县国有林场；", "2.东河县苗圃中心。", "三、其他事项")
    assert found.named("subordinate-unit") == ["东河县国有林场", "东河县苗圃中心"]


@pytest.mark.parametrize(
    "intro",
    [
        "本部门中，行政单位1家，事业单位1家，具体包括：",
        "本部门中，行政单位一家，参公单位一家，具体包括（列示至基层预算单位）:",
        "部门预算单位2个，具体包括：",
    ],
)
def test_units_are_listed_below_how_many_there_are_of_each_kind(intro: str) -> None:
    found = told("东河县林业局", intro, "1、东河县林业局本部", "2、东河县文化馆（东河县少年宫）", "名词解释")
    assert found.named("budget-unit") == ["东河县林业局本部", "东河县文化馆（东河县少年宫）"]


def test_inner_divisions_listed_below_their_number_are_no_units() -> None:
    found = told("东河县林业局", "本局内设机构2个，具体包括：", "1、东河县林业局办公室", "2、东河县林业局造林中心")
    assert found.named("budget-unit") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "机关下设办公室、财务部、经济部、组宣部。",
        "下设办公室、财务科两个科室。",
        "下设机构：办公室、规划股、执法大队办公室。",
        "指导所属事业单位财务工作，对直属单位进行内部审计，管理机关及所属单位离退休干部。",
        "本部门预算包括局机关和所属事业单位。",
        "部门预算包括局本级预算、局直属事业单位预算和县林业站预算。",
        "下属二级预算单位0个，其中行政单位0个，其他事业单位1个。",
        "是全县所属各乡镇总工会、产业工会的领导机关。",
        "\n公开方式 主动公开 所属机构 东河县民政局 责任部门 东河县民政局",
    ],
)
def test_inner_divisions_and_units_in_general_are_no_units(sentence: str) -> None:
    found = told("东河县林业局", f"东河县林业局{sentence}")
    assert (found.named("subordinate-unit"), found.named("budget-unit")) == ([], [])


def test_budget_units_of_a_sentence_keep_their_role() -> None:
    found = told("东河县林业局", "纳入编制范围的预算单位包括：东河县林业局机关、东河县国有林场、东河县林业站。")
    assert found.named("budget-unit") == ["东河县林业局机关", "东河县国有林场", "东河县林业站"]


@pytest.mark.parametrize(
    "sentence",
    [
        "部门决算汇总公开单位构成包括：东河县林业局本级，无下属独立核算单位。",
        "部门预算编制范围的单位共1个，为东河县林业局本级。下辖派出所5个。",
        "纳入部门预算编制范围的预算单位一个，包括东河县林业局机关。",
    ],
)
def test_a_department_s_own_level_alone_is_no_unit_of_it(sentence: str) -> None:
    assert told("东河县林业局", sentence).named("budget-unit") == []


@pytest.mark.parametrize(
    ("sentence", "units"),
    [
        ("部门预算编制范围的单位共11个，包括东河县林业局本级。", ["东河县林业局本级"]),
        ("纳入编制范围的预算单位包括：东河县林业站，无下属独立核算单位。", ["东河县林业站"]),
    ],
)
def test_a_department_s_own_level_beside_others_is_a_unit(sentence: str, units: list[str]) -> None:
    assert told("东河县林业局", sentence).named("budget-unit") == units


def test_a_count_alone_introduces_budget_units() -> None:
    text = "纳入预算编制范围的单位共2家：东河县林业局（行政单位）和东河县林业站（公益一类事业单位）。"
    found = told("东河县林业局", text)
    assert found.named("budget-unit") == ["东河县林业局", "东河县林业站"]
    assert [found.office(name).nature for name in found.named("budget-unit")] == ["行政单位", "公益一类事业单位"]


def test_a_budget_of_the_office_s_own_unit_names_it() -> None:
    found = told("东河县林业局", "东河县林业局部门预算包括局本级预算和局属国有林场预算。")
    assert found.named("budget-unit") == ["国有林场"]


@pytest.mark.parametrize(
    "intro",
    ["部门汇总决算编制范围的单位共计 4 家，具体包括：", "决算编制范围的预算单位共叁个，包括", "编制范围的预算单位包括"],
)
def test_the_own_level_in_brackets_is_a_budget_unit(intro: str) -> None:
    found = told(
        "东河县林业局", f"纳入本部门2024年{intro}东河县林业局（本级）、东河县林业站（公益一类）和东河县实践基地。"
    )
    assert found.named("budget-unit") == ["东河县林业局（本级）", "东河县林业站", "东河县实践基地"]


@pytest.mark.parametrize(
    "range_of",
    [
        "编报范围包括：东河县林业局本级、东河县林业站2家单位。",
        "编制范围包括东河县林业局本级及东河县林业站共2家单位。",
    ],
)
def test_a_range_of_a_budget_names_its_units_without_calling_them_so(range_of: str) -> None:
    found = told("东河县林业局", f"东河县林业局部门预算{range_of}")
    assert found.named("budget-unit") == ["东河县林业局本级", "东河县林业站"]


# --- bodies above ---


@pytest.mark.parametrize(
    ("sentence", "above"),
    [
        ("东河市总工会受中共东河市委和西山省总工会双重领导。", ("中共东河市委", "西山省总工会")),
        ("受中共东河市委和西山省总工会双重领导，以同级党委领导为主。", ("中共东河市委", "西山省总工会")),
        ("东河市总工会隶属于西山省总工会。", ("西山省总工会",)),
        ("东河市总工会是西山省总工会直属事业单位。", ("西山省总工会",)),
        ("本单位为中国科学院二级预算单位，无下属预算单位。", ("中国科学院",)),
        ("东河市总工会是直属于西山省总工会的二级预算单位。", ("西山省总工会",)),
        ("东河市总工会的上级主管部门为西山省总工会。", ("西山省总工会",)),
        ("依法开展各项工作，审判业务受西山省高级人民法院指导监督。", ("西山省高级人民法院",)),
        ("东河市总工会是西山省总工会所属公益二类事业单", ("西山省总工会",)),  # 单位 is cut by the end of the line
        ("专项资金由西山省财政局统一管理。", ()),
        ("东河市总工会是在市委和省总工会领导下的群众组织。", ()),
        ("东河市总工会受县委和上级部门双重领导。", ()),
    ],
)
def test_bodies_above_become_parents(sentence: str, above: tuple[str, ...]) -> None:
    found = told("东河市总工会", sentence)
    publisher = next(office for office in found.offices if office.role == "publisher")
    assert (publisher.parents, publisher.parent) == (above, next(iter(above), None))
    assert found.named("superior-body") == list(above)


# --- attributes ---


@pytest.mark.parametrize(
    ("sentence", "field", "value"),
    [
        ("东河县工人文化宫性质属于群众团体。", "nature", "群众团体"),
        ("东河县工人文化宫属于自收自支事业单位，编制3名。", "funding", "自收自支"),
        ("东河县工人文化宫为公益一类事业单位，股级。", "nature", "公益一类事业单位"),
        ("东河县工人文化宫为公益一类事业单位，股级。", "grade", "股级"),
        ("东河县工人文化宫为全额拨款事业单位。", "funding", "全额拨款"),
        ("东河县工人文化宫财务未独立核算。", "accounting", "未独立核算"),
        ("东河县工人文化宫是独立编制、独立核算的机构。", "accounting", "独立核算"),
        ("东河县工人文化宫机构规格为正科级，经费来源为财政拨款。", "grade", "正科级"),
        ("东河县工人文化宫机构规格为正科级，经费来源为财政拨款。", "funding", "财政拨款"),
        ("下属单位：东河县工人文化宫（正科级，差额拨款）、东河县总工会学校。", "funding", "差额拨款"),
    ],
)
def test_sentences_give_attributes(sentence: str, field: str, value: str) -> None:
    found = told("东河县工人文化宫", sentence)
    office = found.office("东河县工人文化宫")
    assert getattr(office, field) == value
    assert found.quote(office.attribute_spans[field]) == value


@pytest.mark.parametrize(
    "sentence",
    [
        "本部门预算包括局机关和所属事业单位。",
        "局属事业单位：东河县图书馆、东河县博物馆，均为公益一类事业单位。",
        "行政单位离退休：反映行政单位开支的离退休经费。",
        "本单位为事业单位，无机关运行经费。",
    ],
)
def test_what_is_said_of_others_or_in_passing_is_no_attribute(sentence: str) -> None:
    assert told("东河县文化局", sentence).office("东河县文化局").nature is None


def test_a_table_gives_attributes_staff_and_their_places() -> None:
    found = Read(
        HEAD.format(name="东河县交通局") + "部门机构设置情况\n\n"
        "| 单位编码 | 单位名称 | 单位性质 | 单位规格 | 经费保障形式 | 编制数 | 2022年末实有 | 2023年末实有 |\n"
        "|--|--|--|--|--|--|--|--|\n"
        "| 214001 | 东河县交通局本级 | 行政 | 正科级 | 财政拨款 | 32 | 30 | 31 |\n"
        "| 214002 | 东河县公路中心 | 事业 | 股级 | 财政拨款 | 1,186 | 170 | 179 |\n"
    )
    office = found.office("东河县公路中心")
    assert (office.code, office.nature, office.grade, office.funding) == ("214002", "事业", "股级", "财政拨款")
    assert office.parents == ("东河县交通局",)
    assert {name: found.quote(spans) for name, spans in office.attribute_spans.items()} == {
        "code": "214002",
        "nature": "事业",
        "grade": "股级",
        "funding": "财政拨款",
    }
    assert found.staff("东河县公路中心") == [("authorised-posts", "编制数", 1186), ("staff", "2023年末实有", 179)]


def test_headings_of_funding_and_category() -> None:
    found = Read(
        HEAD.format(name="东河县交通局") + "部门机构设置情况\n\n"
        "单位名称\t单位类别\t经费性质\n东河县交通局本级\t行政\t财政核拨\n东河县公路中心\t公益一类事业\t财政核补\n"
    )
    office = found.office("东河县公路中心")
    assert (office.nature, office.funding) == ("公益一类事业", "财政核补")


# --- staff ---


def test_staff_is_of_the_body_that_the_sentence_names() -> None:
    found = told(
        "东河县总工会",
        "东河县总工会机关下设办公室,县总工会行政编制数4个,实有人数4人。下属事业单位职工活动中心,全额事业编制16个。"
        "实有人数15人。另有退休人员23人,享受遗属补助人数2人。",
    )
    assert found.staff("职工活动中心") == [("authorised-posts", "全额事业编制", 16), ("staff", "实有人数", 15)]
    assert found.staff("东河县总工会") == [
        ("authorised-posts", "行政编制数", 4),
        ("staff", "实有人数", 4),
        ("retirees", "退休人员", 23),
        ("dependants", "享受遗属补助人数", 2),
    ]
    reasons = [one.reason for one in found.office("东河县总工会").staffing]
    assert reasons[0] is None
    assert reasons[2] == "counted besides: the publisher's own"


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        (
            "东河县公安局现有编制21个，16名公务员编制，5名工勤人员编制，机关共有19人，处级领导干部5人（正处1人，副处4人），办公室7人。",
            [
                ("authorised-posts", "编制", 21),
                ("authorised-posts", "公务员编制", 16),
                ("authorised-posts", "工勤人员编制", 5),
                ("staff", "机关", 19),
                ("leaders", "处级领导干部", 5),
            ],
        ),
        (
            "核定编制4人（其中：公务员编制3人，工勤编制1人）；实有在职人员7人（其中：公务员3人，事业人员4人）；退休10人。",
            [
                ("authorised-posts", "核定编制", 4),
                ("authorised-posts", "公务员编制", 3),
                ("authorised-posts", "工勤编制", 1),
                ("staff", "实有在职人员", 7),
                ("staff-civil", "公务员", 3),
                ("staff-institution", "事业人员", 4),
                ("retirees", "退休", 10),
            ],
        ),
        (
            "东河县公安局人员编制总数为1,230名，行政编制十二名；现有8名职工，离退休人员6人，离休2人，编外用工3人。",
            [
                ("authorised-posts", "人员编制总数", 1230),
                ("authorised-posts", "行政编制", 12),
                ("staff", "职工", 8),
                ("all-retirees", "离退休人员", 6),
                ("former-cadres", "离休", 2),
                ("staff-other", "编外用工", 3),
            ],
        ),
    ],
)
def test_counts_of_posts_and_staff(sentence: str, counts: list[tuple[str, str, int]]) -> None:
    found = told("东河县公安局", sentence)
    assert found.staff("东河县公安局") == counts


@pytest.mark.parametrize(
    "sentence",
    [
        "公务用车编制3辆，实有3辆。",
        "编制绩效目标8个，对3个项目编制了绩效目标。",
        "慰问退休人员30人，保障在职人员10人工资。",
        "在职人员比上年减少3人，主要因退休人员2人。",
        "全县共有教职工3200人，其中在编2800人。",
        "补助实有在职人员20人工资。",
    ],
)
def test_other_counts_are_no_staff(sentence: str) -> None:
    assert told("东河县教育局", f"东河县教育局{sentence}").staff("东河县教育局") == []


def test_a_table_of_kinds_of_staff_is_the_publisher_s() -> None:
    found = Read(
        HEAD.format(name="东河县卫生监督所") + "人员情况表\n\n| 项目 | 编制数（人） | 年末实有数（人） |\n|--|--|--|\n"
        "| 事业人员 | 22 | 20 |\n| 合计 | 22 | 20 |\n"
    )
    assert [(kind, count) for kind, _, count in found.staff("东河县卫生监督所")] == [
        ("authorised-posts", 22),
        ("staff-institution", 20),
        ("authorised-posts", 22),
        ("staff", 20),
    ]


# --- codes, forms, several spans ---


def test_a_form_puts_the_unit_below_its_department() -> None:
    found = Read(
        "1、救助项目绩效目标表\n\n| 项目名称 | 救助项目 | | |\n|--|--|--|--|\n"
        "| 主管部门及代码 | 021-东河县总工会 | 实施单位 | 东河县工人文化宫 |\n| 年度资金总额 | 5.00 | | |\n"
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 救助人数 | 5人 |\n"
    )
    department, unit = found.office("东河县总工会"), found.office("东河县工人文化宫")
    assert (department.code, found.quote(department.attribute_spans["code"])) == ("021", "021")
    assert (department.role, unit.role, unit.parents) == (
        "competent-department",
        "implementing-unit",
        ("东河县总工会",),
    )


def test_a_form_that_names_one_office_twice_puts_it_below_none() -> None:
    """With the place that it lies in before its name, or without."""
    found = Read(
        "1、救助项目绩效目标表\n\n| 项目名称 | 救助项目 | | |\n|--|--|--|--|\n"
        "| 主管部门 | 东河县总工会帮扶中心 | 实施单位 | 青山市东河县总工会帮扶中心 |\n| 年度资金总额 | 5.00 | | |\n"
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 救助人数 | 5人 |\n"
    )
    assert found.office("青山市东河县总工会帮扶中心").parents == ()


def test_a_name_printed_over_two_spans_keeps_both() -> None:
    table = recognise(read("| 项目名称 | 甲 |\n|--|--|\n| 主管部门 | 乙 |\n".encode()))[0]
    field = Filled("competent-department", None, "021-东河县总工会", (Span(10, 16), Span(30, 35)))
    form = Form(table, None, (), False, (field,))
    described = Description(None, (), None, None, "budget", "unknown", (), None, None)
    (office,) = read_organisations(described, [], [form], [])
    assert (office.name, office.code) == ("东河县总工会", "021")
    assert office.spans == (Span(14, 16), Span(30, 35))
    assert office.attribute_spans == {"code": (Span(10, 13),)}


def test_codes_in_brackets_are_no_part_of_a_name() -> None:
    found = Read(
        HEAD.format(name="东河县体育局") + "部门单位构成\n\n| 单位名称 | 单位性质 |\n|--|--|\n"
        "| [031001]东河县体育局本级 | 行政单位 |\n| 120急救中心 | 事业单位 |\n"
    )
    assert [(office.name, office.code) for office in found.offices if office.role == "budget-unit"] == [
        ("东河县体育局本级", "031001"),
        ("120急救中心", None),
    ]


# --- second names ---


def _pairs(found: Read) -> Iterator[tuple[str, str, str]]:
    for alias in found.aliases():
        assert found.quote(alias.other_spans) == alias.other
        yield alias.name, alias.other, alias.status


@pytest.mark.parametrize(
    ("sentence", "pairs"),
    [
        ("东河县文化局（以下简称“县文化局”）主管文化。", [("东河县文化局", "县文化局", "same")]),
        ("东河县文化局（原东河县文化馆）主管文化。", [("东河县文化局", "东河县文化馆", "same")]),
        ("东河县文化局加挂东河县文物局牌子。", [("东河县文化局", "东河县文物局", "same")]),
        ("东河县剧院更名为东河县艺术中心。", [("东河县艺术中心", "东河县剧院", "same")]),
        ("东河县剧院改名为东河县艺术中心。", [("东河县艺术中心", "东河县剧院", "same")]),
        ("东河县剧院改称东河县艺术中心。", [("东河县艺术中心", "东河县剧院", "same")]),
        ("东河县文化局，简称县文化局，主管文化。", [("东河县文化局", "县文化局", "same")]),
        ("东河县文化局又称县文化局，主管文化。", [("东河县文化局", "县文化局", "same")]),
        ("东河县文化局（亦称县文化局）主管文化。", [("东河县文化局", "县文化局", "same")]),
        ("东河县文化局对外挂东河县文物局牌子。", [("东河县文化局", "东河县文物局", "same")]),
        ("东河县文化局与东河县文物局合署办公。", []),
        ("东河县文化局（以下简称“我局”）主管文化。", []),
        ("根据《东河县文化馆条例》（以下简称《条例》），东河县文化局主管文化。", []),
    ],
)
def test_what_the_text_calls_a_second_name_is_the_same_body(sentence: str, pairs: list[tuple[str, str, str]]) -> None:
    assert list(_pairs(told("东河县文化局", sentence))) == pairs


def test_two_names_of_one_unit_code_are_the_same_body() -> None:
    table = "{title}\n\n112 {name}\n\n单位：万元\n\n| 项目 | 预算数 |\n|--|--|\n| 一、教育支出 | 5.00 |\n\n"
    first = table.format(title="2024年收入总表", name="东河县文化局")
    found = Read(first + table.format(title="2024年支出总表", name="东河县文化旅游局"))
    assert [(alias.status, alias.reason) for alias in found.aliases()] == [
        ("same", "both names bear the unit code 112")
    ]


def test_two_names_that_sentences_give_the_publisher_are_proposed() -> None:
    table = "部门名称：西山省总工会东河办事处\n\n单位：万元\n\n| 项目 | 预算数 |\n|--|--|\n| 一、教育支出 | 5.00 |\n\n"
    found = Read(
        f"{table}2024年度西山省总工会东河办事处预算收入总计5万元。\n\n2024年东河市总工会无财政拨款机关运行经费。\n\n"
        "2024年东河市职工服务中心政府采购总额为0元。\n"
    )
    assert list(_pairs(found)) == [("西山省总工会东河办事处", "东河市总工会", "proposed")]


def test_units_listed_behind_how_many_they_are() -> None:
    text = HEAD.format(name="庚县水利局") + (
        "纳入部门预算编报范围的单位共2家，其中行政单位1家、事业单位1家：\n1.庚县水利局（本级）\n2.庚县水文站\n"
    )
    assert {"庚县水利局（本级）", "庚县水文站"} <= set(Read(text).named("budget-unit"))
