"""The panel: one chosen value for each library, year and metric."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Context, Decimal

from schemas.metrics import metrics
from schemas.rows import DocumentRow, FactRow, IndicatorRow, ReportRows

_SUREST = ("exact", "range", "about", "nearly", "over", "at_least", "at_most")


def is_indicator(fact: FactRow, year: int | None) -> bool:
    """Return whether a fact states an indicator of the library for its report's year: a level, actual, a total."""
    return (
        fact.metric is not None
        and year is not None
        and (fact.scope, fact.status, fact.measure, fact.aggregation) == ("institution", "actual", "level", "total")
        and fact.period_end is not None
        and fact.period_end.year == year
    )


def indicators(reports: Sequence[ReportRows]) -> tuple[IndicatorRow, ...]:
    """Return the panel of many reports, by library, year and metric in the vocabulary's order.

    Of several statements the value stated most often is chosen, then the least hedged, then the first; a report whose
    library or year is not known gives none. lower and upper are the bounds that the hedge of the chosen one implies.
    """
    groups: dict[tuple[str, int, str], list[FactRow]] = defaultdict(list)
    places: dict[str, str | None] = {}
    for report in reports:
        for fact in report.facts:
            key = _key(report.document, fact)
            if key is not None:
                groups[key].append(fact)
                places.setdefault(key[0], report.document.region_code)
    order = {code: number for number, code in enumerate(metrics())}
    keys = sorted(groups, key=lambda key: (key[0], key[1], order.get(key[2], len(order))))
    rows = {key: _row(key, groups[key], places[key[0]]) for key in keys}
    return tuple(_with_change(row, rows.get((row.library, row.report_year - 1, row.metric))) for row in rows.values())


def _key(document: DocumentRow, fact: FactRow) -> tuple[str, int, str] | None:
    if document.library is None or document.report_year is None or fact.metric is None:
        return None
    return (document.library, document.report_year, fact.metric) if is_indicator(fact, document.report_year) else None


def _row(key: tuple[str, int, str], facts: Sequence[FactRow], region_code: str | None) -> IndicatorRow:
    library, year, metric = key
    usual = [fact for fact in facts if fact.unit == _usual_unit(metric, facts)]
    counts = Counter(fact.value for fact in usual)
    chosen = min(usual, key=lambda fact: (-counts[fact.value], _SUREST.index(fact.qualifier), fact.char_start))
    lower, upper = bounds(chosen)
    return IndicatorRow(
        library=library,
        region_code=region_code,
        report_year=year,
        metric=metric,
        value=chosen.value,
        unit=chosen.unit,
        lower=lower,
        upper=upper,
        qualifier=chosen.qualifier,
        fact_id=chosen.fact_id,
        statements=len(facts),
        conflict=any(exclude(chosen.value, value) for value in counts),
        change_on_previous=None,
    )


def _usual_unit(metric: str, facts: Sequence[FactRow]) -> str | None:
    """Return the metric's own unit where some statement has it, else that of the first statement."""
    units = [fact.unit for fact in facts]
    return metrics()[metric].unit if metrics()[metric].unit in units else units[0]


def bounds(fact: FactRow) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the greatest value that a fact's words allow; None where they set no bound."""
    return {
        "exact": (fact.value, fact.value),
        "range": (fact.value, fact.upper),
        "over": (fact.value, None),
        "at_least": (fact.value, None),
        "nearly": (None, fact.value),
        "at_most": (None, fact.value),
    }.get(fact.qualifier, (None, None))


def exclude(one: Decimal, other: Decimal) -> bool:
    """Return whether two statements of one indicator cannot both be right.

    >>> exclude(Decimal(11000), Decimal(11342)), exclude(Decimal(590000), Decimal(600000))
    (False, True)
    """
    small, large = sorted((one, other))
    if small <= 0 or large > 2 * small:
        return False
    digits = min(len(value.normalize().as_tuple().digits) for value in (one, other))
    context = Context(prec=max(digits, 2))
    return context.plus(one) != context.plus(other)


def _with_change(row: IndicatorRow, previous: IndicatorRow | None) -> IndicatorRow:
    if previous is None or previous.unit != row.unit:
        return row
    return replace(row, change_on_previous=row.value - previous.value)
