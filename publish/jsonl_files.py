"""Rows of every table as JSON Lines: one object a line, UTF-8, a member for every column, null where it is not known.

Numbers are JSON numbers with all their digits (readers that know only floating point round those past 15), dates are
ISO 8601. Nothing is escaped but what JSON asks for, so that a row is had back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO

from msgspec import json

from publish.csv_files import Value, plain
from publish.headings import Labels, headings
from publish.ways_out import DocumentText, TableRows, Write
from schemas.declarations import Table, tables
from schemas.rows import Row


def file_name(table: Table) -> str:
    """Return the name of the JSON Lines file of a table."""
    return f"{table.name}.jsonl"


@contextmanager
def jsonl_files(folder: Path, labels: Labels = "en") -> Iterator[Write]:
    """Yield what writes rows into one JSON Lines file a declared table in `folder`."""
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / file_name(table)).open("wb")) for name, table in tables().items()}

        def write(rows: TableRows, text: DocumentText | None = None) -> None:
            for name, some in rows.items():
                _append(files[name], tables()[name], some, labels)

        yield write


def _append(file: BinaryIO, table: Table, rows: Iterable[Row], labels: Labels) -> None:
    values, names = attrgetter(*table.column_names), headings(table, labels)
    encoder = json.Encoder(decimal_format="number")
    for row in rows:
        file.write(encoder.encode(dict(zip(names, map(_member, values(row)), strict=True))) + b"\n")


def _member(value: Value) -> Value:
    # 4E+5 is a JSON number too, but not one that every reader takes for a whole one
    return Decimal(plain(value)) if isinstance(value, Decimal) else value
