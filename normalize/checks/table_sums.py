"""Activity tables against the text: their rows and participants, where the text claims to tell of the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import regex
from msgspec import Struct

from normalize.checks.intervals import Interval, allowed
from normalize.checks.outcomes import Outcome, outcome, plain
from schemas.rows import FactRow, LectureRow, OutreachRow, ReadingPromotionRow, TableRow

ActivityRow = LectureRow | OutreachRow | ReadingPromotionRow


class _Sums(Struct, frozen=True):
    """What activity tables come to: rows, and the sums of the columns that are filled in every row; and their claim."""

    tables: tuple[TableRow, ...]
    figures: Mapping[str, Decimal]
    claims_all: bool


_METRICS = {  # kind of table: the indicators that its rows and columns come to
    "lectures": {"rows": "lectures", "participants": "lecture_participants"},
    "trainings": {"rows": "training_sessions", "participants": "training_participants"},
    "outreach": {"rows": "outreach_trips", "participants": "outreach_participants", "volumes": "outreach_volumes"},
    "reading_promotions": {"rows": "activities", "participants": "activity_participants"},
}
_OF_ALL = "reading_promotions"  # what the text says of activities may be of these alone, or of all activity tables
_POINTS = regex.compile(r"[见如](?:下|附|后|上)?表|附表|列表如下")
_ALL = regex.compile(r"全年|年度|[统总]计|汇总|一览")
_SOME = regex.compile(r"部分|主要|重点|节选|摘[录选]|代表性|[上下]半年|季度|\d月")
_CLOSE = Decimal("0.1")  # a table that claims to be whole is near the text's figure, or about something else
_FIRST_MONTHS, _LAST_MONTHS, _LEAST_ROWS = 4, 9, 5


def table_sums(
    tables: Sequence[TableRow], activities: Sequence[ActivityRow], told: Mapping[str, FactRow]
) -> Iterator[Outcome]:
    """Yield, for each activity table of the whole year, whether rows, participants and volumes come to the text's.

    The text claims to tell of the table where its sentence points at one («见附表»), where another of the two figures
    is the table's very own, or where the caption says that the table is the whole year's and it is within a tenth of
    the text. Two tables of one kind, a table of a part, or one without dates in both ends of the year say nothing. What
    the text says of activities at large is held against the nearest: the table of reading promotion, or all together.
    """
    whole = tuple(_whole_years(tables, activities))
    of_all = len({row.table_id for row in activities}) == len(whole)
    for sums in whole:
        kind = sums.tables[0].kind
        options = (sums,) if kind != _OF_ALL else (sums, _together(whole)) if of_all else ()
        pairs = [
            (name, _nearest(options, name, fact), fact)
            for name, metric in _METRICS[kind].items()
            if (fact := told.get(metric)) is not None and fact.origin == "prose"
        ]
        yield from _compared([(name, found, fact) for name, found, fact in pairs if found is not None])


def _compared(pairs: Sequence[tuple[str, _Sums, FactRow]]) -> Iterator[Outcome]:
    exact = {name for name, sums, fact in pairs if fact.qualifier == "exact" and fact.value == sums.figures[name]}
    for name, sums, fact in pairs:
        figure = sums.figures[name]
        fits = allowed(fact).meets(Interval(figure, figure))
        if fits or exact - {name} or _POINTS.search(fact.sentence) or _is_claimed(sums, figure, fact):
            yield _against(sums, name, fact, fits)


def _nearest(options: Sequence[_Sums], name: str, fact: FactRow) -> _Sums | None:
    """Return those of the tables whose figure is nearest to the text's, None where none has one."""
    known = [sums for sums in options if name in sums.figures]
    return min(known, key=lambda sums: abs(sums.figures[name] - fact.value), default=None)


def _together(whole: Sequence[_Sums]) -> _Sums:
    names = set.intersection(*({*sums.figures} for sums in whole))
    return _Sums(
        tuple(table for sums in whole for table in sums.tables),
        {name: sum((sums.figures[name] for sums in whole), Decimal(0)) for name in names},
        all(sums.claims_all for sums in whole),
    )


def _is_claimed(sums: _Sums, figure: Decimal, fact: FactRow) -> bool:
    return sums.claims_all and abs(figure - fact.value) <= fact.value * _CLOSE


def _against(sums: _Sums, name: str, fact: FactRow, fits: bool) -> Outcome:
    figure, several = plain(sums.figures[name]), len(sums.tables) > 1
    what = f"{'have' if several else 'has'} {figure} rows"
    if name != "rows":
        what = f"{'sum' if several else 'sums'} to {figure} {name}"
    which = f"the table{'s' if several else ''} {', '.join(table.table_id for table in sums.tables)}"
    message = f"{fact.metric}: {which} {what}, the text has {plain(fact.value)} («{fact.raw}»)."
    return outcome("table_and_prose_disagree", fits, message, (), fact)


def _whole_years(tables: Sequence[TableRow], activities: Sequence[ActivityRow]) -> Iterator[_Sums]:
    rows: defaultdict[str, list[ActivityRow]] = defaultdict(list)
    for row in activities:
        rows[row.table_id].append(row)
    kinds: defaultdict[str, list[TableRow]] = defaultdict(list)
    for table in tables:
        kinds[table.kind].append(table)
    for kind, alike in kinds.items():
        if kind in _METRICS and len(alike) == 1 and _covers_year(rows[alike[0].table_id]):
            table = alike[0]
            caption = table.caption or ""
            if not _SOME.search(caption):
                yield _Sums((table,), _figures(rows[table.table_id]), bool(_ALL.search(caption)))


def _covers_year(rows: Sequence[ActivityRow]) -> bool:
    months = [row.start_date.month for row in rows if row.start_date]
    return (
        len(rows) >= _LEAST_ROWS and min(months, default=12) <= _FIRST_MONTHS and max(months, default=1) >= _LAST_MONTHS
    )


def _figures(rows: Sequence[ActivityRow]) -> dict[str, Decimal]:
    """Return the number of rows, and the sums of the columns that every row fills."""
    found = {"rows": Decimal(len(rows))}
    for name in ("participants", "volumes"):
        values = [getattr(row, name, None) for row in rows]
        numbers = [value for value in values if value is not None]
        if numbers and len(numbers) == len(values):
            found[name] = sum(numbers, Decimal(0))
    return found
