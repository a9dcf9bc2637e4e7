"""Page furniture: recognised by the vocabulary's cases, kept out of headings, facts and events, told in the ledger."""

from __future__ import annotations

from datetime import date

import pytest
from typed_reports import document_of, report_of

from extract.folding import fold
from extract.furniture import bare_page_numbers, is_furniture
from schemas.words import Entry, load

ENTRIES = load("page_furniture.yaml", Entry).values()


@pytest.mark.parametrize("line", [line for entry in ENTRIES for line in entry.examples.yes])
def test_what_is_furniture(line: str) -> None:
    assert is_furniture(fold(line))


@pytest.mark.parametrize("line", [line for entry in ENTRIES for line in entry.examples.no])
def test_what_is_not(line: str) -> None:
    assert not is_furniture(fold(line))


LINES = [  # new, written for the rules
    ("- 3 -", True),
    ("－ 12 －", True),
    ("第 3 页 共 12 页", True),
    ("共12页 第3页", True),
    ("— 5 —", True),
    ("3/12", True),
    ("Page 3 of 12", True),
    ("[image: 1.jpg]", True),
    ("[bookmark: _GoBack]", True),
    ("[图片: 新馆.jpg] [image: 2]", True),
    ("发布日期：2013-02-28", True),
    ("【字体：大 中 小】", True),
    ("[image: 1.jpg]新馆外景", False),
    ("3", False),  # one bare number is no page number
    ("第三页", False),
    ("2013—2014", False),
    ("1.5", False),
    ("网站访问量：18.8万次", False),
    ("微信阅读量：3.2万次", False),
    ("来源：财政拨款50万元", False),
    ("时间：3月5日 主讲：王某 阅读次数：3", False),
    ("全年在网站首页发布信息188条", False),
    ("打印机 复印机", False),
    ("作者见面会：3场", False),
    ("", False),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_lines(line: str, expected: bool) -> None:
    assert is_furniture(fold(line)) is expected


def test_bare_page_numbers_count_up() -> None:
    assert bare_page_numbers([(0, "12"), (5, "80"), (9, "81"), (12, "3")]) == frozenset()
    assert bare_page_numbers([(0, "7"), (3, "8"), (4, "9"), (6, "11")]) == frozenset({0, 3, 4})


PAGE = """首页 > 政务公开 > 总结计划
永宁县图书馆2019年工作总结
发布时间：2020-01-15 来源：县图书馆 阅读次数：188次 字体：[大 中 小]
一、基本情况
全年接待读者18.6万人次。
- 3 -
二、主要活动
4月23日，举办世界读书日活动。
[image: 1.jpg]
分享到：微信 微博
【打印】【关闭】
上一篇：永宁县图书馆2018年工作总结 下一篇：关于2月3日闭馆的通知
版权所有 永宁县图书馆 技术支持：某公司 2012
"""


def test_a_page_tells_no_facts() -> None:
    rows = report_of(PAGE)
    assert [section.title for section in rows.sections] == ["基本情况", "主要活动"]
    assert [fact.raw for fact in rows.facts] == ["18.6万人次"]
    assert [event.start_date for event in rows.events] == [date(2019, 4, 23)]
    furniture = [number.raw for number in rows.numbers if number.role == "furniture"]
    assert furniture == ["2020", "01", "15", "188", "3", "1", "一", "2018", "一", "2", "3", "2012"]
    assert not [number for number in rows.numbers if number.role == "unexplained"]
    assert rows.document.title == "永宁县图书馆2019年工作总结"
    assert (rows.document.report_year, rows.document.published) == (2019, date(2020, 1, 15))


def test_a_page_number_does_not_part_a_table() -> None:
    text = "\t序号\n\t主题\n\n\t1\n\t健康\n\n- 3 -\n\t2\n\t教育\n"
    blocks = document_of(text).blocks
    assert {block.place.table for block in blocks if block.place} == {0}
    assert [text[block.start : block.end] for block in blocks if block.furniture] == ["- 3 -"]
