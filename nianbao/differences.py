"""What differs between two outputs, as records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from nianbao.row_content import Content

Kind = Literal["changed", "vanished", "appeared"]

KINDS: tuple[Kind, ...] = ("changed", "vanished", "appeared")

# columns by whose values the differences of a table are counted, where it has them
GROUPS = ("rule", "metric", "code", "kind", "role")


class CellChange(Struct, frozen=True):
    """One cell before and after; empty where the text did not say or the row was not there."""

    column: str
    old: str
    new: str


class RowDifference(Struct, frozen=True):
    """A row of one output that the other has otherwise (changed) or not at all (vanished, appeared).

    `old` and `new` hold the cells of `columns` in A and in B; links stand as document_id:char_start of the row that
    they point at. `source` and `document_id` are the file that the row was read from, empty where it is of none.
    """

    source: str
    document_id: str
    columns: tuple[str, ...]
    old: Content | None
    new: Content | None

    @property
    def kind(self) -> Kind:
        """Whether the row changed, vanished or appeared."""
        if self.old is None:
            return "appeared"
        return "vanished" if self.new is None else "changed"

    @property
    def changes(self) -> tuple[CellChange, ...]:
        """The cells that differ; of a row that appeared or vanished, all that are not empty."""
        blank = ("",) * len(self.columns)
        cells = zip(self.columns, self.old or blank, self.new or blank, strict=True)
        return tuple(CellChange(column, old, new) for column, old, new in cells if old != new)

    def value(self, column: str) -> str:
        """Return the cell of a column, as it is in B, or where the row vanished, was in A; empty without the column."""
        if column not in self.columns:
            return ""
        return (self.new or self.old or ())[self.columns.index(column)]

    def told(self, column: str) -> str:
        """Return a cell for counting: its value, or «old → new» where it changed; «-» for an empty one."""
        place = self.columns.index(column)
        values = dict.fromkeys(row[place] or "-" for row in (self.old, self.new) if row is not None)
        return " → ".join(values)


class TableDifference(Struct, frozen=True):
    """One table in two outputs: how many rows are the same, which differ, which are of a document of one side only."""

    name: str
    same: int
    only_a: int
    only_b: int
    columns_a: tuple[str, ...]  # columns that only A has
    columns_b: tuple[str, ...]
    rows: tuple[RowDifference, ...]

    @property
    def differs(self) -> bool:
        """Whether the table is not the same on both sides."""
        return bool(self.only_a or self.only_b or self.columns_a or self.columns_b or self.rows)

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many rows changed, vanished and appeared."""
        found = Counter(row.kind for row in self.rows)
        return {kind: found[kind] for kind in KINDS}

    @property
    def changed_columns(self) -> Mapping[str, int]:
        """In how many changed rows each column differs, the most frequent first."""
        changed = (row for row in self.rows if row.kind == "changed")
        return dict(Counter(change.column for row in changed for change in row.changes).most_common())

    @property
    def groups(self) -> tuple[str, ...]:
        """The columns of this table by which its differences may be counted."""
        columns = self.rows[0].columns if self.rows else ()
        return tuple(column for column in GROUPS if column in columns)

    def by(self, column: str) -> Mapping[str, Mapping[Kind, int]]:
        """Return how many rows changed, vanished and appeared for each value of a column, the most differences first.

        A row in which the column itself changed counts under «old → new».
        """
        found: dict[str, Counter[Kind]] = {}
        for row in self.rows:
            found.setdefault(row.told(column), Counter())[row.kind] += 1
        ordered = sorted(found, key=lambda value: (-found[value].total(), value))
        return {value: {kind: found[value][kind] for kind in KINDS} for value in ordered}


class Declared(Struct, frozen=True):
    """A property of datapackage.json that is another in B; empty on the side that lacks it."""

    where: str
    old: str
    new: str


class Comparison(Struct, frozen=True):
    """Two output folders compared.

    `sources_a` and `sources_b` are the files that only one side has (a file whose bytes changed is on both lists);
    `texts` those whose text was decoded otherwise, so that offsets do not mean the same characters.
    """

    out_a: Path
    out_b: Path
    tables: tuple[TableDifference, ...]
    tables_a: tuple[str, ...]
    tables_b: tuple[str, ...]
    sources_a: tuple[str, ...]
    sources_b: tuple[str, ...]
    texts: tuple[str, ...]
    declared: tuple[Declared, ...]

    @property
    def differs(self) -> bool:
        """Whether a row, column, table, document or text differs; other words of datapackage.json do not count."""
        lists = (self.tables_a, self.tables_b, self.sources_a, self.sources_b, self.texts)
        return any(lists) or any(table.differs for table in self.tables)
