"""All documents of an output as the data of one page: small digests, since ten thousand of them must fit in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from msgspec import Struct

from publish.review.labels import code_labels, metric_labels
from publish.review.library_page import Library
from publish.review.reports import ACTIVITIES, Cells, StoredReport

SEVERITIES = ("error", "warning", "info")


class Entry(Struct, frozen=True):
    """What the index says of one document: some cells of its row, how many rows it has, its findings by kind."""

    document: Cells
    facts: int
    events: int
    activities: int
    findings: Mapping[tuple[str, str], int]


def entry(report: StoredReport) -> Entry:
    """Return the digest of a report."""
    return Entry(
        document={column: report.document.get(column, "") for column in _COLUMNS},
        facts=len(report.table("facts")),
        events=len(report.table("events")),
        activities=sum(len(report.table(name)) for name in ACTIVITIES),
        findings=Counter((row["severity"], row["code"]) for row in report.table("findings")),
    )


_COLUMNS = (
    "document_id",
    "source",
    "title",
    "library",
    "library_id",
    "province",
    "city",
    "county",
    "report_year",
    "status",
    "characters",
    "error",
)


def index_data(entries: Sequence[Entry], pages: Iterable[str], libraries: Sequence[Library]) -> dict[str, Any]:
    """Return what the index is drawn from; `pages` are the documents that have a page, by document_id.

    `documents`: for each the cells of `columns`, whether it has a page, its counts, and its findings as
    [place in `kinds`, how many]. `kinds`: [severity, code] of the findings met, the gravest first.
    `coverage`: for each library and year [library_id, year, metrics given, metrics in conflict], places in `metrics`.
    """
    kinds = sorted({kind for one in entries for kind in one.findings}, key=lambda kind: (_grave(kind[0]), kind[1]))
    metrics = metric_labels(metric for library in libraries for year in library.years.values() for metric in year)
    codes = [*SEVERITIES, *(code for _, code in kinds), "ok", "partial", "failed"]
    return {
        "columns": list(_COLUMNS),
        "documents": _documents(entries, frozenset(pages), {kind: number for number, kind in enumerate(kinds)}),
        "kinds": [list(kind) for kind in kinds],
        "metrics": list(metrics),
        "libraries": {library.library_id: library.name for library in libraries},
        "coverage": _coverage(libraries, {code: number for number, code in enumerate(metrics)}),
        "labels": {"columns": {}, "metrics": metrics, "codes": code_labels(codes)},
    }


def _documents(entries: Sequence[Entry], pages: Set[str], kinds: Mapping[tuple[str, str], int]) -> list[list[Any]]:
    return [
        [
            *(one.document[column] for column in _COLUMNS),
            int(one.document["document_id"] in pages),
            *(one.facts, one.events, one.activities),
            [[place, one.findings[kind]] for kind, place in kinds.items() if kind in one.findings],
        ]
        for one in entries
    ]


def _coverage(libraries: Iterable[Library], metrics: Mapping[str, int]) -> list[list[Any]]:
    return [
        [
            library.library_id,
            year,
            [metrics[metric] for metric, conflict in given.items() if not conflict],
            [metrics[metric] for metric, conflict in given.items() if conflict],
        ]
        for library in libraries
        for year, given in library.years.items()
    ]


def _grave(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
