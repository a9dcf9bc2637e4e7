"""One run of `nianbao extract` as a process of its own, and what it took."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

CORES = sorted(os.sched_getaffinity(0))


class Run(NamedTuple):
    """What one run took: seconds by the clock, of the processors, and of them those of the first process; the most
    megabytes of the first and of another process; how many documents it read."""

    wall: float
    processor: float
    own: float
    first: float
    others: float
    read: int


def fresh(inputs: Path, out: Path, jobs: int, cluster: str = "") -> Run:
    """Run into an output that is not there yet."""
    shutil.rmtree(out, ignore_errors=True)
    return again(inputs, out, jobs, cluster)


def again(inputs: Path, out: Path, jobs: int, cluster: str = "") -> Run:
    """Run into an output that may be there."""
    command = [sys.executable, __file__, str(inputs), str(out), str(jobs), cluster]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Run(*json.loads(done.stdout))


@contextmanager
def on(cores: Sequence[int]) -> Iterator[None]:
    """Let the runs within the block have these cores only."""
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, CORES)


def _one(inputs: str, out: str, jobs: str, cluster: str) -> None:
    from nianbao.batch import extract  # noqa: PLC0415  the processes below load what this file loads, as no command does
    from nianbao.steps import Running  # noqa: PLC0415

    start, before = time.perf_counter(), time.process_time()
    summary = extract(inputs, out, running=Running(jobs=int(jobs), cluster=cluster or None))
    wall, own = time.perf_counter() - start, time.process_time() - before
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    print(json.dumps([wall, processor, own, _most_memory(), used[1].ru_maxrss / 1024, summary.read]))


def _most_memory() -> float:
    """Return the most megabytes that this process had; ru_maxrss would count what the one that began it had then."""
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024


if __name__ == "__main__":
    _one(*sys.argv[1:])
