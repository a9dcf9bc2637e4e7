"""Statements of indicators: which facts state one for their report's year, what their words allow, and who agrees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Context, Decimal
from itertools import zip_longest

from normalize.values.rounding import half_step
from schemas.metrics import metrics
from schemas.rows import FactRow

Bounds = tuple[Decimal | None, Decimal | None]

_MOST_OF_A_YEAR = 300  # days; reports written in November tell of ten or eleven months and mean the year
_NO_YEAR = 400  # days; «自新馆开放以来» is no year, «2014年12月至2015年11月» is one
_MORE = re.compile(r"[余餘多几]")  # «18万余», «50多»: less than the next such number
_DIGITS = re.compile(r"\d[\d,]*")
_CLOSE, _NEAR = Decimal("0.1"), Decimal("0.2")  # the widest that «about» and «nearly» are taken, as shares of the value


def is_indicator(fact: FactRow, year: int | None) -> bool:
    """Return whether a fact states an indicator of the library for its report's year: a level, actual, a total.

    A flow must cover the year, or most of it, and not much more; a stock may be of any of its days, but for its
    beginning («年初的9万册»).
    """
    if fact.metric is None or year is None or fact.period_end is None or fact.period_end.year != year:
        return False
    if (fact.scope, fact.status, fact.measure, fact.aggregation) != ("institution", "actual", "level", "total"):
        return False
    if metrics()[fact.metric].flow:
        return _covers_most(fact.period_start, fact.period_end)
    return fact.period_end.month > 1


def _covers_most(start: date | None, end: date) -> bool:
    first = date(end.year, 1, 1)
    return (
        start is not None and start <= first and (end - first).days >= _MOST_OF_A_YEAR and (end - start).days < _NO_YEAR
    )


def statements(facts: Sequence[FactRow], year: int | None) -> Iterator[FactRow]:
    """Yield the facts, in document order, that state an indicator for the report's year.

    What a number only came from («由1300平方米扩至2100平方米») states nothing: the next one does.
    """
    for fact, after in zip_longest(facts, facts[1:]):
        if is_indicator(fact, year) and not (after is not None and _is_base(fact, after)):
            yield fact


def _is_base(fact: FactRow, after: FactRow) -> bool:
    return (
        fact.metric == after.metric
        and fact.value == after.baseline_value != after.value
        and fact.sentence == after.sentence
        and fact.document_id == after.document_id
    )


def bounds(fact: FactRow) -> Bounds:
    """Return the least and the greatest value that a fact's words allow (closed interval); None where they set none.

    1. exact: the value; range: its ends; at_least, at_most: one end.
    2. over: from the value; with 余, 多 or 几 up to the next number of as many digits («18万余» ends at 190000).
    3. nearly: up to the value, from one step of its last digit below, but no more than a fifth.
    4. about: half a step to both sides, but no more than a tenth.
    """
    value = fact.value
    match fact.qualifier:
        case "exact":
            return value, value
        case "range":
            return value, fact.upper
        case "over":
            return value, value + _step(fact) if _MORE.search(fact.raw) else None
        case "nearly":
            return value - min(_step(fact), value * _NEAR), value
        case "at_least":
            return value, None
        case "at_most":
            return None, value
    room = min(_step(fact) / 2, value * _CLOSE)
    return value - room, value + room


def _step(fact: FactRow) -> Decimal:
    """Return the worth of the last digit that was not rounded away: 10000 for «18万», 100 for «1300», 1 for «1305»."""
    scaled = half_step(fact.raw) * 2
    if scaled:
        return scaled
    exponent = fact.value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


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


def agree(one: FactRow, other: FactRow) -> bool:
    """Return whether two statements can both be right: one value when rounded, or hedges that allow a common one."""
    if one.value == other.value:
        return True
    small, large = sorted((one.value, other.value))
    if small > 0 and large <= 2 * small and not exclude(one.value, other.value):
        return True
    if one.qualifier == other.qualifier == "exact":
        return False
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    if high is not None and other_low is not None and high <= other_low:
        return False
    return not (other_high is not None and low is not None and other_high <= low)


def digits_written(fact: FactRow) -> int:
    """Return how many digits a number was written with: the more, the less it was rounded."""
    return max(
        (len(run.replace(",", "")) for run in _DIGITS.findall(unicodedata.normalize("NFKC", fact.raw))), default=1
    )
