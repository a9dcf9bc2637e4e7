"""The outline: headings nested as a reader sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from extract.headings import Heading, Shape, find_headings
from extract.markers import RANKS
from schemas.document import Document
from schemas.mentions import RawTable, Section

_OF_YEAR = frozenset({"summary", "plan", "chronicle"})
_DEEPEST_REPEAT = 2  # no reader nests one way of numbering three deep


class _Open(Struct, frozen=True):
    """A heading that is still open while the next one is placed; family is its way of numbering, or its shape.

    `of_year`: it names a whole year's report («2014年工作总结和2015年打算»).
    """

    family: str
    ordinal: int
    depth: int
    level: int | None
    runs_in: bool
    of_year: bool
    index: int


def outline(
    document: Document, folded: str, tables: Sequence[RawTable], title: tuple[int, int] | None
) -> tuple[Section, ...]:
    """Return the sections of a document, nested as a reader nests them.

    Steps for each heading, with the headings that are still open, outermost first:

    1. A level that the source states (Word styles) decides: everything of that level or deeper is closed.
    2. A marker that continues an open run («（二）» after «（一）») joins the innermost run that it continues exactly.
    3. A marker «一» whose family is open begins a run inside the open heading; but never three runs of one family deep,
       and not where the open heading is another «一» that has a text of its own: then the number stands twice.
    4. Any other marker of an open family (skipped, repeated) joins the innermost run of its family.
    5. A family that is not open goes inside the open heading, after closing headings that custom ranks below it.
    6. A bare heading fills the number that the next marked one shows to be lost; else it stands beside the last bare
       heading of its shape, or inside the open heading.
    """
    headings = find_headings(document, folded, tables, title)
    nested = tuple(_nest(headings))
    ends = _ends(nested, len(folded.rstrip()))
    counters: Counter[int] = Counter()
    sections: list[Section] = []
    for (heading, parent), end in zip(nested, ends, strict=True):
        counters[parent] += 1
        above = sections[parent] if parent >= 0 else None
        sections.append(_section(len(sections), heading, document.text, above, counters[parent], end))
    return tuple(sections)


def _nest(headings: Sequence[Heading]) -> Iterator[tuple[Heading, int]]:
    """Yield each heading that is one after all, with the index among those yielded of the one around it, or -1."""
    opened: list[_Open] = []
    index = 0
    for at, heading in enumerate(headings):
        place = _place(headings, at, opened)
        if place is None:
            continue
        family, ordinal, depth = place
        while opened and opened[-1].depth >= depth:
            opened.pop()
        yield heading, opened[-1].index if opened else -1
        of_year = heading.kind in _OF_YEAR
        opened.append(_Open(family, ordinal, len(opened) + 1, heading.level, heading.runs_in, of_year, index))
        index += 1


def _section(index: int, heading: Heading, text: str, above: Section | None, number: int, end: int) -> Section:
    """Return the section of a heading; `number` counts the headings inside `above` up to it."""
    marker = heading.marker
    return Section(
        index=index,
        parent=above.index if above else None,
        depth=above.depth + 1 if above else 1,
        path=f"{above.path}.{number}" if above else str(number),
        marker=text[heading.start : heading.start + len(marker.text)] if marker else "",
        title=text[heading.title_start : heading.title_end],
        kind=heading.kind,
        start=heading.start,
        title_end=heading.title_end,
        end=end,
        family=marker.family if marker else "",
        ordinal=marker.ordinal if marker else 0,
    )


def _ends(kept: Sequence[tuple[Heading, int]], text_end: int) -> list[int]:
    """Return where each section ends: where the next heading that it does not hold begins."""
    ends = [text_end] * len(kept)
    for index, (heading, parent) in enumerate(kept):
        above = index - 1
        while above > parent and above >= 0:
            ends[above] = min(ends[above], heading.start)
            above = kept[above][1]
    return ends


def _place(headings: Sequence[Heading], at: int, opened: Sequence[_Open]) -> tuple[str, int, int] | None:
    """Return (family, ordinal, depth) of a heading among the open ones, or None if it is no heading after all."""
    heading = headings[at]
    if heading.level is not None:
        return _place_styled(heading, opened)
    if heading.marker is not None:
        family, ordinal = heading.marker.family, heading.marker.ordinal
        if _stands_beside_bare(headings, heading, opened):
            return family, ordinal, next(item.depth for item in opened if item.family == Shape.BARE.value)
        return family, ordinal, _marked_depth(family, ordinal, opened, heading.follows)
    lost = _lost_number(headings, at, opened)
    if lost is not None:
        return lost
    if heading.shape is Shape.SENTENCE:
        return None
    return heading.shape.value, 0, _bare_depth(heading, opened)


def _stands_beside_bare(headings: Sequence[Heading], heading: Heading, opened: Sequence[_Open]) -> bool:
    """Whether the report's only run of an outer numbering begins after a bare heading («单位概况», then «一、»)."""
    marker = heading.marker
    if marker is None or marker.ordinal != 1 or heading.follows or RANKS[marker.family] > RANKS["han"]:
        return False
    firsts = [h for h in headings if h.marker and (h.marker.family, h.marker.ordinal) == (marker.family, 1)]
    return len(firsts) == 1 and any(item.family == Shape.BARE.value for item in opened)


