"""Which days a number of prose covers: one text, the number asked for, its first and last day."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nianbao.pipeline import process
from schemas.document import Block, Document


def period(text: str, value: str) -> str:
    """Return the first and last day of the only fact with this value in a report on 2014."""
    lines, blocks, at = ["某县图书馆2014年工作总结", *text.split("\n")], [], 0
    for number, line in enumerate(lines, start=1):
        blocks.append(Block(at, at + len(line), number))
        at += len(line) + 1
    rows = process(Document("0" * 12, "x.txt", "text/plain", "utf-8", "\n".join(lines), tuple(blocks)))
    (fact,) = (fact for fact in rows.facts if fact.value == Decimal(value))
    return f"{fact.period_start} {fact.period_end}"


CASES = {
    "new": [
        ("全年接待读者3200人次。", "3200", "2014-01-01 2014-12-31"),
        ("第三季度，接待读者3200人次。", "3200", "2014-07-01 2014-09-30"),
        ("暑假期间，接待读者3200人次。", "3200", "2014-07-10 2014-08-31"),
        ("去年，接待读者3200人次。", "3200", "2013-01-01 2013-12-31"),
        ("暑假里，接待读者3200人次。", "3200", "2014-07-10 2014-08-31"),
        ("一至三季度，接待读者3200人次。", "3200", "2014-01-01 2014-09-30"),
        ("7月1日，党员到乡镇参观。暑假里，接待读者3200人次。", "3200", "2014-07-10 2014-08-31"),
    ],
    "met_in_the_wild": [
        # what came to be since a year is counted from it, what stands now is not
        ("2012年以来，建成7个分馆。", "7", "2012-01-01 2014-12-31"),
        ("自2012年以来经费未增，人均藏书0.2册。", "0.2", "2014-01-01 2014-12-31"),
        # the paragraph said from which month on
        ("自3月起，开展图书招标。截至11月份，共购书8000册。", "8000", "2014-03-01 2014-11-30"),
        ("自2012年起，开展图书招标。截至11月份，共购书8000册。", "8000", "2014-01-01 2014-11-30"),
        ("自3月起，开展图书招标。\n截至11月份，共购书8000册。", "8000", "2014-01-01 2014-11-30"),
        # a day's news end at the semicolon, a half year's do not
        ("根据4月6日会议精神，全面铺开普查；制作函套85个。", "85", "2014-01-01 2014-12-31"),
        ("上半年，办班3期；接待读者900人次。", "900", "2014-01-01 2014-06-30"),
        # a year that something is compared with is not the year of what stands after it
        ("比2013年的2.8万人次增长12.5%；外借图书3600册次。", "3600", "2014-01-01 2014-12-31"),
        ("到馆6万人次，为2013年的七成；外借图书3600册次。", "3600", "2014-01-01 2014-12-31"),
        ("购书费60万元，与上年持平，补助经费20万元。", "200000", "2014-01-01 2014-12-31"),
        ("外借4万册次，上年值为3万册次；新办读者证300张。", "300", "2014-01-01 2014-12-31"),
        ("外借4万册次，上年值为3万册次；新办读者证300张。", "30000", "2013-01-01 2013-12-31"),
        # what is told in passing ends at the semicolon; the whole year is said again
        ("到馆2.4万人次，其中三季度日均520人次；书刊外借9800册次。", "9800", "2014-01-01 2014-12-31"),
        ("1—11月进馆4.1万人次，全年4.5万人次。", "45000", "2014-01-01 2014-12-31"),
        # a stock is of the day that it was counted on, and so are its parts
        ("截至2014年底，馆藏图书8.6万册，其中少儿读物9400册。", "86000", "2014-12-31 2014-12-31"),
        ("截至2014年底，馆藏图书8.6万册，其中少儿读物9400册。", "9400", "2014-12-31 2014-12-31"),
        ("截至10月底，公众号粉丝1750人。", "1750", "2014-10-31 2014-10-31"),
        ("到年底，馆藏图书7万余册。", "70000", "2014-12-31 2014-12-31"),
        ("到年底，举办讲座9场。", "9", "2014-01-01 2014-12-31"),
        ("馆藏由年初的8.9万册增至9.5万册。", "89000", "2014-01-01 2014-01-31"),
        # what it came from is of the year before, unless the text says of when
        ("馆舍面积由1300平方米扩至2100平方米。", "1300", "2013-01-01 2013-12-31"),
        ("周开放时间由2012年的56小时延长到63小时。", "56", "2012-01-01 2012-12-31"),
        ("领导小组由3个部门组成。", "3", "2014-01-01 2014-12-31"),
        # a year that a thing is of
        ("2012年注册的小程序快递图书3600册。", "3600", "2014-01-01 2014-12-31"),
        # an exhibition of so many days
        ("8月24日，书画展开幕，展出2天，参观800人次。", "800", "2014-08-24 2014-08-25"),
        ("8月24日，召开会议，到会80人。", "80", "2014-08-24 2014-08-24"),
    ],
}


@pytest.mark.parametrize(("text", "value", "days"), [case for cases in CASES.values() for case in cases])
def test_the_days_that_a_number_covers(text: str, value: str, days: str) -> None:
    assert period(text, value) == days


def test_a_count_since_a_month_is_no_happening() -> None:
    assert period("自4月起，接待读者3200人次。", "3200") == "2014-04-01 2014-12-31"
