"""Running text to what the audit finds in it: planted errors are found, what is right or unknown is not."""

from __future__ import annotations

import hashlib
import re

import pytest

from mapping.audit import audit, open_graph
from mapping.facts import assemble
from mapping.read import read
from mapping.rules import audit_rules
from mapping.triples import write_graph

HEAD = "乙市档案馆2025年部门预算\n\n"
RULES = [
    rule
    for rule in audit_rules()
    if rule.name
    in {
        *("text-against-table", "text-against-text", "unit-slip", "text-parts", "text-parts-exceed", "text-balance"),
        *("staff-parts", "headcount", "standard-times-heads", "three-public-reason", "empty-table-note", "stale-year"),
        *(
            "growth-rate",
            "growth-truncated",
            "growth-from-nothing",
            "growth-of-amounts",
            "change-amount",
            "change-direction",
            "unchanged",
        ),
        *("share-of-whole", "share-truncated", "shares-of-hundred", "shares-forced", "completion-rate"),
        *(
            "kinds-short",
            "restated-amount",
            "rate-direction",
            "completion-direction",
            "average",
            "empty-table-filled",
            "missing-table",
            "title-year",
            "count-not-whole",
        ),
    }
]

SUMMARY = (
    "收入 收入 支出 支出",
    "项目 预算数 项目 预算数",
    "一般公共预算拨款收入 100.00 一般公共服务支出 100.00",
    "本年收入合计 100.00 本年支出合计 100.00",
    "收入总计 100.00 支出总计 100.00",
)


