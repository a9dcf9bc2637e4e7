"""The rows of many reports as the published tables, those that need many reports included, as a stream.

1. Through all reports once, thin: the bodies that they name, a digest that grows with the names and not with the
   reports.
2. Library by library, thin: its indicators, and how they change from year to year, which gives the bounds of the panel.
3. Library by library, whole: what its years prove or disprove, put on the shelf for each report.
4. Out go the bodies; report by report in path order its own rows, linked to the bodies and checked; then the panel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from nianbao.corpus import Corpus, Held
from normalize.across_years import across_years, by_document, with_outcomes
from normalize.jumps import JumpBounds, jump_bounds, log_ratios
from normalize.organization_decisions import Decision
from normalize.organization_links import link
from normalize.organization_mentions import mentions
from normalize.organizations import Merged, merge
from normalize.outcomes import Outcome
from normalize.panel import coverage, indicators, panel
from publish.ways_out import DocumentText
from schemas.declarations import tables
from schemas.panel_rows import IndicatorRow, PanelRow
from schemas.rows import ReportRows, Row

Rows = Mapping[str, tuple[Row, ...]]
Part = tuple[Rows, DocumentText | None]

_OF_ONE_REPORT = tuple(field.name for field in fields(ReportRows) if field.name not in {"document", "text"})


class _OfLibrary(Struct, frozen=True):
    """The panel's rows of one library."""

    indicators: tuple[IndicatorRow, ...]
    panel: tuple[PanelRow, ...]


def gather(reports: Sequence[ReportRows], decisions: Sequence[Decision] = ()) -> Rows:
    """Return the rows of every declared table by table name, in the order of the contract and of `reports`.

    `decisions` say of pairs of names that they are one body or are not.
    """
    parts = [rows for rows, _ in publishable(reports, decisions)]
    return {name: tuple(row for part in parts for row in part.get(name, ())) for name in tables()}


def publishable(reports: Sequence[ReportRows], decisions: Sequence[Decision] = ()) -> Iterator[Part]:
    """Yield what publish.ways_out.Write takes, for reports that are in memory."""
    corpus = Held(reports)
    yield from stream(corpus, bodies(corpus, decisions))


def bodies(corpus: Corpus, decisions: Sequence[Decision] = ()) -> Merged:
    """Return the bodies that reports name; `decisions` say of pairs of names that they are one body or are not."""
    return merge((mention for report in corpus.thin_reports() for mention in mentions(report)), decisions)


def stream(corpus: Corpus, merged: Merged) -> Iterator[Part]:
    """Yield what publish.ways_out.Write takes; `merged` are the bodies of the corpus."""
    _shelve_outcomes(corpus, _shelve_libraries(corpus))
    yield {"organizations": merged.organizations, "organization_aliases": merged.aliases}, None
    for report in corpus.reports():
        known = link(with_outcomes(report, _outcomes(corpus, report)), merged)
        yield _of_report(known), _text(known)
    for library_id in _libraries(corpus):
        found = _shelved(corpus, library_id)
        yield {"indicators": found.indicators, "panel": found.panel}, None


def _shelve_libraries(corpus: Corpus) -> JumpBounds:
    """Put the panel's rows of each library on the shelf; return the bounds of the changes in all of them."""
    return jump_bounds(log_ratios(_shelve_library(corpus, library_id).indicators) for library_id in _libraries(corpus))


def _shelve_library(corpus: Corpus, library_id: str) -> _OfLibrary:
    reports = corpus.of_library(library_id)
    chosen = indicators(reports)
    found = _OfLibrary(chosen, panel(chosen, reports))
    corpus.shelf[f"library {library_id}"] = msgspec.msgpack.encode(found)
    return found


def _shelve_outcomes(corpus: Corpus, bounds: JumpBounds) -> None:
    for library_id in _libraries(corpus):
        chosen = _shelved(corpus, library_id).indicators
        outcomes = across_years(corpus.of_library(library_id, whole=True), chosen, bounds)
        for document_id, some in by_document(outcomes).items():
            corpus.shelf[f"outcomes {document_id}"] = msgspec.msgpack.encode(some)


def _libraries(corpus: Corpus) -> Iterator[str]:
    """Yield each library once, in the order of the panel."""
    for library_id, _ in groupby(found.library_id for found in corpus.library_years()):
        yield library_id


def _shelved(corpus: Corpus, library_id: str) -> _OfLibrary:
    return msgspec.msgpack.decode(corpus.shelf[f"library {library_id}"], type=_OfLibrary)


def _outcomes(corpus: Corpus, report: ReportRows) -> list[Outcome]:
    found = corpus.shelf.get(f"outcomes {report.document.document_id}")
    return msgspec.msgpack.decode(found, type=list[Outcome]) if found else []


def _of_report(report: ReportRows) -> Rows:
    rows: dict[str, tuple[Row, ...]] = {name: getattr(report, name) for name in _OF_ONE_REPORT}
    return rows | {"documents": (report.document,), "coverage": coverage(report)}


def _text(report: ReportRows) -> DocumentText | None:
    """Return the text, None for a failed document, which has none, and a repeated one, whose text is there already."""
    codes = {finding.code for finding in report.findings}
    if report.document.status == "failed" or "duplicate_document" in codes:
        return None
    return DocumentText(report.document.document_id, report.text)
