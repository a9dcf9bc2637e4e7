"""What a Word document is made of, in reading order: paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass

from extract.word_styles import Role

PLAIN = Role()


@dataclass(frozen=True, slots=True)
class Paragraph:
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
    def is_blank(self) -> bool:
        return not any(line.strip() for line in self.lines)


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
