"""Rows of one table as the bytes of a CSV file: UTF-8 with BOM, RFC 4180, header from the declaration.

A text that a spreadsheet would run as a formula has an apostrophe before it; publish.formulas tells the rule.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from decimal import Decimal
from operator import attrgetter
from pathlib import Path

import msgspec

from publish.formulas import neutralised
from publish.headings import Labels, headings
from publish.ways_out import DocumentText, Halved, TableRows
from schemas.declarations import Table, tables
from schemas.rows import Row

# what csv.writer writes as `cell` does; most rows hold nothing else, and the call is most of the cost
_AS_THEY_ARE = frozenset({str, int, type(None)})

Value = str | bool | int | Decimal | date | None


def file_name(table: Table) -> str:
    """Return the name of the CSV file of a table."""
    return f"{table.name}.csv"


@contextmanager
def csv_files(folder: Path, labels: Labels = "en") -> Iterator[Halved]:
    """Yield what writes rows into one CSV file a declared table in `folder`: UTF-8 with BOM, header, RFC 4180.

    The BOM is there because Excel reads a file without one in the code page of the machine.
    """
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / file_name(tables()[name])).open("wb")) for name in tables()}
        for name, table in tables().items():
            files[name].write(codecs.BOM_UTF8 + _records([headings(table, labels)]))

        def take(prepared: bytes) -> None:
            for name, some in msgspec.msgpack.decode(prepared, type=dict[str, bytes]).items():
                files[name].write(some)

        yield Halved(records, take)


def records(rows: TableRows, _text: DocumentText | None) -> bytes:
    """Return the records of the rows by table, packed: the half of the writing that needs no file."""
    return msgspec.msgpack.encode({name: _of_table(tables()[name], some) for name, some in rows.items()})


def _of_table(table: Table, rows: Iterable[Row]) -> bytes:
    """Return `rows` of `table`, one record a row; no text is written that a spreadsheet would run."""
    return _records(map(_cells, map(attrgetter(*table.column_names), rows)))


def _records(lines: Iterable[Iterable[Value]]) -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\r\n").writerows(lines)
    return made.getvalue().encode("utf-8")


def _cells(line: Iterable[Value]) -> list[Value]:
    """Return values as csv.writer is to have them; what it writes as `cell` does is left to it, which is faster."""
    return [
        neutralised(value) if type(value) is str else value if type(value) in _AS_THEY_ARE else cell(value)
        for value in line
    ]


def cell(value: Value) -> str:
    """Return one value as written in a CSV cell; None is empty. Raises TypeError for a type no column has.

    >>> [cell(value) for value in ("讲座", 18, Decimal("4E+5"), date(2014, 5, 4), True, None)]
    ['讲座', '18', '400000', '2014-05-04', 'true', '']
    """
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
    raise TypeError(f"a row holds {value!r}, a {type(value).__name__}; columns hold text, numbers, dates and booleans")


def plain(number: Decimal) -> str:
    """Return a finite number without exponent and without trailing zeros; nothing is rounded.

    >>> [plain(Decimal(text)) for text in ("1E+4", "19.50", "400000", "-0.0", "0.05")]
    ['10000', '19.5', '400000', '0', '0.05']
    """
    if not number.is_finite():
        raise TypeError(f"a row holds {number}; a number that is not known is None")
    digits = format(number, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits
