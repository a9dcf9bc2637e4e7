"""Decisions of reviewers on the rows of reports: one record a decision, and which of them stand.

A decision is keyed by the content of the file, the span and the field, not by the numbers of rows, which shift when a
rule changes. It carries the text that it was made on, so that it is never applied to another one.

Every table that is read from a report is decided on, each row for itself: who gives a cell another text or a section
another kind leaves the facts and activities in it as they are. What is made from those rows, and what is told of many
reports (indicators, panel, coverage, organizations and their aliases, the links of findings), is made again from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import fields, replace

from schemas.declarations import tables
from schemas.rows import (
    CellRow,
    DocumentRow,
    EventRow,
    FactRow,
    FindingRow,
    LectureRow,
    NumberRow,
    OutreachRow,
    ReadingPromotionRow,
    ReportRows,
    SectionRow,
    TableRow,
)

ReviewedRow = (
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
    | FindingRow
)
Value = str | int | Decimal | date | None

RECORDS: dict[str, type[ReviewedRow]] = {  # read from a report, in the order in which decisions are applied
    "documents": DocumentRow,
    "sections": SectionRow,
    "tables": TableRow,
    "cells": CellRow,
    "lectures": LectureRow,
    "outreach": OutreachRow,
    "reading_promotions": ReadingPromotionRow,
    "events": EventRow,
    "facts": FactRow,
    "numbers": NumberRow,
    "findings": FindingRow,
}
LASTING = frozenset(
    {"documents", "tables", "cells", "numbers"}
)  # nothing of the source is left out: no row is rejected
ACTIONS = ("accept", "reject", "change", "add", "undo")
CONTEXT = 40  # code points before and after the quote that a decision keeps
ID_LENGTH = 12  # hexadecimal digits of the content hash that are a document_id

RowKey = tuple[str, str, int | None, int | None, str]
Key = tuple[RowKey, str]
Span = tuple[int | None, int | None]


class Correction(Struct, frozen=True):
    """One decision on one row, or on one field of it.

    content_hash: SHA-256 of the file, or its first 12 digits, the document_id; table: a table that is reviewed.
    char_start, char_end: where the row is decided on, half-open, in the text of the file (`place`); None for the row of
    `documents` and for findings about no place.
    row: what the row said when it was decided on (`reading`), where several rows have one place, and for findings,
    which come and go; else empty.
    action: accept or reject (the row: field empty, value its `reading`, or empty), change (field gets value; an empty
    value empties it), add (one field of a fact that was not read; those of one span make the row), undo (takes the
    decision of the same key back).
    quote, before, after: the text of the span, and up to CONTEXT code points on either side.
    source: the file as the tables name it; reviewer and decided_at: who and when, for people alone.
    """

    content_hash: str
    table: str
    char_start: int | None
    char_end: int | None
    row: str
    field: str
    action: str
    value: str
    quote: str
    before: str
    after: str
    source: str
    reviewer: str = ""
    decided_at: str = ""

    @property
    def document_id(self) -> str:
        """The document that was decided on."""
        return self.content_hash[:ID_LENGTH]

    @property
    def row_key(self) -> RowKey:
        """What decisions on one row have in common."""
        return self.document_id, self.table, self.char_start, self.char_end, self.row

    @property
    def key(self) -> Key:
        """What a later decision must have in common with this one to take its place."""
        return self.row_key, self.field


COLUMNS = tuple(field.name for field in fields(Correction))


class Decided(Struct, frozen=True):
    """The decisions that stand on one row: on the whole of it, on fields, and the fields of a fact that is added."""

    verdict: Correction | None
    changes: tuple[Correction, ...]
    additions: tuple[Correction, ...]

    @property
    def all(self) -> tuple[Correction, ...]:
        """Every decision on the row; there is at least one."""
        return (*self.additions, *self.changes, *([self.verdict] if self.verdict else []))


def standing(corrections: Iterable[Correction]) -> dict[RowKey, Decided]:
    """Return what stands of decisions in the order in which they were made, by row.

    1. A later decision takes the place of an earlier one of the same key; undo takes it back. Who changes a field of a
       fact that was added adds it so.
    2. Whoever changes a row after it was accepted or rejected wants it as changed: the older verdict falls.
    """
    latest: dict[Key, Correction] = {}
    for one in corrections:
        earlier = latest.pop(one.key, None)  # taken out, so that the order is that of the last decisions
        if one.action != "undo":
            still_added = earlier is not None and (earlier.action, one.action) == ("add", "change")
            latest[one.key] = replace(one, action="add") if still_added else one
    rows: dict[RowKey, list[Correction]] = {}
    for one in latest.values():
        rows.setdefault(one.row_key, []).append(one)
    return {key: _decided(decisions) for key, decisions in rows.items()}


def _decided(decisions: list[Correction]) -> Decided:
    last = decisions[-1]
    return Decided(
        verdict=last if not last.field else None,
        changes=tuple(one for one in decisions if one.action == "change"),
        additions=tuple(one for one in decisions if one.action == "add"),
    )


def reading(table: str, row: ReviewedRow) -> str:
    """Return what a row says in the columns that a decision quotes: «metric=visits; value=590000; unit=人次».

    Columns in their order, empty ones left out, cells as in the CSV file.
    """
    cells = ((column, written(getattr(row, column))) for column in tables()[table].quoted)
    return "; ".join(f"{column}={' '.join(cell.split())}" for column, cell in cells if cell)


def place(row: ReviewedRow, text: str) -> Span:
    """Return where in a text a row is decided on, half-open: where it was read; None and None where that is no place.

    A section and a table are decided on by their first line that says something: what else they hold may change.
    """
    start, end = getattr(row, "char_start", None), getattr(row, "char_end", None)
    if start is None or end is None or (isinstance(row, FindingRow) and start >= end):
        return None, None
    return (start, head_end(text, start, end)) if isinstance(row, SectionRow | TableRow) else (start, end)


def head_end(text: str, start: int, end: int) -> int:
    """Return where the first line of a span ends that is not blank.

    >>> head_end("\\n\\t 序号\\n1", 0, 7)
    5
    """
    first = start
    while first < min(end, len(text)) and text[first].isspace():
        first += 1
    line = text.find("\n", first, end)
    return line if line >= 0 else end


def written(value: Value) -> str:
    """Return a value as its cell of the CSV file, which a decision quotes.

    >>> [written(value) for value in (Decimal("5.90E+5"), date(2014, 5, 4), 18, None)]
    ['590000', '2014-05-04', '18', '']
    """
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
    return str(value)


def decision(
    report: ReportRows, table: str, row: ReviewedRow, action: str, field: str = "", value: str = ""
) -> Correction:
    """Return a decision on a row of a report, with the text that it is made on.

    Accepting and rejecting say what the row says. Where several rows of the table have one place, so do all decisions.
    """
    span = place(row, report.text)
    rows: tuple[ReviewedRow, ...] = (report.document,) if table == "documents" else getattr(report, table)
    shared = table == "findings" or sum(place(one, report.text) == span for one in rows) > 1
    says = reading(table, row)
    told = says if action in {"accept", "reject"} else value
    return at_span(report, table, span, (action, field, told), row=says if shared else "")


def at_span(report: ReportRows, table: str, span: Span, said: tuple[str, str, str], row: str = "") -> Correction:
    """Return a decision on a span of a report; `said` are action, field and value."""
    start, end = span
    first, last = (0, 0) if start is None or end is None else (start, end)
    placed = first < last
    return Correction(
        content_hash=report.document.document_id,
        table=table,
        char_start=start,
        char_end=end,
        row=row,
        field=said[1],
        action=said[0],
        value=said[2],
        quote=report.text[first:last],
        before=report.text[max(0, first - CONTEXT) : first] if placed else "",
        after=report.text[last : last + CONTEXT] if placed else "",
        source=report.document.source,
    )
