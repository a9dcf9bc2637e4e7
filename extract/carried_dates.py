"""Dates that take their month or day from the one before them: 同月8日, 本月5日, 当天, 次日."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.date_forms import DASH, DAY
from schemas.holidays import LUNAR
from schemas.mentions import DateMention

_CARRIED = re.compile(
    rf"""
    (?:[同本当该是]月)
      (?: 的?[ ]?(?P<day>{DAY})[ ]?[日号](?:{DASH}(?P<day_to>{DAY})[日号])?    # 同月8日, 本月5日至9日
        | (?P<part>[上中下]旬|[初底末])(?!级)                                  # 当月中旬
        | (?<=[同是]月)(?=[，,]))                                              # 同月，…
  | (?:当天|当日|同日|次日|翌日)
    """,
    re.VERBOSE,
)
_WORD = re.compile("[同本当该是]月|当天|当日|同日|次日|翌日")  # how all of them begin; literals are found fastest
_LEADS = re.compile(r"(?:^|[，。；,;\n（(])[ 　]*(?:在|于|到)?$")  # «，次日», but not «活动当天»
_FARTHEST = 300  # characters from the date that says the month; farther off something else may be meant


def with_carried_dates(folded: str, dates: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """Return the dates of a folded text together with those that need the date before them, in order.

    Without a date in the 300 characters before it such a word is no date.

    >>> may = DateMention(0, 4, "2014", "5", "3", rule="date_day")
    >>> [(d.year, d.month, d.day) for d in with_carried_dates("5月3日开馆。同月8日办班", (may,))]
    [('2014', '5', '3'), ('2014', '5', '8')]
    """
    words = _WORD.finditer(folded)
    carried = [match for word in words if (match := _CARRIED.match(folded, word.start())) is not None]
    if not carried or not dates:
        return tuple(dates)
    found: list[DateMention] = []
    last: DateMention | None = None
    items: list[DateMention | re.Match[str]] = [*dates, *carried]
    for item in sorted(items, key=_start):
        date = item if isinstance(item, DateMention) else _resolved(folded, item, last)
        if date is not None and (not found or found[-1].end <= date.start):
            found.append(date)
            last = date if date.month else last
    return tuple(found)


def _start(item: DateMention | re.Match[str]) -> int:
    return item.start if isinstance(item, DateMention) else item.start()


def _resolved(folded: str, found: re.Match[str], last: DateMention | None) -> DateMention | None:
    if last is None or found.start() - last.end > _FARTHEST or last.part == LUNAR:
        return None
    if (found[0].endswith("日") and found["day"] is None) or found[0] == "当天":
        return _of_day(folded, found, last)
    return DateMention(
        *found.span(),
        year=last.year_to or last.year,
        month=last.month_to or last.month,
        day=found["day"] or "",
        day_to=found["day_to"] or "",
        relative=last.relative,
        part=found["part"] or "",
        rule="date_same_month",
    )


def _of_day(folded: str, found: re.Match[str], last: DateMention) -> DateMention | None:
    """Return the day that the last date ends on, or the next, where the word leads a clause."""
    start, end = found.span()
    day = last.day_to or last.day
    if not day or not _LEADS.search(folded[max(0, start - 3) : start]):
        return None
    following = found[0] in ("次日", "翌日")
    if following and last.part:
        return None
    return DateMention(
        start,
        end,
        year=last.year_to or last.year,
        month=last.month_to or last.month,
        day=day,
        relative=last.relative,
        part="次日" if following else last.part,
        rule="date_next_day" if following else "date_same_day",
    )
