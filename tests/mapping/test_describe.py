"""What a document says of itself: publisher, year, kind and status, and what sources.csv says instead."""

from __future__ import annotations

import pytest

from mapping.describe import Description, printed_year
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
        ("2024年某市档案馆“三公”经费预算情况说明\n\n", "某市档案馆", 2024, "budget"),
        ("2023年度\n\n徽山县人民检察院部门决算\n\n", "徽山县人民检察院", 2023, "accounts"),
        ("山西省泽州县\n文化和旅游局\n2023年度部门决算\n\n", "山西省泽州县文化和旅游局", 2023, "accounts"),
        ("部门决算公开专区\n泽州县总工会\n2023年度部门决算\n\n", "泽州县总工会", 2023, "accounts"),
        ("泽州新区财金局关于2025年财政预算编制情况的说明\n\n", "泽州新区财金局", 2025, "budget"),
        (
            "索引号：000014349/2023-1 文号：无\n\n名 称：某市档案馆2023年度部门决算 发布日期：2024年9月5日\n\n",
            "某市档案馆",
            2023,
            "accounts",
        ),
        ("某市档案馆\n\n2023年度部门整体支出绩效自评报告\n\n一、年初预算收支\n\n", "某市档案馆", 2023, "neither"),
        (
            "乙县人民政府关于2023年地方财政决算和2024年1-8月预算执行情况的报告\n\n一、2023年财政决算情况\n\n"
            "（一）收入预算执行情况\n\n（二）支出预算执行情况\n\n",
            "乙县人民政府",
            2023,
            "accounts",
        ),
    ],
)
def test_the_first_lines_say_who_and_when(head: str, publisher: str, year: int, kind: str) -> None:
    found = described(head + TABLE.replace("2024年支出预算", "支出" if kind != "budget" else "2024年支出预算"))
    assert (found.publisher, found.year) == (publisher, year)
    assert found.kind in ({"unknown": ("unknown", "budget"), "neither": ("unknown",)}.get(kind) or (kind,))