def found_in(text: str) -> list[str]:
    """The rules that have a result in a document."""
    source = text.encode()
    sha256 = hashlib.sha256(source).hexdigest()
    quads = write_graph(assemble(read(source), None), sha256, ["a.txt"], "http://localhost/")
    return [result.rule.name for result in audit(open_graph(quads), RULES)]


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("2025年机关运行经费预算14.63万元，比上年减少1.05万元，下降7.18%。", "growth-rate"),
        ("2025年机关运行经费预算0.09万元，比上年增加0.04万元，增长8%。", "growth-rate"),
        ("2025年机关运行经费预算0.40万元，比上年增加0.40万元，增长100%。", "growth-from-nothing"),
        ("2025年机关运行经费预算20.00万元，比2024年预算15.00万元增加3.00万元。", "change-amount"),
        ("2025年支出预算100.00万元，其中：基本支出60.00万元，项目支出30.00万元。", "text-parts"),
        (
            "2025年支出预算100.00万元，其中：基本支出60.00万元，占50.00%；项目支出40.00万元，占40.00%。",
            "share-of-whole shares-of-hundred",
        ),
        ("2025年机关运行经费预算20.00万元。2025年机关运行经费预算22.00万元。", "text-against-text"),
        ("2025年收入预算总额174.57万元，支出预算总额174.57元。", "unit-slip"),
        ("2025年收入预算总额174.57万元，支出预算总额164.57万元。", "text-balance"),
        ("2025年“三公”经费预算8.00万元，比上年增加1.00万元，主要原因是厉行节约，压减公务接待。", "three-public-reason"),
        ("2024年，我单位机关运行经费预算安排20.00万元。", "stale-year"),
        ("本单位核定编制4人，实有在职人员7人。", "headcount"),
        ("本单位编制人数4人，实有在职人数7人（含2名聘用制人员）。", "headcount"),
        ("本单位实有在职人员7人（其中：公务员3人，工勤人员1人，事业人员2人）。", "staff-parts"),
        ("本单位下属二级预算单位0个，其中行政单位0个，其他事业单位1个。", "text-parts-exceed"),
        ("2025年符合条件的退休人员452人，每人每月320元，全年共需资金1700000元。", "standard-times-heads"),
        (
            "2025年机关运行经费年初预算为100.00万元，支出决算为90.00万元，完成年初预算的95.00%。",
            "completion-rate",
        ),
        ("“三公”经费支出预算为68.00万元，支出决算为61.37万元，完成预算的95.00%。", "completion-rate"),
        ("截至2024年12月31日，共有车辆3辆，其中：机要通信用车1辆、特种专业技术用车1辆。", "kinds-short"),
        ("年末在职人员121人，其中法官96人、司法行政人员13人、工勤人员7人；退休人员64人。", "kinds-short"),
        ("实有在职人员54人，其中高级职称21人、中级职称25人、初级及以下13人。", "text-parts-exceed"),
        ("实有在编人员486人、编制外合同制人员347人，在岗职工合计860人。", "staff-parts"),
        ("会议费支出2.00万元、培训费支出3.00万元，合计6.00万元。", "text-parts"),
        ("2025年“三公”经费预算4.20万元，比上年减少0.40万元，增长8.70%。", "rate-direction"),
        ("公务用车运行维护费5.18万元，公务用车保有量2辆，车均2.95万元。", "average"),
        ("因公出国（境）费支出42.60万元，团组9个，累计21人次，人均2.30万元。", "average"),
        ("2025年收支总预算14,865,759.79元（折合1,486.58元）。", "restated-amount"),
        ("百岁老人补贴43人，每人每月600元，全年24.48万元。", "standard-times-heads"),
        ("科普大篷车巡展60场，每场0.80万元，计58.00万元；资料编印35.30万元。", "standard-times-heads"),
        ("乡村保洁员补助1,152,000.00元。聘请保洁员48人，每人每月2,000元，发放10个月。", "standard-times-heads"),
        ("助学金210人，每人每年3000元，计66.00万元；", "standard-times-heads"),
        ("截至2023年12月31日，核定编制64名，在职人员61人。", "stale-year"),
        ("2024年“三公”经费预算8.00万元，比2024年减少1.00万元，下降11.11%。", "stale-year"),
        ("人民陪审员补助96.00万元，按每件200元、预计参审8400件测算；", "standard-times-heads"),
        ("道路日常养护2835.00万元，按养护里程495公里、每公里3万元测算。", "standard-times-heads"),
        ("年末在职180人，其中政法专项编制169人、事业编制21人。", "text-parts-exceed"),
        ("公务用车购置费36.00万元，更新用车2辆；公务用车运行维护费52.00万元，车均1.86万元，保有量31辆。", "average"),
        ("因公出国（境）费18.63万元，累计5人次；公务接待费4.26万元，接待642人次，人均92.21元。", "average"),
        (
            "2025年支出预算100.00万元。\n按功能分类：一般公共服务支出50.00万元，占40.00%；社会保障和就业支出30.00万元，"
            "占30.00%；住房保障支出20.00万元，占20.00%。",
            "share-of-whole shares-of-hundred",
        ),
        (
            "2025年支出预算100.00万元。\n主要内容如下：\n1.“教育支出”科目50.00万元，占40.00%，用于办学。\n"
            "2.“卫生健康支出”科目30.00万元，占30.00%。\n3.“住房保障支出”科目20.00万元，占20.00%。",
            "share-of-whole",
        ),
        (
            "本年支出100.00万元，比上年增加5.00万元，增长5.26%。\n按资金来源：财政拨款30.00万元，占40.00%；"
            "其他资金70.00万元，占70.00%。",
            "share-of-whole shares-of-hundred",
        ),
        (
            "2025年政府采购预算50.00万元。面向中小企业预留30.00万元，占政府采购预算的60.00%，"
            "其中：面向小微企业预留15.00万元，占政府采购预算的50.00%。",
            "share-of-whole",
        ),
        ("2025年政府采购预算50.00万元。面向中小企业预留30.00万元，占40.00%。", "share-of-whole"),
        (
            "2025年支出预算100.00万元，其中：基本支出60.00万元，项目支出40.00万元。基本支出比上年增加5.00万元，增长8.33%。",
            "growth-rate",
        ),
        ("行政编制12名，实有11人；事业编制30名，实有28人；合计在职41人，退休9人。", "staff-parts"),
        ("年末在职人员30人，由行政人员12人、事业人员17人组成。", "kinds-short"),
        ("固定资产原值90.00万元，其中：房屋50.00万元，设备32.00万元，家具及其他10.00万元。", "text-parts"),
        ("展陈更新安排120.00万元（大写：壹佰零贰万元整）。", "restated-amount"),
        ("展陈更新安排人民币壹佰贰拾万元整（小写：102.00万元）。", "restated-amount"),
        ("2025年政府采购预算18.00万元，其中：货物类3.00万元，服务类15.00元，无工程类采购。", "text-parts"),
        ("2025年机关运行经费预算53.00元，比2024年增加3.00万元，增长6.00%。", "unit-slip"),
        # a share over a bracket that divides its part
        (
            "2025年支出预算100.00万元，其中：基本支出60.00万元，占60.00%；项目支出40.00万元（当年30.00万元、结转10.00万元），"
            "占30.00%。",
            "share-of-whole shares-of-hundred",
        ),
        ("抽查餐馆360家，发现问题餐馆54家，问题餐馆率51.00%。", "share-of-whole"),
        ("本单位核定编制16名，实有在职人员15人，空编3名。", "staff-parts"),
        (
            "2023年至2025年数字化累计安排90.00万元：2023年20.00万元、2024年30.00万元、2025年50.00万元。",
            "text-parts",
        ),
        ("三年行动共修缮库房18间，2023年完成6间，2024年完成9间，2025年计划5间。", "staff-parts"),
        (
            "2024年我单位政府采购预算50.00万元。2025年我单位面向中小企业预留政府采购项目预算30.00万元，"
            "占政府采购预算的60.00%。",
            "stale-year",
        ),
        ("2024年末在职人员61人。\n截至2023年12月31日，共有车辆2辆。", "stale-year"),
        ("公务用车运行费62.00万元，其中基本支出安排43.00万元、项目支出安排16.00万元。", "text-parts"),
        ("书画馆藏品486件，其中书法藏品325件、绘画藏品134件。", "kinds-short"),
        ("会员1286名，其中男会员702名、女会员548名。", "staff-parts"),
        ("离退休人员20人，其中离休2人、退休17人。", "staff-parts"),
        ("实有人数62人，其中在职48人、离退休13人。", "staff-parts"),
        ("渡轮32艘，其中20米以上8艘、20米以下26艘。", "staff-parts"),
        ("馆舍维修500.30万元，其中屋面139.90万元、外墙251.49万元、展厅144.91万元。", "text-parts"),
        ("数字化项目三年预算共486.00万元：2023年218.00万元、2024年125.00万元、2025年134.00万元。", "text-parts"),
        ("数字化项目两年预算共352.00万元：2023年218.00万元、2024年125.00万元。", "text-parts"),
        (
            "馆舍项目总投资305.00万元，其中2023年完成投资111.60万元、2024年完成投资111.60万元、2025年投资126.80万元。",
            "text-parts",
        ),
        ("2025年机关运行经费预算90.00万元，按实有人数45人计算，人均1.80万元。", "average"),
        (
            "2025年政府采购预算50.00万元。预留面向中小企业采购份额30.00万元，占政府采购预算的60.00%，"
            "其中面向小微企业15.00万元，占预留份额的30.00%。",
            "share-of-whole",
        ),
        ("收到征集线索36件，其中口述线索11件、文书线索25件，立项31件，立项率91.67%。", "share-of-whole"),
        ("培训费安排31.50万元，举办4期，每期54人、5天，按每人每天350元的标准执行。", "standard-times-heads"),
        ("移民补助362.70万元，按核定移民6054人、每人每年600元直补到人；", "standard-times-heads"),
        ("年末在编护林员64人，其中站长14人、队员52人；另有季节性护林员30人。", "text-parts-exceed"),
        (
            "公务用车支出36.00万元，其中：购置费0.00万元，全年购置公务用车0辆；公务用车运行费36.00万元，"
            "车均运行费2.50万元，财政拨款开支的公务用车保有量18辆。",
            "average",
        ),
        (
            "2025年收入合计80.00万元，加上上年转来的20.00万元，可用的钱总共100.00万元。收入里面：\n"
            "- 财政拨款60.00万元，占70.00%。",
            "share-of-whole",
        ),
        ("书库项目预算60.00万元。资金分配情况：书架30部，每部2.50万元。", "standard-times-heads"),
        ("示范档案室创建20个，每个补助1.50万元，共20.00万元。", "standard-times-heads"),
        ("截至2024年末，固定资产原值90.00万元，累计折旧40.00万元，净值60.00万元。", "text-parts"),
        ("房屋900平方米，价值50.00万元；车辆2辆，价值30.00万元；书架价值9.00万元，合计价值98.00万元。", "text-parts"),
        ("人员经费90.00万元（工资福利支出80.00万元、对个人和家庭的补助11.00万元）。", "text-parts"),
        (
            "（一）支出预算。2025年年初预算数90.00万元。按功能分类：教育支出30.00万元，卫生健康支出60.00万元。"
            "按支出性质：基本支出50.00万元，项目支出30.00万元。",
            "text-parts",
        ),
        ("共有预算单位2个，其中机关1个、全额拨款事业单位2个。", "text-parts-exceed"),
        ("档案抢救项目全年预算90.00万元，执行70.00万元，结余30.00万元结转使用。", "text-parts"),
        ("数字化项目调整预算数90.00万元，支出70.00万元，执行率77.78%，剩余30.00万元。", "text-parts"),
        ("现有在职58人，其中参公54人、工勤7人，退休33人。", "text-parts-exceed"),
        ("项目支出16.43万元，用于退休人员管理补助，补助对象1396人，人均120元。", "average"),
        ("项目支出108.65万元，全部用于档案站建设，全年建成档案站5个，每个平均27.13万元。", "average"),
    ],
)
def test_a_planted_error_is_found_by_its_rule(sentence: str, rule: str) -> None:
    assert found_in(f"{HEAD}{sentence}\n") == rule.split()


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年机关运行经费预算14.63万元，比上年减少1.05万元，下降6.70%。",
        "离退休人员20人，其中离休2人、退休18人。",
        "离退休人员20人，其中退休18人。",
        # beside what is on posts, and beside the whole
        "现有在编教职工64人，其中专任教师59人，占在编教职工的92.19%；聘用生活老师7人；退休教师21人。",
        "年末在编护林员64人，其中站长14人、队员50人；另有季节性护林员30人。",
        "年末在编护林员64人，其中：另有季节性护林员90人。",
        "本年财政拨款收入100.00万元。财政拨款收入中，中央财政拨款40.00万元，地方财政拨款60.00万元。",
        "公务用车购置及运行维护费支出90.00万元。\n购置费36.00万元。当年更新用车3辆，其中越野车1辆、皮卡车2辆，平均每辆12.00万元。",
        "2025年收入合计80.00万元，加上上年转来的20.00万元，可用的钱总共100.00万元。收入里面：\n"
        "- 财政拨款60.00万元，占75.00%。",
        "2025年机关运行经费预算20.00万元，比2024年预算15.00万元增加5.00万元，增长33.33%。",
        "2025年支出预算100.00万元，其中：基本支出60.00万元。",
        "2025年支出总计2302.37万元，其中：基本支出912.36万元、项目支出1330.01万元、结转下年60.00万元。",
        "2025年支出预算100.00万元。采购支出合计40.00万元，授予小微企业合同金额30.00万元，占采购支出合计的75%。",
        "2025年机关运行经费预算约20万元。2025年机关运行经费预算22.00万元。",
        "2025年“三公”经费预算8.00万元，比上年增加1.00万元，主要原因是上年压减较多。",
        "截至2024年末，我单位机关运行经费决算20.00万元。",
        "2024年，我单位机关运行经费较2025年预算少1.00万元。",
        "本单位核定编制16人，实有在职人员15人。",
        "本单位编制人数16人，实有在职人数25人（含10名聘用制人员）。",
        "本单位核定编制16人。年末实有人数25人，其中：在职15人，退休10人。",
        "2025年符合条件的退休人员452人，每人每月320元，全年共需资金1735680元，另需调查费14320元，全年总计175万元。",
        "2025年机关运行经费支出决算为90.00万元，完成预算的95.00%。",
        "年初预算100.00万元，全年预算120.00万元，机关运行经费支出决算90.00万元，完成预算的75.00%。",
        "截至2024年12月31日，共有车辆3辆，其中：特种专业技术用车1辆。",
        "年末在职人员45人，其中党员30人、女职工20人。",
        "实有在职人员54人，其中高级职称21人、中级职称25人。",
        "公务用车运行维护费7.60万元，比上年增加0.40万元，保有量4辆，车均1.90万元。",
        "2025年收支总预算14,865,759.79元（折合1,486.58万元）。",
        "80周岁以上高龄津贴9860人，每人每月50元，全年591.60万元；百岁老人补贴34人，每人每月600元，全年24.48万元。",
        "聘请保洁员48人，每人每月2,000元，共需28.80万元。",
        "会议费支出2.00万元，培训费支出3.00万元、差旅费支出1.00万元，合计4.00万元。",
        "截至2024年12月31日，核定编制64名，在职人员61人。",
        "截至2023年12月31日，我单位固定资产原值200.00万元。",
        "2024年“三公”经费预算执行8.00万元，比2024年预算减少1.00万元。",
        "干部报酬155.52万元，按每人每月2400元、54人、12个月安排；办公经费33.00万元，按11个村、每个3万元安排。",
        "补助96.00万元，按每件200元、预计参审4800件测算；劳务外包540.00万元，按90人、每人每月5000元、12个月测算。",
        "年末在职180人，其中政法专项编制159人、事业编制21人。",
        "公务用车购置费36.00万元，更新用车2辆；公务用车运行维护费52.00万元，车均1.68万元，保有量31辆。",
        "因公出国（境）费18.63万元，累计5人次；公务接待费4.26万元，接待462人次，人均92.21元。",
        "公用经费1981.04万元（商品和服务支出1949.80万元、资本性支出31.25万元）。",
        "公务用车运行费58.00万元，保障公务用车29辆，每辆2万元，比2024年减少3.50万元，下降5.69%。",
        "本项目2025年预算安排76.00万元，均为财政拨款。2024年预算80.00万元，减少4.00万元，下降5.00%。",
        "2025年支出预算100.00万元，其中：基本支出60.00万元，项目支出40.00万元。基本支出比上年增加5.00万元，增长9.09%。",
        "2025年支出预算100.00万元，其中：基本支出60.00万元，项目支出40.00万元。一般公共预算基本支出比上年增加5.00万元，"
        "增长10.00%。",
        # what is done is no budget of itself
        "2025年一般公共预算支出完成42.76万元，完成年初预算的97.04%。2025年一般公共预算支出完成42.76万元。",
        # shares of more than what they add up to
        "2025年支出预算200.00万元，其中档案事务支出100.00万元，占50.00%。馆藏整理60.00万元，占30.00%；"
        "馆舍维修40.00万元，占20.00%。",
        "授予中小企业合同金额0万元，占政府采购支出总额的0%。政府采购支出总额0万元。",
        "行政编制12名，实有11人；事业编制30名，实有28人；编外聘用5人；合计在职44人。",
        "固定资产原值90.00万元，其中：房屋50.00万元，设备32.00万元。",
        "公务用车运行费62.00万元，其中基本支出安排43.00万元、项目支出安排19.00万元。",
        "2025年支出预算100.00万元，其中：基本支出60.00万元，项目支出40.00万元。公务用车运行费6.00万元，其中项目支出安排2.00万元。",
        "公路486公里，其中国道320公里、省道134公里。",
        "会员1286名，其中男会员702名、女会员584名，新会员52名。",
        "征集36件，其中口述征集11件、文书征集25件，立项33件，立项率91.67%。",
        "统计管理2025年预算0.12万元，其中：2024年执行3.39万元、2025年安排0.12万元。",
        "馆舍项目总投资305.00万元，其中2023年完成投资111.60万元、2024年完成投资111.60万元。",
        "2025年机关运行经费预算90.00万元，按实有人数45人计算，人均2.00万元。",
        "培训费安排31.50万元，举办4期，每期45人、5天，按每人每天350元的标准执行。",
        "培训费安排31.50万元，举办4期，每期45人、5天，每人每天标准不超过400元。",
        "培训费安排31.50万元，举办4期、45人、5天，按每人每天350元的标准执行。",
        "2025年巡查经费128.60万元，开展巡查42次；全年外勤6430人天，按每人每天200元测算。水库巡查经费80.00万元。",
        "展陈更新安排120.00万元（大写：壹佰贰拾万元整），馆藏保险1,286,000.50元（大写：壹佰贰拾捌万陆仟元伍角）。",
        "2025年政府采购预算18.00万元，其中：货物类3.00万元，服务类15.00万元，无工程类采购。",
        "2024年我单位政府采购预算50.00万元。2025年我单位政府采购预算60.00万元，面向中小企业预留30.00万元，"
        "占政府采购预算的50.00%。",
        "2025年培训费3.60万元，比2024年减少0.40万元，增长-10.00%。",
        "2025年培训费3.60万元，比2024年4.00万元增长-10.00%。",
        "2025年支出预算100.00万元，其中：基本支出60.00万元，占60.00%；项目支出40.00万元（当年30.00万元、结转10.00万元），"
        "占40.00%。",
        "抽查餐馆360家，发现问题餐馆54家，问题餐馆率15.00%。",
        "本单位核定编制16名，实有在职人员13人，空编3名。",
        "2023年至2025年馆藏数字化累计安排90.00万元：2023年20.00万元、2024年30.00万元、2025年40.00万元。",
        "三年行动共修缮库房18间，2023年完成6间，2024年完成9间，2025年计划3间。",
        "保管农资12.40万吨，按每吨每年200元综合定额，所需经费2480.00万元。",
        # a change from an amount of another term, or behind a bracket that has ended
        "2025年机关运行经费预算20.00万元，比2024年预算15.00万元增加5.00万元。如计入结转，收支总预算比2024年收支总预算90.00万元"
        "（含上年结转5.00万元）增加6.00万元。",
        "2025年机关运行经费预算20.00万元（档案整理中心公用经费8.00万元不含在内），比上年减少2.00万元，下降9.09%；"
        "比2024年预算22.00万元减少2.00万元，下降9.09%。",
        # Parts that are no terms stand in the list: the others are not all of it.
        "2025年收入总计1000.00万元，其中：\n1、本年收入600.00万元。\n2、上级专项补助收入350.00万元，下降10.9%。\n3、上年结余50.00万元。",
        "2025年机关运行经费支出29.61万元，比预算超支14.11万元，比上年增长85.06%。",
        "书库项目预算60.00万元。资金分配情况：书架30部，每部2.00万元。",
        "示范档案室创建20个，每个补助1.50万元，共30.00万元。",
        "截至2024年末，固定资产原值90.00万元，累计折旧40.00万元，净值50.00万元。",
        "房屋900平方米，价值50.00万元；车辆2辆，价值30.00万元；书架价值9.00万元，合计价值89.00万元。",
        "人员经费90.00万元（工资福利支出80.00万元、对个人和家庭的补助10.00万元）。",
        "（一）支出预算。2025年年初预算数90.00万元。按功能分类：教育支出30.00万元，卫生健康支出60.00万元。"
        "按支出性质：基本支出50.00万元，项目支出40.00万元。",
        "共有预算单位2个，其中机关1个、全额拨款事业单位1个。",
        "档案抢救项目全年预算90.00万元，执行70.00万元，结余20.00万元结转使用。",
        "年初预算90.00万元，支出70.00万元，结余30.00万元。",  # what was added is not said
        "档案抢救项目全年预算90.00万元；数字化项目执行70.00万元，结余30.00万元。",
        "现有在职58人，其中参公51人、工勤7人，退休33人。",
        "项目支出16.43万元，用于退休人员管理补助，补助对象1369人，人均120元。",
        "项目支出16.43万元，用于退休人员管理补助，补助对象1205人，人均120元。",  # others may be paid otherwise
        "项目支出108.65万元，全部用于档案站建设，全年建成档案站5个，每个平均21.73万元。",
        "项目支出108.65万元，用于档案站等建设，全年建成档案站5个，每个平均18.50万元。",
    ],
)
def test_what_is_right_or_open_is_not_found(sentence: str) -> None:
    assert found_in(f"{HEAD}{sentence}\n") == []


