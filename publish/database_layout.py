"""The tables of a database, made from the declarations: types, keys, foreign keys, closed lists, comments, indexes.

- Numbers are NUMERIC. PostgreSQL keeps every digit. SQLite has no decimals: it keeps whole numbers of 64 bits exactly
  and others as doubles, so that sums and comparisons work; a double gives back every number of up to 15 digits as it
  was, and reports have none that is longer. (Text would keep all digits and sort 9 after 10.)
- Foreign keys are checked at the end of a transaction, because the rows of a document may point at later ones.
  `document_id` is none: two files with the same bytes have two rows in documents and one document_id.
- In SQLite dates are ISO 8601 text and true is 1, as its own functions expect.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from publish.database_values import SENTENCES, declared_tables
from schemas.declarations import Column, ColumnType, Table
from schemas.overlay import from_vocabulary

MARK = "nianbao"
MEANINGS = "nianbao_columns"
KEPT = "nianbao_documents"

# to be raised where the tables change although the declarations do not
_LAYOUT = 2

# a finding across years is about facts of two documents, which are written and replaced one at a time
_BETWEEN_DOCUMENTS = frozenset({("finding_facts", "fact_id")})

_TYPES: dict[ColumnType, type[sa.types.TypeEngine[Any]]] = {
    "string": sa.Text,
    "integer": sa.BigInteger,
    "number": sa.Numeric,
    "date": sa.Date,
    "boolean": sa.Boolean,
}

# what people look rows up by, links and keys apart
_LOOKED_UP = ("document_id", "library_id", "metric", "report_year")


class Layout(Struct, frozen=True):
    """The declared tables and the sentences as tables of a database, and those that nianbao keeps its books in."""

    declared: dict[str, Table]
    metadata: sa.MetaData
    version: str

    def table(self, name: str) -> sa.Table:
        """Return a table by the name that it is declared with."""
        schema = self.metadata.schema
        return self.metadata.tables[f"{schema}.{name}" if schema else name]


def layout(schema: str | None, dialect: str) -> Layout:
    """Return the tables for `dialect` («sqlite» or «postgresql»), in `schema` where it is PostgreSQL."""
    return _laid_out(schema, dialect, _LAYOUT)


@from_vocabulary
@cache
def _laid_out(schema: str | None, dialect: str, number: int) -> Layout:
    declared = declared_tables()
    metadata = sa.MetaData(schema=schema)
    for table in declared.values():
        _table(table, metadata, numbered=table.name == SENTENCES and dialect == "sqlite")
    _books(metadata)
    return Layout(declared, metadata, _version(declared, number))


def of_one_report(table: sa.Table) -> bool:
    """Whether a table is filled by each report for itself: it, or what its key points into, has a document_id."""
    return "document_id" in table.c or any(of_one_report(key.column.table) for key in _links_in_key(table))


def before_reports(layout: Layout) -> list[sa.Table]:
    """Return the tables that hold for all reports and that rows of one report point into, and those with such a key."""
    tables = [layout.table(name) for name in layout.declared]
    targets = {key.column.table for table in tables if of_one_report(table) for key in table.foreign_keys}
    targets -= {table for table in tables if of_one_report(table)}
    return [
        table
        for table in tables
        if targets & {table, *(key.column.table for key in _links_in_key(table))} and not of_one_report(table)
    ]


def of_document(table: sa.Table, document_id: str) -> sa.ColumnElement[bool]:
    """Return the condition that picks the rows of one document."""
    if "document_id" in table.c:
        return table.c.document_id == document_id
    link = _links_in_key(table)[0]
    of_it = sa.select(link.column).where(of_document(link.column.table, document_id))
    return link.parent.in_(of_it)


def index_statements(layout: Layout, dialect: sa.Dialect) -> Iterator[str]:
    """Yield what makes the indexes: columns that people look up by, and links, which removing a row follows back."""
    quoted = dialect.identifier_preparer
    for name, declared in layout.declared.items():
        for column in declared.column_names:
            if column not in {*_LOOKED_UP, *declared.links} or column == declared.key[0]:
                continue
            index, place = quoted.quote(f"ix_{name}_{column}"), quoted.format_table(layout.table(name))
            own = quoted.quote(column)
            statement = f"CREATE INDEX IF NOT EXISTS {index} ON {place} ({own})"
            yield f"{statement} WHERE {own} IS NOT NULL" if layout.table(name).c[column].nullable else statement


def meanings(layout: Layout) -> list[dict[str, str | int | None]]:
    """Return a row for each column of the declared tables: title, meaning and unit, to be read in the database."""
    return [
        {
            "table_name": table.name,
            "position": number,
            "column_name": column.name,
            "type": column.type,
            "title": column.title,
            "meaning": column.meaning,
            "unit": column.unit,
        }
        for table in layout.declared.values()
        for number, column in enumerate(table.columns)
    ]


def _links_in_key(table: sa.Table) -> list[sa.ForeignKey]:
    return [key for column in table.primary_key for key in column.foreign_keys]


def _table(declared: Table, metadata: sa.MetaData, *, numbered: bool) -> sa.Table:
    prefix = f"{metadata.schema}." if metadata.schema else ""
    columns = [_column(column, declared, numbered=numbered) for column in declared.columns]
    rules: list[sa.Constraint] = [
        sa.ForeignKeyConstraint([column], [f"{prefix}{target}"], deferrable=True, initially="DEFERRED")
        for column, target in declared.links.items()
        if (declared.name, column) not in _BETWEEN_DOCUMENTS
    ]
    rules += [
        sa.CheckConstraint(own.in_(column.values))
        for own, column in zip(columns, declared.columns, strict=True)
        if column.values
    ]
    if numbered:
        # SQLite's full-text index knows a row by a number, which only a column like this one holds fast
        columns.append(sa.Column("sentence_number", sa.Integer, primary_key=True))
        rules.append(sa.UniqueConstraint(*declared.key))
    # a key of several columns is the place of the row too: no second tree for the many cells and numbers
    rowid = numbered or len(declared.key) == 1
    comment = f"{declared.title}: {declared.meaning}"
    return sa.Table(declared.name, metadata, *columns, *rules, comment=comment, sqlite_with_rowid=rowid)


def _column(column: Column, table: Table, *, numbered: bool) -> sa.Column[Any]:
    unit = f" Unit: {column.unit}." if column.unit else ""
    in_key = column.name in table.key
    return sa.Column(
        column.name,
        _TYPES[column.type](),
        primary_key=in_key and not numbered,
        nullable=not in_key,
        autoincrement=False,
        comment=f"{column.title}: {column.meaning}{unit}",
    )


def _books(metadata: sa.MetaData) -> None:
    sa.Table(
        MARK,
        metadata,
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        comment="That these tables are of nianbao: version of the declarations; complete: whether the last run ended.",
    )
    sa.Table(
        MEANINGS,
        metadata,
        sa.Column("table_name", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("column_name", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=name == "unit") for name in ("type", "title", "meaning", "unit")),
        comment="What each column means.",
    )
    sa.Table(
        KEPT,
        metadata,
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("document_id", sa.Text, nullable=False, index=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("findings", sa.Text),
        comment="The documents written: a digest of their rows, so that what has not changed is not written again; "
        "findings: the only rows of a file whose document_id stands for another file's rows too.",
    )


def _version(declared: dict[str, Table], number: int) -> str:
    told = "\n".join(table.model_dump_json() for table in declared.values())
    return hashlib.sha256(f"{number}\n{told}".encode()).hexdigest()
