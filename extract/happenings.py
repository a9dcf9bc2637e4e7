"""Dated happenings told in prose: which dates begin one, which only bound it, and how far its telling goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from schemas.document import Block, Document
from schemas.mentions import DateMention, Happening, Section

_BEGINS_SENTENCE = regex.compile(
    r"(?:^|[。；！？;!?”\n:：])[\s\d.、（()）一二三四五六七八九十①-⑳]{0,8}(?:[在于自从至到]|其中|同时|另外|此外)?[,，]?\s*$"
)
_BEGINS_CLAUSE = regex.compile(r"[,，、]\s*$")
_JOINS = regex.compile(r"^[^。；\n]{0,6}?[,，]?\s*(?:一直)?(?:到|至|—|-)\s*$")
_WHOLE_YEAR = regex.compile(r"^(?:一|元|0?1)$"), regex.compile(r"^(?:十[一二]|1[12])$")
_REPORTS_STATE = regex.compile(r"^[^。；]{0,4}(?:以来|至今|以后|之后起算)")
_CLAUSE = regex.compile(r"[，。；：,;:！？!?]”?")
_STOP = regex.compile(r"[。；;！!？?]”?")


@dataclass(slots=True)
class _Telling:
    """A happening while it is being gathered."""

    start: int
    end: int
    dates: list[DateMention]


def find_happenings(
    document: Document,
    folded: str,
    dates: Sequence[DateMention],
    sections: Sequence[Section],
    quoted: Sequence[tuple[int, int]],
) -> tuple[Happening, ...]:
    """Return the dated happenings of a document in order.

    1. Only dates of month precision or finer count, outside headings, quotations, cells and lines that are only a date.
    2. In a paragraph that a date leads (an entry of a chronicle), a date begins a happening only at a sentence's or,
       bare, at a clause's beginning; elsewhere the first date of each sentence or «；» part does.
    3. «到…», «截至…» after a beginning bound the same happening; any other date inside it belongs to it.
    4. An entry of a chronicle is told to the end of its paragraph or the next happening, any other to its stop.
    """
    headings = [(section.start, section.title_end) for section in sections]
    closed = sorted([*headings, *quoted])
    found: list[Happening] = []
    for block in document.blocks:
        if block.place is None:
            own = [
                date
                for date in dates
                if block.start <= date.start < block.end and _may_tell(folded, block, date, closed)
            ]
            found += _in_paragraph(folded, block, own, sections) if own else []
    return tuple(found)


def _may_tell(folded: str, block: Block, date: DateMention, closed: Sequence[tuple[int, int]]) -> bool:
    if not date.month or any(start <= date.start < end for start, end in closed):
        return False
    if not folded[block.start : date.start].strip(" （(") and not folded[date.end : block.end].strip(" ）)。日"):
        return False
    first, last = _WHOLE_YEAR
    if first.match(date.month) and last.match(date.month_to) and not date.day:
        return False  # the report's whole year
    return not _REPORTS_STATE.match(folded, date.end)


def _in_paragraph(
    folded: str, block: Block, dates: Sequence[DateMention], sections: Sequence[Section]
) -> Iterator[Happening]:
    opening = max((s.title_end for s in sections if block.start <= s.start < block.end), default=block.start)
    chronicle = not folded[opening : dates[0].start].strip(" 。，,:：自从在于") and not _is_cutoff(folded, dates[0])
    current: _Telling | None = None
    for date in dates:
        if current is not None and _belongs(folded, current, date, chronicle):
            current.dates.append(date)
            continue
        if _is_cutoff(folded, date):
            continue
        if current is not None:
            yield _told(folded, current, min(_start(folded, block, date), block.end), chronicle)
        current = _Telling(_start(folded, block, date), block.end, [date])
    if current is not None:
        yield _told(folded, current, block.end, chronicle)


def _is_cutoff(folded: str, date: DateMention) -> bool:
    """Whether a date only says up to when something is counted («截至11月22日»)."""
    return folded[date.start] == "截"


def _belongs(folded: str, current: _Telling, date: DateMention, chronicle: bool) -> bool:
    first, last = current.dates[0], current.dates[-1]
    between = folded[last.end : date.start]
    if _JOINS.match(between) or _is_cutoff(folded, date):
        return chronicle or _is_same_part(between) or first.open_start
    if (date.month, date.day, date.month_to) == (first.month, first.day, first.month_to):
        return _is_same_part(between) or chronicle
    before = folded[max(0, date.start - 14) : date.start]
    if chronicle:
        begins = _BEGINS_SENTENCE.search(before) or (
            _BEGINS_CLAUSE.search(before) and folded[date.start] not in "自从于"
        )
        return not begins
    return _is_same_part(between) and not _BEGINS_CLAUSE.search(before)


def _is_same_part(between: str) -> bool:
    return not _STOP.search(between)


def _start(folded: str, block: Block, date: DateMention) -> int:
    """Return where the telling begins: at the date, or at its clause where words stand before the date."""
    before = [found.end() for found in _CLAUSE.finditer(folded, block.start, date.start)]
    start = before[-1] if before else block.start
    lead = folded[start : date.start]
    return date.start if not lead.strip(" 在于自从") else start + len(lead) - len(lead.lstrip())


def _told(folded: str, telling: _Telling, limit: int, chronicle: bool) -> Happening:
    end = limit
    if not chronicle:
        stop = _STOP.search(folded, telling.dates[-1].end, limit)
        end = stop.end() if stop else limit
    return Happening(
        telling.start, telling.start + len(folded[telling.start : end].rstrip()), tuple(telling.dates), chronicle
    )
