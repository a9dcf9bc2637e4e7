"""Activity tables against the text: their rows and participants, where the text claims to tell of the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import regex
from msgspec import Struct

from normalize.intervals import Interval, allowed
from normalize.outcomes import Outcome, outcome, plain
from schemas.rows import FactRow, LectureRow, OutreachRow, ReadingPromotionRow, TableRow

ActivityRow = LectureRow | OutreachRow | ReadingPromotionRow


class _Sums(Struct, frozen=True):
    """What an activity table comes to: rows, and the sum of a column that is filled in every row; and its claim."""

    table: TableRow
    rows: int
    counts: Mapping[str, Decimal]
    claims_all: bool


_METRICS = {  # kind of table: the indicators that its rows and columns come to
    "lectures": {"rows": "lectures", "participants": "lecture_participants"},
    "trainings": {"rows": "training_sessions", "participants": "training_participants"},
    "outreach": {"rows": "outreach_trips", "participants": "outreach_participants", "volumes": "outreach_volumes"},
}
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
    the text. Two tables of one kind, a table of a part, or one without dates in both ends of the year say nothing.
    """
    for sums in _whole_years(tables, activities):
        figures = {"rows": Decimal(sums.rows), **sums.counts}
        pairs = [
            (name, figures[name], fact)
            for name, metric in _METRICS[sums.table.kind].items()
            if name in figures and (fact := told.get(metric)) is not None and fact.origin == "prose"
        ]
        exact = {name for name, figure, fact in pairs if fact.qualifier == "exact" and fact.value == figure}
        for name, figure, fact in pairs:
            fits = allowed(fact).meets(Interval(figure, figure))
            if fits or exact - {name} or _POINTS.search(fact.sentence) or _is_claimed(sums, figure, fact):
                yield _against(sums, name, figure, fact, fits)


def _is_claimed(sums: _Sums, figure: Decimal, fact: FactRow) -> bool:
    return sums.claims_all and abs(figure - fact.value) <= fact.value * _CLOSE


def _against(sums: _Sums, name: str, figure: Decimal, fact: FactRow, fits: bool) -> Outcome:
    what = f"has {plain(figure)} rows" if name == "rows" else f"sums to {plain(figure)} {name}"
    message = f"{fact.metric}: the table {sums.table.table_id} {what}, the text has {plain(fact.value)} («{fact.raw}»)."
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
                yield _Sums(table, len(rows[table.table_id]), _counts(rows[table.table_id]), bool(_ALL.search(caption)))


def _covers_year(rows: Sequence[ActivityRow]) -> bool:
    months = [row.start_date.month for row in rows if row.start_date]
    return (
        len(rows) >= _LEAST_ROWS and min(months, default=12) <= _FIRST_MONTHS and max(months, default=1) >= _LAST_MONTHS
    )


def _counts(rows: Sequence[ActivityRow]) -> dict[str, Decimal]:
    """Return the sums of the columns that every row fills."""
    found = {}
    for name in ("participants", "volumes"):
        values = [getattr(row, name, None) for row in rows]
        numbers = [value for value in values if value is not None]
        if numbers and len(numbers) == len(values):
            found[name] = sum(numbers, Decimal(0))
    return found
