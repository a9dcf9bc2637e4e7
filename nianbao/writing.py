"""Writing what goes out: what of it needs no file is done in other processes, the rest in order.

That rest is done here, but for a way out that has a process of its own (nianbao.apart): this one only hands it its
parts.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec import Struct

from nianbao.gather import InYears, OfBodies, OfNames, OfReport, Outgoing, Rows
from nianbao.hands import Pieces
from nianbao.published import Counts
from publish.folder import FolderWrite
from publish.ways_out import Prepare
from schemas.declarations import tables
from schemas.rows import DocumentRow, FindingRow

SEVERITIES = ("error", "warning", "info")


class Counted(Struct, frozen=True):
    """What is counted of one call of a Write: rows by table, findings by severity and by code, the documents."""

    rows: dict[str, int]
    severities: dict[str, int]
    codes: dict[str, int]
    documents: tuple[DocumentRow, ...]


class _Made(Struct, frozen=True):
    """What a _Making gives: the first halves of the ways out by name, and what was counted."""

    prepared: dict[str, bytes]
    counted: Counted


class _Making(Struct, frozen=True):
    """What can be done of the writing without a file."""

    going: OfBodies | OfNames | OfReport | InYears
    prepares: Mapping[str, Prepare]

    def done(self) -> bytes:
        """Return a _Made, encoded."""
        rows, text = self.going.rows()
        prepared = {name: prepare(rows, text) for name, prepare in self.prepares.items()}
        return msgspec.msgpack.encode(_Made(prepared, count(rows)))


def written(parts: Iterable[Outgoing], write: FolderWrite, pieces: Pieces) -> Iterator[Counted]:
    """Write what goes out, and yield what is counted of each part once it is written."""
    if not pieces.apart:
        for going in parts:
            rows, text = going.rows()
            write(rows, text)
            yield count(rows)
        return
    prepares = write.prepares()
    todo = (_Making(going, prepares) for going in parts)  # type: ignore[arg-type]
    for making, raw in pieces.each(todo):
        made = msgspec.msgpack.decode(raw, type=_Made)
        write.take(made.prepared, making.going.rows)
        yield made.counted


def count(rows: Rows) -> Counted:
    """Return what is counted of the rows of one call of a Write."""
    findings = [row for row in rows.get("findings", ()) if isinstance(row, FindingRow)]
    return Counted(
        {name: len(some) for name, some in rows.items()},
        collections.Counter(row.severity for row in findings),
        collections.Counter(row.code for row in findings),
        tuple(row for row in rows.get("documents", ()) if isinstance(row, DocumentRow)),
    )


class Tallied:
    """Adds up what was counted as it is written; the documents themselves are kept where `documents` are asked for."""

    def __init__(self, *, documents: bool) -> None:
        self._keeps_documents = documents
        self._failures: list[tuple[str, str]] = []
        self._rows: collections.Counter[str] = collections.Counter()
        self._severities: collections.Counter[str] = collections.Counter()
        self.codes: collections.Counter[str] = collections.Counter()
        self.documents: list[DocumentRow] = []

    def add(self, counted: Counted) -> None:
        """Add what one part holds."""
        self._rows.update(counted.rows)
        self._severities.update(counted.severities)
        self.codes.update(counted.codes)
        self._failures += [(row.source, row.error or "") for row in counted.documents if row.status == "failed"]
        if self._keeps_documents:
            self.documents += counted.documents

    def counts(self) -> Counts:
        """Return what was counted."""
        return Counts(
            self._rows["documents"],
            {name: self._rows[name] for name in tables()},
            {name: self._severities[name] for name in SEVERITIES},
            tuple(self._failures),
            (),
        )
