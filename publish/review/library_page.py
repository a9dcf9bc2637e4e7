"""One library over its years: its indicators as charts and as a table whose values lead to where they were read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from publish.review.charts import Point
from publish.review.labels import Pair, metric_labels
from publish.review.reports import Cells

# «约», «余» … beside a value, as a sign that both languages read
HEDGES = {"about": "≈", "over": ">", "nearly": "<", "at_least": "≥", "at_most": "≤", "range": "–"}


class Library(Struct, frozen=True):
    """What the index says of a library: for each year the metrics given, and whether their statements conflict."""

    library_id: str
    name: str
    years: Mapping[str, Mapping[str, bool]]


class Value(Struct, frozen=True):
    """One value of the table: the text of the cell, where it leads (empty: nowhere), and what is doubtful about it."""

    said: str
    link: str
    conflict: bool
    others: str
    break_: str


class Series(Struct, frozen=True):
    """One indicator of a library in one unit: its label, values by year, and the points of its chart."""

    metric: str
    label: Pair
    unit: str
    values: Mapping[str, Value]
    points: tuple[Point, ...]


def library(rows: Sequence[Cells]) -> Library:
    """Return the digest of the rows of indicators of one library."""
    years: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in rows:
        years[row["report_year"]][row["metric"]] = row["conflict"] == "true"
    return Library(rows[-1]["library_id"], rows[-1]["library"], dict(sorted(years.items())))


def series(rows: Sequence[Cells], pages: Collection[str]) -> tuple[Series, ...]:
    """Return the indicators of one library in the order of the vocabulary; `pages` are the documents that have one."""
    found: dict[tuple[str, str], dict[str, Cells]] = defaultdict(dict)
    for row in rows:
        found[row["metric"], row["unit"]].setdefault(row["report_year"], row)
    labels = metric_labels(metric for metric, _ in found)
    order = {metric: number for number, metric in enumerate(labels)}
    return tuple(
        Series(
            metric,
            labels[metric],
            unit,
            {year: _value(row, pages) for year, row in sorted(by_year.items())},
            tuple(_point(row) for _, row in sorted(by_year.items())),
        )
        for (metric, unit), by_year in sorted(found.items(), key=lambda item: (order[item[0][0]], item[0][1]))
    )


def _value(row: Cells, pages: Collection[str]) -> Value:
    document_id = row["fact_id"].rpartition("-")[0]
    sign = HEDGES.get(row["qualifier"], "")
    upper = f"–{grouped(row['upper'])}" if row["qualifier"] == "range" and row["upper"] else ""
    return Value(
        said=grouped(row["value"]) + upper if upper else f"{sign}{grouped(row['value'])}",
        link=f"{document_id}.html#facts/{row['fact_id']}" if document_id in pages else "",
        conflict=row["conflict"] == "true",
        others=row["other_values"].replace("|", " | "),
        break_=row["definition_break"],
    )


def _point(row: Cells) -> Point:
    value = float(row["value"])
    return Point(
        year=int(row["report_year"]),
        value=value,
        low=float(row["lower"] or value),
        high=float(row["upper"] or value),
        conflict=row["conflict"] == "true",
        others=tuple(float(part) for part in row["other_values"].split("|") if part.strip()),
        break_=bool(row["definition_break"]),
    )


def grouped(number: str) -> str:
    """Return a plain number with thin spaces between groups of three digits (ISO 80000-1), from five digits on.

    >>> grouped("1086000").replace("\\u2009", " "), grouped("5320"), grouped("19.5")
    ('1 086 000', '5320', '19.5')
    """
    whole, dot, rest = number.partition(".")
    return f"{Decimal(whole):,}".replace(",", "\u2009") + dot + rest if len(whole) > 4 else number