@pytest.mark.parametrize(
    ("text", "publisher", "year"),
    [
        (
            "某市水利局2023年“三公”经费预算公开\n\n接待费3万元，比2022年预算减少1万元，比2022年预算少。\n",
            "某市水利局",
            2023,
        ),
        ("关于2022年中央和地方预算执行情况与2023年中央和地方预算草案的报告\n", None, 2022),
        ("一、2022年财政拨款开支的“三公”经费决算情况表\n\n与2021年度决算相比，减少2万元。\n", None, 2022),
        ("受市人民政府委托，现将2023年全市和市级决算草案报告如下，请予审议。\n", None, 2023),
        ("经某市财政局汇总，2023年本市“三公”经费20万元，与2022年预算相比减少。\n", "某市财政局", 2023),
        ("经汇总，2023年本市“三公”经费20万元，与2022年预算相比减少。\n", None, 2023),
        ("8.某市档案馆2023年度单位决算.pdf\n\n一、单位概况\n", "某市档案馆", 2023),
        ("3、2023年度某市档案馆单位预算.docx\n\n一、单位概况\n", "某市档案馆", 2023),
        ("8.某市档案馆主要职责\n\n某市2023年度决算.pdf\n", None, 2023),
        ("【财政预算】某市某镇政府2023年部门预算情况说明\n", "某市某镇政府", 2023),
        (
            "信息公开\n- 发布机构: 某州大数据中心\n\n某州大数据中心2023年度项目支出绩效自评报告\n",
            "某州大数据中心",
            2023,
        ),
        ("河口镇2022年“三公”经费支出说明\n\n2022年接待费3万元。\n", "河口镇", 2022),
        ("某市政协2023年部门决算公开补充说明\n", "某市政协", 2023),
        ("某县第二中学2023年财务收支情况\n\n2022年结转学费3万元。\n", "某县第二中学", 2023),
        ("昆明市盘龙区人民政府\n\n青云街道办事处 2024\n\n年度部门决算\n", "昆明市盘龙区人民政府青云街道办事处", 2024),
        ("昆明市人民政府\n\n昆明市盘龙区水务局\n\n2024年度部门决算\n", "昆明市盘龙区水务局", 2024),
        ("2021年度\n\n清水乡人民政府部门决算\n\n目录\n", "清水乡人民政府", 2021),
        ("某市监督中心2018绩效评价自评报告及评分表（整体支出和信息采集服务费专项支出）\n", "某市监督中心", 2018),
        ("项目支出绩效自评表(2023年度) |\n主管部门 |\n某县教育局 |\n", "某县教育局", 2023),
        ("（一）本单位2021年度总收入5万元，较2020年度决算数减少3万元。\n\n二是2020年下达抚恤金3万元。\n", None, 2021),
        ("2022年一般公共预算基本支出5万元。\n\n原因是2021年支出3万元列入项目。\n", None, 2022),
        ("各镇：\n\n现下达资金3万元。\n\n昆明市财政局 昆明市水务局\n\n2023年3月26日\n", "昆明市财政局", None),
        ("1.水渠\n\n投资:5万元 实施单位:某县水利局\n\n二、地点:某区各镇(街道)\n", None, None),
        (
            "2023年区级部门预算\n\n预算主管部门：某市某区水务局\n\n编制部门：某区水务局 单位：元\n",
            "某市某区水务局",
            2023,
        ),
    ],
)
def test_titles_with_words_between_and_labels(text: str, publisher: str | None, year: int | None) -> None:
    found = described(text)
    assert (found.publisher, found.year) == (publisher, year)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2023年“三公”经费决算汇总情况\n\n接待费3万元。\n", "accounts"),
        (
            "按照《预算法》和市政府、区政府关于推进政府信息公开工作的部署和要求，经区财政局审核，"
            "现将清水镇2021年度“三公”经费决算情况公布如下：\n\n接待费3万元。\n",
            "accounts",
        ),
        ("项目支出绩效自评表\n\n年度预算数（万元）\n\n9\n", "unknown"),
        (
            "一、2022年“三公”经费预算安排情况\n\n接待费3万元。\n\n二、2021年“三公”经费决算情况\n\n接待费2万元。\n",
            "unknown",
        ),
        ("机关运行经费支出3万元。\n\n项目全年预算数合计3万元，执行数合计3万元。\n", "unknown"),
        ("部门预算项目支出绩效评价\n\n支出3万元。\n", "unknown"),
        ("部门预算项目支出表\n\n支出3万元。\n", "budget"),
        ("某县人民政府关于2021年决算情况的报告\n\n支出3万元。\n", "accounts"),
    ],
)
def test_headings_and_announcements_say_whether_it_is_a_budget(text: str, kind: str) -> None:
    assert described(text).kind == kind


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("某市政务网 发布日期 : 2018-08-20", 2018),
        ("[ 成文日期 ] 2018-03-14 [ 发布日期 ] 2019-10-14", 2019),
        ("发布时间：2022年3月17日 16:17 作者：", 2022),
        ("二〇一八年八月二十日", 2018),
        ("2018年8月20日", 2018),
        ("2018年8月20日起施行", None),
        ("公务接待费3万元，比2022年预算减少1万元。", None),
    ],
)
def test_lines_say_when_a_document_was_published(line: str, year: int | None) -> None:
    assert printed_year(read(f"某市水利局2015年部门决算补充说明\n\n{line}\n".encode())) == year


