"""Tables: the cell blocks of a document as rows, each table with its caption."""

from __future__ import annotations

import re
from collections import defaultdict

from extract.markers import read_marker
from schemas.document import Block, Document
from schemas.mentions import RawTable

_LONGEST_CAPTION = 60
_SENTENCE_END = re.compile(r"[。；！？;!?]\s*$")


def find_tables(document: Document, folded: str) -> tuple[RawTable, ...]:
    """Return the tables of a document in reading order."""
    cells: dict[int, list[Block]] = defaultdict(list)
    for block in document.blocks:
        if block.place is not None:
            cells[block.place.table].append(block)
    before = _paragraphs_before(document)
    return tuple(_table(number, cells[number], before.get(number), folded) for number in sorted(cells))


def _table(number: int, blocks: list[Block], before: Block | None, folded: str) -> RawTable:
    rows: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.place is not None:
            rows[block.place.row].append(block)
    ordered = tuple(tuple(sorted(rows[row], key=_column)) for row in sorted(rows))
    start, end = min(block.start for block in blocks), max(block.end for block in blocks)
    return RawTable(number, ordered, _caption(before, folded), start, end)


def _column(block: Block) -> int:
    return block.place.column if block.place else 0


def _paragraphs_before(document: Document) -> dict[int, Block]:
    """Return for each table the paragraph that stands directly before its first cell."""
    before: dict[int, Block] = {}
    last: Block | None = None
    for block in document.blocks:
        if block.place is None:
            last = block
        elif last is not None:
            before.setdefault(block.place.table, last)
            last = None
    return before


def _caption(block: Block | None, folded: str) -> tuple[int, int] | None:
    """Return the span of a caption: a short paragraph with no heading marker that is no sentence."""
    if block is None:
        return None
    line = folded[block.start : block.end]
    text = line.strip()
    if not text or len(text) > _LONGEST_CAPTION or _SENTENCE_END.search(text):
        return None
    if read_marker(text) is not None or block.level is not None:
        return None
    start = block.start + len(line) - len(line.lstrip())
    return start, start + len(text)
