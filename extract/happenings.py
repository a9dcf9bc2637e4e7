"""Dated happenings told in prose: which dates begin one, which only bound it, and how far its telling goes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import regex

from extract.mere_dates import is_mere
from schemas.document import Block, Document
from schemas.holidays import names_one_day
from schemas.mentions import DateMention, Happening, Section

_BEGINS_SENTENCE = re.compile(  # what stands before a date at the beginning of a sentence: «。（2）在»
    r"""
    (?:^|[。；！？;!?”\n:：])
    [\s\d.、（()）一二三四五六七八九十①-⑳]{0,8}
    (?:[在于自从至到]|其中|同时|另外|此外)?[,，]?\s*
    $
    """,
    re.VERBOSE,
)
_AFTER_SUBJECT = re.compile(r"[。；！？][^，。；：、“”\n]{2,11}于?$")  # «…观看。图片展» 5月12日起
_BEGINS_CLAUSE = re.compile(r"[,，、]\s{0,4}$")
_JOINS = re.compile(r"[^。；\n]{0,6}?[,，]?[ ]{0,4}(?:一直)?(?:到|至|—|-)[ ]{0,4}$")  # «5日开始，至» 8日
_LISTS = re.compile(r"[ ]?[、和及与][ ]?$")  # 3月5日、3月8日分别…
_FIRST_MONTH, _LAST_MONTH = re.compile(r"(?:一|元|0?1)$"), re.compile(r"(?:十[一二]|1[12])$")
_REPORTS_STATE = re.compile(r"[^。；]{0,4}(?:以来|至今|以后|之后起算)")
_CLAUSE = regex.compile(r"(?r)[，。；：,;:！？!?]”?")  # searched backwards
_STOP = re.compile(r"[。；;！!？?]”?")
_LONGEST_LEAD = 200  # characters of a clause before its date; a longer one is no lead
_LOOK_BACK = 14  # longer than what _BEGINS_SENTENCE needs
_AROUND_LONE_DATE = " （(", " ）)。日"
_BEFORE_ENTRY = re.compile(r"[\s。，,:：、.（）()自从在于\d①-⑳●◆■·*-]*")  # «1、», «（2）», «①»
_HEAD = re.compile(r"[：:；;。 ]{1,2}")  # «4月：23日»: the month only heads the days
_IN_BRACKETS = re.compile(r"[（(]\s?$")
_QUOTES = frozenset("“\"‘'")  # «“六一”儿童节，我馆…»: the quotation is part of the date
_NAMES = regex.compile(r"(?r)[、，。；：,;:！？!?\n]")  # searched backwards: where a name before brackets begins


@dataclass(slots=True)
class _Telling:
    """A happening while it is being gathered."""

    start: int
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
    closed = _Spans([*((section.start, section.title_end) for section in sections), *quoted])
    begins = [date.start for date in dates]
    openings = _openings(document, sections)
    found: list[Happening] = []
    for block in document.blocks:
        if block.place is None:
            inside = dates[bisect_left(begins, block.start) : bisect_left(begins, block.end)]
            told = _that_may_tell(folded, block, inside)
            own = [date for date in told if date.start not in closed or folded[date.start] in _QUOTES]
            found += _in_paragraph(folded, block, own, openings.get(block.start, block.start)) if own else []
    return tuple(found)


class _Spans:
    """Half-open spans, asked whether a place lies in one of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))  # the farthest end up to each

    def __contains__(self, place: int) -> bool:
        number = bisect_right(self._starts, place) - 1
        return number >= 0 and place < self._ends[number]


def _openings(document: Document, sections: Sequence[Section]) -> dict[int, int]:
    """Return for each paragraph with a heading, by its start, where its text begins: after the heading's title."""
    starts = [block.start for block in document.blocks]
    return {starts[bisect_right(starts, section.start) - 1]: section.title_end for section in sections}


def _that_may_tell(folded: str, block: Block, dates: Sequence[DateMention]) -> Iterator[DateMention]:
    """Yield the dates of month precision or finer, but for a line that is only a date, and the report's whole year."""
    line = folded[block.start : block.end]
    before, after = _AROUND_LONE_DATE
    text_start = block.start + len(line) - len(line.lstrip(before))
    text_end = block.start + len(line.rstrip(after))
    for date in dates:
        alone = date.start <= text_start and text_end <= date.end
        told = date.month or names_one_day(date.part)
        if not told or alone or _is_whole_year(date) or _REPORTS_STATE.match(folded, date.end):
            continue
        if not is_mere(folded, block, date):
            yield date


