"""Totals: the rows that sum up a table, laid on their columns and checked against the sums."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from normalize.tables.cell_values import is_nothing, read_count
from normalize.tables.grids import Grid
from normalize.tables.total_columns import lay_on_columns
from normalize.tables.total_rows import counts_rows, inline_figures
from schemas.document import Doubt

_COUNTS = frozenset({"participants", "volumes", "items", "value"})
_RATIO = re.compile(r"[%％率]|比[例重]|占比|同比|均")
_NO_COUNT = re.compile(r"序号?|编号|行次|年份?|年度|时间|日期")
_LEAST_ROWS = 2  # fewer rows have no sum worth an unlabelled total


class _Line(Struct, frozen=True):
    """One row of a chain of tables, with the numbers of its counted columns."""

    grid: int
    row: int
    role: str
    numbers: Mapping[int, Decimal]


class Check(Struct, frozen=True):
    """What the totals of one table say: ok, mismatch or none, and the doubts."""

    verdict: str
    doubts: tuple[Doubt, ...]


def read_totals(chain: Sequence[Grid]) -> tuple[Sequence[Grid], tuple[Check, ...]]:
    """Return the grids of one continued table, and for each whether the totals that it states are the sums.

    1. The last row is a total, and is marked so, if it says nothing but the sums of the rows above.
    2. A total sums the body rows since the last total, a subtotal those since the last of either. A total row that has
       lost cells is laid on the columns whose sums it states; where no sum fits, its numbers go to the counted columns
       in order if there are as many, else to the columns they stand in. «合计：44次» is held against the sums, and
       against the number of rows.

    Tables with an indicator a row have no sums.
    """
    if not chain or _is_down(chain[0]):
        return chain, tuple(Check("none", ()) for _ in chain)
    columns = _counted_columns(chain)
    told = _with_unlabelled_total(chain, columns)
    return told, _check_totals(told, columns if told is chain else _counted_columns(told))


def _with_unlabelled_total(chain: Sequence[Grid], columns: Sequence[int]) -> Sequence[Grid]:
    last = chain[-1]
    rows = last.body()
    stated = _bare_numbers(last, rows[-1]) if rows else []
    if not stated:
        return chain
    lines = [line for line in _lines(chain, columns) if line.role != "header"]
    if (lines[-1].grid, lines[-1].row) != (len(chain) - 1, rows[-1]) or len(lines) <= _LEAST_ROWS:
        return chain
    sums = _sums([line for line in lines[:-1] if line.role == "body"], columns)
    if Counter(stated) - Counter(value for value in sums.values() if value):
        return chain
    return (*chain[:-1], replace(last, roles={**last.roles, rows[-1]: "total"}))


def _bare_numbers(grid: Grid, row: int) -> list[Decimal]:
    """Return the numbers of a row's filled cells, none where one of them says something else."""
    numbers = []
    for text in grid.sheet.words[row]:
        if not is_nothing(text):
            number = read_count(text)
            if number is None:
                return []
            numbers.append(number)
    return numbers


def _check_totals(chain: Sequence[Grid], columns: Sequence[int]) -> tuple[Check, ...]:
    doubts: list[list[Doubt]] = [[] for _ in chain]
    checked: set[int] = set()
    above: dict[str, list[_Line]] = {"total": [], "subtotal": []}
    for line in _lines(chain, columns):
        if line.role == "body":
            above["total"].append(line)
            above["subtotal"].append(line)
        if line.role not in above:
            continue
        rows = above[line.role]
        found = _check_row(chain[line.grid], line, rows, _sums(rows, columns))
        if found is not None:
            checked.add(line.grid)
            doubts[line.grid] += found
        above["subtotal"] = []
        above["total"] = [] if line.role == "total" else above["total"]
    return tuple(
        Check("none" if at not in checked else "mismatch" if told else "ok", tuple(told))
        for at, told in enumerate(doubts)
    )


def _is_down(grid: Grid) -> bool:
    return grid.kind == "statistics" and (grid.layout is None or grid.layout.way == "rows")


def _lines(chain: Sequence[Grid], columns: Sequence[int]) -> list[_Line]:
    return [
        _Line(at, row, role, _numbers(grid, row, columns))
        for at, grid in enumerate(chain)
        for row, role in grid.roles.items()
        if row not in grid.asides
    ]