@pytest.mark.parametrize(("edge", "between"), [("|", "|"), ("", "\t")])
def test_text_is_held_against_the_table(edge: str, between: str) -> None:
    rows = (f"{edge}{between.join(row.split())}{edge}" for row in SUMMARY)
    table = "收支预算总表\n单位：万元\n\n" + "\n".join(rows) + "\n\n"
    assert found_in(f"{HEAD}{table}2025年收入总计120.00万元。\n") == ["text-against-table"]
    assert found_in(f"{HEAD}{table}2025年收入总计100.00万元。\n") == []


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("2025年收入总计100.00万元，其中：一般公共预算拨款收入90.00万元（含上年结转10.00万元）。", []),
        ("2025年收入总计100.00万元，其中：一般公共预算拨款收入90.00万元（含上年结转0万元）。", ["text-against-table"]),
        ("2025年收入总计100.00万元，其中：一般公共预算拨款收入90.00万元。", ["text-against-table"]),
        (
            "2025年收入总计100.00万元，其中：一般公共预算拨款收入90.00万元（含上年结转10.00万元）。\n\n"
            "2025年一般公共预算拨款收入90.00万元。",
            [],
        ),
        (
            "2025年收入总计100.00万元，其中：一般公共预算拨款收入90.00万元（含上年结转10.00万元）。\n\n"
            "2025年一般公共预算拨款收入95.00万元。",
            ["text-against-table"],
        ),
    ],
)
def test_income_that_holds_what_was_carried_over_is_not_that_of_the_year(sentence: str, rules: list[str]) -> None:
    """Said once, it holds for the same amount elsewhere."""
    rows = [
        row.replace("拨款收入 100.00", "拨款收入 80.00").replace("收入合计 100.00", "收入合计 90.00") for row in SUMMARY
    ]
    rows[3:3] = ["其他收入 10.00 - -"]
    rows[5:5] = ["上年结转 10.00 - -"]
    table = (
        "收支预算总表\n单位：万元\n\n" + "\n".join("\t".join(row.replace("-", "").split(" ")) for row in rows) + "\n\n"
    )
    assert found_in(f"{HEAD}{table}{sentence}\n") == rules


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("事业收入20.00万元。", ["text-against-table"]),
        ("其他收入安排的展览，事业收入20.00万元不纳入评价。", []),
        ("机关运行经费8.00万元（馆本级，不含编研中心事业收入20.00万元）。", []),
        ("事业收入等非财政资金安排20.00万元。", []),
        ("事业收入结转20.00万元。", []),
        ("事业收入另安排展柜购置20.00万元。", []),
        ("上年结转主要是馆舍维修项目20.00万元。", []),
        ("政府采购预算30.00万元，其中：货物30.00万元。按资金来源分，财政拨款10.00万元、事业收入20.00万元。", []),
        ("项目支出中，事业收入20.00万元。", []),
        ("基本支出中一般公共预算拨款安排60.00万元。", []),
        ("4个项目年初预算30.00万元加上年结转20.00万元。", []),
        ("上年结转20.00万元。", ["text-against-table"]),
    ],
)
def test_what_is_set_apart_or_part_of_something_is_not_held_against_a_table(sentence: str, rules: list[str]) -> None:
    rows = (
        *SUMMARY[:3],
        "事业收入 30.00 教育支出 30.00",
        "上年结转 10.00 文化支出 10.00",
        "收入总计 140.00 支出总计 140.00",
    )
    table = "收支预算总表\n单位：万元\n\n" + "\n".join("|" + "|".join(row.split()) + "|" for row in rows) + "\n\n"
    assert found_in(f"{HEAD}{table}2025年{sentence}\n") == rules


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("公用经费20.00万元。", ["text-against-table"]),
        ("公用经费不含编研中心公用经费20.00万元。", []),
        ("公用经费30.00万元。馆里使用其他资金开支公用经费20.00万元。", []),
        (
            "一般公共预算基本支出100.00万元。加上非财政拨款安排的公用经费20.00万元，全部基本支出120.00万元。",
            [],
        ),
        (
            "一般公共预算基本支出100.00万元。加上非财政拨款安排的公用经费20.00万元，全部基本支出130.00万元。",
            ["text-parts"],
        ),
    ],
)
def test_what_other_money_pays_is_not_held_against_the_table_of_a_fund(sentence: str, rules: list[str]) -> None:
    rows = ["科目名称 合计 人员经费 公用经费", "合计 100.00 70.00 30.00", "工资福利支出 70.00 70.00 0.00"]
    rows.append("商品和服务支出 30.00 0.00 30.00")
    table = "一般公共预算基本支出表\n单位：万元\n\n" + "\n".join("|" + "|".join(row.split()) + "|" for row in rows)
    assert found_in(f"{HEAD}{table}\n\n六、一般公共预算基本支出情况说明\n2025年{sentence}\n") == rules


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        # a count is compared with that of the year before, which no list divides
        ("实有在职人员42人，比上年末45人减少3人（退休3人），其中高级职称20人、中级职称14人、初级及以下8人。", ""),
        ("实有在职人员42人，比上年末45人增加3人。", "staff-parts"),
        # behind a semicolon stands something else
        ("发布通报1286期，其中专题通报171期、月度通报1115期；三年累计发布通报4732期。", ""),
        ("发布通报1286期，其中专题通报184期、月度通报1115期；三年累计发布通报4732期。", "text-parts-exceed"),
        # the parts of a part
        ("实有人数62人，其中：在职人数小计49人，行政在职人数19人、事业在职人数30人；退休人数小计13人。", ""),
        (
            "实有人数62人，其中：在职人数小计49人，行政在职人数19人、事业在职人数31人；退休人数小计13人。",
            "text-parts-exceed",
        ),
        # what is all of it divides nothing
        ("在职人员60人，其中财政补助60人，管理人员8人、专业技术人员48人、工勤人员4人。", ""),
        ("在职人员60人，其中财政补助60人，管理人员8人、专业技术人员84人、工勤人员4人。", "text-parts-exceed"),
        # what each cost is no standard of the next amount
        ("购置费36.00万元，更新用车3辆，平均每辆12.00万元；保有用车40辆，全年运行费120.00万元。", ""),
        # an average says so, a number of persons is whole
        ("服务常住人口38.6人，平均班额41.5人。", "count-not-whole"),
        ("服务常住人口38.6万人，平均班额41.5人。", ""),
        # a rate of what was planned
        ("计划培训500人，实际培训520人，完成计划的96.15%。", "share-of-whole"),
        ("计划培训500人，实际培训520人，完成计划的104%。", ""),
        ("收入完成9806.00万元，占年计划9000.00万元的108.96%，同比增加806.00万元，增长8.96%。", ""),
        # all years of a period
        (
            "数字化为2024-2026年项目，总投资90.00万元，2024年安排20.00万元，2025年安排30.00万元，2026年安排40.00万元。",
            "",
        ),
        (
            "数字化为2024-2026年项目，总投资90.00万元，2024年安排20.00万元，2025年安排31.00万元，2026年安排40.00万元。",
            "text-parts",
        ),
        (
            "数字化为2024-2027年项目，总投资90.00万元，2024年安排20.00万元，2025年安排31.00万元，2026年安排19.00万元。",
            "",
        ),
        # a kind of expenditure by the year of its money
        ("项目支出40.00万元。项目支出中，当年财政拨款安排30.00万元，上年结转安排9.00万元。", "text-parts"),
        ("项目支出40.00万元。项目支出中，当年财政拨款安排30.00万元，上年结转安排10.00万元。", ""),
        ("项目支出40.00万元。项目支出中，当年财政拨款安排30.00万元，上年结转安排9.00万元，单位资金1.00万元。", ""),
        # shares that come to all, of the amount that all but one of them are of
        (
            "财政拨款支出200.00万元。\n档案事务支出105.00万元，占50.00%；馆藏整理60.00万元，占30.00%；馆舍维修40.00万元，占20.00%。",
            "share-of-whole",
        ),
        (
            "财政拨款支出200.00万元。\n档案事务支出100.00万元，占50.00%；馆藏整理60.00万元，占30.00%；馆舍维修40.00万元，占20.00%。",
            "",
        ),
        # a share behind a change
        (
            "收入合计200.00万元。财政拨款收入80.00万元，比上年增加5.00万元，增长6.67%，占收入合计的50.00%。",
            "share-of-whole",
        ),
        ("收入合计200.00万元。财政拨款收入80.00万元，比上年增加5.00万元，增长6.67%，占收入合计的40.00%。", ""),
        # a share of an amount that its own clause prints, which may be the year's or the total
        ("项目支出60.00万元，占总支出150.00万元的50.00%。", "share-of-whole"),
        ("项目支出60.00万元，占总支出150.00万元的40.00%，基本支出90.00万元，占总支出150.00万元的60.00%。", ""),
        ("（一）文化支出（类）档案（款）行政运行（项）60.00万元，占总支出150.00万元的比例为50.00%。", "share-of-whole"),
        ("总支出150.00万元，其中：项目支出60.00万元，占总支出150.00万元的40.00%，基本支出90.00万元。", ""),
        # a share of the money of a fund is none of all money
        (
            "年末结转和结余80.00万元。其中财政拨款结转40.00万元。编研项目10.00万元，占年末财政拨款结转的25.00%。",
            "",
        ),
        # an item of the list above is no part of the item before it
        (
            "用途如下。\n（一）用于展览198.00万元，占总数的89.59%。其中：\n1.布展151.00万元；\n2.讲解47.00万元。\n（二）用于编研23.00万元，占总数的10.41%。",
            "",
        ),
    ],
)
def test_lists_counts_and_shares_are_of_what_they_are_said_of(sentence: str, rule: str) -> None:
    assert found_in(f"乙市档案馆2024年度部门决算\n\n2024年{sentence}\n") == rule.split()


