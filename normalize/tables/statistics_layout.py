"""How a statistics table lays out its numbers: indicators down the rows, or across the header."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import regex
from msgspec import Struct

from normalize.tables.cell_values import is_nothing, read_value
from normalize.tables.headers import Columns
from normalize.tables.label_metrics import metric_of_label
from normalize.tables.sheets import Sheet
from normalize.tables.units import Unit, read_unit, unit_of_ending, unit_of_header

_SEQUENCE = regex.compile(r"序号?|编号|行次|(?:指标)?代码|№|[Nn][Oo]\.?")
_NOTE = regex.compile(r"备注|说明|附注|注")
_UNIT_HEADER = regex.compile(r"(?:计量|数量)?单位")
_TIME = regex.compile(
    r"(?:19|20)\d\d|本年|上年|去年|前年|本期|同期|年度|年末|年份|[增减]|比重|占比|数值|数量|数据|合计|完成"
)
_YEARS = regex.compile(r"年份|年度|年|时间|统计年度")
_YEAR = regex.compile(r"(?:19|20)\d\d年?度?")
_PLACES = regex.compile(
    r".*(?:分馆|馆名|单位|名称|馆别|网点|站点|服务点|乡镇|街道|地区|县[（(]?[市区]|部门|书房|区域).*"
)
_ASKED = 16  # labels that are looked at to tell the layout


class Panel(Struct, frozen=True):
    """Columns that belong together: the label, the unit, the columns of values, the label of the group if any."""

    label: int
    unit: int | None
    values: tuple[int, ...]
    group: int | None = None


class Layout(Struct, frozen=True):
    """rows: each row of a panel is an indicator. columns: each value column is one, and rows are years or places."""

    way: Literal["rows", "columns"]
    panels: tuple[Panel, ...]
    by: Literal["indicator", "year", "place", "library"] = "indicator"


def find_layout(sheet: Sheet, columns: Columns, body: Sequence[int], named: bool) -> Layout | None:
    """Return the layout of a table whose numbers are indicators of the library, or None where nothing says so.

    `named`: the caption or the header calls it statistics. Else at least two labels, or half of them, must be words
    of the vocabulary of metrics.
    """
    numeric = _numeric(sheet, columns, body)
    panels = _panels(sheet, columns, body, frozenset(numeric))
    values = [value for panel in panels for value in panel.values]
    down = _down(sheet, columns, body, panels)
    across = [column for column in numeric if _means(columns, column)]
    timed = any(_TIME.search("".join(columns.get(value, ()))) for value in values)
    if len(across) > max(1, len(down)) or (across and named and not down and not timed):
        return _across(sheet, columns, body, tuple(numeric))
    asked = sum(min(len(body), _ASKED) for _ in panels)
    enough = len(down) >= 2 or (len(down) == 1 and asked <= 2)
    known = enough and (timed or not columns or len(down) * 3 >= asked)
    return Layout("rows", tuple(panels)) if panels and (named or known) else None


def _panels(sheet: Sheet, columns: Columns, body: Sequence[int], numeric: frozenset[int]) -> list[Panel]:
    """Return the panels from left to right; a label after values opens the next («项目 数量 项目 数量»)."""
    found: list[Panel] = []
    texts: list[int] = []
    unit: int | None = None
    values: list[int] = []
    for column in range(sheet.width):
        header = columns[column][-1] if column in columns else ""
        if _SEQUENCE.fullmatch(header) or (not header and _counts_up(sheet, column, body)):
            continue
        if column in numeric:
            values.append(column)
        elif _is_unit_column(sheet, column, header, body):
            unit = column
        elif not _NOTE.fullmatch(header):
            if values and texts:
                found.append(_panel(texts, unit, values))
                texts, unit, values = [], None, []
            texts.append(column)
    return [*found, _panel(texts, unit, values)] if texts and values else found


def _panel(texts: Sequence[int], unit: int | None, values: Sequence[int]) -> Panel:
    return Panel(texts[-1], unit, tuple(values), texts[-2] if len(texts) > 1 else None)


def _cells(sheet: Sheet, column: int, body: Sequence[int]) -> list[str]:
    return [cell for row in body if not is_nothing(cell := sheet.plain[row].get(column, ""))]


def _numeric(sheet: Sheet, columns: Columns, body: Sequence[int]) -> list[int]:
    """Return the columns where at least half of the filled cells are numbers, row numbers and years left out."""
    found = []
    for column in range(sheet.width):
        cells = _cells(sheet, column, body)
        numbers = sum(read_value(cell) is not None for cell in cells)
        header = columns[column][-1] if column in columns else ""
        if cells and numbers * 2 >= len(cells) and not _SEQUENCE.fullmatch(header) and not _are_years(header, cells):
            found.append(column)
    return found


def _are_years(header: str, cells: Sequence[str]) -> bool:
    return all(_YEAR.fullmatch(cell) for cell in cells) and (not header or bool(_YEARS.fullmatch(header)))


def _counts_up(sheet: Sheet, column: int, body: Sequence[int]) -> bool:
    cells = _cells(sheet, column, body)
    return len(cells) > 1 and cells == [str(number) for number in range(1, len(cells) + 1)]


def _is_unit_column(sheet: Sheet, column: int, header: str, body: Sequence[int]) -> bool:
    cells = _cells(sheet, column, body)
    units = sum(read_unit(cell) is not None for cell in cells)
    return bool(cells) and units * 2 > len(cells) and (bool(_UNIT_HEADER.fullmatch(header)) or units == len(cells))


def _down(sheet: Sheet, columns: Columns, body: Sequence[int], panels: Sequence[Panel]) -> list[str]:
    """Return the row labels, of the first rows of each panel, that are indicators."""
    found = []
    for panel in panels:
        for row in body[:_ASKED]:
            label = sheet.plain[row].get(panel.label, "")
            unit = read_unit(sheet.plain[row].get(panel.unit, "")) if panel.unit is not None else None
            own = [read_value(sheet.plain[row].get(value, "")) for value in panel.values]
            first = next((value.unit for value in own if value and value.unit), None)
            if label and any(own) and metric_of_label(label, unit or first or unit_of_label(label)) is not None:
                found.append(label)
    return found


def _means(columns: Columns, column: int) -> bool:
    texts = columns.get(column, ())
    label = "".join(texts)
    return bool(label) and metric_of_label(label, unit_of_label(label)) is not None


def unit_of_label(label: str) -> Unit | None:
    """Return the unit that a label states in brackets, or that it ends with."""
    return unit_of_header(label) or unit_of_ending(label)


def _across(sheet: Sheet, columns: Columns, body: Sequence[int], values: tuple[int, ...]) -> Layout | None:
    numeric = frozenset(values)
    others = [column for column in range(sheet.width) if column not in numeric]
    by: Literal["year", "place", "library"] = "library"
    label = others[0] if others else -1
    for column in others:
        header = columns[column][-1] if column in columns else ""
        if _are_years(header, _cells(sheet, column, body)) and _cells(sheet, column, body):
            label, by = column, "year"
            break
        if by == "library" and _PLACES.fullmatch(header) and len(body) > 1:
            label, by = column, "place"
    if by == "library" and len(body) != 1:
        return None
    return Layout("columns", (Panel(label, None, values),), by)
