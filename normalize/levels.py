"""The levels of one report: the one value that it states for an indicator, where all its statements agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from normalize.choice import choose
from normalize.statements import statements, unit_of
from schemas.measure_words import measure_words
from schemas.metrics import metrics
from schemas.rows import FactRow

_COUNT_ONE = ({"person"}, {"generic", "furniture", "place"}, {"time"})  # «3名», «3人»; «120个», «120座»; «12场», «12次»


def counts_alike(one: str | None, other: str | None) -> bool:
    """Return whether two units count the same things one by one, so that numbers in them compare.

    >>> counts_alike("名", "人"), counts_alike("册", "种"), counts_alike("人", "人次")
    (True, False, False)
    """
    if one == other:
        return True
    words = measure_words()
    if one not in words or other not in words:
        return False
    return any({words[one].family, words[other].family} <= alike for alike in _COUNT_ONE)


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
