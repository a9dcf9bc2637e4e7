"""Quantities and dates in any piece of text, for use outside a report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from extract.extraction import extract as extract_all
from normalize.values.calendar import read_period
from normalize.values.quantities import read_quantity
from schemas.document import Block, Document
from schemas.overlay import BUILT_IN
from schemas.vocabularies import PathLike, read_overlay, using


class Quantity(Struct, frozen=True):
    """A quantity of a text: text[start:end] == raw; value scaled, unit canonical, upper only for a range."""

    start: int
    end: int
    raw: str
    value: Decimal
    upper: Decimal | None
    unit: str | None
    qualifier: str


class FoundDate(Struct, frozen=True):
    """A date or range of dates of a text: text[start:end] == raw; first and last day, both inclusive."""

    start: int
    end: int
    raw: str
    first: date
    last: date
    findings: tuple[str, ...]


def _document(text: str) -> Document:
    blocks, at = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            blocks.append(Block(at, at + len(line), number))
        at += len(line) + 1
    identity = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return Document(identity, "", "text/plain", "", text, tuple(blocks))


def find_quantities(text: str, *, vocabulary: PathLike | None = None) -> list[Quantity]:
    """Return every quantity of a text in order: numbers that count or measure, not dates, ordinals, names or codes.

    `vocabulary` is a folder of additions to the vocabularies, as schemas.vocabularies.read_overlay reads it.

    >>> [(q.raw, str(q.value), q.unit, q.qualifier) for q in find_quantities("第3届读书节送书近2万册,办班十余期。")]
    [('近2万册', '20000', '册', 'nearly'), ('十余期', '10', '期', 'over')]
    """
    with using(read_overlay(vocabulary)):
        return list(_quantities(text))


def _quantities(text: str) -> Iterator[Quantity]:
    for mention in extract_all(_document(text)).quantities:
        read = read_quantity(mention)
        if read is not None:
            raw = text[mention.start : mention.end]
            yield Quantity(mention.start, mention.end, raw, read.value, read.upper, read.unit, read.qualifier)


def find_dates(text: str, year: int | None = None) -> list[FoundDate]:
    """Return every date of a text in order; `year` is for dates that state none (they are left out without it).

    >>> [(d.raw, d.first.isoformat(), d.last.isoformat()) for d in find_dates("4月28日至5月3日", 2014)]
    [('4月28日至5月3日', '2014-04-28', '2014-05-03')]
    """
    with using(BUILT_IN):
        return list(_dates(text, year))


def _dates(text: str, year: int | None) -> Iterator[FoundDate]:
    for mention in extract_all(_document(text)).dates:
        period = read_period(mention, year)
        if period is not None:
            raw = text[mention.start : mention.end]
            codes = tuple(doubt.code for doubt in period.doubts)
            yield FoundDate(mention.start, mention.end, raw, period.start, period.end, codes)
