"""The rows of many reports as the published tables, those that need all reports included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import fields

from normalize.across_years import checked_across_years
from normalize.organizations import organizations
from normalize.panel import coverage, indicators, panel
from schemas.declarations import tables
from schemas.rows import ReportRows, Row

_OF_ONE_REPORT = tuple(field.name for field in fields(ReportRows) if field.name not in {"document", "text"})


def gather(reports: Sequence[ReportRows]) -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of every declared table by table name, in the order of the contract and of `reports`."""
    chosen = indicators(reports)
    reports = checked_across_years(reports, chosen)
    rows: dict[str, tuple[Row, ...]] = {name: _joined(reports, name) for name in _OF_ONE_REPORT}
    rows["documents"] = tuple(report.document for report in reports)
    rows["indicators"] = chosen
    rows["panel"] = panel(chosen, reports)
    rows["coverage"] = tuple(row for report in reports for row in coverage(report))
    rows["organizations"] = organizations(reports)
    return {name: rows[name] for name in tables()}


def _joined(reports: Sequence[ReportRows], name: str) -> tuple[Row, ...]:
    return tuple(row for report in reports for row in getattr(report, name))
