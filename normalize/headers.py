"""Headers: which kind of table it is and which column each header means, by the vocabulary and rapidfuzz."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex
from rapidfuzz import fuzz

from schemas.table_kinds import TableKind, table_kinds

DOUBTFUL = 85.0  # a header less like the known one than this is read, and reported
_LEAST = 72.0  # a header less like every known one than this means nothing
_CAPTION = 150.0  # a word of the caption speaks as loud as one and a half exact headers
_LONGEST = 24  # a longer cell is no header
_EXTRA = regex.compile(r"[\s　:：*]|[（(\[【][^（）()\[\]【】]*[）)\]】]")
_SUMMED = frozenset({"participants", "volumes", "items", "date_text"})  # a header over several columns means them all
_WHOLE = regex.compile(r"合计|小计|总计|总数|共计|计|总人数|总人次|总册数")

Columns = Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """What a header means: the kind of table, and for each column of the tidy table (grid column, score 0-100).

    `parts`: the grid columns that one count is divided among («参与人数» over «成人» and «少儿»); it is their sum.
    """

    kind: str
    columns: Mapping[str, tuple[int, float]]
    parts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def doubtful(self) -> list[tuple[str, int, float]]:
        """Return (column of the tidy table, grid column, score) of the matches below the threshold of 85."""
        return [(name, at, score) for name, (at, score) in self.columns.items() if score < DOUBTFUL]


def match_header(columns: Columns, hints: Sequence[str] = ()) -> HeaderMatch | None:
    """Return the best kind for a header given as {grid column: texts from top to bottom}, or None where none fits.

    `hints`: the caption, a title row, the headings around, nearest first; the first that names a kind speaks for it.
    A kind fits if all its key columns and at least two columns are met. Position never decides. The kind's `generic`
    headers («名称») mean its key only where a hint names the kind; of a key «host|place» the second does so too.
    """
    named = named_kinds(hints)
    best: tuple[float, HeaderMatch] | None = None
    for kind in table_kinds().values():
        found = _assign(kind, columns, kind.code in named)
        if len(found) < 2 or not all(_has_key(key, found, kind.code in named) for key in kind.key):
            continue
        score = sum(worth for _, worth in found.values()) + _CAPTION * (kind.code in named)
        if best is None or score > best[0]:
            best = score, HeaderMatch(kind.code, found, _parts(kind, columns, found))
    return best[1] if best else None


def named_kinds(hints: Sequence[str]) -> frozenset[str]:
    """Return the kinds that the first hint names that names any.

    >>> sorted(named_kinds(["情况一览表", "（三）流动服务活动"]))
    ['outreach']
    """
    for hint in hints:
        named = frozenset(kind.code for kind in table_kinds().values() if _names(kind, hint))
        if named:
            return named
    return frozenset()


def _names(kind: TableKind, hint: str) -> bool:
    for decoy in kind.look_alikes:
        hint = hint.replace(decoy, "")
    return any(alias in hint for alias in kind.aliases)


def _has_key(key: str, found: Mapping[str, tuple[int, float]], named: bool) -> bool:
    first, *others = key.split("|")
    return first in found or (named and any(other in found for other in others))


def _assign(kind: TableKind, columns: Columns, named: bool) -> dict[str, tuple[int, float]]:
    """Give each column the header most like it, the surest pair first, each header once."""
    pairs = sorted(
        (-_score(texts, _headers(kind, column, named), column in _SUMMED), order, column, at)
        for order, column in enumerate(kind.columns)
        for at, texts in columns.items()
    )
    found: dict[str, tuple[int, float]] = {}
    used: set[int] = set()
    for negative, _, column, at in pairs:
        if -negative >= _LEAST and column not in found and at not in used:
            found[column] = at, -negative
            used.add(at)
    return found


def _headers(kind: TableKind, column: str, named: bool) -> tuple[str, ...]:
    return kind.columns[column] + (kind.generic.get(column, ()) if named else ())


@lru_cache(maxsize=8192)
def _score(texts: tuple[str, ...], headers: tuple[str, ...], summed: bool) -> float:
    """Return how well the lowest of joined headers, or all together, or the group's own name, mean a column."""
    ways = [texts[-1], "".join(texts)] + ([texts[0]] if summed else [])
    return max(likeness(way, headers) for way in dict.fromkeys(ways))


def _parts(kind: TableKind, columns: Columns, found: Mapping[str, tuple[int, float]]) -> dict[str, tuple[int, ...]]:
    parts: dict[str, tuple[int, ...]] = {}
    for name in _SUMMED & found.keys():
        at = found[name][0]
        texts = columns[at]
        if len(texts) < 2 or likeness(texts[-1], kind.columns[name]) >= DOUBTFUL:
            continue
        group = [other for other in columns if len(columns[other]) > 1 and columns[other][0] == texts[0]]
        whole = [other for other in group if _WHOLE.fullmatch(columns[other][-1])]
        parts[name] = tuple(whole[:1] or group)
    return parts


@lru_cache(maxsize=8192)
def likeness(text: str, headers: tuple[str, ...]) -> float:
    """Return how like a header text is to the likest of the known headers, 0 to 100.

    Equal is 100; a header that ends with a known one («阅读推广活动对象», «对象») is at least 80, one that only
    contains it and little else at least 72; else rapidfuzz's ratio.

    >>> likeness("活动 时间", ("时间", "活动时间")), likeness("阅读推广活动对象", ("对象",)) >= 80
    (100.0, True)
    >>> likeness("市图书馆", ("图书",)) < 72
    True
    """
    plain = _EXTRA.sub("", text)
    if not plain or len(plain) > _LONGEST:
        return 0.0
    return max((_likeness(plain, header) for header in headers), default=0.0)


def _likeness(plain: str, header: str) -> float:
    if plain == header:
        return 100.0
    share = len(header) / len(plain)
    if plain.endswith(header):
        return 80.0 + 15.0 * share
    if header in plain and share > 0.5:
        return 66.0 + 15.0 * share
    return fuzz.ratio(plain, header)
