"""Intervals: the values that a statement allows by its hedge and by how it is rounded; their sums and products."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from normalize.checks.statements import bounds
from normalize.values.rounding import half_step
from schemas.rows import FactRow

_ROUND = 2  # so many zeros at the end of an exact number may be rounding («12300»)
_LITTLE = Decimal("0.02")  # and allow no more than this share of it: «400000» may be counted


class Interval(Struct, frozen=True):
    """A closed interval of non-negative numbers; None is an end that nothing sets."""

    low: Decimal | None
    high: Decimal | None

    def __add__(self, other: Interval) -> Interval:
        return Interval(_sum(self.low, other.low), _sum(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return Interval(_difference(self.low, other.high), _difference(self.high, other.low))

    def __mul__(self, other: Interval) -> Interval:
        return Interval(_product(self.low, other.low), _product(self.high, other.high))

    def widened(self, room: Decimal) -> Interval:
        """Return the interval with so much more room on both sides."""
        return Interval(_difference(self.low, room), _sum(self.high, room))

    def meets(self, other: Interval) -> bool:
        """Return whether some value lies in both."""
        return _up_to(self.low, other.high) and _up_to(other.low, self.high)


def allowed(fact: FactRow) -> Interval:
    """Return the values that a statement allows: its hedge's bounds, wider by half of its last digit's worth.

    An exact «12.3万» may be 122500 to 123500, an exact «12300» 12250 to 12350; of round numbers written out («400000»)
    no more than 2 % is taken for rounding.
    """
    low, high = bounds(fact)
    return Interval(low, high).widened(rounding(fact.value, fact.raw))


def rounding(value: Decimal, raw: str) -> Decimal:
    """Return by how much a value may have been rounded when it was written; decimals written as 0 count («0.40»).

    >>> int(rounding(Decimal(123000), "12.3万册")), int(rounding(Decimal(12300), "12300册"))
    (500, 50)
    >>> rounding(Decimal("0.4"), "0.40次"), rounding(Decimal(1), "1.00次")
    (Decimal('0.005'), Decimal('0.005'))
    """
    exponent = value.normalize().as_tuple().exponent
    zeros = exponent if isinstance(exponent, int) else 0
    written_out = min(Decimal(1).scaleb(zeros) / 2, value * _LITTLE) if zeros >= _ROUND else Decimal(0)
    written = half_step(raw)
    decimals = Decimal(1).scaleb(zeros) / 2 if zeros < 0 and not written else Decimal(0)
    return max(written, written_out, decimals)


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def _difference(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _product(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one * other


def _up_to(low: Decimal | None, high: Decimal | None) -> bool:
    return low is None or high is None or low <= high
