"""The rows of many reports as the published tables, those that need all reports included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import fields

from normalize.organizations import organizations
from normalize.panel import coverage, indicators, panel
from publish.ways_out import DocumentText
from schemas.declarations import tables
from schemas.rows import ReportRows, Row

Rows = Mapping[str, tuple[Row, ...]]

_OF_ONE_REPORT = tuple(field.name for field in fields(ReportRows) if field.name not in {"document", "text"})


def gather(reports: Sequence[ReportRows]) -> Rows:
    """Return the rows of every declared table by table name, in the order of the contract and of `reports`."""
    parts = [rows for rows, _ in publishable(reports)]
    return {name: tuple(row for part in parts for row in part.get(name, ())) for name in tables()}


def publishable(reports: Sequence[ReportRows]) -> Iterator[tuple[Rows, DocumentText | None]]:
    """Yield what publish.ways_out.Write takes: the rows and the text of each report, then the rows that need all."""
    for report in reports:
        rows: dict[str, tuple[Row, ...]] = {name: getattr(report, name) for name in _OF_ONE_REPORT}
        yield rows | {"documents": (report.document,), "coverage": coverage(report)}, _text(report)
    chosen = indicators(reports)
    yield {"indicators": chosen, "panel": panel(chosen, reports), "organizations": organizations(reports)}, None


def _text(report: ReportRows) -> DocumentText | None:
    """Return the text, None for a failed document, which has none, and a repeated one, whose text is there already."""
    codes = {finding.code for finding in report.findings}
    if report.document.status == "failed" or "duplicate_document" in codes:
        return None
    return DocumentText(report.document.document_id, report.text)
