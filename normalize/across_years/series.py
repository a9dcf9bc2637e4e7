"""Indicators as series over the years: changes, what later reports say of a year, terms that changed in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from normalize.checks.statement_units import series_unit
from schemas.metrics import Metric, metrics
from schemas.panel_rows import IndicatorRow
from schemas.rows import FactRow, ReportRows

_JUMP = Decimal("0.2")  # a word more or less alone breaks no series; with such a change it may
_Told = tuple[int, FactRow, Decimal]  # year of the report that restates, its fact, the value it gives


def with_series(rows: Sequence[IndicatorRow], reports: Sequence[ReportRows]) -> tuple[IndicatorRow, ...]:
    """Return the rows with the change on the year before, the restated value and the break of definition.

    1. The change is told where the year before is there in the same unit.
    2. Of later reports the nearest one counts: its value for the year, or the base that it compares its own with.
    3. A break stands on the first row after it, whatever the distance to the row before.
    """
    restated = _restated(reports)
    at = {(row.library_id, row.metric, row.report_year): row for row in rows}
    words = {fact.fact_id: fact.sentence for report in reports for fact in report.facts}
    last: dict[tuple[str, str], IndicatorRow] = {}
    told = []
    for row in rows:
        series = (row.library_id, row.metric)
        before = at.get((*series, row.report_year - 1))
        _, fact, value = restated.get((row.library_id, row.report_year, row.metric, row.unit), (None, None, None))
        told.append(
            replace(
                row,
                change_on_previous=row.value - before.value if before and before.unit == row.unit else None,
                restated_value=value,
                restated_fact_id=fact.fact_id if fact else None,
                definition_break=_break(last[series], row, words) if series in last else None,
            )
        )
        last[series] = row
    return tuple(told)


def _restated(reports: Sequence[ReportRows]) -> dict[tuple[str, int, str, str | None], _Told]:
    """Return what the nearest later report says, by library, year, metric and unit."""
    found: dict[tuple[str, int, str, str | None], _Told] = {}
    for report in reports:
        library, year = report.document.library_id, report.document.report_year
        if library is None or year is None:
            continue
        for past, metric, told in _told_of_the_past(report.facts, year):
            key = (library, past, metric, series_unit(told[1]))
            if key not in found or year < found[key][0]:
                found[key] = told
    return found


def _told_of_the_past(facts: Sequence[FactRow], year: int) -> Iterator[tuple[int, str, _Told]]:
    """Yield what a report says of whole years before its own: the statements of such a year, then the bases of others.

    «（上年为28万人次）» is a statement of its own and the base of the one beside it: the first is what says so.
    """
    own = [
        fact
        for fact in facts
        if fact.metric and (fact.scope, fact.status, fact.aggregation) == ("institution", "actual", "total")
    ]
    for fact in own:
        past = _whole_year(fact.period_start, fact.period_end) if fact.measure == "level" else None
        if past is not None and past < year:
            yield past, fact.metric or "", (year, fact, fact.value)
    for fact in own:
        past = _whole_year(fact.baseline_start, fact.baseline_end)
        if fact.baseline_value is not None and fact.unit not in {"%", "倍", "个百分点"} and past and past < year:
            yield past, fact.metric or "", (year, fact, fact.baseline_value)


def _whole_year(start: date | None, end: date | None) -> int | None:
    """Return the year that a period is, or whose end it is; None for other periods."""
    if start is None or end is None or (end.month, end.day) != (12, 31):
        return None
    return end.year if start in {date(end.year, 1, 1), end} else None


def _break(before: IndicatorRow, row: IndicatorRow, words: dict[str, str]) -> str | None:
    """Return why two rows of a series do not compare: another official term, another meaning in their own words."""
    metric = metrics()[row.metric]
    for term in metric.terms:
        if term.since and before.report_year < term.since <= row.report_year:
            ended = [other.term for other in metric.terms if other.until and other.until < term.since]
            return (
                f"the term changed: {ended[-1]} until {term.since - 1}, {term.term} from {term.since}"
                if ended
                else None
            )
    meanings = [_meaning(metric, words.get(one.fact_id, "")) for one in (before, row)]
    if meanings[0] != meanings[1] and (all(meanings) or _jumps(before.value, row.value)):
        told = [f"«{meaning}»" if meaning else "neither" for meaning in meanings]
        return f"the report on {before.report_year} says {told[0]}, the one on {row.report_year} {told[1]}"
    return None


def _meaning(metric: Metric, sentence: str) -> str | None:
    """Return the first word of the meaning that a sentence tells, which stands for that meaning."""
    return next((words[0] for words in metric.meanings if any(word in sentence for word in words)), None)


def _jumps(before: Decimal, after: Decimal) -> bool:
    return before <= 0 or abs(after - before) > before * _JUMP
