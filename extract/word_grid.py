"""The grid of a Word table: which cells there are, where they begin and how far they span."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from extract.word_xml import children, is_on, name, val, whole

_ROW, _CELL, _ROW_PROPERTIES, _CELL_PROPERTIES = name("tr"), name("tc"), name("trPr"), name("tcPr")
_GONE = (name("del"), name("moveFrom"))
_CONTINUES = {"", "continue", "cont"}


class GridCell(NamedTuple):  # a named tuple, for there are many
    """A cell of the grid at its top left place; continuations of a merged cell are no cells of their own."""

    element: etree._Element
    column: int
    column_span: int = 1
    row_span: int = 1
    merges: str | None = None  # vMerge: "restart", a continuation, or None
    beside: str | None = None  # hMerge, the same


_GridRow = dict[int, GridCell]  # by first column


def read_grid(table: etree._Element) -> list[list[GridCell]]:
    """Return the cells of a w:tbl element row by row; rows and cells that were deleted or are hidden are not there.

    A row may have no cell, where all its places continue the cells above.
    """
    grid = [_grid_row(row) for row in children(table) if row.tag == _ROW and not _is_gone(row)]
    return [
        [
            cell if cell.merges is None else cell._replace(row_span=_row_span(grid, index, column))
            for column, cell in row.items()
            if not _is_covered(grid, index, column)
        ]
        for index, row in enumerate(grid)
    ]


def _is_gone(row: etree._Element) -> bool:
    properties = row.find(_ROW_PROPERTIES)
    if properties is None or not len(properties):
        return False
    hidden = properties.find(name("hidden"))
    return any(properties.find(tag) is not None for tag in _GONE) or (hidden is not None and is_on(hidden))


def _grid_row(row: etree._Element) -> _GridRow:
    cells: _GridRow = {}
    properties = row.find(_ROW_PROPERTIES)
    before = None if properties is None else properties.find(name("gridBefore"))
    column = 0 if before is None else whole(val(before), 0)
    last: GridCell | None = None
    for element in children(row):
        cell = _cell(element, column) if element.tag == _CELL else None
        if cell is None:
            continue
        column += cell.column_span
        if last is not None and last.beside is not None and cell.beside in _CONTINUES:
            cell = last._replace(column_span=last.column_span + cell.column_span)
        cells[cell.column] = last = cell
    return cells


def _cell(element: etree._Element, column: int) -> GridCell | None:
    """Return a cell as its properties say, or None where it was deleted."""
    first = next(iter(element), None)
    found = {} if first is None or first.tag != _CELL_PROPERTIES else dict(_stated(first))
    if not found:
        return GridCell(element, column)
    if "cellDel" in found:
        return None
    span = max(1, whole(found.get("gridSpan"), 1))
    return GridCell(element, column, span, 1, found.get("cellMerge", found.get("vMerge")), found.get("hMerge"))


def _stated(properties: etree._Element) -> Iterator[tuple[str, str]]:
    for item in properties:
        local = _STATED.get(item.tag)
        if local == "cellMerge":  # a vertical merge that is a tracked change
            yield local, item.get(name("vMerge"), "rest")
        elif local:
            yield local, val(item)


_STATED = {name(local): local for local in ("gridSpan", "vMerge", "hMerge", "cellDel", "cellMerge")}


def _is_covered(grid: list[_GridRow], index: int, column: int) -> bool:
    """Return whether a cell begins here that goes on with one above; a continuation of nothing is a cell of its own."""
    if index == 0 or grid[index][column].merges not in _CONTINUES:
        return False
    above = grid[index - 1].get(column)
    return above is not None and above.merges is not None


def _row_span(grid: list[_GridRow], index: int, column: int) -> int:
    end = index + 1
    while end < len(grid) and column in grid[end] and _is_covered(grid, end, column):
        end += 1
    return end - index
