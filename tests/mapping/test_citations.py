"""Citations in running text: spans to the character, one for what stands side by side, none for look-alikes."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mapping.citations import Mention, find_citations
from tests.mapping.number_styles import CODES, SERIALS, STYLES, YEARS, spaced

# Text in which » « enclose what is cited, and number, title, article of each.
CITED: list[tuple[str, list[tuple[str | None, str | None, str | None]]]] = [
    ("根据财政部»财建〔2006〕468号«文件精神", [("财建〔2006〕468号", None, None)]),
    (
        "依据某市总工会»《关于收缴经费的通知》(晋工发【2006】54号)«执行",
        [("晋工发〔2006〕54号", "关于收缴经费的通知", None)],
    ),
    (
        "»《中华人民共和国工会法》第四十三条第一款第（二）项«规定",
        [(None, "中华人民共和国工会法", "第四十三条第一款第（二）项")],
    ),
    ("参照»《差旅费管理办法》（湘财行〔16〕21号）«", [("湘财行〔2016〕21号", "差旅费管理办法", None)]),
    (
        "»《城镇供水条例》（国务院令第158号公布，根据2020年3月27日国务院令第726号修订）«。",
        [("国务院令第158号", "城镇供水条例", None)],
    ),
    ("»《巡查工作条例》«（以下简称《条例》）规定", [(None, "巡查工作条例", None)]),
    (
        "»《收费办法》（湘价发〔2018〕11号«，原»湘价函〔2013〕6号«废止）",
        [("湘价发〔2018〕11号", "收费办法", None), ("湘价函〔2013〕6号", None, None)],
    ),
    (
        "»湘编办〔2022〕7号«文核增编制2名，»9号«文收回1名",
        [("湘编办〔2022〕7号", None, None), ("湘编办〔2022〕9号", None, None)],
    ),
    ("一是»湘财行〔2023〕5号«提前下达政法转移支付资金；二是", [("湘财行〔2023〕5号", None, None)]),
    ("»《实验室建设标准》建标127—2009«", [("建标 127-2009", "实验室建设标准", None)]),
    ("»《预算法》第四十八、四十九条«", [(None, "预算法", "第四十八、四十九条")]),
    (
        "»《某省预算管理办法》（冀政办字〔2019〕5号，以下简称《办法》）第三条«的规定",
        [("冀政办字〔2019〕5号", "某省预算管理办法", "第三条")],
    ),
    (
        "»《中华人民共和国预算法实施条例》（国务院令第729号，2020年8月修订）«。",
        [("国务院令第729号", "中华人民共和国预算法实施条例", None)],
    ),
    ("»《工会法》（2021年12月24日修正）第三条«", [(None, "工会法", "第三条")]),
    (
        "»《关于调整补助的通知》（川财社〔2021〕7号«、»12号«）",
        [
            ("川财社〔2021〕7号", "关于调整补助的通知", None),
            ("川财社〔2021〕12号", None, None),
        ],
    ),
    ("»冀财行〔2022〕99号«、»〔2023〕98号«", [("冀财行〔2022〕99号", None, None), ("冀财行〔2023〕98号", None, None)]),
    ("»粤财社〔2019〕4«/»5号«", [("粤财社〔2019〕4号", None, None), ("粤财社〔2019〕5号", None, None)]),
    ("»京财预〔2021〕12«、»13号«", [("京财预〔2021〕12号", None, None), ("京财预〔2021〕13号", None, None)]),
    (
        "»财建2006-7号 关于印发《困难职工资金管理办法》的通知«",
        [("财建〔2006〕7号", "关于印发《困难职工资金管理办法》的通知", None)],
    ),
    (
        "»冀财行〔2023〕9号-提前下达2024年帮扶专项资金«绩效目标表",
        [("冀财行〔2023〕9号", "提前下达2024年帮扶专项资金", None)],
    ),
    (
        "»冀财行[2022]9号关于提前下达2023年帮扶资金的通知«、困难配套、金秋助学",
        [("冀财行〔2022〕9号", "关于提前下达2023年帮扶资金的通知", None)],
    ),
    (
        "根据某县人民政府办公室»转发某县退休职工救助办法试行的通知(泽政办发【2010】3号)«，经调查",
        [("泽政办发〔2010〕3号", "转发某县退休职工救助办法试行的通知", None)],
    ),
    (
        "根据某县人民政府办公室»困难企业职工救助试行办法(泽政办发【2010】3号文件)«。",
        [("泽政办发〔2010〕3号", "困难企业职工救助试行办法", None)],
    ),
    (
        "»《关于送温暖的通知》某市总工会 晋市工办发【2020】1号«文件",
        [("晋市工办发〔2020〕1号", "关于送温暖的通知", None)],
    ),
    (
        "»晋财行〔2020〕1号《关于甲项工作的通知》«、»晋财行〔2020〕2号《关于乙项工作的通知》«",
        [
            ("晋财行〔2020〕1号", "关于甲项工作的通知", None),
            ("晋财行〔2020〕2号", "关于乙项工作的通知", None),
        ],
    ),
    ("»（晋财行〔2020〕1号）《关于甲项工作的通知》«", [("晋财行〔2020〕1号", "关于甲项工作的通知", None)]),
    ("»《关于甲项工作的通知（晋财行〔2020〕1号）》«", [("晋财行〔2020〕1号", "关于甲项工作的通知", None)]),
    ("»《晋财行〔2020〕1号关于甲项工作的通知》«", [("晋财行〔2020〕1号", "关于甲项工作的通知", None)]),
    (
        "»《立项依据:关于机关缴费项目的通知》(晋人社厅发〔2016〕8号)«文件第二项",
        [("晋人社厅发〔2016〕8号", "关于机关缴费项目的通知", None)],
    ),
    (
        "»《某县总工会《联席会议纪要》的通知》(泽办发【2005】7号)«",
        [("泽办发〔2005〕7号", "某县总工会《联席会议纪要》的通知", None)],
    ),
    (
        "»《某办公室关于转发《联席会议纪要》的通知(泽办发【2005】7号)«",
        [("泽办发〔2005〕7号", "某办公室关于转发《联席会议纪要》的通知", None)],
    ),
    ("»《工会法«、»《劳动法》«", [(None, "工会法", None), (None, "劳动法", None)]),
    (
        "»《关于印发<差旅费管理办法>的通知》（财行〔2013〕5号）«",
        [("财行〔2013〕5号", "关于印发<差旅费管理办法>的通知", None)],
    ),
    (
        "»《国家税务总局关于进一步优化征管的公告》（2018年第60号）«",
        [("国家税务总局公告2018年第60号", "国家税务总局关于进一步优化征管的公告", None)],
    ),
    ("»财政部 税务总局公告2023年第12号«", [("财政部税务总局公告2023年第12号", None, None)]),
    (
        "»国务院第588号令«、»中华人民共和国主席令第二十二号«",
        [
            ("国务院令第588号", None, None),
            ("主席令第22号", None, None),
        ],
    ),
    ("执行»GB/T 9704-2012《党政机关公文格式》«", [("GB/T 9704-2012", "党政机关公文格式", None)]),
    ("»（2021）晋0525民初12号«民事判决书", [("（2021）晋0525民初12号", None, None)]),
    ("»闽财（社）指〔2021〕58号«", [("闽财（社）指〔2021〕58号", None, None)]),
    ("落实»中央八项规定«精神，依»工会法第三十四条«", [(None, "中央八项规定", None), (None, "工会法", "第三十四条")]),
    ("»河北省工会法实施办法«", [(None, "河北省工会法实施办法", None)]),
    ("根据»河北省困难职工帮扶专项资金管理办法«规定", [(None, "河北省困难职工帮扶专项资金管理办法", None)]),
    ("依据省财政厅»关于工会专项资金的通知«要求申报", [(None, "关于工会专项资金的通知", None)]),
    ("»冀办发[2018]38«", [("冀办发〔2018〕38号", None, None)]),
    (
        "»冀办发[2018]38\n号«、»冀财规[2022]27号«",
        [("冀办发〔2018〕38号", None, None), ("冀财规〔2022〕27号", None, None)],
    ),
    ("»省总2015-36号«", [("省总〔2015〕36号", None, None)]),
    ("出台»《某县工会工作要点》«", [(None, "某县工会工作要点", None)]),
    ("2023年»泽工经审〔2023〕1号«", [("泽工经审〔2023〕1号", None, None)]),
    ("依据»县政府常务会议纪要（2022）第12号«", [("县政府常务会议纪要〔2022〕12号", None, None)]),
    ("“三定”方案»泽办字〔2019〕20号«", [("泽办字〔2019〕20号", None, None)]),
    (
        "»GB/T19001-2016«/»ISO9001:2015« »GB 5749«",
        [
            ("GB/T 19001-2016", None, None),
            ("ISO 9001-2015", None, None),
            ("GB 5749", None, None),
        ],
    ),
    ("全国人大常委会»关于修改《工会法》的决定«", [(None, "关于修改《工会法》的决定", None)]),
    # A number alone in brackets, and brackets that are lost or doubled.
    ("落实助学政策»（教财〔2019〕19号文）«，全年", [("教财〔2019〕19号", None, None)]),
    ("助学（»教财〔2019〕19号«、»20号«）", [("教财〔2019〕19号", None, None), ("教财〔2019〕20号", None, None)]),
    ("执行»陕财办社〔〔2022〕〕64号«。", [("陕财办社〔2022〕64号", None, None)]),
    ("按»新财社((2020)88号)«执行", [("新财社〔2020〕88号", None, None)]),
    ("»《关于经费的意见》（豫组通〔2018 36号）«", [("豫组通〔2018〕36号", "关于经费的意见", None)]),
    ("按»（91）财农字第320号«建立", [("财农字〔1991〕320号", None, None)]),
    ("»（2005）湘财行字第8号«", [("湘财行字〔2005〕8号", None, None)]),
    # Signs of titles that are lost, doubled or mixed.
    (
        "»《关于做好统筹工作的通知（黑老发〔2016〕8号）«、»《关于护理费的通知》（黑组通字〔2018〕22号«",
        [("黑老发〔2016〕8号", "关于做好统筹工作的通知", None), ("黑组通字〔2018〕22号", "关于护理费的通知", None)],
    ),
    ("根据»《关于分类保障的意见 青政办〔2017〕18号«", [("青政办〔2017〕18号", "关于分类保障的意见", None)]),
    ("依照»《《政府会计制度》》«核算", [(None, "政府会计制度", None)]),
    ("»<某省粮食储备管理办法>（内政办发〔2019〕7号）«", [("内政办发〔2019〕7号", "某省粮食储备管理办法", None)]),
    (
        "»《某县委办公室关于转发某《联席会议纪要》的通知(泽办发【2005】7号)«、»《工会法》«",
        [
            ("泽办发〔2005〕7号", "某县委办公室关于转发某《联席会议纪要》的通知", None),
            (None, "工会法", None),
        ],
    ),
    # Carriers without signs of their own.
    (
        "县政府办公室»关于印发《某县总工会《联席会议纪要》的通知》(沁办发【2012】19号)«",
        [("沁办发〔2012〕19号", "关于印发《某县总工会《联席会议纪要》的通知》", None)],
    ),
    (
        "»关于转发《财政部关于甲工作的通知》（豫财行〔2020〕4号）«",
        [("豫财行〔2020〕4号", "关于转发《财政部关于甲工作的通知》", None)],
    ),
    (
        "省财政厅»印发《甲管理办法》的通知（豫财行〔2020〕4号）«",
        [("豫财行〔2020〕4号", "印发《甲管理办法》的通知", None)],
    ),
    ("关于印发»《甲管理办法》（豫财行〔2020〕4号）«", [("豫财行〔2020〕4号", "甲管理办法", None)]),
    ("法院»关于适用〈诉讼费用交纳办法〉的通知«", [(None, "关于适用〈诉讼费用交纳办法〉的通知", None)]),
    # Short names.
    (
        "»《甲办法》（粤财科教〔2022〕45号，以下简称《办法》）«，按照»《办法》第十二条«",
        [("粤财科教〔2022〕45号", "甲办法", None), (None, "办法", "第十二条")],
    ),
    ("»《甲省条例》«（见附件，以下简称《条例》）", [(None, "甲省条例", None)]),
    # What follows a number and is no title, and what is one.
    ("»默组通〔2020〕45号«文件安排，用于村干部报酬的资金", [("默组通〔2020〕45号", None, None)]),
    ("根据»川财农〔2021〕5号«文件安排资金30万元", [("川财农〔2021〕5号", None, None)]),
    ("以»金财社〔2022〕166号«下达我局补助资金", [("金财社〔2022〕166号", None, None)]),
    (
        "根据»宁财（农）发〔2021〕402号 宁夏回族自治区甲资金管理办法«安排",
        [("宁财（农）发〔2021〕402号", "宁夏回族自治区甲资金管理办法", None)],
    ),
    ("»冀财规〔2022〕27号«规定的标准", [("冀财规〔2022〕27号", None, None)]),
    ("»赣财社[2022]62号--下达中央转移支付资金«", [("赣财社〔2022〕62号", "下达中央转移支付资金", None)]),
    (
        "»国发〔2021〕16号 国务院关于印发甲规划的通知«",
        [("国发〔2021〕16号", "关于印发甲规划的通知", None)],
    ),
    (
        "»赣财教指〔2022〕40号 关于下达甲资金的通知«\n»赣教计字〔2022〕11号关于做好乙工作的通知«",
        [
            ("赣财教指〔2022〕40号", "关于下达甲资金的通知", None),
            ("赣教计字〔2022〕11号", "关于做好乙工作的通知", None),
        ],
    ),
    ("»《某县救助办法》（平政办发[2019]036号）«第三章", [("平政办发〔2019〕36号", "某县救助办法", None)]),
    ("»《某县救助办法》第三章第十条«", [(None, "某县救助办法", "第三章第十条")]),
    # Glued, and issuers of long names.
    ("»《社区矫正实施办法》司发〔2020〕4号«", [("司发〔2020〕4号", "社区矫正实施办法", None)]),
    ("»JTG 2111-2019«和»JTG/T F50-2011«", [("JTG 2111-2019", None, None), ("JTG/T F50-2011", None, None)]),
    (
        "»《医疗质量管理办法》（国家卫生和计划生育委员会令第10号）«",
        [("国家卫生和计划生育委员会令第10号", "医疗质量管理办法", None)],
    ),
    (
        "»《某省条例》（辽宁省第十二届人民代表大会常务委员会公告第87号）«",
        [("辽宁省第十二届人民代表大会常务委员会公告第87号", "某省条例", None)],
    ),
    ("依据»国令第698号«和»财政部令第102号«", [("国务院令第698号", None, None), ("财政部令第102号", None, None)]),
    ("»《关于甲的意见》国务院办公厅（国办发〔2017〕99号）«", [("国办发〔2017〕99号", "关于甲的意见", None)]),
    ("»国办发〔2017〕99号(《关于甲的意见》)«", [("国办发〔2017〕99号", "关于甲的意见", None)]),
    ("（»国办发〔2017〕99号《关于甲的意见》«）", [("国办发〔2017〕99号", "关于甲的意见", None)]),
    ("依据»泽州县人民政府专题会议纪要〔2023〕5号«", [("泽州县人民政府专题会议纪要〔2023〕5号", None, None)]),
    # Named without signs.
    ("按照»河北省工会法实施办法«，", [(None, "河北省工会法实施办法", None)]),
    ("参照»山西省预算法实施条例«", [(None, "山西省预算法实施条例", None)]),
    ("执行»民间非营利组织会计制度«；", [(None, "民间非营利组织会计制度", None)]),
    (
        "按照省委办公厅、省政府办公厅»关于加强乡镇能力建设的意见«，",
        [(None, "关于加强乡镇能力建设的意见", None)],
    ),
    ("按照»专职消防员招录实施方案«，新招录20名", [(None, "专职消防员招录实施方案", None)]),
    # Codes that the lexicon does not know, and words that run into codes.
    ("根据»粤财采购〔2020〕17号«规定", [("粤财采购〔2020〕17号", None, None)]),
    ("执行»沪发改价费〔2018〕3号«、", [("沪发改价费〔2018〕3号", None, None)]),
    (
        "另查»教财【2012】4号«，从»榕财农指〔2021〕18号«列支",
        [("教财〔2012〕4号", None, None), ("榕财农指〔2021〕18号", None, None)],
    ),
    ("又经»合编[03]15号«核定", [("合编〔2003〕15号", None, None)]),
    ("第七师»师市办发[2020]33号«", [("师市办发〔2020〕33号", None, None)]),
    ("南京市江北新区»宁新区管财发〔2021〕29号«", [("宁新区管财发〔2021〕29号", None, None)]),
    ("»《甲意见》（文财务发〔2011〕5号）«", [("文财务发〔2011〕5号", "甲意见", None)]),
    ("贯彻落实»发改价格〔2021〕12号«", [("发改价格〔2021〕12号", None, None)]),
    ("»（2003）教财56号«", [("教财〔2003〕56号", None, None)]),
    # Further serials, and things that are counted after a number.
    ("»财政部令第87号«、»94号«", [("财政部令第87号", None, None), ("财政部令第94号", None, None)]),
    ("»晋财行[2020]3号«»[2021]4号«", [("晋财行〔2020〕3号", None, None), ("晋财行〔2021〕4号", None, None)]),
    ("»青林草〔2020〕133号«，4号围栏", [("青林草〔2020〕133号", None, None)]),
    # Orders, announcements, notices of bodies.
    ("按»绍市监通告〔2023〕4号«抽检", [("绍市监通告〔2023〕4号", None, None)]),
    (
        "»《甲办法》（财政部、民政部、工商总局令第102号）«",
        [("财政部民政部工商总局令第102号", "甲办法", None)],
    ),
    ("»《关于甲的公告》（国家税务总局2021年第12号）«", [("国家税务总局公告2021年第12号", "关于甲的公告", None)]),
    ("»《甲条例》（省十三届人大常委会公告第45号）«", [("省十三届人大常委会公告第45号", "甲条例", None)]),
    # Standards, and cases with parts.
    ("符合»YY 0505-2012«", [("YY 0505-2012", None, None)]),
    ("执行»GBT 9704-2012«和»GB 5749—2O06«", [("GB/T 9704-2012", None, None), ("GB 5749-2006", None, None)]),
    (
        "测评依据»信息安全技术基本要求（GB/T 22239-2019）«，",
        [("GB/T 22239-2019", "信息安全技术基本要求", None)],
    ),
    ("»（2019）黔03执456号之一«裁定", [("（2019）黔03执456号之一", None, None)]),
    # Brackets that say something else, or are doubled.
    ("»黔财教〔2020〕212号«（中央）", [("黔财教〔2020〕212号", None, None)]),
    ("有»（青财教〔2020〕61号））«。", [("青财教〔2020〕61号", None, None)]),
    (
        "»晋财行[2021-12号]«、»晋财行“2021”13号«",
        [("晋财行〔2021〕12号", None, None), ("晋财行〔2021〕13号", None, None)],
    ),
    # Titles without signs over lines, and carriers that carry a number.
    (
        "按»政府采购促进中小企\n业发展管理办法（财库〔2020〕46号）«",
        [("财库〔2020〕46号", "政府采购促进中小企业发展管理办法", None)],
    ),
    ("监理合同\n2\n文号\n»宗教事务条例（国务院令第686号）«", [("国务院令第686号", "宗教事务条例", None)]),
    (
        "»转发财政部《关于甲的通知》（财行〔2021〕12号）的通知（晋财行〔2021〕13号）«",
        [("晋财行〔2021〕13号", "转发财政部《关于甲的通知》（财行〔2021〕12号）的通知", None)],
    ),
    ("»关于印发《甲办法》的通知》（晋财行〔2021〕13号）«", [("晋财行〔2021〕13号", "关于印发《甲办法》的通知", None)]),
]
LOOK_ALIKES = (
    "项目编码 13070024P00027610002U",
    "采购编号 ZYCG-2023-15号",
    "浙采竞磋2023-15号",
    "招标编号（2023）12号",
    "合同编号：泽工合〔2023〕5号",
    "项目编号：泽采〔2023〕15号",
    "解放路54号",
    "18号楼3单元",
    "车牌晋A54321号",
    "电话0349-2023154号",
    "邮编030000",
    "2023年12月1号",
    "2023年第3季度",
    "第三号表",
    "2023年3号线开通",
    "统一社会信用代码 11140525012345678X",
    "京ICP备2023001号",
    "京公网安备11010502030001号",
    "国药准字H20230012号",
    "国用（2008）第0123号",
    "京房权证海字第2015-36号",
    "建字第140525202301010101号",
    "苏（2019）无锡市不动产权第0012345号",
    "银行账号0405012023015号",
    "发票号码2023-0015号",
    "第15号议案",
    "政协第12号提案",
    "2023-15号",
    "附件1",
    "《施工许可证》",
    "《山西日报》",
    "《焦点访谈》",
    "《红楼梦》",
    "《部门预算公开表》",
    "《劳动合同》",
    "《2023年度绩效自评报告》",
    "《平安夜》",
    "《孙子兵法》",
    "《入党申请书》",
    "按照有关规定执行",
    "按照工作计划开展",
    "依据相关文件",
    "工会法人资格",
    "预算法律责任",
    "采购公告第12号",
    "水泵型号SL-2012",
    "内存256GB",
    "竞争性磋商文件晋采磋〔2023〕15号",
    "京津冀2023年1号工程",
    "投资项目代码2020-140525-77-03-015号",
    "鉴定意见书（2023）临鉴字第123号",
    "身份证号140525199001011234号",
    "《名词解释》",
    "《中小企业声明函》",
    "县长办公会议纪要（2023）第5期",
    "中兴财光华审会字（2023）第310001号",
    "晋中天审字〔2023〕第12号",
    "中联评报字〔2021〕第55号",
    "天健验〔2020〕3号",
    "湘鹏程会审字[2023]第08号",
    "豫房鉴字〔2020〕第112号",
    "行政处罚决定书（晋某罚〔2022〕5号）",
    "晋卫水证字〔2020〕第001号",
    "桥梁编号(2020)3号",
    "工资（2022）3号",
    "型号GB-500",
    "《履约保函》",
    "《物业服务合同》（晋物合〔2022〕5号）",
    "《审计业务约定书》泽约〔2022〕12号",
    "《审计报告》（泽发〔2022〕12号）",
    "泽财采备〔2022〕0123号",
    "《医疗机构执业许可证》",
    "按《计划》执行",
    "执行会计制度",
    # Reports of firms and laboratories.
    "川华衡评报〔2021〕45号",
    "天职业字[2021]12345号",
    "大信审字[2022]第2-00345号",
    "浙科造审[2021]第123号",
    "粤特检2021第118号",
    "皖交检桥字（2021）第056号",
    "监测报告晋环监字〔2021〕第012号",
    "（鄂）法计（2018）0001号",
    # Procurement, contracts, parcels of land.
    "长财采计[2021]0123号",
    "成交通知书：成字〔2021〕第78号",
    "质疑函（质疑字2022-03号）",
    "湘市监合字（2021）第035号",
    "监理字〔2021〕12号",
    "挂牌出让余政储出〔2020〕34号、余政储出〔2020〕35号",
    "长土网〔2021〕012号",
    # Permits, certificates, qualifications.
    "（鲁）剧审字（2021）第003号",
    "可移动文物设计甲字2015第012号",
    "晋危化经字〔2019〕012号",
    "泽建消备〔2021〕012号",
    "晋科成登〔2020〕012号",
    "扶残字第0012号",
    # Awards, opinions of lawyers, notaries, penalties, cases of procurators.
    "依据武劳人仲裁字〔2021〕第0345号裁决书",
    "（2022）闽天衡法意字第1号",
    "公证书（2022）晋阳证民字第0561号",
    "泽环责改字〔2021〕012号",
    "泽检行公建〔2021〕12号",
    "泽工伤认〔2021〕0012号",
    # Projects, proposals, bulletins, orders within a body.
    "项目编号黔紫教项〔2022〕007号",
    "泽政协提〔2022〕12号",
    "工作动态〔2021〕12号",
    "调查令〔2021〕3号",
    "取得〔2022〕3号",
    "村务公告2021年第3号",
    # Years and models that look like standards; days, forms, papers of one's own.
    "编号WS 2021-2022",
    "监理合同XZJL-2021-08",
    "“12·4”国家宪法日",
    "《停电通知》",
    "《施工方案》",
    "《更正公告》",
)
FILLING = st.sampled_from(["", "安排资金5万元，", "共有12人。", "2023年，我单位", "1、", "（一）", "全年", "；", "\n"])


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without marks, and the spans that the marks enclose."""
    spans: list[tuple[int, int]] = []
    plain, start = "", 0
    for one in text:
        if one == "»":
            start = len(plain)
        elif one == "«":
            spans.append((start, len(plain)))
        else:
            plain += one
    return plain, spans


