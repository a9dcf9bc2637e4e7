"""Rows that lie across each other in the text as stretches that do not: each stretch knows every row that covers it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from publish.review.reports import SHOWN, StoredReport, span


class Mark(Struct, frozen=True):
    """A row of a table (by its place there) and the half-open span of the text that it was read from."""

    start: int
    end: int
    table: str
    row: int


class Stretch(Struct, frozen=True):
    """A piece of the text, half-open, and the places in the list of marks of those that cover it, the nearest first."""

    start: int
    end: int
    marks: tuple[int, ...] = ()


# tables and their cells are shown as such, and sections by their headings; their spans mark nothing
_MARKED = tuple(name for name in SHOWN if name not in {"tables", "sections", "cells"})


def marks(report: StoredReport) -> tuple[Mark, ...]:
    """Return the marks of a report in the order of the text; rows without a span, or outside of the text, have none."""
    length = len(report.text or "")
    found = (
        Mark(*place, name, number)
        for name in _MARKED
        for number, row in enumerate(report.table(name))
        if (place := span(row)) and place[1] <= length
    )
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.end, _MARKED.index(mark.table), mark.row)))


def stretches(found: Sequence[Mark]) -> tuple[Stretch, ...]:
    """Return the covered text cut at every edge of a mark, in order.

    Of the marks of a stretch the shortest comes first, as a fact comes before the event that tells it, and the
    numeral alone, which the ledger shows, last.

    >>> [(one.start, one.end, one.marks) for one in stretches((Mark(0, 9, "events", 0), Mark(2, 4, "facts", 0)))]
    [(0, 2, (0,)), (2, 4, (1, 0)), (4, 9, (0,))]
    """
    edges = sorted({edge for mark in found for edge in (mark.start, mark.end)})
    ranks = [(mark.table == "numbers", mark.end - mark.start, number) for number, mark in enumerate(found)]
    active: set[int] = set()
    result, at = [], 0
    for start, end in pairwise(edges):
        while at < len(found) and found[at].start <= start:
            active.add(at)
            at += 1
        active = {number for number in active if found[number].end > start}
        if active:
            result.append(Stretch(start, end, tuple(sorted(active, key=ranks.__getitem__))))
    return tuple(result)


def pieces(covered: Sequence[Stretch], start: int, end: int) -> Iterator[Stretch]:
    """Yield the text from `start` to `end` as stretches without a gap, the unmarked ones between the marked ones.

    >>> [(one.start, one.end, one.marks) for one in pieces((Stretch(2, 6, (0,)),), 0, 4)]
    [(0, 2, ()), (2, 4, (0,))]
    """
    at = start
    first = bisect_right(covered, start, key=lambda one: one.end)
    for number in range(first, len(covered)):
        one = covered[number]
        if one.start >= end:
            break
        if at < one.start:
            yield Stretch(at, one.start)
        at = min(one.end, end)
        yield Stretch(max(one.start, start), at, one.marks)
    if at < end:
        yield Stretch(at, end)