@pytest.mark.parametrize(
    ("title", "of_government"),
    [
        ("关于某县2022年预算执行情况和2023年预算草案的报告", True),
        ("关于某市某区2023年决算草案的报告", True),
        ("关于某区2022年决算草案和2023年上半年预算执行情况的报告", True),
        ("某市某区人民政府关于2021年决算的报告", True),
        ("某县人民政府办公室关于2021年决算的报告", False),
        ("某县人民政府关于2021年部门决算的报告", False),
        ("第一部分 2022年度政府决算报告", True),
        ("2022年度政府采购决算表", False),
        ("关于2018年某省社会保险基金决算情况的说明", True),
        ("九、关于2018年社会保险基金决算情况的说明", False),
        ("某县2022年财政预算执行情况和2023年财政预算（草案）", True),
        ("受某县人民政府委托，现将2023年财政决算报告如下，请予审议。", True),
        ("决算已汇编完成。根据预算法，受某省人民政府委托，我向本次会议报告2023年财政决算，请予以审查。", True),
        ("我受某县人民政府委托，向会议报告2023年县级预算执行的审计情况，请予审议。", True),
        ("关于某区2023年第二次预算调整方案（草案）的报告", True),
        ("某县水利局2023年部门预算调整方案的报告", False),
        ("某市某区2023年决算报告", True),
        ("某县水利局2023年决算报告", False),
        ("某县某开发院区2023年决算报告", False),
        ("受县政府委托，向县人大报告全县预算执行和预算草案；编制决算草案，向县人大常委会报告。", False),
        ("2020年5月,某县财政总收入完成3万元。", True),
        ("上半年,全区一般公共预算收入累计完成3万元。", True),
        ("2020年5月,我局财政拨款收入3万元。", False),
        ("4.组织编制全县年度预算草案和决算草案", False),
        ("某县水利局2023年部门决算草案", False),
        ("某县水利局2023年部门预算执行情况说明", False),
        ("某县2019年1-8月财政收支情况", True),
        ("某县财政局2019年5月财政收支月报", True),
        ("2019年一季度全县财政收支情况简析", True),
        ("某县2019年1—5月一般公共预算收支执行情况", True),
        ("某县财政局关于2019年上半年预算执行情况的报告", True),
        ("某县水利局2019年上半年预算执行情况", False),
        ("某县本级2019年度“三公”经费决算汇总说明", True),
        ("2019年某县县级部门“三公”经费预算汇总情况说明", True),
        ("2019年市本级财政拨款“三公”经费情况说明", True),
        ("2019年度某县“三公”经费支出决算情况", True),
        ("某县财政局2019年“三公”经费预算情况说明", False),
        ("某县某镇2019年“三公”经费决算汇总说明", False),
        ("某县某社区2019年“三公”经费决算情况", False),
        ("某县水利局2019年“三公”经费决算汇总说明", False),
        ("2019年某县水利局“三公”经费决算汇总说明", False),
        ("2019年上半年财政拨款“三公”经费支出情况", False),
        ("某区2022年一季度财政预算执行情况分析", True),
        ("某县水利局2019年8月单位财政收支情况", False),
        ("2019年8月支出进度情况", False),
        ("某县2024年政府预算公开", True),
        ("2023年某市市级财政决算公开情况说明", True),
        ("某县人民政府关于2021年决算情况的报告", True),
        ("某县水利局关于2021年决算情况的报告", False),
        ("某区2022年区本级预算公开附表", True),
        ("某县水利局2024年本级预算公开", False),
        ("某县医院2024年财政预算公开", False),
        ("某县某镇2024年政府预算公开", False),
        ("某县2024年政府采购预算公开", False),
        ("某县2024年项目财政预算公开", False),
        ("2023年某市预算说明", True),
        ("某县2023年决算情况的说明", True),
        ("2023年某县水利局预算说明", False),
        ("某县2023年度“三公”经费决算公开", True),
        ("某县水利局2023年度“三公”经费决算公开", False),
        ("根据有关规定，经某县财政局汇总，2023年部门“三公”经费9万元。", True),
        ("根据有关规定，经本单位汇总，2023年“三公”经费9万元。", False),
        ("关于2024年中央本级支出决算的说明", True),
        ("关于2023年中央对地方转移支付预算的说明", True),
        ("关于2024年中央某局部门决算的说明", False),
    ],
)
def test_a_report_on_a_government_s_budget_is_told(title: str, of_government: bool) -> None:
    assert described(f"{title}\n").of_government is of_government


def test_a_title_on_three_lines_says_the_year_executed_and_the_year_proposed() -> None:
    title = "关于白水县2021年财政\n\n预算执行情况及2022年财政\n\n预算草案的报告"
    found = described(f"财政报告\n\n{title}\n\n2022年2月1日\n")
    assert (found.year, found.proposed, found.government) == (2021, 2022, "白水县人民政府")


