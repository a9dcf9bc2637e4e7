"""Where a row of the workbook leads: to the row that it points at, and to the text that it was read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.url import Url

from publish.ways_out import DocumentText, TableRows
from publish.xlsx_limits import MAX_LINKS, MAX_ROWS
from schemas.declarations import Table, tables
from schemas.rows import DocumentRow, Row


def sheet_name(table: Table, part: int = 0) -> str:
    """Return what the sheet of a table is called; further sheets, where the rows of one run out, are numbered.

    >>> [sheet_name(tables()["facts"], part) for part in (0, 1)]
    ['事实', '事实 (2)']
    """
    return f"{table.title} ({part + 1})" if part else table.title


def address(table: Table, number: int) -> str:
    """Return the address of the row `number` (from 0) of a table, as a link within the workbook."""
    part, row = divmod(number, MAX_ROWS - 1)
    return f"internal:'{sheet_name(table, part)}'!A{row + 2}"


class Links:
    """The places of rows that others point at, known before they are written, because a row may point at a later one.

    All places of the report at hand are kept, and of the tables that the tables across reports point at the first
    MAX_LINKS: no sheet can link to more, and memory stays flat.
    """

    def __init__(self) -> None:
        declared = tables().values()
        pointed_at = {target.partition(".")[0] for table in declared for target in table.links.values()}
        self._numbers = dict.fromkeys(pointed_at, 0)  # how many rows of a table were placed
        self._across: dict[str, dict[str, int]] = {
            target.partition(".")[0]: {}
            for table in declared
            if "document_id" not in table.column_names
            for target in table.links.values()
        }
        self._here: dict[str, dict[str, int]] = {}
        self._texts: frozenset[str] = frozenset()
        self._urls: dict[str, Url] = {}

    def begin(self, rows: TableRows, text: DocumentText | None) -> Mapping[str, Sequence[Row]]:
        """Learn the places of the rows of one writing; return those of the tables that others point at, as read."""
        read = {name: tuple(rows[name]) for name in (*self._numbers, "documents") if name in rows}
        for name in self._numbers:
            key, first = tables()[name].key[0], self._numbers[name]
            some = read.get(name, ())
            self._here[name] = {getattr(row, key): first + number for number, row in enumerate(some)}
            self._numbers[name] += len(some)
            kept = self._across.get(name)
            if kept is not None and len(kept) < MAX_LINKS:
                kept.update(self._here[name])
        documents = (row for row in read.get("documents", ()) if isinstance(row, DocumentRow))
        readable = {row.document_id for row in documents if row.status != "failed"}
        self._urls = {}
        self._texts = frozenset(readable | ({text.document_id} if text else set()))
        return read

    def of(self, table: Table, column: str, value: str) -> Url | None:
        """Return where a cell leads, with the cell's text, None where to nothing."""
        target = self._target(table, column, value)
        if target is None:
            return None
        # one record for all cells that lead to one place: the workbook keeps them until it is closed
        if target not in self._urls:
            self._urls[target] = Url(target)
            self._urls[target].text = value
        return self._urls[target]

    def _target(self, table: Table, column: str, value: str) -> str | None:
        if column == "document_id":
            return f"external:text/{value}.txt" if value in self._texts else None
        other = table.links.get(column, "").partition(".")[0]
        number = self._here.get(other, {}).get(value, self._across.get(other, {}).get(value))
        return None if number is None else address(tables()[other], number)