def spans(found: list[Mention]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in found]


@pytest.mark.parametrize(("text", "said"), CITED, ids=[text for text, _ in CITED])
def test_each_form_is_found_to_the_character(text: str, said: list[tuple[str | None, str | None, str | None]]) -> None:
    plain, expected = marked(text)
    found = find_citations(plain)
    assert spans(found) == expected
    assert [(one.doc_number, one.title, one.article) for one in found] == said


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_no_citation(text: str) -> None:
    assert find_citations(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("晋财行〔2020〕1号", "docnum"),
        ("《中华人民共和国工会法》", "law"),
        ("《刑法修正案（十一）》", "law"),
        ("《预算法实施条例》", "regulation"),
        ("《某省实施〈中华人民共和国工会法〉办法》", "regulation"),
        ("《事业单位财务规则》（财政部令第108号）", "decree"),
        ("财政部公告2023年第12号", "decree"),
        ("GB 50016-2014", "standard"),
        ("（2021）晋0525民初12号", "case"),
        ("《中国工会章程》", "other"),
        ("《关于做好工作的实施意见》", "other"),
    ],
)
def test_the_kind_is_that_of_the_number_or_of_the_title(text: str, kind: str) -> None:
    assert [one.kind for one in find_citations(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("依据山西省总工会、山西省财政厅《关于收缴的通知》", ("山西省总工会", "山西省财政厅")),
        ("和中华全国总工会、财政部《关于经费的通知》", ("中华全国总工会", "财政部")),
        ("财政部印发的《工会会计制度》", ("财政部",)),
        ("《中共某县委办公室、某县人民政府办公室关于转发方案的通知》", ("中共某县委办公室", "某县人民政府办公室")),
        ("《关于送温暖的通知》晋城市总工会 晋市工办发【2020】1号", ("晋城市总工会",)),
        ("根据财政部财建〔2006〕468号", ("财政部",)),
        ("依照《中国工会章程》", ()),
    ],
)
def test_issuers_are_told_where_they_are_printed(text: str, issuers: tuple[str, ...]) -> None:
    assert [one.issuers for one in find_citations(text)] == [issuers]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("泽发改审字〔2021〕15号", "泽发改审字〔2021〕15号"),
        ("工资 财建〔2021〕15号", "财建〔2021〕15号"),
        ("劳模补助资金管理办法 总工办发〔2018〕13号", "总工办发〔2018〕13号"),
        ("和政发〔2018〕13号", "和政发〔2018〕13号"),
        ("54号文 财建〔2006〕468号", "财建〔2006〕468号"),
        ("项目来源于桂水计财〔2021〕45号", "桂水计财〔2021〕45号"),
        ("另附冀财规（2022）31号复印件", "冀财规〔2022〕31号"),
        ("执行教基〔2018〕26号规定", "教基〔2018〕26号"),
        ("主要用桂财行〔2024〕88号资金", "桂财行〔2024〕88号"),
        ("对照豫水计财〔2021〕45号", "豫水计财〔2021〕45号"),
        ("以上豫水计财〔2021〕45号", "豫水计财〔2021〕45号"),
        ("人大泽人常发〔2021〕5号", "泽人常发〔2021〕5号"),
        ("学校校发〔2022〕3号", "校发〔2022〕3号"),
        ("号文件和毕府办通〔2017〕45号", "毕府办通〔2017〕45号"),
        ("资金来自黑财指（社）〔2022〕66号", "黑财指（社）〔2022〕66号"),
        ("依据法〔2020〕129号", "法〔2020〕129号"),
        ("最高人民法院法〔2016〕9号", "法〔2016〕9号"),
        ("高检发办字〔2021〕5号", "高检发办字〔2021〕5号"),
        ("黔东南府办发〔2019〕12号", "黔东南府办发〔2019〕12号"),
        ("通辽政发〔2020〕7号", "通辽政发〔2020〕7号"),
        ("盐边府办函〔2022〕19号", "盐边府办函〔2022〕19号"),
        ("京津冀协同办〔2020〕3号", "京津冀协同办〔2020〕3号"),
        ("国防减普办发〔2020〕3号", "国防减普办发〔2020〕3号"),
        ("补助依塔政办发〔2020〕3号", "塔政办发〔2020〕3号"),
        ("依塔政办发〔2020〕3号", "塔政办发〔2020〕3号"),
        ("依政办发〔2020〕3号", "依政办发〔2020〕3号"),
    ],
)
def test_a_code_begins_where_its_words_begin(text: str, number: str) -> None:
    assert [one.doc_number for one in find_citations(text)] == [number]


