"""Dates beside those that well-kept parsers read: dateparser (single dates) and JioNLP (the Chinese grammar).

Both read one date in a string that is nothing else, and by the clock unless told otherwise; here they are told that it
is July 2014. Where we differ is written down with the reason, and held: a case that comes to agree should move.
"""

from __future__ import annotations

import time
from datetime import date, datetime
from functools import cache
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.find import find_dates
from normalize.values.holidays import holiday_days

YEAR = 2014
NOW = datetime(YEAR, 7, 15)
DAYS = st.dates(date(1970, 1, 1), date(2029, 12, 31))
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def ours(text: str, year: int = YEAR) -> str:
    found = find_dates(text, year)
    return f"{found[0].first} {found[-1].last}" if found else "none"


def dateparser_reads(text: str) -> str:
    dateparser = pytest.importorskip("dateparser", reason="pip install '.[test]' brings dateparser")
    read = dateparser.parse(text, languages=["zh"], settings={"RELATIVE_BASE": NOW, "DATE_ORDER": "YMD"})
    return str(read.date()) if read else "none"


SPELLED = {
    "signs": "{0.year}年{0.month}月{0.day}日",
    "spaced": "{0.year}年 {0.month}月 {0.day}日",
    "two digits": "{0:%y}年{0.month}月{0.day}日",
    "ISO": "{0:%Y-%m-%d}",
    "points": "{0.year}.{0.month}.{0.day}",
    "strokes": "{0.year}/{0.month}/{0.day}",
}


@pytest.mark.parametrize("spelling", SPELLED.values(), ids=SPELLED)
@settings(max_examples=25, deadline=None)
@given(day=DAYS)
def test_a_day_is_the_one_that_dateparser_reads(spelling: str, day: date) -> None:
    text = spelling.format(day)
    assert ours(text) == f"{day} {day}"
    assert dateparser_reads(text) == str(day)
    assert ours(text.translate(WIDE)) == f"{day} {day}"  # dateparser reads some of these forms in full width too


# text → what dateparser reads, and why we read something else
UNLIKE_DATEPARSER = {
    "3月5日": ("none", "a day without its year, most days of a report"),
    "3月5号": ("none", "号 for 日"),
    "三月五日": ("none", "Chinese numerals for days"),
    "二〇一四年三月五日": ("none", "Chinese numerals for years"),
    "2013年元月20日": ("none", "元 for the first month"),
    "20140305": ("none", "no marks between the parts"),
    "3月5日至9日": ("none", "a range"),
    "2014年": ("2014-07-15", "a year is that year, not a day of it that the clock says"),
    "3个月": ("2014-04-15", "a length of time, no date"),
}


@pytest.mark.parametrize("text", UNLIKE_DATEPARSER)
def test_where_we_differ_from_dateparser(text: str) -> None:
    theirs, _reason = UNLIKE_DATEPARSER[text]
    assert dateparser_reads(text) == theirs
    assert (ours(text) == "none") == (text == "3个月")


@cache
def _jionlp() -> ModuleType:
    return pytest.importorskip("jionlp", reason="pip install '.[peers]' brings JioNLP")


def jionlp_reads(text: str) -> str:
    try:
        start, end = _jionlp().parse_time(text, time_base=time.mktime(NOW.timetuple()))["time"]
    except ValueError:
        return "none"
    return f"{start[:10]} {end[:10]}"


LIKE_JIONLP = [
    *[
        "2014年3月5日",
        "三月五号",
        "二〇一四年三月五日",
        "2014.3.5",
        "2014年10月",
        "98年5月",
        "2013年",
        "去年",
        "去年12月",
    ],
    *[
        "五月上旬",
        "5月中旬",
        "2014年5月下旬",
        "上半年",
        "下半年",
        "2013年上半年",
        "第三季度",
        "前三季度",
        "2014年第一季度",
    ],
    *["10月1日至25日", "6月29日至7月7日", "12月28日至次年1月3日", "2013年12月25日至2014年1月5日", "4月23日、24日"],
    *["2014年10月下旬至11月上旬", "去年12月至今年3月", "2013年至2014年"],
    *["正月十五", "农历五月初五", "农历九月初九", "大年初一至初七", "2014年正月初八"],
]


@pytest.mark.parametrize("text", LIKE_JIONLP)
def test_a_date_is_the_one_that_jionlp_reads(text: str) -> None:
    assert ours(text) == jionlp_reads(text)


# text → what JioNLP reads, and why we read something else
UNLIKE_JIONLP = {
    "1-11月": ("2014-01-11 2014-01-11", "the months of a count, not the eleventh of January"),
    "2020年1月至4月": ("2020-01-01 2020-01-31", "the months to April too"),
    "十月": ("none", "a month in Chinese numerals without a year"),
    "3月至10月": ("none", "a range of months without a year"),
    "2014.6.29-7.7": ("none", "a range with points"),
    "2014年底": ("2014-11-01 2014-12-31", "the day that a stock is counted on, the last of the year"),
    "11月底": ("2014-11-25 2014-11-30", "the same of a month"),
    "民国25年5月": ("1925-05-01 1925-05-31", "years of the Republic are ours from 1912"),
    "春节期间": ("2014-01-31 2014-01-31", "the holiday, with a finding, not its first day"),
    "暑假期间": ("2014-07-01 2014-08-31", "the usual days of the schools, with a finding"),
    "2010年以来": ("2010-01-01 2014-07-15", "how long it goes on the clock does not say"),
    "腊月廿三": ("2015-02-11 2015-02-11", "the one that lies in the report's year"),
    "次日": ("2014-07-16 2014-07-16", "no day before it to count from, and never the clock's"),
    "今天": ("2014-07-15 2014-07-15", "never the clock's"),
}


@pytest.mark.parametrize("text", UNLIKE_JIONLP)
def test_where_we_differ_from_jionlp(text: str) -> None:
    theirs, _reason = UNLIKE_JIONLP[text]
    assert jionlp_reads(text) == theirs
    assert ours(text) != theirs


@pytest.mark.parametrize("name", ["元宵节", "清明节", "端午节", "七夕节", "中秋节", "重阳节", "国庆节", "春节"])
def test_a_named_day_is_the_one_that_jionlp_reads_in_every_year_of_reports(name: str) -> None:
    for year in range(1995, 2027):
        if (name, year) == ("清明节", 2000):
            continue  # the sun reached the term on 4 April 2000; JioNLP says the 5th
        own = holiday_days(f"{name}当天", year)
        assert own is not None
        assert f"{own[0]} {own[1]}" == jionlp_reads(f"{year}年{name}"), year
