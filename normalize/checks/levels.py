"""The levels of one report: the one value that it states for an indicator, where all its statements agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from normalize.checks.choice import choose
from normalize.checks.statement_units import counts_alike, unit_of
from normalize.checks.statements import statements
from schemas.metrics import metrics
from schemas.rows import FactRow


def levels(facts: Sequence[FactRow], year: int | None) -> Mapping[str, FactRow]:
    """Return the chosen statement of each indicator that the report states in the metric's own unit or one like it.

    An indicator whose statements exclude each other has none: what it would be held against is in doubt itself.
    """
    told: defaultdict[str, list[FactRow]] = defaultdict(list)
    for fact in statements(facts, year):
        if fact.metric and counts_alike(unit_of(fact), metrics()[fact.metric].unit):
            told[fact.metric].append(fact)
    chosen = {metric: _agreed(rows) for metric, rows in told.items()}
    return {metric: fact for metric, fact in chosen.items() if fact is not None}


def _agreed(rows: Sequence[FactRow]) -> FactRow | None:
    """Return the statement chosen of those of one indicator, None where they do not agree."""
    if len(rows) == 1:
        return rows[0]
    choice = choose(rows)
    return None if choice.others else choice.fact


def is_whole_year(fact: FactRow) -> bool:
    """Return whether a statement is of a stock, or of a flow over a whole calendar year, not ten or eleven months."""
    if fact.metric is None or not metrics()[fact.metric].flow:
        return True
    start, end = fact.period_start, fact.period_end
    return start is not None and end == date(start.year, 12, 31) and start == date(start.year, 1, 1)
