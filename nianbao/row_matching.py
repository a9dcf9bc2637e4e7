"""Which row of one run is which row of another, by what stays when rules change: place first, then key."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from msgspec import Struct

from nianbao.row_content import Content

_TELLING = ("metric", "code", "kind", "role")

# tables whose rows have no place of their own; every other table is matched by its place or its declared key
_NAMED: dict[str, tuple[tuple[str, ...], ...]] = {
    "documents": (("source",), ("document_id",)),
    "organizations": (("name", "kind", "region_code"), ("name", "region_code"), ("name",)),
    "findings": (
        ("document_id", "code", "char_start", "char_end", "message"),
        ("document_id", "code", "char_start", "char_end"),
        ("document_id", "code", "message"),
    ),
}


class Matched(Struct, frozen=True):
    """Rows of A with the row of B that each became, and what is left on either side."""

    pairs: list[tuple[Content, Content]]
    rest_a: list[Content]
    rest_b: list[Content]


def keys(table: str, columns: Sequence[str], declared: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the keys by which rows of a table are matched, the most telling first; rows match by the first that fits.

    `declared` is the primary key without the columns that only number rows.

    >>> keys("facts", ["document_id", "metric", "raw", "char_start", "char_end"], [])[1:]
    (('document_id', 'char_start', 'char_end'), ('document_id', 'char_start'), ('document_id', 'char_end'))
    """
    wanted = _NAMED.get(table) or (*([tuple(declared)] if declared else []), *_places(columns))
    return tuple(key for key in wanted if {*key} <= {*columns})


def _places(columns: Sequence[str]) -> Iterable[tuple[str, ...]]:
    span = ("document_id", "char_start", "char_end")
    yield (*span, *(column for column in _TELLING if column in columns))
    yield span
    yield span[:2]
    if "raw" in columns:  # a hedge more or less moves the start; sections may end together and be different ones
        yield ("document_id", "char_end")


def match(
    rows_a: Iterable[Content], rows_b: Iterable[Content], columns: Sequence[str], by: Iterable[Sequence[str]]
) -> Matched:
    """Return rows paired by the keys `by`, one after the other; of rows with one key the first goes with the first.

    A row with no place is not matched by place. Time is linear in the rows, for a fixed number of keys.
    """
    left, right = list(rows_a), list(rows_b)
    pairs: list[tuple[Content, Content]] = []
    for key in by:
        found = _by_key(left, right, [columns.index(column) for column in key], _required(key, columns))
        pairs += found.pairs
        left, right = found.rest_a, found.rest_b
    return Matched(pairs, left, right)


def _required(key: Sequence[str], columns: Sequence[str]) -> list[int]:
    return [columns.index(column) for column in key if column in {"char_start", "char_end", "message", "name"}]


def _by_key(left: list[Content], right: list[Content], places: list[int], required: list[int]) -> Matched:
    waiting: dict[Content, deque[int]] = defaultdict(deque)
    for number, row in enumerate(left):
        if all(row[place] for place in required):
            waiting[tuple(row[place] for place in places)].append(number)
    pairs, rest, taken = [], [], set()
    for row in right:
        numbers = waiting.get(tuple(row[place] for place in places))
        if not numbers:
            rest.append(row)
            continue
        taken.add(numbers[0])
        pairs.append((left[numbers.popleft()], row))
    return Matched(pairs, [row for number, row in enumerate(left) if number not in taken], rest)
