"""A database as a way out: SQLite beside the CSV files or in a file of its own, or PostgreSQL by its URL.

The tables have the names and columns of the CSV files, so a value is found the same way in both. What each library
counted in each year, with the sentence that says so:

    SELECT i.library, i.report_year, i.metric, i.value, i.unit, d.source, f.sentence
    FROM indicators i JOIN facts f ON f.fact_id = i.fact_id JOIN documents d ON d.document_id = f.document_id
    WHERE i.metric = 'visits' ORDER BY i.library_id, i.report_year;

Tables beside those: `sentences` (see publish.sentence_index), `nianbao_columns` (what each column means),
`nianbao_documents` and `nianbao` (what was written, by which declarations, and whether the last run was complete).
Where the declarations have changed (a metric of your own is a column of the panel), all of them are made anew and
filled again. Tables that nianbao did not make are
never touched: a database that has one by a name of ours is refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from publish import sentence_index
from publish.database_address import Address, address, sqlite_address
from publish.database_file import PRAGMAS, NewFile
from publish.database_layout import KEPT, MARK, MEANINGS, Layout, layout, meanings
from publish.database_rows import copy_many, insert_many
from publish.database_run import Run
from publish.database_values import prepared
from publish.ways_out import DatabaseError, Halved, OutputError, Write

Note = Callable[[str], object]

APPLICATION = b"nian"  # by which an SQLite file says whose it is; see its pragma application_id
_PATIENCE = 20  # seconds that SQLite waits for another program to end its transaction
_CACHE = 65536  # KiB of SQLite's pages in memory
_AGAIN = "see to that and run again"


@contextmanager
def database(given: str, note: Note = lambda _: None) -> Iterator[Write]:
    """Yield what writes reports into the database at the URL `given`; `note` is told what it had to do without.

    Raises OutputError where the URL or the database is not one to write into, DatabaseError where it refuses.
    """
    with _open(address(given), note) as run:
        yield run.write


@contextmanager
def sqlite_file(path: Path) -> Iterator[Halved]:
    """Yield what writes reports into a new SQLite database, which is thrown away where the run fails.

    Its first half may be done in many processes and its second in one more (nianbao.apart); the closed lists of columns
    are checked in the first, all other constraints by the database.
    """
    with _connected(sqlite_address(path)) as connection:
        driver: Any = connection.connection.driver_connection
        for pragma in PRAGMAS:
            driver.execute(f"PRAGMA {pragma}")
        plan = layout(None, connection.dialect.name)
        with connection.begin():
            _make(connection, plan, lambda _: None)
        file = NewFile(connection, plan)
        yield Halved(prepared, file.take)
        file.finish()


def check_database(given: str, out: Path) -> None:
    """Raise what `database` would raise at its beginning, so that nothing is read in vain."""
    place = address(given)
    if place.schema is None and Path(str(place.url.database)).resolve().is_relative_to(out.resolve()):
        raise OutputError(
            f"{place.name} lies in {out}, which is replaced; name a file elsewhere, or leave --database out"
        )
    file = Path(str(place.url.database))
    if place.schema is None and not file.exists():
        if not file.absolute().parent.is_dir():
            raise OutputError(f"{place.name} cannot be made, because {file.parent} is no folder; make it first")
        return
    with _connected(place) as connection, connection.begin():
        _refuse_strangers(connection, layout(place.schema, connection.dialect.name), place)


def name_of(given: str) -> str:
    """Return a URL without its password, to be shown."""
    return address(given).name


@contextmanager
def _open(place: Address, note: Note) -> Iterator[Run]:
    with _connected(place) as connection:
        plan = layout(place.schema, connection.dialect.name)
        _lock(connection, place)
        with connection.begin():
            _refuse_strangers(connection, plan, place)
        with _log_ahead(connection):
            with connection.begin():
                _make(connection, plan, note)
            run = Run(connection, plan, copy_many if place.schema else insert_many)
            yield run
            run.finish()


@contextmanager
def _connected(place: Address) -> Iterator[sa.Connection]:
    """Yield the one connection of a run; what the database refuses becomes a sentence without the password."""
    try:
        engine = sa.create_engine(place.url, poolclass=sa.NullPool, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise DatabaseError(f"{place.name} needs {error.name}; run: pip install 'nianbao[postgresql]'") from None
    sa.event.listen(engine, "connect", _prepare_sqlite if place.schema is None else _prepare_postgresql)
    if place.schema is None:
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    driver = engine.dialect.loaded_dbapi
    try:
        with engine.connect() as connection:
            yield connection
    except (IntegrityError, DataError, driver.IntegrityError, driver.DataError):
        raise  # our rows broke the contract
    except (SQLAlchemyError, driver.Error) as error:
        raise DatabaseError(_sentence(error, place)) from None  # what it was raised from may tell the password
    finally:
        engine.dispose()


def _prepare_sqlite(driver: Any, _record: object) -> None:
    driver.isolation_level = None  # transactions are begun by us, where they begin
    for pragma in (f"busy_timeout = {_PATIENCE * 1000}", "foreign_keys = ON", f"cache_size = -{_CACHE}"):
        driver.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(driver: Any, _record: object) -> None:
    # a commit need not wait for the disk: what a crash of the server takes is whole documents, written again next time
    driver.execute("SET synchronous_commit = off")
    driver.execute("SET client_min_messages = warning")
    driver.commit()


@contextmanager
def _log_ahead(connection: sa.Connection) -> Iterator[None]:
    """Keep SQLite's write-ahead log while the body runs, so that others can read; fold it into the file at the end."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    (before,) = driver.execute("PRAGMA journal_mode").fetchone()
    driver.execute("PRAGMA journal_mode = WAL")
    driver.execute("PRAGMA synchronous = NORMAL")
    yield
    driver.execute("PRAGMA busy_timeout = 0")
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with suppress(sqlite3.OperationalError):  # somebody reads just now: the log goes when the last one ends
        driver.execute(f"PRAGMA journal_mode = {before}")