def test_a_name_without_signs_and_number_is_informal() -> None:
    assert [one.informal for one in find_citations("依照工会法和《预算法》")] == [True, False]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("晋工发〔2006〕54号", None),
        ("晋工发〔2006 54号", "a bracket is lost"),
        ("晋工发〔2O06〕54号", "letters read as digits"),
        ("晋工发〔2006〕54", "号 is missing"),
        ("《关于经费的通知，", "a sign of the title is lost"),
    ],
)
def test_what_was_mended_is_said(text: str, reason: str | None) -> None:
    assert [one.reason for one in find_citations(text)] == [reason]


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("省级劳模津贴发放办法", "省级劳模津贴发放办法"),
        ("困难职工帮扶救助实施方案", "困难职工帮扶救助实施方案"),
        ("2024年劳模体检标准", "2024年劳模体检标准"),
        ("市总工会考核办法", "考核办法"),
        ("最高人民法院关于适用〈诉讼费用交纳办法〉的通知", "关于适用〈诉讼费用交纳办法〉的通知"),
        ("关于审理工会法案件的通知", "关于审理工会法案件的通知"),
    ],
)
def test_a_whole_cell_of_a_column_of_bases_is_a_title(cell: str, title: str) -> None:
    found = find_citations(cell, basis=True)
    assert [(one.title, one.informal) for one in found] == [(title, True)]


