"""Headings before nesting: the document's own title, unnumbered headings, and where titles end."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from extract.folding import fold
from extract.headings import Shape, find_headings, find_title
from nianbao.find import _document

TEXT = "本馆全年开放，读者往来不断，各项工作按计划推进，没有出现大的问题。"

# first lines → the title, or None
TITLES = {
    "山水县图书馆2014年工作总结\n" + TEXT: "山水县图书馆2014年工作总结",
    "2014年度大事记\n1月5日，开会。": "2014年度大事记",
    "（二〇一五年一月）\n2014年工作汇报\n" + TEXT: "2014年工作汇报",
    "2015年1月8日\n2014年工作汇报\n" + TEXT: "2014年工作汇报",
    "山水县图书馆\n2014年工作总结\n" + TEXT: "山水县图书馆\n2014年工作总结",
    "　山水县图书馆年报　\n" + TEXT: "山水县图书馆年报",
    "山水县图书馆\n" + TEXT: None,
    "一、2014年工作总结\n" + TEXT: None,
    "今年的工作总结如下。\n" + TEXT: None,
    "总结经验，开拓前进\n" + TEXT: None,
    TEXT: None,
    "": None,
}


@pytest.mark.parametrize(("text", "title"), TITLES.items())
def test_the_title_of_a_document(text: str, title: str | None) -> None:
    found = find_title(_document(text), fold(text))
    assert (found and text[slice(*found)]) == title


def test_a_styled_title_wins() -> None:
    document = _document("2014年工作总结\n山水县的书香\n" + TEXT)
    blocks = tuple(replace(block, is_title=at == 1) for at, block in enumerate(document.blocks))
    found = find_title(replace(document, blocks=blocks), document.text)
    assert found is not None
    assert document.text[slice(*found)] == "山水县的书香"


# an unnumbered line before a paragraph → how it is set, or None where it is no heading
BARE = {
    "2014年工作总结": Shape.YEAR_TITLE,
    "二〇一二年工作打算": Shape.YEAR_TITLE,
    "2013-2014年度工作回顾": Shape.YEAR_TITLE,
    "2014年山水县图书馆大事记（1月—12月）": Shape.YEAR_TITLE,
    "不足之处": Shape.CLOSING,
    "下一步工作打算": Shape.CLOSING,
    "读者服务": Shape.BARE,
    "馆舍建设情况：": Shape.BARE,
    "书香飘进每一个村庄": Shape.BARE,
    "做好了馆舍的搬迁。": Shape.SENTENCE,
    "2014年3月": None,
    "2014年1月8日": None,
    "活动如下：": None,
    "山水县图书馆": None,
    "山水县文化局": None,
    "12": None,
    "3万册新书": None,
    "“书香山水”": None,
    "（下略）": None,
    "电话07311234567": None,
    "www.lib.cn": None,
    "书多，人多": None,
    "一、概况……3": None,
    "读者服务……12": None,
    "读者服务......12": None,
    "很长的一行没有编号的文字在这里一直写下去并没有停下来的意思": None,
}


@pytest.mark.parametrize(("line", "shape"), BARE.items())
def test_bare_headings(line: str, shape: Shape | None) -> None:
    text = f"{line}\n{TEXT}"
    found = [heading.shape for heading in find_headings(_document(text), fold(text), (), None)]
    assert found == ([shape] if shape else [])


def test_a_bare_line_before_another_line_as_short_is_no_heading() -> None:
    assert find_headings(_document("读者服务\n开放时间"), "读者服务\n开放时间", (), None) == []


ENDS = {
    "一、馆舍。很好": "馆舍",
    "一、馆舍：很好": "馆舍",
    "一、馆舍，人员": "馆舍，人员",
    "一、馆舍 、": "馆舍",
    "（一）" + "好" * 30 + "，" + "新" * 30: "好" * 30,
    "[image1.png] 一、馆舍": "馆舍",
}


@pytest.mark.parametrize(("line", "title"), ENDS.items())
def test_where_a_title_ends(line: str, title: str) -> None:
    (heading,) = find_headings(_document(line), fold(line), (), None)
    assert line[heading.title_start : heading.title_end] == title
