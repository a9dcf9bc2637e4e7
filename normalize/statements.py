"""Statements of indicators: which facts state one for their report's year, what their words allow, and who agrees."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal

import regex

from normalize.rounding import half_step
from schemas.metrics import metrics
from schemas.rows import FactRow

Bounds = tuple[Decimal | None, Decimal | None]

_MOST_OF_A_YEAR = 300  # days; reports written in November tell of ten or eleven months and mean the year
_MORE = regex.compile(r"[余餘多几]")  # «18万余», «50多»: less than the next such number
_DIGITS = regex.compile(r"\d[\d,]*")
_OF_BRANCHES = regex.compile(  # «各分馆新增», «分馆共添置»: the branches do it; not «总分馆共添置», not «为分馆添置»
    r"""\s*(?:全[县市区]|[我本]馆|下属|所属|各|所有|全部|直属|乡|镇|街道|社区|基层|现有|[\d两一二三四五六七八九十]++[个家])*+
        的?(?:分馆|服务点|流通点)""",
    regex.VERBOSE,
)
_CLAUSE = regex.compile(r"[，。；：,;]")
_LONGEST_CLAUSE = 80  # characters before a number in which its clause begins
_CLOSE, _NEAR = Decimal("0.1"), Decimal("0.2")  # the widest that «about» and «nearly» are taken, as shares of the value


def is_indicator(fact: FactRow, year: int | None) -> bool:
    """Return whether a fact states an indicator of the library for its report's year: a level, actual, a total.

    A flow must cover the year, or most of it; a stock may be of any of its days, but for its beginning («年初的9万册»).
    """
    if fact.metric is None or year is None or fact.period_end is None or fact.period_end.year != year:
        return False
    if (fact.scope, fact.status, fact.measure, fact.aggregation) != ("institution", "actual", "level", "total"):
        return False
    if metrics()[fact.metric].flow:
        return _covers_most(fact.period_start, fact.period_end)
    return fact.period_end.month > 1


def _covers_most(start: date | None, end: date) -> bool:
    return start is not None and start <= date(end.year, 1, 1) and (end - date(end.year, 1, 1)).days >= _MOST_OF_A_YEAR


def told_of_branches(fact: FactRow) -> bool:
    """Return whether a statement's clause is about what the branches do («分馆共添置了…»), not the library as a whole.

    It is an indicator of the library's system where nothing else is said; beside a statement of the library's own it
    is another thing.
    """
    at = fact.sentence.find(fact.raw)
    clause = _CLAUSE.split(fact.sentence[max(0, at - _LONGEST_CLAUSE) : max(0, at)])[-1]
    return len(clause) < _LONGEST_CLAUSE and _OF_BRANCHES.match(clause) is not None


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


def unit_of(fact: FactRow) -> str | None:
    """Return the unit that a statement counts in: that of its metric where none is written («进馆人数达53万»)."""
    return fact.unit or (metrics()[fact.metric].unit if fact.metric else None)


def usual_unit(metric: str, facts: Iterable[FactRow]) -> str | None:
    """Return the metric's own unit where some statement has it, else that of the first statement."""
    units = [unit_of(fact) for fact in facts]
    return metrics()[metric].unit if metrics()[metric].unit in units else units[0]
