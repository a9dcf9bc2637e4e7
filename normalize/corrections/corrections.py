"""A report with the decisions of its reviewers, and a finding for each decision that fits it no longer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from normalize.corrections.document import with_document
from normalize.corrections.facts import RULE, added, with_facts
from normalize.corrections.findings import explained, verdicts, with_verdicts
from normalize.corrections.reanchoring import anchored
from normalize.corrections.sections import with_sections
from normalize.corrections.values import decided, otherwise
from schemas.corrections import RECORDS, Correction, Decided, ReviewedRow, RowKey, Span, place, reading, standing
from schemas.findings import finding_kinds
from schemas.rows import FactRow, FindingRow, NumberRow, ReportRows, SectionRow

CODE = "correction_not_applied"

_ROW_BY_ROW = tuple(name for name in RECORDS if name not in {"documents", "findings"})
_DUPLICATE = "duplicate_document"

Unfit = tuple[Correction, str]  # a decision that is not applied, and why not


def apply(report: ReportRows, corrections: Sequence[Correction]) -> ReportRows:
    """Return a report with decisions on it, in the order in which they were made; the same again changes nothing more.

    `corrections` are those of its content, and those of an earlier state of the same file.

    1. Each goes to its place in the text (normalize.corrections.reanchoring); what has no certain one is not applied.
    2. Those that stand are applied: to the document first, whose year dates the rest, then row by row.
    3. A rejected row is gone, an added fact stands in its place; sections, ledger and links go along
       (normalize.corrections.sections, normalize.corrections.facts).
    4. Findings come last, as other decisions answer some of them (normalize.corrections.findings).
    5. A decision that is not applied becomes a finding; it is never dropped and never applied to another row.
    """
    if not corrections:
        return report
    report = replace(report, findings=tuple(row for row in report.findings if row.code != CODE))
    if any(row.code == _DUPLICATE for row in report.findings):  # its rows stand with the first of the files
        corrections = [one for one in corrections if one.table == "documents"]
    placed = [(one, anchored(one, report.document.document_id, report.text)) for one in corrections]
    unfit = _unplaced([(one, found) for one, found in placed if isinstance(found, str)])
    decisions = standing(found for _, found in placed if isinstance(found, Correction))
    report = _document(report, decisions, unfit)
    for table in _ROW_BY_ROW:
        own = {key: some for key, some in decisions.items() if key[1] == table}
        if own:
            report = _table(report, table, own, unfit)
    return _with_findings(with_verdicts(report, verdicts(decisions)), unfit)


def _unplaced(unfit: Sequence[Unfit]) -> list[Unfit]:
    """Return the decisions without a place that stand: one that was taken back or overtaken is no loss."""
    kept = {id(one) for own in standing(one for one, _ in unfit).values() for one in own.all}
    return [pair for pair in unfit if id(pair[0]) in kept]


def _document(report: ReportRows, decisions: dict[RowKey, Decided], unfit: list[Unfit]) -> ReportRows:
    for (_, table, *_), own in decisions.items():
        if table == "documents":
            found = with_document(report, own)
            if isinstance(found, ReportRows):
                return found
            unfit += [(one, found) for one in own.all]
    return report


def _table(report: ReportRows, table: str, decisions: dict[RowKey, Decided], unfit: list[Unfit]) -> ReportRows:
    """Return a report with the decisions on the rows of one table."""
    rows: list[ReviewedRow] = [row for row in getattr(report, table) if getattr(row, "rule", "") != RULE]
    here: dict[int, ReviewedRow | None] = {}
    missing: list[Decided] = []
    spans: defaultdict[Span, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        spans[place(row, report.text)].append(at)
    for (_, _, start, end, _), own in decisions.items():
        found = _target(table, rows, spans.get((start, end), ()), own)
        result = _outcome(table, rows[found], own) if isinstance(found, int) else found
        if isinstance(result, str):
            unfit += [(one, result) for one in own.all]
        elif isinstance(found, int):
            here[found] = result
        elif own.additions and not _is_rejected(own):
            missing.append(own)
    kept = [here.get(at, row) for at, row in enumerate(rows)]
    if table == "facts":
        return _with_facts(report, rows, kept, missing, unfit)
    return _with_rows(report, table, [row for row in kept if row is not None])


def _with_rows(report: ReportRows, table: str, rows: Sequence[ReviewedRow]) -> ReportRows:
    if table == "sections":
        return with_sections(report, [row for row in rows if isinstance(row, SectionRow)])
    if table == "numbers":
        return explained(report, [row for row in rows if isinstance(row, NumberRow)])
    changed: dict[str, Any] = {table: tuple(rows)}
    return replace(report, **changed)


def _with_facts(
    report: ReportRows,
    before: Sequence[ReviewedRow],
    after: Sequence[ReviewedRow | None],
    missing: Iterable[Decided],
    unfit: list[Unfit],
) -> ReportRows:
    """Return a report with facts as decided: `after` are those `before` one for one, `missing` are to be added."""
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if isinstance(old, FactRow)]
    changed = {old.fact_id for old, new in pairs if new is not None and reading("facts", old) != reading("facts", new)}
    gone = {old.fact_id for old, new in pairs if new is None} | {
        row.fact_id for row in report.facts if row.rule == RULE
    }
    facts = tuple(new for _, new in pairs if isinstance(new, FactRow))
    for own in missing:
        first = own.all[0]
        fact = added(replace(report, facts=facts), first.char_start or 0, first.char_end or 0, own)
        if isinstance(fact, str):
            unfit += [(one, fact) for one in own.all]
        else:
            facts = (*facts, fact)
    return with_facts(report, facts, gone - {fact.fact_id for fact in facts}, changed)


def _is_rejected(own: Decided) -> bool:
    return own.verdict is not None and own.verdict.action == "reject"


def _outcome(table: str, row: ReviewedRow, own: Decided) -> ReviewedRow | str | None:
    """Return a row as decided, None where it was rejected, or in a sentence why neither can be."""
    if not _is_rejected(own):
        return decided(table, row, own)
    return otherwise(table, row, own)


def _target(table: str, rows: Sequence[ReviewedRow], here: Sequence[int], own: Decided) -> int | str | None:
    """Return the place of the row that is decided on, or in a sentence why it is none; None where none is needed.

    `here` are the places of the rows with its span. Where there were several it is the one that says what the decision
    was made on, or already what it asks for.
    """
    told = own.all[0].row
    if len(here) == 1 and not told:
        return here[0]
    said = [at for at in here if told and reading(table, rows[at]) == told]
    exact = said or [at for at in here if _is_met(table, rows[at], own)]
    if len(exact) == 1:
        return exact[0]
    if not exact and (_is_rejected(own) or (own.additions and not here)):
        return None
    return f"{len(here)} rows are read there, and none alone says «{told}»" if here else "no row is read there now"


def _is_met(table: str, row: ReviewedRow, own: Decided) -> bool:
    result = decided(table, row, replace(own, verdict=None)) if own.changes else row
    return result == row and getattr(row, "corrected", None) is not None


def _with_findings(report: ReportRows, unfit: Sequence[Unfit]) -> ReportRows:
    """Return a report with a finding for each decision that is not applied, those without a place in it first."""
    if not unfit:
        return report
    document_id = report.document.document_id
    new = [
        FindingRow(
            finding_id=f"{document_id}-k{number:03d}",
            document_id=document_id,
            severity=finding_kinds()[CODE].severity,
            code=CODE,
            message=_message(one, why),
            char_start=one.char_start if _stands(one, report.text) else None,
            char_end=one.char_end if _stands(one, report.text) else None,
        )
        for number, (one, why) in enumerate(unfit, start=1)
    ]
    ordered = sorted((*report.findings, *new), key=lambda row: -1 if row.char_start is None else row.char_start)
    return replace(report, findings=tuple(ordered))


def _stands(one: Correction, text: str) -> bool:
    return bool(one.quote) and text[one.char_start : one.char_end] == one.quote


def _message(one: Correction, why: str) -> str:
    what = f"{one.action} {one.table}"
    if one.field:
        what += f".{one.field} = «{one.value}»"
    quoted = " ".join(one.quote.split())
    where = f" at «{quoted}»" if quoted else ""
    return f"The decision {what}{where} was not applied: {why}."
