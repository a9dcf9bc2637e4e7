"""Tables whose columns are held apart by blanks: a line of headers and the lines below that stand in its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

import regex

Span = tuple[int, int]

_CELL = regex.compile(r"[^ \u3000\n](?:[^ \u3000\n]| (?![ \u3000]))*+")  # one blank stays inside a cell, two part cells
_HEADER = regex.compile(r"[^。，；！？：:,;!?\d]{1,12}|[12]\d{3}年?|[^。，；！？：:,;!?]{2,10}[）)]")
_LONE_HANZI = regex.compile(r"\p{Han}")
_FEWEST_LINES = 3
_LONGEST_TRY = 40
_WHOLE = 0.6  # share of the body lines that fill every column


def columns_of(text: str) -> int:
    """Return how many columns a text takes on a terminal: a Chinese character takes 2.

    >>> columns_of("馆藏12")
    6
    """
    return len(text) + sum(east_asian_width(sign) in "WF" for sign in text if not sign.isascii())


def aligned_rows(text: str, lines: Sequence[Span]) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """Yield the rows of the tables among lines that follow each other: each line with the spans of its cells.

    A table begins with a line of at least two headers and goes on as long as lines have as many cells, or fewer that
    stand below its columns; most of the lines have as many, and there are at least three.
    """
    cells = [_cells(text, *line) for line in lines]
    at = 0
    while at < len(lines):
        end = _end(text, lines, cells, at)
        if _is_table(cells, at, end):
            for row in range(at, end):
                yield lines[row], _placed(text, lines, cells, at, row)
            at = end
        else:  # what fails over a long stretch is not tried again from its every line
            at = end if end - at > _LONGEST_TRY else at + 1


def _cells(text: str, start: int, end: int) -> list[Span]:
    """Return the spans of the cells of a line; lone characters side by side are one word (合  计)."""
    spans: list[Span] = []
    for found in _CELL.finditer(text, start, end):
        lone = bool(spans) and spans[-1][1] - spans[-1][0] == 1 and len(found[0]) == 1
        if lone and _LONE_HANZI.match(text, spans[-1][0]) and _LONE_HANZI.match(found[0]):
            spans[-1] = spans[-1][0], found.end()
        else:
            spans.append(found.span())
    return spans


def _end(text: str, lines: Sequence[Span], cells: Sequence[Sequence[Span]], at: int) -> int:
    """Return where the rows end that stand below the headers in the line at `at`; at + 1 where it holds none."""
    headers = cells[at]
    end = at + 1
    if len(headers) >= 2 and all(_HEADER.fullmatch(text, *span) for span in headers):
        while end < len(lines) and _is_row(text, lines, cells, at, end):
            end += 1
    return end


def _is_table(cells: Sequence[Sequence[Span]], at: int, end: int) -> bool:
    whole = sum(len(cells[row]) == len(cells[at]) for row in range(at + 1, end))
    return end - at >= _FEWEST_LINES and whole >= _WHOLE * (end - at - 1)


def _is_row(text: str, lines: Sequence[Span], cells: Sequence[Sequence[Span]], at: int, row: int) -> bool:
    if len(cells[row]) == len(cells[at]):
        return True
    return 2 <= len(cells[row]) < len(cells[at]) and len(set(_below(text, lines, cells, at, row))) == len(cells[row])


def _below(text: str, lines: Sequence[Span], cells: Sequence[Sequence[Span]], at: int, row: int) -> list[int]:
    """Return for each cell of a row the number of the header that stands nearest above it."""
    centres = [_centre(text, lines[at][0], span) for span in cells[at]]
    found = []
    for span in cells[row]:
        own = _centre(text, lines[row][0], span)
        found.append(min(range(len(centres)), key=lambda column: abs(centres[column] - own)))
    return found


def _centre(text: str, line_start: int, span: Span) -> float:
    before, own = columns_of(text[line_start : span[0]]), columns_of(text[slice(*span)])
    return before + own / 2


def _placed(text: str, lines: Sequence[Span], cells: Sequence[Sequence[Span]], at: int, row: int) -> tuple[Span, ...]:
    """Return the cells of a row, empty ones where a column has none."""
    own = cells[row]
    if len(own) >= len(cells[at]):
        return tuple(own)
    columns = _below(text, lines, cells, at, row)
    placed: list[Span] = []
    for column, span in zip(columns, own, strict=True):
        gap = placed[-1][1] if placed else lines[row][0]
        placed += [(gap, gap)] * (column - len(placed))
        placed.append(span)
    return tuple(placed)
