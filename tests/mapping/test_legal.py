"""What a citation names: region, issuer and identity, however the number is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.citations import find_citations
from mapping.legal import LegalDocument, level_of, name_document, region_of_issuer

STYLES = (
    "{code}〔{year}〕{serial}号",
    "{code}【{year}】{serial}号",
    "{code}[{year}]{serial}号",
    "{code}（{year}）{serial}号",
    "{code}({year}) {serial} 号",
    "{code}{year}-{serial}号",
    "{code}{year}年{serial}号",
    "{code}〔{year}〕第{serial}号",
    "{code} 〔 {year} 〕 0{serial} 号",
)


def _named(words: str, region: str | None) -> LegalDocument:
    (mention,) = find_citations(words)
    named = name_document(mention, region)
    assert named
    return named


@given(
    code=st.sampled_from(["晋工发", "晋财行", "财行", "泽政办发", "冀办发", "管人社厅发"]),
    year=st.integers(1990, 2026),
    serial=st.integers(1, 999),
    style=st.sampled_from(STYLES),
)
def test_a_number_names_one_document_in_every_style(code: str, year: int, serial: int, style: str) -> None:
    said = _named(f"依据{style.format(code=code, year=year, serial=serial)}文件。", "140525")
    usual = _named(f"依据{code}〔{year}〕{serial}号文件。", "140525")
    assert (said.region, said.tail, said.number) == (usual.region, usual.tail, usual.number)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("住建部令第37号", "住房和城乡建设部令第37号"),
        ("中华人民共和国住房城乡建设部令第37号", "住房和城乡建设部令第37号"),
        ("国家发改委第14号令", "国家发展和改革委员会令第14号"),
        ("发改委14号令", "国家发展和改革委员会令第14号"),
        ("国家发改委等八部委第20号令", "国家发展和改革委员会令第20号"),
        ("国务院国资委、财政部令第3号", "国务院国有资产监督管理委员会财政部令第3号"),
        ("财政部 税务总局公告2023年第12号", "财政部国家税务总局公告2023年第12号"),
        ("证监会公告〔2008〕38号", "中国证券监督管理委员会公告2008年第38号"),
        ("人行公告〔2019〕第15号", "中国人民银行公告2019年第15号"),
        ("国务院令第588号", "国务院令第588号"),
    ],
)
def test_an_order_is_one_document_by_all_names_of_its_issuer(printed: str, number: str) -> None:
    said = _named(f"依据{printed}执行。", "140525")
    assert (said.number, said.region) == (number, "cn")


@pytest.mark.parametrize(
    ("printed", "number", "region"),
    [
        ("省政府令第75号", "山西省人民政府令第75号", "140000"),
        ("山西省政府令第75号", "山西省人民政府令第75号", "140000"),
        ("山西省人民政府第75号令", "山西省人民政府令第75号", "140000"),
        ("市政府令第7号", "晋城市人民政府令第7号", "140500"),
        ("辽宁省政府令第75号", "辽宁省人民政府令第75号", "210000"),
        ("江西省人大常委会公告第45号", "江西省人民代表大会常务委员会公告第45号", "360000"),
    ],
)
def test_an_order_of_a_place_is_one_document_by_all_names_of_its_government(
    printed: str, number: str, region: str
) -> None:
    said = _named(f"依据{printed}执行。", "140525")
    assert (said.number, said.region) == (number, region)


@pytest.mark.parametrize("printed", ["广州市发改委令第14号", "发改委公告2023年第5号"])
def test_a_name_that_bodies_of_places_have_too_is_no_central_one(printed: str) -> None:
    said = _named(f"依据{printed}执行。", "140525")
    assert (said.number, said.region == "cn") == (printed, False)


@pytest.mark.parametrize(
    ("number", "citing", "region", "issuer"),
    [
        ("晋工发〔2006〕54号", "140525", "140000", "山西省总工会"),
        ("津工发〔2006〕54号", "140525", "120000", "天津市总工会"),
        ("冀财行〔2022〕99号", "130700", "130000", "河北省财政厅"),
        ("吉财行〔2022〕99号", "130700", "220000", "吉林省财政厅"),
        ("豫政办〔2022〕9号", "410000", "410000", "河南省人民政府办公厅"),
        ("渝财行〔2022〕9号", "410000", "500000", "重庆市财政局"),
        ("泽政办发〔2010〕23号", "140525", "140525", "泽州县人民政府办公室"),
        ("财建〔2006〕468号", "140525", "cn", "财政部"),
        ("国办发〔2022〕9号", "140525", "cn", "国务院办公厅"),
    ],
)
def test_the_code_says_who_issued_it_and_where(number: str, citing: str, region: str, issuer: str) -> None:
    said = _named(number, citing)
    assert (said.region, said.issuers, said.code_known) == (region, (issuer,), True)


def test_numbers_of_look_alike_regions_are_never_one() -> None:
    tails = {
        (_named(f"{code}财行〔2022〕9号", None).region, _named(f"{code}财行〔2022〕9号", None).tail)
        for code in "晋津冀吉豫渝皖湘鄂粤桂赣"
    }
    assert len(tails) == 12


def test_a_county_code_is_of_the_county_that_cites_it() -> None:
    regions = [_named("平政办发〔2019〕36号", region).region for region in ("130532", "140829", "451082", "640221")]
    assert regions == ["130532", "140829", "451082", "640221"]
    assert _named("平政办发〔2019〕36号", None).region is None


def test_a_title_tells_the_place_where_the_code_does_not() -> None:
    said = _named("《石阡县农村生活垃圾管理办法》（石府办发〔2021〕7号）", "520624")
    assert (said.region, said.code_known) == ("520623", True)


def test_an_unknown_code_stays_open() -> None:
    said = _named("管人社厅发〔2016〕82号", "140525")
    assert (said.region, said.code_known, said.issuers) == (None, False, ())


def test_joint_issuers_follow_the_lead_organ() -> None:
    said = _named("依据山西省总工会、山西省财政厅《关于工会经费的通知》（晋工发〔2006〕54号）", "140525")
    assert said.issuers == ("山西省总工会", "山西省财政厅")


@pytest.mark.parametrize("name", ["《预算法》", "《中华人民共和国预算法》", "中华人民共和国预算法"])
def test_a_law_is_one_by_full_and_short_name(name: str) -> None:
    said = _named(f"依据{name}第十四条", "140525")
    assert (said.region, said.law_known) == ("cn", True)
    assert said.tail == _named("《中华人民共和国预算法》", None).tail


def test_a_title_without_place_stays_with_the_region_that_cites_it() -> None:
    assert _named("《困难职工帮扶资金管理办法》", "140525").region is None
    assert _named("《河北省困难职工帮扶资金管理办法》", "140525").region == "130000"
    assert _named("省财政厅《困难职工帮扶资金管理办法》", "140525").region == "140000"


def test_traditional_characters_make_no_other_document() -> None:
    title = "《廣東省職工幫扶資金管理辦法》"
    plain = _named("《广东省职工帮扶资金管理办法》", "440100")
    assert (_named(title, "440100").region, _named(title, "440100").tail) == ("440000", plain.tail)
    assert _named("《中華人民共和國預算法》", "440100").law_known
    assert _named("《關於下達2023年幫扶資金的通知》（粵財行〔2023〕5號）", "440100").funding


@pytest.mark.parametrize(
    ("name", "region", "found"),
    [
        ("财政部", "140525", "cn"),
        ("中共中央办公厅", None, "cn"),
        ("财政部门", "140525", None),
        ("省财政厅", "140525", "140000"),
        ("市总工会", "140525", "140500"),
        ("县人民政府", "140525", "140525"),
        ("县人民政府", "140500", None),
        ("市总工会", "140000", None),
        ("省财政厅", None, None),
    ],
)
def test_bodies_named_by_their_level_are_those_of_the_document(
    name: str, region: str | None, found: str | None
) -> None:
    assert region_of_issuer(name, region) == found


def test_levels_are_those_of_regions() -> None:
    assert [level_of(one) for one in ("cn", "140000", "140500", "140525", None)] == [
        "central",
        "provincial",
        "municipal",
        "county",
        "unknown",
    ]


@pytest.mark.parametrize(
    ("words", "citing", "region"),
    [
        ("安徽省财政厅《分配办法》（财社〔2015〕16号）", None, "340000"),
        ("《六安市出国经费管理办法》（财行〔2016〕26号）", "341500", "341500"),
        ("《六安市出国经费管理办法》（财行〔2016〕26号）", "340000", "cn"),
        ("财政部《分配办法》（财社〔2015〕16号）", "340000", "cn"),
        ("省财政厅转发《分配办法》（财社〔2015〕16号）", "340000", "cn"),
        ("省政府贯彻国发〔2015〕16号", "340000", "cn"),
    ],
)
def test_a_number_of_a_body_of_a_place_without_its_letter_is_not_the_ministrys(
    words: str, citing: str | None, region: str
) -> None:
    assert _named(words, citing).region == region


@pytest.mark.parametrize("words", ["商洛市财政局商财行〔2020〕9号", "《商洛市会议费管理办法》（商财行〔2020〕9号）"])
def test_the_place_printed_beside_a_number_tells_whose_its_letters_are(words: str) -> None:
    assert _named(words, None).region == "611000"


@pytest.mark.parametrize(
    ("words", "citing", "region"),
    [
        # one of the places that the letters may mean is printed beside them
        ("《宁德市人民政府办公室关于印发方案的通知》（宁政办规〔2022〕6号）", "350900", "350900"),
        ("《市人民政府关于公布京山市名录的通知》（京政发〔2022〕9号）", "420882", "420882"),
        ("泽州县人民政府办公室《通知》（政办发〔2022〕9号）", "140500", "140525"),
        # a place named by its level alone is the one that is printed
        ("《六盘水市人民政府办公室关于印发细则的通知》（市府办发〔2022〕19号）", "430121", "520200"),
        ("依据市府办发〔2022〕19号", "430121", "430100"),
        # the letters say more than a title or a body named by its level
        ("《全国样本学校名单的通知》（冀教研督〔2022〕19号）", "140525", "130000"),
        ("自治区党委《关于机构设置的通知》（桂委会〔2009〕235号）", "430121", "450000"),
        ("市发展改革委《关于电价的通知》（津发改价综〔2021〕395号）", "430121", "120000"),
        ("《县人民政府办公室关于实施方案的通知》（公政办发〔2015〕13号）", "430121", None),
        ("县教育局《关于评比的通知》（泽评比〔2015〕13号）", "140525", "140525"),
        ("《市场监管总局办公厅关于登记的通知》（登注认〔2023〕88号）", "140525", "cn"),
    ],
)
def test_what_is_printed_beside_a_number_tells_the_place_that_its_letters_may_mean(
    words: str, citing: str, region: str | None
) -> None:
    assert _named(words, citing).region == region


def test_the_city_of_a_document_of_a_lesser_city_may_be_either() -> None:
    assert [region_of_issuer("市财政局", region) for region in ("420882", "420800", "140525")] == [
        None,
        "420800",
        "140500",
    ]


def test_a_place_by_letters_alone_is_no_known_code() -> None:
    said = _named("依据粤科函产字〔2026〕1055号", "140525")
    assert (said.region, said.code_known, said.issuers) == ("440000", False, ())


def test_the_name_of_a_county_that_no_other_bears_is_known_everywhere() -> None:
    assert _named("桂阳政办发〔2015〕8号", "430624").region == "431021"


@pytest.mark.parametrize(
    ("words", "issuers"),
    [
        ("财政部 税务总局公告2030年第12号", ("财政部", "国家税务总局")),
        ("财政部、国家税务总局公告2030年第12号", ("财政部", "国家税务总局")),
        ("中国证监会《关于估值的意见》（证监会公告〔2030〕54号）", ("中国证券监督管理委员会",)),
        ("国务院令第393号", ("国务院",)),
        ("省政府令第3号", ("山西省人民政府",)),
        ("主席令第3号", ()),
        ("中证协发〔2030〕216号", ("中国证券业协会",)),
    ],
)
def test_who_issued_a_document_is_named_once_and_in_full(words: str, issuers: tuple[str, ...]) -> None:
    assert _named(f"根据{words} ", "140525").issuers == issuers


@pytest.mark.parametrize(
    ("words", "citing", "region", "known"),
    [
        ("泽州县扶贫开发领导小组〔2030〕3号", None, "140525", True),
        ("县扶贫领导小组〔2030〕3号", "140525", "140525", True),
        ("县扶贫领导小组〔2030〕3号", None, None, False),
        ("扶贫领导小组办公室〔2030〕3号", "140525", None, False),
        ("市政办发〔2030〕3号", None, None, False),
        ("市政办发〔2030〕3号", "140525", "140500", True),
    ],
)
def test_a_body_that_numbers_with_its_name_is_of_the_place_that_this_says(
    words: str, citing: str | None, region: str | None, known: bool
) -> None:
    said = _named(f"根据{words} ", citing)
    assert (said.region, said.code_known) == (region, known)


@pytest.mark.parametrize("number", ["渝府令〔2030〕322号", "晋财通告〔2030〕3号", "岭通告〔2030〕3号"])
def test_a_code_that_ends_as_an_order_does_stays_a_code(number: str) -> None:
    said = _named(f"根据{number} ", "140525")
    assert (said.kind, said.number) == ("docnum", number)
