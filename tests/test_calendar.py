"""Dates to periods: tables of cases, most of them forms met in reports."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.values.calendar import Period, read_period
from schemas.mentions import DateMention

REPORT = 2016


def mention(year: str = "", month: str = "", day: str = "", **more: str | bool) -> DateMention:
    return DateMention(3, 9, year, month, day, **more)  # type: ignore[arg-type]


def read(found: DateMention, year: int | None = REPORT, carried: int | None = None) -> str:
    period = read_period(found, year, carried)
    return f"{period.start}/{period.end}" if period else "None"


SINGLE = [
    (mention("2014", "12", "26"), "2014-12-26/2014-12-26"),
    (mention("", "3", "4"), "2016-03-04/2016-03-04"),
    (mention("", "06", "08"), "2016-06-08/2016-06-08"),
    (mention("２０１４", "１２", "２６"), "2014-12-26/2014-12-26"),
    (mention("二〇一二", "十", "廿五"), "2012-10-25/2012-10-25"),
    (mention("二O一二", "十一", "三十"), "2012-11-30/2012-11-30"),
    (mention("", "元", "一"), "2016-01-01/2016-01-01"),
    (mention("2014年", "3月份", "5日"), "2014-03-05/2014-03-05"),  # particles that were left on
    (mention("", "2"), "2016-02-01/2016-02-29"),
    (mention("2015", "2"), "2015-02-01/2015-02-28"),
    (mention("2015"), "2015-01-01/2015-12-31"),
    (mention("2015年度"), "2015-01-01/2015-12-31"),
    (mention(), "2016-01-01/2016-12-31"),
    (mention("98", "5"), "1998-05-01/1998-05-31"),
    (mention("14", "5"), "2014-05-01/2014-05-31"),
    (mention("一四", "5"), "2014-05-01/2014-05-31"),
    (mention("民国25"), "1936-01-01/1936-12-31"),
    (mention("民国元"), "1912-01-01/1912-12-31"),
]

PARTS = [
    (mention("2014", "6", part="上旬"), "2014-06-01/2014-06-10"),
    (mention("2014", "6", part="中旬"), "2014-06-11/2014-06-20"),
    (mention("2014", "2", part="下旬"), "2014-02-21/2014-02-28"),
    (mention("", "5", part="初"), "2016-05-01/2016-05-10"),
    (mention("", "5", part="月初"), "2016-05-01/2016-05-10"),
    (mention("", "11", part="底"), "2016-11-30/2016-11-30"),
    (mention("", "11", part="月末"), "2016-11-30/2016-11-30"),
    (mention("", "11", part="上半月"), "2016-11-01/2016-11-15"),
    (mention("2018", part="上半年"), "2018-01-01/2018-06-30"),
    (mention("2018", part="下半年"), "2018-07-01/2018-12-31"),
    (mention("2018", part="第一季度"), "2018-01-01/2018-03-31"),
    (mention("2018", part="四季度"), "2018-10-01/2018-12-31"),
    (mention("2018", part="3季度"), "2018-07-01/2018-09-30"),
    (mention("2018", part="前三季度"), "2018-01-01/2018-09-30"),
    (mention("2018", part="年初"), "2018-01-01/2018-01-31"),
    (mention("2018", part="年底"), "2018-12-31/2018-12-31"),
    (mention("2018", part="末"), "2018-12-31/2018-12-31"),
    (mention("2018", part="暑期"), "2018-01-01/2018-12-31"),  # a part we do not know: the whole that holds it
]

RANGES = [
    (mention("", "10", "1", day_to="25"), "2016-10-01/2016-10-25"),
    (mention("", "6", "29", month_to="7", day_to="7"), "2016-06-29/2016-07-07"),
    (mention("", "12", "28", month_to="1", day_to="3"), "2016-12-28/2017-01-03"),
    (mention("2015", "12", "28", month_to="1", day_to="3"), "2015-12-28/2016-01-03"),
    (mention("2015", "12", "28", year_to="2016", month_to="1", day_to="3"), "2015-12-28/2016-01-03"),
    (mention("", "7", month_to="10"), "2016-07-01/2016-10-31"),
    (mention("", "11", month_to="2"), "2016-11-01/2017-02-28"),
    (mention("2013", year_to="2014"), "2013-01-01/2014-12-31"),
    (mention("2013", "7", year_to="2014", month_to="6"), "2013-07-01/2014-06-30"),
    (mention("", "6", year_to="2017", month_to="3"), "2016-06-01/2017-03-31"),
    (mention("", "1", year_to="2014", month_to="3"), "2014-01-01/2014-03-31"),
    (mention("", "10", year_to="2014", month_to="3"), "2013-10-01/2014-03-31"),
    (mention("2014", "6", part="中旬", year_to="2014", month_to="9"), "2014-06-11/2014-09-30"),
    (mention("", "10", month_to="12", part_to="底"), "2016-10-01/2016-12-31"),
    (mention("", "6", part="底", month_to="9"), "2016-06-30/2016-09-30"),
    (mention("", "10", part="下旬", month_to="11", part_to="上旬"), "2016-10-21/2016-11-10"),
    (mention("", "12", part="中旬", month_to="1", part_to="上旬"), "2016-12-11/2017-01-10"),
    (mention("", "4", part="中旬", month_to="5", day_to="6"), "2016-04-11/2016-05-06"),
    (mention("", "4", "15", month_to="5", part_to="底"), "2016-04-15/2016-05-31"),
    (mention("2014", year_to="2016", part_to="上半年"), "2014-01-01/2016-06-30"),
    (mention("", "4", "26", day_to="27", until=True), "2016-04-27/2016-04-27"),
]

RELATIVE = [
    (mention(relative="今年", month="2"), None, "2016-02-01/2016-02-29"),
    (mention(relative="本年度"), None, "2016-01-01/2016-12-31"),
    (mention(relative="当年"), 2011, "2016-01-01/2016-12-31"),
    (mention(relative="去年", month="12"), None, "2015-12-01/2015-12-31"),
    (mention(relative="上年"), None, "2015-01-01/2015-12-31"),
    (mention(relative="明年", month="1", day="5"), None, "2017-01-05/2017-01-05"),
    (mention(relative="下一年"), None, "2017-01-01/2017-12-31"),
    (mention(relative="同年", month="9"), 2011, "2011-09-01/2011-09-30"),
    (mention(relative="同年", month="9"), None, "2016-09-01/2016-09-30"),
    (mention(relative="次年"), 2011, "2012-01-01/2012-12-31"),
    (mention(relative="次年"), None, "2017-01-01/2017-12-31"),
    (mention("2014", relative="去年"), None, "2014-01-01/2014-12-31"),  # a year that is written wins
]

OPEN = [
    (mention("2014", "12", "31", until=True), "2014-12-31/2014-12-31"),
    (mention("2014", "12", until=True), "2014-12-31/2014-12-31"),
    (mention("2015", "4", part="底", until=True), "2015-04-30/2015-04-30"),
    (mention("2015", until=True), "2015-12-31/2015-12-31"),
    (mention("", "9", "1", open_start=True), "2016-09-01/2016-09-01"),
]

NO_DATES = [
    mention("", "13", "1"),
    mention("", "0", "1"),
    mention("", "5", "0"),
    mention("", "5", "32"),
    mention("", "", "5"),
    mention("0", "5"),
    mention("0000", "5"),
    mention("12345", "5"),
    mention("某", "5"),
    mention("", "腊", "八"),
    mention("", "5", "3.5"),
    mention("", "5", month_to="0"),
    mention("9999", "12", month_to="1"),
]


@pytest.mark.parametrize(("found", "period"), [*SINGLE, *PARTS, *RANGES, *OPEN])
def test_periods(found: DateMention, period: str) -> None:
    assert read(found) == period
    assert (read_period(found, REPORT) or Period(date.min, date.min)).doubts == ()


@pytest.mark.parametrize(("found", "carried", "period"), RELATIVE)
def test_relative_years(found: DateMention, carried: int | None, period: str) -> None:
    assert read(found, REPORT, carried) == period


@pytest.mark.parametrize("found", NO_DATES)
def test_what_no_calendar_has(found: DateMention) -> None:
    assert read_period(found, REPORT) is None


def test_undated_without_a_report_year_is_not_known() -> None:
    assert read_period(mention("", "5", "4"), None) is None
    assert read_period(mention(relative="去年"), None) is None
    assert read(mention(relative="同年"), None, 2011) == "2011-01-01/2011-12-31"
    assert read(mention("98", "5"), None) == "1998-05-01/1998-05-31"


@pytest.mark.parametrize(
    ("found", "period", "words"),
    [
        (mention("2014", "11", "31"), "2014-11-30/2014-11-30", "11月31日"),
        (mention("2015", "2", "30"), "2015-02-28/2015-02-28", "2月30日"),
        (mention("2014", "10", "1", month_to="11", day_to="31"), "2014-10-01/2014-11-30", "11月31日"),
        (mention("", "9", "28", day_to="3"), "2016-09-28/2016-09-28", "before its start"),
        (mention("2016", "5", year_to="2015", month_to="4"), "2016-05-01/2016-05-31", "before its start"),
    ],
)
def test_doubtful_dates_are_read_and_reported(found: DateMention, period: str, words: str) -> None:
    assert read(found) == period
    doubts = (read_period(found, REPORT) or Period(date.min, date.min)).doubts
    assert [doubt.code for doubt in doubts] == ["invalid_date"]
    assert words in doubts[0].message
    assert (doubts[0].start, doubts[0].end) == (found.start, found.end)


def test_a_missing_dash_is_passed_on() -> None:
    period = read_period(mention("", "10", "10", month_to="11", day_to="20", doubt="missing_range_mark"), 2014)
    assert period is not None
    assert (period.start, period.end) == (date(2014, 10, 10), date(2014, 11, 20))
    assert [doubt.code for doubt in period.doubts] == ["missing_range_mark"]
    assert "2014-10-10 to 2014-11-20" in period.doubts[0].message


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_reads_as_itself(day: date) -> None:
    period = read_period(mention(str(day.year), str(day.month), str(day.day)), None)
    assert period == Period(day, day)


PIECES = st.text("0123456789〇一二三十廿元年月日底上下旬半季度去同次民国 ", max_size=5)


@given(st.lists(PIECES, min_size=8, max_size=8), st.booleans(), st.none() | st.integers(1, 9999))
def test_no_mention_breaks_the_reader(pieces: list[str], until: bool, year: int | None) -> None:
    period = read_period(DateMention(0, 1, *pieces, until=until), year)
    assert period is None or period.start <= period.end
