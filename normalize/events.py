"""Events: dated happenings with kind, name, days, place, host, and how many took part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import regex

from normalize.calendar import Period
from normalize.context import section_at
from normalize.event_names import AWARDED, host_of, place_of, title_of
from normalize.meaning import is_planned
from normalize.periods import happening_period, lengthened, out_of_year
from normalize.reading import Reading
from schemas.document import Document, Doubt
from schemas.event_kinds import kind_of_event
from schemas.mentions import Extraction, Happening
from schemas.rows import EventRow

_STAFF = regex.compile(r"工作人员|馆员|职工|员工|干部|同志|老师|评委|专家|志愿者|党员|领导")
_ONLINE = regex.compile(r"观看|收看|在线|线上|点击|浏览|直播")
_KIND_WITHIN = 60  # what is told later in the sentence is seldom what the happening is
_ITEM_FAMILIES = {"document", "furniture", "machine"}


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
        period = happening_period(happening, found, year)
        if period is None:
            first = happening.dates[0]
            if year is None and not first.year:
                continue  # that the year is not known is a finding of its own
            doubts.append(
                Doubt(
                    "invalid_date",
                    f"«{_text(document, first.start, first.end)}» is no date of the calendar.",
                    first.start,
                    first.end,
                )
            )
            continue
        doubts += period.doubts
        first = happening.dates[0]
        outside = out_of_year(period, first, year, _text(document, first.start, first.end))
        doubts += [outside] if outside else []
        within = told.get(happening.start, [])
        rows.append(_event(document, found, happening, period, within, len(rows) + 1))
    return tuple(rows), tuple(doubts)


def _text(document: Document, start: int, end: int) -> str:
    return " ".join(document.text[start:end].split())


def _event(
    document: Document,
    found: Extraction,
    happening: Happening,
    period: Period,
    within: Sequence[Reading],
    number: int,
) -> EventRow:
    first = happening.dates[0]
    section = section_at(found.sections, happening.start)
    told = found.folded[happening.start : first.start] + found.folded[first.end : happening.end]
    lead, _, rest = told.partition("。")
    title = title_of(lead, rest)
    kind = "award" if AWARDED.search(lead) else kind_of_event(title or "", lead[:_KIND_WITHIN])
    if kind == "exhibition":
        period = lengthened(period, _days(within))
    return EventRow(
        event_id=f"{document.document_id}-e{number:03d}",
        document_id=document.document_id,
        section_id=f"{document.document_id}-s{section.index + 1:03d}" if section else None,
        kind=kind,
        title=title,
        date_text=_text(document, first.start, first.end),
        start_date=period.start,
        end_date=period.end,
        place=place_of(told),
        host=host_of(lead),
        participants=_participants(within),
        volumes=_most(within, {"volume", "loan"}),
        items=_most(within, _ITEM_FAMILIES),
        status="planned" if is_planned(found, section, found.folded[happening.start : happening.end]) else "actual",
        origin="prose",
        raw=document.text[happening.start : happening.end],
        char_start=happening.start,
        char_end=happening.end,
    )


def _days(told: Iterable[Reading]) -> int | None:
    """Return how many days the telling says that it lasts, or None."""
    lasting = (r.row.value for r in told if r.row.unit in {"天", "日"} and r.row.aggregation == "total")
    return next((int(value) for value in lasting if value == int(value)), None)


def _participants(told: Sequence[Reading]) -> Decimal | None:
    """Return how many took part: those in the room before those online, attendances before persons, staff never."""
    total = [r for r in told if r.row.aggregation == "total"]
    online = [r for r in total if _ONLINE.search(r.context.own + r.context.noun)]
    there = [r for r in total if r not in online]
    attendances = [r.row.value for r in there if r.context.quantity.family == "attendance"]
    persons = [r.row.value for r in there if r.context.quantity.family == "person" and not _is_staff(r)]
    watched = [r.row.value for r in online if r.context.quantity.family in {"attendance", "person"}]
    return max(attendances or persons or watched, default=None)


def _is_staff(reading: Reading) -> bool:
    return bool(_STAFF.match(reading.context.noun.lstrip("的")))


def _most(told: Iterable[Reading], families: set[str]) -> Decimal | None:
    own = (r.row for r in told if r.context.quantity.family in families and r.row.scope != "institution")
    return max((row.value for row in own), default=None)
