"""Chronicles led by years and months: days that take these from the line above («3月», then «5日，…») or its head.

year line    = year on a line of its own               the dates that lead the paragraphs below are in that year
month line   = year? month on a line of its own        the days of the paragraphs below are in that month
month head   = month «：» at the head of a paragraph    the days after «：», «；» and «。» in it are in that month
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from schemas.document import Block, Document
from schemas.mentions import DateMention, Section

_DAY_NUMBER = r"(?:[12]\d|3[01]|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DAYS = rf"""(?P<day>{_DAY_NUMBER})[ ]*[日号]?
    (?:
      (?<=[日号])(?:[ ]?、[ ]?{_DAY_NUMBER}[ ]*[日号]){{0,4}}[ ]?[、和][ ]?(?P<last>{_DAY_NUMBER})[ ]*[日号]  # 5日、8日
    | [ ]?(?:[-—–~～―]{{1,4}}|至|到)[ ]?
      (?:(?P<month_to>1[0-2]|0?[1-9])[ ]?月[ ]?)?(?P<day_to>{_DAY_NUMBER})[ ]*[日号]
    )?
    (?<=[日号])"""
_THIRD = r"(?P<third>[上中下]旬|中下旬|上中旬|月[初中底末内]|[同当本是]月)"
_ENTRY = re.compile(rf"\s*(?:[（(]?\d{{1,2}}[）)、.][ ]?)?(?P<date>{_DAYS}|{_THIRD})", re.VERBOSE)
_PART = re.compile(r"[：:；;。][ ]?")
_AROUND = " 　【】[]（）()◆●■·一二三四五六七八九十、.：:-—*"


def dates_under_months(
    document: Document, folded: str, dates: Sequence[DateMention], sections: Sequence[Section]
) -> tuple[DateMention, ...]:
    """Return the dates of a text together with the days that stand under a month, in order.

    A month line speaks for the paragraphs below it, up to the next month, the next heading or a paragraph that begins
    with a date of its own.
    """
    starts = [date.start for date in dates]
    headings = sorted(section.start for section in sections)
    dates = _with_years(document, folded, dates, starts, headings)
    found: list[DateMention] = []
    month: DateMention | None = None
    for block in document.blocks:
        if block.place is not None:
            continue
        first = _first(dates, starts, block)
        if first is not None and _is_month(first) and _is_alone(folded, block, first):
            month = first
        elif first is not None and _is_month(first) and folded[first.end : first.end + 1] in {"：", ":"}:
            found += _entries(folded, block, first, first.end)
        elif month is None:
            continue
        elif _begins_in(headings, block) and not _ENTRY.match(folded[block.start : block.end].strip()):
            month = None
        else:
            found += _leading(folded, block, month)
    if not found:
        return tuple(dates)
    covered = {place for date in found for place in range(date.start, date.end)}
    kept = [date for date in dates if date.start not in covered]
    taken = {date.start for date in kept}
    return tuple(sorted([*kept, *(date for date in found if date.start not in taken)], key=lambda date: date.start))


def _with_years(
    document: Document, folded: str, dates: Sequence[DateMention], starts: Sequence[int], headings: Sequence[int]
) -> Sequence[DateMention]:
    """Return the dates, those that lead a paragraph under a year's line in that year, up to the next heading."""
    led: dict[int, DateMention] = {}
    year: DateMention | None = None
    for block in document.blocks:
        first = _first(dates, starts, block) if block.place is None else None
        if first is not None and first.rule == "date_year" and not first.relative and _is_alone(folded, block, first):
            year = None if first.year_to or first.part else first
        elif year is None:
            continue
        elif _begins_in(headings, block) and not (first and first.month):
            year = None
        elif first is not None and _begins(folded, block, first):
            led[first.start] = replace(first, year=year.year)
    return [led.get(date.start, date) for date in dates] if led else dates


def _begins(folded: str, block: Block, date: DateMention) -> bool:
    """Whether a date without a year stands first in its paragraph, or right after its number."""
    before = folded[block.start : date.start].strip(_AROUND + "0123456789")
    return bool(date.month) and not (date.year or date.relative or before)


def _first(dates: Sequence[DateMention], starts: Sequence[int], block: Block) -> DateMention | None:
    at = bisect_left(starts, block.start)
    return dates[at] if at < len(dates) and dates[at].start < block.end else None


def _begins_in(headings: Sequence[int], block: Block) -> bool:
    at = bisect_left(headings, block.start)
    return at < len(headings) and headings[at] < block.end


def _is_month(date: DateMention) -> bool:
    return bool(date.month) and not (date.day or date.month_to or date.part or date.until)


def _is_alone(folded: str, block: Block, date: DateMention) -> bool:
    return not folded[block.start : date.start].strip(_AROUND) and not folded[date.end : block.end].strip(_AROUND)


def _leading(folded: str, block: Block, month: DateMention) -> Iterator[DateMention]:
    entry = _ENTRY.match(folded, block.start, block.end)
    if entry is not None:
        yield _mention(entry, month)


def _entries(folded: str, block: Block, month: DateMention, start: int) -> Iterator[DateMention]:
    """Yield the dates of a paragraph that its month heads: a day after each stop, or the month again where none is."""
    for number, part in enumerate(_PART.finditer(folded, start, block.end)):
        entry = _ENTRY.match(folded, part.end(), block.end)
        if entry is not None:
            yield _mention(entry, month)
        elif number and folded[part.end() : block.end].strip():
            yield replace(month, start=part.end(), end=part.end(), rule="date_month_again")


def _mention(entry: re.Match[str], month: DateMention) -> DateMention:
    start, end = entry.span("date")
    part = (entry["third"] or "").removeprefix("月")
    return DateMention(
        start=start,
        end=end,
        year=month.year,
        month=month.month,
        day=entry["day"] or "",
        month_to=entry["month_to"] or "",
        day_to=entry["day_to"] or entry["last"] or "",
        relative=month.relative,
        part="" if part in {"内", "同月", "当月", "本月", "是月"} else part,
        rule="date_under_month",
    )
