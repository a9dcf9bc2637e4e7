"""A way out: one form in which the tables are kept (CSV files, a database …), fed report by report.

A way out is a context manager that yields a `Write`. It keeps nothing in memory but what its form needs; where the body
of the `with` raises, nothing half-written may be taken for an output.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from msgspec import Struct

from schemas.rows import Row

# each way out that is written to goes through the rows once, so they are no generators
TableRows = Mapping[str, Iterable[Row]]


class OutputError(ValueError):
    """OUT cannot be used; the message says why and what to do. Nothing was written."""


class DatabaseError(Exception):
    """A database cannot be reached or written; the message says which, why and what to do, and shows no password."""


class DocumentText(Struct, frozen=True):
    """What the offsets of one document's rows count in."""

    document_id: str
    text: str


class Write(Protocol):
    """Take rows: of the tables that reports point into, of each report in document order, of those that need all."""

    def __call__(self, rows: TableRows, text: DocumentText | None = None) -> None:
        """Append the rows of each table named.

        1. The first calls have the tables that rows of reports point into, piece by piece: «organizations», then
           «organization_aliases», those of one organization in one piece.
        2. For a report, `rows` has «documents» with one row, and every other table that one report fills; `text` is
           None where the file could not be read or where its text was given before.
        3. The calls after the last report have tables that need many reports and that none points into,
           «indicators» and «panel», piece by piece.
        """


# what a way out makes of one call before it touches anything: pure, so that other processes can do it
Prepare = Callable[[TableRows, DocumentText | None], bytes]


Way = Callable[[], AbstractContextManager[Write]]


class Halved:
    """A Write in two halves: `prepare` needs nothing but the rows, `take` puts there what that gave, in order.

    `prepare` is a function of a module, by whose name another process finds it.
    """

    def __init__(self, prepare: Prepare, take: Callable[[bytes], None]) -> None:
        self.prepare = prepare
        self.take = take

    def __call__(self, rows: TableRows, text: DocumentText | None = None) -> None:
        """See Write."""
        self.take(self.prepare(rows, text))


# opens a way out that yields a Halved with this first half, so that another process does the second (nianbao.apart)
Apart = Callable[[Way, Prepare], AbstractContextManager[Halved]]