def _is_whole_year(date: DateMention) -> bool:
    return bool(not date.day and _FIRST_MONTH.match(date.month) and _LAST_MONTH.match(date.month_to))


def _in_paragraph(folded: str, block: Block, dates: Sequence[DateMention], opening: int) -> Iterator[Happening]:
    chronicle = _leads(folded, dates[0], opening)
    current: _Telling | None = None
    for date in _without_heads(folded, dates):
        if current is not None and _belongs(folded, current, date, chronicle):
            current.dates.append(date)
            continue
        if _is_cutoff(folded, date) or folded.endswith("以来", date.start, date.end):
            continue
        start = max(_start(folded, block, date), current.dates[-1].end if current else block.start)
        if current is not None:
            yield _told(folded, current, start, chronicle)
        current = _Telling(start, [date])
    if current is not None:
        yield _told(folded, current, block.end, chronicle)


def _leads(folded: str, date: DateMention, opening: int) -> bool:
    """Whether a date makes its paragraph an entry of a chronicle: it stands first, and is no bare month of a year."""
    first = _BEFORE_ENTRY.fullmatch(folded, opening, date.start)
    return bool(first) and bool(date.day or not date.year) and not _is_cutoff(folded, date)


def _without_heads(folded: str, dates: Sequence[DateMention]) -> Iterator[DateMention]:
    """Yield the dates, but for a month that only heads the days after it («4月：23日，…»)."""
    for date, after in zip(dates, [*dates[1:], None], strict=True):
        heads = (
            after is not None and after.rule == "date_under_month" and _HEAD.fullmatch(folded, date.end, after.start)
        )
        if not (heads and not date.day):
            yield date


def _is_cutoff(folded: str, date: DateMention) -> bool:
    """Whether a date only says up to when something is counted («截至11月22日»)."""
    return folded[date.start] == "截"


def _belongs(folded: str, current: _Telling, date: DateMention, chronicle: bool) -> bool:
    first, last = current.dates[0], current.dates[-1]
    between = folded[last.end : date.start]
    if date.rule == "date_month_again" or (date.rule == "date_same_month" and _STOP.search(between)):
        return False
    if _LISTS.match(between):
        return True
    if _IN_BRACKETS.search(between) and _IN_BRACKETS.search(folded[max(0, first.start - 2) : first.start]):
        return False
    if _JOINS.match(between) or _is_cutoff(folded, date):
        return chronicle or _is_same_part(between) or first.open_start
    if (date.month, date.day, date.month_to) == (first.month, first.day, first.month_to):
        return _is_same_part(between) or chronicle
    before = folded[max(0, date.start - _LOOK_BACK) : date.start]
    if chronicle:
        bare = folded[date.start] not in "自从于"
        begins = (bare and _BEGINS_CLAUSE.search(before)) or (date.day and _AFTER_SUBJECT.search(before))
        return not (_BEGINS_SENTENCE.search(before) or begins)
    return _is_same_part(between) and not _BEGINS_CLAUSE.search(before)


def _is_same_part(between: str) -> bool:
    return not _STOP.search(between)


def _start(folded: str, block: Block, date: DateMention) -> int:
    """Return where the telling begins: at the date, or at its clause where words stand before the date."""
    farthest = max(block.start, date.start - _LONGEST_LEAD)
    if _IN_BRACKETS.search(folded, max(block.start, date.start - 2), date.start):
        return _name_start(folded, farthest, date.start)
    found = _CLAUSE.search(folded, farthest, date.start)
    if found is None and farthest > block.start:
        return date.start
    start = int(found.end()) if found else block.start
    lead = folded[start : date.start]
    return date.start if not lead.strip(" ·•●◆■在于自从") else start + len(lead) - len(lead.lstrip())


def _name_start(folded: str, farthest: int, place: int) -> int:
    """Return where the name before a date in brackets begins: after the last stop outside quotation marks."""
    close = folded.rfind("”", farthest, place)
    opened = folded.rfind("“", farthest, close) if close >= 0 else -1
    inside = opened >= 0 and not _NAMES.search(folded, close, place)
    found = _NAMES.search(folded, farthest, opened if inside else place)
    start = found.end() if found else farthest
    return start + len(folded[start:place]) - len(folded[start:place].lstrip(" \n0123456789.和"))


def _told(folded: str, telling: _Telling, limit: int, chronicle: bool) -> Happening:
    end = limit
    if not chronicle:
        stop = _STOP.search(folded, telling.dates[-1].end, limit)
        end = stop.end() if stop else limit
    return Happening(
        telling.start, telling.start + len(folded[telling.start : end].rstrip()), tuple(telling.dates), chronicle
    )
