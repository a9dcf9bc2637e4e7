"""Rows on their way into a database: the fast path of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from itertools import islice
from typing import Any

import sqlalchemy as sa

from publish.csv_files import plain
from publish.database_values import Values, with_sqlite

Insert = Callable[[sa.Connection, sa.Table, Iterable[Values]], None]

_AT_ONCE = 5000


def insert_many(connection: sa.Connection, table: sa.Table, rows: Iterable[Values]) -> None:
    """Add rows by one prepared statement, some thousands at a time: the fast path of SQLite."""
    places = [number for number, column in enumerate(_given(table)) if isinstance(column.type, (sa.Numeric, sa.Date))]
    statement = insertion(connection, table)
    for some in _batches((with_sqlite(row, places) for row in rows) if places else rows):
        connection.exec_driver_sql(statement, some)


def insertion(connection: sa.Connection, table: sa.Table) -> str:
    """Return the statement that adds a row whose values are as SQLite keeps them."""
    place, marks = connection.dialect.identifier_preparer.format_table(table), ", ".join("?" * len(_given(table)))
    return f"INSERT INTO {place} ({_names(connection, table)}) VALUES ({marks})"


def _batches(rows: Iterable[Values]) -> Iterator[list[Values]]:
    coming = iter(rows)
    while some := list(islice(coming, _AT_ONCE)):
        yield some


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


def run_all(connection: sa.Connection, statements: Iterable[str]) -> None:
    """Execute statements one by one."""
    for statement in statements:
        connection.exec_driver_sql(statement)
