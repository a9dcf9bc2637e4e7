"""Comparisons: with which days, and with which value, the text compares a number.

«比上年增加3.2万人次», «同比增长12.3%», «较2019年下降5个百分点», «是上年的1.5倍», «（上年为28万人次）»,
«由56小时增至63小时», «比2010年的28.8万人次增长12.5%», «分别增长6%和4.5%».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from normalize.facts.changes import compared_with, is_aside_base, is_base, is_elliptical, reaches
from normalize.facts.reading import Reading, amended, by_sentence

CHANGES = {"rate", "increase", "decrease"}
_Days = tuple[date | None, date | None]
_LISTED = re.compile(r"^[、和与及，\s]+(?:(?:增长|增加|上升|提高|下降|减少|降低)了?)?$")


def with_baselines(readings: Sequence[Reading], year: int | None) -> tuple[Reading, ...]:
    """Return the readings with the days and the value that each is compared with, where the text says either.

    1. Rates that «分别» shares out take the metrics of the levels before them, one each.
    2. A change: the days that its clause, or «与上年相比» at the head of its sentence, names; the value that stands
       between («比2010年的28.8万人次增长12.5%»); what the number before was compared with, where it only goes on.
    3. A level: the value that it came from («由56小时增至63小时»), or that stands beside it («（上年为28万人次）»).
    """
    told: list[Reading] = []
    for sentence in by_sentence(readings):
        shared = _shared_out(sentence) if len(sentence) > 1 else sentence
        for at, reading in enumerate(shared):
            before = told[-1] if at else None
            after = shared[at + 1] if at + 1 < len(shared) else None
            told.append(_compared(reading, before, after, year))
    return tuple(told)


def _compared(reading: Reading, before: Reading | None, after: Reading | None, year: int | None) -> Reading:
    row = reading.row
    based = before is not None and before.row.measure == "level" and is_base(before.context.own)
    if row.measure in CHANGES:
        days: _Days | None = _days_named(reading, year)
        if based and before is not None and days is None and before.context.own[-1] in "的年":
            days = before.row.period_start, before.row.period_end
        if before is not None and days is None and is_elliptical(reading.context.own):
            return _with(reading, (before.row.baseline_start, before.row.baseline_end), before)
        return _with(reading, days or (None, None), None, before if based else None)
    if based and before is not None and reaches(reading.context.own):
        own_days = before.context.own.rstrip().endswith(("的", "年"))
        from_days = (before.row.period_start, before.row.period_end) if own_days else (None, None)
        return _with(reading, from_days, None, before)
    if (
        after is not None
        and is_aside_base(after.context.own)
        and after.context.quantity.family == reading.context.quantity.family
    ):
        return _with(reading, (after.row.period_start, after.row.period_end), None, after)
    return reading


def _with(reading: Reading, days: _Days, carried: Reading | None, base: Reading | None = None) -> Reading:
    value = base.row.value if base else carried.row.baseline_value if carried else None
    return amended(reading, baseline_start=days[0], baseline_end=days[1], baseline_value=value)


def _days_named(reading: Reading, year: int | None) -> _Days | None:
    """Return the days that the words before a change name, or None."""
    found = compared_with(reading.context.clause, reading.context.carried)
    if found is None:
        return None
    row, groups = reading.row, found.groupdict()
    start = row.period_start or (date(year, 1, 1) if year else None)
    end = row.period_end or (date(year, 12, 31) if year else None)
    if start is None or end is None:
        return None
    past = int(groups["year"]) if groups["year"] else start.year - (2 if groups["back"] == "前年" else 1)
    part = (groups["part"] or "")[-1:]
    if part in {"末", "底"}:
        return date(past, 12, 31), date(past, 12, 31)
    if groups.get("same") or part in {"期", "比"} or start == end:
        return _moved(start, past), _moved(end, past + end.year - start.year)
    return date(past, 1, 1), date(past, 12, 31)


def _moved(day: date, year: int) -> date:
    """Return the same day of another year; 29 February as the 28th."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _shared_out(sentence: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return a sentence's readings, the rates after «分别» with the metrics of as many levels before them."""
    told = list(sentence)
    for at, reading in enumerate(sentence):
        if reading.row.measure != "rate" or "分别" not in reading.context.own:
            continue
        end = at + 1
        while end < len(sentence) and sentence[end].row.unit == "%" and _LISTED.match(sentence[end].context.own):
            end += 1
        levels = [r for r in sentence[:at] if r.row.measure == "level" and not is_base(r.context.own)][at - end :]
        if len(levels) == end - at and all(level.row.metric for level in levels):
            for offset, level in enumerate(levels):
                rate = told[at + offset]
                told[at + offset] = amended(rate, metric=level.row.metric)
    return tuple(told)
