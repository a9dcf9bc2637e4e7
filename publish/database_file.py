"""A new SQLite file, thrown away where the run fails: rows go in as they come, in one transaction, which takes a
fraction of what a database takes that others may look at meanwhile (publish.database_run)."""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa

from publish import sentence_index
from publish.database_layout import KEPT, MARK, Layout, index_statements
from publish.database_rows import insertion, run_all
from publish.database_values import Prepared, kept_of

# nothing of the file is there before all of it is, so it needs no log; `prepared` has checked the closed lists, each of
# which SQLite would make anew for every row
PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "ignore_check_constraints = ON")

_REPORTS = 100  # whose sentences are indexed together: one by one takes three times as long, all of them makes all wait


class NewFile:
    """What writes `database_values.prepared` rows into the tables of `layout`, which are empty."""

    def __init__(self, connection: sa.Connection, layout: Layout) -> None:
        self._connection, self._layout = connection, layout
        self._driver: Any = connection.connection.driver_connection
        self._insertions = {table.name: insertion(connection, table) for table in layout.metadata.sorted_tables}
        self._transaction = connection.begin()
        self._indexed = sentence_index.is_ours_to_keep(connection)
        self._reports = self._sentences = 0

    def take(self, encoded: bytes) -> None:
        """Write what `database_values.prepared` made of the rows of one report, or of tables that need all."""
        given = msgspec.msgpack.decode(encoded, type=Prepared)
        for name, rows in given.values.items():
            self._driver.executemany(self._insertions[name], rows)
        if given.about:
            self._reports += 1
            if self._reports % _REPORTS == 0:
                self._index_sentences()
            self._driver.execute(self._insertions[KEPT], kept_of(given.about, given.values, is_whole=given.is_whole))

    def finish(self) -> None:
        """Make the indexes, and put all of it there."""
        self._index_sentences()
        run_all(self._connection, index_statements(self._layout, self._connection.dialect))
        mark = self._layout.table(MARK)
        self._connection.execute(mark.update().where(mark.c.name == "complete").values(value="true"))
        self._transaction.commit()

    def _index_sentences(self) -> None:
        if self._indexed:
            self._sentences = sentence_index.add_since(self._connection, self._sentences)