def _numbers(grid: Grid, row: int, columns: Sequence[int]) -> dict[int, Decimal]:
    numbers = grid.numbers[row]
    return {column: numbers[column] for column in columns if column in numbers}


def _counted_columns(chain: Sequence[Grid]) -> list[int]:
    """Return the columns that a total may sum: those with a number in most rows where they are filled at all.

    Row numbers, dates, shares and columns that mean something else than a count are left out.
    """
    width = max(grid.width for grid in chain)
    texts, numbers = [0] * width, [0] * width
    for grid in chain:
        for row in grid.body():
            plain = grid.sheet.plain[row]
            for column in grid.sheet.own[row]:
                texts[column] += not is_nothing(plain[column])
            for column in grid.numbers[row]:
                numbers[column] += 1
    return [
        column for column in range(width) if numbers[column] * 2 > texts[column] and not _is_no_count(chain, column)
    ]


def _is_no_count(chain: Sequence[Grid], column: int) -> bool:
    first = chain[0]
    header = "".join(first.columns.get(column, ()))
    if _RATIO.search(header):
        return True
    if first.header is not None and first.header.kind != "statistics":
        return any(at == column and name not in _COUNTS for name, (at, _) in first.header.columns.items())
    return bool(_NO_COUNT.fullmatch(header)) or _counts_up(chain, column)


def _counts_up(chain: Sequence[Grid], column: int) -> bool:
    numbers = [grid.numbers[row].get(column) for grid in chain for row in grid.body()]
    return numbers == [Decimal(number) for number in range(1, len(numbers) + 1)]


def _sums(lines: Sequence[_Line], columns: Sequence[int]) -> dict[int, Decimal]:
    return {column: sum((line.numbers.get(column, Decimal(0)) for line in lines), Decimal(0)) for column in columns}


def _check_row(grid: Grid, line: _Line, rows: Sequence[_Line], sums: Mapping[int, Decimal]) -> list[Doubt] | None:
    """Return the doubts about one total row, or None where it states no figure that can be held against anything."""
    inline = _check_inline(grid, line, rows, sums)
    stated = lay_on_columns(grid, line.row, sums)
    if inline is None and not stated:
        return None
    wrong = [_mismatch(grid, at, value, sums[at]) for at, value in stated.items() if value != sums[at]]
    return _doubts(grid, line, [*(inline or ()), *wrong])


def _check_inline(grid: Grid, line: _Line, rows: Sequence[_Line], sums: Mapping[int, Decimal]) -> list[str] | None:
    """Hold the figures in the total's own cell against the sums and the number of rows; None where it has none."""
    figures = [one for word in grid.sheet.words[line.row] for one in inline_figures(word)]
    if not figures:
        return None
    wrong = []
    for number, unit in figures:
        value = read_count(number)
        if value is None or value in sums.values() or (counts_rows(unit) and value == len(rows)):
            continue
        told = f"there are {len(rows)} rows" if counts_rows(unit) else _told_sums(grid, sums)
        if told:
            wrong.append(f"is stated as {number}{unit}; {told}.")
    return wrong


def _told_sums(grid: Grid, sums: Mapping[int, Decimal]) -> str:
    return ", ".join(f"«{_title(grid, column)}» sums to {value:f}" for column, value in sums.items())


def _title(grid: Grid, column: int) -> str:
    return " / ".join(grid.columns.get(column, ())) or f"column {column + 1}"


def _mismatch(grid: Grid, column: int, stated: Decimal, summed: Decimal) -> str:
    return f"of «{_title(grid, column)}» is stated as {stated:f}; the rows sum to {summed:f}."


def _doubts(grid: Grid, line: _Line, wrong: Sequence[str]) -> list[Doubt]:
    """Return what is wrong with a total row as doubts that stand at the row."""
    name = f" in «{grid.hints[0]}»" if grid.hints else ""
    blocks = grid.sheet.own[line.row].values()
    start, end = min(block.start for block in blocks), max(block.end for block in blocks)
    return [Doubt(f"{line.role}_mismatch", f"The {line.role}{name} {told}", start, end) for told in wrong]
