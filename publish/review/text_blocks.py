"""The text of a report as it reads: paragraphs, headings, and tables rebuilt from their cells. Nothing is left out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import regex
from msgspec import Struct

from publish.review.reports import Cells, StoredReport, span

# A page draws the text block by block as it is scrolled; one that is too long would be drawn whole.
LONGEST_PARAGRAPH = 1500
MOST_ROWS = 40

_LINE = regex.compile(r"[^\n]++")
_SENTENCE_END = regex.compile(r"[。！？；]")
_WORD = regex.compile(r"\w")


class Paragraph(Struct, frozen=True):
    """A line of the text, half-open; `level` is the depth of the section that it is the heading of, 0 for none.

    `continued`: it goes on where the block before it stops, because a line of the text was too long for one block.
    """

    start: int
    end: int
    level: int = 0
    continued: bool = False


class CellPlace(Struct, frozen=True):
    """A cell where it stands in its table (from 0), and its half-open span, empty where the cell is."""

    row: int
    column: int
    row_span: int
    column_span: int
    role: str
    start: int
    end: int


class Grid(Struct, frozen=True):
    """Some rows of a table (by its place among the report's tables) one below the other; `start` is where they are."""

    start: int
    end: int
    table: int
    rows: tuple[tuple[CellPlace, ...], ...]
    continued: bool = False


Block = Paragraph | Grid


def blocks(report: StoredReport) -> tuple[Block, ...]:
    """Return the text as blocks in reading order.

    1. The cells of each table become a grid, cut between rows where it is long.
    2. What else the text holds, line by line, becomes paragraphs, cut after a sentence where one is long; also what
       stands in the span of a table and in none of its cells, such as a note between the rows.
    3. A line that is no more than the marker and the title of a section is a heading.
    """
    text = report.text or ""
    cells: dict[str, list[CellPlace]] = defaultdict(list)
    for row in report.table("cells"):
        cells[row["table_id"]].append(_place(row))
    grids = [
        grid
        for number, row in enumerate(report.table("tables"))
        for grid in _grids(number, cells.get(row["table_id"], ()))
    ]
    taken = sorted((cell.start, cell.end) for grid in grids for row in grid.rows for cell in row)
    headings = {
        int(row["char_start"]): (int(row["depth"]), len(row["marker"]) + len(row["title"]))
        for row in report.table("sections")
        if span(row)
    }
    inside = _merged((grid.start, grid.end) for grid in grids)
    paragraphs = (
        part
        for start, end in _gaps(taken, len(text))
        for line in _LINE.finditer(text, start, end)
        if _says(line, inside)
        for part in _paragraphs(text, *line.span(), headings)
    )
    return tuple(sorted([*grids, *paragraphs], key=lambda block: (block.start, isinstance(block, Paragraph))))


def block_at(found: Sequence[Block], place: int) -> int:
    """Return the place in `found` of the block that holds an offset, or of the last one before it."""
    return max(0, bisect_right(found, place, key=lambda block: block.start) - 1)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _says(line: regex.Match[str], grids: Sequence[tuple[int, int]]) -> bool:
    """Whether a line has something to show: between the cells of a table, the signs that draw it say nothing."""
    near = bisect_right(grids, line.start(), key=lambda grid: grid[0]) - 1
    if near >= 0 and line.start() < grids[near][1]:
        return _WORD.search(line[0]) is not None
    return bool(line[0].strip())


def _gaps(taken: Sequence[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in taken:
        if start > at:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length


def _paragraphs(text: str, start: int, end: int, headings: dict[int, tuple[int, int]]) -> Iterator[Paragraph]:
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    depth, length = headings.get(first, (0, 0))
    level = depth if len(text[first:end].rstrip()) <= length + 2 else 0  # a space between marker and title, a colon
    at = start
    while end - at > LONGEST_PARAGRAPH:
        near = _SENTENCE_END.search(text, at + LONGEST_PARAGRAPH // 2, at + LONGEST_PARAGRAPH)
        stop = near.end() if near else at + LONGEST_PARAGRAPH
        yield Paragraph(at, stop, continued=at > start)
        at = stop
    yield Paragraph(at, end, level, continued=at > start)


def _grids(number: int, cells: Sequence[CellPlace]) -> Iterator[Grid]:
    """Cut the rows of a table into grids, each with MOST_ROWS rows or as many more as a cell reaches down."""
    rows: list[tuple[CellPlace, ...]] = []
    reach, continued = 0, False
    for row, group in groupby(cells, key=lambda cell: cell.row):
        if len(rows) >= MOST_ROWS and reach <= row:
            yield _grid(number, rows, continued=continued)
            rows, continued = [], True
        rows.append(tuple(group))
        reach = max(reach, *(cell.row + cell.row_span for cell in rows[-1]))
    if rows:
        yield _grid(number, rows, continued=continued)


def _grid(number: int, rows: Sequence[tuple[CellPlace, ...]], *, continued: bool) -> Grid:
    cells = [cell for row in rows for cell in row]
    return Grid(min(cell.start for cell in cells), max(cell.end for cell in cells), number, tuple(rows), continued)


def _place(row: Cells) -> CellPlace:
    at, column, rows, columns = (int(row[name]) for name in ("row", "column", "row_span", "column_span"))
    return CellPlace(at, column, rows, columns, row["role"], int(row["char_start"]), int(row["char_end"]))
