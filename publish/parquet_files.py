"""Rows of every table as Parquet: typed columns, and the declarations in the schema's metadata.

| declared | in Parquet                                                                                      |
|----------|-------------------------------------------------------------------------------------------------|
| string   | string; a closed list of values: dictionary of strings                                          |
| integer  | int64                                                                                           |
| number   | double: every tool computes with it as it stands, where decimals come into pandas as objects and |
|          | have one scale a column that a later value may not fit; a double is exact to 15 digits          |
| date     | date32                                                                                          |
| boolean  | boolean                                                                                         |

What a column cannot hold is never lost silently: the file's metadata `nianbao:notes` counts, by column, the numbers
that were `rounded` (more than 15 digits) and the integers that were `left_out` (more than 64 bits); the CSV and JSON
Lines files have them whole.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from publish.csv_files import Value
from publish.headings import Labels, heading
from publish.ways_out import DocumentText, TableRows, Write
from schemas.declarations import Column, ColumnType, Table, tables
from schemas.rows import Row
from schemas.vocabularies import fingerprint

BATCH_ROWS = 2048  # rows kept as records before they become columns
GROUP_ROWS = 131_072  # rows of a row group, the size that readers scan well
GROUP_BYTES = 32 * 2**20  # or less where the texts are long, so that memory stays flat
EXACT_DIGITS = 15  # what a double holds whatever the digits are

TYPES: Mapping[ColumnType, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
_INT64 = range(-(2**63), 2**63)


def file_name(table: Table) -> str:
    """Return the name of the Parquet file of a table."""
    return f"{table.name}.parquet"


@contextmanager
def parquet_files(folder: Path, labels: Labels = "en") -> Iterator[Write]:
    """Yield what writes rows into one Parquet file a declared table in `folder`."""
    with ExitStack() as stack:
        files = {name: _File(folder, table, labels, stack) for name, table in tables().items()}

        def write(rows: TableRows, text: DocumentText | None = None) -> None:
            for name, some in rows.items():
                files[name].append(some)

        yield write
        for file in files.values():
            file.finish()


def schema(table: Table, labels: Labels = "en") -> pa.Schema:
    """Return the Arrow schema of a table, with titles, meanings, units, key and links as metadata."""
    told = {
        "nianbao:table": table.name,
        "title": table.title,
        "description": table.meaning,
        "nianbao:primaryKey": json.dumps(table.key),
        "nianbao:foreignKeys": json.dumps(table.links),
        "nianbao:rules": f"sha256:{fingerprint()}",
    }
    return pa.schema([_field(column, labels) for column in table.columns], metadata=told)


def _field(column: Column, labels: Labels) -> pa.Field:
    told = {"name": column.name, "title": column.title, "description": column.meaning}
    if column.unit:
        told["unit"] = column.unit
    kind = pa.dictionary(pa.int32(), pa.string()) if column.values else TYPES[column.type]
    return pa.field(heading(column, labels), kind, metadata=told)


class _File:
    """One Parquet file that is being written: rows that wait to be a batch, batches that wait to be a row group."""

    def __init__(self, folder: Path, table: Table, labels: Labels, stack: ExitStack) -> None:
        self._table = table
        self._schema = schema(table, labels)
        self._values = attrgetter(*table.column_names)
        self._rows: list[tuple[Value, ...]] = []
        self._batches: list[pa.RecordBatch] = []
        self._notes: dict[str, Counter[str]] = {}
        path = str(folder / file_name(table))
        self._writer = stack.enter_context(parquet.ParquetWriter(path, self._schema, compression="zstd"))

    def append(self, rows: Iterable[Row]) -> None:
        """Take rows; those that fill a batch or a row group go on their way."""
        for row in rows:
            self._rows.append(self._values(row))
            if len(self._rows) == BATCH_ROWS:
                self._pack()

    def finish(self) -> None:
        """Write what waits, and the notes."""
        self._pack()
        self._write_group()
        if self._notes:
            self._writer.add_key_value_metadata({"nianbao:notes": json.dumps(self._notes, sort_keys=True)})

    def _pack(self) -> None:
        if not self._rows:
            return
        arrays = [
            pa.array([self._fitted(value, column) for value in values], self._schema.types[place])
            for place, (column, values) in enumerate(
                zip(self._table.columns, zip(*self._rows, strict=True), strict=True)
            )
        ]
        self._batches.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._rows.clear()
        if sum(len(batch) for batch in self._batches) >= GROUP_ROWS or self._bytes() >= GROUP_BYTES:
            self._write_group()

    def _bytes(self) -> int:
        return sum(batch.nbytes for batch in self._batches)

    def _write_group(self) -> None:
        if self._batches:
            # dictionaries of batches differ by what was met first; one group has one
            group = pa.Table.from_batches(self._batches).unify_dictionaries()
            self._writer.write_table(group, row_group_size=GROUP_ROWS)
            self._batches.clear()

    def _fitted(self, value: Value, column: Column) -> Value | float:
        fit = _FITS.get(column.type)
        if fit is None or value is None:
            return value
        fitted, note = fit(value)
        if note:
            self._notes.setdefault(column.name, Counter())[note] += 1
        return fitted


def _double(value: Value) -> tuple[float, str | None]:
    number = Decimal(str(value))
    digits = len("".join(map(str, number.as_tuple().digits)).strip("0"))
    return float(number), "rounded" if digits > EXACT_DIGITS else None


def _int64(value: Value) -> tuple[Value, str | None]:
    return (value, None) if isinstance(value, int) and value in _INT64 else (None, "left_out")


_FITS: Mapping[ColumnType, Callable[[Value], tuple[Value | float, str | None]]] = {"number": _double, "integer": _int64}
