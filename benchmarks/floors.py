"""Floors and peers: what the parts of a run cost beside the least that anybody must do, and beside other libraries.

    python benchmarks/floors.py [--reports 100] [--rounds 3]

The reports are made of the samples (made_corpus.py). All ways take turns in one warm process, each the least processor
time of several rounds; what the caches hold of the texts is forgotten before each. A floor does less than nianbao: it
reads the bytes, cuts the text into words, or writes cells as they come. A peer does what the same step does there:
python-docx gives the text of paragraphs and cells, pandas writes the same rows as CSV and into SQLite.
"""

from __future__ import annotations

import argparse
import csv
import logging
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from operator import attrgetter
from pathlib import Path

import docx
import jieba
from made_corpus import make
from performance_table import Line
from speed import forget_texts

from extract.read import read
from nianbao.frames import frames
from nianbao.gather import publishable
from nianbao.pipeline import process
from publish.csv_files import csv_files
from publish.database import sqlite_file
from publish.ways_out import DocumentText, TableRows
from schemas.declarations import tables
from schemas.rows import Row

_NUMBERS = count()  # of the files written, so that no round finds one

Parts = Sequence[tuple[TableRows, DocumentText | None]]
Ways = Mapping[str, Callable[[], object]]


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in measured(Path(folder), options.reports, options.rounds):
            print(line.told())


def measured(folder: Path, reports: int, rounds: int) -> list[Line]:
    """Return what nianbao takes as a multiple of each floor and peer."""
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    make(folder / "txt", reports, ".txt")
    make(folder / "docx", max(1, reports // 4), ".docx")
    plain, word = (sorted((folder / name).iterdir()) for name in ("txt", "docx"))
    documents = [read(path, path.name) for path in plain]
    parts = list(publishable([process(document) for document in documents]))
    texts = [document.text for document in documents]
    groups: Iterable[tuple[str, Ways]] = (
        (
            "one .txt report to its rows",
            {
                "": lambda: [process(read(path, path.name)) for path in plain],
                "reading the bytes alone": lambda: [path.read_bytes() for path in plain],
                "jieba.cut of the texts alone": lambda: [list(jieba.cut(text)) for text in texts],
            },
        ),
        (
            "one .docx report to its text",
            {
                "": lambda: [read(path, path.name) for path in word],
                "reading the bytes alone": lambda: [path.read_bytes() for path in word],
                "python-docx, paragraphs and cells": lambda: [_with_python_docx(path) for path in word],
            },
        ),
        ("rows to CSV files", _csv_ways(folder, parts)),
        ("rows to SQLite", _sqlite_ways(folder, parts)),
    )
    return [
        line
        for what, ways in groups
        for line in _lines(what, _least(ways, rounds), len(word if "docx" in what else plain))
    ]


def _lines(what: str, times: Mapping[str, float], count: int) -> list[Line]:
    own = times[""]
    return [
        Line(f"{what}, against {other}", f"{own / seconds:,.2f} x", f"{own / count * 1000:.1f} ms a report")
        for other, seconds in times.items()
        if other
    ]


def _least(ways: Ways, rounds: int) -> dict[str, float]:
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for name, way in ways.items():
            forget_texts()
            start = time.process_time()
            way()
            best[name] = min(best[name], time.process_time() - start)
    return {name: max(seconds, 1e-6) for name, seconds in best.items()}


def _csv_ways(folder: Path, parts: Parts) -> Ways:
    rows = _by_table(parts)
    lines = {name: list(map(attrgetter(*tables()[name].column_names), some)) for name, some in rows.items()}
    made = frames(rows)

    def own() -> None:
        with csv_files(_new(folder)) as write:
            for part in parts:
                write(*part)

    def floor() -> None:
        place = _new(folder)
        for name, some in lines.items():
            with (place / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(some)

    def peer() -> None:
        place = _new(folder)
        for name, frame in made.items():
            frame.to_csv(place / f"{name}.csv", index=False)

    return {"": own, "csv.writer alone, the same cells": floor, "pandas.DataFrame.to_csv, the same rows": peer}


def _sqlite_ways(folder: Path, parts: Parts) -> Ways:
    made = frames(_by_table(parts))

    def own() -> None:
        with sqlite_file(_new(folder) / "nianbao.sqlite") as write:
            for part in parts:
                write(*part)

    def peer() -> None:
        with sqlite3.connect(_new(folder) / "pandas.sqlite") as connection:
            for name, frame in made.items():
                frame.to_sql(name, connection, index=False)

    return {"": own, "pandas.DataFrame.to_sql, without keys, sentences and full-text index": peer}


def _by_table(parts: Parts) -> dict[str, list[Row]]:
    return {name: [row for rows, _ in parts for row in rows.get(name, ())] for name in tables()}


def _new(folder: Path) -> Path:
    place = folder / f"out{next(_NUMBERS)}"
    place.mkdir()
    return place


def _with_python_docx(path: Path) -> list[str]:
    document = docx.Document(str(path))
    texts = [item.text for item in document.paragraphs]
    return texts + [cell.text for item in document.tables for row in item.rows for cell in row.cells]


if __name__ == "__main__":
    main()
