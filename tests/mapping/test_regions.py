"""Names of organisations to the places of GB/T 2260 that they begin with."""

from __future__ import annotations

import pytest

from mapping.regions import region_chain, region_of


@pytest.mark.parametrize(
    ("name", "code"),
    [
        # full names, alone and nested
        ("吕梁市总工会", "141100"),
        ("平乡县丰州镇人民政府", "130532"),
        ("吉林省长春市财政局", "220100"),
        ("辽宁省朝阳市财政局", "211300"),
        ("苏州市昆山市教育局", "320583"),
        ("公安县教育局", "421022"),
        ("东莞市教育局", "441900"),
        # districts of municipalities
        ("北京市东城区财政局", "110101"),
        ("重庆市云阳县公安局", "500235"),
        ("上海市浦东新区财政局", "310115"),
        ("天津市滨海新区教育局", "120116"),
        ("河北区教育局", "120105"),
        # names that several places bear
        ("北京市朝阳区卫生健康委员会", "110105"),
        ("朝阳区卫生健康委员会", None),
        ("南京市鼓楼区人民法院", "320106"),
        ("江苏省徐州市鼓楼区人民法院", "320302"),
        ("鼓楼区人民法院", None),
        ("阳泉市矿区人民法院", "140303"),
        ("矿区人民法院", None),
        ("通州区财政局", None),
        # autonomous places, leagues and banners
        ("恩施土家族苗族自治州财政局", "422800"),
        ("恩施州恩施市教育局", "422801"),
        ("黔东南州凯里市人民法院", "522601"),
        ("西双版纳州勐海县总工会", "532822"),
        ("海南藏族自治州财政局", "632500"),
        ("大厂县财政局", "131028"),
        ("积石山县教育局", "622927"),
        ("东乡族自治县财政局", "622926"),
        ("鄂温克族自治旗人民政府", "150724"),
        ("阿拉善左旗财政局", "152921"),
        ("锡林郭勒盟行政公署", "152500"),
        ("内蒙古锡林郭勒盟锡林浩特市财政局", "152502"),
        ("广西南宁市青秀区财政局", "450103"),
        ("西藏拉萨市城关区财政局", "540102"),
        ("新疆喀什地区莎车县财政局", "653125"),
        ("神农架林区财政局", "429021"),
        ("六枝特区教育局", "520203"),
        ("香港特别行政区", "810000"),
        # counties right below a province, and the Production and Construction Corps
        ("河南省济源市财政局", "419001"),
        ("湖北省仙桃市教育局", "429004"),
        ("新疆生产建设兵团第八师石河子市财政局", "659001"),
        ("第八师石河子市总工会", "659001"),
        ("新疆生产建设兵团第一师中级人民法院", "650000"),
        # zones without a code
        ("成都市天府新区管理委员会", "510100"),
        ("长治高新技术产业开发区管理委员会", "140400"),
        ("昆山经济技术开发区管理委员会", "320583"),
        ("朝阳经济开发区管委会", None),
        ("西海岸新区教育局", None),
        ("河北雄安新区管理委员会", "130000"),
        ("河北工业园管理委员会", None),  # of the province, not of a district that bears its name
        # what stands before the place
        ("中共张家口市委", "130700"),
        ("中国共产党吕梁市委员会组织部", "141100"),
        ("共青团石家庄市委员会", "130100"),
        ("民盟太原市委员会", "140100"),
        ("中国人民政治协商会议河北省平乡县委员会", "130532"),
        ("国家税务总局山西省税务局", "140000"),
        ("国家统计局吕梁调查队", "141100"),
        # a place inside the name; names of provinces
        ("山西省总工会吕梁办事处", "141100"),
        ("山西省高级人民法院", "140000"),
        ("广东省立中山图书馆", "440000"),
        ("河北医科大学", "130000"),
        ("江苏路街道办事处", None),
        ("太原理工大学", None),
        # places no longer or not in the table, and none at all
        ("晋中市太谷县财政局", "140726"),
        ("晋中市某某县财政局", "140700"),
        ("黔山县林业局", None),
        ("省教育厅", None),
        ("最高人民法院", None),
        ("中华全国总工会", None),
    ],
)
def test_a_name_is_in_the_one_place_that_it_begins_with(name: str, code: str | None) -> None:
    assert region_of(name) == code


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("140525", ["山西省", "晋城市", "泽州县"]),
        ("429004", ["湖北省", "仙桃市"]),
        ("110101", ["北京市", "东城区"]),
        ("130700", ["河北省", "张家口市"]),
        ("650000", ["新疆维吾尔自治区"]),
        ("999999", []),
    ],
)
def test_a_code_has_its_places_above(code: str, names: list[str]) -> None:
    chain = region_chain(code)
    assert [region.name for region in chain] == names
    assert not chain or chain[-1].code == code


def test_levels_are_told_apart() -> None:
    assert [region.level for region in region_chain("140525")] == ["province", "prefecture", "county"]
    assert [region.level for region in region_chain("429004")] == ["province", "county"]
