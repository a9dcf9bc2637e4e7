"""One value of several statements of one indicator, with the reason for the choice in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from normalize.checks.statements import agree, digits_written, exclude
from normalize.checks.told_of_branches import told_of_branches
from schemas.metrics import metrics
from schemas.rows import FactRow

_SUREST = ("exact", "range", "about", "nearly", "over", "at_least", "at_most")
_MOST_VALUES = 50  # different values that are weighed against each other: a report that states more is no report


class Choice(Struct, frozen=True):
    """The statement chosen, why, the statements that do not agree with it, and whether one of them contradicts it.

    A value more than twice as large or small is another thing under the same name rather than a contradiction.
    """

    fact: FactRow
    reason: str
    others: tuple[FactRow, ...]
    conflict: bool


def choose(facts: Sequence[FactRow]) -> Choice:
    """Return the choice among statements of one indicator in one unit; there must be at least one.

    1. Statements of the library come before those of its branches, of the whole year before those of a part of it.
    2. The value that most statements agree on, hedges and rounding allowed for; of equals the least hedged, the surest,
       the first.
    3. Of those that agree with it the least hedged, and among these the one written with the most digits.
    """
    whole = comparable(facts)
    told = list({fact.value: fact for fact in reversed(whole)}.values())[-_MOST_VALUES:]
    support = {fact.value: sum(agree(fact, other) for other in whole) for fact in told}
    leader = min(
        (fact for fact in whole if fact.value in support),
        key=lambda fact: (-support[fact.value], *_rank(fact)),
    )
    chosen = min(
        (fact for fact in whole if agree(leader, fact)),
        key=lambda fact: (_SUREST.index(fact.qualifier), -digits_written(fact), *_rank(fact)),
    )
    others = tuple(fact for fact in whole if not agree(chosen, fact))
    conflict = any(exclude(chosen.value, fact.value) for fact in others)
    return Choice(chosen, _reason(chosen, len(whole), others), others, conflict)


def comparable(facts: Sequence[FactRow]) -> Sequence[FactRow]:
    """Return the statements that tell of one thing: of the library rather than its branches, of the longest days."""
    told = [fact for fact in facts if not told_of_branches(fact)] or facts
    longest = max(_days(fact) for fact in told)
    return [fact for fact in told if _days(fact) == longest]


def _days(fact: FactRow) -> int:
    """Return how long the period of a flow is; the days of a stock are all alike."""
    if not (fact.metric and metrics()[fact.metric].flow and fact.period_start and fact.period_end):
        return 0
    return (fact.period_end - fact.period_start).days


def _rank(fact: FactRow) -> tuple[int, Decimal, str, int]:
    return _SUREST.index(fact.qualifier), -fact.confidence, fact.document_id, fact.char_start


def _reason(chosen: FactRow, statements: int, others: Sequence[FactRow]) -> str:
    agreed = statements - len(others)
    if statements == 1:
        said = "the only statement"
    elif not others:
        said = f"all {statements} statements agree; the least hedged and most exact of them"
    elif agreed > 1:
        said = f"{agreed} of {statements} statements agree on it; the least hedged and most exact of them"
    else:
        said = f"{statements} statements, no two of which agree; the first of the least hedged and surest"
    start, end = chosen.period_start, chosen.period_end
    if _days(chosen) and start and end and (start.month, start.day, end.month, end.day) != (1, 1, 12, 31):
        said += f"; it covers {start.isoformat()} to {end.isoformat()}"
    return f"{said}; it is told of the branches" if told_of_branches(chosen) else said
