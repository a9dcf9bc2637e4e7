"""Tables: every table of a document with its cells, its tidy rows, its facts and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from normalize.facts.context import section_at
from normalize.tables.activity_tables import ActivityRow, read_activity_rows
from normalize.tables.continuations import chains, join_continued
from normalize.tables.grids import Grid, read_grid
from normalize.tables.statistics_tables import read_statistics
from normalize.tables.totals import read_totals
from schemas.document import Document, Doubt
from schemas.mentions import Extraction, RawTable, Section
from schemas.rows import CellRow, FactRow, TableRow


class Tables(Struct, frozen=True):
    """All that the tables of a document give, in document order; `facts` have no fact_id yet."""

    tables: tuple[TableRow, ...]
    cells: tuple[CellRow, ...]
    activities: tuple[ActivityRow, ...]
    facts: tuple[FactRow, ...]
    doubts: tuple[Doubt, ...]


def read_tables(document: Document, found: Extraction, year: int | None) -> Tables:
    """Return the rows of all tables.

    1. Each table is read as a grid, its kind by header, caption and the headings around.
    2. Tables that go on with the one before take its header (continuations.py).
    3. Totals are told by words and by sums, and checked over the whole of a continued table.
    4. Tidy rows, facts of statistics tables, doubts.
    """
    grids = join_continued([_grid(table, document, found) for table in found.tables], found.folded)
    tables: list[TableRow] = []
    cells: list[CellRow] = []
    activities: list[ActivityRow] = []
    facts: list[FactRow] = []
    doubts: list[Doubt] = []
    for places in chains(grids):
        chain, checks = read_totals([grids[place] for place in places])
        for grid, check in zip(chain, checks, strict=True):
            section = section_at(found.sections, grid.table.start)
            row = _table(document, grid, f"{document.document_id}-t{len(tables) + 1:03d}", section, check.verdict)
            tidy, told = read_activity_rows(grid, document.document_id, row.table_id, row.section_id, year, found)
            tables.append(row)
            cells += _cells(document, grid, row.table_id)
            activities += tidy
            facts += read_statistics(grid, document, row.section_id, year)
            doubts += [*check.doubts, *told, *_header_doubts(grid)]
        doubts += _sequence_doubts(chain)
    return Tables(tuple(tables), tuple(cells), tuple(activities), tuple(facts), tuple(doubts))


def _grid(table: RawTable, document: Document, found: Extraction) -> Grid:
    if table.caption is not None and table.caption == found.title:
        table = replace(table, caption=None)  # the report's own title names no table
    return read_grid(table, document.text, found.folded, _headings(table, found.sections))


def _headings(table: RawTable, sections: Sequence[Section]) -> list[str]:
    """Return the titles of the sections around a table, the innermost first."""
    section = section_at(sections, table.start)
    titles = []
    while section is not None:
        titles.append(section.title)
        section = sections[section.parent] if section.parent is not None else None
    return titles


def _table(document: Document, grid: Grid, table_id: str, section: Section | None, verdict: str) -> TableRow:
    caption = grid.caption()
    return TableRow(
        table_id=table_id,
        document_id=document.document_id,
        section_id=f"{document.document_id}-s{section.index + 1:03d}" if section else None,
        kind=grid.kind,
        caption=document.text[slice(*caption)].strip() if caption else None,
        rows=grid.sheet.height,
        columns=grid.width,
        header_rows=grid.header_rows,
        total_check=verdict,
        char_start=grid.table.start,
        char_end=grid.table.end,
    )


def _cells(document: Document, grid: Grid, table_id: str) -> Iterator[CellRow]:
    """Yield the cells as they stand: a merged cell once, in its first row and column."""
    for row in grid.table.rows:
        for block in row:
            place = block.place
            if place is not None:
                yield CellRow(
                    table_id,
                    place.row,
                    place.column,
                    place.row_span,
                    place.column_span,
                    document.text[block.start : block.end].strip(),
                    grid.roles[place.row],
                    block.start,
                    block.end,
                )


def _header_doubts(grid: Grid) -> Iterator[Doubt]:
    """Yield a doubt for a table of no known kind, and for each header that is not quite like a known one."""
    start, end = grid.table.start, grid.table.end
    if grid.kind == "unknown":
        yield Doubt(
            "unknown_table", "No known kind of table has this header; its cells are in the table «cells».", start, end
        )
    for name, column, score in grid.header.doubtful() if grid.header and not grid.continues else ():
        header = " / ".join(grid.columns.get(column, ()))
        message = f"Header «{header}» is read as {name} of {grid.kind}; the likeness is {score:.0f} of 100."
        block = grid.sheet.cells[grid.header_rows - 1].get(column) if grid.header_rows else None
        yield Doubt("doubtful_header", message, block.start if block else start, block.end if block else end)


def _sequence_doubts(chain: Sequence[Grid]) -> Iterator[Doubt]:
    """Yield a doubt for each row of one continued table whose own number does not follow the one before."""
    before: int | None = None
    for grid in chain:
        for row in grid.body():
            text = grid.text(row, "sequence")
            block = next((b for b in grid.blocks(row, "sequence") if b.place and b.place.row == row), None)
            if text is None or block is None or not text.isdecimal():
                continue
            number = int(text)
            if before is not None and number > before + 1:
                yield Doubt(
                    "numbering_gap", f"Row {number} of the table stands after row {before}.", block.start, block.end
                )
            elif before is not None and number == before:
                message = f"Two rows of the table have the number {number}."
                yield Doubt("numbering_repeated", message, block.start, block.end)
            before = number
