"""Values that cannot be: more days than a year has, a part greater than its whole, a share over 100 %."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from normalize.checks.intervals import allowed
from normalize.checks.outcomes import Outcome, outcome, plain
from normalize.checks.statement_units import counts_alike
from schemas.metrics import metrics
from schemas.rows import FactRow

_YEAR_DAYS, _WEEK_DAYS, _DAY_HOURS = 366, 7, 24
_LIMITS = {
    "days_open": _YEAR_DAYS,
    "days_closed": _YEAR_DAYS,
    "hours_open": _YEAR_DAYS * _DAY_HOURS,
    "opening_days_per_week": _WEEK_DAYS,
    "opening_hours_per_week": _WEEK_DAYS * _DAY_HOURS,
    "branch_coverage": 100,
    "card_rate": 100,
    "satisfaction": 100,
    "reading_rate": 100,
    "open_shelf_rate": 100,
    "shelving_accuracy": 100,
}
_PARTS = {  # metric: what it is a part of, where the vocabulary does not say so by `whole`
    "directors": "staff",
    "deputy_directors": "staff",
    "staff_managers": "staff",
    "staff_professionals": "staff",
    "staff_workers": "staff",
    "staff_postgraduate": "staff",
    "staff_bachelor": "staff",
    "staff_college": "staff",
    "staff_library_science": "staff",
    "loans_children": "loans",
    "collection_children": "collection_total",
    "collection_open_shelf": "collection_total",
    "collection_books": "collection_total",
    "expenditure_staff": "expenditure_total",
    "expenditure_basic": "expenditure_total",
    "expenditure_projects": "expenditure_total",
    "expenditure_acquisitions": "expenditure_total",
    "reading_room_area": "floor_area",
    "stack_area": "floor_area",
    "electronic_reading_room_area": "floor_area",
    "hall_area": "floor_area",
}
_SHARES = frozenset({"%"})


def beyond_limits(facts: Sequence[FactRow]) -> Iterator[Outcome]:
    """Yield an outcome that does not hold for each value beyond what its metric can be, or share over 100 %."""
    for fact in facts:
        if fact.measure == "share" and fact.unit in _SHARES and fact.value > 100:
            yield _beyond(fact, f"A share of {plain(fact.value)}% is over 100%.")
        elif fact.measure == "level" and fact.value > _LIMITS.get(fact.metric or "", fact.value):
            most = _LIMITS[fact.metric or ""]
            yield _beyond(fact, f"{fact.metric} is stated as {plain(fact.value)}; there are no more than {most}.")


def parts_beyond_wholes(told: Mapping[str, FactRow]) -> Iterator[Outcome]:
    """Yield an outcome that does not hold for each indicator greater than the one that it is a part of.

    `told` are the report's levels; hedges and rounding are allowed for, both must be of the same unit and days.
    """
    for metric, part in told.items():
        whole = told.get(metrics()[metric].whole or _PARTS.get(metric, ""))
        if whole is None or not counts_alike(part.unit, whole.unit) or not _same_days(part, whole):
            continue
        least, most = allowed(part).low, allowed(whole).high
        if least is not None and most is not None and least > most:
            message = (
                f"{metric} is stated as {plain(part.value)}, more than {whole.metric}, of which it is a part: "
                f"{plain(whole.value)} («{whole.raw}»)."
            )
            yield outcome("implausible_value", False, message, (whole,), part)


def days_beyond_year(told: Mapping[str, FactRow]) -> Iterator[Outcome]:
    """Yield an outcome that does not hold where the days open and the days closed are more than a year together."""
    opened, closed = told.get("days_open"), told.get("days_closed")
    if opened is None or closed is None or opened.value > _YEAR_DAYS or closed.value > _YEAR_DAYS:
        return
    least = (allowed(opened) + allowed(closed)).low
    if least is not None and least > _YEAR_DAYS:
        days = plain(opened.value + closed.value)
        message = f"days_open + days_closed = {plain(opened.value)} + {plain(closed.value)} = {days}, not {_YEAR_DAYS}."
        yield outcome("implausible_value", False, message, (opened,), closed)


def _beyond(fact: FactRow, message: str) -> Outcome:
    return outcome("implausible_value", False, message, (), fact)


def _same_days(one: FactRow, other: FactRow) -> bool:
    """Return whether two stocks are of one year, or two flows of one period."""
    if not metrics()[one.metric or ""].flow or not metrics()[other.metric or ""].flow:
        return True
    return (one.period_start, one.period_end) == (other.period_start, other.period_end)
