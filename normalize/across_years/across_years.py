"""Checks across the years of one library, and what follows from them for each of its reports.

Three pure steps, none of which needs the rows of all reports at once: each library gives a small digest of its changes
(jumps.log_ratios), the digests give the bounds of the panel (jumps.jump_bounds), and with these each library is checked
by itself. The time is linear in the rows of the library.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from normalize.across_years.jumps import JumpBounds, jump_bounds, jumps, log_ratios
from normalize.across_years.library_years import LibraryYear, consecutive, library_years
from normalize.across_years.repetitions import repetitions
from normalize.across_years.stock_balance import stock_balance
from normalize.across_years.year_changes import changes, restatements
from normalize.checks.finding_rows import finding_rows
from normalize.checks.outcomes import Outcome, raised
from schemas.panel_rows import IndicatorRow
from schemas.rows import FindingRow, ReportRows


def checked_across_years(reports: Sequence[ReportRows], chosen: Sequence[IndicatorRow]) -> tuple[ReportRows, ...]:
    """Return many reports, in their order, each with the findings and confidences that its library's years give it."""
    libraries, rows = _by_library(reports), _rows_by_library(chosen)
    bounds = jump_bounds(log_ratios(told) for told in rows.values())
    found: dict[str, list[Outcome]] = {}
    for library, told in libraries.items():
        if library in rows:
            found |= by_document(across_years(told, rows[library], bounds))
    return tuple(with_outcomes(report, found.get(report.document.document_id, ())) for report in reports)


def across_years(
    reports: Sequence[ReportRows], chosen: Sequence[IndicatorRow], bounds: JumpBounds
) -> tuple[Outcome, ...]:
    """Return the outcomes of all checks across the years of one library; `chosen` are its rows of the panel."""
    pairs = consecutive(library_years(reports, chosen))
    return tuple(found for before, after in pairs for found in _of_two_years(before, after, bounds))


def by_document(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """Return the outcomes of one library by each document whose facts they hold."""
    found: defaultdict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        for document_id in dict.fromkeys(fact.document_id for fact in (*one.left, *one.right)):
            found[document_id].append(one)
    return dict(found)


def _of_two_years(before: LibraryYear, after: LibraryYear, bounds: JumpBounds) -> Iterator[Outcome]:
    yield from changes(before, after)
    yield from restatements(before, after)
    yield from stock_balance(before, after)
    yield from jumps(before, after, bounds)
    yield from repetitions(before, after)


def with_outcomes(report: ReportRows, outcomes: Sequence[Outcome]) -> ReportRows:
    """Return a report with what the outcomes that hold facts of it say.

    1. What does not hold is a finding of the report that holds the later statement, numbered «…-x001» and on, in place
       order with the findings that it has.
    2. What holds raises the confidence of its facts in each report.
    """
    document_id = report.document.document_id
    own = [one for one in outcomes if not one.holds and one.right[0].document_id == document_id and report.text]
    facts = raised(report.facts, outcomes) if outcomes and report.facts else report.facts
    if not own:
        return replace(report, facts=facts)
    findings, links = finding_rows(own, document_id, "x", report.tables, facts, _section_at(report))
    return replace(
        report,
        facts=facts,
        findings=tuple(sorted((*report.findings, *findings), key=_place)),
        finding_facts=(*report.finding_facts, *links),
    )


def _section_at(report: ReportRows) -> Callable[[int], str | None]:
    """Return a function that names the innermost section that holds a place: the last begun, or one around it."""
    starts = [section.char_start for section in report.sections]
    known = {section.section_id: section for section in report.sections}

    def found(place: int) -> str | None:
        at = bisect_right(starts, place) - 1
        section = report.sections[at] if at >= 0 else None
        while section is not None and place >= section.char_end:
            section = known.get(section.parent_id or "")
        return section.section_id if section else None

    return found


def _place(finding: FindingRow) -> int:
    return -1 if finding.char_start is None else finding.char_start


def _by_library(reports: Iterable[ReportRows]) -> Mapping[str, list[ReportRows]]:
    found: defaultdict[str, list[ReportRows]] = defaultdict(list)
    for report in reports:
        if report.document.library_id is not None:
            found[report.document.library_id].append(report)
    return found


def _rows_by_library(chosen: Iterable[IndicatorRow]) -> Mapping[str, list[IndicatorRow]]:
    found: defaultdict[str, list[IndicatorRow]] = defaultdict(list)
    for row in chosen:
        found[row.library_id].append(row)
    return found
