"""A report with the numbers of the bodies that it names, and what was doubtful about merging their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from msgspec.structs import replace

from normalize.organizations.mentions import ActivityRow, namer, names_in
from normalize.organizations.merged import Found, Known
from schemas.findings import finding_kinds
from schemas.rows import (
    DocumentRow,
    EventRow,
    FindingRow,
    LectureRow,
    OutreachRow,
    ReadingPromotionRow,
    ReportRows,
)

R = TypeVar("R", bound=ActivityRow)


def link(report: ReportRows, known: Known) -> ReportRows:
    """Return a report with organization_id and host_id in its rows, empty where a cell names no single body, and with
    the findings about its names in their places; a report that has been linked before is linked anew."""
    own = namer(report.document)
    return replace(
        report,
        lectures=tuple(_linked(row, own, known) for row in report.lectures),
        outreach=tuple(_linked(row, own, known) for row in report.outreach),
        reading_promotions=tuple(_linked(row, own, known) for row in report.reading_promotions),
        events=tuple(_linked(row, own, known) for row in report.events),
        findings=_with_findings(report, known.found),
    )


def _linked(row: R, document: DocumentRow, known: Known) -> R:
    if isinstance(row, LectureRow):
        return replace(row, organization_id=_single(row.venue, document, known))
    organization_id = _single(row.place, document, known)
    if isinstance(row, ReadingPromotionRow):
        of_audience = _single(row.audience, document, known, people=True)
        return replace(row, organization_id=organization_id or of_audience)
    host_id = _single(row.host, document, known) if isinstance(row, OutreachRow | EventRow) else None
    return replace(row, organization_id=organization_id, host_id=host_id)


def _single(written: str | None, document: DocumentRow, known: Known, *, people: bool = False) -> str | None:
    ids = {known.ids.get(named) for named in names_in(written, document, people)} - {None}
    return ids.pop() if len(ids) == 1 else None


def _with_findings(report: ReportRows, found: Sequence[Found]) -> tuple[FindingRow, ...]:
    """Return the findings with those about names, each after the others of its place; numbered apart from them."""
    kept = tuple(row for row in report.findings if row.code != "merged_name")
    if not found or any(row.code == "duplicate_document" for row in kept):  # told once, for the first of the files
        return kept
    new = [_finding(one, number) for number, one in enumerate(sorted(found, key=_start), start=1)]
    return tuple(sorted((*kept, *new), key=lambda row: -1 if row.char_start is None else row.char_start))


def _start(one: Found) -> tuple[int, str]:
    return one.doubt.start or -1, one.doubt.message


def _finding(found: Found, number: int) -> FindingRow:
    mention, doubt = found.mention, found.doubt
    return FindingRow(
        finding_id=f"{mention.document_id}-n{number:03d}",
        document_id=mention.document_id,
        severity=finding_kinds()[doubt.code].severity,
        code=doubt.code,
        message=doubt.message,
        table_id=mention.table_id,
        section_id=mention.section_id,
        char_start=doubt.start,
        char_end=doubt.end,
    )