def test_a_part_of_what_was_carried_over_tells_no_fund_of_what_is_left() -> None:
    """The amounts of both sides are divided by 中; a bracket with a month names no year of what stands behind it."""
    sentence = (
        "年初结转和结余9.00万元中，财政拨款结转5.00万元（2023年12月下达），其他资金结余4.00万元；"
        "年末结转和结余8.00万元中，财政拨款结转2.00万元，其他资金结余6.00万元。"
    )
    assert found_in(f"乙市档案馆2024年度部门决算\n\n{sentence}\n") == []


FUND = (
    "科目编码 科目名称 合计 基本支出 项目支出",
    "212 城乡社区支出 5.00 0.00 5.00",
    "合计 合计 5.00 0.00 5.00",
)
COMPARED = ("项目 2024年执行数 2024年预算数", "合计 3.86 4.10", "公务接待费 0.66 0.60", "公务用车运行费 3.20 3.50")


def printed(rows: tuple[str, ...], form: str) -> str:
    """Rows of a table in one of the three text forms."""
    cells = [row.split() for row in rows]
    if form == "pipe":
        head, *body = ["| " + " | ".join(row) + " |" for row in cells]
        return "\n".join([head, "|---" * len(cells[0]) + "|", *body])
    if form == "tab":
        return "\n".join("\t".join(row) for row in cells)
    return "\n".join("\n".join(f"\t{cell}" for cell in row) + "\n" for row in cells)


