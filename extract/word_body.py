"""The body of a Word document as parts in order: paragraphs and tables, tables with their grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from lxml import etree

from extract.word_styles import Role, Styles, role
from extract.word_text import lines
from extract.word_xml import children, name, value, whole

_PARAGRAPH, _TABLE, _ROW, _CELL = name("p"), name("tbl"), name("tr"), name("tc")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its lines, its 1-based number among all paragraphs of the body (those in cells too), its role."""

    lines: tuple[str, ...]
    number: int
    role: Role


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its top left place of the grid, with what it holds; continuations of a merged cell are no cells."""

    column: int
    row_span: int
    column_span: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells; a row may have none, where all its places continue the cells above."""

    rows: tuple[tuple[Cell, ...], ...]


Part = Paragraph | Table


@dataclass(frozen=True, slots=True)
class _GridCell:
    element: etree._Element
    column_span: int
    continues: bool  # merged with the cell above


_GridRow = dict[int, _GridCell]  # by first column


def read_body(body: etree._Element, styles: Styles) -> tuple[Part, ...]:
    """Return the paragraphs and tables of a w:body element in reading order."""
    return _parts(body, styles, count(1))


def _parts(container: etree._Element, styles: Styles, numbers: Iterator[int]) -> tuple[Part, ...]:
    found: list[Part] = []
    for child in children(container):
        if child.tag == _PARAGRAPH:
            found.append(Paragraph(lines(child), next(numbers), role(child, styles)))
        elif child.tag == _TABLE:
            found.append(_table(child, styles, numbers))
    return tuple(found)


def _table(element: etree._Element, styles: Styles, numbers: Iterator[int]) -> Table:
    grid = [_grid_row(row) for row in children(element) if row.tag == _ROW and value(row, "trPr/del") is None]
    return Table(
        tuple(
            tuple(
                Cell(column, _row_span(grid, index, column), cell.column_span, _parts(cell.element, styles, numbers))
                for column, cell in row.items()
                if not _is_covered(grid, index, column)
            )
            for index, row in enumerate(grid)
        )
    )


def _grid_row(row: etree._Element) -> _GridRow:
    cells: _GridRow = {}
    column = whole(value(row, "trPr/gridBefore"), 0)
    for element in children(row):
        if element.tag == _CELL:
            span = max(1, whole(value(element, "tcPr/gridSpan"), 1))
            cells[column] = _GridCell(element, span, value(element, "tcPr/vMerge") in {"", "continue"})
            column += span
    return cells


def _is_covered(grid: list[_GridRow], index: int, column: int) -> bool:
    """Return whether a cell begins here that goes on with one above; a continuation of nothing is a cell of its own."""
    cell = grid[index].get(column)
    return cell is not None and cell.continues and index > 0 and column in grid[index - 1]


def _row_span(grid: list[_GridRow], index: int, column: int) -> int:
    end = index + 1
    while end < len(grid) and _is_covered(grid, end, column):
        end += 1
    return end - index
