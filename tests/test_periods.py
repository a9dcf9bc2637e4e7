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
        # the earlier value beside a number leaves its year behind when it ends
        ("到馆读者21万人次（上年为19.5万人次），外借图书3200册次。", "195000", "2013-01-01 2013-12-31"),
        ("到馆读者21万人次（上年为19.5万人次），外借图书3200册次。", "3200", "2014-01-01 2014-12-31"),
        ("到馆读者21万人次，上年为19.5万人次，外借图书3200册次。", "3200", "2014-01-01 2014-12-31"),
        ("到馆读者21万人次（2013年为19.5万人次、2012年为18万人次），外借3200册次。", "3200", "2014-01-01 2014-12-31"),
        ("到馆读者21万人次，比2013年的19.5万人次增长8%，外借图书3200册次。", "3200", "2014-01-01 2014-12-31"),
        ("到馆读者21万人次，比2013年的19.5万人次增长8%，外借图书3200册次。", "195000", "2013-01-01 2013-12-31"),
        ("到馆读者21万人次，比2013年的19.5万人次增长8%，外借图书3200册次。", "8", "2014-01-01 2014-12-31"),
        ("1—11月到馆读者17万人次，全年3200人次。", "3200", "2014-01-01 2014-12-31"),
        ("1—11月到馆读者3200人次，全年20万人次。", "3200", "2014-01-01 2014-11-30"),
        ("自新馆开放以来，累计接待读者3200人次。", "3200", "None None"),
        ("自2013年5月新馆开放以来，累计接待读者3200人次。", "3200", "2013-05-01 2014-12-31"),
        ("今年以来，接待读者3200人次。", "3200", "2014-01-01 2014-12-31"),
        ("与2013年一样，外借图书3200册次。", "3200", "2014-01-01 2014-12-31"),
        ("2013年（改造期间），外借图书3200册次。", "3200", "2013-01-01 2013-12-31"),
        ("十二五期间（2011—2013年），外借图书3200册次。", "3200", "2011-01-01 2013-12-31"),
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
