"""What a title says of the time that its report covers: a year, years, a half, a quarter, months."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from msgspec import Struct

from normalize.values.years import YearMention, find_years, small_number

_PLAN = re.compile(r"计划|思路|打算|要点|安排|设想|展望|规划")
_REPORT = re.compile(r"总结|年报|报告|汇报|情况|概况|述职|大事记|报表|统计|回顾")

_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
# what follows the year: 1-6月 | 1月至6月 | 1月-2021年6月 | 12月至2015年11月
_MONTHS = re.compile(
    rf"\s?(?P<first>{_MONTH})\s?月?(?:份)?\s?[-—–－~～至到]{{1,2}}\s?(?:(?P<year_to>20\d\d)年)?(?P<last>{_MONTH})\s?月"
)
_ONE_MONTH = re.compile(rf"\s?(?P<first>{_MONTH})\s?月(?:份)?(?!\s?\d)")
# parts of a year with their first and last month
_PARTS = (
    (re.compile(r"度?\s?上半年"), (1, 6)),
    (re.compile(r"度?\s?下半年"), (7, 12)),
    (re.compile(r"度?\s?前三季度"), (1, 9)),
    (re.compile(r"度?\s?第?[一1]季度"), (1, 3)),
    (re.compile(r"度?\s?第?[二2]季度"), (4, 6)),
    (re.compile(r"度?\s?第?[三3]季度"), (7, 9)),
    (re.compile(r"度?\s?第?[四4]季度"), (10, 12)),
)


_POINTED = re.compile(  # （2009.1—2009.12）, （2009.1-6）
    r"(?<![\d.])(?P<year>20\d\d|19\d\d)\.(?P<first>\d{1,2})\s?[-—–－~～至]{1,2}\s?(?:(?P<year_to>20\d\d)\.)?(?P<last>\d{1,2})(?![\d.])"
)


class Period(Struct, frozen=True):
    """The report's year with the first and last day covered (closed). Over several years the last one is the year."""

    year: int
    start: date
    end: date


def whole_year(year: int, first: int | None = None) -> Period:
    """Return the calendar year, or the years from `first` to `year`."""
    return Period(year, date(first or year, 1, 1), date(year, 12, 31))


def period_of_title(folded: str, *, bare: bool = True) -> Period | None:
    """Return the period that a title (or heading, or file name) states, or None where it has no year.

    A year of which the title announces a plan («2020年工作总结和2021年工作计划») gives way to a year that is reported.
    «2019—2020年度» runs from 2019 and belongs to 2020, its last year.

    >>> period_of_title("金湖县图书馆2020年上半年工作总结").end
    datetime.date(2020, 6, 30)
    """
    if pointed := _pointed(folded):
        return pointed
    years = find_years(folded, bare=bare)
    ends = [mention.start for mention in years[1:]] + [len(folded)]
    told = [(mention, folded[mention.end : end]) for mention, end in zip(years, ends, strict=False)]
    reported = [pair for pair in told if _REPORT.search(pair[1]) or not _PLAN.search(pair[1])]
    chosen = (reported or told)[:1]
    return _period(chosen[0][0], folded[chosen[0][0].end :]) if chosen else None


def _period(mention: YearMention, after: str) -> Period:
    months = _months(after)
    if months is None or mention.year != mention.year_to:
        return whole_year(mention.year_to, mention.year)
    first, year_to, last = months
    year_to = year_to or mention.year
    return Period(year_to, date(mention.year, first, 1), date(year_to, last, monthrange(year_to, last)[1]))


def _pointed(folded: str) -> Period | None:
    found = _POINTED.search(folded)
    months = _checked(found["first"], found["last"], found["year_to"]) if found else None
    if found is None or months is None:
        return None
    first, year_to, last = months
    year = int(found["year"])
    return Period(
        year_to or year, date(year, first, 1), date(year_to or year, last, monthrange(year_to or year, last)[1])
    )


def _months(after: str) -> tuple[int, int | None, int] | None:
    for pattern, (first, last) in _PARTS:
        if pattern.match(after):
            return first, None, last
    match = _MONTHS.match(after)
    if match:
        return _checked(match["first"], match["last"], match["year_to"])
    match = _ONE_MONTH.match(after)
    return _checked(match["first"], match["first"], None) if match else None


def _checked(first: str, last: str, year_to: str | None) -> tuple[int, int | None, int] | None:
    begin, end = small_number(first), small_number(last)
    if begin is None or end is None or not (1 <= begin <= 12 and 1 <= end <= 12) or (not year_to and end < begin):
        return None
    return begin, int(year_to) if year_to else None, end
