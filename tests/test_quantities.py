"""Quantities as written, by what a careful reader takes from them: span, value, unit and hedge."""

from __future__ import annotations

import pytest

from extract.folding import fold
from extract.quantities import find_quantities
from nianbao.find import find_quantities as read_quantities

# text → raw, value, unit, qualifier
ONE = {
    "new": {
        "藏书一万余册。": ("一万余册", "10000", "册", "over"),
        "接待两千多人次。": ("两千多人次", "2000", "人次", "over"),
        "办班十几期。": ("十几期", "10", "期", "about"),
        "百余人参加。": ("百余人", "100", "人", "over"),
        "几百人参加。": ("几百人", "100", "人", "about"),
        "好几百人参加。": ("好几百人", "100", "人", "about"),
        "历时半个月。": ("半个月", "0.5", "个月", "exact"),
        "接待18万余次。": ("18万余次", "180000", "次", "over"),
        "藏书50余万册。": ("50余万册", "500000", "册", "over"),
        "办证3千余个。": ("3千余个", "3000", "个", "over"),
        "接待12.4万余人次。": ("12.4万余人次", "124000", "人次", "over"),
        "藏书15余万册。": ("15余万册", "150000", "册", "over"),
        "藏书万余册。": ("万余册", "10000", "册", "over"),
        "接待11千余人次。": ("11千余人次", "11000", "人次", "over"),
        "藏书3 . 5 万册。": ("3 . 5 万册", "35000", "册", "exact"),
        "投入1,234.5万元。": ("1,234.5万元", "12345000", "元", "exact"),
        "新书１２３册。": ("１２３册", "123", "册", "exact"),
        "藏书二十三万四千余册。": ("二十三万四千余册", "234000", "册", "over"),
        "两万五千册图书。": ("两万五千册", "25000", "册", "exact"),
        "共三百零五人。": ("三百零五人", "305", "人", "exact"),
        "共3万5千册。": ("3万5千册", "35000", "册", "exact"),
        "共1万3千多册。": ("1万3千多册", "13000", "册", "over"),
        "投入1亿2000万元。": ("1亿2000万元", "120000000", "元", "exact"),
        "共一千二百册。": ("一千二百册", "1200", "册", "exact"),
        "贰拾册。": ("贰拾册", "20", "册", "exact"),
        "廿三册。": ("廿三册", "23", "册", "exact"),
        "藏书三萬餘册。": ("三萬餘册", "30000", "册", "over"),
        "上百人参加。": ("上百人", "100", "人", "about"),
        "举办数十场活动。": ("数十场", "10", "场", "about"),
        "近百场活动。": ("近百场", "100", "场", "nearly"),
        "不足千册。": ("不足千册", "1000", "册", "nearly"),
        "十来个人。": ("十来个", "10", "个", "about"),
        "藏书十几万册。": ("十几万册", "100000", "册", "about"),
        "满意率百分之九十八点五。": ("百分之九十八点五", "98.5", "%", "exact"),
        "满意率98.5%。": ("98.5%", "98.5", "%", "exact"),
        "占千分之三。": ("千分之三", "0.3", "%", "exact"),
        "占四分之三。": ("四分之三", "75", "%", "exact"),
        "完成3成。": ("3成", "3", "成", "exact"),
        "增长2倍。": ("2倍", "2", "倍", "exact"),
        "是上年的1.5倍。": ("1.5倍", "1.5", "倍", "exact"),
        "流通量翻一番。": ("翻一番", "2", "倍", "exact"),
        "下降3.2个百分点。": ("3.2个百分点", "3.2", "百分点", "exact"),
        "外借4.6万册(次)。": ("4.6万册(次)", "46000", "册次", "exact"),
        "外借8.5万(册)。": ("8.5万(册)", "85000", "册", "exact"),
        "历时两个小时。": ("两个小时", "2", "小时", "exact"),
        "历时一个半小时。": ("一个半小时", "1.5", "小时", "exact"),
        "历时两个半月。": ("两个半月", "2.5", "个月", "exact"),
        "送书8大包。": ("8大包", "8", "包", "exact"),
        "约有600余人次。": ("约有600余人次", "600", "人次", "about"),
        "约为25.8万人次。": ("约为25.8万人次", "258000", "人次", "about"),
        "每年不少于2次。": ("不少于2次", "2", "次", "at_least"),
        "突破1万人次。": ("突破1万人次", "10000", "人次", "over"),
        "每周开放63.5小时。": ("63.5小时", "63.5", "小时", "exact"),
        "每周48小时。": ("48小时", "48", "小时", "exact"),
        "每周三场。": ("三场", "3", "场", "exact"),
        "经费130多万元。": ("130多万元", "1300000", "元", "over"),
        "资源12TB。": ("12TB", "12", "TB", "exact"),
        "资源约3.2G。": ("约3.2G", "3.2", "GB", "about"),
        "面积3500㎡。": ("3500㎡", "3500", "平方米", "exact"),
        "占地12亩。": ("12亩", "12", "亩", "exact"),
        "人均8.6册。": ("8.6册", "8.6", "册", "exact"),
        "座位30个左右。": ("30个", "30", "个", "about"),
        "最近100天开放。": ("100天", "100", "天", "exact"),  # 近 belongs to 最近
        "读者达3000。": ("3000", "3000", None, "exact"),
        "超百万。": ("超百万", "1000000", None, "over"),
        "馆长一名。": ("一名", "1", "名", "exact"),
        "新建一个分馆。": ("一个", "1", "个", "exact"),
    },
    # a row of numbers, one a line: the next line's first sign is no unit
    "met_in_the_wild": {
        "共计6\n联合举办讲座": ("6", "6", None, "exact"),
        "闭馆20来天。": ("20来天", "20", "天", "about"),
        "阅读量9万+。": ("9万+", "90000", None, "over"),
        "播放10万+次。": ("10万+次", "100000", "次", "over"),
        "少儿读者１万２。": ("１万２", "12000", None, "exact"),
        "借还图书七万一千册次。": ("七万一千册次", "71000", "册次", "exact"),  # not the 万一 of «in case»
        "共购入二十一批图书。": ("二十一批", "21", "批", "exact"),
        "增加三分之一。": ("三分之一", "33.333333", "%", "exact"),
        "到馆总人次117,300，同比增长。": ("117,300", "117300", None, "exact"),
        "阅览座120。": ("120", "120", None, "exact"),
    },
}
# text → raw, lower bound, upper bound, unit
RANGES = {
    "购书1—2万册。": ("1—2万册", "10000", "20000", "册"),
    "每次5至8人。": ("5至8人", "5", "8", "人"),
    "二三十人参加。": ("二三十人", "20", "30", "人"),
    "一千二三百册。": ("一千二三百册", "1200", "1300", "册"),
    "帮扶2—3家。": ("2—3家", "2", "3", "家"),
    "约3至5万册。": ("约3至5万册", "30000", "50000", "册"),
    "占50%-60%。": ("50%-60%", "50", "60", "%"),
    "达1.2-1.5万。": ("1.2-1.5万", "12000", "15000", None),
    "100～200人次。": ("100～200人次", "100", "200", "人次"),
}
MANY = {
    "征集31种153册。": ["31种", "153册"],
    "吸引数百群众": ["数百"],
    "配灭火器40具": ["40具"],
    "100名×3天": ["100名", "3天"],
    "长12米，宽8米": ["12米", "8米"],
    "讲座3场，展览5个，共800人": ["3场", "5个", "800人"],
    "每天开放8小时，全年350天": ["8小时", "350天"],
}
NOTHING = {
    "new": [
        *["第39届读书节", "4号楼装修", "四库全书入藏", "图书七进活动", "三湘读书月", "24小时自助图书馆", "一卡通服务"],
        *[
            "密码(123456)",
            "十二五期间",
            "三八节活动",
            "五一放假",
            "拨打12355",
            "文图〔2020〕12号",
            "4·23活动",
            "七月七",
        ],
        *["ISBN 978-7-02-000220-7", "电话0731-23456789", "13812345678", "上午9:00开始", "7岁儿童", "6—12岁儿童"],
        *["获一等奖", "二级馆", "进一步加强", "十分重视", "统一管理", "一系列活动", "一批图书", "“百名读者”活动"],
        *[
            "大一班",
            "三会一课",
            "第一",
            "二〇一四年",
            "2.0版",
            "5G网络",
            "两学一做",
            "一个平台",
            "这两个分馆",
            "百名读者",
        ],
        *["3:2获胜", "3比2获胜", "三馆合一", "六个一工程", "本月5日", "每月15日", "5日至8日", "80后", "4A级景区"],
        *["第一、二、三届", "1至6年级", "六年级(2)班", "3单元", "A座12层", "119消防", "12345政务服务热线", "No.3"],
        *[
            "会员5位数",
            "一项活动",
            "一种方式",
            "万册图书",
            "一如既往",
            "千家万户",
            "一、二等奖",
            "八十年代",
            "20世纪",
            "七旬老人",
        ],
    ],
    "met_in_the_wild": ["一带一路", "九年义务教育", "三天两头", "五位一体", "一老一小", "双百活动", "第二课堂"],
}
KNOWN_WRONG = {
    "2/3的读者": ["2/3"],
    "每周五天开放": ["五天"],  # by its word boundaries 周五 is Friday
    "大半年时间": ["大半年"],
    "位于5栋": [],
}

