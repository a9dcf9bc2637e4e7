"""Word parts as one text with blocks: the flattened form in which text files and Word files are alike.

A paragraph is a line (more where it has line breaks). A cell is a line that begins with a tab, its paragraphs joined by
one space; an empty line ends each row, so one follows the table too. Tables inside cells come after the whole table
around them, in order, so that every table is one unbroken stretch of the text; tables count in that order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extract.unreadable import refuse_too_much
from extract.word_parts import Cell, Paragraph, Part, Table
from extract.word_unread import Unread
from schemas.document import Block, CellPlace, Doubt


class _Sheet:
    """The text as it grows, line by line, the blocks in it, and what was met that is not in it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self.unread = Unread()
        self._length = 0
        self._tables = 0

    def write(self, line: str) -> int:
        """Add a line and return the offset where it begins."""
        start = self._length
        self.lines.append(line)
        self._length += len(line) + 1
        refuse_too_much(self._length, len(self.blocks))
        return start

    def here(self) -> int:
        """Return the offset where the next line begins."""
        return self._length

    def next_table(self) -> int:
        """Return the number of the table that begins here."""
        self._tables += 1
        return self._tables - 1


def flatten(parts: Iterable[Part]) -> tuple[str, tuple[Block, ...], tuple[Doubt, ...]]:
    """Return the text of the parts, each line ended by `\\n`, its blocks in order (none for blank lines), doubts."""
    sheet = _Sheet()
    for part in parts:
        _write_paragraph(sheet, part) if isinstance(part, Paragraph) else _write_table(sheet, part)
    return "".join(f"{line}\n" for line in sheet.lines), tuple(sheet.blocks), sheet.unread.doubts()


def _write_paragraph(sheet: _Sheet, paragraph: Paragraph) -> None:
    begin = end = sheet.here()
    for line in () if paragraph.is_contents else paragraph.lines:
        start = sheet.write(line)
        end = start + len(line)
        if line.strip():
            role = paragraph.role
            sheet.blocks.append(Block(start, end, paragraph.number, level=role.level, is_title=role.is_title))
    if paragraph.leaves_out:
        sheet.unread.note(paragraph, begin, end)


def _write_table(sheet: _Sheet, table: Table) -> None:
    number = sheet.next_table()
    for index, row in enumerate(table.rows):
        for cell in row:
            text = cell_text(cell)
            start = sheet.write(f"\t{text}") + 1
            end = start + len(text)
            place = CellPlace(number, index, cell.column, cell.row_span, cell.column_span)
            sheet.blocks.append(Block(start, end, _number(cell), place))
            for part in cell.parts:
                if isinstance(part, Paragraph) and part.leaves_out:
                    sheet.unread.note(part, start, end)
        sheet.write("")
    for inner in _inner_tables(table):
        _write_table(sheet, inner)


def cell_text(cell: Cell) -> str:
    """Return the text of a cell on one line, without that of the tables in it."""
    paragraphs = [part for part in cell.parts if isinstance(part, Paragraph) and not part.is_contents]
    lines = [line for paragraph in paragraphs for line in paragraph.lines if line and not line.isspace()]
    return lines[0] if len(lines) == 1 else " ".join(lines)


def _number(cell: Cell) -> int:
    return next((part.number for part in cell.parts if isinstance(part, Paragraph)), 0)


def _inner_tables(table: Table) -> Iterator[Table]:
    for row in table.rows:
        for cell in row:
            yield from (part for part in cell.parts if isinstance(part, Table))
