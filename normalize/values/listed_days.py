"""Days listed side by side: «3月5日、8日、12日» are three days, «6月18、19、20日» one span of days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from msgspec.structs import replace

from normalize.values.calendar import Period, read_period
from normalize.values.years import small_number
from schemas.mentions import Extraction, Happening

_LISTS = re.compile(r"[ ]?[、和及与][ ]?")
_LISTED_IN_ONE = re.compile(r"(?:[^、和]*月)?(?P<days>[^月]+[、和][^月]+)")
_NUMBER = re.compile(r"\d{1,2}|[一二三四五六七八九十廿]{1,3}")


def each_listed(happening: Happening, found: Extraction, period: Period) -> tuple[Period, ...]:
    """Return the periods of a happening told of several days: one each, or the one that it has.

    Days that follow one another are one period, unless the telling shares something out over them («分别»).
    """
    days = sorted({period.start, *_days_in_first(happening, found, period), *_days_after(happening, found, period)})
    apart = any(after - before > timedelta(days=1) for before, after in pairwise(days))
    if apart or (len(days) > 1 and "分别" in found.folded[happening.start : happening.end]):
        return tuple(Period(day, day, period.doubts if not number else ()) for number, day in enumerate(days))
    return (replace(period, end=max(period.end, days[-1])),)


def _days_in_first(happening: Happening, found: Extraction, period: Period) -> Iterator[date]:
    """Yield the days that the first date of a happening lists («5日、8日、12日»)."""
    first = happening.dates[0]
    listed = _LISTED_IN_ONE.fullmatch(found.folded, first.start, first.end) if first.day_to else None
    numbers = map(small_number, _NUMBER.findall(listed["days"])) if listed else ()
    for number in numbers:
        if number is not None and period.start.day <= number <= period.end.day:
            yield period.start.replace(day=number)


def _days_after(happening: Happening, found: Extraction, period: Period) -> Iterator[date]:
    """Yield the days of the dates that a list joins to the first («2月16日、3月2日»)."""
    for before, after in pairwise(happening.dates):
        if not before.day or not after.day or not _LISTS.fullmatch(found.folded, before.end, after.start):
            return
        later = read_period(after, period.start.year)
        if later is None or later.start != later.end:
            return
        yield later.start
