"""One table in a workbook: a sheet with Chinese headings and filters, and further ones where its rows run out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from operator import attrgetter

from msgspec import Struct
from xlsxwriter import Workbook
from xlsxwriter.format import Format as Style
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from publish.csv_files import Value
from publish.xlsx_limits import MAX_LINKS, MAX_ROWS, Note, fitted
from publish.xlsx_links import Links, sheet_name
from schemas.declarations import ColumnType, Table
from schemas.rows import Row

WIDTHS: Mapping[ColumnType, int] = {"string": 22, "integer": 10, "number": 12, "date": 12, "boolean": 8}


class Styles(Struct, frozen=True):
    """How cells look: headings, dates, links, texts that go on over several lines."""

    heading: Style
    date: Style
    link: Style
    wrapped: Style


def styles(book: Workbook) -> Styles:
    """Return the styles of a workbook."""
    return Styles(
        heading=book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        date=book.add_format({"num_format": "yyyy-mm-dd"}),
        link=book.add_format({"font_color": "#0563C1", "underline": 1}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
    )


def head(sheet: Worksheet, titles: Iterable[str], style: Style) -> None:
    """Write the headings of a sheet and freeze them."""
    for place, title in enumerate(titles):
        sheet.write_string(0, place, title, style)
    sheet.freeze_panes(1, 0)


class TableSheet:
    """The rows of one table as they are written: `rows` of them so far, with `notes` on what Excel could not hold."""

    def __init__(self, book: Workbook, table: Table, looks: Styles, links: Links) -> None:
        self.rows = 0
        self.notes: Counter[Note] = Counter()
        self._book, self._table, self._looks, self._links = book, table, looks, links
        self._values = attrgetter(*table.column_names)
        self._linked = {"document_id", *table.links}
        self._sheet = self._opened(0)
        self._row, self._urls = 1, 0

    def append(self, rows: Iterable[Row]) -> None:
        """Write rows; the sheet that is full is closed and the next one opened."""
        for row in rows:
            if self._row == MAX_ROWS:
                self.finish()
                self._sheet = self._opened(self.rows // (MAX_ROWS - 1))
                self._row, self._urls = 1, 0
            for place, (column, value) in enumerate(zip(self._table.columns, self._values(row), strict=True)):
                self._write(place, column.name, value)
            self._row += 1
            self.rows += 1

    def finish(self) -> None:
        """Give the sheet that is open its filters."""
        self._sheet.autofilter(0, 0, self._row - 1, len(self._table.columns) - 1)

    def _opened(self, part: int) -> Worksheet:
        sheet: Worksheet = self._book.add_worksheet(sheet_name(self._table, part))
        for place, column in enumerate(self._table.columns):
            sheet.set_column(place, place, max(WIDTHS[column.type], 2 * len(column.title) + 4))
        head(sheet, (column.title for column in self._table.columns), self._looks.heading)
        return sheet

    def _write(self, place: int, column: str, value: Value) -> None:
        fit = fitted(value)
        if fit.note:
            self.notes[fit.note] += 1
        match fit.value:
            case None:
                return
            case str() as text:
                url = self._links.of(self._table, column, text) if column in self._linked else None
                self._write_text(place, text, url)
            case bool() as truth:
                self._sheet.write_boolean(self._row, place, truth)
            case date() as day:
                self._sheet.write_datetime(self._row, place, day, self._looks.date)
            case number:
                self._sheet.write_number(self._row, place, number)

    def _write_text(self, place: int, text: str, url: Url | None) -> None:
        if url and self._urls < MAX_LINKS:
            self._urls += 1
            self._sheet.write_url(self._row, place, url, self._looks.link)
            return
        if url:
            self.notes[Note.unlinked] += 1
        # write_string, because write would take «=…» for a formula and «http…» for a link
        self._sheet.write_string(self._row, place, text)
