"""Grids: a table with the meaning of its header, the roles of its rows and the units that it states once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from normalize.tables.cell_values import is_nothing, read_count
from normalize.tables.header_rows import (
    HeaderRows,
    header_at,
    is_note,
    is_single,
    looks_like_header,
    repeats,
    title_rows,
)
from normalize.tables.headers import Columns, HeaderMatch, match_header, named_kinds
from normalize.tables.sheets import Sheet, lay_out
from normalize.tables.statistics_layout import Layout, find_layout
from normalize.tables.total_rows import total_role
from normalize.tables.units import Unit, read_unit, stated_unit, unit_of_header
from schemas.document import Block
from schemas.mentions import RawTable

_FAMILIES = {  # what a caption's «单位：…» may be about
    "volumes": frozenset({"volume", "loan", "title", "generic", "document"}),
    "participants": frozenset({"person", "attendance"}),
    "items": frozenset({"generic", "document", "furniture"}),
}


class Grid(Struct, frozen=True):
    """A table read as a grid: cells by row and column, roles by row, the header's meaning, units by column.

    `asides` are rows that are neither: the headings of groups, the remarks below; `hints` the caption, the title row
    and the headings around, nearest first; `title` the span of the title row where the table has one.
    `numbers` are the plain numbers of the cells that begin in each row, by column, scaled by the column's unit.
    `continues` is true for a table that goes on with the one before it (see continuations.py): it has that one's
    header, while its own cells, rows and table row stay its own.
    """

    sheet: Sheet
    roles: Mapping[int, str]
    header: HeaderMatch | None
    columns: Columns
    header_rows: int
    units: Mapping[int, Unit]
    numbers: tuple[Mapping[int, Decimal], ...]
    layout: Layout | None = None
    asides: frozenset[int] = frozenset()
    hints: tuple[str, ...] = ()
    title: tuple[int, int] | None = None
    continues: bool = False

    @property
    def table(self) -> RawTable:
        """The table as it was found."""
        return self.sheet.table

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return self.sheet.width

    @property
    def kind(self) -> str:
        """The code of the table's kind, or unknown."""
        return self.header.kind if self.header else "statistics" if self.layout else "unknown"

    def body(self) -> list[int]:
        """Return the numbers of the body rows in order, group headings and remarks left out."""
        return [row for row, role in self.roles.items() if role == "body" and row not in self.asides]

    def places(self, column: str) -> tuple[int, ...]:
        """Return the grid columns that a column of the tidy table is read from, none where there is none."""
        return self.header.places.get(column, ()) if self.header else ()

    def text(self, row: int, column: str) -> str | None:
        """Return the stripped text of a cell by the meaning of its column, or None; parts are joined by a space."""
        places, texts = self.header.places.get(column, ()) if self.header else (), self.sheet.texts[row]
        if len(places) == 1:
            return texts.get(places[0]) or None
        return " ".join(dict.fromkeys(text for place in places if (text := texts.get(place)))) or None

    def blocks(self, row: int, column: str) -> list[Block]:
        """Return the cell blocks by the meaning of their column."""
        cells = self.sheet.cells[row]
        return [cells[place] for place in self.places(column) if place in cells]

    def count(self, row: int, column: str) -> Decimal | None:
        """Return the number of a count column, its parts summed, scaled by the header's unit; None where none stands.

        A merged cell counts in its first row only, so that no total counts it twice.
        """
        numbers = self.numbers[row]
        stated = [numbers[place] for place in self.places(column) if place in numbers]
        return sum(stated, Decimal(0)) if stated else None

    def caption(self) -> tuple[int, int] | None:
        """Return the span of the caption: the paragraph before the table, else its title row."""
        return self.table.caption or self.title