@pytest.mark.parametrize(("spent", "cost"), [("24.40", "148.65"), ("22.40", "148.65"), ("24.40", "1,486,500")])
def test_text_is_held_against_a_table_whose_headings_name_what_it_prints(spent: str, cost: str) -> None:
    rows = [
        "| 2025年“三公”经费预算数 |  |  | 2025年机关运行经费预算数 |",
        "|---|---|---|---|",
        "| 合计 | 公务接待费 | 公务用车运行费 |  |",
        f"| {spent} | 1.80 | 22.60 | {cost} |",
    ]
    table = "2025年“三公”经费和机关运行经费预算表\n\n单位：万元\n\n" + "\n".join(rows) + "\n\n"
    text = "2025年“三公”经费预算24.40万元。2025年我单位财政拨款的机关运行经费预算为148.65万元。"
    wrong = {"22.40": ["text-against-table"], "1,486,500": ["unit-slip"]}
    assert found_in(f"{HEAD}{table}{text}\n") == wrong.get(spent, wrong.get(cost, []))


@pytest.mark.parametrize("form", ["pipe", "tab", "cell"])
def test_a_note_that_calls_a_filled_table_empty_is_found(form: str) -> None:
    table = "政府性基金预算支出表\n单位：万元\n\n" + printed(FUND, form)
    assert found_in(f"{HEAD}{table}\n注：本单位无政府性基金预算，空表列示。\n") == ["empty-table-filled"]
    assert found_in(f"{HEAD}{table}\n注：本表资金用于村庄公共设施管护。\n") == []


@pytest.mark.parametrize("form", ["pipe", "tab", "cell"])
def test_a_column_of_the_year_before_alone_is_found(form: str) -> None:
    title = "“三公”经费预算表\n单位：万元\n\n"
    assert found_in(f"{HEAD}{title}{printed(COMPARED, form)}\n") == ["title-year"]
    right = (COMPARED[0].replace("2024年预算", "2025年预算"), *COMPARED[1:])
    assert found_in(f"{HEAD}{title}{printed(right, form)}\n") == []


@pytest.mark.parametrize("form", ["pipe", "tab", "cell"])
def test_a_table_of_the_contents_that_is_not_printed_is_found(form: str) -> None:
    names = ("收支预算总表", "收入预算总表", "支出预算总表", "政府性基金预算支出表")
    contents = "目录\n" + "\n".join(f"{at}、{name}" for at, name in enumerate(names, 1)) + "\n\n第二部分 预算表\n\n"
    tables = [f"{name}\n单位：万元\n\n{printed(SUMMARY, form)}\n\n" for name in names]
    assert found_in(HEAD + contents + "".join(tables[:3])) == ["missing-table"]
    assert "missing-table" not in found_in(HEAD + contents + "".join(tables))
    few = HEAD + contents + tables[0]
    assert "missing-table" not in found_in(few)


