"""A series of numbers as one line of block characters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[Decimal | None]) -> str:
    """Return a character a value, the least ▁ and the greatest █, a space where there is none.

    Fewer than three values have no shape worth drawing and give an empty line; values that are all equal stand at
    half height.

    >>> sparkline([Decimal(3), None, Decimal(10), Decimal(6)])
    '▁ █▄'
    >>> sparkline([Decimal(3), None, Decimal(10)])
    ''
    """
    known = [value for value in values if value is not None]
    if len(known) < 3:
        return ""
    least, span = min(known), max(known) - min(known)
    return "".join(
        " " if value is None else _block((value - least) / span if span else Decimal("0.5")) for value in values
    )


def _block(share: Decimal) -> str:
    return _BLOCKS[min(int(share * len(_BLOCKS)), len(_BLOCKS) - 1)]
