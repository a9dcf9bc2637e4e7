"""Outcomes of checks: an equation that holds or not, the facts on its two sides, and what follows for them.

A check is a small pure function from rows to outcomes. It yields nothing where it cannot run (a side is not told, is
told twice with different values, or covers other days). What does not hold becomes a finding that is linked to its
facts. What holds raises the confidence of its facts, because two numbers that were read apart seldom fit by chance; so
checks that nearly every number passes (limits, jumps, repetitions) yield only what does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct
from msgspec.structs import replace

from schemas.document import Doubt
from schemas.rows import FactRow

_MOST = Decimal("0.99")
_DIGITS = Decimal("0.01")


class Outcome(Struct, frozen=True):
    """What one check found: the code of its finding, whether it holds, one sentence with the equation, the facts.

    `left` are the facts that the equation counts from, `right` the statements held against them; start and end are
    the half-open span where a finding of it stands.
    """

    code: str
    holds: bool
    message: str
    left: tuple[FactRow, ...]
    right: tuple[FactRow, ...]
    start: int | None
    end: int | None


def outcome(code: str, holds: bool, message: str, left: Iterable[FactRow], right: FactRow) -> Outcome:
    """Return the outcome of a check of one statement, at which a finding would stand."""
    return Outcome(code, holds, message, tuple(left), (right,), right.char_start, right.char_end)


def of_doubt(doubt: Doubt) -> Outcome:
    """Return a doubt without facts of its own as an outcome that does not hold."""
    return Outcome(doubt.code, False, doubt.message, (), (), doubt.start, doubt.end)


def raised(facts: Sequence[FactRow], outcomes: Iterable[Outcome]) -> tuple[FactRow, ...]:
    """Return the facts, the confidence of those in an outcome that holds raised: the doubt 1 − c is halved once.

    A fact that another outcome of the same stage doubts is left as it is; nothing rises above 0.99. Facts of one
    document are told apart by where they begin.
    """
    told = tuple(outcomes)
    doubted = _places(one for one in told if not one.holds)
    sure = _places(one for one in told if one.holds) - doubted
    if not sure:
        return tuple(facts)
    return tuple(
        replace(fact, confidence=surer(fact.confidence)) if (fact.document_id, fact.char_start) in sure else fact
        for fact in facts
    )


def surer(confidence: Decimal) -> Decimal:
    """Return a confidence with its doubt halved.

    >>> surer(Decimal("0.80")), surer(Decimal("0.98"))
    (Decimal('0.90'), Decimal('0.99'))
    """
    halved = (1 - (1 - confidence) / 2).quantize(_DIGITS, ROUND_HALF_UP)
    return max(confidence, min(_MOST, halved))


def _places(outcomes: Iterable[Outcome]) -> set[tuple[str, int]]:
    return {(fact.document_id, fact.char_start) for one in outcomes for fact in (*one.left, *one.right)}


def plain(value: Decimal) -> str:
    """Return a number as messages write it: no exponent, no zeros at its end.

    >>> plain(Decimal("3.20E+4")), plain(Decimal("0.50"))
    ('32000', '0.5')
    """
    return f"{value.normalize():f}"
