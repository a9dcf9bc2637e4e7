"""The samples against the answers of a careful reader, both ways: what is missed and what is too much.

Every difference must stand in samples_known_wrong.txt, the public register of what is still read wrongly in them;
a line there that is no longer true fails too.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

import nianbao
from publish.csv_files import cell

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
EXPECTED = SAMPLES / "expected"
KNOWN_WRONG = Path(__file__).with_name("samples_known_wrong.txt")
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


def rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def compared(table: str, found: Iterable[Mapping[str, object]]) -> Counter[Row]:
    return Counter(tuple(_cell(row.get(column)) for column in COMPARED[table]) for row in found)


def _cell(value: object) -> str:
    return "".join(cell(value).split())


def differences(folder: str, seed: str) -> Iterator[str]:
    report = nianbao.read_report(SAMPLES / seed)
    frames = {"document": [report.document], "facts": report.facts, "events": report.events}
    frames |= {name: getattr(report, name) for name in COMPARED if name not in frames}
    for table in COMPARED:
        expected = [row for row in rows(EXPECTED / folder / f"{table}.csv") if not row.get("optional")]
        gold = compared(table, expected)
        found = compared(table, ({c: getattr(row, c) for c in COMPARED[table]} for row in frames[table]))
        yield from (f"- {folder} {table}: {' | '.join(row)}" for row in (gold - found).elements())
        yield from (f"+ {folder} {table}: {' | '.join(row)}" for row in (found - gold).elements())


REPORTS = [(row["folder"], row["seed"]) for row in rows(EXPECTED / "reports.csv")]


def test_there_are_samples_with_answers() -> None:
    assert len(REPORTS) >= 7


@pytest.mark.parametrize(("folder", "seed"), REPORTS)
def test_a_sample_is_read_as_a_careful_reader_does(folder: str, seed: str) -> None:
    known = [line for line in KNOWN_WRONG.read_text(encoding="utf-8").splitlines() if line[2:].startswith(f"{folder} ")]
    assert sorted(differences(folder, seed)) == sorted(known)
