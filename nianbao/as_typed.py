"""A report that is not read as it is typed: the text as read for the stages, and their rows back in the file's text."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, TypeVar

from msgspec.structs import replace

from schemas.document import Document, Doubt, Reading
from schemas.rows import ReportRows, Row

R = TypeVar("R", bound=Row)

_TABLES = ("sections", "tables", "cells", "lectures", "outreach", "reading_promotions", "events", "facts", "numbers")


def as_read(document: Document) -> Document:
    """Return the document with its reading as its text: paragraphs whole, tables one cell a line."""
    reading = document.reading
    if reading is None:
        return document
    doubts = tuple(_to_reading(doubt, reading) for doubt in document.doubts)
    return replace(document, text=reading.text, blocks=reading.blocks, doubts=doubts, reading=None)


def as_typed(rows: ReportRows, document: Document) -> ReportRows:
    """Return the rows of a document's reading with their spans in the text of the file.

    text[char_start:char_end] == raw holds for the text of the file; titles, sentences and cells stay as read.
    """
    reading = document.reading
    if reading is None:
        return rows
    moved = {name: tuple(_moved(row, reading, document.text) for row in getattr(rows, name)) for name in _TABLES}
    findings = tuple(_moved(row, reading, document.text) for row in rows.findings)
    own = replace(rows.document, characters=len(document.text))
    return replace(rows, document=own, findings=findings, text=document.text, **moved)


def span_as_typed(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return where a half-open span of the document's reading stands in the text of the file."""
    return (start, end) if document.reading is None else _span(document.reading, start, end)


def _moved(row: R, reading: Reading, text: str) -> R:
    start, end = getattr(row, "char_start", None), getattr(row, "char_end", None)
    if start is None or end is None:
        return row
    start, end = _span(reading, start, end)
    own: dict[str, Any] = {"char_start": start, "char_end": end}
    if hasattr(row, "raw"):
        own["raw"] = text[start:end]
    return replace(row, **own)


def _span(reading: Reading, start: int, end: int) -> tuple[int, int]:
    if start < end:
        return reading.starts[start], reading.ends[end - 1]
    place = reading.ends[start - 1] if start else 0
    return place, place


def _to_reading(doubt: Doubt, reading: Reading) -> Doubt:
    if doubt.start is None or doubt.end is None:
        return doubt
    start, end = bisect_left(reading.starts, doubt.start), bisect_left(reading.starts, doubt.end)
    return replace(doubt, start=start, end=max(start, end))
