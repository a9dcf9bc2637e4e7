"""Databases filled with reports made by hand, and their content as text, for the tests of SQLite and PostgreSQL."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from made_reports import (
    TEXT,
    made_alias,
    made_coverage,
    made_indicator,
    made_organization,
    made_panel_row,
    made_report,
)
from msgspec import Struct
from msgspec.structs import replace

from publish.csv_files import Value, cell, csv_files
from publish.database import database
from publish.database_address import address
from publish.database_layout import KEPT, layout
from publish.ways_out import DocumentText, Write
from schemas.declarations import Column, tables
from schemas.rows import FindingRow, ReportRows

Content = dict[str, list[tuple[str, ...]]]

A, B = "a" * 12, "b" * 12
WHOLE, REPEATED, FAILED = "whole", "repeated", "failed"


class File(Struct, frozen=True):
    """One file of a run: its name, its bytes by their document_id, what came of it, which rules read it."""

    source: str
    document_id: str
    outcome: str = WHOLE
    rules: int = 1


# what a folder may come to hold from one run to the next
RUNS: dict[str, tuple[File, ...]] = {
    "one": (File("a.txt", A),),
    "two": (File("a.txt", A), File("b.txt", B)),
    "other rules": (File("a.txt", A, rules=2), File("b.txt", B)),
    "renamed": (File("z.txt", A), File("b.txt", B)),
    "names exchanged": (File("a.txt", B), File("b.txt", A)),
    "copied": (File("a.txt", A), File("b.txt", A, REPEATED), File("c.txt", A, REPEATED)),
    "copied to the front": (File("0.txt", A), File("a.txt", A, REPEATED), File("b.txt", B)),
    "failed and read": (File("a.docx", A, FAILED), File("a.txt", A), File("b.txt", A, REPEATED)),
    "the same by other rules": (File("a.docx", A, FAILED), File("a.txt", A, rules=2), File("b.txt", A, REPEATED)),
    "all failed": (File("a.txt", A, FAILED), File("b.txt", A, FAILED)),
    "nothing": (),
}


def write_run(write: Write, files: Sequence[File]) -> None:
    """Write a run's files, the bodies that they name before them, one by one, and what needs all of them after."""
    named = sorted({body(file) for file in files if file.outcome == WHOLE})
    write({"organizations": ()})
    for one in named:
        write({"organizations": [replace(made_organization(), organization_id=one, mentions=len(files))]})
    for one in named:
        write({"organization_aliases": [replace(made_alias(), organization_id=one, mentions=len(files))]})
    for file in files:
        report = report_of(file)
        rows: dict[str, Any] = {name: getattr(report, name) for name in tables() if hasattr(report, name)}
        rows |= {"documents": (report.document,)}
        if file.outcome == WHOLE:
            rows["coverage"] = (made_coverage(file.document_id),)
        write(rows, DocumentText(file.document_id, TEXT) if file.outcome == WHOLE else None)
    whole = [file for file in files if file.outcome == WHOLE]
    indicators = [
        replace(made_indicator(file.document_id), report_year=2000 + number) for number, file in enumerate(whole)
    ]
    write({"indicators": indicators, "panel": [made_panel_row()]})


def report_of(file: File) -> ReportRows:
    """Return the rows that a file gives."""
    report = made_report(file.document_id, file.source)
    if file.outcome != WHOLE:
        finding = FindingRow(f"{file.document_id}-{file.source}", file.document_id, "info", "duplicate_document", "")
        status = "failed" if file.outcome == FAILED else "ok"
        return ReportRows(replace(report.document, status=status), findings=(finding,))
    facts = tuple(replace(fact, rule=f"rule {file.rules}") for fact in report.facts)
    outreach = tuple(replace(row, organization_id=body(file), host_id=body(file)) for row in report.outreach)
    return replace(report, facts=facts[: 3 - file.rules], outreach=outreach)


def body(file: File) -> str:
    """Return the number of the body that a file names: another by other rules."""
    return f"org-{file.document_id[:6]}{file.rules}"


def fill(url: str, files: Sequence[File]) -> list[str]:
    """Write a run into the database; return what it was noted to do without."""
    notes: list[str] = []
    with database(url, notes.append) as write:
        write_run(write, files)
    return notes


@contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    """Yield a connection of somebody who looks at the database."""
    engine = sa.create_engine(address(url).url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection


def select(url: str, statement: str) -> list[tuple[Any, ...]]:
    """Return the rows that a statement finds."""
    with connected(url) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def content(url: str) -> Content:
    """Return the rows of every table of ours as text in the order of their keys, numbers of sentences left out."""
    with connected(url) as connection:
        plan = layout(address(url).schema, connection.dialect.name)
        declared = {name: table.columns for name, table in plan.declared.items()}
        kept = tuple(
            Column(name=name, type="string", title="", meaning="")
            for name in ("source", "document_id", "digest", "findings")
        )
        return {
            name: sorted(
                tuple(as_text(value, column) for value, column in zip(row, columns, strict=True))
                for row in connection.execute(sa.select(*(_raw(plan.table(name), column) for column in columns)))
            )
            for name, columns in {**declared, KEPT: kept}.items()
        }


def csv_content(folder: Path, files: Sequence[File]) -> Content:
    """Return the rows of the same run as the CSV files have them."""
    folder.mkdir()
    with csv_files(folder) as write:
        write_run(write, files)
    read = {
        name: list(csv.reader(io.StringIO((folder / f"{name}.csv").read_text("utf-8-sig"), newline="")))[1:]
        for name in tables()
    }
    return {name: sorted(map(tuple, rows)) for name, rows in read.items()}


def as_text(value: Any, column: Column) -> str:
    """Return a value of a database as a CSV cell has it."""
    if value is None or isinstance(value, str):
        return value or ""
    if column.type == "boolean":
        return cell(bool(value))
    known: Value = Decimal(repr(value)) if isinstance(value, float) else value
    return cell(known)


def of_reports(found: Content) -> Content:
    """Return the tables that each report fills for itself, and the books."""
    of_all = {"indicators", "panel", "organizations", "organization_aliases"}
    return {name: rows for name, rows in found.items() if name not in of_all}


def books(found: Content) -> list[tuple[str, ...]]:
    """Return what is kept as written: source, document_id and digest of each document."""
    return [row[:3] for row in found[KEPT]]


class BrokenOffError(Exception):
    """What the tests break a run off with."""


@contextmanager
def breaking(after: int) -> Iterator[list[str]]:
    """Let the statements of all databases fail after the first `after`; yield those that came."""
    came: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        came.append(statement)
        if len(came) > after:
            raise BrokenOffError(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    try:
        yield came
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", count)


def _raw(table: sa.Table, column: Column) -> sa.ColumnElement[Any]:
    # not as the type of the column, which SQLAlchemy would round numbers of SQLite for
    return sa.type_coerce(table.c[column.name], sa.types.NullType())
