"""A printed document number to its normal form, 机关代字〔年份〕序号号 (GB/T 9704-2012, 7.2.5); pure, no files.

Every function works on one number. `flatten` is the one-to-one view of text that all patterns here are written for:
as long as the text it is given, brackets of any kind one pair, dashes one sign, full-width letters and digits ASCII.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["number", "order", "announcement", "standard", "case"]

_OPENING, _CLOSING = "〔﹝﹙[［【（({｛「『﹛〖„", "〕﹞﹚]］】）)}｝」』﹜〗‟"
_DASHES = "－—–―−﹣‐‑‒─━"
# Traditional characters of codes, titles and names, and below them what mainland documents print
# (《通用规范汉字表》附件1, 2013); of numbers and titles the normal form has these.
_TRADITIONAL = (
    "財粵發辦務國黨廳會農規環資衛審計團聯總蘇遼陝雲貴寧滬贛閩瓊魯寶濟蘭銀鄭長東廣關於條細則實見暫試標準範"
    "決議綱劃鎮縣區專項經費轉達撥據執為與對動單業產監檢驗測評價績預編製書學體醫療險勞職員護應設備築電網節"
    "約導進養機構開場處華從縱協調結組織責種類號紀訓說課認讓戰擴殘婦僑鄉興貧貼補獎勵優撫難災報請復後樣點無"
    "義歲鞏銜託選舉鐵飛氣時間問題領門車輛貨幣賬賠貫徹連運輸適遠遺邊郵鉤鋼錄鑑閉陽陰隊際離靈頓順頒頭額顧風"
    "飲館馬駐騰魚鳥鹽麥齊齡龍億儲兒兩冊凍剛創劑勝勢匯卻參雙變嚴圍圖聖壓奪奮孫寫將層屬島師帶幫幹廢廟張強彈"
    "當徵恆態慶憲懷戲戶擔擇擬攝敗數斷曆術楊極榮樂樓橋檔權歐歷歸殺氫況淺減湯溝滅漁潔潛澤濕瀏灣煉熱營爭狀獨"
    "現瑪畫異癥盡礎禮禦稅穩積窮競紅純紙級終統維線練縮繼續罰羅習聞聽肅腦腳舊艦莊蔣薦薩藝藥虛裝視覽觀觸訂討"
    "記許訴診詢該詳誌誠誤談論諮謀謝識譯譽貢貯貸賀賦質賞賽贊趕趨跡踐軍軌軟載輔輕輝輪"
    "溫損傷僱給負債償買賣購贈萬來個們內兇劉嚮園圓壯壽夢奧婁尋岡崗嶺庫廈廠彙徑悅惡愛慣憑懇拋挾捨掃揚換"
    "搶擊擋攜敘敵晉晝暢棗槍樹橫櫃沒淚淨渾滯滿漢澇濱烏煙爐爾牆獵獻畢畝疊盜盤眾矯碼礦祕禍稱穀筆簡簽籌糧"
    "糾紋納絕絡絲綜綠綿緊緒緣緩繞繪繳罷膚膠臘臨臺蟲衆複親訊註話誘語諾謂講讀豐販貿賓賴賺贏趙躍較迴這遲"
    "還鄒鄔釋針釣鈔銅鋪鋒錢錯鍋鎖鐘閒閘閣闊陳陸隨雜靜韓頁頻顯飯飾餘驅鬥鬧鮮鳳鴻麗麼黃齒瀋滄滎潁潤濰瀘"
    "灤涇渦漲瑋縉蘄蘆蕪蕭蘊諸譚豬賢遷鄧鄰鄖鄲鉅鏡鑲隴隸頤驪鯉鶴鷹龐龜勳厭壩墊塊壇壘墾傳傾僅儀凱剝劇勸"
    "懸擁搖掛採擾攤斬暈柵棟欄毀燈燒獄獲籃籠緝纖聲脈腫蠶覺訟訪詐詞誰證轄過鈣鍛鏈閱闖陣階雞響須願駕鬆"
)
_SIMPLIFIED = (
    "财粤发办务国党厅会农规环资卫审计团联总苏辽陕云贵宁沪赣闽琼鲁宝济兰银郑长东广关于条细则实见暂试标准范"
    "决议纲划镇县区专项经费转达拨据执为与对动单业产监检验测评价绩预编制书学体医疗险劳职员护应设备筑电网节"
    "约导进养机构开场处华从纵协调结组织责种类号纪训说课认让战扩残妇侨乡兴贫贴补奖励优抚难灾报请复后样点无"
    "义岁巩衔托选举铁飞气时间问题领门车辆货币账赔贯彻连运输适远遗边邮钩钢录鉴闭阳阴队际离灵顿顺颁头额顾风"
    "饮馆马驻腾鱼鸟盐麦齐龄龙亿储儿两册冻刚创剂胜势汇却参双变严围图圣压夺奋孙写将层属岛师带帮干废庙张强弹"
    "当征恒态庆宪怀戏户担择拟摄败数断历术杨极荣乐楼桥档权欧历归杀氢况浅减汤沟灭渔洁潜泽湿浏湾炼热营争状独"
    "现玛画异症尽础礼御税稳积穷竞红纯纸级终统维线练缩继续罚罗习闻听肃脑脚旧舰庄蒋荐萨艺药虚装视览观触订讨"
    "记许诉诊询该详志诚误谈论咨谋谢识译誉贡贮贷贺赋质赏赛赞赶趋迹践军轨软载辅轻辉轮"
    "温损伤雇给负债偿买卖购赠万来个们内凶刘向园圆壮寿梦奥娄寻冈岗岭库厦厂汇径悦恶爱惯凭恳抛挟舍扫扬换"
    "抢击挡携叙敌晋昼畅枣枪树横柜没泪净浑滞满汉涝滨乌烟炉尔墙猎献毕亩叠盗盘众矫码矿秘祸称谷笔简签筹粮"
    "纠纹纳绝络丝综绿绵紧绪缘缓绕绘缴罢肤胶腊临台虫众复亲讯注话诱语诺谓讲读丰贩贸宾赖赚赢赵跃较回这迟"
    "还邹邬释针钓钞铜铺锋钱错锅锁钟闲闸阁阔陈陆随杂静韩页频显饭饰余驱斗闹鲜凤鸿丽么黄齿沈沧荥颍润潍泸"
    "滦泾涡涨玮缙蕲芦芜萧蕴诸谭猪贤迁邓邻郧郸巨镜镶陇隶颐骊鲤鹤鹰庞龟勋厌坝垫块坛垒垦传倾仅仪凯剥剧劝"
    "悬拥摇挂采扰摊斩晕栅栋栏毁灯烧狱获篮笼缉纤声脉肿蚕觉讼访诈词谁证辖过钙锻链阅闯阵阶鸡响须愿驾松"
)
SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
FLAT = str.maketrans(
    {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
    | dict.fromkeys(_OPENING, "(")
    | dict.fromkeys(_CLOSING, ")")
    | dict.fromkeys(_DASHES, "-")
    | {chr(code): chr(plain) for code, plain in SIMPLIFIED.items()}
    | {"＜": "〈", "＞": "〉", "<": "〈", ">": "〉", "⼀": "一", "○": "〇", "◯": "〇", "～": "~"}
)
# Characters that print nothing (Unicode: format characters, variation selectors), which copying leaves within words.
_UNSEEN = "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
UNSEEN = re.compile(f"{_UNSEEN}+")
# What Markdown writes for a blank, and the backslash that it puts before a sign (1\.5), where that is no markup else.
_BLANK = "&(?:nbsp|ensp|emsp|thinsp|#160|#[xX][aA]0|#8194|#8195|#12288|#[xX]3000);"
UNPRINTED = re.compile(rf"(?P<blank>(?:{_BLANK})+)|(?:{_UNSEEN}|\\(?=[-._+,()\[\]~!%&:;]))+")


def as_printed(found: re.Match[str]) -> str:
    """What is printed where `UNPRINTED` stands: a blank, or nothing."""
    return " " if found["blank"] else ""


# A digit, and the letters and the ring that scanners read for one.
DIGIT = "[0-9OoIl〇]"
CHINESE_DIGIT = "[〇零OoO0一二三四五六七八九]"
NUMERAL = "[一二三四五六七八九十百千〇零]{1,7}"
YEAR = rf"(?:[12Il][09Oo〇]{DIGIT}{{2}}|[一二][〇零九Oo0]{CHINESE_DIGIT}{{2}})(?!\d)"
SHORT_YEAR = r"(?:[5-9]\d|0\d)"
# 〔16〕 and 〔20〕 too, behind a code: elsewhere such a number counts a paragraph.
RECENT_YEAR = r"[0-25-9]\d"
SERIAL = rf"(?:{NUMERAL}|{DIGIT}{{1,5}})(?![\d一二三四五六七八九十百〇])"
RANGE = rf"{SERIAL}(?:[-~至]{SERIAL})?"
_OPEN, _CLOSE = r"(?:\(\(?|[〈《“\"‘'])", r"(?:\)\)?|[〉》”“\"’'])"
# 〔2006〕54号, [1996]字第5号, (98)3号, 〔2012〕-16号, 〔2020〕第3号; 号 may be missing, or one bracket.
BRACKETED = rf"{_OPEN}第?(?P<year>{YEAR}|{RECENT_YEAR})年?度?{_CLOSE}年?字?-?第?-?(?P<serial>{RANGE})(?P<end>号)?"
# ((2020)88号).
DOUBLED = rf"\(\((?P<year>{YEAR})\)第?(?P<serial>{RANGE})(?P<end>号)\)"
# 〔2018 36号, 〔2018〔36号, 〔2018〕〔36〕号.
UNCLOSED = r"\((?P<year>(?:19|20)\d\d)年?\)?\(?字?第?\(?-?(?P<serial>\d{1,4})\)?(?P<end>号)"
UNOPENED = rf"(?P<year>{YEAR})\)字?第?-?\(?(?P<serial>{SERIAL})\)?(?P<end>号)"
# 2006-468号, -2006-12号, 字第2021-17号, 2019年195号, 2019年第195号, 2019字第195号, 2019(195)号, 2019 195号.
DASHED = rf"(?:(?<=字)第|-|(?<!字第))(?P<year>{YEAR})年?(?:[-·]第?|第)(?P<serial>{SERIAL})(?P<end>号)?"
OF_YEAR = rf"-?(?P<year>{YEAR})(?:年度?(?:字?第)?|字第?)\(?(?P<serial>{SERIAL})\)?(?P<end>号)"
BEHIND = rf"(?P<year>{YEAR})\((?P<serial>{SERIAL})\)(?P<end>号)"
# 2019(195号), [2019-195号], (2019年第195号).
ENCLOSED = rf"(?P<year>{YEAR})\((?P<serial>{SERIAL})(?P<end>号)\)"
WITHIN = rf"\((?P<year>{YEAR})(?:年|-)?第?(?P<serial>{SERIAL})(?P<end>号)\)"
BARE = r"(?P<year>(?:19|20)\d\d)(?P<serial>\d{1,4})(?P<end>号)"
# 闽价〔2002〕服610号: the sub-office of the code stands behind the year.
PARTED = (
    rf"\((?P<year>{YEAR})\)(?P<desk>(?:(?![年第初终令告])[\u4e00-\u9fff]){{1,3}})第?(?P<serial>{SERIAL})(?P<end>号)"
)
YEARLESS = rf"(?<=字)第(?P<serial>{SERIAL})(?P<end>号)"
# (91)财农字第320号: the year before the code.
FRONTED = (
    rf"\((?P<year>{YEAR}|{SHORT_YEAR})\)(?P<code>(?:(?!第)[\u4e00-\u9fff]){{2,8}})"
    rf"(?:(?<=字)第?|第?)(?P<serial>{SERIAL})(?P<end>号)"
)
# A code: Chinese characters, a few of them perhaps in brackets (闽财（社）指).
CODE = r"[\u4e00-\u9fff]+(?:\([\u4e00-\u9fff]{1,4}\)[\u4e00-\u9fff]*)?"
# Ways to print year and serial behind a code, in the order in which they are tried.
TAILS = (DOUBLED, BRACKETED, WITHIN, UNCLOSED, UNOPENED, DASHED, OF_YEAR, BEHIND, ENCLOSED, BARE, PARTED)
_SHAPES = (*(re.compile(f"(?P<code>{CODE}){one}") for one in (*TAILS, YEARLESS)), re.compile(FRONTED))
# Codes of one character: the Supreme People's Court's, that of general offices of the party.
SINGLE = ("法", "厅")

_OF_ORDER = (
    r"(?:\(?(?:第?[一二三四五六七八九十]+届)?\)?"
    rf"\(?(?:(?P<year>{YEAR})(?:年|\)|年\)))?\(?第?(?P<serial>{SERIAL})号?\)?)"
)
_ORDERED = re.compile(rf"(?P<issuer>{CODE})令{_OF_ORDER}")
_ORDER_LAST = re.compile(rf"(?P<issuer>[\u4e00-\u9fff]+?)(?:\(?(?P<year>{YEAR})(?:年|\)))?第?(?P<serial>{SERIAL})号令")
_NOTICE = r"(?P<kind>公告|通告)"
_ANNOUNCED = re.compile(rf"(?P<issuer>[\u4e00-\u9fff]*?){_NOTICE}{_OF_ORDER}")
_ANNOUNCED_LAST = re.compile(
    rf"(?P<issuer>[\u4e00-\u9fff]*?)(?:\(?(?P<year>{YEAR})(?:年|\)))?第?(?P<serial>{SERIAL})号{_NOTICE}"
)
_STATE = re.compile("^(?:中华人民共和国)(?=主席|国务院)|^中华人民共和国(?=.)")
STANDARD_SERIAL = (
    r"[-/]?(?P<serial>[A-Z]?\d{1,6}(?:\.\d{1,3}){0,2}(?:/\d{1,2}(?=[-:]))?)"
    r"(?:[-:](?P<year>(?:19|2[0Oo])[0-9OoIl]{2}|[5-9]\d)(?!\d))?"
)
_STANDARD = re.compile(
    rf"(?P<prefix>建标(?=\d)|DB(?:\d{{4,6}}(?=/)|\d{{2}}(?:\(J\))?)(?:/?T)?"
    rf"|(?:DBJ|DGJ|DG(?=/)|DB(?=/))(?:/TJ?)?\d{{2}}(?:/TJ?)?(?=-?\d+-)"
    rf"|(?:JTG(?:/T)?|TSG)(?=[A-Z]\d)|[A-Z]{{1,6}}(?:/[A-Z]{{1,8}})?){STANDARD_SERIAL}"
)
# GBT 9704 and DB14T 1234: a slash is lost.
_LOST_SLASH = re.compile(r"^(GB|DB\d*)T$")
CASE = (
    rf"[(](?P<year>{YEAR})[)](?P<court>(?:(?![财办教厅证])[\u4e00-\u9fff]){{1,8}}?\d{{0,5}})"
    r"(?P<code>(?:民|刑|行|执|赔|财(?=[保产执监])|破|清|司|强|认|知|诉|督|催|商|再|非|委(?=赔))[\u4e00-\u9fff]{0,4}?)"
    r"(?P<old>字第)?第?(?P<serial>\d{1,6}(?:[-之]?[一二三四五六七八九十\d]{1,3})?)号(?P<part>之[一二三四五六七八九十]{1,3})?"
)
_CASE = re.compile(CASE)
_CHINESE = {one: at for at, one in enumerate("〇一二三四五六七八九")} | {"零": 0}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_LETTERS = str.maketrans("OoIl〇", "00110")
_YEARS = range(1949, 2050)
_PIVOT = 50


@dataclass(frozen=True, slots=True)
class Number:
    """The parts of a normal form.

    `code` is the 机关代字, the issuer with 令 or 公告, the letters of a standard, or court and kind of a case.
    `serial` has no leading zeros, but in a standard as printed; a printed range stays one (`1-3`). `part` is what
    follows 号 of a case (之一).
    """

    code: str
    year: int | None
    serial: str
    form: Form
    part: str = ""


def flatten(text: str) -> str:
    """`text` as the patterns of numbers see it, character for character."""
    return text.translate(FLAT)


def normalise(printed: str) -> str | None:
    """The normal form of one whole printed number, in any spelling; None when it is none.

    >>> normalise("晋工发【2006】 054号"), normalise("财建2006-468号"), normalise("财预[98]3号"), normalise("第3号楼")
    ('晋工发〔2006〕54号', '财建〔2006〕468号', '财预〔1998〕3号', None)
    >>> normalise("国务院第588号令"), normalise("GB/T9704—2012")
    ('国务院令第588号', 'GB/T 9704-2012')
    """
    found = read_number(flatten(UNSEEN.sub("", "".join(printed.split()))))
    return normal(found) if found else None


def parse(normal_form: str, *, coded: bool = False) -> Number | None:
    """The parts of a normal form (or of any printed number); None when it is no number.

    `coded` tells one that is known to have an agency code, though this may end as an order or an announcement does.

    >>> [(said.form, said.code) for coded in (True, False) if (said := parse("岭通告〔2030〕3号", coded=coded))]
    [('number', '岭通告'), ('announcement', '岭通告')]
    """
    flat = flatten("".join(normal_form.split()))
    return (_coded(flat) if coded else None) or read_number(flat)


def normal(number: Number) -> str:
    """The normal form of a number."""
    code, year, serial = number.code, number.year, number.serial
    if number.form == "order":
        return f"{code}{f'{year}年' if year else ''}第{serial}号"
    if number.form == "announcement":
        return f"{code}{f'{year}年' if year else ''}第{serial}号"
    if number.form == "standard":
        return f"{code} {serial}{f'-{year}' if year else ''}"
    if number.form == "case":
        return f"（{year}）{code}{serial}号{number.part}"
    return f"{code}〔{year}〕{serial}号" if year else f"{code}第{serial}号"


def read_number(flat: str) -> Number | None:
    """The number that `flat` (flattened, without whitespace) is from its first to its last character, or None."""
    text = re.sub("(?<=号)(?:文件?|令)$", lambda found: "令" if found[0] == "令" else "", flat)
    return read_case(text) or read_standard(text) or read_order(text) or read_announcement(text) or _coded(text)


def _coded(flat: str) -> Number | None:
    for shape in _SHAPES:
        if (found := shape.fullmatch(flat)) and (len(found["code"]) > 1 or found["code"] in SINGLE):
            said = found.groupdict()
            return numbered(found["code"] + said.get("desk", ""), said.get("year"), found["serial"])
    return None


def numbered(code: str, year: str | None, serial: str) -> Number | None:
    """The number of a 机关代字 with a year and a serial as printed (flattened); None when year or serial is none."""
    when, which = year_of(year) if year else None, serial_of(serial)
    if (year and when is None) or which is None:
        return None
    return Number(printed_code(code), when, which, "number")


def printed_code(code: str) -> str:
    """A flattened code as normal forms print it: its brackets are full-width round ones."""
    return code.replace("(", "（").replace(")", "）")


def year_of(printed: str) -> int | None:
    """The year that four or two digits, Chinese digits or misread ones print; None outside 1949 to 2049.

    >>> year_of("2006"), year_of("二〇〇六"), year_of("98"), year_of("2O21"), year_of("3019")
    (2006, 2006, 1998, 2021, None)
    """
    digits = "".join(str(_CHINESE[one]) if one in _CHINESE else one for one in printed).translate(_LETTERS)
    if not digits.isdecimal():
        return None
    year = int(digits)
    if len(digits) == 2:
        year += 1900 if year >= _PIVOT else 2000
    return year if year in _YEARS else None


def serial_of(printed: str) -> str | None:
    """The serial, or range of serials, without leading zeros; None when it is none.

    >>> serial_of("054"), serial_of("五十四"), serial_of("l2"), serial_of("1-3"), serial_of("000")
    ('54', '54', '12', '1-3', None)
    """
    numbers = [_ordinal(one) for one in re.split("[-~至]", printed)]
    if not numbers or not all(numbers):
        return None
    return "-".join(str(one) for one in numbers)


def _ordinal(printed: str) -> int | None:
    plain = printed.translate(_LETTERS)
    if plain.isdecimal() and plain.isascii():
        return int(plain)
    if all(one in _CHINESE for one in printed):
        return int("".join(str(_CHINESE[one]) for one in printed)) if printed else None
    return _counted(printed)


def _counted(printed: str) -> int | None:
    """The number that a Chinese numeral with 十, 百, 千 is."""
    total, digit = 0, None
    for one in printed:
        if one in _STEPS:
            total += (1 if digit is None else digit) * _STEPS[one]
            digit = None
        elif one in _CHINESE and not digit:
            digit = _CHINESE[one]
        else:
            return None
    return total + (digit or 0)


# --- orders, announcements, standards, cases ---


def read_order(flat: str) -> Number | None:
    """The number of an order (国务院令第588号, 国务院第588号令, 主席令第二十二号), or None."""
    found = _ORDERED.fullmatch(flat) or _ORDER_LAST.fullmatch(flat)
    issuer = issuer_of_order(found["issuer"]) if found else ""
    return _issued(f"{issuer}令", found, "order") if found and issuer else None


def issuer_of_order(printed: str) -> str:
    """The issuer as normal forms name it: without the state's name, 国令 is the State Council's."""
    name = re.sub("第[一二三四五六七八九十]+届|号$", "", _STATE.sub("", printed))
    return {"国": "国务院", "国家主席": "主席"}.get(name, name)


def read_announcement(flat: str) -> Number | None:
    """The number of an announcement (财政部公告2023年第12号, 2023年第12号公告), or None."""
    found = _ANNOUNCED.fullmatch(flat) or _ANNOUNCED_LAST.fullmatch(flat)
    return _issued(f"{_STATE.sub('', found['issuer'])}{found['kind']}", found, "announcement") if found else None


def _issued(code: str, found: re.Match[str], form: Form) -> Number | None:
    year, serial = year_of(found["year"]) if found["year"] else None, serial_of(found["serial"])
    if serial is None or (found["year"] and year is None):
        return None
    return Number(code, year, serial, form)


def read_standard(flat: str) -> Number | None:
    """The number of a standard (GB/T 9704-2012, DB13/T 1234-2019), or None; all but GB and DB have a year."""
    found = _STANDARD.fullmatch(flat)
    if found is None or len(found["prefix"]) < 2 or not (found["year"] or flat.startswith(("GB", "DB"))):
        return None
    return standard_number(found)


def standard_number(found: re.Match[str]) -> Number:
    """The number in a match of `STANDARD_SERIAL` with its letters as `prefix`."""
    year = found["year"].translate(_LETTERS) if found["year"] else None
    whole = None if year is None else int(year) + (1900 if len(year) == 2 else 0)
    return Number(_LOST_SLASH.sub(r"\1/T", found["prefix"]), whole, found["serial"], "standard")


def read_case(flat: str) -> Number | None:
    """The number of a court case ((2021)晋0525民初12号), or None."""
    found = _CASE.fullmatch(flat)
    return case_number(found) if found else None


def case_number(found: re.Match[str]) -> Number | None:
    """The number in a match of `CASE`."""
    year = year_of(found["year"])
    return (
        Number(
            found["court"] + found["code"] + (found["old"] or ""),
            year,
            found["serial"].lstrip("0"),
            "case",
            found["part"] or "",
        )
        if year
        else None
    )
