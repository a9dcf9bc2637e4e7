"""Sheets: a table laid out by rows and columns, with merged cells filled, before anything is known of its meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from schemas.document import Block
from schemas.mentions import RawTable

_MOST_COLUMNS = 512  # a cell that says it spans more is broken
_BLANKS = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a table by row, and in each row by column.

    A cell merged downwards stands in every row that it covers. `texts` are the cells as written, blanks folded to one
    space; `plain` the same from the folded text, without any blank, for comparing with words.
    """

    table: RawTable
    cells: tuple[Mapping[int, Block], ...]
    texts: tuple[Mapping[int, str], ...]
    plain: tuple[Mapping[int, str], ...]
    width: int

    @property
    def height(self) -> int:
        """The number of rows, those included that only go on with cells from above."""
        return len(self.cells)

    def words(self, row: int) -> list[str]:
        """Return the non-empty cells of a row as plain text, in order, a merged cell once."""
        return [self.plain[row][column] for column in sorted(self.plain[row]) if self.plain[row][column]]

    def owns(self, row: int, column: int) -> bool:
        """Return whether a cell begins in this row, and does not only reach into it from above."""
        block = self.cells[row].get(column)
        return block is not None and block.place is not None and block.place.row == row


def lay_out(table: RawTable, text: str, folded: str) -> Sheet:
    """Return a table's cells laid out; linear in the places that they cover."""
    blocks = [block for row in table.rows for block in row]
    height = max((block.place.row + 1 for block in blocks if block.place), default=0)
    cells: list[dict[int, Block]] = [{} for _ in range(height)]
    width = 0
    for block in blocks:
        place = block.place
        if place is None:
            continue
        width = max(width, place.column + min(place.column_span, _MOST_COLUMNS))
        for row in range(place.row, min(place.row + place.row_span, height)):
            cells[row].setdefault(place.column, block)
    texts = tuple({column: _text(text, block, " ") for column, block in row.items()} for row in cells)
    plain = tuple({column: _text(folded, block, "") for column, block in row.items()} for row in cells)
    return Sheet(table, tuple(cells), texts, plain, width)


def _text(text: str, block: Block, blank: str) -> str:
    return _BLANKS.sub(blank, text[block.start : block.end].strip())


def spread(sheet: Sheet, row: int, texts: Sequence[Mapping[int, str]]) -> dict[int, str]:
    """Return the texts of a row with every cell that spans columns repeated in each of them."""
    wide: dict[int, str] = {}
    for column, block in sheet.cells[row].items():
        span = block.place.column_span if block.place else 1
        for right in range(column, min(column + span, sheet.width)):
            wide[right] = texts[row][column]
    return wide
