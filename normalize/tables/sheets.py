"""Sheets: a table laid out by rows and columns, with merged cells filled, before anything is known of its meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from schemas.document import Block
from schemas.mentions import RawTable

_MOST_COLUMNS = 512  # a cell that says it spans more is broken


class Sheet(Struct, frozen=True):
    """The cells of a table by row, and in each row by column.

    A cell merged downwards stands in every row that it covers; in `own` it stands only in the row where it begins.
    `texts` are the cells as written, blanks folded to one space; `plain` the same from the folded text, without any
    blank, for comparing with words; `words` the cells of each row in `plain` that are not empty, from left to right.
    """

    table: RawTable
    cells: tuple[Mapping[int, Block], ...]
    own: tuple[Mapping[int, Block], ...]
    texts: tuple[Mapping[int, str], ...]
    plain: tuple[Mapping[int, str], ...]
    words: tuple[tuple[str, ...], ...]
    width: int

    @property
    def height(self) -> int:
        """The number of rows, those included that only go on with cells from above."""
        return len(self.cells)


def lay_out(table: RawTable, text: str, folded: str) -> Sheet:
    """Return a table's cells laid out; linear in the places that they cover."""
    placed = [(block, block.place) for row in table.rows for block in row if block.place is not None]
    height = max([place.row + 1 for _, place in placed], default=0)
    width = max([place.column + min(place.column_span, _MOST_COLUMNS) for _, place in placed], default=0)
    cells: list[dict[int, Block]] = [{} for _ in range(height)]
    own: list[dict[int, Block]] = [{} for _ in range(height)]
    for block, place in placed:
        row, column = place.row, place.column
        if column not in cells[row]:
            cells[row][column] = own[row][column] = block
        if place.row_span > 1:
            for below in range(row + 1, min(row + place.row_span, height)):
                cells[below].setdefault(column, block)
    texts = tuple(_texts(text, row, " ") for row in cells)
    plain = tuple(_texts(folded, row, "") for row in cells)
    words = tuple(tuple(row[column] for column in sorted(row) if row[column]) for row in plain)
    return Sheet(table, tuple(cells), tuple(own), texts, plain, words, width)


def _texts(text: str, row: Mapping[int, Block], blank: str) -> dict[int, str]:
    return {column: blank.join(text[block.start : block.end].split()) for column, block in row.items()}


def spread(sheet: Sheet, row: int, texts: Sequence[Mapping[int, str]]) -> dict[int, str]:
    """Return the texts of a row with every cell that spans columns repeated in each of them."""
    wide: dict[int, str] = {}
    for column, block in sheet.cells[row].items():
        span = block.place.column_span if block.place else 1
        for right in range(column, min(column + span, sheet.width)):
            wide[right] = texts[row][column]
    return wide
