"""One activity told twice: in two tables, or in a table and in the text, with other days, people or volumes."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

import regex
from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz

from normalize.checks.outcomes import Outcome, plain
from normalize.checks.statements import agree, exclude
from schemas.rows import EventRow, FactRow, LectureRow, OutreachRow, ReadingPromotionRow

ActivityRow = LectureRow | OutreachRow | ReadingPromotionRow

_GENERIC = regex.compile(r"阅读推广|主题活动|系列活动|活动|举[办行]|开展|讲座|培训班?|公益|[^\p{Han}\p{L}\p{N}]")
_LEAST = 4  # characters of a title that tell an activity from others
_ALIKE = 90  # of 100, by characters in any order: «征集地方文献», «地方文献征集»
_MANY = 12  # of one first day: more are told apart by their days no longer
_TWOFOLD = 2
_COUNTS = ("participants", "volumes")


class Telling(Struct, frozen=True):
    """One telling of an activity: its table (None: the text), its row with name and days, the facts told in it."""

    table: str | None
    row: ActivityRow | EventRow
    name: str
    start: date
    end: date
    facts: Sequence[FactRow]


def told_differently(
    activities: Sequence[ActivityRow], events: Sequence[EventRow], facts: Sequence[FactRow]
) -> Iterator[Outcome]:
    """Yield an outcome for each activity that two tables, or a table and the text, tell: whether days and counts agree.

    1. Tellings that begin on one day under titles of the same characters are one activity, where no other of either
       source is.
    2. Their last days are held against each other where both are ranges, participants and volumes where both tell them;
       hedges and rounding are allowed for. Counts of the text further apart than twofold count something else.

    Days with more than a dozen tellings say nothing; so the time is linear in the rows.
    """
    days: defaultdict[date, list[Telling]] = defaultdict(list)
    for telling in _tellings(activities, events, facts):
        days[telling.start].append(telling)
    for named in days.values():
        told = _titled(named) if len(named) > 1 else []
        if not 1 < len(told) <= _MANY:
            continue
        pairs = combinations(told, 2)
        alike = [(one, other) for (one, title), (other, later) in pairs if _is_one(one, title, other, later)]
        times = Counter((id(one), other.table) for pair in alike for one, other in (pair, pair[::-1]))
        for one, other in alike:
            if times[id(one), other.table] == times[id(other), one.table] == 1:
                yield from _compared(*sorted((one, other), key=lambda telling: telling.row.char_start))


def _titled(tellings: Iterable[Telling]) -> list[tuple[Telling, str]]:
    """Return the tellings whose names tell an activity, with the characters that do so, parted by blanks."""
    bare = ((telling, _GENERIC.sub("", telling.name)) for telling in tellings)
    return [(telling, " ".join(title)) for telling, title in bare if len(title) >= _LEAST]


def _is_one(one: Telling, title: str, other: Telling, other_title: str) -> bool:
    if one.table == other.table or (one.start == one.end) != (other.start == other.end):
        return False
    return fuzz.token_set_ratio(title, other_title) >= _ALIKE


def _compared(first: Telling, later: Telling) -> Iterator[Outcome]:
    where = f"{first.table or 'the text'} and {later.table or 'the text'}"
    told = {name: (value, fact) for name, value, fact in _counted(first)}
    differences, left, right = [], [], []
    if first.end != later.end:
        differences.append(f"its last day as {first.end.isoformat()} and {later.end.isoformat()}")
    for name, value, fact in _counted(later):
        if name in told:
            before, base = told[name]
            if None in {first.table, later.table} and max(before, value) > _TWOFOLD * min(before, value):
                continue  # the text counts something else: prizes, helpers
            left += [base] if base else []
            right += [fact] if fact else []
            if not _fit(before, base, value, fact):
                differences.append(f"its {name} as {plain(before)} and {plain(value)}")
    message = f"«{later.name}» of {later.start.isoformat()}: {where} tell {'; '.join(differences) or 'the same'}."
    yield Outcome(
        "activity_told_differently",
        not differences,
        message,
        tuple(left),
        tuple(right),
        later.row.char_start,
        later.row.char_end,
    )


def _fit(one: Decimal, fact: FactRow | None, other: Decimal, other_fact: FactRow | None) -> bool:
    if fact is not None and other_fact is not None:
        return agree(fact, other_fact)
    hedged = fact or other_fact
    if hedged is None or hedged.qualifier == "exact":
        return one == other or (max(one, other) <= 2 * min(one, other) and not exclude(one, other))
    if other_fact is None:
        return _allows(hedged, other)
    return _allows(hedged, one)


def _allows(hedged: FactRow, value: Decimal) -> bool:
    return agree(hedged, replace(hedged, value=value, raw=plain(value), qualifier="exact", upper=None))


def _tellings(
    activities: Sequence[ActivityRow], events: Sequence[EventRow], facts: Sequence[FactRow]
) -> Iterator[Telling]:
    for row in activities:
        name = _name(row)
        if name and row.start_date and row.end_date:
            yield Telling(row.table_id, row, name, row.start_date, row.end_date, ())
    for event, within in _with_facts(events, facts):
        if event.origin == "prose" and event.status == "actual" and event.title:
            yield Telling(None, event, event.title, event.start_date, event.end_date, within)


def _name(row: ActivityRow) -> str | None:
    match row:
        case LectureRow():
            return row.topic
        case OutreachRow():
            return " ".join(filter(None, (row.host, row.activity)))
    return row.content


def _counted(telling: Telling) -> Iterator[tuple[str, Decimal, FactRow | None]]:
    """Yield each count that a telling states, with the fact of the text that it was read from."""
    for count in _COUNTS:
        value = getattr(telling.row, count, None)
        if value is not None:
            yield count, value, next((fact for fact in telling.facts if fact.value == value), None)


def _with_facts(events: Sequence[EventRow], facts: Sequence[FactRow]) -> Iterator[tuple[EventRow, Sequence[FactRow]]]:
    """Yield each event with the facts told in it; both are in document order."""
    starts = [fact.char_start for fact in facts]
    for event in sorted(events, key=lambda row: row.char_start):
        yield event, facts[bisect_left(starts, event.char_start) : bisect_left(starts, event.char_end)]
