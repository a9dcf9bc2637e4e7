"""Header rows: where a table's title, its header and the header's repetitions stand, before their words are known."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from normalize.tables.cell_values import read_count
from normalize.tables.sheets import Sheet, spread

_DEEPEST = 3  # rows of one header
_LONGEST_HEADER = 30
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_COUNTED = re.compile(r"(?:人数|人次|册数|册次|数量|时间|情况|对象)(?:[（(].{0,8}[)）])?$")  # what a header splits by
_NOTE = re.compile(r"(?:备?注|说明|填表|制表|审核|填报|单位负责人|统计人|资料来源|数据来源)[:：]?")


class HeaderRows(Struct, frozen=True):
    """A header: its first row, the row after its last, and for each column its texts from top to bottom."""

    start: int
    end: int
    columns: Mapping[int, tuple[str, ...]]


def title_rows(sheet: Sheet) -> int:
    """Return how many rows at the top hold one cell only: the table's title, «单位：万元»."""
    for row in range(min(_DEEPEST, sheet.height - 1)):
        if not is_single(sheet, row):
            return row
    return 0


def is_single(sheet: Sheet, row: int) -> bool:
    """Return whether a row says one thing across the table: one cell of its own with text that is no number."""
    if len(sheet.words[row]) != 1 or sheet.width < 2:
        return False
    column = next(column for column, text in sheet.plain[row].items() if text)
    block = sheet.own[row].get(column)
    if block is None or block.place is None:
        return False
    lonely = sheet.width > 2 and column == min(sheet.plain[row])
    return (lonely or block.place.column_span >= sheet.width) and read_count(sheet.words[row][0]) is None


def is_note(sheet: Sheet, row: int) -> bool:
    """Return whether a row is a remark below the table («注：…», «填表人：…») and no row of it."""
    words = sheet.words[row]
    return 0 < len(words) <= 3 and len(sheet.plain[row]) < sheet.width and bool(_NOTE.match(words[0]))


def looks_like_header(sheet: Sheet, row: int) -> bool:
    """Return whether a row may be a header: at least two short cells, no number but years."""
    words = sheet.words[row]
    return len(words) >= 2 and all(_may_be_header(word) for word in words)


def _may_be_header(word: str) -> bool:
    return len(word) <= _LONGEST_HEADER and (bool(_YEAR.fullmatch(word)) or read_count(word) is None)


def header_at(sheet: Sheet, row: int) -> HeaderRows:
    """Return the header that begins in a row, its rows joined.

    1. Cells that span rows or columns say how deep it is (Word, HTML).
    2. Blanks that the row below fills say so too (typed tables, merged cells left blank).
    3. A row below with only the lower cells («成人», «少儿»), the merged ones lost, belongs to the one header that
       can be split so that the columns of the body come out.
    """
    split = _split_header(sheet, row)
    if split is not None:
        return HeaderRows(row, row + 2, split)
    end = row + _depth(sheet, row)
    wide = [spread(sheet, at, sheet.plain) for at in range(row, end)]
    if end - row > 1 and not _spans_columns(sheet, row):
        wide[0] = _filled_right(wide[0], wide[1])
    columns = {}
    for column in range(sheet.width):
        texts = dict.fromkeys(level[column] for level in wide if level.get(column))
        if texts:
            columns[column] = tuple(texts)
    return HeaderRows(row, end, columns)


def _depth(sheet: Sheet, row: int) -> int:
    depth = max((block.place.row_span for block in sheet.own[row].values() if block.place), default=1)
    if _spans_columns(sheet, row) or _is_filled_below(sheet, row):
        depth = max(depth, 2)
    depth = min(depth, _DEEPEST, sheet.height - row)
    while depth > 1 and not all(looks_like_header(sheet, at) for at in range(row, row + depth)):
        depth -= 1
    return depth


def _spans_columns(sheet: Sheet, row: int) -> bool:
    return any(block.place and block.place.column_span > 1 for block in sheet.cells[row].values())


def _is_filled_below(sheet: Sheet, row: int) -> bool:
    """Whether the row below has words only under blanks of this one and beside the word that they divide."""
    if row + 2 >= sheet.height or not looks_like_header(sheet, row + 1):
        return False
    above, below = sheet.plain[row], sheet.plain[row + 1]
    filled = [column for column in below if below[column]]
    blank = dict.fromkeys(column for column in filled if not above.get(column))
    if not blank or below.get(0) or above.get(next(iter(blank)) - 1, "") == "":
        return False
    return all(column in blank or column + 1 in blank for column in filled)


def _filled_right(above: Mapping[int, str], below: Mapping[int, str]) -> dict[int, str]:
    filled, last = dict(above), ""
    for column in range(max([*above, *below]) + 1):
        last = above.get(column) or last
        if below.get(column) and not above.get(column):
            filled[column] = last
    return filled


def _split_header(sheet: Sheet, row: int) -> dict[int, tuple[str, ...]] | None:
    """Return the columns of a two-row header whose merged cells the text has lost, or None."""
    if row + 2 >= sheet.height or not looks_like_header(sheet, row) or not looks_like_header(sheet, row + 1):
        return None
    above, below = sheet.words[row], sheet.words[row + 1]
    body = max(len(sheet.plain[at]) for at in range(row + 2, sheet.height))
    full = len(above) == len(sheet.plain[row]) and len(below) == len(sheet.plain[row + 1]) and len(below) < len(above)
    if not full or _spans_columns(sheet, row) or body != len(above) - 1 + len(below):
        return None
    splits = [at for at, word in enumerate(above) if _COUNTED.search(word) and not word.endswith("时间")]
    splits = splits or [at for at, word in enumerate(above) if _COUNTED.search(word)]
    if not splits:
        return None
    at = splits[-1]
    texts = [*((word,) for word in above[:at]), *((above[at], word) for word in below)]
    return dict(enumerate([*texts, *((word,) for word in above[at + 1 :])]))


def repeats(sheet: Sheet, row: int, header: HeaderRows) -> bool:
    """Return whether a row is one of the header's rows once more, as after a page break."""
    words = sheet.words[row]
    return len(words) >= 2 and words in sheet.words[header.start : header.end]