NEW_AND_MET = [(text, *expected) for cases in ONE.values() for text, expected in cases.items()]


@pytest.mark.parametrize(("text", "raw", "value", "unit", "qualifier"), NEW_AND_MET)
def test_one_quantity(text: str, raw: str, value: str, unit: str | None, qualifier: str) -> None:
    (found,) = read_quantities(text)
    assert (found.raw, f"{found.value.normalize():f}", found.unit, found.qualifier) == (raw, value, unit, qualifier)


@pytest.mark.parametrize(("text", "raw", "lower", "upper", "unit"), [(text, *row) for text, row in RANGES.items()])
def test_a_range(text: str, raw: str, lower: str, upper: str, unit: str | None) -> None:
    (found,) = read_quantities(text)
    assert found.upper is not None
    bounds = (f"{found.value.normalize():f}", f"{found.upper.normalize():f}")
    assert (found.raw, *bounds, found.unit) == (raw, lower, upper, unit)


@pytest.mark.parametrize(("text", "raws"), MANY.items())
def test_several_quantities(text: str, raws: list[str]) -> None:
    assert [found.raw for found in read_quantities(text)] == raws


@pytest.mark.parametrize("text", [text for texts in NOTHING.values() for text in texts])
def test_what_counts_nothing(text: str) -> None:
    assert read_quantities(text) == []


