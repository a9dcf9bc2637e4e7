"""The rows of many reports as the published tables, those that need many reports included, as a stream.

1. Through all reports once, thin: what the whole output is asked for (the organisations), a digest that grows with the
   names and not with the reports.
2. Report by report in path order, whole: its own rows.
3. Library by library, thin: the panel.
4. The rows of the digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec.structs import fields

from nianbao.corpus import Corpus, Held, LibraryYear
from normalize.organizations import organizations
from normalize.panel import coverage, indicators, panel
from publish.ways_out import DocumentText
from schemas.declarations import tables
from schemas.rows import ReportRows, Row

Rows = Mapping[str, tuple[Row, ...]]
Part = tuple[Rows, DocumentText | None]

_OF_ONE_REPORT = tuple(field.name for field in fields(ReportRows) if field.name not in {"document", "text"})


def gather(reports: Sequence[ReportRows]) -> Rows:
    """Return the rows of every declared table by table name, in the order of the contract and of `reports`."""
    parts = [rows for rows, _ in publishable(reports)]
    return {name: tuple(row for part in parts for row in part.get(name, ())) for name in tables()}


def publishable(reports: Sequence[ReportRows]) -> Iterator[Part]:
    """Yield what publish.ways_out.Write takes, for reports that are in memory."""
    return stream(Held(reports))


def stream(corpus: Corpus) -> Iterator[Part]:
    """Yield what publish.ways_out.Write takes: each report's rows and text, then the rows that need many reports."""
    bodies = organizations(corpus.thin_reports())
    for report in corpus.reports():
        yield _of_report(report), _text(report)
    for library_id, years in groupby(corpus.library_years(), lambda found: found.library_id):
        yield _of_library(corpus.of_library(library_id), set(years)), None
    yield {"organizations": bodies}, None


def _of_report(report: ReportRows) -> Rows:
    rows: dict[str, tuple[Row, ...]] = {name: getattr(report, name) for name in _OF_ONE_REPORT}
    return rows | {"documents": (report.document,), "coverage": coverage(report)}


def _of_library(reports: Sequence[ReportRows], years: set[LibraryYear]) -> Rows:
    """Return the panel's rows of a library, of these years only: under another name it stands elsewhere."""
    numbers = {year.report_year for year in years}
    chosen = indicators(reports)
    rows = panel(chosen, reports)
    return {
        "indicators": tuple(row for row in chosen if row.report_year in numbers),
        "panel": tuple(row for row in rows if row.report_year in numbers),
    }


def _text(report: ReportRows) -> DocumentText | None:
    """Return the text, None for a failed document, which has none, and a repeated one, whose text is there already."""
    codes = {finding.code for finding in report.findings}
    if report.document.status == "failed" or "duplicate_document" in codes:
        return None
    return DocumentText(report.document.document_id, report.text)
