"""Of which place a document is: by its publisher, the places that a text prints before a name, or its first lines."""

from __future__ import annotations

import pytest

from mapping.facts import assemble
from mapping.read import read


@pytest.mark.parametrize(
    ("text", "region"),
    [
        # the text prints the places before a town, an office without its place, a name that several places bear
        ("青木镇人民政府2020年部门决算\n\n2020年山西省泽州县青木镇人民政府接待3批次。\n", "140525"),
        ("市卫生健康委员会2019年部门决算\n\n根据规定,设立晋城市卫生健康委员会,为市政府工作部门。\n", "140500"),
        ("朝阳区水务局2020年部门决算\n\n北京市朝阳区水务局接待3批次。\n", "110105"),
        ("泽州文学艺术界联合会2015年部门决算\n\n泽州县文学艺术界联合会接待3批次。\n", "140525"),
        # not out of a longer name, not out of the title of another's document, not where two are printed
        ("青木镇人民政府2020年部门决算\n\n大泽州县青木镇人民政府接待3批次。\n", None),
        ("青木镇人民政府2020年部门决算\n\n根据《山西省泽州县青木镇人民政府规则》接待3批次。\n", None),
        ("朝阳区水务局2020年部门决算\n\n北京市朝阳区接待3批次。长春市朝阳区接待3批次。\n", None),
        # nobody publishes, but titles say whose money it is
        ("2019年度泽州县“三公”经费支出决算情况\n", "140525"),
        ("泽州县2023年财政预算执行情况和2024年财政预算草案的报告\n", "140525"),
        ("根据部署,经晋城市财政局汇总,2025年全市“三公”经费3万元。\n", "140500"),
        ("关于晋城市2021年决算草案的报告\n\n市财政局\n", "140500"),
        # an office of a province, and the only one named
        ("转自:云南省水利厅\n\n各县:\n\n下达资金3万元。\n\n省农科厅\n\n2020年3月2日\n", "530000"),
        ("各县:\n\n下达资金3万元,比浙江省多,比云南省少。\n\n省农科厅\n\n2020年3月2日\n", None),
        # an office of the whole country writes of a place
        ("财政部关于下达2021年补助资金的通知\n\n晋城市2021年“三公”经费。\n", None),
        # the code of a project is of the province, the office of a county in it
        ("泽州县教育局2023年部门决算\n\n项目代码14000021R000000019951。\n", "140525"),
        ("泽州县教育局2023年部门决算\n\n项目代码51000021R000000019951。\n", "510000"),
    ],
)
def test_the_place_is_said_by_name_or_title(text: str, region: str | None) -> None:
    assert assemble(read(text.encode()), None).description.region == region