def test_a_cell_of_a_column_of_bases_may_hold_several_titles() -> None:
    found = find_citations("某县劳模津贴发放办法；市场价格；某县职工疗休养实施方案。", basis=True)
    assert [one.title for one in found] == ["某县劳模津贴发放办法", "某县职工疗休养实施方案"]


@pytest.mark.parametrize(
    "cell",
    [
        "工作计划",
        "上年标准",
        "行业标准",
        "国家标准",
        "历史标准",
        "计划标准",
        "工作方案",
        "实施方案",
        "管理制度",
        "项目管理办法",
        "县长办公会议纪要",
        "党组会议研究决定",
        "站点名录",
    ],
)
def test_general_words_in_a_column_of_bases_are_no_title(cell: str) -> None:
    assert find_citations(cell, basis=True) == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("1.财政部 民政部关于做好甲工作的通知；2.民发〔2019〕3号", ["关于做好甲工作的通知", None]),
        ("民发〔2019〕3号；民政部关于做好甲工作的通知。", [None, "关于做好甲工作的通知"]),
        ("民发〔2019〕3号；关于做好甲工作的通知", [None]),
        ("会议传达民政部关于做好甲工作的通知；民发〔2019〕3号", [None]),
    ],
)
def test_a_notice_between_the_citations_of_a_list_is_one(text: str, titles: list[str | None]) -> None:
    assert [one.title for one in find_citations(text)] == titles


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("（二）管护：水法第二十五条规定", [("水法", "第二十五条")]),
        ("依据教育法第八条", [("教育法", "第八条")]),
        ("推广节水法第二个环节", []),
        ("渔农业法第八条", []),
        ("落实水法宣传", []),
    ],
)
def test_a_short_name_of_a_law_counts_with_its_article(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.title, one.article) for one in find_citations(text)] == found


