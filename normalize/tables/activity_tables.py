"""Rows of the lectures, outreach and reading-promotion tables, tidy: dates as days, counts as numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct, field

from normalize.tables.grids import Grid
from normalize.tables.settings import setting_of
from normalize.values.calendar import Period, read_period
from normalize.values.numerals import read_numeral
from normalize.values.quantities import read_quantity
from schemas.document import Block, Doubt
from schemas.mentions import DateMention, Extraction, QuantityMention
from schemas.rows import LectureRow, OutreachRow, ReadingPromotionRow
from schemas.table_kinds import table_kinds

ActivityRow = LectureRow | OutreachRow | ReadingPromotionRow
M = TypeVar("M", DateMention, QuantityMention)
_START = attrgetter("start")


class _Place(Struct, frozen=True):
    """Where the rows of one table belong, and what their dates are read by."""

    document_id: str
    table_id: str
    section_id: str | None
    year: int | None
    found: Extraction
    doubts: list[Doubt] = field(default_factory=list)


def read_activity_rows(
    grid: Grid, document_id: str, table_id: str, section_id: str | None, year: int | None, found: Extraction
) -> tuple[tuple[ActivityRow, ...], tuple[Doubt, ...]]:
    """Return the tidy rows of a table of a known activity kind, in order, and what was doubtful about their dates.

    The vocabulary says which tidy table takes the rows of a kind (`rows_as`: trainings are lectures); a table
    of another kind gives none. Rows whose cells are all empty are left out, and rows that only repeat merged cells from
    above. A cell merged downwards is the text of every row that it covers, but its count stands in the first alone.
    """
    place = _Place(document_id, table_id, section_id, year, found)
    make: dict[str, Callable[[Grid, int, _Place, int], ActivityRow]] = {
        "lectures": _lecture,
        "outreach": _outreach,
        "reading_promotions": _promotion,
    }
    build = make.get(table_kinds()[grid.header.kind].rows_as) if grid.header else None
    if build is None:
        return (), ()
    rows = [build(grid, row, place, number) for number, row in enumerate(_filled_rows(grid), start=1)]
    return tuple(rows), tuple(place.doubts)


def _filled_rows(grid: Grid) -> list[int]:
    sheet = grid.sheet
    return [row for row in grid.body() if any(sheet.texts[row][column] for column in sheet.own[row])]


def _lecture(grid: Grid, row: int, place: _Place, number: int) -> LectureRow:
    period, (start, end) = _period(grid, row, place), _span(grid, row)
    return LectureRow(
        lecture_id=f"{place.table_id}-l{number:03d}",
        document_id=place.document_id,
        table_id=place.table_id,
        section_id=place.section_id,
        sequence=_sequence(grid, row),
        topic=grid.text(row, "topic"),
        speaker=grid.text(row, "speaker"),
        venue=grid.text(row, "venue"),
        date_text=grid.text(row, "date_text"),
        start_date=_first(period),
        end_date=_last(period),
        participants=_count(grid, row, "participants", place),
        note=grid.text(row, "note"),
        char_start=start,
        char_end=end,
    )


def _outreach(grid: Grid, row: int, place: _Place, number: int) -> OutreachRow:
    period, (start, end) = _period(grid, row, place), _span(grid, row)
    host, activity, where = (grid.text(row, name) for name in ("host", "activity", "place"))
    return OutreachRow(
        outreach_id=f"{place.table_id}-o{number:03d}",
        document_id=place.document_id,
        table_id=place.table_id,
        section_id=place.section_id,
        sequence=_sequence(grid, row),
        host=host,
        activity=activity,
        setting=setting_of(activity, host, where),
        date_text=grid.text(row, "date_text"),
        start_date=_first(period),
        end_date=_last(period),
        place=where,
        volumes=_count(grid, row, "volumes", place),
        participants=_count(grid, row, "participants", place),
        note=grid.text(row, "note"),
        char_start=start,
        char_end=end,
    )


def _promotion(grid: Grid, row: int, place: _Place, number: int) -> ReadingPromotionRow:
    period, (start, end) = _period(grid, row, place), _span(grid, row)
    return ReadingPromotionRow(
        promotion_id=f"{place.table_id}-p{number:03d}",
        document_id=place.document_id,
        table_id=place.table_id,
        section_id=place.section_id,
        sequence=_sequence(grid, row),
        date_text=grid.text(row, "date_text"),
        start_date=_first(period),
        end_date=_last(period),
        audience=grid.text(row, "audience"),
        place=grid.text(row, "place"),
        content=grid.text(row, "content"),
        participants=_count(grid, row, "participants", place),
        effect=grid.text(row, "effect"),
        note=grid.text(row, "note"),
        char_start=start,
        char_end=end,
    )


def _first(period: Period | None) -> date | None:
    return period.start if period else None


def _last(period: Period | None) -> date | None:
    return period.end if period else None


def _span(grid: Grid, row: int) -> tuple[int, int]:
    """Return the span of the cells that the row itself holds (a cell that spans rows belongs to its first)."""
    own = grid.sheet.own[row].values()
    return min([block.start for block in own]), max([block.end for block in own])


def _sequence(grid: Grid, row: int) -> int | None:
    value = read_numeral((grid.text(row, "sequence") or "").strip(".、 "))
    return int(value) if value is not None and value == int(value) else None


def _inside(mentions: Sequence[M], block: Block) -> list[M]:
    """Return the mentions within a cell; `mentions` are in document order."""
    first = bisect_left(mentions, block.start, key=_START)
    found = []
    while first < len(mentions) and mentions[first].start < block.end:
        if mentions[first].end <= block.end:
            found.append(mentions[first])
        first += 1
    return found


def _period(grid: Grid, row: int, place: _Place) -> Period | None:
    """Return the days of the row's date cell, from its first date to its last."""
    blocks = grid.blocks(row, "date_text")
    dates = [date for block in blocks for date in _inside(place.found.dates, block)]
    read = [period for d in dates if (period := read_period(d, place.year)) is not None]
    for period in read:
        place.doubts.extend(doubt for doubt in period.doubts if doubt not in place.doubts)
    if len(read) <= 1:
        return read[0] if read else None
    return Period(min(period.start for period in read), max(period.end for period in read))


def _count(grid: Grid, row: int, column: str, place: _Place) -> Decimal | None:
    """Return the number of a count cell: a plain number, else the first quantity that the cell states."""
    plain = grid.count(row, column)
    if plain is not None:
        return plain
    own = [block for block in grid.blocks(row, column) if block.place and block.place.row == row]
    inside = (m for block in own for m in _inside(place.found.quantities, block))
    return next((quantity.value for m in inside if (quantity := read_quantity(m)) is not None), None)