def test_a_project_of_the_text_is_held_against_its_table() -> None:
    rows = ("项目单位\t项目名称\t项目类别\t合计", "乙市档案馆\t档案数字化\t特定目标类\t50.00", "\t合计\t\t50.00")
    table = "项目支出表\n单位：万元\n\n" + "\n".join(rows) + "\n\n"
    assert found_in(f"{HEAD}{table}（一）档案数字化55.00万元。\n") == ["text-against-table"]
    assert found_in(f"{HEAD}{table}（一）档案数字化50.00万元。\n") == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("公务接待费支出2.95万元，完成预算6.00万元的94.17%。", "completion-rate"),
        ("公务接待费支出2.95万元，完成预算6.00万元的49.17%，比上年减少0.35万元，下降10.61%。", ""),
        ("机关运行经费支出决算为432.00万元，全年预算为505.97万元，完成全年预算的83.58%。", "completion-rate"),
        ("年末结转和结余131.09万元，比上年末减少53.35万元。年初结转和结余184.62万元。", "change-amount"),
        ("年末结转和结余131.09万元，比上年末减少53.53万元。年初结转和结余184.62万元。", ""),
        ("截至2023年12月31日，共有车辆2辆。", "stale-year"),
        (
            "“三公”经费支出年初预算为110.00万元，支出决算为126.35万元，完成年初预算的114.86%。决算数小于预算数。",
            "completion-direction",
        ),
        ("“三公”经费支出年初预算为110.00万元，支出决算为126.35万元，完成年初预算的114.86%。决算数大于预算数。", ""),
        ("6个项目全年预算2262.53万元，全年执行2165.00万元，执行率99.32%。", "completion-rate"),
        ("6个项目全年预算2262.53万元，全年执行2165.00万元，执行率95.69%。", ""),
        ("因公出国（境）费预算42.00万元，支出31.28万元，组织出国（境）团组4个、8人次，人均3.48万元。", "average"),
        ("因公出国（境）费预算42.00万元，支出31.28万元，组织出国（境）团组4个、9人次，人均3.48万元。", ""),
        ("馆藏文物12846件，其中珍贵文物1632件，占1.27%。", "share-of-whole"),
        ("馆藏文物12846件，其中珍贵文物1632件，占12.7%。", ""),
        ("培训费支出32.40万元，培训人数450人，人均600元。", "average"),
        ("培训费支出32.40万元，培训人数540人，人均600元。", ""),
        ("培训费支出32.40万元，培训人数540人，人均每天300元。", ""),
        ("截至2024年12月31日，共有车辆2辆。", ""),
        ("年初结转和结余12.95万元，年末结转和结余14.97万元。年末结转和结余比年初减少2.02万元。", "change-direction"),
        ("年初结转和结余12.95万元，年末结转和结余14.97万元。年末结转和结余比年初增加2.02万元，增长15.60%。", ""),
        ("本单位2023年度机关运行经费支出18.00万元，较2023年减少2.00万元，下降10.00%。", "stale-year"),
        ("本单位2023年度机关运行经费支出18.00万元，较2023年预算减少2.00万元，下降10.00%。", ""),
        # an amount between 与上年 and 相比 is that of the year before, whatever its name
        ("本年支出90.00万元。与上年本年支出100.00万元相比，减少10.00万元，下降10.00%。", ""),
        ("本年支出90.00万元。与上年本年支出100.00万元相比，减少10.00万元，下降11.11%。", "growth-rate"),
        ("本年支出90.00万元。与2023年度（80.00万元）相比，本年支出增加10.00万元，增长12.50%。", ""),
        ("本年支出90.00万元。与2023年度（80.00万元）相比，本年支出减少10.00万元，下降12.50%。", "growth-rate"),
        # a change of both sides is said of both
        ("收、支总计90.00万元。与2023年度决算相比，收支各增加10.00万元，增长12.50%。", ""),
        ("收、支总计90.00万元。与2023年度决算相比，收支各增加10.00万元，增长11.11%。", "growth-rate"),
        # what follows a budget and its rate is said of what was spent
        ("“三公”经费支出20.00万元，年初预算30.00万元，完成预算的66.67%，比上年减少5.00万元，下降20.00%。", ""),
        (
            "“三公”经费支出20.00万元，年初预算30.00万元，完成预算的66.67%，比上年减少5.00万元，下降14.29%。",
            "growth-rate",
        ),
        # so are the parts below
        (
            "“三公”经费支出2.00万元，年初预算3.00万元，完成预算的66.67%。具体情况如下：\n（一）因公出国（境）费支出0万元。\n"
            "（二）公务用车购置及运行维护费支出1.50万元。\n（三）公务接待费支出0.50万元。",
            "",
        ),
        # the average of a cost that its line names behind it
        (
            "公务用车购置及运行维护费支出40.00万元。\n公务用车运行维护费：公务用车保有量6辆，平均每辆5.00万元。"
            "发生运行维护费支出30.00万元。",
            "",
        ),
        (
            "公务用车购置及运行维护费支出40.00万元。\n公务用车运行维护费：公务用车保有量6辆，平均每辆6.00万元。"
            "发生运行维护费支出30.00万元。",
            "average",
        ),
        # 从采购类型来看 leads to parts, and small firms are some of the small and middling ones
        (
            "政府采购支出总额16.00万元，从采购类型来看，政府采购货物支出6.00万元、政府采购工程支出3.00万元、"
            "政府采购服务支出8.00万元。",
            "text-parts",
        ),
        (
            "政府采购支出总额17.00万元，从采购类型来看，政府采购货物支出6.00万元、政府采购工程支出3.00万元、"
            "政府采购服务支出8.00万元。",
            "",
        ),
        ("授予中小企业合同金额14.20万元，其中授予小微企业合同金额15.60万元。", "text-parts-exceed"),
        ("授予中小企业合同金额14.20万元，其中授予小微企业合同金额9.80万元。", ""),
        # 控制数 are posts too
        ("核定编制68名，其中行政编制36名、机关后勤控制数2名、事业编制30名。", ""),
        ("核定编制68名，其中行政编制36名、机关后勤控制数2名、事业编制28名。", "kinds-short"),
        # what a reason names is not what the sentence goes on with
        (
            "档案馆（项）年初预算30.00万元，支出决算36.00万元，完成年初预算的120.00%，主要原因是动用上年结转6.00万元；"
            "比上年34.00万元增加2.00万元，增长5.88%。",
            "",
        ),
        # a budget of which a rate is told is not what changed
        ("培训费年初预算24.00万元，完成年初预算的111.79%，与上年22.65万元相比，增加4.18万元，增长18.45%。", ""),
        (
            "本年支出100.00万元，具体情况如下：基本支出60.00万元，占本年支出的60.00%，其中人员经费50.00万元、"
            "公用经费10.00万元；项目支出40.00万元，占40.00%。",
            "",
        ),
        (
            "财政拨款支出60.00万元，占本年支出合计的60.00%，占本年支出的50.00%。本年支出100.00万元。",
            "share-of-whole",
        ),
        ("说明：本单位2023年度没有政府性基金预算财政拨款收支，故本表无数据。", "stale-year"),
        ("说明：本单位2024年度没有政府性基金预算财政拨款收支，故本表无数据。", ""),
    ],
)
def test_accounts_are_tested_too(sentence: str, rule: str) -> None:
    assert found_in(f"乙市档案馆2024年度部门决算\n\n{sentence}\n") == rule.split()


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        # what was spent is no budget of another, nor of itself, whatever its name says
        (
            "可用资金90.00万元，其中：一般预算补助收入80.00万元，完成年初预算的98.4%；"
            "基金补助收入10.00万元，完成年初预算的67.9%。",
            "",
        ),
        ("一般公共预算支出预算40.00万元，一般公共预算支出完成42.00万元，完成年初预算的97.04%。", "completion-rate"),
        # a part alone is more than its whole
        ("收入合计1500.00万元，其中：财政拨款收入1700.00万元。", "text-parts-exceed"),
        ("收入合计1500.00万元，其中：财政拨款收入1400.00万元。", ""),
        ("收入合计1500.00万元，其中：事业收入800.00万元，其他收入900.00万元。", "text-parts-exceed"),
        ("收入合计1500.00万元，上年财政拨款收入1700.00万元。", ""),
        (
            "收入合计1500.00万元，其中：财政拨款收入900.00万元；加上级补助收入700.00万元，其他收入100.00万元，"
            "收入总计2300.00万元。",
            "",
        ),
        # so is one beside changes, and the two kinds of all debt
        ("一般公共预算收入32.00亿元，下降2.0%，其中开发区9.00亿元，增长3.0%。", ""),
        ("一般公共预算收入32.00亿元，下降2.0%，其中开发区90.00亿元，增长3.0%。", "text-parts-exceed"),
        ("到期政府债务本金43.80亿元，其中一般债务28.50亿元、专项债务15.30亿元。", ""),
        ("到期政府债务本金43.80亿元，其中一般债务28.10亿元、专项债务15.30亿元。", "text-parts"),
        ("发行政府债券43.80亿元，其中一般债券28.10亿元、专项债券5.30亿元、再融资债券10.40亿元。", ""),
        # a share behind a change
        ("收入合计90.00万元，其中：财政拨款收入60.00万元，下降3.0%，占收入合计的66.7%。", ""),
        ("收入合计90.00万元，其中：财政拨款收入60.00万元，下降3.0%，占收入合计的76.7%。", "share-of-whole"),
        # a rate of a budget that the sentence names for the amount before
        ("年初预算80.00万元，支出70.00万元，为年初预算的87.5%。", ""),
        ("支出60.00万元，剔除专项后为年初预算80.00万元的99.9%。", ""),
        # a share of a number that stands between, and of a whole that is called as before
        ("政府采购支出80.00万元，占部门支出合计100.00万元的80.0%。", ""),
        ("政府采购支出80.00万元，占部门支出合计100.00万元的70.0%。", "share-of-whole"),
        # what is left of a class
        (
            "一般公共预算支出主要用于：社会保障和就业（类）支出80.00万元。"
            "其中：社会保障和就业（类）其他款项合计支出决算50.00万元。",
            "",
        ),
        # a plain list that a colon opens
        ("具体支出：水费100.50元，电费200.50元，差旅费300.50元，合计支出611.50元。", "text-parts"),
        ("具体支出：水费100.50元，电费200.50元，差旅费300.50元，合计支出601.50元。", ""),
        ("人员经费50.00元，公用经费：水费100.50元，电费200.50元，差旅费300.50元，合计651.50元。", ""),
        ("具体支出：水费100.50元，电费200.50元，其中办公楼150.00元，差旅费300.50元，合计支出601.50元。", ""),
    ],
)
def test_readings_that_are_not_sure_contradict_nothing(sentence: str, rule: str) -> None:
    assert found_in(f"乙市档案馆2024年度部门决算\n\n2024年{sentence}\n") == rule.split()


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("收入预算90.00万元，其中：其他收入10.00万元。分单位看，本级60.00万元，方志中心20.00万元。", "text-parts"),
        ("收入预算90.00万元，其中：其他收入10.00万元。分单位看，本级60.00万元，方志中心30.00万元。", ""),
        ("收入预算90.00万元，其中：其他收入10.00万元。分单位看，本级60.00万元。", ""),
        (
            "政府采购预算9.00万元，其中：货物7.00万元、工程0万元、服务2.00万元。按单位分，馆本级4.00万元、方志中心3.00万元。",
            "text-parts",
        ),
        (
            "政府采购预算9.00万元，其中：货物7.00万元、工程0万元、服务1.00万元。按单位分，馆本级6.00万元、方志中心3.00万元。",
            "text-parts",
        ),
        (
            "政府采购预算9.00万元，其中：货物7.00万元、工程0万元、服务2.00万元。按单位分，馆本级6.00万元、方志中心3.00万元。",
            "",
        ),
        ("实有在职人员68人，其中机关50人、方志中心16人。", "staff-parts"),
        ("实有在职人员68人，其中机关52人、方志中心16人。", ""),
    ],
)
def test_a_list_of_all_units_divides_its_whole(sentence: str, rule: str) -> None:
    units = "纳入预算编制范围的单位共2家：\n1.乙市档案馆（本级）（行政）\n2.乙市方志中心（公益一类事业单位）\n\n"
    assert found_in(f"{HEAD}{units}2025年{sentence}\n") == rule.split()


