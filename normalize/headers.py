"""Headers: which kind of table it is and which column each header means, by the vocabulary and rapidfuzz."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz

from schemas.table_kinds import TableKind, table_kinds

_LEAST = 72.0  # a header less like every known one than this means nothing
_CAPTION = 150.0  # a word of the caption speaks as loud as one and a half exact headers
_EXTRA = regex.compile(r"[\s　:：*]|[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """What a header row means: the kind of table, and for each column of the tidy table (grid column, score 0-100)."""

    kind: str
    columns: Mapping[str, tuple[int, float]]


def match_header(cells: Mapping[int, str], caption: str) -> HeaderMatch | None:
    """Return the best kind for a header row given as {grid column: text}, or None where no kind fits.

    A kind fits if all its key columns and at least two columns are met. Position never decides.
    """
    best: tuple[float, HeaderMatch] | None = None
    for kind in table_kinds().values():
        columns = _assign(kind, cells)
        if len(columns) < 2 or any(key not in columns for key in kind.key):
            continue
        named = any(alias in caption for alias in kind.aliases)
        score = sum(worth for _, worth in columns.values()) + _CAPTION * named
        if best is None or score > best[0]:
            best = score, HeaderMatch(kind.code, columns)
    return best[1] if best else None


def _assign(kind: TableKind, cells: Mapping[int, str]) -> dict[str, tuple[int, float]]:
    """Give each column the header most like it, the surest pair first, each header once."""
    pairs = sorted(
        (
            (-likeness(text, headers), order, column, at)
            for order, (column, headers) in enumerate(kind.columns.items())
            for at, text in cells.items()
        ),
    )
    columns: dict[str, tuple[int, float]] = {}
    used: set[int] = set()
    for negative, _, column, at in pairs:
        if -negative >= _LEAST and column not in columns and at not in used:
            columns[column] = at, -negative
            used.add(at)
    return columns


def likeness(text: str, headers: Sequence[str]) -> float:
    """Return how like a header text is to the likest of the known headers, 0 to 100.

    Equal is 100; a header that contains a known one («阅读推广活动对象», «对象») is at least 80; else rapidfuzz's ratio.

    >>> likeness("活动 时间", ("时间", "活动时间")), likeness("阅读推广活动对象", ("对象",)) >= 80
    (100.0, True)
    """
    plain = _EXTRA.sub("", text)
    return max((_likeness(plain, header) for header in headers), default=0.0) if plain else 0.0


def _likeness(plain: str, header: str) -> float:
    if plain == header:
        return 100.0
    if header in plain:
        return 80.0 + 15.0 * len(header) / len(plain)
    return fuzz.ratio(plain, header)
