"""Reports with the answers of a careful reader: what the program reads otherwise, and how often it is right.

`python tests/answers.py` writes the register of what is still read wrongly in samples/ and tests/trial/, and prints
for each set how much is read right: a row counts only if every compared column is.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import nianbao
from publish.csv_files import cell

TESTS = Path(__file__).parent
SETS = {"samples": TESTS.parent / "samples", "trial": TESTS / "trial", "held_out": TESTS / "held_out"}
REGISTER = TESTS / "known_wrong.txt"
COMPARED = {
    "document": ("library", "region_code", "province", "city", "county", "report_year"),
    "sections": ("depth", "marker", "title"),
    "lectures": ("sequence", "topic", "venue", "start_date", "end_date", "participants"),
    "outreach": ("sequence", "host", "activity", "start_date", "end_date", "place", "volumes", "participants"),
    "reading_promotions": (
        "sequence",
        "start_date",
        "end_date",
        "audience",
        "place",
        "content",
        "participants",
        "effect",
    ),
    "facts": ("raw", "value", "upper", "unit", "qualifier", "metric", "measure", "aggregation", "status"),
    "events": ("start_date", "end_date", "status", "participants"),
}

Row = tuple[str, ...]


def csv_rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def reports(name: str) -> list[tuple[str, str]]:
    """Return the (folder of answers, file) of every report of a set."""
    return [(row["folder"], row["seed"]) for row in csv_rows(SETS[name] / "expected" / "reports.csv")]


@cache
def known_metrics() -> frozenset[str]:
    """Return the metrics that the answers know: those of metrics named since then are compared as blank."""
    return frozenset(
        row["metric"]
        for name in SETS
        for folder, _ in reports(name)
        for row in csv_rows(SETS[name] / "expected" / folder / "facts.csv")
    )


def _as_answered(row: dict[str, object]) -> dict[str, object]:
    return {**row, "metric": None} if row.get("metric") not in known_metrics() else row


def _counted(columns: Row, found: Iterable[Mapping[str, object]]) -> Counter[Row]:
    return Counter(tuple("".join(cell(row.get(column)).split()) for column in columns) for row in found)


def read_both(name: str, folder: str, file: str) -> Iterator[tuple[str, Counter[Row], Counter[Row]]]:
    """Yield for each table of a report the rows that are expected and the rows that are read in prose and tables."""
    report = nianbao.read_report(SETS[name] / file)
    for table, columns in COMPARED.items():
        expected = csv_rows(SETS[name] / "expected" / folder / f"{table}.csv")
        gold = _counted(columns, (row for row in expected if not row.get("optional")))
        read = [report.document] if table == "document" else getattr(report, table)
        prose = [row for row in read if getattr(row, "origin", "prose") == "prose"]
        rows = ({column: getattr(row, column) for column in columns} for row in prose)
        yield table, gold, _counted(columns, (_as_answered(row) for row in rows))


def differences(name: str, folder: str, file: str) -> list[str]:
    """Return what is missed (-) and what is too much (+), a line each, sorted."""
    lines = []
    for table, gold, found in read_both(name, folder, file):
        lines += [f"- {name}/{folder} {table}: {' | '.join(row)}" for row in (gold - found).elements()]
        lines += [f"+ {name}/{folder} {table}: {' | '.join(row)}" for row in (found - gold).elements()]
    return sorted(lines)


def f1(name: str) -> dict[str, float]:
    """Return for each table the harmonic mean of precision and recall over all reports of a set, every column right."""
    hits: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for folder, file in reports(name):
        for table, gold, found in read_both(name, folder, file):
            hits[table] += (gold & found).total()
            rows[table] += gold.total() + found.total()
    return {table: 2 * hits[table] / rows[table] for table in COMPARED if rows[table]}


if __name__ == "__main__":
    wrong = [line for name in ("samples", "trial") for report in reports(name) for line in differences(name, *report)]
    REGISTER.write_text("\n".join(wrong) + "\n", encoding="utf-8")
    for name in SETS:
        print(name, *(f"{table} {score:.3f}" for table, score in f1(name).items()), sep="  ")
