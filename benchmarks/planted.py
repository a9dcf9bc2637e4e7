"""Planted errors: synthetic reports with known errors of every check, through the whole program.

    python benchmarks/planted.py [REPORTS [SEED]]

Writes 2,000 reports (or REPORTS; five years a library; of the usual seed or SEED) of planted_reports.py into a
temporary folder, runs `nianbao.extract` on it, and prints for each check how many errors were planted, how many of them
were found, how many findings were raised, and recall and precision; then both over all checks, with the aims. A finding
is right where it is the code planted in its report. Last, how the time of the checks across years alone grows from half
of the libraries to all: 2 is linear.
"""

from __future__ import annotations

import csv
import gc
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planted_reports import SEED, Planted, planted_reports
from planted_years import PLANTS

import nianbao
from extract.read import read
from nianbao.pipeline import process
from normalize.across_years.across_years import checked_across_years
from normalize.across_years.panel import indicators
from schemas.rows import ReportRows

RECALL, PRECISION = 0.98, 0.95
_REPORTS, _ROUNDS = 2000, 3


@dataclass(frozen=True)
class Score:
    """What became of the errors planted for one check, or for all."""

    planted: int
    found: int
    raised: int
    right: int

    @property
    def recall(self) -> float:
        """The share of what was planted that was found."""
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """The share of what was raised that was planted."""
        return self.right / self.raised if self.raised else 1.0


def main(reports: int = _REPORTS, seed: int = SEED) -> None:
    """Print the tables."""
    planted = list(planted_reports(reports, seed))
    with tempfile.TemporaryDirectory() as folder:
        findings = run(planted, Path(folder))
        print(f"{'check':<30}{'planted':>9}{'found':>8}{'raised':>8}{'recall':>9}{'precision':>11}")
        for name, score in scores(planted, findings).items():
            print(
                f"{name:<30}{score.planted:>9}{score.found:>8}{score.raised:>8}{score.recall:>9.3f}{score.precision:>11.3f}"
            )
        print(f"{'aims':<30}{'':>25}{RECALL:>9.3f}{PRECISION:>11.3f}")
        rows = [process(read(path, path.name)) for path in sorted((Path(folder) / "in").iterdir())]
    half = len(rows) // 10 * 5
    part, whole = _seconds(rows[:half]), _seconds(rows)
    print(f"checks across years: twice the libraries take x{whole / part:.2f}")


def run(planted: Iterable[Planted], folder: Path) -> list[Mapping[str, str]]:
    """Write the reports into folder/in, extract them into folder/out, and return the findings with their sources."""
    (folder / "in").mkdir()
    for report in planted:
        (folder / "in" / report.name).write_text(report.text, encoding="utf-8")
    nianbao.extract(folder / "in", folder / "out", debug=True)
    sources = {row["document_id"]: row["source"] for row in _rows(folder / "out" / "documents.csv")}
    return [{**row, "source": sources[row["document_id"]]} for row in _rows(folder / "out" / "findings.csv")]


def scores(planted: Sequence[Planted], findings: Iterable[Mapping[str, str]]) -> dict[str, Score]:
    """Return the score of each check by code, and of all of them under «all»."""
    raised: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in findings:
        raised[row["code"]][row["source"]] += 1
    told = {code: _score(code, planted, raised[code]) for code in dict.fromkeys(PLANTS.values())}
    sums = (sum(getattr(score, name) for score in told.values()) for name in ("planted", "found", "raised", "right"))
    return {**told, "all": Score(*sums)}


def _score(code: str, planted: Iterable[Planted], raised: Counter[str]) -> Score:
    names = {report.name for report in planted if report.code == code}
    found = sum(name in raised for name in names)
    return Score(len(names), found, raised.total(), sum(count for name, count in raised.items() if name in names))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _seconds(rows: Sequence[ReportRows]) -> float:
    chosen = indicators(rows)
    best = float("inf")
    for _ in range(_ROUNDS):
        gc.collect()
        start = time.process_time()
        checked_across_years(rows, chosen)
        best = min(best, time.process_time() - start)
    return best


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
