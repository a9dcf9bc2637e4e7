"""The vocabulary of table kinds: words of the caption, and the headers that mean each column."""

from __future__ import annotations

from functools import cache
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from schemas.overlay import from_vocabulary
from schemas.words import Entry, load


class TableKind(Entry):
    """One kind of table: `columns` gives for each column of the tidy table its headers, `key` those it must have.

    `generic`: headers that mean a column only where the caption or a heading names the kind.
    `rows_as`: the kind whose tidy table takes the rows; blank where the kind has none and stays in the cells.
    """

    closed: ClassVar[frozenset[str]] = frozenset({"key"})

    key: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    generic: dict[str, tuple[str, ...]] = Field(default={})
    rows_as: Literal["", "lectures", "outreach", "reading_promotions"] = ""

    @model_validator(mode="after")
    def _keys_are_columns(self) -> TableKind:
        used = {name for key in self.key for name in key.split("|")} | set(self.generic)
        if not used <= self.columns.keys():
            strange, known = ", ".join(sorted(used - self.columns.keys())), ", ".join(self.columns)
            raise ValueError(f"{strange} is no column of it; name one of {known}, or add it to columns")
        return self


@from_vocabulary
@cache
def table_kinds() -> dict[str, TableKind]:
    """Return the table kinds by code, in file order."""
    return load("table_kinds.yaml", TableKind)
