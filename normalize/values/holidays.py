"""Named days and holidays as days of a year: 春节期间, 暑假期间, 农历五月初五.

The lunar calendar and the solar terms are those of borax (1900 to 2100), which is loaded when the first of them is met.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from schemas.holidays import EXACT, Holiday, holiday_of, holiday_phrase

_BEFORE, _AROUND = 7, 3  # «前夕», «之际»: the week before the day; «前后»: three days more on either side
_NO_HOLIDAY = (-_AROUND, _AROUND)  # «世界读书日期间»: of a day without a holiday
_SUMMER = (7, 10), (8, 31)
_WINTER = -20, 15  # from the day of the Spring Festival
_BEFOREHAND = re.compile(r"前夕|.*之际")


def holiday_days(phrase: str, year: int) -> tuple[date, date, bool] | None:
    """Return the first and last day of a phrase such as «春节期间» in a year, and whether they are only approximate.

    None where the phrase is none, or the lunar calendar is not known for the year.

    >>> [str(day) for day in holiday_days("国庆期间", 2014)]
    ['2014-10-01', '2014-10-07', 'True']
    """
    found = holiday_phrase().fullmatch(phrase)
    if found is None or not found["first"]:
        return None
    first = _days(holiday_of(found["first"]), found["cue"], year)
    second = _days(holiday_of(found["second"]), found["cue"], year) if found["second"] else first
    if first is None or second is None:
        return None
    exact = re.fullmatch(EXACT, found["cue"]) is not None and not found["second"]
    return min(first[0], second[0]), max(first[1], second[1]), not exact


def lunar_day(year: int, month: int, day: int | None) -> tuple[date, date] | None:
    """Return the first and last day of a day or month of the lunar calendar that fall in a year of ours.

    The last month of the lunar year before counts: «腊月» in a report on 2014 begins on 1 January of that year. Where
    the year has no such day, it is that of the lunar year of the same number. Day 30 is the month's last.

    >>> [str(lunar_day(year, 12, 30)[0]) for year in (2014, 2015)], str(lunar_day(2014, 5, 5)[0])
    (['2014-01-30', '2015-02-18'], '2014-06-02')
    """
    both = [_lunar(number, month, day) for number in (year - 1, year)]
    return next((days for days in both if days is not None and days[0].year == year), both[1])


def _lunar(year: int, month: int, day: int | None) -> tuple[date, date] | None:
    from borax.calendars.lunardate import LCalendars, LunarDate  # noqa: PLC0415  few reports need it

    try:
        length: int = LCalendars.ndays(year, month)
        days = (1, length) if day is None else (min(day, length),) * 2
        first, last = (LunarDate(year, month, number).to_solar_date() for number in days)
    except ValueError:
        return None
    return first, last


def _term(name: str, year: int) -> date | None:
    from borax.calendars.lunardate import TermUtils  # noqa: PLC0415  few reports need it

    try:
        found: date = TermUtils.nth_term_day(year, term_name=name)
    except ValueError:
        return None
    return found


def _days(holiday: Holiday, cue: str, year: int) -> tuple[date, date] | None:
    if holiday.vacation:
        return _vacation(holiday.vacation, year)
    day = _day(holiday, year)
    if day is None:
        return None
    if re.fullmatch(EXACT, cue):
        return day, day
    if _BEFOREHAND.fullmatch(cue):
        return day - timedelta(_BEFORE), day - timedelta(1)
    first, last = holiday.holiday or (_NO_HOLIDAY if cue != "前后" else (0, 0))
    more = _AROUND if cue == "前后" else 0
    return day + timedelta(first - more), day + timedelta(last + more)


def _day(holiday: Holiday, year: int) -> date | None:
    if holiday.solar:
        return date(year, *holiday.solar)
    if holiday.lunar:
        days = lunar_day(year, *holiday.lunar)
        return days[0] if days else None
    return _term(holiday.term or "", year)


def _vacation(kind: str, year: int) -> tuple[date, date] | None:
    if kind == "summer":
        return date(year, *_SUMMER[0]), date(year, *_SUMMER[1])
    festival = lunar_day(year, 1, 1)
    return (festival[0] + timedelta(_WINTER[0]), festival[0] + timedelta(_WINTER[1])) if festival else None
