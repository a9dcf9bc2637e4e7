"""The tables as one Excel workbook, nianbao.xlsx: a sheet a table, with Chinese headings, filters and links.

The first sheet, 目录, lists the tables with their meaning, their rows and what Excel could not hold; the second, 字段,
tells what every heading means and what the column is called in the other formats. Dates are dates, numbers are numbers,
a text is always text: none is a formula, and a link only where the program makes one: from a document_id to
text/<document_id>.txt beside the workbook, and from a row to the row that it points at.

Where a table goes past what Excel holds (publish.xlsx_limits), nothing is lost silently: further rows go on in a sheet
«事实 (2)», a text of more than 32,767 characters is cut, a number of more than 15 digits and a date before March 1900
are texts, links past 65,530 a sheet are plain texts; the first sheet counts them. Rows go to disk as they come; of all
that is written only the links are kept in memory until the end, and their limit is the bound of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from publish.headings import Labels
from publish.ways_out import DocumentText, TableRows, Write
from publish.xlsx_links import Links, sheet_name
from publish.xlsx_sheets import Styles, TableSheet, head, styles
from schemas.declarations import tables

FILE_NAME = "nianbao.xlsx"

# the same for every workbook, so that the same input gives the same bytes
_CREATED = datetime(2000, 1, 1)

_CONTENTS, _COLUMNS = "目录", "字段"


@contextmanager
def xlsx_file(folder: Path, labels: Labels = "en") -> Iterator[Write]:
    """Yield what writes rows into one workbook in `folder`, row by row in flat memory.

    The headings are Chinese whatever `labels` are: the workbook is for people, and its second sheet has the names.
    """
    with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as scratch:
        book = Workbook(str(folder / FILE_NAME), {"constant_memory": True, "tmpdir": scratch})
        book.use_zip64()
        book.set_properties({"title": "年报", "created": _CREATED})
        looks, links = styles(book), Links()
        contents, columns = book.add_worksheet(_CONTENTS), book.add_worksheet(_COLUMNS)
        sheets = {name: TableSheet(book, table, looks, links) for name, table in tables().items()}

        def write(rows: TableRows, text: DocumentText | None = None) -> None:
            read = links.begin(rows, text)
            for name, some in rows.items():
                sheets[name].append(read.get(name, some))

        yield write
        for sheet in sheets.values():
            sheet.finish()
        _write_contents(contents, sheets, looks)
        _write_columns(columns, looks)
        book.close()


def _write_contents(sheet: Worksheet, sheets: Mapping[str, TableSheet], looks: Styles) -> None:
    _widths(sheet, (16, 20, 60, 10, 80))
    head(sheet, ("表", "名称", "含义", "行数", "说明"), looks.heading)
    for row, (name, table) in enumerate(tables().items(), 1):
        sheet.write_url(row, 0, f"internal:'{sheet_name(table)}'!A1", looks.link, table.title)
        sheet.write_string(row, 1, name)
        sheet.write_string(row, 2, table.meaning, looks.wrapped)
        sheet.write_number(row, 3, sheets[name].rows)
        notes = sorted(sheets[name].notes.items(), key=lambda item: item[0].name)
        sheet.write_string(row, 4, "; ".join(f"{count} cells {note}" for note, count in notes), looks.wrapped)


def _write_columns(sheet: Worksheet, looks: Styles) -> None:
    _widths(sheet, (16, 20, 20, 24, 10, 20, 80))
    head(sheet, ("表", "列", "表的名称", "列的名称", "类型", "单位", "含义"), looks.heading)
    told = [
        (table.title, column.title, table.name, column.name, column.type, column.unit or "", column.meaning)
        for table in tables().values()
        for column in table.columns
    ]
    for row, cells in enumerate(told, 1):
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text)
    sheet.autofilter(0, 0, len(told), 6)


def _widths(sheet: Worksheet, widths: Iterable[int]) -> None:
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
