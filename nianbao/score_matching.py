"""Which row found is which row of the answers: what must agree between two readings of one report, and what may not."""

from __future__ import annotations

import unicodedata
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher

import regex

from schemas.traditional import simplified

Row = Mapping[str, str]
Pair = tuple[Row, Row]  # of the answers, found

_NUMBER = regex.compile(r"-?[0-9]++(?:\.[0-9]++)?")
_NO_WORD = regex.compile(r"[\W_]+")
_TITLE = 12  # characters of a title that tell it from others; how long a run-in title goes on is a matter of taste
_ALIKE = 0.6  # from this likeness on (0 to 1) two names are of one event
_MOST_COMPARED = 500  # rows of a side
_UNITS = {  # spellings of one unit that a careful reader may choose
    **{"册(次)": "册次", "人(次)": "人次", "场(次)": "场次"},
    **{"㎡": "平方米", "m2": "平方米", "平米": "平方米", "人民币元": "元"},
}


def plain(text: str | None) -> str:
    """Return a text without white space, widths folded.

    >>> plain("２０１４ 年\\t（公益）讲座")
    '2014年(公益)讲座'
    """
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def folded(cell: str | None) -> str:
    """Return a cell so that two spellings of one text, or of one number, are equal.

    >>> folded("80.0") == folded(" ８０") != folded("80人")
    True
    """
    text = plain(cell)
    return str(float(text)) if _NUMBER.fullmatch(text) else text


def number(cell: str | None) -> float | None:
    """Return a cell as a number, None where it is none; a millionth is no difference."""
    try:
        return round(float(cell or ""), 6)
    except ValueError:
        return None


def unit(cell: str | None) -> str:
    """Return a unit with simplified characters and one spelling.

    >>> unit("㎡"), unit("冊（次）")
    ('平方米', '册次')
    """
    text = plain(cell).translate(simplified())
    return _UNITS.get(text, text)


def title_key(title: str | None) -> str:
    """Return what tells a heading from others: its first letters and digits."""
    return _NO_WORD.sub("", plain(title))[:_TITLE]


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are of one event: much alike, or one holds the other."""
    a, b = plain(one), plain(other)
    return SequenceMatcher(None, a, b).ratio() >= _ALIKE or (bool(b) and (a in b or b in a))


def equal_rows(gold: Iterable[Row], found: Iterable[Row], key: Callable[[Row], Hashable]) -> list[Pair]:
    """Return rows paired by equal keys, the first with the first, each once."""
    waiting: defaultdict[Hashable, deque[Row]] = defaultdict(deque)
    for row in found:
        waiting[key(row)].append(row)
    return [(row, waiting[key(row)].popleft()) for row in gold if waiting[key(row)]]


def equal_facts(gold: Sequence[Row], found: Sequence[Row], *, with_metric: bool) -> list[Pair]:
    """Return facts paired by value and unit (a unit that the answers leave blank agrees with any), each once.

    Of several the one whose place among the facts of its side is nearest, since offsets of .docx texts differ.
    """
    waiting: defaultdict[float | None, list[tuple[int, Row]]] = defaultdict(list)
    for at, row in enumerate(found):
        waiting[number(row.get("value"))].append((at, row))
    pairs = []
    for at, row in enumerate(gold):
        left, place, wanted = waiting[number(row["value"])], at / max(len(gold), 1), unit(row["unit"])
        fits = [
            (abs(there / max(len(found), 1) - place), rank)
            for rank, (there, other) in enumerate(left)
            if (not wanted or unit(other.get("unit")) == wanted)
            and (not with_metric or other.get("metric") == row["metric"])
        ]
        if fits:
            pairs.append((row, left.pop(min(fits)[1])[1]))
    return pairs


def aligned(gold: Sequence[Row], found: Sequence[Row]) -> list[Pair]:
    """Return headings paired by their titles, in order."""
    titles, told = ([title_key(row.get("title")) for row in rows] for rows in (gold, found))
    blocks = SequenceMatcher(None, titles, told, autojunk=False).get_matching_blocks()
    return [(gold[block.a + k], found[block.b + k]) for block in blocks for k in range(block.size)]


def likest_rows(gold: Iterable[Row], found: Iterable[Row], columns: Sequence[str]) -> list[Pair]:
    """Return rows paired by the most equal cells, at least half of `columns`; the best pairs first, each row once.

    Of very many rows that are all wrong only the first are looked at, since each is compared with each.
    """
    left, right = list(gold)[:_MOST_COMPARED], list(found)[:_MOST_COMPARED]
    ranked = sorted(
        (-sum(folded(a.get(name)) == folded(b.get(name)) for name in columns), i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
    )
    pairs: list[Pair] = []
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    for equal, i, j in ranked:
        if -2 * equal >= len(columns) and i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((left[i], right[j]))
    return pairs
