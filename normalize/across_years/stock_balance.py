"""The balance of the stock: what a library holds is what it held, plus what came, less what was weeded."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from normalize.across_years.library_years import LibraryYear
from normalize.checks.intervals import Interval
from normalize.checks.outcomes import Outcome, plain

_STOCK, _ADDED, _WEEDED = "collection_total", ("acquisitions_books", "acquisitions_serials"), "withdrawals"
_TOLERANCE = Decimal("0.02")  # of the stock: gifts, bound serials and losses that nobody counts
_NOTHING = Interval(Decimal(0), Decimal(0))


def stock_balance(before: LibraryYear, after: LibraryYear) -> Iterator[Outcome]:
    """Yield whether this year's stock is last year's, plus the books added, less those weeded, within 2 % of it.

    The additions must be told. Where weeding is told the balance is held on both sides; where it is not, only a stock
    that is above last year's with all additions, or below last year's altogether, is doubtful. A change of definition
    between the two years (electronic books counted in, or not) leaves nothing to check.
    """
    last, this, books = before.levels.get(_STOCK), after.levels.get(_STOCK), after.levels.get(_ADDED[0])
    if last is None or this is None or books is None or this.row.definition_break:
        return
    if not last.row.unit == this.row.unit == books.row.unit:
        return
    added = [level for name in _ADDED if (level := after.levels.get(name)) and level.row.unit == this.row.unit]
    weeded = after.levels.get(_WEEDED)
    if weeded is not None and weeded.row.unit != this.row.unit:
        return
    most = last.allowed
    for level in added:
        most += level.allowed
    expected = most - weeded.allowed if weeded else Interval(last.allowed.low, most.high)
    room = last.row.value * _TOLERANCE
    holds = expected.widened(room).meets(this.allowed)
    if holds and weeded is None:  # one open side proves nothing
        return
    sums = last.row.value + sum((level.row.value for level in added), Decimal(0))
    sums -= weeded.row.value if weeded else 0
    told = " + ".join(plain(level.row.value) for level in added) + (f" - {plain(weeded.row.value)}" if weeded else "")
    message = (
        f"{_STOCK}: {plain(last.row.value)} + {told} = {plain(sums)}, {'fits' if holds else 'not'} "
        f"{plain(this.row.value)} («{this.fact.raw}»); the tolerance is {plain(room.quantize(Decimal(1)))}."
    )
    left = (last.fact, *(level.fact for level in added), *((weeded.fact,) if weeded else ()))
    span = this.fact.char_start, this.fact.char_end
    yield Outcome("stock_does_not_balance", holds, message, left, (this.fact,), *span)
