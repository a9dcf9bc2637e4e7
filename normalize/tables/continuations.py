"""Tables that go on: one table cut in two by a page break or a «续表» is read as one.

`cells` and `tables` keep both as they stand, and each tidy row names the table that it stands in. What is joined is the
reading: the second table takes the first one's header where it has none, its row numbers go on, and a total row at its
end sums the rows of both (its `total_check` tells the result).
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from msgspec.structs import replace

from normalize.tables.grids import Grid, read_numbers
from normalize.tables.total_rows import total_role
from normalize.values.numerals import read_numeral

_MARK = regex.compile(r"续\s*[上前]?\s*表|[接承]\s*[上前]\s*[表页]|[（(]\s*续\s*[一二三四五\d]?\s*[）)]")
_BETWEEN = regex.compile(r"[\s\d\-—－第页共/·]*")  # page numbers and blank lines


def join_continued(grids: Sequence[Grid], folded: str) -> tuple[Grid, ...]:
    """Return the grids, those that go on with the one before marked and read by its header.

    A table goes on where all of this holds:

    1. Nothing stands between but page numbers, or its caption says so («（续表）») or is the same caption again.
    2. The one before does not end with a total, unless the caption says that it goes on.
    3. It has the same header, its rows going on or not numbered; or no header, the same width and row numbers that go
       on (with a caption that says so, any row numbers).
    """
    joined: list[Grid] = []
    for grid in grids:
        joined.append(_joined(joined[-1], grid, folded) if joined else grid)
    return tuple(joined)


def chains(grids: Sequence[Grid]) -> list[list[int]]:
    """Return the places of the grids, those of one continued table together, in order."""
    found: list[list[int]] = []
    for place, grid in enumerate(grids):
        if grid.continues and found:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _joined(before: Grid, grid: Grid, folded: str) -> Grid:
    between = folded[before.table.end : grid.table.start]
    marked = bool(_MARK.search(between)) or bool(grid.title and _MARK.search(folded[slice(*grid.title)]))
    if not (marked or _is_close(before, grid, between, folded)) or (_is_closed(before) and not marked):
        return grid
    last = _last_number(before)
    if _header_words(grid) and _header_words(grid) == _header_words(before):
        first = _number_at(grid, grid.header_rows)
        fresh = first is not None and last is not None and first <= last
        return grid if fresh and not marked else _taken_over(before, grid, grid.header_rows)
    if marked:
        return _taken_over(before, grid, 1 if grid.title else 0) if grid.width <= before.width else grid
    goes_on = last is not None and _number_at(grid, 0) == last + 1
    headless = grid.header is None and grid.width == before.width
    return _taken_over(before, grid, 0) if headless and goes_on else grid


def _is_close(before: Grid, grid: Grid, between: str, folded: str) -> bool:
    if _BETWEEN.fullmatch(between):
        return True
    own, others = (folded[slice(*one.table.caption)] if one.table.caption else "" for one in (grid, before))
    return bool(own) and own == others and not _BETWEEN.sub("", between.replace(own, "", 1))


def _is_closed(grid: Grid) -> bool:
    roles = [role for row, role in grid.roles.items() if row not in grid.asides]
    return bool(roles) and roles[-1] == "total"


def _header_words(grid: Grid) -> list[tuple[str, ...]]:
    return [grid.columns[column] for column in sorted(grid.columns)]


def _number_at(grid: Grid, row: int) -> int | None:
    words = grid.sheet.plain[row] if row < grid.sheet.height else {}
    value = read_numeral(words[min(words)].strip(".、")) if words and words[min(words)] else None
    return int(value) if value is not None and value == int(value) else None


def _last_number(grid: Grid) -> int | None:
    numbers = (_number_at(grid, row) for row in reversed(grid.body()))
    return next((number for number in numbers if number is not None), None)


def _taken_over(before: Grid, grid: Grid, header_rows: int) -> Grid:
    """Return a grid with the header of the one before; `header_rows` rows at its top are its own header."""
    roles = {
        row: "header" if row < header_rows else total_role(grid.sheet.words[row]) or "body"
        for row in range(grid.sheet.height)
    }
    roles |= {row: "header" for row, role in grid.roles.items() if role == "header" and row >= grid.header_rows}
    return replace(
        grid,
        roles=roles,
        header=before.header,
        columns=before.columns,
        header_rows=header_rows,
        units=before.units,
        numbers=read_numbers(grid.sheet, before.units),
        layout=before.layout,
        hints=before.hints,
        asides=frozenset(row for row in grid.asides if row >= header_rows),
        continues=True,
    )
