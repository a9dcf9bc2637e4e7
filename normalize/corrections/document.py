"""Decisions on a whole report: its library, its place, its year, and the days that were read by that year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any, TypeVar

from msgspec.structs import replace

from normalize.corrections.values import decided, otherwise
from normalize.identity.libraries import library_id
from normalize.identity.places import PlaceReading, find_place, reading
from schemas.corrections import Decided
from schemas.lineage import current_code
from schemas.rows import DocumentRow, EventRow, FactRow, LectureRow, OutreachRow, ReadingPromotionRow, ReportRows

D = TypeVar("D", LectureRow, OutreachRow, ReadingPromotionRow, EventRow)

_DATED = ("lectures", "outreach", "reading_promotions", "events")
_OF_PLACE = {"library", "region_code", "report_year"}


def with_document(report: ReportRows, decisions: Decided) -> ReportRows | str:
    """Return a report with the decisions on its row of `documents`, or in a sentence why they cannot be.

    1. The library and its place are read again where one of them or the year is decided.
    2. Another year takes along the period covered and every day that the text gives without a year.
    """
    row = decided("documents", report.document, replace(decisions, verdict=None))
    if isinstance(row, str):
        return row
    fields = {one.field for one in decisions.changes}
    old, new = report.document.report_year, row.report_year
    if "report_year" in fields and new is not None and new != old:
        row = _with_period(row, fields, new)
        report = _moved(report, old, new)
    if fields & _OF_PLACE:
        row = _with_place(row, report.text, fields)
    return otherwise("documents", row, decisions) or replace(report, document=row)


def _with_period(row: DocumentRow, fields: set[str], year: int) -> DocumentRow:
    whole = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31)}
    own: dict[str, Any] = {name: day for name, day in whole.items() if name not in fields}
    return replace(row, **own)


def _with_place(row: DocumentRow, text: str, fields: set[str]) -> DocumentRow:
    if "region_code" in fields:
        place = reading(row.region_code, row.report_year) if row.region_code else PlaceReading()
    else:
        place = find_place(row.library, text, row.report_year)
    return replace(
        row,
        library_id=library_id(row.library, place, row.report_year),
        region_code=place.region_code,
        current_region_code=current_code(place.region_code, row.report_year) if place.region_code else None,
        province=place.province,
        city=place.city,
        county=place.county,
    )


def _moved(report: ReportRows, old: int | None, new: int) -> ReportRows:
    dated: dict[str, Any] = {name: tuple(_row_in(row, old, new) for row in getattr(report, name)) for name in _DATED}
    return replace(report, facts=tuple(_fact_in(fact, old, new) for fact in report.facts), **dated)


def _row_in(row: D, old: int | None, new: int) -> D:
    """Return a dated row in the new year where its date as written names none."""
    if old is None or row.start_date is None or row.end_date is None or str(old) in (row.date_text or ""):
        return row
    if row.start_date.year != old or row.end_date.year != old:
        return row
    return replace(row, start_date=_in_year(row.start_date, new), end_date=_in_year(row.end_date, new))


def _fact_in(fact: FactRow, old: int | None, new: int) -> FactRow:
    """Return a fact in the new year where its sentence names no year and its days are those of the report's year."""
    if old is None:
        own = fact.period_start is None and fact.period_end is None
        return replace(fact, period_start=date(new, 1, 1), period_end=date(new, 12, 31)) if own else fact
    start, end = fact.period_start, fact.period_end
    if start is None or end is None or {start.year, end.year} != {old} or str(old) in fact.sentence:
        return fact
    return replace(fact, period_start=_in_year(start, new), period_end=_in_year(end, new))


def _in_year(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
