"""What the columns are called in an output: by their names (the contract's), or by their Chinese titles."""

from __future__ import annotations

from typing import Literal, get_args

from schemas.declarations import Column, Table

Labels = Literal["en", "zh"]
LABELS: tuple[Labels, ...] = get_args(Labels)


def heading(column: Column, labels: Labels) -> str:
    """Return what stands above a column; titles are unique within a table, as names are."""
    return column.title if labels == "zh" else column.name


def headings(table: Table, labels: Labels) -> tuple[str, ...]:
    """Return what stands above the columns of a table, in order."""
    return tuple(heading(column, labels) for column in table.columns)
