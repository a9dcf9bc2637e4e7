"""From what was found in a document to the rows of its tables: the normalize stage, step by step."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from normalize.activity_tables import read_activity_rows
from normalize.checks import check_report
from normalize.context import section_at
from normalize.events import read_events
from normalize.facts import Reading, read_facts
from normalize.grids import Grid, check_totals, read_grid
from normalize.identity import Identity, identify
from normalize.places import PlaceReading, find_place
from schemas.document import Document, Doubt
from schemas.findings import finding_kinds
from schemas.mentions import Extraction
from schemas.rows import (
    CellRow,
    DocumentRow,
    FindingRow,
    LectureRow,
    NumberRow,
    OutreachRow,
    ReadingPromotionRow,
    ReportRows,
    SectionRow,
    TableRow,
)


def resolve(document: Document, found: Extraction) -> ReportRows:
    """Return all rows of one document.

    1. Who, where, which year: the year dates everything that follows.
    2. Tables: grids, kinds, totals, tidy rows.
    3. Facts and events of prose.
    4. Checks; then every doubt becomes a finding, in document order.
    """
    who = identify(document.text, found.folded, found.title, document.source, document.margins)
    where = find_place(who.library, found.folded, who.report_year)
    grids = [read_grid(table, document.text, found.folded) for table in found.tables]
    tables, activities, table_doubts = _tables(document, found, grids, who.report_year)
    readings = read_facts(document, found, who.report_year)
    events, event_doubts = read_events(document, found, readings, who.report_year)
    doubts = [
        *document.doubts,
        *who.doubts,
        *([where.doubt] if where.doubt else []),
        *table_doubts,
        *event_doubts,
        *check_report(found, readings, who.report_year),
    ]
    return ReportRows(
        document=_document(document, who, where),
        sections=tuple(_sections(document, found)),
        tables=tuple(tables),
        cells=tuple(row for grid, table in zip(grids, tables, strict=True) for row in _cells(document, grid, table)),
        lectures=tuple(row for row in activities if isinstance(row, LectureRow)),
        outreach=tuple(row for row in activities if isinstance(row, OutreachRow)),
        reading_promotions=tuple(row for row in activities if isinstance(row, ReadingPromotionRow)),
        events=events,
        facts=tuple(reading.row for reading in readings),
        numbers=tuple(_numbers(document, found, readings, tables)),
        findings=tuple(_findings(document, found, doubts, tables, readings)),
        text=document.text,
    )


def _document(document: Document, who: Identity, where: PlaceReading) -> DocumentRow:
    return DocumentRow(
        document_id=document.document_id,
        source=document.source,
        media_type=document.media_type,
        encoding=document.encoding or None,
        title=who.title,
        library=who.library,
        region_code=where.region_code,
        province=where.province,
        city=where.city,
        county=where.county,
        report_year=who.report_year,
        period_start=who.period_start,
        period_end=who.period_end,
        published=who.published,
        characters=len(document.text),
        status=document.status,
    )


def _section_id(document: Document, index: int | None) -> str | None:
    return None if index is None else f"{document.document_id}-s{index + 1:03d}"


def _section_id_at(document: Document, found: Extraction, place: int) -> str | None:
    section = section_at(found.sections, place)
    return _section_id(document, section.index) if section else None


def _sections(document: Document, found: Extraction) -> Iterator[SectionRow]:
    for section in found.sections:
        yield SectionRow(
            section_id=f"{document.document_id}-s{section.index + 1:03d}",
            document_id=document.document_id,
            parent_id=_section_id(document, section.parent),
            depth=section.depth,
            path=section.path,
            marker=section.marker or None,
            title=section.title,
            kind=section.kind,
            char_start=section.start,
            char_end=section.end,
        )


def _tables(
    document: Document, found: Extraction, grids: Sequence[Grid], year: int | None
) -> tuple[list[TableRow], list[LectureRow | OutreachRow | ReadingPromotionRow], list[Doubt]]:
    tables, activities, doubts = [], [], []
    for number, grid in enumerate(grids, start=1):
        table_id = f"{document.document_id}-t{number:03d}"
        section_id = _section_id_at(document, found, grid.table.start)
        verdict, total_doubts = check_totals(grid)
        rows, row_doubts = read_activity_rows(grid, document.document_id, table_id, section_id, year, found)
        tables.append(_table(document, grid, table_id, section_id, verdict))
        activities += rows
        doubts += [*total_doubts, *row_doubts, *_sequence_doubts(grid)]
        if grid.header is None:
            message = "No known kind of table has this header; its cells are in the table «cells»."
            doubts.append(Doubt("unknown_table", message, grid.table.start, grid.table.end))
    return tables, activities, doubts


def _table(document: Document, grid: Grid, table_id: str, section_id: str | None, verdict: str) -> TableRow:
    caption = grid.table.caption
    return TableRow(
        table_id=table_id,
        document_id=document.document_id,
        section_id=section_id,
        kind=grid.header.kind if grid.header else "unknown",
        caption=document.text[slice(*caption)] if caption else None,
        rows=len(grid.table.rows),
        columns=grid.width,
        header_rows=grid.header_rows,
        total_check=verdict,
        char_start=grid.table.start,
        char_end=grid.table.end,
    )


def _sequence_doubts(grid: Grid) -> Iterator[Doubt]:
    """Yield a doubt for each row whose own number does not follow the one before."""
    before: int | None = None
    for row in grid.body():
        text, block = grid.text(row, "sequence"), grid.block(row, "sequence")
        if text is None or block is None or not text.isdecimal():
            continue
        number = int(text)
        if before is not None and number > before + 1:
            message = f"Row {number} of the table stands after row {before}."
            yield Doubt("numbering_gap", message, block.start, block.end)
        elif before is not None and number == before:
            yield Doubt(
                "numbering_repeated", f"Two rows of the table have the number {number}.", block.start, block.end
            )
        before = number


def _cells(document: Document, grid: Grid, table: TableRow) -> Iterator[CellRow]:
    for number, row in enumerate(grid.table.rows):
        for block in row:
            if block.place is not None:
                yield CellRow(
                    table_id=table.table_id,
                    row=number,
                    column=block.place.column,
                    row_span=block.place.row_span,
                    column_span=block.place.column_span,
                    text=document.text[block.start : block.end].strip(),
                    role=grid.roles[number],
                    char_start=block.start,
                    char_end=block.end,
                )


def _numbers(
    document: Document, found: Extraction, readings: Sequence[Reading], tables: Sequence[TableRow]
) -> Iterator[NumberRow]:
    """Yield the ledger; a numeral of a fact or of a cell names its row."""
    facts = [reading.row for reading in readings]
    starts = [fact.char_start for fact in facts]
    for numeral in found.numerals:
        row_id = None
        if numeral.role == "fact":
            at = bisect_right(starts, numeral.start) - 1
            row_id = facts[at].fact_id if at >= 0 and numeral.start < facts[at].char_end else None
        elif numeral.role == "table_cell":
            row_id = next((t.table_id for t in tables if t.char_start <= numeral.start < t.char_end), None)
        raw = document.text[numeral.start : numeral.end]
        yield NumberRow(document.document_id, numeral.start, numeral.end, raw, numeral.role, row_id)


def _findings(
    document: Document,
    found: Extraction,
    doubts: Sequence[Doubt],
    tables: Sequence[TableRow],
    readings: Sequence[Reading],
) -> Iterator[FindingRow]:
    """Yield the doubts as findings, those without a place first, then in document order."""
    facts = {reading.row.char_start: reading.row.fact_id for reading in readings}
    ordered = sorted(dict.fromkeys(doubts), key=lambda doubt: -1 if doubt.start is None else doubt.start)
    for number, doubt in enumerate(ordered, start=1):
        place = doubt.start
        yield FindingRow(
            finding_id=f"{document.document_id}-d{number:03d}",
            document_id=document.document_id,
            severity=finding_kinds()[doubt.code].severity,
            code=doubt.code,
            message=doubt.message,
            table_id=next(
                (t.table_id for t in tables if place is not None and t.char_start <= place < t.char_end), None
            ),
            fact_id=facts.get(place) if place is not None else None,
            section_id=_section_id_at(document, found, place) if place is not None else None,
            char_start=doubt.start,
            char_end=doubt.end,
        )
