"""What the header of a value column says of its numbers: which year, a level or a change, done or planned."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

import regex
from msgspec import Struct

from normalize.facts.periods import year_period
from normalize.values.calendar import Period

_YEAR = regex.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)")
_YEAR_OF_TWO = regex.compile(r"^(?P<year>\d\d)年")
_MONTHS = regex.compile(r"(?P<first>\d{1,2})\s*月?\s*[-—–~～至到]{1,2}\s*(?P<last>\d{1,2})\s*月")
_PARTS = {"上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12)}
_BEFORE_LAST = regex.compile(r"前年")
_LAST = regex.compile(r"[上去]年|同期|上期|往年")
_RATE = regex.compile(  # «增长率», «增幅», «同比增长（%）», «比上年增减%»; alone «同比», «增长»
    r"""(?:增长|增减|增加|增|变化|升降|上升|下降|同比|环比|浮动|提高)(?:率|幅度?|比例|百分比)
      | [增升降]幅
      | (?:增长|增减|增加|变化|同比|环比|升降|[比较]上年|与上年相比)[^数量值额]{0,8}[%％]
      | ^(?:同比增[长减]|[同环]比|增长)$""",
    regex.VERBOSE,
)
_CHANGE = regex.compile(r"增减|增长|增加|新增数|净增|差[额值异]|变化|升降|[比较]上年")
_SHARE = regex.compile(r"占比|比[重例]|百分比|完成率|[%％]")
_PLAN = regex.compile(r"计划|目标|任务|预算|指标值|预期")
_DONE = regex.compile(r"完成|实际")


class ColumnMeaning(Struct, frozen=True):
    """The period that a column covers (None where no year is known), its measure (level, rate, …) and status."""

    period: Period | None
    measure: str
    status: str = "actual"


@lru_cache(maxsize=1024)  # a column says the same in every row
def meaning_of(texts: tuple[str, ...], year: int | None) -> ColumnMeaning:
    """Return what the texts of a column's header say, from top to bottom; `year` is the report's.

    «2022年» and «2022» are that year, «上年» the year before the report's, «2022年1-6月» those months; anything else is
    the report's year. «增长%» is a rate, «增减» an increase, «占比» a share, «计划» planned.

    >>> meaning = meaning_of(("2021年末",), 2022)
    >>> str(meaning.period.start), meaning.measure
    ('2021-01-01', 'level')
    >>> meaning_of(("同比增长（%）",), 2022).measure, meaning_of(("增减数",), 2022).measure
    ('rate', 'increase')
    """
    header = "".join(texts)
    measure = _measure(header)
    status = "planned" if _PLAN.search(header) and not _DONE.search(header) else "actual"
    return ColumnMeaning(_period(header, year, measure), measure, status)


def _measure(header: str) -> str:
    if _RATE.search(header):
        return "rate"
    if _CHANGE.search(header):
        return "increase"
    return "share" if _SHARE.search(header) else "level"


def _period(header: str, year: int | None, measure: str) -> Period | None:
    own = _own_year(header, year)
    if own is None and measure == "level":
        own = year - 2 if year and _BEFORE_LAST.search(header) else year - 1 if year and _LAST.search(header) else year
    return _within(header, own or year)


def _own_year(header: str, year: int | None) -> int | None:
    """Return the year that a header names; of «2022年比2021年增长» the first."""
    found = _YEAR.search(header)
    if found:
        return int(found["year"])
    short = _YEAR_OF_TWO.search(header)
    return year - year % 100 + int(short["year"]) if short and year else None


def _within(header: str, year: int | None) -> Period | None:
    months = _MONTHS.search(header)
    first, last = (int(months["first"]), int(months["last"])) if months else (1, 12)
    first, last = next((part for word, part in _PARTS.items() if word in header), (first, last))
    if year is None or not 1 <= first <= last <= 12:
        return year_period(year)
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
