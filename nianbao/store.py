"""What was read before, kept beside an output: one SQLite file, one row a source, put there whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from nianbao.reading import Reading

FILE_NAME = "reports.sqlite"

_VERSION = 2
_SCHEMA = """
CREATE TABLE reports (
    source TEXT PRIMARY KEY,    -- code point order, which is the order of the output
    content TEXT,               -- SHA-256 of the file; NULL where it could not be had
    rules TEXT NOT NULL,        -- what it was read with
    document_id TEXT NOT NULL,
    status TEXT NOT NULL,
    library_id TEXT,
    library TEXT,
    report_year INTEGER,
    error TEXT,
    digest TEXT NOT NULL,       -- SHA-256 of packed
    packed BLOB NOT NULL,
    thin BLOB NOT NULL,
    named BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX reports_of_library ON reports (library_id, report_year, source);
CREATE INDEX reports_of_content ON reports (document_id, source);
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Kept(NamedTuple):
    """By what one can tell that a source need not be read again."""

    content: str | None
    rules: str


class Store:
    """The readings of one output folder."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def kept(self) -> dict[str, Kept]:
        """Return what each source that is there was read from and with."""
        return {row[0]: Kept(*row[1:]) for row in self.rows("SELECT source, content, rules FROM reports")}

    def put(self, reading: Reading, rules: str) -> None:
        """Keep a reading in the place of an earlier one; it is there when this returns."""
        values = _values(reading, rules)
        self._connection.execute(f"INSERT OR REPLACE INTO main.reports VALUES ({','.join('?' * len(values))})", values)

    def forget(self, sources: Iterable[str]) -> None:
        """Remove what these sources gave."""
        self._connection.executemany("DELETE FROM reports WHERE source = ?", ((source,) for source in sources))

    def rows(self, query: str, values: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Return the rows of a query, which is written where it is used; nothing may be put meanwhile."""
        return self._connection.execute(query, values)

    def lay_over(self, readings: Iterable[Reading]) -> None:
        """Make `current`: the reports, these in the place of those of the same source, until the store is closed."""
        self._connection.execute("DROP VIEW IF EXISTS temp.current")
        self._connection.execute("DROP TABLE IF EXISTS temp.laid_over")
        self._connection.execute("CREATE TEMP TABLE laid_over AS SELECT * FROM main.reports WHERE 0")
        number = 0
        for number, reading in enumerate(readings, start=1):  # noqa: B007 (how many there are is asked for below)
            values = _values(reading, "")
            marks = ",".join("?" * len(values))
            self._connection.execute(f"INSERT INTO temp.laid_over VALUES ({marks})", values)
        laid = "SELECT * FROM temp.laid_over UNION ALL SELECT * FROM main.reports WHERE source NOT IN "
        others = f"{laid} (SELECT source FROM temp.laid_over)" if number else "SELECT * FROM main.reports"
        self._connection.execute(f"CREATE TEMP VIEW current AS {others}")

    def state(self) -> str:
        """Return one digest of all readings, the same for the same rows from the same sources."""
        digest = sha256()
        for source, of_rows in self.rows("SELECT source, digest FROM reports ORDER BY source"):
            digest.update(f"{source}\0{of_rows}\n".encode())
        return digest.hexdigest()

    def shelf(self) -> MutableMapping[str, bytes]:
        """Return an empty mapping that lies on disk and goes when the store is closed."""
        return _Shelf(self._connection)

    def note(self, name: str, value: object) -> None:
        """Keep a value under a name, in the place of an earlier one."""
        encoded = msgspec.json.encode(value).decode()
        self._connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, encoded))

    def noted(self, name: str) -> str | None:
        """Return the JSON of a value that was kept, or None."""
        return next((value for (value,) in self.rows("SELECT value FROM notes WHERE name = ?", (name,))), None)


def _values(reading: Reading, rules: str) -> tuple[object, ...]:
    return (
        *(reading.source, reading.content, rules, reading.document_id, reading.status, reading.library_id),
        *(reading.library, reading.report_year, reading.error, sha256(reading.packed).hexdigest()),
        *(reading.packed, reading.thin, reading.named),
    )


class _Shelf(MutableMapping[str, bytes]):
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("DROP TABLE IF EXISTS temp.shelf")
        connection.execute("CREATE TEMP TABLE shelf (name TEXT PRIMARY KEY, value BLOB NOT NULL)")

    def __setitem__(self, name: str, value: bytes) -> None:
        self._connection.execute("INSERT OR REPLACE INTO shelf VALUES (?, ?)", (name, value))

    def __getitem__(self, name: str) -> bytes:
        for (value,) in self._connection.execute("SELECT value FROM shelf WHERE name = ?", (name,)):
            return bytes(value)
        raise KeyError(name)

    def __delitem__(self, name: str) -> None:
        self._connection.execute("DELETE FROM shelf WHERE name = ?", (name,))

    def __iter__(self) -> Iterator[str]:
        return (name for (name,) in self._connection.execute("SELECT name FROM shelf ORDER BY name"))

    def __len__(self) -> int:
        (count,) = self._connection.execute("SELECT count(*) FROM shelf").fetchone()
        return int(count)


@contextmanager
def open_store(folder: Path) -> Iterator[Store]:
    """Yield the store in `folder`, which is made where it is missing; one that is broken or of another make is emptied.

    Raises OSError where the disk refuses.
    """
    path = folder / FILE_NAME
    try:
        connection = _connected(path)
    except sqlite3.DatabaseError:
        _remove(path)
        connection = _connected(path)
    try:
        yield Store(connection)
    except sqlite3.DatabaseError as error:
        raise OSError(None, f"{error}; if that stays so, remove this file, which only saves time", str(path)) from error
    finally:
        connection.close()


def _connected(path: Path) -> sqlite3.Connection:
    """Return a connection that commits at each statement; the log ahead makes that cheap, and safe against kill -9."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA temp_store = FILE")
        (made,) = connection.execute("PRAGMA user_version").fetchone()
        if made != _VERSION:
            if made or connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise sqlite3.DatabaseError("another make")
            connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
    except BaseException:
        connection.close()
        raise
    return connection


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).unlink()
