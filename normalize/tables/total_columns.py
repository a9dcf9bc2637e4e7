"""Total columns: the numbers of a total row laid on the columns whose sums they are, cells lost or not."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Mapping, Sequence
from decimal import Decimal

from normalize.tables.cell_values import read_count
from normalize.tables.grids import Grid

_Places = Mapping[Decimal, Mapping[Decimal, deque[int]]]


def lay_on_columns(grid: Grid, row: int, sums: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Return the totals that a row states, by the column they belong to; `sums` are those of the rows above.

    1. Where every number is one of the sums, each is laid on the column whose sum it is.
    2. Where there are as many numbers as sums, they are laid on the columns in order.
    3. Else each belongs to the column that it stands in.
    """
    cells = grid.sheet.plain[row]
    stated = [(column, read_count(cells[column])) for column in sorted(grid.sheet.own[row])]
    written = [(column, value) for column, value in stated if value is not None]
    by_sum = _laid_by_sum(grid, written, sums)
    if by_sum is not None:
        return by_sum
    if len(written) == len(sums):
        return {at: _scaled(grid, at, value) for at, (_, value) in zip(sums, written, strict=True)}
    return {column: _scaled(grid, column, value) for column, value in written if column in sums}


def _scaled(grid: Grid, column: int, value: Decimal) -> Decimal:
    unit = grid.units.get(column)
    return value * unit.factor if unit else value


def _laid_by_sum(
    grid: Grid, written: Sequence[tuple[int, Decimal]], sums: Mapping[int, Decimal]
) -> dict[int, Decimal] | None:
    """Return the sums that the numbers of a row are, each once, by column; None where a number is none of them.

    A number is the sum of the column it stands in, else of the first column that is free.
    """
    places = _by_factor(grid, sums)
    taken: dict[int, Decimal] = {}
    for column, value in written:
        fits = column in sums and column not in taken and sums[column] == _scaled(grid, column, value)
        fitting = column if fits else _first_free(places, value, taken)
        if fitting is None:
            return None
        taken[fitting] = sums[fitting]
    return taken


def _by_factor(grid: Grid, sums: Mapping[int, Decimal]) -> _Places:
    """Return the columns in order by the factor of their unit and then by their sum, to be found without a search."""
    places: dict[Decimal, dict[Decimal, deque[int]]] = {}
    for column, total in sums.items():
        unit = grid.units.get(column)
        places.setdefault(unit.factor if unit else Decimal(1), {}).setdefault(total, deque()).append(column)
    return places


def _first_free(places: _Places, value: Decimal, taken: Container[int]) -> int | None:
    """Return the first column that is not taken whose sum is a number in its unit; forget the taken ones met."""
    free = []
    for factor, columns in places.items():
        left = columns.get(value * factor, deque())
        while left and left[0] in taken:
            left.popleft()
        free += [left[0]] if left else []
    return min(free, default=None)
