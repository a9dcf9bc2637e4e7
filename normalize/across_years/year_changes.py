"""Changes that a report tells, against the level of the year before by its own report; restatements of that year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import regex

from normalize.across_years.library_years import Level, LibraryYear
from normalize.checks.intervals import Interval, allowed, rounding
from normalize.checks.outcomes import Outcome, outcome, plain
from normalize.checks.statement_units import series_unit
from normalize.facts.comparisons import CHANGES
from schemas.rows import FactRow, ReportRows

_DIRECTION = regex.compile(r"(?P<falls>下降|减少|降低|降幅|下滑|减幅)|(?P<rises>增|上升|提高|提升|升)")
_BEFORE = 24  # characters before a number in which its clause says which way it goes
_RATE_ROOM = Decimal("0.1")  # percentage points: rates are cut off as often as rounded
_TWOFOLD = 2


def changes(before: LibraryYear, after: LibraryYear) -> Iterator[Outcome]:
    """Yield, for each rate, increase and decrease on the year before, whether it leads from that year's level to this.

    Rates in per cent and differences in the level's own unit count; a change beside which the text states the earlier
    value itself is checked within its report.
    """
    for report in after.reports:
        for fact in report.facts:
            if not _is_on_year(fact, before.year) or fact.baseline_value is not None:
                continue
            base, level = before.levels.get(fact.metric or ""), after.levels.get(fact.metric or "")
            if base is None or level is None or base.row.unit != level.row.unit:
                continue
            if fact.unit == "%" and fact.measure == "rate":
                yield from _rate(fact, base, level, report)
            elif series_unit(fact) == level.row.unit and fact.measure in {"increase", "decrease"}:
                yield _difference(fact, base, level)


def restatements(before: LibraryYear, after: LibraryYear) -> Iterator[Outcome]:
    """Yield, for each indicator that the later report restates, whether the earlier report allows that value.

    Values further apart than twofold are other things under one name, as within a report.
    """
    facts = {fact.fact_id: fact for report in after.reports for fact in report.facts}
    for metric, level in before.levels.items():
        value, fact = level.row.restated_value, facts.get(level.row.restated_fact_id or "")
        if value is None or fact is None or not level.row.value <= value * _TWOFOLD <= level.row.value * 4:
            continue
        room = rounding(value, fact.raw if fact.value == value else "")
        holds = level.allowed.meets(Interval(value - room, value + room))
        sign = "as" if holds else "not"
        message = (
            f"{metric} of {before.year} is restated as {plain(value)}, {sign} the {plain(level.row.value)} "
            f"of that year's report («{level.fact.raw}»)."
        )
        yield outcome("restated_value", holds, message, (level.fact,), fact)


def _is_on_year(fact: FactRow, year: int) -> bool:
    """Return whether a fact is a change of the library's on the whole of a year, or on its end."""
    if (fact.scope, fact.status, fact.aggregation) != ("institution", "actual", "total") or fact.part_of:
        return False
    end = fact.baseline_end
    whole = fact.baseline_start in {date(year, 1, 1), date(year, 12, 31)}
    return fact.measure in CHANGES and end == date(year, 12, 31) and whole


def _rate(fact: FactRow, base: Level, level: Level, report: ReportRows) -> Iterator[Outcome]:
    sign, low, high = _sign(fact, report), base.allowed.low, base.allowed.high
    this = level.allowed
    if sign is None or not low or not high or low <= 0 or this.low is None or this.high is None:
        return
    found = Interval((this.low / high - 1) * 100, (this.high / low - 1) * 100).widened(_RATE_ROOM)
    told = allowed(fact)
    if sign < 0:
        told = Interval(_negative(told.high), _negative(told.low))
    holds = found.meets(told)
    one, other = base.row.value, level.row.value
    message = (
        f"{fact.metric}: ({plain(other)} - {plain(one)}) / {plain(one)} = {(other / one - 1) * 100:.1f}%, "
        f"{'fits' if holds else 'not'} {plain(sign * fact.value)}% («{fact.raw}»)."
    )
    yield outcome("rate_does_not_fit", holds, message, (base.fact, level.fact), fact)


def _difference(fact: FactRow, base: Level, level: Level) -> Outcome:
    falls = fact.measure == "decrease"
    holds = (base.allowed - allowed(fact) if falls else base.allowed + allowed(fact)).meets(level.allowed)
    total = base.row.value + (-fact.value if falls else fact.value)
    message = (
        f"{fact.metric}: {plain(base.row.value)} {'-' if falls else '+'} {plain(fact.value)} («{fact.raw}») "
        f"= {plain(total)}, {'fits' if holds else 'not'} {plain(level.row.value)} («{level.fact.raw}»)."
    )
    return outcome("increase_does_not_fit", holds, message, (base.fact, level.fact), fact)


def _sign(fact: FactRow, report: ReportRows) -> int | None:
    """Return 1 or -1 by the last word of change in the clause before a rate, None where it has none."""
    before = report.text[max(0, fact.char_start - _BEFORE) : fact.char_start]
    clause = regex.split(r"[，。；！\n]", before)[-1]
    told = [*_DIRECTION.finditer(clause)]
    return None if not told else -1 if told[-1]["falls"] else 1


def _negative(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value