def test_a_row_of_several_of_a_unit_is_not_all_of_it() -> None:
    units = "纳入预算编制范围的单位共2家：\n1.乙市档案馆（本级）\n2.乙市方志中心\n\n"
    rows = (
        "单位名称 采购品目 金额",
        "合计  40.00",
        "乙市方志中心 多功能一体机 5.00",
        "乙市方志中心 书架 30.00",
        "乙市档案馆 桌椅 5.00",
    )
    table = "政府采购预算表\n单位：万元\n\n" + "\n".join("|" + "|".join(row.split(" ")) + "|" for row in rows)
    said = "2025年政府采购预算40.00万元，其中乙市方志中心35.00万元。"
    assert found_in(f"{HEAD}{units}{said}\n\n{table}\n") == []


@pytest.mark.parametrize(
    ("heading", "rules"),
    [("（一）财政拨款收支与2023年度决算对比情况", []), ("（一）收支与2023年度决算对比情况", ["text-against-table"])],
)
def test_what_was_spent_beside_the_income_of_a_fund_is_of_the_fund_of_the_heading(
    heading: str, rules: list[str]
) -> None:
    """The year compared with is not that of what stands below the heading."""
    rows = [
        "收入 收入 支出 支出",
        "项目 决算数 项目 决算数",
        "财政拨款收入 90.00 一般公共服务支出 100.00",
        "其他收入 10.00  ",
        "本年收入合计 100.00 本年支出合计 100.00",
    ]
    table = "收入支出决算总表\n单位：万元\n\n" + "\n".join("|" + "|".join(row.split(" ")) + "|" for row in rows)
    said = f"{heading}\n\n财政拨款本年收入90.00万元，比上年增加5.00万元；本年支出90.00万元。"
    assert found_in(f"乙市档案馆2024年度部门决算\n\n{table}\n\n{said}\n") == rules


def test_one_slip_of_the_unit_is_one_finding() -> None:
    text = "乙市档案馆2024年度部门决算\n\n2024年公务接待费{}。\n\n2024年公务接待费1.58万元。\n"
    assert found_in(text.format("1.58元")) == ["unit-slip"]
    assert found_in(text.format("15800.00元")) == []


@pytest.mark.parametrize(("who", "rule"), [("我单位", ["text-against-text"]), ("某部门", [])])
def test_a_document_that_names_no_office_but_speaks_of_its_own_is_one_of_one_office(who: str, rule: list[str]) -> None:
    assert found_in(f"2024年{who}公务接待费1.58万元。\n\n2024年公务接待费1.85万元。\n") == rule


@pytest.mark.parametrize("scope", ["体制改革前", "剔除划转单位后", "全口径"])
def test_amounts_of_two_scopes_are_not_one_fact(scope: str) -> None:
    text = "乙市档案馆2024年度部门决算\n\n2024年{}公务接待费1.58万元。\n\n2024年公务接待费1.85万元。\n"
    assert found_in(text.format(scope)) == []
    assert found_in(text.format("")) == ["text-against-text"]


@pytest.mark.parametrize("behind", ["（不含上年结转50.00万元）", ""])
def test_an_amount_that_leaves_out_what_was_carried_over_is_no_whole_of_its_project(behind: str) -> None:
    rows = [
        "| 项目名称 | 金额 |",
        "| --- | --- |",
        "| 合计 | 200.00 |",
        "| 档案数字化 | 100.00 |",
        "| 馆舍维修 | 100.00 |",
    ]
    table = "项目支出表\n单位：万元\n\n" + "\n".join(rows) + "\n\n"
    found = found_in(f"{HEAD}{table}（一）档案数字化50.00万元{behind}。\n")
    assert found == ([] if behind else ["text-against-table"])


@pytest.mark.parametrize("rate", ["2成", "两成", "0.2倍", "五分之一", "200‰"])
def test_a_rate_that_is_not_in_per_cent_is_held_against_nothing(rate: str) -> None:
    assert found_in(f"{HEAD}2025年机关运行经费预算12.00万元，比上年增加2.00万元，增长{rate}。\n") == []


def test_a_range_of_money_reaches_from_its_lower_to_its_upper_end() -> None:
    source = f"{HEAD}安排水渠维修资金300至500万元。\n".encode()
    quads = write_graph(assemble(read(source), None), hashlib.sha256(source).hexdigest(), ["a.txt"], "http://x.org/")
    decimals = {name: re.findall(rf'#{name}> "([^"]+)"', quads) for name in ("low", "high")}
    assert decimals == {"low": ["2995000"], "high": ["5005000"]}


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年机关运行经费预算90.00万元，比上年减少10.00万元，{}增长2.00%。",
        "2025年机关运行经费预算90.00万元，{}比上年增长2.00%。2024年机关运行经费预算100.00万元。",
    ],
)
@pytest.mark.parametrize(
    "base",
    [
        "同口径",
        "年均",
        "平均每年",
        "可比",
        "按可比口径",
        "剔除一次性因素后",
        "扣除上年专项后同口径",
        "还原划转人员后，",
    ],
)
def test_a_rate_on_another_base_is_none_of_the_printed_amounts(sentence: str, base: str) -> None:
    assert found_in(HEAD + sentence.format(base)) == []
    assert found_in(HEAD + sentence.format("")) != []
    assert found_in(HEAD + sentence.format("（基数不可比）")) == found_in(HEAD + sentence.format(""))


