"""What is said of one numeral of a report: where it stands, what it was taken for, and why. Records, no printing."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class Reason(Struct, frozen=True):
    """One thing that was decided: its name (such as `scope`), what came out, and the reason as a phrase or ""."""

    topic: str
    said: str
    why: str = ""


class Option(Struct, frozen=True):
    """A metric that was considered for a number.

    `score` has two digits and is None where the metric was out of the question, for the reason `why`; `cues` are the
    words that speak for it; `won` says whether the fact bears it.
    """

    metric: str
    label: str
    score: Decimal | None
    cues: tuple[str, ...]
    won: bool
    why: str = ""


class Place(Struct, frozen=True):
    """Where a numeral stands: 1-based line of the text, 1-based paragraph of the source (None outside one), cell as
    1-based (table, row, column) where it stands in one, and the headings around it, outermost first."""

    line: int
    paragraph: int | None
    cell: tuple[int, int, int] | None
    sections: tuple[str, ...]


class Explanation(Struct, frozen=True):
    """One numeral and what became of it.

    text[start:end] is the numeral and text[claim_start:claim_end] == raw the quantity, date, name… that it is part of,
    half-open, in the text of the file. `sentence` is (words before, raw, words after) as they are read. `rule` names
    what gave the role; `row_id` is the row of another table that uses the numeral.
    """

    start: int
    end: int
    claim_start: int
    claim_end: int
    raw: str
    role: str
    rule: str
    row_id: str | None
    place: Place
    sentence: tuple[str, str, str]
    summary: str
    reasons: tuple[Reason, ...]
    options: tuple[Option, ...] = ()
