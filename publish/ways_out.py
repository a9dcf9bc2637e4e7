"""A way out: one form in which the tables are kept (CSV files, a database …), fed report by report.

A way out is a context manager that yields a `Write`. It keeps nothing in memory but what its form needs; where the body
of the `with` raises, nothing half-written may be taken for an output.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from msgspec import Struct

from schemas.rows import Row

TableRows = Mapping[str, Iterable[Row]]


class DocumentText(Struct, frozen=True):
    """What the offsets of one document's rows count in."""

    document_id: str
    text: str


class Write(Protocol):
    """Take rows: once for each report in document order, then those of the tables that need many reports, in pieces."""

    def __call__(self, rows: TableRows, text: DocumentText | None = None) -> None:
        """Append the rows of each table named.

        For a report, `rows` has «documents» with one row, and every other table that one report fills; `text` is
        None where the file could not be read or where its text was given before. The calls after the last report have
        no «documents»: the tables that need many reports («indicators», «panel», «organizations» …), piece by piece.
        """
