"""Header words: which known headers a text is like, by the vocabulary and rapidfuzz, and what those mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import regex
from msgspec import Struct
from rapidfuzz import fuzz, process

from schemas.overlay import from_vocabulary
from schemas.table_kinds import table_kinds

_LEAST = 72.0  # a header less like every known one than this means nothing
_LONGEST = 24  # a longer cell is no header
_EXTRA = regex.compile(r"[\s　:：*]|[（(\[【][^（）()\[\]【】]*[）)\]】]")


class Meaning(Struct, frozen=True):
    """What a known header means: a column of a kind, its place in the kind; `generic`: only where a hint names it."""

    kind: str
    column: str
    order: int
    generic: bool


@from_vocabulary
@cache
def meanings() -> Mapping[str, Sequence[Meaning]]:
    """Return every known header with all that it means."""
    found: dict[str, list[Meaning]] = defaultdict(list)
    for kind in table_kinds().values():
        for order, (column, headers) in enumerate(kind.columns.items()):
            for header in headers:
                found[header].append(Meaning(kind.code, column, order, generic=False))
            for header in kind.generic.get(column, ()):
                found[header].append(Meaning(kind.code, column, order, generic=True))
    return dict(found)


@from_vocabulary
@cache
def _by_sign() -> dict[str, list[str]]:
    """Return the known headers by each sign in them; a text is like none with which it shares no sign."""
    headers: dict[str, list[str]] = defaultdict(list)
    for header in meanings():
        for sign in dict.fromkeys(header):
            headers[sign].append(header)
    return dict(headers)


@from_vocabulary
@lru_cache(maxsize=4096)
def likest(text: str) -> Mapping[str, float]:
    """Return the known headers that a text is like, each with its likeness, from 72 to 100.

    Equal is 100; a header that ends with a known one («阅读推广活动对象», «对象») is at least 80, one that contains
    it and little else from 73 to 81; else the likeness is rapidfuzz's ratio.

    >>> likest("活动 时间")["活动时间"], likest("阅读推广活动对象")["对象"] >= 80, "图书" in likest("市图书馆")
    (100.0, True, False)
    """
    plain = _EXTRA.sub("", text)
    size = len(plain)
    if not plain or size > _LONGEST:
        return {}
    known, by_sign = meanings(), _by_sign()
    near = {header for sign in plain if sign in by_sign for header in by_sign[sign]}
    found = process.extract(plain, near, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=None)
    like = {header: score for header, score, _ in found}
    for start in range(size):
        if (ending := plain[start:]) in known:
            like[ending] = 80.0 + 15.0 * (len(ending) / size) if start else 100.0
        for end in range(start + size // 2 + 1, size):
            if (inside := plain[start:end]) in known and not plain.endswith(inside):
                like[inside] = 66.0 + 15.0 * ((end - start) / size)
    return like
