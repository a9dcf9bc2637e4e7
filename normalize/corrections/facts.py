"""Facts that a reviewer takes out or puts in, and the ledger and the links that go with them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import regex
from msgspec.structs import replace

from normalize.checks.restatements import with_restatements
from normalize.corrections.values import SURE, contradiction, values_with_dependents
from schemas.correction_values import typed
from schemas.corrections import Correction, Decided
from schemas.rows import FactRow, FindingRow, NumberRow, ReportRows

RULE = "reviewed"

_SENTENCE_EDGE = regex.compile(r"[。！？；\n\t]")


def added(report: ReportRows, start: int, end: int, decisions: Decided) -> FactRow | str:
    """Return the fact that a reviewer read at a span, or in a sentence why it cannot stand there.

    What nobody decided is as in most facts: a level, actual, exact, over the report's year, of the library where it
    has a metric.
    """
    values = _values((*decisions.additions, *decisions.changes))
    if values.get("value") is None:
        return "a fact that is added needs a value"
    taken = _taken_by(report, start, end)
    if taken is not None:
        return f"the number is read as «{taken.raw}» already; change that row, or reject it first"
    blank = _blank(report, start, end)
    fact = replace(blank, **values_with_dependents(blank, values))
    return contradiction(fact) or fact


def _blank(report: ReportRows, start: int, end: int) -> FactRow:
    """Return a fact at a span as most are, without a value yet."""
    year = report.document.report_year
    return FactRow(
        fact_id=f"{report.document.document_id}-a{start}-{end}",
        document_id=report.document.document_id,
        section_id=_section_at(report, start),
        metric=None,
        item=None,
        value=Decimal(0),
        lower=None,
        upper=None,
        unit=None,
        qualifier="exact",
        measure="level",
        aggregation="total",
        status="actual",
        scope="other",
        period_start=date(year, 1, 1) if year else None,
        period_end=date(year, 12, 31) if year else None,
        baseline_start=None,
        baseline_end=None,
        baseline_value=None,
        raw=report.text[start:end],
        sentence=_sentence(report.text, start, end),
        char_start=start,
        char_end=end,
        part_of=None,
        same_as=None,
        origin="table" if _table_at(report, start) else "prose",
        rule=RULE,
        confidence=SURE,
        corrected="added",
    )


def _values(decisions: Iterable[Correction]) -> dict[str, Any]:
    return {one.field: typed("facts", one.field, one.value) for one in decisions}


def _taken_by(report: ReportRows, start: int, end: int) -> FactRow | None:
    return next((fact for fact in report.facts if fact.char_start < end and start < fact.char_end), None)


def _section_at(report: ReportRows, place: int) -> str | None:
    inside = [section for section in report.sections if section.char_start <= place < section.char_end]
    return max(inside, key=lambda section: (section.depth, section.char_start)).section_id if inside else None


def _table_at(report: ReportRows, place: int) -> str | None:
    return next((table.table_id for table in report.tables if table.char_start <= place < table.char_end), None)


def _sentence(text: str, start: int, end: int) -> str:
    edges = [found.end() for found in _SENTENCE_EDGE.finditer(text, max(0, start - 1000), start)]
    after = _SENTENCE_EDGE.search(text, end)
    return " ".join(text[edges[-1] if edges else max(0, start - 1000) : after.end() if after else len(text)].split())


def with_facts(
    report: ReportRows, facts: Iterable[FactRow], rejected: Collection[str], changed: Collection[str]
) -> ReportRows:
    """Return a report with other facts, in document order; `rejected` and `changed` are ids of facts that it had.

    1. No link points at a fact that is gone; repetitions are linked anew.
    2. Every numeral stays in the ledger: one of a rejected fact is `rejected`, or a cell's like its neighbours; one of
       an added fact is a `fact`, and no finding calls it unexplained.
    3. A finding about a fact as it was read falls with that reading: its sentence would no longer be true.
    """
    kept = {fact.fact_id: fact for fact in facts}
    ordered = sorted(kept.values(), key=lambda fact: (fact.char_start, fact.char_end))
    linked = with_restatements(
        [replace(fact, part_of=fact.part_of if fact.part_of in kept else None, same_as=None) for fact in ordered]
    )
    new = _Added([fact for fact in linked if fact.rule == RULE])
    otherwise = {*rejected, *changed}
    fallen = {link.finding_id for link in report.finding_facts if link.fact_id in otherwise}
    fallen |= {row.finding_id for row in report.findings if _is_answered(row, otherwise, new)}
    return replace(
        report,
        facts=linked,
        numbers=tuple(_number(number, report, rejected, new) for number in report.numbers),
        findings=tuple(row for row in report.findings if row.finding_id not in fallen),
        finding_facts=tuple(link for link in report.finding_facts if link.finding_id not in fallen),
    )


class _Added:
    """The facts that were added, in order and apart from each other, to be asked for by a place."""

    def __init__(self, facts: Sequence[FactRow]) -> None:
        self._facts = facts
        self._starts = [fact.char_start for fact in facts]

    def at(self, place: int | None) -> FactRow | None:
        """Return the fact whose span holds a place, or None."""
        at = -1 if place is None else bisect_right(self._starts, place) - 1
        return self._facts[at] if at >= 0 and place is not None and place < self._facts[at].char_end else None


def _number(number: NumberRow, report: ReportRows, rejected: Collection[str], new: _Added) -> NumberRow:
    own, in_cell = new.at(number.char_start), number.role == "table_cell"
    if own is not None:
        return replace(number, role=number.role if in_cell else "fact", row_id=own.fact_id)
    if number.row_id not in rejected:
        return number
    if in_cell:
        return replace(number, row_id=_table_at(report, number.char_start))
    return replace(number, role="rejected", row_id=None)


def _is_answered(finding: FindingRow, otherwise: Collection[str], new: _Added) -> bool:
    unexplained = finding.code == "unexplained_number" and new.at(finding.char_start) is not None
    return unexplained or finding.fact_id in otherwise