def test_a_place_without_a_publisher_is_that_of_its_government() -> None:
    assert described("关于泽州县2021年决算草案的报告\n\n各位代表：\n").region == "140525"


@pytest.mark.parametrize(
    "title", ["某市本级2019年度部门预算执行审计结果", "某局对62家单位2019年部门预算进行了审计，现将审计结果公告如下："]
)
def test_what_an_audit_found_is_no_budget(title: str) -> None:
    assert described(f"{title}\n\n一、部门预算执行情况\n\n二、部门预算管理问题\n").kind == "unknown"


@pytest.mark.parametrize(
    ("title", "owner"),
    [("白水县2019年8月财政收支情况", "白水县人民政府"), ("白水县财政局2019年部门预算", "白水县财政局")],
)
def test_money_that_a_finance_office_reports_on_is_the_government_s(title: str, owner: str) -> None:
    found = described(f"{title}\n\n财政收入完成9万元。\n\n白水县财政局\n2019年9月5日\n")
    assert (found.publisher, found.owner, found.year) == ("白水县财政局", owner, 2019)


@pytest.mark.parametrize(
    ("office", "owner"),
    [("白水县审计局", None), ("金村镇人民政府", "金村镇人民政府"), ("白水新区管理委员会", "白水新区管理委员会")],
)
def test_money_of_a_place_is_of_no_office_that_only_reports_on_it(office: str, owner: str | None) -> None:
    found = described(f"{office}\n\n受政府委托，现报告2023年全年收支，请予审议。\n")
    assert (found.publisher, found.of_government, found.owner) == (office, True, owner)


def test_words_before_a_place_are_no_part_of_it() -> None:
    text = "我受区人民政府委托，报告2022年度审计情况，请予审议。\n\n据区财政部门决算草案反映，2022年收入9万元。\n"
    assert described(text).government is None


def test_a_basis_word_before_a_place_is_no_part_of_it() -> None:
    text = "白水县一季度收入增长\n\n根据青山县财政局提供的数据，2023年一季度，该县财政收入完成9万元。\n"
    assert described(text).owner is None


def test_a_report_on_assets_or_debts_says_its_year() -> None:
    body = "截至2023年底，资产9亿元。截至2022年底，资产8亿元。"
    for matter in ("国有资产管理情况的综合报告", "政府债务管理情况的报告"):
        assert described(f"白水县人民政府关于2023年度{matter}\n\n{body}\n").year == 2023


def test_a_report_of_the_ministry_is_of_no_budget_of_its_own() -> None:
    found = described("关于2023年中央和地方预算执行情况与2024年中央和地方预算草案的报告\n\n财政部\n")
    assert (found.publisher, found.of_government, found.owner) == ("财政部", True, None)
    assert described("财政部2024年部门预算\n").owner == "财政部"


def test_a_title_that_the_text_quotes_proposes_no_budget() -> None:
    text = "大会批准了《关于2022年预算执行和2023年预算草案的报告》。受县人民政府委托，现报告2022年决算，请予审议。"
    assert described(f"白水县财政局\n\n{text}\n").proposed is None


def test_an_article_of_rules_is_no_part_of_a_name() -> None:
    text = "某学院绩效管理办法\n\n第五条 财务处是学校绩效管理工作的牵头部门，主要职责：\n"
    assert described(text).publisher is None


def test_headings_on_education_are_none_of_numbers() -> None:
    assert described("某市2023年教育经费统计公告\n\n一、一般公共预算教育经费情况\n").kind == "unknown"
    assert described("某市统计\n\n据区财政部门决算草案反映\n").kind == "unknown"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("白水市财政局关于提前下达2022年残疾人事业补助资金的通知", 2022),
        ("关于拨付第二批2022年度公路养护资金预算指标的函", 2022),
        ("关于印发2022年工作要点的通知", None),
    ],
)
def test_a_notice_says_the_year_of_the_money_it_allots(title: str, year: int | None) -> None:
    assert described(f"{title}\n\n现下达资金9万元。\n").year == year


