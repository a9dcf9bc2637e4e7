"""From what was found in a document to the rows of its tables: the normalize stage, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from normalize.checks.checks import check_figures, check_reading
from normalize.checks.finding_rows import finding_rows, holding
from normalize.checks.outcomes import of_doubt, raised
from normalize.checks.restatements import with_restatements
from normalize.events.events import read_events
from normalize.facts.context import section_at
from normalize.facts.facts import read_facts
from normalize.facts.periods import approximate_dates, as_long_as_told
from normalize.identity.identity import Identity, identify
from normalize.identity.libraries import library_id
from normalize.identity.places import PlaceReading, find_place
from normalize.tables.activity_tables import ActivityRow
from normalize.tables.tables import read_tables
from schemas.document import Document
from schemas.lineage import current_code
from schemas.mentions import Extraction
from schemas.rows import (
    DocumentRow,
    FactRow,
    LectureRow,
    NumberRow,
    OutreachRow,
    ReadingPromotionRow,
    ReportRows,
    SectionRow,
    TableRow,
)

A = TypeVar("A", LectureRow, OutreachRow, ReadingPromotionRow)


def resolve(document: Document, found: Extraction) -> ReportRows:
    """Return all rows of one document.

    1. Who, where, which year: the year dates everything that follows.
    2. Tables: grids, kinds, totals, tidy rows.
    3. Facts and events of prose.
    4. Checks: what holds raises the confidence of its facts, every doubt becomes a finding, in document order.
    """
    who = identify(document.text, found.folded, found.title, document.source, document.margins)
    where = find_place(who.library, found.folded, who.report_year)
    tables = read_tables(document, found, who.report_year)
    readings = read_facts(document, found, who.report_year)
    events, event_doubts = read_events(document, found, readings, who.report_year)
    readings = as_long_as_told(readings, events)
    facts = _numbered(document, [*(reading.row for reading in readings), *tables.facts])
    doubts = [
        *(*document.doubts, *who.doubts, *([where.doubt] if where.doubt else []), *tables.doubts, *event_doubts),
        *approximate_dates(found, readings, who.report_year),
        *check_reading(found, readings),
    ]
    outcomes = check_figures(readings, facts, tables, events, who.report_year)
    facts = raised(facts, outcomes)
    told = [*map(of_doubt, doubts), *outcomes]
    section_at_place = partial(_section_id_at, document, found)
    findings, links = finding_rows(told, document.document_id, "d", tables.tables, facts, section_at_place)
    return ReportRows(
        document=_document(document, who, where),
        sections=tuple(_sections(document, found)),
        tables=tables.tables,
        cells=tables.cells,
        lectures=_of(LectureRow, tables.activities),
        outreach=_of(OutreachRow, tables.activities),
        reading_promotions=_of(ReadingPromotionRow, tables.activities),
        events=events,
        facts=facts,
        numbers=tuple(_numbers(document, found, facts, tables.tables)),
        findings=findings,
        finding_facts=links,
        text=document.text,
    )


def _of(kind: type[A], rows: Sequence[ActivityRow]) -> tuple[A, ...]:
    return tuple(row for row in rows if isinstance(row, kind))


def _document(document: Document, who: Identity, where: PlaceReading) -> DocumentRow:
    return DocumentRow(
        document_id=document.document_id,
        source=document.source,
        media_type=document.media_type,
        encoding=document.encoding or None,
        title=who.title,
        library=who.library,
        library_id=library_id(who.library, where, who.report_year),
        region_code=where.region_code,
        current_region_code=current_code(where.region_code, who.report_year) if where.region_code else None,
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


def _numbered(document: Document, rows: Sequence[FactRow]) -> tuple[FactRow, ...]:
    """Return the facts of prose and of tables in document order, numbered from 1, parts and repetitions linked."""
    ordered = sorted(rows, key=lambda row: row.char_start)
    numbers = [f"{document.document_id}-f{number:04d}" for number in range(1, len(ordered) + 1)]
    renamed = {row.fact_id: number for row, number in zip(ordered, numbers, strict=True) if row.fact_id}
    if len(renamed) < len(ordered):  # tables stand between, so the numbers of prose move on
        ordered = [
            replace(row, fact_id=number, part_of=renamed[row.part_of] if row.part_of else None)
            for row, number in zip(ordered, numbers, strict=True)
        ]
    return with_restatements(ordered)


def _numbers(
    document: Document, found: Extraction, facts: Sequence[FactRow], tables: Sequence[TableRow]
) -> Iterator[NumberRow]:
    """Yield the ledger; a numeral of a fact names it, one of a cell the fact that was read there, or the table."""
    fact_starts, table_starts = [fact.char_start for fact in facts], [table.char_start for table in tables]
    document_id, text = document.document_id, document.text
    for numeral in found.numerals:
        start, end, role, row_id = numeral.start, numeral.end, numeral.role, None
        if role in {"fact", "table_cell"}:
            fact = holding(facts, fact_starts, start)
            row_id = fact.fact_id if fact else None
        if role == "table_cell" and row_id is None:
            table = holding(tables, table_starts, start)
            row_id = table.table_id if table else None
        yield NumberRow(document_id, start, end, text[start:end], role, row_id)
