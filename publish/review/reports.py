"""What a page is made of: the rows of one document as they stand in an output folder, every cell a text."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from schemas.corrections import Correction
from schemas.declarations import tables

Cells = Mapping[str, str]

# the order of the tabs of a page, and of marks of equal length
ACTIVITIES = ("lectures", "outreach", "reading_promotions")
SHOWN = ("findings", "facts", "events", *ACTIVITIES, "tables", "numbers", "sections", "cells")


class Decision(Struct, frozen=True):
    """One thing that was decided about a fact: its name (such as «scope»), what came out, and why."""

    topic: str
    said: str
    why: str


class Candidate(Struct, frozen=True):
    """A metric that was considered for a fact; `score` is empty where it was out of the question, for the reason
    `why`; `cues` are the words that speak for it."""

    metric: str
    score: str
    cues: str
    won: bool
    why: str


class HowRead(Struct, frozen=True):
    """How a fact was read: the decisions in the order in which they were taken, the metrics considered, best first."""

    decisions: tuple[Decision, ...]
    candidates: tuple[Candidate, ...]


class StoredReport(Struct, frozen=True):
    """One document of an output: its row of documents, its rows of other tables by name, its text or None, how its
    facts were read, by fact_id, as far as that is known, and the decisions of its reviewers, in order."""

    document: Cells
    rows: Mapping[str, tuple[Cells, ...]]
    text: str | None = None
    how: Mapping[str, HowRead] = {}
    decisions: tuple[Correction, ...] = ()

    def table(self, name: str) -> tuple[Cells, ...]:
        """Return the document's rows of a table, none where it has none."""
        return self.rows.get(name, ())


def row_key(table: str, row: Cells) -> str:
    """Return the stable name of a row: the page, its address and what is decided about the row later all use it.

    >>> row_key("facts", {"fact_id": "0123456789ab-f0001"}), row_key("numbers", {"char_start": "5"})
    ('facts/0123456789ab-f0001', 'numbers/5')
    >>> row_key("cells", {"table_id": "0123456789ab-t001", "row": "2", "column": "0"})
    'cells/0123456789ab-t001-2-0'
    """
    return f"{table}/{'-'.join(row[column] for column in tables()[table].key if column != 'document_id')}"


def span(row: Cells) -> tuple[int, int] | None:
    """Return the half-open span of a row in the text; None where it has none or an empty one.

    >>> span({"char_start": "5", "char_end": "9"}), span({"char_start": "", "char_end": ""}), span({})
    ((5, 9), None, None)
    """
    start, end = row.get("char_start", ""), row.get("char_end", "")
    if not (start.isdecimal() and end.isdecimal()) or int(start) >= int(end):
        return None
    return int(start), int(end)