@pytest.mark.parametrize(
    ("above", "below", "year"),
    [
        ("云岭县2029年度农村道路养护补助资金（县级部分）", "绩效评价报告", 2029),
        ("云岭县财政局2029年度", "部门整体支出绩效评价报告（公开稿）", 2029),
        ("农村道路养护补助资金项目2029年度", "绩效自评报告", 2029),
        ("农村道路养护补助资金项目", "绩效评价报告", None),
        ("2030年7月", "绩效评价报告", None),
        ("云岭县2029年度农村道路养护补助资金。", "绩效评价报告", None),
        ("云岭县2029年度农村道路养护补助资金", "共安排20万元", None),
    ],
)
def test_a_title_of_an_evaluation_says_its_year_in_the_line_above(above: str, below: str, year: int | None) -> None:
    assert described(f"{above}\n{below}\n\n二〇三〇年七月\n").year == year


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


@pytest.mark.parametrize(
    ("title", "proposed"),
    [
        ("关于某县2022年全县和县本级预算执行情况与2023年全县和县本级预算（草案）的报告", 2023),
        ("某县2022年预算执行情况和2023年预算草案", 2023),
        ("关于某市某区2023年决算草案的报告", None),
        ("某县水利局2023年部门预算草案", None),
    ],
)
def test_the_year_that_a_report_proposes(title: str, proposed: int | None) -> None:
    assert described(f"{title}\n\n某县财政局\n").proposed == proposed


@pytest.mark.parametrize(
    ("title", "year", "under_way"),
    [
        ("关于某县2023年财政决算（草案）和\n2024年1至6月预算执行情况的报告", 2023, 2024),
        ("关于某县2023年财政决算和2024年上半年预算执行情况的报告", 2023, 2024),
        ("关于某县2023年财政决算的报告", 2023, None),
    ],
)
def test_a_report_on_accounts_tells_of_the_year_under_way_too(title: str, year: int, under_way: int | None) -> None:
    found = described(f"{title}\n\n某县财政局\n")
    assert (found.year, found.kind, found.under_way) == (year, "accounts", under_way)


def test_a_report_s_title_of_two_lines_says_the_year_that_one_of_one_line_says() -> None:
    title = "关于云屏县2029年预算执行{}情况和2030年预算草案的报告\n\n一、2029年预算执行情况\n"
    found = [described(title.format(between)) for between in ("", "\n")]
    assert [(one.year, one.proposed) for one in found] == [(2029, 2030)] * 2


@pytest.mark.parametrize(
    ("title", "owner"),
    [
        ("关于和平区2029年预算执行情况和2030年预算草案的报告", "和平区人民政府"),
        ("关于上海市2029年预算执行情况和2030年预算草案的报告", "上海市人民政府"),
        ("关于我市2029年预算执行情况和2030年预算草案的报告", None),
        ("关于市级2029年预算执行情况和2030年预算草案的报告", None),
        ("天津市滨海新区财政局\n\n关于2029年决算草案的报告", "天津市滨海新区人民政府"),
        ("云屏市高新区财政局\n\n关于2029年财政决算草案的报告", None),
    ],
)
def test_a_place_is_known_by_its_name_whatever_the_name_begins_and_ends_with(title: str, owner: str | None) -> None:
    owned = described(f"{title}\n\n收入5亿元。\n").owner
    assert owned == owner or (owner and owned and owner.endswith(owned))


@pytest.mark.parametrize("behind", ["", "（书面）", "（摘要）", "(书面报告)"])
def test_how_a_report_is_given_is_no_part_of_its_title(behind: str) -> None:
    text = f"关于柳溪市2029年预算执行情况\n和2030年预算草案的报告{behind}\n\n一般公共预算收入5亿元。\n"
    facts = assemble(read(text.encode()), None)
    assert (facts.description.of_government, facts.description.proposed) == (True, 2030)
    assert [one.fiscal_year for one in facts.statements] == [2029]
    assert not [mark for mark in facts.marks if mark.kind == "title-year"]


