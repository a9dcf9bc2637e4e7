"""The outline: which lines are headings, and how they nest."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from extract.extraction import extract
from nianbao.find import _document
from schemas.document import Document

TEXT = "本馆全年开放，读者往来不断，各项工作按计划推进，没有出现大的问题。"


def outline_of(document: Document) -> list[str]:
    """Return a line for each section: two blanks a depth, marker and title."""
    return [f"{'  ' * (section.depth - 1)}{section.marker}{section.title}" for section in extract(document).sections]


def read(lines: str) -> list[str]:
    """Return the outline of lines separated by «/», where «.» stands for a paragraph of text."""
    return outline_of(_document("\n".join(TEXT if line == "." else line for line in lines.split("/"))))


# readings that were wrong on a report and are right now
MET_IN_THE_WILD = {
    "titles in brackets": ("【概况】 馆舍两层。/【读者服务】 全年开放。", "概况|读者服务"),
    "items of a list": (
        "一、活动/1.灯谜会（2月6日）；/2.书法展（6月）；/3.夏令营（8月）。/二、人员/.",
        "一、活动|二、人员",
    ),
    "an only run after a bare heading": ("单位概况/./一、馆藏/./二、服务/.", "单位概况|一、馆藏|二、服务"),
    "runs inside bare headings": ("阵地建设/一、馆舍/./免费开放/一、借阅/.", "阵地建设|  一、馆舍|免费开放|  一、借阅"),
    "a motto": ("强化服务，提升效能/./夯实基础，完善设施/.", "强化服务，提升效能|夯实基础，完善设施"),
    "below a page's navigation": ("工作动态/某县图书馆2016年工作总结/一、馆藏/./二、服务/.", "一、馆藏|二、服务"),
    "the title twice": ("某县图书馆2016年度总结/某县图书馆2016年工作总结/一、馆藏/./二、服务/.", "一、馆藏|二、服务"),
}
CASES = MET_IN_THE_WILD | {
    "every family": (
        "第一部分 概况/第一章 馆舍/一、大楼/（一）一层/1.大厅/（1）桌椅/①木桌/./②木椅/./（2）书架/./2.过道/./"
        "（二）二层/./二、小楼/./第二章 人员/./第二部分 业务/.",
        "第一部分概况|  第一章馆舍|    一、大楼|      （一）一层|        1.大厅|          （1）桌椅|"
        "            ①木桌|            ②木椅|          （2）书架|        2.过道|      （二）二层|    二、小楼|"
        "  第二章人员|第二部分业务",
    ),
    "formal numbers": ("壹、概况/一、馆舍/./二、人员/./贰、业务/.", "壹、概况|  一、馆舍|  二、人员|贰、业务"),
    "half width": ("(一)馆舍/1、面积/./2、座位/./(二)人员/.", "(一)馆舍|  1、面积|  2、座位|(二)人员"),
    "decimals": ("1、概况/1.1 馆舍/./1.2 人员/./2、业务/2.1 借阅/.", "1、概况|  1.1馆舍|  1.2人员|2、业务|  2.1借阅"),
    "full width": ("１．馆舍/./２．人员/.", "１．馆舍|２．人员"),
    "lost number": ("一、馆舍/./人员情况/./三、经费/.", "一、馆舍|人员情况|三、经费"),
    "repeated number": ("一、馆舍/./一、人员/./二、经费/.", "一、馆舍|一、人员|二、经费"),
    "repeated inner number": ("一、馆舍/./二、人员/./二、经费/.", "一、馆舍|二、人员|二、经费"),
    "skipped number": ("一、馆舍/./三、人员/./四、经费/.", "一、馆舍|三、人员|四、经费"),
    "restarted inside": (
        "（一）总结/一、馆舍/./（一）面积/./（二）座位/./二、人员/./（二）计划/.",
        "（一）总结|  一、馆舍|    （一）面积|    （二）座位|  二、人员|（二）计划",
    ),
    "restarted at once": ("（一）总结/（一）馆舍/./（二）人员/.", "（一）总结|  （一）馆舍|  （二）人员"),
    "inner runs restart": (
        "一、馆舍/（一）面积/./二、人员/（一）编制/.",
        "一、馆舍|  （一）面积|二、人员|  （一）编制",
    ),
    "run-in heading": (f"（一）馆舍情况。{TEXT}/（二）人员情况：{TEXT}", "（一）馆舍情况|（二）人员情况"),
    "long run-in heading": (
        "一、加强学习，提高全体干部职工的政治素质和业务水平，努力建设一支过硬的图书馆员队伍并且长期坚持/.",
        "一、加强学习",
    ),
    "years as titles": ("2014年工作总结/一、馆舍/./2015年工作计划/一、采购/.", "一、馆舍|2015年工作计划|  一、采购"),
    "closing heading": ("一、馆舍/./（一）面积/./二、人员/./存在的问题/.", "一、馆舍|  （一）面积|二、人员|存在的问题"),
    "bare headings": ("馆舍建设/./读者服务/.", "馆舍建设|读者服务"),
    "no heading: chronicle": ("一、大事记/1月5日，开会。/2月8日，举办讲座。/1、3月9日，换证。", "一、大事记"),
    "no heading: points": ("一、做法/一是抓学习，提高本领。/二是抓服务，改善环境。", "一、做法"),
    "no heading: decimals": ("一、馆舍/3.5万册图书上架。/2.4米高的书架。/二、人员/.", "一、馆舍|二、人员"),
    "years after a marker": ("1. 2015年情况/./2. 2016年打算/.", "1.2015年情况|2.2016年打算"),
    "no heading: contents": ("一、概况……3/二、业务......12/一、概况/./二、业务/.", "一、概况|二、业务"),
    "no heading: contents with tabs": ("一、概况\t3/二、业务\t5/一、概况/./二、业务/.", "一、概况|二、业务"),
    "no heading: title of two lines": ("山水县图书馆/2014年工作总结/一、馆舍/.", "一、馆舍"),
    "no heading: date line": ("一、馆舍/./2015年1月8日", "一、馆舍"),
}


@pytest.mark.parametrize(("lines", "expected"), CASES.values(), ids=CASES)
def test_outline(lines: str, expected: str) -> None:
    assert read(lines) == expected.split("|")


def test_captions_are_no_headings() -> None:
    assert read("一、讲座/2014年讲座一览表/\t序号/\t主题//\t1/\t健康//二、展览/.") == ["一、讲座", "二、展览"]


def test_levels_of_the_source_decide() -> None:
    document = _document(f"业务\n借阅\n{TEXT}\n一、读者\n{TEXT}\n人员\n{TEXT}")
    levels = {0: 1, 1: 2, 5: 1}
    blocks = tuple(replace(block, level=levels.get(at)) for at, block in enumerate(document.blocks))
    assert outline_of(replace(document, blocks=blocks)) == ["业务", "  借阅", "    一、读者", "人员"]


def test_a_section_ends_where_the_next_outer_one_begins() -> None:
    document = _document(f"一、馆舍\n（一）面积\n{TEXT}\n二、人员\n{TEXT}\n")
    outer, inner, last = extract(document).sections
    assert outer.end == inner.end == last.start
    assert last.end == len(document.text.rstrip())
    assert (outer.parent, inner.parent, inner.path, last.path) == (None, 0, "1.1", "2")


def test_a_number_and_a_blank_mark_a_heading_on_its_own_line() -> None:
    assert read("1 概况/1.1 馆舍/./2 业务/2.1 借阅/.") == ["1概况", "  1.1馆舍", "2业务", "  2.1借阅"]
