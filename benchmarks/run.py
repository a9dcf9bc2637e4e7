"""A whole run over many reports: cores, memory, the second run, the stages.

    python benchmarks/run.py [--reports 400] [--rounds 3] [--many 10000] [--only cores|cluster|memory|again]

The reports are made of the samples (made_corpus.py). Every run is a process of its own. Ratios come first: they hold on
another machine, and other work on this one does them less harm, because the runs that are compared take turns and the
middle ratio of the rounds counts. Beside the ratio of the wall clock stands that of the processor time (all processes,
user and system), which other work hardly touches.

- cores: one core with one process against all cores with one process each; the aim for two cores is 1.8.
- cluster: all cores as processes against all cores as workers of a local Dask cluster, which costs this much more.
- memory: the highest resident size of the first process, and of the largest other one, for few reports and for many;
  the aim is 1.2.
- again: an unchanged second run as a share of the first; the aim is 3 %.
- stages: shares of the first run, from its run.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from made_corpus import make

from nianbao.batch import extract
from nianbao.steps import LOCAL, Running

CORES = sorted(os.sched_getaffinity(0))
FEW = 500


class Run(NamedTuple):
    """What one run took: seconds by the clock and of the processors, the megabytes of the first and of other processes,
    and how many documents it read."""

    wall: float
    processor: float
    first: float
    others: float
    read: int


def main() -> None:
    """Measure what was asked for."""
    options = _options()
    if options.one:
        _one(*options.one)
        return
    print(f"{len(CORES)} cores, {platform.machine()}, Python {platform.python_version()}, {platform.system()}")
    parts: dict[str, Callable[[argparse.Namespace, Path], None]] = {
        "cores": _cores,
        "cluster": _cluster,
        "memory": _memory,
    }
    parts["again"] = _again
    for name, part in parts.items():
        if options.only in {None, name}:
            with tempfile.TemporaryDirectory() as folder:
                part(options, Path(folder))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--only", choices=("cores", "cluster", "memory", "again"))
    parser.add_argument("--one", nargs=4, metavar=("IN", "OUT", "JOBS", "CLUSTER"), help=argparse.SUPPRESS)
    return parser.parse_args()


def _cores(options: argparse.Namespace, folder: Path) -> None:
    for suffix, count in ((".txt", options.reports), (".docx", max(1, options.reports // 4))):
        make(folder / suffix, count, suffix)
        rounds = []
        for _ in range(options.rounds):
            with _on(CORES[:1]):
                alone = _fresh(folder / suffix, folder / "out", 1)
            rounds.append((alone, _fresh(folder / suffix, folder / "out", len(CORES))))
        walls = [one.wall / other.wall for one, other in rounds]
        work = statistics.median(other.processor / one.processor for one, other in rounds)
        rate = statistics.median(count / other.wall for _, other in rounds)
        print(
            f"cores {suffix}: {statistics.median(walls):.2f} x on {len(CORES)} cores (rounds {_told(walls)}; ", end=""
        )
        print(f"processor time x {work:.2f}; {rate:.0f} reports a second)")


def _cluster(options: argparse.Namespace, folder: Path) -> None:
    make(folder / "in", options.reports, ".txt")
    rounds = []
    for _ in range(options.rounds):
        alone = _fresh(folder / "in", folder / "out", len(CORES))
        rounds.append((alone, _fresh(folder / "in", folder / "out", len(CORES), LOCAL)))
    walls = [other.wall / one.wall for one, other in rounds]
    print(
        f"cluster, {options.reports} reports on {len(CORES)} cores: {statistics.median(walls):.2f} x the time of ",
        end="",
    )
    print(f"processes alone (rounds {_told(walls)})")


def _memory(options: argparse.Namespace, folder: Path) -> None:
    sizes = {}
    for count in (FEW, options.many):
        make(folder / str(count), count, ".txt")
        sizes[count] = _fresh(folder / str(count), folder / "out", len(CORES))
    few, many = sizes.values()
    print(f"memory, {options.many} reports against {FEW}: first process x {many.first / few.first:.2f} ", end="")
    print(f"({few.first:.0f} to {many.first:.0f} MB), others x {many.others / few.others:.2f} ", end="")
    print(f"({few.others:.0f} to {many.others:.0f} MB each)")


def _again(options: argparse.Namespace, folder: Path) -> None:
    make(folder / "in", options.many, ".txt")
    first = _fresh(folder / "in", folder / "out", len(CORES))
    stages = json.loads((folder / "out" / "run.json").read_bytes())["seconds"]
    second = [_run(folder / "in", folder / "out", len(CORES)) for _ in range(options.rounds)]
    assert not any(run.read for run in second)
    wall = statistics.median(run.wall for run in second) / first.wall
    work = statistics.median(run.processor for run in second) / first.processor
    print(f"again, {options.many} reports unchanged: {wall:.1%} of the first run (processor time {work:.1%})")
    total = sum(stages.values())
    print("stages of the first run: " + ", ".join(f"{name} {seconds / total:.0%}" for name, seconds in stages.items()))


def _fresh(inputs: Path, out: Path, jobs: int, cluster: str = "") -> Run:
    shutil.rmtree(out, ignore_errors=True)
    return _run(inputs, out, jobs, cluster)


def _run(inputs: Path, out: Path, jobs: int, cluster: str = "") -> Run:
    command = [sys.executable, __file__, "--one", str(inputs), str(out), str(jobs), cluster]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Run(*json.loads(done.stdout))


def _one(inputs: str, out: str, jobs: str, cluster: str) -> None:
    start = time.perf_counter()
    summary = extract(inputs, out, running=Running(jobs=int(jobs), cluster=cluster or None))
    wall = time.perf_counter() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    print(json.dumps([wall, processor, *(one.ru_maxrss / 1024 for one in used), summary.read]))


@contextmanager
def _on(cores: Sequence[int]) -> Iterator[None]:
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, CORES)


def _told(ratios: Sequence[float]) -> str:
    return " ".join(f"{ratio:.2f}" for ratio in ratios)


if __name__ == "__main__":
    main()
