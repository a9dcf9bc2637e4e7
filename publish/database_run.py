"""One run into a database: each document whole or absent, nothing written twice, nothing left of what is gone.

1. The rows that reports point into (organizations and their aliases) are put in the place of those of the same key,
   piece by piece, from the first piece on that is another than in the last run; others stay until no report points at
   them.
2. A document whose rows have the digest kept from an earlier run is left alone. Any other is replaced in one
   transaction; the first of them also empties the tables that need all reports, which hold for all documents or none.
3. The last transaction removes the documents and bodies that the run did not have, fills the tables that need all
   reports, and says that the run is complete. Whatever stops a run before that, the next one ends in the same content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import sqlalchemy as sa

from publish import sentence_index
from publish.database_layout import KEPT, MARK, Layout, before_reports, index_statements, of_document, of_one_report
from publish.database_rows import Insert, run_all
from publish.database_values import (
    DOCUMENTS,
    FINDINGS,
    About,
    Values,
    about_report,
    all_values,
    digest,
    has_rows_of_its_own,
    kept_of,
    report_values,
)
from publish.ways_out import DatabaseError, DocumentText, TableRows

_BODIES = "bodies "  # in the table MARK, with a number: the digest of a piece of the rows that reports point into
_AT_ONCE = 500  # keys in one statement; SQLite takes 999 in its oldest builds


class Run:
    """What has been written, and what was there before; `write` is the `Write` of this way out."""

    def __init__(self, connection: sa.Connection, layout: Layout, insert: Insert) -> None:
        self._connection, self._layout, self._insert = connection, layout, insert
        self._last: sa.RootTransaction | None = None
        self._emptied = False
        self._seen: set[str] = set()
        self._before = before_reports(layout)
        self._pieces = 0  # of the rows that reports point into
        self._bodies: set[str] = set()
        with connection.begin():
            kept = layout.table(KEPT)
            rows = connection.execute(sa.select(kept.c.source, kept.c.document_id, kept.c.digest))
            self._kept = {source: (document_id, told) for source, document_id, told in rows}
            self._indexed = sentence_index.is_ours_to_keep(connection)
            if self._kept:
                self._make_indexes()
            self._version = self._others_writing()

    def write(self, rows: TableRows, text: DocumentText | None = None) -> None:
        """Write the rows of one report, those that reports point into, or those of the tables that need all."""
        if not rows.keys() - {table.name for table in self._before}:
            self._write_before(all_values(rows))
        elif DOCUMENTS in rows:
            values = report_values(rows, text)
            self._write_report(about_report(values), values, is_whole=text is not None)
        else:
            self._write_across(all_values(rows))

    def finish(self) -> None:
        """Remove what the run did not have, make the indexes, and end the last transaction."""
        transaction = self._begin_last()
        for source in self._kept.keys() - self._seen:
            self._remove(source)
        self._remove_bodies()
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # no index is made before they are checked
        self._make_indexes()
        sentence_index.finish(self._connection, self._layout)
        self._mark_complete("true")
        transaction.commit()

    def _write_before(self, given: Mapping[str, Sequence[Values]]) -> None:
        """Put rows in the place of those of the same body: keys are checked at the end of the transaction."""
        bodies = {str(row[0]) for some in given.values() for row in some}
        self._bodies |= bodies
        told, mark, name = digest(given), self._layout.table(MARK), f"{_BODIES}{self._pieces:09}"
        self._pieces += 1
        with self._connection.begin():
            if self._connection.scalar(sa.select(mark.c.value).where(mark.c.name == name)) == told:
                return
            self._refuse_others()
            self._empty_across()
            self._forget_pieces(name)  # what was in them may be in another one now
            for table in self._before:
                if table.name in given:
                    self._delete(table, bodies)
                    self._insert(self._connection, table, given[str(table.name)])
            self._connection.execute(mark.insert(), {"name": name, "value": told})

    def _forget_pieces(self, first: str) -> None:
        name = self._layout.table(MARK).c.name
        self._connection.execute(name.table.delete().where(name.startswith(_BODIES), name >= first))

    def _remove_bodies(self) -> None:
        """Remove the bodies that no report of this run names."""
        self._forget_pieces(f"{_BODIES}{self._pieces:09}")
        for table in reversed(self._before):
            known = set(self._connection.scalars(sa.select(_body(table)).distinct()))
            self._delete(table, known - self._bodies)

    def _delete(self, table: sa.Table, bodies: Iterable[str]) -> None:
        for some in _batches(sorted(bodies)):
            self._connection.execute(table.delete().where(_body(table).in_(some)))

    def _write_report(self, about: About, values: Mapping[str, Sequence[Values]], *, is_whole: bool) -> None:
        if self._last is not None:
            raise ValueError("a report came after the tables that need all reports; they must be the last")
        source, document_id, told = about.source, about.document_id, about.digest
        self._seen.add(source)
        if self._kept.get(source) == (document_id, told):
            return
        with self._connection.begin():
            self._refuse_others()
            self._empty_across()
            self._remove(source)
            own = has_rows_of_its_own(values, is_whole=is_whole)
            if own:
                self._remove_namesake(document_id)
            for name, some in values.items():
                self._insert(self._connection, self._layout.table(name), some)
            if self._indexed and own:
                sentence_index.add(self._connection, document_id)
            kept = self._layout.table(KEPT).insert()
            self._connection.execute(kept.values(kept_of(about, values, is_whole=is_whole)))
        self._kept[source] = (document_id, told)

    def _write_across(self, values: Mapping[str, Sequence[Values]]) -> None:
        self._begin_last()
        for name, some in values.items():
            table = self._layout.table(name)
            if of_one_report(table) or table in self._before:
                raise ValueError(f"{name} is filled report by report; its rows came with the tables that need all")
            self._insert(self._connection, table, some)

    def _begin_last(self) -> sa.RootTransaction:
        if self._last is None:
            self._last = self._connection.begin()
            self._refuse_others()
            self._emptied = False
            self._empty_across()
        return self._last

    def _empty_across(self) -> None:
        """Empty the tables that need all reports, before the first change: they tell of the documents as they were."""
        if not self._emptied:
            for table in self._declared():
                if not of_one_report(table) and table not in self._before:
                    self._connection.execute(table.delete())
            self._mark_complete("false")
            self._emptied = True

    def _remove(self, source: str) -> None:
        """Remove the rows of one file. Where another file has its document_id, one of the two has only findings."""
        if source not in self._kept:
            return
        document_id, _ = self._kept.pop(source)
        kept, findings = self._layout.table(KEPT), self._layout.table(FINDINGS)
        own = {
            row.source: row.findings
            for row in self._connection.execute(sa.select(kept).where(kept.c.document_id == document_id))
        }
        listed = own.pop(source)
        if listed is None:
            self._remove_rows(document_id, [one for other in own.values() if other for one in other.split()])
        else:
            self._connection.execute(findings.delete().where(findings.c.finding_id.in_(listed.split())))
        documents = self._layout.table(DOCUMENTS)
        self._connection.execute(documents.delete().where(documents.c.source == source))
        self._connection.execute(kept.delete().where(kept.c.source == source))

    def _remove_rows(self, document_id: str, findings_of_others: Sequence[str]) -> None:
        if self._indexed:
            sentence_index.remove(self._connection, document_id)
        for table in reversed(self._declared()):
            if of_one_report(table) and table.name != DOCUMENTS:
                rows = of_document(table, document_id)
                if table.name == FINDINGS and findings_of_others:
                    rows &= table.c.finding_id.not_in(findings_of_others)
                self._connection.execute(table.delete().where(rows))

    def _remove_namesake(self, document_id: str) -> None:
        """Remove the file that had the rows of this document_id before: it has gone, or is a repetition by now."""
        kept = self._layout.table(KEPT)
        whole = sa.select(kept.c.source).where(kept.c.document_id == document_id, kept.c.findings.is_(None))
        for source in self._connection.scalars(whole).all():
            self._remove(source)

    def _declared(self) -> list[sa.Table]:
        return [table for table in self._layout.metadata.sorted_tables if table.name in self._layout.declared]

    def _make_indexes(self) -> None:
        run_all(self._connection, index_statements(self._layout, self._connection.dialect))

    def _mark_complete(self, value: str) -> None:
        mark = self._layout.table(MARK)
        self._connection.execute(mark.update().where(mark.c.name == "complete").values(value=value))

    def _others_writing(self) -> int:
        """Return a number that changes when another program writes into the file; PostgreSQL has a lock instead."""
        if self._connection.dialect.name != "sqlite":
            return 0
        return int(self._connection.exec_driver_sql("PRAGMA data_version").scalar_one())

    def _refuse_others(self) -> None:
        if self._others_writing() != self._version:
            raise DatabaseError("another program has written into the database meanwhile; run again when it has ended")


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    coming = iter(keys)
    while some := list(islice(coming, _AT_ONCE)):
        yield some


def _body(table: sa.Table) -> sa.Column[str]:
    return next(iter(table.primary_key.columns))
