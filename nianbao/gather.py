"""The rows of many reports as the published tables, those that need all reports included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import fields

from normalize.organization_decisions import Decision
from normalize.organization_links import link
from normalize.organization_mentions import mentions
from normalize.organizations import Merged, merge
from normalize.panel import coverage, indicators, panel
from publish.ways_out import DocumentText
from schemas.declarations import tables
from schemas.rows import ReportRows, Row

Rows = Mapping[str, tuple[Row, ...]]

_OF_ONE_REPORT = tuple(field.name for field in fields(ReportRows) if field.name not in {"document", "text"})


def gather(reports: Sequence[ReportRows], decisions: Sequence[Decision] = ()) -> Rows:
    """Return the rows of every declared table by table name, in the order of the contract and of `reports`."""
    parts = [rows for rows, _ in publishable(*linked(reports, decisions))]
    return {name: tuple(row for part in parts for row in part.get(name, ())) for name in tables()}


def linked(reports: Sequence[ReportRows], decisions: Sequence[Decision] = ()) -> tuple[tuple[ReportRows, ...], Merged]:
    """Return the reports with the numbers of the bodies that they name, and the bodies."""
    merged = merge((mention for report in reports for mention in mentions(report)), decisions)
    return tuple(link(report, merged) for report in reports), merged


def publishable(reports: Sequence[ReportRows], merged: Merged) -> Iterator[tuple[Rows, DocumentText | None]]:
    """Yield what publish.ways_out.Write takes: the rows and the text of each report, then the rows that need all.

    `reports` are linked to the bodies in `merged`.
    """
    for report in reports:
        rows: dict[str, tuple[Row, ...]] = {name: getattr(report, name) for name in _OF_ONE_REPORT}
        yield rows | {"documents": (report.document,), "coverage": coverage(report)}, _text(report)
    chosen = indicators(reports)
    bodies: Rows = {"organizations": merged.organizations, "organization_aliases": merged.aliases}
    yield {"indicators": chosen, "panel": panel(chosen, reports), **bodies}, None


def _text(report: ReportRows) -> DocumentText | None:
    """Return the text, None for a failed document, which has none, and a repeated one, whose text is there already."""
    codes = {finding.code for finding in report.findings}
    if report.document.status == "failed" or "duplicate_document" in codes:
        return None
    return DocumentText(report.document.document_id, report.text)
