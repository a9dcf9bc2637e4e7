"""The database at a URL that a run writes beside OUT, if any."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from publish.ways_out import Way


class DatabaseChoice(Struct, frozen=True):
    """The ways out for publish.folder.folder_output; the name to show, if any; what the database had to do without."""

    ways: tuple[Way, ...] = ()
    name: str | None = None
    notes: list[str] = []


def choose_database(out: Path, url: str | None) -> DatabaseChoice:
    """Return the way out to the database at `url`, or none.

    Raises OutputError or DatabaseError where it cannot be written.
    """
    if url is None:
        return DatabaseChoice()
    from publish import database as databases  # noqa: PLC0415  loads SQLAlchemy

    databases.check_database(url, out)
    notes: list[str] = []
    return DatabaseChoice((lambda: databases.database(url, notes.append),), databases.name_of(url), notes)