def _lock(connection: sa.Connection, place: Address) -> None:
    """Take the lock that one run at a time has; PostgreSQL gives it back when the connection ends, however it does."""
    if place.schema is None:
        return
    key = sa.func.hashtextextended(sa.literal(f"nianbao {place.schema}"), 0)
    with connection.begin():
        if connection.scalar(sa.text("SHOW server_encoding")) != "UTF8":
            raise DatabaseError(f"{place.name} is not kept in UTF-8; make a database WITH ENCODING 'UTF8'")
        if not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(key))):
            raise DatabaseError(f"another run is writing into {place.name}; run again when it has ended")


def _refuse_strangers(connection: sa.Connection, plan: Layout, place: Address) -> None:
    there = set(sa.inspect(connection).get_table_names(place.schema))
    ours = {table.name for table in plan.metadata.tables.values()} | {sentence_index.NAME}
    in_the_way = sorted(there & ours)
    if in_the_way and not {MARK, MEANINGS, KEPT} <= there:
        other = "another database" if place.schema is None else "another database or ?schema=NAME"
        raise OutputError(f"{place.name} holds {in_the_way[0]}, which nianbao did not make; give {other}")


def _make(connection: sa.Connection, plan: Layout, note: Note) -> None:
    """Make the tables where there are none, or none by these declarations."""
    if _version(connection, plan) == plan.version:
        return
    _drop(connection, plan)
    schema = plan.metadata.schema
    if schema and not sa.inspect(connection).has_schema(schema):
        connection.execute(sa.schema.CreateSchema(schema))
    if not schema:
        connection.exec_driver_sql(f"PRAGMA application_id = {int.from_bytes(APPLICATION)}")
    plan.metadata.create_all(connection, checkfirst=False)
    connection.execute(plan.table(MEANINGS).insert(), meanings(plan))
    mark = [{"name": "version", "value": plan.version}, {"name": "complete", "value": "false"}]
    connection.execute(plan.table(MARK).insert(), mark)
    if missing := sentence_index.prepare(connection):
        note(missing)


def _version(connection: sa.Connection, plan: Layout) -> str | None:
    mark = plan.table(MARK)
    if not sa.inspect(connection).has_table(MARK, schema=plan.metadata.schema):
        return None
    return connection.scalar(sa.select(mark.c.value).where(mark.c.name == "version"))


def _drop(connection: sa.Connection, plan: Layout) -> None:
    """Drop the tables that earlier declarations made: those that the database itself has on its list."""
    meanings_there = plan.table(MEANINGS)
    if not sa.inspect(connection).has_table(MEANINGS, schema=plan.metadata.schema):
        return
    listed = set(connection.scalars(sa.select(meanings_there.c.table_name).distinct()))
    ours = {*listed, MARK, MEANINGS, KEPT}
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {sentence_index.NAME}")
    earlier = sa.MetaData(schema=plan.metadata.schema)
    earlier.reflect(connection, only=lambda name, _: name in ours, resolve_fks=False)
    earlier.drop_all(connection, checkfirst=False)


def _sentence(error: Exception, place: Address) -> str:
    said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    return f"{place.name} refused: {place.without_secrets(said)}; {_AGAIN}"
