"""A comparison for programs: JSON (counts, then a row a line) or CSV (one line for each cell that differs)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Protocol

from nianbao.differences import Comparison, RowDifference, TableDifference
from nianbao.quotation import Quotation

COLUMNS = ("table", "difference", "source", "document_id", "char_start", "char_end", "quote", "column", "old", "new")


class Sink(Protocol):
    """Where text can be written."""

    def write(self, text: str, /) -> object:
        """Write `text`."""


def write_csv(comparison: Comparison, limit: int | None, stream: Sink) -> None:
    """Write a line for each cell that differs; of a row that appeared or vanished, for each that is not empty."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for table, row, quote in _rows(comparison, limit):
        place = (row.document_id, row.value("char_start"), row.value("char_end"))
        for change in row.changes:
            writer.writerow([table, row.kind, row.source, *place, quote, change.column, change.old, change.new])


def write_json(comparison: Comparison, limit: int | None, stream: Sink) -> None:
    """Write one object; its last member `rows` has a line for each row that differs, written as it is met."""
    head = json.dumps(_head(comparison), ensure_ascii=False, indent=1).removesuffix("\n}")
    stream.write(f'{head},\n "rows": [')
    for number, (table, row, quote) in enumerate(_rows(comparison, limit)):
        stream.write(",\n" if number else "\n")
        stream.write(json.dumps(_row(table, row, quote), ensure_ascii=False))
    stream.write("\n ]\n}\n")


def _rows(comparison: Comparison, limit: int | None) -> Iterator[tuple[str, RowDifference, str]]:
    quotation = Quotation(comparison)
    for table in comparison.tables:
        for row in islice(table.rows, limit):
            yield table.name, row, quotation.of(row)


def _head(comparison: Comparison) -> dict[str, Any]:
    return {
        "a": str(comparison.out_a),
        "b": str(comparison.out_b),
        "differ": comparison.differs,
        "documents_only_a": comparison.sources_a,
        "documents_only_b": comparison.sources_b,
        "documents_with_other_text": comparison.texts,
        "tables_only_a": comparison.tables_a,
        "tables_only_b": comparison.tables_b,
        "declared": {one.where: {"old": one.old, "new": one.new} for one in comparison.declared},
        "tables": {table.name: _table(table) for table in comparison.tables},
    }


def _table(table: TableDifference) -> dict[str, Any]:
    return {
        "same": table.same,
        **{str(kind): count for kind, count in table.counts.items()},
        "only_a": table.only_a,
        "only_b": table.only_b,
        "columns_only_a": table.columns_a,
        "columns_only_b": table.columns_b,
        "changed_columns": table.changed_columns,
        "by": {column: table.by(column) for column in table.groups},
    }


def _row(table: str, row: RowDifference, quote: str) -> dict[str, Any]:
    return {
        "table": table,
        "difference": row.kind,
        "source": row.source,
        "document_id": row.document_id,
        "char_start": _number(row.value("char_start")),
        "char_end": _number(row.value("char_end")),
        "quote": quote,
        "cells": {change.column: {"old": change.old, "new": change.new} for change in row.changes},
    }


def _number(cell: str) -> int | None:
    return int(cell) if cell.isdecimal() else None
