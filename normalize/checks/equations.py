"""Equations between the indicators of one report: per head × heads, daily mean × days open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import regex
from msgspec.structs import replace

from normalize.checks.intervals import allowed
from normalize.checks.levels import is_whole_year
from normalize.checks.outcomes import Outcome, outcome, plain
from normalize.checks.statements import agree
from normalize.values.rounding import half_step
from schemas.metrics import metrics
from schemas.rows import FactRow

_PER_HEAD = {
    "collection_per_capita": "collection_total",
    "acquisitions_per_capita": "acquisitions_books",
    "acquisition_spending_per_capita": "expenditure_acquisitions",
    "area_per_capita": "floor_area",
    "visits_per_capita": "visits",
    "loans_per_capita": "loans",
}
_POPULATION, _DAYS = "population_served", "days_open"
_CALENDAR_DAYS = Decimal(366)
_OF_A_PART = regex.compile(  # «其中三季度日均», «总馆日均»: a mean of some days or some rooms
    r"月|季|旬|[暑寒]假|假[日期]|节|高峰|周末|双休|期间|总馆|本馆|分馆|室|部|最"
)


def per_head(facts: Sequence[FactRow], told: Mapping[str, FactRow], year: int | None) -> Iterator[Outcome]:
    """Yield, for each value per head, whether it times the population served is the total; hedges and rounding allowed.

    `told` are the report's levels; a value per head is the library's (institution, level) and the only one of its kind.
    """
    heads = _the_one(fact for fact in facts if fact.metric == _POPULATION and _is_of(fact, year))
    if heads is None:
        return
    for code, total in _PER_HEAD.items():
        each = _the_one(fact for fact in facts if fact.metric == code and _is_own(fact, year))
        if each is not None and total in told and is_whole_year(told[total]):
            yield _times("per_head_does_not_fit", each, heads, told[total])


def daily_means(facts: Sequence[FactRow], told: Mapping[str, FactRow], year: int | None) -> Iterator[Outcome]:
    """Yield, for each daily mean, whether it times the days open is the year's total of its metric.

    Some libraries divide by all days of the year, so any number of days from those open to 366 will do. The mean of a
    season or of one house, by the words before it in its sentence, is no mean of the total.
    """
    days = told.get(_DAYS)
    if days is None:
        return
    means: dict[str, list[FactRow]] = {}
    for fact in facts:
        is_mean = fact.metric in told and fact.aggregation == "daily_mean" and _is_own(fact, year)
        if is_mean and not _OF_A_PART.search(fact.sentence.partition(fact.raw)[0]):
            means.setdefault(fact.metric or "", []).append(fact)
    for metric, rows in means.items():
        each = _the_one(rows)
        if each is not None and metrics()[metric].flow and is_whole_year(told[metric]):
            yield _times("daily_mean_does_not_fit", each, days, told[metric])


def _times(code: str, each: FactRow, number: FactRow, total: FactRow) -> Outcome:
    is_mean, count = each.aggregation == "daily_mean", allowed(number)
    quotient = allowed(each).widened(_last_digit(each))
    holds = (quotient * (replace(count, high=_CALENDAR_DAYS) if is_mean else count)).meets(allowed(total))
    named = f"daily mean of {each.metric}" if is_mean else each.metric
    left = f"{named} × {number.metric} = {plain(each.value)} × {plain(number.value)}"
    sign = "fits" if holds else "not"
    message = f"{left} = {plain(each.value * number.value)}, {sign} {plain(total.value)} («{total.raw}»)."
    return outcome(code, holds, message, (each, number), total)


def _last_digit(each: FactRow) -> Decimal:
    """Return the worth of the last digit written, by which a quotient may be cut off: 1 for 615, 0.01 for 0.40."""
    written = half_step(each.raw) * 2 or Decimal(1).scaleb(min(0, int(each.value.as_tuple().exponent)))
    return min(written, Decimal(1))


def _is_own(fact: FactRow, year: int | None) -> bool:
    return (fact.scope, fact.measure) == ("institution", "level") and fact.part_of is None and _is_of(fact, year)


def _is_of(fact: FactRow, year: int | None) -> bool:
    return fact.status == "actual" and fact.period_end is not None and fact.period_end.year == year


def _the_one(rows: Iterable[FactRow]) -> FactRow | None:
    """Return the first of statements that agree, None of none or of several that do not."""
    told = list(rows)
    return told[0] if told and all(agree(told[0], other) for other in told[1:]) else None
