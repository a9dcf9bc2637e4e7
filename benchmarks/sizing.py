"""How large a cluster must be: a table of hours, computed from what a local cluster on all cores does here.

    python benchmarks/sizing.py [--reports 1000] [--suffix .txt]

The reports are made of the samples (made_corpus.py). A scheduler and a worker with a thread a core are started here as
processes of their own, and three rates are measured in one run, from the first report that came back:

- reading: reports a core hour; the cores also carry the scheduler and the process that keeps what comes back;
- keeping: reports an hour that this process, or the scheduler if it is the slower one, could take if it had a core of
  its own; it bounds how many cores are of use;
- writing: reports an hour; it happens at the end, on one core, whatever the cluster.

The table is those rates and nothing else: hours to read plus hours to write. Other reports and other machines have
other rates: measure there. No database is written.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil
from made_corpus import make

from nianbao.batch import extract
from nianbao.steps import DOCUMENT, END, PUBLISH, Running, Step

CORES = len(os.sched_getaffinity(0))
REPORTS = (10_000, 100_000, 1_000_000)
CLUSTERS = (2, 8, 16, 32)


class Rates(NamedTuple):
    """Reports: read in an hour of a core; sent out and kept in an hour, at most; written in an hour."""

    read: float
    kept: float
    written: float

    def hours(self, reports: int, cores: int) -> tuple[float, float]:
        """Return the hours that reading and writing take."""
        return reports / min(self.read * cores, self.kept), reports / self.written


def main() -> None:
    """Measure, and print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--suffix", choices=(".txt", ".docx"), default=".txt")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rates = _measured(Path(folder), options.reports, options.suffix)
    print(
        f"{CORES} cores, {platform.machine()}, Python {platform.python_version()}; {options.reports} {options.suffix}"
    )
    print(f"read: {rates.read:,.0f} reports a core hour; written: {rates.written:,.0f} an hour")
    print(f"more than {rates.kept / rates.read:.0f} cores are of no use for reports as short as these\n")
    print("| reports | " + " | ".join(f"{cores} cores" for cores in CLUSTERS) + " |")
    print("| ---: |" + " ---: |" * len(CLUSTERS))
    for reports in REPORTS:
        cells = (rates.hours(reports, cores) for cores in CLUSTERS)
        print(f"| {reports:,} | " + " | ".join(f"{read:.2f} + {written:.2f} h" for read, written in cells) + " |")


def _measured(folder: Path, count: int, suffix: str) -> Rates:
    make(folder / "in", count, suffix)
    clock: dict[str, tuple[float, float, float]] = {}
    with _cluster() as (address, scheduler):

        def mark(step: Step) -> None:
            spent = scheduler.cpu_times()
            clock.setdefault(step.event, (time.perf_counter(), time.process_time(), spent.user + spent.system))

        extract(folder / "in", folder / "out", formats="csv", running=Running(cluster=address), progress=mark)
    first, read, end = clock[DOCUMENT], clock[PUBLISH], clock[END]
    wall, kept, scheduled = (after - before for before, after in zip(first, read, strict=True))
    hour = 3600 * (count - 1)
    return Rates(hour / wall / CORES, hour / max(kept, scheduled), 3600 * count / (end[0] - read[0]))


@contextmanager
def _cluster() -> Iterator[tuple[str, psutil.Process]]:
    """Yield the address of a scheduler, and its process."""
    host = ("--host", "127.0.0.1", "--no-dashboard")
    command = [sys.executable, "-m", "dask"]
    with subprocess.Popen(
        [*command, "scheduler", "--port", "0", *host], stderr=subprocess.PIPE, text=True
    ) as scheduler:
        assert scheduler.stderr
        address = next(line.split()[-1] for line in scheduler.stderr if "Scheduler at:" in line)
        worker = subprocess.Popen(
            [*command, "worker", address, "--nthreads", str(CORES), *host], stderr=subprocess.DEVNULL
        )
        try:
            yield address, psutil.Process(scheduler.pid)
        finally:
            for process in (worker, scheduler):
                process.terminate()
                process.wait()


if __name__ == "__main__":
    main()
