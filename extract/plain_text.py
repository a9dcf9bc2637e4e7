"""Text files: a decoded text cut into blocks, with tables in their flattened form (one cell a line)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extract.decoding import Decoded, decode
from extract.unreadable import UnreadableFile, looks_like
from schemas.document import Block, CellPlace, Doubt

_BAD_RUN = regex.compile("\ufffd+")


def read_plain_text(data: bytes) -> tuple[Decoded, tuple[Block, ...], tuple[Doubt, ...]]:
    """Return the text, its blocks in order and, where bytes could not be read, the doubt that says so.

    Raises UnreadableFile where the bytes are not text or hold no text.
    """
    kind = looks_like(data)
    if kind:
        raise UnreadableFile(f"the file is {kind} with the name of a text file; open it in Word and save it as .docx")
    decoded = decode(data)
    if not decoded.text.strip():
        raise UnreadableFile("the file holds no text; leave it out or replace it with the report")
    return decoded, tuple(blocks(decoded.text)), _doubts(decoded)


def blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs and cells of a text in order; `number` is the 1-based line.

    - A line that begins with a tab is a cell, and its block starts after the tab (an empty cell is an empty block).
    - A line without any sign ends the row; more of them do not end the table.
    - Any other line is a paragraph, and ends the table.

    Tables, rows and columns count from 0.

    >>> [(b.start, b.end, b.place and (b.place.row, b.place.column)) for b in blocks("表\\n\\t甲\\n\\t\\n\\n\\t乙\\n")]
    [(0, 1, None), (3, 4, (0, 0)), (6, 6, (0, 1)), (9, 10, (1, 0))]
    """
    start, table, row, column = 0, -1, 0, 0
    in_table = False
    for number, line in enumerate(text.split("\n"), start=1):
        end = start + len(line)
        if line.startswith("\t"):
            if not in_table:
                in_table, table, row, column = True, table + 1, 0, 0
            yield Block(start + 1, end, number, CellPlace(table, row, column))
            column += 1
        elif line.strip():
            in_table = False
            yield Block(start, end, number)
        elif column:
            row, column = row + 1, 0
        start = end + 1


def _doubts(decoded: Decoded) -> tuple[Doubt, ...]:
    run = _BAD_RUN.search(decoded.text, decoded.first_bad) if decoded.first_bad is not None else None
    if run is None:
        return ()
    line = decoded.text.count("\n", 0, run.start()) + 1
    what = "1 byte is" if decoded.bad_bytes == 1 else f"{decoded.bad_bytes} bytes are"
    message = f"{what} not {decoded.encoding} and read as U+FFFD, the first in line {line} at offset {run.start()}."
    return (Doubt("partly_unreadable", message, run.start(), run.end()),)
