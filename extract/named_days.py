"""Dates that are named: holidays with a word of time behind them (春节期间, 端午节当天), days of the lunar calendar.

A holiday's own day is given as month and day of its calendar, so that it can date a happening; what is only near it
(期间, 前后) is given as the phrase, in `part`, and dates no happening. A lunar date has «农历» for its part.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from msgspec.structs import replace

from schemas.holidays import EXACT, HOLIDAY_CUE, LUNAR, Holiday, holiday_alone, holiday_of, holiday_phrase
from schemas.mentions import DateMention

_LUNAR_DAY = r"(?:初[一二三四五六七八九十]|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十|[12]?\d(?=日))"
_LUNAR = re.compile(  # 正月十五, 农历三月初三, 大年初一至初七, 腊月廿三
    rf"""
    (?:农历|阴历|夏历|旧历|大年|正月|腊月|冬月)
    (?:(?<=[大]年)(?=初)|(?:(?<=月)|[ ]?(?P<month>[正冬腊]|十[一二]?|[一二三四五六七八九])月)[ ]?)
    (?P<day>{_LUNAR_DAY})日?
    (?:(?:至|到|[-—~～]{{1,2}})(?:(?P<month_to>[正冬腊]|十[一二]?|[一二三四五六七八九])月)?(?P<day_to>{_LUNAR_DAY})日?)?
    """,
    re.VERBOSE,
)
_LONGEST, _LONGEST_CUE = 24, 6  # characters of the names before a word of time, and of that word
_RECURS = re.compile(
    r"(?:每年|每逢|每到|历年|往年|各|(?<![\d一二三四五六七八九十])、|[和及与])[的在于“\"]{0,2}$"
)  # «每逢春节期间», «…、元宵、中秋期间»
_LEADS = re.compile(  # what stands before a name alone; 年 is its year's
    r"""(?:^|[，。；：！？,;:!?\s（(年①-⑳]|年的|[，。；：,;:\s馆][在于])$
      | (?:^|\n)[ ]{0,4}[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.]{1,2}$""",
    re.VERBOSE,
)
_QUOTES = "“\"‘'"
_EXACT = re.compile(EXACT)


def with_named_days(folded: str, dates: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """Return the dates of a folded text together with its named days, in order; a year right before one is its year.

    >>> year = DateMention(0, 5, "2014", "", "", rule="date_year")
    >>> [(d.year, d.part) for d in with_named_days("2014年春节期间", (year,))]
    [('2014', '春节期间')]
    >>> [(d.month, d.day, d.part) for d in with_named_days("端午节当天,元旦当天,端午节活动", ())]
    [('5', '5', '农历'), ('1', '1', '')]
    """
    named = [*_holidays(folded), *_lunar_days(folded)]
    told_of = {place for date in named for place in range(date.start, date.end)}
    named += [date for date in _alone(folded) if date.start not in told_of]
    if not named:
        return tuple(dates)
    years = {date.end: date for date in dates if date.rule == "date_year" and not date.year_to and not date.part}
    told = {date.end for date in dates} - years.keys()
    named = [_with_year(date, years) for date in named if not _only_glosses(folded, date, told)]
    taken = {place for date in named for place in range(date.start, date.end)}
    kept = [date for date in dates if date.start not in taken]
    return tuple(sorted([*kept, *named], key=lambda date: date.start))


def _only_glosses(folded: str, date: DateMention, told: Container[int]) -> bool:
    """Whether the day is told right before: «5月1日劳动节期间», «4月19日（农历三月初三）»."""
    return date.start in told or (date.start - 1 in told and folded[date.start - 1] in "（(")


def _with_year(date: DateMention, years: dict[int, DateMention]) -> DateMention:
    year = years.get(date.start)
    return date if year is None else replace(date, start=year.start, year=year.year, relative=year.relative)


def _recurs(folded: str, start: int) -> bool:
    return _RECURS.search(folded[max(0, start - 5) : start]) is not None


def _holidays(folded: str) -> Iterator[DateMention]:
    """Yield the holidays with a word of time: looked for around such words, which are few, and not in all the text."""
    phrase, last = holiday_phrase(), 0
    for cue in HOLIDAY_CUE.finditer(folded):
        for found in phrase.finditer(folded, max(last, cue.start() - _LONGEST), cue.end() + _LONGEST_CUE):
            start, last = found.span()
            if start and folded[start - 1] in _QUOTES:
                start -= 1
            if found["first"] and not _recurs(folded, start):
                yield _of_holiday(start, last, found)


def _of_holiday(start: int, end: int, found: re.Match[str]) -> DateMention:
    if _EXACT.fullmatch(found["cue"]) and not found["second"]:
        return _of_day(start, end, holiday_of(found["first"]))
    return DateMention(start, end, "", "", "", part=found[0], rule="date_holiday")


def _of_day(start: int, end: int, holiday: Holiday, doubt: str = "") -> DateMention:
    """Return a holiday's own day: month and day of its calendar; that of a solar term as a phrase, in `part`."""
    month, day = map(str, holiday.solar or holiday.lunar or ("", ""))
    part = LUNAR if holiday.lunar else f"{holiday.aliases[0]}当天" if holiday.term else ""
    return DateMention(start, end, "", month, day, part=part, doubt=doubt, rule="date_holiday")


def _alone(folded: str) -> Iterator[DateMention]:
    """Yield the named days that lead a clause and are followed by who did what («元旦举办书市», «春节，我馆…»).

    Of a holiday of several days the text leaves open whether its first is meant: a doubt.
    """
    for found in holiday_alone().finditer(folded):
        start, end = found.span()
        start -= start > 0 and folded[start - 1] in _QUOTES
        holiday = holiday_of(found["first"])
        if holiday.vacation or _recurs(folded, start) or not _LEADS.search(folded, max(0, start - 8), start):
            continue
        yield _of_day(start, end, holiday, "approximate_date" if holiday.holiday else "")


def _lunar_days(folded: str) -> Iterator[DateMention]:
    for found in _LUNAR.finditer(folded):
        start, end = found.span()
        if _recurs(folded, start):
            continue
        head = found[0][0]
        month = found["month"] or ("正" if head == "大" else head)
        yield DateMention(
            start,
            end,
            "",
            month,
            found["day"],
            month_to=found["month_to"] or "",
            day_to=found["day_to"] or "",
            part=LUNAR,
            rule="date_lunar",
        )
