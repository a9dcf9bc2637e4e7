"""Where the database is: the URL of --database, checked, and a name for it that shows no password."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from publish.ways_out import OutputError

_FORMS = "sqlite:///FILE or postgresql://USER@HOST/DATABASE"
_POSTGRESQL = {"postgresql", "postgres", "postgresql+psycopg"}
_SECRET_OPTIONS = ("password", "sslpassword")
_SQLITE = {"sqlite", "sqlite+pysqlite"}


class Address(Struct, frozen=True):
    """A database: the URL to connect with, the schema of PostgreSQL (None for SQLite), the name to show."""

    url: URL
    schema: str | None
    name: str

    def without_secrets(self, said: str) -> str:
        """Return a message of the database with the passwords of the URL, should it repeat them, taken out."""
        given = (self.url.password, *(self.url.query.get(option) for option in _SECRET_OPTIONS))
        for secret in given:
            said = said.replace(str(secret), "***") if secret else said
        return said


def address(given: str) -> Address:
    """Return the database that a URL names; «?schema=» is ours, the rest of the query goes to PostgreSQL.

    The name shown has neither the password nor the query, which may hold one too.

    >>> address("postgresql://lin:secret@db.example/reports?schema=y2014&password=other").name
    'postgresql://lin:***@db.example/reports?schema=y2014'
    >>> address("sqlite:///reports.sqlite").name
    'sqlite:///reports.sqlite'

    Raises OutputError, without repeating the URL, where it is none or names another kind of database.
    """
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        raise OutputError(f"--database is no URL of a database; give {_FORMS}") from None
    if url.drivername in _SQLITE:
        return _sqlite(url)
    if url.drivername in _POSTGRESQL:
        return _postgresql(url)
    raise OutputError(f"--database names {url.drivername}, which nianbao does not write; give {_FORMS}")


def sqlite_address(path: Path) -> Address:
    """Return the SQLite database in the file `path`."""
    return _sqlite(URL.create("sqlite", database=str(path)))


def _sqlite(url: URL) -> Address:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise OutputError("--database names no file; give sqlite:///FILE")
    if url.query:
        raise OutputError(f"--database gives SQLite the option {min(url.query)}; SQLite takes none")
    return Address(url.set(drivername="sqlite"), None, f"sqlite:///{url.database}")


def _postgresql(url: URL) -> Address:
    schema = url.query.get("schema", "public")
    if not isinstance(schema, str) or not schema:
        raise OutputError("--database gives no schema or more than one; give ?schema=NAME once")
    name = url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
    shown = name if schema == "public" else f"{name}?schema={schema}"
    return Address(url.difference_update_query(["schema"]).set(drivername="postgresql+psycopg"), schema, shown)
