"""Rows as the values that a database takes, and as one report's part of an SQLite file; nothing here needs a database.

`prepared` is the half of writing an SQLite file that another process can do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import Struct

from publish.csv_files import Value
from publish.sentence_spans import sentence_spans, with_sections
from publish.ways_out import DocumentText, TableRows
from schemas.declarations import Table, tables
from schemas.overlay import from_vocabulary
from schemas.rows import Row, SectionRow

SENTENCES = "sentences"
DOCUMENTS, FINDINGS = "documents", "findings"

Values = tuple[Value | float, ...]
Kept = tuple[str | int | float | bool | None, ...]  # as SQLite keeps them

_MOST_IN_64_BITS = 2**63 - 1


class About(Struct, frozen=True):
    """By what a database knows one report: its source, its document_id and the digest of its values."""

    source: str
    document_id: str
    digest: str


class Prepared(Struct, frozen=True):
    """Values by table as SQLite keeps them; `about` the report that they are of, None for those of many."""

    values: Mapping[str, Sequence[Kept]]
    about: About | None
    is_whole: bool


def prepared(rows: TableRows, text: DocumentText | None) -> bytes:
    """Return what the rows are in an SQLite file, a Prepared, encoded.

    Raises ValueError where a value is not in the closed list of its column.
    """
    values = report_values(rows, text) if DOCUMENTS in rows else all_values(rows)
    for name, some in values.items():
        _check_lists(declared_tables()[name], some)
    about = about_report(values) if DOCUMENTS in rows else None
    kept = {name: _for_sqlite(declared_tables()[name], some) for name, some in values.items()}
    return msgspec.msgpack.encode(Prepared(kept, about, text is not None))


def about_report(values: Mapping[str, Sequence[Values]]) -> About:
    """Return what is told of a report whose values these are."""
    (document,) = values[DOCUMENTS]
    names = tables()[DOCUMENTS].column_names
    return About(str(document[names.index("source")]), str(document[names.index("document_id")]), digest(values))


def has_rows_of_its_own(values: Mapping[str, Sequence[Values]], *, is_whole: bool) -> bool:
    """Whether these are the rows of its document_id: of a file that failed, or that repeats another, they are not."""
    return is_whole or bool(values.keys() - {DOCUMENTS, FINDINGS})


def kept_of(
    about: About, values: Mapping[str, Sequence[Values]], *, is_whole: bool
) -> tuple[str, str, str, str | None]:
    """Return what a database keeps of a report as written: source, document_id, digest, and the ids of its findings
    where that is all it has."""
    own = has_rows_of_its_own(values, is_whole=is_whole)
    findings = None if own else " ".join(str(row[0]) for row in values.get(FINDINGS, ()))
    return about.source, about.document_id, about.digest, findings


@from_vocabulary
@cache
def declared_tables() -> dict[str, Table]:
    """Return the published tables, and the sentences, which the database has beside them."""
    return {**tables(), SENTENCES: _sentences()}


def _values_of(table: Table, rows: Iterable[Row]) -> Iterator[Values]:
    """Yield the values of each row in the order of the table's columns."""
    return map(attrgetter(*table.column_names), rows)


def all_values(rows: TableRows) -> dict[str, list[Values]]:
    """Return the values of rows by table."""
    return {name: list(_values_of(declared_tables()[name], some)) for name, some in rows.items()}


def report_values(rows: TableRows, text: DocumentText | None) -> dict[str, list[Values]]:
    """Return the values of one report's rows by table, its sentences with them."""
    found = all_values(rows)
    if text:
        sections = (row for row in rows.get("sections", ()) if isinstance(row, SectionRow))
        spans = with_sections(sentence_spans(text.text), sections)
        own = text.document_id
        found[SENTENCES] = [(own, start, end, section, text.text[start:end]) for start, end, section in spans]
    return {name: some for name, some in found.items() if some}


def digest(values: Mapping[str, Sequence[Values]]) -> str:
    """Return what tells one report's rows from all others: the SHA-256 of their values."""
    return hashlib.sha256(msgspec.msgpack.encode([(name, values[name]) for name in sorted(values)])).hexdigest()


def _check_lists(table: Table, rows: Sequence[Values]) -> None:
    for place, column in enumerate(table.columns):
        if column.values and (strange := {row[place] for row in rows} - {None, *column.values}):
            raise ValueError(f"{table.name}.{column.name} holds {min(strange, key=str)!r}, which is not in its list")


def _for_sqlite(table: Table, rows: Iterable[Values]) -> list[Kept]:
    """Return rows with their numbers and dates as SQLite keeps them."""
    places = [number for number, column in enumerate(table.columns) if column.type in {"number", "date"}]
    return [with_sqlite(row, places) for row in rows]


def with_sqlite(row: Values, places: Iterable[int]) -> Kept:
    """Return a row whose numbers and dates, which stand at `places`, are as SQLite keeps them."""
    values: list[Any] = list(row)
    for place in places:
        values[place] = as_sqlite(values[place])
    return tuple(values)


def as_sqlite(value: Value | float) -> str | int | float | None:
    """Return a value as SQLite keeps it.

    >>> [as_sqlite(value) for value in (Decimal("4E+5"), Decimal("19.50"), date(2014, 5, 4), None)]
    [400000, 19.5, '2014-05-04', None]
    """
    if isinstance(value, Decimal):
        whole = int(value)
        return whole if whole == value and abs(whole) <= _MOST_IN_64_BITS else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _sentences() -> Table:
    """Return the declaration of the sentences, which the database has beside the published tables."""
    known = {column.name: column for column in tables()["facts"].columns}
    text = known["raw"].model_copy(update={"name": "text", "meaning": "The sentence as written."})
    names = ("document_id", "char_start", "char_end", "section_id")
    return Table(
        name=SENTENCES,
        title="句子",
        meaning="Every sentence of every text, for full-text search.",
        columns=(*(known[name] for name in names), text),
        key=("document_id", "char_start"),
        links={"section_id": "sections.section_id"},
    )