def test_draft_accounts_of_a_place_are_accounts() -> None:
    found = described("关于柳溪市2029年决算草案及2030年以来预算执行情况的报告\n\n收入5亿元。\n")
    assert (found.kind, found.year) == ("accounts", 2029)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("巫溪县2029年预算执行及2030年预算公开的说明\n\n一般公共预算收入5亿元。\n", "巫溪县人民政府"),
        ("2029年鄞州区和区级预算执行情况与2030年鄞州区和区级预算情况\n\n收入5亿元。\n", "鄞州区人民政府"),
        ("关于和平区2030年上半年预算收支执行和政府性债务管理情况的报告\n\n收入5亿元。\n", "和平区人民政府"),
        ("某县水利局2029年预算执行和2030年预算情况说明\n\n收入5亿元。\n", None),
    ],
)
def test_a_report_on_two_years_is_of_the_government_of_its_place(text: str, owner: str | None) -> None:
    found = described(text)
    assert (found.of_government, found.government) == (owner is not None, owner)


def test_who_lays_a_budget_before_the_congress_reports_on_a_government() -> None:
    text = "受县人民政府委托，现将2029年财政预算执行情况和2030年财政预算（草案）提请各位代表审议。\n\n收入5亿元。\n"
    assert described(text).of_government


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("受省政府委托，报告2029年度省本级预算执行和其他财政收支的审计情况。\n\n审计项目116个。\n", 2029),
        ("甲州2029年度州本级预算执行和\n其他财政收支的审计工作报告\n\n审计项目116个。\n", 2029),
        ("2030年加工园建设项目支出绩效目标审批表\n\n预算单位：甲镇\n", 2030),
        ("某县2030年转移支付情况说明\n\n专项转移支付2亿元。\n", 2030),
        ("某县2030年度项目支出绩效评价结果\n\n参评项目60个。\n", 2030),
        ("1.甲局关于2027年至2029年征地资金专项审计的结果公告\n\n审计项目116个。\n", None),
    ],
)
def test_a_title_or_a_first_sentence_says_the_year_and_a_range_says_none(text: str, year: int | None) -> None:
    assert described(text).year == year


def test_offices_that_sign_above_a_table_are_two() -> None:
    text = (
        "根据通知，现将资金12万元下达给你们。\n德化县财政局 德化县农业农村局\n2030年10月13日\n附件1 | ||\n"
        "2030年扶贫资金安排表 | ||\n村 | 金额 | 项目 |\n甲村 | 4 | 修路 |\n乙村 | 8 | 修渠 |\n丙村 | 8 | 修渠 |\n"
    )
    assert described(text).publisher == "德化县财政局"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("辛县水利局2029年本级预算公开\n\n本年收入9万元。\n", "ownLevel"),
        ("辛县2029年全县和县本级预算执行情况的报告\n\n全县一般公共预算收入9亿元。\n", "unknown"),
        ("辛市2029年财政决算报告\n\n（二）市本级决算情况\n\n收入9亿元。\n", "unknown"),
        ("辛市2029年财政决算报告\n\n二、市本级决算情况\n\n收入9亿元。\n", "unknown"),
        ("辛市审计局关于2029年度市本级预算执行情况的审计工作报告\n\n审计项目116个。\n", "unknown"),
    ],
)
def test_the_own_level_is_that_of_all_only_where_the_title_is_of_it_alone(text: str, level: str) -> None:
    assert described(text).level == level


@pytest.mark.parametrize(
    ("title", "year", "kind"),
    [
        ("2032年第2号公告（4）：云岭市水利局2031年度预算执行及其他财政收支情况审计结果", 2031, "unknown"),
        ("云岭县2031年“三公”经费预算汇总情况说明", 2031, "budget"),
        ("云岭县2031年“三公”经费预算执行情况说明", 2031, "unknown"),
        ("关于云岭市2031年市级决算的报告", 2031, "accounts"),
        ("关于云岭市2031年市级决算及2032年上半年预算执行情况的报告 2032-12-02 来源：市财政局", 2031, "accounts"),
    ],
)
def test_titles_of_notices_of_officials_money_and_of_the_accounts_of_a_level(title: str, year: int, kind: str) -> None:
    found = described(f"{title}\n\n云岭市情况。\n")
    assert (found.year, found.kind) == (year, kind)
