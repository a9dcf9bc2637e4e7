"""Dates as written to periods of days, by the report's year and never by the clock.

How a mention is read:

    1. The year: the one written; else the one a relative word points at (去年, 同年); else the report's.
    2. The first day and the last day of what the first date names: a day, a third of a month, a month, a season of
       the books (上半年, 三季度), a year. The second date fills what it leaves out from the first.
    3. An end before its start is in the next year where its month is written (12月28日至1月3日), else doubtful.
    4. A day past the end of its month is the month's last day, with a doubt.
    5. A named day (端午节当天, 正月十五) is that of the year; what is near one (春节期间, 暑假期间) is approximate,
       with a doubt. «次日» is the day after the one that the mention names.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterable
from datetime import MAXYEAR, date, timedelta

from msgspec import Struct

from normalize.values.date_numbers import NoDateError, day_or_month, year_of
from normalize.values.holidays import holiday_days, lunar_day
from schemas.document import Doubt
from schemas.holidays import LUNAR
from schemas.mentions import DateMention

# years from the report's year; «followed» words point from the year last named, where there is one
_FROM_REPORT = {"今": 0, "本": 0, "当": 0, "去": -1, "上": -1, "前": -2, "明": 1, "来": 1, "下": 1}
_FROM_CARRIED = {"同": 0, "该": 0, "次": 1, "翌": 1}

# days of a month, both inclusive; 0 = the last day
_OF_MONTH = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 0),
    "上中旬": (1, 20),
    "中下旬": (11, 0),
    "初": (1, 10),
    "中": (11, 20),
    "底": (0, 0),
    "末": (0, 0),
    "上半月": (1, 15),
    "下半月": (16, 0),
}
# months of a year, both inclusive
_OF_YEAR = {"上半年": (1, 6), "下半年": (7, 12), "初": (1, 1), "中": (6, 6), "前三季度": (1, 9)}
_QUARTER = re.compile(r"第?(?:(?P<first>[一二三四1-4])\D{1,3})?(?P<last>[一二三四1-4])季度?")  # 三季度, 一至三季度
_ENDS = frozenset({"底", "末"})
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Period(Struct, frozen=True):
    """A span of days, first and last both inside, and what was doubtful about reading it."""

    start: date
    end: date
    doubts: tuple[Doubt, ...] = ()


class _Point(Struct, frozen=True):
    """A date with its parts as numbers; None where it leaves one out; `part` as 上旬 or 三季度, or ""."""

    year: int
    month: int | None
    day: int | None
    part: str = ""


def read_period(mention: DateMention, year: int | None, carried_year: int | None = None) -> Period | None:
    """Return the days that a date or a range of dates covers, or None where no calendar has it or no year is known.

    `year` is the report's, for dates that state none; `carried_year` the one last named, for 同年 and 次年.
    Of a mention with `until` (截至…, …前) only the last day counts: it is both start and end. For `open_start` (…起)
    the period is the days named; how long it goes on the text does not say.
    Doubts: invalid_date (a day past the end of its month, an end before its start) and those of the mention.

    >>> period = read_period(DateMention(0, 9, "", "12", "28", month_to="1", day_to="3"), 2016)
    >>> str(period.start), str(period.end)
    ('2016-12-28', '2017-01-03')
    >>> read_period(DateMention(0, 6, "", "11", "31"), 2014).doubts[0].message
    'no calendar has 11月31日; read as 2014-11-30'
    """
    try:
        if mention.part == LUNAR:
            return _lunar(mention, _own_year(mention, year, carried_year))
        if mention.rule == "date_holiday" and mention.part:
            return _holiday(mention, _own_year(mention, year, carried_year))
        period = _period(mention, _first(mention, year, carried_year), year)
        return _next_day(period) if mention.part == "次日" else period
    except (NoDateError, OverflowError):
        return None


def _holiday(mention: DateMention, year: int) -> Period | None:
    days = holiday_days(mention.part, year)
    if days is None:
        return None
    start, end, approximate = days
    message = f"«{mention.part}» names no days; read as {start} to {end}"
    doubts = (Doubt("approximate_date", message, mention.start, mention.end),) if approximate else ()
    return Period(start, end, doubts or tuple(_doubts(mention, (), start, end)))


def _lunar(mention: DateMention, year: int) -> Period | None:
    """Return the days of a lunar date or range, its first day in the year given."""
    month, day = _lunar_number(mention.month), _lunar_number(mention.day)
    month_to, day_to = _lunar_number(mention.month_to) or month, _lunar_number(mention.day_to)
    first = lunar_day(year, month, day) if month else None
    last = lunar_day(year, month_to, day_to) if month_to and day_to else first
    if first is None or last is None:
        return None
    start, end = first[0], max(first[1], last[1])
    return Period(start, end, tuple(_doubts(mention, (), start, end)))


def _lunar_number(text: str) -> int | None:
    return _LUNAR_MONTHS.get(text) or day_or_month(text.removeprefix("初"))


def _next_day(period: Period) -> Period:
    day = period.end + timedelta(days=1)
    return Period(day, day, period.doubts)


def _period(mention: DateMention, first: _Point, year: int | None) -> Period:
    second = _second(mention, first, year)
    if second is not None and not mention.year and mention.year_to:
        first = _year_before(first, second)
    start, first_end = _days(first)
    end = first_end
    problems = _past_month(first, first_end)
    if second is not None:
        second = _after(first, second, has_year=bool(mention.year_to), has_month=bool(mention.month_to))
        end = _days(second)[1]
        problems += _past_month(second, end)
    if end < start:
        end = first_end
        problems += (f"the end of the range is before its start; read as {start} to {end}",)
    if mention.until:
        start = end
    doubtful = problems or mention.doubt
    return Period(start, end, tuple(_doubts(mention, problems, start, end)) if doubtful else ())


def _first(mention: DateMention, year: int | None, carried_year: int | None) -> _Point:
    own = _own_year(mention, year, carried_year)
    return _Point(own, day_or_month(mention.month), day_or_month(mention.day), _part(mention.part))


def _own_year(mention: DateMention, year: int | None, carried_year: int | None) -> int:
    own = year_of(mention.year, year) if mention.year else _related(mention.relative, year, carried_year)
    if own is None:
        own = year_of(mention.year_to, year) if mention.year_to else None
    if own is None:
        raise NoDateError
    return own


def _second(mention: DateMention, first: _Point, year: int | None) -> _Point | None:
    """Return the second date of a range, what it leaves out filled in from the first; None where there is none."""
    if not _is_range(mention):
        return None
    own = year_of(mention.year_to, year) if mention.year_to else first.year
    month = day_or_month(mention.month_to)
    if month is None and mention.day_to:
        month = first.month
    return _Point(own, month, day_or_month(mention.day_to), _part(mention.part_to))


def _is_range(mention: DateMention) -> bool:
    return bool(mention.year_to or mention.month_to or mention.day_to)


def _year_before(first: _Point, second: _Point) -> _Point:
    """Give a first date without a year the last year in which it is not after the second: 6月至2021年3月."""
    same = _in_year(first, second.year)
    if first.year < second.year and _days(first)[0] <= _days(second)[1]:
        return first
    return same if _days(same)[0] <= _days(second)[1] else _in_year(first, second.year - 1)


def _after(first: _Point, second: _Point, *, has_year: bool, has_month: bool) -> _Point:
    """Move an end without a year into the next year where it would be before its start: 12月28日至1月3日."""
    if has_year or not has_month or _days(second)[1] >= _days(first)[0]:
        return second
    is_other_month = second.month != first.month
    return _in_year(second, first.year + 1) if is_other_month else second


def _in_year(point: _Point, year: int) -> _Point:
    return _Point(year, point.month, point.day, point.part)


def _related(relative: str, year: int | None, carried_year: int | None) -> int | None:
    if not relative:
        return year
    word = relative.strip()[:1]
    if word in _FROM_CARRIED:
        base = year if carried_year is None else carried_year
        return None if base is None else base + _FROM_CARRIED[word]
    return None if year is None else year + _FROM_REPORT.get(word, 0)


def _part(text: str) -> str:
    """Return a part of a month or year in its short form: 月底, 年底 → 底; 第3季度 → 3季度.

    >>> _part("月底"), _part("年末"), _part("中旬"), _part(" 上半年")
    ('底', '末', '中旬', '上半年')
    """
    if not text:
        return ""
    word = text.strip()
    return word[1:] if len(word) == 2 and word[0] in "月年岁" else word


def _days(point: _Point) -> tuple[date, date]:
    """Return the first and the last day of what a date names; raise where no calendar has it."""
    if point.month is None:
        if point.day is not None:
            raise NoDateError
        return _days_of_year(point)
    last = _last_day(point.year, point.month)
    if point.day is not None:
        if not 1 <= point.day <= 31:
            raise NoDateError
        low = high = min(point.day, last)
    else:
        low, high = _OF_MONTH.get(point.part, (1, 0))
    return date(point.year, point.month, low or last), date(point.year, point.month, high or last)


def _days_of_year(point: _Point) -> tuple[date, date]:
    if point.part in _ENDS:
        low = high = 12
    else:
        low, high = _quarter(point.part) or _OF_YEAR.get(point.part, (1, 12))
    last = _last_day(point.year, high)
    end = date(point.year, high, last)
    return (end if point.part in _ENDS else date(point.year, low, 1)), end


def _quarter(part: str) -> tuple[int, int] | None:
    found = _QUARTER.fullmatch(part)
    if found is None:
        return None
    last = day_or_month(found["last"]) or 1
    first = day_or_month(found["first"] or "") or last
    return 3 * min(first, last) - 2, 3 * last


def _last_day(year: int, month: int) -> int:
    if not (1 <= year <= MAXYEAR and 1 <= month <= 12):
        raise NoDateError
    return 29 if month == 2 and isleap(year) else _MONTH_LENGTHS[month - 1]


def _past_month(point: _Point, read: date) -> tuple[str, ...]:
    if point.day is None or point.day <= read.day:
        return ()
    return (f"no calendar has {point.month}月{point.day}日; read as {read}",)


def _doubts(mention: DateMention, problems: Iterable[str], start: date, end: date) -> Iterable[Doubt]:
    for problem in problems:
        yield Doubt("invalid_date", problem, mention.start, mention.end)
    if mention.doubt:
        message = f"two dates stand side by side without a mark between them; read as {start} to {end}"
        if mention.doubt == "approximate_date":
            message = f"a holiday is named and no days; read as its own day {start}"
        yield Doubt(mention.doubt, message, mention.start, mention.end)
