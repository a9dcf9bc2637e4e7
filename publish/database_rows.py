"""Rows on their way into a database: values as its driver takes them, digests, and the fast path of each database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from typing import Any

import msgspec
import sqlalchemy as sa

from publish.csv_files import Value, plain
from publish.database_layout import SENTENCES, Layout
from publish.sentence_spans import sentence_spans, with_sections
from publish.ways_out import DocumentText, TableRows
from schemas.declarations import Table
from schemas.rows import Row, SectionRow

Values = tuple[Value, ...]
Insert = Callable[[sa.Connection, sa.Table, Iterable[Values]], None]

_AT_ONCE = 5000
_MOST_IN_64_BITS = 2**63 - 1


def values_of(table: Table, rows: Iterable[Row]) -> Iterator[Values]:
    """Yield the values of each row in the order of the table's columns."""
    return map(attrgetter(*table.column_names), rows)


def report_values(layout: Layout, rows: TableRows, text: DocumentText | None) -> dict[str, list[Values]]:
    """Return the values of one report's rows by table, its sentences with them."""
    found = {name: list(values_of(layout.declared[name], some)) for name, some in rows.items()}
    if text:
        sections = (row for row in rows.get("sections", ()) if isinstance(row, SectionRow))
        spans = with_sections(sentence_spans(text.text), sections)
        own = text.document_id
        found[SENTENCES] = [(own, start, end, section, text.text[start:end]) for start, end, section in spans]
    return {name: some for name, some in found.items() if some}


def digest(values: Mapping[str, Sequence[Values]]) -> str:
    """Return what tells one report's rows from all others: the SHA-256 of their values."""
    return hashlib.sha256(msgspec.msgpack.encode([(name, values[name]) for name in sorted(values)])).hexdigest()


def insert_many(connection: sa.Connection, table: sa.Table, rows: Iterable[Values]) -> None:
    """Add rows by one prepared statement, some thousands at a time: the fast path of SQLite."""
    quoted = connection.dialect.identifier_preparer
    names, marks = _names(connection, table), ", ".join("?" * len(_given(table)))
    statement = f"INSERT INTO {quoted.format_table(table)} ({names}) VALUES ({marks})"
    coming = iter(rows)
    converted = [
        number for number, column in enumerate(_given(table)) if isinstance(column.type, (sa.Numeric, sa.Date))
    ]
    while some := list(islice(coming, _AT_ONCE)):
        connection.exec_driver_sql(statement, _for_sqlite(some, converted) if converted else some)


def copy_many(connection: sa.Connection, table: sa.Table, rows: Iterable[Values]) -> None:
    """Add rows by COPY, the fast path of PostgreSQL; the driver escapes what the format needs.

    Text with U+0000, which PostgreSQL cannot hold, raises the driver's DataError: no text that was read has it.
    """
    place = connection.dialect.identifier_preparer.format_table(table)
    driver: Any = connection.connection
    with (
        closing(driver.cursor()) as cursor,
        cursor.copy(f"COPY {place} ({_names(connection, table)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([plain(value) if isinstance(value, Decimal) else value for value in row])


def _given(table: sa.Table) -> list[sa.Column[Any]]:
    return [column for column in table.columns if column.name != "sentence_number"]


def _names(connection: sa.Connection, table: sa.Table) -> str:
    quoted = connection.dialect.identifier_preparer
    return ", ".join(quoted.quote(column.name) for column in _given(table))


def _for_sqlite(rows: Iterable[Values], converted: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return rows with the numbers and dates, which stand at the places `converted`, as SQLite keeps them."""
    result = []
    for row in rows:
        values: list[Any] = list(row)
        for place in converted:
            values[place] = as_sqlite(values[place])
        result.append(tuple(values))
    return result


def as_sqlite(value: Value) -> str | int | float | None:
    """Return a value as SQLite keeps it.

    >>> [as_sqlite(value) for value in (Decimal("4E+5"), Decimal("19.50"), date(2014, 5, 4), None)]
    [400000, 19.5, '2014-05-04', None]
    """
    if isinstance(value, Decimal):
        whole = int(value)
        return whole if whole == value and abs(whole) <= _MOST_IN_64_BITS else float(value)
    return value.isoformat() if isinstance(value, date) else value
