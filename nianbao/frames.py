"""Rows as data frames, with the types that the columns declare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from schemas.declarations import ColumnType, Table, tables
from schemas.rows import Row

# datetime64[s], because nanoseconds end in 1677 and a mistyped year would raise
DTYPES: Mapping[ColumnType, str] = {
    "string": "string",
    "integer": "Int64",
    "number": "float64",
    "date": "datetime64[s]",
    "boolean": "boolean",
}


def frames(rows: Mapping[str, Sequence[Row]]) -> dict[str, pd.DataFrame]:
    """Return a data frame for each declared table, empty where `rows` has none."""
    return {name: frame(table, rows.get(name, ())) for name, table in tables().items()}


def frame(table: Table, rows: Sequence[Row]) -> pd.DataFrame:
    """Return `rows` as a data frame with the columns of `table`, in order and typed."""
    columns = {
        column.name: pd.Series([getattr(row, column.name) for row in rows], dtype=DTYPES[column.type])
        for column in table.columns
    }
    return pd.DataFrame(columns)
