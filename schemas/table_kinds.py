"""The vocabulary of table kinds: words of the caption, and the headers that mean each column."""

from __future__ import annotations

from functools import cache

from schemas.words import Entry, load


class TableKind(Entry):
    """One kind of table: `columns` gives for each column of the tidy table its headers, `key` those it must have."""

    key: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]


@cache
def table_kinds() -> dict[str, TableKind]:
    """Return the table kinds by code, in file order."""
    return load("table_kinds.yaml", TableKind)
