"""Headers: which kind of table it is and which column each header means, by its words and those of the caption."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from normalize.tables.header_words import likest, meanings
from schemas.table_kinds import TableKind, table_kinds

DOUBTFUL = 85.0  # a header less like the known one than this is read, and reported
_CAPTION = 150.0  # a word of the caption speaks as loud as one and a half exact headers
_SUMMED = frozenset({"participants", "volumes", "items", "date_text"})  # a header over several columns means them all
_WHOLE = re.compile(r"合计|小计|总计|总数|共计|计|总人数|总人次|总册数")

Columns = Mapping[int, tuple[str, ...]]
_Pair = tuple[float, int, str, int]  # the negative of the likeness, the column of a kind by order and name, grid column


class HeaderMatch(Struct, frozen=True):
    """What a header means: the kind of table, and for each column of the tidy table (grid column, score 0-100).

    `places`: the grid columns that each is read from; more than one where a count is divided («参与人数» over «成人»
    and «少儿») and is their sum.
    """

    kind: str
    columns: Mapping[str, tuple[int, float]]
    places: Mapping[str, tuple[int, ...]]

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
    pairs = _pairs(columns, named)
    best: tuple[float, HeaderMatch] | None = None
    for kind in table_kinds().values():
        found = _assign(pairs.get(kind.code, ()))
        if len(found) < 2 or not all(_has_key(key, found, kind.code in named) for key in kind.key):
            continue
        score = sum(worth for _, worth in found.values()) + _CAPTION * (kind.code in named)
        if best is None or score > best[0]:
            best = score, HeaderMatch(kind.code, found, _places(kind, columns, found))
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


def _pairs(columns: Columns, named: frozenset[str]) -> dict[str, list[_Pair]]:
    """Return for each kind what the columns of a grid may mean.

    The lowest of joined headers, or all together, mean a column; for the counts the group's own name does so too.
    """
    pairs: dict[str, list[_Pair]] = defaultdict(list)
    for at, texts in columns.items():
        own = (texts[-1], "".join(texts))
        for text in dict.fromkeys((*own, texts[0])):
            for header, score in likest(text).items():
                for meaning in meanings()[header]:
                    if (text in own or meaning.column in _SUMMED) and (not meaning.generic or meaning.kind in named):
                        pairs[meaning.kind].append((-score, meaning.order, meaning.column, at))
    return pairs


def _assign(pairs: Iterable[_Pair]) -> dict[str, tuple[int, float]]:
    """Give each column the header most like it, the surest pair first, each header once."""
    found: dict[str, tuple[int, float]] = {}
    used: set[int] = set()
    for negative, _, column, at in sorted(pairs):
        if column not in found and at not in used:
            found[column] = at, -negative
            used.add(at)
    return found


def _places(kind: TableKind, columns: Columns, found: Mapping[str, tuple[int, float]]) -> dict[str, tuple[int, ...]]:
    return {name: _parts(columns, at, name, kind) if name in _SUMMED else (at,) for name, (at, _) in found.items()}


def _parts(columns: Columns, at: int, name: str, kind: TableKind) -> tuple[int, ...]:
    """Return the columns that a count is the sum of: its own, or all under the header that divides it."""
    texts = columns[at]
    if len(texts) < 2 or _is_like(texts[-1], kind.columns[name]):
        return (at,)
    group = [other for other in columns if len(columns[other]) > 1 and columns[other][0] == texts[0]]
    whole = [other for other in group if _WHOLE.fullmatch(columns[other][-1])]
    return tuple(whole[:1] or group)


def _is_like(text: str, headers: Sequence[str]) -> bool:
    known = likest(text)
    return any(known.get(header, 0.0) >= DOUBTFUL for header in headers)