def read_grid(table: RawTable, text: str, folded: str, headings: Sequence[str] = ()) -> Grid:
    """Return a table as a grid.

    1. Rows at the top with one cell are the title. The header begins in the first of the next three rows that any
       kind of table knows; its rows are joined (header_rows.py). Where none is known, the first row is the header if
       it holds no numbers.
    2. The kind is decided by the header and by the first of caption, title and headings that names a kind.
    3. Roles: rows above and of the header, and the header's repetitions, are header; total rows by their words.
    """
    sheet = lay_out(table, text, folded)
    titles = title_rows(sheet)
    title = sheet.cells[0][min(sheet.cells[0])] if titles and sheet.cells[0] else None
    caption = folded[slice(*table.caption)] if table.caption else ""
    lines = [caption, *(word for words in sheet.words[:titles] for word in words)]
    hints = tuple(hint for hint in (*lines, *headings) if hint)
    header, rows = _find_header(sheet, titles, hints)
    start, columns = (rows.end, rows.columns) if rows else (titles, {})
    span = (title.start, title.end) if title else None
    roles = {row: "header" if row < start else _role(sheet, row, rows) for row in range(sheet.height)}
    asides = frozenset(row for row, role in roles.items() if role == "body" and _is_aside(sheet, row))
    units = _units(columns, header, tuple(lines))
    numbers = read_numbers(sheet, units)
    return _with_layout(Grid(sheet, roles, header, columns, start, units, numbers, None, asides, hints, span))


def read_numbers(sheet: Sheet, units: Mapping[int, Unit]) -> tuple[dict[int, Decimal], ...]:
    """Return the plain numbers of each row by column; a merged cell's number stands in its first row only."""
    return tuple(
        {column: number for column in own if (number := read_count(plain[column], units.get(column))) is not None}
        for own, plain in zip(sheet.own, sheet.plain, strict=True)
    )


def _find_header(sheet: Sheet, titles: int, hints: Sequence[str]) -> tuple[HeaderMatch | None, HeaderRows | None]:
    for row in range(titles, min(titles + 3, sheet.height)):
        rows = header_at(sheet, row)
        found = match_header(_with_unit_column(sheet, rows), hints)
        if found is not None:
            return found, rows
    if sheet.height > titles and looks_like_header(sheet, titles):
        return None, header_at(sheet, titles)
    return None, None


def _with_unit_column(sheet: Sheet, rows: HeaderRows) -> Columns:
    """Return the header with «单位» named as a measure where units stand below it, and no bodies."""
    columns = dict(rows.columns)
    for column, texts in columns.items():
        if texts[-1] == "单位":
            cells = [sheet.plain[row].get(column, "") for row in range(rows.end, sheet.height)]
            filled = [cell for cell in cells if not is_nothing(cell)]
            if filled and sum(read_unit(cell) is not None for cell in filled) * 2 > len(filled):
                columns[column] = ("计量单位",)
    return columns


def _role(sheet: Sheet, row: int, header: HeaderRows | None) -> str:
    if header is not None and repeats(sheet, row, header):
        return "header"
    return total_role(sheet.words[row]) or "body"


def _is_aside(sheet: Sheet, row: int) -> bool:
    return is_note(sheet, row) or is_single(sheet, row)


def _units(columns: Columns, header: HeaderMatch | None, lines: Sequence[str]) -> dict[int, Unit]:
    """Return the unit of each column: its own header's, else the caption's where it suits the column's meaning."""
    units = {column: unit for column, texts in columns.items() if (unit := _unit(texts)) is not None}
    stated = next((unit for line in lines if (unit := stated_unit(line)) is not None), None)
    if header is not None and stated is not None:
        for name, families in _FAMILIES.items():
            if name in header.columns and stated.family in families:
                for place in header.places[name]:
                    units.setdefault(place, stated)
    return units


def _unit(texts: tuple[str, ...]) -> Unit | None:
    return next((unit for text in reversed(texts) if (unit := unit_of_header(text)) is not None), None)


def _with_layout(grid: Grid) -> Grid:
    """Return the grid with the layout of its numbers, where it is a statistics table or of no other kind."""
    if grid.header is not None and grid.header.kind != "statistics":
        return grid
    named = "statistics" in named_kinds(grid.hints) or grid.header is not None
    layout = find_layout(grid.sheet, grid.columns, grid.body(), named)
    if layout is None:
        return grid
    return replace(grid, layout=layout, asides=frozenset(row for row in grid.asides if is_note(grid.sheet, row)))
