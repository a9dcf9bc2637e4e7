"""A whole run over many reports: cores, cluster, memory, the second run, databases, floors and peers.

    python benchmarks/run.py --all [--markdown docs/performance.md]
    python benchmarks/run.py --only cores|cluster|many|database|floors
        [--reports 2000] [--rounds 3] [--few 500] [--many 10000] [--characters 0]

The reports are made of the samples (made_corpus.py). Every run is a process of its own. Ratios come first: they hold on
another machine, and other work on this one does them less harm, because the runs that are compared take turns and the
middle ratio of the rounds counts. Beside the ratio of the wall clock stands that of the processor time (all processes,
user and system), which other work hardly touches.

- cores: one core with one process against all cores with one process each; the aim for two cores is 1.8. The first
  process keeps the order and the files: its share of the processor time bounds how many cores are of use. Beside that
  stands what runs that know nothing of each other gain by the same cores, which share caches and memory.
- cluster: all cores as processes against all cores as workers of a local Dask cluster, which costs this much more.
- many: the highest resident size of the first process, and of the largest other one, for `--few` reports and for
  `--many` (the aim is 1.2); an unchanged second run as a share of the first (the aim is 3 %); shares of the first
  run's stages, from its run.json. Its reports are cut after `--characters`, 0 for whole ones.
- database: what databases add to the writing of CSV files (database.py).
- floors: steps of a run beside the least that anybody must do, and beside other libraries (floors.py).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import database
import floors
from made_corpus import make
from performance_table import Line, machine, put_into
from whole_run import CORES, Run, again, fresh, on

from nianbao.steps import LOCAL

Part = Callable[[argparse.Namespace, Path], Iterator[Line]]


def main() -> None:
    """Measure what was asked for."""
    options = _options()
    print(machine())
    told: dict[str, Sequence[Line]] = {}
    for name, (heading, part) in PARTS.items():
        if options.only in {None, name}:
            with tempfile.TemporaryDirectory() as folder:
                told[heading] = tuple(part(options, Path(folder)))
            print(f"{heading}:", *(line.told() for line in told[heading]), sep="\n", flush=True)
    if options.markdown:
        put_into(options.markdown, " ".join(("python", *sys.argv)), told)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--all", action="store_true")
    what.add_argument("--only", choices=tuple(PARTS))
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--few", type=int, default=500)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--characters", type=int, default=0)
    parser.add_argument("--markdown", type=Path, metavar="PAGE")
    return parser.parse_args()


def _cores(options: argparse.Namespace, folder: Path) -> Iterator[Line]:
    for suffix, count in ((".txt", options.reports), (".docx", max(1, options.reports // 2))):
        make(folder / suffix, count, suffix)
        rounds = []
        for _ in range(options.rounds):
            with on(CORES[:1]):
                alone = fresh(folder / suffix, folder / "out", 1)
            rounds.append((alone, fresh(folder / suffix, folder / "out", len(CORES))))
        yield from _on_cores(suffix, count, rounds)
    make(folder / "few", max(1, options.reports // 4), ".txt")
    walls = [_alone(folder, core) for core in CORES]
    with ThreadPoolExecutor(len(CORES)) as pool:  # an affinity is one thread's, and that of what it starts
        together = list(pool.map(lambda core: _alone(folder, core), CORES))
    what = f"{len(CORES)} runs by themselves at once, a core and one process each, against one after the other"
    yield Line(what, _times(sum(walls), max(together)), "what the machine gives to runs that share nothing; one round")


def _alone(folder: Path, core: int) -> float:
    with on([core]):
        return fresh(folder / "few", folder / f"out {core}", 1).wall


def _on_cores(suffix: str, count: int, rounds: Sequence[tuple[Run, Run]]) -> Iterator[Line]:
    walls = [one.wall / other.wall for one, other in rounds]
    work = statistics.median(other.processor / one.processor for one, other in rounds)
    one, all_cores = (statistics.median(count / run.wall for run in runs) for runs in zip(*rounds, strict=True))
    rates = f"{all_cores:.1f} reports a second, {one:.1f} on one core"
    what = f"{count} {suffix} reports on {len(CORES)} cores with {len(CORES)} processes, against one core with one"
    yield Line(
        what, f"{statistics.median(walls):.2f} x", f"{rates}; rounds {_told(walls)}; processor time x {work:.2f}"
    )
    own = statistics.median(other.own / other.processor for _, other in rounds)
    yield Line(f"share of the first process in the processor time, {suffix}", f"{own:.0%}")


def _cluster(options: argparse.Namespace, folder: Path) -> Iterator[Line]:
    count = max(1, options.reports // 4)
    make(folder / "in", count, ".txt")
    rounds = []
    for _ in range(options.rounds):
        alone = fresh(folder / "in", folder / "out", len(CORES))
        rounds.append((alone, fresh(folder / "in", folder / "out", len(CORES), LOCAL)))
    walls = [other.wall / one.wall for one, other in rounds]
    what = f"time of {count} reports on a local cluster of {len(CORES)} workers, against processes alone"
    yield Line(
        what, f"{statistics.median(walls):.2f} x", f"starting and ending the cluster included; rounds {_told(walls)}"
    )


def _many(options: argparse.Namespace, folder: Path) -> Iterator[Line]:
    runs = []
    for count in (options.few, options.many):
        make(folder / str(count), count, ".txt", options.characters)
        runs.append(fresh(folder / str(count), folder / "out", len(CORES)))
    few, many = runs
    size = sum(path.stat().st_size for path in (folder / str(options.many)).iterdir()) / options.many
    about = f"{options.many:,} reports of {size / 1024:.1f} KB"
    memory = f"memory of {{}}, {about} against {options.few:,}"
    yield Line(
        memory.format("the first process"), _times(many.first, few.first), f"{few.first:.0f} to {many.first:.0f} MB"
    )
    yield Line(
        memory.format("each other process"),
        _times(many.others, few.others),
        f"{few.others:.0f} to {many.others:.0f} MB",
    )
    stages = json.loads((folder / "out" / "run.json").read_bytes())["seconds"]
    second = [again(folder / str(options.many), folder / "out", len(CORES)) for _ in range(options.rounds)]
    assert not any(run.read for run in second)
    wall = statistics.median(run.wall for run in second)
    work = statistics.median(run.processor for run in second) / many.processor
    yield Line(
        f"an unchanged second run over {about}, of the first",
        f"{wall / many.wall:.1%}",
        f"{wall:.1f} of {many.wall:.1f} s; processor time {work:.1%}",
    )
    total = sum(stages.values())
    names = {"look": "looking for what changed", "read": "reading", "publish": "writing"}
    for name, seconds in stages.items():
        yield Line(f"stage of the first run: {names[name]}", f"{seconds / total:.1%}", f"{seconds:.1f} s")


def _database(options: argparse.Namespace, _folder: Path) -> Iterator[Line]:
    found = database.measured((), max(1, options.reports // 10))
    for name, seconds in found.times.items():
        rate = f"{found.rows / seconds:,.0f} rows a second, {found.reports / seconds:,.0f} reports"
        yield Line(f"{name}, against the CSV files", _times(seconds, found.times[database.FLOOR]), rate)


def _floors(options: argparse.Namespace, folder: Path) -> Iterator[Line]:
    yield from floors.measured(folder, max(4, options.reports // 20), options.rounds)


PARTS: dict[str, tuple[str, Part]] = {
    "cores": ("Cores", _cores),
    "cluster": ("Cluster", _cluster),
    "many": ("Memory, the second run, stages", _many),
    "database": ("Databases", _database),
    "floors": ("Floors and peers", _floors),
}


def _times(one: float, other: float) -> str:
    return f"{one / other:.2f} x"


def _told(ratios: Sequence[float]) -> str:
    return " ".join(f"{ratio:.2f}" for ratio in ratios)


if __name__ == "__main__":
    main()
