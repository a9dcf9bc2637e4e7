"""Web pages pasted into a text: their tables as one cell a line, their tags gone, their entities read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex
from msgspec.structs import replace

from extract.html_tags import BREAKS, TABLE_PARTS, Tag, find_tags
from extract.tracing import Edit
from schemas.document import CellPlace

_BLANK_RUN = regex.compile(r"[ \t\u3000]*[\t\n][ \t\n\u3000]*")
_EDGE_BLANKS = " \t\n\u3000"
_MOST_TAKEN = 1000  # wider rows are mistakes or attacks
_FEWEST_CELLS = 2  # a table of one cell is a frame around prose


def read_html(text: str) -> tuple[list[Edit], dict[int, CellPlace]]:
    """Return the edits that leave of pasted HTML what its reader sees, and the cells' places by where their tag begins.

    1. A table becomes one cell a line after a tab, its rows end with an empty line; cells keep their spans.
    2. A table that holds tables, or one cell alone, lays out a page: its parts become lines.
    3. Paragraphs, divisions and breaks end a line; inside a cell they are a blank.
    4. All other known tags vanish; an entity is read as the character it stands for.

    >>> from extract.tracing import Traced
    >>> page = "<p>表</p><table><tr><td>甲<td>1&lt;2</tr></table>"
    >>> Traced.of(page).edit(read_html(page)[0]).text
    '\\n表\\n\\n\\t甲\\n\\t1<2\\n\\n'
    """
    tags = find_tags(text)
    page = _Page(text, _real_tables(tags))
    at = 0
    for number, tag in enumerate(tags):
        page.between(at, tag.start, tags[number - 1] if number else None, tag)
        page.tag(tag)
        at = tag.end
    if tags:
        page.between(at, len(text), tags[-1], None)
        page.close_table()
    return page.edits, page.places


def _real_tables(tags: Sequence[Tag]) -> frozenset[int]:
    """Return where the tables begin that hold no other table and more than one cell."""
    opened: list[list[int]] = []  # start, number of cells; -1 where it holds a table
    real = set()
    for tag in tags:
        if tag.name == "table" and not tag.closing:
            if opened:
                opened[-1][1] = -len(tags)
                real.discard(opened[-1][0])
            opened.append([tag.start, 0])
        elif tag.name in {"td", "th"} and not tag.closing and opened:
            opened[-1][1] += 1
            if opened[-1][1] >= _FEWEST_CELLS:
                real.add(opened[-1][0])
        elif tag.name == "table" and opened:
            opened.pop()
    return frozenset(real)


@dataclass(slots=True)
class _Page:
    """A page while it is being read."""

    text: str
    real: frozenset[int]
    edits: list[Edit] = field(default_factory=list)
    places: dict[int, CellPlace] = field(default_factory=dict)
    table: int = -1
    in_table: bool = False
    in_cell: bool = False
    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)  # columns that cells of rows above reach into: rows left
    row_has_cells: bool = False
    own: list[int] = field(default_factory=list)  # the tags of this table's cells

    def between(self, start: int, end: int, before: Tag | None, after: Tag | None) -> None:
        """Read the text between two tags."""
        piece = self.text[start:end]
        if self.in_cell:
            for blank in _BLANK_RUN.finditer(self.text, start, end):
                self.edits.append(Edit(*blank.span(), " " if self._words_around(*blank.span()) else ""))
        elif not piece.strip() and (self.in_table or (after and before and before.name in BREAKS)):
            self._drop(start, end)
        else:
            head = len(piece) - len(piece.lstrip(_EDGE_BLANKS)) if before and before.name in BREAKS else 0
            tail = len(piece.rstrip(_EDGE_BLANKS)) if after and after.name in BREAKS else len(piece)
            self._drop(start, start + head)
            self._drop(start + max(head, tail), end)

    def tag(self, tag: Tag) -> None:
        """Read one tag, comment or entity."""
        self.edits.append(Edit(tag.start, tag.end, self._reads_as(tag)))

    def close_table(self) -> None:
        """End the table: no cell reaches below its last row."""
        for at in self.own:
            place = self.places[at]
            self.places[at] = replace(place, row_span=min(place.row_span, self.row + 1 - place.row))
        self.in_table = self.in_cell = False
        self.own = []

    def _reads_as(self, tag: Tag) -> str:
        if tag.name == "&":
            return tag.text
        if tag.name == "table" and tag.start in self.real:
            return self._open_table()
        if not self.in_table:
            return "\n" if tag.name in BREAKS else ""
        if tag.name in TABLE_PARTS:
            return self._part(tag)
        if tag.name not in BREAKS:
            return ""
        return " " if self.in_cell else "\n" if tag.name == "caption" else ""

    def _open_table(self) -> str:
        self.table += 1
        self.in_table, self.row, self.taken, self.row_has_cells = True, -1, {}, False
        return "\n"

    def _part(self, tag: Tag) -> str:
        end = "\n" if self.in_cell else ""
        self.in_cell = False
        if tag.name == "table":
            end += self._end_row()
            self.close_table()
        elif tag.name == "tr":
            end += self._end_row()
        elif not tag.closing:
            self._place(tag)
            end += "\t"
        return end

    def _end_row(self) -> str:
        had_cells, self.row_has_cells = self.row_has_cells, False
        return "\n" if had_cells else ""

    def _place(self, tag: Tag) -> None:
        if not self.row_has_cells:
            self.row_has_cells, self.row, self.column = True, self.row + 1, 0
            self.taken = {column: left - 1 for column, left in self.taken.items() if left > 1}
        while self.column in self.taken:
            self.column += 1
        width = tag.column_span if len(self.taken) < _MOST_TAKEN else 1
        self.places[tag.start] = CellPlace(self.table, self.row, self.column, tag.row_span, width)
        self.own.append(tag.start)
        for column in range(self.column, self.column + width):
            self.taken[column] = tag.row_span
        self.column += width
        self.in_cell = True

    def _words_around(self, start: int, end: int) -> bool:
        sides = self.text[start - 1 : start], self.text[end : end + 1]
        return all(side.isascii() and side.isalnum() for side in sides)

    def _drop(self, start: int, end: int) -> None:
        if start < end:
            self.edits.append(Edit(start, end))
