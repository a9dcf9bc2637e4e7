"""Text files: a decoded text cut into blocks, whatever way its tables and paragraphs were typed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

import regex
from msgspec import Struct
from msgspec.structs import replace

from extract.decoding import Decoded, decode
from extract.folding import fold
from extract.furniture import bare_page_numbers, is_furniture
from extract.html_text import read_html
from extract.mojibake import repair, suspicion
from extract.text_tables import table_edits
from extract.tracing import Traced
from extract.unreadable import UnreadableFile, looks_like, refuse_too_much
from extract.wrapping import prose_lines, wrap_edits
from schemas.document import Block, CellPlace, Doubt, Reading

_BAD_RUN = regex.compile("\ufffd+")


class PlainText(Struct, frozen=True):
    """A text file read: its text and encoding, its blocks, how it is read where not as typed, and what is doubtful."""

    text: str
    encoding: str
    blocks: tuple[Block, ...]
    reading: Reading | None
    doubts: tuple[Doubt, ...]


def read_plain_text(data: bytes) -> PlainText:
    """Return the text of a file and all its parts.

    Raises UnreadableFile where the bytes are not text or hold no text.
    """
    kind = looks_like(data)
    if kind:
        raise UnreadableFile(f"the file is {kind} with the name of a text file; open it in Word and save it as .docx")
    decoded = decode(data)
    refuse_too_much(len(decoded.text))
    if not decoded.text.strip():
        raise UnreadableFile("the file holds no text; leave it out or replace it with the report")
    repaired = repair(decoded.text, decoded.encoding) if not decoded.bad_bytes else None
    if repaired is not None:
        own, reading = read_layout(repaired.text)
        return PlainText(repaired.text, repaired.encoding, own, reading, (repaired.doubt,))
    own, reading = read_layout(decoded.text)
    return PlainText(decoded.text, decoded.encoding, own, reading, tuple(_doubts(decoded)))


def read_layout(text: str) -> tuple[tuple[Block, ...], Reading | None]:
    """Return the blocks of a text as it is typed, and its reading where that differs.

    1. Pasted HTML is read: tables as cells, tags and entities gone.
    2. Tables typed with bars, tabs or blanks become one cell a line.
    3. The lines of paragraphs that were cut at a fixed width are joined.
    """
    page, places = read_html(text)
    read = Traced.of(text).edit(page)
    read = read.edit(table_edits(read.text, _furniture(read.text)))
    lines = tuple(prose_lines(read.text, _furniture(read.text)))
    read = read.edit(wrap_edits(read.text, fold(read.text), lines))
    tabs = {at: places[start] for at, start in enumerate(read.starts) if start in places} if places else None
    own = list(blocks(read.text, tabs))
    refuse_too_much(0, len(own))
    if read.text == text:
        return tuple(own), None
    line_ends = [at for at, sign in enumerate(text) if sign == "\n"]
    own = [replace(block, number=bisect_right(line_ends, _first(read, block)) + 1) for block in own]
    typed = (replace(block, start=start, end=end) for block, (start, end) in zip(own, _spans(read, own), strict=True))
    return tuple(typed), read.reading(own)


def _spans(read: Traced, own: Sequence[Block]) -> Iterator[tuple[int, int]]:
    return (read.span(block.start, block.end) for block in own)


def _first(read: Traced, block: Block) -> int:
    return max(0, read.span(block.start, block.end)[0] - (block.start == block.end))


def blocks(text: str, places: Mapping[int, CellPlace] | None = None) -> Iterator[Block]:
    """Yield the paragraphs and cells of a text in order; `number` is the 1-based line.

    - A line that begins with a tab is a cell, and its block starts after the tab (an empty cell is an empty block).
    - A line without any sign ends the row; more of them do not end the table.
    - Any other line is a paragraph, and ends the table; page furniture does not.

    Tables, rows and columns count from 0. `places` gives, for the offset of a cell's tab, where it stands in a table
    that has spans; cells of one such table and those of another are not one table.

    >>> [(b.start, b.end, b.place and (b.place.row, b.place.column)) for b in blocks("表\\n\\t甲\\n\\t\\n\\n\\t乙\\n")]
    [(0, 1, None), (3, 4, (0, 0)), (6, 6, (0, 1)), (9, 10, (1, 0))]
    """
    known = places or {}
    furniture = _furniture(text)
    start, table, row, column = 0, -1, 0, 0
    in_table, inside = False, None
    for number, line in enumerate(text.split("\n"), start=1):
        end = start + len(line)
        if line.startswith("\t"):
            place = known.get(start)
            if not in_table or inside != (place and place.table):
                in_table, inside, table, row, column = True, place and place.table, table + 1, 0, 0
            if place is None:
                yield Block(start + 1, end, number, CellPlace(table, row, column))
            else:
                yield Block(*_stripped(text, start + 1, end), number, replace(place, table=table))
            column += 1
        elif number - 1 in furniture:
            yield Block(start, end, number, furniture=True)
        elif line.strip():
            in_table = False
            yield Block(start, end, number)
        elif column:
            row, column = row + 1, 0
        start = end + 1


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    lead = len(line) - len(line.lstrip())
    return (start + lead, start + len(line.rstrip())) if lead < len(line) else (start, start)


def _furniture(text: str) -> frozenset[int]:
    """Return the numbers (from 0) of the lines that are page furniture."""
    lines = [(at, line) for at, line in enumerate(fold(text).split("\n")) if line and line[0] != "\t"]
    return frozenset(at for at, line in lines if is_furniture(line)) | bare_page_numbers(lines)


def _doubts(decoded: Decoded) -> Iterator[Doubt]:
    run = _BAD_RUN.search(decoded.text, decoded.first_bad) if decoded.first_bad is not None else None
    if run is None:
        suspected = suspicion(decoded.text)
        if suspected is not None:
            yield suspected
        return
    line = decoded.text.count("\n", 0, run.start()) + 1
    what = "1 byte is" if decoded.bad_bytes == 1 else f"{decoded.bad_bytes} bytes are"
    message = f"{what} not {decoded.encoding} and read as U+FFFD, the first in line {line} at offset {run.start()}."
    yield Doubt("partly_unreadable", message, run.start(), run.end())