@pytest.mark.parametrize(
    ("sentence", "rate"),
    [
        # an item that is as it was by one measure changes by another, not the sum before
        (
            "2025年“三公”经费预算6.00万元，比上年增加1.50万元，增长33.33%。其中，因公出国（境）费与上年持平，"
            "公务接待费比决算无增减变化，比上年增加1.50万元，增长50.00%。",
            "",
        ),
        # the accounts of the year before, though the budget stands between
        ("2024年公务接待费支出决算为30.00万元，预算为50.00万元，比上年决算数增加5.00万元，增长20.00%。", ""),
        ("2024年公务接待费支出决算为30.00万元，预算为50.00万元，比上年决算数增加5.00万元，增长11.11%。", "growth-rate"),
        # behind a bracket, the item before it; behind a list whose whole has told its change, the last item
        (
            "公务用车购置及运行维护费50.00万元（公务用车购置费10.00万元，比上年增加1.00万元；公务用车运行维护费40.00万元，"
            "比上年减少6.00万元。）比上年减少5.00万元，下降9.09%。",
            "",
        ),
        (
            "2025年救助资金120.00万元，比上年增长9.40%，其中现金救助30.00万元，实物救助60.00万元，比上年增加10.00万元，增长20.00%。",
            "",
        ),
        (
            "2025年救助资金120.00万元，比上年增长9.40%，其中现金救助30.00万元，实物救助60.00万元，比上年增加10.00万元，增长9.09%。",
            "growth-rate",
        ),
        ("2025年公务接待费预算9.00万元，比上年减少1.00万元，负增长10.00%。", ""),
    ],
)
def test_a_change_is_said_of_the_amount_it_means(sentence: str, rate: str) -> None:
    assert found_in(HEAD + sentence) == rate.split()


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("中央资金60.00万元，省级资金20.00万元，县级资金30.00万元", ["text-parts-exceed"]),
        ("中央资金60.00万元，省级资金20.00万元，县级资金20.00万元", []),
        ("中央补助资金60.00万元，省级补助资金20.00万元", []),
        # 地方 may be all that is not 中央
        ("中央资金60.00万元，地方资金40.00万元，省级资金30.00万元", []),
    ],
)
def test_money_by_level_is_no_more_than_all_of_it(listed: str, found: list[str]) -> None:
    assert found_in(f"{HEAD}2025年危桥改造共投入资金100.00万元，其中：{listed}。") == found
    assert found_in(f"{HEAD}2025年危桥改造共投入资金100.00万元。其中{listed}。") == found


@pytest.mark.parametrize(
    "text",
    [
        # of the whole cost, not of all expenditure
        "2025年“三公”经费总支出20.00万元。2025年公务接待费总支出5.00万元。",
        # what each of some devices costs is no average of the vehicles, nor is another budget that of the purchases
        "2025年公务用车运行维护费46.00万元。\n车辆28辆，拟购置仪器2台、每台310.00万元。",
        # what is received abroad stands beside what is received at home, the guests from abroad within it
        "2025年公务接待费支出9.00万元，其中国内接待费6.00万元（其中：外事接待费4.00万元），国（境）外接待费3.00万元。",
        # another body's
        "2025年“三公”经费预算20.00万元。\n乙市体育局2025年“三公”经费预算30.00万元。\n2025年林业局“三公”经费预算40.00万元。",
        "2025年“三公”经费预算20.00万元。\n数据显示,2025年体育总局“三公”经费预算30.00万元，公务接待费2.00万元。",
        "2025年公务接待费3.00万元。\n2025年,民航局“三公”经费预算30.00万元，其中公务接待费2.00万元。",
        "2025年市级“三公”经费预算2000.00万元。\n2025年“三公”经费预算20.00万元。",
        # the last of a list behind its full stop
        "实有人数80人，其中：在职人数60人；离休人员1人；退休人员9人。非在编人员10人。",
        # what some bodies did divides none of those that did something else
        "2025年13家单位执行率低于80%，其中3家为零；9家单位违规发放奖励；4家单位采购不规范。",
    ],
)
def test_amounts_of_other_things_do_not_contradict(text: str) -> None:
    assert found_in(HEAD + text) == []


def test_a_short_name_is_the_body_s_own() -> None:
    text = "2025年机管局“三公”经费预算20.00万元。2025年市机关事务管理局“三公”经费预算30.00万元。"
    assert found_in(f"乙市机关事务管理局2025年部门预算\n\n{text}") == ["text-against-text"]


def test_a_rate_glued_to_what_stands_before_it_is_no_number() -> None:
    assert assemble(read(f"{HEAD}质量指标工程验收合格率20100%100%20时效指标。\n".encode()), None).statements == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        # what is left says why the two totals differ
        ("收入总计300万元，支出总计280万元，年末结转和结余20万元。", []),
        ("收入总计300万元，支出总计280万元，年末结转和结余30万元。", ["text-balance"]),
        # an amount in a reason is the whole of no list
        (
            "支出合计100万元，主要原因是购置了20万元设备。其中：基本支出60万元，占60%；项目支出40万元，占40%。",
            [],
        ),
        ("收入合计90万元，与2023年80万元同比增长12.5%，其中：财政拨款收入45万元，占50%；其他收入45万元，占50%。", []),
    ],
)
def test_what_a_sentence_explains_is_not_found(sentence: str, rule: list[str]) -> None:
    assert found_in(f"乙市档案馆2024年度部门决算\n\n2024年{sentence}\n") == rule


ACCOUNTS = (
    "收入 收入 收入 支出 支出 支出",
    "项目 全年预算数 决算数 项目 全年预算数 决算数",
    "财政拨款收入 240.00 200.00 教育支出 240.00 200.00",
    "本年收入合计 240.00 200.00 本年支出合计 240.00 200.00",
)


@pytest.mark.parametrize(("share", "rule"), [("90.00", ""), ("75.00", "share-of-whole")])
def test_what_was_spent_is_a_share_of_what_was_spent(share: str, rule: str) -> None:
    table = "收入支出决算总表\n单位：万元\n\n" + "\n".join("\t".join(row.split()) for row in ACCOUNTS) + "\n\n"
    told = f"2024年一般公共预算支出180.00万元，占本年支出合计的{share}%。\n"
    assert found_in(f"乙市档案馆2024年度部门决算\n\n{table}{told}") == rule.split()


@pytest.mark.parametrize(("share", "rule"), [("10.00", ""), ("30.00", "share-of-whole shares-of-hundred")])
def test_shares_that_name_no_whole_are_of_the_total_of_a_table_that_their_parts_come_to(share: str, rule: str) -> None:
    table = "收支预算总表\n单位：万元\n\n" + "\n".join("\t".join(row.split()) for row in SUMMARY) + "\n\n"
    told = f"结构如下：编目60.00万元，占60.00%；展览30.00万元，占30.00%；修复10.00万元，占{share}%。\n"
    assert found_in(f"{HEAD}{table}{told}") == rule.split()


@pytest.mark.parametrize(("share", "rule"), [("75.00", ""), ("65.00", "share-of-whole")])
def test_a_share_of_a_budget_is_of_the_amount_that_the_text_calls_so(share: str, rule: str) -> None:
    rows = ("项目 预算数", "一般公共预算拨款 90.00", "本年收入合计 90.00", "上年结转 30.00", "收入总计 120.00")
    table = "收支预算总表\n单位：万元\n\n" + "\n".join("\t".join(row.split()) for row in rows) + "\n\n"
    told = (
        "2025年本部门收入预算120.00万元，比上年减少5.00万元。\n"
        f"2025年收入预算由以下部分组成：一般公共预算拨款90.00万元，占收入预算的{share}%；上年结转30.00万元，占25.00%。\n"
    )
    assert found_in(f"{HEAD}{table}{told}") == rule.split()


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("## 三、支出\n\n（一）项目支出：30.00万元。\n", "text-against-table"),
        ("## 三、一般公共预算拨款支出\n\n（一）项目支出：30.00万元。\n", ""),  # the rest is paid by other money
        ("## 三、一般公共预算拨款支出\n\n（一）项目支出：本部门项目支出30.00万元。\n", "text-against-table"),
        ("机关运行经费9.00万元。事业单位公用经费8.00万元。\n", ""),  # of some of its bodies
        ("公用经费8.00万元。\n", "text-against-table"),
    ],
)
def test_an_amount_of_one_fund_or_some_bodies_is_not_held_against_all(sentence: str, rule: str) -> None:
    rows = ("科目 合计 公用经费 项目支出", "教育支出 60.00 20.00 40.00", "合计 60.00 20.00 40.00")
    table = "部门支出总表\n单位：万元\n\n" + "\n".join("\t".join(row.split()) for row in rows) + "\n\n"
    assert found_in(f"{HEAD}{table}{sentence}") == rule.split()
