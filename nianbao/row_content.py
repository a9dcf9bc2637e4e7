"""Rows of an output without the numbers that shift: own ids left out, links told by the place they point at.

Facts and the like are numbered in document order, so one more fact renumbers all that follow. What stays is the place:
a row that was read at a span is named by its document and the first character of the span.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from nianbao.stored import StoredOutput, StoredTable

Content = tuple[str, ...]
References = Mapping[str, Mapping[str, str]]
_Translation = Callable[[str], str]

# the column of the ledger that points into whichever table uses the numeral, so that no foreign key can be declared
_ANY_TABLE = "row_id"


def own_id(table: StoredTable) -> str | None:
    """Return the column that only numbers the rows of a table; None where its key says something about the row."""
    named = "name" in table.columns or {"document_id", "char_start"} <= {*table.columns}
    return table.key[0] if named and len(table.key) == 1 and table.key[0].endswith("_id") else None


def references(output: StoredOutput, names: Iterable[str]) -> References:
    """Return what each id that the tables `names` may point at stands for: document_id:char_start, or a name."""
    pointing = [output.tables[name] for name in names if name in output.tables]
    wanted = {target for table in pointing for target in table.links.values()}
    if any(_ANY_TABLE in table.columns for table in pointing):
        wanted = {*output.tables}
    numbered = {name: (table, own_id(table)) for name, table in output.tables.items() if name in wanted}
    return {name: dict(_references(table, column)) for name, (table, column) in numbered.items() if column}


def _references(table: StoredTable, column: str) -> Iterator[tuple[str, str]]:
    if "char_start" not in table.columns:
        yield from ((number, name) for number, name in table.select(column, "name"))
        return
    for number, document_id, start in table.select(column, "document_id", "char_start"):
        if start:
            yield number, f"{document_id}:{start}"


class Reader(Struct, frozen=True):
    """How the rows of one table of one output become content: which columns, and how each link is told."""

    table: StoredTable
    columns: tuple[str, ...]
    known: References

    def contents(self) -> Iterator[Content]:
        """Yield each row as the cells of `columns`, links as document_id:char_start where they point at a row."""
        steps = [(self.table.columns.index(column), self._translation(column)) for column in self.columns]
        for row in self.table.rows():
            yield tuple(translate(row[place]) if translate else row[place] for place, translate in steps)

    def _translation(self, column: str) -> _Translation | None:
        if column in self.table.links:
            ids = self.known.get(self.table.links[column], {})
            return lambda value: ids.get(value, value)
        if column == _ANY_TABLE:
            tables = tuple(self.known.values())
            return lambda value: next((ids[value] for ids in tables if value in ids), value) if value else value
        return None


def document_of(columns: Sequence[str], links: Sequence[str], content: Content) -> str | None:
    """Return the document that a row is of: by its document_id, else by the first link that tells one.

    >>> document_of(["library", "fact_id"], ["fact_id"], ("甲馆", "0123456789ab:17"))
    '0123456789ab'
    """
    if "document_id" in columns:
        return content[columns.index("document_id")]
    told = (content[columns.index(column)] for column in links if column in columns)
    return next((value.partition(":")[0] for value in told if ":" in value), None)
