"""Units of statements: what a number without one is counted in, and which units count the same things."""

from __future__ import annotations

from collections.abc import Iterable

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


def unit_of(fact: FactRow) -> str | None:
    """Return the unit that a statement counts in: that of its metric where none is written («进馆人数达53万»)."""
    return fact.unit or (metrics()[fact.metric].unit if fact.metric else None)


def series_unit(fact: FactRow) -> str | None:
    """Return the unit of a statement in the series of its metric, where «3名» of one year and «3人» of another are one.

    Within a report they are told apart, because different words there often count different things.
    """
    own = metrics()[fact.metric].unit if fact.metric else None
    return own if fact.unit is None or counts_alike(fact.unit, own) else fact.unit


def usual_unit(metric: str, facts: Iterable[FactRow]) -> str | None:
    """Return the metric's own unit where some statement has it, else that of the first statement."""
    units = [unit_of(fact) for fact in facts]
    return metrics()[metric].unit if metrics()[metric].unit in units else units[0]
