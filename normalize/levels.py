"""The levels of one report: the one value that it states for an indicator, where all its statements agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from normalize.choice import choose
from normalize.statements import is_indicator
from schemas.metrics import metrics
from schemas.rows import FactRow


def levels(facts: Iterable[FactRow], year: int | None) -> Mapping[str, FactRow]:
    """Return the chosen statement of each indicator that the report states in the metric's own unit.

    An indicator whose statements exclude each other has none: what it would be held against is in doubt itself.
    """
    told: defaultdict[str, list[FactRow]] = defaultdict(list)
    for fact in facts:
        if fact.metric and fact.unit == metrics()[fact.metric].unit and is_indicator(fact, year):
            told[fact.metric].append(fact)
    chosen = {metric: choose(rows) if len(rows) > 1 else None for metric, rows in told.items()}
    return {
        metric: one.fact if (one := chosen[metric]) else rows[0]
        for metric, rows in told.items()
        if not ((one := chosen[metric]) and one.others)
    }