def test_a_run_that_is_a_specific_title_as_a_whole_is_a_citation() -> None:
    assert [one.title for one in find_citations("临城县困难职工帮扶资金管理办法")] == ["临城县困难职工帮扶资金管理办法"]


@pytest.mark.parametrize(
    "run",
    [
        "一、困难职工帮扶救助实施方案\n\n按照要求开展",
        "困难职工帮扶救助实施方案\n",
        " | 困难职工帮扶救助实施方案 | ",
        "2024年劳模体检标准",
        "项目资金管理办法",
        "制定困难职工帮扶实施方案",
    ],
)
def test_headings_and_general_words_are_no_citations(run: str) -> None:
    assert find_citations(run) == []


@pytest.mark.parametrize("end", ["\n\n", "\t", "|"])
def test_a_hard_end_parts_a_title_from_a_number(end: str) -> None:
    found = find_citations(f"《关于经费的通知》{end}晋财行〔2020〕1号")
    assert [(one.doc_number, one.title) for one in found] == [(None, "关于经费的通知"), ("晋财行〔2020〕1号", None)]


@given(
    st.tuples(st.sampled_from(CODES), YEARS, SERIALS, st.sampled_from(sorted(STYLES))),
    st.sampled_from(["", "根据", "依据财政部", "（", "1.", "按照省财政厅", "详见", "安排资金5万元，根据"]),
    st.sampled_from(["", "文件精神", "文件规定，安排资金", "）", "。", "；2023年共3人", "，"]),
    st.data(),
)
def test_a_number_in_a_sentence_is_found_to_the_character(
    number: tuple[str, int, int, str], before: str, after: str, data: st.DataObject
) -> None:
    code, year, serial, style = number
    printed = spaced(STYLES[style](code, year, serial), data)
    text = before + printed + after
    found = find_citations(text)
    bracketed = (before, after) == ("（", "）")
    assert [(one.start, one.end, one.doc_number) for one in found] == [
        (len(before) - bracketed, len(before) + len(printed) + bracketed, f"{code}〔{year}〕{serial}号")
    ]