@pytest.mark.xfail(strict=True, reason="limits of the grammar")
@pytest.mark.parametrize(("text", "raws"), KNOWN_WRONG.items())
def test_known_wrong(text: str, raws: list[str]) -> None:
    assert [found.raw for found in read_quantities(text)] == raws


def test_parts_of_a_mention() -> None:
    (mention,) = find_quantities(fold("超过１2.5万余册（次）左右"))
    parts = (mention.before, mention.number, mention.scale, mention.middle, mention.measure_word, mention.after)
    assert parts == ("超过", "12.5", "万", "余", "册（次）", "左右")


def test_taken_spans_are_not_looked_into() -> None:
    assert [m.number for m in find_quantities("第39届3本5册", [(0, 4), (4, 6)])] == ["5"]


# written down with their answers before they were run, and never tuned to: text → raws
HELD_OUT = {
    "全年进馆读者四十六万三千余人次，同比增长一成。": ["四十六万三千余人次", "一成"],
    "新购中文图书一万二千种、两万四千册。": ["一万二千种", "两万四千册"],
    "设少儿座席六十席，电子阅览室配电脑25台。": ["六十席", "25台"],
    "馆内无线网络带宽由50M升级至200M。": ["50M", "200M"],
    "志愿者累计服务时长超过3600小时。": ["超过3600小时"],
    "开办暑期班2期，每期15天，共90余名学员。": ["2期", "15天", "90余名"],
    "最多一天接待读者近三千人。": ["近三千人"],
    "日均借还图书不足200册次。": ["不足200册次"],
    "第六届读书节历时一个月，举办活动三十二项。": ["一个月", "三十二项"],
    "微信公众号推送图文186篇，阅读量达15.7万次。": ["186篇", "15.7万次"],
    "全县14个乡镇、198个行政村实现全覆盖。": ["14个", "198个"],
    "购书经费由2013年的20万元增至35万元。": ["20万元", "35万元"],
    "举办“七彩假期”活动12场次，惠及儿童1100多人次。": ["12场次", "1100多人次"],
    "完成古籍普查1.3万余册（件）。": ["1.3万余册（件）"],
    "4楼报告厅可容纳200人左右。": ["200人"],
    "在编人员11人，其中副高2人、中级5人。": ["11人", "2人", "5人"],
    "7至12岁小读者占三成以上。": ["三成"],
    "全年365天免费开放，每天不少于10小时。": ["365天", "不少于10小时"],
    "为20位70岁以上老人送书上门。": ["20位"],
    "文献外借册次是上年的1.2倍，达8.06万册次。": ["1.2倍", "8.06万册次"],
}


def test_held_out() -> None:
    right = sum([found.raw for found in read_quantities(text)] == raws for text, raws in HELD_OUT.items())
    assert right >= 0.85 * len(HELD_OUT)  # 17 of 20 when first run: 一成, 一天 and 一个月 are hard
