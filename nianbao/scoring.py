"""How well one report was read, by a careful reader's answers: a tally for each table, with what was missed.

The measures are those of the answers' own rules: a row counts where what must agree agrees, and of the rows that count
each column is right or wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from nianbao.score_matching import (
    Pair,
    Row,
    aligned,
    equal_facts,
    equal_rows,
    folded,
    likest_rows,
    same_name,
    title_key,
)

COLUMNS = {  # of the tables whose rows count where all these columns agree
    "lectures": ("topic", "venue", "start_date", "end_date", "participants"),
    "outreach": ("host", "activity", "start_date", "end_date", "place", "volumes", "participants"),
    "reading_promotions": ("start_date", "end_date", "audience", "place", "content", "participants", "effect"),
}
TABLES = ("documents", "sections", *COLUMNS, "quantities", "facts", "events", "provenance")

_OF_DOCUMENT = ("library", "region_code", "report_year")
_OF_FACT = ("qualifier", "measure", "aggregation", "status", "scope", "period_start", "period_end")
_OF_EVENT = ("kind", "participants", "status")

Sign = Literal["missed", "extra", "wrong"]


class Miss(Struct, frozen=True):
    """A row of the answers that was not found (missed), one that they do not have (extra), or a wrong column."""

    sign: Sign
    table: str
    report: str
    said: str
    document_id: str
    row: Row


class Tally(Struct, frozen=True):
    """How many rows were right, of how many in the answers and found; by column how many were right of those asked."""

    hit: int = 0
    gold: int = 0
    found: int = 0
    right: Mapping[str, int] = {}
    asked: Mapping[str, int] = {}
    misses: tuple[Miss, ...] = ()

    @property
    def precision(self) -> float:
        """The share of the rows found that are right; 0 where none was found."""
        return self.hit / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the answers that was found; 0 where there are none."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def added(tallies: Iterable[Tally]) -> Tally:
    """Return the tallies of several reports as one."""
    total, right, asked = Tally(), Counter[str](), Counter[str]()
    misses: list[Miss] = []
    for one in tallies:
        total = Tally(total.hit + one.hit, total.gold + one.gold, total.found + one.found)
        right.update(one.right)
        asked.update(one.asked)
        misses += one.misses
    return Tally(total.hit, total.gold, total.found, dict(right), dict(asked), tuple(misses))


class Answered(Struct, frozen=True):
    """One report with its answers: rows by table on both sides, `document` None where the output lacks the report.

    `document.csv` of the answers is under «documents»; `text` is what the offsets of the rows found count in.
    """

    name: str
    document: Row | None
    gold: Mapping[str, Sequence[Row]]
    found: Mapping[str, Sequence[Row]]
    text: str | None


Columns = Sequence[tuple[str, bool]]  # a column asked of a matched row, and whether it is right
_ColumnsOf = Callable[[Pair], Columns]


def score_report(report: Answered) -> dict[str, Tally]:
    """Return the tally of each table of TABLES."""
    prose = [row for row in report.found["facts"] if row.get("origin", "prose") == "prose"]
    quantities = equal_facts(report.gold["facts"], prose, with_metric=False)
    indicators = [row for row in report.gold["facts"] if row["metric"]]
    with_metric = [row for row in prose if row.get("metric")]
    facts = equal_facts(indicators, with_metric, with_metric=True)
    tables = {name: _activities(report, name) for name in COLUMNS}
    return {
        "documents": _documents(report),
        "sections": _sections(report),
        **tables,
        "quantities": _tally(report, "quantities", report.gold["facts"], prose, quantities, _fact_columns),
        "facts": _tally(report, "facts", indicators, with_metric, facts, lambda _: ()),
        "events": _events(report),
        "provenance": _provenance(report),
    }


def _tally(
    report: Answered,
    table: str,
    gold: Sequence[Row],
    found: Sequence[Row],
    pairs: Sequence[Pair],
    columns: _ColumnsOf,
) -> Tally:
    """Return the tally of rows that are matched, with the columns asked of each pair."""
    asked, right = Counter[str](), Counter[str]()
    misses = list(_unmatched(report, table, gold, found, pairs))
    for pair in pairs:
        for name, fits in columns(pair):
            asked[name] += 1
            right[name] += fits
            if not fits:
                misses.append(_wrong(report, table, name, pair))
    return Tally(len(pairs), len(gold), len(found), dict(right), dict(asked), tuple(misses))


def _unmatched(
    report: Answered, table: str, gold: Iterable[Row], found: Iterable[Row], pairs: Iterable[Pair]
) -> Iterator[Miss]:
    matched = {id(row) for pair in pairs for row in pair}
    document_id = (report.document or {}).get("document_id", "")
    sides: tuple[tuple[Sign, Iterable[Row]], ...] = (("missed", gold), ("extra", found))
    for sign, rows in sides:
        for row in rows:
            if id(row) not in matched:
                yield Miss(sign, table, report.name, said(table, row), document_id, row)


def _wrong(report: Answered, table: str, column: str, pair: Pair) -> Miss:
    wanted, read = (row.get(column, "") or "empty" for row in pair)
    told = f"{said(table, pair[0])}: {column} is {read}, not {wanted}"
    return Miss("wrong", table, report.name, told, (report.document or {}).get("document_id", ""), pair[1])


def said(table: str, row: Row) -> str:
    """Return in a few words which row is meant."""
    if table in COLUMNS:
        return " | ".join(row.get(name) or "-" for name in COLUMNS[table])
    columns = {
        "documents": ("library", "report_year"),
        "sections": ("depth", "marker", "title"),
        "quantities": ("raw", "value", "unit"),
        "facts": ("metric", "raw"),
        "events": ("start_date", "end_date", "title"),
    }
    return " ".join(row[name] for name in columns.get(table, ("raw",)) if row.get(name))


def _documents(report: Answered) -> Tally:
    if report.document is None:
        missed = Miss("missed", "documents", report.name, "not in documents.csv", "", {})
        return Tally(0, 1, 0, misses=(missed,))
    wanted = report.gold["documents"][0]
    pair = (wanted, report.document)
    columns = [(name, _equal(pair, name)) for name in _OF_DOCUMENT if wanted.get(name)]
    return Tally(
        hit=int(all(fits for _, fits in columns)),
        gold=1,
        found=1,
        right={name: int(fits) for name, fits in columns},
        asked={name: 1 for name, _ in columns},
        misses=tuple(_wrong(report, "documents", name, pair) for name, fits in columns if not fits),
    )


def _equal(pair: Pair, column: str) -> bool:
    return folded(pair[0].get(column)) == folded(pair[1].get(column))


def _sections(report: Answered) -> Tally:
    """Return the tally of headings: a heading counts where its title is found and its depth is one that fits."""
    free = {title_key(row["title"]) for row in report.gold["sections"] if row["optional"]}
    gold = [row for row in report.gold["sections"] if not row["optional"]]
    found = [row for row in report.found["sections"] if title_key(row.get("title")) not in free]
    titled = aligned(gold, found)
    pairs = [(row, other) for row, other in titled if other.get("depth") in {row["depth"], row["alt_depth"]} - {""}]
    tally = _tally(report, "sections", gold, found, pairs, lambda _: ())
    asked = {"title_found": len(titled)} if titled else {}
    return Tally(tally.hit, tally.gold, tally.found, asked, asked, tally.misses)


def _activities(report: Answered, table: str) -> Tally:
    """Return the tally of a table whose rows count where all columns agree; columns are asked of like rows too."""
    names, gold, found = COLUMNS[table], report.gold[table], report.found[table]
    pairs = equal_rows(gold, found, lambda row: tuple(folded(row.get(name)) for name in names))
    matched = {id(row) for pair in pairs for row in pair}
    missed, extra = ([row for row in side if id(row) not in matched] for side in (gold, found))
    alike = (*pairs, *likest_rows(missed, extra, names))
    asked = {name: len(alike) for name in names} if alike else {}
    right = {name: sum(_equal(pair, name) for pair in alike) for name in asked}
    tally = _tally(report, table, gold, found, pairs, lambda _: ())
    return Tally(tally.hit, tally.gold, tally.found, right, asked, tally.misses)


def _fact_columns(pair: Pair) -> Columns:
    return [(name, pair[1].get(name, "") == pair[0][name]) for name in _OF_FACT]


def _events(report: Answered) -> Tally:
    gold = report.gold["events"]
    told = [row for row in report.found["events"] if row.get("origin", "prose") == "prose"]
    pairs = equal_rows(gold, told, lambda row: (row.get("start_date"), row.get("end_date")))
    return _tally(report, "events", gold, told, pairs, _event_columns)


def _event_columns(pair: Pair) -> Columns:
    columns = [(name, _equal(pair, name)) for name in _OF_EVENT if pair[0][name]]
    return [*columns, ("title", same_name(pair[0]["title"], pair[1].get("title")))]


def _provenance(report: Answered) -> Tally:
    """Return how many facts quote exactly the characters of their span."""
    if report.document is None or report.text is None:
        return Tally()
    facts = report.found["facts"]
    wrong = [row for row in facts if not _quotes(row, report.text)]
    misses = list(_unmatched(report, "provenance", (), wrong, ()))
    return Tally(len(facts) - len(wrong), len(facts), len(facts), misses=tuple(misses))


def _quotes(row: Row, text: str) -> bool:
    start, end = (int(row.get(name) or -1) for name in ("char_start", "char_end"))
    return 0 <= start < end and text[start:end] == row.get("raw")
