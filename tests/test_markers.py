"""Heading markers: what begins a heading's line, and what only looks like it."""

from __future__ import annotations

import pytest

from extract.folding import fold
from extract.markers import read_marker

# line → family, ordinal, marker
HITS = {
    "1　概况": ("arabic", 1, "1"),
    "第一部分 概况": ("part", 1, "第一部分"),
    "第二编：业务": ("part", 2, "第二编："),
    "第一章、总则": ("chapter", 1, "第一章、"),
    "第十二章 附则": ("chapter", 12, "第十二章"),
    "第3章 人员": ("chapter", 3, "第3章"),
    "第三节 人员": ("article", 3, "第三节"),
    "壹、概况": ("formal", 1, "壹、"),
    "拾贰、附录": ("formal", 12, "拾贰、"),
    "一、概况": ("han", 1, "一、"),
    "二十一、其他": ("han", 21, "二十一、"),
    "一.概况": ("han", 1, "一."),
    "一，概况": ("han", 1, "一，"),
    "一 概况": ("han", 1, "一"),
    "（一）馆舍": ("paren_han", 1, "（一）"),
    "(一)馆舍": ("paren_han", 1, "(一)"),
    "（ 二 ）、馆舍": ("paren_han", 2, "（ 二 ）、"),
    "【二】馆舍": ("paren_han", 2, "【二】"),
    "（十一）其他": ("paren_han", 11, "（十一）"),
    "2.1 馆舍": ("decimal_2", 1, "2.1"),
    "2.1平安建设": ("decimal_2", 1, "2.1"),
    "2.1.3 数据": ("decimal_3", 3, "2.1.3"),
    "（1）书架": ("paren_arabic", 1, "（1）"),
    "１）书架": ("paren_arabic", 1, "1）"),
    "1.书架": ("arabic", 1, "1."),
    "1、书架": ("arabic", 1, "1、"),
    "１．书架": ("arabic", 1, "1."),
    "01.书架": ("arabic", 1, "01."),
    "1，书架": ("arabic", 1, "1，"),
    "2.2016年工作": ("arabic", 2, "2."),
    "99、其他": ("arabic", 99, "99、"),
    "①书架": ("circled", 1, "①"),
    "1、世界读书日系列活动": ("arabic", 1, "1、"),
    "（二）春节期间安全": ("paren_han", 2, "（二）"),
}

MISSES = {
    "new": [
        *["", "概况", "一是加强学习", "一等奖", "十二五规划", "二季度工作", "第一，加强学习", "一、", "（一）"],
        *["3.5万册", "1.5米高", "2.5公里外", "7.9亿元", "1.5小时", "1.5月", "2.5TB容量", "3.2个百分点", "1,234册"],
        *["12345", "12月", "100、其他", "2016年总结", "2014.3.5", "（2014）5号", "一、二季度工作", "一、二等奖名单"],
    ],
    # a date on the line: the entry of a chronicle
    "met_in_the_wild": ["1月5日,召开会议", "1、1月5日,召开会议", "三月五日，开会", "二、2014年3月，开会", "3、5日闭会"],
    "other provinces": ["1、正月十五，办灯谜会", "二、3月举办书展", "（3）4月份开展讲座"],
    "named days": ["1、春节，我馆举办灯会", "2、“六一”儿童节，我馆联欢", "（3）元旦举办书市", "3.世界读书日启动仪式"],
    # days that are names begin with what looks like a decimal number
    "names of days": ["5.18国际博物馆日", "4.23世界读书日", "4.23“世界读书日”系列活动日"],
}


@pytest.mark.parametrize(("line", "expected"), HITS.items())
def test_a_marker_is_read(line: str, expected: tuple[str, int, str]) -> None:
    marker = read_marker(fold(line))
    assert marker is not None
    assert (marker.family, marker.ordinal, marker.text) == expected
    assert fold(line)[: marker.length].strip() == marker.text


@pytest.mark.parametrize("line", [line for lines in MISSES.values() for line in lines])
def test_no_marker_is_read(line: str) -> None:
    assert read_marker(fold(line)) is None