def _place_styled(heading: Heading, opened: Sequence[_Open]) -> tuple[str, int, int]:
    level = heading.level or 1
    outer = [item for item in opened if item.level is not None and item.level < level]
    marker = heading.marker
    return (
        (marker.family if marker else "style"),
        (marker.ordinal if marker else 0),
        (outer[-1].depth if outer else 0) + 1,
    )


def _marked_depth(family: str, ordinal: int, opened: Sequence[_Open], follows: bool) -> int:
    same = [item for item in opened if item.family == family]
    if same and opened[-1] is same[-1] and ordinal == same[-1].ordinal == 1 and not follows:
        return same[-1].depth  # the first number stands twice
    for item in reversed(same):
        if ordinal == item.ordinal + 1:
            return item.depth
    if same and (ordinal != 1 or len(same) >= _DEEPEST_REPEAT):
        return same[-1].depth
    if same:
        return opened[-1].depth + 1
    depth = len(opened)
    while (
        depth and RANKS.get(opened[depth - 1].family, 0) > RANKS[family] and not _introduces(opened[depth - 1], ordinal)
    ):
        depth -= 1
    return depth + 1


def _introduces(item: _Open, ordinal: int) -> bool:
    """Whether an open heading is a bare title that a run beginning at one may stand under, whatever custom says."""
    return ordinal == 1 and item.ordinal == 1 and not item.runs_in


def _lost_number(headings: Sequence[Heading], at: int, opened: Sequence[_Open]) -> tuple[str, int, int] | None:
    """Return the place of a bare heading where the next marked one shows that the number before it was lost."""
    if at + 1 >= len(headings) or headings[at + 1].marker is None or headings[at].shape is Shape.YEAR_TITLE:
        return None
    following = headings[at + 1].marker
    assert following is not None
    family, missing = following.family, following.ordinal - 1
    if missing < 1:
        return None
    same = [item for item in opened if item.family == family]
    if any(item.ordinal == missing for item in same):
        return None
    for item in reversed(same):
        if item.ordinal == missing - 1:
            return family, missing, item.depth
    if missing == 1 and (not same or headings[at].shape is Shape.SENTENCE):
        return family, 1, (opened[-1].depth if opened else 0) + 1
    return None


def _bare_depth(heading: Heading, opened: Sequence[_Open]) -> int:
    """Return the depth of an unnumbered heading: beside the last one of its shape, else as its shape asks."""
    if not opened:
        return 1
    beside = [item for item in opened if item.family == heading.shape.value]
    if beside:
        return beside[-1].depth
    innermost = opened[-1]
    if heading.shape is Shape.YEAR_TITLE:
        is_first = innermost.ordinal == 1 and not innermost.runs_in
        return innermost.depth + 1 if is_first and (heading.follows or innermost.of_year) else opened[0].depth
    if heading.shape is Shape.CLOSING:
        return _closing_depth(opened)
    return innermost.depth + 1


def _closing_depth(opened: Sequence[_Open]) -> int:
    """A closing heading («不足之处») stands beside the parts of the report that it closes, not inside the last one."""
    beside = [item for item in opened if item.family == Shape.BARE.value]
    if beside:
        return beside[-1].depth
    titles = [item for item in opened if item.family in {Shape.YEAR_TITLE.value, "style"} and not item.runs_in]
    if titles:
        return titles[-1].depth + 1
    runs = [item for item in opened if item.family == "han"]
    return runs[-1].depth if runs else 1
