"""Events: dated happenings with kind, name, days, place, host, and how many took part."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.events.counts import days, items, participants, volumes
from normalize.events.profile import profile_of
from normalize.facts.context import section_at
from normalize.facts.meaning import is_planned
from normalize.facts.periods import happening_period, lengthened, out_of_year, planned_year
from normalize.facts.plan_cues import cued_year, is_done
from normalize.facts.reading import Reading
from normalize.values.calendar import Period
from normalize.values.listed_days import each_listed
from schemas.document import Document, Doubt
from schemas.mentions import DateMention, Extraction, Happening
from schemas.rows import EventRow


def read_events(
    document: Document, found: Extraction, readings: Sequence[Reading], year: int | None
) -> tuple[tuple[EventRow, ...], tuple[Doubt, ...]]:
    """Return the dated happenings of a document as events, in order, and what was doubtful about their dates."""
    rows: list[EventRow] = []
    doubts: list[Doubt] = []
    told: dict[int, list[Reading]] = {}
    for reading in readings:
        if reading.context.happening is not None:
            told.setdefault(reading.context.happening.start, []).append(reading)
    for happening in found.happenings:
        first = happening.dates[0]
        cued = _cued_year(found, happening, year)
        period = happening_period(happening, found, cued or year)
        if period is None:
            doubts += _no_date(document, first) if year or first.year else []  # a year not known is told elsewhere
            continue
        within = told.get(happening.start, [])
        for each in each_listed(happening, found, period):
            row = _event(document, found, happening, each, within, planned=cued is not None, number=len(rows) + 1)
            rows.append(row)
            within = []  # how many came on all the days is told once
        doubts += period.doubts
        outside = out_of_year(period, first, year, _text(document, first.start, first.end))
        doubts += [outside] if outside and row.status == "actual" else []  # a plan is for another year
    return tuple(rows), tuple(doubts)


def _no_date(document: Document, first: DateMention) -> list[Doubt]:
    message = f"«{_text(document, first.start, first.end)}» is no date of the calendar."
    return [Doubt("invalid_date", message, first.start, first.end)]


def _cued_year(found: Extraction, happening: Happening, year: int | None) -> int | None:
    """Return the year of a happening that a cue at the head of its paragraph makes planned, or None.

    In a section of plans the heading has said it already.
    """
    cued = cued_year(found.folded, happening.start, year)
    if cued is None or is_done(found.folded[happening.start : happening.end]):
        return None
    section = section_at(found.sections, happening.start)
    return cued if planned_year(section, found, year) == year else None


def _text(document: Document, start: int, end: int) -> str:
    return " ".join(document.text[start:end].split())


def _event(
    document: Document,
    found: Extraction,
    happening: Happening,
    period: Period,
    within: Sequence[Reading],
    *,
    planned: bool,
    number: int,
) -> EventRow:
    first = happening.dates[0]
    section = section_at(found.sections, happening.start)
    whole = found.folded[happening.start : happening.end]
    told = found.folded[happening.start : first.start] + found.folded[first.end : happening.end]
    profile = profile_of(told)
    of_holiday = first.doubt == "approximate_date"  # «国庆节，照常开放，七天接待…»
    period = lengthened(period, days(within, always=profile.kind == "exhibition" or of_holiday))
    return EventRow(
        event_id=f"{document.document_id}-e{number:03d}",
        document_id=document.document_id,
        section_id=f"{document.document_id}-s{section.index + 1:03d}" if section else None,
        kind=profile.kind,
        title=profile.title,
        date_text=_text(document, first.start, first.end),
        start_date=period.start,
        end_date=period.end,
        place=profile.place,
        host=profile.host,
        participants=participants(within, profile.kind),
        volumes=volumes(within),
        items=items(within),
        status="planned" if planned or is_planned(found, section, whole) else "actual",
        origin="prose",
        raw=document.text[happening.start : happening.end],
        char_start=happening.start,
        char_end=happening.end,
    )
