"""Repeated statements: the first fact that says the same as a later one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import Decimal

from msgspec.structs import replace

from normalize.checks.statements import exclude
from schemas.rows import FactRow


def with_restatements(facts: Sequence[FactRow]) -> tuple[FactRow, ...]:
    """Return numbered facts in document order; same_as names the first that states the same indicator alike.

    Alike: same metric, measure, aggregation, status, scope, days and unit, and values that agree when rounded to the
    coarser of the two.
    """
    first: dict[Hashable, list[FactRow]] = {}
    told = []
    for fact in facts:
        earlier = first.setdefault(_key(fact), []) if fact.metric else []
        same = next((other for other in earlier if _agree(other.value, fact.value)), None)
        if same is None:
            earlier.append(fact)
        told.append(replace(fact, same_as=same.fact_id) if same else fact)
    return tuple(told)


def _key(fact: FactRow) -> Hashable:
    said = (fact.metric, fact.measure, fact.aggregation, fact.status, fact.scope)
    return *said, fact.period_start, fact.period_end, fact.unit


def _agree(one: Decimal, other: Decimal) -> bool:
    """Return whether two values are one when rounded to two digits or more.

    >>> _agree(Decimal(320000), Decimal(319800)), _agree(Decimal(320000), Decimal(350000))
    (True, False)
    """
    small, large = sorted((one, other))
    return one == other or (small > 0 and large <= 2 * small and not exclude(one, other))
