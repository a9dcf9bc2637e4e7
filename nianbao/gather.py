"""The rows of many reports as the published tables, those that need all reports included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import fields

from normalize.organization_decisions import Decision
from normalize.organization_links import link
from normalize.organization_mentions import mentions
from normalize.organizations import Merged, merge
from normalize.panel import coverage, indicators, panel
from schemas.declarations import tables
from schemas.rows import ReportRows, Row

_OF_ONE_REPORT = tuple(field.name for field in fields(ReportRows) if field.name not in {"document", "text"})


def gather(reports: Sequence[ReportRows], decisions: Sequence[Decision] = ()) -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of every declared table by table name, in the order of the contract and of `reports`."""
    return tabled(*linked(reports, decisions))


def linked(reports: Sequence[ReportRows], decisions: Sequence[Decision] = ()) -> tuple[tuple[ReportRows, ...], Merged]:
    """Return the reports with the numbers of the bodies that they name, and the bodies."""
    merged = merge((mention for report in reports for mention in mentions(report)), decisions)
    return tuple(link(report, merged) for report in reports), merged


def tabled(reports: Sequence[ReportRows], merged: Merged) -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of every declared table of reports that are linked to the bodies in `merged`."""
    rows: dict[str, tuple[Row, ...]] = {name: _joined(reports, name) for name in _OF_ONE_REPORT}
    rows["documents"] = tuple(report.document for report in reports)
    rows["indicators"] = chosen = indicators(reports)
    rows["panel"] = panel(chosen, reports)
    rows["coverage"] = tuple(row for report in reports for row in coverage(report))
    rows["organizations"], rows["organization_aliases"] = merged.organizations, merged.aliases
    return {name: rows[name] for name in tables()}


def _joined(reports: Sequence[ReportRows], name: str) -> tuple[Row, ...]:
    return tuple(row for report in reports for row in getattr(report, name))
