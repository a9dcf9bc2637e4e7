"""Findings that a reviewer says are right or are none, and what other decisions answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from normalize.corrections.reanchoring import anchored
from schemas.corrections import Correction, Decided, RowKey, place, reading, standing
from schemas.rows import FindingRow, NumberRow, ReportRows

_TABLE = "findings"


def verdicts_on(report: ReportRows, corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return the decisions that stand on findings of a report and have a place in it, for `with_verdicts`.

    Some findings are made long after a report is read, when the other years of its library are known.
    """
    placed = (anchored(one, report.document.document_id, report.text) for one in corrections if one.table == _TABLE)
    return verdicts(standing(one for one in placed if isinstance(one, Correction)))


def verdicts(decisions: Mapping[RowKey, Decided]) -> tuple[Correction, ...]:
    """Return of decisions that stand those on findings."""
    return tuple(own.verdict for key, own in decisions.items() if key[1] == _TABLE and own.verdict)


def with_verdicts(report: ReportRows, told: Sequence[Correction]) -> ReportRows:
    """Return a report with what was decided on its findings: `accepted` in those that are right, the others gone.

    A finding is known by its place and by what it says, its figures too: one that says another thing was not decided
    on. One that is no longer made asks for nothing: often it was accepted, and then the row that it is about mended.
    """
    if not told:
        return report
    actions = {(one.char_start, one.char_end, one.row): one.action for one in told}
    found = [(row, actions.get((*place(row, report.text), reading(_TABLE, row)))) for row in report.findings]
    kept = (_marked(row) if action == "accept" else row for row, action in found if action != "reject")
    return without_findings(
        replace(report, findings=tuple(kept)), {row.finding_id for row, action in found if action == "reject"}
    )


def _marked(row: FindingRow) -> FindingRow:
    return replace(row, corrected="accepted")


def without_findings(report: ReportRows, fallen: set[str]) -> ReportRows:
    """Return a report without the findings of these ids, and without their links to facts."""
    if not fallen:
        return report
    return replace(
        report,
        findings=tuple(row for row in report.findings if row.finding_id not in fallen),
        finding_facts=tuple(link for link in report.finding_facts if link.finding_id not in fallen),
    )


def explained(report: ReportRows, numbers: Sequence[NumberRow]) -> ReportRows:
    """Return a report with the ledger as decided: no finding calls a numeral unexplained that a reviewer explained."""
    told = {row.char_start for row in numbers if row.corrected == "changed" and row.role != "unexplained"}
    fallen = {row.finding_id for row in report.findings if row.code == "unexplained_number" and row.char_start in told}
    return without_findings(replace(report, numbers=tuple(numbers)), fallen)
