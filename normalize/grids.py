"""Grids: a table's cells by row and column, its header, body and total rows, and whether its totals are its sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from normalize.headers import HeaderMatch, match_header
from normalize.numerals import read_numeral
from schemas.document import Block, Doubt
from schemas.mentions import RawTable

_TOTAL = regex.compile(r"(?:合计|总计|共计|总数|累计|总和|合\s*计|总\s*计)[:：]?")
_SUBTOTAL = regex.compile(r"小计[:：]?")
_COUNT = regex.compile(
    r"^(?:约|近|共)?\s*(?P<number>[\d,.]+(?:\s?万)?|[零〇一二两三四五六七八九十百千万]+)\s*[余多]?\s*(?:人次|人|册次|册|名|次|场|本|位|户)?$"
)
_ORDER = frozenset({"sequence"})


@dataclass(frozen=True, slots=True)
class Grid:
    """A table read as a grid: cells by (row, column), spans filled down; roles by row; the header's meaning."""

    table: RawTable
    cells: Mapping[tuple[int, int], Block]
    texts: Mapping[tuple[int, int], str]
    roles: Mapping[int, str]
    header: HeaderMatch | None
    header_rows: int
    width: int

    def body(self) -> list[int]:
        """Return the numbers of the body rows in order."""
        return [row for row, role in self.roles.items() if role == "body"]

    def text(self, row: int, column: str) -> str | None:
        """Return the stripped text of a body cell by the meaning of its column, or None where there is none."""
        place = self.header.columns.get(column) if self.header else None
        return (self.texts.get((row, place[0])) or None) if place else None

    def block(self, row: int, column: str) -> Block | None:
        """Return the cell block itself, by the meaning of its column."""
        place = self.header.columns.get(column) if self.header else None
        return self.cells.get((row, place[0])) if place else None


def read_grid(table: RawTable, text: str, folded: str) -> Grid:
    """Return a table as a grid. The header is the first of the first three rows that any kind of table knows."""
    cells = dict(_filled(table))
    texts = {place: " ".join(text[block.start : block.end].split()) for place, block in cells.items()}
    plain = {place: " ".join(folded[block.start : block.end].split()) for place, block in cells.items()}
    caption = text[slice(*table.caption)] if table.caption else ""
    header, header_row = _find_header(table, plain, caption)
    header_rows = header_row + 1 if table.rows else 0
    roles = {row: _role(row, header_rows, plain) for row in range(len(table.rows))}
    width = max((column + 1 for _, column in cells), default=0)
    return Grid(table, cells, texts, roles, header, header_rows, width)


def _filled(table: RawTable) -> Iterator[tuple[tuple[int, int], Block]]:
    for row in table.rows:
        for block in row:
            place = block.place
            if place is not None:
                for down in range(place.row_span):
                    yield (place.row + down, place.column), block


def _find_header(table: RawTable, texts: Mapping[tuple[int, int], str], caption: str) -> tuple[HeaderMatch | None, int]:
    for row in range(min(3, len(table.rows))):
        cells = {column: text for (at, column), text in texts.items() if at == row and text}
        found = match_header(cells, caption + (texts.get((0, 0), "") if row else ""))
        if found is not None:
            return found, row
    return None, 0


def _role(row: int, header_rows: int, texts: Mapping[tuple[int, int], str]) -> str:
    if row < header_rows:
        return "header"
    first = next((texts[place] for place in sorted(texts) if place[0] == row and texts[place]), "")
    squeezed = first.replace(" ", "")
    if _SUBTOTAL.fullmatch(squeezed):
        return "subtotal"
    return "total" if _TOTAL.fullmatch(squeezed) else "body"


def read_count(text: str | None) -> Decimal | None:
    """Return the plain number of a count cell («1,200», «约60人», «一百二十»), or None.

    >>> read_count("约60人"), read_count("1,200"), read_count("每场50人")
    (Decimal('60'), Decimal('1200'), None)
    """
    found = _COUNT.match((text or "").strip())
    return read_numeral(found["number"].replace(" ", "")) if found else None


def check_totals(grid: Grid) -> tuple[str, tuple[Doubt, ...]]:
    """Return (ok | mismatch | none, doubts): whether the totals that a table states are the sums of its rows.

    A total row that has lost cells is laid on the columns whose sums it states; where no sum fits, its numbers go to
    the counted columns in order if there are as many, else to the columns they stand in.
    """
    columns = _counted_columns(grid)
    doubts: list[Doubt] = []
    checked = False
    for row, role in grid.roles.items():
        if role not in {"total", "subtotal"}:
            continue
        sums = _sums(grid, columns, row, role)
        for column, stated in _lay_out(grid, row, sums).items():
            checked = True
            if stated != sums[column]:
                doubts.append(_mismatch(grid, row, column, role, stated, sums[column]))
    return ("mismatch" if doubts else "ok" if checked else "none"), tuple(doubts)


def _counted_columns(grid: Grid) -> list[int]:
    """Return the columns that a total may sum: those with a number in most body rows, the row numbers left out."""
    skipped = {grid.header.columns[name][0] for name in _ORDER if name in grid.header.columns} if grid.header else {0}
    body = grid.body()
    counted = []
    for column in range(grid.width):
        numbers = [read_count(grid.texts.get((row, column))) is not None for row in body]
        if column not in skipped and body and sum(numbers) * 2 > len(body):
            counted.append(column)
    return counted


def _sums(grid: Grid, columns: Sequence[int], total_row: int, role: str) -> dict[int, Decimal]:
    closed = {"total", "subtotal"} if role == "subtotal" else {"total"}
    start = max((row + 1 for row, known in grid.roles.items() if known in closed and row < total_row), default=0)
    rows = [row for row in grid.body() if start <= row < total_row]
    return {
        column: sum((read_count(grid.texts.get((row, column))) or Decimal(0) for row in rows), Decimal(0))
        for column in columns
    }


def _lay_out(grid: Grid, row: int, sums: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Return the totals that a row states, by the column they belong to."""
    stated = [
        (column, value)
        for column in range(grid.width)
        if (value := read_count(grid.texts.get((row, column)))) is not None
    ]
    by_sum: dict[int, Decimal] = {}
    for _, value in stated:
        fitting = next((column for column in sums if sums[column] == value and column not in by_sum), None)
        if fitting is not None:
            by_sum[fitting] = value
    if len(by_sum) == len(stated):
        return by_sum
    if len(stated) == len(sums):
        return dict(zip(sums, (value for _, value in stated), strict=True))
    return {column: value for column, value in stated if column in sums}


def _mismatch(grid: Grid, row: int, column: int, role: str, stated: Decimal, summed: Decimal) -> Doubt:
    header = grid.texts.get((grid.header_rows - 1, column), "") if grid.header_rows else ""
    blocks = [block for (at, _), block in grid.cells.items() if at == row]
    message = f"The {role} of «{header}» is stated as {stated:f}; the rows sum to {summed:f}."
    return Doubt(f"{role}_mismatch", message, min(b.start for b in blocks), max(b.end for b in blocks))
