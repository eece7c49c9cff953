"""Agency codes to places and bodies, and their beginnings in running words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.codes import AgencyCode, code_start, is_lettered, lettered_place, read_code
from mapping.lexicon import load
from mapping.regions import region_chain

LETTERS = load("codes")["letters"]
PROVINCES: dict[str, str] = LETTERS["provinces"]
ORGANS = load("codes")["organs"]
ZEZHOU, LISHI, PINGXIANG, YANBIAN = "140525", "141102", "130532", "510422"

# Of each organ, words that a province's letter may stand before.
# fmt: off
WORDS = [
    "政发", "政办发", "政函", "政字", "政办字", "委发", "委办发", "办发", "办字", "财行", "财预", "财教",
    "财社", "财规", "财建", "财绩", "财行字", "工发", "工办发", "总工发", "人社发", "人社字", "人社规", "民发",
    "卫健发", "教发", "组通字", "组发", "纪发", "残联发", "妇发", "团发", "编办发", "人常发", "政协发", "审发",
    "司发", "自然资发", "水发", "农发", "文旅发", "退役军人发", "应急发", "市监发", "医保发", "国资发", "林发", "环发",
    "公通字", "科发", "工信发", "统字", "档发", "发改发", "发改价格", "建发", "交发", "商务发", "地税发", "检发",
    "扶办发",
]
# fmt: on
CODES = [letter + words for letter in PROVINCES for words in WORDS]


def issued(code: str, region: str | None) -> tuple[str | None, str | None, str | None]:
    read = read_code(code, region)
    assert read is not None, code
    return read.region, read.issuer, read.kind


@pytest.mark.parametrize(
    ("code", "region", "expected"),
    [
        # the centre
        ("国发", None, ("cn", "国务院", "发")),
        ("国办发", ZEZHOU, ("cn", "国务院办公厅", "发")),
        ("国办函", None, ("cn", "国务院办公厅", "函")),
        ("中发", None, ("cn", "中共中央", "发")),
        ("中办发", PINGXIANG, ("cn", "中共中央办公厅", "发")),
        ("厅字", None, ("cn", None, "字")),
        ("财建", PINGXIANG, ("cn", "财政部", None)),
        ("财预", None, ("cn", "财政部", None)),
        ("证监许可", None, ("cn", "中国证券监督管理委员会", "许可")),
        ("国税地字", None, ("cn", None, "字")),
        ("银复", None, ("cn", "中国人民银行", "复")),
        ("财资环", None, ("cn", "财政部", None)),
        ("财办库", None, ("cn", "财政部办公厅", None)),
        ("总工发", ZEZHOU, ("cn", "中华全国总工会", "发")),
        ("总工办发", ZEZHOU, ("cn", "中华全国总工会办公厅", "发")),
        ("人社部发", None, ("cn", "人力资源和社会保障部", "发")),
        ("人社厅发", None, ("cn", "人力资源和社会保障部办公厅", "发")),
        ("发改价格规", None, ("cn", "国家发展和改革委员会", "规")),
        ("教财", None, ("cn", "教育部", None)),
        ("教财厅函", None, ("cn", "教育部办公厅", "函")),
        ("民发", ZEZHOU, ("cn", "民政部", "发")),
        ("残联厅发", None, ("cn", "中国残疾人联合会办公厅", "发")),
        ("矿安综函", None, ("cn", "国家矿山安全监察局", "函")),
        ("煤安监办", ZEZHOU, ("cn", None, None)),
        ("禁毒办通", None, ("cn", None, "通")),
        ("晋禁毒委", ZEZHOU, ("140000", None, None)),
        ("中青联发", None, ("cn", "共青团中央", "联发")),
        ("银发", None, ("cn", "中国人民银行", "发")),
        ("法", None, ("cn", "最高人民法院", None)),
        ("署财函", None, ("cn", "海关总署", "函")),
        ("国信办秘字", None, ("cn", "国家互联网信息办公室", "字")),
        ("国办督函", None, ("cn", "国务院办公厅", "督函")),
        ("国能综通安全", None, ("cn", "国家能源局", None)),
        ("国粮执法规", None, ("cn", None, "规")),
        ("晋粮标", ZEZHOU, ("140000", None, None)),
        ("晋编办复", ZEZHOU, ("140000", None, "复")),
        ("教监管函", None, ("cn", "教育部", "函")),
        ("教高司函", None, ("cn", None, "函")),
        ("国卫医政便函", None, ("cn", None, "便函")),
        ("农医发", None, ("cn", None, "发")),
        ("工信部联信管函", None, ("cn", "工业和信息化部", "函")),
        ("工信厅运行函", None, ("cn", "工业和信息化部办公厅", "函")),
        ("商产发", None, ("cn", "商务部", "发")),
        ("安监总厅科技函", None, ("cn", None, "函")),
        ("农办医", None, ("cn", None, None)),
        ("建市规", None, ("cn", None, "规")),
        ("建住房", None, ("cn", None, None)),
        ("环办气候函", None, ("cn", None, "函")),
        ("交质监发", None, ("cn", None, "发")),
        ("气发", None, ("cn", "中国气象局", "发")),
        ("自然资规", None, ("cn", "自然资源部", "规")),
        ("全绿字", None, ("cn", "全国绿化委员会", "字")),
        # provinces, cities of their rank, autonomous regions
        ("晋工发", None, ("140000", "山西省总工会", "发")),
        ("津工发", None, ("120000", "天津市总工会", "发")),
        ("冀财行", PINGXIANG, ("130000", "河北省财政厅", None)),
        ("冀财规", PINGXIANG, ("130000", "河北省财政厅", "规")),
        ("吉财行", "220182", ("220000", "吉林省财政厅", None)),
        ("晋财行", ZEZHOU, ("140000", "山西省财政厅", None)),
        ("晋人社厅发", ZEZHOU, ("140000", "山西省人力资源和社会保障厅", "发")),
        ("晋政办发", None, ("140000", "山西省人民政府办公厅", "发")),
        ("冀办发", PINGXIANG, ("130000", "中共河北省委办公厅", "发")),
        ("冀政办字", None, ("130000", "河北省人民政府办公厅", "字")),
        ("冀发", None, ("130000", "中共河北省委", "发")),
        ("京财预", None, ("110000", "北京市财政局", None)),
        ("京教财", None, ("110000", "北京市教育委员会", None)),
        ("沪府办规", None, ("310000", "上海市人民政府办公厅", "规")),
        ("渝财社", None, ("500000", "重庆市财政局", None)),
        ("豫财预", None, ("410000", "河南省财政厅", None)),
        ("内政发", None, ("150000", "内蒙古自治区人民政府", "发")),
        ("内党发", None, ("150000", "中共内蒙古自治区委员会", "发")),
        ("皖政", None, ("340000", "安徽省人民政府", None)),
        ("赣府厅发", None, ("360000", "江西省人民政府办公厅", "发")),
        ("川办发", None, ("510000", "四川省人民政府办公厅", "发")),
        ("川委办", None, ("510000", "中共四川省委办公厅", None)),
        ("闽财（社）指", None, ("350000", "福建省财政厅", "指")),
        ("宁发改价格（管理）", "640100", ("640000", "宁夏回族自治区发展和改革委员会", None)),
        ("粤交路", None, ("440000", None, None)),
        ("粤府办", None, ("440000", "广东省人民政府办公厅", None)),
        ("穗府规", None, ("440100", "广州市人民政府", "规")),  # a letter that no other place writes
        ("新兵发", "650100", ("650000", "新疆生产建设兵团", "发")),
        # a letter and 省, beside the city that writes the letter too
        ("吉省财社", "220202", ("220000", "吉林省财政厅", None)),
        ("吉省价收字", None, ("220000", None, "字")),
        ("豫省政办发", ZEZHOU, ("410000", "河南省人民政府办公厅", "发")),
        # prefectures and counties, by their own documents and those of places below them
        ("晋市工办发", ZEZHOU, ("140500", "晋城市总工会办公室", "发")),
        ("吕财行字", LISHI, ("141100", "吕梁市财政局", "字")),
        ("泽政办发", ZEZHOU, ("140525", "泽州县人民政府办公室", "发")),
        ("泽办发", ZEZHOU, ("140525", "中共泽州县委办公室", "发")),
        ("泽发", ZEZHOU, ("140525", "中共泽州县委", "发")),
        ("泽州财行", ZEZHOU, ("140525", "泽州县财政局", None)),
        ("恩施州财社", "422801", ("422800", "恩施土家族苗族自治州财政局", None)),
        ("甘孜州财社", None, ("513300", "甘孜藏族自治州财政局", None)),
        ("邢财行", PINGXIANG, ("130500", "邢台市财政局", None)),
        ("平政字", PINGXIANG, ("130532", "平乡县人民政府", "字")),
        ("县财行", ZEZHOU, ("140525", "泽州县财政局", None)),
        ("市政发", "140702", ("140700", "晋中市人民政府", "发")),
        ("盐边府发", YANBIAN, ("510422", "盐边县人民政府", "发")),
        ("乌中政办发", "150824", ("150824", "乌拉特中旗人民政府办公室", "发")),
        ("并政发", "140105", ("140100", "太原市人民政府", "发")),
        ("邕财行", "450103", ("450100", "南宁市财政局", None)),
        ("锡署办发", "152501", ("152500", "锡林郭勒盟行政公署办公室", "发")),
        ("晋城市工发", None, ("140500", "晋城市总工会", "发")),
        ("宛政发", "411326", ("411300", "南阳市人民政府", "发")),
        ("同政发", "140221", ("140200", "大同市人民政府", "发")),
        # districts behind the letter of their city
        ("深南府规", None, ("440305", "南山区人民政府", "规")),
        ("京兴政发", None, ("110115", "大兴区人民政府", "发")),
        # letters of provinces that cities write too
        ("苏府", "320508", ("320500", "苏州市人民政府", None)),  # the province writes 苏政
        ("鄂府发", "150622", ("150600", "鄂尔多斯市人民政府", "发")),
        ("宁财行", "640104", ("640000", "宁夏回族自治区财政厅", None)),
        ("宁财行", "320102", ("320100", "南京市财政局", None)),
        ("青财行", "630102", ("630000", "青海省财政厅", None)),
        ("青财行", "370202", ("370200", "青岛市财政局", None)),
        ("苏财行", "320102", ("320000", "江苏省财政厅", None)),
        # what the level leaves open: 办公厅 or 办公室, commission or bureau
        ("并政办发", "140100", ("140100", None, "发")),
        ("泽教发", ZEZHOU, ("140525", None, "发")),
        # a central body and those below it, by the letters of their provinces
        ("海通航", None, ("cn", "交通运输部海事局", None)),
        ("浙海通航函", None, ("330000", None, "函")),
        ("攀办发", YANBIAN, ("510400", None, "发")),
    ],
)
def test_a_code_says_place_body_and_kind(
    code: str, region: str | None, expected: tuple[str | None, str | None, str | None]
) -> None:
    assert issued(code, region) == expected


@pytest.mark.parametrize(
    ("code", "region", "candidates"),
    [
        ("泽政办发", None, ("140525", "632323", "653124")),  # 泽州, 泽库, 泽普
        ("吕财行字", None, ("141100",)),
        ("晋市工办发", None, ("140500", "140700", "130183", "350582")),  # 晋城, 晋中, 晋州, 晋江
        ("宁财行", ZEZHOU, ("640000", "320100", "630100")),
        ("青政发", None, ("630000", "370200")),
        ("苏政发", "320508", ("320000", "320500")),
        ("鲁政发", "410423", ("410423", "370000")),  # 鲁山县, in Henan
        ("泽政办发", "140500", ("140525",)),  # below the citing place
        ("政办发", ZEZHOU, ("140525", "140500", "140000")),
        ("工发", None, ()),
        ("市政发", None, ()),
        ("民办发", "620722", ("cn", "620722")),  # 民政部办公厅, or 民乐县's Party office
        ("建安办函", "411003", ("cn", "411003")),  # a ministry's, or 建安区's Party office
        ("苏府", None, ("320500",)),
        ("冀府", None, ()),
    ],
)
def test_letters_that_several_places_share_stay_open(
    code: str, region: str | None, candidates: tuple[str, ...]
) -> None:
    read = read_code(code, region)
    assert read is not None
    assert (read.region, read.issuer, read.candidates) == (None, None, candidates)


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("管人社厅发", ZEZHOU),  # a misread letter
        ("吕政办发", PINGXIANG),  # a letter of another province's city
        ("浙采竞磋", None),
        ("合同编号", None),
        ("泽发", None),  # too short to say without a citing document
        ("泽人社厅发", ZEZHOU),  # a county has no 厅
        ("平安办发", ZEZHOU),  # an office's; of 平安区 only in its own documents
        ("京平安办", ZEZHOU),
        ("民初", None),
        ("", None),
        ("发", None),
        ("晋", None),
        ("晋县", ZEZHOU),
        ("桂省财社", "450000"),  # no province is called so
        ("号", None),
    ],
)
def test_what_the_lexicon_does_not_know_is_no_code(code: str, region: str | None) -> None:
    assert read_code(code, region) is None


@pytest.mark.parametrize(
    ("code", "region", "place"),
    [
        ("粤科函产字", None, "440000"),
        ("浙发改资环", ZEZHOU, "330000"),
        ("泽招考", ZEZHOU, "140525"),
        ("泽招考", PINGXIANG, None),  # a letter of other places too
        ("宁招考", ZEZHOU, None),
        ("晋财大校", ZEZHOU, None),  # of a university
        ("闽农大学", None, None),
        ("桂电科", None, None),
        ("豫招协", None, None),  # of a society
        ("京海某发", None, None),
    ],
)
def test_the_letters_of_a_place_tell_it_before_an_organ_that_the_lexicon_knows_in_part(
    code: str, region: str | None, place: str | None
) -> None:
    assert read_code(code, region) is None
    assert lettered_place(code, region) == place


def test_dates_of_a_code_have_a_source() -> None:
    read = read_code("晋地税发", ZEZHOU)
    assert read is not None
    assert (read.issuer, read.valid_until) == ("山西省地方税务局", "2018-07-20")
    assert read.source is not None and "国税地税征管体制改革方案" in read.source
    dated = [organ for organ in ORGANS.values() if "from" in organ or "until" in organ]
    assert len(dated) > 5
    assert all(organ.get("source") for organ in dated)


# --- where a code begins ---


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("根据晋工发", "晋工发"),
        ("财政部财建", "财建"),
        ("山西省财政厅晋财行", "晋财行"),
        ("中共河北省委办公厅冀办发", "冀办发"),
        ("省政府办公厅晋政办发", "晋政办发"),
        ("的通知晋市工办发", "晋市工办发"),
        ("和总工发", "总工发"),
        ("晋工发和总工发", "总工发"),
        ("泽州县人民政府办公室泽政办发", "泽政办发"),
        ("中共泽州县委办公室泽办发", "泽办发"),
        ("中华全国总工会总工发", "总工发"),
        ("国务院办公厅国办发", "国办发"),
        ("转发晋政办发", "晋政办发"),
        ("转发国办发", "国办发"),
        ("吕财行字", "吕财行字"),
        ("山西省人力资源和社会保障厅晋人社厅发", "晋人社厅发"),
        ("安排经费和晋政办发", "晋政办发"),
        ("依据闽财（社）指", "闽财（社）指"),
        ("县总工会工发", "工发"),
        ("高平市财行", "高平市财行"),
        ("主要用桂财行", "桂财行"),
        ("另附冀财规", "冀财规"),
        ("街道办事处党工委发", "党工委发"),
        ("恩施州财社", "恩施州财社"),
        ("拨付桂财行", "桂财行"),
    ],
)
def test_a_code_begins_behind_basis_words_and_issuers(words: str, code: str) -> None:
    start = code_start(words)
    assert start is not None
    assert words[start:] == code


@pytest.mark.parametrize(
    "words",
    ["", "发", "根据", "管人社厅发", "关于", "合同编号", "工程第", "浙采竞磋", "办公室", "中共泽发", "江津府办发"],
)
def test_words_without_a_known_code_have_no_start(words: str) -> None:
    assert code_start(words) is None


def test_a_code_is_lettered_with_a_province_and_a_known_organ() -> None:
    assert [is_lettered(code) for code in ("冀财规", "晋政办发", "财建", "冀某某", "泽政发")] == [
        True,
        True,
        *[False] * 3,
    ]


def test_a_county_writes_its_second_character_where_the_first_is_not_its_own() -> None:
    huangmei, wutai = "421127", "140922"
    read = read_code("梅政办发", huangmei)
    assert read and (read.region, read.issuer) == (huangmei, "黄梅县人民政府办公室")
    assert (read := read_code("台财农", wutai)) and read.region == wutai
    assert (read := read_code("州财农", ZEZHOU)) is None or read.region != ZEZHOU


@pytest.mark.parametrize("before", ["根据", "按照", "山西省财政厅", "》（", "、", "关于印发办法的通知", ""])
def test_the_start_of_a_code_does_not_depend_on_the_edge_before_it(before: str) -> None:
    known = [code for code in CODES if read_code(code)]
    assert len(known) > 1000
    assert [code for code in known if code_start(before + code) != len(before)] == []


@given(st.text(alphabet=sorted({char for code in CODES for char in code} | set("的据厅（和吕泽管")), max_size=12))
def test_what_begins_as_a_code_reads_as_a_code(words: str) -> None:
    start = code_start(words)
    assert start is None or read_code(words[start:]) is not None


# --- properties of the lexicon ---


def test_every_organ_of_every_province_reads_back_to_its_region() -> None:
    assert len(CODES) > 1500
    wrong = [
        code
        for letter, home in PROVINCES.items()
        for words in WORDS
        for code in [letter + words]
        if (read := read_code(code, home)) is None or read.region != home
    ]
    assert wrong == []


@given(
    code=st.sampled_from(CODES), region=st.sampled_from([None, ZEZHOU, LISHI, PINGXIANG, YANBIAN, "320102", "140000"])
)
def test_a_reading_names_no_region_but_those_of_its_letter(code: str, region: str | None) -> None:
    read = read_code(code, region)
    assert read is not None
    letter = code[0]
    meant = {PROVINCES[letter], *LETTERS["used-by"].get(letter, ())}
    said = {read.region} - {None} if read.region else set(read.candidates)
    assert said
    assert all(one in meant or region_chain(one)[-1].name.startswith(letter) for one in said if one)


@given(code=st.sampled_from(CODES), region=st.sampled_from([None, ZEZHOU, PINGXIANG]))
def test_letters_that_look_or_sound_alike_are_never_joined(code: str, region: str | None) -> None:
    read = read_code(code, region)
    assert read is not None
    said = {read.region, *read.candidates}
    for one, other in (("晋", "津"), ("冀", "吉"), ("豫", "渝")):
        assert not {PROVINCES[one], PROVINCES[other]} <= said


@given(code=st.sampled_from(CODES), region=st.sampled_from([None, ZEZHOU, "110101", "152502", "650100"]))
def test_a_region_or_candidates_but_never_both_and_issuers_are_text(code: str, region: str | None) -> None:
    read = read_code(code, region)
    assert isinstance(read, AgencyCode)
    assert (read.region is None) == bool(read.candidates)
    assert read.issuer is None or (read.issuer.strip() and "{" not in read.issuer and read.region)


def test_every_issuer_of_the_lexicon_is_a_name_for_a_known_level() -> None:
    levels = {"cn", "province", "municipality", "autonomous", "prefecture", "league", "county"}
    named = [(level, name) for organ in ORGANS.values() for level, name in organ.get("issuer", {}).items()]
    assert len(named) > 150
    assert {level for level, _ in named} <= levels
    assert [name for level, name in named if name is not None and not name.strip()] == []
    assert [name for level, name in named if level == "cn" and "{" in name] == []


def test_no_central_code_begins_with_a_province_and_words_of_its_own() -> None:
    central = [code for code in CODES if (read := read_code(code)) is not None and read.region == "cn"]
    assert central == []
