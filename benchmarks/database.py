"""Databases: what they add to the writing of the CSV files, and the fast path of each beside plain INSERT.

    python benchmarks/database.py [REPORT or FOLDER …]

Without arguments the reports of samples/ are read. Their rows are multiplied under other document_ids to some hundred
reports; what is timed is the writing alone, each way the best of several rounds, in the same warm process. The column
«x CSV» is the time as a multiple of the CSV files'; «x run» is the time as a multiple of reading the same texts again
and again, which is faster than reading as many different ones. PostgreSQL is a server of its own on loopback
(tests/postgresql_server.py), and is left out where there is none.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import sqlalchemy as sa
from msgspec.structs import replace

from extract.read import read
from nianbao.gather import publishable
from nianbao.pipeline import process
from publish import database as databases
from publish.csv_files import csv_files
from publish.database import database, sqlite_file
from publish.database_values import Values
from publish.ways_out import DocumentText, TableRows, Write
from schemas.document import Document

_ROOT = Path(__file__).resolve().parents[1]
_ROUNDS = 3
_REPORTS = 200
FLOOR = "CSV files"
_NUMBERS = itertools.count()  # of the databases written, so that each round finds none

Reports = Sequence[tuple[TableRows, DocumentText | None]]


class Measured(NamedTuple):
    """Reports and rows written, seconds of reading them and of each way of writing."""

    reports: int
    rows: int
    reading: float
    times: dict[str, float]


def main(paths: Sequence[str]) -> None:
    """Print the table."""
    found = measured(paths)
    print(f"{found.reports} reports, {found.rows} rows")
    print(f"{'':<36}{'x CSV':>8}{'x run':>8}")
    for name, seconds in found.times.items():
        print(f"{name:<36}{seconds / found.times[FLOOR]:>8.2f}{seconds / found.reading:>8.3f}")


def measured(paths: Sequence[str] = (), reports: int = _REPORTS) -> Measured:
    """Measure all ways."""
    documents = [read(path, path.name) for path in _files(paths)]
    for document in documents:
        process(document)
    copies = list(_copies(documents, reports))
    start = time.perf_counter()
    parts = list(publishable([process(document) for document in copies]))
    reading = time.perf_counter() - start
    rows = sum(len(tuple(some)) for one, _ in parts for some in one.values())
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        ways = _ways(Path(folder), stack)
        times = {name: _best(way, parts) for name, way in ways.items()}
    return Measured(len(copies), rows, reading, times)


def _files(paths: Sequence[str]) -> Iterator[Path]:
    for folder in map(Path, paths) if paths else (_ROOT / "samples",):
        found = sorted(folder.iterdir()) if folder.is_dir() else [folder]
        yield from (path for path in found if path.suffix in {".txt", ".docx"})


def _copies(documents: Sequence[Document], reports: int) -> Iterator[Document]:
    for number in range(reports):
        document = documents[number % len(documents)]
        yield replace(document, document_id=f"{number:012x}", source=f"{number}.txt")


def _ways(folder: Path, stack: ExitStack) -> dict[str, Callable[[Reports], None]]:
    ways: dict[str, Callable[[Reports], None]] = {
        FLOOR: lambda reports: _csv(folder, reports),
        "SQLite beside them": lambda reports: _beside(folder, reports),
        "SQLite of its own": lambda reports: _into(_new(f"sqlite:///{folder}/"), reports),
        "SQLite, nothing changed": lambda reports: _into(f"sqlite:///{folder}/0", reports),
    }
    url = _server(stack)
    if url:
        ways |= {
            "PostgreSQL by COPY": lambda reports: _into(_new(url), reports),
            "PostgreSQL, nothing changed": lambda reports: _into(f"{url}{_ROUNDS}", reports),
            "PostgreSQL by INSERT": lambda reports: _inserting(_new(url), reports),
        }
    return ways


def _server(stack: ExitStack) -> str | None:
    sys.path.insert(0, str(_ROOT / "tests"))
    from postgresql_server import binaries, server  # noqa: PLC0415  beside the tests

    if binaries() is None:
        return None
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    return f"{stack.enter_context(server(folder))}/postgres?schema=reports"


def _best(way: Callable[[Reports], None], reports: Reports) -> float:
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        way(reports)
        times.append(time.perf_counter() - start)
    return min(times)


def _write_all(write: Write, reports: Reports) -> None:
    for rows, text in reports:
        write(rows, text)


def _csv(folder: Path, reports: Reports) -> None:
    with csv_files(folder) as write:
        _write_all(write, reports)


def _beside(folder: Path, reports: Reports) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as own, sqlite_file(Path(own) / "nianbao.sqlite") as write:
        _write_all(write, reports)


def _into(url: str, reports: Reports) -> None:
    with database(url) as write:
        _write_all(write, reports)


def _inserting(url: str, reports: Reports) -> None:
    with patch.object(databases, "copy_many", _insert):
        _into(url, reports)


def _new(url: str) -> str:
    """Return the URL of a schema or a file that no round has written into."""
    number = next(_NUMBERS)
    return f"{url}{number}"


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[Values]) -> None:
    names = [column.name for column in table.columns]
    values: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in rows]
    if values:
        connection.execute(table.insert(), values)


if __name__ == "__main__":
    main(sys.argv[1:])
