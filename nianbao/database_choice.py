"""Which database a run writes beside its CSV files: one in OUT, one at a URL, or none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct

from publish.ways_out import Write

Way = Callable[[Path], AbstractContextManager[Write]]


class DatabaseChoice(Struct, frozen=True):
    """The ways out for publish.folder.folder_output; the name to show, if any; what the database had to do without."""

    ways: tuple[Way, ...] = ()
    name: str | None = None
    notes: list[str] = []


def choose_database(out: Path, database: str | bool) -> DatabaseChoice:
    """Return the ways out for `database`: a URL, True for the file in `out`, False for none.

    Raises OutputError or DatabaseError where the database at a URL cannot be written.
    """
    if database is False:
        return DatabaseChoice()
    from publish import database as databases  # noqa: PLC0415  loads SQLAlchemy

    if database is True:
        return DatabaseChoice((databases.sqlite_file,))
    databases.check_database(database, out)
    notes: list[str] = []
    return DatabaseChoice(
        (lambda _folder: databases.database(database, notes.append),), databases.name_of(database), notes
    )
