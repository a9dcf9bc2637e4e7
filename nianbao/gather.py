"""The rows of many reports as the published tables, those that need all reports included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import fields

from normalize.across_years import checked_across_years
from normalize.organization_decisions import Decision
from normalize.organization_links import link
from normalize.organization_mentions import mentions
from normalize.organizations import Merged, merge
from normalize.panel import coverage, indicators, panel
from publish.ways_out import DocumentText
from schemas.declarations import tables
from schemas.panel_rows import IndicatorRow
from schemas.rows import ReportRows, Row

Rows = Mapping[str, tuple[Row, ...]]

_OF_ONE_REPORT = tuple(field.name for field in fields(ReportRows) if field.name not in {"document", "text"})


class Gathered(Struct, frozen=True):
    """Reports that know of each other: linked to the bodies in `merged`, checked against the indicators in `chosen`."""

    reports: tuple[ReportRows, ...]
    chosen: tuple[IndicatorRow, ...]
    merged: Merged


def gather(reports: Sequence[ReportRows], decisions: Sequence[Decision] = ()) -> Gathered:
    """Return reports with the numbers of the bodies that they name and what the years of their library prove.

    `decisions` say of pairs of names that they are one body or are not.
    """
    merged = merge((mention for report in reports for mention in mentions(report)), decisions)
    chosen = indicators(reports)
    return Gathered(tuple(link(report, merged) for report in checked_across_years(reports, chosen)), chosen, merged)


def tabled(gathered: Gathered) -> Rows:
    """Return the rows of every declared table by table name, in the order of the contract and of the reports."""
    parts = [rows for rows, _ in publishable(gathered)]
    return {name: tuple(row for part in parts for row in part.get(name, ())) for name in tables()}


def publishable(gathered: Gathered) -> Iterator[tuple[Rows, DocumentText | None]]:
    """Yield what publish.ways_out.Write takes: bodies, the rows and the text of each report, rows that need all."""
    yield {"organizations": gathered.merged.organizations, "organization_aliases": gathered.merged.aliases}, None
    for report in gathered.reports:
        rows: dict[str, tuple[Row, ...]] = {name: getattr(report, name) for name in _OF_ONE_REPORT}
        yield rows | {"documents": (report.document,), "coverage": coverage(report)}, _text(report)
    yield {"indicators": gathered.chosen, "panel": panel(gathered.chosen, gathered.reports)}, None


def _text(report: ReportRows) -> DocumentText | None:
    """Return the text, None for a failed document, which has none, and a repeated one, whose text is there already."""
    codes = {finding.code for finding in report.findings}
    if report.document.status == "failed" or "duplicate_document" in codes:
        return None
    return DocumentText(report.document.document_id, report.text)
