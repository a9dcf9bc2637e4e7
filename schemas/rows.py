"""The rows of the published tables: one frozen record a table, fields in the order of the columns.

The columns' types, units and meanings are declared in tables/columns.yaml; a test holds both against each other.
None stands for «the text does not say» and is written as an empty cell.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from schemas.panel_rows import CoverageRow, IndicatorRow, OrganizationAliasRow, OrganizationRow, PanelRow


class DocumentRow(Struct, frozen=True):
    document_id: str
    source: str
    media_type: str
    encoding: str | None = None
    title: str | None = None
    library: str | None = None
    library_id: str | None = None
    region_code: str | None = None
    current_region_code: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    report_year: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    published: date | None = None
    characters: int | None = None
    status: str = "ok"
    error: str | None = None
    corrected: str | None = None


class SectionRow(Struct, frozen=True):
    section_id: str
    document_id: str
    parent_id: str | None
    depth: int
    path: str
    marker: str | None
    title: str
    kind: str | None
    char_start: int
    char_end: int
    corrected: str | None = None


class TableRow(Struct, frozen=True):
    table_id: str
    document_id: str
    section_id: str | None
    kind: str
    caption: str | None
    rows: int
    columns: int
    header_rows: int
    total_check: str
    char_start: int
    char_end: int
    corrected: str | None = None


class CellRow(Struct, frozen=True):
    table_id: str
    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    role: str
    char_start: int
    char_end: int
    corrected: str | None = None


class LectureRow(Struct, frozen=True):
    lecture_id: str
    document_id: str
    table_id: str
    section_id: str | None
    sequence: int | None
    topic: str | None
    speaker: str | None
    venue: str | None
    date_text: str | None
    start_date: date | None
    end_date: date | None
    participants: Decimal | None
    note: str | None
    char_start: int
    char_end: int
    organization_id: str | None = None
    corrected: str | None = None


class OutreachRow(Struct, frozen=True):
    outreach_id: str
    document_id: str
    table_id: str
    section_id: str | None
    sequence: int | None
    host: str | None
    activity: str | None
    setting: str | None
    date_text: str | None
    start_date: date | None
    end_date: date | None
    place: str | None
    volumes: Decimal | None
    participants: Decimal | None
    note: str | None
    char_start: int
    char_end: int
    organization_id: str | None = None
    host_id: str | None = None
    corrected: str | None = None


class ReadingPromotionRow(Struct, frozen=True):
    promotion_id: str
    document_id: str
    table_id: str
    section_id: str | None
    sequence: int | None
    date_text: str | None
    start_date: date | None
    end_date: date | None
    audience: str | None
    place: str | None
    content: str | None
    participants: Decimal | None
    effect: str | None
    note: str | None
    char_start: int
    char_end: int
    organization_id: str | None = None
    corrected: str | None = None


class EventRow(Struct, frozen=True):
    event_id: str
    document_id: str
    section_id: str | None
    kind: str
    title: str | None
    date_text: str
    start_date: date
    end_date: date
    place: str | None
    host: str | None
    participants: Decimal | None
    volumes: Decimal | None
    items: Decimal | None
    status: str
    origin: str
    raw: str
    char_start: int
    char_end: int
    organization_id: str | None = None
    host_id: str | None = None
    corrected: str | None = None


class FactRow(Struct, frozen=True):
    fact_id: str
    document_id: str
    section_id: str | None
    metric: str | None
    item: str | None
    value: Decimal
    lower: Decimal | None
    upper: Decimal | None
    unit: str | None
    qualifier: str
    measure: str
    aggregation: str
    status: str
    scope: str
    period_start: date | None
    period_end: date | None
    baseline_start: date | None
    baseline_end: date | None
    baseline_value: Decimal | None
    raw: str
    sentence: str
    char_start: int
    char_end: int
    part_of: str | None
    same_as: str | None
    origin: str
    rule: str
    confidence: Decimal
    corrected: str | None = None


class NumberRow(Struct, frozen=True):
    document_id: str
    char_start: int
    char_end: int
    raw: str
    role: str
    row_id: str | None
    corrected: str | None = None


class FindingRow(Struct, frozen=True):
    finding_id: str
    document_id: str
    severity: str
    code: str
    message: str
    table_id: str | None = None
    fact_id: str | None = None
    section_id: str | None = None
    char_start: int | None = None
    char_end: int | None = None
    corrected: str | None = None


class FindingFactRow(Struct, frozen=True):
    finding_id: str
    fact_id: str
    role: str


Row = (
    DocumentRow
    | SectionRow
    | TableRow
    | CellRow
    | LectureRow
    | OutreachRow
    | ReadingPromotionRow
    | EventRow
    | FactRow
    | NumberRow
    | IndicatorRow
    | PanelRow
    | CoverageRow
    | OrganizationRow
    | OrganizationAliasRow
    | FindingRow
    | FindingFactRow
)


class ReportRows(Struct, frozen=True):
    """All rows of one document, table by table, in document order."""

    document: DocumentRow
    sections: tuple[SectionRow, ...] = ()
    tables: tuple[TableRow, ...] = ()
    cells: tuple[CellRow, ...] = ()
    lectures: tuple[LectureRow, ...] = ()
    outreach: tuple[OutreachRow, ...] = ()
    reading_promotions: tuple[ReadingPromotionRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    facts: tuple[FactRow, ...] = ()
    numbers: tuple[NumberRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    finding_facts: tuple[FindingFactRow, ...] = ()
    text: str = ""