@pytest.mark.parametrize("text", [one for one, _ in CITED])
def test_a_blank_anywhere_changes_no_number_no_title_and_no_article(text: str) -> None:
    plain, _ = marked(text)
    expected = [(one.doc_number, one.title, one.article) for one in find_citations(plain)]
    for at in range(len(plain) + 1):
        found = find_citations(plain[:at] + " " + plain[at:])
        assert [(one.doc_number, one.title, one.article) for one in found] == expected, at


@given(st.lists(st.tuples(FILLING, st.sampled_from(LOOK_ALIKES)), min_size=1, max_size=5))
@example([("", "《劳动合同》"), ("1、", "合同编号：泽工合〔2023〕5号")])
def test_text_of_look_alikes_cites_nothing(pieces: list[tuple[str, str]]) -> None:
    assert find_citations("，".join(filling + one for filling, one in pieces)) == []


@given(st.text(alphabet="《》〈〉（）()〔〕[]关于的通知办法第三条号令2020年12晋财行、和\n |", max_size=60))
def test_mentions_are_in_order_apart_and_within_the_run(text: str) -> None:
    found = find_citations(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(not text[one.start].isspace() and not text[one.end - 1].isspace() for one in found)


@pytest.mark.parametrize(
    "text",
    ["见（12）财农字说明3号。", "湘政行复字〔2021〕第18号案卷", "第三组（16）7号房"],
)
def test_paragraphs_and_papers_of_appeals_name_no_document(text: str) -> None:
    assert find_citations(text) == []
