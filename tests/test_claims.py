"""The ledger's roles: what becomes of every numeral of a text."""

from __future__ import annotations

import pytest

from extract.extraction import extract
from nianbao.find import _document


def roles_of(text: str) -> list[tuple[str, str]]:
    return [(text[number.start : number.end], number.role) for number in extract(_document(text)).numerals]


# role → texts in which every numeral has this role
ROLES = {
    "code": [
        *[
            "电话0731-23456789",
            "13812345678",
            "400-123-4567",
            "邮编412200",
            "QQ群:12345678",
            "密码(123456)",
            "（654321）",
        ],
        *["ISBN 978-7-02-000220-7", "GB/T 13191", "文图〔2020〕12号", "[2014]3号文件", "拨打12355", "12355服务平台"],
        *["12345政务服务热线", "119消防", "5G网络", "3D打印", "1080P", "A4纸", "2.0版", "985高校", "No.3", "4A级景区"],
        *["http://www.a1.cn/2014/5.html", "lib2014@163.com", "湘ICP备12345678号", "Web2.0"],
    ],
    "time": ["9:00", "13：30", "上午8:30—17:30", "八点半，开门", "8时30分至", "晚7点到", "24时，"],
    "date": [
        *["2014年3月5日", "三月五号", "每周二至周日", "周六、周日", "星期一", "正月十五", "大年初三", "农历三月初三"],
        *[
            "20世纪80年代",
            "八十年代",
            "三季度",
            "每年4月23日",
            "本月5日",
            "三年来",
            "20多年来",
            "5日至8日",
            "2018—2020年",
            "4·23",
        ],
    ],
    "ordinal": [
        *[
            "第39届",
            "第二十一个",
            "第一、二、三届",
            "一等奖",
            "一、二等奖",
            "4号楼",
            "三楼",
            "十周年",
            "二级馆",
            "三年级",
        ],
        *[
            "1至6年级",
            "大一班",
            "六中全会",
            "初一学生",
            "高三毕业",
            "3单元",
            "A座12层",
            "208路公交",
            "第3页",
            "六年级(2)班",
        ],
    ],
    "name": [
        *[
            "7岁",
            "6—12岁",
            "七旬老人",
            "80后",
            "8090后",
            "三会一课",
            "两学一做",
            "三馆合一",
            "“百名读者”",
            "《三国演义》",
        ],
        *["四库全书", "一卡通", "24小时自助", "十二五", "三八节", "五一", "三湘", "一批", "统一", "3:2", "六个一工程"],
    ],
    "list_marker": [
        *[
            "一是学习；二是服务",
            "一、概况\n人员",
            "（2）人员",
            "3、人员",
            "①人员",
            "问题：一、人员不足；二、经费不足",
            "- 12 -",
            "12",
            "一、概况……3",
            "二、人员\t15",
        ],
    ],
    "fact": ["5册", "3万5千册", "百分之九十", "贰拾册", "翻一番", "四分之三", "十几万册"],
    "part_of": ["三化建设", "四史学习", "零距离", "一半"],
}


@pytest.mark.parametrize(("role", "text"), [(role, text) for role, texts in ROLES.items() for text in texts])
def test_every_numeral_has_its_role(role: str, text: str) -> None:
    numerals = roles_of(text)
    assert numerals
    assert {found for _, found in numerals} == {role}, numerals


# what looks like the input of a rule and counts all the same
MISSES = {
    "code": ["接待12345人", "12345册", "座位30个", "推送微信210条", "回复电话320次"],
    "always open": ["缩短到24小时", "延长至24小时"],
    "time": ["时长8小时"],
    "ratio": ["外借量:3万册", "人数：30人"],
    "age": ["50人后来加入", "3天后"],
    "abbreviation": ["三个一百册", "两场三千人", "三成五左右"],
    "list of contents": ["共计……3册"],
    "calendar": ["历时5日", "3至5日内", "每周五天", "每周七小时"],
}


@pytest.mark.parametrize("text", [text for texts in MISSES.values() for text in texts])
def test_amounts_stay_facts(text: str) -> None:
    assert {role for _, role in roles_of(text)} == {"fact"}, roles_of(text)


def test_numerals_of_a_heading_and_of_prose() -> None:
    assert roles_of("一、讲座3场\n全年讲座3场。") == [("一", "list_marker"), ("3", "fact"), ("3", "fact")]


def test_the_strongest_claim_decides() -> None:
    assert roles_of("2014年“第3届”5册") == [("2014", "date"), ("3", "name"), ("5", "fact")]


@pytest.mark.xfail(strict=True, reason="limits: a unit, a sign or a use that no rule knows")
@pytest.mark.parametrize("text", ["110千伏", "2/3", "5位数", "比例为2/3"])
def test_known_wrong(text: str) -> None:
    assert "unexplained" not in {role for _, role in roles_of(text)}
