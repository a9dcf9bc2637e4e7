"""Entries of a chronicle that begin with a day in points: «5.28 举办…», which looks like the number of a heading."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from schemas.document import Block, Document
from schemas.mentions import DateMention

_MONTH, _DAY = r"(?:1[0-2]|0?[1-9])", r"(?:[12]\d|3[01]|0?[1-9])"
_ENTRY = re.compile(  # «5.28 », «5.28日，», «5.28-6.3：»
    rf"""
    (?<![ 　])[ 　]*+(?P<date>(?P<month>{_MONTH})\.(?P<day>{_DAY})(?!\d)日?
      (?:[ ]?(?:[-—–~]{{1,2}}|至|到)[ ]?(?:(?P<month_to>{_MONTH})\.)?(?P<day_to>{_DAY})(?!\d)日?)?)
    (?=[ 　,，:：])
    """,
    re.VERBOSE,
)
_FEWEST, _NO_NUMBER = 3, 13  # so few entries need a day that no heading's number reaches


def pointed_entries(document: Document, folded: str) -> dict[int, DateMention]:
    """Return the dates that lead the entries of such a chronicle, by the start of their paragraphs; {} if it has none.

    Numbers of headings follow one another («2.1», «2.2», «3.1»); days only grow. So the lines are entries where none
    goes back and half of them or more lack the number that would stand before them.
    """
    found = dict(_entries(document.blocks, folded))
    days = [(int(date.month), int(date.day)) for date in found.values()]
    many = len(days) >= _FEWEST or (len(days) > 1 and any(day >= _NO_NUMBER for _, day in days))
    if not many or days != sorted(days):
        return {}
    numbers = {*days, *((month, 0) for month, _ in days)}  # (5, 0): there is a «5.» at all
    return found if 2 * sum(_follows_none(day, numbers) for day in days) >= len(days) else {}


def _entries(blocks: Sequence[Block], folded: str) -> Iterator[tuple[int, DateMention]]:
    for block in blocks:
        entry = _ENTRY.match(folded, block.start, block.end) if block.place is None else None
        if entry is not None:
            start, end = entry.span("date")
            month, day, month_to, day_to = (part or "" for part in entry.group("month", "day", "month_to", "day_to"))
            date = DateMention(start, end, "", month, day, month_to=month_to, day_to=day_to, rule="date_pointed_entry")
            yield block.start, date


def _follows_none(number: tuple[int, int], numbers: Container[tuple[int, int]]) -> bool:
    """Whether a line lacks the number before its own: «5.28» without «5.27», «6.1» without any «5.»."""
    first, second = number
    if second > 1:
        return (first, second - 1) not in numbers
    return first > 1 and (first - 1, 0) not in numbers
