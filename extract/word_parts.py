"""What a Word document is made of, in reading order: paragraphs and tables."""

from __future__ import annotations

from typing import NamedTuple

from extract.word_styles import Role

PLAIN = Role()


class Paragraph(NamedTuple):  # named tuples, for there is one for every cell
    """A paragraph: its lines, its 1-based number among all paragraphs of the body (those in cells too), its role.

    `unread` are the kinds of things in it that are not read, `pictures` how many pictures it holds; `is_contents` says
    that it is a line of the table of contents, which is no text of the report.
    """

    lines: tuple[str, ...]
    number: int
    role: Role = PLAIN
    unread: tuple[str, ...] = ()
    pictures: int = 0
    is_contents: bool = False

    @property
    def leaves_out(self) -> bool:
        """Whether something in it is not in the text."""
        return self.is_contents or self.pictures > 0 or bool(self.unread)

    @property
    def is_blank(self) -> bool:
        """Whether it has no text."""
        return not any(line.strip() for line in self.lines)


class Cell(NamedTuple):
    """A cell at its top left place of the grid, with what it holds; continuations of a merged cell are no cells."""

    column: int
    row_span: int
    column_span: int
    parts: tuple[Part, ...]


class Table(NamedTuple):
    """A table as rows of cells; a row may have none, where all its places continue the cells above."""

    rows: tuple[tuple[Cell, ...], ...]


Part = Paragraph | Table
