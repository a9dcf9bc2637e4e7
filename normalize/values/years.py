"""Years as they are written: «2014年», «２０１４», «二〇一四年», «2019—2020年度», and days with their year."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

EARLIEST, LATEST = 1949, 2099
_DIGITS = str.maketrans("〇○OoОо零一二三四五六七八九", "0000000123456789")
_TENS = {"": 0, "十": 10, "廿": 20, "卅": 30}

_NAUGHT = "〇○OoОо零"  # the sign and the letters typed for it, Latin and Cyrillic
_FOUR = rf"(?:19|20)\d{{2}}|[一二][九{_NAUGHT}][一二三四五六七八九{_NAUGHT}]{{2}}"

# 2014年 | 二〇一四年 | 2019-2020年度 | 2019年—2020年 | 2014 年度
YEARS = re.compile(
    rf"""
    (?<![\d〇○一二三四五六七八九.])
    (?P<year>{_FOUR})
    (?:\s?年?(?:度)?\s?[-—–－~～至到]{{1,3}}\s?(?P<year_to>{_FOUR}))?   # a span of years
    \s?学?年
    """,
    re.VERBOSE,
)
# a year that stands alone in a file name or a title: 2014图书馆年报, 年报_2014, but not a date or a long number
BARE_YEAR = re.compile(r"(?<![\d.a-fA-F])(?P<year>(?:19|20)\d{2})(?P<year_to>(?!))?(?![\d.a-fA-F])")

# 2014年12 月 26日 | 2021-03-16 | 2021.3.16 | 二〇二一年三月十六日
FULL_DATE = re.compile(
    rf"""
    (?<!\d)(?P<year>{_FOUR})\s?(?:年|[-./])\s?
    (?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s?(?:月|[-./])\s?
    (?P<day>\d{{1,2}}|[一二三四五六七八九十廿卅]{{1,3}})\s?[日号]?
    """,
    re.VERBOSE,
)
_FOUR_DIGITS = re.compile(r"\d{4}")
_SMALL_HAN = re.compile(r"([一二三]?)(十|廿|卅)([一二三四五六七八九]?)|([一二三四五六七八九])")


class YearMention(Struct, frozen=True):
    """A year, or a closed span of years, with the half-open span of code points that states it."""

    start: int
    end: int
    year: int
    year_to: int


def year_number(written: str) -> int | None:
    """Return a year of four digits, Arabic or Chinese, or None where it is none that a report could have.

    >>> year_number("二〇一四"), year_number("2014"), year_number("1030")
    (2014, 2014, None)
    """
    digits = written.translate(_DIGITS)
    year = int(digits) if _FOUR_DIGITS.fullmatch(digits) else 0
    return year if EARLIEST <= year <= LATEST else None


def small_number(written: str) -> int | None:
    """Return a number from 1 to 39 as months and days are written, or None.

    >>> small_number("12"), small_number("十"), small_number("二十六"), small_number("廿一"), small_number("三")
    (12, 10, 26, 21, 3)
    """
    if written.isdecimal():
        return int(written)
    found = _SMALL_HAN.fullmatch(written)
    if found is None:
        return None
    times, ten, unit, alone = (part or "" for part in found.groups())
    tens = _TENS[ten] * (int(times.translate(_DIGITS)) if times else 1)
    return tens + int((unit or alone or "〇").translate(_DIGITS))


def find_years(folded: str, *, bare: bool = False) -> list[YearMention]:
    """Return the years of a folded text in order; `bare` also takes four digits without 年.

    >>> [(found.year, found.year_to) for found in find_years("2019—2020年度，二〇一八年")]
    [(2019, 2020), (2018, 2018)]
    """
    found = list(YEARS.finditer(folded))
    if bare:
        taken = [match.span() for match in found]
        free = BARE_YEAR.finditer(folded)
        found += [match for match in free if not any(a <= match.start() < b for a, b in taken)]
    mentions = (_mention(match) for match in sorted(found, key=lambda match: match.start()))
    return [mention for mention in mentions if mention]


def _mention(match: re.Match[str]) -> YearMention | None:
    year = year_number(match["year"])
    year_to = year_number(match["year_to"]) if match["year_to"] else year
    if year is None or year_to is None or not 0 <= year_to - year < 10:
        return None
    return YearMention(match.start(), match.end(), year, year_to)


def full_date(match: re.Match[str]) -> date | None:
    """Return the day that a match of FULL_DATE states, or None where no calendar has it."""
    parts = year_number(match["year"]), small_number(match["month"]), small_number(match["day"])
    try:
        return date(*parts) if None not in parts else None  # type: ignore[arg-type]
    except ValueError:
        return None
