"""Full-text search over the sentences of a database, for a language that writes no blanks between words.

Both databases index every run of three characters, so a search finds any phrase, whatever the words are.

SQLite (FTS5, tokenizer trigram; phrases of three characters and more):

    SELECT s.document_id, s.char_start, s.text
    FROM sentences_fts f JOIN sentences s ON s.sentence_number = f.rowid
    WHERE sentences_fts MATCH '"流动图书车"' ORDER BY s.document_id, s.char_start;

A phrase of two characters has no run of three; LIKE finds it, by looking at every sentence:

    SELECT document_id, char_start, text FROM sentences WHERE text LIKE '%讲座%';

PostgreSQL (pg_trgm, GIN) answers both by the same words, from three characters on through the index:

    SELECT document_id, char_start, text FROM sentences WHERE text LIKE '%流动图书车%';

The index helps with Chinese only in a database whose LC_CTYPE knows letters beyond ASCII (any UTF-8 locale, not C);
the answers are the same without it.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from publish.database_layout import Layout
from publish.database_values import SENTENCES

NAME = "sentences_fts"


def prepare(connection: sa.Connection) -> str | None:
    """Make what the index needs; return a sentence where the database has not got it, and all else goes on."""
    if connection.dialect.name == "sqlite":
        return _prepare_sqlite(connection)
    return _prepare_postgresql(connection)


def is_ours_to_keep(connection: sa.Connection) -> bool:
    """Whether the index is SQLite's, which is told of every change; PostgreSQL keeps its own."""
    return connection.dialect.name == "sqlite" and sa.inspect(connection).has_table(NAME)


def remove(connection: sa.Connection, document_id: str) -> None:
    """Take a document's sentences out of the index of SQLite, before they go."""
    connection.exec_driver_sql(
        f"INSERT INTO {NAME} ({NAME}, rowid, text) "
        f"SELECT 'delete', sentence_number, text FROM {SENTENCES} WHERE document_id = ?",
        (document_id,),
    )


def add(connection: sa.Connection, document_id: str) -> None:
    """Put a document's sentences into the index of SQLite."""
    connection.exec_driver_sql(
        f"INSERT INTO {NAME} (rowid, text) SELECT sentence_number, text FROM {SENTENCES} WHERE document_id = ?",
        (document_id,),
    )


def add_since(connection: sa.Connection, last: int) -> int:
    """Put the sentences with numbers above `last` into the index of SQLite; return the greatest number."""
    connection.exec_driver_sql(
        f"INSERT INTO {NAME} (rowid, text) SELECT sentence_number, text FROM {SENTENCES} WHERE sentence_number > ?",
        (last,),
    )
    return connection.exec_driver_sql(f"SELECT max(sentence_number) FROM {SENTENCES}").scalar_one() or last


def finish(connection: sa.Connection, layout: Layout) -> None:
    """Make the index of PostgreSQL where it is not there yet: once all sentences are in, that is much faster."""
    if connection.dialect.name == "sqlite":
        return
    home = connection.scalar(_TRGM_SCHEMA)
    if home:
        quoted = connection.dialect.identifier_preparer
        place, classes = quoted.format_table(layout.table(SENTENCES)), f"{quoted.quote(home)}.gin_trgm_ops"
        connection.exec_driver_sql(
            f"CREATE INDEX IF NOT EXISTS ix_sentences_text ON {place} USING gin (text {classes})"
        )


def _prepare_sqlite(connection: sa.Connection) -> str | None:
    try:
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {NAME} USING fts5("
            f"text, content='{SENTENCES}', content_rowid='sentence_number', tokenize='trigram')"
        )
    except DBAPIError as error:
        return f"sentences have no full-text index, because this SQLite has none for Chinese ({error.orig})"
    return None


_TRGM_SCHEMA = sa.text(
    "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm'"
)


def _prepare_postgresql(connection: sa.Connection) -> str | None:
    if connection.scalar(_TRGM_SCHEMA):
        return None
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION pg_trgm")
    except DBAPIError as error:
        said = str(error.orig).partition("\n")[0]
        return f"sentences have no full-text index, because PostgreSQL refused the extension pg_trgm ({said})"
    return None
