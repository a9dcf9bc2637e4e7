"""The formats in which the tables can be had: what each is called, who writes it, and which file holds which table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct

from publish import csv_files, jsonl_files
from publish.database_values import prepared
from publish.headings import LABELS, Labels
from publish.ways_out import Prepare, Write
from schemas.declarations import Table, tables

SQLITE_FILE = "nianbao.sqlite"

Opener = Callable[[Path, Labels], AbstractContextManager[Write]]


class FormatError(ValueError):
    """A format or a kind of labels is asked for that there is not; the message lists what there is."""


class Format(Struct, frozen=True):
    """One format: `open` writes it into a folder, `file` names the file of a table, `rows` tells whether it is one
    file a table, which a reader of data packages can read by the columns declared. `prepare` is the first half of its
    writing, where the second takes so long that it is worth a process of its own."""

    name: str
    media_type: str
    open: Opener
    file: Callable[[Table], str]
    rows: bool = True
    prepare: Prepare | None = None

    def files(self) -> tuple[str, ...]:
        """Return the names of all files of this format, each once."""
        return tuple(dict.fromkeys(self.file(table) for table in tables().values()))


def _parquet(folder: Path, labels: Labels) -> AbstractContextManager[Write]:
    from publish.parquet_files import parquet_files  # noqa: PLC0415  heavy, loaded when asked for

    return parquet_files(folder, labels)


def _xlsx(folder: Path, labels: Labels) -> AbstractContextManager[Write]:
    from publish.xlsx_file import xlsx_file  # noqa: PLC0415  heavy, loaded when asked for

    return xlsx_file(folder, labels)


def _sqlite(folder: Path, _labels: Labels) -> AbstractContextManager[Write]:
    from publish.database import sqlite_file  # noqa: PLC0415  loads SQLAlchemy

    return sqlite_file(folder / SQLITE_FILE)


FORMATS: Mapping[str, Format] = {
    known.name: known
    for known in (
        Format("csv", "text/csv", csv_files.csv_files, csv_files.file_name),
        Format("parquet", "application/vnd.apache.parquet", _parquet, lambda table: f"{table.name}.parquet"),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _xlsx,
            lambda _table: "nianbao.xlsx",
            rows=False,
        ),
        Format("jsonl", "application/jsonl", jsonl_files.jsonl_files, jsonl_files.file_name),
        Format("sqlite", "application/vnd.sqlite3", _sqlite, lambda _table: SQLITE_FILE, False, prepared),
    )
}
DEFAULT = ("csv", "sqlite")


def formats(names: str | Iterable[str]) -> tuple[Format, ...]:
    """Return the formats named, as a list or as text with commas, in the order of the registry, each once.

    Raises FormatError where there is none of a name, or none is named.
    """
    asked = [name.strip() for name in (names.split(",") if isinstance(names, str) else names)]
    for name in asked:
        if name not in FORMATS:
            raise FormatError(f"no such format: {name or 'the empty name'}; --format takes {', '.join(FORMATS)}")
    if not asked:
        raise FormatError(f"no format is named; --format takes {', '.join(FORMATS)}")
    return tuple(known for name, known in FORMATS.items() if name in asked)


def labels_named(name: str) -> Labels:
    """Return the kind of column names asked for; raises FormatError where there is none of this name."""
    for known in LABELS:
        if known == name:
            return known
    raise FormatError(f"no such labels: {name}; --labels takes {', '.join(LABELS)}")
