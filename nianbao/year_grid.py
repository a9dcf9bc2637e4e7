"""Values by year as tables that fit a width: too many years for one table go on in the next, none is cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from nianbao.holdings import PanelValue, Series
from nianbao.sparkline import sparkline

# hedges of a number as signs: 约 ≈, 余 and 至少 ≥, 近 and 至多 ≤; a range is written with both its bounds
_HEDGES = {"about": "≈", "over": "≥", "at_least": "≥", "nearly": "≤", "at_most": "≤"}

LEGEND = (
    "≈ about, ≥ over or at least, ≤ nearly or at most, ! statements disagree; change: the last value on the one before"
)

_NAME = 32  # columns of a name, before it goes on on the next line
_GAP = 2


class Line(Struct, frozen=True):
    """One line of the grid: a name and the series that it tells."""

    name: str
    series: Series


# what stands after the last year: a heading, and a cell a line
_End = tuple[str, list[str]]


def year_grids(title: str, lines: Sequence[Line], years: Sequence[int], width: int) -> Iterator[RenderableType]:
    """Yield tables of no more than `width` columns: name, unit, years; in the last one sparkline and change.

    A sparkline that is wider than the room for the years is left out.
    """
    names = min(_NAME, max([cell_len(title), *(cell_len(line.name) for line in lines)]))
    units = max([len("unit"), *(cell_len(line.series.unit) for line in lines)])
    room = width - names - units - 2 * _GAP
    ends = _ends(lines, years, room)
    blocks = _blocks(lines, years, room, sum(map(_size, ends)))
    for block in blocks:
        grid = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0))
        grid.add_column(title, width=names, overflow="fold")
        grid.add_column("unit", no_wrap=True)
        last = ends if block is blocks[-1] else []
        for heading in (*map(str, block), *(heading for heading, _ in last)):
            grid.add_column(heading, justify="right" if heading else "left", no_wrap=True)
        for place, line in enumerate(lines):
            values = (_cell(line.series, year) for year in block)
            grid.add_row(Text(line.name), Text(line.series.unit), *values, *(Text(cells[place]) for _, cells in last))
        yield grid


def _ends(lines: Sequence[Line], years: Sequence[int], room: int) -> list[_End]:
    shapes: _End = ("", [sparkline([_number(line, year) for year in years]) for line in lines])
    changes: _End = ("change", [change(line.series) for line in lines])
    ends = [end for end in (shapes, changes) if any(end[1])]
    return ends if sum(map(_size, ends)) <= room else ends[1:]


def _size(end: _End) -> int:
    return _GAP + max(cell_len(cell) for cell in (end[0], *end[1]))


def _number(line: Line, year: int) -> Decimal | None:
    return line.series.values[year].value if year in line.series.values else None


def _blocks(lines: Sequence[Line], years: Sequence[int], room: int, end: int) -> list[list[int]]:
    """Return the years in groups as wide as `room` at most, the last with `end` columns to spare; that may be empty."""
    blocks: list[list[int]] = [[]]
    left = room
    for year in years:
        size = _GAP + max([len(str(year)), *(cell_len(_cell(line.series, year).plain) for line in lines)])
        if size > left and blocks[-1]:
            blocks.append([])
            left = room
        blocks[-1].append(year)
        left -= size
    return blocks if end <= left else [*blocks, []]


def _cell(series: Series, year: int) -> Text:
    value = series.values.get(year)
    return Text("") if value is None else Text(written(value), style="yellow" if value.conflict else "")


def written(value: PanelValue) -> str:
    """Return a value with its hedge as a sign, and «!» where statements disagree.

    >>> written(PanelValue(Decimal(590000), None, "about", True))
    '≈590,000!'
    """
    number = f"{value.value:,f}" if value.upper is None else f"{value.value:,f}–{value.upper:,f}"
    return f"{_HEDGES.get(value.qualifier, '')}{number}{'!' if value.conflict else ''}"


def change(series: Series) -> str:
    """Return by how much the last value differs from the one before it; of percentages, in points.

    >>> change(Series("visits", "", "人次", {2015: PanelValue(Decimal(80), None, "exact", False),
    ...                                    2018: PanelValue(Decimal(100), None, "exact", False)}))
    '+25%'
    """
    if len(series.values) < 2:
        return ""
    before, last = (value.value for value in list(series.values.values())[-2:])
    if series.unit == "%":
        return f"{last - before:+,f} points"
    percent = round((last - before) / before * 100) if before else None
    return "" if percent is None else f"{percent:+,d}%" if percent else "0%"
